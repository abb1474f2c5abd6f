"""What followed a dose change: tables of cases worked by hand, a rule at a time."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.doses import Change, changes
from journal.analysis.levels import Level, Mean, level_since
from journal.analysis.quiet import Quiet, quiet
from journal.analysis.responses import State, responses
from journal.analysis.scaled import Scaled
from journal.analysis.series import Span
from journal.charts.model import DoseChange

DAY = date(2026, 3, 1)
MISSING = "-"


def day(number: int) -> date:
    return DAY + timedelta(number)


def ratings(before: str, after: str) -> dict[date, Decimal]:
    """Words of ``before`` end on the day before DAY, those of ``after`` begin on it."""
    words = [*enumerate(reversed(before.split()), 1)]
    found = {day(-place): word for place, word in words} | {day(n): word for n, word in enumerate(after.split())}
    return {when: Decimal(word) for when, word in sorted(found.items()) if word != MISSING}


def steps(*days: int, mg: int = 100) -> list[Change]:
    """A start long ago, then a change on each of these days."""
    doses = [DoseChange(day(-400), Decimal(mg))]
    doses += [DoseChange(day(number), Decimal(mg - 1 - place)) for place, number in enumerate(days)]
    return changes(doses)


def followed(week: str, after: str, *, next_change=None, last=None, better="down", **more):
    """What followed the change on DAY. ``last``: by default the last day of ``after``."""
    days = [0] if next_change is None else [0, next_change]
    last = day(len(after.split()) - 1 if last is None else last)
    return responses(ratings(week, after), steps(*days), last, better, **more)[0]


def dots(text: str) -> list[int | None]:
    return [None if word == "." else int(word) for word in text.split()]


CALM = "1 1 1 1 1 1 1"


@pytest.mark.parametrize(
    ("before", "baseline", "n"),
    [
        ("1 2 3 4 5 6 7", 4, 7),
        ("9 1 2 3 4 5 6 7", 4, 7),  # s-8 is not of the week
        ("- - - - 2 1 0", 1, 3),
        ("2 - 1 - - 0 -", 1, 3),
        ("- - - - - 2 1", None, 2),
        ("- - - - - - 9", None, 1),
        ("- - - - - - -", None, 0),
        ("", None, 0),
        ("0 0 0 - - - -", 0, 3),
        ("0 0 1 - - - -", Fraction(1, 3), 3),
    ],
)
def test_the_week_before(before, baseline, n):
    found = followed(before, "1 1 1")
    assert (found.baseline, found.baseline_n) == (baseline, n)


# after: onset peak-day return (days, "." for none), state
RISES = [
    (CALM, "1 1 1 1 1 1", ". . .", "no rise"),
    (CALM, "5 5 5 5 5", "1 1 .", "not yet"),  # day 0 alone is no mean of three
    (CALM, "2 2 2 2", "1 1 .", "not yet"),  # exactly 1.0 worse
    (CALM, "1.9 2 2 1.9", ". . .", "no rise"),  # means 1.95, 1.967, 1.967
    (CALM, "1 5 1 1", ". . .", "no rise"),  # one tap: mean 3 on day 1, but only one day is worse
    (CALM, "1 5 1 2", "3 1 .", "not yet"),  # the second worse day comes on day 3; the worst mean was on day 1
    (CALM, "1 5 1.1 1", "2 1 .", "not yet"),  # 1.1 is worse, too: day 2 is (1 + 5 + 1.1) / 3 = 2.37
    (CALM, "- 5 - 5", "3 3 .", "not yet"),  # day 3: two of three
    (CALM, "5 - - 5 - - 5", ". . .", ""),  # never two of three: the rule cannot be applied
    (CALM, "- - - 5 5", "4 4 .", "not yet"),
    (CALM, "- - - -", ". . .", ""),
    (CALM, "5", ". . .", ""),
    (CALM, "5 5", "1 1 .", "not yet"),
    ("- - - - - 1 1", "5 5 5 5", ". . .", ""),  # two values before: nothing to compare with
    ("- - - - 1 1 1", "5 5 5 5", "1 1 .", "not yet"),
    (CALM, "3 3 1 1 1 1 1", "1 1 4 ", "returned"),  # means 3 3 2.33 1.67 1 1 1 from day 1: back on days 4, 5, 6
    (CALM, "3 3 1 1 1 1", "1 1 .", "not yet"),  # day 6 was not seen
    (CALM, "3 3 1 1 1 1 -", "1 1 4", "returned"),  # day 6 is not rated, but two of its three are
    (CALM, "3 3 1 1 1 1 - -", "1 1 4", "returned"),
    (CALM, "3 3 1 1 - - 1 1 1 1", "1 1 7", "returned"),  # days 5 and 6 have one of three
    (CALM, "4 4 1.4 1.4 1.4 1.4 1.4", "1 1 4", "returned"),  # 0.4 worse is back
    (CALM, "4 4 1.5 1.5 1.5 1.5 1.5", "1 1 .", "not yet"),  # exactly 0.5 worse is not
    # Means from day 1 on: 2 2 2.67 3.33 4 3 2 1 1 1.
    (CALM, "2 2 2 4 4 4 1 1 1 1 1", "1 5 8", "returned"),
    # One tap is the worst, means of three are calm from day 4 on, and the rise is on day 10: it is back after that.
    (CALM, "1 9 1 1 1 1 1 1 2 2 2", "10 1 .", "not yet"),
    (CALM, "1 9 1 1 1 1 1 1 2 2 2 1 1 1 1", "10 1 12", "returned"),
    # Calm from day 4 to day 7, and then worse than before: the return is after the worst.
    (CALM, "3 3 1 1 1 1 1 1 5 5 5", "1 10 .", "not yet"),
    (CALM, "3 3 1 1 1 1 1 1 5 5 5 1 1 1 1 1", "1 10 13", "returned"),
    (CALM, "2 4 4 4 4 4 1 1 1 1 1", "1 3 8", "returned"),  # means from day 1: 3 3.33 4 4 4 3 2 1 1 1
]


@pytest.mark.parametrize(("before", "after", "days", "state"), RISES)
def test_a_rise_its_worst_days_and_its_return(before, after, days, state):
    found = followed(before, after)
    assert [found.onset, found.peak_day if found.rose else None, found.return_day] == dots(days)
    assert found.state == state
    if found.onset is None:
        assert (found.peak_day, found.peak, found.return_day) == (None, None, None)


@pytest.mark.parametrize(("before", "after", "days", "state"), RISES)
def test_where_ten_is_best_the_same_upside_down(before, after, days, state):
    upside_down = [
        " ".join(word if word == MISSING else str(10 - Decimal(word)) for word in text.split())
        for text in (before, after)
    ]
    found = followed(*upside_down, better="up")
    assert [found.onset, found.peak_day, found.return_day] == dots(days)
    assert found.state == state
    down = followed(before, after)
    assert found.excess == down.excess
    assert found.peak == (None if down.peak is None else 10 - down.peak)


def test_ties_on_tenths_are_ties():
    """In binary 0.1 + 0.2 is more than 0.3, and 1.1 less 0.1 is not 1."""
    assert followed("0.1 0.2 0.3 - - - -", "1.1 1.2 1.3").onset == 2  # 1.2 against 0.2; day 1 is 1.15
    assert followed("0.1 0.1 0.1 - - - -", "1.1 1.1").onset == 1
    assert followed("0.7 0.7 0.7 0.7 0.7 0.7 0.7", "1.7 1.7").onset == 1
    assert followed("0.7 0.7 0.7 0.7 0.7 0.7 0.7", "1.7 1.6 1.7").onset is None
    near = followed("0.1 0.2 0.3 - - - -", "3 3 0.7 0.7 0.7 0.7 0.7 0.7")
    assert near.state == State.NOT_YET  # 0.7 is exactly 0.5 above 0.2


def test_means_of_check_ins_are_exact():
    third = Fraction(1, 3)
    values = {day(-n): third for n in range(1, 8)} | {day(n): third + 1 for n in range(4)}
    found = responses(values, steps(0), day(3))[0]
    assert (found.onset, found.peak, found.baseline) == (1, Fraction(4, 3), third)


@pytest.mark.parametrize(
    ("after", "excess"),
    [
        ("3 - 2 4", 2),
        ("0 0 0", -1),
        ("1 - -", 0),
        ("- - -", None),
        ("1 1 2", Fraction(1, 3)),
    ],
)
def test_above_the_week_before(after, excess):
    assert followed(CALM, after).excess == excess
    assert followed("- - - - - 1 1", after).excess is None


# -- windows ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("apart", "days", "cut"),
    [(1, 1, True), (2, 2, True), (6, 6, True), (7, 7, True), (27, 27, True), (28, 28, False), (60, 28, False)],
)
def test_steps_so_many_days_apart(apart, days, cut):
    values = ratings(CALM, " ".join(["5"] * 90))
    found = responses(values, steps(0, apart), day(89))
    assert [one.change.day for one in found] == [day(0), day(apart)]
    assert found[0].window == Span(day(0), day(days - 1))
    assert found[0].cut == (day(apart) if cut else None)
    assert found[1].window == Span(day(apart), day(apart + 27))
    # A window of one day has no 3-day mean: the rule cannot be applied.
    assert found[0].state == ("" if apart == 1 else "cut" if cut else "not yet")
    assert found[0].seen == days - 1


def test_two_steps_on_neighbouring_days_share_most_of_their_week_before():
    found = responses(ratings(CALM, "8 8 8 8"), steps(0, 1), day(3))
    assert [one.baseline for one in found] == [1, 2]  # the second week holds one 8: (6 + 8) / 7


def test_the_mean_of_three_days_never_looks_before_the_change():
    """Day 0 and day 1 see no day of the week before, however bad that was."""
    assert followed("1 1 1 1 1 9 9", "- 5 5").m3 == {2: 5}
    assert followed(CALM, "5 5").m3 == {1: 5}


def test_the_next_change_cuts_off_a_return():
    """Back on days 4, 5 and 6 needs day 6; the next change on day 6 hides it, one on day 7 does not."""
    after = "3 3 1 1 1 1 1 1 1"
    assert (followed(CALM, after, next_change=6).state, followed(CALM, after, next_change=6).seen) == ("cut", 5)
    assert (followed(CALM, after, next_change=7).state, followed(CALM, after, next_change=7).return_day) == (
        "returned",
        4,
    )


def test_a_return_at_the_very_end_of_the_window():
    """Days 25, 26 and 27 are the last that can be three in a row."""
    until = "3 " * 23
    assert followed(CALM, until + "1 1 1 1 1", last=40).return_day == 25
    late = followed(CALM, until + "3 1 1 1 1 1 1 1", last=40)
    assert (late.return_day, late.state, late.seen) == (None, "not yet", 27)


def test_not_yet_goes_by_the_last_day_that_was_rated():
    found = followed(CALM, "5 5 5 - -", last=20)
    assert (found.state, found.seen, found.n, found.window.days) == ("not yet", 2, 3, 21)


def test_a_change_to_come_cuts_nothing():
    """What is planned for later, or began after the last day shown, is not seen yet."""
    found = followed(CALM, "5 5 5", next_change=10)
    assert (found.state, found.cut, found.window.days) == ("not yet", None, 3)


def test_the_last_day_is_never_passed():
    found = followed(CALM, "5 5 5 1 1 1 1 1", last=2)
    assert (found.window, found.n) == (Span(day(0), day(2)), 3)
    assert responses(ratings(CALM, "5 5"), steps(0), day(-1)) == []


def test_the_first_dose_is_no_change_and_a_hold_ends_nothing():
    doses = [DoseChange(day(0), Decimal(50)), DoseChange(day(5), Decimal(40)), DoseChange(day(9), Decimal(40))]
    found = responses(ratings(CALM, "1 " * 40), changes(doses), day(39))
    assert [(one.change.day, one.window.days, one.cut) for one in found] == [(day(5), 28, None)]


def test_a_step_before_the_first_entry():
    values = {day(20 + n): Decimal(5) for n in range(5)}
    found = responses(values, steps(0), day(30))[0]
    assert (found.baseline_n, found.n, found.state, found.excess, found.raised) == (0, 5, "", None, None)


def test_nothing_at_all():
    found = responses({}, steps(0), day(30))[0]
    assert (found.n, found.seen, found.m3, found.state) == (0, None, {}, "")
    assert responses({}, [], day(0)) == []


def test_only_changes_from_the_first_day_on():
    values = ratings(CALM, "5 " * 30)
    assert [one.change.day for one in responses(values, steps(0, 9), day(29), first=day(1))] == [day(9)]


def test_other_medications_are_noted_where_they_lie_inside():
    found = followed(CALM, "1 " * 40, next_change=10, others=[day(-1), day(0), day(9), day(10), day(9)])
    assert found.others == (day(0), day(9))
    assert found.window.days == 10


@pytest.mark.parametrize(
    ("mean", "better", "raised"),
    [("0.5", "down", True), ("0.51", "down", False), ("1", "down", False), ("1.5", "up", True), ("1.4", "up", False)],
)
def test_a_raised_week_before(mean, better, raised):
    before = Mean(Fraction(mean), 20, 20)
    assert followed(CALM, "1 1 1", better=better, before=before).raised is raised
    assert followed("1 1", "1 1 1", better=better, before=before).raised is None
    assert followed(CALM, "1 1 1", better=better).raised is None


def test_what_is_not_a_number_is_missing():
    values = ratings(CALM, "5 5") | {day(2): float("nan"), day(3): None, day(4): 5.0}
    found = responses(values, steps(0), day(4))[0]
    assert (found.n, found.m3) == (3, {1: 5, 2: 5})


# -- level ------------------------------------------------------------------------------------------------------------

BEFORE = Mean(Fraction(1), 43, 43)


@pytest.mark.parametrize(
    ("after", "worse", "days"),
    [
        ("5 5 5 5", 3, 3),  # day 0 has no mean
        ("2 2 2", 2, 2),  # exactly 1.0
        ("1.9 2 2", 0, 2),
        ("1 1 4 4 4", 3, 4),  # means 1 2 3 4
        ("5 - - 5 5", 1, 1),
        ("5 5 -", 2, 2),  # the day after is seen by two of three
        ("- 5 -", None, None),
        ("", None, None),
    ],
)
def test_level(after, worse, days):
    scaled = Scaled(ratings("9 9 9", after))  # the days before are not looked at
    found = level_since(scaled, DAY, day(max(0, len(after.split()) - 1)), BEFORE)
    assert found == (None if days is None else Level(worse, days, DAY))


def test_level_where_ten_is_best():
    assert level_since(Scaled(ratings("", "6 6 7")), DAY, day(2), Mean(Fraction(7), 9, 9), "up") == Level(1, 2, DAY)


# -- the same without a change ----------------------------------------------------------------------------------------


def flat(first: int, last: int, value: str = "1") -> dict[date, Decimal]:
    return {day(n): Decimal(value) for n in range(first, last + 1)}


@pytest.mark.parametrize(
    ("values", "days", "last", "length", "stretches"),
    [
        (flat(0, 99), [], 99, 7, 13),  # from day 7: 93 days
        (flat(0, 13), [], 13, 7, 1),
        (flat(0, 12), [], 12, 7, 0),
        (flat(0, 99), [14], 14, 7, 1),  # days 7 to 13
        (flat(0, 99), [13], 13, 7, 0),
        (flat(0, 99), [0], 99, 7, 10),  # from day 28: 72 days; none before the change
        (flat(0, 99), [0], 34, 7, 1),  # days 28 to 34
        (flat(0, 99), [0], 33, 7, 0),
        (flat(0, 99), [0, 35], 50, 7, 1),  # the next change ends it on day 34
        (flat(0, 99), [0, 34], 50, 7, 0),
        (flat(0, 99), [14, 20], 99, 28, 1),  # from day 48: 52 days
        (flat(0, 99), [14, 200], 99, 7, 1 + 8),  # a change after the last day ends nothing
        (flat(21, 99), [0], 99, 7, 10),  # rated since day 21 only: that is the week before
        # From day 28 nothing is rated; that from day 42 has 2 days before it. Day 49 is the first.
        (flat(40, 99), [0], 99, 7, 7),
        ({}, [0], 99, 7, 0),
        (flat(0, 99), [14], 99, 1, 0),  # one day has no 3-day mean
    ],
)
def test_stretches_without_a_change(values, days, last, length, stretches):
    found = quiet(Scaled(values), [day(n) for n in days], day(last), [length])
    assert found == (Quiet(length, 0, stretches),)


def test_rises_without_a_change_are_counted_with_the_same_rule():
    """Two stretches of 7 days from day 7 on: the first goes up by 1, the second by 0.9 more."""
    values = flat(0, 6) | flat(7, 13, "2") | flat(14, 20, "2.9")
    assert quiet(Scaled(values), [], day(20), [7, 14, 7]) == (Quiet(7, 1, 2), Quiet(14, 1, 1))
    assert quiet(Scaled(values), [], day(20), [7], "up") == (Quiet(7, 0, 2),)


def test_a_stretch_counts_only_where_the_rule_can_be_applied():
    values = flat(0, 1) | flat(7, 30)  # two days in the first week
    assert quiet(Scaled(values), [], day(20), [7]) == (Quiet(7, 0, 1),)
    gap = flat(0, 6) | flat(14, 20)  # nothing in the first stretch, and so nothing before the second
    assert quiet(Scaled(gap), [], day(20), [7]) == (Quiet(7, 0, 0),)
