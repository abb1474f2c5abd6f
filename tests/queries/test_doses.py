"""What is due on a day, what was recorded, and the steps of a period."""

import datetime as dt
from decimal import Decimal

import pytest

from journal.models import DosePart, DoseTaken
from journal.queries.doses import coverage_of, due_on, steps_in
from tests.conftest import TODAY, make_medication, make_step

D = dt.date


def taken(medication, day, status="planned", mg=10):
    return DoseTaken.objects.create(medication=medication, date=day, status=status, mg=Decimal(mg))


def test_it_works(alice, django_assert_num_queries):
    medication = make_medication(alice)
    make_step(medication, D(2026, 10, 2), 48, "start")
    step = make_step(medication, D(2026, 11, 13), "37.5")
    dose = taken(medication, TODAY)
    with django_assert_num_queries(3):
        [due] = due_on(alice, TODAY)
        assert (due.medication, due.step, due.taken) == (medication, step, dose)
        assert (due.mg_a_day, due.mg_today, due.parts_today) == (Decimal("37.5"), Decimal("37.5"), ())
        assert (due.day_number, due.since) == (9, D(2026, 11, 13))
        assert (due.previous_mg, due.previous_until) == (48, D(2026, 11, 12))


def test_the_day_of_the_change_is_day_0_and_the_first_dose_has_none_before(alice):
    make_step(make_medication(alice), TODAY, 5, "start")
    [due] = due_on(alice, TODAY)
    assert (due.day_number, due.previous_mg, due.previous_until) == (0, None, None)


def test_a_hold_does_not_start_the_count_again(alice):
    medication = make_medication(alice)
    make_step(medication, D(2026, 11, 1), 48, "start")
    make_step(medication, D(2026, 11, 13), "37.5")
    hold = make_step(medication, D(2026, 11, 20), "37.5", "hold")
    [due] = due_on(alice, TODAY)
    assert (due.step, due.day_number, due.previous_mg) == (hold, 9, 48)


def test_at_0_mg_nothing_is_due_and_the_days_are_counted(alice):
    medication = make_medication(alice)
    make_step(medication, D(2012, 11, 12), 9, "start")
    make_step(medication, D(2012, 11, 19), 0, "stop")
    [due] = due_on(alice, D(2013, 4, 8))
    assert (due.mg_today, due.is_due, due.day_number) == (0, False, 140)


def test_parts_and_off_days(alice):
    medication = make_medication(alice)
    step = make_step(medication, TODAY, 10, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, when="morning", mg=15)
    DosePart.objects.create(step=step, day=1, when="night", mg=5)
    [on], [off] = due_on(alice, TODAY), due_on(alice, TODAY + dt.timedelta(1))
    assert (on.mg_today, [part.when for part in on.parts_today]) == (20, ["morning", "night"])
    assert (off.mg_today, off.is_due, off.parts_today) == (0, False, ())


def test_before_the_first_step_and_for_others_nothing_is_listed(alice, bob):
    make_step(make_medication(alice), TODAY, 5, "start")
    make_medication(alice, "Waiting")
    assert due_on(alice, TODAY - dt.timedelta(1)) == []
    assert due_on(bob, TODAY) == []


def test_it_asks_the_database_three_times_for_any_number_of_medications(alice, django_assert_num_queries):
    for number in range(5):
        medication = make_medication(alice, f"Number {number}")
        for back in range(40):
            make_step(medication, TODAY - dt.timedelta(back), back + 1)
    with django_assert_num_queries(3):
        assert len(due_on(alice, TODAY)) == 5


def test_the_steps_of_a_period_begin_with_the_one_in_force(alice, django_assert_num_queries):
    medication, other = make_medication(alice), make_medication(alice, "Diazepam")
    days = [D(2026, 1, 1), D(2026, 2, 1), D(2026, 3, 1), D(2026, 4, 1)]
    steps = [make_step(medication, day, 10 - n) for n, day in enumerate(days)]
    late = make_step(other, D(2026, 3, 31), 5)
    with django_assert_num_queries(1):
        assert steps_in(alice, D(2026, 2, 15), D(2026, 3, 31)) == {medication: steps[1:3], other: [late]}
    assert steps_in(alice, D(2026, 2, 1), D(2026, 2, 1)) == {medication: steps[1:2]}
    assert steps_in(alice, D(2025, 1, 1), D(2025, 12, 31)) == {}


def coverage(medication, first, last):
    """``coverage_of`` the medication's rows."""
    doses = medication.doses_taken.filter(date__range=(first, last))
    return coverage_of(list(medication.steps.order_by("starts_on")), list(doses.order_by("date")), first, last)


def test_not_recorded_is_never_missed(alice):
    medication = make_medication(alice)
    make_step(medication, D(2026, 1, 1), 10, "start")
    make_step(medication, D(2026, 1, 8), 0, "stop")
    for day, status in [(1, "planned"), (2, "missed"), (3, "late"), (4, "other")]:
        taken(medication, D(2026, 1, day), status)
    found = coverage(medication, D(2025, 12, 1), D(2026, 1, 31))
    assert (found.due, found.recorded, found.without_record) == (7, 4, 3)
    assert (found.missed, found.late, found.other, found.not_due) == ((D(2026, 1, 2),), 1, 1, ())


def test_days_with_nothing_due_count_neither_way(alice):
    medication = make_medication(alice)
    step = make_step(medication, D(2026, 1, 1), 10, "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=20)
    make_step(medication, D(2026, 1, 7), 0, "stop")
    taken(medication, D(2026, 1, 1))
    taken(medication, D(2026, 1, 2), "missed", 0)  # an off-day: nothing to miss
    taken(medication, D(2026, 1, 9), "other", 5)  # taken at 0 mg a day: a fact of its own
    found = coverage(medication, D(2026, 1, 1), D(2026, 1, 31))
    assert (found.due, found.recorded, found.missed, found.other) == (3, 1, (), 0)
    assert found.not_due == (D(2026, 1, 9),)


@pytest.mark.parametrize(("first", "last", "due"), [(1, 3, 3), (3, 3, 1), (10, 12, 0)])
def test_only_days_of_the_period_count(alice, first, last, due):
    medication = make_medication(alice)
    make_step(medication, D(2025, 1, 1), 10, "start")
    make_step(medication, D(2026, 1, 8), 0, "stop")
    assert coverage(medication, D(2026, 1, first), D(2026, 1, last)).due == due
