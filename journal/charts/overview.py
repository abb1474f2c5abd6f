"""The overview: dose over mood and symptoms on one time axis. Also as PNG and as a table.

    chart = overview(data, size="compact", uid="trends")
    chart.svg, chart.title, chart.note

The rules of drawing are those of the chart guide, sections 2 to 4; the numbers come from
`journal.analysis` alone.
"""

from dataclasses import dataclass
from datetime import date

from journal.analysis.doses import changes, turning_points
from journal.analysis.levels import before_span
from journal.analysis.numbers import rating_text
from journal.analysis.series import SHORT_HOLD, Span, dose_spells, first_and_latest
from journal.analysis.titles import change_title, days_text

from .canvas import Canvas
from .carried import carried_note
from .doseline import DoseLine, dose_row, draw_dose
from .events import EventRow, events_told
from .measure import Box, clean, fitted, text_width
from .model import Chart, OverviewData
from .occupancy_panel import occupancy_note, occupancy_panel
from .sheet import Sheet, new_canvas, plot_of
from .sizes import Size, size_named
from .strip import Drawn, Scale, StripPanel, prepare
from .theme import day_text
from .timeaxis import TimeAxis

NARROW = 300  # units: below, a line breaks only at the first and the latest change


@dataclass(frozen=True)
class Prepared:
    """What an overview shows, worked out once for drawing, table and text."""

    data: OverviewData
    period: Span
    medications: tuple[tuple[str, tuple], ...]  # name and steps; the chart's own first
    drawn: tuple[Drawn, ...]
    scale: Scale
    events: EventRow
    reduction: date | None
    latest: date | None
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
    period = Span(data.first, data.last)
    medications = ((data.medication, data.steps), *((m.name, m.steps) for m in data.other_medications))
    medications = tuple((clean(name), steps) for name, steps in medications if steps) or ((clean(data.medication), ()),)
    days = [change.day for _, steps in medications for change in changes(steps, data.last)]
    spells = dose_spells(days, period)
    joined = len(spells) < 1 + len({day for day in days if period.first < day <= period.last})
    if size.plot_right - size.left < NARROW and not size.is_print:
        spells = first_and_latest(spells)
    reduction, latest = turning_points((steps for _, steps in medications), data.first, data.last)
    drawn = tuple(prepare(strip, period, spells, reduction, latest) for strip in data.strips)
    scale = Scale(drawn)
    since = "the first reduction shown" if data.earlier_reduction else "the first reduction"
    events = EventRow(data, size)
    note = _note(drawn, period, before_span(reduction, period.first), since, joined, scale, size)
    carried = carried_note(data.strips, period)
    occupied = occupancy_note(data)
    title = change_title([d.measure for d in drawn], since=since if reduction else "")
    return Prepared(
        data, period, medications, drawn, scale, events, reduction, latest,
        title=clean(title),
        note=" ".join(part for part in (note, occupied, carried, events.note) if part),
        description=" ".join(
            part for part in (_description(data, period, medications, drawn, since, events), occupied, carried) if part
        ),
    )  # fmt: skip


# -- words ------------------------------------------------------------------------------------
def _note(drawn, period: Span, before: Span | None, since: str, joined: bool, scale: Scale, size: Size) -> str:
    """One line on points, line, dashes and scale: what this drawing really has."""
    sentences = []
    if any(d.weeks for d in drawn):
        sentences.append("Line: mean of each week. Band: its lowest to its highest day.")
    if any(d.points for d in drawn):
        sentences.append("Points: days.")
    if any(d.means for d in drawn):
        held = f" (a dose held under {SHORT_HOLD} days joins the one before)" if joined else ""
        sentences.append(f"Line: mean of the 7 days around each day, never across a dose change{held}.")
    if any(d.bars for d in drawn):
        names = ", ".join(clean(d.strip.name) for d in drawn if d.bars)
        sentences.append(f"Bars ({names}): mean of each week since a change, 3 days at least.")
    if before and any(d.before for d in drawn):
        whole = all(d.before.n == d.before.days for d in drawn if d.before)
        which = "mean of" if whole else "mean of the recorded days among"
        sentences.append(f"Dashed: {which} the {days_text(before.days)} before {since}.")
    if drawn:
        sentences.append(scale.note_for([d.strip.better for d in drawn]))
    if drawn and size.is_compact:
        sentences.append(_words_note(drawn, scale))
    return " ".join(sentences)


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


def _description(data: OverviewData, period: Span, medications, drawn, since: str, events: EventRow) -> str:
    """The text alternative: what, when, how much of it was recorded, and the numbers."""
    first, last = day_text(period.first, year=True), day_text(period.last, year=True)
    sentences = [f"Dose, {len(drawn)} ratings and days with an entry, {first} to {last}."]
    for name, steps in medications:
        row = dose_row(steps, period)
        if row.count("→") > 12:
            doses = row.split(" → ")
            row = f"{doses[0]} → … → {doses[-1]}, {len(doses)} doses"
        sentences.append(f"{name or 'Dose'}: {row}." if row else "No dose in this period.")
    for d in drawn:
        parts = []
        if d.before:
            parts.append(f"{rating_text(d.before.value)} before {since}")
        if d.now:
            parts.append(f"{rating_text(d.now.value)} in the last {days_text(d.now.days)} ({d.now.n} recorded)")
        sentences.append(f"{clean(d.strip.name)}: {', '.join(parts) or 'nothing recorded lately'}.")
    entries = sum(day in period for day in data.entry_days)
    sentences.append(f"Entries on {entries} of {days_text(period.days)}.")
    if events.spans:
        sentences.append(events_told(data))
    return " ".join(sentences)


# -- drawing ----------------------------------------------------------------------------------
def _draw(prepared: Prepared, size: Size, standalone: bool) -> tuple[Canvas, TimeAxis]:
    axis = TimeAxis(prepared.period, size.left, size.plot_right)
    lines, y = _dose_panels(prepared, size, axis)
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
    gaps = axis.gaps(prepared.data.entry_days)
    _draw_ground(canvas, gaps, size, axis, lines, strips)
    _draw_rules(canvas, prepared, size, axis, lines, axis_y)
    for panel in strips:
        room = panel.draw_levels(canvas, size)
        panel.draw_name(canvas, size, room)
        panel.draw_ticks(canvas, size)
        panel.draw_series(canvas, size)
    _draw_gap_words(canvas, prepared, gaps, size, axis, strips)
    for number, (line, (name, _)) in enumerate(zip(lines, prepared.medications, strict=True)):
        _draw_dose_panel(canvas, prepared, size, line, name, number)
    if occupied:
        occupied.draw(canvas)
    if size.is_print and strips:
        _print_column_heads(canvas, prepared, size, strips[0].top)
    prepared.events.draw(canvas, axis_y)
    axis.draw(canvas, axis_y, prepared.data.entry_days, size)
    return canvas, axis


def _dose_panels(prepared: Prepared, size: Size, axis: TimeAxis) -> tuple[list[DoseLine], float]:
    """A panel per medication, the others lower than the first; each from nought, in its own mg."""
    several = len(prepared.medications) > 1
    lines, y = [], float(size.top) + (18 if several and size.is_wide else 0)
    for number, (_, steps) in enumerate(prepared.medications):
        if number:
            y += size.head + {"wide": 18, "compact": 18, "print": 4}[size.css]
        height = size.other_dose if number else size.dose
        lines.append(DoseLine(steps, axis, y, y + height))
        y += height
    return lines, y


def _draw_ground(canvas, gaps: list[Span], size: Size, axis: TimeAxis, lines, strips) -> None:
    """Bands where nothing was recorded, and the grid at the ticks."""
    if not size.is_print:
        canvas.boxes([Box(a, s.top, b, s.bottom) for s in strips for a, b in map(axis.span, gaps)], "band")
    if size.grid:
        grid = [[(axis.left, line.bottom), (axis.right, line.bottom)] for line in lines]
        grid += [stroke for strip in strips for stroke in strip.grid_lines(strip.ticks)]
        canvas.lines(grid, "grid", size.grid)


def _draw_rules(canvas, prepared: Prepared, size: Size, axis: TimeAxis, lines, foot: float) -> None:
    """A rule at each change, from its own step downwards; the latest in ink."""
    tops: dict[date, float] = {}
    for line in lines:
        for day, top in line.rule_tops().items():
            tops[day] = min(top, tops.get(day, top))
    latest = tops.pop(prepared.latest, None) if prepared.latest else None
    rules = [[(axis.x(day), top), (axis.x(day), foot)] for day, top in sorted(tops.items())]
    canvas.lines(rules, "rule", size.rule, dash=size.rule_dash)
    if latest is not None:
        x = axis.x(prepared.latest)
        canvas.line([(x, latest), (x, foot)], "ink2", size.rule_latest)


def _draw_dose_panel(canvas, prepared: Prepared, size: Size, line: DoseLine, name: str, number: int) -> None:
    several = len(prepared.medications) > 1
    heading = name if several and name else "Dose"
    bold, text = size.name_size, size.text_size
    if size.is_compact or (several and size.is_wide):  # above the panel, clear of the first label
        x, y = (0 if size.is_compact else size.left), line.top - (27 if size.is_compact else 21)
        room = size.plot_right - x
        unit = ", mg a day"
        heading = fitted(heading, room - text_width(unit, bold, True), bold, True) + unit
        if number:  # the rules of the panels above run behind it
            canvas.boxes([Box(x - 2, y - 15, x + text_width(heading, bold, True) + 4, y + 5)], "surface")
        canvas.text(x, y, heading, size=bold, bold=True)
    else:
        x, anchor, drop = (size.left - 7, "end", 0.23) if size.is_wide else (0, "start", 0.5)
        y = line.top + drop * bold
        heading = fitted(heading, size.left - 14, bold, True)
        canvas.text(x, y, heading, size=bold, bold=True, anchor=anchor)
        canvas.text(x, y + 1.3 * text, "mg a day", size=text, role="ink2", anchor=anchor)
    zero = (axis_left := size.left) - (7 if size.is_wide else 5)
    canvas.text(zero, line.bottom + 0.36 * size.text_size, "0", size=size.text_size, role="ink2", anchor="end")
    if not line.treads:
        canvas.text(axis_left, line.bottom - 6, "no dose in this period", size=size.text_size, role="ink2")
    draw_dose(canvas, line, size, main=not number, latest_note=size.is_print and not number)


def _draw_gap_words(canvas, prepared: Prepared, gaps: list[Span], size: Size, axis: TimeAxis, strips) -> None:
    """In the first strip each band says "no entry / 24 days", "24 d", or nothing: what fits."""
    if not strips:
        return
    text, top = size.text_size, strips[0].top
    row = text * 1.25
    if not any(day in prepared.period for day in prepared.data.entry_days):
        canvas.text(axis.left + 4, top + row, "no entry in this period", size=text, role="ink2")
        return
    for gap in gaps:
        left, right = axis.span(gap)
        middle, room = (left + right) / 2, right - left
        choices = (["no entry", days_text(gap.days)], [f"{gap.days} d"])
        for words in choices:
            if max(text_width(word, text) for word in words) <= room:
                for number, word in enumerate(words):
                    y = top + row * (number + 1)
                    canvas.text(middle, y, word, size=text, role="ink2", anchor="middle")
                break


def _print_column_heads(canvas, prepared: Prepared, size: Size, strip_top: float) -> None:
    days = next((d.now.days for d in prepared.drawn if d.now), None)
    first, second = strip_top - 18, strip_top - 9
    if any(d.before for d in prepared.drawn):
        canvas.text(size.width - 39, first, "before", size=size.text_size, anchor="end")
        canvas.text(
            size.width - 39,
            second,
            "change" if prepared.data.earlier_reduction else "taper",
            size=size.text_size,
            anchor="end",
        )
    if days:
        head, unit = (f"last {days}", "days") if days > 1 else ("last", "day")
        canvas.text(size.width, first, head, size=size.text_size, bold=True, anchor="end")
        canvas.text(size.width, second, unit, size=size.text_size, bold=True, anchor="end")


def overview_table(data: OverviewData):
    """(headers, rows) with exactly the numbers drawn; see `table.overview_table`."""
    from .table import overview_table as table

    return table(data)
