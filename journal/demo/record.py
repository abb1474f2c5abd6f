"""What the demo person's record is made of: days, doses, check-ins, practices, and how a day really was."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from journal.analysis.numbers import round_half_up


@dataclass(frozen=True)
class DemoDose:
    """What was recorded of one medication on one day, by its place in the person's list."""

    medication: int
    status: str
    mg: Decimal
    time: dt.time | None = None


@dataclass(frozen=True)
class DemoCheckIn:
    """How it was at a time of a day."""

    time: dt.time
    mood: int
    ratings: dict[str, int]
    note: str = ""


@dataclass(frozen=True)
class DemoDay:
    """One day with a record. None is missing.

    ``carried`` names scores and ``carried_ratings`` symptoms that were filled in from the day before. ``events`` are
    lines by the kind of event, ``measures`` values by the measure's slug.
    """

    date: dt.date
    mood: int | None = None
    energy: int | None = None
    sleep_hours: Decimal | None = None
    sleep_quality: int | None = None
    function: int | None = None
    notes: str = ""
    ratings: dict[str, int] = field(default_factory=dict)
    doses: tuple[DemoDose, ...] = ()
    bed_time: dt.time | None = None
    wake_time: dt.time | None = None
    carried: tuple[str, ...] = ()
    carried_ratings: frozenset[str] = frozenset()
    measures: dict[str, Decimal] = field(default_factory=dict)
    check_ins: tuple[DemoCheckIn, ...] = ()
    events: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DemoPractice:
    """One practice of a skill."""

    skill: str
    date: dt.date
    time: dt.time
    before: int
    after: int | None
    note: str


@dataclass(frozen=True)
class Felt:
    """A day as it was, before the person writes down what they write down."""

    load: float
    easing: bool
    window: bool
    ratings: dict[str, int]
    mood: int
    energy: int
    sleep_hours: Decimal
    sleep_quality: int
    function: int


def score_of(value: float) -> int:
    """The whole number from 0 to 10 that is nearest."""
    return int(round_half_up(min(10.0, max(0.0, value))))
