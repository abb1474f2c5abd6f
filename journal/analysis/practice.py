"""What practising a skill did to distress: two medians over the same practices, and how many those were."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

SHOWN_FROM = 5
"""From so many practices with both figures on, a change is shown. Fewer say more about chance than about the skill."""


@dataclass(frozen=True, slots=True)
class Change:
    """Median distress before and after, over the ``n`` practices for which both are known."""

    before: Decimal
    after: Decimal
    n: int

    @property
    def words(self) -> str:
        """In a sentence: "distress 7 to 4, median of 12"."""
        return f"distress {half_text(self.before)} to {half_text(self.after)}, median of {self.n}"


def change(before: Mapping[Decimal, int], after: Mapping[Decimal, int]) -> Change | None:
    """From how often each figure was given (of practices that have both); None under ``SHOWN_FROM``."""
    n = sum(before.values())
    if n < SHOWN_FROM:
        return None
    return Change(median(before), median(after), n)


def median(counts: Mapping[Decimal, int]) -> Decimal:
    """The median of figures given as figure -> how often. Raises ValueError when there are none."""
    total = sum(counts.values())
    if not total:
        raise ValueError("no figures")
    return (_at(counts, (total - 1) // 2) + _at(counts, total // 2)) / 2


def _at(counts: Mapping[Decimal, int], place: int) -> Decimal:
    for figure in sorted(counts):
        if place < counts[figure]:
            return figure
        place -= counts[figure]
    raise ValueError("no such place")


def half_text(value: Decimal) -> str:
    """A median of distress as it is written, to the nearest half: "7", "6.5". Halfway between goes up."""
    halves = floor(Fraction(value) * 2 + Fraction(1, 2))
    return f"{halves // 2}.5" if halves % 2 else f"{halves // 2}"
