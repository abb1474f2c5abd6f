"""Whether an entry was written, or changed, on a later day than the one it is about. One rule, for every page."""

import datetime as dt

from django.utils import timezone

from journal.models import DailyEntry


def later(entry: DailyEntry | None) -> str:
    """What ``later_words`` says of an entry, by the calendar of the person's own zone; blank for nothing."""
    if entry is None or entry.pk is None:
        return ""
    return later_words(entry.date, timezone.localdate(entry.created), timezone.localdate(entry.updated))


def later_words(day: dt.date, written: dt.date, changed: dt.date) -> str:
    """Say "written 3 days later", "changed 5 days later" or both; blank for what was written on its day and left so.

    A change on the day of the writing is part of the writing.
    """
    said = [f"written {_days(written - day)} later"] if written > day else []
    if changed > max(day, written):
        said.append(f"changed {_days(changed - day)} later")
    return ", ".join(said)


def on_its_day(date: dt.date) -> dict[str, dt.datetime]:
    """``created`` and ``updated`` of an entry that comes from elsewhere: noon of its day, where the person is."""
    noon = timezone.make_aware(dt.datetime.combine(date, dt.time(12)))
    return {"created": noon, "updated": noon}


def _days(time: dt.timedelta) -> str:
    return f"{time.days:,}\u00a0day{'' if time.days == 1 else 's'}"
