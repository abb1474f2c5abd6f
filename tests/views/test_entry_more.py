"""What a day holds besides ratings and notes: nights, measures, events, symptoms in a hurry, and what is raised."""

import datetime as dt
import html
from decimal import Decimal

import pytest

from journal.models import DailyEntry, Deleted, LifeEvent, Measure, Measurement, Question, Rating, Symptom
from journal.queries.tracked import add_measure, measures_of
from tests.conftest import TODAY, make_entry, make_symptom
from tests.views.test_entry import as_sent, url

pytestmark = pytest.mark.usefixtures("clock")


def entry() -> DailyEntry:
    return DailyEntry.objects.get(date=TODAY)


def said(response) -> str:
    return html.unescape(response.content.decode())


# -- the night ----------------------------------------------------------------------------------------------------


def test_two_times_make_the_hours(as_alice):
    as_alice.post(url(), {"bed_time": "23:15", "wake_time": "06:45"})
    assert (entry().bed_time, entry().wake_time) == (dt.time(23, 15), dt.time(6, 45))
    assert entry().sleep_hours == Decimal("7.5")


def test_other_times_make_other_hours_until_somebody_writes_the_hours(as_alice):
    as_alice.post(url(), {"bed_time": "23:15", "wake_time": "06:45"})
    sent = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), sent | {"wake_time": "07:45"})
    assert entry().sleep_hours == Decimal("8.5")
    sent = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), sent | {"sleep_hours": "6"})
    sent = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), sent | {"wake_time": "08:00"})
    assert (entry().sleep_hours, entry().wake_time) == (6, dt.time(8))


@pytest.mark.parametrize(("day", "hours"), [("2026-10-25", "9"), ("2026-03-29", "7")])
def test_the_clock_changes_in_the_night(as_alice, day, hours):
    as_alice.post(f"/entries/{day}/", {"bed_time": "23:00", "wake_time": "07:00"})
    assert DailyEntry.objects.get().sleep_hours == Decimal(hours)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"bed_time": "07:00", "wake_time": "06:00"}, "From 07:00 to 06:00 are 23 h. Are the two the wrong way round?"),
        ({"bed_time": "07:00", "wake_time": "07:00"}, "These two times are the same."),
        ({"bed_time": "23:00", "wake_time": "07:00", "sleep_hours": "9"}, "9 h is longer than the time in bed"),
        ({"sleep_hours": "25"}, "“25” is more than a day has."),
        ({"bed_time": "25:00"}, "“25:00” is not a time."),
        ({"wake_time": "tomorrow"}, "“tomorrow” is not a time."),
    ],
)
def test_a_night_that_cannot_be(as_alice, sent, says):
    page = as_alice.post(url(), sent | {"notes": "kept"})
    assert page.status_code == 422 and says in said(page) and "kept" in said(page)
    assert all(page.context["form"][name].value() == text for name, text in sent.items())
    assert not DailyEntry.objects.exists()


def test_so_long_a_night_with_its_hours_written_is_kept(as_alice):
    assert as_alice.post(url(), {"bed_time": "07:00", "wake_time": "06:00", "sleep_hours": "20"}).status_code == 302
    assert entry().sleep_hours == 20


def test_one_time_alone_is_kept(as_alice):
    as_alice.post(url(), {"wake_time": "06:45"})
    assert (entry().bed_time, entry().wake_time, entry().sleep_hours) == (None, dt.time(6, 45), None)


# -- measures -----------------------------------------------------------------------------------------------------


def switch(owner, slug, state):
    from journal.queries.tracked import rows_for

    tracked = next(one for one in measures_of(owner) if one.slug == slug)
    row = rows_for(owner, [tracked])[slug]
    row.state = state
    row.save()


def test_measures_are_asked_for_once_they_are_on(as_alice, alice):
    assert "Alcohol" not in said(as_alice.get(url()))
    for slug in ("alcohol", "stress", "cycle", "exercise"):
        switch(alice, slug, "on")
    add_measure(alice, "Weight", kind="amount", unit="kg", low=Decimal(20), high=Decimal(400))
    add_measure(alice, "Patience", kind="rating", better="up")
    sent = {
        "measure-alcohol": "1,5",
        "measure-stress": "7",
        "measure-cycle": "0",
        "measure-weight": "72.4 kg",
        "measure-patience": "0",
    }
    assert as_alice.post(url(), sent).status_code == 302
    found = {m.measure.slug: m.value for m in Measurement.objects.of(alice).select_related("measure")}
    assert found == {"alcohol": Decimal("1.5"), "stress": 7, "cycle": 0, "weight": Decimal("72.4"), "patience": 0}
    page = as_sent(as_alice.get(url()).context["form"])
    assert page["measure-weight"] == "72.4" and page["measure-cycle"] == "0" and page["measure-exercise"] == ""
    as_alice.post(url(), page | {"measure-weight": "", "measure-stress": ""})
    assert set(Measurement.objects.values_list("measure__slug", flat=True)) == {"alcohol", "cycle", "patience"}


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("measure-weight", "5", "“5” is outside 20 to 400."),
        ("measure-weight", "heavy", "“heavy” is not a number"),
        ("measure-weight", "72.4567", "more decimals than are kept"),
        ("measure-weight", "1e9", "“1e9” is not a number"),
        ("measure-patience", "11", "“11” is outside 0 to 10."),
        ("measure-cycle", "9", "Choose one of these."),
    ],
)
def test_a_value_that_cannot_be(as_alice, alice, name, text, says):
    switch(alice, "cycle", "on")
    add_measure(alice, "Weight", kind="amount", unit="kg", low=Decimal(20), high=Decimal(400))
    add_measure(alice, "Patience", kind="rating", better="up")
    page = as_alice.post(url(), {name: text, "notes": "kept"})
    assert page.status_code == 422 and says in said(page) and "kept" in said(page)
    assert not Measurement.objects.exists()


def test_what_is_switched_off_keeps_its_history_and_shows_where_it_stands(as_alice, alice):
    make_entry(alice, TODAY - dt.timedelta(1), energy=4)
    switch(alice, "energy", "off")
    assert "energy" not in as_alice.get(url()).context["form"].fields
    assert "energy" in as_alice.get(f"/entries/{TODAY - dt.timedelta(1)}/").context["form"].fields


def test_the_order_and_the_names_are_the_persons(as_alice, alice):
    switch(alice, "energy", "on")
    Measure.objects.filter(builtin="energy").update(name="Battery", position=0)
    names = [field.label for field, _ in as_alice.get(url()).context["form"].ratings]
    assert names[:2] == ["Battery", "Mood"]


def test_a_measure_put_away_while_the_page_was_open_is_kept_all_the_same(as_alice, alice):
    weight = add_measure(alice, "Weight", kind="amount", unit="kg")
    sent = as_sent(as_alice.get(url()).context["form"])
    weight.state = "archived"
    weight.save()
    assert as_alice.post(url(), sent | {"measure-weight": "70"}).status_code == 302
    assert Measurement.objects.get().value == 70


# -- events -------------------------------------------------------------------------------------------------------


def test_events_have_a_line_each(as_alice):
    as_alice.post(url(), {"event-illness": "on", "event-illness-text": "flu", "event-travel": "on"})
    assert {event.kind: event.text for event in LifeEvent.objects.all()} == {"illness": "flu", "travel": ""}
    sent = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), sent | {"event-travel": "", "event-illness-text": "flu, day 2"})
    assert {event.kind: event.text for event in LifeEvent.objects.all()} == {"illness": "flu, day 2"}
    as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]) | {"event-illness": ""})
    assert not LifeEvent.objects.exists() and not DailyEntry.objects.exists()


def test_an_urgent_one_leads_straight_to_help_and_only_once(as_alice):
    response = as_alice.post(url(), {"event-seizure": "on", "notes": "at work"})
    assert response.status_code == 302 and response["Location"] == "/help-now/noticed/?next=%2F"
    assert as_alice.get(response["Location"]).status_code == 200
    assert LifeEvent.objects.get().kind == "seizure" and entry().notes == "at work"
    again = as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]) | {"mood": "3"})
    assert again["Location"] == "/"


def test_a_line_without_its_tick_says_nothing_and_too_long_a_line_stays(as_alice):
    as_alice.post(url(), {"event-illness": "", "event-illness-text": "flu"})
    assert not LifeEvent.objects.exists()
    page = as_alice.post(url(), {"event-illness": "on", "event-illness-text": "x" * 201})
    assert page.status_code == 422 and "This has 201 characters. 200 fit." in said(page) and "x" * 201 in said(page)


# -- a symptom in a hurry -----------------------------------------------------------------------------------------


def test_a_symptom_is_added_and_rated_at_once(as_alice, alice):
    sent = {
        "add-0-name": "zaps",
        "add-0-kind": "new",
        "add-0-severity": "6",
        "add-1-name": "Cold left hand",
        "add-1-kind": "",
        "add-1-severity": "",
        "add-2-name": "",
    }
    page = as_alice.post(url(), sent, follow=True)
    zaps, own = Symptom.objects.of(alice)
    assert (zaps.name, zaps.builtin, zaps.kind, zaps.tracked) == ("Brain zaps", "brain-zaps", "new", True)
    assert (own.name, own.builtin) == ("Cold left hand", "")
    assert Rating.objects.get().symptom == zaps and Rating.objects.get().severity == 6
    assert "Saved. “Brain zaps”, “Cold left hand” are on your list now." in said(page)


def test_one_that_was_put_away_is_taken_up_again(as_alice, alice):
    jaw = make_symptom(alice, "Jaw pain", builtin="", tracked=False, kind="known")
    as_alice.post(url(), {"add-0-name": "jaw PAIN", "add-0-severity": "3"})
    jaw.refresh_from_db()
    assert jaw.tracked and jaw.kind == "known" and Rating.objects.get().symptom == jaw


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"add-0-name": "", "add-0-severity": "5"}, "Write what it is."),
        ({"add-0-name": "_", "add-0-severity": "5"}, "A symptom needs a name."),
        ({"add-0-name": "x" * 101}, "This has 101 characters."),
        ({"add-0-name": "x", "add-0-severity": "11"}, "outside 0 to 10"),
        ({"add-0-name": "x", "add-0-kind": "old"}, "Choose one of these three"),
        ({"add-0-name": "zaps one", "add-1-name": "Zaps  One"}, "“Zaps One” is rated on this page already."),
        ({f"add-{n}-name": f"n{n}" for n in range(14)}, "has no place on this page"),
    ],
)
def test_what_cannot_be_added(as_alice, sent, says):
    page = as_alice.post(url(), sent | {"notes": "kept"})
    assert page.status_code == 422 and says in said(page) and "kept" in said(page)
    assert not Symptom.objects.exists() and not DailyEntry.objects.exists()


def test_a_rated_one_is_not_rated_twice(as_alice, alice):
    zaps = make_symptom(alice)
    sent = {f"symptom-{zaps.pk}": "3", "add-0-name": "brain zaps", "add-0-severity": "6"}
    page = as_alice.post(url(), sent)
    assert page.status_code == 422 and "“brain zaps” is rated on this page already." in said(page)
    assert as_alice.post(url(), sent | {f"symptom-{zaps.pk}": ""}).status_code == 302
    assert Rating.objects.get().severity == 6


# -- raise this ---------------------------------------------------------------------------------------------------


def test_a_note_becomes_a_question_and_follows_the_note(as_alice):
    as_alice.post(url(), {"notes": "Zaps at night.\nWhy?", "raise": "on"})
    question = Question.objects.get()
    assert (question.text, question.entry) == ("Zaps at night. Why?", entry())
    sent = as_sent(as_alice.get(url()).context["form"])
    assert sent["raise"] == "on"
    as_alice.post(url(), sent | {"notes": "Zaps at night and noon."})
    question.refresh_from_db()
    assert question.text == "Zaps at night and noon."
    question.text = "My own words"
    question.save()
    as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]) | {"notes": "Something else."})
    question.refresh_from_db()
    assert question.text == "My own words"
    as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]) | {"raise": ""})
    assert not Question.objects.exists() and Deleted.objects.get().label == "Question “My own words”"
    assert entry().notes == "Something else."


@pytest.mark.parametrize("note", ["word " * 400, "x" * 20_000])
def test_a_long_note_is_raised_by_its_beginning(as_alice, note):
    assert as_alice.post(url(), {"notes": note, "raise": "on"}).status_code == 302
    assert len(Question.objects.get().text) <= 500 and Question.objects.get().text.endswith(" …")


def test_nothing_cannot_be_raised(as_alice):
    page = as_alice.post(url(), {"notes": " ", "raise": "on", "mood": "4"})
    assert page.status_code == 422 and "Write the note that is to be raised" in said(page)


# -- two places ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("choice", "mood"), [("here", 7), ("there", 5)])
def test_of_two_versions_the_person_chooses(as_alice, alice, choice, mood):
    form = as_alice.get(url()).context["form"]
    first = as_sent(form) | {"shown": form.shown}
    as_alice.post(url(), first | {"mood": "5"})
    page = as_alice.post(url(), first | {"mood": "7", "energy": "2"})
    assert page.status_code == 422 and "Changed in two places" in said(page)
    [clash] = page.context["form"].clashes
    assert (clash.label, clash.there, clash.here) == ("Mood", "5", "7")
    form = page.context["form"]
    as_alice.post(url(), as_sent(form) | {"shown": form.shown, "choose-mood": choice})
    assert (entry().mood, entry().energy) == (mood, 2)
