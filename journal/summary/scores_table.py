"""Every score with its date: the full page's tables."""

import datetime as dt
from math import ceil

from journal.catalogue.summary import Length
from journal.summary.fit import Fit
from journal.summary.head import YEAR, source
from journal.summary.model import Scored, Summary
from journal.summary.page import Cell, Column, Table
from journal.summary.score_words import scale_of, value_text
from journal.summary.words import count, cut, day

PER_LINE = 14
PER_LONG_LINE = 8
MOST = 54
"""So many of each on a page that is not to be as long as it needs."""


def scores_tables(summary: Summary, fit: Fit) -> list[Table]:
    """One for each questionnaire or score that has values, the latest at the end."""
    if not summary.choices.has("scores"):
        return []
    return [_table(summary, one) for one in summary.scores[: fit.scores] if one.score.values]


def _table(summary: Summary, scored: Scored) -> Table:
    days = sorted(scored.score.values)
    most = None if summary.choices.length == Length.WHOLE else MOST
    shown = days if most is None else days[-most:]
    note = (
        f"{count(len(days) - len(shown), 'earlier score')}, before {day(shown[0])}." if len(shown) < len(days) else ""
    )
    is_long = (shown[-1] - shown[0]).days > YEAR
    number = ceil(len(shown) / (PER_LONG_LINE if is_long else PER_LINE))
    width = ceil(len(shown) / number)
    lines = [shown[start : start + width] for start in range(0, len(shown), width)]
    rows = []
    for place, line in enumerate(lines):
        if place:
            rows.append(_row(Cell("day"), [Cell(_day(one, is_long)) for one in line], width))
        values = [Cell(value_text(scored, scored.score.values[one]), bold=True) for one in line]
        rows.append(_row(Cell("score"), values, width))
    columns = (Column("day", number=False), *(Column(_day(one, is_long)) for one in lines[0]))
    return Table("scores", _title(scored, len(days)), columns, tuple(rows), note)


def _row(name: Cell, cells: list[Cell], width: int) -> tuple[Cell, ...]:
    return (name, *cells, *[Cell()] * (width - len(cells)))


def _day(date: dt.date, is_long: bool) -> str:
    return day(date, year=is_long)


def _title(scored: Scored, n: int) -> str:
    """SCL-90-R depression, 1–5, 28 scores."""
    parts = [cut(scored.score.name, 60), scale_of(scored), source(scored.score) if scored.is_questionnaire else ""]
    return ", ".join(part for part in [*parts, count(n, "score")] if part)
