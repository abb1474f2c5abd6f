"""Bytes of a CSV file in, rows of text out; or one plain sentence that says why not.

Knows nothing of the journal: only of encodings, delimiters, quotation marks and the shape of a table.
"""

import csv
import io
from dataclasses import dataclass

from journal.exchange.csv_out import unescaped

MOST_BYTES = 50_000_000
DELIMITERS = ",;\t"

# What people pick by mistake, by how such a file begins.
_NOT_CSV = (
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a spreadsheet or a ZIP file; in the spreadsheet, save it as CSV (UTF-8)"),
    (b"\xd0\xcf\x11\xe0", "an old Excel file; in the spreadsheet, save it as CSV (UTF-8)"),
    (b"\x1f\x8b", "a compressed file"),
    (b"SQLite format 3", "a database"),
)


class NotCsv(ValueError):
    """The whole file cannot be used. The message is a sentence for the person who chose it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad row, by the number that a spreadsheet shows beside it (the header is row 1)."""

    row: int
    message: str


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, as many as there are headers, without spaces around them."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file as text. ``decimal_comma`` says whether "5,5" may be a number in it."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    decimal_comma: bool
    problems: tuple[Problem, ...]


def read_table(data: bytes) -> Table:
    """The table in ``data``. Raises NotCsv when there is none; rows of a wrong length become problems."""
    text = _text(data)
    delimiter, text = _delimiter(text)
    records = _records(text, delimiter)
    header = next(records, None)
    if header is None:
        raise NotCsv("This file is empty.")
    headers = _headers(header)
    width = len(headers)
    rows, problems = [], []
    for number, cells in records:
        while len(cells) > width and not cells[-1]:
            cells.pop()
        if len(cells) == width:
            rows.append(Row(number, tuple(cells)))
        else:
            problems.append(
                Problem(number, f"There are {len(cells)} cells, but {width} columns. Is a quotation mark missing?")
            )
    headers, rows = _without_unnamed(headers, rows)
    return Table(headers, tuple(rows), delimiter != ",", tuple(problems))


def column_key(name: str) -> str:
    """Column names are compared by this: "Took Dose", "took-dose" and "took_dose" are one."""
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _text(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise NotCsv(f"This file is larger than {MOST_BYTES // 1_000_000} MB. Split it into smaller ones.")
    for start, what in _NOT_CSV:
        if data.startswith(start):
            raise NotCsv(f"This is not a CSV file. It looks like {what}.")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotCsv("This is not text in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.") from error
    first_line = text.lstrip("\r\n").split("\n", 1)[0]
    if "\0" in first_line:
        raise NotCsv("This is not text, or not in UTF-8. In the spreadsheet, save it as “CSV UTF-8”.")
    if not text.strip():
        raise NotCsv("This file is empty.")
    return text


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without the line "sep=;" with which some spreadsheets begin."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and first.strip()[4:] in (",", ";"):
        return first.strip()[4:], rest
    header = text.lstrip().split("\n", 1)[0].split("\r", 1)[0]
    counts = {sign: _outside_quotes(header).count(sign) for sign in DELIMITERS}
    return max(DELIMITERS, key=lambda sign: counts[sign]), text


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _records(text: str, delimiter: str):
    """(row number, cells) of each row in which anything stands."""
    # strict: a quotation mark that never ends would otherwise swallow the rest of the file into one note.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise NotCsv(f"Row {number} cannot be read. {_reason(error)}") from error
        if any(cells):
            yield number, cells


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"A cell in it is longer than {csv.field_size_limit():,} characters. Is a quotation mark missing?"
    return "A quotation mark in it is not closed, or stands alone. Inside a cell, write it twice."


def _headers(header: tuple[int, list[str]]) -> tuple[str, ...]:
    number, cells = header
    while cells and not cells[-1]:
        cells.pop()
    if not any(any(letter.isalpha() for letter in cell) for cell in cells):
        raise NotCsv(f"Row {number} has no column names. The first row needs them: date, mood and so on.")
    headers = tuple(unescaped(cell) for cell in cells)
    seen: dict[str, int] = {}
    for position, name in enumerate(headers, start=1):
        key = column_key(name)
        if key and key in seen:
            raise NotCsv(f"The column “{name}” is there twice, as columns {seen[key]} and {position}.")
        seen[key] = position
    return headers


def _without_unnamed(headers: tuple[str, ...], rows: list[Row]) -> tuple[tuple[str, ...], list[Row]]:
    """Leave out columns without a name when nothing stands in them."""
    unnamed = [position for position, name in enumerate(headers) if not column_key(name)]
    if not unnamed:
        return headers, rows
    for row in rows:
        for position in unnamed:
            if row.cells[position]:
                raise NotCsv(f"Column {position + 1} has no name, but row {row.number} has something in it.")
    kept = [position for position in range(len(headers)) if position not in unnamed]
    return (
        tuple(headers[position] for position in kept),
        [Row(row.number, tuple(row.cells[position] for position in kept)) for row in rows],
    )
