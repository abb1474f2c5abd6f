"""Occupancy as a second panel under the dose: it never stands there unnamed."""

import dataclasses
from datetime import date
from decimal import Decimal

import pytest

from journal.charts.model import Occupied, OtherMedication, Share
from journal.charts.overview import overview, overview_sheet
from journal.charts.sizes import SIZES
from journal.charts.table import overview_table, table_text

from .charting import NASTY, assert_known_classes, assert_texts_are_clear, day, parse, record, steps, texts

CURVE = "Sørensen 2022, striatum"


def occupied(*pairs, curve=CURVE) -> Occupied:
    return Occupied("sorensen-2022-striatum", curve, tuple(Share(day(n), Decimal(str(p))) for n, p in pairs))


DOWN = occupied((-30, "69.8"), (40, "65"), (80, "57.04"))


@pytest.mark.parametrize("size", sorted(SIZES))
@pytest.mark.parametrize("days", [1, 120, 500])
def test_it_works(size, days):
    sheet = overview_sheet(record(days, occupancy=DOWN), size, standalone=True)  # it has margins
    svg = sheet.chart().svg
    assert any(CURVE in text for text in texts(svg))
    assert CURVE in sheet.note and "group average" in sheet.note and CURVE in sheet.description
    assert "70 %" in texts(svg) or "57 %" in texts(svg)
    assert_texts_are_clear(svg)
    assert_known_classes(svg)


def test_without_it_nothing_is_different():
    assert "ccup" not in overview(record()).svg


@pytest.mark.parametrize("size", ["wide", "compact"])
def test_forty_steps_and_a_second_medication(size):
    many = occupied(*((3 * n, 90 - 2 * n) for n in range(40)))
    other = (OtherMedication("Mirtazapine", steps((10, 15))),)
    assert_texts_are_clear(overview(record(occupancy=many, other_medications=other), size, standalone=True).svg)


@pytest.mark.parametrize("curve", NASTY)
def test_any_name_is_only_text(curve):
    for size in ("wide", "compact"):
        parse(overview(record(occupancy=dataclasses.replace(DOWN, curve=curve)), size).svg)


def test_the_table_has_a_column_with_the_curve_in_its_head():
    headers, rows = overview_table(record(occupancy=DOWN))
    place = headers.index(f"Occupied, about, % by {CURVE}")
    assert headers[place - 1] == "Sertraline, mg a day"
    by_day = {row[0]: row[place] for row in rows}
    assert [by_day[day(n)] for n in (0, 39, 40, 80, 119)] == [70, 70, 65, 57, 57]
    assert table_text(headers, rows)[0][place] == "70"


def test_before_the_first_step_nothing_is_occupied_by_it():
    _, rows = overview_table(record(occupancy=occupied((40, 65))))
    assert rows[0][2] is None and rows[40][2] == 65


def test_a_share_is_a_step():
    assert Share(date(2026, 1, 1), Decimal(5)).mg == 5
