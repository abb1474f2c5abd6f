"""What practising a skill did to distress: medians, the range, and when nothing is said."""

import statistics
from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.practice import SHOWN_FROM, Tally, change, median, median_text, order, points_text, tally

tenths = st.integers(0, 100).map(lambda tenth: Decimal(tenth) / 10)
practices = st.lists(st.tuples(st.none() | tenths, st.none() | tenths), max_size=40)


def counted(*figures):
    return Counter(Decimal(str(figure)) for figure in figures)


def pairs(*given):
    """Each (before, after) with how often it is there."""
    exact = [tuple(None if figure is None else Decimal(str(figure)) for figure in pair) for pair in given]
    return Counter(exact)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([7], "7"),
        ([4, 7], "5.5"),
        ([7, 4, 4], "4"),
        ([0, 0, 0, 10], "0"),
        ([6.3, 6.4], "6.35"),
        ([1, 2, 3, 4], "2.5"),
    ],
)
def test_median(figures, expected):
    assert median(counted(*figures)) == Decimal(expected)


@given(st.lists(tenths, min_size=1, max_size=60))
def test_median_agrees_with_the_plain_list(figures):
    assert median(Counter(figures)) == statistics.median(figures)


def test_no_figures_have_no_median():
    with pytest.raises(ValueError, match="no figures"):
        median({})


@pytest.mark.parametrize("n", [0, 1, SHOWN_FROM - 1])
def test_a_change_is_not_shown_before_five(n):
    assert change(pairs(*[(7, 4)] * n)) is None


def test_a_change_is_shown_from_five_on():
    found = change(pairs((7, 4), (7, 5), (8, 4), (6, 3), (7, 4)))
    assert (found.before, found.after, found.n) == (7, 4, 5)
    assert found.words == "distress 7 to 4, change −3, median of 5"


@pytest.mark.parametrize(
    ("given_pairs", "words"),
    [
        ([(9, 3), (8, 8), (7, 6), (2, 1), (1, 0)], "distress 7 to 3, change −1, median of 5"),
        ([(4, 4)] * 5, "distress 4 to 4, change 0, median of 5"),
        ([(4, 5)] * 3 + [(4, 6)] * 3, "distress 4 to 5.5, change +1.5, median of 6"),
    ],
)
def test_the_median_change_stands_with_the_two_medians(given_pairs, words):
    """It can differ from the distance between them: both are said, so that no page says another thing."""
    assert change(pairs(*given_pairs)).words == words


# By hand: (before, after) of each practice -> median before, median after, median of the changes, lowest, highest, n.
WORKED = [
    # the example of docs/analysis.md: changes -6, -5, -3, 0, +1
    ([(8, 3), (7, 4), (6, 6), (9, 3), (5, 6)], ("7", "4", "-3", "-6", "1", 5)),
    # the other one: the medians are 4 apart, most practices moved by 1
    ([(9, 3), (8, 8), (7, 6), (2, 1), (1, 0)], ("7", "3", "-1", "-6", "0", 5)),
    # six, so the middle two: -4 and -3
    ([(9, 1), (8, 4), (7, 4), (6, 3), (5, 1), (4, 4)], ("6.5", "3.5", "-3.5", "-8", "0", 6)),
    ([(5, 5)] * 5, ("5", "5", "0", "0", "0", 5)),
    ([(0, 10)] * 7, ("0", "10", "10", "10", "10", 7)),
    # tenths from an import stay exact: 6.3 - 6.1 and 6.2 - 6.1 in the middle
    ([("6.3", "6.1"), ("6.2", "6.1"), (5, 5), (5, 5), (9, 3), (9, 3)], ("6.25", "5", "-0.15", "-6", "0", 6)),
    # what has one figure only is in none of these
    ([(7, 4)] * 5 + [(0, None)] * 9 + [(None, 10)] * 9 + [(None, None)], ("7", "4", "-3", "-3", "-3", 5)),
]


@pytest.mark.parametrize(("given_pairs", "expected"), WORKED)
def test_worked_by_hand(given_pairs, expected):
    found = tally(pairs(*given_pairs)).change
    assert (found.before, found.after, found.by, found.lowest, found.highest) == tuple(map(Decimal, expected[:5]))
    assert found.n == expected[5]


@given(practices)
def test_a_tally_agrees_with_the_plain_list(given_pairs):
    """The same once more, from the list of practices and by the library's median."""
    both = [(before, after) for before, after in given_pairs if before is not None and after is not None]
    found = tally(Counter(given_pairs))
    assert (found.times, found.n) == (len(given_pairs), len(both))
    if len(both) < 5:
        assert found.change is None
        return
    moved = sorted(after - before for before, after in both)
    assert found.change.before == statistics.median(before for before, _ in both)
    assert found.change.after == statistics.median(after for _, after in both)
    assert found.change.by == statistics.median(moved)
    assert (found.change.lowest, found.change.highest) == (moved[0], moved[-1])
    assert found.change.n == len(both)


@given(practices)
def test_a_figure_missing_moves_nothing(given_pairs):
    more = [*given_pairs, (None, Decimal(10)), (Decimal(10), None), (None, None)]
    assert tally(Counter(more)).change == tally(Counter(given_pairs)).change
    assert tally(Counter(more)).times == tally(Counter(given_pairs)).times + 3


def test_the_order_is_by_median_change_then_by_how_many_then_by_name():
    def of(by, n):
        return tally(pairs(*[(8, 8 + by)] * n))

    skills = {
        "most": of(-4, 5),
        "often": of(-2, 9),
        "also A": of(-2, 6),
        "also b": of(-2, 6),
        "higher": of(1, 30),
        "many, too few with both": Tally(20, 2),
        "a few": Tally(3, 3),
        "b few": Tally(3, 0),
    }
    assert sorted(reversed(skills), key=lambda name: order(skills[name], name)) == list(skills)


def test_too_few_are_never_ordered_by_what_they_did():
    """Four practices of 10 to 0 are no better placed than four of 0 to 10."""
    best, worst = tally(pairs(*[(10, 0)] * 4)), tally(pairs(*[(0, 10)] * 4))
    assert order(best, "b")[:-1] == order(worst, "a")[:-1]
    assert order(tally(pairs(*[(1, 9)] * 5)), "z") < order(best, "b")


@pytest.mark.parametrize(
    ("given_pairs", "by", "ends", "signed"),
    [
        ([(8, 3), (7, 4), (6, 6), (9, 3), (5, 6)], "3 lower, median of 5", "from 6 lower to 1 higher", "−6.0 to +1.0"),
        ([(7, 4)] * 6, "3 lower, median of 6", "3 lower each time", "−3.0 to −3.0"),
        ([(4, 4)] * 5, "no change, median of 5", "no change each time", "0.0 to 0.0"),
        ([(4, 4)] * 2 + [(4, 5)] * 4 + [(4, 6)], "1 higher, median of 7", "from no change to 2 higher", "0.0 to +2.0"),
    ],
)
def test_a_change_in_words(given_pairs, by, ends, signed):
    found = change(pairs(*given_pairs))
    assert (found.by_words, found.range_words, found.range_text) == (by, ends, signed)


@pytest.mark.parametrize(
    ("points", "text"),
    [
        ("-3", "3 lower"),
        ("-3.5", "3.5 lower"),
        ("0.25", "0.3 higher"),
        ("-0.04", "no change"),
        ("0.0", "no change"),
        ("10.0", "10 higher"),
    ],
)
def test_points(points, text):
    assert points_text(Decimal(points)) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("7", "7"),
        ("6.5", "6.5"),
        ("6.3", "6.3"),
        ("6.35", "6.4"),
        ("6.25", "6.3"),
        ("6.95", "7"),
        ("0", "0"),
        ("10", "10"),
    ],
)
def test_a_median_is_written_to_a_tenth(value, text):
    assert median_text(Decimal(value)) == text
