"""Mg as they are swallowed and mg of tablets: converted there and back, and in words."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.products import Form, Product
from journal.taper.taken import amount_words, counted_mg, swallowed_mg, taken_as

D = Decimal
TABLET = Product(Form.TABLET, D(10))
DROPS = Product(Form.DROPS, D(40), drops_per_ml=20, factor=D("0.8"))


@pytest.mark.parametrize(
    ("swallowed", "factor", "mg"),
    [
        ("8", "0.8", "10"),
        ("1.2", "0.8", "1.5"),
        ("2", "0.8", "2.5"),
        ("0", "0.8", "0"),
        ("1", "0.3", "3.333"),
        ("2", "0.3", "6.667"),
        ("0.001", "0.4", "0.003"),  # 0.0025, half up
        ("0.001", "10", "0"),
        ("10", "3", "3.333"),
        ("5", "1", "5"),
    ],
)
def test_what_is_swallowed_counts_as_mg_of_tablets(swallowed, factor, mg):
    assert counted_mg(D(swallowed), D(factor)) == D(mg)


@pytest.mark.parametrize(
    ("mg", "factor", "swallowed"),
    [("10", "0.8", "8"), ("3.333", "0.3", "1"), ("6.667", "0.3", "2"), ("3.333", "3", "10"), ("0", "0.8", "0")],
)
def test_and_back(mg, factor, swallowed):
    assert swallowed_mg(D(mg), D(factor)) == D(swallowed)


@given(st.integers(0, 10_000_000), st.integers(1, 1000))
def test_of_a_factor_up_to_1_what_was_typed_comes_back_to_the_last_figure(thousandths, factor):
    typed, factor = D(thousandths) / 1000, D(factor) / 1000
    assert swallowed_mg(counted_mg(typed, factor), factor) == typed


@given(st.integers(0, 100_000), st.integers(1001, 10_000))
def test_of_a_larger_factor_an_amount_comes_back_that_counts_the_same(tenths, factor):
    typed, factor = D(tenths) / 10, D(factor) / 1000
    mg = counted_mg(typed, factor)
    assert counted_mg(swallowed_mg(mg, factor), factor) == mg


@pytest.mark.parametrize(
    ("mg", "taken", "products", "words"),
    [
        ("10", None, [DROPS], "10 mg"),
        ("10", "8", [TABLET, DROPS], "10 mg (8 mg of drops)"),
        ("10", "8", [], "10 mg (8 mg swallowed)"),
        ("10", "8", [TABLET], "10 mg (8 mg swallowed)"),
        ("20", "18", [TABLET, DROPS], "20 mg (18 mg swallowed)"),  # a tablet of 10 mg and four drops
        ("1.667", "0.5", [Product(Form.DROPS, D(1), drops_per_ml=20, factor=D("0.3"))], "1.667 mg (0.5 mg of drops)"),
        ("37.5", "30.000", [DROPS], "37.5 mg (30 mg of drops)"),
    ],
)
def test_a_dose_in_words(mg, taken, products, words):
    found = amount_words(D(mg), taken and D(taken), taken_as(D(mg), taken and D(taken), products))
    assert found.replace("\u00a0", " ") == words


def test_by_which_product_a_dose_is_swallowed():
    assert taken_as(D(10), None, [DROPS]) is None
    assert taken_as(D(10), D(8), [DROPS]).factor == D("0.8")
    assert taken_as(D(10), D("9.999"), [TABLET]).name == ""
    mixed = taken_as(D(20), D(18), [DROPS])
    assert (mixed.factor * 10, mixed.name) == (9, "")


def test_parts_are_told_only_where_one_product_explains_the_dose():
    """Of a tablet and drops together nobody knows which part is which."""
    assert taken_as(D(10), D(8), [DROPS]).amount(D(5)).replace("\u00a0", " ") == "5 mg (4 mg of drops)"
    assert taken_as(D(20), D(18), [DROPS]).amount(D(5)).replace("\u00a0", " ") == "5 mg"


def test_nought_taken_divides_nothing():
    assert taken_as(D(0), D(8), [DROPS]).factor == 1
    assert taken_as(D(10), D(0), [DROPS]).factor == 1
