"""Many symptoms over one time: what the small multiples and the heat map draw, and the words that they share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from journal.analysis.changed import Levels
from journal.analysis.columns import WEEK, Piece, anchor_of, day_pieces
from journal.analysis.doses import changes, turning_points
from journal.analysis.levels import Compared, Mean
from journal.analysis.numbers import mg_text, rating_text, round_half_up
from journal.analysis.series import Span
from journal.analysis.titles import CHANGED, days_text, last_days_text

from .measure import clean
from .model import NO_DOSE, OtherMedication
from .theme import day_text

Cell = date | Decimal | int | str | None


@dataclass(frozen=True)
class RatedSymptom:
    """One symptom. Its days in ``values``, or over 400 days ``blocks``, counted from ``RatedData.anchor``."""

    levels: Levels
    values: Mapping[date, object] = field(default_factory=dict)
    blocks: tuple[Piece, ...] = ()

    @property
    def name(self) -> str:
        return self.levels.name

    @property
    def pieces(self) -> list[Piece] | tuple[Piece, ...]:
        """Its values, as finely as they are here."""
        return self.blocks or day_pieces(self.values)


@dataclass(frozen=True)
class RatedData:
    """Symptoms from ``first`` to ``last``, in order of change, and the doses beside them.

    ``medications``: the chart's own first, each with the step in force on ``first``. ``highest``: the highest day of
    any symptom that could be shown here, for one scale. ``all_levels``: of all of these, in order of change, for one
    heading over every part; blank where all are in ``symptoms``. ``block``: how many days a block of the symptoms has,
    1 where there are none. ``part`` of ``parts``: which eight of the symptoms. ``no_dose``: what stands in the panel
    of a dose without steps.
    """

    first: date
    last: date
    medications: tuple[OtherMedication, ...]
    symptoms: tuple[RatedSymptom, ...]
    entry_days: frozenset[date]
    stretches: Compared
    highest: Decimal | int = 0
    block: int = 1
    all_levels: tuple[Levels, ...] = ()
    part: int = 1
    parts: int = 1
    no_dose: str = NO_DOSE

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a chart's period ends before it begins")

    @property
    def period(self) -> Span:
        return Span(self.first, self.last)

    @property
    def is_long(self) -> bool:
        """Whether weeks, or several, take the place of days."""
        return self.block > 1

    @property
    def turns(self) -> tuple[date | None, date | None]:
        """The first reduction and the latest change of any medication, after the first day."""
        return turning_points((one.steps for one in self.medications), self.first, self.last)

    @property
    def change_days(self) -> list[date]:
        """Every day after the first one on which a dose changed, earliest first."""
        found = {c.day for one in self.medications for c in changes(one.steps, self.last) if c.day > self.first}
        return sorted(found)

    @property
    def anchor(self) -> date:
        """The day from which weeks are counted."""
        return anchor_of(self.turns[1], self.last)

    @property
    def since(self) -> str:
        """What the days before are before: "the first reduction"; blank where nothing is compared."""
        return self.stretches.since

    @property
    def compared(self) -> tuple[Span, Span] | None:
        """The days before and the days now, where there is something to compare."""
        return (self.stretches.before, self.stretches.now) if self.stretches.before else None

    @property
    def levels(self) -> list[Levels]:
        return [one.levels for one in self.symptoms]

    @property
    def titled(self) -> Sequence[Levels]:
        """What the heading tells of: every symptom in question, also those of the other parts."""
        return self.all_levels or self.levels

    def latest_words(self) -> str:
        """The latest change: "to 0 mg on 19 Nov 2012", with the name where there are several medications."""
        doses, day = self.latest_doses(), self.turns[1]
        return f"to {doses} on {day_text(day, year=True)}" if doses else ""

    def latest_doses(self) -> str:
        """The dose since the latest change: "0 mg", with the name where there are several medications."""
        day = self.turns[1]
        told = []
        for one in self.medications:
            for change in changes(one.steps, self.last):
                if change.day == day:
                    of = f" {clean(one.name)}" if len(self.medications) > 1 and clean(one.name) else ""
                    told.append(f"{mg_text(change.mg)} mg{of}")
        return " and ".join(told)


def carried_words(data: RatedData) -> str:
    """How many of the ratings were taken over from the day before; blank for none."""
    carried = sum(one.whole.carried for one in data.levels if one.whole)
    n = sum(one.whole.n for one in data.levels if one.whole)
    return f"Carried over unchanged from the day before: {carried:,} of {n:,} ratings." if carried else ""


def threshold_words(data: RatedData) -> str:
    """What "rose" and "fell" in the heading are; blank where nothing can be compared."""
    comparable = any(one.change is not None and not one.private for one in data.titled)
    return f"Rose or fell: by {CHANGED} or more." if comparable else ""


def period_words(period: Span) -> str:
    """'13 Aug 2012 to 8 Apr 2013'."""
    return f"{day_text(period.first, year=True)} to {day_text(period.last, year=True)}"


def week_words(data: RatedData) -> str:
    """What weeks are counted from."""
    return "counted from the latest dose change" if data.turns[1] else "counted back from the last day"


def block_words(days: int) -> str:
    """'a week', '4 weeks'."""
    return "a week" if days == WEEK else f"{days // WEEK} weeks"


def level_rows(data: RatedData, cells: int) -> list[tuple[Cell, ...]]:
    """For a table of ``cells`` columns a symptom: the means that stand beside the drawing, and of how many days."""

    def row(head: str, means: list, get) -> tuple[Cell, ...]:
        found = (get(mean) if mean else None for mean in means)
        return head, *(cell for value in found for cell in (value, *[None] * (cells - 1)))

    def rows(head: str, days: int, means: list[Mean | None]) -> list[tuple[Cell, ...]]:
        return [
            row(f"{head}, mean", means, lambda mean: round_half_up(mean.value, 1)),
            row(f"{head}, rated of {days_text(days)}", means, lambda mean: mean.n),
        ]

    if not data.compared:
        return rows("whole period", data.period.days, [one.whole for one in data.levels])
    before, now = data.compared
    return [
        *rows(f"before {data.since}", before.days, [one.before for one in data.levels]),
        *rows(last_days_text(now.days), now.days, [one.now for one in data.levels]),
    ]


def levels_told(data: RatedData) -> list[str]:
    """A sentence for each symptom of a text alternative: before and now, or the mean of all days shown."""
    sentences = []
    for one in data.levels:
        if data.compared:
            before, now = (rating_text(mean.value if mean else None) for mean in (one.before, one.now))
            said = f"{before} before {data.since}, {now} in the {last_days_text(data.compared[1].days)}"
        else:
            said = f"mean {rating_text(one.whole.value if one.whole else None)}"
        sentences.append(f"{clean(one.name)}: {said}.")
    return sentences


def seen_entry_days(data: RatedData) -> Span | None:
    """From the first to the last day with an entry: outside lies no record, and nothing is missing."""
    inside = [day for day in data.entry_days if day in data.period]
    return Span(min(inside), max(inside)) if inside else None
