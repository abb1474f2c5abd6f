"""Planned and taken: the agreed plan dashed, what was taken firm, and below a row for each kind of day.

    chart = planned_chart(data, size="compact", uid="planned")

A day without a record has a row of its own: it is never counted as taken or missed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import cos, pi, sin
from types import MappingProxyType

from journal.analysis.series import Span

from .adherence import (
    KINDS,
    Dose,
    PlannedData,
    count_texts,
    description,
    note,
    other_text,
    planned_table,
    sorted_doses,
    stretches,
    title,
)
from .beside import Skyline, outwards, spot_beside
from .canvas import XY, Canvas
from .doseline import DoseLine, StepLabel, step_labels, treads
from .measure import Box, free_of, text_box, text_width
from .model import Chart
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named
from .timeaxis import TimeAxis

__all__ = ["KINDS", "Dose", "PlannedData", "planned_chart", "planned_png", "planned_table", "sorted_doses"]

PLANNED_SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "wide": replace(WIDE, left=124, right=124, top=24, bottom=52, dose=150),
        "compact": replace(COMPACT, left=106, right=14, top=44, bottom=50, dose=120),
    }
)
FIRST_ROW, ROW, LAST_ROW = 35, 25, 27  # from the panel to the first row, from row to row, from the last to the axis
BELOW = 20  # room under the panel that a dose label may take
PLAN_LINE, PLAN_DASH = 1.2, (5, 3.5)
TICK, BAR = 4.4, 5.0  # half a tick of a day taken on time; height of the bar that stands for many
DISC, CROSS, DIAMOND = 3.4, 3.7, (4.0, 5.0)  # radius, half widths
NEAREST = 3  # over 400 days, marks nearer than this are drawn once
WORD = "planned"


def planned_sheet(data: PlannedData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws plan, taken line and rows. `size`: 'wide' or 'compact'. `standalone` is the download, as in overview()."""
    drawing = _Drawing(data, size_named(size, PLANNED_SIZES))
    canvas, text = drawing.draw(standalone), description(data, drawing.done)
    return Sheet("planned", canvas, drawing.size, drawing.title, drawing.note, text)


def planned_chart(data: PlannedData, size: str = "wide", *, uid: str = "planned", standalone: bool = False) -> Chart:
    """The same as SVG with its words; `uid` makes the ids unique in a page."""
    return planned_sheet(data, size, standalone=standalone).chart(uid)


def planned_png(data: PlannedData, size: str = "wide", *, standalone: bool = True, scale: float = 2) -> bytes:
    """The same drawing as a PNG of `scale` pixels a unit, with heading and note."""
    return planned_sheet(data, size, standalone=standalone).png(scale)


class _Drawing:
    """Everything that is placed, worked out before anything is drawn."""

    def __init__(self, data: PlannedData, size: Size) -> None:
        self.data, self.done = data, sorted_doses(data)
        self.counts = count_texts(self.done)
        if size.is_compact and self.done.any_recorded:
            widest = max(text_width(words[-1], size.text_size, True) for words in self.counts.values())
            size = replace(size, right=8 + widest)
        self.size = size
        self.axis = TimeAxis(data.period, size.left, size.plot_right)
        self.title, self.note = title(data, self.done), note(data, self.axis.is_long)
        self.taken, self.planned = self._dose_lines()
        self.rows = KINDS if self.done.any_recorded else ("no doses recorded",)
        self.axis_y = self.row_y(len(self.rows) - 1) + LAST_ROW
        self.labels = self._dose_labels()
        self.word = self._word_spot()
        self.ends = self.axis.x(self.done.days[-1]) + self.axis.day_width if self.done.total else self.axis.left

    def _dose_lines(self) -> tuple[DoseLine, list[DoseLine]]:
        """Both lines in one panel, on one scale: its top is the highest dose taken or planned.

        The planned one is in pieces, where no plan was agreed in between.
        """
        data, top, bottom = self.data, self.size.top, self.size.top + self.size.dose
        runs = data.planned_runs()
        shown = [tread for steps, end in runs for tread in treads(steps, Span(data.first, min(end, data.last)))]
        shown += treads(data.taken, Span(data.first, data.until))
        highest = max((tread.mg for tread in shown), default=Decimal(0)) or Decimal(1)
        taken = DoseLine(data.taken, self.axis, top, bottom, until=data.until, highest=highest)
        planned = [DoseLine(steps, self.axis, top, bottom, until=end, highest=highest) for steps, end in runs]
        return taken, [line for line in planned if line.treads]

    def row_y(self, number: int) -> float:
        return self.taken.bottom + FIRST_ROW + number * ROW

    # -- texts --------------------------------------------------------------------------------
    def _dose_labels(self) -> list[StepLabel]:
        """On the steps taken; beside a plan the compact drawing has only the first and the latest."""
        around = [box for line in self.planned for box in line.line_boxes(PLAN_LINE / 2)]
        compact = self.size.is_compact
        return step_labels(
            self.taken, self.size, self.size.width,
            around=around, ends_only=compact and bool(self.planned), below=BELOW,
        )  # fmt: skip

    def _word_spot(self) -> tuple[float, float, Box] | None:
        """Where the plan is named: once, where it is seen apart from what was taken; nowhere if it never is."""
        seen = [
            self.axis.span(Span(stretch.first, stretch.last))
            for stretch in stretches(self.data, self.data.last)
            if stretch.planned is not None and stretch.planned != stretch.taken
        ]
        runs: list[tuple[float, float]] = []
        for left, right in seen:
            joined = runs and left - runs[-1][1] < 0.5
            runs[-1:] = [(runs[-1][0], right)] if joined else [*runs[-1:], (left, right)]
        if not runs:
            return None
        size, width = self.size, text_width(WORD, self.size.text_size)
        longest = max(runs, key=lambda run: run[1] - run[0])
        start = longest[0] + 0.25 * (longest[1] - longest[0])
        places = outwards(start, self.axis.left, max(size.plot_right - width, self.axis.left))
        xs = [x for x in places if any(a <= x + width / 4 and x <= b for a, b in runs)]
        outline = [corner for line in self.planned for corner in line.outline()]
        own, other = Skyline(outline, size.width), Skyline(self.taken.outline(), size.width)
        frame = Box(self.axis.left, size.top - 20, size.width, self.taken.bottom - 2)
        spots = (
            spot_beside(
                WORD, size.text_size, False,
                own=own, others=[other], taken=[label.box for label in self.labels], frame=frame, xs=xs, away=away,
            )
            for away in (5, 1.5)
        )  # fmt: skip
        return next((spot for spot in spots if spot), None)

    # -- drawing ------------------------------------------------------------------------------
    def draw(self, standalone: bool) -> Canvas:
        size, data = self.size, self.data
        canvas = new_canvas(size, self.axis_y + size.bottom, self.title, self.note, standalone)
        self._draw_ground(canvas)
        backs = [label.box for label in self.labels] + ([self.word[-1]] if self.word else [])
        canvas.boxes([_back(box) for box in backs], "surface")
        self._draw_head(canvas)
        for line in self.planned:
            canvas.line(line.outline(), "ink2", PLAN_LINE, dash=PLAN_DASH)
        canvas.line(self.taken.outline(), "ink", size.dose_line)
        for label in self.labels:
            canvas.text(label.x, label.y, label.text, size=size.dose_size, bold=label.bold)
        if self.word:
            canvas.text(self.word[0], self.word[1], WORD, size=size.text_size, role="ink2")
        self._draw_rows(canvas)
        self.axis.draw(canvas, self.axis_y, data.entry_days, size)
        return canvas

    def _draw_ground(self, canvas: Canvas) -> None:
        """The lines behind everything: nought, a line for each row, a rule at each change taken."""
        axis, size, bottom = self.axis, self.size, self.taken.bottom
        grid = [[(axis.left, bottom), (axis.right, bottom)]]
        if self.done.any_recorded:
            grid += [[(axis.left, self.row_y(n)), (self.ends, self.row_y(n))] for n in range(len(KINDS))]
        canvas.lines(grid, "grid", size.grid)
        tops = {axis.x(day): top for day, top in sorted(self.taken.rule_tops().items())}
        if not tops or not self.done.any_recorded:
            return
        latest, foot = max(tops), self.axis_y - 8
        others = [x for x in tops if x != latest]
        rules = thinned(others, NEAREST) if axis.is_long else others
        canvas.lines([[(x, tops[x]), (x, foot)] for x in rules], "rule", size.rule)
        canvas.line([(latest, tops[latest]), (latest, foot)], "ink2", size.rule_latest)

    def _draw_head(self, canvas: Canvas) -> None:
        size, line = self.size, self.taken
        if size.is_compact:
            canvas.text(0, line.top - 27, "Dose, mg a day", size=size.name_size, bold=True)
        else:
            x, y = self.axis.left - 8, line.top + 0.23 * size.name_size
            canvas.text(x, y, "Dose", size=size.name_size, bold=True, anchor="end")
            canvas.text(x, y + 1.3 * size.text_size, "mg a day", size=size.text_size, role="ink2", anchor="end")
        y = line.bottom + 0.36 * size.text_size
        canvas.text(self.axis.left - 8, y, "0", size=size.text_size, role="ink2", anchor="end")

    def _draw_rows(self, canvas: Canvas) -> None:
        size = self.size
        drop = 0.36 * size.text_size
        if not self.done.any_recorded:
            canvas.text(self.axis.left, self.row_y(0) + drop, self.rows[0], size=size.text_size, role="ink2")
            return
        for number, kind in enumerate(KINDS):
            y = self.row_y(number)
            canvas.text(self.axis.left - 8, y + drop, kind, size=size.text_size, anchor="end")
            bold = kind == "missed" and bool(self.done.count(kind))
            self._draw_count(canvas, y + drop, self.counts[kind], bold)
            getattr(self, f"_draw_{kind.replace(' ', '_')}")(canvas, y)

    def _draw_count(self, canvas: Canvas, y: float, wordings: Sequence[str], bold: bool) -> None:
        size = self.size
        if size.is_compact:
            canvas.text(size.width, y, wordings[-1], size=size.text_size, bold=bold, anchor="end")
            return
        room = size.right - 8
        text = next((words for words in wordings if text_width(words, size.text_size) <= room), wordings[-1])
        canvas.text(size.plot_right + 8, y, text, size=size.text_size, bold=bold)

    def _centres(self, kind: str) -> list[float]:
        """Where the marks of a row stand; over 400 days those that would lie on one another once."""
        centres = [self.axis.centre(day) for day in self.done.kinds[kind]]
        return thinned(centres, NEAREST) if self.axis.is_long else centres

    # -- a row each ---------------------------------------------------------------------------
    def _draw_taken_on_time(self, canvas: Canvas, y: float) -> None:
        if self.axis.is_long:
            bars = self._bars()
            canvas.lines([[(a, y), (b, y)] for a, b in bars], "ink2", BAR)
        else:
            centres = self._centres("taken on time")
            canvas.lines([[(x, y - TICK), (x, y + TICK)] for x in centres], "ink2", 1)

    def _bars(self) -> list[tuple[float, float]]:
        """Runs of days taken on time, over the days on which none was due; cut by any other day and by a week off."""
        on_time = set(self.done.kinds["taken on time"])
        bars: list[tuple[float, float]] = []
        before: date | None = None
        for day in self.done.days:
            if day not in on_time:
                before = None
                continue
            left, right = self.axis.span(Span(day, day))
            goes_on = before is not None and (day - before).days <= 7
            # Gaps that nobody could see are closed, too: they would only make the file larger.
            if bars and (goes_on or left - bars[-1][1] < 0.5):
                bars[-1] = (bars[-1][0], max(right, bars[-1][1]))
            else:
                bars.append((left, max(right, left + 0.8)))
            before = day
        return bars

    def _draw_late(self, canvas: Canvas, y: float) -> None:
        canvas.dots([(x, y) for x in self._centres("late")], "ink", DISC)

    def _draw_other_amount(self, canvas: Canvas, y: float) -> None:
        """Diamonds, with the amount at the right or the left of those where it is free."""
        size, across, up = self.size, *DIAMOND
        centres = self._centres("other amount")
        taken = [Box(x - across, y - up, x + across, y + up) for x in centres]
        labels: list[tuple[float, str, Box]] = []
        for day in self.done.kinds["other amount"]:
            text, x = other_text(self.data.doses[day]), self.axis.centre(day)
            if not text or x not in centres:
                continue
            width = text_width(text, size.text_size)
            for left in (x + across + 4, x - across - 4 - width):
                box = text_box(left, y + 0.36 * size.text_size, text, size.text_size, False, "start")
                inside = box.left >= self.axis.left and box.right <= size.plot_right
                if inside and free_of(box, taken, x=2):
                    labels.append((left, text, box))
                    taken.append(box)
                    break
        canvas.boxes([_back(box) for *_, box in labels], "surface")
        diamonds: list[list[XY]] = [
            [(x - across, y), (x, y - up), (x + across, y), (x, y + up), (x - across, y)] for x in centres
        ]
        canvas.lines(diamonds, "ink", 1.3, cap="round")
        for left, text, _ in labels:
            canvas.text(left, y + 0.36 * size.text_size, text, size=size.text_size)

    def _draw_missed(self, canvas: Canvas, y: float) -> None:
        arm = CROSS
        strokes = [[(x - arm, y - s * arm), (x + arm, y + s * arm)] for x in self._centres("missed") for s in (1, -1)]
        canvas.lines(strokes, "ink", 1.8)

    def _draw_not_recorded(self, canvas: Canvas, y: float) -> None:
        """Rings, as polygons of twelve corners: a path of curves for each would make a large file."""
        circle = [(DISC * cos(pi * n / 6), DISC * sin(pi * n / 6)) for n in range(13)]
        canvas.lines([[(x + dx, y + dy) for dx, dy in circle] for x in self._centres("not recorded")], "ink2", 1.1)


def _back(box: Box) -> Box:
    """What lies behind a text over rules."""
    return Box(box.left - 1, box.top - 1, box.right + 1, box.bottom + 1)


def thinned(xs: Iterable[float], least: float) -> list[float]:
    """`xs`, in order, without those nearer than `least` to the one kept before."""
    kept: list[float] = []
    for x in xs:
        if not kept or x - kept[-1] >= least:
            kept.append(x)
    return kept
