"""One change of dose, 30 days ago, and the days round it."""

import datetime as dt

import pytest

from journal.queries.period import Period
from tests.conftest import TODAY, make_medication, make_step

CHANGE = TODAY - dt.timedelta(30)
EVERYTHING = Period(dt.date(2020, 1, 1), TODAY)


def on(number: int) -> dt.date:
    """So many days after the change."""
    return CHANGE + dt.timedelta(number)


@pytest.fixture
def venlafaxine(alice):
    medication = make_medication(alice)
    make_step(medication, on(-300), 75, "start")
    make_step(medication, CHANGE, 37.5)
    return medication
