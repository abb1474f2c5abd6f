"""One series in a strip: points, running mean, level before, and what stands beside it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from journal.analysis import series as analysis
from journal.analysis.levels import Compared, Mean, mean_of
from journal.analysis.numbers import NOTHING, rating_text
from journal.analysis.series import Point, Span, Week
from journal.analysis.titles import Measure, days_text, last_days_text

from .canvas import Canvas
from .measure import Box, fitted, text_width, wrapped
from .model import Strip
from .panel import Panel, seen
from .sizes import Size
from .timeaxis import TimeAxis

# Words at the ticks, from the vocabulary's severities; where 10 is best, plain places on the scale.
WORDS = {"down": {0: "none", 3: "mild", 6: "moderate", 10: "unbearable"}, "up": {2: "low", 5: "middle", 8: "good"}}
CUT = {"down": (0, 6), "up": (2, 8)}  # the scale while no shown day leaves it


PAPER_ROW = 8.6  # pt from line to line of the words at the left


def paper_name(canvas: Canvas, y: float, name: str, size: Size, *, bold: bool = True, room: float = 0) -> float:
    """On paper: a name at the left, on one line or on two; gives the baseline of its last line."""
    room, text = room or size.left - 14, size.name_size
    lines = wrapped(name, room, text, bold)
    if len(lines) > 2:
        lines = [lines[0], fitted(" ".join(lines[1:]), room, text, bold)]
    for number, line in enumerate(lines):
        y += PAPER_ROW if number else 0
        canvas.text(0, y, line, size=text, bold=bold)
    return y


@dataclass(frozen=True)
class Drawn:
    """Everything that is drawn of a strip, and nothing else: the table shows the same."""

    strip: Strip
    points: dict[date, object]  # days, empty over 400 days
    means: list[list[Point]]  # stretches of the running mean
    bars: list[Week]  # weekly bars of a sparse series
    weeks: list[Week]  # calendar weeks over 400 days
    before: Mean | None
    now: Mean | None

    @property
    def shown(self) -> list:
        """Every value that has a height in the strip: days, the ends of weeks, and the level before."""
        before = [decimal_of(self.before.value)] if self.before else []
        return [*self.points.values(), *(value for week in self.weeks for value in (week.low, week.high)), *before]

    @property
    def measure(self) -> Measure:
        return Measure(self.strip.name, self.before, self.now)


def decimal_of(value) -> Decimal:
    """A mean as a number that can be set beside those of days."""
    exact = Fraction(value)
    return Decimal(exact.numerator) / exact.denominator


def prepare(strip: Strip, period: Span, spells: Sequence[Span], compared: Compared | None = None) -> Drawn:
    """The numbers of a strip by the rules of the chart guide's section 4.

    Before and now are the means of the `compared` stretches; without these, those that the strip brings.
    """
    if strip.weeks is not None:
        return Drawn(strip, {}, [], [], list(strip.weeks), strip.before, strip.now)
    values = strip.values
    points = analysis.recorded(values, period)
    is_long = period.days > analysis.LONG_PERIOD
    sparse = not is_long and analysis.is_sparse(points, period)
    plain = not is_long and not sparse
    return Drawn(
        strip=strip,
        points={} if is_long else points,
        means=analysis.running_mean(points, period, list(spells)) if plain else [],
        bars=analysis.bars_from_change(points, period, list(spells)) if sparse else [],
        weeks=analysis.calendar_weeks(values, period, strip.carried) if is_long else [],
        before=(mean_of(values, compared.before) if compared.before else None) if compared else strip.before,
        now=mean_of(values, compared.now) if compared else strip.now,
    )


class Scale:
    """The scale of all strips at once: cut to 0-6 (2-8) while no shown day leaves it, else 0-10."""

    def __init__(self, strips: Sequence[Drawn]) -> None:
        self.highest = 10
        self.is_cut = True
        for drawn in strips:
            low, high = CUT[drawn.strip.better]
            values = drawn.shown
            if values and not (low <= min(values) and max(values) <= high):
                self.is_cut = False
                self.highest = max(self.highest, ceil(max(values)))

    def of(self, drawn: Drawn) -> tuple[int, int]:
        """Lowest and highest value of a strip's axis."""
        if not self.is_cut:
            return 0, self.highest
        if drawn.strip.top is not None and max(drawn.shown, default=0) <= drawn.strip.top:
            return 0, drawn.strip.top
        return CUT[drawn.strip.better]

    def ticks(self, drawn: Drawn) -> list[int]:
        low, high = self.of(drawn)
        if drawn.strip.better == "up":
            return [2, 5, 8]
        return [t for t in (0, 3, 6, 10) if low <= t <= high]

    def note_for(self, better: Collection[str]) -> str:
        """What part of 0 to 10 is shown of the strips of these directions."""
        if not self.is_cut:
            return "Scale 0–10."
        up, down = "up" in better, "down" in better
        if up and down:
            return "Scale 0–10, symptoms shown to 6, the others from 2 to 8."
        return "Scale 0–10, shown to 6." if down else "Scale 0–10, shown from 2 to 8."


class StripPanel(Panel):
    """A strip between `top` and `bottom` over a time axis."""

    def __init__(self, drawn: Drawn, scale: Scale, axis: TimeAxis, top: float, bottom: float) -> None:
        role = "better" if drawn.strip.better == "up" else "worse"
        super().__init__(axis, top, bottom, *scale.of(drawn), role)
        self.drawn, self.scale = drawn, scale

    # -- the series ---------------------------------------------------------------------------
    @property
    def band_role(self) -> str:
        """The ink of the band from the lowest to the highest day."""
        return f"{self.role}-band"

    def draw_series(self, canvas: Canvas, size: Size) -> None:
        drawn, axis = self.drawn, self.axis
        if drawn.weeks:
            self.draw_weeks(canvas, size)
        self.points(canvas, drawn.points, size.point)
        if drawn.before:
            self.level(canvas, drawn.before.value, size)
        self.lines(canvas, drawn.means, size.mean_line)
        bars = [[(x, self.y(bar.mean)) for x in axis.span(Span(bar.first, bar.last))] for bar in drawn.bars]
        canvas.lines(bars, self.role, size.mean_line)

    def draw_weeks(self, canvas: Canvas, size: Size) -> None:
        """Weekly mean over a pale band from lowest to highest day; on paper the band is two hairlines."""
        for_mean, lows, highs = [], [], []
        x, day = self.axis.x, self.axis.day_width
        for run in _runs(self.drawn.weeks):
            xs = [(x(week.first) + (x(week.last) + day)) / 2 for week in run]
            for strokes, name in ((for_mean, "mean"), (lows, "low"), (highs, "high")):
                ys = self.heights(getattr(week, name) for week in run)
                strokes.append(seen(list(zip(xs, ys, strict=True))))
        if size.is_print:
            canvas.lines(lows + highs, self.role, 0.25)
        else:
            outlines = [low + high[::-1] for low, high in zip(lows, highs, strict=True)]
            canvas.areas(outlines, self.band_role)
        canvas.lines(for_mean, self.role, size.mean_line)

    # -- its axis -----------------------------------------------------------------------------
    @property
    def ticks(self) -> list[int]:
        return self.scale.ticks(self.drawn)

    @property
    def tick_words(self) -> Mapping:
        """What stands beside some of the numbers in wide."""
        return WORDS[self.drawn.strip.better]

    def draw_ticks(self, canvas: Canvas, size: Size) -> None:
        """Numbers at the left, in wide with their words; on paper a thin axis."""
        if size.is_print:
            x = self.axis.left
            canvas.lines(
                [((x, self.top), (x, self.bottom)), *[((x - 2, self.y(t)), (x, self.y(t))) for t in self.ticks]],
                "ink2",
                0.4,
            )
        self.tick_labels(canvas, self.ticks, size, self.tick_words if size.is_wide else None)

    # -- its name and levels ------------------------------------------------------------------
    def draw_name(self, canvas: Canvas, size: Size, room: float) -> None:
        """The name, on a box of surface colour where rules run behind it."""
        strip, x = self.drawn.strip, self.axis.left if size.is_wide else 0
        if size.is_print:
            y = paper_name(canvas, self.top + 0.5 * size.name_size + (0 if strip.note else 2), strip.name, size)
            note = fitted(strip.note, size.left - 14, size.text_size)
            canvas.text(0, y + PAPER_ROW, note, size=size.text_size, role="ink2")
            return
        name = fitted(strip.name, room, size.name_size, True, size.letters)
        y = self.top - (8 if size.is_wide else 12)
        width = text_width(name, size.name_size, True)
        canvas.boxes([Box(x - 2, y - 15, x + width + 4, y + 5)], "surface")
        canvas.text(x, y, name, size=size.name_size, bold=True)

    def draw_levels(self, canvas: Canvas, size: Size) -> float:
        """ "Before" and "now" as numbers; gives the room that is left for the name in the head."""
        if size.is_wide:
            self._levels_beside(canvas, size)
            return size.plot_right - size.left - 20
        if size.is_print:
            self._levels_in_columns(canvas, size)
            return size.left - 14
        return self._levels_in_head(canvas, size)

    @staticmethod
    def value_text(value) -> str:
        """How "before" and "now" are written."""
        return rating_text(value)

    @staticmethod
    def counts_text(now: Mean) -> str:
        """On how many of its days a mean rests, for paper."""
        return f"({now.n} of {days_text(now.days)})"

    def _levels_beside(self, canvas: Canvas, size: Size) -> None:
        before, now_ = self.drawn.before, self.drawn.now
        # Page and download leave a margin round the picture; DejaVu's width may use half of it.
        room = size.width - size.plot_right - 7 + 8
        lines: list[tuple[float, str, bool]] = []
        if before:
            lines.append((self.y(before.value), f"{self.value_text(before.value)} before", False))
        if now_:
            value = self.value_text(now_.value)
            long, short = f"{value} {last_days_text(now_.days)}", f"{value} last {now_.days} d"
            fits = text_width(long, size.text_size, True) <= room
            lines.append((self.y(now_.value), long if fits else short, True))
        elif before:
            lines.append((self.y(before.value), f"{NOTHING} now", True))
        counts = f"({now_.n} of {days_text(now_.days)})" if now_ and now_.n < now_.days else ""
        if counts and text_width(counts, size.text_size) > room:
            counts = f"({now_.n} of {now_.days} d)"
        lines.sort(key=lambda line: (line[0], line[2]))
        rows = _pushed_apart([y for y, _, _ in lines], size.push)
        lowest = self.bottom + (5 - size.push if counts else 8)  # clear of the labels of the axis
        shift = min(0, lowest - rows[-1]) if rows else 0
        x = size.plot_right + 7
        for y, (_, words, is_now) in zip(rows, lines, strict=True):
            role = self.role if is_now else "ink2"
            canvas.text(x, y + shift + 5, words, size=size.text_size, role=role, bold=is_now)
        if counts:
            canvas.text(x, rows[-1] + shift + size.push + 5, counts, size=size.text_size, role="ink2")

    def _levels_in_head(self, canvas: Canvas, size: Size) -> float:
        before, now_ = self.drawn.before, self.drawn.now
        y, edge, gap = self.top - 12, size.plot_right, 9
        value = self.value_text(now_.value) if now_ else ""
        words = [f"before {self.value_text(before.value)}"] if before else []
        if now_:
            counts = f" ({now_.n})" if now_.n < now_.days else ""
            words.append(f"last {now_.days}{counts}" if before else f"{last_days_text(now_.days)}{counts}")
        if not words:
            return edge - 8
        value_width = text_width(value, size.name_size, True) + gap if value else 0
        text = ", ".join(words)
        left = edge - value_width - text_width(text, size.text_size)
        canvas.boxes([Box(left - 3, y - 15, edge + 1, y + 5)], "surface")
        canvas.text(edge, y, value, size=size.name_size, role=self.role, bold=True, anchor="end")
        canvas.text(edge - value_width, y, text, size=size.text_size, role="ink2", anchor="end")
        return left - 8

    def _levels_in_columns(self, canvas: Canvas, size: Size) -> None:
        before, now_ = self.drawn.before, self.drawn.now
        y = (self.top + self.bottom) / 2 + 2.5
        text, right = size.text_size, size.width
        if before:
            canvas.text(right - 39, y, self.value_text(before.value), size=text, anchor="end")
            canvas.text(right - 30, y, "→", size=text, anchor="middle")
        if before or now_:
            value = self.value_text(now_.value) if now_ else NOTHING
            canvas.text(right, y, value, size=size.name_size, bold=True, anchor="end")
        if now_ and now_.n < now_.days:
            counts = self.counts_text(now_)
            canvas.text(right, y + PAPER_ROW, counts, size=text, anchor="end")


def _runs(weeks: Sequence[Week]) -> list[list[Week]]:
    """Weeks that follow each other; a week without a value is never bridged."""
    runs: list[list[Week]] = []
    for week in weeks:
        if runs and (week.first - runs[-1][-1].last).days == 1:
            runs[-1].append(week)
        else:
            runs.append([week])
    return runs


def _pushed_apart(rows: list[float], least: float) -> list[float]:
    """At most two heights in order, moved apart evenly until `least` lies between them."""
    if len(rows) == 2 and rows[1] - rows[0] < least:
        middle = sum(rows) / 2
        return [middle - least / 2, middle + least / 2]
    return rows
