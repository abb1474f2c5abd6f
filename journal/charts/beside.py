"""A short text beside a step line: near it, and touching no line and no other text."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil, floor

from .canvas import XY
from .measure import ASCENT, Box, free_of, text_box

NEAR = 4  # units from the text to its own line


class Skyline:
    """How high and how low a line runs over each unit of the width, for texts to keep away from.

    However many corners a line has, asking costs only the width of the text.
    """

    def __init__(self, corners: Sequence[XY], width: float) -> None:
        self._tops: list[float | None] = [None] * (ceil(width) + 2)
        self._bottoms: list[float | None] = [None] * (ceil(width) + 2)
        for (x1, y1), (x2, y2) in pairwise(corners):
            for column in range(max(floor(x1), 0), min(floor(x2), len(self._tops) - 1) + 1):
                top, bottom = self._tops[column], self._bottoms[column]
                self._tops[column] = min(y1, y2) if top is None else min(y1, y2, top)
                self._bottoms[column] = max(y1, y2) if bottom is None else max(y1, y2, bottom)

    def over(self, left: float, right: float) -> tuple[float, float] | None:
        """The highest and the lowest point between `left` and `right`; None where there is no line."""
        columns = slice(max(floor(left), 0), max(ceil(right), 0) + 1)
        tops = [top for top in self._tops[columns] if top is not None]
        return (min(tops), max(b for b in self._bottoms[columns] if b is not None)) if tops else None

    @property
    def mean(self) -> float:
        """The mean height of the line, for telling which of two is the upper one."""
        tops = [top for top in self._tops if top is not None]
        return sum(tops) / len(tops) if tops else 0.0

    def touches(self, box: Box, away: float) -> bool:
        run = self.over(box.left - away, box.right + away)
        return run is not None and box.bottom > run[0] - away and box.top < run[1] + away


def spot_beside(
    text: str,
    size: float,
    bold: bool,
    *,
    own: Skyline,
    others: Sequence[Skyline] = (),
    taken: Iterable[Box] = (),
    frame: Box,
    xs: Iterable[float],
    sides: Sequence[str] = ("above", "below"),
    away: float = 3,
) -> tuple[float, float, Box] | None:
    """Start, baseline and box of `text` at the first of `xs` where it fits above or below its `own` line.

    Inside `frame`, `away` from the `others` and clear of the boxes `taken`. None where nothing is free.
    """
    taken = list(taken)
    plain = text_box(0, 0, text, size, bold, "start")
    for x in xs:
        run = own.over(x - 2, x + plain.right + 2)
        if run is None:
            continue
        for side in sides:
            y = run[0] - NEAR - plain.bottom if side == "above" else run[1] + NEAR + ASCENT * size
            box = text_box(x, y, text, size, bold, "start")
            inside = box.left >= frame.left and box.right <= frame.right
            inside = inside and box.top >= frame.top and box.bottom <= frame.bottom
            if inside and free_of(box, taken, x=3, y=1) and not any(o.touches(box, away) for o in others):
                return x, y, box
    return None


def outwards(start: float, left: float, right: float, step: float = 4) -> list[float]:
    """The places from `left` to `right`, the nearest to `start` first."""
    count = int((right - left) / step) + 1
    return sorted((left + step * n for n in range(max(count, 1))), key=lambda x: (abs(x - start), x))
