"""Today, for a person and for nobody in particular."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import Appointment, DailyEntry, DosePart, DoseTaken, Question, Rating
from journal.views.today import greeting
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    """Venlafaxine, 48 mg and then 37.5 mg for nine days now."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 2), 48, "start")
    make_step(medication, dt.date(2026, 11, 13), "37.5")
    return medication


def page(browser):
    response = browser.get("/")
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def filled(text) -> list[str]:
    """What stands on the filled buttons: there is to be one."""
    return [
        re.sub(r"<[^>]*>", "", found).strip()
        for found in re.findall(r'class="btn[^"]*btn-primary[^"]*"[^>]*>(.*?)</', text)
    ]


def test_it_works(as_alice, taper):
    text = page(as_alice)
    assert "Good afternoon, Alice. It is Sunday 22 November." in text
    assert "Day 9 at 37.5 mg</h1>" in text
    assert "Venlafaxine. 48 mg until 12 November." in text
    assert "Venlafaxine 37.5 mg" in text and "Taken as planned" in text
    assert "Not yet" in text and "Log today" in text
    assert text.count('<svg class="chart') + text.count("chart-today-") >= 3
    assert "Still up?" not in text and "Coming up" not in text


def test_when_everything_is_recorded_it_says_what(as_alice, alice, taper):
    make_symptom(alice, "Nausea", builtin="nausea")
    make_entry(alice, TODAY, {make_symptom(alice): 4}, mood=5)
    DoseTaken.objects.create(medication=taper, date=TODAY, status="late", mg=Decimal("37.5"), time=dt.time(14, 20))
    text = page(as_alice)
    assert "Late, 14:20" in text
    assert "Saved 12:00, 1 of 2 symptoms rated" in text
    assert "Nothing else is due today." in text
    assert "Due today" not in text and "Not yet" not in text and "btn-primary" not in text


def test_a_recorded_dose_leaves_the_entry_to_do(as_alice, taper):
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    text = page(as_alice)
    assert "Missed" in text and "Taken as planned" not in text and "Log today" in text
    assert "Nothing else is due today." not in text


def test_the_first_day_at_a_dose(as_alice, alice):
    make_step(make_medication(alice), TODAY, 20, "start")
    text = page(as_alice)
    assert "First day at 20 mg" in text and "until" not in text


def test_several_medications_the_one_changed_last_leads(as_alice, alice, taper):
    other = make_medication(alice, "Diazepam")
    make_step(other, dt.date(2026, 9, 1), 5, "start")
    text = page(as_alice)
    assert "Day 9 at 37.5 mg</h1>" in text and "Diazepam: day 82 at 5 mg." in text
    assert text.count('value="planned"') == 2
    assert text.count("btn-primary") == 1  # one filled button a screen


def test_parts_say_when(as_alice, alice):
    step = make_step(make_medication(alice, "Lorazepam"), TODAY - dt.timedelta(3), "1.5", "start")
    DosePart.objects.create(step=step, when="morning", mg=Decimal("0.5"))
    DosePart.objects.create(step=step, when="night", mg=1)
    assert "0.5 mg in the morning, 1 mg at night" in page(as_alice)


def test_the_mean_of_a_pattern_is_said_to_be_one_and_an_off_day_is_named(as_alice, alice):
    medication = make_medication(alice, "Lorazepam")
    make_step(medication, TODAY - dt.timedelta(9), 1, "start")
    step = make_step(medication, TODAY - dt.timedelta(1), "0.5", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=1)
    text = page(as_alice)
    assert "Day 1 at 0.5 mg a day on average</h1>" in text
    assert "Lorazepam 0.5 mg a day on average and mood, the last 14 days" in text
    assert "Lorazepam: none due today" in text and "Taken as planned" not in text
    DoseTaken.objects.create(medication=medication, date=TODAY, status="other", mg=1)
    text = page(as_alice)
    assert "Other amount, 1 mg" in text and "none due" not in text


def test_nothing_is_due_after_a_stop(as_alice, alice, taper):
    make_step(taper, dt.date(2026, 11, 20), 0, "stop")
    text = page(as_alice)
    assert "Day 2 at 0 mg" in text and "37.5 mg until 19 November" in text
    assert "Taken as planned" not in text and "Log today" in text and "none due" not in text


def test_a_new_person_can_begin_with_either(as_alice):
    text = page(as_alice)
    assert "Sunday 22 November</h1>" in text
    assert reverse("medication_new") in text and "/entries/2026-11-22/" in text
    assert text.count("btn-primary") == 1


def test_a_medication_without_a_dose_asks_for_it(as_alice, alice):
    medication = make_medication(alice, "<script>$\\foo$ 🙂")
    text = page(as_alice)
    assert "&lt;script&gt;$\\foo$ 🙂 has no dose yet." in text
    assert reverse("step_new", args=[medication.pk]) in text


def test_somebody_without_a_medication_sees_their_days(as_alice, alice):
    make_entry(alice, TODAY - dt.timedelta(1), mood=5)
    text = page(as_alice)
    assert "chart-today" in text and "Add a medication" in text
    assert "empty-line" not in text  # one drawing is enough


def test_it_says_on_which_day_an_entry_was_saved(as_alice, alice, clock):
    alice.profile.time_zone = "Pacific/Auckland"  # the entry of 23 November, written there at one in the morning
    alice.profile.save()
    make_entry(alice, TODAY + dt.timedelta(1), mood=4)
    assert "Saved 01:00" in page(as_alice)
    DailyEntry.objects.update(updated=dt.datetime(2026, 11, 21, 14, 23, tzinfo=dt.UTC))
    assert "Saved 22 November, 03:23" in page(as_alice)


def test_open_questions_are_named(as_alice, alice, bob, taper):
    Question.objects.create(owner=alice, text="Is liquid an option?")
    Question.objects.create(owner=alice, text="How long?")
    Question.objects.create(owner=alice, text="Asked", asked_on=TODAY)
    Question.objects.create(owner=bob, text="Bob's")
    assert "2 questions" in page(as_alice)


def test_nothing_of_another_person_is_there(as_bob, alice, taper):
    make_entry(alice, notes="private", mood=5)
    assert "Venlafaxine" not in page(as_bob)


# -- which day it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "utc", "day", "hello"),
    [
        ("Pacific/Auckland", "2026-11-22T12:00", "Monday 23 November", "Hello"),
        ("America/Los_Angeles", "2026-11-22T07:59", "Saturday 21 November", "Good evening"),
        ("Pacific/Kiritimati", "2026-12-31T10:00", "Friday 1 January", "Hello"),
        ("Pacific/Kiritimati", "2026-12-31T09:59", "Thursday 31 December", "Good evening"),
        ("Europe/London", "2024-02-29T10:00", "Thursday 29 February", "Good morning"),
        ("Europe/Berlin", "2026-03-28T23:00", "Sunday 29 March", "Hello"),  # the clock goes forward that night
        ("Europe/Berlin", "2026-03-29T21:59", "Sunday 29 March", "Good evening"),
        ("Europe/Berlin", "2026-03-29T22:00", "Monday 30 March", "Hello"),
        ("Europe/Berlin", "2026-10-24T22:00", "Sunday 25 October", "Hello"),  # and back
        ("Europe/Berlin", "2026-10-25T22:59", "Sunday 25 October", "Good evening"),
        ("Europe/Berlin", "2026-10-25T23:00", "Monday 26 October", "Hello"),
        ("No/Such_Zone", "2026-11-22T12:00", "Sunday 22 November", "Good afternoon"),
    ],
)
def test_today_is_the_persons_own(as_alice, alice, clock, zone, utc, day, hello):
    alice.profile.time_zone = zone
    alice.profile.save()
    clock.move_to(dt.datetime.fromisoformat(f"{utc}+00:00"))
    text = page(as_alice)
    assert f"{hello}, Alice." in text and f"{day}</h1>" in text


@pytest.mark.parametrize(
    ("zone", "utc", "offered"),
    [
        ("Europe/London", "2026-11-22T03:59", "Yesterday, Saturday 21 November"),
        ("Europe/London", "2026-11-22T04:00", None),
        ("America/Los_Angeles", "2026-11-22T11:59", "Yesterday, Saturday 21 November"),
        ("Europe/Berlin", "2026-03-29T01:59", "Yesterday, Saturday 28 March"),  # 03:59, two hours after midnight
        ("Europe/Berlin", "2026-03-29T02:00", None),
        ("Europe/Berlin", "2026-10-25T02:59", "Yesterday, Saturday 24 October"),  # 03:59, four hours after
        ("Europe/Berlin", "2026-10-25T03:00", None),
        ("Europe/London", "2026-01-01T00:00", "Yesterday, Wednesday 31 December"),
        ("Europe/London", "2024-03-01T02:00", "Yesterday, Thursday 29 February"),
    ],
)
def test_before_four_in_the_morning_yesterday_is_offered(as_alice, alice, clock, zone, utc, offered):
    alice.profile.time_zone = zone
    alice.profile.save()
    clock.move_to(dt.datetime.fromisoformat(f"{utc}+00:00"))
    text = page(as_alice)
    assert ("Still up?" in text) == bool(offered)
    assert not offered or offered in text


@pytest.mark.parametrize(
    ("hour", "said"),
    [(0, "Hello"), (3, "Hello"), (4, "Good morning"), (11, "Good morning"), (12, "Good afternoon"),
     (17, "Good afternoon"), (18, "Good evening"), (23, "Good evening")],
)  # fmt: skip
def test_what_one_says_at_this_hour(hour, said):
    assert greeting(hour) == said


# -- signed out -----------------------------------------------------------------------------------------------------


def test_signed_out_it_says_what_this_is(client, db):
    text = page(client)
    assert "Create a journal" in text and "Sign in" in text and "Help now" in text
    assert reverse("account_signup") in text and reverse("account_login") in text and reverse("help_now") in text
    assert text.count("btn-primary") == 1
    assert "http://" not in text and "https://" not in text


def test_signed_out_it_asks_the_database_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        page(client)


# -- queries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [10, 1_000])
def test_it_costs_the_same_at_any_length(as_alice, alice, taper, days, django_assert_num_queries):
    symptoms = [make_symptom(alice, f"Symptom {number}", builtin="") for number in range(10)]
    for number in range(1, days // 10):
        make_step(taper, dt.date(2026, 10, 1) - dt.timedelta(number * 10), 48 + number, "reduction")
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=alice, date=TODAY - dt.timedelta(number), mood=5) for number in range(days)
    )
    Rating.objects.bulk_create(Rating(entry=entry, symptom=s, severity=3) for entry in entries for s in symptoms)
    DoseTaken.objects.bulk_create(
        DoseTaken(medication=taper, date=entry.date, status="planned", mg=20) for entry in entries
    )
    Question.objects.bulk_create(Question(owner=alice, text=str(number)) for number in range(days))
    with django_assert_num_queries(18):
        text = page(as_alice)
    assert f"{days} questions" in text


# --- appointments -----------------------------------------------------------------------------------------------


def visit(owner, days, **fields):
    return Appointment.objects.create(owner=owner, kind="prescriber", date=TODAY + dt.timedelta(days), **fields)


def test_the_next_appointment_leads_to_its_agenda(as_alice, alice):
    mine = visit(alice, 11, name="Dr Okafor", time=dt.time(10, 20))
    for whom in ("prescriber", "", "therapist"):
        Question.objects.create(owner=alice, text=f"Why, {whom}?", whom=whom)
    text = page(as_alice)
    assert f'href="/care/appointments/{mine.pk}/"' in text
    assert "Dr Okafor, prescriber" in text
    assert "Thursday at 10:20, 2 questions on your list" in text.replace("\u00a0", " ")


@pytest.mark.parametrize(("days", "fields"), [(15, {}), (-1, {}), (0, {"held": True}), (3, {"held": False})])
def test_later_past_and_called_off_ones_are_not_named(as_alice, alice, days, fields):
    mine = visit(alice, days, **fields)
    assert f"/care/appointments/{mine.pk}/" not in page(as_alice)


def test_at_most_three_are_named(as_alice, alice):
    for days in range(6):
        visit(alice, days)
    assert page(as_alice).count("/care/appointments/") == 3
    assert "Today, agenda still empty" in page(as_alice)
    assert "Tomorrow, agenda still empty" in page(as_alice)
