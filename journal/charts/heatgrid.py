"""The heat map's grid: its columns and rows, and how they are drawn.

Tints have fixed edges, by what is printed. Missing is a short dash on bare ground, and nothing outside the record. On
paper a mean is a square.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from math import ceil
from types import MappingProxyType

from journal.analysis.changed import groups
from journal.analysis.columns import PAPER_STEPS, STEPS, column_days, column_means, columns
from journal.analysis.doses import changes
from journal.analysis.numbers import Number, rating_text, round_half_up
from journal.analysis.series import Span

from .canvas import Canvas
from .doseline import DoseLine, draw_dose
from .heat import draw_key, heat_role
from .measure import Box, clean, fitted, free_of, text_box, text_width
from .rated import RatedData, RatedSymptom, seen_entry_days
from .sheet import new_canvas
from .sizes import COMPACT, PRINT, WIDE, Size, size_named
from .timeaxis import TimeAxis


@dataclass(frozen=True)
class Look:
    """What only this chart measures: rows, their parting, the columns beside, and the least width of a column."""

    row: float
    gap: float  # between rows
    parting: float  # between groups
    names: tuple[float, float, float]  # room for the names at the left: least, most, most where columns stay as fine
    before: float  # right edges of the two columns, counted from the picture's right edge
    least: float
    steps: tuple[int, ...] = STEPS
    dash: float = 4  # how long the mark of what is missing is
    cut: float = 1  # width of a change's line over the cells
    has_doses: bool = True  # else the changes are named over the rows, and the doses stand elsewhere


_PAPER = replace(PRINT, left=84, right=66, dose=40, other_dose=22, bottom=17, name_size=6.8)
_SUMMARY = Look(12.6, 0, 4, (84, 84, 120), 30, 10, PAPER_STEPS, dash=2.4, has_doses=False)
SIZES: Mapping[str, tuple[Size, Look]] = MappingProxyType(
    {
        "wide": (
            replace(WIDE, left=112, right=112, dose=74, other_dose=40, bottom=54),
            Look(21, 2, 7, (70, 150, 192), 56, 2.5),
        ),
        "compact": (
            replace(COMPACT, left=93, right=66, top=40, dose=56, other_dose=34, bottom=54, text_size=13, name_size=14),
            Look(20, 2, 7, (48, 116, 128), 32, 2.5),
        ),
        "print": (_PAPER, Look(12.6, 0, 4, (40, 84, 120), 30, 10, PAPER_STEPS, dash=2.4)),
        "summary": (replace(_PAPER, name="summary", top=0), _SUMMARY),
        "summary-letter": (replace(_PAPER, name="summary-letter", top=0, width=534), _SUMMARY),
    }
)
SQUARE = (10.0, 6)  # on paper: points of the side, of a mean of so much
DOT = Fraction(1, 4)  # below, a dot
HEADS = 12  # on paper, from the top to the rules under the words that name the changes
HEAD = 26  # from the dose down to the first row: the heads of the two columns
KEY = 38  # the key, below the axis' labels


@dataclass(frozen=True)
class Row:
    """A symptom with its mean in each column."""

    symptom: RatedSymptom
    means: list[Number | None]


@dataclass(frozen=True)
class Grid:
    """What a heat map shows at one size: columns, rows in their groups, and where."""

    data: RatedData
    size: Size
    look: Look
    step: int  # days a column
    spans: list[Span]
    groups: list[list[Row]]

    @property
    def rows(self) -> list[Row]:
        return [row for group in self.groups for row in group]


def grid_of(data: RatedData, size: str, step: int = 0) -> Grid:
    """The columns and rows of the drawing called ``size``; columns of ``step`` days, or 0: as fine as there is room."""
    spec, look = size_named(size, SIZES)
    room = max((text_width(_name(one, spec), spec.text_size) for one in data.symptoms), default=0) + 8
    if (
        look.has_doses and not spec.is_compact and len(data.medications) > 1
    ):  # there the names of medications stand above
        heads = [_dose_name(data, number) for number in range(len(data.medications))]
        room = max(room, *(text_width(head, spec.text_size, True) + 10 for head in heads))
    period = data.period
    steps = [step] if step else [one for one in look.steps if one >= data.block]
    rooms = [ceil(min(max(room, look.names[0]), most)) for most in look.names[1:]]
    found = [column_days(period.days, spec.plot_right - left, look.least, steps) for left in rooms]
    # Long names take more room only where the columns stay as fine.
    step, left = (found[1], rooms[1]) if found[0] == found[1] else (found[0], rooms[0])
    spec = replace(spec, left=left)
    spans = columns(period, step, data.anchor)
    rows = {one.levels.key: Row(one, _means(one, spans, step)) for one in data.symptoms}
    parted = [[rows[one.key] for one in group] for group in groups(data.levels)]
    return Grid(data, spec, look, step, spans, parted)


def _dose_name(data: RatedData, number: int) -> str:
    """What a strip of doses is called: by its medication where there are several."""
    return (clean(data.medications[number].name) if len(data.medications) > 1 else "") or "Dose"


def _means(symptom: RatedSymptom, spans: list[Span], step: int) -> list[Number | None]:
    if step == 1:  # a day is its own mean
        return [symptom.values.get(span.first) for span in spans]
    return column_means(symptom.pieces, spans)


def _name(symptom: RatedSymptom, size: Size) -> str:
    return fitted(symptom.name, 1000, size.text_size, letters=size.letters)


# -- drawing ----------------------------------------------------------------------------------
class Drawing:
    """One heat map on its canvas."""

    def __init__(self, grid: Grid, title: str, note: str, standalone: bool) -> None:
        self.grid, self.data, self.size, self.look = grid, grid.data, grid.size, grid.look
        size, look = self.size, self.look
        self.axis = TimeAxis(self.data.period, size.left, size.plot_right)
        self.lines, y = self._dose_panels()
        self.head_y = y + (HEAD - 8 if not size.is_print else 9)  # baseline of the columns' heads
        y += HEAD if not size.is_print else 14
        self.tops: list[list[float]] = []
        for number, group in enumerate(grid.groups):
            y += look.parting if number else 0
            self.tops.append([y + place * (look.row + look.gap) for place in range(len(group))])
            y += len(group) * (look.row + look.gap)
        self.bottom = y - look.gap
        self.axis_y = self.bottom + size.axis_below
        self.key_y = self.axis_y + size.bottom
        height = self.axis_y + size.bottom + (0 if size.is_print else KEY)
        self.canvas = new_canvas(size, height, title, note, standalone)

    def draw(self) -> tuple[Canvas, TimeAxis]:
        canvas, size = self.canvas, self.size
        self._rules_above()
        for number, line in enumerate(self.lines if self.look.has_doses else ()):
            self._dose(line, number)
        if not self.look.has_doses:
            self._name_changes()
        self._heads()
        for top, row in self._placed():
            self._words(top, row)
        if size.is_print:
            self._rules_across()
            self._squares()
        else:
            self._cells()
            self._rules_across()
        self._missing()
        self.axis.draw(canvas, self.axis_y, self.data.entry_days, size)
        if size.is_print:
            self._paper_key()
        else:
            left = size.left if size.is_wide else 0
            draw_key(canvas, left, self.key_y, size, "not rated" if self.grid.step == 1 else "under 3 days")
        return canvas, self.axis

    def _placed(self) -> list[tuple[float, Row]]:
        """Each row with its top."""
        pairs = zip(self.tops, self.grid.groups, strict=True)
        return [found for tops, rows in pairs for found in zip(tops, rows, strict=True)]

    # -- the dose -----------------------------------------------------------------------------
    def _dose_panels(self) -> tuple[list[DoseLine], float]:
        """A strip per medication, the others lower; each from nought, in its own mg."""
        size, lines, y = self.size, [], float(self.size.top)
        if not self.look.has_doses:  # no height: the rules begin under the words that name them
            return [DoseLine(one.steps, self.axis, y + HEADS, y + HEADS) for one in self.data.medications], y
        for number, one in enumerate(self.data.medications):
            if number:
                y += 17 if size.is_print else 44 if size.is_compact else 24
            height = size.other_dose if number else size.dose
            lines.append(DoseLine(one.steps, self.axis, y, y + height))
            y += height
        return lines, y

    def _dose(self, line: DoseLine, number: int) -> None:
        canvas, size = self.canvas, self.size
        several = len(self.lines) > 1
        name, text = _dose_name(self.data, number), size.text_size
        unit = "" if several and not size.is_compact else ", mg"  # its labels say mg
        if size.is_compact:
            x, y, anchor, room = 0, line.top - 24, "start", size.width
        else:
            x, y, anchor, room = size.left - 8, line.top + 0.36 * text, "end", size.left - 10
        if size.is_print:
            x, anchor = 0, "start"
        heading = fitted(name, room - text_width(unit, text, True), text, True) + unit
        canvas.text(x, y, heading, size=text, bold=True, anchor=anchor)
        if size.grid:
            canvas.line([(self.axis.left, line.bottom), (self.axis.right, line.bottom)], "grid", size.grid)
        if line.treads:
            draw_dose(canvas, line, size, main=not number)
        else:
            canvas.text(self.axis.left, line.bottom - 6, self.data.no_dose, size=text, role="ink2")

    def _rules(self) -> tuple[dict[date, float], date | None]:
        """Where the rule of each change begins, by day; and the day of the latest."""
        tops: dict[date, float] = {}
        for line in self.lines:
            for day, top in line.rule_tops().items():
                tops[day] = min(top, tops.get(day, top))
        return dict(sorted(tops.items())), self.data.turns[1]

    def _rules_above(self) -> None:
        """From each step down to the rows."""
        tops, latest = self._rules()
        foot, size = self.tops[0][0] - 2, self.size
        strokes = [[(self.axis.x(day), top), (self.axis.x(day), foot)] for day, top in tops.items() if day != latest]
        self.canvas.lines(strokes, "rule", size.rule, dash=size.rule_dash)

    def _rules_across(self) -> None:
        """Over the rows: changes in the colour of the ground (on paper dotted), the latest in ink from its step on."""
        tops, latest = self._rules()
        size, top = self.size, self.tops[0][0]
        strokes = [[(self.axis.x(day), top), (self.axis.x(day), self.bottom)] for day in tops if day != latest]
        if size.is_print:
            self.canvas.lines(strokes, "rule", size.rule, dash=size.rule_dash)
        else:
            self.canvas.lines(strokes, "surface", self.look.cut)
        if latest in tops:
            x = self.axis.x(latest)
            self.canvas.line([(x, tops[latest]), (x, self.bottom)], "ink2", size.rule_latest)

    def _name_changes(self) -> None:
        """Over the rows, instead of the doses: the dose since the latest change, and what the rules before it are."""
        latest, text, taken = self.data.turns[1], self.size.text_size, []
        if latest is None:
            return
        words, at = self.data.latest_doses(), self.axis.x(latest)
        fits = at + 2 + text_width(words, text) <= self.axis.right
        x, anchor = (at + 2, "start") if fits else (at - 2, "end")
        taken.append(self.canvas.text(x, self.head_y, words, size=text, anchor=anchor))
        found = [c for one in self.data.medications for c in changes(one.steps, self.data.last) if c.day < latest]
        found = [change for change in found if change.day > self.data.first]
        if found:
            kind = "reduction" if all(change.is_reduction for change in found) else "change"
            words = kind + ("" if len({change.day for change in found}) == 1 else "s")
            first = self.axis.x(min(change.day for change in found)) + 1.5
            if free_of(text_box(first, self.head_y, words, text, False, "start"), taken, x=4):
                self.canvas.text(first, self.head_y, words, size=text)

    # -- words beside -------------------------------------------------------------------------
    def _heads(self) -> None:
        canvas, size, text = self.canvas, self.size, self.size.text_size
        spans = self.data.compared
        if not spans:
            canvas.text(size.width, self.head_y, "mean", size=text, role="ink2", anchor="end")
            return
        before, now = ("bef.", "now") if size.is_compact else ("before", f"last {spans[1].days}")
        canvas.text(size.width - self.look.before, self.head_y, before, size=text, role="ink2", anchor="end")
        canvas.text(size.width, self.head_y, now, size=text, role="ink2", bold=not self.look.has_doses, anchor="end")

    def _words(self, top: float, row: Row) -> None:
        """A row's name at the left, its means at the right; the latter bold where it rose or fell."""
        canvas, size, levels = self.canvas, self.size, row.symptom.levels
        y, text = top + self.look.row / 2 + 0.36 * size.text_size, size.text_size
        name = fitted(row.symptom.name, size.left - 8, text, letters=size.letters)
        if size.is_print:
            canvas.text(0, y, name, size=text)
        else:
            canvas.text(size.left - 8, y, name, size=text, anchor="end")
        if not self.data.compared:
            value = rating_text(levels.whole.value if levels.whole else None)
            canvas.text(size.width, y, value, size=text, anchor="end")
            return
        before, now = (rating_text(mean.value if mean else None) for mean in (levels.before, levels.now))
        canvas.text(size.width - self.look.before, y, before, size=text, role="ink2", anchor="end")
        canvas.text(size.width, y, now, size=text, bold=levels.is_changed, anchor="end")

    # -- cells --------------------------------------------------------------------------------
    def _cells(self) -> None:
        """A box for each run of columns of one class; all of a class in one path."""
        boxes: dict[str, list[Box]] = {}
        for top, row in self._placed():
            for role, span in _runs(self.grid.spans, [_role(mean) for mean in row.means]):
                if role:
                    left, right = self.axis.span(span)
                    boxes.setdefault(role, []).append(Box(left, top, right, top + self.look.row))
        for role in sorted(boxes):
            self.canvas.boxes(boxes[role], role)

    def _squares(self) -> None:
        """On paper: a square in each column, its area the mean; a dot under 0.25."""
        side, of = SQUARE
        boxes, dots = [], []
        for top, row in self._placed():
            y = top + self.look.row / 2
            for span, mean in zip(self.grid.spans, row.means, strict=True):
                if mean is None:
                    continue
                x = sum(self.axis.span(span)) / 2
                half = side * (float(mean) / of) ** 0.5 / 2
                if mean < DOT:
                    dots.append((x, y))
                else:
                    boxes.append(Box(x - half, y - half, x + half, y + half))
        self.canvas.boxes(boxes, "ink")
        self.canvas.dots(dots, "ink", 0.5)

    def _missing(self) -> None:
        """A short dash in the middle of each run of columns without a value, inside the record of the symptom."""
        record = seen_entry_days(self.data)
        strokes = []
        for top, row in self._placed():
            y = top + self.look.row / 2
            for missing in missing_spans(self.grid.spans, row.means, record):
                middle = sum(self.axis.span(missing)) / 2
                half = self.look.dash / 2
                strokes.append([(middle - half, y), (middle + half, y)])
        self.canvas.lines(strokes, "gap", 0.6 if self.size.is_print else 1.2)

    def _paper_key(self) -> None:
        """Three squares with their values, under the columns of means."""
        x, y, text = self.size.width, self.axis_y + 9.5, self.size.text_size
        side, of = SQUARE
        for value in (6, 3, 1):
            box = self.canvas.text(x, y, str(value), size=text, anchor="end")
            length = side * (value / of) ** 0.5
            left = box.left - 1.5 - length
            middle = y - 0.36 * text
            self.canvas.boxes([Box(left, middle - length / 2, left + length, middle + length / 2)], "ink")
            x = left - 5


@lru_cache(maxsize=4096)
def _role(mean: Number | None) -> str:
    """The tint of a mean, by what is printed of it: the picture and its table never differ."""
    return "" if mean is None else heat_role(round_half_up(mean, 1))


def _runs(spans: Sequence[Span], roles: Sequence[str]) -> list[tuple[str, Span]]:
    """Neighbouring columns of one role as one span."""
    found: list[tuple[str, Span]] = []
    for span, role in zip(spans, roles, strict=True):
        if found and found[-1][0] == role:
            found[-1] = role, Span(found[-1][1].first, span.last)
        else:
            found.append((role, span))
    return found


def missing_spans(spans: Sequence[Span], means: Sequence[Number | None], record: Span | None) -> list[Span]:
    """The runs of columns without a value, from the symptom's first column with one to the last day on record; a
    symptom that was never rated lacks all of the record."""
    if record is None:
        return []
    seen = [span for span, mean in zip(spans, means, strict=True) if mean is not None]
    begun = seen[0].first if seen else record.first
    runs = [span for role, span in _runs(spans, ["" if mean is None else "seen" for mean in means]) if not role]
    inside = [run for run in runs if run.last >= begun and run.first <= record.last]
    return [Span(max(run.first, begun), min(run.last, record.last)) for run in inside]
