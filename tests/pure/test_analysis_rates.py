"""How often a rise followed a change, beside how often one is found without: counts by length."""

from datetime import date, timedelta

import pytest

from journal.analysis.doses import Change
from journal.analysis.quiet import Quiet
from journal.analysis.rates import Rate, rates
from journal.analysis.responses import Response, State
from journal.analysis.series import Span

DAY = date(2012, 10, 1)


def after(days: int, rose: bool = False, mg: int = 5, known: bool = True) -> Response:
    """What followed a change from 10 mg, looked at for so many days."""
    return Response(
        change=Change(DAY, 10, mg),
        window=Span(DAY, DAY + timedelta(days - 1)),
        baseline=None,
        baseline_n=7,
        n=days,
        seen=days - 1,
        onset=2 if rose else None,
        state=State.NOT_YET if rose else State.NO_RISE if known else State.UNKNOWN,
    )


def test_each_length_has_a_row_with_both_counts():
    found = rates([after(28), after(6, rose=True), after(6)], [Quiet(6, 4, 24), Quiet(28, 2, 5)])
    assert found.rows == (Rate(6, 1, 2, 4, 24), Rate(28, 0, 1, 2, 5))
    assert (found.rises, found.changes, found.stretches) == (1, 3, 29)


def test_what_could_not_be_compared_is_in_no_row_and_increases_are_counted():
    found = rates([after(6, known=False), after(6, mg=20), after(7, known=False, mg=20)], [Quiet(6, 0, 9)])
    assert (found.rows, found.increases, found.unknown) == ((Rate(6, 0, 1, 0, 9),), 1, 2)


@pytest.mark.parametrize(
    ("stretches", "rows"),
    [
        ((9, 3), [(6, 9), (7, 3)]),
        ((9, 2), [(6, 9), (7, 2)]),
        ((2, 1), [(6, 2), (7, 1)]),  # all of them: nothing is "other" than nothing
        ((2, 9, 0), [(7, 9), (None, 2)]),
    ],
)
def test_lengths_with_few_stretches_share_a_row(stretches, rows):
    lengths = range(6, 6 + len(stretches))
    quiet = [Quiet(days, 0, n) for days, n in zip(lengths, stretches, strict=True)]
    found = rates([after(days) for days in lengths], quiet)
    assert [(row.days, row.stretches) for row in found.rows] == rows
    assert found.changes == len(stretches)


def test_nothing():
    assert rates([], []).rows == ()
