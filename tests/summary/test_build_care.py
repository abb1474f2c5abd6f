"""What was practised, what was agreed, and what is to be raised: with whom the page is."""

from decimal import Decimal

import pytest

from journal.catalogue.summary import Reader
from journal.models import Appointment, Homework, HomeworkStep, Practice, Question, Skill
from tests.conftest import TODAY
from tests.summary.records import ago, last_days, summary_of

pytestmark = pytest.mark.usefixtures("clock")
PRESCRIBER, THERAPIST = Reader.PRESCRIBER, Reader.THERAPIST


def test_the_next_appointment_with_this_reader(alice, bob):
    def visit(owner, kind, days, name="", held=None):
        return Appointment.objects.create(owner=owner, kind=kind, date=ago(-days), name=name, held=held)

    assert summary_of(alice).visit is None
    visit(alice, "prescriber", -1, "Dr Before")
    visit(alice, "prescriber", 0, "Dr Held", held=True)
    visit(alice, "prescriber", 9, "Dr Later")
    visit(alice, "prescriber", 2, "Dr Okafor")
    visit(alice, "therapist", 5)
    visit(bob, "prescriber", 1, "Dr Other")
    found = summary_of(alice, reader=PRESCRIBER).visit
    assert (found.who, found.date) == ("Dr Okafor, prescriber", ago(-2))
    assert summary_of(alice, reader=THERAPIST).visit.who == "Therapist"


def test_questions_are_for_the_reader_or_for_anybody_and_topics_for_the_therapist(alice, bob):
    for text, whom, kind in (
        ("Q for anybody", "", "question"),
        ("Q for prescriber", "prescriber", "side-effect"),
        ("Q for therapist", "therapist", "request"),
        ("Q for other", "other", "question"),
        ("T for anybody", "", "topic"),
        ("T for therapist", "therapist", "topic"),
        ("T for prescriber", "prescriber", "topic"),
    ):
        Question.objects.create(owner=alice, text=text, whom=whom, kind=kind)
    Question.objects.create(owner=alice, text="Asked before", asked_on=TODAY)
    Question.objects.create(owner=bob, text="Q of Bob")
    made = summary_of(alice, reader=PRESCRIBER)
    assert [(one.text, one.kind) for one in made.questions] == [
        ("Q for anybody", "question"),
        ("Q for prescriber", "side-effect"),
        ("T for prescriber", "topic"),  # written down for this very reader: else it would be nowhere
    ]
    assert made.topics == ()
    made = summary_of(alice, reader=THERAPIST)
    assert [one.text for one in made.questions] == ["Q for anybody", "Q for therapist"]
    assert made.topics == ("T for anybody", "T for therapist")


def practise(owner, name: str, *pairs, days: int = 3) -> None:
    skill = Skill.objects.create(owner=owner, name=name, slug=f"my-{name.lower()}")
    for before, after in pairs:
        Practice.objects.create(skill=skill, date=ago(days), before=before, after=after)


def test_medians_of_five_practices_or_none(alice):
    practise(alice, "Walking", (8, 3), (7, 4), (6, 6), (9, 3), (5, 6), (7, None))
    practise(alice, "Breathing", (6, 3), (6, 3), (6, 3), (6, 3))
    practise(alice, "Long ago", (6, 3), days=200)
    found = [(one.name, one.times, one.n, one.before, one.after) for one in summary_of(alice, last_days(30)).practised]
    assert found == [("Walking", 6, 5, 7, 4), ("Breathing", 4, 4, None, None)]


def test_the_drawing_of_practices_is_the_therapists(alice):
    practise(alice, "Walking", *[(8, 3)] * 5)
    assert summary_of(alice, reader=PRESCRIBER).practice is None
    (skill,) = summary_of(alice, reader=THERAPIST).practice.skills
    assert (skill.name, skill.change.by) == ("Walking", Decimal(-5))
    assert summary_of(alice, last_days(2), reader=THERAPIST).practice is None


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({}, True),
        ({"put_away": True}, False),
        ({"result": "done", "said_on": ago(5)}, True),
        ({"result": "done", "said_on": ago(5), "put_away": True}, True),
        ({"result": "done", "said_on": ago(50)}, False),
        ({"result": "partly", "said_on": ago(50)}, True),
        ({"result": "partly", "said_on": ago(50), "put_away": True}, False),
    ],
)
def test_homework_is_what_is_open_and_what_was_said_in_the_period(alice, fields, is_there):
    task = Homework.objects.create(owner=alice, text="Walk before noon", note="Marked words", why="Marked", **fields)
    HomeworkStep.objects.create(homework=task, text="Shoes", result="done", said_on=ago(5))
    HomeworkStep.objects.create(homework=task, text="Gate", result="partly", said_on=ago(5))
    made = summary_of(alice, last_days(30), reader=THERAPIST)
    found = [(one.text, one.result, one.said_on, one.done, one.steps) for one in made.homework]
    result, said_on = fields.get("result", ""), fields.get("said_on")
    assert found == ([("Walk before noon", result, said_on, 1, 2)] if is_there else [])
    assert [one.is_open for one in made.homework] == [result != "done"][: len(found)]
    assert "Marked" not in repr(made)
    assert summary_of(alice, last_days(30), reader=PRESCRIBER).homework == ()
