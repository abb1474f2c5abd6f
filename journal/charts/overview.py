"""The overview: dose over mood and symptoms on one time axis. Also as PNG and as a table.

    chart = overview(data, size="compact", uid="trends")
    chart.svg, chart.title, chart.note

The rules of drawing are those of the chart guide, sections 2 to 4; the numbers come from
`journal.analysis` alone.
"""

from dataclasses import dataclass

from journal.analysis.numbers import rating_text
from journal.analysis.series import SHORT_HOLD
from journal.analysis.titles import change_title, days_text

from .canvas import Canvas
from .carried import carried_note
from .dosepanel import (
    Dosed,
    dose_panels,
    dose_sentences,
    dosed_of,
    draw_strips,
    entries_sentence,
)
from .events import EventRow, events_told
from .measure import clean
from .model import Chart, OverviewData
from .occupancy_panel import occupancy_note, occupancy_panel
from .sheet import Sheet, new_canvas, plot_of
from .sizes import Size, size_named
from .strip import Drawn, Scale, StripPanel
from .theme import day_text
from .timeaxis import TimeAxis


@dataclass(frozen=True)
class Prepared(Dosed):
    """What an overview shows, worked out once for drawing, table and text."""

    drawn: tuple[Drawn, ...]
    scale: Scale
    events: EventRow
    title: str
    note: str
    description: str


def overview_sheet(data: OverviewData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the overview. `size`: one of `sizes.SIZES`.

    `standalone` is the download: heading and note are inside the SVG, on a ground of its own.
    """
    spec, prepared = size_named(size), prepare_overview(data, size_named(size))
    return sheet_of(prepared, spec, standalone)


def sheet_of(prepared: Prepared, spec: Size, standalone: bool = False) -> Sheet:
    """The drawing of what was worked out before."""
    canvas, axis = _draw(prepared, spec, standalone)
    return Sheet("overview", canvas, spec, prepared.title, prepared.note, prepared.description, plot_of(axis, spec))


def overview(data: OverviewData, size: str = "wide", *, uid: str = "", standalone: bool = False) -> Chart:
    """The overview as SVG with its words; `uid` makes the ids unique in a page."""
    return overview_sheet(data, size, standalone=standalone).chart(uid)


def overview_png(data: OverviewData, size: str = "wide", *, standalone: bool = True, scale: float = 2) -> bytes:
    """The same drawing as a PNG of `scale` pixels a unit, with heading and note."""
    return overview_sheet(data, size, standalone=standalone).png(scale)


def prepare_overview(data: OverviewData, size: Size) -> Prepared:
    """The numbers and words of an overview, before anything is drawn."""
    dosed = dosed_of(data, size)
    period = dosed.period
    drawn = tuple(dosed.prepared(strip) for strip in data.strips)
    scale = Scale(drawn)
    events = EventRow(data, size)
    note = _note(drawn, dosed, scale, size)
    carried = carried_note(data.strips, period)
    occupied = occupancy_note(data)
    title = change_title([d.measure for d in drawn if not d.strip.private], since=dosed.since)
    return Prepared(
        **vars(dosed), drawn=drawn, scale=scale, events=events,
        title=clean(title),
        note=" ".join(part for part in (note, occupied, carried, events.note) if part),
        description=" ".join(
            part for part in (_description(dosed, drawn, events), occupied, carried) if part
        ),
    )  # fmt: skip


# -- words ------------------------------------------------------------------------------------
def _note(drawn, dosed: Dosed, scale: Scale, size: Size) -> str:
    """One line on points, line, dashes and scale: what this drawing really has."""
    sentences = series_sentences(drawn, dosed)
    if drawn:
        sentences.append(scale.note_for([d.strip.better for d in drawn]))
    if drawn and size.is_compact:
        sentences.append(_words_note(drawn, scale))
    return " ".join(sentences)


def series_sentences(drawn, dosed: Dosed) -> list[str]:
    """What points, lines, bars and dashes are, of those that are really there."""
    sentences = []
    if any(d.weeks for d in drawn):
        sentences.append("Line: mean of each week. Band: its lowest to its highest day.")
    if any(d.points for d in drawn):
        sentences.append("Points: days.")
    if any(d.means for d in drawn):
        held = f" (a dose held under {SHORT_HOLD} days joins the one before)" if dosed.joined else ""
        sentences.append(f"Line: mean of the 7 days around each day, never across a dose change{held}.")
    if any(d.bars for d in drawn):
        names = ", ".join(clean(d.strip.name) for d in drawn if d.bars)
        sentences.append(f"Bars ({names}): mean of each week since a change, 3 days at least.")
    before = dosed.compared.before
    if before and any(d.before for d in drawn):
        whole = all(d.before.n == d.before.days for d in drawn if d.before)
        which = "mean of" if whole else "mean of the recorded days among"
        sentences.append(f"Dashed: {which} the {days_text(before.days)} before {dosed.since}.")
    return sentences


def _words_note(drawn, scale: Scale) -> str:
    """The words that the compact drawing has no room for."""
    words = []
    if any(d.strip.better == "down" for d in drawn):
        words.append("0 none, 3 mild, 6 moderate" + ("" if scale.is_cut else ", 10 unbearable"))
    best = [clean(d.strip.name) for d in drawn if d.strip.better == "up"]
    if best:
        words.append(f"{' and '.join(best)}: 2 low, 5 middle, 8 good")
    text = "; ".join(words)
    return f"{text[:1].upper()}{text[1:]}."


def _description(dosed: Dosed, drawn, events: EventRow) -> str:
    """The text alternative: what, when, how much of it was recorded, and the numbers."""
    first, last = day_text(dosed.period.first, year=True), day_text(dosed.period.last, year=True)
    sentences = [
        f"Dose, {len(drawn)} ratings and days with an entry, {first} to {last}.",
        *dose_sentences(dosed),
        *level_sentences(drawn, dosed.since),
        entries_sentence(dosed),
    ]
    if events.spans:
        sentences.append(events_told(dosed.data))
    return " ".join(sentences)


def level_sentences(drawn, since: str) -> list[str]:
    """Each series before and now, as the text alternative tells it."""
    sentences = []
    for d in drawn:
        parts = []
        if d.before:
            parts.append(f"{rating_text(d.before.value)} before {since}")
        if d.now:
            parts.append(f"{rating_text(d.now.value)} in the last {days_text(d.now.days)} ({d.now.n} recorded)")
        sentences.append(f"{clean(d.strip.name)}: {', '.join(parts) or 'nothing recorded lately'}.")
    return sentences


# -- drawing ----------------------------------------------------------------------------------
def _draw(prepared: Prepared, size: Size, standalone: bool) -> tuple[Canvas, TimeAxis]:
    axis = TimeAxis(prepared.period, size.left, size.plot_right)
    lines, y = dose_panels(prepared, size, axis)
    occupied, y = occupancy_panel(prepared.data, size, axis, y)
    strips = []
    for drawn in prepared.drawn:
        low, high = prepared.scale.of(drawn)
        full = 10 if not prepared.scale.is_cut else 6  # the same units a point in every strip
        height = size.strip * min(1, (high - low) / full)
        y += size.head
        strips.append(StripPanel(drawn, prepared.scale, axis, y, y + height))
        y += height
    y += prepared.events.height
    axis_y = y + size.axis_below
    canvas = new_canvas(size, y + size.bottom, prepared.title, prepared.note, standalone)
    draw_strips(canvas, prepared, size, axis, lines, strips, axis_y)
    if occupied:
        occupied.draw(canvas)
    prepared.events.draw(canvas, axis_y)
    axis.draw(canvas, axis_y, prepared.data.entry_days, size)
    return canvas, axis


def overview_table(data: OverviewData):
    """(headers, rows) with exactly the numbers drawn; see `table.overview_table`."""
    from .table import overview_table as table

    return table(data)
