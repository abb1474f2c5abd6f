"""Questionnaires that were filled in: one of a kind a day, their totals, and when the next one is suggested."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from journal.catalogue.questionnaires import (
    DIFFICULTIES,
    EVERY_DAYS,
    QUESTIONNAIRES,
    Band,
    Questionnaire,
)
from journal.models import QuestionnaireResponse
from journal.models.deleted import Deleted, delete_with_undo
from journal.taper.words import day_words


@dataclass(frozen=True)
class FilledIn:
    """One questionnaire as it was filled in on a day: an answer 0-3 to each question, None where it is blank."""

    questionnaire: Questionnaire
    date: dt.date
    answers: tuple[int | None, ...]
    difficulty: int | None

    @property
    def total(self) -> int | None:
        """The sum; None unless all is answered."""
        return self.questionnaire.total(self.answers)

    @property
    def answered(self) -> int:
        """How many questions are answered."""
        return self.questionnaire.answered(self.answers)

    @property
    def band(self) -> Band | None:
        """What the questionnaire calls this total; None without one."""
        return self.questionnaire.band(self.total)

    @property
    def total_words(self) -> str:
        """12 out of 27; or: no total, 7 of 9 answered."""
        if self.total is None:
            return f"no total, {self.answered} of {len(self.questionnaire.items)} answered"
        return f"{self.total}\u00a0out\u00a0of\u00a0{self.questionnaire.highest}"

    @property
    def difficulty_words(self) -> str:
        """The answer to the question that is not scored; blank where it was left blank."""
        known = self.difficulty is not None and self.difficulty < len(DIFFICULTIES)
        return DIFFICULTIES[self.difficulty] if known else ""


def filled_in(row: QuestionnaireResponse) -> FilledIn:
    """A row of the record, whose questionnaire the catalogue knows. What is no answer in it counts as blank."""
    one = QUESTIONNAIRES[row.slug]
    stored = row.answers if isinstance(row.answers, list) else []
    answers = [answer if one.answered([answer]) else None for answer in stored[: len(one.items)]]
    return FilledIn(one, row.date, (*answers, *[None] * (len(one.items) - len(answers))), row.difficulty)


def response_of(owner, questionnaire: Questionnaire, day: dt.date) -> FilledIn | None:
    """What was filled in on this day."""
    row = QuestionnaireResponse.objects.of(owner).filter(slug=questionnaire.slug, date=day).first()
    return filled_in(row) if row else None


def responses_of(owner, questionnaire: Questionnaire, most: int | None = None) -> list[FilledIn]:
    """Those of all days, or the latest so many, the latest first. One query."""
    rows = QuestionnaireResponse.objects.of(owner).filter(slug=questionnaire.slug).order_by("-date")[:most]
    return [filled_in(row) for row in rows]


def last_of_each(owner) -> list[tuple[Questionnaire, FilledIn | None]]:
    """Each questionnaire with the latest that was filled in. A query for each."""
    found = [(one, responses_of(owner, one, 1)) for one in QUESTIONNAIRES.values()]
    return [(one, latest[0] if latest else None) for one, latest in found]


def totals(owner, last: dt.date) -> dict[str, dict[dt.date, Decimal]]:
    """By questionnaire its totals by day up to ``last``. What is incomplete has none. One query."""
    rows = QuestionnaireResponse.objects.of(owner).filter(slug__in=QUESTIONNAIRES, date__lte=last).order_by("date")
    found: dict[str, dict[dt.date, Decimal]] = {slug: {} for slug in QUESTIONNAIRES}
    for row in rows:
        one = filled_in(row)
        if one.total is not None:
            found[row.slug][row.date] = Decimal(one.total)
    return found


def save_response(
    owner, questionnaire: Questionnaire, day: dt.date, answers: Sequence[int | None], difficulty: int | None
) -> FilledIn:
    """Keep this as the questionnaire of the day, whether there is one already or not.

    Inside a transaction, under ``one_at_a_time``.
    """
    rows = QuestionnaireResponse.objects.of(owner)
    row = rows.filter(slug=questionnaire.slug, date=day).first()
    row = row or QuestionnaireResponse(owner=owner, slug=questionnaire.slug, date=day)
    row.answers, row.difficulty = list(answers), difficulty
    row.save()
    return filled_in(row)


def delete_response(owner, row: QuestionnaireResponse) -> Deleted | None:
    """Delete one; it can be put back."""
    label = f"{QUESTIONNAIRES[row.slug].name} of {day_words(row.date, timezone.localdate())}"
    return delete_with_undo(owner, row, label)


# -- the suggestion ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Suggested:
    """One questionnaire that can be filled in again: the last time was ``days`` ago."""

    questionnaire: Questionnaire
    days: int


@dataclass(frozen=True)
class Suggestion:
    """What Today says of questionnaires: which are due again; ``is_first``: none was ever filled in."""

    due: tuple[Suggested, ...]
    is_first: bool = False


def suggestion(owner, profile, today: dt.date) -> Suggestion | None:
    """What is suggested today; None where nothing is, or where the person switched it off. One query at most.

    A questionnaire is suggested again two weeks after it was filled in last; one that never was, only as long as
    neither was.
    """
    if not profile.suggest_questionnaires:
        return None
    rows = QuestionnaireResponse.objects.of(owner).filter(slug__in=QUESTIONNAIRES).order_by()
    last = dict(rows.values_list("slug").annotate(Max("date")))
    if not last:
        return Suggestion((), is_first=True)
    days = {slug: (today - day).days for slug, day in last.items()}
    due = tuple(Suggested(one, days[slug]) for slug, one in QUESTIONNAIRES.items() if days.get(slug, 0) >= EVERY_DAYS)
    return Suggestion(due) if due else None
