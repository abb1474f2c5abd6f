"""What to take now: a dose, or its parts, made of what there is."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.products import Divides, Form, Product
from journal.taper.history import Part
from journal.taper.taken import taken_as
from journal.taper.taking import made_up, taking_lines

D = Decimal
T20 = Product(Form.TABLET, D(20))
T10 = Product(Form.TABLET, D(10), Divides.HALVES)
T5 = Product(Form.TABLET, D(5), Divides.HALVES)
DROPS = Product(Form.DROPS, D(40), drops_per_ml=20, factor=D("0.8"))
LIQUID = Product(Form.LIQUID, D(10), in_ml=D(5), mark_ml=D("0.1"))
AS_DROPS = taken_as(D(10), D(8), [DROPS])
MIXED = taken_as(D(20), D(18), [DROPS])


def lines(dose, products, parts=(), how=None):
    parts = tuple(Part(1, when, D(mg)) for when, mg in parts)
    made = made_up(D(dose), parts, how, products)
    return [line.replace("\u00a0", " ") for line in taking_lines(made)]


@pytest.mark.parametrize(
    ("dose", "products", "words"),
    [
        ("25", [T20, T10], "1 tablet of 20 mg and half a tablet of 10 mg"),
        ("20", [T20], "1 tablet of 20 mg"),
        ("5.2", [LIQUID], "2.6 ml (liquid 10 mg in 5 ml)"),
        (
            "10.3",
            [T10],
            "10.3 mg cannot be made; nearest: 1 tablet of 10 mg, makes 10 mg, 2.9 % below 10.3 mg",
        ),
        ("15", [T20], "15 mg cannot be made; nearest: 1 tablet of 20 mg, makes 20 mg, "
                      "33.3 % above 15 mg"),
        # Nothing at all is nearer than a tablet: neither is named as something to take.
        ("1", [T20], "1 mg cannot be made; the smallest amount that can is 20 mg"),
        # Who takes tablets is told tablets, where these make the dose; else whatever makes it.
        ("10", [DROPS, T10], "1 tablet of 10 mg"),
        ("2.5", [DROPS, T10], "1 drop (2 mg of drops, counts as 2.5 mg of tablets)"),
        ("12.5", [T10, DROPS], "1 tablet of 10 mg and 1 drop (2 mg of drops, counts as 2.5 mg of tablets)"),
        ("10", [DROPS], "4 drops (8 mg of drops, counts as 10 mg of tablets)"),
    ],
)  # fmt: skip
def test_a_plain_dose(dose, products, words):
    assert lines(dose, products) == [words]


def test_nothing_to_take_or_nothing_to_make_it_of_says_nothing():
    assert lines("0", [T20]) == []
    assert lines("20", []) == []


def test_who_takes_drops_is_told_drops():
    assert lines("10", [T10, DROPS], how=AS_DROPS) == ["4 drops (8 mg of drops, counts as 10 mg of tablets)"]
    assert lines("10", [T10], how=AS_DROPS) == ["1 tablet of 10 mg"]
    assert lines("20", [T20, DROPS], how=MIXED) == ["1 tablet of 20 mg"]


def test_an_amount_that_was_rounded_is_made_exactly():
    third = Product(Form.DROPS, D(20), drops_per_ml=20, factor=D("0.3"))  # a drop is 1 mg, and counts as 3.333... mg
    how = taken_as(D("3.333"), D(1), [third])
    assert lines("3.333", [third], how=how) == ["1 drop (1 mg of drops, counts as 3.333 mg of tablets)"]


def test_parts_say_what_to_take_when():
    assert lines("15", [T10], parts=[("morning", 5), ("night", 10)]) == [
        "In the morning: half a tablet of 10 mg",
        "At night: 1 tablet of 10 mg",
    ]
    assert lines("10", [T10], parts=[("night", 10)]) == ["At night: 1 tablet of 10 mg"]
    assert lines("15", [T10], parts=[("", 5), ("night", 10)])[0] == "At any time: half a tablet of 10 mg"
    assert lines("10", [T10], parts=[("", 10)]) == ["1 tablet of 10 mg"]


def test_a_part_that_cannot_be_made_is_named():
    assert lines("16", [T10], parts=[("morning", 6), ("night", 10)]) == [
        "In the morning: 6 mg cannot be made; nearest: half a tablet of 10 mg, makes 5 mg, 16.7 % below 6 mg",
        "At night: 1 tablet of 10 mg",
    ]


def test_equal_parts_that_cannot_be_made_keep_to_the_dose_of_the_day():
    times = [("morning", "3.333"), ("midday", "3.333"), ("evening", "3.334")]
    equal = [(when, "5") for when, _ in times]
    assert lines("15", [T10], parts=equal) == [
        "In the morning: half a tablet of 10 mg",
        "At midday: half a tablet of 10 mg",
        "In the evening: half a tablet of 10 mg",
    ]
    equal = [("morning", "7.5"), ("night", "7.5")]
    assert lines("15", [T10], parts=equal) == [
        "7.5 mg cannot be made; these make 15 mg over the day",
        "In the morning: half a tablet of 10 mg",
        "At night: 1 tablet of 10 mg",
    ]
    equal = [("morning", "8"), ("night", "8")]
    assert lines("16", [T10], parts=equal)[0] == (
        "8 mg cannot be made; nearest over the day: makes 15 mg, 6.3 % below 16 mg"
    )


def test_what_is_exact_is_said_to_be():
    assert made_up(D(15), (), None, [T10]).is_exact
    assert not made_up(D(16), (), None, [T10]).is_exact
    assert made_up(D(15), tuple(Part(1, when, D("7.5")) for when in ("morning", "night")), None, [T10]).is_exact
    assert not made_up(D(15), (), None, []).is_exact


AMOUNTS = st.integers(1, 400).map(lambda tenths: D(tenths) / 10)


@given(
    st.lists(AMOUNTS, min_size=1, max_size=4),
    st.lists(st.sampled_from([T20, T10, T5, DROPS, LIQUID]), min_size=1, max_size=4),
)
def test_what_is_said_to_be_exact_makes_the_dose(amounts, products):
    times = ("morning", "midday", "evening", "night")
    parts = tuple(Part(1, when, mg) for when, mg in zip(times, amounts, strict=False))
    made = made_up(sum(amounts), parts, None, products)
    total = sum(taking.way.mg for taking in made.takings)
    assert len(made.takings) == len(amounts)
    assert not made.is_exact or total == sum(amounts)
    assert all(taking_lines(made))
