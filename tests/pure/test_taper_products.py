"""Products as text: what the line is read as, what is refused and with which sentence, and products in words."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.products import Divides, Form, Product
from journal.taper.products import ProductError, parse_products, product_words
from tests.pure.units import smallest_unit

D = Decimal


def tablet(mg, divides=Divides.WHOLE):
    return Product(Form.TABLET, D(mg), divides)


def liquid(mg, in_ml, mark="0.1"):
    return Product(Form.LIQUID, D(mg), in_ml=D(in_ml), mark_ml=D(mark))


CITALOPRAM = Product(Form.DROPS, D(40), drops_per_ml=20, factor=D("0.8"))
CAPSULE = Product(Form.CAPSULE, D(75))
BEADS = Product(Form.BEADS, D("0.25"))


@pytest.mark.parametrize(
    ("text", "product"),
    [
        ("tablet 20 scored", tablet(20, Divides.HALVES)),
        ("tablet 20 mg scored", tablet(20, Divides.HALVES)),
        ("  TABLET   20mg  Scored ", tablet(20, Divides.HALVES)),
        ("tablet 20, scored;", tablet(20, Divides.HALVES)),
        ("tablet 10", tablet(10)),
        ("tablet 10 whole", tablet(10)),
        ("tablets of 37,5 mg", tablet("37.5")),
        ("tablet 0,125 mg", tablet("0.125")),
        ("tablet 2 quarters", tablet(2, Divides.QUARTERS)),
        ("capsule 75 whole", CAPSULE),
        ("capsule 75\u00a0mg", CAPSULE),
        ("liquid 2 mg/ml mark 0.1", liquid(2, 1)),
        ("liquid 2 mg/ml", liquid(2, 1)),
        ("liquid 10 mg/5 ml mark 0.01 ml", liquid(10, 5, "0.01")),
        ("liquid 10 mg in 5 ml", liquid(10, 5)),
        ("drops 40 mg/ml 20/ml factor 0.8", CITALOPRAM),
        ("drops 40 mg/ml 20 drops/ml factor 0.8", CITALOPRAM),
        ("drops 20 mg/ml 20/ml", Product(Form.DROPS, D(20), drops_per_ml=20)),
        ("beads 0.25 mg", BEADS),
        ("beads of 0.25 mg", BEADS),
    ],
)
def test_an_item_is_read(text, product):
    assert parse_products(text) == (product,)


def test_items_keep_their_order_and_blank_ones_are_passed_over():
    assert parse_products("tablet 10 ;; capsule 75\nbeads 0.25;") == (tablet(10), CAPSULE, BEADS)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "There is no product. Write one like “tablet 20 scored”."),
        (" ; ;", "There is no product. Write one like “tablet 20 scored”."),
        ("pill 20", "“pill 20”: begin with tablet, capsule, liquid, drops or beads."),
        ("tablet 10; 20", "“20”: begin with tablet, capsule, liquid, drops or beads."),
        ("tablet", "“tablet”: the strength is missing."),
        ("tablet half", "“tablet half”: the strength is not a number."),
        ("tablet .5", "“tablet .5”: the strength is not a number."),
        ("tablet ٢٠", "“tablet ٢٠”: the strength is not a number."),
        ("tablet 0", "“tablet 0”: the strength is 0."),
        ("tablet −5", "“tablet −5”: the strength is below 0."),
        ("tablet -5 mg", "“tablet -5 mg”: the strength is below 0."),
        ("tablet 10000.001", "“tablet 10000.001”: the strength is more than 10,000\u00a0mg."),
        ("tablet 0.0005", "“tablet 0.0005”: the strength has more than 3 decimals."),
        ("tablet 1,200", "“tablet 1,200”: 1,200 can mean two numbers, 1200 or 1.2; write the one that is meant."),
        ("tablet 1e3", "“tablet 1e3”: “e” means nothing here."),
        ("tablet 20 30", "“tablet 20 30”: “30” means nothing here."),
        ("tablet 20 gold", "“tablet 20 gold”: “gold” means nothing here."),
        ("tablet 20 scored whole", "“tablet 20 scored whole”: it says one thing twice, or two that differ."),
        ("tablet 20 mark 0.1", "“tablet 20 mark 0.1”: only a liquid is measured to a mark."),
        ("capsule 75 scored", "“capsule 75 scored”: only a tablet may be divided."),
        ("beads 0.25 quarters", "“beads 0.25 quarters”: only a tablet may be divided."),
        ("liquid 2 mg", "“liquid 2 mg”: say in how many ml, like “10 mg in 5 ml”."),
        ("liquid 2 mg/0 ml", "“liquid 2 mg/0 ml”: the volume is 0."),
        ("liquid 2 mg/ml mark 0", "“liquid 2 mg/ml mark 0”: the mark is 0."),
        ("liquid 2 mg/ml mark", "“liquid 2 mg/ml mark”: the mark is missing."),
        ("drops 40 mg/ml", "“drops 40 mg/ml”: say how many drops make a ml, like “20/ml”."),
        ("drops 40 mg/ml 20", "“drops 40 mg/ml 20”: say how many drops make a ml, like “20/ml”."),
        ("drops 40 mg/ml 20.5/ml", "“drops 40 mg/ml 20.5/ml”: the number of drops in a ml is not whole."),
        ("drops 40 mg/ml 20/ml factor 0", "“drops 40 mg/ml 20/ml factor 0”: the factor is 0."),
        (";".join(["tablet 1"] * 20 + ["tablet 2"]), "“tablet 2” is one too many. Write at most 20 products."),
        ("tablet " + "9" * 3000, f"“tablet {'9' * 53}…” is too long. Write at most 20 products."),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_sentence(text, sentence):
    with pytest.raises(ProductError) as refused:
        parse_products(text)
    assert str(refused.value) == sentence


WORDS = st.sampled_from(
    ["tablet", "capsule", "liquid", "drops", "beads", "20", "0", "0.1", "1,5", "1,200", "mg", "ml", "/", "in", "per",
     "mark", "factor", "scored", "quarters", ";", "-", "\x00"]
)  # fmt: skip


@given(st.text() | st.lists(WORDS, max_size=12).map(" ".join))
def test_no_text_makes_any_other_error(text):
    with contextlib.suppress(ProductError):
        products = parse_products(text)
        assert smallest_unit(products) > 0
        assert all(product_words(product) for product in products)


@pytest.mark.parametrize(
    ("product", "words"),
    [
        (tablet(20, Divides.HALVES), "tablet 20\u00a0mg, scored"),
        (tablet(2, Divides.QUARTERS), "tablet 2\u00a0mg, halves and quarters"),
        (tablet("37.50"), "tablet 37.5\u00a0mg"),
        (CAPSULE, "capsule 75\u00a0mg"),
        (liquid(10, 5), "liquid 10\u00a0mg in 5\u00a0ml, to 0.1\u00a0ml"),
        (liquid(2, "1.00", "0.010"), "liquid 2\u00a0mg/ml, to 0.01\u00a0ml"),
        (CITALOPRAM, "drops 40\u00a0mg/ml, 20\u00a0drops/ml; 0.8\u00a0mg of drops for 1\u00a0mg of tablets"),
        (BEADS, "beads of 0.25\u00a0mg"),
    ],
)
def test_a_product_in_words(product, words):
    assert product_words(product) == words


@pytest.mark.parametrize(
    ("product", "mg"),
    [
        (tablet(20), 20),
        (tablet(20, Divides.HALVES), 10),
        (tablet(2, Divides.QUARTERS), Fraction(1, 2)),
        (Product(Form.CAPSULE, D(75), Divides.HALVES), 75),
        (liquid(10, 5), Fraction(1, 5)),
        (Product(Form.LIQUID, D(2)), Fraction(1, 5)),
        (CITALOPRAM, Fraction(5, 2)),
        (BEADS, Fraction(1, 4)),
    ],
)
def test_the_smallest_amount_of_a_product(product, mg):
    assert smallest_unit((tablet(1000), product)) == mg


def test_without_what_makes_a_dose_there_is_no_smallest_amount():
    for product in [Product(Form.DROPS, D(40)), Product(Form.LIQUID, D(40), mark_ml=D(0))]:
        with pytest.raises(ProductError):
            smallest_unit([product])
