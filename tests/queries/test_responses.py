"""What followed each change, from the record of one person: levels, new symptoms, missed doses, and whose it is."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.analysis.levels import Level
from journal.analysis.quiet import Quiet
from journal.analysis.series import Span
from journal.models import CheckIn, DailyEntry, DosePart, DoseTaken, Rating, Reading
from journal.models.derived import refresh_days
from journal.queries.measures import MOOD
from journal.queries.overview import UnknownName
from journal.queries.period import Period
from journal.queries.responses import NewSymptom, followed_by_measure, response_measures, what_followed
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.queries.conftest import CHANGE, EVERYTHING, on

pytestmark = pytest.mark.usefixtures("clock")


def rate(owner, symptom, first: int, values) -> None:
    """One value a day from day ``first`` on; "-" is not rated."""
    for number, value in enumerate(values, first):
        if value != "-":
            entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=on(number))
            Rating.objects.create(entry=entry, symptom=symptom, severity=Decimal(str(value)))


def measure_of(owner, key):
    return next(one for one in response_measures(owner) if one.key == key)


@pytest.fixture
def zaps(alice, venlafaxine):
    """1 a day for 40 days before, 3 from the change on."""
    symptom = make_symptom(alice)
    rate(alice, symptom, -40, [1] * 40 + [3] * 30)
    return symptom


def of_zaps(alice, period=EVERYTHING, **more):
    return what_followed(alice, period, measure_of(alice, "brain-zaps"), **more)


def test_the_whole(alice, venlafaxine, zaps):
    found = of_zaps(alice)
    assert (found.medication, found.first, found.last) == (venlafaxine, EVERYTHING.first, TODAY)
    assert (found.before.value, found.before.n, found.before.days) == (1, 40, 40)
    assert (found.before_span, found.before_words) == (Span(on(-40), on(-1)), "before the taper")
    assert (found.recent.value, found.recent.n, found.recent.days) == (3, 27, 28)  # today is not rated yet
    (one,) = found.changes
    response = one.response
    assert (response.change.day, response.change.before, response.change.mg) == (CHANGE, 75, Decimal("37.5"))
    assert (response.baseline, response.onset, response.peak, response.state) == (1, 1, 3, "not yet")
    assert (response.window, response.raised) == (Span(CHANGE, on(27)), False)
    # Of 28 days: days -33 to -6 before the change; after it, day 28 to today are only three.
    assert found.quiet == (Quiet(28, 0, 1),)
    assert found.level == Level(30, 30, CHANGE)  # of days 1 to 30: today is seen by the two days before
    assert [(one.kind, one.span, one.going_on) for one in found.spells] == [("wave", Span(on(1), TODAY), True)]


def test_an_empty_journal(alice):
    found = what_followed(alice, EVERYTHING, MOOD)
    assert (found.medication, found.before, found.recent, found.changes) == (None, None, None, ())
    assert (found.quiet, found.level, found.spells) == ((), None, ())


def test_steps_and_no_entries_and_entries_and_no_steps(alice, bob, venlafaxine):
    found = what_followed(alice, EVERYTHING, MOOD)
    assert [one.response.state for one in found.changes] == [""]
    make_entry(bob, mood=5)
    assert what_followed(bob, EVERYTHING, MOOD).recent.value == 5


# -- before the taper -------------------------------------------------------------------------------------------------


def mood(owner, *pairs):
    for number, value in pairs:
        make_entry(owner, on(number), mood=value)


def test_before_the_taper_is_at_most_the_90_nearest_days(alice, venlafaxine):
    mood(alice, (-91, 1), (-90, 5), (-1, 7), (0, 2))
    found = what_followed(alice, EVERYTHING, MOOD)
    assert (found.before.value, found.before.n, found.before_span) == (6, 2, Span(on(-90), on(-1)))


def test_it_is_in_the_whole_record_and_not_in_the_period(alice, venlafaxine):
    make_step(venlafaxine, on(-100), 60, "reduction")
    mood(alice, (-110, 8), (-50, 4), (5, 2))
    found = what_followed(alice, Period(on(-10), TODAY), MOOD)
    assert (found.before.value, found.before_span) == (8, Span(on(-110), on(-101)))
    assert [one.response.change.day for one in found.changes] == [CHANGE]


def test_the_first_reduction_is_that_of_any_medication_and_no_start_or_increase(alice, venlafaxine):
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, on(-60), 15, "start")
    make_step(other, on(-50), 30, "increase")
    make_step(other, on(-20), 15)
    mood(alice, (-61, 9), (-51, 9), (-21, 3), (-19, 0))
    found = what_followed(alice, EVERYTHING, MOOD, medication=venlafaxine.pk)
    assert (found.before.value, found.before_span) == (7, Span(on(-61), on(-21)))


def test_where_the_record_starts_later_it_is_before_the_first_change_shown(alice, venlafaxine):
    make_step(venlafaxine, on(10), 40, "increase")
    mood(alice, (2, 6), (9, 8), (12, 0), (13, 0))
    found = what_followed(alice, EVERYTHING, MOOD)
    assert (found.before.value, found.before_words) == (7, "before the first change shown")
    assert found.before_span == Span(on(2), on(9))
    assert found.level.since == on(10)


def test_where_no_dose_went_down_there_is_none(alice):
    medication = make_medication(alice)
    make_step(medication, on(-50), 10, "start")
    make_step(medication, on(0), 20, "increase")
    mood(alice, (-5, 5), (5, 5))
    found = what_followed(alice, EVERYTHING, MOOD)
    assert (found.before, found.before_span, found.level, found.spells) == (None, None, None, ())
    assert len(found.changes) == 1


def test_level_counts_from_the_last_change_of_any_medication(alice, venlafaxine, zaps):
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, on(-60), 15, "start")
    make_step(other, on(20), 0, "stop")
    found = of_zaps(alice, medication=venlafaxine.pk)
    assert found.level == Level(10, 10, on(20))
    assert of_zaps(alice, Period(on(-40), on(15))).level == Level(15, 15, CHANGE)
    assert found.changes[0].response.others == (on(20),)
    assert found.changes[0].response.window.days == 28


# -- the changes ------------------------------------------------------------------------------------------------------


def test_only_changes_of_the_period_and_nothing_after_its_end(alice, venlafaxine, zaps):
    make_step(venlafaxine, on(20), 20)
    assert [one.response.change.day for one in of_zaps(alice).changes] == [CHANGE, on(20)]
    assert [one.response.change.day for one in of_zaps(alice, Period(on(1), TODAY)).changes] == [on(20)]
    (one,) = of_zaps(alice, Period(on(-5), on(10))).changes
    assert (one.response.window.last, one.response.state, one.response.seen) == (on(10), "not yet", 10)


def test_a_hold_and_a_start_are_no_changes(alice, venlafaxine, zaps):
    make_step(venlafaxine, on(5), 37.5, "hold")
    (one,) = of_zaps(alice).changes
    assert (one.response.window.days, one.response.cut) == (28, None)


def test_the_medication_whose_dose_changed_last_unless_one_is_asked_for(alice, bob, venlafaxine, zaps):
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, on(3), 15, "start")
    assert of_zaps(alice).medication == other
    assert of_zaps(alice, medication=venlafaxine.pk).medication == venlafaxine
    theirs = make_medication(bob)
    make_step(theirs, on(3), 15, "start")
    with pytest.raises(UnknownName):
        of_zaps(alice, medication=theirs.pk)


# -- missed doses -----------------------------------------------------------------------------------------------------


def take(medication, number, status="planned", mg=37.5):
    DoseTaken.objects.create(medication=medication, date=on(number), status=status, mg=Decimal(str(mg)))


def missed_of(alice):
    one = of_zaps(alice).changes[0]
    return one.missed, one.unrecorded, one.due


def test_missed_doses(alice, venlafaxine, zaps):
    assert missed_of(alice) == (None, 28, 28)
    take(venlafaxine, 27)
    assert missed_of(alice) == (0, 27, 28)
    take(venlafaxine, 3, "missed", 0)
    take(venlafaxine, 28, "missed", 0)  # after the window
    take(venlafaxine, -1, "missed", 0)  # before it
    assert missed_of(alice) == (1, 26, 28)


def test_nothing_due_is_none_missed(alice, zaps):
    medication = alice.medications.get()
    medication.steps.filter(starts_on=CHANGE).update(mg=0)
    assert missed_of(alice) == (0, 0, 0)


def test_off_days_of_a_pattern_are_not_due(alice, zaps):
    step = alice.medications.get().steps.get(starts_on=CHANGE)
    step.cycle_days = 2
    step.save()
    DosePart.objects.create(step=step, day=1, mg=75)
    assert missed_of(alice) == (None, 14, 14)


def test_doses_of_another_medication_do_not_count(alice, venlafaxine, zaps):
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, on(-60), 15, "start")
    take(other, 3, "missed", 0)
    one = of_zaps(alice, medication=venlafaxine.pk).changes[0]
    assert (one.missed, one.unrecorded, one.due) == (None, 28, 28)


# -- new symptoms -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [
        ([0] * 14 + [2], 0, None),
        (["-"] * 9 + [0] * 5 + [2], 0, None),
        (["-"] * 10 + [0] * 4 + [2], None, None),  # rated on four days only
        ([1] + [0] * 13 + [2], None, None),  # it was there 14 days before
        ([0.9] * 14 + [1], 0, None),  # under 1 is not there, 1 is
        ([0] * 14 + [0.9] * 28, None, None),
        ([0] * 14 + ["-", "-", 0, 4, 5], 3, None),
        ([0] * 14 + [0] * 27 + [1], 27, None),
        ([0] * 14 + [0] * 28 + [1], None, None),  # after the window
        ([0] * 14 + ["-"] * 20, None, None),
    ],
)
def test_a_new_symptom(alice, zaps, values, first, last):
    rate(alice, make_symptom(alice, "Nausea", builtin="nausea"), -14, values)
    new = of_zaps(alice).changes[0].new
    assert new == (() if first is None else (NewSymptom("Nausea", on(first), last),))


def test_when_it_was_last_there_is_looked_for_in_the_whole_record(alice, zaps):
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    rate(alice, nausea, -14, [0] * 14 + [2])
    rate(alice, nausea, -15, [1])
    assert of_zaps(alice).changes[0].new == (NewSymptom("Nausea", on(0), on(-15)),)
    Rating.objects.filter(entry__date=on(-15), symptom=nausea).update(severity=Decimal("0.9"))
    rate(alice, nausea, -900, [3, 2, 0])
    assert of_zaps(alice).changes[0].new == (NewSymptom("Nausea", on(0), on(-899)),)
    assert of_zaps(alice, Period(on(-3), TODAY)).changes[0].new == (NewSymptom("Nausea", on(0), on(-899)),)


def test_the_last_time_may_lie_in_an_earlier_window(alice, venlafaxine, zaps):
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    make_step(venlafaxine, on(20), 20)
    rate(alice, nausea, -14, [0] * 14 + [2, 2] + [0] * 18 + [0, 0, 3])
    first, second = of_zaps(alice).changes
    assert first.new == (NewSymptom("Nausea", on(0), None),)
    assert second.new == (NewSymptom("Nausea", on(22), on(1)),)


def test_new_symptoms_are_in_order_of_days_and_also_put_away_ones(alice, zaps):
    for name, day in (("Nausea", 4), ("Worry", 2), ("Anger", 2)):
        rate(alice, make_symptom(alice, name, builtin="", tracked=False), -14, [0] * (14 + day) + [2])
    assert [one.name for one in of_zaps(alice).changes[0].new] == ["Anger", "Worry", "Nausea"]


@pytest.mark.parametrize(("moods", "is_new"), [([1, 1], True), ([0.9, 1], False), ([2, 0], True)])
def test_the_mean_of_check_ins_counts_as_it_is(alice, zaps, moods, is_new):
    """0.95 is written as 1.0 and is under 1."""
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    rate(alice, nausea, -14, [0] * 14)
    entry = DailyEntry.objects.get(date=on(0))
    for hour, value in enumerate(moods):
        check_in = CheckIn.objects.create(entry=entry, time=dt.time(hour))
        Reading.objects.create(check_in=check_in, symptom=nausea, severity=Decimal(str(value)))
    refresh_days(alice, [entry.pk])
    assert bool(of_zaps(alice).changes[0].new) is is_new


def test_nobody_elses_record_is_looked_at(alice, bob, zaps):
    nausea = make_symptom(bob, "Nausea", builtin="nausea")
    rate(bob, nausea, -14, [0] * 14 + [2])
    take(make_medication(bob), 3, "missed", 0)
    found = of_zaps(alice)
    assert (found.changes[0].new, found.changes[0].missed) == ((), None)


# -- cost -------------------------------------------------------------------------------------------------------------


def test_several_measures_at_once_are_the_same_as_one_at_a_time(alice, venlafaxine, zaps):
    measures = response_measures(alice)
    assert followed_by_measure(alice, EVERYTHING, measures) == [
        what_followed(alice, EVERYTHING, one) for one in measures
    ]


def test_the_number_of_queries_does_not_grow(alice, venlafaxine, zaps, django_assert_num_queries):
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    rate(alice, nausea, -14, [0] * 14 + [2])
    measure = measure_of(alice, "brain-zaps")
    with django_assert_num_queries(9):
        what_followed(alice, EVERYTHING, measure)
    for number in range(400):
        make_step(venlafaxine, on(-1001 + number * 2), 70 - number % 2)
    rate(alice, nausea, -900, [0] * 20 + [3] * 2 + [0] * 20 + [4] * 2 + [0] * 20)
    with django_assert_num_queries(9):
        assert sum(bool(one.new) for one in what_followed(alice, EVERYTHING, measure).changes) >= 3
