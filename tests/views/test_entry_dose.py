"""The dose on the page of a day: what was said, and the mg that follow from it."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import DosePart, DoseTaken
from tests.conftest import TODAY, make_medication, make_step
from tests.views.test_entry import as_sent, url

YESTERDAY = TODAY - dt.timedelta(1)
pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    """Venlafaxine, 48 mg and then 37.5 mg for nine days now."""
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 2), 48, "start")
    make_step(medication, dt.date(2026, 11, 13), "37.5")
    return medication


@pytest.mark.parametrize(
    ("sent", "status", "mg", "time"),
    [
        ({"status": "planned", "mg": "20"}, "planned", "37.5", None),
        ({"status": "planned", "mg": "20", "time": "14:20"}, "planned", "37.5", dt.time(14, 20)),
        ({"status": "missed"}, "missed", "0", None),
        ({"status": "late"}, "late", "37.5", None),
        ({"status": "late", "time": "14:20"}, "late", "37.5", dt.time(14, 20)),
        ({"status": "late", "time": "2.20 pm", "mg": "abc"}, "late", "37.5", dt.time(14, 20)),
        ({"status": "other", "mg": "18,75"}, "other", "18.75", None),
        ({"status": "other", "mg": "0.001", "time": "99:99"}, "other", "0.001", None),
    ],
)
def test_what_was_swallowed_follows_from_the_choice(as_alice, alice, taper, sent, status, mg, time):
    as_alice.post(url(), {f"dose-{taper.pk}-{name}": value for name, value in sent.items()})
    dose = DoseTaken.objects.of(alice).get()
    assert (dose.status, dose.mg, dose.time) == (status, Decimal(mg), time)


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"status": "other"}, "Write how many mg you took."),
        ({"status": "other", "mg": "abc"}, "“abc” is not a number."),
        ({"status": "other", "mg": "-5"}, "A dose cannot be below 0 mg."),
        ({"status": "other", "mg": "0.0001"}, "finer than 0.001 mg"),
        ({"status": "other", "mg": "1e9"}, "“1e9” is not a number."),
        ({"status": "other", "mg": "20000"}, "more than 10,000 mg"),
        ({"status": "late", "time": "25:00"}, "“25:00” is not a time."),
        ({"status": "doubled"}, "Choose one of these"),
    ],
)
def test_a_dose_that_cannot_be_read_is_a_422(as_alice, taper, sent, says):
    response = as_alice.post(url(), {f"dose-{taper.pk}-{name}": value for name, value in sent.items()})
    assert response.status_code == 422 and says in response.content.decode()
    assert not DoseTaken.objects.exists()


def test_a_recorded_dose_keeps_its_mg_when_the_step_is_corrected_later(as_alice, alice, taper):
    as_alice.post(url(), {f"dose-{taper.pk}-status": "planned"})
    taper.steps.filter(mg=Decimal("37.5")).update(mg=Decimal(40))
    as_alice.post(url(), as_sent(as_alice.get(url()).context["form"]))
    assert DoseTaken.objects.get().mg == Decimal("37.5")


def test_what_is_due_on_a_day_of_a_pattern_is_that_days_amount(as_alice, alice):
    medication = make_medication(alice, "Sertraline")
    step = make_step(medication, YESTERDAY, 10, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, when="morning", mg=20)
    page = as_alice.get(url(YESTERDAY)).content.decode()
    assert "Sertraline 20\u00a0mg" in page and "In the morning." in page
    off = as_alice.get(url()).content.decode()
    assert "Sertraline: none due today" in off and f"dose-{medication.pk}" not in off
    assert "Day\u00a01 at 10\u00a0mg a day on average" in off
    as_alice.post(url(YESTERDAY), {f"dose-{medication.pk}-status": "planned"})
    assert DoseTaken.objects.get().mg == 20


def test_nothing_planned_cannot_have_been_taken_as_planned(as_alice, alice):
    medication = make_medication(alice)
    DoseTaken.objects.create(medication=medication, date=TODAY, status="other", mg=5)
    response = as_alice.post(url(), {f"dose-{medication.pk}-status": "planned"})
    assert response.status_code == 422 and "Nothing was planned for this day." in response.content.decode()
    assert DoseTaken.objects.get().status == "other"


def test_two_medications_stand_side_by_side(as_alice, alice, taper):
    other = make_medication(alice, "Diazepam")
    make_step(other, dt.date(2026, 9, 1), 5, "start")
    page = as_alice.get(url()).content.decode()
    assert "Venlafaxine: day\u00a09 at 37.5\u00a0mg" in page
    as_alice.post(url(), {f"dose-{taper.pk}-status": "missed", f"dose-{other.pk}-status": "planned"})
    assert sorted(DoseTaken.objects.of(alice).values_list("status", "mg")) == [("missed", 0), ("planned", 5)]
