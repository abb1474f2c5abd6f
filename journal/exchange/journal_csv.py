"""Our two CSV files as typed rows: days (entries) and dose steps. docs/data-formats.md describes them.

Pure: a table and today's date in; rows and every bad row's complaint out. Nothing is guessed and nothing is rounded:
what cannot be kept as it stands is a bad row, with a sentence.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from decimal import Decimal

from django.core.exceptions import ValidationError

from journal.catalogue import symptoms as catalogue
from journal.exchange.csv_out import unescaped
from journal.exchange.csv_text import NotCsv, Table, column_key
from journal.models import DoseStep
from journal.models.base import EARLIEST_DAY, MOST_MG, NOTE_LENGTH, check_no_control, plain
from journal.reading import day_from, quoted

NAME_LENGTH = 100
SCORES = ("mood", "energy", "sleep_quality", "function")
ENTRY_COLUMNS = ("date", "medication", "dose_mg", "took_dose", *SCORES, "sleep_hours", "notes")
STEP_COLUMNS = ("medication", "starts_on", "dose_mg", "change_percent", "kind", "note")

TOOK = {word: True for word in ("yes", "y", "true", "1", "taken")}
NOT_TOOK = {word: False for word in ("no", "n", "false", "0", "missed")}
KINDS = {word.casefold(): kind.value for kind in DoseStep.Kind for word in (kind.value, kind.label)}

_NUMBER = re.compile(r"([+-]?)([0-9]{1,9})(?:([.,])([0-9]{1,15}))?")


@dataclass(frozen=True, slots=True)
class RowError:
    """Something in a file that cannot be kept. Row 0 is the file as a whole.

    ``symptom`` is the column that was taken for one; ``differs`` marks a value that the journal has otherwise.
    """

    file: str
    row_number: int
    message: str
    symptom: str = ""
    differs: bool = False

    def __str__(self):
        return (
            f"{self.file}, row {self.row_number}: {self.message}" if self.row_number else f"{self.file}: {self.message}"
        )


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One day. A score that is absent was not recorded; ``took`` None: nothing was said about the dose."""

    row: int
    date: dt.date
    medication: str
    dose_mg: Decimal | None
    took: bool | None
    scores: dict[str, Decimal]
    notes: str
    ratings: dict[str, Decimal]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded for the day."""
        return self.took is None and not (self.scores or self.notes or self.ratings)


@dataclass(frozen=True, slots=True)
class StepLine:
    """From ``starts_on`` on, ``mg`` a day. ``kind`` blank: as the change says."""

    row: int
    medication: str
    starts_on: dt.date
    mg: Decimal
    kind: str
    note: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """The good rows in order of their days, and all complaints about the others."""

    rows: tuple
    errors: tuple[RowError, ...]


class BadCell(ValueError):
    """A cell that cannot be kept; the message says why."""


def parse_entries(file: str, table: Table, today: dt.date, ignore: Collection[str] = ()) -> Parsed:
    """The days of a file. Every column that is not an entry's own is a symptom. Raises NotCsv without a date column."""
    columns = _columns(table, ENTRY_COLUMNS, ignore)
    _need(columns, table, "date")
    symptoms = [name for name in columns.values() if name not in ENTRY_COLUMNS]
    _no_symptom_twice(symptoms)
    reader = _Reader(file, table, columns)
    rows: dict[dt.date, EntryLine] = {}
    for cells in reader:
        line = EntryLine(
            row=cells.number,
            date=cells.read("date", lambda text: _day(text, today)),
            medication=cells.read("medication", _name) or "",
            dose_mg=cells.read("dose_mg", lambda text: _mg(text, table.decimal_comma)),
            took=cells.read("took_dose", _took),
            scores=_scores(cells, table.decimal_comma),
            notes=cells.read("notes", _note) or "",
            ratings=_ratings(cells, symptoms, table.decimal_comma),
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
    columns = _columns(table, STEP_COLUMNS, ignore)
    _need(columns, table, "medication", "starts_on", "dose_mg")
    strange = [name for name in columns.values() if name not in STEP_COLUMNS]
    if strange:
        raise NotCsv(
            f"A dose step has no column “{strange[0]}”. It has: {', '.join(STEP_COLUMNS)}. "
            "Leave other columns out of the file, or have them ignored."
        )
    reader = _Reader(file, table, columns)
    rows: dict[tuple[str, dt.date], StepLine] = {}
    for cells in reader:
        line = StepLine(
            row=cells.number,
            medication=cells.read("medication", _name) or "",
            starts_on=cells.read("starts_on", lambda text: _day(text, today)),
            mg=cells.read("dose_mg", lambda text: _mg(text, table.decimal_comma)),
            kind=cells.read("kind", _kind) or "",
            note=cells.read("note", _note) or "",
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


def column_names(table: Table) -> list[str]:
    """The columns of a file as a person calls them, for a sentence that lists them."""
    return [plain(name)[:NAME_LENGTH] for name in table.headers]


@dataclass
class _Cells:
    """One row while it is read: a complaint about a cell is kept, and the others are read all the same."""

    number: int
    file: str
    by_column: dict[str, str]
    errors: list[RowError] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)

    def text(self, column: str) -> str:
        return self.by_column.get(column, "")

    def read(self, column: str, convert: Callable, symptom: str = ""):
        """The cell as ``convert`` takes it; None for a blank and for a bad one."""
        text = self.text(column)
        if not text:
            return None
        try:
            return convert(text)
        except BadCell as problem:
            self.bad.add(column)
            self.errors.append(RowError(self.file, self.number, f"{column}: {problem}", symptom))
            return None

    def complain(self, message: str, unless: str = "") -> None:
        if unless not in self.bad:
            self.errors.append(RowError(self.file, self.number, message))


class _Reader:
    """Goes through the rows of a table once and collects what is wrong with them."""

    def __init__(self, file: str, table: Table, columns: dict[int, str]):
        self.file, self.table, self.columns = file, table, columns
        self.errors = [RowError(file, problem.row, problem.message) for problem in table.problems]

    def __iter__(self):
        for row in self.table.rows:
            cells = _Cells(row.number, self.file, {name: row.cells[place] for place, name in self.columns.items()})
            yield cells
            self.errors.extend(cells.errors)

    def all_errors(self) -> tuple[RowError, ...]:
        return tuple(sorted(self.errors, key=lambda error: error.row_number))


def _columns(table: Table, known: tuple[str, ...], ignore: Collection[str]) -> dict[int, str]:
    """Place to name of the columns that count; the known ones under our own spelling."""
    ours = {column_key(name): name for name in known}
    ignored = {column_key(name) for name in ignore}
    return {
        place: ours.get(column_key(name), name)
        for place, name in enumerate(table.headers)
        if column_key(name) not in ignored
    }


def _need(columns: dict[int, str], table: Table, *needed: str) -> None:
    for name in needed:
        if name not in columns.values():
            raise NotCsv(f"There is no column “{name}”. The columns are: {', '.join(column_names(table))}.")


def _no_symptom_twice(symptoms: Collection[str]) -> None:
    seen: dict[str, str] = {}
    for column in symptoms:
        builtin = catalogue.find(column)
        if builtin and builtin.slug in seen:
            raise NotCsv(f"The columns “{seen[builtin.slug]}” and “{column}” are the same symptom, {builtin.name}.")
        if builtin:
            seen[builtin.slug] = column


def _scores(cells: _Cells, decimal_comma: bool) -> dict[str, Decimal]:
    read = {name: cells.read(name, lambda text: _score(text, decimal_comma)) for name in SCORES}
    read["sleep_hours"] = cells.read("sleep_hours", lambda text: _hours(text, decimal_comma))
    return {name: value for name, value in read.items() if value is not None}


def _ratings(cells: _Cells, symptoms: Collection[str], decimal_comma: bool) -> dict[str, Decimal]:
    read = {name: cells.read(name, lambda text: _score(text, decimal_comma), symptom=name) for name in symptoms}
    return {name: value for name, value in read.items() if value is not None}


def _number(text: str, decimal_comma: bool) -> Decimal:
    """A number as the file writes it. Not ``Decimal(text)``: that takes "NaN", "1e9" and digits of every script."""
    found = _NUMBER.fullmatch(text.replace("−", "-"))
    if not found:
        raise BadCell(f"{quoted(text)} is not a number. Leave the cell blank where nothing was recorded.")
    sign, whole, point, decimals = found.groups()
    if point == "," and not decimal_comma:
        raise BadCell(f"{quoted(text)} has a comma. Where commas part the columns, write a point: {whole}.{decimals}.")
    if point == "." and decimal_comma and len(decimals) == 3 and whole.lstrip("0"):
        raise BadCell(f"{quoted(text)} can mean two numbers. Write {whole}{decimals} or {whole},{decimals}.")
    number = Decimal(f"{sign}{whole}.{decimals or 0}")
    return number if number else abs(number)


def _finer_than(number: Decimal, places: int) -> bool:
    return number != round(number, places)


def _score(text: str, decimal_comma: bool) -> Decimal:
    number = _number(text, decimal_comma)
    if not 0 <= number <= 10:
        raise BadCell(f"{quoted(text)} is outside 0 to 10.")
    if _finer_than(number, 1):
        raise BadCell(f"{quoted(text)} is finer than 0.1, the smallest that is kept.")
    return round(number, 1)


def _hours(text: str, decimal_comma: bool) -> Decimal:
    number = _number(text, decimal_comma)
    if not 0 <= number <= 24:
        raise BadCell(f"{quoted(text)} is outside 0 to 24 hours.")
    if _finer_than(number, 2):
        raise BadCell(f"{quoted(text)} is finer than 0.01 hours, the smallest that is kept.")
    return round(number, 2)


def _mg(text: str, decimal_comma: bool) -> Decimal:
    number = _number(text, decimal_comma)
    if number < 0:
        raise BadCell("A dose cannot be below 0 mg.")
    if number > MOST_MG:
        raise BadCell(f"{quoted(text)} is more than {MOST_MG:,} mg. Is the unit mg?")
    if _finer_than(number, 3):
        raise BadCell(f"{quoted(text)} is finer than 0.001 mg, the smallest that is kept.")
    return round(number, 3)


def _day(text: str, today: dt.date) -> dt.date:
    text = re.sub(r"[T ]00:00(:00)?$", "", text)  # a spreadsheet's day with its midnight
    found = re.fullmatch(r"(\d{1,2})-(\d{1,2})-\d{1,4}", text, re.ASCII)
    if found and int(found[1]) <= 12 and int(found[2]) <= 12 and found[1] != found[2]:
        raise BadCell(f"{quoted(text)} can mean two days. Write it like 2026-11-22.")
    try:
        day = day_from(text)
    except ValidationError as error:
        raise BadCell(error.messages[0]) from error
    if day < EARLIEST_DAY:
        raise BadCell(f"{quoted(text)} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")
    if day > today:
        raise BadCell(f"{quoted(text)} is still to come. Today is {today}.")
    return day


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


def _name(text: str) -> str:
    name = " ".join(_text(text).split())
    if len(name) > NAME_LENGTH:
        raise BadCell(f"This name has {len(name)} characters. {NAME_LENGTH} fit.")
    return name


def _note(text: str) -> str:
    note = _text(text)
    if len(note) > NOTE_LENGTH:
        raise BadCell(f"This note has {len(note):,} characters. {NOTE_LENGTH:,} fit.")
    return note


def _text(text: str) -> str:
    text = unescaped(text).replace("\r\n", "\n").replace("\r", "\n")
    try:
        check_no_control(text)
    except ValidationError as error:
        raise BadCell("There is a character in this text that cannot be kept, such as a NUL.") from error
    return plain(text).strip()
