"""Questionnaires and own scores: each total by its day, before, during and since, and their means by block."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from journal.analysis.blocks import Block
from journal.analysis.levels import Compared, mean_of
from journal.analysis.series import Span
from journal.catalogue.questionnaires import QUESTIONNAIRES
from journal.charts.data import Score
from journal.queries.detail import MOST_SCORES, QUESTIONNAIRE, scored_from
from journal.queries.detail import Scored as Known
from journal.queries.measures import DailyMeasure
from journal.queries.period import Period
from journal.queries.questionnaires import totals
from journal.summary.build_levels import level_of
from journal.summary.model import Level, Scored

LEAST = 2
"""Scores in the first and in the last block before a change is printed: one is of two weeks, or of a week."""
LEAST_ABOVE = 2
"""So many scores in a row are "all" of them."""
DAILY_FROM = 14
"""An own measure with so many values, on more than half of the days with an entry, is a daily one, not a score."""


@dataclass(frozen=True)
class Counted:
    """One of them. ``told`` is None of a daily one, which has its levels only."""

    level: Level
    told: Scored | None


def scored(owner, period: Period, stretches: Compared, blocks: Sequence[Block], entry_days: int) -> list[Counted]:
    """Questionnaires with totals in the period, the latest first, then at most six of the person's own measures.

    ``entry_days``: how many days of the period have an entry. Three queries.
    """
    first = min([period.first, *(block.span.first for block in blocks)])
    everything = scored_from(owner, totals(owner, period.last), first, period.last)
    span = Span(period.first, period.last)
    there = [one for one in everything if any(day in span for day in one.score.values)]
    of_questionnaires = [one for one in there if one.asked[0] == QUESTIONNAIRE]
    of_questionnaires.sort(key=lambda one: max(one.score.values), reverse=True)
    own = [one for one in there if one.asked[0] != QUESTIONNAIRE]
    counted = [_counted(one, span, stretches, blocks, entry_days) for one in [*of_questionnaires, *own]]
    scores = [one for one in counted if one.told]
    daily = [one for one in counted if not one.told]
    return [*scores[: len(of_questionnaires) + MOST_SCORES], *daily[:MOST_SCORES]]


def _counted(one: Known, span: Span, stretches: Compared, blocks: Sequence[Block], entry_days: int) -> Counted:
    values, score = one.score.values, one.score
    measure = one.measure or DailyMeasure(score.key, score.name, score.better)
    level = level_of(measure, [mean_of(values, block.span) for block in blocks], LEAST)
    in_period = {day: value for day, value in values.items() if day in span}
    if one.measure and len(in_period) >= DAILY_FROM and 2 * len(in_period) > entry_days:
        return Counted(level, None)
    # On this page a questionnaire is its total.
    score = replace(score, name=score.name.removesuffix(" total")) if one.asked[0] == QUESTIONNAIRE else score
    before, now = stretches.pair([mean_of(values, stretch) for stretch in stretches.spans])
    told = _told(one, replace(score, values=in_period, before=before, now=now), values, stretches.before, blocks)
    return Counted(level, told)


def _told(
    one: Known, score: Score, values: Mapping[dt.date, Decimal], before: Span | None, blocks: Sequence[Block]
) -> Scored:
    during = next((block.span for block in blocks if block.kind == "during"), None)
    found = _range(values, before)
    # A weight has no worse end, and one score is no row of them.
    is_told = found and score.better != "up" and None not in (score.low, score.high)
    since = above(score.values, found[1], before.last) if is_told else {}
    if len(since) < LEAST_ABOVE:
        since = {}
    earlier = [value for day, value in score.values.items() if since and before.last < day < min(since)]
    questionnaire = QUESTIONNAIRES[one.asked[1]] if one.asked[0] == QUESTIONNAIRE else None
    band = questionnaire.band(int(score.values[max(score.values)])) if questionnaire else None
    return Scored(
        score=score,
        is_questionnaire=questionnaire is not None,
        before=found,
        during=_range(values, during),
        above_from=min(since, default=None),
        above=len(since),
        band=band.name if band else "",
        above_earlier=(sum(value > found[1] for value in earlier), len(earlier)) if found else (0, 0),
    )


def _range(values: Mapping[dt.date, Decimal], span: Span | None) -> tuple[Decimal, Decimal, int] | None:
    """(lowest, highest, how many) of these days."""
    inside = [value for day, value in values.items() if span and day in span]
    return (min(inside), max(inside), len(inside)) if inside else None


def above(values: Mapping[dt.date, Decimal], highest: Decimal, after: dt.date) -> dict[dt.date, Decimal]:
    """The latest scores in a row that are all above ``highest``, of those later than the day ``after``."""
    found = {}
    for day in sorted((day for day in values if day > after), reverse=True):
        if values[day] <= highest:
            break
        found[day] = values[day]
    return found
