"""The read-out: what a page says of the day that is pointed at. It says what the chart's table says, no more.

    rows = overview_rows(data, check_ins)      # of the overview
    rows = table_rows(headers, rows, data)     # of any other chart whose table has a row a day, a week or a date
    packed(rows, plot, today)                  # as a page hands it to its script

Every text is made here, so that the script that shows it works nothing out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from journal.analysis.doses import changes
from journal.analysis.numbers import mg_text, rating_text
from journal.analysis.series import Span
from journal.analysis.titles import days_text, in_sentence

from .head import Head, kind_of
from .measure import clean
from .model import OverviewData, Plot
from .table import Cell, cell_text, overview_table
from .theme import day_text

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NOT_RATED, NO_ENTRY = "not rated", "no entry"
MOST_TOLD = 10
"""So many values of a row are told; a sentence of sixty is no sentence. The table has them all."""
_ONLY_IF_ANY = ("carried", "events")


@dataclass(frozen=True)
class ReadRow:
    """What is said of the days ``first`` to ``last``, both included. ``label`` names them, ``text`` is the rest."""

    first: date
    last: date
    label: str
    text: str


def overview_rows(data: OverviewData, check_ins: Mapping[date, int] | None = None) -> list[ReadRow]:
    """A row a day, over 400 days a row a week: dose and its day, each value, and how many ``check_ins`` there were."""
    headers, table = overview_table(data)
    is_week = kind_of(headers[0]) == "week"
    medications = [(data.medication, data.steps), *((m.name, m.steps) for m in data.other_medications)]
    medications = [(clean(name), changes(steps, data.last)) for name, steps in medications if steps]
    columns = [at for at, head in enumerate(headers) if kind_of(head) == "value"]
    found = []
    for place, row in enumerate(table):
        first = row[0]
        last = first if not is_week else table[place + 1][0] - timedelta(1) if place + 1 < len(table) else data.last
        days = Span(first, last)
        parts = [
            _dose(name, steps, first, len(medications) > 1, counted=not is_week and not number)
            for number, (name, steps) in enumerate(medications)
        ]
        if any(day in data.entry_days for day in _days(days)):
            cells = [row[at : at + (4 if is_week else 1)] for at in columns]
            told = zip(data.strips, cells, strict=True)
            parts += [(_week_value if is_week else _value)(clean(strip.name), *values) for strip, values in told]
        else:
            parts.append(NO_ENTRY)
        count = sum((check_ins or {}).get(day, 0) for day in _days(days))
        parts += [f"{count} check-in{'s' * (count != 1)}"] if count else []
        parts += [str(row[-1])] if data.events and row[-1] else []
        found.append(ReadRow(first, last, _label(first, is_week), _joined(parts)))
    return found


def _days(span: Span) -> Iterable[date]:
    return (span.first + timedelta(n) for n in range(span.days))


def _dose(name: str, steps: Sequence, day: date, named: bool, counted: bool) -> str:
    """'25 mg, day 0', with the medication's name where there are several; '' before the first step.

    The days are ``counted`` of the medication that the chart is about.
    """
    step = next((step for step in reversed(steps) if step.day <= day), None)
    if step is None:
        return ""
    since = f", day {(day - step.day).days:,}" if counted else ""
    return f"{f'{name} ' * named}{mg_text(step.mg)} mg{since}"


def _value(name: str, cell: Cell) -> str:
    return f"{in_sentence(name)} {NOT_RATED if cell is None else rating_text(cell)}"


def _week_value(name: str, mean: Cell, low: Cell, high: Cell, days: Cell) -> str:
    if mean is None:
        return _value(name, None)
    return f"{_value(name, mean)} ({rating_text(low)} to {rating_text(high)}, {days_text(days)})"


# -- any chart --------------------------------------------------------------------------------------------------------


def table_rows(headers: Sequence[str], rows: Sequence[Sequence[Cell]], data) -> list[ReadRow]:
    """A row for each one of the table that begins with a day; a week where its head says so. [] without such rows.

    Columns that repeat a value as a running mean are left to the table. ``data.entry_days``, where there are such, tell
    "no entry" from "not rated".
    """
    rows = [row for row in rows if row and isinstance(row[0], date)]
    is_week = kind_of(headers[0]) == "week"
    entry_days = getattr(data, "entry_days", None)
    one_dose = sum(kind_of(head) == "dose" for head in headers) == 1
    found = []
    for place, row in enumerate(rows):
        first = last = row[0]
        if is_week:
            last = rows[place + 1][0] - timedelta(1) if place + 1 < len(rows) else data.last
        doses, values, told = [], [], []
        for head, cell in zip(headers[1:], row[1:], strict=True):
            kind = kind_of(head)
            if kind == "dose":
                doses += [] if cell is None else [f"{_of(head, one_dose)}{mg_text(cell)} mg"]
            elif kind != "derived" and not (cell is None and kind in _ONLY_IF_ANY):
                text = NOT_RATED if cell is None else cell_text(head, cell)
                values.append(text if kind == "events" else f"{in_sentence(head)} {text}")
                told.append(cell)
        if told and all(cell is None for cell in told):
            has_entry = entry_days is None or any(day in entry_days for day in _days(Span(first, last)))
            values = [NOT_RATED if has_entry else NO_ENTRY]
        more = len(values) - MOST_TOLD
        values = values if more <= 0 else [*values[:MOST_TOLD], f"{more} more in the table"]
        found.append(ReadRow(first, last, _label(first, is_week), _joined([*doses, *values])))
    return found


def _of(head: str, one_dose: bool) -> str:
    """Whose dose it is, with a space after it; '' where there is but one."""
    return "" if one_dose or not isinstance(head, Head) else f"{head.of} "


def _label(day: date, is_week: bool = False) -> str:
    """'Mon 22 Oct 2012', or 'Week from Mon 22 Oct 2012'."""
    return f"{'Week from ' * is_week}{WEEKDAYS[day.weekday()]} {day_text(day, year=True)}"


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(part for part in parts if part)


# -- as a page has it -------------------------------------------------------------------------------------------------


def packed(rows: Sequence[ReadRow], plot: Plot, today: date) -> dict:
    """``rows`` in short, the place of the ``last`` one, and of the last one not to come, ``now``. {} for none.

    A row: days from the plot's first to its own, its length in days, label, text, and the day that can be opened as in
    its address ('' for a week, and for days to come). Rows outside the plot are left out.
    """
    found, now = [], 0
    for row in rows:
        first, last = max(row.first, plot.first), min(row.last, plot.last)
        if first > last:
            continue
        opens = row.first.isoformat() if row.first == row.last and row.first <= today else ""
        now = len(found) if first <= today else now
        found.append([(first - plot.first).days, (last - first).days + 1, row.label, row.text, opens])
    return {"rows": found, "last": len(found) - 1, "now": now} if found else {}
