"""What a device keeps of a journal for days without a connection: what is asked, and the present doses; no answers."""

import dataclasses
import datetime as dt

from journal.models.base import EARLIEST_DAY
from journal.queries.doses import due_on
from journal.queries.entries import Day, DoseOfDay, day_of

BEFORE_ALL = EARLIEST_DAY - dt.timedelta(2)
"""A day about which nobody can write anything, nor about the day before it."""


def blank_day(owner, today: dt.date) -> Day:
    """A day on which nothing is recorded, with all that this person can record and the doses of ``today``.

    Medications of which ``today`` is an off-day are on it as well: the page may be opened for another day.
    """
    due = due_on(owner, today, taken={})
    doses = tuple(DoseOfDay(one.medication, one, None, None) for one in due if one.mg_a_day > 0)
    return dataclasses.replace(day_of(owner, BEFORE_ALL), date=today, doses=doses, due=tuple(due))
