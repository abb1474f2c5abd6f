"""The frozen Summary: facts only, as numbers and dates. Words are made from it in ``present``.

One object says what every rendering says: the page on screen, on paper and as PDF, the text for a message, JSON.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from journal.analysis.agreed import Agreed
from journal.analysis.blocks import Block
from journal.analysis.events import EventSpan
from journal.analysis.levels import Compared, Mean
from journal.analysis.levels import Level as DaysWorse
from journal.analysis.rates import Rates
from journal.catalogue.summary import Reader
from journal.charts.data import PracticeData, Score
from journal.charts.model import OverviewData, Strip
from journal.charts.rated import RatedData
from journal.queries.doses import DoseCoverage
from journal.queries.measures import DailyMeasure
from journal.queries.private_items import PrivateGroup
from journal.queries.responses import Followed
from journal.summary.choices import Choices
from journal.taper.history import StepRow
from journal.taper.taken import TakenAs


@dataclass(frozen=True)
class Visit:
    """The appointment that the page is for: whom it is with ("Dr Okafor, prescriber") and its day."""

    who: str
    date: dt.date


# -- what was taken -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DoseLine:
    """One row of a dose table. ``missed`` and ``without_record`` count days of the period at this dose.

    ``taken_as``: how the dose is swallowed where that is not mg for mg of tablets, else None. ``followed``: what each
    of the summary's ``measures`` did after it, in their order; empty where this row changed no dose in the period (the
    dose in force on the first day, a hold) or its medication is not among those compared.
    """

    row: StepRow
    parts: str
    missed: int
    without_record: int
    taken_as: TakenAs | None = None
    followed: tuple[Followed, ...] = ()


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
    none was agreed on that day. ``history``: what came before, in the person's words; ``products``: what it comes as.
    """

    name: str
    drug: str
    reason: str
    prescriber: str
    since: dt.date | None
    history: str
    products: tuple[str, ...]
    lines: tuple[DoseLine, ...]
    coverage: DoseCoverage
    mg: Decimal
    mg_since: dt.date
    descent: Descent | None
    plan: Planned | None


# -- how it was ------------------------------------------------------------------------------------------------------


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
class Measured:
    """One of the measures whose responses are printed: the symptoms that rose most.

    ``before``: before the taper. ``rates``: how often the rule of a rise fires after changes and without one, of the
    main medication. ``days_worse``: on how many days since the last change it was 1.0 or more above before the taper.
    ``ranked``: whether it was chosen by how much it rose (at least 14 values on each side), else by its mean.
    """

    measure: DailyMeasure
    before: Mean | None
    recent: Mean | None
    rates: Rates
    days_worse: DaysWorse | None
    ranked: bool = False


@dataclass(frozen=True)
class Worst:
    """The highest day of one measure in the period (the lowest where 10 is best)."""

    name: str
    value: Fraction
    day: dt.date


@dataclass(frozen=True)
class Scored:
    """A questionnaire's totals, or an own measure that is a score (not a daily one), over the period.

    ``score.before`` and ``score.now`` are means. ``before`` and ``during`` are its (lowest, highest, how many) before
    the first reduction and while doses changed. ``above_from``: the first day after which every score is above the
    highest before; ``above`` how many those are; ``above_earlier``: (how many were above, of how many) between the
    days before and that day. ``band``: what the questionnaire calls its last total, else blank.
    """

    score: Score
    is_questionnaire: bool
    before: tuple[Decimal, Decimal, int] | None
    during: tuple[Decimal, Decimal, int] | None
    above_from: dt.date | None
    above: int
    band: str
    above_earlier: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class Substance:
    """Alcohol, caffeine and the like: on ``used`` of the ``n`` days recorded; ``mean`` of those recorded."""

    name: str
    unit: str
    n: int
    used: int
    mean: Mean


@dataclass(frozen=True)
class Sleep:
    """Nights of "now", the last of the blocks, and before the taper: ``short`` of ``nights`` were under 5 hours."""

    short: int
    nights: int
    short_before: int
    nights_before: int


# -- what was done --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Practised:
    """A skill over the period. Medians are over the ``n`` practices with distress rated both times, None under five."""

    name: str
    times: int
    n: int
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True)
class Assigned:
    """A task from therapy: how it went ("" not said), and of its ``steps`` how many are ``done``.

    ``since``: the day it was given, or written down.
    """

    text: str
    result: str
    said_on: dt.date | None
    done: int
    steps: int
    is_open: bool
    since: dt.date | None = None


@dataclass(frozen=True)
class Asked:
    """Something to raise: its words and its kind, a value of ``Question.Kind``."""

    text: str
    kind: str


# -- all of it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Summary:
    """Everything that a clinician is told about ``first`` to ``last``, both included. Never changes once built.

    ``medications``: the one whose dose changed last first; ``compared_medications`` of them have responses.
    ``overview`` has the dose lines and no strips; ``strips`` are those that a page can draw, by key: burden, mood,
    energy, sleep_hours, sleep_quality, function (where rated) and the symptoms of ``measures``. ``events`` stand in
    words. ``compared``: before the taper, of the whole record, and now, which is the last of ``blocks``. ``blocks``:
    before the taper first, wherever the record has it, then the period. ``rated`` is what the squares are drawn from,
    None on a brief page. ``burden_of``: of how many symptoms the burden is the mean. ``never``: symptoms rated on 14
    days or more, never 1 or more. ``left_out``: whether anything that is on record in the period was left out by
    choice; ``medications_left_out``: whether that is all that was taken. ``private``: what was switched on, one by
    one. ``shifts``: all rated symptoms with their change, the largest first, for the headline; there as long as any
    section that tells of symptoms is on.
    """

    choices: Choices
    name: str
    born: dt.date | None
    visit: Visit | None
    first: dt.date
    last: dt.date
    made_on: dt.date
    entry_days: int
    sleep_nights: int
    medications: tuple[TakenMedication, ...]
    compared_medications: int
    overview: OverviewData
    strips: dict[str, Strip]
    events: tuple[EventSpan, ...]
    compared: Compared
    before_words: str
    blocks: tuple[Block, ...]
    measures: tuple[Measured, ...]
    symptoms: tuple[Level, ...]
    wellbeing: tuple[Level, ...]
    burden_of: int
    never: tuple[str, ...]
    worst: tuple[Worst, ...]
    scores: tuple[Scored, ...]
    score_levels: tuple[Level, ...]
    substances: tuple[Substance, ...]
    sleep: Sleep | None
    rated: RatedData | None
    practised: tuple[Practised, ...]
    practice: PracticeData | None
    homework: tuple[Assigned, ...]
    topics: tuple[str, ...]
    questions: tuple[Asked, ...]
    private: tuple[PrivateGroup, ...]
    left_out: bool
    medications_left_out: bool = False
    shifts: tuple[Level, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing on record, as far as what was left out by choice does not hide it."""
        return not (self.entry_days or self.medications or self.medications_left_out)

    @property
    def reader(self) -> Reader:
        """Who it is for."""
        return self.choices.reader

    @property
    def days(self) -> int:
        """Days of the period."""
        return (self.last - self.first).days + 1
