"""What the person wants to raise at the next appointment."""

import datetime as dt
from dataclasses import dataclass
from textwrap import shorten

from django.db import transaction
from django.db.models import Case, Count, Q, When

from journal.catalogue.events import EVENTS
from journal.models import Appointment, LifeEvent, Practice, Question
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time

QUESTION_LENGTH = 500
WHOM = {
    Appointment.Kind.PRESCRIBER: "your prescriber",
    Appointment.Kind.THERAPIST: "your therapist",
    Appointment.Kind.OTHER: "somebody else",
}
ANYBODY = "anybody"
SOURCES = ("entry", "check_in__entry", "practice__skill", "event__entry", "appointment")
_LONG = ("entry__notes", "check_in__entry__notes", "practice__note", "practice__said", "event__entry__notes")
_OF_APPOINTMENT = ("appointment__notes", "appointment__agreed")


_BY_WHOM = Case(*(When(whom=whom, then=place) for place, whom in enumerate(WHOM)), default=len(WHOM))


@dataclass(frozen=True)
class ForWhom:
    """The open questions for one kind of person; ``whom`` is "" for those that are for anybody."""

    whom: str
    title: str
    questions: list[Question]


def with_sources(questions):
    """The same questions with what they came from at hand, without its long texts."""
    return questions.select_related(*SOURCES).defer(*_LONG, *_OF_APPOINTMENT)


def open_in_order(owner):
    """The open questions by whom they are for, those for anybody last."""
    return with_sources(open_questions(owner)).order_by(_BY_WHOM, "created", "pk")


def by_whom(questions) -> list[ForWhom]:
    """These questions (of ``open_in_order``) in their groups; groups without one are left out."""
    found: dict[str, list[Question]] = {whom: [] for whom in (*WHOM, "")}
    for question in questions:
        found[question.whom].append(question)
    return [ForWhom(whom, f"For {WHOM.get(whom, ANYBODY)}", rows) for whom, rows in found.items() if rows]


def open_counts(owner) -> dict[str, int]:
    """How many questions are open, by whom they are for ("" for anybody). One query."""
    return dict(open_questions(owner).order_by().values_list("whom").annotate(Count("pk")))


def for_kind(questions, kind: str):
    """Those of ``questions`` that can be raised with this kind of person: theirs, and those for anybody."""
    return questions.filter(Q(whom=kind) | Q(whom=""))


def open_questions(owner):
    """Questions that were not asked yet, oldest first."""
    return Question.objects.of(owner).filter(asked_on__isnull=True).order_by("created", "pk")


def asked_questions(owner):
    """Questions that were asked, latest first."""
    return Question.objects.of(owner).filter(asked_on__isnull=False).order_by("-asked_on", "-pk")


@transaction.atomic
def raise_question(
    owner, text: str, kind: str = Question.Kind.QUESTION, whom: str = "", **source
) -> tuple[Question, bool]:
    """Put ``text`` on the list; (question, whether it is new). The same open question stands there once for each kind
    of person, or once for anybody: that is on everybody's agenda. One that was for somebody is for anybody from then
    on, where that is asked for.

    ``kind`` and ``whom`` as in ``Question``; ``source`` is what it came from (``practice``, ``event``).
    """
    # Two requests of one person wait for each other here, so that a double press finds the first one's question.
    one_at_a_time(owner)
    same = open_questions(owner).filter(text=text)
    there = same.filter(whom__in=(whom, "")).first()
    if there is None and not whom and (there := same.first()):
        there.whom = ""
        open_questions(owner).filter(pk=there.pk).update(whom="")
    if there:
        return there, False
    return Question.objects.create(owner=owner, text=text, kind=kind, whom=whom, **source), True


def questions_of_day(owner, entry) -> tuple[Question | None, dict[str, Question]]:
    """The open question that the note of ``entry`` was flagged as, and those that its events were, by kind of event.

    One query.
    """
    note, events = None, {}
    found = open_questions(owner).filter(Q(entry=entry) | Q(event__entry=entry)).select_related("event")
    for question in found:
        if question.event:
            events.setdefault(question.event.kind, question)
        else:
            note = note or question
    return note, events


def raise_note(owner, note: str, *, there: Question | None = None, before: str = "", **source) -> Question:
    """Make a ``note`` a question for the next appointment; ``source`` is the ``entry``, ``check_in``, ``practice`` or
    ``event`` that it is of.

    A question holds 500 characters: of a longer note, its beginning. ``there`` is the one that the note became when
    its words were ``before``; words that the person gave the question since are theirs, and stay.
    """
    text = as_question(note)
    if there is None:
        return Question.objects.create(owner=owner, text=text, **source)
    if there.text != text and there.text == as_question(before):
        there.text = text
        there.save(update_fields=["text"])
    return there


def event_words(kind: str, text: str) -> str:
    """An event of a day as a question says it: "Illness: with a fever"."""
    name = EVENTS[kind].name if kind in EVENTS else kind
    return f"{name}: {text}" if text else name


def raise_event(owner, event: LifeEvent, *, there: Question | None = None, before: str = "") -> Question:
    """Make an event of a day a question, as ``raise_note`` does; ``before`` is what its line was."""
    words = event_words(event.kind, event.text)
    return raise_note(owner, words, there=there, before=event_words(event.kind, before), event=event)


def question_of_practice(owner, practice: Practice) -> Question | None:
    """The open question that this practice was flagged as; None where it is none."""
    return open_questions(owner).filter(practice=practice).first()


@transaction.atomic
def raise_practice(owner, practice: Practice) -> tuple[Question, bool]:
    """Put what was noted at a practice on the list, or where nothing was, the practice itself; as ``raise_question``.

    A practice is one open question at most, whatever its note says by now.
    """
    one_at_a_time(owner)
    there = question_of_practice(owner, practice)
    if there:
        return there, False
    return raise_note(owner, raised_words(practice), practice=practice), True


def follow_practice(owner, practice: Practice, before: str) -> None:
    """The open question of a practice that was corrected, as of a day's note; ``before`` were its ``raised_words``."""
    there = question_of_practice(owner, practice)
    if there:
        raise_note(owner, raised_words(practice), there=there, before=before)


def raised_words(practice: Practice) -> str:
    """What a practice is raised as: its note, or where there is none, the practice itself."""
    return practice.note.strip() or _practice_words(practice)


def _practice_words(practice: Practice) -> str:
    figures = [
        f"{value.normalize():f} {when}"
        for when, value in (("before", practice.before), ("after", practice.after))
        if value is not None
    ]
    return f"Practising “{practice.skill.name}”" + (f": distress {', '.join(figures)}" if figures else "")


def drop_note_question(owner, question: Question) -> None:
    """The note is no longer for the next appointment: the question goes, and can be put back from "Deleted"."""
    delete_with_undo(owner, question, f"Question “{question.text}”")


def as_question(note: str) -> str:
    """The note as a question: one paragraph, at most 500 characters, cut between words."""
    text = shorten(note, QUESTION_LENGTH, placeholder=" …")
    return f"{note.strip()[: QUESTION_LENGTH - 2]} …" if text == "…" else text  # one endless word


def mark_asked(question: Question, day: dt.date | None) -> bool:
    """Asked on ``day``; None opens it again. Marking twice leaves the first day.

    One that has an answer is not opened: False, and the answer stays. (A page that is older than the answer offers it.)
    """
    mine = Question.objects.of(question.owner).filter(pk=question.pk)
    if day:
        mine.filter(asked_on__isnull=True).update(asked_on=day)
        return True
    mine.filter(answer="").update(asked_on=None, appointment=None)
    return not mine.exclude(answer="").exists()


def change_question(question: Question, fields: dict) -> bool:
    """Write these columns of a question; False where it was deleted meanwhile."""
    return bool(Question.objects.of(question.owner).filter(pk=question.pk).update(**fields))
