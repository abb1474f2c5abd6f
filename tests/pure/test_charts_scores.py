"""Scores over time: scales, joined dots, words, table."""

import dataclasses
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.charts.data import Score, ScoresData
from journal.charts.model import OverviewData, Strip
from journal.charts.scores import joined, nice_step, scale_of, scores_sheet, scores_table
from journal.charts.strip import Drawn
from journal.charts.table import table_text

from .charting import NASTY, assert_known_classes, assert_texts_are_clear, day, paths, record, steps, texts, vertices

SIZES = ("wide", "compact")


def score(values, low=None, high=None, better="down", name="PHQ-9", unit="", key="phq") -> Score:
    values = {day(n): Decimal(str(v)) for n, v in values.items()}
    ends = (None if end is None else Decimal(str(end)) for end in (low, high))
    return Score(key, name, *ends, better, values, unit)


def data(*scores, days=60, **more) -> ScoresData:
    plain = record(days, strips=(), entry_days=frozenset(map(day, range(0, days, 7))), **more)
    fields = {field.name: getattr(plain, field.name) for field in dataclasses.fields(OverviewData)}
    return ScoresData(**fields, scores=scores)


def drawn(*scores, size="wide", standalone=False, **more):
    return scores_sheet(data(*scores, **more), size, standalone=standalone).chart()


WEEKLY = score({n: 10 - n // 7 for n in range(0, 60, 7)}, 0, 27)


@pytest.mark.parametrize(
    ("low", "high", "values", "expected"),
    [
        (0, 27, [4, 12], (0, 27, [0, 10, 20])),  # a questionnaire
        (1, 5, [1, "2.539"], (1, 5, [1, 3, 5])),
        (0, 10, [3], (0, 10, [0, 5, 10])),
        (60, 80, [71], (60, 80, [60, 70, 80])),
        (None, None, ["70.4", "71.2"], (70, "71.5", [70, "70.5", 71, "71.5"])),
        (None, None, [5], (4, 6, [4, 5, 6])),  # all equal
        (None, None, [0], (-1, 1, [-1, 0, 1])),
        (0, None, [3, 130], (0, 150, [0, 50, 100, 150])),
        (None, 100, [97, 99], (97, 100, [97, 98, 99, 100])),
        (None, None, [-7, 8], (-10, 10, [-10, -5, 0, 5, 10])),
        (0, 10, [3, 12], (0, 15, [0, 5, 10, 15])),  # the range was made smaller later
        (None, None, [1_000_000, -1_000_000], (-1_000_000, 1_000_000, [-1_000_000, 0, 1_000_000])),
        (None, None, ["0.001", "0.003"], ("0.001", "0.003", ["0.001", "0.002", "0.003"])),
    ],
)  # fmt: skip
def test_the_scale(low, high, values, expected):
    one = score(dict(enumerate(values)), low, high)
    strip = Strip("k", "n", one.values)
    scale = scale_of(one, Drawn(strip, dict(one.values), [], [], [], None, None))
    wanted_low, wanted_high, marks = expected
    assert (scale.low, scale.high) == (Decimal(wanted_low), Decimal(wanted_high))
    assert list(scale.marks) == [Decimal(mark) for mark in marks]


THOUSANDTHS = st.integers(-1_000_000_000, 1_000_000_000).map(lambda n: Decimal(n) / 1000)


@given(st.lists(THOUSANDTHS, min_size=1, max_size=5))
def test_a_scale_holds_its_values_and_has_few_marks(values):
    one = score(dict(enumerate(values)))
    scale = scale_of(one, Drawn(Strip("k", "n", one.values), dict(one.values), [], [], [], None, None))
    assert scale.low < scale.high
    assert scale.low <= min(values) and max(values) <= scale.high
    assert 2 <= len(scale.marks) <= 6


@given(THOUSANDTHS.filter(lambda n: n > 0))
def test_a_step_is_1_2_or_5(width):
    step = nice_step(width)
    assert str(step.normalize().as_tuple().digits[0]) in "125"
    assert step * 3 >= width


def test_dots_are_joined_over_15_days_and_no_further():
    runs = joined({day(n): Decimal(1) for n in (0, 15, 31, 40, 90)})
    assert [[d for d, _ in run] for run in runs] == [[day(0), day(15)], [day(31), day(40)], [day(90)]]


def test_every_score_is_a_dot_where_it_belongs():
    """60 days over 868 - 102 - 126 = 640 units; 0 to 27 over 80."""
    svg = drawn(score({0: 27, 30: 0}, 0, 27)).svg
    dots = [vertices(path) for path in paths(svg, "s c-worse")]
    assert [x for x, _ in dots[-1]] == pytest.approx([102 + 640 / 120 - 0.05, 102 + 640 * 30.5 / 60 - 0.05], abs=0.1)
    (_, top), (_, foot) = dots[-1]
    assert foot - top == pytest.approx(80, abs=0.1)


@pytest.mark.parametrize(("better", "role"), [("up", "better"), ("down", "worse"), ("", "ink2")])
def test_which_way_is_better_decides_the_ink(better, role):
    svg = drawn(score({1: 3, 5: 4}, better=better)).svg
    assert any(len(vertices(path)) == 2 for path in paths(svg, f"s c-{role}"))
    assert_known_classes(svg)


@pytest.mark.parametrize(
    ("values", "title"),
    [
        # record() goes down on day 20 and day 40
        ({1: 10, 8: 12, 45: 14, 52: 15}, "PHQ-9: 14.5 in the last 20 days, 11.0 before the first reduction"),
        ({1: 10, 8: 12}, "PHQ-9: 12 on 9 Jan 2026"),
    ],
)
def test_the_title(values, title):
    assert drawn(score(values, 0, 27)).title == title


def test_words():
    chart = drawn(WEEKLY, score({1: 70, 40: 71}, better="", name="Weight", unit="kg", key="w"))
    assert "Dots: scores. Line: from one to the next, not over more than 15 days." in chart.note
    assert "Each on its own scale. PHQ-9: lower is better." in chart.note
    assert "Weight, kg" in texts(chart.svg)
    assert "not over more than" not in drawn(score({1: 70, 40: 71})).note, "there is no line"
    three = [dataclasses.replace(WEEKLY, key=str(n)) for n in range(3)]
    assert drawn(*three).title.endswith("; 1 more")


def test_the_table_has_every_score_and_nothing_else():
    one, two = score({1: 10, 8: "12.500"}), score({8: 3}, name="GAD-7", key="gad")
    headers, rows = scores_table(data(one, two))
    assert headers == ("date", "Sertraline, mg a day", "PHQ-9", "GAD-7")
    assert rows == [(day(1), 20, 10, None), (day(8), 20, Decimal("12.5"), 3)]
    assert str(rows[1][2]) == "12.5"
    assert table_text(headers, rows)[0][2:] == ["10.0", "–"]


@pytest.mark.parametrize(("better", "band"), [("up", "better-band"), ("down", "worse-band"), ("", "fill")])
def test_the_band_of_weeks_in_every_ink(better, band):
    gap = {n: 3 + n % 4 for n in range(800) if not 300 < n < 340}
    svg = drawn(score(gap, better=better), days=800).svg
    assert paths(svg, f"f c-{band}")
    assert_known_classes(svg)


def test_very_many_are_drawn_as_weeks_and_so_is_the_table():
    many = score({n: 3 + n % 4 for n in range(800)})
    chart = drawn(many, score({5: 3, 300: 4}, name="GAD-7", key="gad"), days=800)
    assert "mean of each week" in chart.note
    assert paths(chart.svg, "f c-worse-band")
    headers, rows = scores_table(data(many, score({5: 3}, name="GAD-7", key="gad"), days=800))
    assert headers[0] == "week from" and headers[2:6] == (
        "PHQ-9, mean",
        "PHQ-9, lowest",
        "PHQ-9, highest",
        "PHQ-9, days",
    )
    assert all(a[0] < b[0] for a, b in pairwise(rows))
    assert sum(row[5] for row in rows) == 800
    assert len(chart.svg) < 60_000


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NASTY)
def test_a_name_can_be_anything(size, name):
    named = [dataclasses.replace(WEEKLY, name=name, unit=name[:20], key=str(n)) for n in range(2)]
    assert_texts_are_clear(drawn(*named, size=size, standalone=True).svg)
    scores_table(data(*named))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("days", [1, 60, 3650])
@pytest.mark.parametrize("count", [1, 6])
def test_any_scale_and_any_period(size, days, count):
    values = [{0: 1_000_000}, {0: "-1000000", days - 1: 999_999}, {0: "0.001"}, {0: 5}, {0: 27, days - 1: 0}, {0: 12}]
    ends = [(None, None), (None, None), (None, None), (0, 10), (0, 27), (0, 1_000_000)]
    scores = [score(v, *e, key=str(n)) for n, (v, e) in enumerate(zip(values, ends, strict=True))][-count:]
    taper = steps((-9, "0.037"), (days // 2 + 1, 1800))
    assert_texts_are_clear(drawn(*scores, size=size, days=days, taper=taper, standalone=True).svg)


def test_the_same_input_gives_the_same_bytes():
    turned = dataclasses.replace(WEEKLY, values=dict(sorted(WEEKLY.values.items(), reverse=True)))
    assert drawn(WEEKLY).svg == drawn(turned).svg
    assert isinstance(min(WEEKLY.values), date)


def test_ends_with_decimals_are_those_of_the_values_and_no_scale():
    """An import without a scale takes them over: nothing is said of them, and the axis ends at a round number."""
    from journal.charts.scores import ends_text

    taken_over = score({0: 1, 9: 2.539}, 1, 2.539)
    assert taken_over.ends is None
    shown = Drawn(Strip("k", "K", taken_over.values, "down"), dict(taken_over.values), [], [], [], None, None)
    scale = scale_of(taken_over, shown)
    assert (scale.low, scale.high) == (1, 3)
    assert ends_text(taken_over, scale) == ""
