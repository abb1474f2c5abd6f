"""How it was: levels by block, the strips of a chart, and what the symptoms that rose most did after each change."""

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from django.db.models import Count, Q, Sum

from journal.analysis.blocks import Block
from journal.analysis.levels import Compared, Mean
from journal.analysis.numbers import exact, exact_sum
from journal.analysis.rates import rates
from journal.analysis.series import LONG_PERIOD, Span, calendar_weeks
from journal.catalogue.measures import SUBSTANCES
from journal.charts.model import Strip
from journal.models import Measurement, Medication, Rating
from journal.queries.around import FELT
from journal.queries.looks import SHORT_NIGHT
from journal.queries.measures import ENTRY_MEASURES, MOOD, SHARED_BURDEN, DailyMeasure, daily_of, means
from journal.queries.overview import DRAWN, Steps, by_rule
from journal.queries.period import Period
from journal.queries.responses import Followed, Record, followed_changes, what_measure_did
from journal.summary.model import Level, Measured, Sleep, Substance, Worst

LEAST = 7
"""Values in the first and in the last block before a change is printed."""
LEAST_NEVER = 14
"""A symptom that was never felt is named from so many rated days on."""
MORE_WORST = 2
"""The worst day is told of so many symptoms besides those whose responses are printed."""
BURDEN_TOP = 3
"""Where burden ends on paper, as long as no day was higher."""


class Levels:
    """The days and means of a period, read once, and the parts of a Summary that are made of them.

    ``symptoms``: those that others may be told of. ``blocks``: the columns of the table of levels; the last of them is
    "now". ``trends``: the stretches by which Trends says what rose most, where those are others.
    """

    def __init__(
        self,
        owner,
        period: Period,
        history: Steps,
        stretches: Compared,
        blocks: Sequence[Block],
        symptoms: Sequence[DailyMeasure],
        trends: Compared | None = None,
    ) -> None:
        self.owner, self.period, self.stretches, self.symptoms = owner, period, stretches, symptoms
        trends = trends or stretches
        self.span = Span(period.first, period.last)
        self.n_blocks = len(blocks)
        spans = [*(block.span for block in blocks), self.span, *stretches.spans, *trends.spans]
        self.found = means(owner, spans, (SHARED_BURDEN, *ENTRY_MEASURES, *symptoms))
        self.n_compared = len(stretches.spans)
        as_there = {
            one.key: trends.pair(self.found[one.key][self.n_blocks + 1 + self.n_compared :]) for one in symptoms
        }
        rose, rest = by_rule(symptoms, {one.key: (self.whole(one), *as_there[one.key]) for one in symptoms})
        self.ordered, self.ranked = [*rose, *rest], frozenset(one.key for one in rose)
        self.chosen = self.ordered[:DRAWN]
        read = (SHARED_BURDEN, *ENTRY_MEASURES, *self.ordered[: DRAWN + MORE_WORST])
        self.record = Record(
            owner=owner,
            period=period,
            history=history,
            stretches=stretches,
            daily=daily_of(owner, dt.date.min, period.last, read),
            symptoms=symptoms,
        )
        self._main: Mapping[str, Sequence[Followed]] = {}

    # -- means ------------------------------------------------------------------------------------------------------

    def whole(self, measure: DailyMeasure) -> Mean | None:
        """The mean of the period."""
        return self.found[measure.key][self.n_blocks]

    def pair(self, measure: DailyMeasure) -> tuple[Mean | None, Mean | None]:
        """(before the taper, now)."""
        first = self.n_blocks + 1
        return self.stretches.pair(self.found[measure.key][first : first + self.n_compared])

    def in_period(self, measure: DailyMeasure) -> dict[dt.date, Fraction]:
        """The values of the period by day, in order."""
        values = self.record.daily[measure.key].values
        return {day: value for day, value in values.items() if day in self.span}

    # -- what followed each change --------------------------------------------------------------------------------

    def followed(self, medications: Sequence[Medication]) -> dict[Medication, dict[dt.date, tuple[Followed, ...]]]:
        """By medication and day of the change what each of the ``chosen`` did. Of the first one, ``measured`` tells."""
        found = followed_changes(self.record, self.chosen, medications)
        if medications:
            self._main = found[medications[0]]
        return {one: _by_day([of_one[measure.key] for measure in self.chosen]) for one, of_one in found.items()}

    def measured(self, main: Medication | None) -> tuple[Measured, ...]:
        """The symptoms that rose most. ``followed`` comes first; ``main`` is the first medication that it was given."""
        return tuple(self._measured(one, main) for one in self.chosen)

    def _measured(self, measure: DailyMeasure, main: Medication | None) -> Measured:
        what = what_measure_did(self.record, measure, main, self._main.get(measure.key, ()))
        before, recent = self.pair(measure)
        of_main = rates([one.response for one in what.changes], what.quiet)
        return Measured(measure, before, recent, of_main, what.level, measure.key in self.ranked)

    # -- the table of levels ----------------------------------------------------------------------------------------

    def of_symptoms(self) -> tuple[Level, ...]:
        """Rated ones only: those that rose most, then the largest rise first; those without a change last, by name."""
        levels = [level for one in self.symptoms if any((level := self._level(one)).means)]
        first = [one.key for one in self.chosen]

        def place(level: Level):
            if level.key in first:
                return 0, first.index(level.key), ""
            return 1 + (level.change is None), -(level.change or Fraction(0)), level.name.casefold()

        return tuple(sorted(levels, key=place))

    def shifts(self) -> tuple[Level, ...]:
        """The rated symptoms that a rule may choose: the largest change first, those without one last."""
        open_to_rules = {one.key for one in self.symptoms if not one.private}
        found = [level for level in self.of_symptoms() if level.key in open_to_rules]
        return tuple(sorted(found, key=lambda one: (one.change is None, -abs(one.change or 0))))

    def wellbeing(self) -> tuple[Level, ...]:
        """Mood, energy, sleep and function, rated or not."""
        return tuple(self._level(one) for one in ENTRY_MEASURES)

    def _level(self, measure: DailyMeasure) -> Level:
        return level_of(measure, self.found[measure.key][: self.n_blocks], LEAST)

    # -- strips -------------------------------------------------------------------------------------------------------

    def strips(self) -> dict[str, Strip]:
        """What a page can draw, by key: of what has a value in the period."""
        drawn = (SHARED_BURDEN, *ENTRY_MEASURES, *self.chosen)
        return {one.key: self._strip(one, values) for one in drawn if (values := self.in_period(one))}

    def _strip(self, measure: DailyMeasure, values: Mapping[dt.date, Fraction]) -> Strip:
        carried = frozenset(self.record.daily[measure.key].carried & values.keys())
        is_long = self.period.days > LONG_PERIOD
        before, now = self.pair(measure)
        is_burden = measure == SHARED_BURDEN
        return Strip(
            measure.key,
            measure.name,
            {} if is_long else values,
            measure.better,
            note=f"mean of {self.burden_of}" if is_burden else "",
            top=BURDEN_TOP if is_burden and max(values.values()) <= BURDEN_TOP else None,
            carried=frozenset() if is_long else carried,
            weeks=tuple(calendar_weeks(values, self.span, carried)) if is_long else None,
            before=before,
            now=now,
        )

    @property
    def burden_of(self) -> int:
        """How many symptoms were rated in the period: burden is their mean."""
        return sum(self.whole(one) is not None for one in self.symptoms)

    # -- single facts -------------------------------------------------------------------------------------------------

    def sleep_nights(self) -> int:
        """Nights of the period with something about them: hours, how it was, or both."""
        of_nights = (one for one in ENTRY_MEASURES if one.key in ("sleep_hours", "sleep_quality"))
        return len(set().union(*(self.in_period(one) for one in of_nights)))

    def sleep(self) -> Sleep | None:
        """Short nights now and before the taper; None where hours were never written down in either."""
        nights = self.record.daily["sleep_hours"].values
        counted_before, (short, now) = self.stretches.pair([_short(nights, span) for span in self.stretches.spans])
        short_before, before = counted_before or (0, 0)
        return Sleep(short, now, short_before, before) if now or before else None

    def worst(self) -> tuple[Worst, ...]:
        """The highest day of the symptoms that rose most and of two more, the first of equals, and the lowest mood."""
        found = []
        for measure in (*self.ordered[: DRAWN + MORE_WORST], MOOD):
            values = self.in_period(measure)
            if values:
                day = (min if measure.better == "up" else max)(values, key=values.__getitem__)
                found.append((measure, Worst(measure.name, Fraction(exact(values[day])), day)))
        return tuple(one for measure, one in found if one.value or measure.better == "up")

    def never(self) -> tuple[str, ...]:
        """Symptoms rated on two weeks of days and never felt, in the person's order. One query."""
        names = {one.symptom: one.name for one in self.symptoms}
        rows = Rating.objects.of(self.owner).filter(
            entry__date__range=(self.period.first, self.period.last), symptom__in=names
        )
        counted = rows.order_by().values("symptom").annotate(n=Count("pk"), felt=Count("pk", filter=FELT))
        never = {row["symptom"] for row in counted if row["n"] >= LEAST_NEVER and not row["felt"]}
        return tuple(name for symptom, name in names.items() if symptom in never)

    def substances(self) -> tuple[Substance, ...]:
        """Alcohol and the like, of those recorded in the period. One query."""
        rows = Measurement.objects.of(self.owner).filter(
            entry__date__range=(self.period.first, self.period.last), measure__builtin__in=SUBSTANCES
        )
        counted = rows.order_by().values("measure__builtin", "measure__name", "measure__unit")
        counted = counted.annotate(
            n=Count("pk"),
            sum=Sum("value"),
            used=Count("pk", filter=Q(value__gt=0)),
            taken_over=Count("pk", filter=Q(carried=True)),
        )
        return tuple(
            Substance(
                name=row["measure__name"],
                unit=row["measure__unit"],
                n=row["n"],
                used=row["used"],
                mean=Mean(Fraction(exact_sum(row["sum"], 3)) / row["n"], row["n"], self.period.days, row["taken_over"]),
            )
            for row in sorted(counted, key=lambda row: SUBSTANCES.index(row["measure__builtin"]))
        )


def level_of(measure: DailyMeasure, cells: Sequence[Mean | None], least: int) -> Level:
    """One row of the table; ``least`` values in the first and in the last block before a change is told."""
    first, last = cells[0], cells[-1]
    known = len(cells) > 1 and first and last and min(first.n, last.n) >= least
    change = last.value - first.value if known else None
    return Level(measure.key, measure.name, measure.unit, measure.better, tuple(cells), change)


def _by_day(of_each: Sequence[Sequence[Followed]]) -> dict[dt.date, tuple[Followed, ...]]:
    """By day of the change one of each measure; the changes of all are the same."""
    return {of_day[0].response.change.day: of_day for of_day in zip(*of_each, strict=True)}


def _short(nights: Mapping[dt.date, Fraction], span: Span) -> tuple[int, int]:
    """(how many nights were short, of how many)."""
    hours = [value for day, value in nights.items() if day in span]
    return sum(value < SHORT_NIGHT for value in hours), len(hours)
