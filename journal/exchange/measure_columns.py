"""Which columns of a file of days are measures: built-in ones by their name, and those that were asked for. Pure."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from journal.catalogue import measures as catalogue
from journal.exchange.cells import amount_from, finer_than
from journal.exchange.csv_text import column_key
from journal.models.measures import FURTHEST
from journal.reading import decimal_from, quoted

BUILTIN: dict[str, catalogue.Measure] = {
    column_key(word): measure
    for measure in catalogue.MEASURES.values()
    if not measure.column
    for word in (measure.name, measure.slug)
}
"""Built-in measures whose values are measurements, by what a column of theirs can be called."""

PLACES = {catalogue.RATING: 1, catalogue.CHOICE: 0}
"""How fine a value of a kind is kept; an amount to 0.001."""

_END = r"[+-]?[0-9]+(?:[.,][0-9]+)?"
_RANGE = re.compile(rf"\s*({_END})\s*(?:-|–|\.\.)\s*({_END})\s*")


class BadMeasure(ValueError):
    """What was asked for is no measure; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class MeasureColumn:
    """A column that is a measure, and the range that its values lie in where one was given.

    ``places``: how fine its values are. ``asked``: by ``--measure``, so that a measure may be made for it.
    """

    column: str
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 3
    asked: bool = True

    @property
    def has_range(self) -> bool:
        """Whether a range was given."""
        return self.low is not None

    def reader(self, decimal_comma: bool) -> Callable[[str], Decimal]:
        """What reads a cell of it."""
        return lambda text: amount_from(text, decimal_comma, self.low, self.high, self.places)


def asked_for(text: str, columns: Iterable[str]) -> MeasureColumn:
    """A measure as it was asked for: "weight", or with its range "weight:60-80" or "weight:60..80".

    ``columns`` are those of the file: a name of theirs that looks like a range is a name. Raises BadMeasure with a
    sentence.
    """
    columns = list(columns)
    column = _column(text, columns)
    if column:
        return MeasureColumn(column)
    name, colon, ends = text.rpartition(":")
    column = _column(name, columns) if colon else None
    if column is None:
        raise BadMeasure(f"There is no column {quoted(name if colon and _RANGE.fullmatch(ends) else text)}.")
    return MeasureColumn(column, *_ends(ends))


def measure_columns(columns: Iterable[str], asked: Sequence[MeasureColumn]) -> dict[str, MeasureColumn]:
    """Those of ``columns`` that are measures, by column: the ones asked for, and built-in ones by their name."""
    by_column = {measure.column: measure for measure in asked}
    found = {}
    for column in columns:
        builtin = BUILTIN.get(column_key(column))
        if column in by_column:
            found[column] = by_column[column]
        elif builtin:
            places = PLACES.get(builtin.kind, 3)
            found[column] = MeasureColumn(column, builtin.low, builtin.high, places, asked=False)
    return found


def _column(name: str, columns: list[str]) -> str | None:
    return next((column for column in columns if column_key(column) == column_key(name)), None)


def _ends(text: str) -> tuple[Decimal, Decimal]:
    found = _RANGE.fullmatch(text)
    if not found:
        raise BadMeasure(f"{quoted(text)} is not a range. Write it like 1-5.")
    try:
        low, high = decimal_from(found[1]), decimal_from(found[2])
    except ValueError as error:
        raise BadMeasure(f"{quoted(text)} is not a range. Write it like 1-5.") from error
    if low >= high:
        raise BadMeasure(f"The range {quoted(text)} has to go from a lower number to a higher one.")
    if max(abs(low), abs(high)) > FURTHEST or finer_than(low, 3) or finer_than(high, 3):
        raise BadMeasure(f"The range {quoted(text)} cannot be kept. Ends go to {FURTHEST:,}, to 0.001.")
    return low, high
