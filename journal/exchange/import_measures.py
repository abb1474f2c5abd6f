"""The measure that a column of an import is: built-in, the person's own, or a new one with its range."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError

from journal.exchange.cells import RowError, finer_than, fits, span_words
from journal.exchange.csv_text import column_key
from journal.exchange.journal_csv import EntryLine
from journal.exchange.measure_columns import BUILTIN, PLACES, MeasureColumn
from journal.models import Measure
from journal.queries.symptoms import clean_name, name_key
from journal.queries.tracked import TrackedMeasure, add_measure, measures_of, rows_for
from journal.reading import plain_number, quoted

NAME_LENGTH = Measure._meta.get_field("name").max_length
CHANGE_IT = "change it under Measures"


class MeasureColumns:
    """Finds or makes the person's measure for each column of a file of days; ``remarks`` says what was made of it."""

    def __init__(self, owner, file: str, errors: list[RowError]):
        self.owner, self.file, self.errors = owner, file, errors
        self.there = measures_of(owner)
        self.remarks: list[str] = []

    def of(self, lines: list[EntryLine], columns: Mapping[str, MeasureColumn]) -> dict[str, int]:
        """The key of the measure of each column in which anything stands. Complaints are about its rows."""
        found: dict[str, int] = {}
        for column, by in columns.items():
            rows = {line.row: line.measures[column] for line in lines if column in line.measures}
            if not rows:
                if by.asked:
                    self.remarks.append(f"Nothing stands in {column}, so it makes no measure.")
                continue
            pk = self._key(column, by, rows)
            if pk in found.values():
                first = next(name for name, other in found.items() if other == pk)
                self._complain(1, f"{first} and {column} are the same measure.")
            elif pk:
                found[column] = pk
        return found

    def _key(self, column: str, by: MeasureColumn, rows: dict[int, Decimal]) -> int | None:
        there = self._find(column)
        if there is None:
            return self._made(column, by, rows)
        if there.column:
            self._complain(1, f"{column} is {there.name}. Its column is {there.column}, without --measure.")
            return None
        if self._fits(column, by, rows, there):
            return self._row(there, rows).pk
        return None

    def _find(self, column: str) -> TrackedMeasure | None:
        """Their own names come first, then the built-in ones', also where they renamed one."""
        named = next((one for one in self.there if name_key(one.name) == name_key(column)), None)
        builtin = BUILTIN.get(column_key(column))
        return named or next((one for one in self.there if builtin and one.builtin == builtin), None)

    def _made(self, column: str, by: MeasureColumn, rows: dict[int, Decimal]) -> int | None:
        try:
            name = clean_name(column, "A measure", NAME_LENGTH)
        except ValidationError as error:
            self._complain(1, f"{quoted(column)}: {error.messages[0]}")
            return None
        low, high = (by.low, by.high) if by.has_range else (min(rows.values()), max(rows.values()))
        if by.has_range:
            self.remarks.append(f"{name}: a new measure, from {plain_number(low)} to {plain_number(high)}.")
        elif low == high:  # no range to speak of
            self.remarks.append(f"{name}: {plain_number(low)} throughout, so its range is open; {CHANGE_IT}.")
            low = high = None
        else:
            ends = f"from {plain_number(low)} to {plain_number(high)}"
            self.remarks.append(f"{name}: {ends}, the lowest and highest in the file; {CHANGE_IT}.")
        made = add_measure(self.owner, name, kind=Measure.Kind.AMOUNT, better=Measure.Better.DOWN, low=low, high=high)
        self.there = measures_of(self.owner)
        return made.pk

    def _fits(self, column: str, by: MeasureColumn, rows: dict[int, Decimal], there: TrackedMeasure) -> bool:
        """Whether each value is one of this measure's, or may be by widening its range."""
        places = PLACES.get(there.kind, 3)
        widens = _can_widen(there) and not by.has_range
        before = len(self.errors)
        for row, value in rows.items():
            if finer_than(value, places):
                kept = plain_number(Decimal(1).scaleb(-places))
                self._complain(row, f"{column}: {plain_number(value)} is finer than {kept}, the smallest that is kept.")
            elif not widens and not fits(value, there.low, there.high):
                span = span_words(there.low, there.high)
                said = f"{column}: {plain_number(value)} is outside {span}, the range of {there.name}."
                self._complain(row, f"{said} You can {CHANGE_IT}." if _can_widen(there) else said)
        return len(self.errors) == before

    def _row(self, there: TrackedMeasure, rows: dict[int, Decimal]) -> Measure:
        """Its row, in a range that holds the file's. A built-in one that was never used goes on the daily page."""
        if there.row is None:
            self.remarks.append(f"{there.name} is on the daily page now; {CHANGE_IT}.")
            return rows_for(self.owner, [replace(there, state=Measure.State.ON)])[there.slug]
        row = there.row
        low = None if row.low is None else min(row.low, *rows.values())
        high = None if row.high is None else max(row.high, *rows.values())
        if (low, high) != (row.low, row.high):
            was, now = span_words(row.low, row.high), span_words(low, high)
            self.remarks.append(f"{row.name}: its range was {was} and is now {now}, as the file needs; {CHANGE_IT}.")
            row.low, row.high = low, high
            row.save(update_fields=["low", "high"])
        return row

    def _complain(self, row: int, message: str) -> None:
        self.errors.append(RowError(self.file, row, message))


def _can_widen(there: TrackedMeasure) -> bool:
    """An own amount: ratings and choices have the range that they have."""
    return there.builtin is None and there.kind == Measure.Kind.AMOUNT
