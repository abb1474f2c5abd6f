"""Many measures by their change: order, groups and headings, each a hand-worked case."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis.changed import Levels, by_change, groups, names_title, sizes_title

from .many import levels, mean

SINCE = "the first reduction"


def order(*measures) -> list[str]:
    return [one.name for one in by_change(measures)]


def test_the_largest_rise_stands_first_and_the_largest_fall_last_of_what_can_be_compared():
    fell, rose, more = levels("Fell", 3, 1), levels("Rose", 1, 2), levels("More", 0, "1.1")
    assert order(fell, rose, more) == ["More", "Rose", "Fell"]


def test_what_cannot_be_compared_comes_after_it_by_its_mean_and_the_unrated_last():
    high, low = levels("High", whole=5), levels("Low", whole=2)
    few, none = levels("Few", 0, 9, n=13, whole=3), levels("None", whole=None)
    assert order(none, low, few, high, levels("Fell", 9, 0)) == ["Fell", "High", "Few", "Low", "None"]


def test_equal_changes_are_in_the_order_of_names():
    assert order(levels("B", 1, 2), levels("A", 2, 3)) == ["A", "B"]


def test_the_order_is_by_the_exact_change_not_by_the_printed_one():
    assert order(levels("A", 1, "2.01"), levels("B", 1, "2.02")) == ["B", "A"]


@pytest.mark.parametrize(
    ("before", "now", "group"),
    [
        (1, "1.5", "rose"),
        (1, "1.45", "rose"),  # printed as 0.5
        (1, "1.449", "little"),
        ("1.5", 1, "fell"),
        ("1.45", 1, "fell"),
        ("1.449", 1, "little"),
        (2, 2, "little"),
        (0, None, "unknown"),
        (None, 3, "unknown"),
    ],
)
def test_half_a_point_as_printed_is_a_change(before, now, group):
    assert levels("One", before, now).group == group


def test_fourteen_values_on_each_side_are_needed():
    assert levels("One", 1, 2, n=13).group == "unknown"
    assert levels("One", 1, 2, n=14).group == "rose"


def test_groups_are_parted_in_their_order():
    found = groups(by_change([levels("F", 2, 1), levels("U"), levels("L", 1, 1), levels("R", 1, 2)]))
    assert [[one.name for one in group] for group in found] == [["R"], ["L"], ["F"], ["U"]]


REAL = [
    levels("Restlessness", "0.87", "2.07"),
    levels("Agitation", "1.2", "2.3"),
    levels("Irritability", "1.4", "2.4"),
    levels("Worry", "0.15", "0.61"),
    levels("Pain", "0.4", "0.6"),
    levels("Fatigue", "1.9", "1.3"),
]
TITLES = [
    (REAL, "Restlessness, agitation, irritability and worry rose; fatigue fell",
     "Three symptoms rose by about 1, worry by 0.5; fatigue fell by 0.6"),
    ([levels("Worry", 1, "2.2")], "Worry rose", "Worry rose by 1.2"),
    ([levels("A", 1, "2.2"), levels("B", 1, "3.6")], "B and A rose", "B and A rose by about 1 to 3"),
    ([levels(name, 1, 2) for name in "ABCDE"], "A, B, C and 2 more rose", "Five symptoms rose by about 1"),
    ([levels(name, 2, "1.4") for name in "ABC"], "A, B and C fell", "Three symptoms fell by 0.6"),
    ([*(levels(n, 0, 2) for n in "AB"), *(levels(n, 0, "0.5") for n in "CD"), levels("E", 0, "0.7")],
     "A, B, E and 2 more rose", "A and B rose by about 2, three more by 0.5 to 0.7"),
    ([levels("A", 5, 1), levels("B", 5, 4)], "A and B fell", "A and B fell by about 1 to 4"),
    ([levels("PMS", 0, 1)], "PMS rose", "PMS rose by 1.0"),
]  # fmt: skip


@pytest.mark.parametrize(("measures", "names", "sizes"), TITLES)
def test_headings_say_which_changed_and_by_how_much(measures, names, sizes):
    assert names_title(by_change(measures), since=SINCE, days=90) == names
    assert sizes_title(by_change(measures), since=SINCE, days=90) == sizes


@pytest.mark.parametrize(
    ("measures", "title"),
    [
        ([levels("Worry", 1, 1)], "Worry changed by less than 0.5 from before the first reduction"),
        ([levels("A", 1, 1), levels("B", 1, 1)],
         "None of 2 symptoms changed by 0.5 or more from before the first reduction"),
        ([levels("A", 1, 1), levels("B", 1, 1), levels("C")],
         "None of 2 symptoms that can be compared changed by 0.5 or more from before the first reduction"),
        ([levels("A", 1, 2, n=5)],
         "Too few rated days to compare, 14 on each side: 5 before the first reduction, 5 in the last 28 days"),
        ([levels("A", 1, None)],
         "Too few rated days to compare, 14 on each side: 28 before the first reduction, none after it"),
        ([levels("A", whole=None)], "Nothing that is drawn here was rated in this period"),
        ([], "Nothing that is drawn here was rated in this period"),
    ],
)  # fmt: skip
def test_a_heading_is_honest_where_nothing_changed_or_nothing_can_be_compared(measures, title):
    assert names_title(measures, since=SINCE, days=90) == title
    assert sizes_title(measures, since=SINCE, days=90) == title


@pytest.mark.parametrize(
    ("measures", "days", "title"),
    [
        ([levels("A", whole=1), levels("B", whole="2.25")], 90, "Mean of 28 rated days: B 2.3, A 1.0"),
        ([levels(n, whole=1) for n in "ABCDE"], 90, "Mean of 28 rated days: A 1.0, B 1.0, C 1.0 and 2 more"),
        ([levels("A", whole=3)], 1, "Rated on this day: A 3.0"),
        ([levels("A", whole=0)], 90, "Nothing was rated above 0 in these 90 days"),
        ([levels("A", whole=0)], 1, "Nothing was rated above 0 on this day"),
    ],
)
def test_without_a_reduction_a_heading_gives_the_highest_means(measures, days, title):
    assert names_title(measures, since="", days=days) == title


def rated(name: str, value, n: int, **more) -> Levels:
    return Levels(name.lower(), name, None, None, mean(value, n, 90), **more)


@pytest.mark.parametrize(
    ("measures", "title"),
    [
        ([rated("Brain zaps", 3, 1)], "Brain zaps 3.0 on the one day rated"),
        ([rated("Brain zaps", 3, 3)], "Mean of 3 rated days: brain zaps 3.0"),
        ([rated("Brain zaps", 3, 1), rated("Nausea", 2, 1)], "Each rated on one day: brain zaps 3.0, nausea 2.0"),
        ([rated("Brain zaps", 3, 1), rated("Nausea", 2, 5)], "Mean of 1 to 5 rated days: brain zaps 3.0, nausea 2.0"),
        ([rated("Brain zaps", 3, 2), rated("Nausea", 0, 5)], "Mean of 2 rated days: brain zaps 3.0"),
    ],
)
def test_a_mean_in_a_heading_says_of_how_many_days_it_is(measures, title):
    for said in (names_title, sizes_title):
        assert said(measures, since="", days=90) == title


def hidden(before=1, now=9, **more) -> Levels:
    return replace(levels("Dark thoughts", before, now, **more), private=True)


@pytest.mark.parametrize(
    ("measures", "since", "title"),
    [
        ([hidden(), levels("Worry", 1, 2)], SINCE, "Worry rose"),
        ([hidden(), levels("Worry", 1, 1)], SINCE, "Worry changed by less than 0.5 from before the first reduction"),
        ([hidden()], SINCE, "Your ratings in these 90 days"),
        ([hidden(whole=5), levels("Worry", whole=2)], "", "Mean of 28 rated days: worry 2.0"),
        ([hidden(whole=5), levels("Worry", whole=0)], "", "Your ratings in these 90 days"),
        ([hidden(whole=None)], "", "Nothing that is drawn here was rated in this period"),
    ],
)
def test_what_is_private_stands_in_no_heading(measures, since, title):
    assert names_title(by_change(measures), since=since, days=90) == title
    assert "thoughts" not in sizes_title(by_change(measures), since=since, days=90)


VALUES = st.one_of(st.none(), st.decimals(0, 10, places=1))


@given(st.lists(st.tuples(VALUES, VALUES, st.sampled_from([3, 13, 14, 40]))))
def test_every_measure_keeps_its_place_and_the_groups_follow_the_order(made):
    measures = [levels(f"S{n}", *values, n=count) for n, (*values, count) in enumerate(made)]
    ordered = by_change(measures)
    assert sorted(one.key for one in ordered) == sorted(one.key for one in measures)
    assert [one.key for group in groups(ordered) for one in group] == [one.key for one in ordered]
    for title in (names_title, sizes_title):
        said = title(ordered, since=SINCE, days=90)
        assert said == title(by_change(measures[::-1]), since=SINCE, days=90)
        assert not said.endswith(".") and "None" not in said.split(" of ")[-1]
