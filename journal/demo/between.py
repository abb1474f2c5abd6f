"""What the demo person does between appointments: homework with small steps, small activities, a thought record."""

import datetime as dt

from django.utils import timezone

from journal.catalogue.written import ACTIVITY
from journal.demo.person import DemoPerson
from journal.models import Activity, Homework, HomeworkStep, Practice
from journal.queries.coping import skill_for

WRITTEN_FROM = 14
"""From so many days on there is any of it."""

ACTIVITIES = (
    # days before the last day, what, when and where, state, mastery, pleasure, before, after
    (9, "Ten minutes in the garden", "after lunch", "done", 5, 6, 6, 4),
    (6, "Call Jo", "in the evening", "partly", 6, 4, 5, 5),
    (4, "Swim", "with Sam, at the baths", "left", None, None, None, None),
    (2, "Walk to the corner and back", "before breakfast", "done", 6, 5, 7, 5),
)
PLANNED = ((2, "Bake bread", "slowly, with the radio on"), (5, "Library, ten minutes", ""))

STEPS = (
    ("Clothes laid out in the evening", "done"),
    ("Round the block", "partly"),
    ("To the park and back", "too-much"),
)
SMALLER = ("To the gate of the park", "Five minutes on the bench there")
"""What the last of the steps was split into."""

THOUGHT = {
    "happened": "The supermarket was full and my head buzzed at the till.",
    "felt": "Afraid, 7. Hot, and my hands shook.",
    "thought": "It will stay like this.",
    "for": "It has been bad on most days since the last step.",
    "against": "After the step before it was bad too, and it eased.",
    "both": "It is bad now. It has eased before.",
}


def write_between(owner, person: DemoPerson) -> None:
    """Write it for ``owner``, up to the last day of ``person``; nothing for a record of a few days."""
    if len(person.days) < WRITTEN_FROM:
        return
    last = person.days[-1].date
    _write_activities(owner, last)
    Practice.objects.create(
        skill=skill_for(owner, "thought-record"),
        date=last - dt.timedelta(3),
        before=7,
        after=5,
        minutes=20,
        situation="anxiety",
        said=THOUGHT,
    )
    _write_homework(owner, last)


def _write_activities(owner, last: dt.date) -> None:
    skill, days = skill_for(owner, ACTIVITY), [last - dt.timedelta(back) for back, *_ in ACTIVITIES]
    practices = Practice.objects.bulk_create(
        Practice(skill=skill, date=date, before=one[6], after=one[7], said={"activity": one[1]})
        for date, one in zip(days, ACTIVITIES, strict=True)
        if one[6] is not None
    )
    of = {practice.date: practice for practice in practices}
    done = [
        Activity(
            owner=owner,
            text=text,
            details=details,
            day=date,
            state=state,
            mastery=mastery,
            pleasure=pleasure,
            practice=of.get(date),
        )
        for date, (_, text, details, state, mastery, pleasure, _, _) in zip(days, ACTIVITIES, strict=True)
    ]
    planned = [
        Activity(owner=owner, text=text, details=details, day=last + dt.timedelta(ahead))
        for ahead, text, details in PLANNED
    ]
    Activity.objects.bulk_create(done + planned)


def _write_homework(owner, last: dt.date) -> None:
    first = Homework.objects.create(
        owner=owner,
        text="Go outside once a day",
        why="So that the day does not become all about symptoms.",
        when="before noon",
        by=last + dt.timedelta(6),
    )
    steps = HomeworkStep.objects.bulk_create(
        HomeworkStep(homework=first, text=text, position=place, result=result, said_on=last)
        for place, (text, result) in enumerate(STEPS)
    )
    HomeworkStep.objects.bulk_create(
        HomeworkStep(homework=first, parent=steps[-1], text=text, position=len(STEPS) + place)
        for place, text in enumerate(SMALLER)
    )
    second = Homework.objects.create(
        owner=owner,
        text="Write down one worry an evening, and leave it for worry time",
        why="Worries at night have kept me awake.",
        when="at nine",
        by=last + dt.timedelta(6),
        result="partly",
        said_on=last - dt.timedelta(1),
        note="Four evenings of seven. It helped to have a notebook by the bed.",
    )
    # created is set by the field itself on insert; they were set at the last visit
    for task, back in ((first, 8), (second, 15)):
        noon = timezone.make_aware(dt.datetime.combine(last - dt.timedelta(back), dt.time(12)), dt.UTC)
        Homework.objects.of(owner).filter(pk=task.pk).update(created=noon)
