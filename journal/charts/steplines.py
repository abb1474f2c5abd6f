"""One or two step lines over the days of a plan: what the drawings of dose and of occupancy share."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from journal.analysis.series import Span

from .beside import Skyline, outwards, spot_beside
from .canvas import XY, Canvas
from .measure import Box, text_box, text_width
from .sizes import COMPACT, PRINT, WIDE, Size
from .theme import day_text
from .timeaxis import TimeAxis

LEAD = 7  # days before the first step, at least: the present dose is seen
TRAIL = 7  # days behind the last, at least
SHARE = 25  # or this part of the whole, where that is more: 4 %
FEW = 12  # more steps than this are counted in the text alternative, not told

PLAN_SIZES: Mapping[str, Size] = MappingProxyType(
    {
        "wide": replace(WIDE, width=640, left=40, right=14, top=26, bottom=42, dose=188),
        "compact": replace(COMPACT, width=358, left=36, right=12, top=26, bottom=42, dose=172),
        "print": replace(PRINT, left=22, right=8, top=12, bottom=14, dose=84),
    }
)
MARKS = {"wide": (5.0, 4.5), "compact": (5.0, 4.5), "print": (2.6, 2.4)}  # radius of end dot and ring

Value = Decimal | float | int
Step = tuple[date, Value]


@dataclass(frozen=True)
class Track:
    """One line of a plan: its letter, the present value, and the steps, the earliest first and one a day."""

    letter: str
    start: Value
    steps: tuple[Step, ...]


class Alternatives:
    """What a drawing of one plan, or of two side by side, is made of: `lines`, each with its `track`."""

    lines: tuple

    def __post_init__(self) -> None:
        if len(self.lines) not in (1, 2):
            raise ValueError("a plan is drawn alone or beside one other")
        if not all(line.steps for line in self.lines):
            raise ValueError("a plan needs at least one step to be drawn")

    @property
    def tracks(self) -> list[Track]:
        return [line.track for line in self.lines]


def in_order(steps: Sequence[Step]) -> tuple[Step, ...]:
    """The steps by day; of two on one day the later in the list counts."""
    by_day = dict(steps)
    return tuple((day, by_day[day]) for day in sorted(by_day))


def planned_period(tracks: Sequence[Track]) -> Span:
    """From a little before the first step to a little behind the last."""
    begun, ended = min(t.steps[0][0] for t in tracks), max(t.steps[-1][0] for t in tracks)
    days = (ended - begun).days
    start = max(begun.toordinal() - max(LEAD, -(-days // SHARE)), date.min.toordinal())
    end = min(ended.toordinal() + max(TRAIL, days // SHARE), date.max.toordinal())
    return Span(date.fromordinal(start), date.fromordinal(end))


def told(track: Track, unit: str, words) -> str:
    """The steps of a track as text: "37.5 mg now, 30 mg from 11 Dec 2026"; of more than twelve the ends."""
    steps = [f"{words(value)} {unit} from {day_text(day, year=True)}" for day, value in track.steps]
    if len(steps) > FEW:
        steps = [*steps[:3], f"{len(steps) - 4} more steps", steps[-1]]
    return ", ".join([f"{words(track.start)} {unit} now", *steps])


class StepPlot:
    """The lines of `tracks` in a panel from `size.top` down; the axis runs from nought to the last of `ticks`."""

    def __init__(self, tracks: Sequence[Track], size: Size, ticks: Sequence[tuple[Value, str]]):
        words = max(text_width(text, size.text_size) for _, text in ticks)
        self.size = replace(size, left=max(size.left, words + (8 if size.is_print else 10)))
        self.tracks, self.ticks, self.highest = tracks, ticks, float(ticks[-1][0])
        self.top, self.bottom = size.top, size.top + size.dose
        self.axis = TimeAxis(planned_period(tracks), self.size.left, self.size.plot_right)
        self.lines = [self._corners(track) for track in tracks]
        self.skylines = [Skyline(corners, size.width) for corners in self.lines]

    def y(self, value: Value) -> float:
        return self.bottom - float(value) / self.highest * (self.bottom - self.top)

    def _corners(self, track: Track) -> list[XY]:
        """From the left edge down to the last step, where the line ends."""
        corners = [(self.axis.left, self.y(track.start))]
        for day, value in track.steps:
            x = self.axis.x(day)
            corners += [(x, corners[-1][1]), (x, self.y(value))]
        return corners

    # -- drawing ------------------------------------------------------------------------------
    def draw(self, start_words: Sequence[str]) -> Canvas:
        """The whole drawing. `start_words`: what stands at the start of each line; one for both when they agree."""
        size = self.size
        canvas = Canvas(size.width, self.bottom + size.bottom, size.theme)
        self._draw_scale(canvas)
        labels = self._labels(start_words)
        canvas.boxes([Box(b.left - 2, b.top - 2, b.right + 2, b.bottom + 2) for *_, b in labels], "surface")
        canvas.line([(self.axis.left, self.bottom), (self.axis.right, self.bottom)], "gap", size.grid or 0.4)
        self._draw_lines(canvas)
        for text, bold, role, x, y, _ in labels:
            canvas.text(x, y, text, size=size.dose_size, bold=bold, role=role)
        self.axis.draw(canvas, self.bottom, (), size)
        return canvas

    def _draw_scale(self, canvas: Canvas) -> None:
        size = self.size
        rows = [self.y(value) for value, _ in self.ticks]
        if size.grid:
            canvas.lines([[(self.axis.left, y), (self.axis.right, y)] for y in rows], "grid", size.grid)
        else:
            x = self.axis.left
            canvas.lines([[(x, self.top), (x, self.bottom)], *[[(x - 2, y), (x, y)] for y in rows]], "ink2", 0.4)
        gap = 5 if size.is_print else 8
        for y, (_, text) in zip(rows, self.ticks, strict=True):
            canvas.text(
                self.axis.left - gap, y + 0.36 * size.text_size, text, size=size.text_size, role="ink2", anchor="end"
            )

    def _draw_lines(self, canvas: Canvas) -> None:
        """The first firm with a dot at its end, the second dashed with a ring; the first lies on top."""
        size = self.size
        dot, ring = MARKS[size.css]
        ends = [corners[-1] for corners in self.lines]
        together = len(ends) == 2 and max(abs(ends[0][0] - ends[1][0]), abs(ends[0][1] - ends[1][1])) < 2 * dot
        if len(ends) == 2:
            dash = (4, 2.4) if size.is_print else (7, 4)
            canvas.line(self.lines[1], "worse", size.dose_line, dash=dash)
        canvas.line(self.lines[0], "ink", size.dose_line)
        if len(ends) == 2:
            radius = dot + ring * 0.75 if together else ring
            if not together:
                canvas.dots([ends[1]], "surface", radius)
            canvas.ring(ends[1], "worse", radius, size.dose_line)
        canvas.dots([ends[0]], "ink", dot)

    # -- texts --------------------------------------------------------------------------------
    def _labels(self, start_words: Sequence[str]) -> list[tuple]:
        """(text, bold, role, x, baseline, box) of the letters and of what stands at the start."""
        size, labels = self.size, []
        taken = self._end_boxes()
        frame = Box(self.axis.left, 0, size.plot_right, self.bottom - 2)
        roles = ("ink", "worse")
        for number, words in enumerate(start_words):
            others = [line for line in self.skylines if line is not self.skylines[number]]
            xs = outwards(self.axis.left + 2, self.axis.left + 2, self.axis.right)
            spot = None
            for away in (2, 0):
                spot = spot or spot_beside(
                    words, size.dose_size, False,
                    own=self.skylines[number], others=others, taken=taken, frame=frame, xs=xs, away=away,
                )  # fmt: skip
            if spot:
                labels.append((words, False, roles[number] if len(start_words) > 1 else "ink", *spot))
                taken.append(spot[-1])
        if len(self.tracks) == 2:
            for number, track in enumerate(self.tracks):
                spot = self._letter_spot(number, track.letter, taken)
                labels.append((track.letter, True, roles[number], *spot))
                taken.append(spot[-1])
        return labels

    def _letter_spot(self, number: int, letter: str, taken: list[Box]) -> tuple[float, float, Box]:
        """Beside its line on the side that looks away from the other line; in the margin when all is full."""
        size, axis = self.size, self.axis
        own, other = self.skylines[number], self.skylines[1 - number]
        upper = own.mean < other.mean or (own.mean == other.mean and number == 0)
        near, far = ("above", "below") if upper else ("below", "above")
        frame = Box(axis.left + 2, 0, size.plot_right, self.bottom - 3)
        xs = outwards(axis.left + 0.16 * (axis.right - axis.left), axis.left + 2, axis.right)
        for away, sides in ((9, (near,)), (9, (far,)), (3, (near, far))):
            spot = spot_beside(
                letter, size.dose_size, True,
                own=own, others=[other], taken=taken, frame=frame, xs=xs, sides=sides, away=away,
            )  # fmt: skip
            if spot:
                return spot
        width = text_width(letter, size.dose_size, True)
        x, y = size.plot_right - width - (1 - number) * (width + 6), 0.8 * size.dose_size
        return x, y, text_box(x, y, letter, size.dose_size, True, "start")

    def _end_boxes(self) -> list[Box]:
        reach = 2 * MARKS[self.size.css][0]
        return [Box(x - reach, y - reach, x + reach, y + reach) for (x, y) in (line[-1] for line in self.lines)]
