"""What a chart of comparisons says: its data, its title, its sentences and its numbers. No matplotlib, no Django."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from journal.analysis.comparison import LEAST_DAYS, Comparison, Side, Sides, compare, known_sides
from journal.analysis.numbers import rating_text, round_half_up, signed_rating_text
from journal.analysis.series import Series
from journal.analysis.titles import days_text, is_plural

NBSP = "\u00a0"
PERCENT = f"95{NBSP}%"
NOT_WHY = "This does not show what causes what."


@dataclass(frozen=True)
class ComparisonsData:
    """One measure and the days to tell apart, ``first`` to ``last``, both included.

    ``better`` is "up" where 10 is best. ``sides``: by key of ``analysis.comparison.FACTORS`` and day whether the factor
    held; a day that is absent is on neither side.
    """

    first: date
    last: date
    measure: str
    better: str
    values: Series
    sides: Mapping[str, Sides]

    @property
    def has_enough(self) -> bool:
        """Whether there is anything to show. Counts only."""
        return any(one.is_enough for one in known_sides(self.values, self.sides))

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """One for each factor, with its interval: worked out once, and only when it is drawn."""
        return compare(self.values, self.sides)

    @property
    def shown(self) -> list[Comparison]:
        """Those that are drawn."""
        return [one for one in self.comparisons if one.interval is not None]

    @property
    def sentences(self) -> list[str]:
        """Those that are drawn, in words."""
        return [sentence(self.measure, one) for one in self.shown]

    @property
    def lacking(self) -> list[tuple[str, str]]:
        """Those that are not: what would be compared, and what it takes."""
        return [(one.factor.name, missing(one)) for one in self.comparisons if one.interval is None]


def title(name: str, shown: Sequence[Comparison]) -> str:
    """The heading: the one difference there is, else the lowest and the highest of them all."""
    if not shown:
        return f"{name} on days with and without: too few days to compare"
    if len(shown) == 1:
        (only,) = shown
        size, way = _size(only.difference)
        if not way:
            return f"{name} differed by less than 0.1 between {only.factor.days_with} and {only.factor.days_without}"
        return f"{name} {_was(name)} {size} {way} on {only.factor.days_with} than on {only.factor.days_without}"
    differences = [one.difference for one in shown]
    low, high = signed_rating_text(min(differences)), signed_rating_text(max(differences))
    said = f"differences of {low} to {high} points" if low != high else f"differences of {low} points"
    return f"{name} on days with and without: {said}"


def note(better: str, shown: Sequence[Comparison]) -> str:
    """What dot, line and 0 are, and what to keep in mind."""
    best = "best" if better == "up" else "worst"
    text = (
        "Dot: the mean of the days with it minus the mean of the days without, in points on 0–10, where 10 is "
        f"{best}. Line: its {PERCENT} interval. {NOT_WHY}"
    )
    return f"{text} {chance(len(shown))}" if len(shown) > 1 else text


def chance(shown: int) -> str:
    """What it means that several comparisons stand side by side."""
    return (
        f"{shown} comparisons are shown at once, and a {PERCENT} interval misses about 1 time in 20: "
        "the more there are, the likelier it is that one stands out by chance."
    )


def sentence(name: str, one: Comparison) -> str:
    """A comparison that is shown, in words."""
    size, way = _size(one.difference)
    with_it = f"{one.factor.days_with} ({_n(one.with_it)})"
    without = f"{one.factor.days_without} ({_n(one.without)})"
    said = f"{name} {_was(name)} {size} {way} on {with_it} than on {without}"
    if not way:
        said = f"{name} differed by less than 0.1 between {with_it} and {without}"
    return f"{said}; {PERCENT} interval {interval_text(one).replace(' ', NBSP)}."


def missing(one: Comparison) -> str:
    """Of a comparison that is not shown, what it takes: "8 of 10 days with"."""
    sides = ((one.with_it, "with"), (one.without, "without"))
    lacking = [f"{side.n} of {LEAST_DAYS} days {word}" for side, word in sides if side.n < LEAST_DAYS]
    return ", ".join(lacking) or "its days lie too close together to say how sure a difference is"


def interval_text(one: Comparison) -> str:
    """From one end to the other: "0.1 to 1.2", "−0.4 to 0.2"."""
    low, high = one.interval
    return f"{rating_text(low)} to {rating_text(high)}"


def sides_text(one: Comparison) -> str:
    """How many days are compared: "23 days with, 151 without"."""
    return f"{days_text(one.with_it.n)} with, {one.without.n:,} without"


def description(data: ComparisonsData, name: str) -> str:
    """The drawing in words, for those who do not see it."""
    return " ".join([*(sentence(name, one) for one in data.shown), NOT_WHY])


def comparisons_table(data: ComparisonsData) -> tuple[tuple[str, ...], list[tuple]]:
    """(headers, rows) with what is drawn, a row for each comparison."""
    headers = (
        "days with and without", "days with", "mean with", "days without", "mean without", "difference",
        "95 % interval from", "95 % interval to",
    )  # fmt: skip
    return headers, [
        (
            one.factor.name,
            one.with_it.n,
            _tenth(one.with_it.mean),
            one.without.n,
            _tenth(one.without.mean),
            _tenth(one.difference),
            *map(_tenth, one.interval),
        )
        for one in data.shown
    ]


def _n(side: Side) -> str:
    return f"n{NBSP}={NBSP}{side.n:,}"


def _tenth(value: Fraction) -> Decimal:
    return round_half_up(value, 1)


def _size(difference: Fraction) -> tuple[str, str]:
    """How much, and "higher", "lower" or "" where it is 0.0 as printed."""
    way = ("higher" if difference > 0 else "lower") if round_half_up(difference, 1) else ""
    return rating_text(abs(difference)), way


def _was(name: str) -> str:
    return "were" if is_plural(name) else "was"
