"""Planned and taken: two lines, and a row for each kind of day."""

import csv
import dataclasses
import random
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import numpy
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.image import imread

from journal.charts.canvas import Canvas
from journal.charts.model import DoseChange
from journal.charts.planned import (
    KINDS,
    PLANNED_SIZES,
    Dose,
    PlannedData,
    planned_chart,
    planned_png,
    planned_table,
    sorted_doses,
    thinned,
)
from journal.charts.table import table_text

from .charting import (
    NASTY,
    REAL,
    SVG,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    parse,
    paths,
    real_taper,
    steps,
    text_boxes,
    texts,
    vertices,
)

SIZES = sorted(PLANNED_SIZES)
DOWN = steps((-30, 20), (20, 15), (40, 10), (60, 5), (80, 0))  # the plan of these tests


def record(
    days: int = 60, *, last: int = 99, taken=None, planned=DOWN, late=(), other=(), missed=(), silent=(), **more
):
    """`days` days up to today, each with a dose taken on time but those named by number."""
    due = range(days)
    doses = {day(n): Dose("planned") for n in due if n not in silent}
    doses |= {day(n): Dose("late") for n in late} | {day(n): Dose("missed") for n in missed}
    doses |= {day(n): Dose("other", Decimal(7)) for n in other}
    taken = steps((-30, 20), (20, 15), (40, 10)) if taken is None else taken
    days_due = frozenset(map(day, due))
    data = PlannedData("Sertraline", planned, taken, doses, days_due, days_due, day(0), day(last), day(days - 1))
    return dataclasses.replace(data, **more)


def mixed(**more) -> PlannedData:
    return record(late=(3, 9), other=(30,), missed=(12, 25, 50), silent=(14, 15, 16), **more)


# -- the drawing ------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
def test_it_works(size):
    chart = planned_chart(mixed(), size, uid="p")
    root = parse(chart.svg)
    assert root.attrib["aria-labelledby"] == f"p-{size}-title p-{size}-desc"
    assert root[0].text == chart.title == "Dose as planned so far; 3 of 60 doses missed"
    assert root[1].text == chart.description
    assert set(KINDS) <= set(texts(chart.svg)) and "7 mg" in texts(chart.svg)
    assert texts(chart.svg).count("planned") == 1
    assert_texts_are_clear(chart.svg)
    assert_known_classes(chart.svg)
    assert planned_chart(mixed(), size, uid="p").svg == chart.svg


def test_an_unknown_size_is_refused_and_so_is_a_period_that_ends_before_it_begins():
    with pytest.raises(ValueError, match="compact"):
        planned_chart(mixed(), "print")
    with pytest.raises(ValueError, match="before it begins"):
        record(last=-1)


def test_the_taken_line_ends_today_and_the_plan_goes_on():
    svg = planned_chart(record()).svg
    plan, taken = (
        vertices(e.attrib["d"]) for e in parse(svg).iter(f"{SVG}path") if e.attrib.get("stroke-width") in ("1.2", "2")
    )
    assert taken[-1][0] == pytest.approx(124 + 0.6 * 620, abs=0.1)
    assert plan[-1] == (744, 174) and plan[0] == taken[0] == (124, 24)
    assert 'stroke-dasharray="5,3.5"' in svg


def test_the_scale_reaches_the_highest_dose_of_either_line():
    higher = steps((-30, 40), (20, 10))
    for planned, taken in ((higher, DOWN), (DOWN, higher)):
        svg = planned_chart(record(planned=planned, taken=taken)).svg
        lines = [e.attrib for e in parse(svg).iter(f"{SVG}path") if e.attrib.get("stroke-width") in ("1.2", "2")]
        assert [round(vertices(e["d"])[0][1]) for e in lines] == ([24, 99] if planned is higher else [99, 24])


def test_each_kind_has_its_own_mark_and_its_count_at_the_right():
    svg = planned_chart(mixed()).svg
    counts = {}
    boxes = text_boxes(svg)
    for kind in KINDS:
        level = next(box.bottom for text, box in boxes if text == kind)
        counts[kind] = next(text for text, box in boxes if box.left > 750 and abs(box.bottom - level) < 5)
    assert counts == {
        "taken on time": "51 of 60 days", "late": "2", "other amount": "1", "missed": "3", "not recorded": "3",
    }  # fmt: skip
    ticks, rings = (d for d in paths(svg, "s c-ink2") if d.count("M") in (51, 3))
    assert ticks.count("M") == 51 and rings.count("M") == 3
    disc, diamond, cross = paths(svg, "s c-ink")[1:]
    assert (disc.count("h.1"), diamond.count("M"), cross.count("M")) == (2, 1, 6)


def test_a_day_without_a_record_is_neither_taken_nor_missed():
    done = sorted_doses(record(silent=(1, 2, 3)))
    assert [done.count(kind) for kind in KINDS] == [57, 0, 0, 0, 3]
    assert done.kinds["not recorded"] == (day(1), day(2), day(3))


def test_today_counts_once_it_is_recorded():
    assert sorted_doses(record(silent=(59,))).total == 59
    assert sorted_doses(record()).total == 60


def test_days_ahead_and_days_outside_the_period_do_not_count():
    data = record(100, today=day(49), first=day(10))
    assert sorted_doses(data).total == 40


def test_a_dose_on_a_day_on_which_none_was_due_is_shown_too():
    data = dataclasses.replace(record(), due_days=frozenset())
    assert sorted_doses(data).total == 60


@pytest.mark.parametrize("size", SIZES)
def test_without_any_recorded_dose_there_is_one_row_that_says_so(size):
    chart = planned_chart(record(silent=range(60)), size)
    assert "no doses recorded" in texts(chart.svg) and not set(KINDS) & set(texts(chart.svg))
    assert chart.title == "Dose as planned so far; no doses recorded"
    assert chart.description.endswith("No doses recorded.")
    assert chart.height < planned_chart(record(), size).height


def test_where_nothing_is_found_stands_a_dash_and_never_a_lone_nought():
    svg = planned_chart(record()).svg
    assert texts(svg).count("–") == 4
    assert "missed none" in planned_chart(record()).description


def test_compact_has_only_the_first_and_the_latest_dose_on_its_line():
    found = set(texts(planned_chart(record(), "compact").svg))
    assert {"20 mg", "10 mg"} <= found and "15" not in found
    assert "15" in texts(planned_chart(record()).svg)
    alone = planned_chart(record(planned=()), "compact")
    assert "15" in texts(alone.svg)


def test_the_plan_is_not_named_where_it_is_never_seen():
    same = record(last=59, planned=DOWN[:3])
    assert "planned" not in texts(planned_chart(same).svg)
    assert "planned" in texts(planned_chart(record()).svg)


# -- titles -----------------------------------------------------------------------------------
LINES = {
    "as planned": (DOWN, "Taken as planned so far"),
    "sooner": (steps((-30, 20), (10, 15), (25, 10)), "Taken: lower sooner than planned"),
    "sooner, then the plan came down to it": (steps((-30, 20), (10, 15), (30, 10)), "Taken: lower sooner than planned"),
    "lower than the plan ever gets": (steps((-30, 20), (30, 4)), "Taken: lower than planned since 31 Jan"),
    "higher": (steps((-30, 20), (25, 15)), "Taken: higher than planned since 10 Feb"),
    "back up": (steps((-30, 20), (20, 15), (40, 10), (50, 15)), "Taken: higher than planned since 20 Feb"),
    "higher from the first day on": (steps((-30, 30)), "Taken: higher than planned"),
    "later": (
        steps((-30, 20), (22, 15), (45, 10)), "Taken: lower later than planned, at the planned dose since 15 Feb",
    ),
    "both ways": (
        steps((-30, 20), (10, 15), (45, 10)), "Taken: at the planned dose since 15 Feb, not on all days before",
    ),
    "nothing taken": ((), "No dose taken in these days"),
}  # fmt: skip


@pytest.mark.parametrize("case", LINES)
def test_the_title_compares_the_dose_taken_with_the_dose_planned(case):
    taken, title = LINES[case]
    planned = (*DOWN[:-1], *steps((80, 5))) if case.startswith("lower than") else DOWN
    chart = planned_chart(record(taken=taken, planned=planned))
    assert chart.title == f"{title}; no dose recorded as missed"


@pytest.mark.parametrize(
    ("data", "title"),
    [
        (record(missed=(5,)), "Dose as planned so far; 1 of 60 doses missed"),
        (record(other=(5,)), "Dose as planned so far; no dose recorded as missed"),
        (record(late=(5,)), "Taken as planned so far; no dose recorded as missed"),
        (record(silent=(5,)), "Taken as planned so far; no dose recorded as missed, 1 day not recorded"),
        (record(1, missed=(0,)), "Dose as planned so far; 1 dose missed"),
        (record(planned=()), "No plan for these days; no dose recorded as missed"),
        (record(today=day(-9)), "Planned: all of these days are still to come; no doses recorded"),
        (record(today=day(400), taken=DOWN[:3], last=59), "Taken as planned so far; no dose recorded as missed"),
    ],
)
def test_the_title_says_what_is_known_of_the_doses(data, title):
    assert planned_chart(data).title == title


def test_the_year_is_said_where_it_is_not_this_one():
    chart = planned_chart(record(taken=steps((-30, 20), (10, 25)), today=date(2027, 3, 1), last=500))
    assert chart.title.startswith("Taken: higher than planned since 11 Jan 2026;")


def test_the_note_names_medication_plan_and_lines():
    assert planned_chart(mixed()).note == "Sertraline. Dashed: the plan. Firm: what was taken."
    told = dataclasses.replace(mixed(), plan="the plan of 20 Sep, a step every 14 days", medication="")
    assert planned_chart(told).note == "Dashed: the plan of 20 Sep, a step every 14 days. Firm: what was taken."


# -- table and downloads ----------------------------------------------------------------------
def test_the_table_has_a_row_for_each_change_and_the_counts_add_up():
    headers, rows = planned_table(mixed(taken=steps((-30, 20), (25, 15), (40, 10))))
    assert headers == ("from", "planned, mg a day", "taken, mg a day", *KINDS)
    assert table_text(headers, rows) == [
        ["1 Jan 2026", "20", "20", "14", "2", "0", "1", "3"],
        ["21 Jan 2026", "15", "20", "5", "0", "0", "0", "0"],
        ["26 Jan 2026", "15", "15", "13", "0", "1", "1", "0"],
        ["10 Feb 2026", "10", "10", "19", "0", "0", "1", "0"],
        ["2 Mar 2026", "5", "–", "–", "–", "–", "–", "–"],
        ["22 Mar 2026", "0", "–", "–", "–", "–", "–", "–"],
        ["all", "–", "–", "51", "2", "1", "3", "3"],
    ]


def test_the_table_without_doses_has_only_the_two_lines():
    _, rows = planned_table(record(silent=range(60)))
    assert len(rows) == 5 and all(set(row[3:]) == {None} for row in rows)


@pytest.mark.parametrize("size", SIZES)
def test_a_download_carries_heading_and_note(size):
    chart = planned_chart(mixed(), size, standalone=True)
    words = " ".join(texts(chart.svg))
    assert chart.title in words and chart.note in words
    assert chart.height > planned_chart(mixed(), size).height
    parse(chart.svg)
    picture = imread(BytesIO(planned_png(mixed(), size)))
    assert picture.shape[:2] == pytest.approx((2 * chart.height, 2 * chart.width), abs=1)
    assert planned_png(mixed(), size) == planned_png(mixed(), size)


def test_a_picture_in_pixels_keeps_every_point():
    """The two ends of a dot were rounded apart; where they met, the dot was not in the PNG."""
    canvas = Canvas(400, 20)
    centres = [10 + 4.05 * n for n in range(90)]
    canvas.dots([(x, 10) for x in centres], "ink", 1.5)
    picture = imread(BytesIO(canvas.png(2)))
    assert all(picture[20, round(2 * x), 0] < 0.5 for x in centres)


# -- long records -----------------------------------------------------------------------------
def years(days: int, seed: int = 1, weights=(70, 8, 4, 6, 12), every: int = 1, changes: int = 40) -> PlannedData:
    chance = random.Random(seed)
    due = [day(n) for n in range(0, days, every)]
    doses = {}
    for at in due:
        (status,) = chance.choices(["planned", "late", "other", "missed", None], weights)
        if status:
            doses[at] = Dose(status, Decimal(chance.randint(1, 20)) if status == "other" else None)
    plan = steps(*[(days * n // changes, 300 - 300 * n // changes) for n in range(changes + 1)])
    taken = steps(*[(days * n // changes + n % 9, 300 - 300 * n // changes) for n in range(changes + 1)])
    due = frozenset(due)
    return PlannedData("Sertraline", plan, taken, doses, due, due, day(0), day(days + 60), day(days))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("weights", [(70, 8, 4, 6, 12), (1, 1, 1, 1, 1), (1, 0, 0, 0, 0), (1, 0, 0, 0, 20)])
def test_ten_years_make_a_small_file(weights, size):
    chart = planned_chart(years(3650, 2, weights, changes=500), size)
    assert len(chart.svg) < 60_000
    assert_texts_are_clear(chart.svg)


def test_over_400_days_the_days_taken_on_time_are_bars_between_the_others():
    data = years(500, weights=(1, 0, 0, 0, 0), every=2)
    data = dataclasses.replace(data, doses={**data.doses, day(100): Dose("missed"), day(300): Dose("late")})
    chart = planned_chart(data)
    (bars,) = [e for e in parse(chart.svg).iter(f"{SVG}path") if e.attrib.get("stroke-width") == "5"]
    assert bars.attrib["d"].count("M") == 3
    assert "Bars: days taken on time." in chart.note
    assert "Bars" not in planned_chart(mixed()).note


def test_a_pause_of_more_than_a_week_is_no_run():
    data = years(500, weights=(1, 0, 0, 0, 0))
    kept = {at: dose for at, dose in data.doses.items() if not day(100) <= at < day(120)}
    data = dataclasses.replace(data, doses=kept, due_days=frozenset(kept))
    (bars,) = [e for e in parse(planned_chart(data).svg).iter(f"{SVG}path") if e.attrib.get("stroke-width") == "5"]
    assert bars.attrib["d"].count("M") == 2


@given(st.lists(st.floats(0, 900)), st.floats(0.1, 10))
def test_thinned_marks_keep_their_distance_and_the_first(xs, least):
    xs.sort()
    kept = thinned(xs, least)
    assert kept[:1] == xs[:1] and set(kept) <= set(xs)
    assert all(gap >= least * 0.999 for gap in numpy.diff(kept))


# -- whatever comes in ------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_only_text(name, size):
    data = dataclasses.replace(mixed(), medication=name, plan=name)
    for standalone in (False, True):
        svg = planned_chart(data, size, uid=name, standalone=standalone).svg
        assert "<script" not in svg
        parse(planned_chart(data, size, standalone=standalone).svg)


taper_lists = st.lists(st.tuples(st.integers(-40, 900), st.decimals(0, 10_000, places=3, allow_nan=False)), max_size=30)


@settings(max_examples=120, deadline=None)
@given(
    taper_lists, taper_lists, st.integers(1, 900), st.integers(-20, 1000), st.sampled_from(SIZES),
    st.lists(st.sampled_from(["planned", "late", "other", "missed", None]), max_size=300), st.booleans(),
)  # fmt: skip
@example([(0, 0)], [(0, 0)], 1, 0, "compact", ["other"], True)
@example([(0, 10)], [(0, 10), (1, 5)], 2, 1, "wide", ["missed", "other"], True)
def test_any_record_is_drawn_with_its_texts_clear(planned, taken, days, today, size, statuses, said):
    doses = {day(n): Dose(status, Decimal("12.5") if said else None) for n, status in enumerate(statuses) if status}
    due = frozenset(day(n) for n in range(len(statuses)))
    data = PlannedData("x", steps(*planned), steps(*taken), doses, due, due, day(0), day(days - 1), day(today))
    chart = planned_chart(data, size)
    assert chart.svg == planned_chart(data, size).svg
    assert_texts_are_clear(chart.svg)
    headers, rows = planned_table(data)
    assert all(len(row) == len(headers) for row in rows)
    done = sorted_doses(data)
    for column, kind in enumerate(KINDS, start=3):
        assert sum(row[column] or 0 for row in rows if row[0] != "all") == (
            done.count(kind) if done.any_recorded else 0
        )


def test_the_last_days_there_are():
    far = PlannedData("x", (), (), {}, frozenset(), frozenset(), date(9999, 1, 1), date.max, date.max)
    assert {"Jan", "Dec", "9999"} <= set(texts(planned_chart(far).svg))
    assert planned_table(far)[1] == [(date(9999, 1, 1), *[None] * 7)]


# -- the published taper ----------------------------------------------------------------------
def published(today: date = date(2013, 2, 3)) -> PlannedData:
    """The steps that were taken, beside a made-up plan of the same doses every 14 days; its own record of doses."""
    taper = real_taper()
    first = taper.steps[1].day
    plan = [taper.steps[0], *(DoseChange(first + timedelta(14 * n), s.mg) for n, s in enumerate(taper.steps[1:]))]
    doses, due = {}, set()
    with open(REAL / "daily.csv", newline="") as file:
        for row in csv.DictReader(file):
            at = date.fromisoformat(row["date"])
            if Decimal(row["dose_mg"]):
                due.add(at)
                if row["took_dose"]:
                    doses[at] = Dose("planned" if row["took_dose"] == "yes" else "missed")
    return PlannedData(
        "Venlafaxine",
        tuple(plan),
        taper.steps,
        doses,
        frozenset(due),
        taper.entry_days,
        taper.first,
        date(2013, 2, 3),
        today,
    )


def test_the_published_taper():
    chart = planned_chart(published())
    assert chart.title == ("Taken: lower sooner than planned; no dose recorded as missed, 14 days not recorded")
    assert {"150 mg", "105", "73", "51", "37", "25", "18", "12", "9", "0 mg", "planned"} <= set(texts(chart.svg))
    assert "84 of 98 days" in texts(chart.svg)
    assert_texts_are_clear(chart.svg)


def test_the_published_taper_on_a_phone():
    chart = planned_chart(published(), "compact")
    assert {"150 mg", "0 mg", "planned", "84", "14"} <= set(texts(chart.svg)) and "105" not in texts(chart.svg)
    assert_texts_are_clear(chart.svg)


def test_the_published_taper_half_way():
    data = published(date(2012, 11, 1))
    chart = planned_chart(data)
    assert chart.title.startswith("Taken: lower sooner than planned; no dose recorded as missed, ")
    assert planned_table(data)[1][0] == (date(2012, 8, 13), 150, 150, 34, 0, 0, 0, 9)
