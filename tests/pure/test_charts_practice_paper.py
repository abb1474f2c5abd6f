"""Practices on paper: open before, filled after, half a page wide."""

import pytest

from journal.charts.practice_paper import SIZE, practice_note, practice_paper_sheet

from .charting import NASTY, assert_known_classes, assert_texts_are_clear, parse, paths, texts, vertices
from .test_charts_practice import data, skill


def drawn(*skills) -> str:
    return practice_paper_sheet(data(*skills)).chart("summary-practice").svg


def test_filled_is_after_and_open_is_before():
    svg = drawn(skill(before="6.3", after=3))
    (disc,) = [at for at in map(vertices, [d for d in paths(svg, "s c-ink") if "h.1" in d]) if len(at) == 1]
    width = SIZE.plot_right - SIZE.left
    assert disc[0][0] == pytest.approx(SIZE.left + 0.3 * width - 0.05, abs=0.1)
    (ring,) = [path for path in paths(svg, "s c-ink") if "C" in path]
    assert float(ring.split()[0].removeprefix("M") or ring.split()[1]) == pytest.approx(
        SIZE.left + 0.63 * width, abs=0.2
    )
    assert {"after", "before", "−3.3", "9", "change", "times"} <= set(texts(svg))


@pytest.mark.parametrize(
    "skills",
    [
        (skill(),),
        (skill(before=10, after="0.2"),),
        (skill(before=0, after=10, n=1007),),
        (skill(before=5, after=5),),
        tuple(skill(f"Skill {n} with a name that takes two lines", 6, 3) for n in range(6)),
        (skill("Progressive muscle relaxation of the whole body, lying down, before sleep"), skill()),
    ],
)
def test_nothing_collides(skills):
    svg = drawn(*skills)
    assert_texts_are_clear(svg)
    assert_known_classes(svg)
    assert 'width="258pt"' in svg


@pytest.mark.parametrize("name", NASTY)
def test_any_name_gives_good_xml(name):
    parse(drawn(skill(name)))


def test_the_note_names_what_is_not_drawn():
    few = [skill(f"Skill {n}", n=4, times=6) for n in range(6)]
    assert practice_note(data(skill())) == (
        "Open: distress before, filled: after; medians of the practices with both ratings, and of the change."
    )
    assert practice_note(data(skill(), *few), 2).endswith(
        "2 more, practised less often, not drawn. "
        "Fewer than 5 such practices: Skill 0 (4), Skill 1 (4), Skill 2 (4), Skill 3 (4) and 2 more."
    )
