"""The dose line of one medication's page."""

import datetime as dt
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from journal.charts.dose import DOSE_SIZES, DoseData, dose_chart
from journal.charts.model import DoseChange

D = dt.date


TODAY = D(2026, 11, 22)


def data(*steps, today=TODAY, name="Venlafaxine"):
    return DoseData(name, tuple(DoseChange(day, Decimal(mg)) for day, mg in steps), today)


TAPER = [(D(2026, 8, 28), "60"), (D(2026, 10, 2), "48"), (D(2026, 11, 13), "37.5")]


@pytest.mark.parametrize("size", DOSE_SIZES)
def test_it_works(size):
    chart = dose_chart(data(*TAPER), size)
    ET.fromstring(chart.svg)
    assert chart.title == "Venlafaxine, mg a day"
    assert chart.description == "60 mg from 28 Aug 2026, 48 mg from 2 Oct 2026, 37.5 mg from 13 Nov 2026"
    assert chart.width == DOSE_SIZES[size].width
    for label in (">60 mg<", ">37.5 mg<"):
        assert label in chart.svg


def test_the_same_steps_make_the_same_bytes():
    assert dose_chart(data(*TAPER)).svg == dose_chart(data(*TAPER)).svg


def test_the_line_runs_to_today_while_a_dose_is_taken():
    assert data(*TAPER).period.last == D(2026, 11, 22)


@pytest.mark.parametrize(
    ("stopped", "last"),
    [(D(2026, 11, 19), D(2026, 11, 22)), (D(2026, 9, 1), D(2026, 10, 28)), (D(2025, 12, 29), D(2026, 1, 26))],
)
def test_long_after_a_stop_the_steps_stay_in_sight(stopped, last):
    begun = D(2026, 1, 15) if stopped.year == 2026 else D(2025, 12, 1)
    assert data((begun, "10"), (stopped, "0")).period.last == last


@pytest.mark.parametrize(
    "steps",
    [
        [(D(2026, 11, 22), "5")],
        [(D(2026, 11, 22), "0")],
        [(D(1950, 1, 1), "10000"), (D(2026, 1, 1), "0.001")],
        [(D(2026, 1, 1) + dt.timedelta(n), str(500 - n)) for n in range(200)],
        [(D(2026, 11, 23), "5")],  # tomorrow, after a flight to the west
    ],
)
@pytest.mark.parametrize("size", DOSE_SIZES)
def test_any_history_can_be_drawn(steps, size):
    ET.fromstring(dose_chart(data(*steps), size).svg)


def test_a_name_is_only_text():
    svg = dose_chart(data(*TAPER, name=r"<script>$\foo$ سيرترالين 😀")).svg
    assert "<script>" not in svg
    assert r"$\foo$" in svg
    ET.fromstring(svg)
