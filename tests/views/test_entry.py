"""A day: written, corrected, left blank, and never written twice."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.models import DailyEntry, Deleted, DoseTaken, Rating
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

YESTERDAY = TODAY - dt.timedelta(1)
pytestmark = pytest.mark.usefixtures("clock")


def url(day=TODAY):
    return reverse("entry", args=[day])


def rows(owner) -> dict:
    """Everything that the journal holds of this person's days, to the last column."""
    return {
        model.__name__: list(model.objects.of(owner).order_by("pk").values())
        for model in (DailyEntry, Rating, DoseTaken)
    }


def as_sent(form) -> dict[str, str]:
    """What a browser sends when nothing was touched: each field as it stands on the page."""
    sent = {}
    for field in form:
        value = field.value()
        if hasattr(value, "strftime"):
            value = value.strftime("%H:%M")
        if field.name.endswith("-status") and value is None:
            continue  # radios of which none is chosen are not sent
        if isinstance(value, bool):
            value = "on" if value else ""
        sent[field.name] = "" if value is None else str(value)
    return sent


@pytest.fixture
def taper(alice):
    """Venlafaxine, 48 mg and then 37.5 mg for nine days now."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 2), 48, "start")
    make_step(medication, dt.date(2026, 11, 13), "37.5")
    return medication


def test_it_works(as_alice, alice, taper):
    zaps = make_symptom(alice)
    response = as_alice.post(
        url(),
        {
            "mood": "5",
            "energy": "",
            "sleep_hours": "5 h 30",
            "sleep_quality": "3",
            "function": "4",
            "notes": "Zaps when I turn my head quickly.",
            f"symptom-{zaps.pk}": "5",
            f"dose-{taper.pk}-status": "planned",
        },
        follow=True,
    )
    assert response.redirect_chain == [("/", 302)]
    assert "Saved." in response.content.decode()
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.date, entry.mood, entry.energy, entry.sleep_hours) == (TODAY, 5, None, Decimal("5.5"))
    assert (entry.sleep_quality, entry.function) == (3, 4)
    assert entry.notes == "Zaps when I turn my head quickly."
    assert [(r.symptom, r.severity) for r in Rating.objects.of(alice)] == [(zaps, 5)]
    dose = DoseTaken.objects.of(alice).get()
    assert (dose.medication, dose.date, dose.status, dose.mg) == (taper, TODAY, "planned", Decimal("37.5"))


def test_an_empty_day_opens_with_yesterday_beside_each_field(as_alice, alice, taper):
    make_entry(alice, YESTERDAY, {make_symptom(alice): 4}, mood=6, sleep_hours=Decimal("6.25"))
    DoseTaken.objects.create(medication=taper, date=YESTERDAY, status="planned", mg=Decimal("37.5"))
    page = as_alice.get(url()).content.decode()
    assert "Sunday 22\u00a0November" in page
    assert "Day\u00a09 at 37.5\u00a0mg" in page
    assert "yesterday 4" in page and "yesterday 6" in page
    assert "Yesterday you wrote 6\u00a0h\u00a015." in page
    assert "Yesterday as planned." in page
    assert "Nothing recorded yet" in page
    assert not DailyEntry.objects.of(alice).filter(date=TODAY).exists()


def test_it_asks_for_signing_in(client):
    response = client.get(url())
    assert response.status_code == 302 and response.url.startswith(reverse("account_login"))


def test_another_person_has_a_day_of_their_own(as_bob, alice, taper):
    make_entry(alice, notes="her own words", ratings={make_symptom(alice, "Jaw pain", builtin=""): 7})
    page = as_bob.get(url()).content.decode()
    assert "her own words" not in page and "Jaw pain" not in page and "Venlafaxine" not in page


def test_another_persons_symptom_or_medication_is_not_written(as_bob, bob, alice, taper):
    zaps = make_symptom(alice)
    refused = as_bob.post(url(), {"mood": "5", f"symptom-{zaps.pk}": "9", f"dose-{taper.pk}-status": "missed"})
    assert refused.status_code == 422 and "is not asked for here any more" in refused.content.decode()
    assert as_bob.post(url(), as_sent(refused.context["form"])).status_code == 302
    assert not Rating.objects.exists() and not DoseTaken.objects.exists()
    assert DailyEntry.objects.of(bob).get().mood == 5


# -- blank is missing ---------------------------------------------------------------------------------------------


def test_a_blank_form_makes_no_entry(as_alice, alice, taper):
    make_symptom(alice)
    sent = as_sent(as_alice.get(url()).context["form"])
    response = as_alice.post(url(), sent, follow=True)
    assert "Nothing is recorded for today." in response.content.decode()
    assert not DailyEntry.objects.exists() and not DoseTaken.objects.exists()


def test_a_cleared_rating_is_gone_not_zero(as_alice, alice):
    zaps, nausea = make_symptom(alice), make_symptom(alice, "Nausea", builtin="nausea")
    make_entry(alice, ratings={zaps: 5, nausea: 0}, mood=4)
    as_alice.post(url(), {f"symptom-{zaps.pk}": "", f"symptom-{nausea.pk}": "0", "mood": ""})
    assert [(r.symptom, r.severity) for r in Rating.objects.of(alice)] == [(nausea, 0)]
    assert DailyEntry.objects.of(alice).get().mood is None


def test_a_day_that_was_emptied_is_no_entry(as_alice, alice, taper):
    zaps = make_symptom(alice)
    make_entry(alice, ratings={zaps: 5}, mood=4, notes="x")
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    blank = {name: "" for name in as_sent(as_alice.get(url()).context["form"])}
    as_alice.post(url(), blank)
    assert not DailyEntry.objects.exists() and not Rating.objects.exists() and not DoseTaken.objects.exists()


def test_an_entry_that_was_emptied_is_deleted_with_undo(as_alice, alice, taper):
    """As it was before, its cleared dose with it."""
    make_entry(alice, ratings={make_symptom(alice): 5}, mood=4, notes="x")
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    before = rows(alice)
    blank = dict.fromkeys(as_sent(as_alice.get(url()).context["form"]), "")
    page = as_alice.post(url(), blank, follow=True).content.decode()
    assert "Nothing is left in the entry for 22\u00a0November, so it is deleted." in page and "Undo" in page
    as_alice.post(reverse("undo", args=[Deleted.objects.of(alice).get().pk]))
    assert rows(alice) == before


def test_the_dose_of_an_entry_that_was_emptied_stays_unless_it_was_cleared_too(as_alice, alice, taper):
    make_entry(alice, mood=4)
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    as_alice.post(url(), {"mood": "", f"dose-{taper.pk}-status": "planned"})
    assert not DailyEntry.objects.exists() and DoseTaken.objects.get().status == "planned"


def test_a_dose_alone_needs_no_entry(as_alice, alice, taper):
    as_alice.post(url(), {"mood": "", f"dose-{taper.pk}-status": "missed"})
    assert not DailyEntry.objects.exists()
    assert (DoseTaken.objects.get().status, DoseTaken.objects.get().mg) == ("missed", 0)
    assert "Only the dose is recorded" in as_alice.get(url()).content.decode()


def test_a_field_that_was_not_sent_says_nothing(as_alice, alice, taper):
    zaps = make_symptom(alice)
    make_entry(alice, ratings={zaps: 5}, mood=4, notes="kept")
    DoseTaken.objects.create(medication=taper, date=TODAY, status="late", mg=Decimal("37.5"), time=dt.time(14, 20))
    as_alice.post(url(), {"energy": "3"})
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.mood, entry.energy, entry.notes) == (4, 3, "kept")
    assert Rating.objects.get().severity == 5 and DoseTaken.objects.get().status == "late"


# -- saving twice, saving unchanged ---------------------------------------------------------------------------------


def test_saving_twice_is_one_day(as_alice, alice, taper):
    zaps = make_symptom(alice)
    sent = {"mood": "5", f"symptom-{zaps.pk}": "5", f"dose-{taper.pk}-status": "planned"}
    as_alice.post(url(), sent)
    first = rows(alice)
    as_alice.post(url(), sent)
    assert rows(alice) == first
    assert [len(found) for found in first.values()] == [1, 1, 1]


def test_saving_an_imported_day_unchanged_changes_nothing(as_alice, alice, taper, clock):
    """To the last column: tenths, minutes that are no quarters, an own note's spaces, a time to the second."""
    old = dt.date(2026, 10, 5)
    symptoms = {
        make_symptom(alice, f"Symptom {number}", builtin="", tracked=number < 4): Decimal(number) / 10 + 2
        for number in range(6)
    }
    make_entry(
        alice,
        old,
        symptoms,
        mood=Decimal("6.7"),
        energy=Decimal("0.1"),
        sleep_quality=Decimal("8.3"),
        sleep_hours=Decimal("5.01"),
        notes=" two\r\n\nlines \t",
    )
    other = make_medication(alice, "Diazepam", drug="diazepam", drug_class="benzodiazepine")
    make_step(other, dt.date(2026, 9, 1), 5, "start")
    third = make_medication(alice, "Own", drug="", drug_class="")  # recorded, but nothing was planned
    DoseTaken.objects.create(medication=taper, date=old, status="planned", mg=Decimal("50.125"), time=dt.time(8))
    DoseTaken.objects.create(medication=other, date=old, status="late", mg=Decimal(4), time=dt.time(14, 20, 31))
    DoseTaken.objects.create(medication=third, date=old, status="other", mg=Decimal("0.037"))
    before = rows(alice)
    clock.shift(3600)
    sent = as_sent(as_alice.get(url(old)).context["form"])
    assert (sent["mood"], sent["sleep_hours"]) == ("6.7", "5 h 01")
    assert sent["notes"] == " two\r\n\nlines \t"
    assert as_alice.post(url(old), sent).status_code == 302
    assert rows(alice) == before


def test_changing_one_thing_leaves_the_rest(as_alice, alice, taper):
    zaps = make_symptom(alice)
    make_entry(alice, ratings={zaps: "2.3"}, mood=Decimal("6.7"), notes=" own ")
    sent = as_sent(as_alice.get(url()).context["form"])
    as_alice.post(url(), sent | {"energy": "4"})
    entry = DailyEntry.objects.of(alice).get()
    assert (entry.mood, entry.energy, entry.notes) == (Decimal("6.7"), 4, " own ")
    assert Rating.objects.get().severity == Decimal("2.3")


def test_a_put_away_symptom_is_shown_on_the_days_it_was_rated(as_alice, alice):
    old = make_symptom(alice, "Jaw pain", builtin="", tracked=False)
    make_entry(alice, YESTERDAY, {old: 3})
    assert "Jaw pain" in as_alice.get(url(YESTERDAY)).content.decode()
    assert "Jaw pain" not in [field.label for field, _ in as_alice.get(url()).context["form"].symptoms]


# -- what cannot be kept --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("mood", "11", "“11” is outside 0 to 10."),
        ("mood", "-1", "“-1” is outside 0 to 10."),
        ("mood", "5,5", "“5,5” is not a whole number from 0 to 10."),
        ("energy", "abc", "“abc” is not a whole number from 0 to 10."),
        ("function", "1e9", "“1e9” is not a whole number"),
        ("sleep_hours", "25", "“25” is more than a day has."),
        ("sleep_hours", "$\\foo$", "is not a number of hours."),
        ("sleep_hours", "99 h", "is more than a day has."),
        ("sleep_hours", "-1", "“-1” is below 0. Hours go from 0 to 24."),
        ("symptom", "11", "“11” is outside 0 to 10."),
        ("symptom", "٣", "is not a whole number from 0 to 10."),
        ("symptom", "5\0", "is not a whole number from 0 to 10."),
        ("notes", "n" * 100_000, "This note has 100,000 characters. 20,000 fit."),
        ("notes", "é🙂" * 20_000, "20,000 fit."),
    ],
)
def test_what_cannot_be_kept_is_a_sentence_beside_the_field(as_alice, alice, taper, field, typed, says):
    zaps = make_symptom(alice)
    name = f"symptom-{zaps.pk}" if field == "symptom" else field
    response = as_alice.post(url(), {"notes": "typed with care", "mood": "5", name: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page and "Not saved yet. One thing needs a look:" in page
    assert (typed if field == "notes" else "typed with care") in page
    assert not DailyEntry.objects.exists()


def test_a_hostile_note_is_kept_as_text(as_alice, alice):
    note = "<script>alert(1)</script> $\\foo$ 🙂 مرحبا"
    as_alice.post(url(), {"notes": note + "\0"})
    assert DailyEntry.objects.get().notes == note
    assert "&lt;script&gt;alert(1)" in as_alice.get(url()).content.decode()


def test_what_is_no_date_is_a_404(as_alice):
    assert as_alice.get("/entries/2026-1-1/").status_code == 404


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-02-30", "February 2026 has 28 days."),
        ("2026-13-01", "is not a date."),
        ("0000-01-01", "is not a date."),
        ("2026-11-23", "That day is still to come."),
        ("9999-12-31", "That day is still to come."),
        ("1919-12-31", "1919 is too long ago."),
        ("0001-01-01", "1 is too long ago."),
    ],
)
def test_a_day_that_cannot_be_written_is_a_400_with_a_sentence(as_alice, day, says):
    for response in (as_alice.get(f"/entries/{day}/"), as_alice.post(f"/entries/{day}/", {"mood": "5"})):
        assert response.status_code == 400
        assert says in response.content.decode()
    assert not DailyEntry.objects.exists()


@pytest.mark.parametrize("day", ["1920-01-01", "2024-02-29", "2025-12-31", "2026-10-25", "2026-03-29", "2026-11-22"])
def test_any_day_that_has_been_can_be_written(as_alice, alice, day):
    assert as_alice.get(f"/entries/{day}/").status_code == 200
    response = as_alice.post(f"/entries/{day}/", {"mood": "5"})
    assert DailyEntry.objects.of(alice).get().date.isoformat() == day
    assert response.url == ("/" if day == "2026-11-22" else f"/entries/?month={day[:7]}")


# -- the page -------------------------------------------------------------------------------------------------------


def test_the_day_after_today_is_not_offered(as_alice):
    page = as_alice.get(url()).content.decode()
    assert "/entries/2026-11-21/" in page and "/entries/2026-11-23/" not in page
    page = as_alice.get(url(YESTERDAY)).content.decode()
    assert "/entries/2026-11-20/" in page and "/entries/2026-11-22/" in page


@pytest.mark.parametrize(("time", "offered"), [("03:59", True), ("04:00", False), ("00:00", True), ("23:59", False)])
def test_before_four_in_the_morning_yesterday_is_offered_too(as_alice, clock, time, offered):
    clock.move_to(dt.datetime.fromisoformat(f"2026-11-22T{time}+00:00"))
    assert ("Still up?" in as_alice.get(url()).content.decode()) == offered
    saved = as_alice.post(url(YESTERDAY), {"mood": "5"})
    assert saved.url == ("/" if offered else "/entries/?month=2026-11")


def test_the_save_bar_says_when_it_was_saved_on_the_persons_own_clock(as_alice, alice, clock):
    alice.profile.time_zone, alice.profile.clock = "Pacific/Auckland", "12"
    alice.profile.save()
    as_alice.post("/entries/2026-11-23/", {"mood": "5"})  # it is one in the morning there, the next day
    assert "Saved 1:00\u00a0a.m." in as_alice.get("/entries/2026-11-23/").content.decode()
    clock.shift(dt.timedelta(days=3))
    assert "Saved 23\u00a0November, 1:00\u00a0a.m." in as_alice.get("/entries/2026-11-23/").content.decode()


def test_symptoms_with_a_red_flag_have_help_beside_them(as_alice, alice):
    make_symptom(alice, "Nausea", builtin="nausea")
    assert "You can talk to someone now." not in as_alice.get(url()).content.decode()
    make_symptom(alice, "Thoughts of suicide", builtin="suicidal-thoughts")
    assert as_alice.get(url()).content.decode().count("You can talk to someone now.") == 1


@pytest.mark.parametrize("path", [url(), f"{url()}check-in/"])
def test_plain_restlessness_points_at_inner_restlessness(as_alice, alice, path):
    make_symptom(alice, "Inner restlessness, cannot keep still", builtin="akathisia")
    assert "at-severe" not in as_alice.get(path).content.decode()
    make_symptom(alice, "Restlessness", builtin="restlessness")
    make_symptom(alice, "Agitation", builtin="agitation")
    page = as_alice.get(path).content.decode()
    assert page.count("There is a symptom for that: “Inner restlessness, cannot keep still”.") == 2


# -- queries --------------------------------------------------------------------------------------------------------


def many_days(owner, days):
    symptoms = [make_symptom(owner, f"Symptom {number}", builtin="") for number in range(10)]
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=owner, date=TODAY - dt.timedelta(number), mood=5) for number in range(1, days + 1)
    )
    Rating.objects.bulk_create(Rating(entry=entry, symptom=s, severity=3) for entry in entries for s in symptoms)
    return symptoms


@pytest.mark.parametrize("days", [10, 1_000])
def test_opening_and_saving_costs_the_same_at_any_length(
    as_alice, alice, taper, days, django_assert_num_queries, django_assert_max_num_queries
):
    symptoms = many_days(alice, days)
    # The red flags take five on the page, and three after saving.
    with django_assert_num_queries(18):
        as_alice.get(url())
    sent = {f"symptom-{s.pk}": "5" for s in symptoms} | {"mood": "5", f"dose-{taper.pk}-status": "planned"}
    with django_assert_num_queries(20):
        assert as_alice.post(url(), sent).status_code == 302
    changed = sent | {f"symptom-{symptoms[0].pk}": "", "energy": "2", f"dose-{taper.pk}-status": "missed"}
    changed[f"symptom-{symptoms[1].pk}"] = "7"
    with django_assert_max_num_queries(29):
        assert as_alice.post(url(), changed).status_code == 302
    assert Rating.objects.filter(entry__date=TODAY).count() == 9
    with django_assert_max_num_queries(45):  # a deletion, too
        as_alice.post(url(), dict.fromkeys(changed, ""))
    assert not DailyEntry.objects.filter(date=TODAY).exists()
