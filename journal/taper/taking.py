"""What to take now: today's dose, or each part of it, made of the products that there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from journal.catalogue.products import Product
from journal.taper.history import Part
from journal.taper.preparation import Preparation, Way, error_words, prepare, prepare_parts, take_words
from journal.taper.taken import TakenAs, swallowed_mg
from journal.taper.words import TIMES, mg_words


@dataclass(frozen=True, slots=True)
class Taking:
    """One amount at one time of day (``when``, blank for any): ``dose`` mg of tablets are asked for."""

    when: str
    dose: Fraction
    way: Way

    @property
    def is_exact(self) -> bool:
        """Whether ``way`` makes just the dose."""
        return not self.way.error


@dataclass(frozen=True, slots=True)
class MadeUp:
    """A day's dose as it is taken. ``shared``: equal parts that cannot be made each, so that only the day's dose is."""

    takings: tuple[Taking, ...]
    shared: bool = False

    @property
    def dose(self) -> Fraction:
        """Mg of tablets that are asked for on this day."""
        return sum((taking.dose for taking in self.takings), Fraction(0))

    @property
    def mg(self) -> Fraction:
        """Mg of tablets that it makes."""
        return sum((taking.way.mg for taking in self.takings), Fraction(0))

    @property
    def is_exact(self) -> bool:
        """Whether the dose is made, part by part or, for equal parts, over the day. Not where there is nothing."""
        if self.shared:
            return self.mg == self.dose
        return bool(self.takings) and all(taking.is_exact for taking in self.takings)


def made_up(dose: Decimal, parts: Sequence[Part], how: TakenAs | None, products: Iterable[Product]) -> MadeUp:
    """How a day's ``dose``, or its ``parts``, is made of ``products``; nothing where there is nothing to take, or none.

    ``how`` it is swallowed decides what comes first: drops where it is drops, else what counts mg for mg. Where that
    does not make it, everything may. Raises ProductError where products and dose do not fit together.
    """
    products = tuple(products)
    amounts = [(part.when, part.mg) for part in parts if part.mg] or ([("", dose)] if dose else [])
    if not products or not amounts:
        return MadeUp(())
    takings = []
    for when, mg in amounts:
        exact = _exact(mg, how)
        takings.append(Taking(when, exact, _prepared(exact, how, products).ways[0]))
    doses = {taking.dose for taking in takings}
    if len(takings) > 1 and len(doses) == 1 and not all(taking.is_exact for taking in takings):
        return _shared(takings, how, products)
    return MadeUp(tuple(takings))


def _shared(takings: list[Taking], how: TakenAs | None, products: tuple[Product, ...]) -> MadeUp:
    """Equal parts that cannot be made: what comes nearest to the whole day's dose, over the same times."""
    dose = sum((taking.dose for taking in takings), Fraction(0))
    kin = _kin(how, products)
    use = kin if kin and prepare(dose, kin).exact else products
    ways = prepare_parts(dose, len(takings), use)
    return MadeUp(tuple(Taking(one.when, one.dose, way) for one, way in zip(takings, ways, strict=True)), shared=True)


def _exact(mg: Decimal, how: TakenAs | None) -> Fraction:
    """Mg of tablets before they were rounded to be kept: of 1 mg of drops that count as 3.333 mg, three and a third."""
    return Fraction(swallowed_mg(mg, how.factor)) / how.factor if how and how.name else Fraction(mg)


def _prepared(dose: Fraction, how: TakenAs | None, products: tuple[Product, ...]) -> Preparation:
    kin = _kin(how, products)
    made = prepare(dose, kin) if kin else None
    return made if made and made.exact else prepare(dose, products)


def _kin(how: TakenAs | None, products: tuple[Product, ...]) -> tuple[Product, ...]:
    """The products that count as the dose does."""
    factor = Fraction(1) if how is None else how.factor
    return tuple(product for product in products if Fraction(product.factor) == factor)


# -- in words -------------------------------------------------------------------------------------------------------

CANNOT = "cannot be made"


def taking_lines(made: MadeUp) -> list[str]:
    """What to take, a line for each time of day: "In the morning: half a tablet of 10 mg". None: nothing to say."""
    alone = len(made.takings) == 1
    lines = [_shared_words(made)] if made.shared else []
    for taking in made.takings:
        words = take_words(taking.way) if made.shared or taking.is_exact else _nearest_words(taking)
        when = TIMES[taking.when] or ("" if alone else "at any time")
        lines.append(f"{when[:1].upper()}{when[1:]}: {words}" if when else words)
    return lines


def _nearest_words(taking: Taking) -> str:
    if taking.way.mg >= 2 * taking.dose:
        return f"{mg_words(taking.dose)} {CANNOT}; the smallest amount that can is {mg_words(taking.way.mg)}"
    near = ", ".join(filter(None, [take_words(taking.way), error_words(taking.way, taking.dose)]))
    return f"{mg_words(taking.dose)} {CANNOT}; nearest: {near}"


def _shared_words(made: MadeUp) -> str:
    begins = f"{mg_words(made.takings[0].dose)} {CANNOT};"
    if made.is_exact:
        return f"{begins} these make {mg_words(made.mg)} over the day"
    whole = Way((), made.mg, Fraction(0), made.mg - made.dose, 0)
    return f"{begins} nearest over the day: {error_words(whole, made.dose)}"
