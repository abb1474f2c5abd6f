"""Corners of logging in which something was once lost, doubled, averaged or a 500."""

import datetime as dt
import html
import json
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import (
    CheckIn,
    DailyEntry,
    Deleted,
    DoseTaken,
    ForgottenDay,
    LifeEvent,
    Measure,
    Measurement,
    Question,
    Rating,
    Symptom,
)
from journal.models.deleted import undo
from journal.queries.tracked import add_measure
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.views.test_entry import as_sent, url
from tests.views.test_entry_more import switch

pytestmark = pytest.mark.usefixtures("clock")
NOW = f"/entries/{TODAY}/check-in/"
YESTERDAY = TODAY - dt.timedelta(1)


def said(response) -> str:
    return html.unescape(response.content.decode())


def put_back(client, deleted=None):
    """The button Undo on the page."""
    deleted = deleted or Deleted.objects.order_by("pk").last()
    return client.post(reverse("undo", args=[deleted.pk]), follow=True)


# -- check-ins ------------------------------------------------------------------------------------------------------


def test_a_deleted_check_in_of_a_day_that_holds_more_comes_back(as_alice, alice):
    make_entry(alice, mood=5)
    as_alice.post(NOW, {"mood": "4"})
    as_alice.post(reverse("check_in_delete", args=[TODAY, CheckIn.objects.get().pk]))
    assert put_back(as_alice).status_code == 200
    assert CheckIn.objects.get().mood == 4


def test_a_correction_of_one_that_was_deleted_meanwhile_is_on_a_page_for_a_new_one(as_alice, alice):
    as_alice.post(NOW, {"mood": "4"})
    address = reverse("check_in_edit", args=[TODAY, CheckIn.objects.get().pk])
    as_alice.post(f"{address}delete/")
    page = as_alice.post(address, {"time": "11:00", "mood": "7", "note": "a long line", "raise": ""})
    assert page.status_code == 404 and "was deleted meanwhile. Save to keep" in said(page)
    assert "a long line" in said(page) and f'action="{NOW}"' in said(page)
    as_alice.post(NOW, {"time": "11:00", "mood": "7", "note": "a long line", "raise": ""})
    assert CheckIn.objects.get().note == "a long line"


def test_thoughts_of_suicide_have_no_mean_and_are_not_named_in_passing(as_alice, alice):
    thoughts = make_symptom(alice, "Thoughts of suicide or self-harm", builtin="suicidal-thoughts")
    for severity in ("3", "6"):
        page = as_alice.post(NOW, {f"symptom-{thoughts.pk}": severity, "note": severity}, follow=True)
        assert "Kept: 1 more; a line, 12:00." in said(page)
    assert not Rating.objects.exists()
    day = said(as_alice.get(url()))
    assert "4.5, the mean" not in day and "mean of 2" not in day


def test_raising_a_line_that_stands_there_already_raises_it(as_alice, alice):
    as_alice.post(NOW, {"note": "Why now?", "raise": ""})
    as_alice.post(NOW, {"note": "Why now?", "raise": "on"})
    assert CheckIn.objects.count() == 1 and Question.objects.get().check_in == CheckIn.objects.get()


# -- symptoms in a hurry ----------------------------------------------------------------------------------------------


def test_one_added_without_a_rating_is_on_the_list_whatever_else_the_day_holds(as_alice, alice):
    page = as_alice.post(url(), {"add-0-name": "Jaw pain", "add-0-kind": "new"}, follow=True)
    assert "“Jaw pain” is on your list now." in said(page) or "Nothing is recorded for today." in said(page)
    assert Symptom.objects.get().kind == "new" and not DailyEntry.objects.exists()


@pytest.mark.parametrize("alias", ["zaps", "BRAIN ZAP", "electric shocks"])
def test_an_alias_rates_nothing_twice(as_alice, alice, alias):
    zaps = make_symptom(alice)
    page = as_alice.post(url(), {f"symptom-{zaps.pk}": "7", "add-0-name": alias, "add-0-severity": "2"})
    assert page.status_code == 422 and "is rated on this page already." in said(page)
    page = as_alice.post(url(), {"add-0-name": "Brain zaps", "add-0-severity": "1", "add-1-name": alias})
    assert page.status_code == 422 and not Rating.objects.exists()


# -- measures and nights --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "says"), [("1,200", "Write 1200 or 1.2."), ("1.200", "Write 1200 or 1.2.")])
def test_a_number_that_can_mean_two_is_asked_about(as_alice, alice, typed, says):
    add_measure(alice, "Steps", kind="amount")
    page = as_alice.post(url(), {"measure-steps": typed})
    assert page.status_code == 422 and says in said(page)


def test_a_unit_that_is_a_digit_takes_nothing_off_a_number(as_alice, alice):
    add_measure(alice, "Odd", kind="amount", unit="0")
    as_alice.post(url(), {"measure-odd": "70"})
    assert Measurement.objects.get().value == 70


@pytest.mark.parametrize("name", ["measure-weight", "bed_time", "sleep_hours", "mood"])
def test_spaces_without_end_are_refused_at_once(as_alice, alice, name):
    add_measure(alice, "Weight", kind="amount", unit="kg")
    assert as_alice.post(url(), {name: " " * 40_000 + "x" + " " * 40_000 + "y"}).status_code == 422


def test_a_value_that_its_range_has_left_behind_can_stay(as_alice, alice):
    weight = add_measure(alice, "Weight", kind="amount", unit="kg", low=Decimal(40), high=Decimal(90))
    as_alice.post(url(), {"measure-weight": "70", "mood": "4"})
    Measure.objects.filter(pk=weight.pk).update(high=60)
    sent = as_sent(as_alice.get(url()).context["form"])
    assert as_alice.post(url(), sent | {"mood": "5"}).status_code == 302
    assert as_alice.post(url(), sent | {"measure-weight": "71"}).status_code == 422


def test_the_night_is_kept_although_sleep_was_switched_off_meanwhile(as_alice, alice):
    switch(alice, "sleep", "off")
    assert as_alice.post(url(), {"mood": "4", "bed_time": "22:00", "wake_time": "06:00"}).status_code == 302
    assert (DailyEntry.objects.get().bed_time, DailyEntry.objects.get().sleep_hours) == (dt.time(22), 8)
    assert "bed_time" in as_alice.get(url()).context["form"].fields


@pytest.mark.parametrize(("bed", "wake"), [("01:50", "02:10"), ("01:20", "02:05"), ("01:30", "02:30")])
def test_a_night_in_which_the_clock_leaves_it_out(as_alice, bed, wake):
    page = as_alice.post("/entries/2026-03-29/", {"bed_time": bed, "wake_time": wake})
    assert page.status_code == 422 and "the clocks go forward" in said(page)


# -- two places, and twice ------------------------------------------------------------------------------------------


def test_a_form_is_the_same_however_its_lines_end(as_alice, alice):
    uid = str(uuid.uuid4())
    for note in ("hello\r\nworld", "hello\nworld"):
        assert as_alice.post(url(), {"notes": note, "add-0-name": "Jaw pain", "uid": uid}).status_code == 302


def test_something_urgent_leads_to_help_also_when_it_is_sent_again(as_alice):
    data = {"event-seizure": "on", "uid": str(uuid.uuid4())}
    assert [as_alice.post(url(), data)["Location"] for _ in range(2)] == ["/help-now/noticed/?next=%2F"] * 2
    assert LifeEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ({"sleep_hours": "7.5"}, {"sleep_hours": "8"}),
        ({"bed_time": "23:00", "wake_time": "07:00", "sleep_hours": ""}, {"mood": "4"}),
        ({"event-illness": "on", "event-illness-text": "flu,  again"}, {"event-illness-text": "flu, day 2"}),
        ({"notes": "line\r\nline  "}, {"notes": "more"}),
    ],
)
def test_a_page_that_goes_on_from_what_it_sent_is_no_clash(as_alice, first, then):
    """As a device without a connection does: what it showed is what was typed, not what it became."""
    blank = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), blank | first | {"shown": json.dumps(blank)})
    assert as_alice.post(url(), blank | first | then | {"shown": json.dumps(blank | first)}).status_code == 302


def test_clearing_a_day_takes_its_question_along(as_alice):
    as_alice.post(url(), {"notes": "Why?", "raise": "on"})
    as_alice.post(url(), {"notes": "", "raise": ""})
    assert not DailyEntry.objects.exists() and not Question.objects.exists()


# -- undo, in other orders ------------------------------------------------------------------------------------------


def test_a_day_comes_back_before_a_symptom_of_it_and_the_rest_later(as_alice, alice):
    zaps, medication = make_symptom(alice), make_medication(alice)
    make_step(medication, YESTERDAY, 20, "start")
    make_entry(alice, YESTERDAY, {zaps: 6}, mood=4, notes="hers")
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="planned", mg=20)
    as_alice.post(f"/entries/{YESTERDAY}/delete/")
    of_day = Deleted.objects.get()
    as_alice.post(reverse("symptom_delete", args=[zaps.pk]))
    of_symptom = Deleted.objects.exclude(pk=of_day.pk).get()
    assert put_back(as_alice, of_day).status_code == 200
    entry = DailyEntry.objects.get()
    assert (entry.mood, entry.notes, entry.ratings.count()) == (4, "hers", 0) and DoseTaken.objects.exists()
    of_day.refresh_from_db()
    assert "the rest of it" in of_day.label
    assert not undo(of_day) and not Rating.objects.exists()  # its symptom is still away
    assert put_back(as_alice, of_symptom).status_code == 200
    assert put_back(as_alice, of_day).status_code == 200
    assert Rating.objects.get().severity == 6 and not Deleted.objects.exists()


# -- days that were not remembered ------------------------------------------------------------------------------------


def test_a_check_in_is_a_memory(as_alice, alice):
    make_entry(alice, TODAY - dt.timedelta(9), mood=4)
    ForgottenDay.objects.create(owner=alice, date=YESTERDAY)
    as_alice.post(f"/entries/{YESTERDAY}/check-in/", {"time": "10:00", "mood": "4"})
    assert YESTERDAY not in as_alice.get("/entries/catch-up/").context["forgotten"]


def test_fourteen_days_and_one_that_clashes_are_still_fourteen(as_alice, alice):
    make_entry(alice, TODAY - dt.timedelta(29), mood=4)
    days = [TODAY - dt.timedelta(n) for n in range(1, 15)]
    sent = {f"{day}-mood": "4" for day in days}
    make_entry(alice, days[3], mood=1)
    page = as_alice.post("/entries/catch-up/", sent)
    assert page.status_code == 422 and len(page.context["form"].days) == 14
    page = as_alice.post("/entries/catch-up/", sent | {f"{days[3]}-leave": "on"})
    assert page.status_code == 302
    assert DailyEntry.objects.get(date=days[3]).mood == 1 and DailyEntry.objects.count() == 15


def test_a_day_that_is_not_remembered_says_so_and_what_is_written_takes_it_back(as_alice, alice):
    ForgottenDay.objects.create(owner=alice, date=YESTERDAY)
    address = f"/entries/{YESTERDAY}/"
    assert "You said that you do not remember this day." in said(as_alice.get(address))
    as_alice.post(address, {"mood": "4"})
    assert not ForgottenDay.objects.exists()
    assert "do not remember" not in said(as_alice.get(address))


def test_of_two_notes_both_can_be_kept(as_alice, alice):
    form = as_alice.get(url()).context["form"]
    first = as_sent(form) | {"shown": form.shown}
    as_alice.post(url(), first | {"notes": "From the phone."})
    page = as_alice.post(url(), first | {"notes": "From the desk."})
    assert page.status_code == 422 and 'value="both"' in said(page)
    form = page.context["form"]
    as_alice.post(url(), as_sent(form) | {"shown": form.shown, "choose-notes": "both"})
    assert DailyEntry.objects.get().notes == "From the phone.\n\nFrom the desk."


def test_an_unbearable_symptom_is_not_hidden_by_a_mild_mean(as_alice, alice):
    names = ["Nausea", "Headache", "Fatigue"]
    others = [make_symptom(alice, name, builtin=name.lower()) for name in names]
    make_entry(alice, YESTERDAY, {make_symptom(alice): 10, **dict.fromkeys(others, 1)})
    page = said(as_alice.get("/entries/"))
    assert "Symptoms 3.3, mild" in page and "Brain zaps 10, unbearable" in page


def test_what_check_ins_say_stands_beside_an_own_rating_too(as_alice, alice):
    zaps = make_symptom(alice)
    for severity in ("8", "2"):
        as_alice.post(NOW, {f"symptom-{zaps.pk}": severity, "note": severity})
    page = said(as_alice.get(url()))
    assert "5.0, the mean of 2 check-ins, counts for the day until you rate it." in page and "Fraction" not in page
    as_alice.post(url(), {f"symptom-{zaps.pk}": "10"})
    assert "Your own rating counts. The mean of 2 check-ins is 5.0." in said(as_alice.get(url()))


def test_a_check_in_of_a_symptom_that_is_deleted_waits_for_it(as_alice, alice):
    zaps = make_symptom(alice)
    as_alice.post(NOW, {f"symptom-{zaps.pk}": "4"})
    as_alice.post(reverse("check_in_delete", args=[TODAY, CheckIn.objects.get().pk]))
    of_check_in = Deleted.objects.get()
    as_alice.post(reverse("symptom_delete", args=[zaps.pk]))
    of_symptom = Deleted.objects.exclude(pk=of_check_in.pk).get()
    assert put_back(as_alice, of_check_in).status_code == 409
    assert not CheckIn.objects.exists() and not DailyEntry.objects.exists()
    assert put_back(as_alice, of_symptom).status_code == 200
    assert put_back(as_alice, of_check_in).status_code == 200
    assert CheckIn.objects.get().readings.get().severity == 4 and Rating.objects.get().severity == 4
