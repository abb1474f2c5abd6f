"""Days without a record, and days of which the person said that they do not remember them.

(What fills them is in ``catch_up_days``: this file knows nothing of entries beyond their dates, so that the writer of
a day can call ``remember``.)
"""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Value

from journal.models import DailyEntry, DoseTaken, ForgottenDay

GAP_DAYS = 30
"""So far back a day is asked about: nobody remembers an ordinary one for longer."""


def gap(owner, today: dt.date) -> list[dt.date]:
    """The days of the last 30 without a record, the latest first. Two queries.

    Not today, which is not over; not the days before the first on record, when there was no journal; and not those
    that the person does not remember.
    """
    first, last = today - dt.timedelta(GAP_DAYS), today - dt.timedelta(1)
    forgotten = _marked(ForgottenDay.objects.of(owner).filter(date__range=(first, last)), True)
    records = [model.objects.of(owner) for model in (DailyEntry, DoseTaken)]
    entries, doses = (_marked(rows.filter(date__range=(first, today)), False) for rows in records)
    found = dict(entries.union(doses, forgotten).order_by("forgotten"))
    recorded = [day for day, is_forgotten in found.items() if not is_forgotten]
    entries, doses = (_marked(rows.filter(date__lt=first), False) for rows in records)
    begin = first if entries.union(doses).exists() else min(recorded, default=today)
    days = (last - dt.timedelta(number) for number in range((last - begin).days + 1))
    return [day for day in days if day not in found]


def _marked(rows, forgotten: bool):
    return rows.order_by().annotate(forgotten=Value(forgotten)).values_list("date", "forgotten")


def forgotten_lately(owner, today: dt.date) -> list[dt.date]:
    """The days of the last 30 that the person does not remember, the latest first. One query.

    Not those that have a record by now, from a check-in, say.
    """
    days = ForgottenDay.objects.of(owner).filter(date__range=(today - dt.timedelta(GAP_DAYS), today))
    for model in (DailyEntry, DoseTaken):
        days = days.exclude(date__in=model.objects.of(owner).values("date"))
    return list(days.order_by("-date").values_list("date", flat=True))


def is_forgotten(owner, day: dt.date) -> bool:
    """Whether the person said that they do not remember this day. One query."""
    return ForgottenDay.objects.of(owner).filter(date=day).exists()


def forget(owner, days: Iterable[dt.date]) -> None:
    """The person does not remember these. One query."""
    rows = [ForgottenDay(owner=owner, date=day) for day in days]
    ForgottenDay.objects.bulk_create(rows, ignore_conflicts=True)  # said already, by a second press for one


def remember(owner, *days: dt.date) -> None:
    """The person does, after all. One query."""
    ForgottenDay.objects.of(owner).filter(date__in=days).delete()
