"""Appointments: which are to come, what to raise at one, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from journal.analysis.ago import ago_words, ahead_words
from journal.catalogue.symptoms import PRIVATE
from journal.models import Appointment, DailyEntry, Question, Rating, Symptom, TaperPlan
from journal.models.profile import one_at_a_time
from journal.queries.care import WHOM, for_kind, open_questions, raise_question, with_sources
from journal.reading import plain_number

LATELY = 28
"""Symptoms are offered for an agenda when they were rated within so many days."""
MOST_ON_A_FORM = 200
"""So many questions can be ticked as asked at once; the rest is marked on Care."""
SOON = 14
"""Today names an appointment from so many days before it on."""
MOST_SOON = 3
Kind = Question.Kind
TITLES = {
    Kind.QUESTION: "Questions",
    Kind.SIDE_EFFECT: "Side effects",
    Kind.REQUEST: "Requests",
    Kind.TOPIC: "To talk about",
}

# -- reading ------------------------------------------------------------------------------------------------------


def to_come(owner, today: dt.date) -> QuerySet[Appointment]:
    """Appointments of ``today`` or later of which it is not said how they went, the soonest first."""
    found = Appointment.objects.of(owner).filter(date__gte=today, held__isnull=True)
    return found.order_by("date", F("time").asc(nulls_first=True), "pk")


def past(owner, today: dt.date) -> QuerySet[Appointment]:
    """All others, the latest first."""
    found = Appointment.objects.of(owner).filter(Q(date__lt=today) | Q(held__isnull=False))
    return found.order_by("-date", F("time").desc(nulls_last=True), "-pk")


def not_said_yet(owner, today: dt.date) -> Appointment | None:
    """The latest past appointment, as long as it is not said whether it took place; None else. One query."""
    latest = past(owner, today).first()
    return latest if latest and latest.held is None else None


@dataclass(frozen=True)
class Soon:
    """An appointment to come, and how many open questions can be raised at it."""

    appointment: Appointment
    questions: int
    days: int

    @property
    def ahead(self) -> str:
        """How long until then: "in 5 days"."""
        return ahead_words(self.days)


def soon(owner, today: dt.date, counts: Mapping[str, int]) -> list[Soon]:
    """The next few appointments within 14 days. ``counts`` as ``care.open_counts`` has them. One query."""
    found = to_come(owner, today).filter(date__lte=today + dt.timedelta(SOON))[:MOST_SOON]
    return [_soon(one, today, counts) for one in found]


def next_one(owner, today: dt.date, counts: Mapping[str, int]) -> Soon | None:
    """The next appointment, however far ahead; None where none is noted. One query."""
    found = to_come(owner, today).first()
    return _soon(found, today, counts) if found else None


def _soon(appointment: Appointment, today: dt.date, counts: Mapping[str, int]) -> Soon:
    questions = counts.get(appointment.kind, 0) + counts.get("", 0)
    return Soon(appointment, questions, (appointment.date - today).days)


@dataclass(frozen=True)
class Seen:
    """The last appointment with a kind of person that took place, and how many days ago that was."""

    appointment: Appointment
    days: int

    @property
    def whom(self) -> str:
        """Whom: "your prescriber"; who is neither prescriber nor therapist by name, where there is one."""
        if self.appointment.kind == Appointment.Kind.OTHER:
            return self.appointment.name or WHOM[Appointment.Kind.OTHER]
        return WHOM[self.appointment.kind]

    @property
    def ago(self) -> str:
        """How long ago: "5 weeks ago"."""
        return ago_words(self.days)


def last_seen(owner, today: dt.date) -> list[Seen]:
    """The last appointment of each kind that took place, kinds without one left out. Three queries."""
    held = Appointment.objects.of(owner).filter(held=True, date__lte=today).order_by("-date", "-pk")
    found = (held.filter(kind=kind).first() for kind in Appointment.Kind)
    return [Seen(one, (today - one.date).days) for one in found if one]


def one_before(owner, appointment: Appointment) -> Seen | None:
    """The last one before it with that person that took place; ``days`` are those between the two. One query.

    Somebody who is neither prescriber nor therapist is known by name.
    """
    found = Appointment.objects.of(owner).filter(kind=appointment.kind, held=True, date__lt=appointment.date)
    if appointment.kind == Appointment.Kind.OTHER:
        found = found.filter(name=appointment.name)
    before = found.order_by("-date", "-pk").first()
    return Seen(before, (appointment.date - before.date).days) if before else None


@dataclass(frozen=True)
class Part:
    """One part of an agenda: questions, side effects, requests or topics. ``first`` is the number of its first line."""

    kind: str
    title: str
    questions: list[Question]
    first: int


def agenda(owner, appointment: Appointment) -> list[Part]:
    """What is open for this kind of person and for anybody, by what it is; parts without any left out. One query."""
    rows = list(with_sources(for_kind(open_questions(owner), appointment.kind)))
    parts, first = [], 1
    for kind, title in TITLES.items():
        found = [row for row in rows if row.kind == kind]
        if found:
            parts.append(Part(kind, title, found, first))
            first += len(found)
    return parts


def asked_at(owner, appointment: Appointment) -> QuerySet[Question]:
    """The questions that were asked at this appointment, in the order in which they were written down."""
    found = Question.objects.of(owner).filter(appointment=appointment, asked_on__isnull=False)
    return with_sources(found).order_by("created", "pk")


@dataclass(frozen=True)
class RatedLately:
    """A side effect, or a symptom that is new since a change, with what was rated in the last 28 days.

    ``days`` on which it was rated, of ``of`` days with an entry; ``highest`` is the highest day's value.
    """

    pk: int
    name: str
    kind: str
    days: int
    of: int
    highest: Decimal

    @property
    def fact(self) -> str:
        """The figures in words."""
        return (
            f"rated on {self.days} of {self.of} day{'' if self.of == 1 else 's'} with an entry in the last "
            f"{LATELY}, highest {plain_number(self.highest)}"
        )

    @property
    def since(self) -> str:
        """What the person said it is: "side effect of taking it"."""
        return Symptom.Kind(self.kind).label.lower()

    @property
    def question(self) -> str:
        """How it stands on the agenda."""
        return f"{self.name}: {self.fact}."


def rated_lately(owner, today: dt.date, agenda_of: list[Part]) -> list[RatedLately]:
    """What can be put on the agenda as a side effect, the highest first; what is on it already is left out.

    Thoughts of suicide are never offered: they are for help at once. Two queries.
    """
    first = today - dt.timedelta(LATELY - 1)
    kinds = (Symptom.Kind.SIDE_EFFECT, Symptom.Kind.NEW)
    ratings = Rating.objects.of(owner).filter(entry__date__range=(first, today), symptom__kind__in=kinds)
    rows = (
        ratings.exclude(symptom__builtin=PRIVATE)
        .order_by()
        .values_list("symptom", "symptom__name", "symptom__kind")
        .annotate(days=Count("pk"), highest=Max("severity"))
        .filter(highest__gt=0)
    )
    of = DailyEntry.objects.of(owner).filter(date__range=(first, today)).count()
    there = [q.text for part in agenda_of if part.kind == Kind.SIDE_EFFECT for q in part.questions]
    found = [RatedLately(pk, name, kind, days, of, highest) for pk, name, kind, days, highest in rows]
    found = [one for one in found if not any(text.startswith(f"{one.name}:") for text in there)]
    return sorted(found, key=lambda one: (-one.highest, -one.days, one.name.casefold()))


def plans_to_link(owner, linked: int | None) -> list[TaperPlan]:
    """Plans that can come of an appointment: agreed and proposed ones, and the one that is linked. One query."""
    now = (TaperPlan.Status.AGREED, TaperPlan.Status.PROPOSED)
    found = TaperPlan.objects.of(owner).filter(Q(status__in=now) | Q(pk=linked)).select_related("medication")
    return list(found.order_by("status", "medication__name", "-created", "-pk"))


# -- writing ------------------------------------------------------------------------------------------------------

ASKED_FOR = ("kind", "name", "date", "time", "place")


@transaction.atomic
def add_appointment(owner, fields: Mapping) -> tuple[Appointment, bool]:
    """A new appointment with these ``fields`` (all of ASKED_FOR); and whether it is new.

    The very same one stands there once: a button pressed twice, a page sent again.
    """
    one_at_a_time(owner)
    there = Appointment.objects.of(owner).filter(**fields).first()
    return (there, False) if there else (Appointment.objects.create(owner=owner, **fields), True)


@transaction.atomic
def change_appointment(owner, appointment: Appointment, fields: Mapping) -> bool:
    """Write the ``fields`` (all of ASKED_FOR) of an appointment; what was asked there was asked on its day, and moves
    with it. False where it was deleted meanwhile.
    """
    one_at_a_time(owner)
    if not _write(owner, appointment, {name: fields[name] for name in ASKED_FOR}):
        return False
    Question.objects.of(owner).filter(appointment=appointment.pk, asked_on__isnull=False).update(
        asked_on=fields["date"]
    )
    return True


def _write(owner, appointment: Appointment, fields: Mapping) -> int:
    return Appointment.objects.of(owner).filter(pk=appointment.pk).update(**fields, updated=timezone.now())


def raise_side_effect(
    owner, appointment: Appointment, symptom: Symptom, today: dt.date
) -> tuple[Question | None, bool]:
    """Put a symptom that is offered on the agenda; (question, whether it is new). None: it is not offered now."""
    found = next((one for one in rated_lately(owner, today, agenda(owner, appointment)) if one.pk == symptom.pk), None)
    if found is None:
        return None, False
    return raise_question(owner, found.question, kind=Kind.SIDE_EFFECT, whom=appointment.kind)


@dataclass(frozen=True)
class After:
    """What is said after a visit, as far as it is another than before: ``changed`` has ``held``, ``notes``, ``agreed``
    and ``plan`` (a key or None). ``asked`` has questions by key: the line of the answer, None where it was not asked.
    ``next_date`` and ``next_time`` are those of the next appointment, where there is one.
    """

    changed: Mapping[str, object] = field(default_factory=dict)
    asked: Mapping[int, str | None] = field(default_factory=dict)
    next_date: dt.date | None = None
    next_time: dt.time | None = None


@transaction.atomic
def save_after(owner, appointment: Appointment, after: After) -> Appointment | None:
    """Write what is said after a visit; the next appointment where one was given and is new. At most six queries."""
    one_at_a_time(owner)
    if after.changed:
        _write(owner, appointment, after.changed)
    changed = []
    for question in Question.objects.of(owner).filter(pk__in=after.asked):
        answer = after.asked[question.pk]
        if question.asked_on and question.appointment_id != appointment.pk:
            continue  # asked somewhere else meanwhile
        was = (question.asked_on, question.appointment_id, question.answer)
        if answer is None:
            question.asked_on, question.appointment, question.answer = None, None, ""
        else:
            question.asked_on, question.appointment, question.answer = appointment.date, appointment, answer
        if was != (question.asked_on, question.appointment_id, question.answer):
            changed.append(question)
    Question.objects.bulk_update(changed, ["asked_on", "appointment", "answer"])
    if after.next_date is None:
        return None
    same = {"kind": appointment.kind, "name": appointment.name, "place": appointment.place}
    following, is_new = add_appointment(owner, {**same, "date": after.next_date, "time": after.next_time})
    return following if is_new else None
