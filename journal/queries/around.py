"""What else happened in the days after dose changes: doses missed, and symptoms that were not there before.

The rules are those of docs/analysis.md. Read once for several medications: seven queries at most.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import F, Max, Q, Window, prefetch_related_objects
from django.db.models.functions import Lag
from django.utils import timezone

from journal.analysis.series import Span
from journal.models import DoseTaken, Medication, Rating
from journal.queries.doses import days_due, pattern_of
from journal.queries.measures import DailyMeasure
from journal.queries.overview import Steps

NEW_BEFORE = 14
"""A symptom is new where it was never rated 1 or more on so many days before the change,"""
LEAST_NEW_BEFORE = 5
"""and was rated on at least so many of them."""
NEW = 1
"""So much is felt."""
FELT = Q(readings=0, severity__gte=NEW) | Q(readings__gt=0, total__gte=F("readings") * NEW)
"""Ratings of 1 or more. The mean of check-ins is compared as it is, not as rounded to a tenth."""
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
class Around:
    """What happened in one window, as ``responses.Followed`` has it."""

    missed: int | None
    unrecorded: int
    due: int
    new: tuple[NewSymptom, ...]


Windows = Mapping[Medication, Sequence[Span]]
"""Of each medication the windows of its changes, in order; they do not overlap."""


def around(
    owner, history: Steps, windows: Windows, symptoms: Sequence[DailyMeasure]
) -> dict[Medication, dict[dt.date, Around]]:
    """By medication and the first day of the window. ``symptoms``: those that can be new."""
    windows = {one: of_one for one, of_one in windows.items() if of_one}
    if not windows:
        return {}
    prefetch_related_objects([step for one in windows for step in history[one]], "parts")
    taken = _taken(owner, windows)
    new = _new_symptoms(owner, windows, symptoms)
    return {
        one: {
            window.first: Around(*missed, tuple(new[one][window.first]))
            for window, missed in _missed(history[one], taken[one], of_one)
        }
        for one, of_one in windows.items()
    }


# -- doses ----------------------------------------------------------------------------------------------------------


def _taken(owner, windows: Windows) -> dict[Medication, dict[dt.date, str]]:
    """What is recorded of each medication from its first window to its last. One query."""
    of_any = (Q(medication=one, date__range=(of_one[0].first, of_one[-1].last)) for one, of_one in windows.items())
    found: dict[int, dict[dt.date, str]] = {one.pk: {} for one in windows}
    doses = DoseTaken.objects.of(owner).filter(reduce(or_, of_any)).order_by()
    for medication, day, status in doses.values_list("medication", "date", "status"):
        found[medication][day] = status
    return {one: found[one.pk] for one in windows}


def _missed(
    steps, taken: Mapping[dt.date, str], windows: Sequence[Span]
) -> Iterator[tuple[Span, tuple[int | None, int, int]]]:
    """(window, (missed, unrecorded and due doses))."""
    due = days_due([pattern_of(step) for step in steps], windows[0].first, windows[-1].last)
    today = timezone.localdate()
    for window in windows:
        days = [window.first + dt.timedelta(number) for number in range(window.days)]
        is_open = today in due and today in days and today not in taken  # today is not over
        due_days = [day for day in days if day in due and not (is_open and day == today)]
        status = [taken[day] for day in due_days if day in taken]
        missed = None if (due_days or is_open) and not status else status.count(DoseTaken.Status.MISSED)
        yield window, (missed, len(due_days) - len(status), len(due_days))


# -- new symptoms ---------------------------------------------------------------------------------------------------

Candidate = tuple[Medication, int, Span, dt.date, dt.date | None]
"""(medication, symptom, window, first day felt in it, the day on which it was felt before where that is known)."""


def _new_symptoms(
    owner, windows: Windows, symptoms: Sequence[DailyMeasure]
) -> dict[Medication, dict[dt.date, list[NewSymptom]]]:
    """The new symptoms of each window by its first day, in order of days. Three queries."""
    names = {measure.symptom: measure.name for measure in symptoms}
    starts = min(of_one[0].first for of_one in windows.values())
    reach = Span(starts - dt.timedelta(NEW_BEFORE), max(of_one[-1].last for of_one in windows.values()))
    candidates: list[Candidate] = [
        (one, symptom, window, day, last)
        for symptom, day, last in _felt_again(owner, list(names), reach)
        for one, of_one in windows.items()
        for window in _window_of(of_one, day)
        if last is None or last < window.first - dt.timedelta(NEW_BEFORE)
    ]
    rated = _days_rated(owner, candidates)
    new = [one for one in candidates if _is_rated_enough(one, rated)]
    earlier = _last_felt(owner, {symptom for _, symptom, _, _, last in new if last is None}, reach.first)
    found = {one: {window.first: [] for window in of_one} for one, of_one in windows.items()}
    for medication, symptom, window, day, last in sorted(new, key=lambda one: (one[3], names[one[1]], one[1])):
        found[medication][window.first].append(NewSymptom(names[symptom], day, last or earlier.get(symptom)))
    return found


def _felt(owner, symptoms: Collection[int]):
    return Rating.objects.of(owner).filter(FELT, symptom__in=symptoms)


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


def _is_rated_enough(candidate: Candidate, rated: Collection[tuple[int, dt.date]]) -> bool:
    _, symptom, window, *_ = candidate
    days = (window.first - dt.timedelta(back) for back in range(1, NEW_BEFORE + 1))
    return sum((symptom, day) in rated for day in days) >= LEAST_NEW_BEFORE


def _window_of(windows: Sequence[Span], day: dt.date) -> list[Span]:
    """The window that holds ``day``, if one does: they are in order and do not overlap."""
    place = bisect_right(windows, day, key=lambda window: window.first) - 1
    return [windows[place]] if place >= 0 and day in windows[place] else []


def _days_rated(owner, candidates: Sequence[Candidate]) -> set[tuple[int, dt.date]]:
    """(symptom, day) for each rating in the two weeks before the changes of the candidates. One query."""
    stretches: list[Span] = []
    for start in sorted({window.first for _, _, window, *_ in candidates}):
        first, last = start - dt.timedelta(NEW_BEFORE), start - dt.timedelta(1)
        if stretches and first <= stretches[-1].last:
            first = stretches.pop().first
        stretches.append(Span(first, last))
    if len(stretches) > MOST_STRETCHES:
        stretches = [Span(stretches[0].first, stretches[-1].last)]
    if not stretches:
        return set()
    inside = reduce(or_, (Q(entry__date__range=(one.first, one.last)) for one in stretches))
    ratings = Rating.objects.of(owner).filter(inside, symptom__in={symptom for _, symptom, *_ in candidates})
    return set(ratings.order_by().values_list("symptom_id", "entry__date"))
