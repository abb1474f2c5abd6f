"""The small multiples: heads, scale, band and rule, and that the table is what is drawn."""

from dataclasses import replace
from decimal import Decimal

import pytest

from journal.analysis.numbers import round_half_up
from journal.charts.model import OtherMedication
from journal.charts.multiples import SIZES, multiples_sheet, multiples_table

from .charting import (
    NASTY,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    noise,
    parse,
    paths,
    steps,
    texts,
    vertices,
)
from .many import many, real_many

DRAWN = ("wide", "compact")


def drawn(data, size="wide", **options):
    return multiples_sheet(data, size, **options).chart()


def flat(before, now, days: int = 120, at: int = 60) -> dict:
    return {day(n): Decimal(str(before if n < at else now)) for n in range(days)}


EIGHT = [f"Symptom {n}" for n in range(8)]
CASES = [
    *(many(names=EIGHT[:count]) for count in range(1, 9)),
    many(taper=()),
    many(taper=steps((30, 5))),
    many(taper=steps((0, 20), (40, 10))),
    many(names=EIGHT, taper=steps(*((n * 3, 80 - n) for n in range(40)))),
    many(taper=steps((0, "0.037"), (50, "0.012"))),
    many(taper=steps((0, 1800), (50, 1350))),
    many(taper=steps((50, 20), (51, 10))),
    many(names=["x" * 60, "W" * 60, "Brain zaps and other things", "Short"]),
    many(names=EIGHT, values=[flat(10, 10)] * 8),
    *(many(days, names=EIGHT) for days in (1, 2, 8, 44, 45, 100, 253, 366, 400, 401, 700, 1500, 3650)),
    many(36500, names=["Worry"], values=[noise(900, 2)]),
    many(values=[{}, {}, {}], entry_days=frozenset()),
    many(values=[{}, {day(3): Decimal(2)}, {}]),
    many(values=[{day(n): None for n in range(120)}] * 3),
    many(values=[flat(4, 4)] * 3),
    many(values=[{d: v for d, v in noise(120).items() if not day(20) < d < day(100)}] * 3),
    many(values=[noise(120, missing=0.7)] * 3),
    many(others=(OtherMedication("Lorazepam", steps((0, 1), (100, "0.5"))),)),
]


@pytest.mark.parametrize("size", DRAWN)
@pytest.mark.parametrize("number", range(len(CASES)))
def test_no_labels_collide_whatever_is_drawn(number, size):
    for standalone in (False, True):
        svg = drawn(CASES[number], size, standalone=standalone).svg
        assert_texts_are_clear(svg)
        assert_known_classes(svg)


@pytest.mark.parametrize("size", DRAWN)
@pytest.mark.parametrize("nasty", NASTY)
def test_hostile_names_are_plain_text(nasty, size):
    data = many(names=[nasty, "Other"], others=(OtherMedication(nasty, steps((0, 3), (50, 1))),))
    chart = drawn(data, size, standalone=True)
    parse(chart.svg)
    assert_texts_are_clear(chart.svg)
    multiples_table(data)


def test_the_same_input_gives_the_same_bytes():
    for size in DRAWN:
        assert drawn(many(), size).svg == drawn(many(), size).svg


def test_a_head_is_bold_from_half_a_point_and_in_colour_for_a_rise():
    data = many(names=["Rose", "Same", "Fell"], values=[flat(1, "1.5"), flat(1, "1.4"), flat("1.5", 1)],
                taper=steps((0, 20), (60, 10)))  # fmt: skip
    found = {}
    for element in parse(drawn(data).svg).iter():
        if element.text in ("1.5", "1.4", "1.0"):
            found[element.text] = (element.attrib["class"], "font-weight" in element.attrib)
    assert found == {"1.5": ("f c-worse", True), "1.4": ("f c-ink", False), "1.0": ("f c-ink", True)}
    assert [t for t in texts(drawn(data).svg) if "→" in t] == ["1.0 →", "1.0 →", "1.5 →"]
    assert drawn(data).title == "Rose rose by 0.5; fell fell by 0.5"


def test_the_band_lies_from_the_first_to_the_latest_change_in_every_panel():
    data = many(100, names=EIGHT, taper=steps((0, 40), (20, 30), (30, 20), (50, 10)))
    size, look = SIZES["wide"]
    (edges,) = {len(paths(drawn(data).svg, "f c-band"))}
    assert edges == 8
    first = vertices(paths(drawn(data).svg, "f c-band")[0])
    xs = {x for x, _ in first}
    assert xs == {round(size.left + look.plot * 0.2, 1), round(size.left + look.plot * 0.5, 1)}
    assert (
        "Shaded: from the first dose change to the latest (upright line), to 10 mg on 20 Feb 2026." in drawn(data).note
    )


@pytest.mark.parametrize(("taper", "words"), [
    (steps((0, 40), (20, 30)), "Upright line: the dose change, to 30 mg on 21 Jan 2026."),
    (steps((0, 40)), None),
    ((), None),
])  # fmt: skip
def test_without_two_changes_nothing_is_shaded(taper, words):
    chart = drawn(many(100, taper=taper))
    assert paths(chart.svg, "f c-band") == []
    assert (words in chart.note) if words else ("pright" not in chart.note and "Shaded" not in chart.note)


def test_the_running_mean_breaks_only_at_the_first_and_the_latest_change():
    data = many(100, names=["A"], values=[flat(2, 2, 100)], taper=steps((0, 40), (20, 30), (40, 20), (60, 10)))
    (path,) = paths(drawn(data).svg, "s c-worse")[1:]  # the first is the dashed level
    assert path.count("M") == 3


def test_points_and_means_in_the_table_are_those_of_the_drawing():
    data = many(60, names=["A"], taper=())
    headers, rows = multiples_table(data)
    assert headers == ("date", "A", "A, 7-day mean")
    days = [row for row in rows if not isinstance(row[0], str)]
    assert len(days) == 60
    size, look = SIZES["wide"]
    (points,) = paths(drawn(data).svg, "s c-worse-point")
    width = look.plot / 60
    expected = [
        (round(size.left + ((d - day(0)).days + 0.5) * width - 0.05, 1), round(size.top + 84 - float(v) * 14, 1))
        for d, v, _ in days if v is not None
    ]  # fmt: skip
    assert [pytest.approx(point, abs=0.11) for point in expected] == vertices(points)
    strokes = [stroke for path in paths(drawn(data).svg, "s c-worse") for stroke in path.split("M")[1:]]
    assert sum(len(vertices(stroke)) for stroke in strokes) == sum(mean is not None for *_, mean in days)
    one = next(row for row in days if row[0] == day(30))
    near = [v for d, v in data.symptoms[0].values.items() if day(27) <= d <= day(33)]
    assert one[2] == round_half_up(sum(near) / len(near), 1)


def test_the_means_of_the_heads_end_the_table():
    data = many(names=["A", "B"], values=[flat(1, 3), flat(2, 2)], taper=steps((0, 20), (60, 10)))
    _, rows = multiples_table(data)
    assert rows[-4:] == [
        ("before the first reduction, mean", Decimal("1.0"), None, Decimal("2.0"), None),
        ("before the first reduction, rated of 60 days", 60, None, 60, None),
        ("last 28 days, mean", Decimal("3.0"), None, Decimal("2.0"), None),
        ("last 28 days, rated of 28 days", 28, None, 28, None),
    ]


def test_over_400_days_weeks_take_the_place_of_days():
    data = many(500, names=["A"], values=[noise(500)], taper=steps((0, 20), (300, 10)))
    chart = drawn(data)
    assert paths(chart.svg, "s c-worse-point") == [] and len(paths(chart.svg, "f c-worse-band")) == 1
    assert "Line: mean of each week, counted from the latest dose change." in chart.note
    headers, rows = multiples_table(data)
    assert headers == ("week from", "A, mean", "A, lowest", "A, highest", "A, days")
    weeks = [row for row in rows if not isinstance(row[0], str)]
    assert day(300) in [row[0] for row in weeks]
    week = [data_value for d, data_value in noise(500).items() if day(300) <= d <= day(306)]
    assert next(row for row in weeks if row[0] == day(300))[1:] == (
        round_half_up(sum(week) / len(week), 1), min(week), max(week), len(week)
    )  # fmt: skip


def test_one_scale_for_all_also_for_those_in_another_part():

    low = many(names=["A"], values=[flat(1, 2)])
    assert "10" not in texts(drawn(low).svg) and "shown to 6" in drawn(low).note
    high = replace(low, highest=Decimal("6.5"))
    assert "10" in texts(drawn(high).svg) and "Scale 0–10: 0 none" in drawn(high).note


def test_ticks_stand_in_the_first_column_and_months_under_the_lowest_panels():
    labels = texts(drawn(many(120, names=EIGHT[:5])).svg)
    assert labels.count("3") == 2 and labels.count("Mar") == 4
    labels = texts(drawn(many(120, names=EIGHT[:5]), "compact").svg)
    assert labels.count("3") == 3 and labels.count("Mar") == 2


def test_a_year_is_said_where_there_is_more_than_one():
    assert "2027" in texts(drawn(many(700, names=["A"])).svg)
    assert "1 Jan 2026 to 30 Apr 2026." in drawn(many(120)).note


def test_a_missing_day_has_no_point_and_breaks_the_axis():
    values = flat(3, 3)
    for n in range(50, 70):
        del values[day(n)]
    svg = drawn(many(names=["A"], values=[values], taper=())).svg
    (points,) = paths(svg, "s c-worse-point")
    assert points.count("M") == 100
    (line,) = paths(svg, "s c-worse")
    assert line.count("M") == 2
    assert any(path.count("M") == 2 for path in paths(svg, "s c-ink2"))


def test_the_real_taper():
    data = real_many()
    names = ("Restlessness", "Agitation", "Irritability", "Worry", "Pain", "Headache", "Sleepiness", "Fatigue")

    shown = replace(data, symptoms=tuple(one for one in data.symptoms if one.name in names), highest=6)
    chart = drawn(shown)
    assert chart.title == "Three symptoms rose by about 1, worry by 0.5; fatigue fell by 0.6"
    labels = texts(chart.svg)
    assert [labels[labels.index(name) - 2] for name in names] == [
        "2.1",
        "2.3",
        "2.4",
        "0.6",
        "0.6",
        "0.7",
        "0.6",
        "1.3",
    ]
    for size in DRAWN:
        assert_texts_are_clear(drawn(shown, size).svg)
