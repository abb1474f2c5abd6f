"""Mood after short nights and after others: two means, side by side, and nothing about why."""

from fractions import Fraction

from .levels import Mean
from .series import Series, Span, recorded

SHORT = 6
"""A night of fewer hours is short."""
LEAST_DAYS = 10
"""On each side, before the two means are told."""


def mood_after(hours: Series, mood: Series, period: Span) -> tuple[Mean, Mean] | None:
    """Mean mood of the days that short nights led to, and of those that the others did.

    Both series by the day that a night led to. A day without the one or the other counts on neither side. None where
    one side has fewer than 10 days.
    """
    slept, moods = recorded(hours, period), recorded(mood, period)
    sides: tuple[list, list] = ([], [])
    for day, felt in moods.items():
        if day in slept:
            sides[slept[day] >= SHORT].append(felt)
    if min(map(len, sides)) < LEAST_DAYS:
        return None
    short, others = (Mean(Fraction(sum(map(Fraction, side))) / len(side), len(side), period.days) for side in sides)
    return short, others
