"""Many symptoms over one time, for the small multiples and the heat map: at most seven queries, however long."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import Count, DateField, F, Func, IntegerField, Max, Min, Sum, Value
from django.db.models.functions import Coalesce

from journal.analysis.changed import Levels, by_change
from journal.analysis.columns import STEPS, WEEK, Piece, added, anchor_of, column_days
from journal.analysis.doses import turning_points
from journal.analysis.levels import Compared
from journal.analysis.numbers import exact_sum
from journal.analysis.series import LONG_PERIOD, Span
from journal.charts.model import DoseChange, OtherMedication
from journal.charts.rated import RatedData, RatedSymptom
from journal.models import Rating
from journal.queries.compared import compared_in
from journal.queries.doses import steps_in
from journal.queries.entries import entry_days
from journal.queries.measures import DailyMeasure, charted_symptoms, daily_of, means
from journal.queries.overview import Steps, UnknownName, choose_medication, dose_changes, steps_within
from journal.queries.period import Period


@dataclass(frozen=True)
class Rated:
    """``data`` is None while nothing is to be shown; ``symptoms`` are all there are, ``chosen`` those in question:
    the ones that were named, else the ones rated in the period."""

    data: RatedData | None
    symptoms: tuple[DailyMeasure, ...]
    chosen: tuple[DailyMeasure, ...]


def rated(
    owner,
    period: Period,
    named: Sequence[str] | None = None,
    medication: int | None = None,
    *,
    part: int = 1,
    size: int | None = None,
    width: float = 700,
    least: float = 2.5,
    measures: Sequence[DailyMeasure] | None = None,
    history: Steps | None = None,
) -> Rated:
    """The symptoms rated in the period, or those ``named`` (slugs), in order of change. Raises UnknownName.

    ``size``: so many are drawn at once, and ``part`` says which of them, counted from 1; a part past the last is the
    last. Over 400 days what is drawn comes in weeks, or in as many as are ``least`` wide in a picture of ``width``.
    ``measures``: the symptoms there are; None takes those that the person's charts may show. ``history``: the steps of
    each medication up to the period's last day, where they are at hand.
    """
    history = steps_in(owner, dt.date.min, period.last) if history is None else history
    doses, every = _doses(history, period, medication)
    _, latest = turning_points((one.steps for one in doses), period.first, period.last)
    symptoms = charted_symptoms(owner) if measures is None else measures
    asked = _named(symptoms, named) if named is not None else symptoms
    stretches = compared_in(owner, every, period)
    levels = _levels(owner, period, stretches, asked)
    if named is None:
        levels = [one for one in levels if one.whole]
    by_key = {measure.key: measure for measure in asked}
    chosen = [by_key[one.key] for one in levels]
    if not levels:
        return Rated(None, tuple(symptoms), tuple(chosen))
    parts = -(-len(levels) // size) if size else 1
    part = min(part, parts)
    shown = levels[(part - 1) * size : part * size] if size else levels
    block = column_days(period.days, width, least, STEPS[1:]) if period.days > LONG_PERIOD else 1
    data = RatedData(
        first=period.first,
        last=period.last,
        medications=doses,
        symptoms=_symptoms(owner, period, latest, shown, by_key, block),
        block=block,
        entry_days=frozenset(entry_days(owner, period.first, period.last)),
        stretches=stretches,
        highest=_highest(owner, period, chosen),
        all_levels=tuple(levels),
        part=part,
        parts=parts,
    )
    return Rated(data, tuple(symptoms), tuple(chosen))


def _named(symptoms: Sequence[DailyMeasure], slugs: Sequence[str]) -> list[DailyMeasure]:
    """The symptoms with these slugs, each once. Raises UnknownName."""
    by_key = {measure.key: measure for measure in symptoms}
    wanted = [slug for slug in dict.fromkeys(slugs) if slug]
    for slug in wanted:
        if slug not in by_key:
            raise UnknownName(f"“{slug[:60]}” is not among what you keep an eye on.")
    return [by_key[slug] for slug in wanted]


def _doses(
    history: Steps, period: Period, key: int | None
) -> tuple[tuple[OtherMedication, ...], list[Sequence[DoseChange]]]:
    """The medications with their doses as the overview draws them, the chosen one first; and all that is on record."""
    main = choose_medication(history, key)
    steps = steps_within(history, main, period)
    shown = sorted(steps, key=lambda one: one != main)
    drawn = tuple(OtherMedication(one.name, dose_changes(steps[one])) for one in shown)
    return drawn, [dose_changes(of_one) for of_one in history.values()]


def _levels(owner, period: Period, stretches: Compared, measures: Sequence[DailyMeasure]) -> list[Levels]:
    """Each measure's means, in order of change."""
    whole = Span(period.first, period.last)
    found = means(owner, [whole, *stretches.spans], measures)
    levels = []
    for measure in measures:
        all_of_it, *compared = found[measure.key]
        before, now = stretches.pair(compared)
        levels.append(Levels(measure.key, measure.name, before, now, all_of_it, measure.private))
    return by_change(levels)


def _symptoms(
    owner,
    period: Period,
    latest: dt.date | None,
    levels: Sequence[Levels],
    measures: Mapping[str, DailyMeasure],
    block: int,
) -> tuple[RatedSymptom, ...]:
    """The days of what is drawn, or over 400 days blocks of so many. One query."""
    drawn = [measures[one.key] for one in levels]
    if block == 1:
        daily = daily_of(owner, period.first, period.last, drawn)
        return tuple(RatedSymptom(one, daily[one.key].values) for one in levels)
    blocks = blocks_of(owner, period.first, period.last, drawn, anchor_of(latest, period.last), block)
    return tuple(RatedSymptom(one, blocks=blocks[one.key]) for one in levels)


def _highest(owner, period: Period, measures: Sequence[DailyMeasure]) -> Decimal:
    """The highest day of any of these symptoms. One query."""
    keys = [measure.symptom for measure in measures]
    ratings = Rating.objects.of(owner).filter(entry__date__range=(period.first, period.last), symptom__in=keys)
    return ratings.aggregate(highest=Max("severity"))["highest"] or Decimal(0)


def blocks_of(
    owner, first: dt.date, last: dt.date, measures: Sequence[DailyMeasure], anchor: dt.date, days: int = WEEK
) -> dict[str, tuple[Piece, ...]]:
    """Per symptom its blocks of ``days``, one beginning at ``anchor``, added up by the database. One query.

    Exact: the database adds up tenths, a row for each number of check-ins that a day is the mean of.
    """
    by_symptom = {measure.symptom: measure.key for measure in measures}
    found: dict[str, dict[int, Piece]] = {measure.key: {} for measure in measures}
    start = first - dt.timedelta((first - anchor).days % days)
    block = _Block(F("entry__date"), Value(start, output_field=DateField()), days=days)
    ratings = Rating.objects.of(owner).filter(entry__date__range=(first, last), symptom__in=by_symptom)
    rows = ratings.annotate(block=block).order_by().values("symptom_id", "readings", "block")
    value = Coalesce("total", "severity")
    for row in rows.annotate(added=Sum(value), n=Count("pk"), low=Min(value), high=Max(value)):
        blocks, number, of = found[by_symptom[row["symptom_id"]]], row["block"], row["readings"] or 1
        begins = start + dt.timedelta(days * number)
        total, low, high, n = exact_sum(row["added"]), row["low"], row["high"], row["n"]
        if of > 1:
            total, low, high = Fraction(total) / of, low / of, high / of
        if so_far := blocks.get(number):
            total, n = added((total, so_far.total)), n + so_far.n
            low, high = min(low, so_far.low), max(high, so_far.high)
        end = min(begins + dt.timedelta(days - 1), last)
        blocks[number] = Piece(max(begins, first), end, total, n, low, high)
    return {key: tuple(blocks[number] for number in sorted(blocks)) for key, blocks in found.items()}


class _Block(Func):
    """Which block of ``days`` from a day on another day lies in, counted from 0, without leaving the database."""

    template = "((%(expressions)s) / %(days)s)"
    arg_joiner = " - "
    output_field = IntegerField()

    def as_sqlite(self, compiler, connection, **more):
        """SQLite keeps days as text; the difference of two Julian days is a whole number."""
        template = "(CAST(JULIANDAY(%(expressions)s) AS INTEGER) / %(days)s)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **more)
