"""Two pages of one day: what one saved, the other does not take back without a word."""

import datetime as dt
import html
import json
import re
from decimal import Decimal

import pytest

from journal.models import DailyEntry, DoseTaken, Rating
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.views.test_entry import as_sent, rows, url

pytestmark = pytest.mark.usefixtures("clock")
NOTE = "Slept badly, zaps all morning, better after the walk."


@pytest.fixture
def taper(alice):
    """Venlafaxine, 37.5 mg for nine days now."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 11, 13), "37.5", "start")
    return medication


def page_of(response) -> dict[str, str]:
    """What the browser would send from this page, with what it showed."""
    shown = re.search(r'name="shown"\s+value="(.*?)"', response.content.decode(), re.S)[1]
    return as_sent(response.context["form"]) | {"shown": html.unescape(shown)}


def opened(browser) -> dict[str, str]:
    """The day, opened in one more tab."""
    return page_of(browser.get(url()))


def test_it_works(as_alice, alice, taper):
    """A page that was open before, untouched, takes nothing away; a change in it is kept beside what was saved."""
    zaps = make_symptom(alice)
    make_entry(alice, mood=Decimal("6.7"))
    first, second, third = (opened(as_alice) for _ in range(3))
    elsewhere = {"notes": NOTE, "mood": "3", "sleep_hours": "5 h 30", f"symptom-{zaps.pk}": "5"}
    as_alice.post(url(), first | elsewhere | {f"dose-{taper.pk}-status": "late", f"dose-{taper.pk}-time": "14:20"})
    before = rows(alice)
    assert as_alice.post(url(), second).status_code == 302
    assert rows(alice) == before
    as_alice.post(url(), third | {"energy": "4"})
    entry = DailyEntry.objects.get()
    assert (entry.notes, entry.mood, entry.energy, entry.sleep_hours) == (NOTE, 3, 4, Decimal("5.5"))
    assert Rating.objects.get().severity == 5 and DoseTaken.objects.get().time == dt.time(14, 20)


@pytest.mark.parametrize(
    ("name", "elsewhere", "here", "says"),
    [
        ("mood", "5", "7", "this was saved elsewhere as 5. Save again to keep 7."),
        ("symptom", "5", "0", "this was saved elsewhere as 5. Save again to keep 0."),
        ("symptom", "", "7", "this was cleared elsewhere. Save again to keep 7."),
        ("sleep_hours", "5 h 30", "7.5", "this was saved elsewhere as 5 h 30. Save again to keep 7.5."),
        ("sleep_hours", "5 h 30", "", "this was saved elsewhere as 5 h 30. Save again to clear it."),
        ("notes", "<b>", "mine", "this was saved elsewhere as “<b>”. Save again to keep “mine”."),
        ("notes", NOTE, "mine", "this was saved elsewhere as “Slept badly, zaps all morning,…”."),
    ],
)
def test_what_both_changed_is_refused_once(as_alice, alice, name, elsewhere, here, says):
    zaps = make_symptom(alice)
    make_entry(alice, ratings={zaps: 2}, mood=2, sleep_hours=2, notes="old")
    name = f"symptom-{zaps.pk}" if name == "symptom" else name
    first, second = opened(as_alice), opened(as_alice)
    as_alice.post(url(), first | {name: elsewhere})
    before = rows(alice)
    refused = as_alice.post(url(), second | {name: here, "energy": "4"})
    text = html.unescape(refused.content.decode())
    assert refused.status_code == 422 and f"While this page was open, {says}" in text
    assert ("The note that was saved elsewhere" in text and NOTE in text) == (elsewhere == NOTE)
    assert rows(alice) == before
    again = page_of(refused)
    assert (again[name], again["energy"]) == (here, "4")
    assert as_alice.post(url(), again).status_code == 302
    assert opened(as_alice)[name] == ("7 h 30" if here == "7.5" else here)
    assert DailyEntry.objects.get().energy == 4


def test_a_dose_is_one_thing(as_alice, taper):
    """Its amount does not stand beside a status that was saved elsewhere."""
    status, mg = f"dose-{taper.pk}-status", f"dose-{taper.pk}-mg"
    as_alice.post(url(), {status: "other", mg: "20"})
    first, second = opened(as_alice), opened(as_alice)
    as_alice.post(url(), first | {status: "missed"})
    refused = as_alice.post(url(), second | {mg: "18,75"})
    says = "this was saved elsewhere as “Missed”. Save again to keep “Other amount, 18,75\u00a0mg”."
    assert refused.status_code == 422 and says in refused.content.decode()
    assert DoseTaken.objects.get().status == "missed"
    as_alice.post(url(), page_of(refused))
    assert DoseTaken.objects.get().mg == Decimal("18.75")


def test_a_dose_recorded_elsewhere_is_shown_when_the_page_is_refused_for_something_else(as_alice, taper):
    """No radio was chosen here, so that none was sent."""
    stale = opened(as_alice)
    status = f"dose-{taper.pk}-status"
    assert page_of(as_alice.post(url(), {"mood": "11"} | {"shown": stale["shown"]})).get(status) is None
    as_alice.post(url(), {status: "missed"})
    refused = as_alice.post(url(), stale | {"mood": "11"})
    assert refused.context["form"][status].value() == "missed"


def test_both_typed_the_same(as_alice, alice):
    first, second = opened(as_alice), opened(as_alice)
    for sent in (first, second):
        assert as_alice.post(url(), sent | {"mood": "5", "notes": "a\r\nb"}).status_code == 302
    assert DailyEntry.objects.get().mood == 5


def test_a_slip_is_told_first_and_the_clash_after_it(as_alice, alice):
    make_entry(alice, mood=2)
    first, second = opened(as_alice), opened(as_alice)
    as_alice.post(url(), first | {"mood": "5"})
    slip = as_alice.post(url(), second | {"mood": "11"})
    assert "“11” is outside 0 to 10." in slip.content.decode()
    told = as_alice.post(url(), page_of(slip) | {"mood": "7"})
    assert told.status_code == 422 and "saved elsewhere as 5. Save again to keep 7." in told.content.decode()
    assert as_alice.post(url(), page_of(told)).status_code == 302
    assert DailyEntry.objects.get().mood == 7


def test_a_stale_page_does_not_bring_back_a_day_that_was_deleted(as_alice, alice):
    make_entry(alice, mood=2, notes=NOTE)
    stale = opened(as_alice)
    DailyEntry.objects.all().delete()
    as_alice.post(url(), stale | {"energy": "4"})
    entry = DailyEntry.objects.get()
    assert (entry.mood, entry.energy, entry.notes) == (None, 4, "")


def test_an_imported_day_sent_back_as_it_is_shown_changes_nothing(as_alice, alice, taper, clock):
    make_entry(
        alice,
        ratings={make_symptom(alice): "2.3"},
        mood=Decimal("6.7"),
        sleep_hours=Decimal("5.01"),
        notes=" two\r\n\nlines \t",
    )
    DoseTaken.objects.create(medication=taper, date=TODAY, status="late", mg=Decimal("37.5"), time=dt.time(14, 20, 31))
    before = rows(alice)
    clock.shift(3600)
    sent = opened(as_alice)
    sent["notes"] = sent["notes"].replace("\r\n", "\n").replace("\n", "\r\n")  # as a browser sends it
    assert as_alice.post(url(), sent).status_code == 302
    assert rows(alice) == before


@pytest.mark.parametrize(
    "shown", ["", "x", "[]", "7", "null", '{"mood": 4}', '{"mood": null, "x": "y"}', "[" * 100_000, "9" * 9_000, "\0"]
)
def test_what_a_page_showed_and_cannot_be_read_is_what_is_stored(as_alice, alice, shown):
    make_entry(alice, mood=2, notes=NOTE)
    assert as_alice.post(url(), {"mood": "5", "shown": shown}).status_code == 302
    assert (DailyEntry.objects.get().mood, DailyEntry.objects.get().notes) == (5, NOTE)


def test_the_page_says_what_it_showed(as_alice, alice):
    make_entry(alice, mood=2, notes='"<script>& 🙂')
    shown = json.loads(opened(as_alice)["shown"])
    assert (shown["mood"], shown["energy"], shown["notes"]) == ("2", "", '"<script>& 🙂')
