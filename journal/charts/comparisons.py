"""Days with and without a factor: a dot for the difference and a line for its interval, a row each, on one axis.

sheet = comparisons_sheet(data, "compact")
"""

from collections.abc import Mapping
from dataclasses import replace
from math import ceil, floor
from types import MappingProxyType

from journal.analysis.comparison import Comparison
from journal.analysis.numbers import signed_rating_text

from .canvas import Canvas
from .comparing import ComparisonsData, comparisons_table, description, interval_text, note, sides_text, title
from .measure import clean
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named

__all__ = ["ComparisonsData", "comparisons_sheet", "comparisons_table"]

COMPARISON_SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "wide": replace(WIDE, left=244, right=112, top=4, bottom=48, strip=52, point=4.5, mean_line=2.0),
        "compact": replace(COMPACT, left=16, right=16, top=0, bottom=48, strip=82, point=4.5, mean_line=2.0),
    }
)
LOW = 16  # from a line to the foot of its row, where words stand above it
END = 4  # half the height of a line's ends
LEAST_REACH = 1  # points on both sides of 0 that the axis shows at least
STEPS = (1, 2, 5)  # points from tick to tick
TICK_ROOM = 46  # units that a tick needs


class Axis:
    """Differences in points from left to right; 0 is always on it. Its ends are whole steps of ``step`` points."""

    def __init__(self, shown: list[Comparison], left: float, right: float) -> None:
        self.left, self.right = left, right
        ends = [end for one in shown for end in (*one.interval, one.difference)]
        low, high = min([*ends, -LEAST_REACH]), max([*ends, LEAST_REACH])
        fitting = (s for s in STEPS if (ceil(high / s) - floor(low / s)) * TICK_ROOM <= right - left)
        self.step = next(fitting, STEPS[-1])
        self.low, self.high = floor(low / self.step) * self.step, ceil(high / self.step) * self.step

    def x(self, points) -> float:
        """Where a difference lies."""
        return self.left + float((points - self.low) / (self.high - self.low)) * (self.right - self.left)

    @property
    def ticks(self) -> range:
        return range(self.low, self.high + 1, self.step)


def comparisons_sheet(data: ComparisonsData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the comparisons with enough days. ``size``: "wide" or "compact". ``standalone`` is the download."""
    spec, shown, name = size_named(size, COMPARISON_SIZES), data.shown, clean(data.measure)
    heading, below = title(name, shown), note(data.better, shown)
    foot = spec.top + len(shown) * spec.strip
    canvas = new_canvas(spec, foot + spec.bottom, heading, below, standalone)
    axis = Axis(shown, spec.left, spec.plot_right)
    _draw_ground(canvas, axis, len(shown), foot, spec)
    for number, one in enumerate(shown):
        top = spec.top + number * spec.strip
        if spec.is_wide:
            _draw_words_beside(canvas, one, top, spec)
            y = top + spec.strip / 2
        else:
            _draw_words_above(canvas, one, top, spec)
            y = top + spec.strip - LOW
        _draw_row(canvas, axis, one, y, spec)
    return Sheet("comparisons", canvas, spec, heading, below, description(data, name))


def _draw_ground(canvas: Canvas, axis: Axis, rows: int, foot: float, size: Size) -> None:
    """A pale line at each tick, 0 in ink, and below them the numbers and which way is which."""
    stretches = [(size.top + n * size.strip, size.top + (n + 1) * size.strip) for n in range(rows)]
    if size.is_compact:  # words stand above each line: the lines of the ticks would run through them
        stretches = [(bottom - 2 * LOW, bottom) for _, bottom in stretches]
    grid = [[(axis.x(t), top), (axis.x(t), bottom)] for t in axis.ticks if t for top, bottom in stretches]
    canvas.lines(grid, "grid", size.grid)
    canvas.lines([[(axis.x(0), top), (axis.x(0), bottom)] for top, bottom in stretches], "ink2", size.rule_latest)
    canvas.line([(axis.left, foot), (axis.right, foot)], "ink2", size.rule)
    for tick in axis.ticks:
        label = signed_rating_text(tick).removesuffix(".0")
        canvas.text(axis.x(tick), foot + 18, label, size=size.text_size, role="ink2", anchor="middle")
    edge = 0 if size.is_compact else axis.left
    canvas.text(edge, foot + 38, "lower with it", size=size.text_size, role="ink2")
    edge = size.width if size.is_compact else axis.right
    canvas.text(edge, foot + 38, "higher with it", size=size.text_size, role="ink2", anchor="end")


def _draw_words_beside(canvas: Canvas, one: Comparison, top: float, size: Size) -> None:
    """At the left what is compared and over how many days, at the right the numbers."""
    first, second = top + size.strip / 2 - 3, top + size.strip / 2 + 15
    canvas.text(0, first, one.factor.name, size=size.text_size, bold=True)
    canvas.text(0, second, sides_text(one), size=size.text_size, role="ink2")
    canvas.text(size.width, first, signed_rating_text(one.difference), size=size.name_size, bold=True, anchor="end")
    canvas.text(size.width, second, interval_text(one), size=size.text_size, role="ink2", anchor="end")


def _draw_words_above(canvas: Canvas, one: Comparison, top: float, size: Size) -> None:
    """The same above the line."""
    first, second = top + 22, top + 42
    canvas.text(0, first, one.factor.name, size=size.text_size, bold=True)
    canvas.text(size.width, first, signed_rating_text(one.difference), size=size.name_size, bold=True, anchor="end")
    canvas.text(0, second, sides_text(one), size=size.text_size, role="ink2")
    canvas.text(size.width, second, interval_text(one), size=size.text_size, role="ink2", anchor="end")


def _draw_row(canvas: Canvas, axis: Axis, one: Comparison, y: float, size: Size) -> None:
    low, high = (axis.x(end) for end in one.interval)
    ends = [[(x, y - END), (x, y + END)] for x in (low, high)]
    canvas.lines([[(low, y), (high, y)], *ends], "ink2", size.mean_line)
    canvas.dots([(axis.x(one.difference), y)], "ink", size.point)
