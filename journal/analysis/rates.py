"""How often a rise followed a change, beside how often the same rule finds one without a change. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass

from .quiet import Quiet
from .responses import Response

FEW_OF_LENGTH = 3
"""Lengths with fewer stretches than this share a row."""
ENOUGH = 5
"""With fewer stretches than this in all there is too little to compare with."""


@dataclass(frozen=True)
class Rate:
    """Rises of changes, and of stretches without one, over ``days`` days; None for several other lengths."""

    days: int | None
    rises: int
    changes: int
    quiet_rises: int
    stretches: int


@dataclass(frozen=True)
class Rates:
    """A row for each length, the shortest first, other lengths last; and what the changes were.

    ``increases`` are among those compared; ``unknown`` are the changes that could not be.
    """

    rows: tuple[Rate, ...]
    increases: int
    unknown: int

    @property
    def rises(self) -> int:
        """Changes that a rise followed."""
        return sum(row.rises for row in self.rows)

    @property
    def changes(self) -> int:
        """Changes that could be compared."""
        return sum(row.changes for row in self.rows)

    @property
    def stretches(self) -> int:
        """Stretches without a change, of all lengths together."""
        return sum(row.stretches for row in self.rows)


def rates(responses: Sequence[Response], quiet: Sequence[Quiet]) -> Rates:
    """Both counts by length. A change of which too little was rated is in neither."""
    known = [one for one in responses if one.is_known]
    without = {one.days: one for one in quiet}
    rows = []
    for days in sorted({one.window.days for one in known}):
        after = [one for one in known if one.window.days == days]
        beside = without.get(days, Quiet(days, 0, 0))
        rows.append(Rate(days, sum(one.rose for one in after), len(after), beside.rises, beside.stretches))
    return Rates(
        rows=_few_joined(rows),
        increases=sum(one.change.is_increase for one in known),
        unknown=len(responses) - len(known),
    )


def _few_joined(rows: Sequence[Rate]) -> tuple[Rate, ...]:
    """The rows, those of few stretches as one, unless that is all there is or only one of them has few."""
    few = [row for row in rows if row.stretches < FEW_OF_LENGTH]
    if len(few) < 2 or len(few) == len(rows):
        return tuple(rows)
    joined = Rate(
        None,
        sum(row.rises for row in few),
        sum(row.changes for row in few),
        sum(row.quiet_rises for row in few),
        sum(row.stretches for row in few),
    )
    return (*(row for row in rows if row not in few), joined)
