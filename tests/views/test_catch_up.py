"""Catch-up: several days on one page; filled, not remembered, or left alone."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import DailyEntry, DosePart, DoseTaken, ForgottenDay, Measure, Product, Rating, Symptom
from journal.queries.catch_up import gap, remember
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = "/entries/catch-up/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def page(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def shown(response) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in re.findall(r'id="day-([\d-]+)"', response.content.decode())]


def state(owner) -> list:
    """All that catch-up could write."""
    return [
        list(
            DailyEntry.objects.of(owner)
            .order_by("date")
            .values_list("date", "mood", "function", "sleep_hours", "notes")
        ),
        list(Rating.objects.of(owner).order_by("pk").values_list("entry__date", "symptom", "severity", "origin")),
        list(DoseTaken.objects.of(owner).order_by("pk").values_list("date", "medication", "status", "mg")),
        list(ForgottenDay.objects.of(owner).values_list("date", flat=True)),
    ]


@pytest.fixture
def started(alice):
    """Alice's journal began 10 days ago; since then there was nothing until today."""
    make_entry(alice, day(10), mood=5)
    return alice


# -- which days -------------------------------------------------------------------------------------------------------


def test_the_gap_is_the_last_30_days_without_a_record(alice, bob):
    assert gap(alice, TODAY) == []  # no journal, no gap
    make_entry(alice, TODAY)
    assert gap(alice, TODAY) == []  # it begins today
    make_entry(alice, day(4))
    make_entry(bob, day(3))
    ForgottenDay.objects.create(owner=alice, date=day(2))
    ForgottenDay.objects.create(owner=bob, date=day(1))
    assert gap(alice, TODAY) == [day(1), day(3)]
    DoseTaken.objects.create(medication=make_medication(alice), date=day(3), status="missed", mg=0)
    assert gap(alice, TODAY) == [day(1)]
    make_entry(alice, day(31))
    assert gap(alice, TODAY) == [day(1), *(day(number) for number in range(5, 31))]


def test_a_forgotten_day_is_no_first_day_of_the_journal(alice):
    ForgottenDay.objects.create(owner=alice, date=day(9))
    assert gap(alice, TODAY) == []


@pytest.mark.parametrize("days", [10, 1000])
def test_the_gap_takes_two_queries(alice, days, django_assert_num_queries):
    DailyEntry.objects.bulk_create(DailyEntry(owner=alice, date=day(n * 2)) for n in range(days))
    with django_assert_num_queries(2):
        gap(alice, TODAY)


# -- the page ---------------------------------------------------------------------------------------------------------


def test_it_works(as_alice, started):
    zaps, sleepy = make_symptom(started), make_symptom(started, "Sleepy", builtin="", position=1)
    taper = make_medication(started)
    make_step(taper, day(60), "37.5", "start")
    response = as_alice.get(URL)
    assert shown(response) == [day(number) for number in range(1, 10)]
    text = page(response)
    assert "Saturday 21 November" in text and "Brain zaps" in text and "Venlafaxine 37.5 mg" in text
    assert f'href="/entries/{day(1)}/"' in text and "you missed" not in text
    response = as_alice.post(
        URL,
        {
            f"{day(1)}-mood": "6",
            f"{day(1)}-function": "4",
            f"{day(1)}-symptom-{zaps.pk}": "0",
            f"{day(1)}-symptom-{sleepy.pk}": "",
            f"{day(1)}-sleep_hours": "7:30",
            f"{day(1)}-dose-{taper.pk}": "planned",
            f"{day(1)}-notes": "a line\r\nor two",
            f"{day(2)}-dose-{taper.pk}": "missed",
            f"{day(3)}-forgotten": "on",
            f"{day(4)}-mood": "",
        },
    )
    assert response.status_code == 302 and response.url == "/entries/"
    assert state(started) == [
        [
            (day(10), 5, None, None, ""),
            (day(1), 6, 4, Decimal("7.5"), "a line\nor two"),
        ],
        [(day(1), zaps.pk, 0, "own")],
        [(day(1), taper.pk, "planned", Decimal("37.5")), (day(2), taper.pk, "missed", 0)],
        [day(3)],
    ]
    assert "2 days saved. 1 day marked as not remembered." in page(as_alice.get("/entries/"))
    assert shown(as_alice.get(URL)) == [day(number) for number in range(4, 10)]


def test_it_asks_for_signing_in(client):
    assert client.get(URL).url.startswith("/accounts/login/")


def test_an_empty_journal_has_nothing_to_fill_in(as_alice):
    text = page(as_alice.get(URL))
    assert "There is nothing to fill in." in text and ">Save</button>" not in text.split("savebar")[1]


def test_it_asks_for_what_the_person_tracks_and_for_no_red_flag(as_alice, started):
    make_symptom(started, "Thoughts of suicide", builtin="suicidal-thoughts", position=0)
    make_symptom(started, "Put away", builtin="", tracked=False, position=1)
    for number in range(5):
        make_symptom(started, f"Number {number}", builtin="", position=number + 2)
    for slug, kind in (("function", "rating"), ("sleep", "sleep")):
        Measure.objects.create(owner=started, name=slug, slug=slug, builtin=slug, kind=kind, state="off")
    Measure.objects.create(owner=started, name="My mood", slug="mood", builtin="mood", kind="rating")
    text = page(as_alice.get(URL))
    assert "Number 2" in text and "Number 3" not in text and "Thoughts of suicide" not in text
    assert "Put away" not in text and "My mood" in text
    assert "-function" not in text and "-sleep_hours" not in text


def test_a_dose_is_asked_about_where_one_was_due(as_alice, started):
    taper = make_medication(started)
    step = make_step(taper, day(5), 10, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=20)
    DosePart.objects.create(step=step, day=2, mg=0)
    make_step(taper, day(2), 0, "stop")
    text = page(as_alice.get(URL))
    asked = {found for found in re.findall(r'name="([\d-]+)-dose-\d+"', text)}
    assert asked == {str(day(5)), str(day(3))} and "Venlafaxine 20 mg" in text


def test_a_dose_of_drops_is_kept_as_it_is_swallowed(as_alice, started):
    taper = make_medication(started)
    make_step(taper, day(60), 10, "start", taken_mg=Decimal(8))
    Product.objects.create(medication=taper, form="drops", mg=20, in_ml=1, drops_per_ml=20, factor=Decimal("0.8"))
    as_alice.post(URL, {f"{day(1)}-dose-{taper.pk}": "planned"})
    taken = DoseTaken.objects.get()
    assert (taken.mg, taken.taken_mg) == (10, 8)


def test_more_than_14_days_come_again_after_saving(as_alice, alice):
    make_entry(alice, day(90))
    response = as_alice.get(URL)
    assert shown(response) == [day(number) for number in range(1, 15)]
    assert "16 earlier days without an entry come after these." in page(response)
    response = as_alice.post(URL, {f"{day(n)}-forgotten": "on" for n in range(1, 15)}, follow=True)
    assert shown(response) == [day(number) for number in range(15, 29)]
    assert "14 days marked as not remembered." in page(response) and "2 earlier days" in page(response)


def test_nothing_filled_in_is_nothing_saved(as_alice, started):
    before = state(started)
    response = as_alice.post(URL, {f"{day(1)}-mood": " ", f"{day(2)}-notes": ""}, follow=True)
    assert "Nothing was filled in, so nothing is saved." in page(response) and state(started) == before


def test_a_day_of_blank_words_alone_is_no_entry(as_alice, started):
    before = state(started)
    as_alice.post(URL, {f"{day(1)}-notes": " \u200b \x00 "})
    assert len(state(started)[0]) <= 2 and state(started)[1:] == before[1:]


# -- what is refused --------------------------------------------------------------------------------------------------


def test_what_cannot_be_is_a_422_with_everything_typed_kept(as_alice, started):
    before = state(started)
    data = {
        f"{day(1)}-mood": "11",
        f"{day(1)}-notes": "kept <b>",
        f"{day(2)}-mood": "4",
        f"{day(3)}-sleep_hours": "25",
        f"{day(4)}-forgotten": "on",
    }
    response = as_alice.post(URL, data)
    text = page(response)
    assert response.status_code == 422 and state(started) == before
    assert "2 things need a look" in text and "Mood, Saturday 21 November" in text
    assert "“11” is outside 0 to 10." in text and "more than a day has" in text
    assert "kept &lt;b&gt;" in text and 'value="25"' in text
    assert re.search(rf'name="{day(2)}-mood" id="[^"]+" value="4" aria-label="[^"]+" checked', text)
    assert re.search(rf'name="{day(4)}-forgotten" checked', text)


def test_not_remembered_and_written_about_is_asked_about(as_alice, started):
    before = state(started)
    response = as_alice.post(URL, {f"{day(1)}-forgotten": "on", f"{day(1)}-mood": "4"})
    assert response.status_code == 422 and "Keep one of the two." in page(response) and state(started) == before


def test_a_day_that_has_an_entry_by_now_is_not_written_over(as_alice, started):
    make_entry(started, day(1), mood=2)
    before = state(started)
    data = {f"{day(1)}-mood": "6", f"{day(1)}-notes": "mine", f"{day(2)}-mood": "7"}
    response = as_alice.post(URL, data)
    text = page(response)
    assert response.status_code == 422 and state(started) == before
    assert "Saturday 21 November has an entry by now; what you wrote here was not saved over it." in text
    assert ">mine</textarea>" in text.replace("> mine", ">mine")
    response = as_alice.post(URL, data | {f"{day(1)}-leave": "on"})
    assert response.status_code == 302
    assert [found[:2] for found in state(started)[0]] == [(day(10), 5), (day(2), 7), (day(1), 2)]


def test_a_day_that_has_a_dose_by_now_is_not_written_over_either(as_alice, started):
    taper = make_medication(started)
    DoseTaken.objects.create(medication=taper, date=day(1), status="missed", mg=0)
    assert as_alice.post(URL, {f"{day(1)}-mood": "6"}).status_code == 422
    assert as_alice.post(URL, {f"{day(1)}-forgotten": "on"}).status_code == 422
    assert not ForgottenDay.objects.exists() and DailyEntry.objects.count() == 1


def test_pressed_twice_is_saved_once(as_alice, started):
    zaps, taper = make_symptom(started), make_medication(started)
    make_step(taper, day(60), 20, "start")
    data = {
        f"{day(1)}-mood": "6",
        f"{day(1)}-symptom-{zaps.pk}": "3",
        f"{day(1)}-dose-{taper.pk}": "planned",
        f"{day(1)}-notes": "a\r\nb",
        f"{day(2)}-forgotten": "on",
    }
    assert as_alice.post(URL, data).status_code == 302
    first = state(started)
    assert as_alice.post(URL, data).status_code == 302
    assert state(started) == first


def test_a_symptom_that_moved_down_meanwhile_is_saved_and_one_put_away_is_told(as_alice, started):
    moved, gone = make_symptom(started, "Moved", builtin=""), make_symptom(started, "Gone", builtin="")
    Symptom.objects.filter(pk=moved.pk).update(position=90)
    Symptom.objects.filter(pk=gone.pk).update(tracked=False)
    for number in range(3):
        make_symptom(started, f"Number {number}", builtin="", position=number)
    as_alice.post(URL, {f"{day(1)}-symptom-{moved.pk}": "3"})
    assert Rating.objects.get().symptom == moved
    response = as_alice.post(URL, {f"{day(2)}-symptom-{gone.pk}": "3", f"{day(2)}-mood": "4"})
    assert response.status_code == 422 and "no longer asked for" in page(response)
    assert Rating.objects.count() == 1


def test_another_persons_keys_are_not_taken(as_bob, bob, started):
    zaps, taper = make_symptom(started), make_medication(started)
    make_step(taper, day(60), 20, "start")
    for name in (f"symptom-{zaps.pk}", f"dose-{taper.pk}"):
        assert as_bob.post(URL, {f"{day(1)}-{name}": "3"}).status_code == 422
    assert not Rating.objects.exists() and not DoseTaken.objects.exists() and not bob.entries.exists()


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["2026-02-30-mood"], "February 2026 has 28 days."),
        (["2026-11-23-mood"], "That day is still to come."),
        (["1919-12-31-mood"], "1919 is too long ago."),
        ([f"{TODAY - dt.timedelta(n)}-mood" for n in range(1, 16)], "At most 14 days can be filled at once."),
    ],
)
def test_days_that_the_page_never_asks_about_are_a_400(as_alice, alice, names, says):
    response = as_alice.post(URL, dict.fromkeys(names, "5"))
    assert response.status_code == 400 and says in page(response) and not alice.entries.exists()


def test_a_page_that_was_open_for_weeks_is_still_saved(as_alice, started):
    as_alice.post(URL, {f"{day(50)}-mood": "5", f"{day(200)}-forgotten": "on"})
    assert started.entries.filter(date=day(50)).exists() and started.forgotten_days.get().date == day(200)


# -- remembered after all ---------------------------------------------------------------------------------------------


def test_not_remembered_can_be_taken_back(as_alice, started, bob):
    for owner in (started, bob):
        ForgottenDay.objects.create(owner=owner, date=day(3))
    response = as_alice.get(URL)
    assert day(3) not in shown(response) and "Fill in after all" in page(response)
    response = as_alice.post(URL, {"remember": str(day(3))}, follow=True)
    assert day(3) in shown(response) and "19 November can be filled in again." in page(response)
    assert [found.owner for found in ForgottenDay.objects.all()] == [bob]


def test_taking_one_back_keeps_what_is_typed_about_others(as_alice, started):
    ForgottenDay.objects.create(owner=started, date=day(3))
    before = state(started)[:3]
    response = as_alice.post(URL, {"remember": str(day(3)), f"{day(1)}-notes": "half a sen"})
    assert response.status_code == 200 and day(3) in shown(response) and "half a sen" in page(response)
    assert state(started) == [*before, []]


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "2027-01-01", "0001-01-01", "\0", "9" * 5000])
def test_a_day_that_cannot_be_taken_back_is_a_400(as_alice, text):
    assert as_alice.post(URL, {"remember": text}).status_code == 400


def test_saving_a_day_remembers_it(as_alice, started):
    ForgottenDay.objects.create(owner=started, date=day(3))
    as_alice.post(URL, {f"{day(3)}-mood": "4"})
    assert not ForgottenDay.objects.exists()


def test_remember_is_about_one_person(alice, bob):
    ForgottenDay.objects.create(owner=alice, date=TODAY)
    remember(bob, TODAY)
    assert ForgottenDay.objects.exists()


def test_the_day_is_the_persons_own(as_alice, started, clock):
    started.profile.time_zone = "Pacific/Kiritimati"
    started.profile.save()
    clock.move_to(dt.datetime(2026, 11, 22, 11, 0, tzinfo=dt.UTC))  # 01:00 on the 23rd there
    assert shown(as_alice.get(URL))[0] == TODAY


# -- queries ----------------------------------------------------------------------------------------------------------


def _fill(owner, days):
    taper = make_medication(owner)
    make_step(taper, day(days + 40), 20, "start")
    for number in range(40):
        make_symptom(owner, f"Symptom {number}", builtin="", position=number)
    entries = DailyEntry.objects.bulk_create(DailyEntry(owner=owner, date=day(n + 20)) for n in range(days))
    rows = (Rating(entry=one, symptom=s, severity=3) for one in entries for s in owner.symptoms.all()[:40])
    Rating.objects.bulk_create(rows, batch_size=5_000)
    return taper


def test_it_costs_the_same_after_10_and_after_2000_days(alice, bob, client):
    counts = []
    for owner, days in ((alice, 10), (bob, 2_000)):
        taper = _fill(owner, days)
        client.force_login(owner)
        with CaptureQueriesContext(connection) as opened:
            client.get(URL)
        symptom = owner.symptoms.first().pk
        data = {f"{day(1)}-mood": "5", f"{day(1)}-symptom-{symptom}": "2", f"{day(1)}-dose-{taper.pk}": "planned"}
        data |= {f"{day(2)}-forgotten": "on"}
        with CaptureQueriesContext(connection) as saved:
            assert client.post(URL, data).status_code == 302
        counts.append((len(opened), len(saved)))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 17, counts
