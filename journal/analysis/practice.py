"""What practising a skill did to distress: medians and a range over the practices with both figures, and how many."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from journal.analysis.numbers import mg_text, round_half_up, signed_rating_text

SHOWN_FROM = 5
"""From so many practices with both figures on, a change is shown. Fewer say more about chance than about the skill."""

CHANGE_SAID = (
    "The change is taken practice by practice, and the middle one is shown. So it can differ from the step between the "
    "two figures beside it."
)
"""Why a median change need not be the distance between two medians, for pages that show both."""

Pair = tuple[Decimal | None, Decimal | None]
"""Distress before and after one practice, each 0 to 10, or None where it was not said."""


@dataclass(frozen=True, slots=True)
class Change:
    """What ``n`` practices with both figures did to distress.

    ``before`` and ``after`` are the medians of the two figures. ``by`` is the median of after minus before of each
    practice, so it can differ from the distance between those two; ``lowest`` and ``highest`` are its ends. All in
    points; below 0 distress was lower after.
    """

    before: Decimal
    after: Decimal
    by: Decimal
    lowest: Decimal
    highest: Decimal
    n: int

    @property
    def words(self) -> str:
        """In a sentence, the median change with the two medians: "distress 7 to 4, change −3, median of 12"."""
        by = round_half_up(self.by, 1)
        sign = "\u2212" if by < 0 else "+" if by else ""
        step = f"{median_text(self.before)} to {median_text(self.after)}, change {sign}{mg_text(abs(by))}"
        return f"distress {step}, median of {self.n:,}"

    @property
    def by_words(self) -> str:
        """How far it moved: "3 lower, median of 12"."""
        return f"{points_text(self.by)}, median of {self.n:,}"

    @property
    def range_words(self) -> str:
        """From the one end to the other: "from 6 lower to 1 higher", "2 lower each time"."""
        if self.lowest == self.highest:
            return f"{points_text(self.lowest)} each time"
        return f"from {points_text(self.lowest)} to {points_text(self.highest)}"

    @property
    def range_text(self) -> str:
        """The same with signs, for a chart: "−6.0 to +1.0"."""
        return f"{signed_rating_text(self.lowest)} to {signed_rating_text(self.highest)}"


@dataclass(frozen=True, slots=True)
class Tally:
    """Practices of one kind: how many ``times`` in all, ``n`` of them with both figures; ``change`` from five on."""

    times: int = 0
    n: int = 0
    change: Change | None = None


def tally(pairs: Mapping[Pair, int]) -> Tally:
    """From how often each pair of figures was given; a pair with a figure missing counts in ``times`` only."""
    both = {pair: n for pair, n in pairs.items() if None not in pair}
    return Tally(sum(pairs.values()), sum(both.values()), change(both))


def change(pairs: Mapping[tuple[Decimal, Decimal], int]) -> Change | None:
    """From how often each pair of figures (before, after) was given; None under ``SHOWN_FROM`` of them."""
    n = sum(pairs.values())
    if n < SHOWN_FROM:
        return None
    befores, afters, moved = Counter(), Counter(), Counter()
    for (before, after), count in pairs.items():
        befores[before] += count
        afters[after] += count
        moved[after - before] += count
    return Change(median(befores), median(afters), median(moved), min(moved), max(moved), n)


def order(found: Tally, name: str) -> tuple:
    """The place among others, to sort by: those with a change by its median (the lowest first), then by how many, then
    by name. Those with too few practices come after them and are not ranked by what they did: by how often, then name.
    """
    if found.change is None:
        return (1, -found.times, 0, name.casefold())
    return (0, found.change.by, -found.change.n, name.casefold())


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


def median_text(value: Decimal) -> str:
    """A median of distress as it is written, to a tenth of a point: "7", "6.5", "6.3". Halfway between goes up.

    Of whole figures a median is a whole or a half; only what was imported is finer.
    """
    return mg_text(round_half_up(value, 1))


def points_text(value: Decimal) -> str:
    """A change of distress in words, to a tenth of a point: "3 lower", "0.5 higher", "no change"."""
    points = round_half_up(value, 1)
    if not points:
        return "no change"
    return f"{mg_text(abs(points))} {'lower' if points < 0 else 'higher'}"
