"""The overview: well-formed whatever comes in, and drawn by its rules."""

import dataclasses
import hashlib
import os
import re
import subprocess
import sys
import threading
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.charts.model import OtherMedication, OverviewData, Strip
from journal.charts.overview import overview, overview_png, overview_table
from journal.charts.sizes import SIZES

from .charting import NASTY, SVG, day, noise, parse, paths, record, steps, texts, vertices

ALL = sorted(SIZES)
SCREEN = ["wide", "compact"]


@pytest.mark.parametrize("size", ALL)
def test_it_works(size):
    chart = overview(record(), size, uid="trends")
    root = parse(chart.svg)
    assert root.attrib["role"] == "img"
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert root.attrib["aria-labelledby"] == f"trends-{size}-title trends-{size}-desc"
    assert root[0].attrib["id"] == f"trends-{size}-title" and root[0].text == chart.title
    assert root[1].text == chart.description
    assert root.attrib["viewBox"] == f"0 0 {chart.width:g} {chart.height:g}"


def test_an_unknown_size_is_refused():
    with pytest.raises(ValueError, match="compact"):
        overview(record(), "huge")


def test_a_period_must_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        OverviewData(day(1), day(0), "x", (), (), frozenset())


@pytest.mark.parametrize("size", ["wide", "compact", "print"])
@pytest.mark.parametrize("name", NASTY)
def test_any_name_is_drawn_as_text(name, size):
    strip = Strip("x", name, noise(120))
    other = (OtherMedication(name, steps((0, 5), (60, 4))),)
    data = dataclasses.replace(record(strips=(strip,), other_medications=other), medication=name)
    for standalone in (False, True):
        assert "<script" not in overview(data, size, uid=name, standalone=standalone).svg
        parse(overview(data, size, uid="x", standalone=standalone).svg)


EDGES = {
    "no entries": record(strips=(Strip("a", "A", {}), Strip("mood", "Mood", {}, "up")), entry_days=frozenset()),
    "no strips": record(strips=()),
    "nothing at all": record(taper=(), strips=()),
    "one day": record(1, taper=steps((-5, 20))),
    "two days": record(2, taper=steps((0, 20), (1, 10))),
    "all missing": record(strips=(Strip("a", "A", {day(n): None for n in range(120)}),)),
    "all equal": record(strips=(Strip("a", "A", {day(n): Decimal(3) for n in range(120)}),)),
    "one value": record(strips=(Strip("a", "A", {day(60): Decimal("3.3")}),)),
    "value on the last day": record(strips=(Strip("a", "A", {day(119): Decimal(6)}),)),
    "tiny and huge doses": record(taper=steps((0, 1800), (60, "0.037"))),
    "only 0 mg": record(taper=steps((0, 0))),
    "40 steps": record(taper=steps(*[(3 * n, f"{20 * 0.85**n:.3f}") for n in range(40)])),
    "a step a day": record(taper=steps(*[(n, 120 - n) for n in range(120)])),
    "neighbouring days": record(taper=steps((0, 60), (50, 50), (51, 40), (118, 50), (119, 0))),
    "before any step": record(taper=steps((500, 20))),
    "step in the period, none before": record(taper=steps((50, 20))),
    "no medication": dataclasses.replace(record(taper=()), medication=""),
    "up and down": record(taper=steps((0, 10), (30, 20), (60, 5), (90, 15))),
    "gap of months": record(300, strips=(Strip("a", "A", {d: v for d, v in noise(300).items() if d.month in (1, 9)}),)),
    "above 6": record(strips=(Strip("a", "A", noise(120) | {day(3): Decimal("9.9")}),)),
    "mood below 2": record(strips=(Strip("m", "Mood", {day(n): Decimal("0.5") for n in range(120)}, "up"),)),
    "above 10": record(strips=(Strip("s", "Sleep hours", {day(n): Decimal(13) for n in range(120)}, "up"),)),
    "floats": record(strips=(Strip("a", "A", {day(n): 2.1 + n % 3 for n in range(120)}),)),
    "401 days": record(401),
    "ten years": record(3650, taper=steps(*[(300 * n, 20 - 2 * n) for n in range(10)])),
    "sparse": record(strips=(Strip("a", "A", {day(n): Decimal(n % 5) for n in range(0, 120, 2)}),)),
    "60 strips": record(strips=tuple(Strip(f"{n}", f"Symptom {n}", noise(120, 2, n)) for n in range(60))),
    "new year": OverviewData(date(2025, 12, 20), date(2026, 1, 10), "x", (), (), frozenset()),
    "last day there is": OverviewData(date(9999, 1, 1), date(9999, 12, 31), "x", (), (), frozenset()),
}  # fmt: skip


@pytest.mark.parametrize("size", ["wide", "compact", "print"])
@pytest.mark.parametrize("case", EDGES)
def test_edge_cases_are_drawn(case, size):
    chart = overview(EDGES[case], size)
    parse(chart.svg)
    assert chart.title and chart.description
    assert "nan" not in chart.svg.lower() and "inf" not in re.sub("[a-z]*inf[a-z]+", "", chart.svg.lower())


@pytest.mark.parametrize("case", EDGES)
def test_every_edge_case_has_a_table_of_its_period(case):
    data = EDGES[case]
    headers, rows = overview_table(data)
    assert all(len(row) == len(headers) for row in rows)
    days = (data.last - data.first).days + 1
    assert len(rows) == days if days <= 400 else len(rows) <= days // 7 + 2


@settings(max_examples=60, deadline=None)
@given(
    days=st.integers(1, 500),
    size=st.sampled_from(ALL),
    taper=st.lists(st.tuples(st.integers(-50, 520), st.decimals(0, 10000, places=3, allow_nan=False)), max_size=20),
    ratings=st.lists(st.none() | st.decimals(0, 10, places=1), max_size=200),
    name=st.text(max_size=60),
    better=st.sampled_from(["up", "down"]),
)
def test_whatever_was_recorded_is_well_formed(days, size, taper, ratings, name, better):
    strip = Strip("x", name, {day(n): value for n, value in enumerate(ratings)}, better)
    chart = overview(record(days, taper=steps(*taper), strips=(strip,)), size, standalone=bool(days % 2))
    parse(chart.svg)


# -- the rules ----------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SCREEN)
def test_every_value_is_one_point_and_a_missing_day_is_none(size):
    data = record()
    points = paths(overview(data, size).svg, "s c-worse-point")
    assert [len(vertices(p)) for p in points] == [len(strip.values) for strip in data.strips[1:]]


def test_no_point_is_invented_for_none():
    strip = Strip("a", "A", {day(n): None if n % 4 == 0 else Decimal(2) for n in range(120)})
    [points] = paths(overview(record(strips=(strip,))).svg, "s c-worse-point")
    assert len(vertices(points)) == 90


def test_a_point_has_the_same_height_in_every_strip():
    up = {day(0): Decimal(2), day(1): Decimal(8)} | {day(n): Decimal(5) for n in range(2, 120)}
    down = {day(0): Decimal(0), day(1): Decimal(6)} | {day(n): Decimal(3) for n in range(2, 120)}
    svg = overview(record(strips=(Strip("m", "Mood", up, "up"), Strip("s", "S", down)))).svg
    heights = []
    for role in ("better", "worse"):
        (_, y0), (_, y1), *_ = vertices(paths(svg, f"s c-{role}-point")[0])
        heights.append(round(y0 - y1, 1))
    assert heights == [80, 80]  # six points in a strip of 80: 2-8 and 0-6


@pytest.mark.parametrize(
    ("value", "better", "note", "ticks"),
    [
        ("6.0", "down", "Scale 0–10, shown to 6.", {"0", "3", "6"}),
        ("6.1", "down", "Scale 0–10.", {"0", "3", "6", "10"}),
        ("8.0", "up", "Scale 0–10, shown from 2 to 8.", {"2", "5", "8"}),
        ("1.9", "up", "Scale 0–10.", {"2", "5", "8"}),
        ("8.1", "up", "Scale 0–10.", {"2", "5", "8"}),
    ],
)
def test_the_scale_is_cut_while_no_shown_day_leaves_it(value, better, note, ticks):
    calm = {day(n): Decimal(4) for n in range(119)}
    strip = Strip("a", "A", calm | {day(119): Decimal(value)}, better)
    chart = overview(record(strips=(strip,)))
    assert note in chart.note
    assert ticks <= set(texts(chart.svg))


def test_one_high_day_widens_all_strips_at_once():
    calm = Strip("a", "A", noise(120))
    high = Strip("b", "B", noise(120) | {day(5): Decimal(9)})
    assert texts(overview(record(strips=(calm, high))).svg).count("10") == 2


def test_before_and_now_stand_beside_each_line():
    down = {day(n): Decimal("1.0") if n < 40 else Decimal("2.65") for n in range(120)}
    chart = overview(record(strips=(Strip("a", "A", down),)))
    words = texts(chart.svg)
    assert "1.0 before" in words and "2.7 last 28 days" in words
    assert "Dashed: mean of the 40 days before the first reduction." in chart.note
    assert "(28 of 28 days)" not in words


def test_fewer_values_than_days_are_said():
    values = {day(n): Decimal(2) for n in range(120) if not 100 <= n < 109}
    assert "(19 of 28 days)" in texts(overview(record(strips=(Strip("a", "A", values),))).svg)
    assert "before 2.0, last 28 (19)" in texts(overview(record(strips=(Strip("a", "A", values),)), "compact").svg)


def test_now_is_the_days_since_a_nearer_change():
    values = {day(n): Decimal(2) for n in range(120)}
    data = record(taper=steps((0, 20), (110, 10)), strips=(Strip("a", "A", values),))
    assert "2.0 last 10 days" in texts(overview(data).svg)


def test_without_a_reduction_there_is_no_level_before():
    chart = overview(record(taper=steps((-10, 20), (60, 25))))
    assert "before" not in " ".join(texts(chart.svg)) and "Dashed" not in chart.note


def test_the_mean_line_breaks_at_each_change():
    values = {day(n): Decimal(n % 3) for n in range(120)}
    svg = overview(record(strips=(Strip("a", "A", values),))).svg
    mean = paths(svg, "s c-worse")[1]
    assert mean.count("M") == 3


def test_a_rule_runs_from_its_own_step_downwards():
    data = record(90, taper=steps((0, 20), (30, 10), (60, 15)))
    [rule] = paths(overview(data).svg, "s c-rule")
    (_, top), (_, foot) = vertices(rule)
    assert top == 20 + 112 / 2  # the step of 10 mg: half the height
    latest = [p for p in paths(overview(data).svg, "s c-ink2") if p.startswith("M528.7")]
    assert latest and vertices(latest[0])[0][1] == 76.0  # the foot of the riser from 10 to 15
    assert foot == vertices(latest[0])[1][1]


def test_over_400_days_there_are_weeks_and_a_band():
    short, long = overview(record(400)), overview(record(401))
    assert paths(short.svg, "s c-worse-point") and not paths(short.svg, "f c-worse-band")
    assert paths(long.svg, "f c-worse-band") and not paths(long.svg, "s c-worse-point")
    assert "mean of each week" in long.note and "Points" not in long.note


def test_a_sparse_series_gets_bars_and_no_running_mean():
    values = {day(n): Decimal(2) for n in range(0, 120, 2)}
    chart = overview(record(strips=(Strip("s", "Sleep", values),)))
    assert "Bars (Sleep)" in chart.note and "7 days around" not in chart.note


def test_missing_days_are_marked_and_said():
    values = {day(n): Decimal(2) for n in range(120) if not 60 <= n < 84}
    svg = overview(record(strips=(Strip("a", "A", values), Strip("b", "B", values)))).svg
    words = texts(svg)
    assert words.count("no entry") == 1 and "24 days" in words
    [band] = paths(svg, "f c-band")
    assert band.count("z") == 2  # one in each strip


def test_the_axis_is_drawn_under_days_with_an_entry_only():
    days = frozenset(day(n) for n in range(100) if n not in (10, 50, 51, 52, 53))
    data = record(100, entry_days=days, strips=())
    pieces = [p for p in paths(overview(data).svg, "s c-ink2") if p.count("M") == 3]
    x = [point[0] for point in vertices(pieces[0])]
    assert x == [102, 166, 172.4, 422, 447.6, 742]  # 6.4 a day


def test_a_single_missing_day_is_a_gap_of_three_pixels_at_least():
    days = frozenset(day(n) for n in range(365) if n != 100)
    data = record(365, entry_days=days, strips=())
    [line] = [p for p in paths(overview(data).svg, "s c-ink2") if p.count("M") == 2 and "V" not in p][:1]
    x = [point[0] for point in vertices(line)]
    assert x[2] - x[1] == pytest.approx(3, abs=0.11)


def test_months_mondays_and_years():
    assert {"Feb", "Mar", "Apr"} <= set(texts(overview(record(120)).svg))
    assert {"5 Jan", "12 Jan", "2026"} <= set(texts(overview(record(40, taper=steps((0, 20)))).svg))
    assert "1 Jan 2026" in texts(overview(record(120), "print").svg)
    assert "30 Apr 2026" in texts(overview(record(120), "print").svg)


def test_long_names_are_cut_in_the_picture_and_whole_in_table_and_description():
    name = "Waking up far too early in the morning"
    data = record(strips=(Strip("a", name, noise(120)),))
    chart = overview(data, "compact")
    assert name not in texts(chart.svg) and any(t.startswith("Waking up far") for t in texts(chart.svg))
    assert name in chart.description and overview_table(data)[0][2] == name


def test_a_second_medication_has_its_own_panel_and_breaks_the_lines():
    other = (OtherMedication("Mirtazapine", steps((0, 15), (20, "7.5"))),)
    data = record(taper=steps((0, 20)), other_medications=other)
    words = texts(overview(data).svg)
    assert {"Sertraline, mg a day", "Mirtazapine, mg a day", "7.5 mg", "20 mg"} <= set(words)
    assert overview_table(data)[0][:3] == ("date", "Sertraline, mg a day", "Mirtazapine, mg a day")
    assert "20 days before the first reduction" in overview(data).note


def test_a_download_carries_heading_and_note_and_its_own_colours():
    chart = overview(record(), standalone=True)
    words = " ".join(texts(chart.svg))
    assert chart.title in words and chart.note in words
    assert "#7b3a7f" in chart.svg and "var(" not in chart.svg and "currentColor" not in chart.svg
    assert chart.title not in " ".join(texts(overview(record()).svg))


def test_print_has_one_ink():
    svg = overview(record(), "print").svg
    assert set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', svg)) <= {"#000000", "#ffffff"}
    assert 'width="516pt"' in svg


def test_ids_differ_between_charts_of_a_page():
    ids = re.findall(r' id="([^"]+)"', overview(record(), uid="a").svg + overview(record(), "compact", uid="a").svg)
    assert len(ids) == len(set(ids)) == 4


def test_the_table_has_exactly_the_numbers_drawn():
    data = record()
    headers, rows = overview_table(data)
    assert headers[:4] == ("date", "Sertraline, mg a day", "Mood", "Mood, 7-day mean")
    assert [row[0] for row in rows] == [day(n) for n in range(120)]
    assert [row[1] for row in rows] == [20] * 40 + [15] * 40 + [10] * 40
    for column, strip in zip((2, 4, 6), data.strips, strict=True):
        assert {row[0]: row[column] for row in rows if row[column] is not None} == strip.values


def test_the_table_of_a_long_period_is_by_week():
    headers, rows = overview_table(record(500))
    assert headers[0] == "week from" and headers[2:6] == tuple(
        f"Mood, {w}" for w in ("mean", "lowest", "highest", "days")
    )
    assert rows[0][0] == day(0) and rows[1][0].weekday() == 0 and rows[1][5] == 7


def test_png_is_a_picture():
    for size in ("wide", "compact", "print"):
        assert overview_png(record(), size).startswith(b"\x89PNG\r\n")


# -- the same bytes -----------------------------------------------------------------------------
def test_same_input_same_bytes_also_after_a_restart():
    code = (
        "from tests.pure.charting import record; from journal.charts.overview import overview, overview_png;"
        "import hashlib, sys;"
        "sys.stdout.write(hashlib.sha256(overview(record(), 'wide').svg.encode() + overview_png(record())).hexdigest())"
    )
    root = Path(__file__).resolve().parents[2]
    here = hashlib.sha256(overview(record(), "wide").svg.encode() + overview_png(record())).hexdigest()
    seeded = {**os.environ, "PYTHONHASHSEED": "1"}
    fresh = subprocess.run(
        [sys.executable, "-c", code], cwd=root, env=seeded, capture_output=True, text=True, check=True
    )
    assert fresh.stdout == here


def test_eight_threads_draw_the_same_bytes():
    cases = [(record(n), size) for n, size in ((40, "wide"), (60, "compact"), (420, "wide"), (50, "print"))]
    expected = [overview(data, size).svg for data, size in cases]
    wrong: list[int] = []

    def draw() -> None:
        for number in range(25):
            data, size = cases[number % len(cases)]
            if overview(data, size).svg != expected[number % len(cases)]:
                wrong.append(number)

    threads = [threading.Thread(target=draw) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_path_in_steps_is_the_same_path():
    from journal.charts.canvas import _relative

    points = [(round(102 + 1.3 * n, 1), round(200 + 10.5 * (n % 7) - 0.3 * n, 1)) for n in range(300)]
    data = "M" + " ".join(f"{x:g} {y:g}" for x, y in points)
    numbers = [float(n) for n in re.findall(r"-?(?:\d+\.\d+|\.\d+|\d+)", _relative(data))]
    x, y = 0.0, 0.0
    for (dx, dy), wanted in zip(zip(numbers[::2], numbers[1::2], strict=True), points, strict=True):
        x, y = x + dx, y + dy
        assert (round(x, 1), round(y, 1)) == wanted


def test_the_size_of_ten_years_stays_small():
    import gzip

    assert len(gzip.compress(overview(EDGES["ten years"]).svg.encode())) < 20_000


# -- carried over from the day before -------------------------------------------------------------------------------


def with_carried(days: int, carried: set[int]):
    first = date(2026, 1, 5)
    values = {first + timedelta(n): Decimal(4) for n in range(days)}
    return OverviewData(
        first=first,
        last=first + timedelta(days - 1),
        medication="",
        steps=(),
        strips=(Strip("zaps", "Brain zaps", values, carried=frozenset(first + timedelta(n) for n in carried)),),
        entry_days=frozenset(values),
    )


def test_carried_values_are_said_in_note_description_and_table():
    data = with_carried(30, {3, 4, 90})
    chart = overview(data)
    said = "Carried over unchanged from the day before: Brain zaps on 2 of 30\u00a0days."
    assert said.replace("\u00a0", " ") in chart.note and said.replace("\u00a0", " ") in chart.description
    headers, rows = overview_table(data)
    place = headers.index("Brain zaps, carried")
    assert [row[place] for row in rows[:6]] == [None, None, None, "yes", "yes", None]


def test_over_a_long_period_each_week_says_how_many_were_carried():
    headers, rows = overview_table(with_carried(450, {0, 3, 7}))
    place = headers.index("Brain zaps, carried")
    assert [row[place] for row in rows[:3]] == [2, 1, None]


def test_nothing_carried_nothing_said():
    data = with_carried(30, set())
    assert "Carried" not in overview(data).note and "Brain zaps, carried" not in overview_table(data)[0]
