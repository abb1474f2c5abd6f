"""Every score with its date: the full page's tables."""

import datetime as dt
from math import ceil

from journal.catalogue.summary import Length
from journal.summary.fit import Fit
from journal.summary.head import YEAR
from journal.summary.model import Scored, Summary
from journal.summary.page import Cell, Column, Table
from journal.summary.score_words import value_text, with_scale
from journal.summary.words import count, day

PER_LINE = 14
PER_LONG_LINE = 9
MOST = 54
"""So many of each on a page that is not to be as long as it needs."""


def scores_tables(summary: Summary, fit: Fit) -> list[Table]:
    """One for each questionnaire or score that has values, the latest at the end."""
    if not summary.choices.has("scores"):
        return []
    return [_table(summary, fit, one) for one in summary.scores[: fit.scores] if one.score.values]


def _table(summary: Summary, fit: Fit, scored: Scored) -> Table:
    days = sorted(scored.score.values)
    is_whole = summary.choices.length == Length.WHOLE
    most = MOST if fit.score_lines is None else fit.score_lines * _per_line(days)
    shown = days if is_whole else days[-most:]
    note = (
        f"{count(len(days) - len(shown), 'earlier score')}, before {day(shown[0])}." if len(shown) < len(days) else ""
    )
    is_long = (shown[-1] - shown[0]).days > YEAR
    number = ceil(len(shown) / _per_line(shown))
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


def _per_line(days: list[dt.date]) -> int:
    return PER_LONG_LINE if (days[-1] - days[0]).days > YEAR else PER_LINE


def _row(name: Cell, cells: list[Cell], width: int) -> tuple[Cell, ...]:
    return (name, *cells, *[Cell()] * (width - len(cells)))


def _day(date: dt.date, is_long: bool) -> str:
    return day(date, year=is_long)


def _title(scored: Scored, n: int) -> str:
    """PHQ-9 (0–27; Kroenke 2001), 28 scores."""
    return f"{with_scale(scored, 60)}, {count(n, 'score')}"
