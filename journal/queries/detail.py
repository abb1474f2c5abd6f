"""What the charts of one symptom, of sleep and of scores draw: a series or some, under the dose."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from journal.analysis.series import LONG_PERIOD
from journal.charts.data import DetailData, Moment, Score, ScoresData
from journal.charts.model import OverviewData, Strip
from journal.models import CheckIn, Measure, Reading
from journal.queries import overview as overview_queries
from journal.queries.measures import ENTRY_MEASURES, MOOD, DailyMeasure, charted_symptoms, daily_of, own_key
from journal.queries.overview import UnknownName, levels_of, overview
from journal.queries.period import Period

ROSE = "the symptom that rose most, last 28 days against the days before the first reduction"
RATED = "the symptom rated highest"
MOST_SCORES = 6
"""So many strips of scores fit under one dose line."""
SLEEP = ("sleep_hours", "sleep_quality")


def _fields(data: OverviewData) -> dict:
    return {field.name: getattr(data, field.name) for field in fields(OverviewData)}


# -- one symptom ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Detail:
    """One series in detail; None for ``data`` where nothing of it is on record. ``others`` are what could be shown.

    ``chosen`` is None where nothing can be chosen; ``rule`` says by what rule it was, blank where it was asked for.
    """

    data: DetailData | None
    chosen: DailyMeasure | None
    others: tuple[DailyMeasure, ...]
    rule: str = ""


def detail(owner, period: Period, key: str = "") -> Detail:
    """One symptom by its slug, or "mood", with its check-ins; "" takes the one that rose most.

    A fixed number of queries. Raises UnknownName.
    """
    measures = (MOOD, *charted_symptoms(owner))
    chosen = next((measure for measure in measures if measure.key == key), None)
    if key and chosen is None:
        raise UnknownName(f"“{key[:60]}” is not among what you keep an eye on.")
    slugs = None if chosen is None else [chosen.key] if chosen.symptom is not None else []
    view = overview(owner, period, slugs)
    rule = ""
    if chosen is None and view.chosen:
        rule = ROSE if overview_queries.ROSE in view.rule else RATED
    chosen = chosen or next(iter(view.chosen), MOOD)
    strip = next(strip for strip in view.data.strips if strip.key == chosen.key)
    if not strip.values:
        return Detail(None, chosen, measures)
    is_long = period.days > LONG_PERIOD
    found = _check_ins(owner, period, chosen)
    data = DetailData(
        **_fields(view.data) | {"strips": (strip,)},
        check_ins=() if is_long else tuple(Moment(*row) for row in found),
        left_out=found.count() if is_long else 0,
    )
    return Detail(data, chosen, measures, rule)


def _check_ins(owner, period: Period, measure: DailyMeasure):
    """(day, time, value) of each check-in that rated it, in order."""
    if measure.symptom is None:
        days = {"entry__date__range": (period.first, period.last), "mood__isnull": False}
        found = CheckIn.objects.of(owner).filter(**days).order_by("entry__date", "time", "pk")
        return found.values_list("entry__date", "time", "mood")
    days = {"check_in__entry__date__range": (period.first, period.last), "symptom": measure.symptom}
    found = Reading.objects.of(owner).filter(**days).order_by("check_in__entry__date", "check_in__time", "check_in")
    return found.values_list("check_in__entry__date", "check_in__time", "severity")


# -- sleep ------------------------------------------------------------------------------------------------------------


def sleep(owner, period: Period) -> OverviewData | None:
    """Hours slept, how well, and mood, of each what is on record; None where no night is."""
    view = overview(owner, period, [])
    nights = [measure for measure in ENTRY_MEASURES if measure.key in SLEEP]
    daily = daily_of(owner, period.first, period.last, nights)
    levels = levels_of(owner, nights, view.data.compared)
    strips = tuple(
        Strip(m.key, m.name, daily[m.key].values, m.better, carried=frozenset(daily[m.key].carried), **levels[m.key])
        for m in nights
        if daily[m.key].values
    )
    if not strips:
        return None
    mood = tuple(strip for strip in view.data.strips if strip.values)
    return OverviewData(**_fields(view.data) | {"strips": strips + mood, "events": ()})


# -- scores -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scores:
    """The scores that are drawn, of those that could be: the person's own measures with values in the period."""

    data: ScoresData | None
    chosen: tuple[DailyMeasure, ...]
    measures: tuple[DailyMeasure, ...]


def scores(owner, period: Period, keys: Sequence[str] | None = None) -> Scores:
    """Their own measures that are numbers: those of these slugs, else the first six that have values.

    A fixed number of queries. Raises UnknownName.
    """
    own = {_measure(row): row for row in _own_measures(owner)}
    daily = daily_of(owner, period.first, period.last, own)
    measures = tuple(measure for measure in own if daily[measure.key].values)
    wanted = [key for key in dict.fromkeys(keys or ()) if key]
    if len(wanted) > MOST_SCORES:
        raise UnknownName(f"At most {MOST_SCORES} scores fit under one dose line. You asked for {len(wanted)}.")
    known = {measure.slug for measure in own}
    for key in wanted:
        if key not in known:
            raise UnknownName(f"“{key[:60]}” is not among your measures.")
    chosen = measures[:MOST_SCORES] if keys is None else tuple(one for one in measures if one.slug in wanted)
    if not chosen:
        return Scores(None, chosen, measures)
    view = overview(owner, period, [])
    levels = levels_of(owner, chosen, view.data.compared)
    data = ScoresData(
        **_fields(view.data) | {"strips": (), "events": ()},
        scores=tuple(
            Score(m.key, m.name, *_scale(own[m]), m.better, daily[m.key].values, m.unit, **levels[m.key])
            for m in chosen
        ),
    )
    return Scores(data, chosen, measures)


def _own_measures(owner) -> list[Measure]:
    kinds = (Measure.Kind.AMOUNT, Measure.Kind.RATING)
    return list(Measure.objects.of(owner).filter(builtin="", kind__in=kinds).order_by("position", "pk"))


def _scale(row: Measure) -> tuple[Decimal | None, Decimal | None]:
    """The ends of its scale. Of an amount with a unit they only say what can be typed: kilograms have no scale."""
    is_amount = row.kind == Measure.Kind.AMOUNT and row.unit
    return (None, None) if is_amount else (row.low, row.high)


def _measure(row: Measure) -> DailyMeasure:
    return DailyMeasure(own_key(row.slug), row.name, row.better, row.unit, measure=row.pk)
