"""The cells of our CSV files, read: what each may hold, and the sentence about one that cannot be kept.

Pure. Nothing is guessed and nothing is rounded: what cannot be kept as it stands is a bad row.
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
from journal.models.base import EARLIEST_DAY, MOST_MG, NOTE_LENGTH, check_no_control, plain
from journal.models.measures import FURTHEST
from journal.reading import day_from, plain_number, quoted

NAME_LENGTH = 100

"""Below this an amount fits its column."""

_NUMBER = re.compile(r"([+-]?)([0-9]{1,9})(?:([.,])([0-9]{1,15}))?")
_TIME = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?")
_MOMENT = re.compile(
    r"(?P<day>[0-9./-]+?)(?:T|t|,? +)(?P<time>[0-9]{1,2}:[0-9:.,]*)(?P<zone> ?(?:Z|z|UTC|[+-][0-9]{2}:?[0-9]{2}))?"
)


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
class Parsed:
    """The good rows in order of their days, and all complaints about the others."""

    rows: tuple
    errors: tuple[RowError, ...]


class BadCell(ValueError):
    """A cell that cannot be kept; the message says why."""


def column_names(table: Table) -> list[str]:
    """The columns of a file as a person calls them, for a sentence that lists them."""
    return [plain(name)[:NAME_LENGTH] for name in table.headers]


@dataclass
class Cells:
    """One row while it is read: a complaint about a cell is kept, and the others are read all the same."""

    number: int
    file: str
    by_column: dict[str, str]
    errors: list[RowError] = field(default_factory=list)
    bad: set[str] = field(default_factory=set)

    def text(self, column: str) -> str:
        """The cell as it stands; blank where there is no such column."""
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
        """Something about the row; not where ``unless`` is a bad cell, which has its complaint already."""
        if unless not in self.bad:
            self.errors.append(RowError(self.file, self.number, message))


class Reader:
    """Goes through the rows of a table once and collects what is wrong with them."""

    def __init__(self, file: str, table: Table, columns: dict[int, str]):
        self.file, self.table, self.columns = file, table, columns
        self.errors = [RowError(file, problem.row, problem.message) for problem in table.problems]

    def __iter__(self):
        for row in self.table.rows:
            cells = Cells(row.number, self.file, {name: row.cells[place] for place, name in self.columns.items()})
            yield cells
            self.errors.extend(cells.errors)

    def all_errors(self) -> tuple[RowError, ...]:
        """Every complaint, by rows."""
        return tuple(sorted(self.errors, key=lambda error: error.row_number))


def columns_of(table: Table, known: tuple[str, ...], ignore: Collection[str]) -> dict[int, str]:
    """Place to name of the columns that count; the known ones under our own spelling."""
    ours = {column_key(name): name for name in known}
    ignored = {column_key(name) for name in ignore}
    return {
        place: ours.get(column_key(name), name)
        for place, name in enumerate(table.headers)
        if column_key(name) not in ignored
    }


def need(columns: dict[int, str], table: Table, *needed: str) -> None:
    """Raises NotCsv for a column that has to be there and is not."""
    for name in needed:
        if name not in columns.values():
            raise NotCsv(f"There is no column “{name}”. The columns are: {', '.join(column_names(table))}.")


def no_symptom_twice(symptoms: Collection[str]) -> None:
    """Raises NotCsv where two columns are one built-in symptom."""
    seen: dict[str, str] = {}
    for column in symptoms:
        builtin = catalogue.find(column)
        if builtin and builtin.slug in seen:
            raise NotCsv(f"The columns “{seen[builtin.slug]}” and “{column}” are the same symptom, {builtin.name}.")
        if builtin:
            seen[builtin.slug] = column


def number_from(text: str, decimal_comma: bool) -> Decimal:
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


def finer_than(number: Decimal, places: int) -> bool:
    """Whether it has more decimal places than that."""
    return number != round(number, places)


def score_from(text: str, decimal_comma: bool) -> Decimal:
    """A rating: 0 to 10, to 0.1."""
    number = number_from(text, decimal_comma)
    if not 0 <= number <= 10:
        raise BadCell(f"{quoted(text)} is outside 0 to 10.")
    if finer_than(number, 1):
        raise BadCell(f"{quoted(text)} is finer than 0.1, the smallest that is kept.")
    return round(number, 1)


def hours_from(text: str, decimal_comma: bool) -> Decimal:
    """Hours of a day, to 0.01."""
    number = number_from(text, decimal_comma)
    if not 0 <= number <= 24:
        raise BadCell(f"{quoted(text)} is outside 0 to 24 hours.")
    if finer_than(number, 2):
        raise BadCell(f"{quoted(text)} is finer than 0.01 hours, the smallest that is kept.")
    return round(number, 2)


def mg_from(text: str, decimal_comma: bool) -> Decimal:
    """A dose in mg, to 0.001."""
    number = number_from(text, decimal_comma)
    if number < 0:
        raise BadCell("A dose cannot be below 0 mg.")
    if number > MOST_MG:
        raise BadCell(f"{quoted(text)} is more than {MOST_MG:,} mg. Is the unit mg?")
    if finer_than(number, 3):
        raise BadCell(f"{quoted(text)} is finer than 0.001 mg, the smallest that is kept.")
    return round(number, 3)


def past_day_from(text: str, today: dt.date) -> dt.date:
    """A day up to ``today``."""
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


def name_from(text: str) -> str:
    """A name, with single spaces."""
    name = " ".join(text_from(text).split())
    if len(name) > NAME_LENGTH:
        raise BadCell(f"This name has {len(name)} characters. {NAME_LENGTH} fit.")
    return name


def note_from(text: str, most: int = NOTE_LENGTH) -> str:
    """A note of up to ``most`` characters."""
    note = text_from(text)
    if len(note) > most:
        raise BadCell(f"This note has {len(note):,} characters. {most:,} fit.")
    return note


def line_from(text: str, most: int) -> str:
    """A note that is kept as one line: a line end in it becomes a space."""
    return note_from(" ".join(text_from(text).split()), most)


def time_from(text: str) -> dt.time:
    """A time of day, to the minute; seconds are left out. Not "8:58 PM", which would be kept as the morning."""
    found = _TIME.fullmatch(text)
    if not found:
        raise BadCell(f"{quoted(text)} is not a time. Write it like 08:58, with hours from 00 to 23.")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    if hours > 23 or minutes > 59 or seconds > 59:
        raise BadCell(f"{quoted(text)} is not a time. A day has 00:00 to 23:59.")
    return dt.time(hours, minutes)


def moment_from(text: str, now: dt.datetime) -> dt.datetime:
    """A day and a time in one cell, both on the person's own clock, up to ``now``."""
    found = _MOMENT.fullmatch(text)
    if not found:
        raise BadCell(f"{quoted(text)} is not a day and a time. Write it like 2012-08-13T08:58.")
    if found["zone"]:
        raise BadCell(f"{quoted(text)} names a time zone. Write the time as your clock showed it: 2012-08-13T08:58.")
    return up_to(now, dt.datetime.combine(past_day_from(found["day"], now.date()), time_from(found["time"])))


def up_to(now: dt.datetime, moment: dt.datetime) -> dt.datetime:
    """``moment``, unless it is still to come."""
    if moment > now:
        raise BadCell(f"{moment:%Y-%m-%d %H:%M} is still to come. It is {now:%Y-%m-%d %H:%M} where you are.")
    return moment


def amount_from(text: str, decimal_comma: bool, low: Decimal | None, high: Decimal | None, places: int = 3) -> Decimal:
    """A value of a measure within ``low`` to ``high``, of which each end may be open, to so many places."""
    number = number_from(text, decimal_comma)
    if not fits(number, low, high):
        raise BadCell(f"{quoted(text)} is outside {span_words(low, high)}.")
    if abs(number) > FURTHEST:
        raise BadCell(f"{quoted(text)} is larger than can be kept.")
    if finer_than(number, places):
        smallest = plain_number(Decimal(1).scaleb(-places))
        raise BadCell(f"{quoted(text)} is finer than {smallest}, the smallest that is kept.")
    return round(number, places)


def fits(number: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether it lies within the range, ends included."""
    return (low is None or low <= number) and (high is None or number <= high)


def span_words(low: Decimal | None, high: Decimal | None) -> str:
    """ "1 to 5"; "1 and more" or "up to 5" where the other end is open."""
    if low is None:
        return "every number" if high is None else f"up to {plain_number(high)}"
    return f"{plain_number(low)} and more" if high is None else f"{plain_number(low)} to {plain_number(high)}"


def text_from(text: str) -> str:
    """Text as it is kept, without the apostrophe of an export."""
    text = unescaped(text).replace("\r\n", "\n").replace("\r", "\n")
    try:
        check_no_control(text)
    except ValidationError as error:
        raise BadCell("There is a character in this text that cannot be kept, such as a NUL.") from error
    return plain(text).strip()
