"""The year as a calendar: a row a month, a cell a day."""

import dataclasses
import re
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.series import Span
from journal.charts.heat import EDGES, heat_role, ink_role
from journal.charts.table import table_text
from journal.charts.theme import DARK, LIGHT
from journal.charts.year import YearData, first_shown, months_table, year_sheet, year_table

from .charting import (
    CSS,
    NASTY,
    SVG,
    assert_known_classes,
    assert_texts_are_clear,
    noise,
    parse,
    paths,
    real_taper,
    text_boxes,
    texts,
)
from .test_charts_css import contrast, variables

SIZES = ("wide", "compact")
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def made(values, first=FIRST, last=LAST, doses=None, record=..., **more) -> YearData:
    span = Span(first, last) if record is ... else record
    more = {"name": "Irritability", "better": "down"} | more
    return YearData(first, last, values=values, doses=doses or {}, record=span, **more)


DOSES = {date(2026, 1, 1): Decimal(1800), date(2026, 1, 20): Decimal("12.5"), date(2026, 3, 5): Decimal(150)}
DOSES |= {date(2026, 3, 6): Decimal(75), date(2026, 12, 31): Decimal("0.037")}
CASES = {
    "a year": made(noise(365, missing=0.1), doses=DOSES),
    "over a new year": made({FIRST + timedelta(n): 3 for n in range(-60, 60)}, date(2025, 11, 2), date(2026, 3, 1)),
    "one day": made({FIRST: 4}, FIRST, FIRST),
    "nothing": made({}),
    "no record": made({}, record=None),
    "all equal": made({FIRST + timedelta(n): 0 for n in range(365)}),
    "unbearable": made({FIRST + timedelta(n): 10 for n in range(365)}, doses=DOSES),
    "mood": made({FIRST + timedelta(n): n % 11 for n in range(365)}, better="up", name="Mood"),
    "a dose a day": made(noise(365), doses={FIRST + timedelta(n): 100 + n for n in range(365)}),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CASES)
def test_nothing_touches(name, size):
    for standalone in (False, True):
        svg = year_sheet(CASES[name], size, standalone=standalone).chart().svg
        assert_texts_are_clear(svg)
        assert_known_classes(svg)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NASTY)
def test_any_name_is_only_text(name, size):
    sheet = year_sheet(dataclasses.replace(CASES["a year"], name=name, medication=name), size, standalone=True)
    parse(sheet.chart().svg)
    assert sheet.title.strip()


def test_same_input_same_bytes():
    assert year_sheet(CASES["a year"]).chart().svg == year_sheet(CASES["a year"]).chart().svg


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (date(2025, 11, 28), date(2026, 11, 27), date(2025, 12, 1)),
        (date(2020, 1, 1), date(2026, 12, 31), date(2026, 1, 1)),
        (date(2026, 11, 5), date(2026, 11, 27), date(2026, 11, 5)),
        (date.min, date(1, 3, 1), date.min),
    ],
)
def test_twelve_months_at_most(first, last, shown):
    assert first_shown(first, last) == shown
    assert len(made({}, shown, last).months) <= 12


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="before it begins"):
        made({}, LAST, FIRST)


# -- cells ------------------------------------------------------------------------------------
def cells(svg: str) -> int:
    """How many cells are filled: one closed box each (the key has eight more)."""
    fills = [e.attrib for e in parse(svg).iter(f"{SVG}path") if e.attrib["class"].startswith("f c-heat")]
    return sum(a["d"].count("z") for a in fills) - 8


@pytest.mark.parametrize("size", SIZES)
def test_a_cell_for_each_day_with_a_value_and_a_dash_for_each_without(size):
    data = CASES["a year"]
    svg = year_sheet(data, size).chart().svg
    assert cells(svg) == len(data.values) < 365
    dashes = paths(svg, "s c-gap")
    assert dashes[0].count("M") == 365 - len(data.values)  # the other one is in the key


def test_days_outside_the_record_are_bare():
    data = made({date(2026, 5, 10): 2}, record=Span(date(2026, 5, 10), date(2026, 5, 12)))
    assert paths(year_sheet(data).chart().svg, "s c-gap")[0].count("M") == 2


def test_nought_has_a_tint_and_an_outline():
    svg = year_sheet(CASES["all equal"]).chart().svg
    assert cells(svg) == 365
    outlines, key = paths(svg, "s c-line")
    assert outlines.count("M") == 365 and key.count("M") == 1


@pytest.mark.parametrize(
    ("value", "role"), [(10, "0"), (Fraction(19, 2), "05"), (9, "1"), (6, "4"), (5, "4"), (2, "8")]
)
def test_where_ten_is_best_it_shades_what_is_missing_to_ten(value, role):
    svg = year_sheet(made({FIRST: value}, FIRST, FIRST, better="up")).chart().svg
    assert sum(path.count("z") for path in paths(svg, f"f c-heat-{role}")) == 2  # the cell and the key
    assert {"10", "≤2"} <= set(texts(svg))


def test_the_note_holds_on_a_dark_page_too():
    assert "The stronger the tint, the lower." in year_sheet(CASES["mood"]).note
    assert "The stronger the tint, the higher." in year_sheet(CASES["a year"]).note


# -- doses ------------------------------------------------------------------------------------
def test_a_dose_change_is_an_edge_and_its_mg_stand_where_there_is_room():
    data = CASES["a year"]
    wide, compact = (year_sheet(data, size).chart().svg for size in SIZES)
    for svg in (wide, compact):
        edges = [e.attrib["d"] for e in parse(svg).iter(f"{SVG}path") if e.attrib.get("stroke-width") == "2.6"]
        assert sum(edge.count("M") for edge in edges) == len(DOSES)
    assert {"150", "75"} <= set(texts(wide))
    assert "0.037" not in texts(wide)  # the month ends there
    assert not {"150", "75", "12.5"} & set(texts(compact))


@pytest.mark.parametrize("number", range(11))
def test_mg_read_well_on_every_tint_in_light_in_dark_and_on_paper(number):
    role = heat_role(number)
    ink = ink_role(role)
    paper = variables(re.search(r"@media print \{\s*:root[^{]*\{([^}]*)\}", CSS)[1])
    for palette in (LIGHT, DARK, paper):
        assert contrast(palette[ink], palette[role]) >= 4.5, (role, ink)


def test_every_class_has_its_ink():
    assert {ink_role(role) for role in EDGES.values()} <= set(LIGHT)


def test_mg_over_two_cells_stand_on_tints_that_bear_the_same_ink():
    start = date(2026, 1, 20)
    alike = made({start: 1, start + timedelta(1): 2}, doses={start: Decimal("12.5")})
    apart = made({start: 1, start + timedelta(1): 9}, doses={start: Decimal("12.5")})
    assert "12.5" in texts(year_sheet(alike).chart().svg)
    assert "12.5" not in texts(year_sheet(apart).chart().svg)


# -- numbers ----------------------------------------------------------------------------------
def test_the_means_say_of_how_many_days():
    values = {FIRST + timedelta(n): 2 for n in range(31)} | {date(2026, 2, 1): 4}
    svg = year_sheet(made(values, FIRST, date(2026, 2, 28))).chart().svg
    at_right = [text for text, box in text_boxes(svg) if box.left > 800]
    assert at_right == ["mean", "2.0", "4.0", "n 1"]
    assert months_table(made(values, FIRST, date(2026, 2, 28)))[1] == [
        ("Jan 2026", Decimal("2.0"), 31, 31), ("Feb 2026", Decimal("4.0"), 1, 28),
    ]  # fmt: skip


def test_the_table_has_a_row_for_each_day_of_the_record():
    data = CASES["a year"]
    headers, rows = year_table(data)
    assert headers == ("date", "Irritability", "new dose, mg a day")
    assert len(rows) == 365
    assert {row[0]: row[1] for row in rows if row[1] is not None} == data.values
    assert {row[0]: row[2] for row in rows if row[2] is not None} == DOSES
    assert table_text(headers, rows)[0][2] == "1,800"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (CASES["all equal"], "Irritability, day by day: mean 0.0 of 365 days"),
        (CASES["one day"], "Irritability, day by day: 4.0 on the one rated day"),
        (CASES["nothing"], "Irritability, day by day: none in these months"),
    ],
)
def test_titles(data, title):
    assert year_sheet(data).title == title


def test_the_real_taper():
    data = real_taper("irritability")
    values = {d: v for d, v in data.strips[1].values.items() if v is not None}
    year = made(values, data.first, data.last, {s.day: s.mg for s in data.steps})
    svg = year_sheet(year).chart().svg
    assert_texts_are_clear(svg)
    assert [row[1] for row in months_table(year)[1]] == [
        Decimal(text) for text in ("1.3", "1.5", "1.8", "2.4", "2.1", "2.6", "1.9", "2.3", "2.8")
    ]
    assert {"150", "105", "73", "51", "37", "25", "18", "12", "9", "0"} <= set(texts(svg))
