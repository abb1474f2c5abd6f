"""A plan in words: its method and interval, and the remarks about it."""

from decimal import Decimal
from fractions import Fraction

import pytest

from journal.taper.pace import RULE, Finding, Note
from journal.taper.plan_words import (
    FINDINGS_SHOWN,
    METHODS,
    making_words,
    method_words,
    note_words,
    plan_name,
    step_list,
)
from journal.taper.schedule import Method, Request


def D(number):
    return Decimal(str(number))


def words(method, **given):
    given = {name: D(value) if name == "step" else value for name, value in given.items()}
    return method_words(Request(from_mg=D(20), method=Method(method), **given)).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("expected", "method", "given"),
    [
        ("5 mg each step", "equal-mg", {"step": 5}),
        ("8 equal steps in mg", "equal-mg", {"steps": 8}),
        ("25 % of the starting dose", "percent-original", {"step": 25}),
        ("8 steps by percent of the starting dose", "percent-original", {"steps": 8}),
        ("2.5 % of the present dose", "percent-current", {"step": "2.50"}),
        ("8 steps by percent of the present dose", "percent-current", {"steps": 8}),
        ("20 points of occupancy each step", "equal-occupancy", {"step": 20}),
        ("8 equal occupancy steps", "equal-occupancy", {"steps": 8}),
        (
            "Bands: 2 mg above 20 mg, 1 mg above 10 mg, 0.5 mg down to 0 mg",
            "banded",
            {"bands": ((D(20), D(2)), (D(10), D(1)), (D(0), D("0.5")))},
        ),
        ("Our own list of doses", "list", {"doses": (D(0),)}),
    ],
)
def test_methods(expected, method, given):
    assert words(method, **given) == expected


def test_each_method_has_a_name():
    assert set(METHODS) == set(Method)


@pytest.mark.parametrize(
    ("every", "expected"),
    [(14, "5 mg each step, every 14 days"), (1, "5 mg each step, every day"), (None, "5 mg each step")],
)
def test_a_name_has_the_interval(every, expected):
    name = plan_name(Request(from_mg=D(20), method=Method.EQUAL_MG, step=D(5), every=every))
    assert name.replace("\u00a0", " ") == expected


def test_a_long_name_fits_where_it_is_kept():
    bands = tuple((D(number), D("0.125")) for number in range(30, -1, -1))
    assert len(plan_name(Request(from_mg=D(40), method=Method.BANDED, bands=bands, every=14))) <= 100


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([3], "step 3"),
        ([1, 7], "steps 1 and 7"),
        ([1, 4, 7], "steps 1, 4 and 7"),
        ([1, 2], "steps 1 and 2"),
        ([1, 2, 3], "steps 1 to 3"),
        ([1, 2, 3, 4, 9], "steps 1 to 4 and 9"),
        ([2, 1, 1, 3], "steps 1 to 3"),
        ([1, 2, 5, 6, 7], "steps 1, 2 and 5 to 7"),
    ],
)
def test_steps_in_words(numbers, expected):
    found = tuple(Finding(number, "") for number in numbers)
    assert step_list(found).replace("\u00a0", " ") == expected


def note(*findings):
    return Note(RULE["more_than_half"], tuple(Finding(number, said) for number, said in findings))


def test_a_note_names_its_plan_its_steps_and_its_source():
    said = note_words(note((1, "20 to 5 mg"), (7, "4 to 1 mg")), "B")
    assert said.headline == "B, steps 1 and 7: more than half of the dose before."
    assert said.findings == ("20 to 5 mg", "4 to 1 mg")
    assert (said.key, said.more) == ("more_than_half", 0)
    assert "NICE" in said.says
    assert [source.address for source in said.sources]
    assert note_words(note((1, "20 to 5 mg"))).headline == "Step 1: more than half of the dose before."


def test_many_findings_are_cut_short_and_the_rest_counted():
    said = note_words(note(*((number, f"finding {number}") for number in range(1, 11))))
    assert len(said.findings) == FINDINGS_SHOWN
    assert said.more == 10 - FINDINGS_SHOWN


def test_the_same_finding_is_said_once():
    said = note_words(note((1, "7 days after the last reduction"), (2, "7 days after the last reduction")))
    assert (said.findings, said.more) == (("7 days after the last reduction",), 0)


AS_WRITTEN = "The drawings and the columns show the plan as written, the remarks what is really made."


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (None, ""),
        (Fraction(0), "Each dose is made exactly."),
        (Fraction(1, 1000), f"Each dose is made within 1 %. {AS_WRITTEN}"),
        (Fraction(5), f"Each dose is made within 5 %. {AS_WRITTEN}"),
        (Fraction("5.01"), f"Each dose is made within 6 %. {AS_WRITTEN}"),
        (Fraction(100), f"Each dose is made within 100 %. {AS_WRITTEN}"),
    ],
)
def test_how_near_what_is_made_comes(percent, expected):
    assert making_words(percent).replace("\u00a0", " ") == expected


@pytest.mark.parametrize(
    ("percent", "expected"),
    [
        (None, "No dose can be made with what you have."),
        (Fraction(0), f"3 of 9 doses cannot be made with what you have; the others are made exactly. {AS_WRITTEN}"),
        (
            Fraction(93),
            f"3 of 9 doses cannot be made with what you have; the others are made within 93 %. {AS_WRITTEN}",
        ),
    ],
)
def test_what_cannot_be_made_is_counted_and_no_part_of_how_near(percent, expected):
    assert making_words(percent, 3, 9).replace("\u00a0", " ") == expected
