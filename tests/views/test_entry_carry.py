"""Same as yesterday: fills what is empty, is marked for good, and is told beside every mean."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.series import Span
from journal.models import DailyEntry, DoseTaken, Measure, Measurement, Rating
from journal.queries.entries import burden
from journal.queries.measures import MOOD, means, symptom_measures
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.views.test_entry import as_sent, url

pytestmark = pytest.mark.usefixtures("clock")
YESTERDAY = TODAY - dt.timedelta(1)


@pytest.fixture
def symptoms(alice):
    return [
        make_symptom(alice, position=1),
        make_symptom(alice, "Dizziness", builtin="dizziness", position=2),
        make_symptom(alice, "Inner restlessness", builtin="akathisia", position=3),
    ]


@pytest.fixture
def yesterday(alice, symptoms):
    zaps, dizziness, akathisia = symptoms
    entry = make_entry(
        alice, YESTERDAY, {zaps: 4, dizziness: "2.3", akathisia: 6}, mood=5, sleep_hours="6.5", notes="long walk"
    )
    weight = Measure.objects.create(owner=alice, name="Weight", slug="weight", kind="amount", unit="kg", position=20)
    Measurement.objects.create(entry=entry, measure=weight, value="72.4")
    return entry


def filled(client, **more) -> dict[str, str]:
    """What the page holds after "same as yesterday", without script."""
    sent = as_sent(client.get(url()).context["form"]) | more
    page = client.post(url(), sent | {"do": "same"})
    assert page.status_code == 200
    form = page.context["form"]
    return as_sent(form) | {"shown": form.shown, "carried": form.carried_text}


def test_it_works(as_alice, alice, symptoms, yesterday):
    zaps, dizziness, akathisia = symptoms
    medication = make_medication(alice)
    make_step(medication, YESTERDAY, 20, "start")
    DoseTaken.objects.create(medication=medication, date=YESTERDAY, status="planned", mg=20)
    sent = filled(as_alice)
    assert not DailyEntry.objects.filter(date=TODAY).exists()  # filled in is not saved
    assert (sent["mood"], sent[f"symptom-{zaps.pk}"], sent[f"symptom-{dizziness.pk}"]) == ("5", "4", "2.3")
    assert sent["sleep_hours"] == "6 h 30" and sent["measure-weight"] == "72.4"
    assert sent[f"symptom-{akathisia.pk}"] == "" and sent["notes"] == "" and f"dose-{medication.pk}-status" not in sent
    assert as_alice.post(url(), sent).status_code == 302
    entry = DailyEntry.objects.get(date=TODAY)
    assert entry.carried_names == {"mood", "sleep_hours"}
    assert {r.symptom: r.origin for r in entry.ratings.all()} == {zaps: "carried", dizziness: "carried"}
    assert entry.measurements.get().carried
    assert not DoseTaken.objects.filter(date=TODAY).exists()


def test_it_fills_only_what_is_empty_and_what_is_changed_is_no_longer_carried(as_alice, symptoms, yesterday):
    zaps, dizziness, _ = symptoms
    sent = filled(as_alice, mood="8")
    assert sent["mood"] == "8" and "mood" not in sent["carried"].split()
    as_alice.post(url(), sent | {f"symptom-{zaps.pk}": "7"})
    assert Rating.objects.get(entry__date=TODAY, symptom=zaps).origin == "own"
    assert Rating.objects.get(entry__date=TODAY, symptom=dizziness).origin == "carried"
    assert DailyEntry.objects.get(date=TODAY).carried_names == {"sleep_hours"}


def test_it_stays_marked_until_it_is_changed(as_alice, symptoms, yesterday):
    zaps = symptoms[0]
    as_alice.post(url(), filled(as_alice))
    page = as_alice.get(url())
    assert page.content.decode().count("is-carried") == 3  # mood, zaps, dizziness
    sent = as_sent(page.context["form"]) | {"shown": page.context["form"].shown}
    as_alice.post(url(), sent | {"energy": "4"})
    assert Rating.objects.get(entry__date=TODAY, symptom=zaps).origin == "carried"
    as_alice.post(url(), sent | {"energy": "4", f"symptom-{zaps.pk}": "5", "mood": "6"})
    assert Rating.objects.get(entry__date=TODAY, symptom=zaps).origin == "own"
    assert DailyEntry.objects.get(date=TODAY).carried_names == {"sleep_hours"}


def test_what_is_not_as_the_day_before_was_not_carried_whatever_is_sent(as_alice, symptoms, yesterday):
    zaps = symptoms[0]
    names = f"mood energy notes symptom-{zaps.pk} symptom-9999 <b>"
    as_alice.post(url(), {"mood": "9", "energy": "3", f"symptom-{zaps.pk}": "4", "notes": "x", "carried": names})
    assert DailyEntry.objects.get(date=TODAY).carried_names == set()
    assert Rating.objects.get(entry__date=TODAY).origin == "carried"


def test_nothing_to_carry_no_button(as_alice, symptoms):
    assert "Same as yesterday" not in as_alice.get(url()).content.decode()


def test_a_typed_slip_is_still_there(as_alice, symptoms, yesterday):
    sent = as_sent(as_alice.get(url()).context["form"]) | {"sleep_hours": "much", "do": "same"}
    page = as_alice.post(url(), sent)
    assert page.status_code == 422
    assert page.context["form"]["sleep_hours"].value() == "much" and page.context["form"]["mood"].value() == "5"


def test_means_say_how_many_were_carried(as_alice, alice, symptoms, yesterday):
    as_alice.post(url(), filled(as_alice))
    span = Span(YESTERDAY, TODAY)
    found = means(alice, [span], [MOOD, *symptom_measures(alice)])
    assert (found["mood"][0].value, found["mood"][0].n, found["mood"][0].carried) == (5, 2, 1)
    zaps, akathisia = found["brain-zaps"][0], found["inner-restlessness"][0]
    assert (zaps.value, zaps.n, zaps.carried) == (4, 2, 1)
    assert (akathisia.n, akathisia.carried) == (1, 0)
    day = burden(alice, TODAY, TODAY)[TODAY]
    assert (day.mean, day.n, day.carried) == (Fraction(Decimal("6.3")) / 2, 2, 2)


def test_the_calendar_and_the_summary_say_it(as_alice, symptoms, yesterday):
    as_alice.post(url(), filled(as_alice))
    assert "2 carried" in as_alice.get("/entries/").content.decode()
    page = as_alice.get("/summary/").content.decode()
    assert "2, 1c" in page and "carried over unchanged from the day before." in page
