"""Responses laid over each other: hand-worked."""

from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.aligned import Aligned, aligned, middle_half, stretches
from journal.analysis.doses import Change
from journal.analysis.responses import responses

from .charting import day

F = Fraction


def series(start: int, text: str) -> dict:
    """Digits from day ``start`` on; a dot is a missing day."""
    return {day(start + n): Decimal(c) for n, c in enumerate(text) if c != "."}


def line(values: dict, *changes: tuple[int, int], last: int = 60, better: str = "down") -> Aligned | None:
    made, before = [Change(day(-99), None, Decimal(20))], Decimal(20)
    for at, mg in changes:
        made.append(Change(day(at), before, Decimal(mg)))
        before = Decimal(mg)
    return aligned(values, responses(values, made, day(last), better)[0])


@pytest.mark.parametrize(
    ("before", "after", "means", "days"),
    [
        # the week before is 2 on average; day 1 has two values, day 2 three
        ("2222222", "234", {-6: 0, -1: 0, 1: F(1, 2), 2: 1, 3: F(3, 2)}, {0: 0, 1: 1, 2: 2}),
        # means of the week before look at that week alone, and never over the change
        ("1112333", "9", {-6: -1, -5: -1, -4: F(-2, 3), -3: 0, -1: 1}, {-7: -1, 0: 7}),
        # days 0 and 3 are missing: no mean rests on a single value
        ("22222..", ".3..4", {-3: 0, -2: 0, -1: None, 1: None, 2: None, 4: None}, {1: 1, 2: None, 4: 2}),
    ],
)
def test_by_hand(before, after, means, days):
    found = line(series(0, before) | series(7, after), (7, 15), last=7 + len(after) - 1)
    for number, value in means.items():
        if number == 3:  # the window ends with the record
            assert found.means.get(3) is None
        else:
            assert found.means.get(number) == value, number
    for number, value in days.items():
        assert found.days.get(number) == value, number


def test_a_change_without_a_baseline_cannot_be_laid_over_others():
    assert line(series(5, "22333"), (7, 15)) is None
    assert line(series(4, "222333"), (7, 15)) is not None


def test_mood_keeps_its_direction():
    found = line(series(0, "6666666555"), (7, 15), last=9, better="up")
    assert found.means[2] == -1


def test_the_line_ends_where_the_next_change_came():
    found = line(series(0, "2" * 40), (7, 15), (12, 10))
    assert found.end == 4
    assert max(found.days) == 4


def test_a_line_is_broken_at_the_change_and_where_a_day_has_no_mean():
    found = {-2: F(0), -1: F(1), 0: F(2), 1: F(3), 3: F(4)}
    assert [[d for d, _ in run] for run in stretches(found)] == [[-2, -1], [0, 1], [3]]
    assert stretches({}) == []


def test_the_middle_half():
    def flat(value):
        return Aligned(None, {1: F(value)}, {})

    found = middle_half(map(flat, (4, 1, 3, 2)))[1]
    assert (found.low, found.high, found.n) == (F(7, 4), F(13, 4), 4)
    found = middle_half(map(flat, (1, 2, 3, 4, 5)))[1]
    assert (found.low, found.high, found.n) == (2, 4, 5)
    assert middle_half(map(flat, (1, 2, 3))) == {}
