"""How a dose is made of the products that a person has: tablets and their permitted parts, ml, drops, beads.

All doses are mg of tablets. Of a product with a factor f, x mg count as x / f mg of tablets. Everything is exact
(``Fraction``) until it is written. Nothing here picks a dose: it says what makes the dose that was asked for, and
where nothing does, what comes nearest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor

from journal.analysis.numbers import mg_text, round_half_up
from journal.catalogue.products import Form, Product
from journal.taper.products import (
    NB,
    ProductError,
    mark_ml,
    ml_words,
    plural,
    portion_mg,
    portion_taken_mg,
    portions_in_one,
    strength_words,
)
from journal.taper.sums import Sums, pieces_of, sums_for
from journal.taper.words import mg_words

MOST_WAYS = 4
MOST_TIMES = 4
Amount = Decimal | Fraction | int


@dataclass(frozen=True, slots=True)
class Portion:
    """``quantity`` of a product: tablets or capsules (3/2 is one and a half), ml, drops or beads."""

    product: Product
    quantity: Fraction

    @property
    def count(self) -> int:
        """In the smallest portions of the product: halves, quarters, marks; else pieces."""
        return int(self.quantity / _one(self.product))

    @property
    def pieces(self) -> int:
        """Each whole, half, quarter, drop and bead is one, a measured liquid is one."""
        return pieces_of(self.product, self.count)

    @property
    def taken_mg(self) -> Fraction:
        """Mg of the product itself."""
        return self.count * portion_taken_mg(self.product)

    @property
    def mg(self) -> Fraction:
        """Mg of tablets that it counts as."""
        return self.count * portion_mg(self.product)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to take a dose. ``mg`` counts as mg of tablets, ``taken_mg`` is swallowed; ``error`` is ``mg`` - dose."""

    portions: tuple[Portion, ...]
    mg: Fraction
    taken_mg: Fraction
    error: Fraction
    pieces: int


@dataclass(frozen=True, slots=True)
class Preparation:
    """How ``dose`` is made. ``exact``: ``ways`` make it, at most four, the best first; no ``below`` and ``above``.

    Else nothing does: ``below`` and ``above`` are the nearest that can be made (``below`` None where that is nothing,
    both None without products), and ``ways`` holds these two, the nearer first.
    """

    dose: Fraction
    ways: tuple[Way, ...]
    exact: bool
    below: Way | None = None
    above: Way | None = None


def prepare(dose: Amount, products: Iterable[Product]) -> Preparation:
    """The ways to make ``dose``. Ranked by the size of the error, the number of pieces, the lower dose, and then
    by more of the product that is listed first. Raises ProductError where products and dose do not fit together.
    """
    return _prepare(_dose(dose), _each_once(products))


def nearest(dose: Amount, products: Iterable[Product]) -> Way:
    """The best way to come nearest to ``dose``; nothing at all counts as a way, where it is nearer than anything else.

    Halfway between nothing and the smallest amount it is the smallest amount: a dose is not rounded away on a tie.
    """
    made = prepare(dose, products)
    if made.exact:
        return made.ways[0]
    ways = [way for way in (made.below or _nothing(made.dose), made.above) if way]
    return min(ways, key=lambda way: (abs(way.error), not way.portions, *_rank(way)))


def rounded_down(dose: Amount, products: Iterable[Product]) -> Way:
    """The best way to the largest amount that is not above ``dose``; nothing at all counts as a way."""
    made = prepare(dose, products)
    return made.ways[0] if made.exact else made.below or _nothing(made.dose)


def prepare_parts(dose: Amount, times: int, products: Iterable[Product]) -> tuple[Way, ...]:
    """A daily dose over 1 to 4 times of a day, the largest part last; a part may be nothing.

    Together they make what ``nearest`` gives for the whole dose. The rule: of what is left, each part in turn is the
    largest amount that can be made, is not above an even share, and leaves something that can be made. ``error`` of a
    part is against an even share of ``dose``, so that the errors add up to that of the day.
    """
    if not 1 <= times <= MOST_TIMES:
        raise ValueError(f"A day has 1 to {MOST_TIMES} times, not {times}.")
    dose, products = _dose(dose), _each_once(products)
    sums = sums_for(products, dose)
    rest = int(nearest(dose, products).mg * sums.scale)
    parts = []
    for left in range(times, 1, -1):
        part = sums.below(rest // left)
        while part and sums.below(rest - part) != rest - part:
            part = sums.below(part - 1)
        parts.append(part)
        rest -= part
    return tuple(_ways(sums, part, dose / times, 1)[0] for part in sorted([*parts, rest]))


@lru_cache(maxsize=2048)
def _prepare(dose: Fraction, products: tuple[Product, ...]) -> Preparation:
    sums = sums_for(products, dose)
    units = dose * sums.scale
    below = sums.below(floor(units))
    if below == units:
        return Preparation(dose, _ways(sums, below, dose, MOST_WAYS), exact=True)
    above = sums.above(ceil(units))
    under = _ways(sums, below, dose, 1)[0] if below else None
    over = None if above is None else _ways(sums, above, dose, 1)[0]
    ways = tuple(sorted((way for way in (under, over) if way), key=_rank))
    return Preparation(dose, ways, exact=False, below=under, above=over)


def _ways(sums: Sums, total: int, dose: Fraction, number: int) -> tuple[Way, ...]:
    return tuple(_way(sums.products, counts, dose) for counts in sums.counts(total, number))


def _way(products: tuple[Product, ...], counts: tuple[int, ...], dose: Fraction) -> Way:
    taken = zip(products, counts, strict=True)
    portions = tuple(Portion(product, count * _one(product)) for product, count in taken if count)
    mg = sum((portion.mg for portion in portions), Fraction(0))
    taken_mg = sum((portion.taken_mg for portion in portions), Fraction(0))
    return Way(portions, mg, taken_mg, mg - dose, sum(portion.pieces for portion in portions))


def _nothing(dose: Fraction) -> Way:
    return _way((), (), dose)


def _rank(way: Way) -> tuple[Fraction, int, Fraction]:
    return abs(way.error), way.pieces, way.mg


@lru_cache(maxsize=512)
def _one(product: Product) -> Fraction:
    """The quantity of its smallest portion: 1/2 of a tablet, 0.1 ml, 1 drop."""
    return Fraction(mark_ml(product)) if product.form is Form.LIQUID else Fraction(1, portions_in_one(product))


def _dose(dose: Amount) -> Fraction:
    if dose < 0:
        raise ProductError(f"{mg_words(dose)} is below 0.")
    return Fraction(dose)


def _each_once(products: Iterable[Product]) -> tuple[Product, ...]:
    """Two boxes of the same are one product: the same way is not told twice."""
    return tuple(dict.fromkeys(products))


PARTS_OF_ONE = {Fraction(1, 4): "a quarter", Fraction(1, 2): "half", Fraction(3, 4): "three quarters"}


def take_words(way: Way) -> str:
    """What to take: "1 tablet of 20 mg and half a tablet of 10 mg"; "2.4 ml (liquid 37.5 mg in 5 ml)"."""
    words = [_portion_words(portion) for portion in way.portions] or ["nothing to take"]
    return f"{', '.join(words[:-1])} and {words[-1]}" if words[1:] else words[0]


def _portion_words(portion: Portion) -> str:
    product, form = portion.product, portion.product.form
    counted = "" if product.factor == 1 else f"counts as {mg_words(portion.mg)} of tablets"
    if form is Form.LIQUID:
        inside = [f"liquid {strength_words(product)}", counted]
        return f"{ml_words(portion.quantity)} ({', '.join(filter(None, inside))})"
    if form is Form.DROPS:
        inside = f"{mg_words(portion.taken_mg)} of drops, {counted}" if counted else mg_words(portion.taken_mg)
        return f"{_number_of(portion.quantity, 'drop')} ({inside})"
    words = f"{_number_of(portion.quantity, plural(form)[:-1])} of {mg_words(product.mg)}"
    return f"{words} ({counted})" if counted else words


def _number_of(quantity: Fraction, noun: str) -> str:
    """ "2 tablets", "half a tablet", "1 and a half tablets"."""
    wholes, part = divmod(quantity, 1)
    if not part:
        return f"{mg_text(wholes)}{NB}{noun}{'s' if wholes > 1 else ''}"
    if not wholes:
        return f"{PARTS_OF_ONE[part]} {'a' if part == Fraction(1, 2) else 'of a'} {noun}"
    part_words = f"a{NB}half" if part == Fraction(1, 2) else PARTS_OF_ONE[part].replace(" ", NB)
    return f"{mg_text(wholes)}{NB}and{NB}{part_words} {noun}s"


def error_words(way: Way, dose: Amount) -> str:
    """ "makes 4.5 mg, 1.6 % above 4.43 mg"; blank where the two are the same, to the last figure that is shown."""
    made, asked = mg_words(way.mg), mg_words(dose)
    if made == asked:
        return ""
    if not dose:
        return f"makes {made} where the dose is {asked}"
    error = way.mg - Fraction(dose)
    percent = round_half_up(abs(error) * 100 / Fraction(dose), 1)
    size = f"{percent:,f}" if percent else "less than 0.1"
    return f"makes {made}, {size}{NB}% {'above' if error > 0 else 'below'} {asked}"
