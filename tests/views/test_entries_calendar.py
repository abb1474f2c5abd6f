"""The calendar of days."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import CheckIn, DailyEntry, DoseTaken, ForgottenDay, LifeEvent, Rating
from journal.models.derived import refresh_days
from journal.queries.entries import Burden, burden, entry_days
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = "/entries/"


def page(browser, month=None):
    response = browser.get(URL, {"month": month} if month is not None else {})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def numbers(text) -> list[str]:
    """The dates of the grid in order."""
    return re.findall(r'<span class="date"[^>]*>(\d+)</span>', text)


def test_it_works(as_alice, alice):
    zaps, nausea = make_symptom(alice), make_symptom(alice, "Nausea", builtin="nausea")
    make_entry(alice, dt.date(2026, 11, 17), {zaps: 5, nausea: "2.3"}, mood=4, sleep_hours=Decimal("6.25"))
    text = page(as_alice)
    assert "November 2026" in text
    assert numbers(text) == [str(number) for number in range(1, 31)]
    # 3.65 is written 3.7, halves up, and is moderate
    assert "Tuesday 17 November, mean of 2 symptom ratings 3.7, moderate" in text
    assert '<span class="value sev-2" aria-hidden="true">3.7</span>' in text
    assert "Symptoms 3.7, moderate</b> <span" in text and "(mean of 2)" in text
    assert "mood 4" in text and "slept 6 h 15" in text
    assert "1 day with an entry" in text
    assert "Wednesday 18 November, no entry" in text


def test_it_asks_for_signing_in(client):
    assert client.get(URL).url.startswith(reverse("account_login"))


def test_another_persons_days_are_not_there(as_bob, alice):
    make_entry(alice, TODAY, {make_symptom(alice): 5}, notes="private")
    text = page(as_bob)
    assert "private" not in text and "(mean of" not in text and "0 days with an entry" in text


def test_an_entry_without_symptoms_has_a_dot_and_words(as_alice, alice):
    make_entry(alice, dt.date(2026, 11, 3), mood=5)
    medication = make_medication(alice)
    DoseTaken.objects.create(medication=medication, date=dt.date(2026, 11, 4), status="missed", mg=0)
    text = page(as_alice)
    assert "Tuesday 3 November, an entry without symptoms" in text
    assert "Wednesday 4 November, an entry without symptoms" in text
    assert "Venlafaxine missed" in text
    assert text.count("day-dot") == 2


def test_weeks_begin_on_monday(as_alice):
    grid = page(as_alice, "2026-11").split('<ol class="calendar">')[1]
    assert grid.split('class="date"')[0].count('<li aria-hidden="true">') == 6  # 1 November 2026 is a Sunday


def test_the_future_is_quiet_and_cannot_be_opened(as_alice):
    text = page(as_alice)
    assert '/entries/2026-11-22/"' in text and '/entries/2026-11-23/"' not in text
    assert text.count("day-future") == 8 and 'aria-current="date"' in text
    assert "?month=2026-10" in text and "?month=2026-12" not in text
    assert "?month=2026-11" in page(as_alice, "2026-10")


@pytest.mark.parametrize(
    ("month", "days", "title"),
    [("2024-02", 29, "February 2024"), ("2026-02", 28, "February 2026"), ("2025-12", 31, "December 2025")],
)
def test_months_have_their_days(as_alice, month, days, title):
    text = page(as_alice, month)
    assert title in text and len(numbers(text)) == days


def test_the_turn_of_the_year_leads_both_ways(as_alice):
    assert "?month=2026-01" in page(as_alice, "2025-12") and "?month=2025-12" in page(as_alice, "2026-01")


def test_the_first_month_of_all_has_none_before(as_alice):
    text = page(as_alice, "1920-01")
    assert "January 1920" in text and "?month=1919-12" not in text


@pytest.mark.parametrize("month", ["", " ", "2026-11 "])
def test_a_blank_month_is_this_one(as_alice, month):
    assert "November 2026" in page(as_alice, month)


@pytest.mark.parametrize(
    ("month", "says"),
    [
        ("abc", "That is not a month. Write it like 2026-11."),
        ("2026-13", "That is not a month."),
        ("2026-00", "That is not a month."),
        ("2026-11-22", "That is not a month."),
        ("٢٠٢٦-١١", "That is not a month."),
        ("2026-11\0", "That is not a month."),
        ("<script>", "That is not a month."),
        ("9" * 5_000, "That is not a month."),
        ("1919-12", "1919 is too long ago."),
        ("0000-01", "0 is too long ago."),
        ("2026-12", "That month is still to come."),
        ("9999-12", "That month is still to come."),
    ],
)
def test_a_month_that_cannot_be_is_a_400_with_a_sentence(as_alice, month, says):
    response = as_alice.get(URL, {"month": month})
    assert response.status_code == 400 and says in response.content.decode()


def test_a_long_note_is_shown_by_its_beginning(as_alice, alice):
    make_entry(alice, TODAY, notes="Slept badly. " + "x" * 19_000 + " the end")
    text = page(as_alice)
    assert "Slept badly." in text and "the end" not in text


def test_today_is_the_persons_own(as_alice, alice, clock):
    alice.profile.time_zone = "Pacific/Kiritimati"
    alice.profile.save()
    clock.move_to(dt.datetime(2026, 12, 31, 10, 30, tzinfo=dt.UTC))  # 00:30 on 1 January there
    assert "January 2027" in page(as_alice)


# -- marks and words of a day ---------------------------------------------------------------------------------------


def test_worse_and_better_are_told_by_number_height_and_word(as_alice, alice):
    zaps = make_symptom(alice)
    for number, severity in enumerate((0, 2, 5, 8, 10), start=1):
        make_entry(alice, dt.date(2026, 11, number), {zaps: severity})
    text = page(as_alice)
    for band, (number, word) in enumerate([("0.0", "none"), ("2.0", "mild"), ("5.0", "moderate"), ("8.0", "severe")]):
        assert f"{number}, {word}</span>" in text
        assert f'<span class="value sev-{band}" aria-hidden="true">{number}</span>' in text
    assert "10.0, unbearable</span>" in text


def test_a_day_that_is_not_remembered_has_a_mark_and_words(as_alice, alice, bob):
    ForgottenDay.objects.create(owner=alice, date=dt.date(2026, 11, 3))
    ForgottenDay.objects.create(owner=bob, date=dt.date(2026, 11, 4))
    text = page(as_alice)
    assert "Tuesday 3 November, not remembered</span>" in text and "Wednesday 4 November, no entry" in text
    assert text.count(">?</span>") == 1 and "A question mark: not remembered." in text
    assert "0 days with an entry" in text
    make_entry(alice, dt.date(2026, 11, 3), mood=4)  # what is recorded counts
    text = page(as_alice)
    assert "not remembered" not in text and "1 day with an entry" in text


def test_events_have_a_mark_and_their_names(as_alice, alice):
    entry = make_entry(alice, dt.date(2026, 11, 3))
    LifeEvent.objects.create(entry=entry, kind="illness", text="private words")
    LifeEvent.objects.create(entry=entry, kind="no-longer-known")
    text = page(as_alice)
    assert "an entry without symptoms, Illness, No longer known</span>" in text
    assert text.count("day-event") == 1 and "A diamond: something happened." in text
    assert '<span class="month-event">Illness</span>' in text and "private words" not in text
    assert "A diamond" not in page(as_alice, "2026-10")


def test_check_ins_are_counted_and_give_the_day_its_mood(as_alice, alice):
    entry = make_entry(alice, dt.date(2026, 11, 3))
    for hour, mood in ((8, 4), (12, 5), (20, 5)):
        CheckIn.objects.create(entry=entry, time=dt.time(hour), mood=mood)
    refresh_days(alice, [entry.pk])
    text = page(as_alice)
    assert "3 check-ins" in text and 'mood 4.7 <span class="month-mean">(mean of 3 check-ins)</span>' in text
    DailyEntry.objects.filter(pk=entry.pk).update(mood=6)
    text = page(as_alice)
    assert "mood 6</span>" in text and "mood 4.7" not in text


def test_an_entry_written_or_changed_later_says_so(as_alice, alice):
    make_entry(alice, dt.date(2026, 11, 19), mood=4)
    make_entry(alice, TODAY, mood=4)
    text = page(as_alice)
    assert text.count("days later") == 1 and "Written 3 days later" in text


def test_days_without_an_entry_are_offered_in_one_line(as_alice, alice):
    assert "No entry on" not in page(as_alice)
    make_entry(alice, TODAY - dt.timedelta(2))
    assert 'No entry on 21 November. <a href="/entries/catch-up/">Fill it in</a>' in page(as_alice)
    make_entry(alice, TODAY - dt.timedelta(40))
    assert 'No entry on 29 of the last 30 days. <a href="/entries/catch-up/">Catch up</a>' in page(as_alice)


# -- what the numbers are -------------------------------------------------------------------------------------------


def test_thoughts_of_suicide_are_in_no_burden(as_alice, alice):
    zaps = make_symptom(alice)
    thoughts = make_symptom(alice, "Thoughts of suicide", builtin="suicidal-thoughts")
    make_entry(alice, TODAY, {zaps: 2, thoughts: 10})
    make_entry(alice, TODAY - dt.timedelta(1), {thoughts: 10})
    assert burden(alice, TODAY - dt.timedelta(9), TODAY) == {TODAY: Burden(Decimal(2), 1)}
    assert "Saturday 21 November, an entry without symptoms" in page(as_alice)


def test_burden_is_exact(alice):
    symptoms = [make_symptom(alice, f"S{number}", builtin="") for number in range(3)]
    make_entry(alice, TODAY, dict(zip(symptoms, ["0.1", "0.2", "0.3"], strict=True)))
    assert burden(alice, TODAY, TODAY) == {TODAY: Burden(Decimal("0.2"), 3)}


def test_a_day_with_a_dose_alone_is_an_entry_day(alice, bob):
    make_entry(alice, TODAY)
    DoseTaken.objects.create(medication=make_medication(alice), date=TODAY - dt.timedelta(1), status="missed", mg=0)
    make_entry(alice, TODAY - dt.timedelta(10))
    make_entry(bob, TODAY - dt.timedelta(2))
    assert entry_days(alice, TODAY - dt.timedelta(9), TODAY) == {TODAY, TODAY - dt.timedelta(1)}


# -- queries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [10, 2_000])
def test_it_costs_the_same_at_any_length(as_alice, alice, days, django_assert_num_queries):
    symptoms = [make_symptom(alice, f"Symptom {number}", builtin="") for number in range(40)]
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(days), 20, "start")
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=alice, date=TODAY - dt.timedelta(number), mood=5, notes="x") for number in range(days)
    )
    rows = (Rating(entry=entry, symptom=s, severity=3) for entry in entries for s in symptoms)
    Rating.objects.bulk_create(rows, batch_size=5_000)
    LifeEvent.objects.bulk_create(LifeEvent(entry=entry, kind="illness") for entry in entries)
    CheckIn.objects.bulk_create(CheckIn(entry=entry, time=dt.time(9), mood=4) for entry in entries)
    DoseTaken.objects.bulk_create(
        DoseTaken(medication=medication, date=entry.date, status="planned", mg=20) for entry in entries
    )
    with django_assert_num_queries(12):
        page(as_alice)
