"""Written, or changed, on a later day than the one it is about."""

import datetime as dt

import pytest

from journal.queries.later import later_words

DAY = dt.date(2026, 11, 22)


def after(days: int) -> dt.date:
    return DAY + dt.timedelta(days)


@pytest.mark.parametrize(
    ("written", "changed", "words"),
    [
        (0, 0, ""),
        (1, 1, "written 1 day later"),
        (3, 3, "written 3 days later"),
        (0, 5, "changed 5 days later"),
        (3, 5, "written 3 days later, changed 5 days later"),
        (1500, 1500, "written 1,500 days later"),
        # over the date line, a day can be written before it begins at home
        (-1, -1, ""),
        (-1, 0, ""),
        (-1, 2, "changed 2 days later"),
        # a clock that was set back between the two says nothing
        (3, 2, "written 3 days later"),
    ],
)
def test_it_says_so_in_days(written, changed, words):
    assert later_words(DAY, after(written), after(changed)).replace("\u00a0", " ") == words
