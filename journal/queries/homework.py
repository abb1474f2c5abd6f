"""Homework from therapy: tasks, their tree of small steps, and how it went."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Q, When
from django.utils import timezone

from journal.models import Appointment, Homework, HomeworkStep, Question
from journal.models.profile import one_at_a_time
from journal.queries.care import as_question, raise_question

MOST_STEPS = 50
"""So many steps a task holds, the smaller ones counted."""
DEEPEST = 4
"""A step of the task is at 1; one at this depth is not split further."""
PUT_AWAY_LISTED = 20
MOST_TO_CHOOSE = 50


@dataclass(frozen=True)
class Branch:
    """A step at ``depth`` (1 to 4) with what it was split into. ``text``, ``when``, ``result`` are the step's."""

    step: HomeworkStep
    depth: int
    steps: tuple["Branch", ...]

    @property
    def splits(self) -> bool:
        """Whether it may be made smaller."""
        return self.depth < DEEPEST


@dataclass(frozen=True)
class Task:
    """A task with its tree. ``hidden`` is how many of its steps are not in that: deeper than allowed, or in a ring."""

    row: Homework
    steps: tuple[Branch, ...]
    hidden: int = 0


def open_tasks(owner):
    """The tasks that are not put away, in the order in which they were set."""
    return Homework.objects.of(owner).filter(put_away=False).select_related("given")


def place_of(owner, task: Homework) -> int:
    """How many open tasks stand before this one."""
    before = Q(created__lt=task.created) | Q(created=task.created, pk__lt=task.pk)
    return open_tasks(owner).filter(before).count()


def put_away(owner) -> tuple[list[Homework], int]:
    """(the latest that were put away, how many more there are)."""
    found = Homework.objects.of(owner).filter(put_away=True)
    return list(found.order_by("-created", "-pk")[:PUT_AWAY_LISTED]), max(0, found.count() - PUT_AWAY_LISTED)


def reviewed(owner, since: dt.datetime | None):
    """The tasks to look back on: what is open, and what was set or said since (None: all), in order."""
    found = Homework.objects.of(owner).select_related("given")
    if since:
        found = found.filter(Q(put_away=False) | Q(created__gte=since) | Q(said_on__gte=timezone.localdate(since)))
    return found


def with_steps(owner, tasks: Iterable[Homework]) -> list[Task]:
    """Each task with its tree; one query for the steps of all."""
    tasks = list(tasks)
    under, number = defaultdict(list), Counter()
    for step in HomeworkStep.objects.of(owner).filter(homework__in=[task.pk for task in tasks]):
        under[step.homework_id, step.parent_id].append(step)
        number[step.homework_id] += 1
    trees = ((task, _branches(under, task.pk, None, 1)) for task in tasks)
    return [Task(task, steps, number[task.pk] - _size(steps)) for task, steps in trees]


def _size(steps: tuple[Branch, ...]) -> int:
    return sum(1 + _size(branch.steps) for branch in steps)


def _branches(under, task: int, parent: int | None, depth: int) -> tuple[Branch, ...]:
    """Downwards from the task and never deeper than allowed, so that no ring of rows can be walked for ever."""
    if depth > DEEPEST:
        return ()
    return tuple(Branch(step, depth, _branches(under, task, step.pk, depth + 1)) for step in under[task, parent])


def depth_of(owner, step: HomeworkStep) -> int:
    """How deep it is below its task: 1 for a step of the task itself, at most 1 more than ``DEEPEST``."""
    parents = dict(HomeworkStep.objects.of(owner).filter(homework=step.homework_id).values_list("pk", "parent"))
    depth, above = 1, step.parent_id
    while above is not None and depth <= DEEPEST:
        depth, above = depth + 1, parents.get(above)
    return depth


def steps_below(owner, step: HomeworkStep) -> int:
    """How many steps go with it: those that it was split into, and all below them."""
    under = defaultdict(list)
    for pk, parent in HomeworkStep.objects.of(owner).filter(homework=step.homework_id).values_list("pk", "parent"):
        under[parent].append(pk)
    found, level = 0, under.pop(step.pk, [])
    while level:
        found += len(level)
        level = [below for pk in level for below in under.pop(pk, [])]
    return found


def appointments_to_choose(owner, today: dt.date, chosen: Appointment | None = None):
    """Where a task can have been set: 50 visits up to ``today``, and the one that is chosen.

    A therapist's first, then the others, each the latest first.
    """
    others = Case(When(kind=Appointment.Kind.THERAPIST, then=0), default=1)
    order = (others, "-date", "-pk")
    been = Appointment.objects.of(owner).filter(date__lte=today).order_by(*order).values_list("pk", flat=True)
    keys = [*been[:MOST_TO_CHOOSE], *([chosen.pk] if chosen else [])]
    return Appointment.objects.of(owner).filter(pk__in=keys).order_by(*order)


# --- writing ------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_task(owner, fields: dict, lines: list[str]) -> tuple[Homework, bool]:
    """Put a task on the list, with its steps: (task, whether it is new). The same open task stands there once.

    Raises ValidationError as ``add_steps`` does.
    """
    # Two requests of one person wait for each other here, so that a double press finds the first one's row.
    one_at_a_time(owner)
    there = Homework.objects.of(owner).filter(put_away=False, result="", **fields).first()
    task = there or Homework.objects.create(owner=owner, **fields)
    add_steps(task, None, lines)
    return task, there is None


@transaction.atomic
def add_steps(task: Homework, parent: HomeworkStep | None, lines: list[str]) -> int:
    """Put ``lines`` under ``parent`` (None: the task itself), each a step; how many are new.

    A line that stands there already is not put there twice. Raises ValidationError with a sentence when there would be
    too many steps, or when the parent is too deep to be split.
    """
    one_at_a_time(task.owner)
    if parent and depth_of(task.owner, parent) >= DEEPEST:
        raise ValidationError("This step is as small as it gets here. You can change its words instead.")
    steps = HomeworkStep.objects.of(task.owner).filter(homework=task)
    there = set(steps.filter(parent=parent).values_list("text", flat=True))
    new = [line for line in dict.fromkeys(lines) if line not in there]
    n = steps.count()
    if n + len(new) > MOST_STEPS:
        raise ValidationError(
            f"That would be {n + len(new):,} steps. A task holds {MOST_STEPS}, the smaller ones counted."
        )
    HomeworkStep.objects.bulk_create(
        HomeworkStep(homework=task, parent=parent, text=line, position=n + place) for place, line in enumerate(new)
    )
    return len(new)


def change(owner, thing: Homework | HomeworkStep, **fields) -> bool:
    """Write these columns of a task or a step; False where it was deleted meanwhile."""
    return bool(type(thing).objects.of(owner).filter(pk=thing.pk).update(**fields))


def say(owner, thing: Homework | HomeworkStep, result: str, today: dt.date) -> bool | None:
    """How a task or a step went; blank takes it back. Whether that is new: said the same again, the first day stays.

    None where it was deleted meanwhile.
    """
    if thing.result == result:
        return False
    return True if put_back(owner, thing, result, today if result else None) else None


def put_back(owner, thing: Homework | HomeworkStep, result: str, on: dt.date | None) -> bool:
    """How a task or a step went, as said on that day; a blank has none. As ``change``."""
    thing.result, thing.said_on = result, on
    return change(owner, thing, result=result, said_on=on)


def raise_task(owner, task: Homework) -> tuple[Question, bool]:
    """Make the task a question for the therapist: (question, whether it is new)."""
    said = f" ({task.get_result_display().lower()})" if task.result else ""
    return raise_question(owner, as_question(f"Homework: {task.text}{said}"), whom=Appointment.Kind.THERAPIST)
