"""The page on which private things are switched on for a summary, one by one."""

import datetime as dt
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.catalogue.summary import Reader
from journal.models import DailyEntry, SummaryChoice
from journal.queries.private_choices import switched_on
from journal.queries.private_items import MOST
from tests.conftest import TODAY, make_entry
from tests.planted import DAY, MARK, plant

pytestmark = pytest.mark.usefixtures("clock")

URL = "/summary/private/"


def notes(owner, number: int) -> list[str]:
    """So many days with a note, the latest first, by their keys."""
    days = [TODAY - dt.timedelta(n) for n in range(number)]
    rows = DailyEntry.objects.bulk_create(
        DailyEntry(owner=owner, date=day, notes=f"Note {n}.") for n, day in enumerate(days)
    )
    return [f"entry:{row.pk}" for row in rows]


def on(owner, reader=Reader.PRESCRIBER) -> set[str]:
    return set(switched_on(owner, reader))


def put_on(owner, keys, reader="prescriber"):
    SummaryChoice.objects.create(owner=owner, reader=reader, length="brief", private=list(keys))


def flashes(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


def test_everything_private_is_listed_and_off(as_alice, alice):
    planted = plant(alice)
    for kind in ("notes", "safety", "flags"):
        page = as_alice.get(URL, {"days": 30, "kind": kind})
        assert page.status_code == 200
        of_kind = [one for one in planted if one.kind == kind]
        shown = [row["item"].key for row in page.context["items"]]
        while page.context["page"].has_next():
            page = as_alice.get(URL, {"days": 30, "kind": kind, "page": page.context["page"].next_page_number()})
            shown += [row["item"].key for row in page.context["items"]]
        assert sorted(shown) == sorted(one.key for one in of_kind)
        assert b"checked" not in page.content
    assert on(alice) == set()


def test_the_page_says_what_switching_on_means_and_leads_to_help(as_alice, alice):
    plant(alice)
    for kind in ("notes", "safety", "flags"):
        text = " ".join(as_alice.get(URL, {"kind": kind}).content.decode().split())
        assert "the paper, the PDF and every link you make for the prescriber, until you switch it off" in text
        assert "Some items were left out by choice." in text
        assert text.count('href="/help-now/"') >= 2, "beside the words too, not only in the bar"
        assert "Select all" not in text and "Take all off" not in text


def test_saving_says_what_is_on_now_and_leads_back(as_alice, alice):
    first, second, third = notes(alice, 3)
    answer = as_alice.post(f"{URL}?days=30", {"shown": [first, second, third], "on": [second]})
    assert answer.status_code == 302 and answer["Location"].startswith(URL)
    page = as_alice.get(answer["Location"])
    assert flashes(page) == ["Saved. 1 private item is on for the prescriber now."]
    assert on(alice) == {second}
    assert [row["is_on"] for row in page.context["items"]] == [False, True, False]


def test_each_reader_has_their_own(as_alice, alice):
    first, second = notes(alice, 2)
    as_alice.post(f"{URL}?reader=therapist", {"shown": [first, second], "on": [first]})
    as_alice.post(URL, {"shown": [first, second], "on": [second]})
    assert (on(alice, Reader.THERAPIST), on(alice)) == ({first}, {second})


def test_only_what_the_page_showed_changes(as_alice, alice):
    keys = notes(alice, 45)
    put_on(alice, [keys[0], keys[30], keys[44]])
    page = as_alice.get(URL, {"page": 2})
    shown = [row["item"].key for row in page.context["items"]]
    assert shown == keys[20:40]
    as_alice.post(f"{URL}?page=2", {"shown": shown, "on": [keys[21]]})
    assert on(alice) == {keys[0], keys[21], keys[44]}
    short = as_alice.get(URL, {"from": TODAY - dt.timedelta(1), "to": TODAY})
    assert (short.context["on"], short.context["on_here"]) == (3, 1)


def test_what_is_ticked_but_was_not_shown_stays_off(as_alice, alice):
    first, second = notes(alice, 2)
    as_alice.post(URL, {"shown": [first], "on": [first, second]})
    assert on(alice) == {first}


def test_the_way_to_the_next_page_saves_first(as_alice, alice):
    keys = notes(alice, 25)
    answer = as_alice.post(URL, {"shown": keys[:20], "on": [keys[3]], "to": "2"})
    page = as_alice.get(answer["Location"])
    assert page.context["page"].number == 2 and on(alice) == {keys[3]}


@pytest.mark.parametrize("to", ["x", "-3", "99", "2&kind=flags", "\x00", "9" * 400])
def test_a_page_that_there_is_not_is_no_error(as_alice, alice, to):
    keys = notes(alice, 25)
    answer = as_alice.post(URL, {"shown": keys[:20], "on": [keys[3]], "to": to})
    assert answer.status_code == 302
    assert as_alice.get(answer["Location"]).status_code == 200
    assert as_alice.get(URL, {"page": to}).status_code == 200


def test_saving_twice_is_as_saving_once(as_alice, alice):
    first, second = notes(alice, 2)
    for _ in range(2):
        assert as_alice.post(URL, {"shown": [first, second], "on": [first]}).status_code == 302
    assert on(alice) == {first} and SummaryChoice.objects.of(alice).count() == 1


def test_all_are_taken_off_with_one_button(as_alice, alice):
    keys = notes(alice, 45)
    put_on(alice, keys)
    put_on(alice, keys[:1], "therapist")
    assert b"Take all off" in as_alice.get(URL).content
    page = as_alice.get(as_alice.post(URL, {"take_off": "1"})["Location"])
    assert flashes(page) == ["Nothing private is on for the prescriber now."]
    assert (on(alice), on(alice, Reader.THERAPIST)) == (set(), {keys[0]})
    assert 'name="put_back"' in page.content.decode()
    as_alice.post(URL, {"take_off": "1"})  # pressed twice
    page = as_alice.get(as_alice.post(URL, {"put_back": "1"})["Location"])
    assert on(alice) == set(keys) and 'name="put_back"' not in page.content.decode()
    as_alice.post(URL, {"put_back": "1"})  # a second press changes nothing
    assert on(alice) == set(keys)


def test_what_else_was_chosen_for_the_reader_stays(as_alice, alice):
    (first,) = notes(alice, 1)
    SummaryChoice.objects.create(owner=alice, reader="prescriber", length="full", sections_off=["helped"])
    as_alice.post(URL, {"shown": [first], "on": [first]})
    kept = SummaryChoice.objects.of(alice).get()
    assert (kept.length, kept.sections_off, kept.private) == ("full", ["helped"], [first])


def test_more_than_fit_is_refused_with_what_was_ticked(as_alice, alice):
    keys = notes(alice, MOST + 20)
    put_on(alice, keys[20:])
    page = as_alice.get(URL, {"days": 365})
    shown = [row["item"].key for row in page.context["items"]]
    answer = as_alice.post(f"{URL}?days=365", {"shown": shown, "on": shown[:3]})
    assert answer.status_code == 422
    assert "At most 200 private items can be on for one reader. With these it would be 203." in answer.content.decode()
    assert [row["is_on"] for row in answer.context["items"]] == [True] * 3 + [False] * 17
    assert answer.context["on"] == MOST
    assert on(alice) == set(keys[20:])


def test_where_too_many_are_on_some_can_still_be_taken_off(as_alice, alice):
    keys = notes(alice, MOST + 20)
    put_on(alice, keys)
    assert as_alice.post(URL, {"shown": keys[:20], "on": keys[:19]}).status_code == 302
    assert keys[19] not in on(alice) and len(on(alice)) == MOST


@pytest.mark.parametrize("body", [{}, {"on": ["entry:1"]}, {"shown": []}])
def test_a_page_that_did_not_arrive_whole_changes_nothing(as_alice, alice, body):
    keys = notes(alice, 2)
    put_on(alice, keys)
    answer = as_alice.post(URL, body)
    assert answer.status_code == 422 and "did not arrive whole" in answer.content.decode()
    assert on(alice) == set(keys)


@pytest.mark.parametrize("key", ["", "entry", "entry:0", "plan:updated", "x" * 9999, "\x00", "entry:1'--", "👍:1"])
def test_what_is_no_key_is_not_kept(as_alice, alice, key):
    (first,) = notes(alice, 1)
    assert as_alice.post(URL, {"shown": [first, key], "on": [first, key]}).status_code == 302
    assert on(alice) == {first}


def test_keys_of_somebody_else_do_nothing(as_bob, bob, alice):
    keys = [one.key for one in plant(alice)]
    answer = as_bob.post(URL, {"shown": keys, "on": keys})
    assert answer.status_code == 302 and on(bob) == set() and on(alice) == set()
    for kind in ("notes", "safety", "flags"):
        page = as_bob.get(URL, {"kind": kind})
        assert MARK not in page.content.decode() and page.context["items"] == []


def test_what_was_deleted_is_not_kept(as_alice, alice):
    first, second = notes(alice, 2)
    put_on(alice, [first, second])
    DailyEntry.objects.of(alice).get(date=TODAY).delete()
    as_alice.post(URL, {"shown": [second], "on": [second]})
    assert on(alice) == {second}


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"reader": "anybody"}, "The reader can be prescriber or therapist."),
        ({"kind": "everything"}, "The kind can be notes, safety or flags."),
        ({"days": "7x"}, "The number of days can be"),
        ({"from": "2026-11-20", "to": "2026-11-01"}, "after it ends"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_an_address_that_makes_no_sense_says_so(as_alice, query, sentence, method):
    answer = getattr(as_alice, method)(f"{URL}?{urlencode(query)}")
    assert answer.status_code == 400 and sentence in answer.content.decode()


@pytest.mark.parametrize("kept", [{}, "entry:1", None, [1, None, ["entry:1"], "entry:999"], {"entry:1": 1}])
def test_a_choice_that_makes_no_sense_is_no_error(as_alice, alice, kept):
    if kept is not None:
        put_on(alice, [])
        SummaryChoice.objects.of(alice).update(private=kept)
    assert as_alice.get(URL).status_code == 200
    (first,) = notes(alice, 1)
    assert as_alice.post(URL, {"shown": [first], "on": [first]}).status_code == 302
    assert on(alice) == {first}


def test_long_and_hostile_words_stand_as_they_are(as_alice, alice):
    text = "<script>alert(1)</script> {{ x }} #panic() \u202etxet " + "ab" * 150 + "\n" + "long " * 3000
    make_entry(alice, DAY, notes=text[:20_000])
    page = as_alice.get(URL).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert(1)" in page
    assert "All of it" in page and page.count("long ") > 2900


@pytest.mark.parametrize("kind", ["notes", "safety", "flags"])
def test_a_page_costs_as_many_queries_after_a_thousand_notes_as_after_ten(as_alice, alice, kind):
    plant(alice)
    costs = []
    for number in (10, 1000):
        first = TODAY - dt.timedelta(400)
        DailyEntry.objects.bulk_create(
            DailyEntry(owner=alice, date=first - dt.timedelta(number + n), notes="a note") for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            page = as_alice.get(URL, {"days": "all", "kind": kind})
        assert len(page.context["items"]) <= 20
        costs.append((len(asked), page.context["page"].paginator.count))
    assert costs[0][0] >= costs[1][0], costs
    assert kind != "notes" or costs[1][1] > 1000


def test_an_empty_journal_says_so(as_alice):
    for kind, sentence in (
        ("notes", "You wrote no notes in these days."),
        ("safety", "Nothing of this kind is on record in these days."),
        ("flags", "No red flag was shown in these days."),
    ):
        assert sentence in as_alice.get(URL, {"kind": kind}).content.decode()


def test_the_way_back_leads_to_the_summary_one_came_from(as_alice, alice):
    (first,) = notes(alice, 1)
    address = f"{URL}?from=2026-11-01&to=2026-11-22&reader=therapist&length=full&kind=notes"
    back = "/summary/?from=2026-11-01&to=2026-11-22&reader=therapist&length=full"
    assert as_alice.get(address).context["summary_address"] == back
    answer = as_alice.post(address, {"shown": [first], "on": [first]})
    assert answer["Location"] == address
    assert as_alice.get(answer["Location"]).context["summary_address"] == back
    assert as_alice.get(back).status_code == 200 and on(alice, Reader.THERAPIST) == {first}


def test_going_to_another_kind_saves_what_is_ticked_here(as_alice, alice):
    plant(alice)
    page = as_alice.get(URL, {"days": 30})
    content = page.content.decode()
    assert 'name="to_kind"' in content
    shown = [row["item"].key for row in page.context["items"]]
    answer = as_alice.post(page.context["address"], {"shown": shown, "on": shown[:2], "to_kind": "safety"})
    assert "kind=safety" in answer["Location"]
    assert on(alice) == set(shown[:2])
    for kind in ("notes", "aunts", "", "\x00"):
        answer = as_alice.post(page.context["address"], {"shown": shown, "on": shown[:1], "to_kind": kind})
        assert "kind=notes" in answer["Location"]


def test_where_there_is_nothing_to_save_the_other_kinds_are_links(as_alice):
    assert "to_kind" not in as_alice.get(URL).content.decode()


def test_the_other_reader_is_chosen_for_after_saving(as_alice, alice):
    keys = notes(alice, 2)
    answer = as_alice.post(URL, {"shown": keys, "on": keys[:1], "to_reader": "therapist"})
    assert "reader=therapist" in answer["Location"]
    assert (on(alice), on(alice, Reader.THERAPIST)) == (set(keys[:1]), set())
    for odd in ("prescriber", "nobody"):
        assert "reader=prescriber" in as_alice.post(URL, {"shown": keys, "on": keys[:1], "to_reader": odd})["Location"]
