"""Dose and occupancy as a curve: what equal steps in mg take off, the first of them little and the last one much.

The one drawing without days. Its numbers are read off a named curve; note and text alternative say which.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from types import MappingProxyType

from journal.analysis.numbers import mg_text, percent_text, round_half_up

from .canvas import XY, Canvas
from .measure import Box, clean, text_box, text_width
from .model import Chart
from .sizes import Size, size_named
from .steplines import MARKS, PLAN_SIZES

SIZES: Mapping[str, Size] = MappingProxyType(
    {name: replace(PLAN_SIZES[name], bottom=46) for name in ("wide", "compact")}  # under the axis: doses, their unit
)
LEVELS = (0, 25, 50, 75, 100)
WHOLE = Decimal(100)
NAME = "% occupied, about"


@dataclass(frozen=True)
class Dose:
    """A dose in mg a day and the percent that it occupies; above 100 it is drawn and written as 100."""

    mg: Decimal
    percent: Decimal

    @property
    def shown(self) -> Decimal:
        """Whole percents, as everywhere."""
        return round_half_up(min(max(self.percent, Decimal(0)), WHOLE))


@dataclass(frozen=True)
class DoseCurve:
    """The curve called `curve` ("Sørensen 2022, striatum") for `medication`.

    `line` is dense and runs from 0 mg to the highest dose. `steps` are equal: the highest dose first, 0 mg last.
    `now` is the present dose, None where there is none to mark.
    """

    medication: str
    curve: str
    line: tuple[Dose, ...]
    steps: tuple[Dose, ...]
    now: Dose | None = None


def falls(steps: Sequence[Dose]) -> list[Decimal]:
    """How many points each step takes off: the difference of what is written, so that the table adds up."""
    return [before.shown - after.shown for before, after in pairwise(steps)]


def dose_curve(data: DoseCurve, size: str = "wide", *, uid: str = "dose-curve") -> Chart:
    """Draws the curve over the dose. `size`: 'wide' or 'compact'."""
    spec = size_named(size, SIZES)
    canvas = _Plot(data, spec).draw()
    title, note, description = _title(data), _note(data), _description(data)
    svg = canvas.svg(f"{uid}-{size}", f"chart chart-curve chart-{spec.css}", title, description, spec.unit)
    return Chart(svg, title, note, description, canvas.width, canvas.height)


class _Plot:
    """The panel: 0 to 100 % upwards, 0 mg to the highest dose to the right."""

    def __init__(self, data: DoseCurve, size: Size) -> None:
        self.data, self.size = data, size
        self.left, self.right = max(size.left, text_width("100", size.text_size) + 10), size.plot_right
        self.top, self.bottom = size.top + 14, size.top + 14 + size.dose
        self.most = data.steps[0].mg

    def at(self, dose: Dose) -> XY:
        share = float(min(max(dose.percent, Decimal(0)), WHOLE) / WHOLE)
        x = self.left + float(dose.mg / self.most) * (self.right - self.left)
        return x, self.bottom - share * (self.bottom - self.top)

    def draw(self) -> Canvas:
        size, data = self.size, self.data
        canvas = Canvas(size.width, self.bottom + size.bottom, size.theme)
        rows = [(percent, self.bottom - percent / 100 * (self.bottom - self.top)) for percent in LEVELS]
        canvas.lines([[(self.left, y), (self.right, y)] for _, y in rows], "grid", size.grid)
        for percent, y in rows:
            at = self.left - 8, y + 0.36 * size.text_size
            canvas.text(*at, str(percent), size=size.text_size, role="ink2", anchor="end")
        canvas.text(0, 0.9 * size.text_size, NAME, size=size.text_size, role="ink2")
        canvas.lines([[self.at(step), (self.at(step)[0], self.bottom)] for step in data.steps[:-1]], "rule", 1)
        canvas.line([(self.left, self.bottom), (self.right, self.bottom)], "gap", size.grid)
        labels = self._labels()
        canvas.boxes([Box(b.left - 2, b.top, b.right + 2, b.bottom) for *_, b in labels], "surface")
        canvas.line([self.at(dose) for dose in data.line], "ink", size.dose_line)
        canvas.dots([self.at(step) for step in data.steps], "ink", MARKS[size.css][0] - 1)
        for text, x, y, _ in labels:
            canvas.text(x, y, text, size=size.dose_size, anchor="end")
        if data.now:
            self._draw_now(canvas, data.now)
        self._draw_doses(canvas)
        return canvas

    def _labels(self) -> list[tuple[str, float, float, Box]]:
        """(text, right end, baseline, box): each share left above its dot, where the curve never is."""
        size, labels = self.size, []
        for step in self.data.steps[:-1]:
            x, y = self.at(step)
            text = f"{percent_text(step.shown)} %"
            x = max(x - 3, self.left + text_width(text, size.dose_size) + 4)
            labels.append((text, x, y - 9, text_box(x, y - 9, text, size.dose_size, False, "end")))
        return labels

    def _draw_now(self, canvas: Canvas, now: Dose) -> None:
        """A ring on the curve, and what it is at the right of the first line, where nothing else ever stands."""
        size, radius = self.size, MARKS[self.size.css][1] + 1
        dose, share = f"now {mg_text(now.mg)} mg", f"{percent_text(now.shown)} %"
        text = f"{dose}, about {share}"
        room = self.right - text_width(NAME, size.text_size) - 4 * radius
        if text_width(text, size.dose_size, True) > room:  # the name beside it says "about", too
            text = f"{dose}, {share}"
        # From its start: a browser's letters may be narrower than ours, and the ring belongs to the text.
        x = self.right - text_width(text, size.dose_size, True)
        box = canvas.text(x, 0.9 * size.text_size, text, size=size.dose_size, bold=True)
        for centre in (self.at(now), (x - 2 * radius, (box.top + box.bottom) / 2)):
            canvas.dots([centre], "surface", radius + 1)
            canvas.ring(centre, "worse", radius, size.dose_line)

    def _draw_doses(self, canvas: Canvas) -> None:
        """The doses under the axis, from the right, as many as have room; what they are below them."""
        size, y = self.size, self.bottom + 20
        edge = size.width + 8
        for step in self.data.steps:
            text = mg_text(step.mg)
            half = text_width(text, size.text_size) / 2
            middle = min(self.at(step)[0], size.width - half)
            if middle + half + 8 <= edge:
                canvas.text(middle, y, text, size=size.text_size, role="ink2", anchor="middle")
                edge = middle - half
        canvas.text(self.right, y + 20, "mg a day", size=size.text_size, role="ink2", anchor="end")


# -- words ------------------------------------------------------------------------------------
def _title(data: DoseCurve) -> str:
    """What the first step takes off, and what the last."""
    first, *_, last = falls(data.steps)
    size = mg_text(data.steps[0].mg - data.steps[1].mg)
    return f"The first {size} mg take off {_points(first)}, the last {size} mg about {last}"


def _points(number: Decimal) -> str:
    if not number:
        return "less than 1 point"
    return "about 1 point" if number == 1 else f"about {number} points"


def _note(data: DoseCurve) -> str:
    of = clean(data.medication)
    return (
        f"About how many serotonin transporters a dose of {of} occupies, by the curve of {clean(data.curve)}. "
        "A group average, with wide spread."
    )


def _description(data: DoseCurve) -> str:
    told = ", ".join(f"{mg_text(step.mg)} mg about {percent_text(step.shown)} %" for step in data.steps)
    now = f" Now {mg_text(data.now.mg)} mg, about {percent_text(data.now.shown)} %." if data.now else ""
    return f"{_note(data)} {told}.{now}"
