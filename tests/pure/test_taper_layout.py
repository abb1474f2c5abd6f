"""A plan laid out: what stands in each row, rounding to what can be made, and on which doses the notes are judged."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal.catalogue.curves import curve_named
from journal.catalogue.drugs import DrugClass
from journal.taper.layout import Circumstances, Rounding, lay_out, stored
from journal.taper.products import parse_products
from journal.taper.schedule import Method, PlanError, Request
from tests.pure.units import smallest_unit

CURVE = curve_named("citalopram", "sorensen-2022-striatum")
SETS = (
    "tablet 20 scored; tablet 10",
    "tablet 2 quarters",
    "capsule 37.5; beads 0.25 mg",
    "liquid 2 mg/ml mark 0.1",
    "drops 40 mg/ml 20/ml factor 0.8; tablet 20",
)


def ten_per_cent(**given):
    return Request(Decimal(20), Method.PERCENT_CURRENT, step=Decimal(10), last=Decimal(1), **given)


def laid(request=None, products="", rounding=Rounding.NONE, drug_class=DrugClass.SSRI, **given):
    made_from = parse_products(products) if products else ()
    return lay_out(request or ten_per_cent(), Circumstances(drug_class, made_from, rounding, **given))


def test_a_row_says_change_and_shares_of_the_exact_doses():
    plan = laid(curve=CURVE)
    first, second = plan.rows[:2]
    assert (first.change_mg, first.change_percent, first.percent_of_previous) == (None, None, None)
    assert first.percent_of_start == 100
    assert (second.mg, second.change_mg, second.change_percent) == (18, -2, -10)
    assert (second.percent_of_previous, second.percent_of_start) == (90, 90)
    assert plan.rows[4].mg == Fraction(20) * Fraction(9, 10) ** 4
    assert plan.rows[4].stored == Decimal("13.122")
    assert round(float(second.occupancy), 1) == 74.4
    assert plan.rows[-1].percent_of_previous == 0


def test_from_the_last_dose_of_nought_nothing_is_a_share():
    request = Request(Decimal(10), Method.LIST, doses=(Decimal(0), Decimal(0)))
    assert laid(request).rows[2].percent_of_previous is None


def test_days_and_the_last_day():
    plan = laid(ten_per_cent(start=dt.date(2027, 1, 4), every=14))
    assert plan.steps == 30
    assert plan.days == 14 * 29
    assert plan.last_date == dt.date(2027, 1, 4) + dt.timedelta(14 * 29)
    assert laid().days is None


@pytest.mark.parametrize(
    ("rounding", "made", "take"),
    [
        (Rounding.NEAREST, ["20", "20", "10", "0"], "1 tablet of 20 mg; makes 20 mg (+25.0 %)"),
        (Rounding.DOWN, ["20", "10", "10", "0"], "half a tablet of 20 mg; makes 10 mg (−37.5 %)"),
        (Rounding.NONE, ["20", None, "10", "0"], "cannot be made with what you have; nearest 10 or 20 mg"),
    ],
)
def test_rounding_to_what_can_be_made(rounding, made, take):
    request = Request(Decimal(20), Method.LIST, doses=(Decimal(16), Decimal(10), Decimal(0)))
    plan = laid(request, "tablet 20 scored", rounding)
    assert [None if row.made.mg is None else str(stored(row.made.mg).normalize()) for row in plan.rows] == [
        None if mg is None else str(Decimal(mg).normalize()) for mg in made
    ]
    assert plan.rows[1].take.replace("\u00a0", " ") == take
    assert [row.mg for row in plan.rows] == [20, 16, 10, 0]  # the plan itself is never rounded


def test_a_dose_that_would_be_nothing_says_that_it_cannot_be_made():
    request = Request(Decimal(20), Method.LIST, doses=(Decimal(4), Decimal(0)))
    plan = laid(request, "tablet 20 scored", Rounding.NEAREST)
    assert plan.rows[1].take == "cannot be made with what you have; nearest 0 or 10\u00a0mg"
    assert plan.rows[1].made.mg == 0
    assert plan.rows[2].take == "nothing to take"


def test_the_notes_are_judged_on_what_will_really_be_made():
    """Of 10 to 8 mg nothing is to be said; of 10 to 5 mg, which is what half tablets make of it, there is."""
    request = Request(Decimal(10), Method.LIST, doses=(Decimal(7), Decimal(0)), start=dt.date(2027, 1, 4), every=28)
    exact = laid(request, drug_class=DrugClass.BENZODIAZEPINE)
    made = laid(request, "tablet 10 scored", Rounding.DOWN, DrugClass.BENZODIAZEPINE)
    (note,) = [note for note in made.notes if note.rule.key == "quarter_in_14_days"]
    assert note.findings[0].words.startswith("10 to 5\u00a0mg")
    (note,) = [note for note in exact.notes if note.rule.key == "quarter_in_14_days"]
    assert note.findings[0].words.startswith("10 to 7\u00a0mg")


def test_a_row_knows_its_own_notes():
    request = Request(Decimal(20), Method.LIST, doses=(Decimal(10), Decimal(4), Decimal(0)))
    rows = laid(request).rows
    assert [[rule.key for rule, _ in row.findings] for row in rows] == [[], [], ["more_than_half"], ["more_than_half"]]


def test_a_hair_is_not_written_as_nothing():
    request = Request(Decimal(100), Method.LIST, doses=(Decimal("99.97"), Decimal(0)))
    take = laid(request, "tablet 10", Rounding.NEAREST).rows[1].take
    assert take == "10\u00a0tablets of 10\u00a0mg; makes 100\u00a0mg (less than 0.1\u00a0% off)"


def test_parts_of_a_day_say_when():
    request = Request(Decimal(3), Method.LIST, doses=(Decimal("1.5"), Decimal(0)))
    row = laid(request, "tablet 0.5; tablet 1", Rounding.NEAREST, times=2).rows[1]
    assert row.take == "morning: 1\u00a0tablet of 0.5\u00a0mg; night: 1\u00a0tablet of 1\u00a0mg"
    assert [part.mg for part in row.made.parts] == [Fraction(1, 2), 1]


def test_times_of_day_stay_as_they_are_taken_now():
    request = Request(Decimal(20), Method.LIST, doses=(Decimal(15), Decimal(0)))
    row = laid(request, "tablet 5", Rounding.NEAREST, times=2, whens=("morning", "midday")).rows[1]
    assert row.take.replace("\u00a0", " ") == "morning: 1 tablet of 5 mg; midday: 2 tablets of 5 mg"
    row = laid(request, "tablet 5", Rounding.NEAREST, times=1, whens=("night",)).rows[1]
    assert row.made.whens == ("night",)
    assert row.take.replace("\u00a0", " ") == "3 tablets of 5 mg"
    # as many times as are asked for now, not as many as it was
    row = laid(request, "tablet 5", Rounding.NEAREST, times=2, whens=("night",)).rows[1]
    assert row.made.whens == ("morning", "night")


def test_a_dose_that_is_not_rounded_is_what_is_kept_of_it():
    request = Request(Decimal(20), Method.EQUAL_MG, steps=3)
    row = laid(request, "beads 0.001 mg", Rounding.NONE).rows[1]
    assert row.made.mg == Fraction(13333, 1000)
    assert row.take.endswith("of 0.001\u00a0mg")


def test_what_cannot_be_made_is_no_error_of_100_per_cent():
    request = Request(Decimal(20), Method.LIST, doses=(Decimal(10), Decimal(2), Decimal(0)))
    assert laid(request, "tablet 20 scored", Rounding.NEAREST).largest_error_percent == 0


def test_rounding_without_products_names_the_field():
    with pytest.raises(PlanError, match="say what you have") as refused:
        laid(rounding=Rounding.NEAREST)
    assert refused.value.field == "products"


def test_products_that_do_not_fit_name_the_field():
    with pytest.raises(PlanError) as refused:
        laid(Request(Decimal(10000), Method.LIST, doses=(Decimal(0),)), "tablet 0.001", Rounding.NEAREST)
    assert refused.value.field == "products"


@settings(deadline=None)
@given(st.sampled_from(SETS), st.decimals("0.5", "80", places=2), st.integers(1, 12))
def test_to_the_nearest_never_misses_by_more_than_half_the_smallest_unit(text, start, steps):
    products = parse_products(text)
    request = Request(start, Method.EQUAL_MG, steps=steps)
    for row in lay_out(request, Circumstances(DrugClass.SSRI, products, Rounding.NEAREST)).rows:
        assert abs(row.made.mg - row.mg) <= smallest_unit(products) / 2
    for row in lay_out(request, Circumstances(DrugClass.SSRI, products, Rounding.DOWN)).rows:
        assert row.made.mg <= row.mg
