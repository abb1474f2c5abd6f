"""Days (entries) and dose steps of a CSV file as typed rows. docs/data-formats.md describes them.

Pure: a table and today's date in; rows and every bad row's complaint out.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from journal.exchange.cells import (
    BadCell,
    Cells,
    Parsed,
    Reader,
    columns_of,
    hours_from,
    mg_from,
    name_from,
    need,
    no_symptom_twice,
    note_from,
    past_day_from,
    score_from,
    time_from,
)
from journal.exchange.csv_text import NotCsv, Table
from journal.exchange.measure_columns import MeasureColumn, measure_columns
from journal.models import DoseStep
from journal.reading import quoted

SCORES = ("mood", "energy", "sleep_quality", "function")
TIMES = ("bed_time", "wake_time")
ENTRY_COLUMNS = ("date", "medication", "dose_mg", "took_dose", *SCORES, "sleep_hours", *TIMES, "notes")
STEP_COLUMNS = ("medication", "starts_on", "dose_mg", "change_percent", "kind", "note")

TOOK = {word: True for word in ("yes", "y", "true", "1", "taken")}
NOT_TOOK = {word: False for word in ("no", "n", "false", "0", "missed")}
KINDS = {word.casefold(): kind.value for kind in DoseStep.Kind for word in (kind.value, kind.label)}


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One day. A score that is absent was not recorded; ``took`` None: nothing was said about the dose.

    ``scores`` and ``times`` by their field of the entry, ``ratings`` and ``measures`` by their column.
    """

    row: int
    date: dt.date
    medication: str
    dose_mg: Decimal | None
    took: bool | None
    scores: dict[str, Decimal]
    notes: str
    ratings: dict[str, Decimal]
    times: dict[str, dt.time] = field(default_factory=dict)
    measures: dict[str, Decimal] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded for the day."""
        return self.took is None and not (self.scores or self.notes or self.ratings or self.times or self.measures)


@dataclass(frozen=True, slots=True)
class StepLine:
    """From ``starts_on`` on, ``mg`` a day. ``kind`` blank: as the change says."""

    row: int
    medication: str
    starts_on: dt.date
    mg: Decimal
    kind: str
    note: str


def parse_entries(
    file: str, table: Table, today: dt.date, ignore: Collection[str] = (), measures: Sequence[MeasureColumn] = ()
) -> Parsed:
    """The days of a file. Every column that is neither an entry's own nor a measure's is a symptom.

    Raises NotCsv without a date column.
    """
    columns = columns_of(table, ENTRY_COLUMNS, ignore)
    need(columns, table, "date")
    others = [name for name in columns.values() if name not in ENTRY_COLUMNS]
    measured = measure_columns(others, measures)
    symptoms = [name for name in others if name not in measured]
    no_symptom_twice(symptoms)
    reader = Reader(file, table, columns)
    rows: dict[dt.date, EntryLine] = {}
    for cells in reader:
        line = EntryLine(
            row=cells.number,
            date=cells.read("date", lambda text: past_day_from(text, today)),
            medication=cells.read("medication", name_from) or "",
            dose_mg=cells.read("dose_mg", lambda text: mg_from(text, table.decimal_comma)),
            took=cells.read("took_dose", _took),
            scores=_scores(cells, table.decimal_comma),
            notes=cells.read("notes", note_from) or "",
            ratings=ratings_in(cells, symptoms, table.decimal_comma),
            times=_given({name: cells.read(name, time_from) for name in TIMES}),
            measures=_given({name: cells.read(name, by.reader(table.decimal_comma)) for name, by in measured.items()}),
        )
        if line.date is None:
            cells.complain("There is no date in this row.", unless="date")
        elif line.date in rows:
            cells.complain(f"{line.date} is there twice: also in row {rows[line.date].row}. A day has one row.")
        else:
            rows[line.date] = line
        if line.took is not None and not line.medication:
            cells.complain("took_dose is filled in, but there is no medication in this row.", unless="medication")
    return Parsed(tuple(rows[day] for day in sorted(rows)), reader.all_errors())


def parse_steps(file: str, table: Table, today: dt.date, ignore: Collection[str] = ()) -> Parsed:
    """The dose steps of a file. Raises NotCsv when a column is missing or is none of a dose step's."""
    columns = columns_of(table, STEP_COLUMNS, ignore)
    need(columns, table, "medication", "starts_on", "dose_mg")
    strange = [name for name in columns.values() if name not in STEP_COLUMNS]
    if strange:
        raise NotCsv(
            f"A dose step has no column “{strange[0]}”. It has: {', '.join(STEP_COLUMNS)}. "
            "Leave other columns out of the file, or have them ignored."
        )
    reader = Reader(file, table, columns)
    rows: dict[tuple[str, dt.date], StepLine] = {}
    for cells in reader:
        line = StepLine(
            row=cells.number,
            medication=cells.read("medication", name_from) or "",
            starts_on=cells.read("starts_on", lambda text: past_day_from(text, today)),
            mg=cells.read("dose_mg", lambda text: mg_from(text, table.decimal_comma)),
            kind=cells.read("kind", _kind) or "",
            note=cells.read("note", note_from) or "",
        )
        for column in ("medication", "starts_on", "dose_mg"):
            if not cells.text(column):
                cells.complain(f"There is nothing in {column} in this row.")
        key = (line.medication.casefold(), line.starts_on)
        if not line.medication or line.starts_on is None or line.mg is None:
            continue
        if key in rows:
            cells.complain(
                f"{line.medication} has two steps on {line.starts_on}: also in row {rows[key].row}. A day has one step."
            )
        else:
            rows[key] = line
    return Parsed(tuple(rows[key] for key in sorted(rows, key=lambda key: (key[1], key[0]))), reader.all_errors())


def _scores(cells: Cells, decimal_comma: bool) -> dict[str, Decimal]:
    read = {name: cells.read(name, lambda text: score_from(text, decimal_comma)) for name in SCORES}
    read["sleep_hours"] = cells.read("sleep_hours", lambda text: hours_from(text, decimal_comma))
    return _given(read)


def ratings_in(cells: Cells, symptoms: Collection[str], decimal_comma: bool) -> dict[str, Decimal]:
    """What stands in the columns of symptoms, by column."""
    return _given(
        {name: cells.read(name, lambda text: score_from(text, decimal_comma), symptom=name) for name in symptoms}
    )


def _given(read: dict) -> dict:
    return {name: value for name, value in read.items() if value is not None}


def _took(text: str) -> bool:
    said = {**TOOK, **NOT_TOOK}.get(text.casefold())
    if said is None:
        raise BadCell(f"{quoted(text)} is neither yes nor no. Leave the cell blank where it was not recorded.")
    return said


def _kind(text: str) -> str:
    kind = KINDS.get(text.casefold())
    if kind is None:
        raise BadCell(f"{quoted(text)} is not a kind of step. The kinds are: {', '.join(DoseStep.Kind.values)}.")
    return kind
