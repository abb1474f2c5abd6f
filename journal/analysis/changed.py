"""Many measures by their change: their order, their groups, and the heading over them.

Rule. Change = mean of the last 28 days (never those before the reduction) minus the mean before the first reduction
(the 90 days nearest to it at most), both of at least 14 values; else a measure cannot be compared. It rose or fell
when the change is 0.5 or more as printed. Whole changes are in the order of their exact size, never of their name.
Nothing here says why, and nothing says whether it is good. What is private stands in no heading.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from .levels import LEAST_TO_RANK, Mean
from .numbers import count_text, rating_text, round_half_up
from .titles import CHANGED, days_text, in_sentence, last_days_text

NAMED = 4  # so many of a group are named in a heading, of more the first three
WHOLE_POINTS = Fraction(3, 4)  # from here on several changes are said in whole points
ROSE, LITTLE, FELL, UNKNOWN = "rose", "little", "fell", "unknown"  # in the order in which they stand


@dataclass(frozen=True)
class Levels:
    """One measure's mean before the first reduction, of the last days, and of the whole period.

    ``private``: a heading neither names nor counts it.
    """

    key: str
    name: str
    before: Mean | None
    now: Mean | None
    whole: Mean | None
    private: bool = False

    @property
    def change(self) -> Fraction | None:
        """Now minus before, in points; None where it cannot be compared."""
        if not (self.before and self.now) or min(self.before.n, self.now.n) < LEAST_TO_RANK:
            return None
        return self.now.value - self.before.value

    @property
    def group(self) -> str:
        """``rose``, ``little`` (changed by less than 0.5 as printed), ``fell``, or ``unknown``: not to be compared."""
        if self.change is None:
            return UNKNOWN
        if abs(round_half_up(self.change, 1)) < CHANGED:
            return LITTLE
        return ROSE if self.change > 0 else FELL

    @property
    def is_changed(self) -> bool:
        """Whether it rose or fell by 0.5 or more as printed."""
        return self.group in (ROSE, FELL)


def by_change(measures: Iterable[Levels]) -> list[Levels]:
    """The largest rise first, the largest fall last; then those that cannot be compared by their mean, the rated ones
    first. Ties by name, then key."""

    def place(one: Levels):
        comparable = one.change is not None
        size = one.change if comparable else (one.whole.value if one.whole else -1)
        return not comparable, -size, one.name, one.key

    return sorted(measures, key=place)


def groups(measures: Sequence[Levels]) -> list[list[Levels]]:
    """Measures in order of change, parted: rose, little change, fell, not to be compared. Empty groups are left out."""
    found = ([one for one in measures if one.group == group] for group in (ROSE, LITTLE, FELL, UNKNOWN))
    return [group for group in found if group]


def names_title(measures: Sequence[Levels], *, since: str, days: int) -> str:
    """Which rose and which fell: "Restlessness and worry rose; fatigue fell". ``measures`` in order of change.

    ``since``: "the first reduction", or blank where none is in the period, which has ``days``.
    """
    return _title(measures, since, days, lambda group, verb: f"{_names(group)} {verb}")


def sizes_title(measures: Sequence[Levels], *, since: str, days: int) -> str:
    """By how much: "Three symptoms rose by about 1, worry by 0.5; fatigue fell by 0.6". Like ``names_title``.

    One change is given as printed, several of less than 0.75 too, several larger ones in whole points, halves up.
    """
    return _title(measures, since, days, _sizes)


def _title(measures: Sequence[Levels], since: str, days: int, said) -> str:
    hidden = any(one.private and one.whole for one in measures)
    measures = [one for one in measures if not one.private]
    if hidden and not any(one.whole and one.whole.value for one in measures):
        return f"Your ratings {_of_days(days)}"  # that all is 0, or nothing rated, would not be so
    if not any(one.whole for one in measures):
        return "Nothing that is drawn here was rated in this period"
    if not since:
        return _levels(measures, days)
    comparable = [one for one in measures if one.change is not None]
    if not comparable:
        return _too_few(measures, since)
    rose = [one for one in comparable if one.group == ROSE]
    fell = sorted((one for one in comparable if one.group == FELL), key=lambda one: one.change)  # the largest first
    parts = [said(group, verb) for group, verb in ((rose, "rose"), (fell, "fell")) if group]
    if parts:
        return _started("; ".join(parts))
    if len(comparable) == 1:
        return _started(f"{in_sentence(comparable[0].name)} changed by less than 0.5 from before {since}")
    which = "" if len(comparable) == len(measures) else " that can be compared"
    return f"None of {len(comparable)} symptoms{which} changed by 0.5 or more from before {since}"


def _sizes(group: Sequence[Levels], verb: str) -> str:
    large = [one for one in group if abs(one.change) >= WHOLE_POINTS]
    small = [one for one in group if abs(one.change) < WHOLE_POINTS]
    parts = []
    for part in (large, small):
        if part:
            who = _names(part) if len(part) < 3 else f"{count_text(len(part))} {'more' if parts else 'symptoms'}"
            parts.append(f"{who}{'' if parts else f' {verb}'} by {_amount(part)}")
    return ", ".join(parts)


def _amount(part: Sequence[Levels]) -> str:
    sizes = [abs(one.change) for one in part]
    if len(part) == 1 or max(sizes) < WHOLE_POINTS:
        low, high = (rating_text(size) for size in (min(sizes), max(sizes)))
        return low if low == high else f"{low} to {high}"
    low, high = (round_half_up(size) for size in (min(sizes), max(sizes)))
    return f"about {low}" if low == high else f"about {low} to {high}"


def _levels(measures: Sequence[Levels], days: int) -> str:
    """Without a reduction: the highest means of the period."""
    rated = sorted((one for one in measures if one.whole), key=lambda one: (-one.whole.value, one.name, one.key))
    high = [f"{in_sentence(one.name)} {rating_text(one.whole.value)}" for one in rated if one.whole.value]
    if not high:
        return f"Nothing was rated above 0 {_of_days(days)}"
    told = len(high) if len(high) <= NAMED else 3
    rest = f" and {len(high) - told} more" if len(high) > told else ""
    if days == 1:
        return f"Rated on this day: {', '.join(high[:told])}{rest}"
    low, most = (pick(one.whole.n for one in rated[:told]) for pick in (min, max))
    if most > 1:
        n = f"{most:,}" if low == most else f"{low:,} to {most:,}"
        return f"Mean of {n} rated days: {', '.join(high[:told])}{rest}"
    if len(high) == 1:
        return f"{_started(high[0])} on the one day rated"
    return f"Each rated on one day: {', '.join(high[:told])}{rest}"


def _of_days(days: int) -> str:
    return "on this day" if days == 1 else f"in these {days_text(days)}"


def _too_few(measures: Sequence[Levels], since: str) -> str:
    before = max((one.before.n for one in measures if one.before), default=0)
    now = max((one.now for one in measures if one.now), key=lambda mean: mean.n, default=None)
    text = f"Too few rated days to compare, {LEAST_TO_RANK} on each side: {before} before {since}"
    return f"{text}, {now.n} in the {last_days_text(now.days)}" if now else f"{text}, none after it"


def _names(group: Sequence[Levels]) -> str:
    names = [in_sentence(one.name) for one in group]
    if len(names) > NAMED:
        names = [*names[:3], f"{len(names) - 3} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _started(text: str) -> str:
    return text[:1].upper() + text[1:]
