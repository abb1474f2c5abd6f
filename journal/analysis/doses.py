"""What changed in a list of dose steps. A step is anything with `.day` (date) and `.mg` (Decimal)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol


class Step(Protocol):
    """From `day` on, `mg` a day."""

    day: date
    mg: Decimal


@dataclass(frozen=True)
class Change:
    """On `day` the dose became `mg`; `before` is None where nothing is known before it."""

    day: date
    before: Decimal | None
    mg: Decimal

    @property
    def is_reduction(self) -> bool:
        return self.before is not None and self.mg < self.before

    @property
    def is_increase(self) -> bool:
        return self.before is not None and self.mg > self.before


def changes(steps: Iterable[Step], last: date | None = None) -> list[Change]:
    """The steps that changed mg, by day, up to `last`. The first one is the start of the record.

    Of two steps on one day the later in the list counts; a hold at the same mg is no change.
    """
    by_day = {step.day: step.mg for step in steps if last is None or step.day <= last}
    found: list[Change] = []
    for day in sorted(by_day):
        before = found[-1].mg if found else None
        if before is None or by_day[day] != before:
            found.append(Change(day, before, by_day[day]))
    return found


def dose_on(steps: Iterable[Step], day: date) -> Decimal | None:
    """The mg in force on `day`; None before the first step."""
    so_far = changes(steps, day)
    return so_far[-1].mg if so_far else None


def first_reduction(steps: Iterable[Step], first: date, last: date) -> date | None:
    """The first day after `first`, up to `last`, on which a smaller dose began."""
    return next((c.day for c in changes(steps, last) if c.is_reduction and c.day > first), None)


def turning_points(medications: Iterable[Iterable[Step]], first: date, last: date) -> tuple[date | None, date | None]:
    """Of all medications together: the first day of a reduction, and the day of the latest change, after `first`."""
    medications = [list(steps) for steps in medications]
    reductions = [day for steps in medications if (day := first_reduction(steps, first, last))]
    latest = [day for steps in medications if (day := latest_change(steps, first, last))]
    return min(reductions, default=None), max(latest, default=None)


def latest_change(steps: Iterable[Step], first: date, last: date) -> date | None:
    """The last day after `first`, up to `last`, on which another dose began."""
    days = [c.day for c in changes(steps, last) if c.day > first]
    return days[-1] if days else None
