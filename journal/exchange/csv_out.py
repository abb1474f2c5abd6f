"""Rows in, the bytes of a CSV file out: for a spreadsheet, and for our own importer.

UTF-8 with a byte order mark, without which Excel takes it for another encoding; commas; Windows line ends
(RFC 4180). Numbers have a point and an ASCII minus, days are ISO, missing is blank. Text that a spreadsheet would
take for a formula gets an apostrophe in front, which the importer takes off again.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

Cell = str | Decimal | int | float | dt.date | dt.time | None

# A spreadsheet may run what begins with one of these; full-width forms count as the same signs in some.
_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A whole CSV file. Text is escaped by its type: give numbers as numbers, and they stay numbers."""
    return csv_text(headers, rows).encode("utf-8-sig", errors="replace")


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[Cell]], line_end: str = "\r\n") -> str:
    """The same as text without the mark, for a terminal or a pipe."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=line_end)
    writer.writerow([escaped(header) for header in headers])
    writer.writerows([_written(cell) for cell in row] for row in rows)
    return out.getvalue()


def escaped(text: str) -> str:
    """``text`` so that no spreadsheet runs it. ``unescaped`` is its exact inverse."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescaped(text: str) -> str:
    """``text`` without the apostrophe that ``escaped`` put there."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return escaped(cell)
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return f"{cell:%H:%M}"
    number = Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    return f"{number:f}" if number.is_finite() else ""
