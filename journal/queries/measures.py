"""Everything that has one value a day, and its values: four queries, whatever the number of days or symptoms."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import Coalesce

from journal.analysis.levels import Mean
from journal.analysis.numbers import exact_sum
from journal.analysis.series import Span
from journal.catalogue.symptoms import PRIVATE
from journal.models import DailyEntry, Measurement, Rating, Symptom
from journal.models.profile import profile_of


@dataclass(frozen=True)
class DailyMeasure:
    """One thing with a value a day: a field of the entry, a symptom, or a measure with measurements (each by key).

    ``private``: ratings of suicidal thoughts, which no rule chooses and no headline names. ``shared``: of burden, for
    a page for others: what is private is not in it, whatever the person's own charts show.
    """

    key: str
    name: str
    better: str
    unit: str = ""
    symptom: int | None = None
    measure: int | None = None
    private: bool = False
    shared: bool = False

    @property
    def slug(self) -> str:
        """How the address of a page calls something of the person's own: the slug that ``own_key`` was given."""
        return self.key.removesuffix(OWN)


OWN = "~"
"""Ends a key of the person's own that would else be a reserved one. No slug has it."""
ENTRY_MEASURES = (
    DailyMeasure("mood", "Mood", "up"),
    DailyMeasure("energy", "Energy", "up"),
    DailyMeasure("sleep_hours", "Hours slept", "up", "hours"),
    DailyMeasure("sleep_quality", "Sleep quality", "up"),
    DailyMeasure("function", "Function", "up"),
)
MOOD = ENTRY_MEASURES[0]
BURDEN = DailyMeasure("burden", "Burden", "down")
"""The mean of a day's symptom ratings, of those that charts may show."""
SHARED_BURDEN = replace(BURDEN, shared=True)
"""The same of those that may be shown to others."""
RESERVED = frozenset(measure.key for measure in (*ENTRY_MEASURES, BURDEN))
"""Keys that nothing of the person's own has, whatever it is called."""


def own_key(slug: str) -> str:
    """The key of a symptom or measure with this slug. One called "Mood" is not the day's mood: no slug has a tilde."""
    return f"{slug}{OWN}" if slug in RESERVED else slug


def shown_symptoms(owner):
    """The symptoms that may stand in means, tables and charts, in the person's order, put-away ones last."""
    return _in_order(Symptom.objects.of(owner).exclude(builtin=PRIVATE))


def symptom_measures(owner) -> list[DailyMeasure]:
    """The person's symptoms as measures, whatever they switched on; their key is ``own_key``. One query."""
    return _as_measures(shown_symptoms(owner))


def charted_symptoms(owner) -> list[DailyMeasure]:
    """The symptoms that this person's charts and tables of trends may show. One query, or two.

    Thoughts of suicide are among them only where the person switched them on, under Settings.
    """
    rows = _in_order(Symptom.objects.of(owner)) if charts_private(owner) else shown_symptoms(owner)
    return _as_measures(rows)


def charts_private(owner) -> bool:
    """Whether this person has ratings of suicidal thoughts in their charts and tables. No query in a request."""
    return profile_of(owner).charts_private


def _in_order(symptoms):
    return symptoms.order_by("-tracked", "position", "pk")


def _as_measures(symptoms) -> list[DailyMeasure]:
    return [
        DailyMeasure(own_key(slug), name, "down", symptom=pk, private=builtin == PRIVATE)
        for pk, slug, name, builtin in symptoms.values_list("pk", "slug", "name", "builtin")
    ]


@dataclass(frozen=True)
class Daily:
    """The values of one measure by day, missing days absent, and the days on which it was carried from the day before.

    What was rated for a day is a Decimal; the mean of a day's check-ins is an exact Fraction.
    """

    values: dict[dt.date, Decimal | Fraction] = field(default_factory=dict)
    carried: set[dt.date] = field(default_factory=set)

    def add(self, day: dt.date, value: Decimal | Fraction, carried: bool) -> None:
        """One more day."""
        self.values[day] = value
        if carried:
            self.carried.add(day)


def daily_values(
    owner, first: dt.date, last: dt.date, measures: Iterable[DailyMeasure]
) -> dict[str, dict[dt.date, Decimal | Fraction]]:
    """Per measure its values by day, missing days absent. At most four queries."""
    return {key: daily.values for key, daily in daily_of(owner, first, last, measures).items()}


def daily_of(owner, first: dt.date, last: dt.date, measures: Iterable[DailyMeasure]) -> dict[str, Daily]:
    """Per measure its values by day, and which were carried. At most four queries.

    A day's burden was carried where every rating in it was.
    """
    measures = list(measures)
    found = {measure.key: Daily() for measure in measures}
    fields = [measure.key for measure in measures if _is_field(measure)]
    if fields:
        entries = DailyEntry.objects.of(owner).filter(date__range=(first, last)).order_by("date")
        for entry in entries.only("date", "timed_mood", "timed_moods", "carried", *fields):
            carried = entry.carried_names
            for name in fields:
                value = entry.day_mood if name == "mood" else getattr(entry, name)
                if value is not None:
                    found[name].add(entry.date, value, name in carried)
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if by_symptom:
        ratings = Rating.objects.of(owner).filter(entry__date__range=(first, last), symptom__in=by_symptom)
        columns = ("symptom_id", "entry__date", "severity", "total", "readings", "origin")
        for symptom, day, severity, total, readings, origin in ratings.order_by("entry__date").values_list(*columns):
            value = Fraction(total) / readings if readings else severity
            found[by_symptom[symptom]].add(day, value, origin == Rating.Origin.CARRIED)
    by_measure = {measure.measure: measure.key for measure in measures if measure.measure is not None}
    if by_measure:
        values = Measurement.objects.of(owner).filter(entry__date__range=(first, last), measure__in=by_measure)
        columns = ("measure_id", "entry__date", "value", "carried")
        for measure, day, value, carried in values.order_by("entry__date").values_list(*columns):
            found[by_measure[measure]].add(day, value, carried)
    for burden in _burdens_in(measures):
        for day, value, carried in _burdens(owner, Q(entry__date__range=(first, last)), burden.shared):
            found[burden.key].add(day, value, carried)
    return found


def _is_field(measure: DailyMeasure) -> bool:
    return measure.symptom is None and measure.measure is None and measure.key != BURDEN.key


def _burdens_in(measures: Sequence[DailyMeasure]) -> list[DailyMeasure]:
    return [measure for measure in measures if measure.key == BURDEN.key][:1]


def _burdens(owner, days: Q, shared: bool) -> Iterator[tuple[dt.date, Fraction, bool]]:
    """(day, exact mean of its symptom ratings, whether all of them were carried), by day. One query, a row a day.

    (A row more for days with ratings that are means of check-ins: of how many must be known for an exact sum.)
    """
    ratings = Rating.objects.of(owner).filter(days)
    if shared or not charts_private(owner):
        ratings = ratings.exclude(symptom__builtin=PRIVATE)
    columns = {
        "sum": Sum(Coalesce("total", "severity")),
        "n": Count("pk"),
        "carried": Count("pk", filter=Q(origin=Rating.Origin.CARRIED)),
    }
    rows = ratings.order_by("entry__date").values_list("entry__date", "readings").annotate(**columns)
    for day, of_day in groupby(rows, key=lambda row: row[0]):
        total, counted, carried = Fraction(0), 0, 0
        for _, readings, part, n, from_before in of_day:
            total += Fraction(exact_sum(part)) / (readings or 1)
            counted, carried = counted + n, carried + from_before
        yield day, total / counted, carried == counted


def means(owner, spans: Sequence[Span], measures: Iterable[DailyMeasure]) -> Mapping[str, list[Mean | None]]:
    """Per measure its mean in each span, counted by the database. Four queries at most, for any number of days.

    Exact: the database adds up tenths (hours: hundredths, measurements: thousandths), so rounding its sum gives the
    exact one back; and days whose value is the mean of so many check-ins are added up by that number.
    """
    measures = list(measures)
    found: dict[str, list[Mean | None]] = {measure.key: [None] * len(spans) for measure in measures}
    if not spans or not measures:
        return found
    fields = [measure.key for measure in measures if _is_field(measure)]
    if fields:
        sums = _Sums(spans)
        for row in _of_entries(owner, spans, fields):
            for name in fields:
                sums.add(name, row, f"_{name}", row["of"] if name == "mood" else 1)
        sums.into(found)
    by_symptom = {measure.symptom: measure.key for measure in measures if measure.symptom is not None}
    if by_symptom:
        ratings = Rating.objects.of(owner).filter(_in_any(spans, "entry__date"), symptom__in=by_symptom)
        ratings = ratings.order_by().values("symptom_id", "readings")
        sums = _Sums(spans)
        value, carried = Coalesce("total", "severity"), Q(origin=Rating.Origin.CARRIED)
        for row in ratings.annotate(**_sums(spans, "entry__date", "", value, carried)):
            sums.add(by_symptom[row["symptom_id"]], row, "", row["readings"] or 1)
        sums.into(found)
    by_measure = {measure.measure: measure.key for measure in measures if measure.measure is not None}
    if by_measure:
        values = Measurement.objects.of(owner).filter(_in_any(spans, "entry__date"), measure__in=by_measure)
        values = values.order_by().values("measure_id")
        sums = _Sums(spans)
        for row in values.annotate(**_sums(spans, "entry__date", "", F("value"), Q(carried=True))):
            sums.add(by_measure[row["measure_id"]], row, "", 1)
        sums.into(found)
    for burden in _burdens_in(measures):
        found[burden.key] = _mean_burdens(owner, spans, burden.shared)
    return found


def _mean_burdens(owner, spans: Sequence[Span], shared: bool) -> list[Mean | None]:
    """The mean burden of the days of each span: of the days' own means, so that each day counts alike."""
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    days = list(_burdens(owner, Q(entry__date__range=(first, last)), shared))
    found = []
    for span in spans:
        inside = [(value, carried) for day, value, carried in days if day in span]
        total, n = sum(value for value, _ in inside), len(inside)
        found.append(Mean(total / n, n, span.days, sum(carried for _, carried in inside)) if n else None)
    return found


def _of_entries(owner, spans: Sequence[Span], fields: Sequence[str]):
    """Sums of the entries' fields, a row for each number of check-ins ("of") that a day's mood is the mean of."""
    timed = Q(mood__isnull=True, timed_moods__gt=0)
    entries = DailyEntry.objects.of(owner).filter(_in_any(spans, "date")).order_by()
    entries = entries.annotate(of=Case(When(timed, then=F("timed_moods")), default=1)).values("of")
    columns = {}
    for name in fields:
        value = Case(When(timed, then=F("timed_mood")), default=F("mood")) if name == "mood" else F(name)
        columns |= _sums(spans, "date", f"_{name}", value, Q(carried__contains=f" {name} "))
    return entries.annotate(**columns)


def _in_any(spans: Sequence[Span], date: str) -> Q:
    """Days of any of the spans: the database need not look at the others."""
    inside = Q()
    for first, last in sorted({(span.first, span.last) for span in spans}):
        inside |= Q(**{f"{date}__range": (first, last)})
    return inside


def _sums(spans: Sequence[Span], date: str, name: str, value, carried: Q) -> dict:
    """For each span the sum of ``value``, how many there are, and how many of them were carried."""
    columns = {}
    first, last = min(span.first for span in spans), max(span.last for span in spans)
    for number, span in enumerate(spans):
        # All rows lie in one of the spans: the one that holds them all has nothing to leave out.
        is_whole = (span.first, span.last) == (first, last)
        inside = Q() if is_whole else Q(**{f"{date}__range": (span.first, span.last)})
        columns |= {
            f"sum{name}_{number}": Sum(value, filter=inside or None),
            f"n{name}_{number}": Count(value, filter=inside or None),
            f"carried{name}_{number}": Count(value, filter=inside & carried),
        }
    return columns


class _Sums:
    """Adds up rows of ``_sums`` exactly, and makes means of them."""

    def __init__(self, spans: Sequence[Span]):
        self.spans = spans
        self.by_key: dict[str, list[tuple[Fraction, int, int]]] = {}

    def add(self, key: str, row: Mapping, name: str, of: int) -> None:
        """Add a row whose values are sums of ``of`` readings each."""
        so_far = self.by_key.setdefault(key, [(Fraction(0), 0, 0)] * len(self.spans))
        for number in range(len(self.spans)):
            n = row[f"n{name}_{number}"]
            if n:
                total, counted, carried = so_far[number]
                total += Fraction(exact_sum(row[f"sum{name}_{number}"], 3)) / of
                so_far[number] = total, counted + n, carried + row[f"carried{name}_{number}"]

    def into(self, found: dict[str, list[Mean | None]]) -> None:
        """Put the means into ``found``, None where a span holds no value."""
        for key, sums in self.by_key.items():
            found[key] = [
                Mean(total / n, n, span.days, carried) if n else None
                for span, (total, n, carried) in zip(self.spans, sums, strict=True)
            ]
