"""One symptom in detail: the whole scale, and the check-ins at their hours."""

import dataclasses
from datetime import time
from decimal import Decimal

import pytest

from journal.charts.data import DetailData, Moment
from journal.charts.model import OtherMedication, OverviewData, Strip
from journal.charts.symptom import symptom_sheet, symptom_table
from journal.charts.table import overview_table, table_text

from .charting import (
    NASTY,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    noise,
    parse,
    paths,
    record,
    steps,
    text_boxes,
    texts,
    vertices,
)

SIZES = ("wide", "compact")


def detail(days: int = 60, *, values=None, name="Nausea", better="down", check_ins=(), **more) -> DetailData:
    """One symptom over `days`; `check_ins` as (day number, hour, value)."""
    strip = Strip("nausea", name, noise(days, 2, 2) if values is None else values, better)
    data = record(days, strips=(strip,), **more)
    fields = {field.name: getattr(data, field.name) for field in dataclasses.fields(OverviewData)}
    moments = tuple(Moment(day(n), time(int(hour), int(hour % 1 * 60)), Decimal(str(v))) for n, hour, v in check_ins)
    return DetailData(**fields, check_ins=moments)


def drawn(data, size="wide", **options):
    return symptom_sheet(data, size, **options).chart()


def tick_y(svg: str, tick: str) -> float:
    """The height of a number at the left, from its baseline."""
    box = next(box for text, box in text_boxes(svg) if text == tick)
    return box.bottom - 0.02 * 14 - 0.36 * 14


@pytest.mark.parametrize("size", SIZES)
def test_the_scale_is_0_to_10_whatever_the_values(size):
    for level in (0.5, 3, 5.5):
        svg = drawn(detail(values=noise(60, level)), size).svg
        assert {"0", "3", "6", "10"} <= set(texts(svg))
        high, low = tick_y(svg, "10"), max(b.bottom for t, b in text_boxes(svg) if t == "0") - 0.38 * 14
        assert low - high == pytest.approx(160, abs=0.2)
        assert_texts_are_clear(drawn(detail(values=noise(60, level)), size, standalone=True).svg)
        assert_known_classes(svg)


def test_a_check_in_stands_at_its_hour_and_its_value():
    """60 days over 868 - 102 - 126 = 640 units: a day is 10.67 wide. Value 4 of 10 on 160 units."""
    svg = drawn(detail(check_ins=[(10, 0, 4), (10, 12, 4), (10, 18.5, 4)])).svg
    (rings,) = [path for path in paths(svg, "s c-worse-point") if len(vertices(path)) == 3]
    foot = max(b.bottom for t, b in text_boxes(svg) if t == "0") - 0.38 * 14
    xs, ys = zip(*vertices(rings), strict=True)
    assert ys == pytest.approx([foot - 64] * 3, abs=0.2)
    width = 640 / 60
    left = 102 + 10 * width
    assert xs == pytest.approx([left - 0.05, left + width / 2 - 0.05, left + width * 18.5 / 24 - 0.05], abs=0.1)
    assert [vertices(path) for path in paths(svg, "s c-surface")] == [vertices(rings)], "each has a hole"


def test_the_points_of_the_days_lie_over_the_check_ins():
    svg = drawn(detail(check_ins=[(10, 8, 4)])).svg
    classes = [element.attrib.get("class") for element in parse(svg).iter()]
    assert classes.index("s c-surface") < len(classes) - classes[::-1].index("s c-worse-point")


def test_words():
    chart = drawn(detail(check_ins=[(10, 8, 4), (11, 8, 5)]))
    assert "Rings: 2 check-ins, each at its hour." in chart.note
    assert "Scale 0–10." in chart.note
    assert "2 check-ins, from 4.0 to 5.0." in chart.description
    assert "Rings" not in drawn(detail()).note
    assert "1 check-in, each" in drawn(detail(check_ins=[(10, 8, 4)])).note
    assert "2 low, 5 middle, 8 good." in drawn(detail(better="up"), "compact").note


def test_over_400_days_there_are_weeks_and_the_check_ins_are_left_out():
    data = dataclasses.replace(detail(500), left_out=1234)
    chart = drawn(data)
    assert "1,234 check-ins left out: over 400 days only weeks are drawn." in chart.note
    assert "Band: its lowest to its highest day." in chart.note
    assert paths(chart.svg, "f c-worse-band")


def test_the_table_is_the_overviews_with_the_times():
    data = detail(30, check_ins=[(3, 8.25, 4), (3, 21, "4.5"), (5, 12, 0)])
    headers, rows = symptom_table(data)
    plain_headers, plain = overview_table(data)
    assert headers == (*plain_headers, "check-ins")
    assert [row[:-1] for row in rows] == plain
    told = {row[0]: row[-1] for row in rows if row[-1]}
    assert told == {day(3): "08:15 4.0, 21:00 4.5", day(5): "12:00 0.0"}
    assert table_text(headers, rows)[3][-1] == "08:15 4.0, 21:00 4.5"
    assert symptom_table(detail(30)) == overview_table(detail(30))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("count", [0, 1, 2, 5, 40])
@pytest.mark.parametrize("mg", ["0.037", "1800"])
def test_labels_never_collide(size, count, mg):
    taper = steps((-30, mg), *((3 * n, Decimal(mg) * (count + 1 - n) / (count + 1)) for n in range(1, count + 1)))
    svg = drawn(detail(130, taper=taper, check_ins=[(n, 9, n % 11) for n in range(130)]), size, standalone=True).svg
    assert_texts_are_clear(svg)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NASTY)
def test_a_name_can_be_anything(size, name):
    other = (OtherMedication(name, steps((5, 10))),)
    data = detail(name=name, check_ins=[(1, 1, 1)], other_medications=other)
    svg = drawn(data, size, standalone=True).svg
    parse(svg)
    assert_texts_are_clear(svg)
    symptom_table(data)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "values",
    [{}, {day(3): Decimal(4)}, {day(n): Decimal(5) for n in range(60)}, {day(0): Decimal(0), day(59): Decimal(10)}],
)
def test_few_values(size, values):
    svg = drawn(detail(values=values, taper=steps((2, 10), (3, 5))), size, standalone=True).svg
    assert_texts_are_clear(svg)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("days", [1, 2, 3650])
def test_any_period(size, days):
    svg = drawn(detail(days, check_ins=[(0, 23.99, 10)] if days < 400 else ()), size, standalone=True).svg
    assert_texts_are_clear(svg)


def test_the_same_input_gives_the_same_bytes():
    data = detail(90, check_ins=[(n, n % 24, n % 11) for n in range(90)])
    turned = dataclasses.replace(data, entry_days=frozenset(sorted(data.entry_days, reverse=True)))
    assert drawn(data).svg == drawn(turned).svg


def test_a_gap_is_never_bridged():
    values = {d: v for d, v in noise(60, 2, 2).items() if not day(20) <= d <= day(30)}
    data = detail(values=values)
    width = (868 - 102 - 126) / 60
    corners = [x for path in paths(drawn(data).svg, "s c-worse") for x, _ in vertices(path)]
    assert corners
    assert not [x for x in corners if 102 + 20 * width < x < 102 + 31 * width]
