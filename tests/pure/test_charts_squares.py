"""All symptoms as squares on a summary's page: without the doses, the changes named over the rows."""

import pytest

from journal.charts.heatgrid import grid_of
from journal.charts.heatmap import heatmap_sheet, summary_words
from journal.charts.model import OtherMedication

from .charting import assert_known_classes, assert_texts_are_clear, day, noise, parse, steps, texts
from .many import many

CASES = {
    "many": many(),
    "a month": many(30),
    "one change": many(90, taper=steps((-3, 20), (80, 10))),
    "no change": many(60, taper=steps((-3, 20))),
    "no medication": many(60, taper=()),
    "two medications": many(120, others=[OtherMedication("Quetiapine prolonged release", steps((-9, 25), (100, 50)))]),
    "1,000 days": many(1000),
    "20 symptoms": many(200, [f"Sensitivity to light number {n}" for n in range(20)]),
    "nothing rated": many(60, values=[{}, {}, {}]),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("size", ["summary", "summary-letter"])
def test_nothing_collides(case, size):
    svg = heatmap_sheet(CASES[case], size).chart("summary-squares").svg
    assert_texts_are_clear(svg)
    assert_known_classes(svg)


def test_the_changes_are_named_over_the_rows_instead_of_the_doses():
    found = texts(heatmap_sheet(many(), "summary").chart("u").svg)
    assert {"reduction", "10 mg", "before", "last 28"} <= set(found)
    assert "Dose, mg" not in found
    assert "20 mg" not in found


def test_an_increase_among_them_makes_them_changes():
    data = many(120, taper=steps((-30, 20), (30, 15), (50, 20), (80, 10)))
    assert {"changes", "10 mg"} <= set(texts(heatmap_sheet(data, "summary").chart("u").svg))


def test_a_name_over_the_rows_that_has_no_room_at_the_right_stands_left_of_its_rule():
    svg = heatmap_sheet(CASES["two medications"], "summary").chart("u").svg
    (found,) = [one for one in parse(svg).iter() if (one.text or "").startswith("50 mg Quetiapine")]
    assert found.attrib["text-anchor"] == "end"


@pytest.mark.parametrize(
    ("data", "left_out", "title", "note"),
    [
        (
            many(),
            0,
            "All 3 symptoms by week: the larger or darker, the higher the mean",
            "A column: a week, 3 rated days",
        ),
        (many(20), 0, "All 3 symptoms by day: the larger or darker, the higher", "A dot: a value under 0.25."),
        (many(), 12, "The 3 symptoms that changed most by week", "Not drawn: 12 more."),
        (many(names=["Pain"]), 0, "1 symptom by week", "Bold: changed by 0.5 or more."),
    ],
)
def test_words(data, left_out, title, note):
    found = summary_words(data, left_out, grid_of(data, "summary").step)
    assert found[0].startswith(title)
    assert note in found[2]
    assert found[1].startswith("Severity of ")


def test_the_phone_can_have_columns_as_coarse_as_paper():
    data = many(300, values=[noise(300, 2)], names=["Pain"])
    step = grid_of(data, "summary").step
    assert step == 14
    assert len(grid_of(data, "compact", step).spans) == len(grid_of(data, "summary").spans)
    assert day(0) == data.first
