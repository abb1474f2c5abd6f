"""/coping/activities/: small activities, planned, done and rated."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.access import own_activity
from journal.models import Activity, Deleted, Practice
from journal.models.deleted import undo
from journal.views.written import page_of
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/coping/activities/"
NEW = "/coping/activities/new/"
HOSTILE = ["\x00nul", "‮right to left", "😀" * 60, "x" * 200, "<script>alert(1)</script>"]


def make(owner, text="A short walk", **fields):
    return Activity.objects.create(owner=owner, text=text, **fields)


def address(activity):
    return f"{LIST}{activity.pk}/"


def said(activity, state="done", **fields):
    """The form of one activity as a browser sends it."""
    own = {"text": activity.text, "details": activity.details, "day": activity.day or "", "state": state, "note": ""}
    return own | {name: "" for name in ("before", "after", "mastery", "pleasure")} | fields


def test_it_works(as_alice, alice):
    """Plan, do, rate."""
    response = as_alice.post(NEW, {"text": "A short walk", "details": "with Jo", "day": "2026-11-23"}, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    assert "“A short walk” is planned." in response.content.decode()
    mine = Activity.objects.of(alice).get()
    assert (mine.details, mine.day, mine.state) == ("with Jo", dt.date(2026, 11, 23), "planned")
    assert not Practice.objects.exists()
    form = said(mine, day=TODAY, mastery="6", pleasure="4", before="7", after="5", note="windy")
    assert as_alice.post(address(mine), form)["Location"] == LIST
    mine.refresh_from_db()
    assert (mine.state, mine.day, mine.mastery, mine.pleasure, mine.note) == ("done", TODAY, 6, 4, "windy")
    practice = mine.practice
    assert (practice.skill.slug, practice.date, practice.before, practice.after) == ("small-activity", TODAY, 7, 5)
    assert practice.said == {"activity": "A short walk"}
    assert page_of(practice) == address(mine)
    assert "A short walk" in as_alice.get("/coping/small-activity/").content.decode()


def test_an_empty_page_says_what_will_be_here(as_alice):
    page = as_alice.get(LIST).content.decode()
    assert "Nothing planned yet" in page
    assert page.count("btn-primary") == 1


def test_a_double_press_plans_it_once(as_alice, alice):
    for _ in range(2):
        as_alice.post(NEW, {"text": "A short walk", "details": "", "day": ""})
    assert Activity.objects.of(alice).count() == 1
    as_alice.post(NEW, {"text": "A short walk", "details": "", "day": "2026-11-24"})
    assert Activity.objects.of(alice).count() == 2


def test_one_that_was_done_can_be_planned_again(as_alice, alice):
    make(alice, state="done", day=TODAY)
    as_alice.post(NEW, {"text": "A short walk", "details": "", "day": TODAY})
    assert Activity.objects.of(alice).filter(state="planned").count() == 1


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("text", "", "Write what it is first."),
        ("text", " ‍ ", "Write what it is first."),
        ("text", "x" * 201, "This has 201 characters. 200 fit."),
        ("details", "x" * 301, "This has 301 characters. 300 fit."),
        ("day", "2027-11-24", "“2027-11-24” is more than a year ahead."),
        ("day", "9999-12-31", "“9999-12-31” is more than a year ahead."),
        ("day", "1919-01-01", "1919 is too long ago."),
        ("day", "3/4/2026", "can mean two days"),
        ("day", "\x00tomorrow", "is not a date"),
    ],
)
def test_a_plan_that_cannot_be_is_answered_and_stays(as_alice, name, typed, sentence):
    response = as_alice.post(NEW, {"text": "A walk", "details": "the words I typed", "day": ""} | {name: typed})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert name == "details" or "the words I typed" in response.content.decode()
    assert not Activity.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_kept(as_alice, alice, text):
    as_alice.post(NEW, {"text": text, "details": text, "day": ""})
    assert Activity.objects.of(alice).get().text == text.replace("\x00", "")
    for path in (LIST, address(Activity.objects.get()), f"{address(Activity.objects.get())}delete/"):
        response = as_alice.get(path)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "where", "sentence"),
    [
        ({"state": "planned", "mastery": "3"}, "mastery", "and “Planned” is chosen above. Leave them blank"),
        ({"state": "planned", "before": "3"}, "before", "and “Planned” is chosen above. Leave them blank"),
        ({"state": "left", "pleasure": "0"}, "pleasure", "and “Not done” is chosen above. Leave them blank"),
        ({"state": "left", "mastery": "2", "before": "4"}, "mastery", "and “Not done” is chosen above."),
        ({"state": "done", "day": "2026-11-23"}, "day", "That day is still to come."),
        ({"state": "excellent"}, "state", "Choose one: planned, done, done in part, or not done."),
        ({"state": ""}, "state", "Choose one: planned, done, done in part, or not done."),
        ({"mastery": "11"}, "mastery", "“11” is outside 0 to 10."),
        ({"pleasure": "NaN"}, "pleasure", "“NaN” is not a whole number from 0 to 10."),
        ({"after": "1e9"}, "after", "“1e9” is not a whole number from 0 to 10."),
        ({"note": "x" * 20_001}, "note", "This note has 20,001 characters."),
    ],
)
def test_what_does_not_go_together_is_asked_about(as_alice, alice, fields, where, sentence):
    mine = make(alice)
    response = as_alice.post(address(mine), said(mine) | fields)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [where]
    assert sentence in response.content.decode()
    mine.refresh_from_db()
    assert mine.state == "planned"
    assert not Practice.objects.exists()


@pytest.mark.parametrize(("state", "practices"), [("done", 1), ("partly", 1), ("left", 0), ("planned", 0)])
def test_done_or_done_in_part_is_a_practice(as_alice, alice, state, practices):
    mine = make(alice)
    for _ in range(2):  # pressed twice
        assert as_alice.post(address(mine), said(mine, state)).status_code == 302
    assert Practice.objects.count() == practices
    mine.refresh_from_db()
    assert mine.state == state
    assert mine.day == (None if state == "planned" else TODAY)


def test_the_practice_follows_its_activity(as_alice, alice):
    mine = make(alice, day=TODAY - dt.timedelta(2))
    as_alice.post(address(mine), said(mine, before="7"))
    as_alice.post(address(mine), said(mine, "partly", text="To the corner", day=TODAY, before="", after="5"))
    practice = Practice.objects.get()
    assert (practice.date, practice.before, practice.after) == (TODAY, None, 5)
    assert practice.said == {"activity": "To the corner"}


def test_not_done_after_all_its_practice_goes_and_can_come_back(as_alice, alice):
    mine = make(alice)
    as_alice.post(address(mine), said(mine, before="7", after="5"))
    response = as_alice.post(address(mine), said(mine, "left"), follow=True)
    assert "Its practice is deleted." in response.content.decode()
    assert not Practice.objects.exists()
    mine.refresh_from_db()
    assert mine.practice is None
    assert undo(Deleted.objects.get())
    assert Practice.objects.get().before == 7


def test_put_back_and_done_again_it_is_the_same_practice(as_alice, alice):
    mine = make(alice)
    as_alice.post(address(mine), said(mine, before="7", after="5"))
    first = Practice.objects.get()
    as_alice.post(address(mine), said(mine, "planned"))
    assert undo(Deleted.objects.get())
    mine.refresh_from_db()
    assert mine.practice == first
    as_alice.post(address(mine), said(mine, "done", before="6", after="3"))
    mine.refresh_from_db()
    practice = Practice.objects.get()
    assert (practice.pk, practice.before, mine.practice) == (first.pk, 6, practice)


def test_put_back_its_practice_stays_until_something_is_said(as_alice, alice):
    mine = make(alice, day=TODAY)
    as_alice.post(address(mine), said(mine))
    as_alice.post(address(mine), said(mine, "planned"))
    assert undo(Deleted.objects.get())
    as_alice.post(address(mine), said(mine, "planned", text="A walk to the gate"))
    assert Practice.objects.count() == 1


def test_what_a_page_does_not_send_stays_as_it_is(as_alice, alice):
    mine = make(alice, details="with Kim")
    as_alice.post(address(mine), said(mine, before="7", after="5", mastery="4", pleasure="6", note="Good."))
    before = list(Activity.objects.values()) + list(Practice.objects.values())
    assert as_alice.post(address(mine), {}).status_code == 302
    assert list(Activity.objects.values()) + list(Practice.objects.values()) == before
    as_alice.post(address(mine), {"note": "", "mastery": ""})
    mine.refresh_from_db()
    assert (mine.note, mine.mastery, mine.pleasure, mine.details) == ("", None, 6, "with Kim")


def test_one_deleted_while_its_page_was_open_stays_deleted(as_alice, alice, monkeypatch):
    mine = make(alice)

    def found_then_deleted(request, pk):
        row = own_activity(request, pk)
        Activity.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr("journal.views.activities.own_activity", found_then_deleted)
    assert as_alice.post(address(mine), said(mine, after="3")).status_code == 404
    assert not Activity.objects.exists()
    assert not Practice.objects.exists()


def test_a_practice_that_was_deleted_does_not_come_again(as_alice, alice):
    mine = make(alice)
    as_alice.post(address(mine), said(mine))
    Practice.objects.all().delete()
    as_alice.post(address(mine), said(mine, note="more words"))
    assert not Practice.objects.exists()
    as_alice.post(address(mine), said(mine, after="3"))
    assert Practice.objects.get().after == 3


def test_an_imported_figure_may_stay(as_alice, alice):
    mine = make(alice, state="done", day=TODAY, mastery=Decimal("6.3"))
    assert as_alice.post(address(mine), said(mine, mastery="6.3")).status_code == 302
    mine.refresh_from_db()
    assert mine.mastery == Decimal("6.3")


# --- make it smaller ----------------------------------------------------------------------------------------------


def test_make_it_smaller_begins_with_its_words(as_alice, alice):
    mine = make(alice, "Tidy the kitchen", details="with music")
    page = as_alice.get(f"{NEW}?smaller={mine.pk}").content.decode()
    assert 'value="Tidy the kitchen"' in page
    assert 'value="with music"' in page
    as_alice.post(f"{NEW}?smaller={mine.pk}", {"text": "Two cups", "details": "", "day": ""})
    assert set(Activity.objects.of(alice).values_list("text", "state")) == {
        ("Tidy the kitchen", "planned"),
        ("Two cups", "planned"),
    }


@pytest.mark.parametrize("key", ["0", "x", "-1", "9" * 30, "٣", "\x00", "1;drop"])
def test_smaller_than_nothing_is_not_found(as_alice, key):
    assert as_alice.get(NEW, {"smaller": key}).status_code == 404


def test_nobody_elses_can_be_made_smaller(as_bob, alice):
    assert as_bob.get(NEW, {"smaller": make(alice).pk}).status_code == 404


# --- the list -----------------------------------------------------------------------------------------------------


def test_planned_ones_come_first_and_past_days_are_asked_about(as_alice, alice):
    make(alice, "No day")
    make(alice, "Tomorrow", day=TODAY + dt.timedelta(1))
    make(alice, "Today", day=TODAY)
    make(alice, "Yesterday", day=TODAY - dt.timedelta(1))
    page = as_alice.get(LIST).content.decode()
    places = [page.index(f">{text}<") for text in ("Today", "Tomorrow", "No day", "Yesterday")]
    assert places == sorted(places)
    assert page.index("Tomorrow") < page.index("How was it?") < page.index("Yesterday")


def test_weeks_say_their_means_with_their_n(as_alice, alice):
    monday = dt.date(2026, 11, 16)
    make(alice, "Both", state="done", day=monday, mastery=6, pleasure=3)
    make(alice, "One", state="partly", day=monday + dt.timedelta(6), mastery=5)
    make(alice, "None", state="left", day=monday + dt.timedelta(3))
    make(alice, "Before", state="done", day=monday - dt.timedelta(1))
    page = " ".join(as_alice.get(LIST).content.decode().split())
    assert "16 November to 22 November 2026" in page
    assert "Mastery 5.5 of 10, mean of 2. Pleasure 3.0 of 10, mean of 1." in page
    assert page.count("mean of") == 2  # nothing was rated in the week before
    assert "Not done" in page


def test_a_week_on_two_pages_has_the_means_of_the_whole_week(as_alice, alice):
    for number in range(40):
        make(alice, f"Nr {number}", state="done", day=TODAY, mastery=number // 20 * 10)
    for page in (1, 2):
        assert "Mastery 5.0 of 10, mean of 40." in as_alice.get(LIST, {"page": page}).content.decode()


@pytest.mark.parametrize("page", ["0", "2", "x", "9" * 50, "\x00"])
def test_a_page_that_is_not_there_is_a_sentence(as_alice, page):
    response = as_alice.get(LIST, {"page": page})
    assert response.status_code == 400
    assert "There is one page of these activities." in response.content.decode()


def test_the_list_costs_the_same_however_long(as_alice, alice, bob, client):
    costs = []
    for owner, n in ((alice, 10), (bob, 400)):
        for state, ahead in (("planned", 1), ("planned", -1), ("done", -1), ("left", -1)):
            Activity.objects.bulk_create(
                Activity(
                    owner=owner,
                    text=f"Nr {number}",
                    state=state,
                    day=TODAY + dt.timedelta(ahead * (number % 300 + 1)),
                    mastery=4,
                )
                for number in range(n)
            )
        client.force_login(owner)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST).content.decode()
        costs.append(len(queries))
    assert costs[0] == costs[1]
    assert "And 350 more, later ones." in page


# --- deleting -----------------------------------------------------------------------------------------------------


def test_deleting_asks_and_can_be_undone_with_its_practice(as_alice, alice):
    mine = make(alice)
    as_alice.post(address(mine), said(mine, before="7", after="5"))
    assert "Keep it" in as_alice.get(f"{address(mine)}delete/").content.decode()
    assert as_alice.post(f"{address(mine)}delete/")["Location"] == LIST
    assert not Activity.objects.exists()
    assert not Practice.objects.exists()
    deleted = Deleted.objects.get()
    response = as_alice.post(f"/entries/deleted/{deleted.pk}/undo/")
    assert response.status_code == 302
    back = Activity.objects.get()
    assert (back.pk, back.state, back.practice.before) == (mine.pk, "done", 7)


def test_nobody_elses_activity_is_there(as_bob, alice):
    mine = make(alice)
    for path in (address(mine), f"{address(mine)}delete/"):
        assert as_bob.get(path).status_code == 404
        assert as_bob.post(path, said(mine)).status_code == 404
    assert Activity.objects.get().state == "planned"
