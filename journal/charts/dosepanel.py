"""The dose on top of a chart, and what it means for the series below: rules, grid, gaps, and where a line breaks.

dosed = dosed_of(data, size)
lines, y = dose_panels(dosed, size, axis)
...
draw_ground(canvas, gaps, size, axis, lines, strips)
draw_rules(canvas, dosed, size, axis, lines, foot)
draw_doses(canvas, dosed, size, lines)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journal.analysis.doses import changes, turning_points
from journal.analysis.levels import FIRST_REDUCTION, Compared, before_span, now_span
from journal.analysis.series import Span, dose_spells, first_and_latest
from journal.analysis.titles import days_text

from .canvas import Canvas
from .doseline import DoseLine, draw_dose, short_dose_row
from .measure import Box, clean, fitted, text_box, text_width
from .model import OverviewData, Strip
from .sizes import Size
from .strip import Drawn, paper_name, prepare
from .timeaxis import TimeAxis

UNCHANGED = 12  # pt: on paper a further medication whose dose is the same throughout
NARROW = 300  # units: below, a line breaks only at the first and the latest change


@dataclass(frozen=True)
class Dosed:
    """The doses of a chart. `spells`: the stretches that a mean never leaves; `joined`: a short one joined another.

    `latest`: the latest change in the period; `compared`: the stretches whose means are set side by side. `several`:
    whether more than one medication is taken, so that each panel says whose it is.
    """

    data: OverviewData
    period: Span
    medications: tuple[tuple[str, tuple], ...]  # name and steps; the chart's own first
    spells: tuple[Span, ...]
    joined: bool
    latest: date | None
    compared: Compared
    several: bool

    @property
    def since(self) -> str:
        """What the days before are before, for a sentence; blank where nothing is compared."""
        return self.compared.since

    def prepared(self, strip: Strip) -> Drawn:
        """The numbers of a strip under these doses."""
        return prepare(strip, self.period, self.spells, None if self.data.compared else self.compared)


def dosed_of(data: OverviewData, size: Size) -> Dosed:
    """Works out what the doses of `data` mean for a drawing of that size."""
    period = Span(data.first, data.last)
    medications = ((data.medication, data.steps), *((m.name, m.steps) for m in data.other_medications))
    medications = tuple((clean(name), steps) for name, steps in medications if steps) or ((clean(data.medication), ()),)
    days = [change.day for _, steps in medications for change in changes(steps, data.last)]
    spells = dose_spells(days, period)
    joined = len(spells) < 1 + len({day for day in days if period.first < day <= period.last})
    if size.plot_right - size.left < NARROW and not size.is_print:
        spells = first_and_latest(spells)
    reduction, latest = turning_points((steps for _, steps in medications), data.first, data.last)
    compared = data.compared
    if compared is None:
        before = before_span(reduction, data.first)
        since = "the first reduction shown" if data.earlier_reduction else FIRST_REDUCTION
        compared = Compared(before, now_span(data.last, latest, data.first), since if before else "")
    return Dosed(data, period, medications, tuple(spells), joined, latest, compared, len(medications) > 1)


# -- words ------------------------------------------------------------------------------------
def dose_sentences(dosed: Dosed) -> list[str]:
    """The doses as the text alternative tells them, one sentence a medication."""
    sentences = []
    for name, steps in dosed.medications:
        row = short_dose_row(steps, dosed.period)
        sentences.append(f"{name or 'Dose'}: {row}." if row else f"{dosed.data.no_dose.capitalize()}.")
    return sentences


def entries_sentence(dosed: Dosed) -> str:
    """On how many days there is an entry."""
    entries = sum(day in dosed.period for day in dosed.data.entry_days)
    return f"Entries on {entries} of {days_text(dosed.period.days)}."


# -- drawing ----------------------------------------------------------------------------------
def dose_panels(dosed: Dosed, size: Size, axis: TimeAxis) -> tuple[list[DoseLine], float]:
    """A panel per medication, the others lower than the first; each from nought, in its own mg."""
    lines, y = [], float(size.top) + (18 if dosed.several and size.is_wide else 0)
    for number, (_, steps) in enumerate(dosed.medications):
        if number:
            y += size.head + {"wide": 18, "compact": 18, "print": 4}[size.css]
        line = DoseLine(steps, axis, y, y + (size.other_dose if number else size.dose))
        if number and size.is_print and len(line.treads) < 2:
            line.bottom = y + UNCHANGED
        lines.append(line)
        y = line.bottom
    return lines, y


def draw_ground(
    canvas: Canvas, gaps: list[Span], size: Size, axis: TimeAxis, lines: Sequence[DoseLine], strips
) -> None:
    """Bands where nothing was recorded, and the grid at the ticks."""
    if not size.is_print:
        canvas.boxes([Box(a, s.top, b, s.bottom) for s in strips for a, b in map(axis.span, gaps)], "band")
    if size.grid:
        grid = [[(axis.left, line.bottom), (axis.right, line.bottom)] for line in lines]
        grid += [stroke for strip in strips for stroke in strip.grid_lines(strip.ticks)]
        canvas.lines(grid, "grid", size.grid)


def draw_rules(canvas, dosed: Dosed, size: Size, axis: TimeAxis, lines, foot: float) -> None:
    """A rule at each change, from its own step downwards; the latest in ink."""
    tops: dict[date, float] = {}
    for line in lines:
        for day, top in line.rule_tops().items():
            tops[day] = min(top, tops.get(day, top))
    latest = tops.pop(dosed.latest, None) if dosed.latest else None
    rules = [[(axis.x(day), top), (axis.x(day), foot)] for day, top in sorted(tops.items())]
    canvas.lines(rules, "rule", size.rule, dash=size.rule_dash)
    if latest is not None:
        x = axis.x(dosed.latest)
        canvas.line([(x, latest), (x, foot)], "ink2", size.rule_latest)


def draw_doses(canvas: Canvas, dosed: Dosed, size: Size, lines: Sequence[DoseLine]) -> None:
    """The panel of each medication: its line and labels, its name, its nought."""
    for number, (line, (name, _)) in enumerate(zip(lines, dosed.medications, strict=True)):
        _draw_dose_panel(canvas, dosed, size, line, name, number)


def _draw_dose_panel(canvas, dosed: Dosed, size: Size, line: DoseLine, name: str, number: int) -> None:
    several = dosed.several
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
        if size.is_print:
            y = paper_name(canvas, y, heading, size)
        else:
            canvas.text(x, y, fitted(heading, size.left - 14, bold, True), size=bold, bold=True, anchor=anchor)
        if not number or not size.is_print:  # there the labels say mg
            canvas.text(x, y + 1.3 * text, "mg a day", size=text, role="ink2", anchor=anchor)
    zero = (axis_left := size.left) - (7 if size.is_wide else 5)
    canvas.text(zero, line.bottom + 0.36 * size.text_size, "0", size=size.text_size, role="ink2", anchor="end")
    if not line.treads:
        canvas.text(axis_left, line.bottom - 6, dosed.data.no_dose, size=size.text_size, role="ink2")
    draw_dose(canvas, line, size, main=not number, latest_note=size.is_print and not number)


def draw_strips(
    canvas: Canvas, dosed: Dosed, size: Size, axis: TimeAxis, lines: Sequence[DoseLine], strips, foot: float
) -> None:
    """The dose and the strips below it: ground, rules down to `foot`, series with their words, then the dose lines."""
    gaps = axis.gaps(dosed.data.entry_days)
    draw_ground(canvas, gaps, size, axis, lines, strips)
    draw_rules(canvas, dosed, size, axis, lines, foot)
    for panel in strips:
        room = panel.draw_levels(canvas, size)
        panel.draw_name(canvas, size, room)
        panel.draw_ticks(canvas, size)
        panel.draw_series(canvas, size)
    if size.is_print and strips:
        draw_column_heads(canvas, dosed, size, strips)
    draw_gap_words(canvas, dosed, gaps, size, axis, strips)
    draw_doses(canvas, dosed, size, lines)


def draw_column_heads(canvas: Canvas, dosed: Dosed, size: Size, strips) -> None:
    """On paper, over the two columns at the right of the strips: what the numbers in them are means of."""
    days = next((panel.drawn.now.days for panel in strips if panel.drawn.now), None)
    first, second = strips[0].top - 18, strips[0].top - 9
    if any(panel.drawn.before for panel in strips):
        canvas.text(size.width - 39, first, "before", size=size.text_size, anchor="end")
        what = "taper" if dosed.since == FIRST_REDUCTION else "change"
        canvas.text(size.width - 39, second, what, size=size.text_size, anchor="end")
    if days:
        head, unit = (f"last {days}", "days") if days > 1 else ("last", "day")
        canvas.text(size.width, first, head, size=size.text_size, bold=True, anchor="end")
        canvas.text(size.width, second, unit, size=size.text_size, bold=True, anchor="end")


def draw_gap_words(canvas, dosed: Dosed, gaps: list[Span], size: Size, axis: TimeAxis, strips) -> None:
    """In the first strip each band says "no entry / 24 days", "24 d", or nothing: what fits."""
    if not strips:
        return
    text, top = size.text_size, strips[0].top
    row = text * 1.25
    if not any(day in dosed.period for day in dosed.data.entry_days):
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
                    if size.is_print:  # the level before runs behind it
                        canvas.boxes([text_box(middle, y, word, text, False, "middle")], "surface")
                    canvas.text(middle, y, word, size=text, role="ink2", anchor="middle")
                break
