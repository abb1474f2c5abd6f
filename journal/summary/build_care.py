"""What was practised and agreed, and what is to be raised: for whom the page is."""

import datetime as dt

from django.db.models import Count, Q
from django.utils import timezone

from journal.catalogue.summary import Reader
from journal.charts.data import PracticeData
from journal.models import Appointment, Homework, Question
from journal.queries import practices
from journal.queries.appointments import to_come
from journal.queries.care import for_kind, open_questions
from journal.queries.period import Period
from journal.summary.model import Asked, Assigned, Practised, Visit

KINDS = {Reader.PRESCRIBER: Appointment.Kind.PRESCRIBER, Reader.THERAPIST: Appointment.Kind.THERAPIST}
"""With whom an appointment of this reader is."""


def visit(owner, reader: Reader, today: dt.date) -> Visit | None:
    """The next appointment with this reader's kind, from ``today`` on. One query."""
    found = to_come(owner, today).filter(kind=KINDS[reader]).first()
    return Visit(found.who, found.date) if found else None


def practice(owner, period: Period) -> PracticeData:
    """What was practised in the period, and what it did to distress. One query."""
    return practices.practices(owner, period)


def practised(found: PracticeData) -> tuple[Practised, ...]:
    """The same skill by skill, the most often practised first."""
    skills = sorted(found.skills, key=lambda skill: (-skill.tally.times, skill.name.casefold(), skill.slug))
    return tuple(
        Practised(
            name=skill.name,
            times=skill.tally.times,
            n=skill.tally.n,
            before=skill.change.before if skill.change else None,
            after=skill.change.after if skill.change else None,
        )
        for skill in skills
    )


def homework(owner, period: Period) -> tuple[Assigned, ...]:
    """Tasks that are open, and those of which it was said in the period how they went, as they were set. One query.

    One that was set after the period's last day is not of it.
    """
    said = ~Q(result="") & Q(said_on__range=(period.first, period.last))
    is_open = Q(put_away=False) & ~Q(result=Homework.Result.DONE)
    tasks = Homework.objects.of(owner).filter(said | is_open).select_related("given").order_by("created", "pk")
    counted = tasks.annotate(n=Count("steps"), done=Count("steps", filter=Q(steps__result=Homework.Result.DONE)))
    found = (
        Assigned(
            text=task.text,
            result=task.result,
            said_on=task.said_on,
            done=task.done,
            steps=task.n,
            is_open=not task.put_away and task.result != Homework.Result.DONE,
            since=task.given.date if task.given else timezone.localdate(task.created),
        )
        for task in counted
    )
    return tuple(one for one in found if one.since <= period.last)


def topics(owner, reader: Reader) -> tuple[str, ...]:
    """What is to be talked about with a therapist; nothing on another's page. One query."""
    if reader != Reader.THERAPIST:
        return ()
    found = for_kind(open_questions(owner), KINDS[reader]).filter(kind=Question.Kind.TOPIC)
    return tuple(found.values_list("text", flat=True))


def asked(owner, reader: Reader) -> tuple[Asked, ...]:
    """What is to be raised with this reader. One query.

    A topic is for the therapist, unless it was written down for this very reader.
    """
    found = for_kind(open_questions(owner), KINDS[reader])
    topic = Q(kind=Question.Kind.TOPIC)
    found = found.exclude(topic) if reader == Reader.THERAPIST else found.exclude(topic & ~Q(whom=KINDS[reader]))
    return tuple(Asked(text, kind) for text, kind in found.values_list("text", "kind"))
