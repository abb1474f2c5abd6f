"""Strips under the dose, each on a scale of its own: what the charts of one symptom, of sleep and of scores share.

strips = [(160, partial(OwnStrip, drawn, FULL["down"]))]
return dosed_sheet("symptom", dosed, size, strips, title, note, description, standalone)
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil

from journal.analysis.numbers import mg_text

from .dosepanel import Dosed, dose_panels, draw_strips
from .events import EventRow
from .measure import text_width
from .sheet import Sheet, new_canvas, plot_of
from .sizes import Size
from .strip import Drawn, StripPanel
from .timeaxis import TimeAxis

Tick = int | float | Decimal


@dataclass(frozen=True)
class OwnScale:
    """From `low` to `high`, with a line and a number at each of `marks`, and in wide `words` beside some of them."""

    low: Tick
    high: Tick
    marks: tuple[Tick, ...]
    words: Mapping[Tick, str] = field(default_factory=dict)

    def of(self, drawn: Drawn) -> tuple[float, float]:
        """The ends of the axis, as `strip.Scale` gives them."""
        return float(self.low), float(self.high)

    def ticks(self, drawn: Drawn) -> Sequence[Tick]:
        """Where its lines and numbers are, as `strip.Scale` gives them."""
        return self.marks


FULL = {
    "down": OwnScale(0, 10, (0, 3, 6, 10), {0: "none", 3: "mild", 6: "moderate", 10: "unbearable"}),
    "up": OwnScale(0, 10, (0, 2, 5, 8, 10), {2: "low", 5: "middle", 8: "good"}),
}
"""0 to 10, whole, by the direction that is better."""


class OwnStrip(StripPanel):
    """A strip on its own scale."""

    def __init__(self, drawn: Drawn, scale: OwnScale, axis: TimeAxis, top: float, bottom: float) -> None:
        super().__init__(drawn, scale, axis, top, bottom)

    @property
    def tick_words(self) -> Mapping[Tick, str]:
        """Those of its scale."""
        return self.scale.words


Make = Callable[[TimeAxis, float, float], StripPanel]


def with_room(size: Size, scales: Sequence[OwnScale], values: Sequence[str] = ()) -> Size:
    """The size with margins that the widest number of its scales fits, and the widest of the `values` beside it."""
    marks = [mg_text(mark) for scale in scales for mark in scale.marks]
    widest = max((text_width(mark, size.text_size) for mark in marks), default=0)
    left = max(size.left, ceil(widest + (8 if size.is_wide else 6)))
    if not size.is_wide:
        return replace(size, left=left)
    beside = max((text_width(f"{value} last 28 d", size.text_size, True) for value in values), default=0)
    return replace(size, left=left, right=max(size.right, ceil(beside + 7)))


def dosed_sheet(
    name: str,
    dosed: Dosed,
    size: Size,
    strips: Sequence[tuple[float, Make]],
    words: tuple[str, str, str],
    standalone: bool,
    events: EventRow | None = None,
) -> Sheet:
    """The dose over strips. `strips`: a height each, and what makes its panel. `words`: title, note, description."""
    title, note, description = words
    axis = TimeAxis(dosed.period, size.left, size.plot_right)
    lines, y = dose_panels(dosed, size, axis)
    panels: list[StripPanel] = []
    for height, make in strips:
        y += size.head
        panels.append(make(axis, y, y + height))
        y += height
    y += events.height if events else 0
    axis_y = y + size.axis_below
    canvas = new_canvas(size, axis_y - size.axis_below + size.bottom, title, note, standalone)
    draw_strips(canvas, dosed, size, axis, lines, panels, axis_y)
    if events:
        events.draw(canvas, axis_y)
    axis.draw(canvas, axis_y, dosed.data.entry_days, size)
    return Sheet(name, canvas, size, title, note, description, plot_of(axis, size))
