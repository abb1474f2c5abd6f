"""How a dose is made: against an exhaustive search that shares no code with it, worked examples, what always holds."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import product as each

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from journal.analysis.numbers import round_half_up
from journal.catalogue.products import Divides, Form, Product
from journal.taper.preparation import error_words, nearest, prepare, prepare_parts, rounded_down, take_words
from journal.taper.products import ProductError, parse_products
from journal.taper.stock import days_left, uses
from tests.pure.units import every_day, smallest_unit

D = Decimal
CITALOPRAM = "tablet 10; tablet 20 scored; drops 40 mg/ml 20/ml factor 0.8"

# The five sets again, worked out by hand: coins (mg of tablets) that may be taken any number of times, and what may
# be measured on top: mg of tablets a step, and whether each step counts as a piece. (A whole 10 and the half of a 20
# are one coin.)
SETS = {
    "tablet 20 scored": ([20, 10], None, False),
    "tablet 20 scored; tablet 5; capsule 37.5 whole": ([20, 10, 5, 37.5], None, False),
    "tablet 4 quarters; tablet 15 scored": ([4, 2, 1, 15, 7.5], None, False),
    "tablet 10 scored; tablet 25; liquid 10 mg/5 ml mark 0.4": ([10, 5, 25], 0.8, False),
    CITALOPRAM: ([10, 20], 2.5, True),
}


def numbers_of_coins(coins, most):
    """(sum, how many) of every choice of numbers of ``coins`` up to ``most``."""
    if not coins:
        yield Fraction(0), 0
        return
    for number in range(int(most / coins[0]) + 1):
        for rest, pieces in numbers_of_coins(coins[1:], most - number * coins[0]):
            yield number * coins[0] + rest, number + pieces


def everything(coins, step, each_counts, most):
    """Every amount up to ``most`` and the fewest pieces of it, by trying all numbers of all coins and steps."""
    step = step and Fraction(str(step))
    fewest = {}
    for tablets, pieces in numbers_of_coins([Fraction(coin) for coin in coins], most):
        for steps in range(int((most - tablets) / step) + 1) if step else [0]:
            mg, count = tablets + steps * (step or 0), pieces + (steps if each_counts else min(steps, 1))
            fewest[mg] = min(count, fewest.get(mg, count))
    return fewest


@pytest.mark.parametrize("text", SETS)
def test_no_search_finds_anything_better(text):
    products = parse_products(text)
    fewest = everything(*SETS[text], most=Fraction(70))
    for half_mg in range(1, 121):
        dose = Fraction(half_mg, 2)
        # Nothing at all is the last choice among the equally near.
        error, _, pieces, mg = min((abs(mg - dose), mg == 0, pieces, mg) for mg, pieces in fewest.items())
        way = nearest(dose, products)
        assert (abs(way.error), way.pieces, way.mg) == (error, pieces, mg), dose
        down = rounded_down(dose, products)
        assert down.mg == max(mg for mg in fewest if mg <= dose), dose
        assert down.pieces == fewest[down.mg], dose
        made = prepare(dose, products)
        assert made.exact == (dose in fewest), dose
        if not made.exact:
            assert made.above.mg == min(mg for mg in fewest if mg > dose), dose
            assert made.above.pieces == fewest[made.above.mg], dose
            assert (made.below.mg if made.below else 0) == down.mg, dose


def all_exact_ways(portions, dose):
    """(pieces, numbers) of all exact ways, by trying 0-8 of each portion: (mg, how many are one; 0 for a liquid)."""
    found = []
    for numbers in each(range(9), repeat=len(portions)):
        if sum(number * mg for number, (mg, _) in zip(numbers, portions, strict=True)) == dose:
            taken = zip(numbers, portions, strict=True)
            pieces = sum(sum(divmod(number, one)) if one else min(number, 1) for number, (_, one) in taken)
            found.append((pieces, numbers))
    return sorted(found, key=lambda way: (way[0], [-number for number in way[1]]))


@pytest.mark.parametrize(
    ("text", "portions"),
    [
        ("tablet 10 scored; tablet 20 scored; capsule 15", [(5, 2), (10, 2), (15, 1)]),
        ("tablet 10 scored; liquid 10 mg/5 ml mark 2.5; tablet 20", [(5, 2), (5, 0), (20, 1)]),
        ("tablet 10; drops 4 mg/ml 1/ml factor 0.8; tablet 20 scored", [(10, 1), (5, 1), (10, 2)]),
    ],
)
@pytest.mark.parametrize("dose", [10, 15, 20, 30, 35, 40])
def test_the_exact_ways_are_the_best_four_in_order(text, portions, dose):
    products = parse_products(text)
    ways = prepare(dose, products).ways
    given_ways = [(way.pieces, tuple(count_of(way, product) for product in products)) for way in ways]
    assert given_ways == all_exact_ways(portions, dose)[:4]


def count_of(way, product):
    return sum(portion.count for portion in way.portions if portion.product == product)


TABLETS = st.builds(
    Product,
    form=st.just(Form.TABLET),
    mg=st.sampled_from([D("0.5"), D(1), D(2), D(5), D("7.5"), D(20), D("37.5")]),
    divides=st.sampled_from(Divides),
)
CAPSULES = st.builds(
    Product, form=st.just(Form.CAPSULE), mg=st.sampled_from([D(15), D("37.5")]), divides=st.sampled_from(Divides)
)
LIQUIDS = st.builds(
    Product,
    form=st.just(Form.LIQUID),
    mg=st.sampled_from([D(2), D(10), D("37.5")]),
    in_ml=st.sampled_from([D(1), D(5)]),
    mark_ml=st.sampled_from([None, D("0.1"), D("0.5")]),
)
DROPS = st.builds(
    Product,
    form=st.just(Form.DROPS),
    mg=st.sampled_from([D(20), D(40)]),
    drops_per_ml=st.sampled_from([20, 30]),
    factor=st.sampled_from([D(1), D("0.8"), D("0.7")]),
)
BEADS = st.builds(Product, form=st.just(Form.BEADS), mg=st.sampled_from([D("0.109"), D("0.25")]))
PRODUCTS = st.lists(TABLETS | CAPSULES | LIQUIDS | DROPS | BEADS, min_size=1, max_size=4).map(tuple)
DOSES = st.integers(0, 60_000).map(lambda thousandths: Fraction(thousandths, 1000))


def swallowed(product, quantity):
    """Mg in ``quantity``, from the product's own numbers."""
    mg = Fraction(product.mg) * quantity
    if product.form == Form.LIQUID:
        mg /= Fraction(product.in_ml)
    if product.form == Form.DROPS:
        mg /= Fraction(product.in_ml) * product.drops_per_ml
    return mg


def check_portions(way):
    """Its sums are those of its portions; nothing is split that may not be; one product at most is measured."""
    taken = [(portion.product, portion.quantity) for portion in way.portions]
    assert way.taken_mg == sum(swallowed(product, quantity) for product, quantity in taken)
    assert way.mg == sum(swallowed(product, quantity) / Fraction(product.factor) for product, quantity in taken)
    assert sum(product.form in {Form.LIQUID, Form.DROPS, Form.BEADS} for product, _ in taken) <= 1
    for product, quantity in taken:
        parts = {Divides.WHOLE: 1, Divides.HALVES: 2, Divides.QUARTERS: 4}[product.divides]
        parts = parts if product.form == Form.TABLET else 1
        if product.form == Form.LIQUID:
            parts = 1 / Fraction(product.mark_ml or D("0.1"))
        assert quantity > 0
        assert (quantity * parts).denominator == 1


@given(DOSES, PRODUCTS)
@settings(deadline=None)
def test_what_holds_for_any_dose_of_any_products(dose, products):
    made, near, down = prepare(dose, products), nearest(dose, products), rounded_down(dose, products)
    for way in (*made.ways, near, down):
        check_portions(way)
        assert way.error == way.mg - dose
        assert take_words(way)
        assert bool(error_words(way, dose)) == (round_half_up(way.mg, 3) != dose)
    assert abs(near.error) <= smallest_unit(products) / 2
    assert 0 <= dose - down.mg < smallest_unit(products)
    assert list(made.ways) == sorted(made.ways, key=lambda way: (abs(way.error), way.pieces, way.mg))
    assert made.exact == (near.error == 0)
    assert len(set(made.ways)) == len(made.ways) <= 4
    assert made.exact or made.below is None or made.below.mg < dose
    assert made.exact or made.above.mg > dose


def searched(products, most):
    """Every amount up to ``most`` mg and the fewest pieces of it, by trying everything."""
    coins, fewest = set(), {}
    for product in products:
        parts = {Divides.WHOLE: [1], Divides.HALVES: [1, 2], Divides.QUARTERS: [1, 2, 4]}[product.divides]
        if product.form in {Form.TABLET, Form.CAPSULE}:
            coins |= {Fraction(product.mg) / part for part in (parts if product.form == Form.TABLET else [1])}
    sums = list(numbers_of_coins(sorted(coins, reverse=True), most))
    for product in [None, *products]:
        step = None
        if product and product.form not in {Form.TABLET, Form.CAPSULE}:
            one = Fraction(product.mark_ml or D("0.1")) if product.form == Form.LIQUID else 1
            step = swallowed(product, one) / Fraction(product.factor)
        for tablets, pieces in sums:
            for steps in range(int((most - tablets) / step) + 1) if step else [0]:
                count = pieces + (min(steps, 1) if step and product.form == Form.LIQUID else steps)
                mg = tablets + steps * (step or 0)
                fewest[mg] = min(count, fewest.get(mg, count))
    return fewest


@given(DOSES.map(lambda dose: dose / 10), PRODUCTS)
@example(Fraction(1, 50), (Product(form=Form.LIQUID, mg=D(2), in_ml=D(5)),))
@settings(deadline=None, max_examples=60)
def test_no_search_over_any_products_finds_anything_better(dose, products):
    fewest = searched(products, dose + smallest_unit(products))
    # On a tie a dose is not rounded away to nothing.
    error, _, pieces, mg = min((abs(mg - dose), not mg, pieces, mg) for mg, pieces in fewest.items())
    way = nearest(dose, products)
    assert (abs(way.error), way.pieces, way.mg) == (error, pieces, mg)
    down = rounded_down(dose, products)
    assert (down.mg, down.pieces) == (best := max(mg for mg in fewest if mg <= dose), fewest[best])


@given(DOSES, PRODUCTS, st.integers(1, 4))
@settings(deadline=None, max_examples=50)
def test_parts_of_a_day_add_up_to_the_nearest_dose(dose, products, times):
    parts = prepare_parts(dose, times, products)
    assert len(parts) == times
    assert sum(way.mg for way in parts) == nearest(dose, products).mg
    assert sum(way.error for way in parts) == nearest(dose, products).error
    assert [way.mg for way in parts] == sorted(way.mg for way in parts)
    for way in parts:
        check_portions(way)


@pytest.mark.parametrize(
    ("text", "dose", "times", "parts"),
    [
        ("tablet 10 scored", "20", 2, [10, 10]),
        ("tablet 10 scored", "15", 2, [5, 10]),
        ("tablet 10 scored", "20", 3, [5, 5, 10]),
        ("tablet 10 scored", "21", 4, [5, 5, 5, 5]),
        ("tablet 10", "10", 2, [0, 10]),
        ("tablet 20; tablet 15", "45", 2, [15, 30]),
        ("tablet 20; tablet 30", "70", 3, [20, 20, 30]),
        ("tablet 10; liquid 2 mg/ml", "11", 2, ["5.4", "5.6"]),
        ("tablet 10", "4", 2, [0, 0]),
    ],
)
def test_a_day_is_split_as_evenly_as_can_be(text, dose, times, parts):
    ways = prepare_parts(D(dose), times, parse_products(text))
    assert [way.mg for way in ways] == [Fraction(part) for part in parts]


def test_a_day_has_no_other_number_of_times():
    for times in (0, 5):
        with pytest.raises(ValueError, match="1 to 4 times"):
            prepare_parts(10, times, parse_products("tablet 10"))


@pytest.mark.parametrize(("tablet_mg", "drops"), [("10", 4), ("20", 8), ("30", 12), ("40", 16)])
def test_citalopram_drops_are_not_mg_for_mg(tablet_mg, drops):
    way = nearest(D(tablet_mg), parse_products("drops 40 mg/ml 20/ml factor 0.8"))
    assert [portion.quantity for portion in way.portions] == [drops]
    assert (way.mg, way.taken_mg) == (D(tablet_mg), D(tablet_mg) * D("0.8"))
    assert uses(way) == {way.portions[0].product: Fraction(drops, 20)}


def test_a_capsule_is_never_split_whatever_is_said_of_it():
    way = nearest(37, (Product(Form.CAPSULE, D(30), Divides.QUARTERS),))
    assert [portion.quantity for portion in way.portions] == [1]


def test_nothing_is_a_dose_and_nothing_may_be_nearest():
    products = parse_products("tablet 10")
    assert prepare(0, products).exact
    assert prepare(0, products).ways[0].portions == ()
    assert nearest(4, products).portions == rounded_down(9, products).portions == ()
    assert nearest(5, products).mg == 10  # as far as nothing is, and a dose is not rounded away
    assert prepare(4, products).below is None
    assert [way.mg for way in prepare(4, products).ways] == [10]


def test_without_products_nothing_is_made():
    made = prepare(5, ())
    assert (made.ways, made.exact, made.below, made.above) == ((), False, None, None)
    assert nearest(5, ()).mg == rounded_down(5, ()).mg == 0


def test_the_same_product_twice_is_one():
    assert len(prepare(20, parse_products("tablet 10; tablet 10.0 mg")).ways) == 1


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("tablet 0.001", 10_000),
        ("tablet 0.001 quarters; tablet 20", 9000),
        (";".join(f"tablet {1 + n * D('0.002') + D('0.001')} quarters" for n in range(20)), 50),
    ],
)
def test_products_and_a_dose_that_do_not_fit_together_are_refused(text, dose):
    with pytest.raises(ProductError, match="cannot be worked out with these products"):
        prepare(dose, parse_products(text))


@pytest.mark.parametrize("dose", [D("-1"), D("-0.001")])
def test_a_dose_is_not_below_0(dose):
    with pytest.raises(ProductError, match="is below 0"):
        prepare(dose, parse_products("tablet 10"))


@pytest.mark.parametrize(
    ("text", "dose", "take", "error"),
    [
        ("tablet 20; tablet 10 scored", "25", "1 tablet of 20 mg and half a tablet of 10 mg", ""),
        ("tablet 20 scored", "50", "2 and a half tablets of 20 mg", ""),
        ("tablet 2 quarters", "0.5", "a quarter of a tablet of 2 mg", ""),
        ("tablet 2 quarters", "1.5", "three quarters of a tablet of 2 mg", ""),
        ("tablet 2 quarters", "3.5", "1 and three quarters tablets of 2 mg", ""),
        ("capsule 75; tablet 37.5", "262.5", "3 capsules of 75 mg and 1 tablet of 37.5 mg", ""),
        ("tablet 20; tablet 5; capsule 1", "26", "1 tablet of 20 mg, 1 tablet of 5 mg and 1 capsule of 1 mg", ""),
        ("liquid 37.5 mg in 5 ml", "18", "2.4 ml (liquid 37.5 mg in 5 ml)", ""),
        ("liquid 2 mg/ml factor 0.8", "5", "2 ml (liquid 2 mg/ml, counts as 5 mg of tablets)", ""),
        ("drops 40 mg/ml 20/ml factor 0.8", "10", "4 drops (8 mg of drops, counts as 10 mg of tablets)", ""),
        ("drops 20 mg/ml 20/ml", "1", "1 drop (1 mg)", ""),
        ("beads 0.109", "6.322", "58 beads of 0.109 mg", ""),
        ("beads 0.25", "4.43", "18 beads of 0.25 mg", "makes 4.5 mg, 1.6 % above 4.43 mg"),
        ("tablet 10", "14", "1 tablet of 10 mg", "makes 10 mg, 28.6 % below 14 mg"),
        ("tablet 10", "4", "nothing to take", "makes 0 mg, 100.0 % below 4 mg"),
        ("tablet 100", "100.01", "1 tablet of 100 mg", "makes 100 mg, less than 0.1 % below 100.01 mg"),
        ("tablet 10", "0", "nothing to take", ""),
    ],
)
def test_what_to_take_in_words(text, dose, take, error):
    way = nearest(D(dose), parse_products(text))
    assert take_words(way).replace("\u00a0", " ") == take
    assert error_words(way, D(dose)).replace("\u00a0", " ") == error


def test_a_number_never_leaves_its_unit():
    way = nearest(D(31), parse_products("tablet 20 scored"))
    assert take_words(way) == "1\u00a0and\u00a0a\u00a0half tablets of 20\u00a0mg"
    assert error_words(way, 31) == "makes 30\u00a0mg, 3.2\u00a0% below 31\u00a0mg"


FIRST = dt.date(2026, 12, 28)
SCORED, TEN = parse_products("tablet 20 scored; tablet 10")


def way_to(dose):
    return nearest(dose, (SCORED, TEN))


@pytest.mark.parametrize(
    ("stock", "days", "short"),
    [
        ({SCORED: 14, TEN: 100}, 14, SCORED),
        ({SCORED: D("14.5"), TEN: 100}, 14, SCORED),
        ({SCORED: 100, TEN: 3}, 3, TEN),
        ({SCORED: 5, TEN: 5}, 5, SCORED),
        ({SCORED: 0, TEN: 5}, 0, SCORED),
    ],
)
def test_a_stock_lasts_so_many_whole_days(stock, days, short):
    both = prepare(30, (Product(Form.TABLET, D(20)), TEN)).ways[0]
    whole = both.portions[0].product
    stock = {whole if product == SCORED else product: amount for product, amount in stock.items()}
    lasts = days_left(stock, every_day(both, FIRST))
    assert (lasts.days, lasts.until) == (days, FIRST + dt.timedelta(days))
    assert lasts.product == (whole if short == SCORED else TEN)


def test_half_tablets_are_used_on_two_days():
    half = nearest(10, (SCORED,))
    assert uses(half) == {SCORED: Fraction(1, 2)}
    assert days_left({SCORED: D(3)}, every_day(half, FIRST)).days == 6


def test_a_stock_is_counted_through_changes_of_dose_and_times_of_day():
    morning, night = way_to(20), way_to(10)
    doses = [(FIRST, morning), (FIRST, night), (FIRST + dt.timedelta(1), night), (FIRST + dt.timedelta(4), morning)]
    products = {portion.product for _, way in doses for portion in way.portions}
    assert products == {SCORED}
    lasts = days_left({SCORED: D(2)}, doses)
    assert (lasts.days, lasts.until, lasts.product) == (4, FIRST + dt.timedelta(4), SCORED)
    enough = days_left({SCORED: D(3)}, doses)
    assert (enough.days, enough.until, enough.product) == (5, None, None)


def test_what_was_not_counted_is_named_and_does_not_end_anything():
    lasts = days_left({}, [(FIRST, nearest(10, (SCORED,)))])
    assert (lasts.days, lasts.until, lasts.not_counted) == (1, None, (SCORED,))


def test_doses_without_end_that_use_nothing_come_to_an_end():
    lasts = days_left({SCORED: D(1)}, every_day(nearest(0, (SCORED,)), FIRST))
    assert (lasts.until, lasts.days) == (None, 3660)
    assert days_left({}, []).days == 0


@given(DOSES, PRODUCTS, st.integers(1, 40))
@settings(deadline=None, max_examples=40)
def test_stock_for_so_many_days_lasts_just_so_many(dose, products, days):
    way = nearest(dose, products)
    assume(way.portions)
    stock = {product: amount * days for product, amount in uses(way).items()}
    assert days_left(stock, every_day(way, FIRST)).days == days
    first = next(iter(stock))
    assert days_left({first: stock[first] - Fraction(1, 1000)}, every_day(way, FIRST)).days == days - 1
