"""The strip of the Today page: the dose line of the last days over mood.

The line comes in from the left edge of the picture and runs to today, with a fill below it; the
page sets the picture full-bleed. One drawing for a phone (390), one for the column between (640),
one beside the rail (1048).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import MappingProxyType

from journal.analysis.numbers import mg_text, rating_text
from journal.analysis.series import Span, missing_runs, recorded
from journal.analysis.titles import days_text

from .canvas import XY, Canvas
from .doseline import DoseLine, Tread
from .measure import Box, clean, fitted, free_of, text_box
from .model import Chart, TodayData
from .theme import day_text
from .timeaxis import TimeAxis

DOSE_TOP, ZERO = 12.0, 79.0  # of the dose panel: the highest dose shown, and nought
MOOD_TOP, FOOT = 110.0, 153.0  # of the mood strip: 10 and 0; the foot is the axis
LABELS = 174.0  # baseline under the axis
HEIGHT = 184.0
TEXT = 14
LINE, MOOD_LINE = 2.5, 1.75
DOT, END_DOT = 4.5, 5.5  # radius


@dataclass(frozen=True)
class TodaySize:
    """`width` of the picture and `gutter` of the page on both sides, in css px."""

    width: float
    gutter: float


TODAY_SIZES: Mapping[str, TodaySize] = MappingProxyType(
    {"compact": TodaySize(390, 16), "medium": TodaySize(640, 16), "wide": TodaySize(1048, 40)}
)


def today(data: TodayData, size: str = "compact", *, uid: str = "") -> Chart:
    """Draws the strip. `size`: 'compact', 'medium' or 'wide'. No heading of its own: the page has it."""
    if size not in TODAY_SIZES:
        raise ValueError(f"no size {size!r} of the Today strip; there are {', '.join(TODAY_SIZES)}")
    spec = TODAY_SIZES[size]
    period = Span(data.today - timedelta(data.days - 1), data.today)
    strip = _TodayStrip(data, spec, period)
    canvas = Canvas(spec.width, HEIGHT)
    strip.draw(canvas)
    title, description = _title(strip), _description(strip)
    svg = canvas.svg(f"{uid or 'today'}-{size}", f"chart chart-today chart-today-{size}", title, description)
    return Chart(svg, title, "", description, canvas.width, canvas.height)


class _TodayStrip:
    def __init__(self, data: TodayData, size: TodaySize, period: Span) -> None:
        self.data, self.size, self.period = data, size, period
        self.axis = TimeAxis(period, size.gutter, size.width - size.gutter)
        self.dose = DoseLine(data.steps, self.axis, DOSE_TOP, ZERO)
        self.patterns = [step.day for step in data.steps if step.cycle_days > 1]
        self.mood = recorded(data.mood, period)
        self.days = {day for day in data.entry_days if day in period} | set(self.mood)

    def draw(self, canvas: Canvas) -> None:
        self._draw_dose(canvas)
        self._draw_dose_labels(canvas)
        name = fitted(self.data.measure, self.size.width - 2 * self.size.gutter, TEXT)
        canvas.text(self.size.gutter, ZERO + 22, name, size=TEXT)
        self._draw_mood(canvas)
        self._draw_axis(canvas)

    # -- dose ---------------------------------------------------------------------------------
    def dose_text(self, tread: Tread) -> str:
        """The dose; where it is the mean of a pattern's days, that is said."""
        text = f"{mg_text(tread.mg)} mg"
        return f"{text} a day on average" if any(tread.since <= day <= tread.last for day in self.patterns) else text

    def _outline(self) -> list[XY]:
        """The step line from the left edge of the picture to the middle of today."""
        corners = self.dose.outline()
        if not corners:
            return []
        if self.dose.treads[0].first == self.period.first:
            corners[0] = (0.0, corners[0][1])
        corners[-1] = (self.axis.centre(self.data.today), corners[-1][1])
        return corners

    def _draw_dose(self, canvas: Canvas) -> None:
        corners = self._outline()
        if not corners:
            canvas.text(self.size.gutter, ZERO - 24, "No dose step yet", size=TEXT, role="ink2")
            return
        canvas.areas([[*corners, (corners[-1][0], ZERO), (corners[0][0], ZERO)]], "fill")
        rules = [[(self.axis.x(d), top), (self.axis.x(d), FOOT)] for d, top in self.dose.rule_tops().items()]
        canvas.lines(rules, "gap", 1, dash=(2, 3))
        canvas.line(corners, "ink", LINE)
        canvas.dots([corners[-1]], "ink", END_DOT)

    def _draw_dose_labels(self, canvas: Canvas) -> None:
        """Below its step where the fill is high enough, else above; the latest dose in bold, first."""
        obstacles = self.dose.line_boxes(LINE / 2 + 1)
        if obstacles:
            (x, y) = self._outline()[-1]
            obstacles.append(Box(x - END_DOT - 1, y - END_DOT - 1, x + END_DOT + 1, y + END_DOT + 1))
        rules = [Box(self.axis.x(d) - 1, y, self.axis.x(d) + 1, FOOT) for d, y in self.dose.rule_tops().items()]
        taken: list[Box] = []
        for tread in reversed(self.dose.treads):
            latest = tread is self.dose.treads[-1]
            text = self.dose_text(tread)
            x = self.size.gutter if tread.first == self.period.first else self.axis.x(tread.first) + 10
            spots = self._spots(x, self.dose.y(tread.mg), text, latest, taken)
            clear = [(at, box) for at, box in spots if free_of(box, obstacles)]
            off_rules = [(at, box) for at, box in clear if free_of(box, rules)]
            if latest and clear and off_rules[:1] != clear[:1]:
                # The latest stays at its own step, on a patch of the fill, rather than move or go.
                patch = clear[0][1]
                canvas.boxes([patch._replace(right=min(patch.right, self.axis.centre(self.data.today)))], "fill")
                off_rules = clear
            if off_rules:
                taken.append(canvas.text(*off_rules[0][0], text, size=TEXT, bold=latest))

    def _spots(self, x, level, text, bold, taken) -> list[tuple[XY, Box]]:
        """Where a label may stand inside the panel, free of the others: below, above, to the left."""
        width = text_box(0, 0, text, TEXT, bold, "start").right
        edge = self.size.width - 4
        places = [
            (at, y) for at in (x, min(x, edge - width), x - width - 20) for y in (level + 24, level - 8, level + 19)
        ]
        boxes = [(place, text_box(*place, text, TEXT, bold, "start")) for place in places]
        return [
            (place, box)
            for place, box in boxes
            if box.left >= 2 and box.right <= edge and box.top >= 0 and box.bottom <= ZERO + 1
            if free_of(box, taken, x=6, y=1)
        ]

    # -- mood ---------------------------------------------------------------------------------
    def _y(self, value) -> float:
        return FOOT - min(max(float(value), 0), 10) / 10 * (FOOT - MOOD_TOP)

    def _draw_mood(self, canvas: Canvas) -> None:
        """Dots joined by a line; a missing day breaks it. Today, not yet recorded, is a dashed ring."""
        strokes: list[list[XY]] = [[]]
        for number in range(self.data.days):
            day = self.period.first + timedelta(number)
            if day in self.mood:
                strokes[-1].append((self.axis.centre(day), self._y(self.mood[day])))
            else:
                strokes.append([])
        canvas.lines(strokes, "better-line", MOOD_LINE)
        canvas.dots([point for stroke in strokes for point in stroke], "better", DOT)
        if self.data.today not in self.days:
            # The ring stands where the last mood did: it marks the place, not a value.
            at = self._y(list(self.mood.values())[-1]) if self.mood else (MOOD_TOP + FOOT) / 2
            canvas.ring((self.axis.centre(self.data.today), at), "better", 5, 1.5, dash=(2.4, 2.2))

    # -- axis ---------------------------------------------------------------------------------
    def gaps(self) -> list[Span]:
        """Runs without an entry before today; days before the first entry are outside the record."""
        if not self.days or self.data.today == min(self.days):
            return []
        return missing_runs(self.days, Span(min(self.days), self.data.today - timedelta(1)))

    def _draw_axis(self, canvas: Canvas) -> None:
        pieces, start = [], self.axis.left
        for gap in self.gaps():
            left, right = self.axis.span(gap)
            inset = min(3.5, self.axis.day_width / 6)
            pieces.append([(start, FOOT), (left + inset, FOOT)])
            start = right - inset
        canvas.lines([*pieces, [(start, FOOT), (self.axis.right, FOOT)]], "line", 1)
        taken: list[Box] = []
        for words, x, anchor, bold in self._axis_labels():
            box = text_box(x, LABELS, words, TEXT, bold, anchor)
            inside = box.left >= self.size.gutter - 1 and box.right <= self.axis.right + 1
            if inside and free_of(box, taken, x=8):
                role = "ink" if bold else "ink2"
                taken.append(canvas.text(x, LABELS, words, size=TEXT, role=role, bold=bold, anchor=anchor))

    def _axis_labels(self) -> Sequence[tuple[str, float, str, bool]]:
        """Words under the axis, the most needed first: one that touches another is left out."""
        labels = [("today", self.axis.right, "end", True)]
        if self.data.days > 1:
            labels.append((day_text(self.period.first), self.axis.left, "start", False))
        labels += [
            (day_text(day), self.axis.x(day), "middle", False) for day in sorted(self.dose.rule_tops(), reverse=True)
        ]
        labels += [("no entry", sum(self.axis.span(gap)) / 2, "middle", False) for gap in reversed(self.gaps())]
        return labels


# -- words ------------------------------------------------------------------------------------
def _title(strip: _TodayStrip) -> str:
    treads, days = strip.dose.treads, days_text(strip.data.days)
    name = clean(strip.data.medication) or "Dose"
    if not treads:
        return f"{strip.data.measure} of the last {days}"
    return f"{name} {strip.dose_text(treads[-1])} and {strip.data.measure.lower()}, the last {days}"


def _description(strip: _TodayStrip) -> str:
    doses = ", ".join(f"{strip.dose_text(t)} from {day_text(t.since)}" for t in strip.dose.treads)
    mood = ", ".join(f"{day_text(day)} {rating_text(value)}" for day, value in strip.mood.items())
    missing = sum(gap.days for gap in strip.gaps())
    sentences = [f"Dose: {doses or 'none recorded'}.", f"{strip.data.measure}: {mood or 'none recorded'}."]
    if missing:
        sentences.append(f"No entry on {days_text(missing)}.")
    if strip.data.today not in strip.days:
        sentences.append("No entry today yet.")
    return " ".join(sentences)
