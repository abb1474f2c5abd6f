"""What a list of dose steps says: changes, shares, days held, and what falls on a day of a pattern.

Amounts are ``Decimal`` mg. Percentages are exact here; whoever writes them rounds them. Days are counted as in
"day 9 at 37.5 mg": the day of the change is day 0. Days *held* count that day too: a dose of one day was held 1 day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Protocol

SMALLEST = Decimal("0.001")
MOST_MG = Decimal("10000")
"""A dose in mg goes from 0 to ``MOST_MG``, in steps of ``SMALLEST``."""


class Step(Protocol):
    """From ``starts_on`` on, ``mg`` a day. A DoseStep is one."""

    starts_on: date
    mg: Decimal
    kind: str


@dataclass(frozen=True)
class StepRow:
    """One step beside the one before it. None is "cannot be said" and is shown blank.

    ``until`` is the last day at this dose, None while it is still taken (``so_far``); then ``days_held`` counts up to
    the day that was asked about. ``step`` is what was given.
    """

    step: Step
    previous_mg: Decimal | None
    change_percent: Decimal | None
    percent_of_previous: Decimal | None
    percent_of_start: Decimal | None
    days_held: int
    until: date | None

    @property
    def starts_on(self) -> date:
        """The first day at this dose."""
        return self.step.starts_on

    @property
    def mg(self) -> Decimal:
        """Mean mg a day."""
        return self.step.mg

    @property
    def kind(self) -> str:
        """The vocabulary's word for it."""
        return self.step.kind

    @property
    def so_far(self) -> bool:
        """Whether this is the dose in force on the day that was asked about."""
        return self.until is None


def history(steps: Iterable[Step], until: date) -> list[StepRow]:
    """A row for each step up to ``until`` (today, or the end of a period), the earliest first.

    "Of the start" is of the first step of all. Nothing can be a share of 0 mg, so that such cells stay blank.
    """
    ordered = sorted((step for step in steps if step.starts_on <= until), key=lambda step: step.starts_on)
    rows = []
    for position, step in enumerate(ordered):
        following = ordered[position + 1] if position + 1 < len(ordered) else None
        last_day = following.starts_on - timedelta(1) if following else until
        previous = ordered[position - 1].mg if position else None
        rows.append(
            StepRow(
                step=step,
                previous_mg=previous,
                change_percent=share(step.mg - previous, previous) if previous else None,
                percent_of_previous=share(step.mg, previous),
                percent_of_start=share(step.mg, ordered[0].mg),
                days_held=(last_day - step.starts_on).days + 1,
                until=last_day if following else None,
            )
        )
    return rows


def share(part: Decimal, whole: Decimal | None) -> Decimal | None:
    """``part`` in per cent of ``whole``; None when there is no whole, or it is 0."""
    return part * 100 / whole if whole else None


@dataclass(frozen=True)
class Part:
    """``mg`` at one time of day (``when``, blank for any) on day 1..n of a pattern."""

    day: int
    when: str
    mg: Decimal


@dataclass(frozen=True)
class Pattern:
    """How ``mg`` a day on average is taken from ``starts_on`` on. No parts: all of it, every day."""

    starts_on: date
    mg: Decimal
    cycle_days: int = 1
    parts: tuple[Part, ...] = ()


def mean_mg(parts: Iterable[Part], cycle_days: int) -> Decimal:
    """Mg a day that ``parts`` make over ``cycle_days``, to 0.001 and halves up."""
    total = sum((part.mg for part in parts), Decimal(0))
    return (total / cycle_days).quantize(SMALLEST, rounding=ROUND_HALF_UP)


def parts_on(pattern: Pattern, day: date) -> tuple[Part, ...]:
    """The parts that fall on ``day``; empty on an off-day, and where the dose has no parts."""
    place = (day - pattern.starts_on).days % pattern.cycle_days + 1
    return tuple(part for part in pattern.parts if part.day == place)


def mg_on(pattern: Pattern, day: date) -> Decimal:
    """Mg that are due on ``day``, which is not before ``starts_on``; 0 on an off-day."""
    if not pattern.parts:
        return pattern.mg
    return sum((part.mg for part in parts_on(pattern, day)), Decimal(0))


def with_doses_before(steps: Iterable[Step]) -> Iterator[tuple[Step, Decimal | None, Decimal | None]]:
    """Each step, the earliest first, with the dose before it and the highest one before it: what its kind goes by."""
    previous = highest = None
    for step in sorted(steps, key=lambda step: step.starts_on):
        yield step, previous, highest
        previous = step.mg
        highest = step.mg if highest is None else max(highest, step.mg)


def kind_for(previous_mg: Decimal | None, mg: Decimal, highest_mg: Decimal | None = None) -> str:
    """The kind that fits the numbers: what a form offers first, and an importer writes.

    ``highest_mg`` is the highest dose taken before. A rise to what was taken before is "reinstatement" (back up),
    a rise above it "increase". Without it a rise from 0 is back up and any other an increase.
    """
    if mg == 0:
        return "hold" if previous_mg == 0 else "stop"
    if previous_mg is None:
        return "start"
    if mg < previous_mg:
        return "reduction"
    if mg == previous_mg:
        return "hold"
    back_up = previous_mg == 0 if highest_mg is None else mg <= highest_mg
    return "reinstatement" if back_up else "increase"


def kind_fits(kind: str, previous_mg: Decimal | None, mg: Decimal) -> bool:
    """Whether ``kind`` can be said of this change. Nothing known before contradicts no kind but "stop" above 0.

    A switch (another form or maker) may come with any amount; a start may follow 0 mg.
    """
    if kind == "stop":
        return mg == 0
    if kind == "start":
        return mg > 0 and not previous_mg
    if previous_mg is None or kind == "switch":
        return True
    return {
        "reduction": mg < previous_mg,
        "hold": mg == previous_mg,
        "increase": mg > previous_mg,
        "reinstatement": mg > previous_mg,
    }[kind]
