"""Everything that has one value a day, and its values: two queries, whatever the number of days or symptoms."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, Q, Sum

from journal.analysis.levels import Mean
from journal.analysis.series import Span
from journal.models import DailyEntry, Rating, Symptom

PRIVATE_SYMPTOM = "suicidal-thoughts"
"""The catalogue's slug of what is in no mean, table or chart: it is for help at once, not for a line."""


@dataclass(frozen=True)
class Measure:
    """One thing with a value a day. ``symptom`` is a key of Symptom, or None for a field of the entry."""

    key: str
    name: str
    better: str
    unit: str = ""
    symptom: int | None = None


ENTRY_MEASURES = (
    Measure("mood", "Mood", "up"),
    Measure("energy", "Energy", "up"),
    Measure("sleep_hours", "Hours slept", "up", "hours"),
    Measure("sleep_quality", "Sleep quality", "up"),
    Measure("function", "Function", "up"),
)
MOOD = ENTRY_MEASURES[0]


def shown_symptoms(owner):
    """The symptoms that may stand in means, tables and charts, in the person's order, put-away ones last."""
    return Symptom.objects.of(owner).exclude(builtin=PRIVATE_SYMPTOM).order_by("-tracked", "position", "pk")


def symptom_measures(owner) -> list[Measure]:
    """The person's symptoms as measures; their key is the slug. One query."""
    return [
        Measure(slug, name, "down", symptom=pk)
        for pk, slug, name in shown_symptoms(owner).values_list("pk", "slug", "name")
    ]


def daily_values(
    owner, first: dt.date, last: dt.date, measures: Iterable[Measure]
) -> dict[str, dict[dt.date, Decimal]]:
    """Per measure its values by day, missing days absent. At most two queries."""
    measures = list(measures)
    found: dict[str, dict[dt.date, Decimal]] = {measure.key: {} for measure in measures}
    fields = [measure.key for measure in measures if measure.symptom is None]
    if fields:
        entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by("date")
        for day, *values in entries.values_list("date", *fields):
            for field, value in zip(fields, values, strict=True):
                if value is not None:
                    found[field][day] = value
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if by_symptom:
        ratings = Rating.objects.of(owner).filter(entry__date__range=(first, last), symptom__in=by_symptom)
        for symptom, day, severity in ratings.order_by("entry__date").values_list(
            "symptom_id", "entry__date", "severity"
        ):
            found[by_symptom[symptom]][day] = severity
    return found


def means(owner, spans: Sequence[Span], measures: Iterable[Measure]) -> Mapping[str, list[Mean | None]]:
    """Per measure its mean in each span, counted by the database. Two queries for any number of days.

    The sums are of tenths (hours: hundredths), so rounding what the database adds gives back the exact sum.
    """
    measures = list(measures)
    nothing: list[Mean | None] = [None] * len(spans)
    found = {measure.key: list(nothing) for measure in measures}
    if not spans or not measures:
        return found
    fields = [measure.key for measure in measures if measure.symptom is None]
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if fields:
        row = DailyEntry.objects.of(owner).aggregate(
            **{
                f"{what}_{field}_{number}": function(field, filter=Q(date__range=(span.first, span.last)))
                for number, span in enumerate(spans)
                for field in fields
                for what, function in (("sum", Sum), ("n", Count))
            }
        )
        for field in fields:
            found[field] = [
                _mean(row[f"sum_{field}_{number}"], row[f"n_{field}_{number}"], span)
                for number, span in enumerate(spans)
            ]
    if by_symptom:
        grouped = (
            Rating.objects.of(owner)
            .filter(symptom__in=by_symptom)
            .order_by()
            .values("symptom_id")
            .annotate(
                **{
                    f"{what}_{number}": function("severity", filter=Q(entry__date__range=(span.first, span.last)))
                    for number, span in enumerate(spans)
                    for what, function in (("sum", Sum), ("n", Count))
                }
            )
        )
        for row in grouped:
            found[by_symptom[row["symptom_id"]]] = [
                _mean(row[f"sum_{number}"], row[f"n_{number}"], span) for number, span in enumerate(spans)
            ]
    return found


def _mean(total: Decimal | None, n: int, span: Span) -> Mean | None:
    if not n:
        return None
    return Mean(Fraction(round(total, 2)) / n, n, span.days)
