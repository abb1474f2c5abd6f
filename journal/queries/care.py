"""What the person wants to raise at the next appointment."""

import datetime as dt
from textwrap import shorten

from django.db import transaction

from journal.models import Question
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time

QUESTION_LENGTH = 500


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
    """Put ``text`` on the list; (question, whether it is new). The same open question stands there once.

    ``kind`` and ``whom`` as in ``Question``; ``source`` is what it came from (``practice``, ``event``).
    """
    # Two requests of one person wait for each other here, so that a double press finds the first one's question.
    one_at_a_time(owner)
    there = open_questions(owner).filter(text=text).first()
    if there:
        return there, False
    return Question.objects.create(owner=owner, text=text, kind=kind, whom=whom, **source), True


def question_of(owner, entry) -> Question | None:
    """The open question that the note of ``entry`` was flagged as; None where it is none."""
    return open_questions(owner).filter(entry=entry).first()


def raise_note(owner, note: str, *, there: Question | None = None, before: str = "", **source) -> Question:
    """Make a ``note`` a question for the next appointment; ``source`` is the ``entry`` or ``check_in`` that it is of.

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


def drop_note_question(owner, question: Question) -> None:
    """The note is no longer for the next appointment: the question goes, and can be put back from "Deleted"."""
    delete_with_undo(owner, question, f"Question “{question.text}”")


def as_question(note: str) -> str:
    """The note as a question: one paragraph, at most 500 characters, cut between words."""
    text = shorten(note, QUESTION_LENGTH, placeholder=" …")
    return f"{note.strip()[: QUESTION_LENGTH - 2]} …" if text == "…" else text  # one endless word


def mark_asked(question: Question, day: dt.date | None) -> None:
    """Asked on ``day``; None opens it again. Marking twice changes nothing: the first day stays."""
    if question.asked_on and day:
        return
    question.asked_on = day
    question.save(update_fields=["asked_on"])
