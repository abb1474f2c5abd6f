"""Practices before and after: a row a skill."""

import re
from decimal import Decimal

import pytest

from journal.analysis.practice import Change, Tally
from journal.charts.data import PracticeData, SkillChange
from journal.charts.practice import MOST, PRACTICE_SIZES, practice_sheet, practice_table
from journal.charts.table import table_text

from .charting import (
    FIRST,
    NASTY,
    assert_known_classes,
    assert_texts_are_clear,
    day,
    parse,
    paths,
    text_boxes,
    texts,
    vertices,
)

SIZES = sorted(PRACTICE_SIZES)


def skill(name="Walk outside", before=6, after=3, n=9, times=None, by=None, ends=(-6, 1)) -> SkillChange:
    """A skill of which the medians are these; under five practices there is no change."""
    before, after = Decimal(str(before)), Decimal(str(after))
    by = after - before if by is None else Decimal(str(by))
    change = Change(before, after, by, Decimal(ends[0]), Decimal(ends[1]), n) if n >= 5 else None
    return SkillChange(name, Tally(times or n, n, change))


def data(*skills) -> PracticeData:
    return PracticeData(FIRST, day(89), skills)


def drawn(*skills, size="wide", **options):
    return practice_sheet(data(*skills), size, **options).chart()


def test_ring_before_and_disc_after():
    """0 to 10 lie over 868 - 214 - 156 = 498 units."""
    svg = drawn(skill(before="6.5", after=3)).svg
    (disc,) = [vertices(path) for path in paths(svg, "s c-better") if len(vertices(path)) == 1]
    assert disc[0][0] == pytest.approx(214 + 0.3 * 498 - 0.05, abs=0.1)
    (ring,) = [path for path in paths(svg, "s c-better") if "C" in path]
    xs = [float(x) for x, _ in re.findall(r"(-?[\d.]+) (-?[\d.]+)", ring)]
    assert (min(xs) + max(xs)) / 2 == pytest.approx(214 + 0.65 * 498, abs=0.1)
    (left, _), (right, _) = next(vertices(p) for p in paths(svg, "s c-better") if len(vertices(p)) == 2)
    assert {round(left), round(right)} == {round(214 + 0.65 * 498 - 5), round(214 + 0.3 * 498)}


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_a_row(size):
    shown = texts(drawn(skill(before="6.33", after=3), size=size).svg)
    assert {"Walk outside", "−3.3", "−6.0 to +1.0", "9 times", "before", "after"} <= set(shown)


def test_the_change_is_that_of_the_practices_and_not_the_distance_of_the_medians():
    shown = texts(drawn(skill(before=7, after=3, by=-1)).svg)
    assert "−1.0" in shown and "−4.0" not in shown
    assert texts(drawn(skill(ends=(-2, -2))).svg).count("−2.0 to −2.0") == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_widest_range_is_clear_of_the_rest(size):
    assert_texts_are_clear(drawn(skill(before=10, after=10, by=0, ends=("-10", "10"), n=12_345), size=size).svg)


def test_higher_distress_is_heather_and_has_its_sign():
    svg = drawn(skill(before=3, after=5)).svg
    assert paths(svg, "s c-worse") and not paths(svg, "s c-better")
    assert "+2.0" in texts(svg)
    boxes = dict(text_boxes(svg))
    assert boxes["before"].right < boxes["after"].left


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    ("before", "after"), [(0, 0), (10, 10), (0, 10), (10, 0), ("0.1", 0), (5, "4.9"), (1, 0), (10, 9)]
)
def test_marks_at_the_ends_of_the_scale(size, before, after):
    for standalone in (False, True):
        svg = drawn(skill(before=before, after=after), size=size, standalone=standalone).svg
        assert_texts_are_clear(svg)
        assert_known_classes(svg)


def test_the_marks_are_named_once_in_the_first_row_with_room():
    svg = drawn(skill("A", 5, 0), skill("B", 6, 3), skill("C", 6, 4)).svg
    boxes = dict(text_boxes(svg))
    assert texts(svg).count("after") == 1
    assert abs(boxes["after"].bottom - boxes["B"].bottom) < 3 or abs(boxes["after"].bottom - boxes["A"].bottom) < 3


def test_the_title_ranks_no_skill():
    two = skill("A", 6, 5), skill("B", 2, 5, n=5)
    assert drawn(*two, skill("C", n=4)).title == "Distress before and after 2 skills, 14 practices"
    assert drawn(two[0]).title == "Distress before and after 1 skill, 9 practices"


def test_the_note():
    note = drawn(skill("A"), skill("B"), skill("C", n=2)).note
    assert note == (
        "Medians of the practices with both ratings, 1 Jan 2026 to 31 Mar 2026. Ring: before. Disc: after. At the "
        "right the median change of a practice, and from the lowest to the highest. Sorted by change. Skills with "
        "fewer than 5 such practices are not drawn. This does not show what causes what."
    )
    assert "Sorted" not in drawn(skill()).note


def test_a_skill_with_too_few_is_not_drawn_but_is_in_the_table():
    few = SkillChange("Awake at night", Tally(6, 4))
    none = SkillChange("Worry time", Tally(5, 0))
    assert "Awake at night" not in texts(drawn(skill(), few, none).svg)
    headers, rows = practice_table(data(skill(before="6.25", after=3), few, none))
    assert headers == (
        "skill", "median distress before", "median distress after", "median change", "lowest change",
        "highest change", "with both ratings", "practised",
    )  # fmt: skip
    assert rows == [
        ("Walk outside", Decimal("6.3"), 3, Decimal("-3.3"), -6, 1, 9, 9),
        ("Awake at night", None, None, None, None, None, 4, 6),
        ("Worry time", None, None, None, None, None, 0, 5),
    ]
    assert table_text(headers, rows)[0] == ["Walk outside", "6.3", "3.0", "−3.3", "−6.0", "1.0", "9", "9"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("standalone", [False, True])
@pytest.mark.parametrize("name", [*NASTY, "Breathe in for five, breathe out for five, and once more"])
def test_a_name_can_be_anything(size, standalone, name):
    svg = drawn(skill(name), skill(name, 7, 6), size=size, standalone=standalone).svg
    parse(svg)
    assert_texts_are_clear(svg)


@pytest.mark.parametrize("size", SIZES)
def test_very_many_skills_and_practices(size):
    many = [skill(f"Skill {n}", 6, 3 + Decimal(n) / 100, 12_345) for n in range(MOST + 5)]
    chart = drawn(*many, size=size)
    assert "5 more are in the table." in chart.note
    assert_texts_are_clear(chart.svg)
    assert len(practice_table(data(*many))[1]) == MOST + 5


def test_a_long_name_takes_two_lines_before_it_is_cut():
    shown = texts(drawn(skill("Progressive muscle relaxation")).svg)
    assert {"Progressive", "muscle relaxation"} <= set(shown)


def test_the_same_input_gives_the_same_bytes():
    assert drawn(skill(), skill("B")).svg == drawn(skill(), skill("B")).svg
