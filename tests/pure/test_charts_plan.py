"""A plan as a picture, alone or beside another: its doses, and what they occupy."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.charts.beside import Skyline, outwards, spot_beside
from journal.charts.measure import Box
from journal.charts.occupancy import OccupancyData, OccupancyLine, occupancy_chart
from journal.charts.plan import PlanData, PlanLine, _start_words, plan_chart, round_ticks
from journal.charts.steplines import MARKS, PLAN_SIZES, StepPlot

from .charting import (
    NASTY,
    SVG,
    assert_known_classes,
    assert_texts_are_clear,
    parse,
    paths,
    texts,
    vertices,
)

SIZES = sorted(PLAN_SIZES)
FIRST = date(2026, 12, 11)
A_MG = ("30", "24", "19.2", "15.4", "12.3", "9.83", "7.86", "6.29", "5.03", "4.03", "3.22", "0")
B_MG = ("18.1", "10.7", "6.84", "4.43", "2.79", "1.6", "0.7", "0")


def every(days: int, values, first: date = FIRST):
    return tuple((first + timedelta(days * n), Decimal(value)) for n, value in enumerate(values))


def line(letter="A", values=A_MG, days=28, from_mg="37.5", name="20 % of the present dose") -> PlanLine:
    return PlanLine(letter, name, Decimal(from_mg), every(days, values))


def two() -> PlanData:
    return PlanData((line(), line("B", B_MG, name="Equal occupancy steps")))


def shares(data: PlanData) -> OccupancyData:
    """Made up: half of 86 % at 6 mg."""

    def share(mg):
        return 86 * mg / (mg + 6)

    lines = (
        OccupancyLine(at.letter, at.name, share(at.from_mg), tuple((day, share(mg)) for day, mg in at.steps))
        for at in data.lines
    )
    return OccupancyData(tuple(lines), "Sørensen 2022, striatum")


# -- the picture of the guide -----------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
def test_it_works(size):
    chart = plan_chart(two(), size, uid="plan")
    root = parse(chart.svg)
    assert chart.title == root[0].text == "A takes 308 days, B takes 196"
    assert root[1].text == chart.description
    assert root.attrib["aria-labelledby"] == f"plan-{size}-title plan-{size}-desc"
    assert root.attrib["viewBox"] == f"0 0 {chart.width:g} {chart.height:g}"
    assert {"now 37.5 mg", "A", "B", "0", "10", "40"} <= set(texts(chart.svg))
    assert_texts_are_clear(chart.svg)
    assert_known_classes(chart.svg)


def test_the_note_says_which_line_is_which():
    assert plan_chart(two()).note == (
        "Dose in mg a day. Firm: A, 20 % of the present dose. Dashed: B, Equal occupancy steps."
    )
    assert plan_chart(PlanData((line(),))).note == "20 % of the present dose. Dose in mg a day."
    alike = PlanData((line(), line("B", name="The same")))
    assert plan_chart(alike).note.endswith("The two are alike.")


def test_a_is_firm_and_b_is_dashed_and_ends_in_a_ring():
    root = parse(plan_chart(two()).svg)
    lines = [e.attrib for e in root.iter(f"{SVG}path") if e.attrib["class"] in ("s c-ink", "s c-worse")]
    dashed, firm, ring, dot = lines
    assert (dashed["class"], dashed["stroke-dasharray"]) == ("s c-worse", "7,4")
    assert firm["class"] == "s c-ink" and "stroke-dasharray" not in firm and firm["stroke-width"] == "2"
    assert "C" in ring["d"] and ring["class"] == "s c-worse"
    assert dot["stroke-linecap"] == "round" and dot["d"] == "M603.1 214h.1"


def test_the_axis_begins_at_nought_and_a_little_before_the_first_step():
    plot = StepPlot(two().tracks, PLAN_SIZES["wide"], [(Decimal(0), "0"), (Decimal(40), "40")])
    assert plot.axis.period.first == FIRST - timedelta(13)
    assert plot.y(0) == plot.bottom and plot.y(40) == plot.top
    start, corner = plot.lines[0][:2]
    assert start[0] == plot.axis.left and corner == (plot.axis.x(FIRST), start[1])


def test_where_the_labels_of_the_axis_are_years_none_stands_twice():
    decades = line(values=("20", "10", "5", "4", "3", "2", "1", "0"), days=1000)
    svg = plan_chart(PlanData((decades,)), "compact").svg
    assert [text for text in texts(svg) if text.startswith("20") and len(text) == 4] == [
        "2030",
        "2035",
        "2040",
        "2045",
    ]


# -- titles -----------------------------------------------------------------------------------
ONE = {"values": ("0",)}


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        ((line(),), "12 steps in 308 days, from 37.5 to 0\u00a0mg"),
        ((line(values=("20",)),), "1 step on 11 Dec 2026, from 37.5 to 20\u00a0mg"),
        ((line(values=("20", "0"), days=1),), "2 steps in 1 day, from 37.5 to 0\u00a0mg"),
        ((line(values=("40", "50")),), "2 steps in 28 days, from 37.5 to 50\u00a0mg"),
        ((line(), line("B")), "A and B both take 308 days"),
        ((line(), line("B", **ONE)), "A takes 308 days, B takes 1 step"),
        ((line(**ONE), line("B")), "A takes 1 step, B takes 308 days"),
        ((line(**ONE), line("B", **ONE)), "A and B both take 1 step"),
        ((line(values=("9", "8"), days=1500), line("B", values=("1", "0"), days=1)), "A takes 1,500 days, B takes 1"),
    ],
)
def test_the_title_says_how_long_each_takes(lines, title):
    assert plan_chart(PlanData(lines)).title == title


@pytest.mark.parametrize(
    ("values", "title"),
    [
        (("35", "32.5", "2.5", "0"), "The first step lowers occupancy by about 1 point, the last by about 25"),
        (("0",), "The one step lowers occupancy by about 74 points"),
        (("37.6", "0"), "The first step leaves occupancy about the same, the last lowers it by about 74 points"),
        (("20", "40"), "The first step lowers occupancy by about 8 points, the last raises it by about 9 points"),
        (("20", "20"), "The first step lowers occupancy by about 8 points, the last about the same"),
    ],
)
def test_the_title_of_one_plan_sets_the_last_step_beside_the_first(values, title):
    assert occupancy_chart(shares(PlanData((line(values=values),)))).title == title


def test_the_title_of_two_plans_sets_their_last_steps_side_by_side():
    title = occupancy_chart(shares(two())).title
    assert title == "The last step of A lowers occupancy by about 30 points, of B by about 9"


# -- occupancy --------------------------------------------------------------------------------
@pytest.mark.parametrize("size", SIZES)
def test_occupancy_is_drawn_over_the_same_days(size):
    chart = occupancy_chart(shares(two()), size)
    assert {"now about 74 %", "0", "25", "50", "75", "100", "A", "B"} <= set(texts(chart.svg))
    assert chart.note.endswith("By the curve of Sørensen 2022, striatum: a group average, with wide spread.")
    assert_texts_are_clear(chart.svg)
    assert_known_classes(chart.svg)
    months = {"Dec", "Jan", "Jul", "28 Nov 2026"}
    assert months & set(texts(chart.svg)) == months & set(texts(plan_chart(two(), size).svg))


def test_equal_steps_in_mg_are_ever_larger_falls():
    equal = PlanData((line(values=[str(35 - 5 * n) for n in range(8)]),))
    corners = vertices(paths(occupancy_chart(shares(equal)).svg, "s c-ink")[0])
    levels = [y for _, y in corners[::2]]
    falls = [after - before for before, after in pairwise(levels)]
    assert falls == sorted(falls) and falls[-1] > 5 * falls[0]


def test_no_share_is_over_100_or_under_nought():
    beyond = OccupancyLine("A", "", 104.2, ((FIRST, Decimal("100.4")), (FIRST + timedelta(9), -0.2)))
    data = OccupancyData((beyond,), "x")
    chart = occupancy_chart(data)
    plan = vertices(paths(chart.svg, "s c-ink")[0])
    assert {y for _, y in plan} == {26, 214}
    assert "now about 100 %" in texts(chart.svg)


# -- words ------------------------------------------------------------------------------------
def test_a_long_plan_is_told_by_its_ends():
    description = plan_chart(PlanData((line(values=[str(n) for n in range(100, 0, -1)]),))).description
    assert "96 more steps" in description and len(description) < 250


# -- whatever comes in ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("highest", "ticks"),
    [
        ("37.5", "0 10 20 30 40"), ("40", "0 10 20 30 40"), ("0.5", "0 0.1 0.2 0.3 0.4 0.5"),
        ("1", "0 0.2 0.4 0.6 0.8 1"),
        ("0", "0 0.001"), ("0.001", "0 0.001"), ("0.0025", "0 0.001 0.002 0.003"), ("1800", "0 500 1000 1500 2000"),
        ("12", "0 5 10 15"), ("150", "0 50 100 150"), ("10000", "0 2000 4000 6000 8000 10000"),
    ],
)  # fmt: skip
def test_ticks_are_round_and_reach_the_highest_dose(highest, ticks):
    assert round_ticks(Decimal(highest)) == [Decimal(tick) for tick in ticks.split()]


@given(st.decimals(0, 1_000_000, places=3))
def test_there_are_never_more_than_five_steps_of_the_axis(highest):
    ticks = round_ticks(highest)
    assert 2 <= len(ticks) <= 6 and ticks[-1] >= highest and (len(ticks) == 2 or ticks[-2] < highest)


def test_a_plan_needs_a_step_and_there_are_one_or_two():
    with pytest.raises(ValueError, match="at least one step"):
        PlanData((PlanLine("A", "", Decimal(5), ()),))
    with pytest.raises(ValueError, match="at least one step"):
        OccupancyData((OccupancyLine("A", "", Decimal(5), ()),), "a curve")
    for lines in ((), (line(),) * 3):
        with pytest.raises(ValueError, match="beside one other"):
            PlanData(lines)
    with pytest.raises(ValueError, match="compact"):
        plan_chart(two(), "huge")


@pytest.mark.parametrize("name", NASTY)
def test_a_name_is_only_text(name):
    data = PlanData((line(name=name), line("B", name=name)))
    for chart in (plan_chart(data, uid=name), occupancy_chart(OccupancyData(shares(data).lines, name))):
        parse(chart.svg)
        assert "<script" not in chart.svg


def zigzag(letter, low, high, count=1000, span=18_250):
    values = [(FIRST + timedelta(span * n // (count - 1)), Decimal(high if n % 2 else low)) for n in range(count)]
    return PlanLine(letter, "", Decimal(50), tuple(values))


EDGES = {
    "one step": PlanData((line(**ONE),)),
    "one step each, on one day": PlanData((line(**ONE), line("B", **ONE))),
    "from nought to nought": PlanData((line(from_mg="0", **ONE),)),
    "a day": PlanData((line(values=("20", "0"), days=1), line("B", values=("30", "0"), days=1))),
    "up": PlanData((line(values=("40", "50", "60")), line("B", values=("45", "75")))),
    "other present doses": PlanData((line(from_mg="10"), line("B", from_mg="20"))),
    "alike": PlanData((line(), line("B"))),
    "ends at a dose": PlanData((line(values=("30", "25")), line("B", values=("20",)))),
    "huge and tiny": PlanData((line(values=("1800", "0.001"), from_mg="123456.789"), line("B", ("0.037",)))),
    "1,000 steps in 50 years": PlanData((zigzag("A", 40, 39), zigzag("B", 10, 9))),
    "all ink": PlanData((zigzag("A", 0, 80), zigzag("B", 80, 0))),
    "the last day there is": PlanData((PlanLine("A", "", Decimal(5), ((date.max, Decimal(0)),)),)),
    "the first day there is": PlanData((PlanLine("A", "", Decimal(5), ((date.min, Decimal(0)),)),)),
}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("case", EDGES)
def test_edge_cases_are_drawn(case, size):
    for chart in (plan_chart(EDGES[case], size), occupancy_chart(shares(EDGES[case]), size)):
        assert chart.title and chart.description
        assert_texts_are_clear(chart.svg)
        letters = {"A", "B"} if len(EDGES[case].lines) == 2 else set()
        assert letters <= set(texts(chart.svg))
        assert len(chart.svg) < 60_000


plans = st.lists(
    st.tuples(st.integers(0, 18_250), st.decimals(0, 10_000, places=3, allow_nan=False)), min_size=1, max_size=60
)


@settings(max_examples=80, deadline=None)
@given(plans, st.none() | plans, st.sampled_from(SIZES), st.decimals(0, 1000, places=2))
@example([(0, 10)], [(0, 0), (1, "0.001")], "compact", Decimal(0))
@example(
    [(0, 40), (300, 40)], [(0, 43), (100, 0), (300, 0)], "wide", Decimal(41)
)  # B lies above A just where A is named
@example([(0, 40)], [(0, 43)], "print", Decimal(41))
def test_texts_keep_clear_of_each_other_and_of_the_lines(one, other, size, start):
    lines = [
        PlanLine(letter, "", start, tuple((FIRST + timedelta(n), Decimal(mg)) for n, mg in steps))
        for letter, steps in (("A", one), ("B", other))
        if steps
    ]
    data = PlanData(tuple(lines))
    chart = plan_chart(data, size)
    assert chart.svg == plan_chart(data, size).svg
    assert_texts_are_clear(chart.svg)
    assert_texts_are_clear(occupancy_chart(shares(data), size).svg)
    highest = max(mg for line in lines for mg in (line.from_mg, *(mg for _, mg in line.steps)))
    ticks = [(mg, "0") for mg in round_ticks(highest)]
    plot = StepPlot(data.tracks, PLAN_SIZES[size], ticks)
    for text, *_, box in plot._labels(_start_words(data.tracks)):
        assert not any(skyline.touches(box, -0.1) for skyline in plot.skylines), text
        dot = MARKS[size][0]
        ends = [Box(x - dot, y - dot, x + dot, y + dot) for (x, y) in (corners[-1] for corners in plot.lines)]
        assert not any(box.touches(end) for end in ends), text


def test_a_text_beside_a_line_finds_the_nearest_free_place():
    own = Skyline([(0, 50), (100, 50), (100, 80), (200, 80)], 200)
    frame = Box(0, 0, 200, 100)

    def spot(**more):
        options = {"own": own, "frame": frame, "xs": outwards(120, 0, 200), **more}
        return spot_beside("A", 13, True, **options)

    x, y, box = spot()
    assert (x, y) == (120, pytest.approx(80 - 4 - 0.26)) and box.bottom == pytest.approx(76)
    assert spot(taken=[box])[1] > 80  # below
    assert spot(others=[Skyline([(0, 70), (300, 70)], 200)], xs=[120])[1] > 80
    assert spot(frame=Box(0, 60, 200, 82), others=[Skyline([(0, 70), (300, 70)], 200)]) is None
