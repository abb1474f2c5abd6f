"""To find a day: by its date, by words in one's own notes, by a symptom or an event."""

import datetime as dt
import html
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from journal.models import CheckIn, DailyEntry, LifeEvent, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.text_search import Piece, found_in, pattern_of, piece
from tests.conftest import TODAY, make_entry, make_symptom, person

pytestmark = pytest.mark.usefixtures("clock")
URL = "/entries/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def search(browser, status=200, **query):
    response = browser.get(URL, query)
    assert response.status_code == status
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " "))


def found(text) -> list[str]:
    """The days of the list, in its order."""
    return re.findall(r'<a class="open-row" href="/entries/([\d-]+)/"', text)


def plain(text) -> str:
    """What a reader sees of the page."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


# -- by its date ------------------------------------------------------------------------------------------------------


def test_a_date_leads_to_its_day(as_alice):
    assert as_alice.get(URL, {"on": "2026-11-20"}).url == "/entries/2026-11-20/"
    assert as_alice.get(URL, {"on": "20.11.2026"}).url == "/entries/2026-11-20/"
    assert as_alice.get(URL, {"on": " 2026-11-22 ", "month": "2020-01"}).url == "/entries/2026-11-22/"


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("2026-02-30", "February 2026 has 28 days."),
        ("2026-11-23", "That day is still to come."),
        ("1919-12-31", "1919 is too long ago."),
        ("3/4/2026", "can mean two days"),
        ("soon", "is not a date."),
        ("<script>", "is not a date."),
        ("9" * 5_000, "is not a date."),
        ("2026-11-2\0", "is not a date."),
    ],
)
def test_a_date_that_cannot_be_is_a_400_with_what_was_typed(as_alice, typed, says):
    text = search(as_alice, 400, on=typed)
    assert says in plain(text) and "<script>" not in text
    if typed.isascii() and "\0" not in typed:
        assert f'value="{html.escape(typed)}"' in text and 'type="text"' in text


def test_a_blank_date_is_the_calendar(as_alice):
    assert "November 2026" in search(as_alice, on=" ")


# -- words ------------------------------------------------------------------------------------------------------------


def test_it_works(as_alice, alice):
    make_entry(alice, day(400), notes="The room was spinning, and I felt dizzy until noon.")
    make_entry(alice, day(3), notes="DIZZY again")
    make_entry(alice, day(2), notes="Nothing of the kind")
    text = search(as_alice, q="dizzy")
    assert found(text) == ["2026-11-19", "2025-10-18"]
    assert "2 days" in text and "For “dizzy”." in text
    assert "Thursday 19 November</b>" in text and "Saturday 18 October 2025</b>" in text
    assert "<mark>DIZZY</mark> again" in text
    assert "I felt <mark>dizzy</mark> until noon." in text


def test_another_persons_notes_are_not_searched(as_bob, alice):
    symptom = make_symptom(alice)
    entry = make_entry(alice, notes="dizzy", ratings={symptom: 5})
    LifeEvent.objects.create(entry=entry, kind="illness", text="dizzy")
    CheckIn.objects.create(entry=entry, time=dt.time(9), note="dizzy")
    assert found(search(as_bob, q="dizzy")) == found(search(as_bob, event="illness")) == []
    assert "There is no such symptom" in search(as_bob, 400, symptom=symptom.slug)


def test_the_place_is_shown_with_60_letters_either_side_cut_at_words(as_alice, alice):
    make_entry(alice, notes="start " + "before " * 100 + "dizzy" + " after" * 100 + " end")
    place = re.search(r"month-note\">(.*?)</span>", search(as_alice, q="Dizzy"))[1]
    before, after = place.split("<mark>dizzy</mark>")
    assert before == "…" + "before " * 8 and after == " after" * 9 + "…"


def test_a_place_at_either_end_has_no_dots(as_alice, alice):
    make_entry(alice, notes="dizzy")
    assert 'month-note"><mark>dizzy</mark></span>' in search(as_alice, q="dizzy")


def test_everything_is_escaped(as_alice, alice):
    make_entry(alice, notes="<b>bold</b> & <script>alert(1)</script>")
    text = search(as_alice, q="<script>")
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;" in text
    assert "<script>alert" not in text and "&lt;b&gt;bold" in text


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("übelkeit", "Morgens ÜBELKEIT"),
        ("ÜBELKEIT", "übelkeit"),
        ("ЛЕГЧЕ", "Сегодня легче"),
        ("ΎΠΝΟΣ", "ύπνος"),
        ("e\u0301te\u0301", "ÉTÉ"),  # typed in two parts, stored in one
        ("100 %", "It was 100 % worse"),
        ("_", "snake_case"),
        ("a.b", "a.b"),
        ("two words", "two\nwords"),
        ("  two   words ", "Two words"),
        ("(", "odd :("),
        ("\\", "a \\ b"),
        ("😀", "fine 😀"),
    ],
)
def test_it_is_found(as_alice, alice, typed, note):
    make_entry(alice, day(1), notes=note)
    text = search(as_alice, q=typed)
    assert found(text) == [str(day(1))] and "<mark>" in text


@pytest.mark.parametrize("typed", ["%", "_", ".*", "a_b", "%a%", "[a-z]", "(?i)a", "a|b", "^", "$"])
def test_signs_are_letters_and_no_pattern(as_alice, alice, typed):
    make_entry(alice, notes="axb and other words")
    assert found(search(as_alice, q=typed)) == []


def test_check_ins_and_events_are_searched_too(as_alice, alice):
    entry = make_entry(alice, day(1))
    CheckIn.objects.create(entry=entry, time=dt.time(21, 40), note="Rather Dizzy on the train")
    LifeEvent.objects.create(entry=make_entry(alice, day(2)), kind="illness", text="dizzy spell, <b>bad</b>")
    text = search(as_alice, q="dizzy")
    assert found(text) == [str(day(1)), str(day(2))]
    assert "Check-in 21:40: Rather <mark>Dizzy</mark> on the train" in text
    assert "Illness: <mark>dizzy</mark> spell, &lt;b&gt;bad" in text


def test_a_day_is_found_once_however_often_the_word_stands_in_it(as_alice, alice):
    entry = make_entry(alice, notes="dizzy dizzy")
    for hour in (8, 12):
        CheckIn.objects.create(entry=entry, time=dt.time(hour), note="dizzy")
    text = search(as_alice, q="dizzy")
    assert found(text) == [str(TODAY)] and text.count("<mark>") == 3


def test_nothing_found_says_what_was_looked_for_and_leads_back(as_alice, alice):
    make_entry(alice, notes="calm")
    make_symptom(alice, "Dizziness")
    text = search(as_alice, q="xylophone", symptom="dizziness", event="travel")
    assert "No day found" in text
    assert "Looked for “xylophone”, Dizziness rated 1 or more, Travel in your notes" in text
    assert 'href="/entries/"' in text and 'value="xylophone"' in text


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"q": "x" * 5_000}, "This has 5,000 characters. 100 fit."),
        ({"q": "\u200d"}, "There is no letter in this"),
        ({"symptom": "no-such"}, "There is no such symptom in your journal."),
        ({"event": "party"}, "There is no such event."),
    ],
)
def test_a_search_that_cannot_be_is_a_400_with_what_was_typed(as_alice, query, says):
    text = search(as_alice, 400, **query)
    assert says in plain(text)
    if "q" in query:
        assert query["q"] in text


def test_a_blank_search_is_the_calendar(as_alice):
    assert "November 2026" in search(as_alice, q=" ", symptom="", event="")


# -- by symptom and event ---------------------------------------------------------------------------------------------


def test_a_symptom_finds_the_days_on_which_it_was_1_or_more(as_alice, alice):
    dizzy, zaps = make_symptom(alice, "Dizziness", builtin="dizziness"), make_symptom(alice)
    make_entry(alice, day(1), {dizzy: 6, zaps: 2})
    make_entry(alice, day(2), {dizzy: 0})
    make_entry(alice, day(3), {zaps: 9})
    make_entry(alice, day(4), {dizzy: "2.3"})
    carried = make_entry(alice, day(5), {dizzy: 7})
    carried.ratings.update(origin=Rating.Origin.CARRIED)
    timed = make_entry(alice, day(6))
    for hour, severity in ((8, 1), (12, 2), (20, 2)):
        check_in = CheckIn.objects.create(entry=timed, time=dt.time(hour))
        Reading.objects.create(check_in=check_in, symptom=dizzy, severity=severity)
    refresh_days(alice, [timed.pk])
    text = search(as_alice, symptom="dizziness")
    assert found(text) == [str(day(number)) for number in (1, 4, 5, 6)]
    said = plain(text)
    assert "Dizziness 6, moderate" in said and "Dizziness 2.3, mild" in said
    assert "Dizziness 7, severe (carried from the day before)" in said
    assert "Dizziness 1.7, mild (mean of 3 check-ins)" in said
    assert "For Dizziness rated 1 or more." in said


def test_thoughts_of_suicide_can_be_asked_for_on_this_private_page(as_alice, alice):
    thoughts = make_symptom(alice, "Thoughts of suicide", builtin="suicidal-thoughts")
    make_entry(alice, day(1), {thoughts: 3})
    assert "Thoughts of suicide 3, mild" in search(as_alice, symptom=thoughts.slug)


def test_a_symptom_that_was_put_away_can_be_asked_for(as_alice, alice):
    old = make_symptom(alice, tracked=False)
    make_entry(alice, day(1), {old: 3})
    assert found(search(as_alice, symptom=old.slug)) == [str(day(1))]


def test_an_event_finds_its_days_and_all_of_it_can_be_combined(as_alice, alice):
    dizzy = make_symptom(alice, "Dizziness", builtin="dizziness")
    for number in range(1, 5):
        entry = make_entry(alice, day(number), {dizzy: number}, notes="train" if number % 2 else "car")
        if number > 1:
            LifeEvent.objects.create(entry=entry, kind="travel", text="To Leeds")
    text = search(as_alice, event="travel")
    assert found(text) == [str(day(2)), str(day(3)), str(day(4))] and "Travel: To Leeds" in text
    assert found(search(as_alice, q="TRAIN", symptom="dizziness", event="travel")) == [str(day(3))]


# -- pages ------------------------------------------------------------------------------------------------------------


def test_50_days_to_a_page(as_alice, alice):
    DailyEntry.objects.bulk_create(DailyEntry(owner=alice, date=day(n), notes="a & b") for n in range(120))
    first = search(as_alice, q="a & b")
    assert len(found(first)) == 50 and "Page 1 of 3" in first and "120 days" in first
    assert 'href="?q=a+%26+b&amp;page=2"' in first and "Later days" not in first
    last = search(as_alice, q="a & b", page="3")
    assert len(found(last)) == 20 and 'href="?q=a+%26+b&amp;page=2"' in last and "Earlier days" not in last
    assert found(search(as_alice, q="a & b", page="99")) == found(last)
    assert found(search(as_alice, q="a & b", page="")) == found(first)


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.5", "9" * 5_000, "٣", "\0", "1e3", " 2"])
def test_a_page_that_is_no_number_is_a_404(as_alice, alice, page):
    make_entry(alice, notes="a")
    assert as_alice.get(URL, {"q": "a", "page": page}).status_code == 404


@pytest.mark.parametrize("days", [10, 2_000])
def test_it_costs_the_same_at_any_length(as_alice, alice, days, django_assert_num_queries):
    symptoms = [make_symptom(alice, f"Symptom {n}", builtin="") for n in range(40)]
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=alice, date=day(n), notes="x " * 500 + "Übel") for n in range(days)
    )
    Rating.objects.bulk_create(
        (Rating(entry=entry, symptom=one, severity=3) for entry in entries for one in symptoms), batch_size=5_000
    )
    LifeEvent.objects.bulk_create(LifeEvent(entry=entry, kind="travel", text="übel") for entry in entries)
    CheckIn.objects.bulk_create(CheckIn(entry=entry, time=dt.time(9), note="übel") for entry in entries)
    with django_assert_num_queries(10):
        search(as_alice, q="übel", symptom="symptom-1", event="travel")
    with django_assert_num_queries(8):
        search(as_alice, q="übel")
    with CaptureQueriesContext(connection) as queries:
        search(as_alice, symptom="symptom-1")
    assert len(queries) == 7


def test_only_a_piece_of_the_note_is_read(alice):
    make_entry(alice, notes="x" * 15_000 + " Dizzy " + "y" * 4_000)
    [read] = DailyEntry.objects.of(alice).annotate(piece=Piece("notes", "dizzy")).values_list("piece", flat=True)
    assert len(read) == 61 + 5 + 61


def test_a_piece_of_what_is_not_there_is_none(alice):
    assert piece(None, "a") is piece("", "a") is piece("b", "a") is None
    assert found_in("b", pattern_of("a")) is None


# -- an entry of a later day ------------------------------------------------------------------------------------------


def test_a_day_written_later_says_so(as_alice, alice):
    entry = make_entry(alice, day(3), notes="late")
    assert "Written 3 days later" in search(as_alice, q="late")
    then = timezone.now() - dt.timedelta(3)
    DailyEntry.objects.filter(pk=entry.pk).update(created=then, updated=then)
    assert "later<" not in search(as_alice, q="late")
    DailyEntry.objects.filter(pk=entry.pk).update(updated=timezone.now())
    assert "Changed 3 days later" in search(as_alice, q="late")


def test_later_is_by_the_persons_own_calendar(as_alice, alice):
    """23:30 UTC is the next day in Kiritimati, and the same in London."""
    entry = make_entry(alice, day(2), notes="late")
    at = dt.datetime(2026, 11, 20, 23, 30, tzinfo=dt.UTC)
    DailyEntry.objects.filter(pk=entry.pk).update(created=at, updated=at)
    assert "later<" not in search(as_alice, q="late")
    alice.profile.time_zone = "Pacific/Kiritimati"
    alice.profile.save()
    assert "Written 1 day later" in search(as_alice, q="late")


# -- whatever is typed ------------------------------------------------------------------------------------------------

ODD = st.one_of(
    st.text(max_size=120),
    st.sampled_from(["", "%", "_", "\\", "(?i)(", "a{99999}", "\x00", "[", "*", "9" * 5000, "İ", "ß", "\ud83d"]),
)


@pytest.mark.django_db
class Hostile(TestCase):
    @settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(
        query=st.fixed_dictionaries(
            {}, optional={name: ODD for name in ("q", "symptom", "event", "page", "on", "month", "x")}
        ),
        note=st.text(max_size=60),
    )
    def test_no_search_breaks_the_page(self, query, note):
        carol = person("carol")
        note = note.encode("utf-8", "ignore").decode()
        make_entry(carol, dt.date(2026, 1, 1), {make_symptom(carol): Decimal(2)}, notes=note)
        client = Client(raise_request_exception=True)
        client.force_login(carol)
        query = {name: text.encode("utf-8", "ignore").decode() for name, text in query.items()}
        assert client.get(URL, query).status_code in {200, 302, 400, 404}
