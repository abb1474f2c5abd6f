"""The heading of a chart: what is seen, with a number, by a stated rule.

Rule. A measure can be compared when it has at least 14 values before the first reduction (the
mean "before the taper") and at least 14 in the mean "now". It counts as changed when the two means
differ by 0.5 or more as printed (one decimal). Sizes are given in whole points, halves up, and
below 0.75 as half a point.
Nothing here says why, and nothing says whether it is good.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from .levels import LEAST_TO_RANK, Mean
from .numbers import Decimal, rating_text, round_half_up

LEAST = LEAST_TO_RANK  # values on each side
CHANGED = Decimal("0.5")  # points, as printed
NAMES = 3  # more measures than this are counted, not named


@dataclass(frozen=True)
class Measure:
    """One strip as the heading needs it: its name, its mean before the taper and now."""

    name: str
    before: Mean | None
    now: Mean | None

    @property
    def comparable(self) -> bool:
        return bool(self.before and self.now) and min(self.before.n, self.now.n) >= LEAST

    @property
    def difference(self) -> Fraction:
        return self.now.value - self.before.value


def change_title(measures: Sequence[Measure], *, since: str) -> str:
    """One sentence without a full stop, for example
    "Restlessness, agitation and irritability are about 1 point higher than before the first reduction".
    """
    if not since:
        return _levels_title(measures)
    comparable = [m for m in measures if m.comparable]
    if not comparable:
        return _too_few_title(measures, since)
    changed = [m for m in comparable if abs(round_half_up(m.difference, 1)) >= CHANGED]
    if not changed:
        verb = "differ" if _is_many(comparable) else "differs"
        return f"{_names(comparable)} {verb} by less than 0.5 from before {since}"
    higher = [m for m in changed if m.difference > 0]
    lower = [m for m in changed if m.difference < 0]
    parts = []
    for group, word in ((higher, "higher"), (lower, "lower")):
        if group:
            verb = "are" if _is_many(group) else "is"
            parts.append(f"{_names(group, start=not parts)} {verb} {_size(group)} {word}")
    return f"{' and '.join(parts)} than before {since}"


def _levels_title(measures: Sequence[Measure]) -> str:
    known = [m for m in measures if m.now]
    if not known:
        return "Nothing that is drawn here was rated in this period"
    days = max(m.now.days for m in known)
    shown = ", ".join(f"{in_sentence(m.name)} {rating_text(m.now.value)}" for m in known[:NAMES])
    rest = f" and {len(known) - NAMES} more" if len(known) > NAMES else ""
    return f"{'Mean' if days > 1 else 'Ratings'} of the {last_days_text(days)}: {shown}{rest}"


def _too_few_title(measures: Sequence[Measure], since: str) -> str:
    before = max((m.before.n for m in measures if m.before), default=0)
    now = max((m.now.n for m in measures if m.now), default=0)
    text = f"Too few rated days to compare: {before} before {since}"
    days = max((m.now.days for m in measures if m.now), default=0)
    return f"{text}, {now} in the {last_days_text(days)}" if days else f"{text}, none now"


def _is_many(group: Sequence[Measure]) -> bool:
    """Whether a verb after these names is a plural."""
    return len(group) > 1 or is_plural(group[0].name)


def is_plural(name: str) -> bool:
    """Whether a verb after this name is a plural, as after "Brain zaps" (but not after "Restlessness")."""
    name = name.strip()
    return name.endswith("s") and not name.endswith(("ss", "us", "is"))


def _size(group: Sequence[Measure]) -> str:
    return f"about {points_text([m.difference for m in group])}"


def points_text(differences: Sequence[Fraction]) -> str:
    """How many points these are, whatever their sign: "half a point", "1 point", "1 to 2 points"."""
    sizes = sorted(
        {"0.5" if abs(one) < Fraction(3, 4) else str(round_half_up(abs(one), 0)) for one in differences}, key=float
    )
    if len(sizes) > 1:
        return f"{sizes[0]} to {sizes[-1]} points"
    return {"0.5": "half a point", "1": "1 point"}.get(sizes[0], f"{sizes[0]} points")


def _names(group: Sequence[Measure], *, start: bool = True) -> str:
    names = [in_sentence(m.name) for m in group[:NAMES]]
    if len(group) > NAMES:
        names.append(f"{len(group) - NAMES} more")
    text = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return text[:1].upper() + text[1:] if start else text


def in_sentence(name: str) -> str:
    """A symptom's name inside a sentence: 'Brain zaps' -> 'brain zaps', but 'PMS' stays."""
    word = name.split(" ")[0]
    return name[:1].lower() + name[1:] if word[1:].islower() else name


def days_text(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def last_days_text(days: int) -> str:
    """'last 28 days', 'last day'."""
    return "last day" if days == 1 else f"last {days} days"
