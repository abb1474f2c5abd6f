"""What was planned at the time: the agreed plans of a medication as one line, whatever became of them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.analysis.doses import changes
from journal.analysis.series import Span
from journal.charts.adherence import sorted_doses
from journal.charts.planned import planned_chart, planned_table
from journal.models import DoseTaken, PlannedStep
from journal.queries.plan_changes import agree
from journal.queries.planned import planned_of
from tests.conftest import make_step
from tests.plans import Life, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def life(alice):
    return Life(alice)


def line(data) -> list[tuple[str, int]]:
    """The doses planned and from when, as they are drawn: the same one again is no other."""
    return [(f"{change.day:%-d %b}", int(change.mg)) for change in changes(data.planned)]


def test_it_works(life):
    life.agreed().confirmed(15, on(10, 1))
    DoseTaken.objects.create(medication=life.medication, date=on(10, 2), status="missed", mg=0)
    DoseTaken.objects.create(medication=life.medication, date=on(10, 3), status="other", mg=10)
    data = life.planned(on(10, 5))
    assert line(data) == [("20 Sep", 20), ("1 Oct", 15), ("15 Oct", 10), ("29 Oct", 5), ("12 Nov", 0)]
    assert (data.first, data.last, data.today) == (on(9, 20), on(11, 12), on(10, 5))
    assert [(change.day, change.mg) for change in data.taken] == [(on(1, 1), 20), (on(10, 1), 15)]
    assert data.doses[on(10, 3)].mg == 10 and data.doses[on(10, 2)].mg is None
    done = sorted_doses(data)
    assert (done.count("missed"), done.count("other amount"), done.count("not recorded")) == (1, 1, 13)
    assert data.due_days == {on(9, 20) + dt.timedelta(n) for n in range(16)}
    assert data.entry_days == {on(10, 2), on(10, 3)}
    assert data.plan == "the plan agreed on 20 Sep 2026"
    assert planned_chart(data).title == "Dose as planned so far; 1 of 15 doses missed"


BEGINNING = [("20 Sep", 20), ("1 Oct", 15)]
AGREED = "the plan agreed on 20 Sep 2026"


@pytest.mark.parametrize(
    ("happened", "expected", "plan"),
    [
        # on 6 October held for ten days: what is to come comes ten days later
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).held(10, on(10, 6)),
            [*BEGINNING, ("25 Oct", 10), ("8 Nov", 5), ("22 Nov", 0)],
            f"{AGREED}, held on 6 Oct",
        ),
        # held after the day of the next step: until the hold the plan said 10
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).held(10, on(10, 17)),
            [*BEGINNING, ("15 Oct", 10), ("17 Oct", 15), ("27 Oct", 10), ("10 Nov", 5), ("24 Nov", 0)],
            f"{AGREED}, held on 17 Oct",
        ),
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).moved(7, on(10, 6)),
            [*BEGINNING, ("22 Oct", 10), ("5 Nov", 5), ("19 Nov", 0)],
            f"{AGREED}, moved on 6 Oct",
        ),
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).moved(-7, on(10, 6)),
            [*BEGINNING, ("8 Oct", 10), ("22 Oct", 5), ("5 Nov", 0)],
            f"{AGREED}, moved on 6 Oct",
        ),
        # held twice on one day: only what it came to
        (
            lambda life: life.agreed().held(10, on(9, 25)).held(10, on(9, 25)),
            [("20 Sep", 20), ("21 Oct", 15), ("4 Nov", 10), ("18 Nov", 5), ("2 Dec", 0)],
            f"{AGREED}, held on 25 Sep, held on 25 Sep",
        ),
        # back up on the sixth day at 15: the way down begins anew, at its own pace
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).back_up(20, on(10, 6)),
            [*BEGINNING, ("6 Oct", 20), ("20 Oct", 15), ("3 Nov", 10), ("17 Nov", 5), ("1 Dec", 0)],
            f"{AGREED}, back up on 6 Oct",
        ),
        # planned again from 15
        (
            lambda life: (
                life.agreed()
                .confirmed(15, on(10, 1))
                .replanned(on(10, 6), start=on(11, 1), from_mg=15, doses=(12, 6, 0))
            ),
            [*BEGINNING, ("1 Nov", 12), ("15 Nov", 6), ("29 Nov", 0)],
            f"{AGREED}, planned again on 6 Oct",
        ),
        # taken three days late, and the rest moved by as many
        (
            lambda life: life.agreed().confirmed(15, on(10, 4), move_rest=True),
            [*BEGINNING, ("18 Oct", 10), ("1 Nov", 5), ("15 Nov", 0)],
            f"{AGREED}, moved on 4 Oct",
        ),
        # taken three days late, and the rest as planned
        (
            lambda life: life.agreed().confirmed(15, on(10, 4)),
            [*BEGINNING, ("15 Oct", 10), ("29 Oct", 5), ("12 Nov", 0)],
            AGREED,
        ),
        # ahead of the plan, then held: the steps that were passed stay where they were
        (
            lambda life: life.agreed().confirmed(15, on(9, 25)).confirmed(10, on(10, 3)).held(10, on(10, 6)),
            [*BEGINNING, ("15 Oct", 10), ("8 Nov", 5), ("22 Nov", 0)],
            f"{AGREED}, held on 6 Oct",
        ),
        # held on the day on which it was agreed
        (
            lambda life: life.agreed().held(10, on(9, 20)),
            [("20 Sep", 20), ("11 Oct", 15), ("25 Oct", 10), ("8 Nov", 5), ("22 Nov", 0)],
            f"{AGREED}, held on 20 Sep",
        ),
        # planned again on that day: its dose begins then, and no sooner
        (
            lambda life: life.agreed().replanned(on(9, 20), start=on(9, 22), from_mg=18, doses=(10, 0)),
            [("20 Sep", 18), ("22 Sep", 10), ("6 Oct", 0)],
            f"{AGREED}, planned again on 20 Sep",
        ),
        # agreed after its first step: the present dose comes a week before that
        (
            lambda life: life.agreed(on(10, 3)),
            [("24 Sep", 20), ("1 Oct", 15), ("15 Oct", 10), ("29 Oct", 5), ("12 Nov", 0)],
            "the plan agreed on 3 Oct 2026",
        ),
        # agreed shortly before it
        (
            lambda life: life.agreed(on(9, 30), doses=(10, 0)),
            [("24 Sep", 20), ("1 Oct", 10), ("15 Oct", 0)],
            "the plan agreed on 30 Sep 2026",
        ),
        # another plan took its place
        (
            lambda life: life.agreed().agreed(on(10, 8), name="Slower", start=on(10, 20), from_mg=18, doses=(12, 0)),
            [*BEGINNING, ("8 Oct", 18), ("20 Oct", 12), ("3 Nov", 0)],
            "the plan agreed on 8 Oct 2026; before it the plan agreed on 20 Sep 2026",
        ),
        # the same, written down on 17 October: from the day of the agreement it was what was planned
        (
            lambda life: life.agreed().agreed(
                on(10, 8), on(10, 17), name="Slower", start=on(10, 20), from_mg=18, doses=(12, 0)
            ),
            [*BEGINNING, ("8 Oct", 18), ("20 Oct", 12), ("3 Nov", 0)],
            "the plan agreed on 8 Oct 2026; before it the plan agreed on 20 Sep 2026",
        ),
        # another one on the same day
        (
            lambda life: life.agreed().agreed(name="Slower", start=on(10, 20), doses=(12, 0)),
            [("20 Sep", 20), ("20 Oct", 12), ("3 Nov", 0)],
            AGREED,
        ),
        # set aside: its later steps were never to be taken
        (
            lambda life: life.agreed().confirmed(15, on(10, 1)).set_aside(on(10, 10)),
            BEGINNING,
            f"{AGREED}, set aside on 10 Oct",
        ),
    ],
)
def test_the_line_is_what_was_planned_at_the_time(life, happened, expected, plan):
    happened(life)
    data = life.planned()
    assert (line(data), data.plan) == (expected, plan)
    assert data.first == data.planned[0].day
    assert data.without_plan == ()
    assert planned_chart(data).svg


def test_many_changes_are_counted(life):
    life.agreed()
    for day in (21, 22, 23, 24):
        life.held(3, on(9, day))
    assert life.planned().plan == "the plan agreed on 20 Sep 2026, changed 4 times, last held on 24 Sep"


def test_a_year_is_said_where_it_is_another(life):
    life.agreed(on(12, 20), start=on(12, 29)).held(10, on(12, 30)).held(10, on(1, 5, 2027))
    words = life.planned(on(1, 6, 2027)).plan
    assert words == "the plan agreed on 20 Dec 2026, held on 30 Dec, held on 5 Jan 2027"


def test_days_without_a_plan_are_days_without_a_plan(life):
    """Set aside on 10 October, another agreed on 1 November; in between 20 mg was taken again."""
    life.agreed().confirmed(15, on(10, 1)).set_aside(on(10, 10))
    make_step(life.medication, on(10, 12), 20, "reinstatement")
    assert life.planned().last == on(10, 9)
    after = life.planned(last=on(10, 20))
    assert after.without_plan == (Span(on(10, 10), on(10, 20)),)
    assert planned_chart(after).title.startswith("No plan since 10 Oct; ")
    life.agreed(on(11, 1), start=on(11, 15), doses=(17, 0), name="Slower")
    data = life.planned(on(11, 5))
    assert data.without_plan == (Span(on(10, 10), on(10, 31)),)
    rows = [
        (f"{day:%-d %b}" if day != "all" else day, planned, taken) for day, planned, taken, *_ in planned_table(data)[1]
    ]
    assert rows[:7] == [
        ("20 Sep", 20, 20),
        ("1 Oct", 15, 15),
        ("10 Oct", None, 15),
        ("12 Oct", None, 20),
        ("1 Nov", 20, 20),
        ("6 Nov", 20, None),
        ("15 Nov", 17, None),
    ]
    assert planned_chart(data).title.startswith("Dose as planned so far; ")
    assert planned_chart(data).svg.count("stroke-dasharray") == planned_chart(after).svg.count("stroke-dasharray") + 1


def test_where_the_pace_is_unknown_going_back_up_ends_the_plan(life):
    life.agreed(doses=(15,)).confirmed(15, on(10, 1)).back_up(20, on(10, 6))
    data = life.planned()
    assert line(data) == BEGINNING
    assert data.last == on(10, 5)
    assert planned_chart(data).title.startswith("Dose as planned so far; ")


@pytest.mark.parametrize(
    ("happened", "today", "last"),
    [
        # it runs on to its last step
        (lambda life: life.agreed(), on(10, 20), on(11, 12)),
        # gone through to the end, lately and a while ago
        (lambda life: _all_taken(life), on(11, 20), on(11, 20)),
        (lambda life: _all_taken(life), on(6, 1, 2027), on(12, 10)),
        # behind it: until today
        (lambda life: life.agreed().confirmed(15, on(10, 1)), on(6, 1, 2027), on(6, 1, 2027)),
        # set aside
        (lambda life: life.agreed().set_aside(on(10, 10)), on(6, 1, 2027), on(10, 9)),
    ],
)
def test_where_the_whole_ends(life, happened, today, last):
    happened(life)
    assert life.planned(today).last == last


def _all_taken(life):
    life.agreed()
    for mg, day in ((15, on(10, 1)), (10, on(10, 15)), (5, on(10, 29)), (0, on(11, 12))):
        life.confirmed(mg, day)


def test_what_is_compared_is_what_can_be_made_and_taken(life):
    life.agreed()
    PlannedStep.objects.filter(plan=life.plan, mg=15).update(made_mg=14)
    assert line(life.planned())[:2] == [("20 Sep", 20), ("1 Oct", 14)]


@pytest.mark.parametrize(
    "happened",
    [
        lambda life: None,
        lambda life: life.proposed(),
    ],
)
def test_what_was_never_agreed_is_no_plan(life, happened):
    happened(life)
    assert life.planned() is None


def test_an_agreed_plan_of_before_that_is_agreed_again_begins_then(life):
    """Held, planned again, and then back to the plan as it was after the hold."""
    life.agreed().held(10, on(9, 25))
    kept = life.plan
    life.replanned(on(9, 28), start=on(11, 1), doses=(10, 0))
    agree(kept, "Dr Okafor", on(10, 2), on(10, 2))
    data = life.planned()
    assert line(data) == [
        ("20 Sep", 20),
        ("11 Oct", 15),
        ("25 Oct", 10),
        ("8 Nov", 5),
        ("22 Nov", 0),
    ]
    assert data.plan == "the plan agreed on 2 Oct 2026; before it the plan agreed on 20 Sep 2026"


def test_nobody_elses(life, bob):
    life.agreed()
    assert planned_of(bob, life.medication, on(10, 20)) is None


def test_it_asks_the_database_six_times(life):
    life.agreed().confirmed(15, on(10, 1))
    with CaptureQueriesContext(connection) as few:
        life.planned()
    life.held(3, on(10, 6)).moved(3, on(10, 7)).back_up(20, on(10, 9))
    for number in range(20):
        DoseTaken.objects.create(medication=life.medication, date=on(9, 25) + dt.timedelta(number), status="late", mg=1)
    with CaptureQueriesContext(connection) as many:
        life.planned()
    assert len(many) == len(few) == 6
