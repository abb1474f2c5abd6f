"""A plot: a stretch of time across, a scale of values up. What is drawn in it is said in days and values.

panel = Panel(axis, top, bottom, low=0, high=10, role="worse")
panel.grid(canvas, (0, 5, 10), size)
panel.points(canvas, values, size.point)
panel.lines(canvas, stretches, size.mean_line)
panel.level(canvas, mean, size)
panel.rule(canvas, day, size)
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from journal.analysis.numbers import mg_text
from journal.analysis.series import Point, Span

from .canvas import XY, Canvas
from .measure import Box, text_width
from .sizes import Size
from .timeaxis import TimeAxis


class Panel:
    """Between ``top`` and ``bottom`` over a time axis, from ``low`` to ``high``. ``role``: its colour in the theme."""

    def __init__(
        self, axis: TimeAxis, top: float, bottom: float, low: float = 0, high: float = 10, role: str = "worse"
    ) -> None:
        self.axis, self.top, self.bottom, self.low, self.high, self.role = axis, top, bottom, low, high, role

    def y(self, value) -> float:
        """The height of a value."""
        share = (float(value) - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - self.top)

    def at(self, day: date, value) -> XY:
        """The middle of a day, at the height of a value."""
        return self.axis.centre(day), self.y(value)

    # `y` and `at` of many: said once more, in one piece, for a call a point is what a drawing's time goes into.
    def heights(self, values: Iterable) -> list[float]:
        """`y` of each."""
        low, bottom, span, height = self.low, self.bottom, self.high - self.low, self.bottom - self.top
        return [bottom - (float(value) - low) / span * height for value in values]

    def _places(self, points: Iterable[Point]) -> list[XY]:
        points = list(points)
        return list(zip([self.axis.centre(day) for day, _ in points], self.heights(v for _, v in points), strict=True))

    # -- series -------------------------------------------------------------------------------
    def points(self, canvas: Canvas, values: Mapping[date, object], radius: float, role: str = "") -> None:
        """A point a day; a day that is absent or None has none."""
        centres = self._places((day, value) for day, value in values.items() if value is not None)
        canvas.dots(centres, role or f"{self.role}-point", radius)

    def lines(self, canvas: Canvas, stretches: Iterable[Sequence[Point]], width: float, role: str = "", **options):
        """A line for each stretch of (day, value); one of a single day is drawn long enough to be seen."""
        strokes = [seen(self._places(stretch)) for stretch in stretches]
        canvas.lines(strokes, role or self.role, width, **options)

    def level(self, canvas: Canvas, value, size: Size, role: str = "") -> None:
        """A dashed level over the whole width."""
        y = self.y(value)
        stroke = [(self.axis.left, y), (self.axis.right, y)]
        canvas.line(stroke, role or self.role, size.level, dash=size.level_dash)

    # -- around them --------------------------------------------------------------------------
    def rule(self, canvas: Canvas, day: date, size: Size, *, latest: bool = False) -> None:
        """An upright line where a day begins: a dose change; the latest one in ink."""
        x = self.axis.x(day)
        look = ("ink2", size.rule_latest) if latest else ("rule", size.rule)
        canvas.line([(x, self.top), (x, self.bottom)], *look, dash=None if latest else size.rule_dash)

    def band(self, canvas: Canvas, span: Span, role: str = "band") -> None:
        """A pale ground under some days."""
        self.ground(canvas, *self.axis.span(span), role)

    def ground(self, canvas: Canvas, left: float, right: float, role: str = "band") -> None:
        """A pale ground from one place of the time axis to another, in units."""
        canvas.boxes([Box(left, self.top, right, self.bottom)], role)

    def grid_lines(self, ticks: Iterable[float]) -> list[list[XY]]:
        """The strokes of ``grid``, for drawings that put those of all their panels into one path."""
        return [[(self.axis.left, self.y(tick)), (self.axis.right, self.y(tick))] for tick in ticks]

    def grid(self, canvas: Canvas, ticks: Iterable[float], size: Size) -> None:
        """Pale lines at the ticks."""
        canvas.lines(self.grid_lines(ticks), "grid", size.grid)

    def tick_labels(
        self, canvas: Canvas, ticks: Iterable[float], size: Size, words: Mapping[float, str] | None = None
    ) -> None:
        """Numbers at the left of the plot, and beside them ``words`` where these fit."""
        gap = 7 if size.is_wide else 5
        for tick in ticks:
            x, y = self.axis.left - gap, self.y(tick) + 0.36 * size.text_size
            canvas.text(x, y, mg_text(tick), size=size.text_size, role="ink2", anchor="end")
            word = (words or {}).get(tick, "")
            edge = x - text_width("0" * len(mg_text(tick)), size.text_size) - 13
            if word and text_width(word, size.text_size) <= edge:
                canvas.text(edge, y, word, size=size.text_size, role="ink2", anchor="end")


def seen(stroke: list[XY]) -> list[XY]:
    """A line of a single day, made long enough to be seen."""
    if len(stroke) != 1:
        return stroke
    (x, y) = stroke[0]
    return [(x - 1, y), (x + 1, y)]
