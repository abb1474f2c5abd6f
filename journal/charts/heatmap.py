"""The heat map: a row a symptom, a column a day, a week or several; the dose above, two means beside.

The rules are those of the chart guide's section 5: rows in order of change, parted where the kind of change changes;
the numbers and words here, the drawing in ``heatgrid``.
"""

from dataclasses import replace

from journal.analysis.changed import names_title
from journal.analysis.columns import WEEK
from journal.analysis.levels import LEAST_TO_RANK
from journal.analysis.numbers import round_half_up
from journal.analysis.titles import CHANGED, days_text, last_days_text

from .doseline import short_dose_row
from .head import Head
from .heatgrid import Drawing, Grid, grid_of
from .measure import clean
from .rated import (
    Cell,
    RatedData,
    block_words,
    carried_words,
    level_rows,
    levels_told,
    period_words,
    threshold_words,
    week_words,
)
from .sheet import Sheet, plot_of


def heatmap_sheet(data: RatedData, size: str = "wide", *, standalone: bool = False, step: int = 0) -> Sheet:
    """Draws the heat map. ``size``: wide, compact or print, or summary, without the doses, and summary-letter.

    ``standalone``: the download, with heading and note. ``step``: days a column, 0: as few as there is room for.
    """
    grid = grid_of(data, size, step)
    title = clean(names_title(data.titled, since=data.since, days=data.period.days))
    note = _note(grid)
    drawing = Drawing(grid, title, note, standalone)
    canvas, axis = drawing.draw()
    # The line of a chosen day ends with the rows: below them lie the key and the months.
    plot = replace(plot_of(axis, grid.size), top=grid.size.top / canvas.height, bottom=drawing.axis_y / canvas.height)
    return Sheet("heatmap", canvas, grid.size, title, note, _description(data), plot)


def heatmap_table(data: RatedData) -> tuple[tuple[str, ...], list[tuple[Cell, ...]]]:
    """(headers, rows): a row a column of the wide drawing, a cell a symptom, None where nothing is drawn; then the
    means that stand beside it."""
    grid = grid_of(data, "wide")
    head = "date" if grid.step == 1 else "from" if grid.step > WEEK else "week from"
    first = Head(head, "week" if 1 < grid.step <= WEEK else "day")
    headers = (first, *(Head(clean(row.symptom.name)) for row in grid.rows))
    rows: list[tuple[Cell, ...]] = [
        (span.first, *(None if mean is None else round_half_up(mean, 1) for mean in means))
        for span, means in zip(grid.spans, zip(*(row.means for row in grid.rows), strict=True), strict=True)
    ]
    return headers, rows + level_rows(data, 1)


def summary_words(data: RatedData, left_out: int, step: int) -> tuple[str, str, str]:
    """(title, description, note) for a summary's page. ``left_out``: so many more symptoms, that changed less, are not
    drawn. ``step``: days a column. The words hold for the squares of paper and for the tints of a phone.
    """
    n = len(data.symptoms)
    which = f"The {n} symptoms that changed most" if left_out else "1 symptom" if n == 1 else f"All {n} symptoms"
    by, mean = ("day", "") if step == 1 else ("week" if step == WEEK else f"blocks of {block_words(step)}", " the mean")
    what = "a value under 0.25" if step == 1 else "a mean under 0.25"
    sentences = [
        "" if step == 1 else f"A column: {block_words(step)}, 3 rated days at least.",
        f"A dot: {what}. Bold: changed by {CHANGED} or more.",
        f"Not drawn: {left_out} more." if left_out else "",
        carried_words(data),
    ]
    title = f"{which} by {by}: the larger or darker, the higher{mean}"
    return title, _description(data), " ".join(sentence for sentence in sentences if sentence)


# -- words ------------------------------------------------------------------------------------
def _note(grid: Grid) -> str:
    data, step = grid.data, grid.step
    what = "a day" if step == 1 else block_words(step)
    if grid.size.is_print:
        area = "the value of a day" if step == 1 else f"the mean of {what} (3 rated days at least)"
        kind = f"The area of a square is {area}; a dot is under 0.25."
    elif step == 1:
        kind = "One column a day."
    else:
        kind = f"One column {what}: the mean of its rated days, 3 at least."
    weeks = "" if step == 1 else f"Weeks are {week_words(data)}."
    return " ".join(
        part for part in (kind, weeks, _order(data), threshold_words(data), _lines(data), carried_words(data)) if part
    )


def _order(data: RatedData) -> str:
    comparable = [one for one in data.levels if one.change is not None]
    if not comparable:
        return "Sorted by the mean of the whole period, the highest first."
    before, now = data.compared
    rest = (
        "" if len(comparable) == len(data.levels) else f", then those with under {LEAST_TO_RANK} rated days in either"
    )
    return (
        f"Sorted by change: mean of the {last_days_text(now.days)} minus mean of the {days_text(before.days)} "
        f"before {data.since}{rest}."
    )


def _lines(data: RatedData) -> str:
    if not data.change_days:
        return ""
    latest = data.latest_words()
    if len(data.change_days) == 1:
        return f"Upright line: the dose change, {latest}."
    return f"Upright lines: dose changes; the firm one is the latest, {latest}."


def _description(data: RatedData) -> str:
    """The text alternative: what, when, the doses, and the numbers beside the rows."""
    period = data.period
    sentences = [f"Severity of {len(data.symptoms)} symptoms by day, {period_words(period)}, in order of change."]
    for one in data.medications:
        if row := short_dose_row(one.steps, period):
            sentences.append(f"{clean(one.name) or 'Dose'}: {row}.")
    return " ".join([*sentences, *levels_told(data)])
