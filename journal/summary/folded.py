"""Which rows of a long dose table stay, and what stands for the others."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from journal.analysis.numbers import mg_text
from journal.models import DoseStep
from journal.summary.model import DoseLine
from journal.summary.words import NB, count

LONG = 12
"""More steps than this are folded;"""
LAST = 6
"""the last of them stay, and the first;"""
MOST_ROWS = 12
"""so many rows at most: while there is room increases stay, then steps that a rise followed, the latest first."""


@dataclass(frozen=True)
class Folded:
    """What stands for the rows that are not shown: "9 steps, 105 → 41 mg, 25 Sep–3 Jan, no rise"."""

    text: str


Rows = Sequence[DoseLine | Folded]


def is_up(line: DoseLine) -> bool:
    """Whether this row is a higher dose than the one before it."""
    return line.row.previous_mg is not None and line.row.mg > line.row.previous_mg


def folded(lines: Sequence[DoseLine], folds: bool, measures: int, write: Callable[[date], str]) -> Rows:
    """The rows that there is room for. ``measures``: of so many what followed stands in the table.

    What is folded says how many increases it holds, and after how many of its steps a rise was found. ``write`` writes
    a day.
    """
    if not folds or len(lines) <= LONG:
        return list(lines)
    last = len(lines) - LAST
    kept = {0, *range(last, len(lines))}
    ups = [place for place, line in enumerate(lines) if is_up(line)]
    rises = [place for place, line in enumerate(lines) if _rose(line, measures)]
    told = kept | {*ups, *rises}
    if len(found := _rows(lines, told, measures, write)) <= MOST_ROWS:
        return found
    for place in dict.fromkeys([*reversed(ups), *reversed(rises)]):
        if len(_rows(lines, kept | {place}, measures, write)) <= MOST_ROWS:
            kept.add(place)
    return _rows(lines, kept, measures, write)


def _rows(
    lines: Sequence[DoseLine], kept: set[int], measures: int, write: Callable[[date], str]
) -> list[DoseLine | Folded]:
    rows: list[DoseLine | Folded] = []
    hidden: list[DoseLine] = []
    for place, line in enumerate(lines):
        if place not in kept:
            hidden.append(line)
            continue
        rows += _folded(hidden, measures, write)
        hidden = []
        rows.append(line)
    return rows


def _folded(hidden: list[DoseLine], measures: int, write: Callable[[date], str]) -> list[DoseLine | Folded]:
    """One row takes no more room than what would stand for it."""
    if len(hidden) < 2:
        return list(hidden)
    first, last = hidden[0].row, hidden[-1].row
    days = f"{write(first.starts_on)}–{write(last.starts_on)}"
    parts = [count(len(hidden), "step"), f"{mg_text(first.mg)} → {mg_text(last.mg)}{NB}mg", days]
    ups = sum(is_up(line) for line in hidden)
    if ups:
        parts.append(count(ups, "increase"))
    holds = sum(line.row.kind == DoseStep.Kind.HOLD for line in hidden)
    if holds:
        parts.append(count(holds, "hold"))
    if measures:
        rises = sum(_rose(line, measures) for line in hidden)
        parts.append(f"a rise after {rises} of them" if rises else "no rise")
        unknown = sum(_is_unknown(line, measures) for line in hidden)
        if unknown:
            parts.append(f"{unknown} with too few days to compare")
    return [Folded(", ".join(parts))]


def _rose(line: DoseLine, measures: int) -> bool:
    return any(one.response.rose for one in line.followed[:measures])


def _is_unknown(line: DoseLine, measures: int) -> bool:
    return any(not one.response.is_known for one in line.followed[:measures])
