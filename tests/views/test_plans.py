"""One plan: its page in each status, agreed, set aside, used again, deleted; what Today says of it."""

import datetime as dt
from html import unescape

import pytest

from journal.models import Deleted, Discussed, DoseStep, TaperPlan
from tests.conftest import TODAY, make_medication, make_plan, make_step
from tests.views.test_medications import count_of

pytestmark = pytest.mark.usefixtures("clock")

NEXT = TODAY + dt.timedelta(11)  # 3 December
AHEAD = [(TODAY - dt.timedelta(3), 15), (NEXT, 9), (NEXT + dt.timedelta(14), 5), (NEXT + dt.timedelta(28), 0)]


@pytest.fixture
def medication(alice):
    """Alice took 20 mg, and takes 15 mg since three days."""
    medication = make_medication(alice, "Citalopram", drug="citalopram", drug_class="ssri", prescriber="Dr Okafor")
    make_step(medication, TODAY - dt.timedelta(60), 20, "start")
    make_step(medication, TODAY - dt.timedelta(3), 15)
    return medication


@pytest.fixture
def proposed(medication):
    return make_plan(medication, AHEAD, status="proposed", name="Slowly")


@pytest.fixture
def agreed(medication):
    return make_plan(medication, AHEAD, name="Ours")


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def page(plan, part="") -> str:
    return f"/plans/{plan.pk}/{part}"


# -- the page ---------------------------------------------------------------------------------------------------------


def test_a_proposed_plan(as_alice, proposed):
    response = as_alice.get(page(proposed))
    said = text_of(response)
    assert "Proposed for Citalopram. Nothing is agreed yet." in said
    assert "We agreed on this plan" in said
    assert page(proposed, "delete/") in said
    assert "Next step" not in said
    assert page(proposed, "confirm/") not in said
    assert [(row.is_past, row.is_next) for row in response.context["table"].rows] == [(False, False)] * 4


def test_an_agreed_plan(as_alice, agreed):
    response = as_alice.get(page(agreed))
    said = text_of(response)
    assert "Agreed with Dr Okafor on 22 November 2026." in said
    assert "9 mg on 3 December 2026" in said
    assert "If you and your prescriber still agree." in said
    for part in ("confirm/", "hold/", "back/", "move/", "again/", "aside/"):
        assert page(agreed, part) in said
    assert page(agreed, "delete/") not in said
    assert page(agreed, "agree/") not in said
    rows = response.context["table"].rows
    assert [(row.is_past, row.is_next) for row in rows] == [
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]


def test_an_agreed_plan_whose_step_is_due(as_alice, medication):
    plan = make_plan(medication, [(TODAY - dt.timedelta(1), 9)])
    said = text_of(as_alice.get(page(plan)))
    assert "Planned for 21 November" in said
    assert "Confirm 9 mg" in said


def test_an_agreed_plan_with_nothing_to_come(as_alice, medication):
    plan = make_plan(medication, [(TODAY - dt.timedelta(3), 15)])
    said = text_of(as_alice.get(page(plan)))
    assert "No step is to come" in said
    assert page(plan, "back/") in said
    for part in ("confirm/", "hold/", "move/", "again/"):
        assert page(plan, part) not in said


def test_an_earlier_plan_stays_readable(as_alice, medication, agreed):
    earlier = make_plan(
        medication, AHEAD, status="replaced", agreed_with="Dr No", agreed_on=dt.date(2026, 3, 1), ended_on=TODAY
    )
    said = text_of(as_alice.get(page(earlier)))
    assert "An earlier plan, until 22 November 2026. Agreed with Dr No on 1 March 2026." in said
    assert "Use this plan again" in said
    assert "Next step" not in said
    assert "9 mg" in said
    assert page(agreed) in said  # the other plans of the medication


def test_one_set_aside(as_alice, medication):
    plan = make_plan(medication, AHEAD, status="set_aside", ended_on=TODAY)
    assert "Set aside on 22 November 2026." in text_of(as_alice.get(page(plan)))


def test_one_that_came_of_another_says_so(as_alice, medication):
    earlier = make_plan(medication, AHEAD, status="replaced", ended_on=TODAY)
    plan = make_plan(medication, AHEAD, replaces=earlier, change="hold", changed_on=TODAY)
    response = as_alice.get(page(plan))
    said = f'Hold by you on 22 November 2026, from <a href="{page(earlier)}">the plan</a> agreed with '
    assert said in text_of(response)


def test_before_any_dose_all_of_it_is_to_come(as_alice, alice):
    plan = make_plan(make_medication(alice), AHEAD)
    assert "Planned for 19 November" in text_of(as_alice.get(page(plan)))


def test_what_is_made_counts_and_not_what_was_planned(as_alice, medication):
    plan = make_plan(medication, [(NEXT, "9.686", {"made_mg": 10, "take": "1 tablet of 10 mg"})])
    said = text_of(as_alice.get(page(plan)))
    assert "10 mg on 3 December 2026" in said
    assert "1 tablet of 10 mg" in said


def test_the_page_costs_the_same_with_5_steps_and_with_200(as_alice, medication):
    def plan_of(steps):
        return make_plan(
            medication,
            [(NEXT + dt.timedelta(n), 14 - n / 20) for n in range(steps)],
            status="proposed",
        )

    few, many = plan_of(5), plan_of(200)
    assert count_of(as_alice, page(few)) == count_of(as_alice, page(many)) <= 20
    as_alice.post(page(few, "agree/"), {"agreed_with": "Dr No", "agreed_on": TODAY.isoformat()})
    acts = ["", "confirm/", "hold/", "move/", "back/", "again/"]
    counts = [count_of(as_alice, page(few, act)) for act in acts]
    as_alice.post(page(many, "agree/"), {"agreed_with": "Dr No", "agreed_on": TODAY.isoformat()})
    assert [count_of(as_alice, page(many, act)) for act in acts] == counts


# -- agreed -----------------------------------------------------------------------------------------------------------

AGREED = {"agreed_with": "Dr Okafor", "agreed_on": "2026-11-20"}


def test_agree(as_alice, proposed):
    form = as_alice.get(page(proposed, "agree/")).context["form"]
    assert (form["agreed_with"].value(), form["agreed_on"].value()) == ("Dr Okafor", TODAY)
    response = as_alice.post(page(proposed, "agree/"), AGREED, follow=True)
    assert response.redirect_chain == [(page(proposed), 302)]
    proposed.refresh_from_db()
    assert (proposed.status, proposed.agreed_with, proposed.agreed_on) == ("agreed", "Dr Okafor", dt.date(2026, 11, 20))
    assert "Kept as agreed with Dr Okafor. Its next step now stands on Today." in text_of(response)


def test_agreed_without_a_step_to_come_it_does_not_speak_of_today(as_alice, medication):
    plan = make_plan(medication, [(TODAY, 15)], status="proposed")
    said = text_of(as_alice.post(page(plan, "agree/"), AGREED, follow=True))
    assert "Kept as agreed with Dr Okafor." in said
    assert "Its next step" not in said


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"agreed_with": ""}, "agreed_with", "Write with whom you agreed on it, like Dr Okafor."),
        ({"agreed_with": " \u200b "}, "agreed_with", "Write with whom you agreed on it, like Dr Okafor."),
        ({"agreed_with": "x" * 101}, "agreed_with", "This has 101 characters. 100 fit."),
        ({"agreed_on": ""}, "agreed_on", "Write the day on which you agreed."),
        ({"agreed_on": "2026-11-23"}, "agreed_on", "That day is still to come."),
        ({"agreed_on": "1890-01-01"}, "agreed_on", "1890 is too long ago."),
        ({"agreed_on": "soon"}, "agreed_on", "“soon” is not a date."),
    ],
)
def test_what_is_missing_to_agree_is_explained(as_alice, proposed, changes, field, sentence):
    response = as_alice.post(page(proposed, "agree/"), AGREED | changes)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0]
    for name, value in (AGREED | changes).items():
        assert response.context["form"][name].value() == value
    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_of_one_medication_one_plan_is_agreed(as_alice, alice, medication, agreed, proposed):
    other = make_plan(make_medication(alice, "Diazepam"), AHEAD)
    as_alice.post(page(proposed, "agree/"), AGREED)
    agreed.refresh_from_db()
    assert (agreed.status, agreed.ended_on) == ("replaced", TODAY)
    assert set(TaperPlan.objects.filter(status="agreed")) == {proposed, other}


def test_agreed_twice_is_agreed_once(as_alice, proposed):
    for _ in range(2):
        assert as_alice.post(page(proposed, "agree/"), AGREED).status_code == 302
    assert TaperPlan.objects.filter(status="agreed").count() == 1


# -- Today ------------------------------------------------------------------------------------------------------------


def test_only_the_agreed_plan_speaks_on_today(as_alice, medication, proposed):
    make_plan(medication, [(NEXT, 7)], status="replaced")
    make_plan(medication, [(NEXT, 6)], status="set_aside")
    said = text_of(as_alice.get("/"))
    assert "Next step" not in said
    as_alice.post(page(proposed, "agree/"), AGREED)
    said = text_of(as_alice.get("/"))
    assert "Next step 9 mg on 3 December, if you and your prescriber still agree" in said
    assert said.count("Next step") == 1
    assert page(proposed) in said


def test_a_step_of_another_year_has_its_year(as_alice, medication):
    make_plan(medication, [(dt.date(2027, 1, 14), 9)])
    assert "Next step 9 mg on 14 January 2027, if you" in text_of(as_alice.get("/"))


def test_a_step_whose_day_has_come_is_due(as_alice, medication):
    plan = make_plan(medication, [(TODAY, 9)])
    said = text_of(as_alice.get("/"))
    assert "Planned for 22 November 2026, if you and your prescriber still agree." in said
    assert page(plan) in said


def test_the_plan_of_somebody_else_is_not_said(as_bob, agreed):
    assert "Next step" not in text_of(as_bob.get("/"))


# -- set aside, used again --------------------------------------------------------------------------------------------


def test_aside_and_used_again(as_alice, agreed):
    assert "Set this plan aside?" in text_of(as_alice.get(page(agreed, "aside/")))
    response = as_alice.post(page(agreed, "aside/"), follow=True)
    assert response.redirect_chain == [(page(agreed), 302)]
    agreed.refresh_from_db()
    assert (agreed.status, agreed.ended_on) == ("set_aside", TODAY)
    assert "Next step" not in text_of(as_alice.get("/"))
    assert DoseStep.objects.count() == 2

    as_alice.post(page(agreed, "agree/"), AGREED)
    agreed.refresh_from_db()
    assert agreed.status == "set_aside"  # the history stays as it was
    again = TaperPlan.objects.get(status="agreed")
    assert (again.ended_on, again.replaces, again.change) == (None, agreed, "")
    assert [step.mg for step in again.steps.all()] == [step.mg for step in agreed.steps.all()]
    assert "Next step 9 mg on 3 December" in text_of(as_alice.get("/"))


def test_an_earlier_plan_is_used_again(as_alice, medication, agreed):
    earlier = make_plan(medication, AHEAD, status="replaced", ended_on=TODAY, agreed_with="Dr No", agreed_on=TODAY)
    assert as_alice.get(page(earlier, "agree/")).context["form"]["agreed_with"].value() == "Dr No"
    as_alice.post(page(earlier, "agree/"), AGREED)
    again = TaperPlan.objects.get(status="agreed")
    assert again.replaces == earlier
    earlier.refresh_from_db()
    assert (earlier.status, earlier.agreed_with) == ("replaced", "Dr No")


# -- discussed --------------------------------------------------------------------------------------------------------


def test_what_was_discussed(as_alice, proposed):
    steep = make_plan(proposed.medication, [(NEXT, 5), (NEXT + dt.timedelta(3), 0)], status="proposed")
    assert "more than half of the dose before" in text_of(as_alice.get(page(steep)))
    as_alice.post(page(steep, "discussed/"), {"discussed": ["more_than_half"]})
    assert Discussed.objects.get().rule == "more_than_half"
    response = as_alice.get(page(steep))
    assert response.context["table"].discussed == {"more_than_half"}
    assert "Discussed with the prescriber." in text_of(response)
    as_alice.post(page(steep, "discussed/"), {"discussed": ["sooner_than_judged"] * 2})
    assert Discussed.objects.get().rule == "sooner_than_judged"
    as_alice.post(page(steep, "discussed/"))
    assert not Discussed.objects.exists()


@pytest.mark.parametrize("rule", ["nonsense", "", "\x00", "😀", "x" * 100_000])
def test_a_note_that_there_is_not_is_not_kept(as_alice, proposed, rule):
    assert as_alice.post(page(proposed, "discussed/"), {"discussed": [rule]}).status_code == 302
    assert not Discussed.objects.exists()


# -- deleted ----------------------------------------------------------------------------------------------------------


def test_delete_and_undo(as_alice, proposed):
    Discussed.objects.create(plan=proposed, rule="more_than_half", on=TODAY)
    said = text_of(as_alice.get(page(proposed, "delete/")))
    assert "Delete this plan?" in said
    response = as_alice.post(page(proposed, "delete/"), follow=True)
    assert "Plan deleted: Slowly." in text_of(response)
    assert not TaperPlan.objects.exists()
    assert as_alice.get(page(proposed)).status_code == 404

    as_alice.post(f"/entries/deleted/{Deleted.objects.get().pk}/undo/")
    back = TaperPlan.objects.get()
    assert (back.pk, back.name, back.steps.count()) == (proposed.pk, "Slowly", 4)
    assert Discussed.objects.get().plan == back


def test_delete_twice(as_alice, proposed):
    as_alice.post(page(proposed, "delete/"))
    assert as_alice.post(page(proposed, "delete/")).status_code == 404
    assert Deleted.objects.count() == 1


def test_what_was_ever_agreed_is_history_and_is_not_deleted(as_alice, medication):
    earlier = make_plan(medication, AHEAD, status="replaced", ended_on=TODAY, agreed_with="Dr No", agreed_on=TODAY)
    make_plan(medication, AHEAD, replaces=earlier, change="hold", changed_on=TODAY)
    assert as_alice.post(page(earlier, "delete/")).status_code == 404
    assert page(earlier, "delete/") not in text_of(as_alice.get(page(earlier)))
    assert TaperPlan.objects.count() == 2


def test_an_agreed_plan_is_not_deleted(as_alice, agreed):
    assert as_alice.get(page(agreed, "delete/")).status_code == 404
    assert as_alice.post(page(agreed, "delete/")).status_code == 404
    assert TaperPlan.objects.exists()


def test_a_medication_with_a_chain_of_plans_comes_back_whole(as_alice, medication):
    earlier = make_plan(medication, AHEAD, status="replaced", ended_on=TODAY)
    plan = make_plan(medication, AHEAD, replaces=earlier, change="hold", changed_on=TODAY)
    assert ("Plans", 2) in as_alice.get(f"/medications/{medication.pk}/delete/").context["rows"]
    as_alice.post(f"/medications/{medication.pk}/delete/")
    assert not TaperPlan.objects.exists()
    as_alice.post(f"/entries/deleted/{Deleted.objects.get().pk}/undo/")
    plan.refresh_from_db()
    assert (plan.replaces, plan.steps.count()) == (earlier, 4)


# -- the medication's page --------------------------------------------------------------------------------------------


def test_the_medication_lists_its_plans_the_agreed_one_first(as_alice, medication, proposed, agreed):
    response = as_alice.get(f"/medications/{medication.pk}/")
    assert response.context["plans"] == [agreed, proposed]
    said = text_of(response)
    assert "Agreed with Dr Okafor. 20 to 0 mg by 31 December 2026" in said
    assert "Proposed. 20 to 0 mg by 31 December 2026" in said
