"""The tables of what was done: practice with distress before and after, practice by situation, homework."""

import datetime as dt
from collections.abc import Callable

from journal.analysis.numbers import NOTHING, rating_text, signed_rating_text
from journal.analysis.practice import SHOWN_FROM, Tally
from journal.catalogue.situations import SITUATIONS
from journal.catalogue.summary import Length
from journal.charts.data import SkillChange
from journal.models import Homework
from journal.summary.fit import Fit
from journal.summary.foot import NOT_RECORDED, few_words
from journal.summary.model import Assigned, Summary
from journal.summary.page import Cell, Column, Lines, Table
from journal.summary.words import count, cut, more

TITLE = "What I practised, and distress before and after"
IN_FIGURES = "Practice in figures"
"""Where the drawing above has the title."""
NOTE = "Medians, 0–10, of practices rated before and after; change: median of the differences."
CHANGE = "This does not show what causes what."
"""What the full page adds."""
NAME_LETTERS, TASK_LETTERS = 40, 120
MOST_SKILLS, MOST_TASKS = 8, 6
"""So many rows on a brief page."""
UNSAID = "situation not said"


def practised_table(summary: Summary, fit: Fit) -> Table | Lines:
    """A row a skill with enough rated practices, by its change; the others are named. Lines where there is no row."""
    told, few = summary.practice.drawn if summary.practice else (), _few(summary)
    if not told:
        return Lines("practised", TITLE, (few or NOT_RECORDED,))
    most = _most(summary, fit.helped, MOST_SKILLS)
    hidden = more(len(told), most)
    is_brief = summary.choices.length == Length.BRIEF
    sentences = (NOTE, "" if is_brief else CHANGE, f"{count(hidden, 'more skill')}, not shown." if hidden else "", few)
    note = " ".join(sentence for sentence in sentences if sentence)
    title = TITLE if is_brief else IN_FIGURES
    # On half a page there is no room for the range.
    kept = [at for at in range(len(_COLUMNS)) if not (is_brief and at == RANGE)]
    rows = tuple(tuple(_skill(one)[at] for at in kept) for one in told[:most])
    return Table("practised", title, tuple(_COLUMNS[at] for at in kept), rows, note)


def _few(summary: Summary) -> str:
    others = summary.practice.others if summary.practice else ()
    return few_words([(one.name, one.tally.n, one.tally.times) for one in others]) if others else ""


_COLUMNS = (
    Column("skill", number=False),
    Column("before"),
    Column("after"),
    Column("change"),
    Column("lowest to\nhighest"),
    Column("times\nrated"),
)
RANGE = 4


def _skill(skill: SkillChange) -> tuple[Cell, ...]:
    return (Cell(cut(skill.name, NAME_LETTERS)), *_figures(skill.tally))


def _figures(tally: Tally) -> tuple[Cell, ...]:
    change = tally.change
    return (
        Cell(rating_text(change.before)),
        Cell(rating_text(change.after)),
        Cell(signed_rating_text(change.by), bold=True),
        Cell(change.range_text),
        Cell(f"{tally.n:,} of {tally.times:,}"),
    )


def situations_table(summary: Summary, fit: Fit) -> Table | None:
    """The same by what the practice was about, where enough of a skill's practices were. None without any."""
    skills = [one for one in summary.practice.drawn if one.is_told_apart] if summary.practice else []
    found = [(skill, one) for skill in skills for one in skill.situations if one.tally.change]
    if not found:
        return None
    most = None if fit.helped is None else 2 * fit.helped
    hidden = more(len(found), most)
    rows = tuple(
        (Cell(f"{cut(skill.name, NAME_LETTERS)}, {_situation(one.situation)}"), *_figures(one.tally))
        for skill, one in found[:most]
    )
    columns = (Column("skill and situation", number=False), *_COLUMNS[1:])
    note = f"From {SHOWN_FROM} rated practices on." + (f" {count(hidden, 'more row')}, not shown." if hidden else "")
    return Table("situations", "Practice by situation", columns, rows, note)


def _situation(slug: str) -> str:
    found = SITUATIONS.get(slug)
    return found.in_words if found else UNSAID


def homework_table(summary: Summary, fit: Fit, dated: Callable[[dt.date], str]) -> Table | Lines | None:
    """A row a task: how it went, how many of its steps are done, since when. Open ones first. None where it is off."""
    if not summary.choices.has("homework"):
        return None
    columns = (Column("task", number=False), Column("result"), Column("steps\ndone"), Column("since"))
    tasks = sorted(summary.homework, key=lambda one: not one.is_open)
    if not tasks:
        return Lines("homework", "Homework", ("No task noted in this period.",))
    most = _most(summary, fit.homework, MOST_TASKS)
    hidden = more(len(tasks), most)
    note = f"{count(hidden, 'more task')}, not shown." if hidden else ""
    rows = tuple(_task(one, fit, dated, summary.choices.length == Length.BRIEF) for one in tasks[:most])
    return Table("homework", "Homework", columns, rows, note)


def _task(task: Assigned, fit: Fit, dated: Callable[[dt.date], str], is_brief: bool) -> tuple[Cell, ...]:
    letters = TASK_LETTERS if fit.question_letters is None else min(TASK_LETTERS, fit.question_letters)
    result = Homework.Result(task.result).label.lower() if task.result else "open" if task.is_open else "not said"
    said = f", {dated(task.said_on)}" if task.result and task.said_on and not is_brief else ""
    return (
        Cell(cut(task.text, letters)),
        Cell(f"{result}{said}"),
        Cell(f"{task.done} of {task.steps}" if task.steps else NOTHING),
        Cell(dated(task.since) if task.since else NOTHING),
    )


def _most(summary: Summary, of_fit: int | None, brief: int) -> int | None:
    """How many rows there is room for: what fits; on a brief page never more than ``brief``."""
    if summary.choices.length != Length.BRIEF:
        return of_fit
    return brief if of_fit is None else min(brief, of_fit)
