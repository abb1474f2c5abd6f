"""Adding, correcting and deleting a dose step."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import Deleted, DosePart, DoseStep
from journal.queries.medications import save_step
from tests.conftest import TODAY, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def medication(alice):
    """Alice's venlafaxine: 60 mg from 28 August, 48 mg from 2 October."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 8, 28), 60, "start")
    make_step(medication, dt.date(2026, 10, 2), 48)
    return medication


@pytest.fixture
def new(medication):
    return reverse("step_new", args=[medication.pk])


def edit(step, name="step_edit"):
    return reverse(name, args=[step.medication_id, step.pk])


def fields(**changes):
    return {"mg": "37.5", "starts_on": "2026-11-13", "kind": "", "note": "", **changes}


def latest(medication):
    return medication.steps.order_by("-pk").first()


def wrong(response, field):
    """The sentences beside ``field``, with plain spaces."""
    assert response.status_code == 422
    return " ".join(response.context["form"].errors[field]).replace("\u00a0", " ")


def flashes(response):
    return " ".join(str(message) for message in response.context["messages"]).replace("\u00a0", " ")


def test_it_works(as_alice, new, medication):
    response = as_alice.post(new, fields(note="Dr Okafor suggested tablets."), follow=True)
    assert response.redirect_chain == [(reverse("medication", args=[medication.pk]), 302)]
    step = latest(medication)
    assert (step.mg, step.starts_on, step.kind) == (Decimal("37.5"), dt.date(2026, 11, 13), "reduction")
    assert (step.cycle_days, step.note, step.parts.count()) == (1, "Dr Okafor suggested tablets.", 0)
    assert flashes(response) == "Saved: 37.5 mg from 13 November, reduction."


def test_the_form_is_ready_for_today(as_alice, new):
    response = as_alice.get(new)
    assert response.status_code == 200
    assert f'value="{TODAY}"' in response.content.decode()
    assert "The latest step here is 48" in response.content.decode()


@pytest.mark.parametrize("mg", ["37.5", "37,5", " 37.50 ", "37.500"])
def test_a_dose_as_people_write_it(as_alice, new, medication, mg):
    as_alice.post(new, fields(mg=mg))
    assert latest(medication).mg == Decimal("37.5")


@pytest.mark.parametrize(
    ("mg", "sentence"),
    [
        ("", "Write the dose in mg, like 37.5. 0 is fine too."),
        ("abc", "“abc” is not a number. Write the dose in mg, like 37.5 or 37,5."),
        ("37.5 tablet", "“37.5 tablet” is not a number. Write the dose in mg, like 37.5 or 37,5."),
        ("-5", "A dose cannot be below 0 mg."),
        ("−5", "A dose cannot be below 0 mg."),
        ("0.0001", "“0.0001” is finer than 0.001 mg, the smallest that is kept here."),
        ("1e9", "“1e9” is not a number."),
        ("1000000000", "is more than 10,000 mg. Is the unit mg?"),
        ("10000.001", "is more than 10,000 mg. Is the unit mg?"),
        ("NaN", "“NaN” is not a number."),
        ("٣٧", "is not a number."),
        ("37\x005.", "is not a number."),
    ],
)
def test_a_bad_dose_is_explained_and_nothing_typed_is_lost(as_alice, new, medication, mg, sentence):
    response = as_alice.post(new, fields(mg=mg, note="tablets for now"))
    assert sentence in wrong(response, "mg")
    assert response.context["form"]["mg"].value() == mg
    text = response.content.decode()
    assert "tablets for now" in text
    assert 'value="2026-11-13"' in text
    assert "One thing needs a look" in text
    assert medication.steps.count() == 2


@pytest.mark.parametrize("mg", ["10000", "0.001", "0"])
def test_the_ends_of_the_range_are_kept(as_alice, new, medication, mg):
    as_alice.post(new, fields(mg=mg))
    assert latest(medication).mg == Decimal(mg)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("", "Choose the first day."),
        ("2026-02-30", "February 2026 has 28 days."),
        ("1890-01-01", "1890 is too long ago."),
        ("2026-11-23", "That day is still to come."),
        ("9999-12-31", "That day is still to come."),
        ("yesterday", "is not a date."),
        ("3/4/2026", "can mean two days."),
        ("\x00", "is not a date."),
    ],
)
def test_a_bad_day_is_explained(as_alice, new, medication, day, sentence):
    assert sentence in wrong(as_alice.post(new, fields(starts_on=day)), "starts_on")
    assert medication.steps.count() == 2


def test_today_is_the_persons_own(as_alice, alice, new, medication):
    alice.profile.time_zone = "Pacific/Kiritimati"  # where it is tomorrow already
    alice.profile.save()
    assert as_alice.post(new, fields(starts_on="2026-11-23")).status_code == 302


def test_a_note_that_is_too_long_stays_in_the_form(as_alice, new, medication):
    note = "n" * 100_000
    response = as_alice.post(new, fields(note=note))
    assert "This note has 100,000 characters." in wrong(response, "note")
    assert note in response.content.decode()
    assert medication.steps.count() == 2


def test_nothing_at_all_is_explained(as_alice, new):
    assert as_alice.post(new, {}).status_code == 422


# --- the kind ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mg", "kind"), [("37.5", "reduction"), ("48", "hold"), ("55", "reinstatement"), ("75", "increase"), ("0", "stop")]
)
def test_the_kind_is_found_from_the_dose(as_alice, new, medication, mg, kind):
    as_alice.post(new, fields(mg=mg))
    assert latest(medication).kind == kind


def test_the_first_step_is_a_start(as_alice, alice):
    medication = make_medication(alice, "Diazepam")
    as_alice.post(reverse("step_new", args=[medication.pk]), fields(mg="5"))
    assert latest(medication).kind == "start"


@pytest.mark.parametrize(
    ("mg", "kind"),
    [("55", "increase"), ("75", "reinstatement"), ("37.5", "switch"), ("0", "reduction"), ("0", "switch")],
)
def test_a_kind_that_is_chosen_and_fits_is_kept(as_alice, new, medication, mg, kind):
    as_alice.post(new, fields(mg=mg, kind=kind))
    assert latest(medication).kind == kind


@pytest.mark.parametrize(
    ("mg", "kind", "sentence"),
    [
        (
            "60",
            "reduction",
            "60 mg is more than the 48 mg before it. “Reduction” does not fit that; “Back up” or “Increase” would.",
        ),
        ("48", "reduction", "48 mg is the same as the 48 mg before it. “Reduction” does not fit that; “Hold” would."),
        ("40", "hold", "40 mg is less than the 48 mg before it. “Hold” does not fit that; “Reduction” would."),
        ("40", "start", "40 mg is less than the 48 mg before it. “Start” does not fit that; “Reduction” would."),
        ("40", "stop", "“Stop” means 0 mg from then on, and this is 40 mg."),
        ("40", "nonsense", "Choose a kind from the list."),
    ],
)
def test_a_kind_that_contradicts_the_dose_is_explained(as_alice, new, medication, mg, kind, sentence):
    assert wrong(as_alice.post(new, fields(mg=mg, kind=kind)), "kind") == sentence
    assert medication.steps.count() == 2


# --- dates among the other steps --------------------------------------------------------------------------------


def test_a_day_has_one_step_and_the_other_one_can_be_corrected(as_alice, new, medication):
    there = medication.steps.get(mg=48)
    response = as_alice.post(new, fields(starts_on="2026-10-02"))
    assert wrong(response, "starts_on") == (
        "There is a step on that day already: 48 mg from 2 October. A day has one step."
    )
    assert f'href="{edit(there)}"' in response.content.decode()
    assert medication.steps.count() == 2


def test_a_second_press_adds_nothing(as_alice, new, medication):
    for _ in range(2):
        response = as_alice.post(new, fields(note="  the same\r\nnote"))
        assert response.status_code == 302
    assert medication.steps.count() == 3


def test_a_forgotten_step_goes_between_and_the_page_says_where(as_alice, new, medication):
    response = as_alice.post(new, fields(mg="55", starts_on="2026-09-10"), follow=True)
    assert flashes(response) == (
        "Saved: 55 mg from 10 September, reduction. It goes between 60 mg (28 August) and 48 mg (2 October)."
    )


def test_a_step_before_the_first_one_makes_the_old_start_what_it_now_is(as_alice, new, medication):
    response = as_alice.post(new, fields(mg="75", starts_on="2025-08-01"), follow=True)
    assert flashes(response) == (
        "Saved: 75 mg from 1 August 2025, start. It goes before 60 mg (28 August). "
        "The step from 28 August is “Reduction” now."
    )
    assert kinds(medication) == ["start", "reduction", "reduction"]


# --- the kinds of the steps after it ----------------------------------------------------------------------------


def kinds(medication):
    return list(medication.steps.order_by("starts_on").values_list("kind", flat=True))


def test_a_kind_that_was_chosen_against_the_numbers_stays_and_is_named(as_alice, medication, new):
    step = make_step(medication, dt.date(2026, 10, 20), 55, "increase")  # by the numbers: back up
    response = as_alice.post(new, fields(mg="57", starts_on="2026-10-10"), follow=True)
    assert "The step from 20 October says “Increase”, which does not fit any more." in flashes(response)
    step.refresh_from_db()
    assert step.kind == "increase"


def test_a_chosen_kind_that_still_fits_is_left_alone(as_alice, medication, new):
    make_step(medication, dt.date(2026, 10, 20), 40, "switch")
    response = as_alice.post(new, fields(mg="30", starts_on="2026-10-10"), follow=True)
    assert kinds(medication) == ["start", "reduction", "reduction", "switch"]
    assert "now" not in flashes(response)


def test_correcting_a_step_refits_the_one_after_it(as_alice, medication):
    response = as_alice.post(
        edit(medication.steps.get(mg=60)), fields(mg="40", starts_on="2026-08-28", kind="start"), follow=True
    )
    assert kinds(medication) == ["start", "increase"]
    assert flashes(response) == "Saved: 40 mg from 28 August, start. The step from 2 October is “Increase” now."


def test_moving_a_step_refits_both_where_it_was_and_where_it_goes(as_alice, medication):
    make_step(medication, dt.date(2026, 10, 20), 55, "reinstatement")
    response = as_alice.post(
        edit(medication.steps.get(mg=48)), fields(mg="48", starts_on="2026-08-01", kind=""), follow=True
    )
    assert kinds(medication) == ["start", "increase", "reduction"]
    said = "The step from 28 August is “Increase” now. The step from 20 October is “Reduction” now."
    assert said in flashes(response)


@pytest.mark.parametrize(
    ("after", "before", "without"),
    [
        ((55, "reinstatement"), "reinstatement", "reduction"),
        ((60, "reinstatement"), "reinstatement", "hold"),
        ((61, "increase"), "increase", "increase"),
        ((55, "increase"), "increase", "increase"),  # chosen: it stays, and the page says that it does not fit
    ],
)
def test_deleting_a_step_refits_the_one_after_it_and_undo_brings_all_back(as_alice, medication, after, before, without):
    make_step(medication, dt.date(2026, 10, 20), *after)
    whole = list(DoseStep.objects.order_by("pk").values())
    response = as_alice.post(edit(medication.steps.get(mg=48), "step_delete"), follow=True)
    assert kinds(medication) == ["start", without]
    assert ("is “" in flashes(response)) is (before != without)
    response = as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]))
    assert response.url == reverse("medication", args=[medication.pk])
    assert list(DoseStep.objects.order_by("pk").values()) == whole


def test_a_hold_at_nothing_comes_back_as_one(as_alice, medication):
    stop = make_step(medication, dt.date(2026, 10, 20), 0, "stop")
    make_step(medication, dt.date(2026, 11, 1), 0, "hold")
    as_alice.post(edit(stop, "step_delete"))
    assert kinds(medication) == ["start", "reduction", "stop"]
    as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]))
    assert kinds(medication) == ["start", "reduction", "stop", "hold"]


def test_other_medications_are_left_alone(as_alice, alice, medication, new):
    other = make_step(make_medication(alice, "Diazepam"), dt.date(2026, 8, 28), 5, "start")
    as_alice.post(new, fields(mg="75", starts_on="2025-08-01"))
    other.refresh_from_db()
    assert other.kind == "start"


def test_a_day_that_is_taken_changes_no_kind(medication):
    fields = {"starts_on": dt.date(2026, 8, 28), "mg": Decimal(5), "kind": "hold", "cycle_days": 1, "note": ""}
    assert save_step(medication, fields, step=medication.steps.get(mg=48)) is None
    assert kinds(medication) == ["start", "reduction"]


def test_a_step_before_taken_since_is_pointed_out(as_alice, new, medication):
    medication.since = dt.date(2026, 8, 28)
    medication.save()
    response = as_alice.post(new, fields(mg="60", starts_on="2026-08-01", kind="start"), follow=True)
    assert "That is before 28 August, the day in “Taken since”." in flashes(response)


def test_another_medication_may_step_on_the_same_day(as_alice, alice, medication):
    other = make_medication(alice, "Diazepam")
    as_alice.post(reverse("step_new", args=[other.pk]), fields(starts_on="2026-10-02"))
    assert (other.steps.count(), medication.steps.count()) == (1, 2)


# --- in parts, or not every day ---------------------------------------------------------------------------------


def test_parts_make_the_dose_a_day(as_alice, new, medication):
    as_alice.post(new, fields(mg="", day1_morning="0,5", day1_night="1", day1_midday="0"))
    step = latest(medication)
    assert step.mg == Decimal("1.5")
    assert [(part.day, part.when, part.mg) for part in step.parts.all()] == [
        (1, "morning", Decimal("0.5")),
        (1, "night", Decimal(1)),
    ]


@pytest.mark.parametrize(
    ("sent", "mg", "cycle", "parts"),
    [
        ({"pattern": "second", "day1_any": "20"}, "10", 2, [(1, "", 20)]),
        ({"pattern": "third", "day1_any": "20", "mg": ""}, "6.667", 3, [(1, "", 20)]),
        ({"pattern": "turns", "day1_any": "20", "day2_any": "10", "mg": "15"}, "15", 2, [(1, "", 20), (2, "", 10)]),
        ({"pattern": "daily", "day1_evening": "10"}, "10", 1, [(1, "evening", 10)]),
        ({"pattern": ""}, "10", 1, []),
    ],
)
def test_mg_a_day_is_the_mean_of_the_pattern(as_alice, new, medication, sent, mg, cycle, parts):
    as_alice.post(new, fields(mg="10") | sent)
    step = latest(medication)
    assert (step.mg, step.cycle_days) == (Decimal(mg), cycle)
    assert [(part.day, part.when, part.mg) for part in step.parts.all()] == parts


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (
            {"mg": "2", "day1_morning": "0.5", "day1_night": "1"},
            "mg",
            "The amounts below make 1.5 mg a day on average, and here it is 2 mg.",
        ),
        (
            {"mg": "20", "pattern": "second", "day1_any": "20"},
            "mg",
            "The amounts below make 10 mg a day on average, and here it is 20 mg.",
        ),
        ({"pattern": "second"}, "day1_any", "Write how much you take on a day with a dose."),
        ({"pattern": "turns", "day1_any": "20"}, "day2_any", "an amount for each of the two days"),
        ({"pattern": "turns", "day2_night": "20"}, "day1_any", "an amount for each of the two days"),
        ({"day2_any": "20"}, "pattern", "There is an amount for a second day."),
        ({"pattern": "weekly"}, "pattern", "Choose the days from the list."),
        ({"day1_night": "one"}, "day1_night", "“one” is not a number."),
        ({"mg": "", "pattern": "third", "day1_any": "0.001"}, "mg", "less than 0.001 mg a day"),
        ({"mg": "", "day1_any": "9999", "day1_night": "9999"}, "mg", "which is more than 10,000 mg."),
    ],
)
def test_parts_that_do_not_add_up_are_explained(as_alice, new, medication, sent, field, sentence):
    response = as_alice.post(new, fields(mg="10") | sent)
    assert sentence in wrong(response, field)
    assert '<details class="in-parts" open>' in response.content.decode()
    assert medication.steps.count() == 2


def test_without_parts_they_stay_folded_away(as_alice, new):
    assert '<details class="in-parts">' in " ".join(as_alice.get(new).content.decode().split()).replace(" >", ">")


# --- correcting -------------------------------------------------------------------------------------------------


def in_form(response):
    """Everything in the form, as a browser would send it back."""
    form = response.context["form"]
    return {field.html_name: str(field.value() if field.value() is not None else "") for field in form}


@pytest.mark.parametrize("pattern", ["plain", "twice a day", "other", "turns"])
def test_saving_unchanged_changes_nothing(as_alice, medication, pattern):
    cycle, parts = {
        "plain": (1, []),
        "twice a day": (1, [(1, "morning", "20"), (1, "night", "17.5")]),
        "other": (2, [(1, "", "75")]),
        "turns": (2, [(1, "morning", "50"), (2, "", "25")]),
    }[pattern]
    step = make_step(medication, dt.date(2026, 11, 13), "37.5", "switch", cycle_days=cycle, note="as it was")
    for day, when, mg in parts:
        DosePart.objects.create(step=step, day=day, when=when, mg=Decimal(mg))
    before = list(DoseStep.objects.values()), list(DosePart.objects.values("step", "day", "when", "mg"))

    response = as_alice.post(edit(step), in_form(as_alice.get(edit(step))))
    assert response.status_code == 302
    assert (list(DoseStep.objects.values()), list(DosePart.objects.values("step", "day", "when", "mg"))) == before


def test_correcting(as_alice, medication):
    step = medication.steps.get(mg=48)
    response = as_alice.post(
        edit(step), fields(mg="50", starts_on="2026-10-03", kind="switch", note="liquid"), follow=True
    )
    step.refresh_from_db()
    assert (step.mg, step.starts_on, step.kind, step.note) == (50, dt.date(2026, 10, 3), "switch", "liquid")
    assert flashes(response) == "Saved: 50 mg from 3 October, switch."


def test_a_step_may_move_past_another(as_alice, medication):
    step = medication.steps.get(mg=48)
    response = as_alice.post(edit(step), fields(mg="75", starts_on="2026-08-01", kind="start"), follow=True)
    assert "It goes before 60 mg (28 August)." in flashes(response)


def test_a_step_that_stays_on_its_day_says_nothing_of_its_place(as_alice, medication):
    step = medication.steps.get(mg=60)
    response = as_alice.post(edit(step), fields(mg="61", starts_on="2026-08-28", kind="start"), follow=True)
    assert flashes(response) == "Saved: 61 mg from 28 August, start."


def test_a_step_cannot_move_onto_another(as_alice, medication):
    step = medication.steps.get(mg=48)
    response = as_alice.post(edit(step), fields(starts_on="2026-08-28"))
    assert "There is a step on that day already: 60 mg from 28 August." in wrong(response, "starts_on")


def test_taking_the_parts_away(as_alice, medication):
    step = medication.steps.get(mg=48)
    DosePart.objects.create(step=step, day=1, when="night", mg=48)
    as_alice.post(edit(step), fields(mg="48", starts_on="2026-10-02", pattern="daily"))
    assert step.parts.count() == 0


@pytest.mark.parametrize("name", ["step_edit", "step_delete"])
def test_somebody_elses_is_not_there(as_bob, client, medication, name):
    url = edit(medication.steps.first(), name)
    assert as_bob.get(url).status_code == 404
    assert as_bob.post(url, fields()).status_code == 404
    assert client.get(url).status_code == 302
    assert medication.steps.count() == 2


def test_nobody_adds_to_somebody_elses(as_bob, new, medication):
    assert as_bob.post(new, fields()).status_code == 404
    assert medication.steps.count() == 2


def test_a_step_is_found_under_its_own_medication_only(as_alice, alice, medication):
    other = make_medication(alice, "Diazepam")
    step = medication.steps.first()
    assert as_alice.get(reverse("step_edit", args=[other.pk, step.pk])).status_code == 404


# --- deleting ---------------------------------------------------------------------------------------------------


def test_deleting_asks_first(as_alice, medication):
    step = medication.steps.get(mg=48)
    text = as_alice.get(edit(step, "step_delete")).content.decode()
    assert "Delete this dose step of Venlafaxine?" in text
    assert "Keep it" in text
    assert medication.steps.count() == 2


def test_deleting_and_undoing(as_alice, medication):
    step = medication.steps.get(mg=48)
    DosePart.objects.create(step=step, day=1, when="night", mg=48)
    response = as_alice.post(edit(step, "step_delete"), follow=True)
    assert flashes(response) == "Dose step deleted: 48 mg from 2 October."
    assert medication.steps.count() == 1

    as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]))
    assert DosePart.objects.get().step == medication.steps.get(mg=48)


# --- two tabs at the same moment --------------------------------------------------------------------------------


def test_a_day_that_was_taken_in_the_meantime_is_not_written_twice(medication):
    fields = {"starts_on": dt.date(2026, 10, 2), "mg": Decimal(5), "kind": "reduction", "cycle_days": 1, "note": ""}
    assert save_step(medication, fields) is None
    assert medication.steps.count() == 2


def test_that_is_explained_beside_the_day(as_alice, new, medication, monkeypatch):
    monkeypatch.setattr("journal.views.steps.save_step", lambda *given: None)  # as if another tab had been quicker
    assert "Another step was just saved for that day." in wrong(as_alice.post(new, fields()), "starts_on")
