"""Check-ins: how it was at a time of a day. What pages read, and the one place that writes them."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from journal.analysis.numbers import round_half_up
from journal.analysis.titles import in_sentence
from journal.catalogue import symptoms as catalogue
from journal.catalogue.scales import band_of, words_for
from journal.catalogue.symptoms import PRIVATE
from journal.models import CheckIn, DailyEntry, Question, Rating, Reading, Symptom
from journal.models.deleted import Deleted, delete_with_undo
from journal.models.derived import refresh_days
from journal.models.profile import one_at_a_time
from journal.queries.alone import empty_without
from journal.queries.care import drop_note_question, raise_note
from journal.queries.tracked import measures_on
from journal.reading import plain_number
from journal.taper.words import day_words

MOOD = "mood"
SHOWN = 2
"""So many values are told in a line."""

# -- reading ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TimedValue:
    """One value of a check-in. ``symptom`` is its key, None for the mood."""

    name: str
    value: Decimal
    symptom: int | None = None
    builtin: str = ""

    @property
    def words(self) -> str:
        """What it means: "moderate 4", "low 3"."""
        words = words_for(MOOD, "up") if self.symptom is None else words_for("")
        return f"{words[band_of(self.value).index].lower()} {plain_number(self.value)}"

    @property
    def in_words(self) -> str:
        """The same inside a sentence: "dizziness, moderate 4"."""
        return f"{in_sentence(self.name)}, {self.words}"

    @property
    def is_private(self) -> bool:
        """It is not shown where somebody else may look on."""
        return self.builtin == PRIVATE


@dataclass(frozen=True)
class CheckInOfDay:
    """One check-in with what was said in it: mood first, then symptoms in the person's order."""

    pk: int
    date: dt.date
    time: dt.time
    note: str
    values: tuple[TimedValue, ...]
    is_raised: bool = False

    @property
    def shown(self) -> list[TimedValue]:
        """The first of what may stand where somebody else looks on."""
        return [value for value in self.values if not value.is_private][:SHOWN]


def check_ins_of(owner, day: dt.date) -> list[CheckInOfDay]:
    """The check-ins of ``day``, earliest first. Three queries, one where there is none."""
    return [of_day(found) for found in _whole(owner, CheckIn.objects.of(owner).filter(entry__date=day))]


def check_ins_by_day(owner, first: dt.date, last: dt.date) -> dict[dt.date, int]:
    """How many check-ins there are of each day that has any. One query."""
    found = CheckIn.objects.of(owner).filter(entry__date__range=(first, last)).order_by()
    return dict(found.values_list("entry__date").annotate(Count("pk")))


def means_of(check_ins: Iterable[CheckInOfDay]) -> dict[int | None, tuple[Fraction, int]]:
    """The exact mean of what was rated in these check-ins, and of how many, by symptom (None: the mood).

    What is private has no mean.
    """
    values: dict[int | None, list[Decimal]] = {}
    for check_in in check_ins:
        for one in check_in.values:
            if not one.is_private:
                values.setdefault(one.symptom, []).append(one.value)
    return {key: (Fraction(sum(found)) / len(found), len(found)) for key, found in values.items()}


def last_of(owner, day: dt.date) -> CheckInOfDay | None:
    """The latest check-in of ``day``. Three queries, one where there is none."""
    found = _whole(owner, CheckIn.objects.of(owner).filter(entry__date=day).order_by("-time", "-pk")[:1])
    return of_day(found[0]) if found else None


def of_day(check_in: CheckIn) -> CheckInOfDay:
    """What is told of one check-in, whose readings and questions are at hand, or are asked for (``whole``)."""
    moods = () if check_in.mood is None else (TimedValue("Mood", check_in.mood),)
    readings = sorted(check_in.readings.all(), key=lambda one: (one.symptom.position, one.symptom.pk))
    return CheckInOfDay(
        pk=check_in.pk,
        date=check_in.entry.date,
        time=check_in.time,
        note=check_in.note,
        values=moods
        + tuple(TimedValue(one.symptom.name, one.severity, one.symptom.pk, one.symptom.builtin) for one in readings),
        is_raised=any(question.asked_on is None for question in check_in.questions.all()),
    )


def whole(owner, check_in: CheckIn) -> CheckInOfDay:
    """What is told of this one. Two queries."""
    prefetch_related_objects([check_in], *_parts(owner))
    return of_day(check_in)


def _whole(owner, check_ins: QuerySet) -> list[CheckIn]:
    return list(check_ins.select_related("entry").prefetch_related(*_parts(owner)))


def _parts(owner) -> tuple[Prefetch, str]:
    return Prefetch("readings", Reading.objects.of(owner).select_related("symptom")), "questions"


@dataclass(frozen=True)
class Ratable:
    """One symptom that a check-in can rate, with its value of the day before; None is not rated."""

    symptom: Symptom
    yesterday: Decimal | None = None

    @property
    def builtin(self) -> catalogue.Symptom | None:
        """What the catalogue says of it, for a built-in one."""
        return catalogue.SYMPTOMS.get(self.symptom.builtin)

    @property
    def is_red_flag(self) -> bool:
        """The way to help stands beside it."""
        return bool(self.builtin) and self.builtin.red_flag


@dataclass(frozen=True)
class Asked:
    """What a check-in on ``day`` can be about; ``mood`` is that of the day before.

    ``mood_name`` is what the person calls it; blank where they do not track it.
    """

    day: dt.date
    symptoms: tuple[Ratable, ...]
    mood: Decimal | None = None
    first: int | None = None
    mood_name: str = "Mood"


def asked_on(owner, day: dt.date, also: Collection[int] = (), first: str = "") -> Asked:
    """What is asked on ``day``: what is tracked, and those of the keys ``also`` that were put away.

    ``first`` is what the person asked for, a symptom's slug or "mood"; without one it is the symptom that was rated
    last in a check-in. Four queries, one more for that.
    """
    before = DailyEntry.objects.of(owner).filter(date=day - dt.timedelta(1)).defer("notes").first()
    there = dict(Rating.objects.of(owner).filter(entry=before).values_list("symptom", "severity")) if before else {}
    symptoms = [one for one in Symptom.objects.of(owner).order_by("-tracked", "position", "pk")]
    symptoms = [one for one in symptoms if one.tracked or one.pk in also]
    key = next((one.pk for one in symptoms if one.slug == first), None)
    if not first:
        key = _rated_last(owner)
    return Asked(
        day=day,
        symptoms=tuple(Ratable(one, there.get(one.pk)) for one in symptoms),
        mood=None if before is None or before.day_mood is None else round_half_up(before.day_mood, 1),
        first=key if key in {one.pk for one in symptoms} else None,
        mood_name=mood_name(owner),
    )


def mood_name(owner) -> str:
    """What the person calls their mood; blank where they do not track it. One query."""
    return next((one.name for one in measures_on(owner) if one.slug == MOOD), "")


def _rated_last(owner) -> int | None:
    readings = Reading.objects.of(owner).filter(symptom__tracked=True)
    latest = readings.order_by("-check_in__entry__date", "-check_in__time", "-check_in__pk", "symptom__position")
    return latest.values_list("symptom", flat=True).first()


# -- writing ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Said:
    """What a form says. ``readings`` by the key of a symptom; None was asked and left blank."""

    time: dt.time
    mood: Decimal | None = None
    readings: Mapping[int, Decimal | None] = field(default_factory=dict)
    note: str = ""
    is_raised: bool = False

    @property
    def rated(self) -> dict[int, Decimal]:
        """The readings that were given."""
        return {pk: severity for pk, severity in self.readings.items() if severity is not None}

    @property
    def is_empty(self) -> bool:
        """Nothing was said but the time."""
        return self.mood is None and not self.rated and not self.note


@transaction.atomic
def save_check_in(owner, day: dt.date, said: Said) -> CheckIn:
    """A new check-in on ``day``; the day gets an entry if it has none.

    The very same, twice in a minute, is a button pressed twice: one check-in.
    """
    one_at_a_time(owner)
    entry, is_new = DailyEntry.objects.of(owner).get_or_create(date=day, defaults={"owner": owner})
    twin = None if is_new else _twin(owner, entry, said)
    if twin:
        if said.is_raised and not _open_questions(owner, twin).exists():
            raise_note(owner, said.note, check_in=twin)
        return twin
    check_in = CheckIn.objects.create(entry=entry, time=said.time, mood=said.mood, note=said.note)
    Reading.objects.bulk_create(
        Reading(check_in=check_in, symptom_id=pk, severity=severity) for pk, severity in said.rated.items()
    )
    if said.is_raised:
        raise_note(owner, said.note, check_in=check_in)
    refresh_days(owner, [entry.pk])
    _changed_later(entry, is_new)
    return check_in


def _twin(owner, entry: DailyEntry, said: Said) -> CheckIn | None:
    """The latest check-in of that minute, where it says the very same."""
    latest = CheckIn.objects.of(owner).filter(entry=entry, time=said.time).order_by("-pk").first()
    if latest is None or (latest.mood, latest.note) != (said.mood, said.note):
        return None
    return latest if dict(latest.readings.values_list("symptom", "severity")) == said.rated else None


@transaction.atomic
def change_check_in(owner, check_in: CheckIn, said: Said) -> bool:
    """Write what differs; whether anything did. False, too, when it is gone by now."""
    one_at_a_time(owner)
    stored = CheckIn.objects.of(owner).filter(pk=check_in.pk).select_related("entry").first()
    if stored is None:
        return False
    readings = dict(stored.readings.values_list("symptom", "severity"))
    changed = {pk: severity for pk, severity in said.readings.items() if severity != readings.get(pk)}
    note, (mood, time) = stored.note, (stored.mood, stored.time)
    stored.mood, stored.time, stored.note = said.mood, said.time, said.note
    raised = _keep_raised(owner, stored, note, said.is_raised)
    if not changed and (mood, time, note) == (said.mood, said.time, said.note):
        return raised
    stored.save(update_fields=["mood", "time", "note"])
    stored.readings.filter(symptom__in=changed).delete()
    Reading.objects.bulk_create(
        Reading(check_in=stored, symptom_id=pk, severity=severity)
        for pk, severity in changed.items()
        if severity is not None
    )
    refresh_days(owner, [stored.entry_id])
    _changed_later(stored.entry, False)
    return True


def _keep_raised(owner, check_in: CheckIn, note: str, wanted: bool) -> bool:
    """The open question that came from the note goes with it: made, put in the new words, or taken back."""
    mine = _open_questions(owner, check_in).first()
    if wanted:
        raise_note(owner, check_in.note, there=mine, before=note, check_in=check_in)
        return mine is None or note != check_in.note
    if mine:
        drop_note_question(owner, mine)
    return mine is not None


def _open_questions(owner, check_in: CheckIn) -> QuerySet:
    return Question.objects.of(owner).filter(check_in=check_in, asked_on__isnull=True)


def _changed_later(entry: DailyEntry, is_new: bool) -> None:
    """An entry that is changed on a later day says so. (Its own page says when it was saved, so not on the day.)"""
    if not is_new and entry.date < timezone.localdate():
        entry.updated = timezone.now()
        entry.save(update_fields=["updated"])


@transaction.atomic
def delete_check_in(owner, check_in: CheckIn) -> Deleted | None:
    """Delete a check-in, its open question, and the entry of its day if that holds nothing else; it can be undone."""
    one_at_a_time(owner)
    entry = check_in.entry
    also = [
        *_open_questions(owner, check_in),
        *empty_without(owner, DailyEntry.objects.of(owner).filter(pk=entry.pk), check_ins=[check_in.pk]),
    ]
    label = f"Check-in of {day_words(entry.date, timezone.localdate())}, {check_in.time:%H:%M}"
    deleted = delete_with_undo(owner, check_in, label, also=also)
    refresh_days(owner, [entry.pk])
    return deleted


def said_alone(owner, symptom: Symptom) -> list[CheckIn]:
    """The check-ins that say nothing but a reading of this symptom: without it they would be check-ins of nothing."""
    blank = CheckIn.objects.of(owner).filter(readings__symptom=symptom, mood__isnull=True, note="")
    return list(blank.exclude(pk__in=Reading.objects.of(owner).exclude(symptom=symptom).values("check_in")))
