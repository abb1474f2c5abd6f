"""What followed each dose change of a medication: the rules of docs/analysis.md on one person's record."""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Max, Q, Window, prefetch_related_objects
from django.db.models.functions import Lag
from django.utils import timezone

from journal.analysis.doses import changes
from journal.analysis.levels import FIRST_SHOWN, Level, Mean, level_since, mean_in
from journal.analysis.quiet import Quiet, quiet
from journal.analysis.responses import Response, responses
from journal.analysis.scaled import Scaled
from journal.analysis.series import Span
from journal.analysis.waves import Spell, spells
from journal.models import DoseTaken, Medication, Rating
from journal.queries.compared import compared_in
from journal.queries.doses import days_due, pattern_of, steps_in
from journal.queries.measures import BURDEN, MOOD, DailyMeasure, charted_symptoms, daily_of
from journal.queries.overview import Steps, choose_medication, dose_changes
from journal.queries.period import Period

BEFORE_TAPER = "before the taper"
BEFORE_FIRST_SHOWN = "before the first change shown"
NEW_BEFORE = 14
"""A symptom is new where it was never rated 1 or more on so many days before the change,"""
LEAST_NEW_BEFORE = 5
"""and was rated on at least so many of them."""
NEW = 1
"""So much is felt."""
MOST_STRETCHES = 200
"""In more stretches of days than this, one stretch over all of them is asked for: a condition has its limits."""


@dataclass(frozen=True)
class NewSymptom:
    """A symptom that was not there in the two weeks before a change.

    ``first``: the first day of the window on which it was rated 1 or more. ``last``: when it last was before; None
    where it never was.
    """

    name: str
    first: dt.date
    last: dt.date | None


@dataclass(frozen=True)
class Followed:
    """What followed one change. Of the medication's ``due`` doses in the window so many were ``missed``.

    ``unrecorded`` have no record, which is not "missed"; where none of those due has one, ``missed`` is None. Today's
    dose is due only once it is recorded, for the day is not over; where it is all there is, ``missed`` is None too.
    """

    response: Response
    missed: int | None
    unrecorded: int
    due: int
    new: tuple[NewSymptom, ...] = ()


@dataclass(frozen=True)
class WhatFollowed:
    """What one measure did after the changes of one medication from ``first`` to ``last``, earliest first.

    ``before`` is the mean of ``before_span``, called ``before_words``; ``recent`` that of the last 28 days. ``quiet``
    says how often the rule fires without a change, for each length of a window, the shortest first. ``level`` counts
    from the last change of any medication. ``spells`` are those from the first reduction on that reach into the period.
    """

    measure: DailyMeasure
    medication: Medication | None
    first: dt.date
    last: dt.date
    before: Mean | None
    before_span: Span | None
    before_words: str
    recent: Mean | None
    changes: tuple[Followed, ...] = ()
    quiet: tuple[Quiet, ...] = ()
    level: Level | None = None
    spells: tuple[Spell, ...] = ()


def response_measures(owner) -> list[DailyMeasure]:
    """What can be asked about: mood, burden, then the symptoms that charts may show. One query."""
    return [MOOD, BURDEN, *charted_symptoms(owner)]


def what_followed(owner, period: Period, measure: DailyMeasure, medication: int | None = None) -> WhatFollowed:
    """What followed each change of one medication in the period; at most nine queries, for any number of years.

    ``medication`` is a key; None takes the one whose dose changed last. Raises UnknownName.
    """
    return followed_by_measure(owner, period, [measure], medication)[0]


def followed_by_measure(
    owner, period: Period, measures: Sequence[DailyMeasure], medication: int | None = None
) -> list[WhatFollowed]:
    """The same for several measures, of which the doses are read only once: three queries more at most.

    The whole record of each is read: the days before the taper and those without a change are in all of it.
    """
    history = steps_in(owner, dt.date.min, period.last)
    main = choose_medication(history, medication)
    of_each = {one: changes(dose_changes(steps)) for one, steps in history.items()}
    known = sorted(change.day for found in of_each.values() for change in found if change.before is not None)
    stretches = compared_in(owner, (dose_changes(steps) for steps in history.values()), period)
    daily = daily_of(owner, dt.date.min, period.last, measures)
    main_changes = of_each.get(main, [])
    others = {c.day for one, found in of_each.items() if one != main for c in found if c.before is not None}
    around: dict[dt.date, tuple[Followed, ...]] | None = None
    made = []
    for measure in measures:
        values = daily[measure.key].values
        scaled = Scaled(values)
        before = mean_in(scaled, stretches.before) if stretches.before else None
        found = responses(
            values,
            main_changes,
            period.last,
            measure.better,
            before=before,
            others=others,
            first=period.first,
            scaled=scaled,
        )
        if around is None:  # the windows are the same for every measure
            around = _around(owner, history, main, [one.window for one in found], period)
        lengths = [one.window.days for one in found if one.is_known]
        made.append(
            WhatFollowed(
                measure=measure,
                medication=main,
                first=period.first,
                last=period.last,
                before=before,
                before_span=stretches.before if before else None,
                before_words=BEFORE_FIRST_SHOWN if stretches.since == FIRST_SHOWN else BEFORE_TAPER,
                recent=mean_in(scaled, stretches.now),
                changes=tuple(Followed(one, *around[one.change.day]) for one in found),
                quiet=quiet(scaled, known, period.last, lengths, measure.better),
                level=level_since(scaled, known[-1], period.last, before, measure.better) if known and before else None,
                spells=_spells(values, scaled, stretches.before, period, measure.better),
            )
        )
    return made


# -- levels ---------------------------------------------------------------------------------------------------------


def _spells(values: Mapping, scaled: Scaled, before: Span | None, period: Period, better: str) -> tuple[Spell, ...]:
    if before is None:
        return ()
    rated = [value for day, value in values.items() if day in before]
    found = spells(values, rated, before.last + dt.timedelta(1), period.last, better, scaled=scaled)
    return tuple(one for one in found if one.span.last >= period.first)


# -- what else happened in each window --------------------------------------------------------------------------------


def _around(
    owner, history: Steps, medication: Medication | None, windows: Sequence[Span], period: Period
) -> dict[dt.date, tuple[int | None, int, int, tuple[NewSymptom, ...]]]:
    """By the first day of its window: missed, unrecorded and due doses, and new symptoms. Six queries at most."""
    if not windows:
        return {}
    steps = history[medication]
    prefetch_related_objects(steps, "parts")
    first, last = windows[0].first, windows[-1].last
    due = days_due([pattern_of(step) for step in steps], first, last)
    doses = DoseTaken.objects.of(owner).filter(medication=medication, date__range=(first, last))
    taken = dict(doses.values_list("date", "status"))
    new = _new_symptoms(owner, windows)
    today = timezone.localdate()
    found = {}
    for window in windows:
        days = [window.first + dt.timedelta(number) for number in range(window.days)]
        is_open = today in due and today in days and today not in taken  # today is not over
        due_days = [day for day in days if day in due and not (is_open and day == today)]
        status = [taken[day] for day in due_days if day in taken]
        missed = None if (due_days or is_open) and not status else status.count(DoseTaken.Status.MISSED)
        found[window.first] = (missed, len(due_days) - len(status), len(due_days), tuple(new[window.first]))
    return found


def _new_symptoms(owner, windows: Sequence[Span]) -> dict[dt.date, list[NewSymptom]]:
    """The new symptoms of each window (they do not overlap), by its first day, in order of days. Four queries."""
    names = {measure.symptom: measure.name for measure in charted_symptoms(owner)}
    reach = Span(windows[0].first - dt.timedelta(NEW_BEFORE), windows[-1].last)
    candidates = [
        (symptom, window, day, last)
        for symptom, day, last in _felt_again(owner, list(names), reach)
        for window in _window_of(windows, day)
        if last is None or last < window.first - dt.timedelta(NEW_BEFORE)
    ]
    rated = _days_rated(owner, candidates)
    new = [one for one in candidates if _is_rated_enough(one, rated)]
    earlier = _last_felt(owner, {symptom for symptom, _, _, last in new if last is None}, reach.first)
    found: dict[dt.date, list[NewSymptom]] = {window.first: [] for window in windows}
    for symptom, window, day, last in sorted(new, key=lambda one: (one[2], names[one[0]], one[0])):
        found[window.first].append(NewSymptom(names[symptom], day, last or earlier.get(symptom)))
    return found


def _felt(owner, symptoms: Collection[int]):
    """Ratings of 1 or more. The mean of check-ins is compared as it is, not as rounded to a tenth."""
    one_or_more = Q(readings=0, severity__gte=NEW) | Q(readings__gt=0, total__gte=F("readings") * NEW)
    return Rating.objects.of(owner).filter(one_or_more, symptom__in=symptoms)


def _felt_again(owner, symptoms: Collection[int], reach: Span) -> Iterator[tuple[int, dt.date, dt.date | None]]:
    """(symptom, day, the last day before on which it was felt) where that was over two weeks before, or not in reach.

    The database looks back; only beginnings come out of it, which are few. One query.
    """
    felt = _felt(owner, symptoms).filter(entry__date__range=(reach.first, reach.last))
    before = Window(Lag("entry__date"), partition_by=F("symptom_id"), order_by=F("entry__date").asc())
    apart = F("entry__date") - dt.timedelta(NEW_BEFORE)
    rows = felt.annotate(before=before).filter(Q(before__isnull=True) | Q(before__lt=apart))
    return rows.order_by("entry__date", "symptom_id").values_list("symptom_id", "entry__date", "before")


def _last_felt(owner, symptoms: Collection[int], first: dt.date) -> dict[int, dt.date]:
    """The last day before ``first`` on which each of these was felt. One query."""
    rows = _felt(owner, symptoms).filter(entry__date__lt=first).order_by().values_list("symptom_id")
    return dict(rows.annotate(Max("entry__date")))


def _is_rated_enough(candidate: tuple, rated: Collection[tuple[int, dt.date]]) -> bool:
    symptom, window, *_ = candidate
    days = (window.first - dt.timedelta(back) for back in range(1, NEW_BEFORE + 1))
    return sum((symptom, day) in rated for day in days) >= LEAST_NEW_BEFORE


def _window_of(windows: Sequence[Span], day: dt.date) -> list[Span]:
    """The window that holds ``day``, if one does: they are in order and do not overlap."""
    place = bisect_right(windows, day, key=lambda window: window.first) - 1
    return [windows[place]] if place >= 0 and day in windows[place] else []


def _days_rated(owner, candidates: Sequence[tuple]) -> set[tuple[int, dt.date]]:
    """(symptom, day) for each rating in the two weeks before the changes of the candidates. One query."""
    stretches: list[Span] = []
    for start in sorted({window.first for _, window, _, _ in candidates}):
        first, last = start - dt.timedelta(NEW_BEFORE), start - dt.timedelta(1)
        if stretches and first <= stretches[-1].last:
            first = stretches.pop().first
        stretches.append(Span(first, last))
    if len(stretches) > MOST_STRETCHES:
        stretches = [Span(stretches[0].first, stretches[-1].last)]
    if not stretches:
        return set()
    inside = reduce(or_, (Q(entry__date__range=(one.first, one.last)) for one in stretches))
    ratings = Rating.objects.of(owner).filter(inside, symptom__in={symptom for symptom, *_ in candidates})
    return set(ratings.order_by().values_list("symptom_id", "entry__date"))
