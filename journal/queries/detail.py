"""What the charts of one symptom, of sleep and of scores draw: a series or some, under the dose."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from journal.analysis.levels import Compared, Mean, mean_of
from journal.analysis.series import LONG_PERIOD
from journal.catalogue.questionnaires import QUESTIONNAIRES
from journal.charts.data import DetailData, Moment, Score, ScoresData
from journal.charts.model import OverviewData, Strip
from journal.models import CheckIn, Measure, Reading
from journal.queries import overview as overview_queries
from journal.queries.measures import ENTRY_MEASURES, MOOD, DailyMeasure, charted_symptoms, daily_of, own_key
from journal.queries.overview import UnknownName, levels_of, overview
from journal.queries.period import Period
from journal.queries.questionnaires import totals

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

QUESTIONNAIRE, MEASURE = "questionnaire", "measure"
"""What an address calls a total, and a measure of the person's own. A slug alone may be that of both."""
TOTAL = "~total"
"""Ends the key of a total, so that it is none of a measure: no slug has a tilde."""

Asked = tuple[str, str]
"""What an address asks for: (QUESTIONNAIRE or MEASURE, slug)."""


@dataclass(frozen=True)
class Scored:
    """One thing with scores: what an address calls it, and what is drawn of it; its means are not known yet."""

    asked: Asked
    score: Score
    measure: DailyMeasure | None = None


@dataclass(frozen=True)
class Scores:
    """The scores that are drawn, of those that could be: totals of questionnaires, and measures of the person's own,
    with values in the period."""

    data: ScoresData | None
    chosen: tuple[Scored, ...]
    others: tuple[Scored, ...]


def scores(owner, period: Period, asked: Sequence[Asked] | None = None) -> Scores:
    """Totals of questionnaires, then their own measures that are numbers: those asked for, else the first six that have
    values.

    A questionnaire that was not filled in completely has no total, and no dot. A fixed number of queries. Raises
    UnknownName.
    """
    found = totals(owner, period.last)
    everything = scored_from(owner, found, period.first, period.last)
    known = {one.asked for one in everything}
    there = tuple(one for one in everything if one.score.values)
    wanted = [pair for pair in dict.fromkeys(asked or ()) if pair[1]]
    if len(wanted) > MOST_SCORES:
        raise UnknownName(f"At most {MOST_SCORES} scores fit under one dose line. You asked for {len(wanted)}.")
    for pair in wanted:
        if pair not in known:
            among = "a questionnaire that is kept here" if pair[0] == QUESTIONNAIRE else "among your measures"
            raise UnknownName(f"“{pair[1][:60]}” is not {among}.")
    chosen = there[:MOST_SCORES] if asked is None else tuple(one for one in there if one.asked in wanted)
    if not chosen:
        return Scores(None, chosen, there)
    view = overview(owner, period, [])
    levels = levels_of(owner, [one.measure for one in chosen if one.measure], view.data.compared)
    levels |= {
        one.score.key: _levels_of_total(found[one.asked[1]], view.data.compared) for one in chosen if not one.measure
    }
    data = ScoresData(
        **_fields(view.data) | {"strips": (), "events": ()},
        scores=tuple(replace(one.score, **levels[one.score.key]) for one in chosen),
    )
    return Scores(data, chosen, there)


Totals = Mapping[str, Mapping[dt.date, Decimal]]
"""By slug of a questionnaire its totals by day, as ``questionnaires.totals`` has them."""


def scored_from(owner, found: Totals, first: dt.date, last: dt.date) -> list[Scored]:
    """All that could be drawn, questionnaires first, with the values from ``first`` to ``last``. Two queries."""
    return [*_totals_in(found, first), *_measures_in(owner, first, last)]


def _totals_in(found: Totals, first: dt.date) -> list[Scored]:
    return [
        Scored(
            (QUESTIONNAIRE, one.slug),
            Score(
                f"{one.slug}{TOTAL}",
                f"{one.name} total",
                Decimal(0),
                Decimal(one.highest),
                "down",
                {day: total for day, total in found[one.slug].items() if day >= first},
            ),
        )
        for one in QUESTIONNAIRES.values()
    ]


def _levels_of_total(by_day: Mapping[dt.date, Decimal], stretches: Compared) -> dict[str, Mean | None]:
    before, now = stretches.pair([mean_of(by_day, span) for span in stretches.spans])
    return {"before": before, "now": now}


def _measures_in(owner, first: dt.date, last: dt.date) -> list[Scored]:
    own = {_measure(row): row for row in _own_measures(owner)}
    daily = daily_of(owner, first, last, own)
    return [
        Scored((MEASURE, m.slug), Score(m.key, m.name, *_scale(row), m.better, daily[m.key].values, m.unit), m)
        for m, row in own.items()
    ]


def _own_measures(owner) -> list[Measure]:
    kinds = (Measure.Kind.AMOUNT, Measure.Kind.RATING)
    return list(Measure.objects.of(owner).filter(builtin="", kind__in=kinds).order_by("position", "pk"))


def _scale(row: Measure) -> tuple[Decimal | None, Decimal | None]:
    """The ends of its scale. Of an amount with a unit they only say what can be typed: kilograms have no scale."""
    is_amount = row.kind == Measure.Kind.AMOUNT and row.unit
    return (None, None) if is_amount else (row.low, row.high)


def _measure(row: Measure) -> DailyMeasure:
    return DailyMeasure(own_key(row.slug), row.name, row.better, row.unit, measure=row.pk)
