"""The tables of what was done: practice with distress before and after, practice by situation, homework."""

import datetime as dt
from collections.abc import Callable

from journal.analysis.numbers import NOTHING, rating_text, signed_rating_text
from journal.analysis.practice import SHOWN_FROM, Change, Tally
from journal.catalogue.situations import SITUATIONS
from journal.catalogue.summary import Length
from journal.charts.data import SkillChange
from journal.models import Homework
from journal.summary.fit import Fit
from journal.summary.model import Assigned, Summary
from journal.summary.page import Cell, Column, Table
from journal.summary.words import count, cut, more

TITLE = "What I practised, and distress before and after"
NOTE = (
    f"Medians, 0–10, of the practices rated both before and after; from {SHOWN_FROM} of them on. The change is taken "
    "practice by practice. This does not show what causes what."
)
NAME_LETTERS, TASK_LETTERS = 40, 120
MOST_SKILLS, MOST_TASKS = 8, 6
"""So many rows on a brief page."""
UNSAID = "situation not said"


def practised_table(summary: Summary, fit: Fit) -> Table | None:
    """A row a skill: those with enough rated practices by their change, then the others by how often. None without."""
    skills = summary.practice.skills if summary.practice else ()
    if not skills:
        return None
    most = _most(summary, fit.helped, MOST_SKILLS)
    hidden = more(len(skills), most)
    note = NOTE + (f" {count(hidden, 'more skill')} practised." if hidden else "")
    return Table("practised", TITLE, _COLUMNS, tuple(_skill(one) for one in skills[:most]), note)


_COLUMNS = (
    Column("skill", number=False),
    Column("before"),
    Column("after"),
    Column("change"),
    Column("lowest to\nhighest"),
    Column("rated of\ntimes"),
)


def _skill(skill: SkillChange) -> tuple[Cell, ...]:
    return (Cell(cut(skill.name, NAME_LETTERS)), *_figures(skill.tally))


def _figures(tally: Tally) -> tuple[Cell, ...]:
    change: Change | None = tally.change
    of = Cell(f"{tally.n:,} of {tally.times:,}")
    if change is None:
        return (*(Cell(NOTHING) for _ in range(4)), of)
    return (
        Cell(rating_text(change.before)),
        Cell(rating_text(change.after)),
        Cell(signed_rating_text(change.by), bold=True),
        Cell(change.range_text),
        of,
    )


def situations_table(summary: Summary, fit: Fit) -> Table | None:
    """The same by what the practice was about, of the skills that say so. None where none does."""
    told = [one for one in summary.practice.skills if one.is_told_apart] if summary.practice else []
    rows = tuple(
        (Cell(f"{cut(skill.name, NAME_LETTERS)}, {_situation(one.situation)}"), *_figures(one.tally))
        for skill in told[: fit.helped]
        for one in skill.situations
    )
    if not rows:
        return None
    columns = (Column("skill and situation", number=False), *_COLUMNS[1:])
    hidden = more(len(told), fit.helped)
    note = f"{count(hidden, 'more skill')}, not on this page." if hidden else ""
    return Table("situations", "Practice by situation", columns, rows, note)


def _situation(slug: str) -> str:
    found = SITUATIONS.get(slug)
    return found.in_words if found else UNSAID


def homework_table(summary: Summary, fit: Fit, dated: Callable[[dt.date], str]) -> Table | None:
    """A row a task: how it went, how many of its steps are done, since when. Open ones first. None where it is off."""
    if not summary.choices.has("homework"):
        return None
    columns = (Column("task", number=False), Column("result", number=False), Column("steps\ndone"), Column("since"))
    tasks = sorted(summary.homework, key=lambda one: not one.is_open)
    if not tasks:
        nothing = (Cell("No task noted in this period.", span=len(columns)),)
        return Table("homework", "Homework", columns, (nothing,))
    most = _most(summary, fit.homework, MOST_TASKS)
    hidden = more(len(tasks), most)
    note = f"{count(hidden, 'more task')}, not on this page." if hidden else ""
    rows = tuple(_task(one, fit, dated) for one in tasks[:most])
    return Table("homework", "Homework", columns, rows, note)


def _task(task: Assigned, fit: Fit, dated: Callable[[dt.date], str]) -> tuple[Cell, ...]:
    letters = TASK_LETTERS if fit.question_letters is None else min(TASK_LETTERS, fit.question_letters)
    result = Homework.Result(task.result).label.lower() if task.result else "open" if task.is_open else "not said"
    said = f", {dated(task.said_on)}" if task.result and task.said_on else ""
    return (
        Cell(cut(task.text, letters)),
        Cell(f"{result}{said}", bold=bool(task.result)),
        Cell(f"{task.done} of {task.steps}" if task.steps else NOTHING),
        Cell(dated(task.since) if task.since else NOTHING),
    )


def _most(summary: Summary, of_fit: int | None, brief: int) -> int | None:
    """How many rows there is room for: what fits; on a brief page never more than ``brief``."""
    if summary.choices.length != Length.BRIEF:
        return of_fit
    return brief if of_fit is None else min(brief, of_fit)
