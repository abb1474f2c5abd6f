"""What followed each dose change, all of them laid on day 0: one measure, each line minus its own week before."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from math import ceil, dist, floor

from journal.analysis.aligned import FIRST, LAST, Aligned, stretches
from journal.analysis.numbers import round_half_up, signed_rating_text
from journal.analysis.responses import LEAST_BEFORE, Response

from .aligned_data import AlignedData
from .aligned_words import changes_table, description_of, doses_of, name_of, note_of, title_of
from .canvas import XY, Canvas
from .dayaxis import DayAxis, signed
from .freeplace import Ground
from .measure import Box
from .panel import Panel, seen
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named

ALIGNED_SIZES: Mapping[str, Size] = {
    "wide": replace(WIDE, left=44, right=160, top=10, bottom=46, strip=300),
    "compact": replace(COMPACT, left=36, right=2, top=10, bottom=46, strip=250, mean_line=2.6),
}
TICKS = (-7, 0, 7, 14, 21, 27)
RANGE = {"down": (-2, 3), "up": (-3, 2)}  # whole points; more where something is further away
OTHER_LINE, ROSE_LINE, LATEST_LINE = 1.2, 1.6, 2.6
INCREASE_DASH = (4, 3)
END_DOT, PEAK_DOT, LATEST_DOT = 2.0, 2.6, 3.2  # radius
JOINED = 9  # peaks so near each other share one label

__all__ = ["ALIGNED_SIZES", "AlignedData", "aligned_sheet", "aligned_table", "changes_table"]


def aligned_sheet(data: AlignedData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws them. ``size``: 'wide' or 'compact'."""
    spec = size_named(size, ALIGNED_SIZES)
    title, height = title_of(data), spec.top + spec.strip + spec.bottom
    canvas, drawing = new_canvas(spec, height, title, "", False), _Drawing(data, spec)
    drawing.draw(canvas)
    # The note says which names found no room, and how high the heading of a download is depends on the note.
    note = note_of(data, drawing.unnamed)
    if standalone:
        canvas = new_canvas(spec, height, title, note, True)
        _Drawing(data, spec).draw(canvas)
    return Sheet("aligned", canvas, spec, title, note, description_of(data))


def aligned_table(data: AlignedData):
    """(headers, rows): a row a day from -7 to 27 with what is drawn on it, in points above the week before.

    A column for the mean of each line, one for the days of the latest; of many changes also the middle half of the
    others, and of how many. Empty cells are None.
    """
    headers, columns = ["day"], []
    for line in data.drawn:
        headers.append(name_of(line.response))
        columns.append(data.means_of(line))
    if data.latest:
        headers.append(f"{name_of(data.latest.response)}, the day itself")
        columns.append(data.latest.days)
    rows = []
    if data.is_crowded:
        headers += [f"middle half of the other {len(data.others)}, {what}" for what in ("from", "to", "changes")]
    for day in range(FIRST, LAST + 1):
        row = [day, *(_tenths(column.get(day)) for column in columns)]
        if data.is_crowded:
            middle = data.middle.get(day)
            row += [_tenths(middle.low), _tenths(middle.high), middle.n] if middle else [None] * 3
        rows.append(tuple(row))
    return tuple(headers), rows


def _tenths(value) -> Decimal | None:
    return None if value is None else round_half_up(value, 1)


# -- drawing ----------------------------------------------------------------------------------
class _Drawing:
    """One picture of them, from the ground up."""

    def __init__(self, data: AlignedData, size: Size) -> None:
        self.data, self.size = data, size
        self.unnamed: list[Response] = []  # rises that found no room for a name, once it is drawn
        self.role = "better" if data.better == "up" else "worse"
        low, high = _range(data)
        axis = DayAxis(FIRST, LAST, size.left, size.plot_right)
        self.panel = Panel(axis, size.top, size.top + size.strip, low, high, self.role)
        self.axis = axis
        self.ticks = _ticks(low, high)
        # Names stand behind the change: before it, they would name the wrong days.
        self.ground = Ground(Box(axis.x(0) + 5, self.panel.top, axis.right, self.panel.bottom - 2))

    def draw(self, canvas: Canvas) -> None:
        self._draw_ground(canvas)
        self._draw_middle(canvas)
        data, latest = self.data, self.data.latest
        if not data.is_crowded:
            self._draw_lines(canvas, data.others, "other", OTHER_LINE)
        self._draw_lines(canvas, data.rose, "ink2", ROSE_LINE)
        if latest:
            days = {day: value for day, value in latest.days.items() if self._is_inside(value)}
            self.panel.points(canvas, days, self.size.point)
            self.ground.lines([[self.panel.at(day, value)] for day, value in days.items()])
            self._draw_lines(canvas, (latest,), self.role, LATEST_LINE)
        self._draw_labels(canvas)
        self.axis.draw(canvas, self.panel.bottom, TICKS, "days from the change (day 0)", self.size)

    # -- under the lines ----------------------------------------------------------------------
    def _draw_ground(self, canvas: Canvas) -> None:
        panel, axis, size = self.panel, self.axis, self.size
        canvas.boxes([Box(axis.left, panel.y(1), axis.right, panel.y(-1))], "band")
        panel.grid(canvas, self.ticks, size)
        self.ground.grid(panel.grid_lines({*self.ticks, -1, 0, 1}))
        zero = [(axis.left, panel.y(0)), (axis.right, panel.y(0))]
        canvas.line(zero, "ink2", size.level, dash=size.level_dash)
        rule = [(axis.x(0), panel.top), (axis.x(0), panel.bottom)]
        canvas.line(rule, "ink2", size.rule_latest)
        self.ground.lines([rule])
        text, gap = size.text_size, 7 if size.is_wide else 5
        for tick in self.ticks:
            y = panel.y(tick) + 0.36 * text
            canvas.text(axis.left - gap, y, signed(tick), size=text, role="ink2", anchor="end")
        if size.is_wide:
            self._draw_words(canvas)
        if not self.data.lines:
            words = f"no change with {LEAST_BEFORE} rated days" if size.is_wide else "no week before"
            canvas.text(axis.x(1), panel.y(0) - 8, words, size=text, role="ink2")

    def _draw_words(self, canvas: Canvas) -> None:
        """What 0 and the edge of the band are, at the right of them."""
        x, text, panel = self.axis.right + 8, self.size.text_size, self.panel
        up = self.data.better == "up"
        rule = (-1, "−1 lower: the rule") if up else (1, "+1 higher: the rule")
        row = text * 1.2
        # The second line leads away from the rule's words.
        y = panel.y(0) + 0.36 * text - (row if up else 0)
        for value, words in (
            (panel.y(rule[0]) + 0.36 * text, rule[1]),
            (y, "0 = mean of the"),
            (y + row, "7 days before"),
        ):
            canvas.text(x, value, words, size=text, role="ink2")

    def _draw_middle(self, canvas: Canvas) -> None:
        """The middle half of the others: a ground between two hairlines."""
        middle = self.data.middle
        lows, highs = ([[self.panel.at(day, value) for day, value in run] for run in stretches(edge)] for edge in (
            {day: one.low for day, one in middle.items()}, {day: one.high for day, one in middle.items()}))  # fmt: skip
        outlines = [seen(low) + seen(high)[::-1] for low, high in zip(lows, highs, strict=True)]
        canvas.areas(outlines, "fill")
        edges = [seen(stroke) for stroke in lows + highs]
        canvas.lines(edges, "other", 0.8)
        self.ground.grid(edges)

    # -- the lines ----------------------------------------------------------------------------
    def _is_inside(self, value) -> bool:
        return self.panel.low <= value <= self.panel.high

    def _draw_lines(self, canvas: Canvas, lines: tuple[Aligned, ...], role: str, width: float) -> None:
        """The means of some changes, of increases dashed; where the next change cut one off it ends in a dot."""
        drawn = []
        for dash in (None, INCREASE_DASH):
            alike = [line for line in lines if line.response.change.is_increase == bool(dash)]
            strokes = [stretch for line in alike for stretch in stretches(self.data.means_of(line))]
            if role == "ink2":  # of those that rose, only what followed is dark
                before = [stroke for stroke in strokes if stroke[0][0] < 0]
                self.panel.lines(canvas, before, OTHER_LINE, "other", dash=dash)
                strokes = [stroke for stroke in strokes if stroke[0][0] >= 0]
            self.panel.lines(canvas, strokes, width, role, dash=dash)
            drawn += [[self.panel.at(day, value) for day, value in stretch] for stretch in strokes]
        ends = [self._at(line, line.end) for line in lines if line.response.cut and line.end is not None]
        canvas.dots(ends, role, END_DOT)
        self.ground.lines([*drawn, *_rings(ends, END_DOT)])

    def _at(self, line: Aligned, day: int) -> XY:
        return self.panel.at(day, line.means[day])

    # -- their names --------------------------------------------------------------------------
    def _draw_labels(self, canvas: Canvas) -> None:
        """A dot at the peak, and which change it was: the latest first, then the highest. Peaks that lie on each other
        share a label; what finds no place is ``unnamed``.
        """
        data, up = self.data, self.data.better == "down"
        peaks = [(line, self._at(line, line.response.peak_day)) for line in data.rose]
        peaks.sort(key=lambda item: (item[1][1] if up else -item[1][1], item[1][0]))
        canvas.dots([at for _, at in peaks], "ink2", PEAK_DOT)
        self.ground.lines(_rings([at for _, at in peaks], PEAK_DOT))
        if data.latest:
            self._name_latest(canvas, data.latest)
        for together in _near_each_other(peaks):
            if len(together) > 1 and self._name(canvas, together, up):
                continue
            for one in together:
                if not self._name(canvas, [one], up):
                    self.unnamed.append(one[0].response)

    def _name(self, canvas: Canvas, peaks: list[tuple[Aligned, XY]], up: bool) -> bool:
        """One label for these, beside the first of them; whether there was room."""
        text, size = ", ".join(doses_of(line.response) for line, _ in peaks), self.size.dose_size
        spot = self.ground.place(peaks[0][1], text, size, gap=PEAK_DOT + 2.5, up=up)
        if spot:
            self.ground.take(spot)
            if spot.leader:
                canvas.line(spot.leader, "ink2", 0.75)
            canvas.text(spot.x, spot.y, text, size=size)
        return bool(spot)

    def _name_latest(self, canvas: Canvas, latest: Aligned) -> None:
        response, size, up = latest.response, self.size, self.data.better == "down"
        after = {day: mean for day, mean in latest.means.items() if day >= 0} or latest.means
        if not after:
            return
        day = response.peak_day if response.rose else max(after)
        at, texts = self._at(latest, day), [f"{doses_of(response)} mg"]
        if response.rose:
            canvas.dots([at], self.role, LATEST_DOT)
            self.ground.lines(_rings([at], LATEST_DOT))
            if size.is_wide:
                texts.insert(0, f"{texts[0]}: {signed_rating_text(after[day])} on day {day}")
        for crossing, text in [(crossing, text) for crossing in (False, True) for text in texts]:
            options = {"bold": True, "gap": LATEST_DOT + 2.5, "up": up, "crossing": crossing}
            spot = self.ground.place(at, text, size.dose_size, **options)
            if spot:
                self.ground.take(spot)
                if spot.leader:
                    canvas.line(spot.leader, self.role, 0.75)
                canvas.text(spot.x, spot.y, text, size=size.dose_size, role=self.role, bold=True)
                return
        if response.rose:
            self.unnamed.append(response)


def _near_each_other(peaks: list[tuple[Aligned, XY]]) -> list[list[tuple[Aligned, XY]]]:
    """Peaks in groups: each is with the first one before it that it lies on."""
    groups: list[list[tuple[Aligned, XY]]] = []
    for line, at in peaks:
        group = next((group for group in groups if dist(group[0][1], at) <= JOINED), None)
        if group is None:
            groups.append(group := [])
        group.append((line, at))
    return groups


def _rings(centres: list[XY], radius: float) -> list[list[XY]]:
    """Dots as strokes that a text keeps clear of."""
    return [[(x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius)] for x, y in centres]


def _range(data: AlignedData) -> tuple[int, int]:
    """-2 to +3 (where 10 is best -3 to +2), or wider by whole points."""
    low, high = RANGE[data.better]
    drawn = [mean for line in data.drawn for mean in data.means_of(line).values()]
    drawn += [edge for one in data.middle.values() for edge in (one.low, one.high)]
    drawn += data.latest.days.values() if data.latest else ()
    return min(low, floor(min(drawn, default=0))), max(high, ceil(max(drawn, default=0)))


def _ticks(low: int, high: int) -> list[int]:
    """Every whole point while there is room for its number, else every second, else every fifth."""
    step = next((step for step in (1, 2) if (high - low) / step <= 10), 5)
    return [tick for tick in range(low, high + 1) if tick % step == 0]
