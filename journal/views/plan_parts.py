"""What planner and plan page show alike: one plan as a table with its notes, and its drawings."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from journal.catalogue.curves import Curve, curve_named
from journal.catalogue.sources import SOURCES, Source
from journal.models import PlannedStep, TaperPlan
from journal.queries.plans import Line
from journal.taper.history import share
from journal.taper.layout import LaidOut
from journal.taper.occupancy import occupancy, shown
from journal.taper.pace import STORED, Note
from journal.taper.plan_words import NoteWords, making_words, note_words, plan_name

COLUMN_LINES = 34
"""So many lines of a table stand under the drawings in a column of one printed page."""


@dataclass(frozen=True)
class TableRow:
    """One step as it is shown; shares in %. ``percent``: about how much is occupied, None without a curve.

    ``same_as_before``: what is made of it is the dose before; ``taken_on``: since when it is taken, if it is.
    """

    number: int
    date: dt.date
    mg: Fraction | Decimal
    change_percent: Fraction | Decimal | None
    of_previous: Fraction | Decimal | None
    of_start: Fraction | Decimal
    percent: Fraction | None
    take: str
    held_days: int
    same_as_before: bool = False
    taken_on: dt.date | None = None
    is_past: bool = False
    is_next: bool = False


@dataclass(frozen=True)
class PlanTable:
    """One plan. ``letter`` is "" where it stands alone; ``discussed``: the keys of the notes that were."""

    letter: str
    name: str
    from_mg: Fraction | Decimal
    from_percent: Fraction | None
    rows: tuple[TableRow, ...]
    notes: tuple[NoteWords, ...]
    making: str
    curve: Curve | None
    discussed: frozenset[str] = frozenset()
    in_parts: bool = False

    @property
    def steps(self) -> int:
        return len(self.rows)

    @property
    def lines(self) -> int:
        """Lines on paper: a second one where a step says what to take."""
        return sum(2 if row.take or row.held_days else 1 for row in self.rows)

    @property
    def days(self) -> int:
        """From the first step to the last."""
        return (self.last_date - self.rows[0].date).days

    @property
    def last_date(self) -> dt.date:
        return self.rows[-1].date


def laid_table(laid: LaidOut, letter: str, discussed: Sequence[str] = ()) -> PlanTable:
    """A plan that was just laid out."""
    present, *steps = laid.rows
    return PlanTable(
        letter=letter,
        name=plan_name(laid.request),
        from_mg=present.mg,
        from_percent=_shown(present.occupancy),
        rows=tuple(
            TableRow(
                number=row.number,
                date=row.date,
                mg=row.mg,
                change_percent=row.change_percent,
                of_previous=row.percent_of_previous,
                of_start=row.percent_of_start,
                percent=_shown(row.occupancy),
                take=row.take,
                held_days=row.held_days,
                same_as_before=bool(row.made and row.made.mg and row.made.mg == before.dose),
            )
            for before, row in pairwise(laid.rows)
        ),
        notes=tuple(note_words(note, letter) for note in laid.notes),
        making=making_words(laid.largest_error_percent, laid.unmade, sum(bool(row.mg) for row in steps)),
        curve=laid.curve,
        discussed=frozenset(discussed),
        in_parts=any(row.made and len(row.made.parts) > 1 for row in steps),
    )


def kept_table(plan: TaperPlan, lines: Sequence[Line], notes: Sequence[Note], discussed: frozenset[str]) -> PlanTable:
    """A plan of the record."""
    curve = curve_named(plan.medication.drug, plan.curve) if plan.curve else None
    doses = [plan.from_mg, *(line.step.dose for line in lines)]
    return PlanTable(
        letter="",
        name=plan.name,
        from_mg=plan.from_mg,
        from_percent=_shown(occupancy(plan.from_mg, curve)) if curve else None,
        rows=tuple(
            TableRow(
                number=number,
                date=line.step.starts_on,
                mg=line.step.mg,
                change_percent=share(line.step.mg - line.planned_before, line.planned_before),
                of_previous=share(line.step.mg, line.planned_before),
                of_start=share(line.step.mg, plan.from_mg),
                percent=_shown(occupancy(line.step.mg, curve)) if curve else None,
                take=line.step.take,
                held_days=line.step.held_days,
                same_as_before=bool(line.step.made_mg) and line.step.made_mg == dose_before,
                taken_on=line.taken_on,
                is_past=line.is_past,
                is_next=line.is_next,
            )
            for number, (dose_before, line) in enumerate(zip(doses, lines, strict=False), start=1)
        ),
        notes=tuple(note_words(note) for note in notes),
        making=_kept_making([line.step for line in lines]),
        curve=curve,
        discussed=discussed,
        in_parts=any(len(line.step.parts) > 1 for line in lines),
    )


def _kept_making(steps: Sequence[PlannedStep]) -> str:
    """``making_words`` of planned steps; doses that are the same to 0.001 mg are the same."""
    above = [step for step in steps if step.mg]
    made = [step for step in above if step.made_mg]
    errors = [max(abs(Fraction(step.made_mg - step.mg)) - 2 * STORED, 0) * 100 / Fraction(step.mg) for step in made]
    unmade = sum(bool(step.take) and not step.made_mg for step in above)
    return making_words(max(errors, default=None), unmade, len(above))


def curves_of_tables(tables: Sequence[PlanTable]) -> list[tuple[Curve, Source]]:
    """The curves that the tables go by, each once, with its source."""
    return [(curve, SOURCES[curve.source]) for curve in dict.fromkeys(table.curve for table in tables) if curve]


def print_classes(tables: Sequence[PlanTable]) -> dict[str, bool]:
    """How to get it onto one page: a long plan runs in two columns, of two plans one below the other; the drawings give
    way to a longer one.
    """
    lines = [table.lines for table in tables]
    stacked = len(tables) > 1 and max(lines) > COLUMN_LINES
    columns = 1 if len(tables) > 1 and not stacked else 2
    return {
        "in_columns": len(tables) == 1 and lines[0] > COLUMN_LINES // 2,
        "stacked": stacked,
        "without_drawings": (sum(lines) if stacked else max(lines, default=0)) > COLUMN_LINES * columns,
    }


def _shown(percent: Fraction | None) -> Fraction | None:
    return None if percent is None else shown(percent)


def plan_charts(tables: Sequence[PlanTable]) -> dict:
    """The dose curves of one or two plans and, where they share a curve, how much is occupied: wide and compact."""
    from journal.charts.occupancy import OccupancyData, OccupancyLine, occupancy_chart
    from journal.charts.plan import PlanData, PlanLine, plan_chart  # matplotlib: not before somebody looks at a chart

    drawn = {}
    if not tables:
        return drawn
    doses = PlanData(
        tuple(
            PlanLine(
                one.letter or "A", one.name, _number(one.from_mg), tuple((r.date, _number(r.mg)) for r in one.rows)
            )
            for one in tables
        ),
    )
    drawn["dose"] = {size: plan_chart(doses, size, uid="plan") for size in ("wide", "compact")}
    curves = {one.curve for one in tables}
    if None not in curves and len(curves) == 1:
        occupied = OccupancyData(
            tuple(
                OccupancyLine(
                    one.letter or "A", one.name, _number(one.from_percent),
                    tuple((row.date, _number(row.percent)) for row in one.rows),
                )
                for one in tables
            ),
            tables[0].curve.label,
        )  # fmt: skip
        drawn["occupancy"] = {size: occupancy_chart(occupied, size, uid="occupancy") for size in ("wide", "compact")}
    return drawn


def _number(exact: Fraction | Decimal) -> Decimal:
    exact = Fraction(exact)
    return round(Decimal(exact.numerator) / exact.denominator, 6)
