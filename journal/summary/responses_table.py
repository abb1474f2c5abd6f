"""The full page's second table of what followed: when a rise began, the mean change, and new symptoms."""

from journal.analysis.numbers import NOTHING, mg_text, signed_rating_text
from journal.catalogue.summary import Length
from journal.queries.responses import Followed
from journal.summary.fit import Fit
from journal.summary.folded import Folded, folded
from journal.summary.head import dated
from journal.summary.model import DoseLine, Summary
from journal.summary.page import Cell, Column, Table
from journal.summary.words import NB, cut, day, start

MOST_NEW = 3
NAME_LETTERS = 40
NOTE = (
    "Onset: first day with a 3-day mean 1.0 or more above the week before. Mean: mean of the days seen minus the week "
    "before. Days seen: up to the next change, 28 at most. New or back: not rated 1 or more in the 14 days before. "
    "Bold: a rise was found."
)


def responses_tables(summary: Summary, fit: Fit) -> list[Table]:
    """One for each medication of which is told what followed; none on a brief page."""
    if summary.choices.length == Length.BRIEF or not summary.choices.has("steps"):
        return []
    compared = summary.medications[: summary.compared_medications]
    found = [_table(summary, fit, place) for place in range(len(compared)) if _lines(summary, place)]
    return found if fit.other_medications is None else found[: 1 + fit.other_medications]


def _lines(summary: Summary, place: int) -> list[DoseLine]:
    return [line for line in summary.medications[place].lines if line.followed]


def _table(summary: Summary, fit: Fit, place: int) -> Table:
    measures = summary.measures[: fit.measures]
    columns = [
        Column("change", number=False, group="After"),
        Column("mg a day", group="After"),
        Column("days\nseen", group="After"),
    ]
    for one in measures:
        name = cut(one.measure.name, NAME_LETTERS)
        columns += [Column("onset", group=name), Column("mean", group=name)]
    columns.append(Column("rated 1 or more", number=False, group="New or back"))
    rows, year = [], None
    for line in folded(_lines(summary, place), fit.folds, len(measures), dated(summary)):
        if isinstance(line, Folded):
            rows.append((Cell(line.text, span=len(columns)),))
            continue
        date = line.row.starts_on
        rows.append(_row(summary, line, len(measures), day(date, date.year != year)))
        year = date.year
    name = start(cut(summary.medications[place].name, NAME_LETTERS))
    title = "Onset, mean change and new symptoms after each change"
    return Table(
        "responses",
        title if summary.compared_medications == 1 else f"{title}: {name}",
        tuple(columns),
        tuple(rows),
        NOTE,
    )


def _row(summary: Summary, line: DoseLine, measures: int, date: str) -> tuple[Cell, ...]:
    first = line.followed[0]
    change = first.response.change
    cells = [
        Cell(date),
        Cell(f"{mg_text(change.before)}{NB}→{NB}{mg_text(change.mg)}"),
        Cell(f"{first.response.window.days}"),
    ]
    for one in line.followed[:measures]:
        response = one.response
        mean = "" if response.excess is None else signed_rating_text(response.excess)
        cells += [Cell(str(response.onset) if response.rose else NOTHING), Cell(mean, bold=response.rose)]
    return (*cells, Cell(_new(summary, first)))


def _new(summary: Summary, followed: Followed) -> str:
    """Worry from 3 Oct, nausea from 5 Oct and 2 more."""
    write = dated(summary)
    named = [f"{cut(one.name, NAME_LETTERS)} from {write(one.first)}" for one in followed.new[:MOST_NEW]]
    more = len(followed.new) - MOST_NEW
    return (", ".join(named) + (f" and {more} more" if more > 0 else "")) or NOTHING
