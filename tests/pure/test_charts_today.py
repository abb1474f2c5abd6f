"""The strip of the Today page."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.charts.model import TodayData
from journal.charts.today import TODAY_SIZES, today

from .charting import NASTY, day, parse, paths, steps, texts, vertices

SIZES = sorted(TODAY_SIZES)


def fortnight(ratings: str = "6 7 6 6 6 6 5 5 4 . 4 4 5 .", taper=None, **more) -> TodayData:
    """Fourteen days up to day 13; a point is a day without an entry."""
    mood = {day(n): None if word == "." else Decimal(word) for n, word in enumerate(ratings.split())}
    taper = steps((-20, 48), (4, "37.5")) if taper is None else taper
    entries = frozenset(d for d, value in mood.items() if value is not None)
    return TodayData(day(13), "Venlafaxine", taper, mood, entries, **more)


@pytest.mark.parametrize("size", SIZES)
def test_it_works(size):
    chart = today(fortnight(), size, uid="today")
    parse(chart.svg)
    assert {"48 mg", "37.5 mg", "Mood", "1 Jan", "5 Jan", "no entry", "today"} == set(texts(chart.svg))
    assert chart.title == "Venlafaxine 37.5 mg and mood, the last 14 days"
    assert "No entry on 1 day." in chart.description and "No entry today yet." in chart.description


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="compact"):
        today(fortnight(), "huge")


def test_the_line_comes_in_from_the_left_edge_and_ends_at_today():
    svg = today(fortnight(), "compact").svg
    line = vertices(paths(svg, "s c-ink")[0])
    assert line[0][0] == 0
    assert line[-1][0] == pytest.approx(361.2, abs=0.1)  # the middle of the last of 14 columns


def test_a_missing_day_breaks_line_and_axis():
    svg = today(fortnight(), "compact").svg
    assert paths(svg, "s c-better-line")[0].count("M") == 2
    assert paths(svg, "s c-line")[0].count("M") == 2
    assert len(vertices(paths(svg, "s c-better")[0])) == 12


def test_today_is_a_ring_until_it_is_logged():
    assert len(paths(today(fortnight()).svg, "s c-better")) == 2  # dots and ring
    assert len(paths(today(fortnight("6 7 6 6 6 6 5 5 4 . 4 4 5 6")).svg, "s c-better")) == 1


def test_an_entry_without_mood_is_no_gap_and_no_ring():
    data = fortnight()
    logged = dataclasses.replace(data, entry_days=frozenset(day(n) for n in range(14)))
    svg = today(logged).svg
    assert "no entry" not in texts(svg) and len(paths(svg, "s c-better")) == 1


CASES = {
    "nothing": fortnight(" ".join("." * 14), ()),
    "no medication": fortnight(taper=()),
    "first day": fortnight(" ".join("." * 13) + " 5", steps((13, 20))),
    "changed today": fortnight(taper=steps((-9, 20), (13, 10))),
    "changed every day": fortnight(taper=steps(*[(n, 30 - n) for n in range(14)])),
    "down to nought": fortnight(taper=steps((-9, 20), (5, 0))),
    "only nought": fortnight(taper=steps((-9, 0))),
    "tiny": fortnight(taper=steps((-9, 1800), (7, "0.037"))),
    "up": fortnight(taper=steps((-9, 5), (7, 20))),
    "every second day": fortnight("5 . 5 . 5 . 5 . 5 . 5 . 5 ."),
    "outside the scale": fortnight("12 -3 5 5 5 5 5 5 5 5 5 5 5 5"),
    "one day": fortnight(days=1),
    "a month": fortnight(days=30),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", CASES)
def test_edge_cases_are_drawn(case, size):
    parse(today(CASES[case], size).svg)


@pytest.mark.parametrize("name", NASTY)
def test_any_name_is_drawn_as_text(name):
    parse(today(dataclasses.replace(fortnight(), medication=name, measure=name), uid=name).svg)


def test_days_are_needed():
    with pytest.raises(ValueError, match="at least one day"):
        fortnight(days=0)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(-10, 13), st.decimals(0, 10000, places=3)), max_size=8),
    st.lists(st.none() | st.decimals(0, 10, places=1), min_size=14, max_size=14),
    st.sampled_from(SIZES),
)
def test_labels_never_touch(taper, mood, size):
    from journal.charts import today as module

    seen = []
    original = module.Canvas.svg

    def spy(canvas, *args, **kwargs):
        seen.append(canvas.labels)
        return original(canvas, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module.Canvas, "svg", spy)
        values = {day(n): v for n, v in enumerate(mood)}
        entries = frozenset(d for d, v in values.items() if v is not None)
        parse(today(TodayData(day(13), "X", steps(*taper), values, entries), size).svg)
    boxes = seen[0]
    for number, (_, box) in enumerate(boxes):
        assert not any(box.touches(other, -0.01, -0.01) for _, other in boxes[number + 1 :])


def test_same_input_same_bytes():
    assert today(fortnight()).svg == today(fortnight()).svg
