"""Where a record holds what is private: which rows, of which day, and in which words they would be printed.

All free text of ``journal.models`` was looked through. Private, each thing by itself: notes of a day, a check-in, an
event, a dose step, a practice, a skill, an activity, a task, an appointment and a taper plan, what was written in a
guided practice, what was agreed and answered, and the thoughts of a monthly look. Safety: ratings of suicidal thoughts
(also those of check-ins), the answers to question 9 of the PHQ-9, the urgent events, which are signs of a red flag,
each part of the safety plan and each person who can help. And each red flag that was shown.

On a page by default, hence not here: name and date of birth, names of medications, symptoms, measures and skills, what
a medication is for and what came before it, who prescribes it, whom an appointment and a plan are with, questions and
topics to raise, tasks and how they went in one word, the other events by kind and day. These have sections and
medicines to switch off.

On no page at all, hence not here either: places of appointments, why and when of tasks and their small steps, how a
skill goes and when to reach for it, conditions of the profile, what was deleted, and single answers of questionnaires.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import DateField, Exists, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, TruncDate
from django.utils.text import Truncator

from journal.analysis.flags import ONE_DAY
from journal.catalogue.events import UNTOLD
from journal.catalogue.flag_rules import FLAG_RULES
from journal.catalogue.obstacles import AREAS
from journal.catalogue.questionnaires import ANSWERS, QUESTIONNAIRES, SAFETY_ITEM
from journal.catalogue.safety_plan import PARTS
from journal.catalogue.symptoms import PRIVATE
from journal.catalogue.written import said_words
from journal.models import (
    Activity,
    Appointment,
    CheckIn,
    DailyEntry,
    DoseStep,
    FlagRaised,
    Homework,
    LifeEvent,
    MonthlyLook,
    Practice,
    Profile,
    Question,
    QuestionnaireResponse,
    Rating,
    Reading,
    SafetyPlan,
    Skill,
    SupportPerson,
    TaperPlan,
)
from journal.models.base import Owned
from journal.queries.entry_words import event_name
from journal.queries.period import Period
from journal.reading import plain_number

NOTES, SAFETY, FLAGS = "notes", "safety", "flags"
TITLES = {
    NOTES: "Notes",
    SAFETY: "Safety",
    FLAGS: "Red flags that a rule of the journal noticed, not a diagnosis",
}
"""The kinds, in their order, and what is printed above each."""

PRIVATE_EVENTS = frozenset(event.slug for event in UNTOLD)
"""The kinds of events that are private as a whole, not only what was written about them."""

UNDATED = dt.date(1, 1, 1)
"""The day by which what has none is put in order; it belongs to every period."""

NB = "\u00a0"
SHORT = 60
MOST_RATINGS = 60
"""So many single ratings are listed, the latest; of earlier ones their number is told."""


@dataclass(frozen=True, eq=False)
class Source:
    """One place. ``holds``: which rows have something private, or how to say so for (owner, period).

    ``day``: the look-up of a row's day, or an expression; None where it has none. ``of_month``: the day is the first
    of the month that the row is about, and is not told. ``words``: (label, text) of a row in a period. ``name`` is
    that in the keys of its items ("entry:123"), or, ``single``, the whole key of its one item. ``of_medication``: its
    rows are about a medication, and go with one that is switched off.
    """

    name: str
    kind: str
    model: type[Owned]
    holds: Q | Callable[[object, Period], Q]
    words: Callable[[Owned, Period], tuple[str, str]]
    day: object = None
    related: tuple[str, ...] = field(default=())
    of_month: bool = False
    single: bool = False
    of_medication: bool = False

    def rows(self, owner, period: Period) -> QuerySet:
        """The person's own rows in the period, with their day as ``on_day``."""
        holds = self.holds if isinstance(self.holds, Q) else self.holds(owner, period)
        found = self.model.objects.of(owner).filter(holds)
        if self.day is None:
            return found.annotate(on_day=Value(UNDATED, output_field=DateField()))
        first = period.first.replace(day=1) if self.of_month else period.first
        day = F(self.day) if isinstance(self.day, str) else self.day
        return found.annotate(on_day=day).filter(on_day__range=(first, period.last))

    def key(self, row: int) -> str:
        """What names the item of this row for good."""
        return self.name if self.single else f"{self.name}:{row}"


# -- words ----------------------------------------------------------------------------------------------------------


def short(text: str) -> str:
    """What an item is of, at most so long."""
    return Truncator(" ".join(text.split())).chars(SHORT)


def _said(row: Practice) -> str:
    said = row.said if isinstance(row.said, dict) else {}
    return "\n".join(f"{label}: {text}" for label, text in said_words(row.skill.builtin, said))


def _person(row: SupportPerson) -> str:
    parts = (f"{row.name} ({row.role})" if row.role else row.name, row.helps_with, row.phone)
    known = {True: "knows about the taper", False: "does not know about the taper"}.get(row.knows, "")
    return "; ".join(part for part in (*parts, known) if part)


def _happened(row: LifeEvent) -> str:
    return f"{event_name(row.kind)}: {row.text}" if row.text else event_name(row.kind)


def _item_9(row: QuestionnaireResponse) -> str:
    answer = row.answers[SAFETY_ITEM[1] - 1]
    return f"{answer} of {len(ANSWERS) - 1}, “{ANSWERS[answer].lower()}”"


def _flag(row: FlagRaised) -> str:
    """What was noticed, in the words of the rule, without "You": the page says whose record it is."""
    rule = FLAG_RULES.get(row.rule)
    if rule is None:  # a record outlives its rule
        return "A rule that is not in use any more."
    told = rule.noticed.format(
        reading="" if row.reading is None else plain_number(row.reading),
        medication=row.medication.name if row.medication else "a medication",
        day=_day(row.date),
        before=_day(row.date - ONE_DAY),
    ).removeprefix("You ")
    return told[:1].upper() + told[1:]


def _day(day: dt.date, year: bool = True) -> str:
    return f"{day.day}{NB}{day:%b}{f'{NB}{day.year}' if year else ''}"


def _ratings_in(owner, period: Period) -> tuple[QuerySet, QuerySet]:
    """What was rated for a day itself, and in check-ins."""
    days = (period.first, period.last)
    own = Rating.objects.of(owner).filter(symptom__builtin=PRIVATE, entry__date__range=days)
    timed = Reading.objects.of(owner).filter(symptom__builtin=PRIVATE, check_in__entry__date__range=days)
    return own.exclude(origin=Rating.Origin.CHECK_INS).order_by(), timed.order_by()


def _any_ratings(owner, period: Period) -> Q:
    own, timed = _ratings_in(owner, period)
    return Q(Exists(own)) | Q(Exists(timed))


def _ratings(row: Profile, period: Period) -> str:
    """4 on 3 Nov, 2 on 9 Nov at 14:20; 0 every other time. Rated on 12 of 30 days. Two queries."""
    own, timed = _ratings_in(row.owner, period)
    found = [(date, "", value) for date, value in own.values_list("entry__date", "severity")]
    found += [
        (date, f" at {time:%H:%M}", value)
        for date, time, value in timed.values_list("check_in__entry__date", "check_in__time", "severity")
    ]
    found.sort()
    year = period.first.year != period.last.year
    above = [f"{plain_number(value)} on {_day(date, year)}{at}" for date, at, value in found if value]
    listed = ", ".join(above[-MOST_RATINGS:])
    more = f" and {len(above) - MOST_RATINGS:,} earlier above 0" if len(above) > MOST_RATINGS else ""
    zeros = len(found) - len(above)
    rest = f"0 at {zeros:,} other {'time' if zeros == 1 else 'times'}" if above else "0 each time"
    told = "; ".join(part for part in (f"{listed}{more}", rest if zeros else "") if part)
    days = len({date for date, _, _ in found})
    return f"{told}; rated on {days:,} of {period.days:,} {'day' if period.days == 1 else 'days'}"


# -- the places -----------------------------------------------------------------------------------------------------


def _has(name: str) -> Q:
    return ~Q(**{name: ""})


def _look(area) -> Source:
    def words(row: MonthlyLook, period: Period) -> tuple[str, str]:
        return f"Thought of {row.month:%B %Y}, {area.name}", str(row.thoughts[area.key])

    holds = Q(thoughts__has_key=area.key)
    return Source(f"look-{area.key}", NOTES, MonthlyLook, holds, words, "month", of_month=True)


def _plan_part(part) -> Source:
    def words(row: SafetyPlan, period: Period) -> tuple[str, str]:
        return f"Safety plan, “{part.title}”", getattr(row, part.field)

    return Source(f"plan:{part.field}", SAFETY, SafetyPlan, _has(part.field), words, single=True)


_WRITTEN_ON = TruncDate("created")
_ALL = (
    Source("entry", NOTES, DailyEntry, _has("notes"), lambda row, period: ("Note of the day", row.notes), "date"),
    Source(
        "check-in",
        NOTES,
        CheckIn,
        _has("note"),
        lambda row, period: (f"Check-in at {row.time:%H:%M}", row.note),
        "entry__date",
    ),
    Source(
        "event",
        NOTES,
        LifeEvent,
        _has("text") & ~Q(kind__in=PRIVATE_EVENTS),
        lambda row, period: (f"Event, {event_name(row.kind)}", row.text),
        "entry__date",
    ),
    Source(
        "step",
        NOTES,
        DoseStep,
        _has("note"),
        lambda row, period: (f"Note of a dose step, {short(row.medication.name)}", row.note),
        "starts_on",
        ("medication",),
        of_medication=True,
    ),
    Source(
        "practice",
        NOTES,
        Practice,
        _has("note"),
        lambda row, period: (f"Note of a practice, {short(row.skill.name)}", row.note),
        "date",
        ("skill",),
    ),
    Source(
        "said",
        NOTES,
        Practice,
        ~Q(said={}),
        lambda row, period: (f"Written in a practice, {short(row.skill.name)}", _said(row)),
        "date",
        ("skill",),
    ),
    Source(
        "activity",
        NOTES,
        Activity,
        _has("note"),
        lambda row, period: (f"Note of an activity, {short(row.text)}", row.note),
        Coalesce("day", _WRITTEN_ON),
    ),
    Source(
        "homework",
        NOTES,
        Homework,
        _has("note"),
        lambda row, period: (f"How a task went, {short(row.text)}", row.note),
        Coalesce("said_on", _WRITTEN_ON),
    ),
    Source(
        "visit-notes",
        NOTES,
        Appointment,
        _has("notes"),
        lambda row, period: (f"What was said, {short(row.who)}", row.notes),
        "date",
    ),
    Source(
        "visit-agreed",
        NOTES,
        Appointment,
        _has("agreed"),
        lambda row, period: (f"What was agreed, {short(row.who)}", row.agreed),
        "date",
    ),
    Source(
        "answer",
        NOTES,
        Question,
        _has("answer"),
        lambda row, period: (f"Answer to “{short(row.text)}”", row.answer),
        Coalesce("asked_on", _WRITTEN_ON),
    ),
    Source(
        "taper-plan",
        NOTES,
        TaperPlan,
        _has("note"),
        lambda row, period: (f"Note of a taper plan, {short(row.name)}", row.note),
        Coalesce("changed_on", "agreed_on", _WRITTEN_ON),
        of_medication=True,
    ),
    *(_look(area) for area in AREAS.values()),
    Source("skill", NOTES, Skill, _has("notes"), lambda row, period: (f"Own notes on {short(row.name)}", row.notes)),
    Source(
        f"ratings:{PRIVATE}",
        SAFETY,
        Profile,
        _any_ratings,
        lambda row, period: ("Ratings of suicidal thoughts", _ratings(row, period)),
        related=("owner",),
        single=True,
    ),
    Source(
        "item9",
        SAFETY,
        QuestionnaireResponse,
        Q(slug=SAFETY_ITEM[0], **{f"answers__{SAFETY_ITEM[1] - 1}__in": list(range(len(ANSWERS)))}),
        lambda row, period: (f"{QUESTIONNAIRES[SAFETY_ITEM[0]].name}, question {SAFETY_ITEM[1]}", _item_9(row)),
        "date",
    ),
    Source(
        "happened",
        SAFETY,
        LifeEvent,
        Q(kind__in=PRIVATE_EVENTS),
        lambda row, period: ("Event", _happened(row)),
        "entry__date",
    ),
    *(_plan_part(part) for part in PARTS),
    Source("person", SAFETY, SupportPerson, Q(), lambda row, period: ("Person who can help", _person(row))),
    Source(
        "flag",
        FLAGS,
        FlagRaised,
        Q(),
        lambda row, period: ("Noticed", _flag(row)),
        "date",
        ("medication",),
        of_medication=True,
    ),
)

SOURCES: dict[str, Source] = {source.name: source for source in _ALL}


def sources_of(kind: str = "") -> Iterable[Source]:
    """The places of one kind, or all."""
    return [source for source in _ALL if kind in ("", source.kind)]
