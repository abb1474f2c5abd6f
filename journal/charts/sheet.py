"""A drawing that is ready, with its words: what every chart makes, and what comes of it (SVG for a page, SVG or PNG to
keep).

    canvas = new_canvas(spec, height, title, note, standalone)
    ...
    return Sheet("heatmap", canvas, spec, title, note, description)
"""

from dataclasses import dataclass, replace
from datetime import date

from .canvas import Canvas
from .heading import PAD, Heading
from .model import Chart, Plot
from .sizes import Size


@dataclass(frozen=True)
class Sheet:
    """A finished drawing called ``name`` (as in its address). ``plot``: where its days lie, for the read-out."""

    name: str
    canvas: Canvas
    size: Size
    title: str
    note: str
    description: str
    plot: Plot | None = None

    def chart(self, uid: str = "") -> Chart:
        """As SVG with its words. ``uid`` makes the ids unique in a page."""
        css = f"chart chart-{self.name} chart-{self.size.css}"
        uid = f"{uid or self.name}-{self.size.name}"
        svg = self.canvas.svg(uid, css, self.title, self.description, self.size.unit)
        width, height = self.canvas.width, self.canvas.height
        return Chart(svg, self.title, self.note, self.description, width, height, self._plot_in(height))

    def _plot_in(self, height: float) -> Plot | None:
        """The plot with its top and bottom: those of the panels by the measures of the size, unless the chart set its
        own (as shares already).
        """
        if self.plot is None or (self.plot.top, self.plot.bottom) != (0, 1):
            return self.plot
        return replace(self.plot, top=self.size.top / height, bottom=1 - self.size.bottom / height)

    def png(self, scale: float = 2) -> bytes:
        """As pixels, ``scale`` a unit."""
        return self.canvas.png(scale)


def new_canvas(size: Size, height: float, title: str, note: str, standalone: bool) -> Canvas:
    """A canvas of that size; ``standalone`` is the download: heading and note on it, on a ground of its own."""
    if not standalone:
        return Canvas(size.width, height, size.theme)
    heading = Heading(title, note, size)
    canvas = Canvas(size.width, height, size.theme, above=heading.height, pad=PAD)
    heading.draw(canvas)
    return canvas


def plot_of(axis, size: Size) -> Plot:
    """Where the days of a time axis lie in the picture."""
    first: date = axis.period.first
    return Plot(first, axis.period.last, axis.left / size.width, axis.right / size.width)
