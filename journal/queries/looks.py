"""The monthly look at what may be getting in the way: the person's own figures of a month, area by area.

Figures and how many they are of, nothing else: no total, no order, no word on which of them it is.
"""

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum
from django.template.defaultfilters import pluralize
from django.utils.formats import date_format

from journal.analysis.levels import Mean
from journal.analysis.numbers import exact_sum, hours_text, mg_text, rating_text, round_half_up
from journal.analysis.series import Span
from journal.catalogue.obstacles import AREAS, Area
from journal.models import (
    Appointment,
    DailyEntry,
    Homework,
    HomeworkStep,
    LifeEvent,
    Measurement,
    MonthlyLook,
    Practice,
    Question,
    SupportPerson,
)
from journal.queries.measures import ENTRY_MEASURES, means
from journal.queries.period import record_span

MEASURES = ("alcohol", "caffeine", "stress", "exercise")
EVENTS = {"stressful": "Something stressful", "illness": "Illness", "other-medicine": "Other medicine"}
SHORT_NIGHT = 5
"""A night under so many hours is counted."""
MONTHS = 12
"""So many months are offered to look at."""


@dataclass(frozen=True)
class Figure:
    """One figure of the person's own, with what it is of: ("Nights under 5 hours", "3 of 25")."""

    name: str
    words: str


@dataclass(frozen=True)
class Month:
    """``first`` to ``last`` of a calendar month; of the one that it is now, up to today."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Month":
        """The month before it, whole."""
        last = self.first - dt.timedelta(1)
        return Month(last.replace(day=1), last)


def month_from(first: dt.date, today: dt.date) -> Month:
    """The month that begins on ``first``."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return Month(first, min(last, today))


def thoughts_of(owner, first: dt.date) -> dict[str, str] | None:
    """The person's own words of that month by area; None where there is no look."""
    row = MonthlyLook.objects.of(owner).filter(month=first).first()
    return None if row is None else _words(row.thoughts)


def save_thoughts(owner, first: dt.date, thoughts: Mapping[str, str]) -> None:
    """Keep these words as those of the month. Inside a transaction, under ``one_at_a_time``."""
    row = MonthlyLook.objects.of(owner).filter(month=first).first() or MonthlyLook(owner=owner, month=first)
    row.thoughts = {key: words for key, words in thoughts.items() if words}
    row.save()


def months_to_look_at(owner, today: dt.date) -> list[tuple[dt.date, int]]:
    """(first day, how many thoughts) of the last twelve months since the record began, and of every earlier look, the
    latest first. Four queries."""
    written = {row.month: len(_words(row.thoughts)) for row in MonthlyLook.objects.of(owner)}
    span = record_span(owner)
    began = min(span[0], today) if span else today
    months, month = [today.replace(day=1)], today.replace(day=1)
    while len(months) < MONTHS and month > began:
        month = (month - dt.timedelta(1)).replace(day=1)
        months.append(month)
    return [(month, written.get(month, 0)) for month in sorted({*months, *written}, reverse=True)]


def _words(thoughts) -> dict[str, str]:
    pairs = thoughts.items() if isinstance(thoughts, dict) else ()
    return {key: words for key, words in pairs if key in AREAS and isinstance(words, str) and words}


# -- the figures ------------------------------------------------------------------------------------------------------


def figures(owner, month: Month) -> dict[str, list[Figure]]:
    """By area what is on record of the month; an empty list where nothing is. Eleven queries."""
    days = {"entry__date__range": (month.first, month.last)}
    rows = Measurement.objects.of(owner).filter(**days, measure__builtin__in=MEASURES).order_by()
    measured = {
        row["measure__builtin"]: row
        for row in rows.values("measure__builtin", "measure__unit").annotate(
            n=Count("pk"), sum=Sum("value"), most=Max("value"), some=Count("pk", filter=Q(value__gt=0))
        )
    }
    rows = LifeEvent.objects.of(owner).filter(**days, kind__in=EVENTS).order_by()
    events = dict(rows.values_list("kind").annotate(Count("pk")))
    spans = [Span(month.first, month.last), Span(month.before.first, month.before.last)]
    found = means(owner, spans, ENTRY_MEASURES)
    in_month = DailyEntry.objects.of(owner).filter(date__range=(month.first, month.last))
    counted = in_month.aggregate(n=Count("pk"), short=Count("pk", filter=Q(sleep_hours__lt=SHORT_NIGHT)))
    return {
        "homework": _homework(owner, month),
        "substances": _substances(measured),
        "stress": [*_stress(measured.get("stress")), *_events(events, "stressful")],
        "sleep": _sleep(found, counted["short"]),
        "health": [*_events(events, "illness", "other-medicine"), *_a_day("Exercise", measured.get("exercise"))],
        "expectations": _expectations(month, found, counted["n"]),
        "support": _support(owner),
        "fit": _fit(owner, month),
    }


def _homework(owner, month: Month) -> list[Figure]:
    """How tasks and their steps went, said in the month; what was set by its end and is open now; and practices."""
    figures = []
    for name, model in (("Tasks looked back on", Homework), ("Steps looked back on", HomeworkStep)):
        rows = model.objects.of(owner).filter(said_on__range=(month.first, month.last)).exclude(result="").order_by()
        results = dict(rows.values_list("result").annotate(Count("pk")))
        said = [f"{results[value]} {label.lower()}" for value, label in Homework.Result.choices if value in results]
        if results:
            figures.append(Figure(name, f"{sum(results.values())}: {', '.join(said)}"))
    tasks = Homework.objects.of(owner).filter(put_away=False, created__date__lte=month.last)
    counted = tasks.aggregate(n=Count("pk"), unsaid=Count("pk", filter=Q(result="")))
    if counted["n"]:
        figures.append(Figure("Tasks open now, not said yet how they went", f"{counted['unsaid']} of {counted['n']}"))
    times = Practice.objects.of(owner).filter(date__range=(month.first, month.last)).count()
    return figures + ([Figure("Coping skills practised", _times(times))] if times else [])


def _substances(measured: dict) -> list[Figure]:
    alcohol = measured.get("alcohol")
    if not alcohol:
        return _a_day("Caffeine", measured.get("caffeine"))
    n = alcohol["n"]
    total, unit = exact_sum(alcohol["sum"], 3), alcohol["measure__unit"]
    return [
        Figure("Days with alcohol, of those written down", f"{alcohol['some']} of {n}"),
        Figure("Alcohol in all", f"{mg_text(total)}\u00a0{unit} (n\u00a0{n})"),
        *_a_day("Caffeine", measured.get("caffeine")),
    ]


def _a_day(name: str, row: dict | None) -> list[Figure]:
    """The mean of a measure on the days that have it: 2.4 cups a day (n 20)."""
    if not row:
        return []
    mean = round_half_up(exact_sum(row["sum"], 3) / row["n"], 1)
    return [Figure(f"{name}, mean", f"{mg_text(mean)}\u00a0{row['measure__unit']} a day (n\u00a0{row['n']})")]


def _stress(row: dict | None) -> list[Figure]:
    if not row:
        return []
    mean = exact_sum(row["sum"], 3) / row["n"]
    return [
        Figure("Stress, mean", f"{rating_text(mean)} (n\u00a0{row['n']})"),
        Figure("Stress, highest", f"{mg_text(row['most'])} (n\u00a0{row['n']})"),
    ]


def _events(events: dict[str, int], *kinds: str) -> list[Figure]:
    return [Figure(EVENTS[kind], f"on {_days(events[kind])}") for kind in kinds if events.get(kind)]


def _sleep(found: Mapping[str, list[Mean | None]], short: int) -> list[Figure]:
    hours, quality = found["sleep_hours"][0], found["sleep_quality"][0]
    figures = []
    if hours:
        mean = Decimal(hours.value.numerator) / hours.value.denominator
        figures.append(Figure("Hours slept, mean", f"{hours_text(mean)} (n\u00a0{hours.n})"))
        figures.append(Figure(f"Nights under {SHORT_NIGHT} hours", f"{short} of {hours.n}"))
    if quality:
        figures.append(Figure("How well you slept, mean", _mean(quality)))
    return figures


def _expectations(month: Month, found: Mapping[str, list[Mean | None]], entries: int) -> list[Figure]:
    """How the month was by the person's own ratings, beside the month before."""
    if not entries:
        return []
    before = date_format(month.before.first, "F")
    figures = [Figure("Days with an entry", f"{entries} of {month.days}")]
    for key, name in (("mood", "Mood"), ("function", "What you could do")):
        now, then = found[key]
        if now:
            figures.append(Figure(f"{name}, mean", _mean(now)))
        if now and then:
            figures.append(Figure(f"{name}, mean in {before}", _mean(then)))
    return figures


def _support(owner) -> list[Figure]:
    """Who there is now: when somebody came to be on the list is not of that month."""
    rows = dict(SupportPerson.objects.of(owner).order_by().values_list("knows").annotate(Count("pk")))
    people = sum(rows.values())
    if not people:
        return []
    return [
        Figure("Support people on your list now", f"{people}"),
        Figure("Know about the taper", f"{rows.get(True, 0)} of {people}"),
    ]


def _fit(owner, month: Month) -> list[Figure]:
    """Visits with a therapist in the month, by whether they took place, and the questions for them."""
    kind = Appointment.Kind.THERAPIST
    visits = Appointment.objects.of(owner).filter(kind=kind, date__range=(month.first, month.last)).order_by()
    held = dict(visits.values_list("held").annotate(Count("pk")))
    named = {True: "took place", False: "did not", None: "not said"}
    said = [f"{held[value]} {words}" for value, words in named.items() if value in held]
    asked = Q(asked_on__range=(month.first, month.last))
    questions = Question.objects.of(owner).filter(whom=kind)
    counted = questions.aggregate(asked=Count("pk", filter=asked), open=Count("pk", filter=Q(asked_on=None)))
    figures = [Figure("Appointments with a therapist", ", ".join(said))] if said else []
    if counted["asked"]:
        figures.append(Figure("Questions asked", f"{counted['asked']}"))
    if counted["open"]:
        figures.append(Figure("Questions waiting for them now", f"{counted['open']}"))
    return figures


def _mean(mean: Mean) -> str:
    return f"{rating_text(mean.value)} (n\u00a0{mean.n})"


def _days(n: int) -> str:
    return f"{n}\u00a0day{pluralize(n)}"


def _times(n: int) -> str:
    return f"{n}\u00a0time{pluralize(n)}"


def area_rows(owner, month: Month) -> list[tuple[Area, list[Figure]]]:
    """Each area with its figures."""
    found = figures(owner, month)
    return [(area, found[key]) for key, area in AREAS.items()]
