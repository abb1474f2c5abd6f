"""Practices before and after: a row a skill, a ring for the median distress before and a disc for the one after."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from journal.analysis.numbers import rating_text, round_half_up, signed_rating_text
from journal.analysis.practice import SHOWN_FROM

from .canvas import Canvas
from .data import PracticeData, SkillChange
from .measure import Box, clean, fitted, text_box, text_width, wrapped
from .sheet import Sheet, new_canvas
from .sizes import COMPACT, WIDE, Size, size_named
from .table import Row
from .theme import day_text


@dataclass(frozen=True)
class _Layout:
    """Lengths in which the two drawings differ. `first`: from the head to the middle of the first row."""

    row: float
    first: float
    last: float  # from the middle of the last row to the foot of the grid
    head: float  # above the grid
    every: int  # a line at every so many points
    change: float  # where the change stands, its range below
    times: float  # and how many practices it is of


LAYOUTS = {
    "wide": _Layout(row=42, first=24, last=21, head=32, every=1, change=738, times=788),
    "compact": _Layout(row=66, first=48, last=36, head=6, every=2, change=328, times=328),
}
PRACTICE_SIZES: Mapping[str, Size] = MappingProxyType(
    {"wide": replace(WIDE, left=214, right=156), "compact": replace(COMPACT, left=14, right=64)}
)
RING, EDGE, DISC, BAR = 5.0, 2.0, 6.0, 2.6
LINE = 18  # from line to line of a name
MOST = 60  # rows; the table has all
NOT_CAUSE = "This does not show what causes what."


def practice_sheet(data: PracticeData, size: str = "wide", *, standalone: bool = False) -> Sheet:
    """Draws the skills that have enough practices. `size`: 'wide' or 'compact'."""
    drawing = _Drawing(data, size_named(size, PRACTICE_SIZES))
    canvas = drawing.draw(standalone)
    return Sheet("practice", canvas, drawing.size, drawing.title, drawing.note, drawing.description)


class _Drawing:
    def __init__(self, data: PracticeData, size: Size) -> None:
        self.data, self.size, self.layout = data, size, LAYOUTS[size.name]
        self.skills = data.drawn[:MOST]
        self.title, self.note, self.description = title(data), note(data), description(data)
        self.foot = self.layout.head + self.layout.first + self.layout.row * (len(self.skills) - 1) + self.layout.last

    def x(self, value) -> float:
        """Where a value of 0 to 10 stands."""
        return self.size.left + float(value) / 10 * (self.size.plot_right - self.size.left)

    def y(self, number: int) -> float:
        """The middle of a row's marks."""
        return self.layout.head + self.layout.first + number * self.layout.row

    def draw(self, standalone: bool) -> Canvas:
        size = self.size
        canvas = new_canvas(size, self.foot + 46, self.title, self.note, standalone)
        marks = range(0, 11, self.layout.every)
        canvas.lines([[(self.x(m), self.layout.head), (self.x(m), self.foot)] for m in marks], "grid", 1)
        self._draw_scale(canvas, marks)
        if size.is_wide:
            canvas.text(self.layout.change, self.layout.head - 14, "median change", size=size.text_size, role="ink2")
        for number, skill in enumerate(self.skills):
            self._draw_texts(canvas, self.y(number), skill)
        self._draw_marks(canvas)
        self._name_marks(canvas)
        return canvas

    def _draw_scale(self, canvas: Canvas, marks: range) -> None:
        size, y = self.size, self.foot + 20
        for mark in marks:
            canvas.text(self.x(mark), y, str(mark), size=size.text_size, role="ink2", anchor="middle")
        ends = ("middle", "middle") if size.is_wide else ("start", "end")
        for mark, word, anchor in zip((0, 10), ("no distress", "unbearable"), ends, strict=True):
            canvas.text(self.x(mark), y + 18, word, size=size.text_size, role="ink2", anchor=anchor)

    def _draw_texts(self, canvas: Canvas, y: float, skill: SkillChange) -> None:
        """The name; how far distress went, from where to where, and of how many practices."""
        size, layout = self.size, self.layout
        drop = 0.36 * size.text_size
        change, times = signed_rating_text(skill.change.by), _times(skill.change.n)
        if size.is_wide:
            self._draw_name(canvas, y, skill.name)
            canvas.text(layout.change, y - LINE / 2 + drop, change, size=size.text_size, bold=True)
            canvas.text(layout.change, y + LINE / 2 + drop, skill.change.range_text, size=size.text_size, role="ink2")
            if text_width(times, size.text_size) > size.width - layout.times:
                times = f"{skill.change.n:,}"
            canvas.text(layout.times, y - LINE / 2 + drop, times, size=size.text_size, role="ink2")
            return
        above = y - 15
        room = layout.times - text_width(times, size.text_size) - 10
        name = fitted(skill.name, room, size.name_size, True)
        back = text_box(0, above, name, size.name_size, True, "start")
        canvas.boxes([Box(back.left - 1, back.top, back.right + 3, back.bottom)], "surface")
        canvas.text(0, above, name, size=size.name_size, bold=True)
        canvas.text(layout.times, above, times, size=size.text_size, role="ink2", anchor="end")
        canvas.text(layout.change, y + drop, change, size=size.text_size, bold=True, anchor="end")
        below = text_box(layout.change, y + drop + LINE, skill.change.range_text, size.text_size, False, "end")
        canvas.boxes([Box(below.left - 3, below.top, below.right + 1, below.bottom)], "surface")
        at = (layout.change, y + drop + LINE)
        canvas.text(*at, skill.change.range_text, size=size.text_size, role="ink2", anchor="end")

    def _draw_name(self, canvas: Canvas, y: float, name: str) -> None:
        """On one line, or on two of about the same length; cut only where it is too long for two."""
        size, room = self.size, self.size.left - 30
        lines = _two_lines(name, room, size.name_size) or [""]
        y += 0.36 * size.name_size - LINE / 2 * (len(lines) - 1)
        for number, line in enumerate(lines):
            canvas.text(0, y + number * LINE, line, size=size.name_size, bold=True)

    def _draw_marks(self, canvas: Canvas) -> None:
        """A bar from ring to disc; the ring lies above, so that of two equal medians both are seen."""
        for number, skill in enumerate(self.skills):
            y, before, after = self.y(number), self.x(skill.change.before), self.x(skill.change.after)
            role = _role(skill)
            apart = abs(after - before)
            if apart > RING:
                towards = RING if after > before else -RING
                canvas.line([(before + towards, y), (after, y)], role, BAR)
            canvas.dots([(after, y)], role, DISC)
            if apart > RING + DISC:
                canvas.dots([(before, y)], "surface", RING)
                canvas.ring((before, y), role, RING, EDGE)
            else:  # they lie on one another: the ring goes round the disc
                canvas.ring((before, y), "surface", DISC + 1.2, 1.6)
                canvas.ring((before, y), role, DISC + 2.8, EDGE)

    def _name_marks(self, canvas: Canvas) -> None:
        """ "after" and "before" beside the marks of the first row where both fit inside the plot."""
        size = self.size
        away, inside = DISC + 5, (size.left if size.is_wide else 0, size.plot_right + (24 if size.is_wide else 0))
        for number, skill in enumerate(self.skills):
            before, after = self.x(skill.change.before), self.x(skill.change.after)
            if abs(before - after) <= RING + DISC:
                continue
            words = ("after", "before") if after < before else ("before", "after")
            y = self.y(number) + 0.36 * size.text_size
            left = text_box(min(before, after) - away, y, words[0], size.text_size, False, "end")
            right = text_box(max(before, after) + away, y, words[1], size.text_size, False, "start")
            if left.left >= inside[0] and right.right <= inside[1]:
                for word, box in zip(words, (left, right), strict=True):
                    canvas.boxes([Box(box.left - 2, box.top, box.right + 2, box.bottom)], "surface")
                    canvas.text(box.left, y, word, size=size.text_size, role="ink2")
                return


def _two_lines(name: str, room: float, size: float) -> list[str]:
    """The name in at most two lines no wider than `room`, the wider of them as short as it can be."""
    lines = wrapped(name, room, size, True)
    if len(lines) < 2:
        return lines
    words = clean(name).split()
    splits = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    widest = [max(text_width(line, size, True) for line in split) for split in splits]
    if widest and min(widest) <= room:
        return list(splits[widest.index(min(widest))])
    return [lines[0], fitted(" ".join(lines[1:]), room, size, True)]


def _role(skill: SkillChange) -> str:
    """Spruce where distress was lower after or the same, heather where it was higher."""
    return "worse" if skill.change.by > 0 else "better"


def _times(n: int) -> str:
    return "once" if n == 1 else f"{n:,} times"


# -- words ------------------------------------------------------------------------------------
def title(data: PracticeData) -> str:
    """How many skills are drawn, of how many practices. None stands out: the order is no verdict."""
    drawn = data.drawn[:MOST]
    skills = "1 skill" if len(drawn) == 1 else f"{len(drawn)} skills"
    return f"Distress before and after {skills}, {sum(skill.change.n for skill in drawn):,} practices"


def note(data: PracticeData) -> str:
    """What is drawn, by what rule, and what it does not show."""
    days = f"{day_text(data.first, year=True)} to {day_text(data.last, year=True)}"
    sentences = [
        f"Medians of the practices with both ratings, {days}.",
        "Ring: before. Disc: after.",
        "At the right the median change of a practice, and from the lowest to the highest.",
    ]
    if len(data.drawn) > 1:
        sentences.append("Sorted by change.")
    if len(data.drawn) > MOST:
        sentences.append(f"{len(data.drawn) - MOST} more are in the table.")
    if data.others:
        sentences.append(f"Skills with fewer than {SHOWN_FROM} such practices are not drawn.")
    return " ".join([*sentences, NOT_CAUSE])


def description(data: PracticeData) -> str:
    """The text alternative: every skill that is drawn, with its numbers."""
    told = [
        f"{clean(skill.name)}: {rating_text(skill.change.before)} before, {rating_text(skill.change.after)} after, "
        f"median change {signed_rating_text(skill.change.by)}, {skill.change.range_text}, {_times(skill.change.n)}."
        for skill in data.drawn[:MOST]
    ]
    first, last = day_text(data.first, year=True), day_text(data.last, year=True)
    return " ".join([f"Distress from 0 to 10 before and after practice, {first} to {last}.", *told])


# -- numbers ----------------------------------------------------------------------------------
HEADERS = (
    "skill",
    "median distress before",
    "median distress after",
    "median change",
    "lowest change",
    "highest change",
    "with both ratings",
    "practised",
)


def practice_table(data: PracticeData) -> tuple[tuple[str, ...], list[Row]]:
    """(headers, rows): a row a skill, those that are drawn first. To 0.1; of too few practices there is no figure."""
    return HEADERS, [_row(skill) for skill in data.skills]


def _row(skill: SkillChange) -> Row:
    change = skill.change
    figures = (change.before, change.after, change.by, change.lowest, change.highest) if change else (None,) * 5
    shown = (None if value is None else round_half_up(value, 1) for value in figures)
    return (clean(skill.name), *shown, skill.tally.n, skill.tally.times)
