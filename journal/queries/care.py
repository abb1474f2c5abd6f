"""What the person wants to raise at the next appointment."""

import datetime as dt

from django.db import transaction

from journal.models import Question
from journal.models.profile import one_at_a_time


def open_questions(owner):
    """Questions that were not asked yet, oldest first."""
    return Question.objects.of(owner).filter(asked_on__isnull=True).order_by("created", "pk")


def asked_questions(owner):
    """Questions that were asked, latest first."""
    return Question.objects.of(owner).filter(asked_on__isnull=False).order_by("-asked_on", "-pk")


@transaction.atomic
def raise_question(owner, text: str, **source) -> tuple[Question, bool]:
    """Put ``text`` on the list; (question, whether it is new). The same open question stands there once.

    ``source`` is the ``entry`` or the ``check_in`` whose note it is.
    """
    # Two requests of one person wait for each other here, so that a double press finds the first one's question.
    one_at_a_time(owner)
    there = open_questions(owner).filter(text=text).first()
    if there:
        return there, False
    return Question.objects.create(owner=owner, text=text, **source), True


def mark_asked(question: Question, day: dt.date | None) -> None:
    """Asked on ``day``; None opens it again. Marking twice changes nothing: the first day stays."""
    if question.asked_on and day:
        return
    question.asked_on = day
    question.save(update_fields=["asked_on"])
