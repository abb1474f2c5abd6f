"""The frozen Summary: facts only, as numbers and dates. Words are made from it in ``present``."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from journal.analysis.agreed import Agreed
from journal.analysis.blocks import Block
from journal.analysis.events import EventSpan
from journal.analysis.levels import Mean
from journal.charts.model import OverviewData
from journal.queries.doses import DoseCoverage
from journal.taper.history import StepRow
from journal.taper.taken import TakenAs


class Reader(StrEnum):
    """Who the page is for; it decides the order of the sections."""

    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"


@dataclass(frozen=True)
class DoseLine:
    """One row of a dose table. ``missed`` and ``without_record`` count days of the period at this dose.

    ``taken_as``: how the dose is swallowed where that is not mg for mg of tablets, else None.
    """

    row: StepRow
    parts: str
    missed: int
    without_record: int
    taken_as: TakenAs | None = None


@dataclass(frozen=True)
class Descent:
    """The way down from ``mg``, the highest dose on record: how many changes, the first and the last of them."""

    mg: Decimal
    reductions: int
    increases: int
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Planned:
    """The agreed plan as it stood on the last day. ``next``: what was to come by the dose taken then, None without it.

    ``last`` is its last step, None of a plan without steps. Both are (mg a day, day).
    """

    agreed: Agreed
    next: tuple[Decimal, dt.date] | None
    last: tuple[Decimal, dt.date] | None


@dataclass(frozen=True)
class TakenMedication:
    """One medication over the period. ``lines``: the dose in force on the first day and every step after it.

    ``mg`` a day on the last day, and since when (a hold at the same mg does not begin it anew). ``plan`` is None where
    none was agreed on that day.
    """

    name: str
    reason: str
    prescriber: str
    since: dt.date | None
    lines: tuple[DoseLine, ...]
    coverage: DoseCoverage
    mg: Decimal
    mg_since: dt.date
    descent: Descent | None
    plan: Planned | None


@dataclass(frozen=True)
class Level:
    """One measure over the blocks. ``change`` is last minus first, in points, from unrounded means.

    None where there is one block only, or fewer than seven values in the first or the last.
    """

    key: str
    name: str
    unit: str
    better: str
    means: tuple[Mean | None, ...]
    change: Fraction | None


@dataclass(frozen=True)
class Practised:
    """A skill over the period. Medians are over the ``n`` practices with distress rated both times, None under five."""

    name: str
    times: int
    n: int
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Summary:
    """Everything that a clinician is told about ``first`` to ``last``, both included. Never changes once built.

    ``events`` stand in words and not in the ``overview``, whose drawing has no room for them on this page.
    """

    reader: Reader
    paper: str
    name: str
    first: dt.date
    last: dt.date
    made_on: dt.date
    entry_days: int
    sleep_nights: int
    medications: tuple[TakenMedication, ...]
    overview: OverviewData
    events: tuple[EventSpan, ...]
    blocks: tuple[Block, ...]
    symptoms: tuple[Level, ...]
    wellbeing: tuple[Level, ...]
    practised: tuple[Practised, ...]
    questions: tuple[str, ...]

    @property
    def days(self) -> int:
        """Days of the period."""
        return (self.last - self.first).days + 1
