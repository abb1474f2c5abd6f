"""Living with an agreed plan: confirm, hold, move, back up, again. Each leaves the old plan in the history."""

import datetime as dt
from html import unescape
from itertools import pairwise

import pytest

from journal.models import Discussed, DosePart, DoseStep, Product, TaperPlan
from tests.conftest import TODAY, make_medication, make_plan, make_step

pytestmark = pytest.mark.usefixtures("clock")


def day(number: int) -> dt.date:
    """So many days from today."""
    return TODAY + dt.timedelta(number)


@pytest.fixture
def medication(alice):
    """Alice took 20 mg, and takes 15 mg since three days."""
    medication = make_medication(alice, "Citalopram", drug="citalopram", drug_class="ssri", prescriber="Dr Okafor")
    make_step(medication, day(-60), 20, "start")
    make_step(medication, day(-3), 15)
    return medication


LIST = {"method": "list", "doses": "15, 10, 5, 0", "every": "14", "start": "2026-11-19"}


@pytest.fixture
def plan(medication):
    """15 mg since three days, 10 mg in eleven days, then 5 and 0 mg, 14 days apart."""
    steps = [(day(-3), 15), (day(11), 10), (day(25), 5), (day(39), 0)]
    plan = make_plan(medication, steps, settings=LIST, curve="sorensen-2022-striatum")
    Discussed.objects.create(plan=plan, rule="more_than_half", on=day(-9))
    return plan


def text_of(response) -> str:
    return " ".join(unescape(response.content.decode()).replace("\u00a0", " ").split())


def act(client, plan, what, follow=True, **data):
    return client.post(f"/plans/{plan.pk}/{what}/", data, follow=follow)


def agreed() -> TaperPlan:
    return TaperPlan.objects.get(status="agreed")


def steps_of(plan) -> list[tuple[int, float]]:
    """(days from today, mg) of each step."""
    return [((step.starts_on - TODAY).days, float(step.mg)) for step in plan.steps.all()]


def taken(medication) -> list[tuple[int, float, str]]:
    """(days from today, mg, kind) of each dose step."""
    return [((step.starts_on - TODAY).days, float(step.mg), step.kind) for step in medication.steps.all()]


BEFORE = [(-60, 20, "start"), (-3, 15, "reduction")]
AS_PLANNED = [(-3, 15), (11, 10), (25, 5), (39, 0)]


def the_old_one_stays(plan, change):
    """It is an earlier plan now, with its steps as they were; the new one says where it comes from."""
    plan.refresh_from_db()
    assert (plan.status, plan.ended_on) == ("replaced", TODAY)
    assert steps_of(plan) == AS_PLANNED
    new = agreed()
    assert (new.replaces, new.change, new.changed_on) == (plan, change, TODAY)
    assert (new.agreed_with, new.agreed_on) == (plan.agreed_with, plan.agreed_on)
    assert (new.name, new.method, new.curve) == (plan.name, plan.method, plan.curve)
    return new


# -- confirm ----------------------------------------------------------------------------------------------------------


def later(clock, days):
    clock.shift(dt.timedelta(days))


def test_the_question_has_today_and_says_when_the_next_step_comes(as_alice, plan, clock):
    response = as_alice.get(f"/plans/{plan.pk}/confirm/")
    assert response.context["form"]["starts_on"].value() == TODAY
    said = text_of(response)
    assert "10 mg from now on?" in said
    assert "The plan has it on 3 December, if you and your prescriber still agree." in said
    later(clock, 13)
    response = as_alice.get(f"/plans/{plan.pk}/confirm/")
    assert response.context["form"]["starts_on"].value() == day(13)
    assert "the step to 5 mg stays on 17 December; with the box it comes on 19 December." in text_of(response)


def test_confirm_on_time(as_alice, plan, medication, clock):
    later(clock, 11)
    response = act(as_alice, plan, "confirm", starts_on=day(11).isoformat())
    assert response.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "Kept: 10 mg from 3 December." in text_of(response)
    assert taken(medication) == [*BEFORE, (11, 10, "reduction")]
    assert agreed() == plan
    assert steps_of(plan) == AS_PLANNED
    assert TaperPlan.objects.count() == 1
    assert "Next step 5 mg on 17 December" in text_of(as_alice.get("/"))


def test_confirm_late_and_the_rest_stays(as_alice, plan, medication, clock):
    later(clock, 15)
    act(as_alice, plan, "confirm", starts_on=day(14).isoformat())
    assert taken(medication)[-1] == (14, 10, "reduction")
    assert steps_of(agreed()) == AS_PLANNED
    assert TaperPlan.objects.count() == 1


def test_confirm_late_and_the_rest_moves_along(as_alice, plan, medication, clock):
    later(clock, 15)
    response = act(as_alice, plan, "confirm", starts_on=day(14).isoformat(), move_rest="on")
    new = agreed()
    assert response.redirect_chain == [(f"/plans/{new.pk}/", 302)]
    assert taken(medication)[-1] == (14, 10, "reduction")
    assert steps_of(new) == [(-3, 15), (14, 10), (28, 5), (42, 0)]
    plan.refresh_from_db()
    assert (plan.status, steps_of(plan), new.change, new.replaces) == ("replaced", AS_PLANNED, "move", plan)


def test_confirm_early_and_the_rest_moves_along(as_alice, plan, medication):
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat(), move_rest="on")
    assert taken(medication)[-1] == (0, 10, "reduction")
    assert steps_of(agreed()) == [(-3, 15), (0, 10), (14, 5), (28, 0)]


def test_on_time_there_is_nothing_to_move(as_alice, plan, clock):
    later(clock, 11)
    act(as_alice, plan, "confirm", starts_on=day(11).isoformat(), move_rest="on")
    assert agreed() == plan


def test_the_last_step_ends_the_plan(as_alice, medication, clock):
    plan = make_plan(medication, [(day(1), 0)])
    later(clock, 2)
    act(as_alice, plan, "confirm", starts_on=day(2).isoformat(), move_rest="on")
    assert taken(medication)[-1] == (2, 0, "stop")
    assert "No step is to come" in text_of(as_alice.get(f"/plans/{agreed().pk}/"))


def test_what_is_made_is_what_is_taken_in_its_parts(as_alice, medication):
    parts = [["morning", "4.000"], ["night", "6.000"]]
    plan = make_plan(medication, [(TODAY, "9.686", {"made_mg": 10, "taken_mg": 8, "parts": parts})])
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat())
    step = medication.steps.last()
    assert (step.mg, step.taken_mg, step.cycle_days) == (10, 8, 1)
    assert [(part.day, part.when, part.mg) for part in step.parts.all()] == [(1, "morning", 4), (1, "night", 6)]


def test_parts_that_do_not_make_the_dose_are_left_out(as_alice, medication):
    plan = make_plan(medication, [(TODAY, "10", {"parts": [["morning", "3.333"], ["night", "6.666"]]})])
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat())
    assert medication.steps.last().mg == 10
    assert not DosePart.objects.exists()


@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [
        ("", "Write the first day at this dose."),
        ("2026-11-23", "That day is still to come. Choose today or a day before."),
        ("2026-11-19", "There is a dose step on that day already."),
        ("2026-11-18", "A later dose step is there already."),
        ("1890-01-01", "1890 is too long ago."),
        ("2026-02-30", "February 2026 has 28 days."),
        ("now", "“now” is not a date."),
    ],
)
def test_a_day_that_cannot_be_is_explained(as_alice, plan, medication, starts_on, sentence):
    response = act(as_alice, plan, "confirm", follow=False, starts_on=starts_on, move_rest="on")
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["starts_on"][0]
    assert response.context["form"]["starts_on"].value() == starts_on
    assert response.context["form"]["move_rest"].value()
    assert taken(medication) == BEFORE
    assert agreed() == plan


# -- hold -------------------------------------------------------------------------------------------------------------


def test_hold(as_alice, plan, medication):
    said = text_of(as_alice.get(f"/plans/{plan.pk}/hold/"))
    assert "Hold for how long?" in said
    assert all(f'value="{days}">' in said for days in (7, 14, 28))
    response = act(as_alice, plan, "hold", days="14")
    new = the_old_one_stays(plan, "hold")
    assert response.redirect_chain == [(f"/plans/{new.pk}/", 302)]
    assert "Holding for 2 weeks. Next: 10 mg on 17 December." in text_of(response)
    assert steps_of(new) == [(-3, 15), (25, 10), (39, 5), (53, 0)]
    assert [step.held_days for step in new.steps.all()] == [0, 14, 0, 0]
    assert taken(medication) == [*BEFORE, (0, 15, "hold")]
    assert list(new.discussed.values_list("rule", flat=True)) == ["more_than_half"]
    earlier = text_of(as_alice.get(f"/plans/{plan.pk}/"))
    assert "An earlier plan, until 22 November 2026. Agreed with Dr Okafor on 22 November 2026." in earlier
    assert "After a hold of 14 days." in text_of(as_alice.get(f"/plans/{new.pk}/"))


def test_an_overdue_step_is_held_from_today(as_alice, plan, clock):
    later(clock, 14)  # 10 mg was planned three days ago
    act(as_alice, plan, "hold", days="7")
    new = agreed()
    assert steps_of(new) == [(-3, 15), (21, 10), (35, 5), (49, 0)]
    assert [step.held_days for step in new.steps.all()] == [0, 7, 0, 0]


def test_a_hold_on_the_first_day_of_a_dose_is_no_step_of_its_own(as_alice, plan, medication):
    medication.steps.last().delete()
    make_step(medication, TODAY, 15)
    act(as_alice, plan, "hold", days="7")
    assert taken(medication) == [(-60, 20, "start"), (0, 15, "reduction")]
    assert steps_of(agreed())[1] == (18, 10)


def test_a_hold_before_any_dose_only_moves(as_alice, alice):
    medication = make_medication(alice)
    act(as_alice, make_plan(medication, [(day(5), 10)]), "hold", days="7")
    assert steps_of(agreed()) == [(12, 10)]
    assert taken(medication) == []


def test_who_held_today_can_go_on_or_back_up_today(as_alice, plan, medication):
    act(as_alice, plan, "hold", days="7")
    act(as_alice, agreed(), "confirm", starts_on=TODAY.isoformat())
    assert taken(medication) == [*BEFORE, (0, 10, "reduction")]
    medication.steps.last().delete()
    act(as_alice, agreed(), "hold", days="7")
    act(as_alice, agreed(), "back", step=choice(medication, 20))
    assert taken(medication) == [*BEFORE, (0, 20, "reinstatement")]


def test_two_holds_add_up(as_alice, plan, clock):
    act(as_alice, plan, "hold", days="7")
    later(clock, 1)
    act(as_alice, agreed(), "hold", days="14")
    assert [step.held_days for step in agreed().steps.all()] == [0, 21, 0, 0]
    assert steps_of(agreed())[1] == (32, 10)


def test_a_hold_keeps_parts_and_what_is_swallowed(as_alice, plan, medication):
    step = medication.steps.last()
    DosePart.objects.create(step=step, when="morning", mg=5)
    DosePart.objects.create(step=step, when="night", mg=10)
    DoseStep.objects.filter(pk=step.pk).update(taken_mg=12)
    act(as_alice, plan, "hold", days="7")
    held = medication.steps.last()
    assert (held.kind, held.taken_mg) == ("hold", 12)
    assert [(part.when, part.mg) for part in held.parts.all()] == [("morning", 5), ("night", 10)]


def test_a_hold_keeps_a_pattern_over_several_days_and_its_beat(as_alice, plan, medication):
    """30 mg every other day since three days: a day without is not made a day with by holding."""
    step = medication.steps.last()
    DoseStep.objects.filter(pk=step.pk).update(cycle_days=2)
    DosePart.objects.create(step=step, day=1, when="", mg=30)
    due = text_of(as_alice.get("/"))
    assert "none due today" in due
    act(as_alice, plan, "hold", days="7")
    held = medication.steps.last()
    assert (held.kind, held.mg, held.cycle_days) == ("hold", 15, 2)
    assert [(part.day, part.mg) for part in held.parts.all()] == [(1, 30)]
    assert "none due today" in text_of(as_alice.get("/"))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("", "Write a number of days, or press one of the buttons."),
        ("0", "Write a number of days from 1 to 3,660."),
        ("-7", "Write a number of days from 1 to 3,660."),
        ("3661", "Write a number of days from 1 to 3,660."),
        ("999999999999999", "Write a number of days from 1 to 3,660."),
        ("1.5", "“1.5”"),
        ("a week", "“a week” is not a whole number."),
    ],
)
def test_a_hold_of_no_length_is_explained(as_alice, plan, medication, days, sentence):
    response = act(as_alice, plan, "hold", follow=False, days=days)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["days"][0]
    assert response.context["form"]["days"].value() == days
    assert agreed() == plan
    assert taken(medication) == BEFORE


# -- move -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "steps", "said"),
    [
        ("7", [(-3, 15), (18, 10), (32, 5), (46, 0)], "Moved: 1 week later"),
        ("10", [(-3, 15), (21, 10), (35, 5), (49, 0)], "Moved: 10 days later"),
        ("-7", [(-3, 15), (4, 10), (18, 5), (32, 0)], "Moved: 1 week earlier"),
        ("−13", [(-3, 15), (-2, 10), (12, 5), (26, 0)], "Moved: 13 days earlier"),
    ],
)
def test_move(as_alice, plan, medication, days, steps, said):
    response = act(as_alice, plan, "move", days=days)
    new = the_old_one_stays(plan, "move")
    assert steps_of(new) == steps
    assert taken(medication) == BEFORE
    assert f"{said}. Next: 10 mg on" in text_of(response)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        ("-14", "The next step would come before the dose that is taken now began."),
        ("0", "from −3,660 to 3,660"),
        ("-4000", "from −3,660 to 3,660"),
        ("", "Write a number of days, or press one of the buttons."),
        ("x", "“x” is not a whole number."),
    ],
)
def test_a_move_that_cannot_be_is_explained(as_alice, plan, days, sentence):
    response = act(as_alice, plan, "move", follow=False, days=days)
    assert response.status_code == 422
    assert sentence in response.context["form"].errors["days"][0]
    assert agreed() == plan


def test_a_plan_is_not_moved_beyond_all_days(as_alice, plan):
    for _ in range(60):
        response = act(as_alice, agreed(), "move", follow=False, days="3660")
    assert response.status_code == 422
    assert max(step.starts_on for step in agreed().steps.all()).year <= 2199


def test_what_a_move_takes_off_a_hold_is_no_hold_any_more(as_alice, plan, clock):
    act(as_alice, plan, "hold", days="14")
    act(as_alice, agreed(), "move", days="-7")
    assert [step.held_days for step in agreed().steps.all()] == [0, 7, 0, 0]
    act(as_alice, agreed(), "move", days="-7")
    assert [step.held_days for step in agreed().steps.all()] == [0, 0, 0, 0]
    assert steps_of(agreed()) == AS_PLANNED


# -- back up ----------------------------------------------------------------------------------------------------------


def choice(medication, mg) -> str:
    return str(medication.steps.filter(mg=mg).last().pk)


def test_back_up(as_alice, plan, medication):
    make_step(medication, day(-90), 30, "start")
    said = text_of(as_alice.get(f"/plans/{plan.pk}/back/"))
    assert "Back up to which dose?" in said
    assert said.index("20 mg, taken from 23 September") < said.index("30 mg, taken from 24 August")
    assert "30 mg, taken from 24 August; this plan is then set aside" in said
    assert "23 September; this" not in said
    assert "The lower steps of the plan follow from there" in said
    response = act(as_alice, plan, "back", step=choice(medication, 20))
    new = the_old_one_stays(plan, "back")
    assert response.redirect_chain == [(f"/plans/{new.pk}/", 302)]
    assert "Kept: 20 mg from today, back up. Next: 15 mg on 6 December, if you and your" in text_of(response)
    assert taken(medication)[-1] == (0, 20, "reinstatement")
    assert steps_of(new) == [(14, 15), (28, 10), (42, 5), (56, 0)]
    assert new.from_mg == 20


def test_back_up_has_the_pace_of_the_plan_without_its_holds(as_alice, plan, medication, clock):
    act(as_alice, plan, "hold", days="28")
    later(clock, 1)
    act(as_alice, agreed(), "back", step=choice(medication, 20))
    assert [(days - 1, mg) for days, mg in steps_of(agreed())] == [(14, 15), (28, 10), (42, 5), (56, 0)]
    assert [step.held_days for step in agreed().steps.all()] == [0, 0, 0, 0]


@pytest.mark.parametrize("moves", [("-7", "-7"), ("-14",), ("-7",), ("-7", "-7", "-7"), ("14", "-28")])
def test_back_up_after_any_holds_and_moves_never_hurries(as_alice, plan, medication, clock, moves):
    """However a plan was held and moved about, going back up lays no step sooner than its own pace was."""
    act(as_alice, plan, "hold", days="14")
    later(clock, 1)
    for days in moves:
        act(as_alice, agreed(), "move", days=days)
    response = act(as_alice, agreed(), "back", step=choice(medication, 20))
    assert response.status_code == 200
    days = [0, *(days - 1 for days, _ in steps_of(agreed()))]
    gaps = [later - earlier for earlier, later in pairwise(days)]
    assert gaps == [14, 14, 14, 14]
    assert [mg for _, mg in steps_of(agreed())] == [15, 10, 5, 0]


@pytest.mark.parametrize("every", ["", "nonsense", None])
def test_back_up_of_a_plan_that_does_not_say_its_pace(as_alice, plan, medication, clock, every):
    TaperPlan.objects.update(settings={} if every is None else {"every": every})
    act(as_alice, plan, "hold", days="14")
    TaperPlan.objects.filter(status="agreed").get().steps.filter(mg=10).update(held_days=28)
    later(clock, 1)
    act(as_alice, agreed(), "back", step=choice(medication, 20))
    assert [(days - 1, mg) for days, mg in steps_of(agreed())] == [(28, 15), (56, 10), (70, 5), (84, 0)]


def test_back_up_after_a_step_confirmed_early_keeps_the_pace(as_alice, plan, medication, clock):
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat(), move_rest="on")
    later(clock, 2)
    act(as_alice, agreed(), "back", step=choice(medication, 15))
    assert [(days - 2, mg) for days, mg in steps_of(agreed())] == [(14, 10), (28, 5), (42, 0)]


def test_a_plan_of_one_step_is_set_aside(as_alice, medication):
    plan = make_plan(medication, [(day(9), 10)])
    assert "no way laid out from there: it is set aside" in text_of(as_alice.get(f"/plans/{plan.pk}/back/"))
    response = act(as_alice, plan, "back", step=choice(medication, 20))
    plan.refresh_from_db()
    assert (plan.status, plan.ended_on) == ("set_aside", TODAY)
    assert "The plan is set aside: it has no way laid out from there." in text_of(response)
    assert taken(medication)[-1] == (0, 20, "reinstatement")
    assert "Next step" not in text_of(as_alice.get("/"))


def test_back_up_from_the_end_of_a_plan(as_alice, plan, medication):
    make_step(medication, day(-1), 0, "stop")
    assert "No step is to come" in text_of(as_alice.get(f"/plans/{plan.pk}/"))
    act(as_alice, plan, "back", step=choice(medication, 15))
    assert steps_of(agreed()) == [(14, 10), (28, 5), (42, 0)]


def test_back_up_brings_back_parts_and_pattern(as_alice, plan, medication):
    first = medication.steps.first()
    DoseStep.objects.filter(pk=first.pk).update(cycle_days=2, taken_mg=16)
    DosePart.objects.create(step=first, day=1, when="night", mg=30)
    DosePart.objects.create(step=first, day=2, when="night", mg=10)
    act(as_alice, plan, "back", step=choice(medication, 20))
    step = medication.steps.last()
    assert (step.mg, step.cycle_days, step.taken_mg) == (20, 2, 16)
    assert [(part.day, part.when, part.mg) for part in step.parts.all()] == [(1, "night", 30), (2, "night", 10)]


@pytest.mark.parametrize("chosen", ["", "0", "x", "😀", "9" * 30, "lower"])
def test_a_dose_that_is_none_of_these_is_explained(as_alice, plan, medication, chosen):
    chosen = choice(medication, 15) if chosen == "lower" else chosen
    response = act(as_alice, plan, "back", follow=False, step=chosen)
    assert response.status_code == 422
    assert "Choose one of these doses." in text_of(response)
    assert taken(medication) == BEFORE


def test_somebody_elses_dose_is_none_of_these(as_alice, bob, plan, medication):
    theirs = make_step(make_medication(bob), day(-9), 40, "start")
    assert act(as_alice, plan, "back", follow=False, step=str(theirs.pk)).status_code == 422


def test_without_a_higher_dose_there_is_none_to_choose(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, day(-9), 20, "start")
    plan = make_plan(medication, [(day(9), 10), (day(19), 0)])
    response = as_alice.get(f"/plans/{plan.pk}/back/")
    assert response.status_code == 200
    assert "No higher dose is on record from before this one." in text_of(response)
    assert act(as_alice, plan, "back", follow=False, step="1").status_code == 422


def test_on_the_day_of_another_step_it_is_explained(as_alice, plan, medication):
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat())
    response = act(as_alice, plan, "back", follow=False, step=choice(medication, 15))
    assert response.status_code == 422
    assert "A day has one dose step, and 10 mg from 22 November is there already." in text_of(response)


def test_on_that_day_the_page_offers_no_dose_but_the_step_that_is_there(as_alice, plan, medication):
    act(as_alice, plan, "confirm", starts_on=TODAY.isoformat())
    said = as_alice.get(f"/plans/{plan.pk}/back/").content.decode()
    assert f'href="/medications/{medication.pk}/steps/{medication.steps.last().pk}/"' in said
    assert 'name="step"' not in said
    assert "from today on" not in said


def test_a_confirmed_step_can_be_undone(as_alice, plan, medication):
    response = act(as_alice, plan, "confirm", starts_on=TODAY.isoformat())
    undo = f"/medications/{medication.pk}/steps/{medication.steps.last().pk}/delete/"
    assert f'action="{undo}"' in response.content.decode()
    as_alice.post(undo)
    assert taken(medication) == BEFORE
    assert "Next step 10 mg" in text_of(as_alice.get("/"))


def test_what_is_taken_now_is_said_beside_what_is_asked(as_alice, plan, medication):
    assert "You take 15 mg now. The plan has it on" in text_of(as_alice.get(f"/plans/{plan.pk}/confirm/"))
    other = make_plan(medication, [(day(9), 10)], status="proposed", from_mg=30)
    assert "You take 15 mg now; this plan begins at 30 mg." in text_of(as_alice.get(f"/plans/{other.pk}/agree/"))


# -- plan again -------------------------------------------------------------------------------------------------------


def again(client, plan, **data):
    return act(client, plan, "again", **data)


def test_again_from_the_dose_that_is_taken(as_alice, plan, medication):
    make_step(medication, day(-1), 12)
    response = as_alice.get(f"/plans/{plan.pk}/again/")
    assert [(row.date, float(row.mg)) for row in response.context["tables"][0].rows] == [
        (day(11), 10), (day(25), 5), (day(39), 0),
    ]  # fmt: skip
    assert "Plan again from 12 mg" in text_of(response)
    response = again(as_alice, plan, discussed=["sooner_than_judged", "nonsense"])
    new = the_old_one_stays_by(plan, "replan")
    assert response.redirect_chain == [(f"/plans/{new.pk}/", 302)]
    assert (new.from_mg, steps_of(new)) == (12, [(11, 10), (25, 5), (39, 0)])
    assert list(new.discussed.values_list("rule", flat=True)) == ["sooner_than_judged"]
    assert new.settings["doses"] == "10; 5; 0"


def the_old_one_stays_by(plan, change):
    before = steps_of(plan)
    plan.refresh_from_db()
    assert (plan.status, steps_of(plan)) == ("replaced", before)
    new = agreed()
    assert (new.replaces, new.change, new.agreed_with) == (plan, change, plan.agreed_with)
    return new


@pytest.mark.parametrize(
    ("settings", "method", "expected"),
    [
        ({"method": "equal-mg", "step_mg": "5"}, "equal-mg", [7, 2, 0]),
        ({"method": "equal-mg", "steps": "4"}, "equal-mg", [8, 4, 0]),
        ({"method": "percent-current", "step_percent": "50", "last": "3"}, "percent-current", [6, 3, 0]),
        ({"method": "banded", "bands": "10:5; 0:4"}, "banded", [7, 3, 0]),
        ({"method": "list", "doses": "15; 10; 5; 0"}, "list", [10, 5, 0]),
    ],
)
def test_again_by_each_way(as_alice, medication, settings, method, expected):
    make_step(medication, day(-1), 12)
    settings |= {"every": "14", "start": "2026-11-19", "hold_on": "2026-11-25", "hold_days": "9"}
    steps = [(day(-3), 15), (day(11), 10), (day(25), 5), (day(39), 0)]
    plan = make_plan(medication, steps, method=method, settings=settings)
    again(as_alice, plan)
    assert [mg for _, mg in steps_of(agreed())] == expected
    assert [days for days, _ in steps_of(agreed())] == [11, 25, 39]  # nor is the hold of then held once more
    assert "hold_on" not in agreed().settings


def test_again_repeats_no_hold(as_alice, medication):
    settings = LIST | {"hold_on": "2026-11-20", "hold_days": "7", "hold2_on": "2026-12-08", "hold2_days": "14"}
    plan = make_plan(medication, [(day(-3), 15), (day(11), 10), (day(25), 5), (day(39), 0)], settings=settings)
    again(as_alice, plan)
    assert steps_of(agreed()) == [(11, 10), (25, 5), (39, 0)]
    assert {step.held_days for step in agreed().steps.all()} == {0}


def test_again_of_an_overdue_plan_begins_today(as_alice, plan, clock):
    later(clock, 20)
    again(as_alice, plan)
    assert [(days - 20, mg) for days, mg in steps_of(agreed())] == [(0, 10), (14, 5), (28, 0)]


def test_again_after_going_back_up(as_alice, plan, medication):
    make_step(medication, day(-1), 20, "reinstatement")
    again(as_alice, plan)
    assert (agreed().from_mg, [mg for _, mg in steps_of(agreed())]) == (20, [15, 10, 5, 0])


def test_again_of_the_products_that_it_was_made_of(as_alice, medication):
    ten, _ = (Product.objects.create(medication=medication, form="tablet", mg=mg) for mg in (10, 2))
    settings = LIST | {"products": [str(ten.pk)], "rounding": "down", "times": "1"}
    plan = make_plan(medication, [(day(11), 10), (day(25), 5), (day(39), 0)], settings=settings)
    again(as_alice, plan)
    assert [step.made_mg for step in agreed().steps.all()] == [10, 0, 0]  # rounded down
    assert {name: agreed().settings[name] for name in ("products", "rounding", "times")} == {
        "products": [str(ten.pk)], "rounding": "down", "times": "1",
    }  # fmt: skip


def test_a_way_that_does_not_fit_the_dose_any_more_is_explained(as_alice, medication):
    make_step(medication, day(-1), 4)
    settings = {"method": "equal-mg", "step_mg": "5", "every": "14", "start": "2026-11-19"}
    plan = make_plan(medication, [(day(11), 10), (day(25), 0)], method="equal-mg", settings=settings)
    response = as_alice.get(f"/plans/{plan.pk}/again/")
    assert response.status_code == 200
    assert "A step of 5 mg is more than the whole way of 4 mg." in text_of(response)
    assert "Change the numbers in the planner" in text_of(response)
    assert again(as_alice, plan).status_code == 422
    assert agreed() == plan


@pytest.mark.parametrize("settings", [{}, {"method": "potion"}, {"method": "list"}, {"products": ["x"], "times": "9"}])
def test_again_of_a_plan_that_does_not_say_how_it_was_made(as_alice, medication, settings):
    plan = make_plan(medication, [(day(11), 10), (day(25), 0)], settings=settings)
    response = as_alice.get(f"/plans/{plan.pk}/again/")
    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert again(as_alice, plan).status_code == 422


def test_from_0_mg_nothing_leads_down(as_alice, plan, medication):
    make_step(medication, day(-1), 0, "stop")
    assert "nothing leads down" in text_of(as_alice.get(f"/plans/{plan.pk}/again/"))
    assert again(as_alice, plan).status_code == 422


# -- what holds of all ------------------------------------------------------------------------------------------------

ACTS = {
    "confirm": {"starts_on": TODAY.isoformat()},
    "hold": {"days": "7"},
    "move": {"days": "7"},
    "back": {},
    "again": {},
    "aside": {},
}


@pytest.mark.parametrize("what", ACTS)
@pytest.mark.parametrize("status", ["proposed", "replaced"])
def test_only_an_agreed_plan_is_lived_with(as_alice, medication, what, status):
    plan = make_plan(medication, [(day(11), 10), (day(25), 0)], status=status)
    assert as_alice.get(f"/plans/{plan.pk}/{what}/").status_code == 404
    assert act(as_alice, plan, what, **ACTS[what]).status_code == 404
    assert taken(medication) == BEFORE


@pytest.mark.parametrize("what", ACTS)
def test_one_that_was_set_aside_leads_to_its_page(as_alice, medication, what):
    plan = make_plan(medication, [(day(11), 10), (day(25), 0)], status="set_aside")
    assert act(as_alice, plan, what, **ACTS[what]).redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert taken(medication) == BEFORE


@pytest.mark.parametrize("what", ACTS)
def test_one_that_was_changed_meanwhile_leads_to_the_agreed_one(as_alice, plan, medication, what):
    before = make_plan(medication, [(day(11), 10), (day(25), 0)], status="replaced")
    response = act(as_alice, before, what, **ACTS[what])
    assert response.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "This is the one that is agreed now." in text_of(response)
    assert taken(medication) == BEFORE


@pytest.mark.parametrize("what", ["confirm", "hold", "move"])
def test_without_a_step_to_come_there_is_nothing_to_ask(as_alice, medication, what):
    plan = make_plan(medication, [(day(-3), 15)])
    assert as_alice.get(f"/plans/{plan.pk}/{what}/").status_code == 404
    assert act(as_alice, plan, what, **ACTS[what]).status_code == 404


@pytest.mark.parametrize("what", ACTS)
def test_a_button_pressed_twice_does_no_harm(as_alice, plan, medication, what):
    data = {"step": choice(medication, 20)} if what == "back" else ACTS[what]
    assert act(as_alice, plan, what, follow=False, **data).status_code == 302
    once = (taken(medication), list(TaperPlan.objects.values()), list(agreed_steps()))
    assert act(as_alice, plan, what, follow=False, **data).status_code in {302, 404, 422}
    assert (taken(medication), list(TaperPlan.objects.values()), list(agreed_steps())) == once


def agreed_steps():
    return TaperPlan.objects.filter(status="agreed").values_list("steps__starts_on", "steps__mg")


@pytest.mark.parametrize("what", [*ACTS, "agree", "discussed", "delete"])
def test_a_plan_that_there_is_not(as_alice, as_bob, plan, what):
    assert as_alice.post(f"/plans/{plan.pk + 1}/{what}/").status_code == 404
    assert as_alice.post(f"/plans/{10**17}/{what}/").status_code == 404
    assert as_bob.post(f"/plans/{plan.pk}/{what}/", ACTS.get(what, {})).status_code == 404


# -- taking back ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["hold", "move", "back", "again"])
def test_a_change_is_taken_back_with_the_dose_that_was_kept_with_it(as_alice, plan, medication, what):
    data = {"step": choice(medication, 20)} if what == "back" else ACTS[what]
    response = act(as_alice, plan, what, **data)
    new = agreed()
    assert new != plan
    flash = text_of(response).split('class="flash"')[1].split("</form>")[0]
    assert f'action="/plans/{new.pk}/back-to-before/"' in flash
    response = as_alice.post(f"/plans/{new.pk}/back-to-before/", follow=True)
    assert response.redirect_chain == [(f"/plans/{plan.pk}/", 302)]
    assert "Taken back. The plan is as it was before." in text_of(response)
    assert agreed() == plan
    assert plan.ended_on is None
    assert taken(medication) == BEFORE
    assert not TaperPlan.objects.filter(pk=new.pk).exists()


def test_only_the_latest_change_is_taken_back_and_only_once(as_alice, plan, medication):
    act(as_alice, plan, "move", days="7")
    first = agreed()
    act(as_alice, first, "move", days="7")
    second = agreed()
    assert as_alice.post(f"/plans/{first.pk}/back-to-before/").url == f"/plans/{second.pk}/"
    assert agreed() == second
    as_alice.post(f"/plans/{second.pk}/back-to-before/")
    assert agreed() == first
    assert as_alice.post(f"/plans/{second.pk}/back-to-before/").status_code == 404
    assert as_alice.post(f"/plans/{plan.pk}/back-to-before/").url == f"/plans/{first.pk}/"


def test_a_plan_that_was_not_changed_has_nothing_to_take_back(as_alice, plan):
    response = as_alice.post(f"/plans/{plan.pk}/back-to-before/", follow=True)
    assert "There is no change of this plan to take back." in text_of(response)
    assert agreed() == plan


def test_back_up_above_where_the_plan_begins_sets_it_aside(as_alice, medication, plan):
    make_step(medication, day(-400), 60, "start")
    response = act(as_alice, plan, "back", step=choice(medication, 60))
    assert "The plan is set aside" in text_of(response)
    assert not TaperPlan.objects.filter(status="agreed").exists()


def test_what_was_changed_is_agreed_again_as_a_copy(as_alice, plan, medication):
    act(as_alice, plan, "move", days="7")
    moved = agreed()
    assert "We agreed on it as it is now" in text_of(as_alice.get(f"/plans/{moved.pk}/"))
    as_alice.post(f"/plans/{moved.pk}/agree/", {"agreed_with": "Dr Hale", "agreed_on": TODAY.isoformat()})
    now = agreed()
    assert (now.replaces, now.change, now.agreed_with) == (moved, "", "Dr Hale")
    assert steps_of(now) == steps_of(moved)
