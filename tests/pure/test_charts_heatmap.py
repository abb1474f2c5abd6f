"""The heat map: what stands in it, that nothing collides, and that its table is what is drawn."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from journal.analysis.columns import columns
from journal.analysis.series import Span
from journal.charts.heat import EDGES, heat_role
from journal.charts.heatgrid import SIZES, grid_of, missing_spans
from journal.charts.heatmap import heatmap_sheet, heatmap_table
from journal.charts.model import OtherMedication

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
)
from .many import many, real_many

DRAWN = ("wide", "compact", "print")


def drawn(data, size="wide", **options):
    return heatmap_sheet(data, size, **options).chart()


def boxes(svg: str, role: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of each box of a role."""
    found = []
    for path in paths(svg, f"f c-{role}"):
        for stroke in path.split("M")[1:]:
            at, moves = _corners(stroke)
            xs, ys = [x for x, _ in at], [y for _, y in at]
            assert moves == 4
            found.append((min(xs), min(ys), max(xs), max(ys)))
    return found


def _corners(stroke: str):
    """The corners of one closed box, in absolute steps or, after an l, in relative ones."""
    body = stroke.rstrip("z ")
    start, _, steps_ = body.partition("l")
    numbers = [float(n) for n in re.findall(r"-?\d*\.?\d+", start)]
    points = list(zip(numbers[::2], numbers[1::2], strict=True))
    moves = [float(n) for n in re.findall(r"-?\d*\.?\d+", steps_)]
    for dx, dy in zip(moves[::2], moves[1::2], strict=True):
        points.append((points[-1][0] + dx, points[-1][1] + dy))
    return points, len(points)


MANY_STEPS = {1: steps((30, 5)), 2: steps((0, 20), (40, 10)), 5: steps(*((n * 20, 50 - n) for n in range(5)))}
MANY_STEPS |= {40: steps(*((n * 3, 80 - n) for n in range(40))), 0: ()}
CASES = [
    *(many(taper=taper) for taper in MANY_STEPS.values()),
    many(taper=steps((0, "0.037"), (50, "0.012"))),
    many(taper=steps((0, 1800), (50, 1350))),
    many(taper=steps((50, 20), (51, 10))),
    many(taper=steps((-5, 20), (0, 10))),
    many(names=["x" * 60, "W" * 60, "Brain zaps and other things"]),
    many(1),
    many(2),
    many(8),
    many(44),
    many(253),
    many(400),
    many(401),
    many(3650, names=["Worry"]),
    many(36500, names=["Worry"], values=[noise(900, 2)]),
    many(names=[f"Symptom {n}" for n in range(60)]),
    many(values=[{}, {}, {}], entry_days=frozenset()),
    many(values=[{}, {day(3): Decimal(2)}, {}]),
    many(values=[{day(n): None for n in range(120)}] * 3),
    many(values=[{day(n): Decimal(4) for n in range(120)}] * 3),
    many(values=[{day(n): Decimal(10) for n in range(120) if not 20 < n < 100}] * 3),
    many(others=(OtherMedication("Lorazepam", steps((0, 1), (60, "0.5"))),)),
    many(others=(OtherMedication("x" * 60, steps((0, 1), (60, "0.5"))), OtherMedication("", steps((3, 1800))))),
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
    heatmap_table(data)


def test_the_same_input_gives_the_same_bytes():
    for size in DRAWN:
        assert drawn(many(), size).svg == drawn(many(), size).svg


@pytest.mark.parametrize("data", [many(100), many(240), many(300), many(900)])
def test_the_table_is_what_is_drawn(data):
    """Each cell of the table lies in a box of its tint, each missing one on bare ground."""
    svg = drawn(data).svg
    grid = grid_of(data, "wide")
    width = (grid.size.plot_right - grid.size.left) / data.period.days
    tints = [(role, box) for role in EDGES.values() for box in boxes(svg, role)]
    tops = sorted({box[1] for _, box in tints if box[3] - box[1] > 20})
    _, rows = heatmap_table(data)
    drawn_rows = [row for row in rows if not isinstance(row[0], str)]
    assert len(tops) == len(data.symptoms) and len(drawn_rows) == len(grid.spans)
    for (first, *cells), span in zip(drawn_rows, grid.spans, strict=True):
        assert first == span.first
        x = grid.size.left + (span.first - data.first).days * width + span.days * width / 2
        for top, cell in zip(tops, cells, strict=True):
            roles = [role for role, box in tints if box[0] < x < box[2] and box[1] == top]
            assert roles == ([] if cell is None else [heat_role(cell)])


def test_neighbouring_cells_of_one_tint_are_one_box():
    data = many(10, names=["A"], values=[{day(n): Decimal(3 if n < 6 else 5) for n in range(10)}], taper=())
    svg = drawn(data).svg
    assert len([b for b in boxes(svg, "heat-3") if b[3] - b[1] > 20]) == 1
    assert len([b for b in boxes(svg, "heat-4") if b[3] - b[1] > 20]) == 1


def test_the_tint_is_that_of_the_printed_number():
    series = {day(n): Decimal("0.9") for n in range(7)} | {day(0): Decimal("1.2")}  # 0.943: printed 0.9
    lower = {day(n): Decimal("0.96") for n in range(7)}  # printed 1.0
    data = many(301, names=["A", "B"], values=[series, lower], taper=())
    grid = grid_of(data, "compact")
    assert grid.step == 7
    svg = drawn(data, "compact").svg
    assert sum(b[3] - b[1] > 19 for b in boxes(svg, "heat-05")) == 1
    assert sum(b[3] - b[1] > 19 for b in boxes(svg, "heat-1")) == 1


def test_rows_are_parted_where_the_kind_of_change_changes():
    def level(before, now):
        return {day(n): Decimal(before if n < 60 else now) for n in range(120)}

    data = many(
        names=["Fell", "Same", "Rose", "Late"],
        values=[level(4, 2), level(1, 1), level(1, 3), {day(n): Decimal(1) for n in range(70, 120)}],
        taper=steps((0, 20), (60, 10)),
    )
    assert [[row.symptom.name for row in group] for group in grid_of(data, "wide").groups] == [
        ["Rose"], ["Same"], ["Fell"], ["Late"]
    ]  # fmt: skip
    svg = drawn(data).svg
    tops = sorted({b[1] for role in EDGES.values() for b in boxes(svg, role) if b[3] - b[1] > 20})
    assert [round(b - a) for a, b in pairwise(tops)] == [30, 30, 30]  # 21 + 2 + 7
    assert drawn(data).title == "Rose rose; fell fell"


@pytest.mark.parametrize(
    ("days", "size", "step", "words"),
    [
        (239, "wide", 1, "One column a day."),
        (300, "wide", 7, "One column a week: the mean of its rated days, 3 at least."),
        (239, "compact", 7, "One column a week"),
        (3650, "wide", 28, "One column 4 weeks"),
        (3650, "compact", 84, "One column 12 weeks"),
        (30, "print", 1, "The area of a square is the value of a day"),
        (239, "print", 7, "The area of a square is the mean of a week"),
        (365, "print", 14, "The area of a square is the mean of 2 weeks"),
    ],
)
def test_the_note_says_what_a_column_is(days, size, step, words):
    data = many(days, names=["A"], values=[noise(days)])
    assert grid_of(data, size).step == step
    assert words in drawn(data, size).note


def test_the_columns_beside_are_the_means_before_and_of_the_last_28_days():
    data = many(taper=steps((0, 20), (60, 10)), names=["A"],
                values=[{day(n): Decimal(1 if n < 92 else 3) for n in range(120)}])  # fmt: skip
    assert [t for t in texts(drawn(data).svg) if t in ("before", "last 28", "1.0", "3.0")] == [
        "before", "last 28", "1.0", "3.0"
    ]  # fmt: skip
    _, rows = heatmap_table(data)
    assert rows[-4:] == [
        ("before the first reduction, mean", Decimal("1.0")),
        ("before the first reduction, rated of 60 days", 60),
        ("last 28 days, mean", Decimal("3.0")),
        ("last 28 days, rated of 28 days", 28),
    ]


def test_without_a_reduction_one_column_is_the_mean_of_the_period():
    data = many(10, taper=(), names=["A"], values=[{day(0): Decimal(1), day(1): Decimal(4)}])
    assert "mean" in texts(drawn(data).svg) and "before" not in texts(drawn(data).svg)
    assert heatmap_table(data)[1][-2:] == [
        ("whole period, mean", Decimal("2.5")),
        ("whole period, rated of 10 days", 2),
    ]


def test_a_dash_stands_for_each_run_without_a_value_inside_the_record():
    period, none = Span(day(0), day(9)), None
    spans = columns(period, 1, day(10))
    record = Span(day(1), day(8))
    means = [none, none, 1, none, none, 2, none, 3, none, none]
    assert missing_spans(spans, means, record) == [
        Span(day(3), day(4)), Span(day(6), day(6)), Span(day(8), day(8))
    ]  # fmt: skip
    assert missing_spans(spans, [none] * 10, record) == [record]
    assert missing_spans(spans, [none] * 10, None) == []


def test_on_paper_the_area_is_the_mean_and_under_a_quarter_a_dot():
    values = {day(n): Decimal(v) for n, v in enumerate(["6", "1.5", "0.25", "0.2", "0"])}
    data = many(5, names=["A"], values=[values], taper=())
    svg = drawn(data, "print").svg
    areas = sorted(round((b[2] - b[0]) ** 2, 0) for b in boxes(svg, "ink"))[-5:]
    assert areas[-1] == 100 and 25 in areas  # 10 pt at 6; a quarter of it at 1.5
    squares = [b for b in boxes(svg, "ink") if b[0] >= 40 and b[2] < 450]
    assert len(squares) == 3
    dots = [p for p in paths(svg, "s c-ink") if p.count("h.1") == 2]
    assert len(dots) == 1


def test_on_paper_there_is_one_ink():
    svg = drawn(many(), "print").svg
    used = {e.attrib["class"] for e in parse(svg).iter() if "class" in e.attrib}
    assert used == {"chart chart-heatmap chart-print", "f c-ink", "s c-ink"}


def test_an_unknown_size_is_an_error():
    with pytest.raises(ValueError, match="wide, compact, print"):
        heatmap_sheet(many(), "huge")
    assert set(SIZES) == {*DRAWN, "summary", "summary-letter"}


def test_the_real_taper():
    data = real_many()
    chart = drawn(data)
    assert chart.title == "Restlessness, agitation, irritability and worry rose; fatigue fell"
    assert [one.name for one in data.symptoms][:4] == ["Restlessness", "Agitation", "Irritability", "Worry"]
    labels = texts(chart.svg)
    assert [labels[labels.index("Restlessness") + n] for n in (1, 2)] == ["0.9", "2.1"]
    assert "One column a day." in chart.note and "to 0 mg on 19 Nov 2012" in chart.note
    assert {"150 mg", "105", "73", "51", "37", "25", "18", "12", "9", "0 mg"} <= set(labels)
    for size in DRAWN:
        assert_texts_are_clear(drawn(data, size).svg)
    # No week of the narrow drawings looks across a change: the doses changed weekly before the latest.
    spans = grid_of(data, "compact").spans
    starts = {span.first for span in spans}
    assert {change for change in data.change_days if change.month in (10, 11)} <= starts
    assert replace(data, first=data.first + timedelta(1)).anchor == data.anchor
