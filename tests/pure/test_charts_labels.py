"""Labels: they never touch each other, and the first and the latest dose always have one."""

import dataclasses

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal.analysis.series import Span
from journal.charts.doseline import DoseLine, dose_row, step_labels
from journal.charts.measure import clean, fitted, text_width, wrapped
from journal.charts.model import OtherMedication
from journal.charts.overview import prepare_overview, sheet_of
from journal.charts.sizes import SIZES
from journal.charts.timeaxis import TimeAxis

from .charting import FIRST, day, real_taper, record, steps

ALL = sorted(SIZES)


def labels(taper, size_name: str, days: int):
    size = SIZES[size_name]
    axis = TimeAxis(Span(FIRST, day(days - 1)), size.left, size.plot_right)
    line = DoseLine(taper, axis, size.top, size.top + size.dose)
    edge = size.width if size.is_wide else size.plot_right + (4 if size.is_print else 0)
    return line, step_labels(line, size, edge)


def assert_apart(boxes, least: float = 0) -> None:
    for number, (text, box) in enumerate(boxes):
        for other_text, other in boxes[number + 1 :]:
            assert not box.touches(other, -0.01 + least, -0.01), (text, box, other_text, other)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ("wide", "150 mg,105,73,51,37,25,18,12,9,0 mg"),
        ("compact", "150 mg,105,73,51,25,0 mg"),
        ("print", "150 mg,105,73,51,37,25,18,12,9,0 mg"),
    ],
)
def test_the_real_taper_carries_the_labels_of_the_guide(size, expected):
    data = real_taper()
    spec = SIZES[size]
    axis = TimeAxis(Span(data.first, data.last), spec.left, spec.plot_right)
    found = step_labels(DoseLine(data.steps, axis, spec.top, spec.top + spec.dose), spec, spec.width)
    assert ",".join(label.text for label in sorted(found, key=lambda label: label.x)) == expected


def test_units_stand_once_at_each_end_and_those_are_bold():
    _, found = labels(steps((0, 20), (40, 15), (80, "12.5")), "wide", 120)
    assert {(label.text, label.bold) for label in found} == {("20 mg", True), ("15", False), ("12.5 mg", True)}


def test_an_increase_is_labelled_before_a_reduction():
    # 12 and 11 want the same place, and 11 was held for longer: the step back up is still the one shown
    _, found = labels(steps((0, 20), (60, "11.5"), (100, 12), (102, 11), (200, 5)), "compact", 365)
    assert {label.text for label in found} == {"20 mg", "11.5", "12", "5 mg"}


taper_lists = st.lists(
    st.tuples(st.integers(-20, 400), st.decimals(0, 10000, places=3, allow_nan=False)), min_size=1, max_size=45
)


@settings(max_examples=150, deadline=None)
@given(taper_lists, st.sampled_from(ALL), st.integers(1, 400))
def test_dose_labels_never_touch_and_the_ends_are_never_dropped(taper, size, days):
    line, found = labels(steps(*taper), size, days)
    assert_apart([(label.text, label.box) for label in found])
    if line.treads:
        assert found[0].bold and found[0].text.endswith(" mg")
        assert len([label for label in found if label.bold]) == min(2, len(line.treads))


@settings(max_examples=60, deadline=None)
@given(
    taper_lists,
    st.sampled_from(ALL),
    st.integers(1, 800),
    st.text(alphabet=st.characters(codec="utf-8"), max_size=60),
    st.none() | taper_lists,
)
@example([(0, 0), (1, "0.001")], "print", 20, "", None)  # was pushed onto the 0 of the axis
def test_no_two_labels_of_a_drawing_touch(taper, size_name, days, name, other):
    others = (OtherMedication(name, steps(*other)),) if other else ()
    data = record(days, taper=steps(*taper), other_medications=others)
    strips = (dataclasses.replace(data.strips[0], name=name), *data.strips[1:])
    size = SIZES[size_name]
    canvas = sheet_of(prepare_overview(dataclasses.replace(data, strips=strips), size), size).canvas
    assert_apart(canvas.labels)


def test_the_dose_row_is_whole():
    data = real_taper()
    row = "150 → 105 → 73 → 51 → 37 → 25 → 18 → 12 → 9 → 0 mg"
    assert dose_row(data.steps, Span(data.first, data.last)) == row
    assert dose_row((), Span(FIRST, FIRST)) == ""


@given(st.text(max_size=80), st.floats(20, 400), st.booleans())
def test_a_fitted_text_fits(text, room, bold):
    assert text_width(fitted(text, room, 14, bold), 14, bold) <= max(room, 40)


@given(st.text(max_size=200), st.integers(100, 800))
def test_wrapped_lines_fit_and_lose_no_word(text, room):
    lines = wrapped(text, room, 14)
    assert all(text_width(line, 14) <= room for line in lines)


@given(st.text())
def test_clean_text_has_no_control_characters(text):
    assert all(c >= " " and not 0x7F <= ord(c) <= 0x9F for c in clean(text))
