"""What is off is in no field, and the summary says that something was left out only where something was."""

import pytest

from journal.catalogue.summary import SECTIONS, Length, Reader, sections_for
from journal.models import (
    Appointment,
    DailyEntry,
    Homework,
    LifeEvent,
    Measurement,
    Practice,
    Question,
    QuestionnaireResponse,
    Skill,
)
from journal.queries.tracked import measures_of, rows_for
from journal.summary.fit import Fit
from journal.summary.fitted import fitted
from journal.summary.present import present
from journal.summary.text import as_text
from tests.conftest import make_medication, make_step, make_symptom
from tests.summary.records import READERS, ago, last_days, rate, summary_of

pytestmark = pytest.mark.usefixtures("clock")
PERIOD = last_days(90)


@pytest.fixture
def everything(alice):
    """A record with something for every section."""
    medication = make_medication(alice, reason="Marked reason", prescriber="Dr Marked", history="Marked history")
    make_step(medication, ago(300), 20, "start")
    make_step(medication, ago(60), 15)
    make_step(medication, ago(30), 10)
    rate(alice, make_symptom(alice), 89, [1] * 30 + [2] * 30 + [4] * 30, mood=5, sleep_hours=4)
    rate(alice, make_symptom(alice, "Nausea", builtin="nausea"), 89, [0] * 60)
    entry = DailyEntry.objects.of(alice).last()
    LifeEvent.objects.create(entry=entry, kind="travel")
    rows = rows_for(alice, [one for one in measures_of(alice) if one.slug == "alcohol"])
    Measurement.objects.create(entry=entry, measure=rows["alcohol"], value=2)
    QuestionnaireResponse.objects.create(owner=alice, slug="gad-7", date=ago(10), answers=[1] * 7)
    skill = Skill.objects.create(owner=alice, name="Walking", slug="my-walking")
    for _ in range(5):
        Practice.objects.create(skill=skill, date=ago(3), before=7, after=4)
    Homework.objects.create(owner=alice, text="Walk before noon")
    Question.objects.create(owner=alice, text="Why?")
    Question.objects.create(owner=alice, text="The night", kind="topic")
    Appointment.objects.create(owner=alice, kind="prescriber", date=ago(-2))
    return alice


def test_a_full_record_has_something_in_every_field(everything):
    for reader in READERS:
        made = summary_of(everything, PERIOD, reader=reader, length="full")
        assert not made.left_out
        others = {"private", "left_out", "medications_left_out", "born", "name", "visit"}
        if reader == Reader.PRESCRIBER:
            others |= {"topics", "homework", "practice"}
        else:
            others |= {"substances"}
        empty = {name for name, value in vars(made).items() if value in ((), {}, None, "", False)}
        assert empty <= others, empty


EMPTY = {
    "chart": ("rated",),
    "levels": ("symptoms", "wellbeing", "worst", "sleep", "score_levels"),
    "scores": ("scores", "score_levels"),
    "substances": ("substances",),
    "events": ("events",),
    "helped": ("practised",),
    "practice": ("practised", "practice"),
    "homework": ("homework",),
    "topics": ("topics",),
    "questions": ("questions",),
}
CASES = [(reader, section.key) for reader in READERS for section in sections_for(reader)]


@pytest.mark.parametrize(("reader", "section"), CASES)
def test_a_section_that_is_off_leaves_its_fields_empty_and_nothing_else_changes(everything, reader, section):
    whole = summary_of(everything, PERIOD, reader=reader, length="full")
    made = summary_of(everything, PERIOD, reader=reader, length="full", sections_off=frozenset({section}))
    changed = {name for name, value in vars(made).items() if value != getattr(whole, name)} - {"choices"}
    expected = set(EMPTY.get(section, ()))
    if (reader, section) == (Reader.THERAPIST, "levels"):
        expected |= {"never"}  # the other section that tells it is not on this page
    for name in expected:
        assert not getattr(made, name), name
    beside = {"chart": {"overview"}, "background": {"medications"}}.get(section, set())
    left_out = section not in ("agreed", "changes", "steps")  # what these two tell, the other one still tells
    assert changed == expected | beside | ({"left_out"} if left_out else set())
    assert made.left_out == left_out
    assert (made.entry_days, made.medications[0].mg, made.medications[0].coverage.due) == (90, 10, 90)


def test_background_is_off(everything):
    made = summary_of(everything, PERIOD, sections_off=frozenset({"background"}))
    assert "Marked" not in repr(made)
    assert (made.medications[0].name, made.medications[0].drug) == ("Venlafaxine", "venlafaxine")


def test_what_followed_goes_with_the_last_section_that_tells_it(everything):
    off = frozenset({"changes", "steps"})
    made = summary_of(everything, PERIOD, sections_off=off)
    assert made.medications[0].lines == () and made.left_out
    assert [one.rates.rows for one in made.measures] == [(), ()]
    made = summary_of(everything, PERIOD, sections_off=off | {"chart", "levels"})
    assert (made.measures, made.never) == ((), ())
    assert (made.overview.steps, made.overview.entry_days) == ((), frozenset())


@pytest.mark.parametrize("reader", READERS)
def test_everything_off(everything, reader):
    made = summary_of(everything, PERIOD, reader=reader, length="whole", sections_off=frozenset(SECTIONS))
    for word in ("Marked", "Brain zaps", "Nausea", "Walk", "Why?", "The night", "GAD", "Alcohol", "Travel"):
        assert word not in repr(made)
    assert made.left_out
    assert (made.entry_days, made.medications[0].mg) == (90, 10)


def test_a_therapist_has_the_doses_and_not_what_followed(everything):
    made = summary_of(everything, PERIOD, reader=Reader.THERAPIST)
    (medication,) = made.medications
    assert [line.row.mg for line in medication.lines] == [20, 15, 10]
    assert [line.followed for line in medication.lines] == [(), (), ()]
    assert not made.left_out


@pytest.mark.parametrize("section", list(SECTIONS))
def test_a_section_that_is_off_in_an_empty_journal_left_nothing_out(alice, section):
    for reader in READERS:
        made = summary_of(alice, PERIOD, reader=reader, sections_off=frozenset({section, "a word of old"}))
        assert not made.left_out


def test_a_medication_that_is_off_counts_only_where_it_was_taken_in_the_period(everything):
    old = make_medication(everything, "Aspirin", drug="")
    make_step(old, ago(390), 10, "start")
    make_step(old, ago(300), 0, "stop")
    off = frozenset({old.pk})
    assert not summary_of(everything, PERIOD, medications_off=off).left_out
    assert summary_of(everything, last_days(350), medications_off=off).left_out


def test_brief_pages_have_no_squares_and_that_is_no_choice(everything):
    made = summary_of(everything, PERIOD)
    assert made.rated is None and not made.left_out


@pytest.mark.parametrize("reader", READERS)
def test_medications_that_are_all_left_out_are_not_said_to_be_none(everything, reader):
    taken = everything.medications.get()
    made = summary_of(everything, PERIOD, reader=reader, length=Length.FULL, medications_off=frozenset({taken.pk}))
    assert made.medications_left_out and not made.is_empty
    assert "doses left out" in made.rated.no_dose
    words = as_text(fitted(made).data)
    assert "Doses left out." in words and "o dose in this period" not in words
    assert present(made, Fit()).situation[0].startswith("Medications left out by choice.")
    assert made.overview.no_dose == "doses left out"
    make_step(make_medication(everything, "Another"), ago(20), 5, "start")
    made = summary_of(everything, PERIOD, reader=reader, medications_off=frozenset({taken.pk}))
    assert not made.medications_left_out and made.left_out
