"""Where a text is free among much that was drawn: near what it names, touching nothing, with a thin leader when moved.

ground = Ground(frame)
ground.lines(strokes)
spot = ground.place(peak, "37→25", 13, bold=False, gap=4)
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

import numpy

from .canvas import XY
from .measure import ASCENT, Box, text_box

CELL = 2  # units: what is taken is kept in cells of this side, so that asking costs the same however much was drawn
AWAY = 3  # units that a text keeps from what is drawn
FAR = 72  # and so far at most from what it names
NEAR = 13  # further away than this it has a leader
MOST_LEADERS = 60  # so many free places are asked for a clear leader
STEP = 3  # from one place that is tried to the next
OTHER_SIDE = 10  # so many units a place on the other side counts as further


@dataclass(frozen=True)
class Spot:
    """Where a text starts, its baseline and box, and the leader to it from what it names (None: it stands beside)."""

    x: float
    y: float
    box: Box
    leader: tuple[XY, XY] | None


class Ground:
    """What is taken inside ``frame``: ``lines`` are never touched, ``grid`` only where all else is full."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        shape = ceil((frame.bottom - frame.top) / CELL) + 1, ceil((frame.right - frame.left) / CELL) + 1
        self._lines, self._grid, self._texts = (numpy.zeros(shape, dtype=bool) for _ in range(3))

    # -- what is there ------------------------------------------------------------------------
    def lines(self, strokes: Iterable[Sequence[XY]]) -> None:
        """Lines, and dots as strokes of one point."""
        for stroke in strokes:
            self._mark(self._lines, stroke)

    def grid(self, strokes: Iterable[Sequence[XY]]) -> None:
        """Pale lines, which a text leaves clear while there is another place."""
        for stroke in strokes:
            self._mark(self._grid, stroke)

    def take(self, spot: Spot) -> None:
        """A text that was placed, and its leader."""
        top, left = self._cell(spot.box.left, spot.box.top)
        bottom, right = self._cell(spot.box.right, spot.box.bottom)
        self._texts[max(top, 0) : bottom + 1, max(left, 0) : right + 1] = True
        if spot.leader:
            self._mark(self._texts, spot.leader)

    def _mark(self, cells, stroke: Sequence[XY]) -> None:
        rows, columns = self._cells_of(stroke)
        cells[rows, columns] = True

    def _cells_of(self, stroke: Sequence[XY]):
        xs, ys = [numpy.array([stroke[0][0]])], [numpy.array([stroke[0][1]])]
        for (x1, y1), (x2, y2) in pairwise(stroke):
            count = max(2, ceil(hypot(x2 - x1, y2 - y1) / (CELL / 2)))
            xs.append(numpy.linspace(x1, x2, count))
            ys.append(numpy.linspace(y1, y2, count))
        columns = ((numpy.concatenate(xs) - self.frame.left) // CELL).astype(int)
        rows = ((numpy.concatenate(ys) - self.frame.top) // CELL).astype(int)
        inside = (rows >= 0) & (columns >= 0) & (rows < self._lines.shape[0]) & (columns < self._lines.shape[1])
        return rows[inside], columns[inside]

    def _cell(self, x: float, y: float) -> tuple[int, int]:
        return int((y - self.frame.top) // CELL), int((x - self.frame.left) // CELL)

    # -- where there is room ------------------------------------------------------------------
    def place(
        self,
        point: XY,
        text: str,
        size: float,
        *,
        bold: bool = False,
        gap: float = 4,
        up: bool = True,
        crossing: bool = True,
    ) -> Spot | None:
        """The nearest free place round ``point``, ``gap`` from it at least, rather above (``up``) than below.

        ``crossing``: whether its leader may cross a line, when there is no other.
        """
        plain = text_box(0, 0, text, size, bold, "start")
        places = _places(point, plain.right, plain.bottom - plain.top, gap, up, self.frame)
        tries = [(self._lines | self._grid, False), (self._lines, False), (self._lines, True)]
        for cells, crosses in tries if crossing else tries[:2]:
            free = self._free(cells | self._texts, places, plain.right, plain.bottom - plain.top)
            for left, top, away in places[free][:MOST_LEADERS]:
                spot = self._spot(point, float(left), float(top), float(away), plain, size, gap)
                if spot.leader is None or self._is_clear(spot.leader, crosses):
                    return spot
        return None

    def _free(self, cells, places, width: float, height: float):
        """Which of the places touch nothing: sums over boxes of cells, each from four corners."""
        sums = numpy.pad(cells.astype(numpy.int32).cumsum(0).cumsum(1), ((1, 0), (1, 0)))
        rows, columns = cells.shape
        lefts, tops = places[:, 0] - self.frame.left, places[:, 1] - self.frame.top
        x1 = numpy.clip((lefts - AWAY) // CELL, 0, columns).astype(int)
        x2 = numpy.clip((lefts + width + AWAY) // CELL + 1, 0, columns).astype(int)
        y1 = numpy.clip((tops - AWAY) // CELL, 0, rows).astype(int)
        y2 = numpy.clip((tops + height + AWAY) // CELL + 1, 0, rows).astype(int)
        return sums[y2, x2] - sums[y1, x2] - sums[y2, x1] + sums[y1, x1] == 0

    def _spot(self, point: XY, left: float, top: float, away: float, plain: Box, size: float, gap: float) -> Spot:
        box = Box(left, top, left + plain.right, top + plain.bottom - plain.top)
        return Spot(left, top + ASCENT * size, box, _leader(point, box, gap) if away > NEAR else None)

    def _is_clear(self, leader: tuple[XY, XY], crosses: bool) -> bool:
        rows, columns = self._cells_of(leader)
        if self._texts[rows, columns].any():
            return False
        # It starts among the lines that meet in its point.
        return crosses or not self._lines[rows[6:], columns[6:]].any()


def _places(point: XY, width: float, height: float, gap: float, up: bool, frame: Box):
    """(left, top, distance from the point) of the places to try, the nearest first."""
    x, y = point
    across = numpy.arange(-FAR - width, FAR + STEP, STEP)
    across = numpy.union1d(across, [-width / 2])
    down = numpy.arange(-FAR - height, FAR + STEP, STEP)
    down = numpy.union1d(down, [-gap - height, gap])
    lefts, tops = (grid.ravel() for grid in numpy.meshgrid(across, down))
    beside_x = numpy.maximum(0, numpy.maximum(lefts, -lefts - width))
    beside_y = numpy.maximum(0, numpy.maximum(tops, -tops - height))
    away = numpy.hypot(beside_x, beside_y)
    middle = tops + height / 2
    cost = away + OTHER_SIDE * ((middle > 0) if up else (middle < 0)) + 0.1 * numpy.abs(lefts + width / 2)
    fits = (away >= gap - 0.01) & (away <= FAR)
    fits &= (x + lefts >= frame.left) & (x + lefts + width <= frame.right)
    fits &= (y + tops >= frame.top) & (y + tops + height <= frame.bottom)
    order = numpy.argsort(numpy.round(cost[fits], 3), kind="stable")
    return numpy.column_stack((x + lefts[fits], y + tops[fits], away[fits]))[order]


def _leader(point: XY, box: Box, gap: float) -> tuple[XY, XY]:
    """From the point to the nearest place of the box, leaving both alone."""
    (x, y) = point
    end = min(max(x, box.left + 3), box.right - 3), min(max(y, box.top - 2), box.bottom + 2)
    length = hypot(end[0] - x, end[1] - y) or 1
    share = min(gap, length) / length
    return (x + (end[0] - x) * share, y + (end[1] - y) * share), end
