"""Life events on the time axis: a bar over their days, and a letter for what they are. Their names stand in words.

A letter stands for a kind of event, in the order in which the kinds first come. Bars are always drawn; letters that
would lie on one another share a place, three at most, and of the rest the note says how many there are. On paper
events are words of the page and not of the drawing.
"""

from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase

from journal.analysis.events import EventSpan
from journal.analysis.series import Span

from .canvas import Canvas
from .measure import Box, text_box, text_width
from .model import OverviewData
from .sizes import Size
from .theme import day_text
from .timeaxis import TimeAxis

ROW = 25.0  # units between the last strip and the axis, when there are events
BAR = 3.0  # height of a bar, and how far it stands above the axis line
LEAST_BAR = 4.0  # width of a bar, so that one day of ten years is seen
TOGETHER = 3  # letters that share one place
NBSP = "\u00a0"
DATED = 6  # with more spans than this the note counts them
TOLD = 12  # so many stand in the text alternative


@dataclass
class _Place:
    """One place for letters on the axis: those that share it, and the days that they stand for."""

    letters: str
    left: float
    right: float

    def box(self, axis: TimeAxis, size: Size, y: float) -> Box:
        """Over the middle of its bars, and inside the plot."""
        width = text_width(self.letters, size.text_size)
        middle = (self.left + self.right) / 2
        x = min(max(middle - width / 2, axis.left), axis.right - width)
        return text_box(x, y, self.letters, size.text_size, False, "start")


class EventRow:
    """The events of an overview in one drawing: what stands where, worked out before anything is drawn."""

    def __init__(self, data: OverviewData, size: Size) -> None:
        self.size = size
        self.axis = TimeAxis(Span(data.first, data.last), size.left, size.plot_right)
        self.spans = () if size.is_print else data.events
        names = dict.fromkeys(span.name for span in self.spans)
        self.letters = dict(zip(names, ascii_uppercase, strict=False))
        self.places, self.without_letter = self._laid_out()

    @property
    def height(self) -> float:
        """The room that it takes above the axis; none without events."""
        return ROW if self.spans else 0.0

    def _edges(self, span: EventSpan) -> tuple[float, float]:
        left, right = self.axis.span(Span(span.first, span.last))
        widen = max(0.0, LEAST_BAR - (right - left)) / 2
        return max(left - widen, self.axis.left), min(right + widen, self.axis.right)

    def _laid_out(self) -> tuple[list[_Place], int]:
        """Letters from left to right; one that would touch the place before it joins it, where there is room."""
        places: list[_Place] = []
        left_out = 0
        for span in sorted(self.spans, key=lambda span: (sum(self._edges(span)), span.name)):
            place = _Place(self.letters.get(span.name, ""), *self._edges(span))
            if not places or not self._touch(place, places[-1]):
                places.append(place)
                continue
            there = places[-1]
            if place.letters in there.letters:
                joined = _Place(there.letters, there.left, max(there.right, place.right))
            elif len(there.letters) < TOGETHER:
                joined = _Place(there.letters + place.letters, there.left, max(there.right, place.right))
            else:
                left_out += 1
                continue
            if len(places) > 1 and self._touch(joined, places[-2]):
                left_out += place.letters not in there.letters
            else:
                places[-1] = joined
        return places, left_out

    def _touch(self, place: _Place, other: _Place) -> bool:
        return place.box(self.axis, self.size, 0).touches(other.box(self.axis, self.size, 0), x=4)

    def draw(self, canvas: Canvas, axis_y: float) -> None:
        """Bars above the axis line, and over them the letters, each on a patch that keeps the rules off it."""
        if not self.spans:
            return
        foot = axis_y - BAR
        canvas.boxes([Box(left, foot - BAR, right, foot) for left, right in map(self._edges, self.spans)], "ink2")
        y = foot - BAR - 4
        boxes = [place.box(self.axis, self.size, y) for place in self.places]
        canvas.boxes([Box(box.left - 1, box.top - 1, box.right + 1, y + 1) for box in boxes], "surface")
        for place, box in zip(self.places, boxes, strict=True):
            canvas.text(box.left, y, place.letters, size=self.size.text_size)

    @property
    def note(self) -> str:
        """What the letters stand for: A illness (3–9 Oct); B travel, 7 times."""
        if not self.spans:
            return ""
        kinds = []
        for name, letter in self.letters.items():
            days = [span_text(span, year=self._years).replace(" ", NBSP) for span in self.spans if span.name == name]
            told = f" ({', '.join(days)})" if len(self.spans) <= DATED else f", {_times(len(days))}"
            kinds.append(f"{letter} {name[:1].lower()}{name[1:]}{told}")
        text = f"Letters above the axis: {'; '.join(kinds)}."
        if self.without_letter:
            text += f" And {self.without_letter} more that stand too close for a letter."
        return text

    @property
    def _years(self) -> bool:
        return self.axis.period.first.year != self.axis.period.last.year


def span_text(span: EventSpan, *, year: bool = False) -> str:
    """3 Oct; 3–9 Oct; 28 Oct–2 Nov."""
    last = day_text(span.last, year=year)
    if span.first == span.last:
        return last
    if (span.first.year, span.first.month) == (span.last.year, span.last.month):
        return f"{span.first.day}–{last}"
    return f"{day_text(span.first, year=year and span.first.year != span.last.year)}–{last}"


def events_told(data: OverviewData) -> str:
    """One sentence for the text alternative; blank without events."""
    if not data.events:
        return ""
    years = data.first.year != data.last.year
    told = [f"{span.name} {span_text(span, year=years)}" for span in data.events[:TOLD]]
    more = len(data.events) - TOLD
    return f"Events: {'; '.join(told)}{f'; and {more} more' if more > 0 else ''}."


def events_by_day(spans: Collection[EventSpan], starts: Collection[date]) -> dict[date, str]:
    """The names in each row of a table; ``starts`` are the first days of its rows, in order."""
    rows = list(starts)
    found: dict[date, dict[str, None]] = {}
    for span in spans:
        first = max(bisect_right(rows, span.first) - 1, 0)
        for start in rows[first : bisect_right(rows, span.last)]:
            found.setdefault(start, {})[span.name] = None
    return {start: ", ".join(names) for start, names in found.items()}


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
