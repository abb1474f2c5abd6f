"""The days that a chart or a summary is about."""

import datetime as dt
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.db.models import Max, Min
from django.utils import timezone

from journal.models import DailyEntry, DoseStep, DoseTaken
from journal.models.base import EARLIEST_DAY
from journal.reading import day_from

LENGTHS = (30, 90, 180, 365)
ALL = "all"
MARGIN = 30
"""A chart that was asked for may begin so many days before the record does."""


class BadPeriod(ValueError):
    """The address asks for days that make no sense; the text says what, for the person."""


@dataclass(frozen=True)
class Period:
    """Days from ``first`` to ``last``, both included. ``length`` is the choice that led here: "90", "all" or "".

    ``cut``: earlier days were asked for, and ``first`` is where the record begins.
    """

    first: dt.date
    last: dt.date
    length: str = ""
    cut: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


def record_span(owner) -> tuple[dt.date, dt.date] | None:
    """The first and the last day with anything on record (dose steps included); None for an empty journal."""
    ends = [
        DailyEntry.objects.of(owner).aggregate(first=Min("date"), last=Max("date")),
        DoseTaken.objects.of(owner).aggregate(first=Min("date"), last=Max("date")),
        DoseStep.objects.of(owner).aggregate(first=Min("starts_on"), last=Max("starts_on")),
    ]
    firsts = [end["first"] for end in ends if end["first"]]
    return (min(firsts), max(end["last"] for end in ends if end["last"])) if firsts else None


def period_from(owner, query, default: int = 90) -> Period:
    """The period that ``query`` (a QueryDict or dict) names: from and to, or days=30|90|180|365|all.

    Raises BadPeriod with a sentence for anything else. ``to`` alone ends a period of the default length; ``from``
    alone runs to today.
    """
    today = timezone.localdate()
    given = {name: query.get(name, "").strip() for name in ("from", "to")}
    if any(given.values()):
        last = _day(given["to"], "to") if given["to"] else today
        first = _day(given["from"], "from") if given["from"] else last - dt.timedelta(default - 1)
        if last > today:
            raise BadPeriod(f"{_said(last)} is still to come. The last day can be today, {_said(today)}.")
        return _in_order(first, last)
    length = query.get("days", "").strip() or str(default)
    if length == ALL:
        span = record_span(owner)
        return Period(min(span[0], today) if span else today - dt.timedelta(default - 1), today, ALL)
    if length not in {str(number) for number in LENGTHS}:
        raise BadPeriod("The number of days can be 30, 90, 180, 365 or all.")
    return Period(today - dt.timedelta(int(length) - 1), today, length)


def charted_period(owner, query, default: int = 90) -> Period:
    """As ``period_from``, for a chart: dates from more than ``MARGIN`` days before the record on begin with it.

    Else a taper asked for from 1926 on is a smear at the right edge. A period as long as a length that pages offer
    stays: such dates are what a page's files are called by, and they draw what the page does. One that ends before the
    record begins stays too, so that the page can say so.
    """
    period = period_from(owner, query, default)
    if period.length or period.days in LENGTHS:
        return period
    span = record_span(owner)
    if span is None or period.last < span[0] or (span[0] - period.first).days <= MARGIN:
        return period
    return replace(period, first=span[0], cut=True)


def period_within(query, whole: Period, latest: dt.date) -> Period:
    """The period from ``from`` to ``to`` of ``query``, each by default that of ``whole``; ``to`` is at most ``latest``.

    Raises BadPeriod with a sentence for anything else.
    """
    first, last = (query.get(name, "").strip() for name in ("from", "to"))
    period = _in_order(_day(first, "from") if first else whole.first, _day(last, "to") if last else whole.last)
    if period.last > latest:
        raise BadPeriod(f"{_said(period.last)} is too far ahead. The last day can be {_said(latest)}.")
    return period


def _in_order(first: dt.date, last: dt.date) -> Period:
    if first > last:
        raise BadPeriod(f"The period begins on {_said(first)}, after it ends on {_said(last)}.")
    return Period(first, last)


def _said(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _day(text: str, name: str) -> dt.date:
    try:
        day = day_from(text)
    except ValidationError as error:
        raise BadPeriod(f"“{name}”: {error.messages[0]}") from error
    if day < EARLIEST_DAY:
        raise BadPeriod(f"“{name}”: {day.year} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")
    return day
