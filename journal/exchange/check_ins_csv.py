"""Check-ins of a CSV file as typed rows: a row for each reading. docs/data-formats.md describes them. Pure."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from journal.exchange.cells import (
    BadCell,
    Cells,
    Parsed,
    Reader,
    column_names,
    columns_of,
    line_from,
    moment_from,
    no_symptom_twice,
    past_day_from,
    score_from,
    time_from,
    up_to,
)
from journal.exchange.csv_text import NotCsv, Table, column_key
from journal.exchange.journal_csv import ENTRY_COLUMNS, ratings_in
from journal.exchange.measure_columns import BUILTIN
from journal.models import CheckIn

CHECK_IN_COLUMNS = ("datetime", "date", "time", "mood", "note")
NOTE_LENGTH = CheckIn._meta.get_field("note").max_length

_OF_A_DAY = {column_key(name) for name in ENTRY_COLUMNS} - {column_key(name) for name in CHECK_IN_COLUMNS}


@dataclass(frozen=True, slots=True)
class CheckInLine:
    """How it was at one minute of a day. What is absent was not recorded."""

    row: int
    at: dt.datetime | None
    mood: Decimal | None
    note: str
    ratings: dict[str, Decimal]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded."""
        return self.mood is None and not (self.note or self.ratings)


def parse_check_ins(file: str, table: Table, now: dt.datetime, ignore: Collection[str] = ()) -> Parsed:
    """The check-ins of a file in order of their time, up to ``now`` on the person's clock.

    Every column that is not a check-in's own is a symptom. Raises NotCsv where no column says when, and for a column
    that belongs to a whole day.
    """
    columns = columns_of(table, CHECK_IN_COLUMNS, ignore)
    symptoms = [name for name in columns.values() if name not in CHECK_IN_COLUMNS]
    _need_when(columns.values(), table)
    _none_of_a_day(symptoms)
    no_symptom_twice(symptoms)
    reader = Reader(file, table, columns)
    rows: dict[dt.datetime, CheckInLine] = {}
    for cells in reader:
        line = CheckInLine(
            row=cells.number,
            at=_when(cells, now),
            mood=cells.read("mood", lambda text: score_from(text, table.decimal_comma)),
            note=cells.read("note", lambda text: line_from(text, NOTE_LENGTH)) or "",
            ratings=ratings_in(cells, symptoms, table.decimal_comma),
        )
        if line.at in rows:
            cells.complain(
                f"{line.at:%Y-%m-%d %H:%M} is there twice: also in row {rows[line.at].row}. A minute has one check-in."
            )
        elif line.at:
            rows[line.at] = line
    return Parsed(tuple(rows[at] for at in sorted(rows)), reader.all_errors())


def _need_when(columns: Collection[str], table: Table) -> None:
    parts = [name for name in ("date", "time") if name in columns]
    if "datetime" in columns and parts:
        raise NotCsv(f"There are the columns “datetime” and “{parts[0]}”. Give datetime alone, or date and time.")
    if "datetime" not in columns and len(parts) < 2:
        raise NotCsv(
            "A check-in needs the column “datetime”, or the two columns “date” and “time”. "
            f"The columns are: {', '.join(column_names(table))}."
        )


def _none_of_a_day(symptoms: Collection[str]) -> None:
    """A check-in has a mood and symptoms: what is told of a whole day would come in as a symptom of that name."""
    for name in symptoms:
        if column_key(name) in _OF_A_DAY or column_key(name) in BUILTIN:
            other = " The line of a check-in is called “note”." if column_key(name) == "notes" else ""
            raise NotCsv(f"A check-in has no column “{name}”: that is told of a whole day. Have it ignored.{other}")


def _when(cells: Cells, now: dt.datetime) -> dt.datetime | None:
    """The minute of this row; None with a complaint where it does not say one."""
    if "datetime" in cells.by_column:
        at = cells.read("datetime", lambda text: moment_from(text, now))
        if at is None:
            cells.complain("There is no datetime in this row.", unless="datetime")
        return at
    day = cells.read("date", lambda text: past_day_from(text, now.date()))
    time = cells.read("time", time_from)
    for name, value in (("date", day), ("time", time)):
        if value is None:
            cells.complain(f"There is no {name} in this row.", unless=name)
    if day is None or time is None:
        return None
    try:
        return up_to(now, dt.datetime.combine(day, time))
    except BadCell as problem:
        cells.complain(str(problem))
        return None
