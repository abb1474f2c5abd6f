"""The dose: one step line from nought, its labels standing on the steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from journal.analysis.doses import changes
from journal.analysis.numbers import mg_text
from journal.analysis.series import Span
from journal.analysis.titles import days_text

from .canvas import XY, Canvas
from .measure import Box, free_of, text_box
from .sizes import Size
from .theme import day_text
from .timeaxis import TimeAxis


@dataclass(frozen=True)
class Tread:
    """A dose as drawn: `mg` from `first` to `last` inside the period."""

    first: date
    last: date
    mg: Decimal
    before: Decimal | None  # the dose before it; None at the start of the record
    since: date  # when it really began, perhaps before the period

    @property
    def is_increase(self) -> bool:
        return self.before is not None and self.mg > self.before

    @property
    def days(self) -> int:
        return (self.last - self.since).days + 1


def treads(steps: Sequence, period: Span) -> list[Tread]:
    """The doses in force in the period, the first one clipped. Empty before any step."""
    found = changes(steps, period.last)
    later = [change.day for change in found[1:]]
    later += [period.last + timedelta(1)] if found else []
    return [
        Tread(max(change.day, period.first), end - timedelta(1), change.mg, change.before, change.day)
        for change, end in zip(found, later, strict=True)
        if end > period.first
    ]


class DoseLine:
    """One medication's dose in a panel from `top` to `bottom`; linear from 0 to the highest shown.

    `until`: the last day that is drawn, where that is before the axis ends. `highest`: the mg at `top`, where
    another line shares the panel.
    """

    unit = "mg"
    written = staticmethod(mg_text)
    """How a value stands in a label."""

    def __init__(
        self,
        steps: Sequence,
        axis: TimeAxis,
        top: float,
        bottom: float,
        *,
        until: date | None = None,
        highest: Decimal | None = None,
    ) -> None:
        self.axis, self.top, self.bottom = axis, top, bottom
        last = min(until or axis.period.last, axis.period.last)
        self.treads = treads(steps, Span(axis.period.first, last))
        self.highest = highest or max((tread.mg for tread in self.treads), default=Decimal(0)) or Decimal(1)

    def y(self, mg: Decimal) -> float:
        return self.bottom - float(mg / self.highest) * (self.bottom - self.top)

    def outline(self) -> list[XY]:
        """The corners of the step line, from left to right."""
        corners = []
        for tread in self.treads:
            left, right = self.axis.span(Span(tread.first, tread.last))
            corners += [(left, self.y(tread.mg)), (right, self.y(tread.mg))]
        return corners

    def rule_tops(self) -> dict[date, float]:
        """Where the rule of each change begins: at the foot of its own riser."""
        tops = {after.first: max(self.y(after.mg), self.y(before.mg)) for before, after in pairwise(self.treads)}
        if self.treads and self.treads[0].first > self.axis.period.first:  # it began in the period
            tops[self.treads[0].first] = self.y(self.treads[0].mg)
        return tops

    def rules(self) -> list[XY]:
        """Where the rule of each change stands, and where it begins."""
        return [(self.axis.x(day), top) for day, top in self.rule_tops().items()]

    def line_boxes(self, half: float) -> list[Box]:
        """The line as boxes, for labels to keep away from: treads and risers."""
        corners = self.outline()
        return [
            Box(min(x1, x2) - half, min(y1, y2) - half, max(x1, x2) + half, max(y1, y2) + half)
            for (x1, y1), (x2, y2) in pairwise(corners)
        ]


@dataclass(frozen=True)
class StepLabel:
    """A label with its baseline point and box."""

    text: str
    x: float
    y: float
    bold: bool
    box: Box


def step_labels(
    line: DoseLine,
    size: Size,
    right_edge: float,
    latest_note: bool = False,
    *,
    around: Sequence[Box] = (),
    ends_only: bool = False,
    below: float = 0,
) -> list[StepLabel]:
    """The labels that find a place: first, latest, the lowest between, increases, then by days held and size.

    A label stands on its step at its left end. One that touches another label or the line is left
    out, but the first three look for another place near theirs before that. They never turn or
    shrink. `right_edge` is where labels must end. `around`: what else they keep clear of; `ends_only`: no
    others than the first and the latest; `below`: the room under the panel that they may take.
    """
    if not line.treads:
        return []
    obstacles = [*line.line_boxes(size.dose_line / 2 - 0.6), *around]  # a hair's breadth is no touch
    placed: list[StepLabel] = []
    for tread in _by_importance(line.treads)[: 2 if ends_only else _MOST]:
        end = tread is line.treads[0] or tread is line.treads[-1]
        label = _place(line, tread, end, size, right_edge, latest_note, placed, obstacles, below)
        if label:
            placed.append(label)
    return placed


_MOST = 100  # nobody reads the hundredth label, and the search grows with the square


def _by_importance(steps: list[Tread]) -> list[Tread]:
    ends = [steps[-1], steps[0]] if len(steps) > 1 else steps
    between = steps[1:-1]
    lowest = _dip(steps)
    size = {t: abs(t.mg - (t.before or Decimal(0))) for t in between}
    between.sort(key=lambda t: (t is not lowest, not t.is_increase, -t.days, -size[t], t.first))
    return [*ends, *between]


def _dip(steps: list[Tread]) -> Tread | None:
    """The lowest dose, where it lies below the first and the latest: the end of a way down that was turned back."""
    lowest = min(steps[1:-1], key=lambda t: t.mg, default=None)
    return lowest if lowest and lowest.mg < min(steps[0].mg, steps[-1].mg) else None


def _wordings(line: DoseLine, tread: Tread, end: bool, latest_note: bool) -> list[str]:
    """What a label may say, the fullest first."""
    plain = line.written(tread.mg)
    if not end:
        return [plain]
    if not (latest_note and tread is line.treads[-1] and len(line.treads) > 1):
        return [f"{plain} {line.unit}"]
    since = day_text(tread.since, year=line.axis.period.days > 366)
    return [f"{plain} {line.unit} since {since}, {days_text(tread.days)}", f"{plain} {line.unit}"]


def _place(line, tread, end, size, right_edge, latest_note, placed, obstacles, below) -> StepLabel | None:
    dx, dy = size.dose_label
    wanted = line.axis.x(tread.first) + dx * (tread is not line.treads[0]), line.y(tread.mg) + dy
    taken = [label.box for label in placed]
    words = _wordings(line, tread, end, latest_note)
    tries = [(0, text, wanted) for text in words]
    if end or tread is _dip(line.treads):
        others = _other_spots(line, words[-1], size, wanted, right_edge)
        others = others if end else others[: _CLEAR_SPOTS - 1]
        tries += [(number, words[-1], spot) for number, spot in enumerate(others, start=1)]
    for number, text, (x, y) in tries:
        box = text_box(x, y, text, size.dose_size, end, "start")
        inside = box.left >= line.axis.left and box.right <= right_edge and box.bottom <= line.bottom + 1 + below
        inside = inside and box.top >= line.top - size.dose_size - 5
        # A last resort may lie on the line: never dropped is worth more than never touched.
        clear = number >= _CLEAR_SPOTS or free_of(box, obstacles)
        if inside and clear and free_of(box, taken, x=2):
            return StepLabel(text, x, y, end, box)
    return None


_CLEAR_SPOTS = 7  # as many of the spots below keep clear of the line


def _other_spots(line: DoseLine, text: str, size: Size, wanted: XY, right_edge: float) -> list[XY]:
    """Where else the first or latest label may stand: pushed left, below, beside, then anywhere."""
    x, y = wanted
    dx, dy = size.dose_label
    width = text_box(0, 0, text, size.dose_size, True, "start").right
    row = size.dose_size + 2
    pushed = min(x, right_edge - width)
    beside = x - 2 * dx - width - 1
    below = y - 2 * dy + size.dose_size * 0.76
    near = [(pushed, y), (x, below), (pushed, below), (beside, y), (beside, y - dy), (pushed, y - row)]
    rows = int((line.bottom - line.top) / row) + 1
    anywhere = [(pushed, y + sign * n * row) for n in range(1, rows + 1) for sign in (-1, 1)]
    return near + anywhere


def draw_dose(
    canvas: Canvas, line: DoseLine, size: Size, *, main: bool = True, latest_note: bool = False
) -> list[StepLabel]:
    """The line and its labels. A further medication is drawn thinner."""
    width = size.dose_line if main else size.dose_line * 0.7
    canvas.line(line.outline(), "ink", width)
    edge = size.width if size.is_wide else size.plot_right + (4 if size.is_print else 0)
    # On paper a label under its step would else stand on the firm rule of the latest change.
    around = [Box(x, top, x, line.bottom) for x, top in line.rules()] if size.is_print else []
    labels = step_labels(line, size, edge, latest_note, around=around)
    for label in labels:
        canvas.text(label.x, label.y, label.text, size=size.dose_size, bold=label.bold)
    return labels


def dose_row(steps: Sequence, period: Span) -> str:
    """The whole row of doses: '150 → 105 → … → 0 mg', for the page beside the compact drawing."""
    doses = [mg_text(tread.mg) for tread in treads(steps, period)]
    return f"{' → '.join(doses)} mg" if doses else ""


MANY = 12


def short_dose_row(steps: Sequence, period: Span) -> str:
    """The same for a text alternative; of more than twelve doses the first, the last and how many."""
    row = dose_row(steps, period)
    doses = row.split(" → ")
    return row if len(doses) <= MANY + 1 else f"{doses[0]} → … → {doses[-1]}, {len(doses)} doses"
