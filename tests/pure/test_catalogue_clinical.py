"""Half-lives, products and warnings: sane, traced, and nothing in them that we know from memory alone."""

import dataclasses
from decimal import Decimal
from pathlib import Path

import pytest

from journal.catalogue.clinical import CLINICAL, WARNINGS, clinical_of
from journal.catalogue.curves import curves_of
from journal.catalogue.drugs import DRUGS
from journal.catalogue.products import Divides, Form

CATALOGUE = Path(__file__).resolve().parents[2] / "journal" / "catalogue"
HALF_LIVES = [half for known in CLINICAL.values() for half in (known.half_life, known.metabolite) if half]
LISTED = [(known.drug, listed) for known in CLINICAL.values() for listed in known.products]


def products(drug: str, kind: str, country: str = "") -> dict[Decimal, Divides]:
    """{mg: what it may be divided into} of the products of this kind."""
    found = [listed for listed in clinical_of(drug).products if listed.kind == kind and country in listed.country]
    return {listed.product.mg: listed.product.divides for listed in found}


def test_every_drug_is_one_that_the_journal_knows():
    assert set(CLINICAL) <= set(DRUGS)
    assert all(known.drug == slug for slug, known in CLINICAL.items())


def test_how_much_there_is():
    assert len(CLINICAL) == 32
    assert len(HALF_LIVES) == 36
    assert len(LISTED) == 104
    assert len(WARNINGS) == 9


@pytest.mark.parametrize("half", HALF_LIVES, ids=lambda half: half.substance)
def test_half_lives_are_sane(half):
    assert 0 < half.low <= half.high <= 400


@pytest.mark.parametrize(
    ("drug", "low", "high", "metabolite"),
    [
        ("citalopram", "33", "35", None),
        ("fluoxetine", "24", "144", ("norfluoxetine", "96", "384")),
        ("venlafaxine", "4", "4", ("O-desmethylvenlafaxine (ODV)", "11", "11")),
        ("duloxetine", "8", "17", None),
        ("diazepam", "20", "100", ("active metabolite", "36", "200")),
        ("chlordiazepoxide", "5", "30", ("active metabolite", "36", "200")),
        ("alprazolam", "6.3", "26.9", None),
        ("zopiclone", "5", "6", None),
        ("gabapentin", "5", "7", None),
        ("pregabalin", "5.5", "6.7", None),
        ("vortioxetine", "66", "66", None),
    ],
)
def test_half_lives(drug, low, high, metabolite):
    known = clinical_of(drug)
    assert (known.half_life.low, known.half_life.high) == (Decimal(low), Decimal(high))
    if metabolite is None:
        assert known.metabolite is None
    else:
        assert (known.metabolite.substance, str(known.metabolite.low), str(known.metabolite.high)) == metabolite


@pytest.mark.parametrize("drug", ["estazolam", "zaleplon", "bupropion", "trazodone", "lithium", "no-such-drug", ""])
def test_what_no_source_gives_is_blank(drug):
    known = clinical_of(drug)
    assert known.half_life is None
    assert known.products == ()
    assert known.warnings == ()


@pytest.mark.parametrize(("drug", "listed"), LISTED, ids=[f"{drug} {p.kind} {p.product.mg}" for drug, p in LISTED])
def test_products_are_sane(drug, listed):
    product = listed.product
    assert product.mg > 0 and product.in_ml > 0 and product.factor > 0
    assert isinstance(product.mg, Decimal)
    assert listed.kind and listed.country in {"UK", "USA", "Australia", ""}
    if product.form is not Form.TABLET:
        assert product.divides is Divides.WHOLE
    if product.form is not Form.LIQUID:
        assert product.in_ml == 1
    assert (product.drops_per_ml is not None) == (product.form is Form.DROPS)
    if product.divides is not Divides.WHOLE:
        assert any(word in listed.kind for word in ("scored", "bisected", "dispersible"))


def test_nothing_released_slowly_is_divided_and_all_of_it_warns():
    slow = [listed for _, listed in LISTED if "release" in listed.kind]
    assert len(slow) == 20
    for listed in slow:
        assert listed.product.divides is Divides.WHOLE
        assert listed.warnings


def test_scored_tablets_may_be_halved_and_others_not():
    whole, halves, quarters = Divides.WHOLE, Divides.HALVES, Divides.QUARTERS
    usa = "USA"
    assert products("citalopram", "scored tablet", usa) == {Decimal(20): halves, Decimal(40): halves}
    assert products("citalopram", "tablet", usa) == {Decimal(10): whole}
    assert products("sertraline", "scored tablet") == dict.fromkeys(map(Decimal, (25, 50, 100)), halves)
    assert products("clonazepam", "cross-scored tablet") == {Decimal(2): quarters}
    assert products("diazepam", "tablet") == dict.fromkeys(map(Decimal, (2, 5, 10)), whole)
    assert products("zolpidem", "tablet") == {Decimal(5): whole, Decimal(10): whole}
    assert products("zopiclone", "tablet") == {Decimal("3.75"): whole, Decimal("7.5"): whole}


def test_citalopram_drops_are_not_mg_for_mg():
    (drops,) = (listed for listed in clinical_of("citalopram").products if listed.product.form is Form.DROPS)
    product = drops.product
    assert (product.mg, product.in_ml, product.drops_per_ml, product.factor) == (40, 1, 20, Decimal("0.8"))
    assert product.mg / product.drops_per_ml * 4 == 10 * product.factor  # four drops stand for a 10 mg tablet
    assert "not mg for mg" in drops.warnings[0].text


def test_only_citalopram_drops_have_a_factor():
    assert [(drug, listed.kind) for drug, listed in LISTED if listed.product.factor != 1] == [
        ("citalopram", "oral drops")
    ]


@pytest.mark.parametrize(
    ("drug", "kind", "mg", "in_ml"),
    [
        ("sertraline", "oral suspension", "50", "5"),
        ("mirtazapine", "oral solution", "15", "1"),
        ("diazepam", "oral solution", "2", "5"),
        ("fluoxetine", "oral solution", "20", "5"),
    ],
)
def test_liquids(drug, kind, mg, in_ml):
    found = {(str(p.product.mg), str(p.product.in_ml)) for p in clinical_of(drug).products if p.kind == kind}
    assert found == {(mg, in_ml)}


@pytest.mark.parametrize(
    ("drug", "key"),
    [
        ("sertraline", "sertraline-concentrate"),
        ("duloxetine", "duloxetine-pellets"),
        ("escitalopram", "escitalopram-drops"),
        ("paroxetine", "paroxetine-suspension"),
        ("venlafaxine", "modified-release"),
    ],
)
def test_each_warning_is_said_once(drug, key):
    assert [warning.key for warning in clinical_of(drug).warnings] == [key]


def test_every_warning_is_used():
    assert {w.key for known in CLINICAL.values() for w in known.warnings} == set(WARNINGS)


def test_a_suspension_that_is_not_sold_is_not_offered():
    assert all(listed.product.form is Form.TABLET for listed in clinical_of("paroxetine").products)


@pytest.mark.parametrize(
    ("drug", "ed50"), [("citalopram", "3.4"), ("fluoxetine", "2.7"), ("sertraline", "9.1"), ("paroxetine", "5.0")]
)
def test_half_occupancy_doses_known_from_memory_alone_are_not_here(drug, ed50):
    """Those ascribed to Meyer 2004, which nobody here has read."""
    assert curves_of(drug)
    assert Decimal(ed50) not in {curve.ed50 for curve in curves_of(drug)}
    for path in CATALOGUE.glob("*.[pt][yo]*"):
        assert "meyer" not in path.read_text(encoding="utf-8").casefold()


def test_it_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        clinical_of("sertraline").half_life.low = Decimal(1)
