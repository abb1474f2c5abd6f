"""The sheet a chart is drawn on: a matplotlib Figure with px (or pt) units and y downwards.

It knows lines, dots, boxes and texts, each in a role of the theme, and turns out SVG that a page
with a strict CSP can carry inline, or PNG. Nothing is laid out by matplotlib: every coordinate is
ours, rounded to 0.1, so the same input gives the same bytes.
"""

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import NamedTuple

import matplotlib
import numpy
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_mixed import MixedModeRenderer
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from .measure import Box, clean, text_box, text_width
from .theme import FONT, FONT_FAMILY, SCREEN, Theme

# Once, at import: rc_context in a request is shared by all threads.
matplotlib.rcParams.update(
    {
        "svg.hashsalt": "tapertrack",
        "svg.fonttype": "none",  # text stays text
        "text.parse_math": False,  # a medicine may be called $\foo$
        "font.sans-serif": [FONT],
        "lines.scale_dashes": False,
        "path.simplify": False,  # coordinates are ours
    }
)

XY = tuple[float, float]
Dash = tuple[float, float] | None
_NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_FONTS: dict[tuple[float, bool], FontProperties] = {}


class _Shape:
    """A path with a stroke or a fill, already where it belongs."""

    __slots__ = ("cap", "dash", "edge", "face", "gid", "path", "width")

    def __init__(self, gid: str, path: Path, edge: str, face: str | None, width: float, dash: Dash, cap: str) -> None:
        self.gid, self.path, self.edge, self.width, self.dash, self.cap = gid, path, edge, width, dash, cap
        self.face = None if face is None else to_rgba(face)

    def draw(self, renderer, paper: "_Paper") -> None:
        renderer.open_group("path", self.gid)
        context = renderer.new_gc()
        context.set_foreground(self.edge)
        context.set_linewidth(self.width)
        context.set_capstyle(self.cap)
        context.set_joinstyle("round")
        context.set_snap(False)  # Agg would snap dots away
        if self.dash:
            context.set_dashes(0, self.dash)
        renderer.draw_path(context, self.path, paper.transform, self.face)
        context.restore()
        renderer.close_group("path")


class _Label:
    """A text that is placed, not laid out: its x is the anchor, its y the baseline.

    matplotlib's own Text measures, wraps and rotates; that costs as much as the rest of the
    drawing and warns of every glyph that DejaVu lacks. One line, no rotation, width known.
    """

    __slots__ = ("at", "colour", "font", "gid", "ha", "text")

    def __init__(self, gid: str, at: XY, text: str, font: FontProperties, colour: str, ha: str) -> None:
        self.gid, self.at, self.text, self.font, self.colour, self.ha = gid, at, text, font, colour, ha

    def draw(self, renderer, paper: "_Paper") -> None:
        x, y = paper.place(self.at)
        anchored = isinstance(renderer, MixedModeRenderer)  # SVG; pixels know no anchor
        if not anchored:
            size = renderer.points_to_pixels(self.font.get_size())
            width = text_width(self.text, size, self.font.get_weight() == "bold")
            x -= {"left": 0, "center": width / 2, "right": width}[self.ha]
        renderer.open_group("text", self.gid)
        context = renderer.new_gc()
        context.set_foreground(self.colour)
        asked = _Anchor((x, y), self.ha) if anchored else None
        renderer.draw_text(context, x, renderer.height - y, self.text, self.font, 0, False, asked)
        context.restore()
        renderer.close_group("text")


class _Anchor(NamedTuple):
    """What the SVG writer asks a text for, to anchor it where it is already."""

    at: XY
    ha: str

    def get_transform(self) -> "_Anchor":
        return self

    def transform(self, at: XY) -> XY:
        return at

    def get_unitless_position(self) -> XY:
        return self.at

    def get_ha(self) -> str:
        return self.ha


class _Paper:
    """From units, y downwards, to pixels, y upwards."""

    def __init__(self, height: float, scale: float) -> None:
        self.height, self.scale = height, scale
        self.transform = Affine2D().scale(scale, -scale).translate(0, height * scale)

    def place(self, at: XY) -> XY:
        return at[0] * self.scale, (self.height - at[1]) * self.scale


class _Drawing(Artist):
    """Everything that is on a canvas, as one artist: an artist each costs as much as the drawing."""

    def __init__(self, marks: Sequence[_Shape | _Label], paper: _Paper) -> None:
        super().__init__()
        self.marks, self.paper = marks, paper

    def draw(self, renderer) -> None:
        for mark in self.marks:
            mark.draw(renderer, self.paper)


class Canvas:
    """`width` x `height` units, with room for a heading `above` and a margin `pad` all round.

    Drawing goes on in the units of the chart itself: 0, 0 is its corner, not that of the heading.
    """

    def __init__(self, width: float, height: float, theme: Theme = SCREEN, above: float = 0, pad: float = 0) -> None:
        self.theme, self.shift = theme, (pad, above + pad)
        self.width, self.height = width + 2 * pad, height + above + 2 * pad
        self.marks: list[_Shape | _Label] = []  # in the order in which they lie on each other
        self.labels: list[tuple[str, Box]] = []  # what was written where, for layout and tests

    # -- shapes -------------------------------------------------------------------------------
    def lines(
        self,
        strokes: Iterable[Sequence[XY]],
        role: str,
        width: float,
        *,
        dash: tuple[float, float] | None = None,
        cap: str = "butt",
    ) -> None:
        """Polylines in one path."""
        self._strokes(strokes, f"stroke {role}", role, width, dash, cap)

    def _strokes(self, strokes, gid, role, width, dash, cap) -> None:
        vertices: list[XY] = []
        codes: list[int] = []
        for stroke in strokes:
            if len(stroke) > 1:
                vertices.extend(stroke)
                codes.append(Path.MOVETO)
                codes.extend([Path.LINETO] * (len(stroke) - 1))
        self._path(vertices, codes, gid, self.theme.colours[role], None, width, dash, cap)

    def line(self, stroke: Sequence[XY], role: str, width: float, **options) -> None:
        self.lines([stroke], role, width, **options)

    def dots(self, centres: Iterable[XY], role: str, radius: float) -> None:
        """Round points as one path of 0.1-long strokes with round caps."""
        # Rounded here: rounded apart, the two ends of a stroke can meet, and a PNG leaves such a point out.
        vertices: list[XY] = []
        for x, y in centres:
            start = round(x - 0.05, 1)
            vertices += ((start, y), (start + 0.1, y))
        codes = [Path.MOVETO, Path.LINETO] * (len(vertices) // 2)
        self._path(vertices, codes, f"dots {role}", self.theme.colours[role], None, 2 * radius, None, "round")

    def ring(self, centre: XY, role: str, radius: float, width: float, dash=None) -> None:
        circle = Path.circle(centre, radius)
        colour = self.theme.colours[role]
        self._path(circle.vertices, circle.codes, f"stroke {role}", colour, None, width, dash, "butt")

    def areas(self, outlines: Iterable[Sequence[XY]], role: str) -> None:
        """Filled polygons in one path, without an edge."""
        vertices: list[XY] = []
        codes: list[int] = []
        for outline in outlines:
            vertices.extend([*outline, outline[0]])
            codes.extend([Path.MOVETO, *[Path.LINETO] * (len(outline) - 1), Path.CLOSEPOLY])
        self._path(vertices, codes, f"fill {role}", "none", self.theme.colours[role], 0, None, "butt")

    def boxes(self, boxes: Iterable[Box], role: str) -> None:
        self.areas(
            [((b.left, b.top), (b.right, b.top), (b.right, b.bottom), (b.left, b.bottom)) for b in boxes],
            role,
        )

    def _path(self, vertices, codes, gid, edge, face, width, dash, cap) -> None:
        if not len(vertices):
            return
        rounded = (numpy.asarray(vertices, dtype=float) + self.shift).round(1)
        self.marks.append(_Shape(gid, Path(rounded, codes), edge, face, width, dash, cap))

    # -- text ---------------------------------------------------------------------------------
    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        role: str = "ink",
        bold: bool = False,
        anchor: str = "start",
    ) -> Box:
        """Writes one line with its baseline at `y`; gives the box it takes."""
        text = clean(text)
        box = text_box(x, y, text, size, bold, anchor)
        if not text:
            return box
        at = round(x + self.shift[0], 1), round(y + self.shift[1], 1)
        ha = {"start": "left", "middle": "center", "end": "right"}[anchor]
        self.marks.append(_Label(f"fill {role}", at, text, _font(size, bold), self.theme.colours[role], ha))
        self.labels.append((text, box))
        return box

    # -- out ----------------------------------------------------------------------------------
    def _figure(self, scale: float = 1) -> Figure:
        """A figure of its own for each output: nothing is shared between threads, nothing is changed afterwards."""
        figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72 * scale, frameon=False)
        figure.add_artist(_Drawing(self.marks, _Paper(self.height, scale)))
        return figure

    def svg(self, uid: str, css: str, title: str, description: str, unit: str = "") -> str:
        """The drawing as one `<svg>` element, clean under a CSP without unsafe-inline.

        `uid` prefixes the ids; `css` is the root's class; `unit` is 'pt' for paper.
        """
        out = io.StringIO()
        FigureCanvasSVG(self._figure()).print_svg(out, metadata=dict(_NO_METADATA))
        body = _body(out.getvalue(), self.theme)
        uid = escape(clean(uid).replace(" ", "-"))
        width, height = f"{self.width:g}", f"{round(self.height, 1):g}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{css}" role="img" '
            f'aria-labelledby="{uid}-title {uid}-desc" width="{width}{unit}" height="{height}{unit}" '
            f'viewBox="0 0 {width} {height}" font-family="{FONT_FAMILY}" stroke-linejoin="round">\n'
            f'<title id="{uid}-title">{escape(clean(title))}</title>\n'
            f'<desc id="{uid}-desc">{escape(clean(description))}</desc>\n'
            f"{body}</svg>\n"
        )

    def png(self, scale: float = 2) -> bytes:
        """The same drawing in pixels, `scale` per unit, on the surface colour."""
        out = io.BytesIO()
        figure = self._figure(scale)
        figure.set_facecolor(self.theme.colours["surface"])
        figure.patch.set_visible(True)
        FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})
        return out.getvalue()


def _font(size: float, bold: bool) -> FontProperties:
    """One FontProperties per size and weight, never changed after it is made."""
    known = _FONTS.get((size, bold))
    if known is None:
        known = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
        _FONTS[size, bold] = known
    return known


# matplotlib writes one <g id="what role"> round each artist and puts the look into style="...". A
# strict CSP drops style, so it becomes attributes; the role becomes a class, which beats an
# attribute, so the colour stays as the fallback for downloads and paper.
_PATH = re.compile(r'<g id="(fill|stroke|dots) ([a-z0-9-]+)">\s*<path d="([^"]*)"(?: style="([^"]*)")?/>\s*</g>')
_TEXT = re.compile(
    r'<g id="fill ([a-z0-9-]+)">\s*<text style="([^"]*)" x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</text>\s*</g>'
)
_DEFAULTS = {"text-anchor: start", "stroke-dashoffset: 0", "stroke-width: 1"}


def _body(svg: str, theme: Theme) -> str:
    """What is inside matplotlib's <svg>, cleaned: no style, no ids, a class beside each role."""

    def path(found: re.Match) -> str:
        what, role, data, style = found.groups()
        return (
            f'<path class="{"f" if what == "fill" else "s"} {theme.classes[role]}" '
            f'd="{_shorter(data, dots=what == "dots")}"{_attributes(style)}/>'
        )

    def text(found: re.Match) -> str:
        role, style, x, y, words = found.groups()
        return f'<text class="f {theme.classes[role]}" x="{x}" y="{y}"{_attributes(style)}>{words}</text>'

    inside = svg[svg.index('<g id="figure_1">') + len('<g id="figure_1">') : svg.rindex("</g>")]
    cleaned = _TEXT.sub(text, _PATH.sub(path, inside))
    return "\n".join(line.strip() for line in cleaned.splitlines() if line.strip()) + "\n"


def _shorter(data: str, *, dots: bool) -> str:
    """Path data without what SVG does not need: line breaks and repeated L."""
    if "C" in data:
        return " ".join(data.split())
    data = data.strip().replace(" \nL ", " ").replace(" \n", "").replace("z\n", "z").replace("M ", "M")
    if not dots:
        return _relative(data) if len(data) > _LONG else data
    starts = (stroke.split(" ", 2) for stroke in data.split("M")[1:])
    return "".join(f"M{x} {y}h.1" for x, y, _ in starts)


_LONG = 4000  # letters of path data from which smaller numbers are worth their while


@lru_cache(maxsize=4096)
def _tenths(number: int) -> str:
    """So many tenths as short as SVG takes them: 3 is ".3", -13 is "-1.3", 20 is "2"."""
    return f"{number / 10:g}".replace("0.", ".") if -10 < number < 10 else f"{number / 10:g}"


def _relative(data: str) -> str:
    """Path data as steps from point to point, in whole tenths underway so that nothing drifts."""
    strokes = []
    for stroke in map(str.strip, data.split("M")[1:]):
        closed = stroke.endswith("z")
        tenths = [round(float(number) * 10) for number in stroke.rstrip("z").split(" ")]
        xs, ys = tenths[::2], tenths[1::2]
        steps = [f"{_tenths(x - x0)} {_tenths(y - y0)}" for x0, x, y0, y in zip(xs, xs[1:], ys, ys[1:], strict=False)]
        start = f"M{xs[0] / 10:g} {ys[0] / 10:g}l"
        strokes.append(start + " ".join(steps).replace(" -", "-") + "z" * closed)
    return "".join(strokes)


@lru_cache(maxsize=512)  # a style is a colour, a width and a size: nothing of the record
def _attributes(style: str | None) -> str:
    """'stroke: #21271f; stroke-width: 2' -> ' stroke="#21271f" stroke-width="2"'. A black fill has no style at all."""
    pairs = (pair for pair in (style or "").split("; ") if pair and pair not in _DEFAULTS)
    named = (pair.split(": ", 1) for pair in pairs)
    return "".join(f' {name}="{value}"' for name, value in named if name != "font-family")
