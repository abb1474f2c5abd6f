"""Practices before and after on paper, half a page wide: an open mark for distress before, a filled one after."""

from dataclasses import replace

from journal.analysis.numbers import signed_rating_text
from journal.analysis.practice import SHOWN_FROM

from .canvas import Canvas
from .data import PracticeData, SkillChange
from .measure import Box, clean, text_box, wrapped
from .practice import description, title
from .sheet import Sheet, new_canvas
from .sizes import PRINT
from .strip import paper_name

SIZE = replace(PRINT, name="print", width=258, left=97, right=60, name_size=6.8)
CHANGE, TIMES = 225, 255  # right edges of the two columns
FIRST, ROW, LAST = 24, 17, 11  # pt: to the first row, from row to row, from the last to the axis
DISC, RING, EDGE, BAR = 3.2, 2.7, 1.0, 1.4
NAMED = 4  # so many skills with too few practices are named


def practice_paper_sheet(data: PracticeData) -> Sheet:
    """Draws every skill that has enough practices."""
    told = description(data)
    canvas = new_canvas(SIZE, FIRST + ROW * (len(data.drawn) - 1) + LAST + 16, title(data), "", False)
    _draw(canvas, data.drawn)
    return Sheet("practice", canvas, SIZE, title(data), "", told)


def practice_note(data: PracticeData, left_out: int = 0) -> str:
    """What the marks are, and which skills are not drawn: ``left_out`` more, practised less often, and too few."""
    sentences = ["Open: distress before, filled: after; medians of the practices with both ratings, and of the change."]
    if left_out:
        sentences.append(f"{left_out} more, practised less often, not drawn.")
    few = [f"{clean(skill.name)} ({skill.tally.times:,})" for skill in data.others[:NAMED]]
    if few:
        more = f" and {len(data.others) - NAMED} more" if len(data.others) > NAMED else ""
        sentences.append(f"Fewer than {SHOWN_FROM} such practices: {', '.join(few)}{more}.")
    return " ".join(sentences)


def _x(value) -> float:
    return SIZE.left + float(value) / 10 * (SIZE.plot_right - SIZE.left)


def _draw(canvas: Canvas, skills: tuple[SkillChange, ...]) -> None:
    text = SIZE.text_size
    for right, head in ((CHANGE, "change"), (TIMES, "times")):
        canvas.text(right, 7, head, size=text, anchor="end")
    rows = [FIRST + ROW * number for number in range(len(skills))]
    canvas.lines([[(_x(0), y), (_x(10), y)] for y in rows], "rule", SIZE.rule, dash=SIZE.rule_dash)
    _name_marks(canvas, rows[0], skills[0])
    for y, skill in zip(rows, skills, strict=True):
        _draw_row(canvas, y, skill)
    _draw_axis(canvas, rows[-1] + LAST)


def _draw_row(canvas: Canvas, y: float, skill: SkillChange) -> None:
    text, change = SIZE.text_size, skill.change
    base = y + 0.36 * text
    lines = wrapped(skill.name, SIZE.left - 8, text)
    paper_name(canvas, base - (4.3 if len(lines) > 1 else 0), skill.name, SIZE, bold=False, room=SIZE.left - 8)
    canvas.text(CHANGE, base, signed_rating_text(change.by), size=text, bold=True, anchor="end")
    canvas.text(TIMES, base, f"{change.n:,}", size=text, anchor="end")
    before, after = _x(change.before), _x(change.after)
    canvas.line([(before, y), (after, y)], "ink", BAR)
    canvas.dots([(after, y)], "ink", DISC)
    # The open mark lies above; where the two are equal it goes round the filled one.
    if abs(before - after) > DISC:
        canvas.dots([(before, y)], "surface", RING)
        canvas.ring((before, y), "ink", RING, EDGE)
    else:
        canvas.ring((before, y), "surface", DISC + 0.8, 1.0)
        canvas.ring((before, y), "ink", DISC + 1.7, EDGE)


def _name_marks(canvas: Canvas, y: float, skill: SkillChange) -> None:
    """ "after" and "before" beside the marks of the first row, over its dotted line, where both have room."""
    before, after, text = _x(skill.change.before), _x(skill.change.after), SIZE.text_size
    words = ("after", "before") if after < before else ("before", "after")
    base, away = y + 0.36 * text, DISC + 3
    left = text_box(min(before, after) - away, base, words[0], text, False, "end")
    right = text_box(max(before, after) + away, base, words[1], text, False, "start")
    if left.left < _x(0) - 2 or right.right > _x(10) + 4 or abs(before - after) <= DISC + RING:
        return
    for word, box in zip(words, (left, right), strict=True):
        canvas.boxes([Box(box.left - 1, y - 1, box.right + 1, y + 1)], "surface")
        canvas.text(box.left, base, word, size=text)


def _draw_axis(canvas: Canvas, y: float) -> None:
    marks = range(0, 11, 2)
    canvas.line([(_x(0), y), (_x(10), y)], "ink", SIZE.axis)
    canvas.lines([[(_x(mark), y), (_x(mark), y + 2.5)] for mark in marks], "ink", 0.4)
    for mark in marks:
        canvas.text(_x(mark), y + 10, str(mark), size=SIZE.text_size, anchor="middle")
