"""Products as text: read from a line such as "tablet 20 scored; liquid 10 mg/5 ml mark 0.1", and written in words."""

import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from journal.analysis.numbers import mg_text
from journal.catalogue.products import Divides, Form, Product
from journal.taper.words import mg_words

NB = "\u00a0"
MOST_PRODUCTS = 20
MOST_LETTERS = 2000
SHOWN = 60
"""So much of an item is quoted back."""

USUAL_MARK_ML = Decimal("0.1")
"""The finest mark of a syringe that nothing is said about."""

PORTIONS = {Divides.WHOLE: 1, Divides.HALVES: 2, Divides.QUARTERS: 4}

FORMS = {
    "tablet": Form.TABLET,
    "tablets": Form.TABLET,
    "capsule": Form.CAPSULE,
    "capsules": Form.CAPSULE,
    "liquid": Form.LIQUID,
    "drop": Form.DROPS,
    "drops": Form.DROPS,
    "bead": Form.BEADS,
    "beads": Form.BEADS,
}
DIVIDED = {
    "whole": Divides.WHOLE,
    "scored": Divides.HALVES,
    "halves": Divides.HALVES,
    "quarters": Divides.QUARTERS,
}
LIMITS = {
    "strength": (Decimal(10000), 3, "mg"),
    "volume": (Decimal(1000), 2, "ml"),
    "mark": (Decimal(50), 3, "ml"),
    "factor": (Decimal(50), 3, ""),
    "number of drops in a ml": (Decimal(1000), 0, ""),
}
"""The most, how many decimals, and the unit, of each number of an item. The least is above 0."""

_TOKEN = re.compile(r"[0-9]+(?:[.,][0-9]+)?|[^\W\d_]+|\S")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")


class ProductError(ValueError):
    """A product, or products and a dose, that cannot be worked with. Its text is a sentence for the person."""


def parse_products(text: str) -> tuple[Product, ...]:
    """The products of ``text``, in its order; items end at ";" or a line's end. Raises ProductError, nothing else."""
    if len(text) > MOST_LETTERS:
        raise ProductError(f"{_quoted(text)} is too long. Write at most {MOST_PRODUCTS} products.")
    items = [item for item in (" ".join(part.split()) for part in re.split(r"[;\n]", text)) if item]
    if not items:
        raise ProductError("There is no product. Write one like “tablet 20 scored”.")
    if len(items) > MOST_PRODUCTS:
        raise ProductError(f"{_quoted(items[MOST_PRODUCTS])} is one too many. Write at most {MOST_PRODUCTS} products.")
    return tuple(_Item(item).product() for item in items)


class _Item:
    """One item, read from left to right."""

    def __init__(self, text: str):
        self.text = text
        self.tokens = [token for token in _TOKEN.findall(text.lower()) if token != ","]

    def product(self) -> Product:
        form = FORMS.get(self.take())
        if form is None:
            raise self.wrong("begin with tablet, capsule, liquid, drops or beads")
        self.skip("of")
        fields = {"form": form, "mg": self.number("strength")}
        self.skip("mg")
        if form in {Form.LIQUID, Form.DROPS}:
            fields["in_ml"] = self.volume()
        if form is Form.DROPS:
            fields["drops_per_ml"] = self.drops_per_ml()
        if form is Form.LIQUID:
            fields["mark_ml"] = USUAL_MARK_ML
        options = {}
        while self.tokens:
            name, value = self.option(form)
            if name in options:
                raise self.wrong("it says one thing twice, or two that differ")
            options[name] = value
        return Product(**fields | options)

    def option(self, form: Form) -> tuple[str, Decimal | Divides]:
        """A word after the strength, and its number: the field that it fills and with what."""
        word = self.take()
        if word == "factor":
            return "factor", self.number("factor")
        if word == "mark" and form is Form.LIQUID:
            mark = self.number("mark")
            self.skip("ml")
            return "mark_ml", mark
        if word in DIVIDED and form is Form.TABLET:
            return "divides", DIVIDED[word]
        if word == "whole" and form is Form.CAPSULE:
            return "divides", Divides.WHOLE
        if word in DIVIDED:
            raise self.wrong("only a tablet may be divided")
        if word == "mark":
            raise self.wrong("only a liquid is measured to a mark")
        raise self.wrong(f"{_quoted(word)} means nothing here")

    def volume(self) -> Decimal:
        """The ml behind a strength: "/ml", "/5 ml", "in 5 ml", "per ml"."""
        if not self.skip("/", "in", "per"):
            raise self.wrong("say in how many ml, like “10 mg in 5 ml”")
        ml = self.number("volume") if self.at_number() else Decimal(1)
        if not self.skip("ml"):
            raise self.wrong("say in how many ml, like “10 mg in 5 ml”")
        return ml

    def drops_per_ml(self) -> int:
        """Of "20/ml" or "20 drops/ml"."""
        missing = self.wrong("say how many drops make a ml, like “20/ml”")
        if not self.at_number():
            raise missing
        drops = self.number("number of drops in a ml")
        self.skip("drops", "drop")
        if not self.skip("/", "per") or not self.skip("ml"):
            raise missing
        return int(drops)

    def number(self, name: str) -> Decimal:
        """The number that comes next, within the limits of ``name``."""
        if self.tokens and self.tokens[0] in {"-", "−", "–"}:
            raise self.wrong(f"the {name} is below 0")
        if not self.at_number():
            raise self.wrong(f"the {name} is not a number" if self.tokens else f"the {name} is missing")
        text = self.take()
        self.check_one_reading(text, LIMITS[name][0])
        value = Decimal(text.replace(",", "."))
        most, places, unit = LIMITS[name]
        unit = f"{NB}{unit}" if unit else ""
        if value == 0:
            raise self.wrong(f"the {name} is 0")
        if value > most:
            raise self.wrong(f"the {name} is more than {most:,}{unit}")
        value = _plain(value)
        if -value.as_tuple().exponent > places:
            raise self.wrong(f"the {name} has more than {places} decimals" if places else f"the {name} is not whole")
        return value

    def check_one_reading(self, text: str, most: Decimal) -> None:
        """Refuse "1,200": twelve hundred to some, 1.2 to others. By the rule of ``reading.two_readings``, which
        needs Django: a point is a decimal point unless the three figures behind it end in 0.
        """
        found = re.fullmatch(r"([1-9][0-9]*)([.,])([0-9]{3})", text)
        if not found or (found[2] == "." and found[3][-1] != "0") or Decimal(found[1] + found[3]) > most:
            return
        small = _plain(Decimal(f"{found[1]}.{found[3]}"))
        raise self.wrong(f"{text} can mean two numbers, {found[1]}{found[3]} or {small}; write the one that is meant")

    def at_number(self) -> bool:
        return bool(self.tokens) and _NUMBER.fullmatch(self.tokens[0]) is not None

    def take(self) -> str:
        return self.tokens.pop(0) if self.tokens else ""

    def skip(self, *words: str) -> bool:
        """Whether one of ``words`` came next; it is passed."""
        found = bool(self.tokens) and self.tokens[0] in words
        if found:
            self.tokens.pop(0)
        return found

    def wrong(self, what: str) -> ProductError:
        return ProductError(f"{_quoted(self.text)}: {what}.")


def _quoted(text: str) -> str:
    text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return f"“{text[:SHOWN]}{'…' if len(text) > SHOWN else ''}”"


def _plain(value: Decimal) -> Decimal:
    """Without trailing zeros and without an exponent, so that 20.0 reads and counts its decimals as 20."""
    text = f"{value:f}"
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def product_words(product: Product) -> str:
    """ "tablet 20 mg, scored"; "liquid 10 mg in 5 ml, to 0.1 ml"; "drops 40 mg/ml, 20 drops/ml"; "beads of 0.25 mg"."""
    words = {
        Form.TABLET: lambda: f"tablet {mg_words(product.mg)}{_divided_words(product)}",
        Form.CAPSULE: lambda: f"capsule {mg_words(product.mg)}",
        Form.LIQUID: lambda: f"liquid {strength_words(product)}, to {ml_words(mark_ml(product))}",
        Form.DROPS: lambda: f"drops {strength_words(product)}{_drops_words(product)}",
        Form.BEADS: lambda: f"beads of {mg_words(product.mg)}",
    }[product.form]()
    if product.factor == 1:
        return words
    return f"{words}; {mg_words(product.factor)} of {plural(product.form)} for {mg_words(Decimal(1))} of tablets"


def product_name(product: Product) -> str:
    """The same without how it counts, for a sentence about it."""
    return product_words(replace(product, factor=Decimal(1)))


def strength_words(product: Product) -> str:
    """Of a liquid or drops: "10 mg in 5 ml", "40 mg/ml"."""
    return (
        f"{mg_words(product.mg)}/ml" if product.in_ml == 1 else f"{mg_words(product.mg)} in {ml_words(product.in_ml)}"
    )


def ml_words(ml: Decimal | Fraction) -> str:
    """A volume: "2.4 ml"."""
    return f"{mg_text(ml)}{NB}ml"


def plural(form: Form) -> str:
    """What amounts of it are called: "tablets", "capsules", "liquid", "drops", "beads"."""
    return f"{form}s" if form in {Form.TABLET, Form.CAPSULE} else str(form)


def _divided_words(product: Product) -> str:
    return {Divides.WHOLE: "", Divides.HALVES: ", scored", Divides.QUARTERS: ", halves and quarters"}[product.divides]


def _drops_words(product: Product) -> str:
    return f", {product.drops_per_ml}{NB}drops/ml" if product.drops_per_ml else ""


def mark_ml(product: Product) -> Decimal:
    """To what a liquid is measured."""
    return USUAL_MARK_ML if product.mark_ml is None else product.mark_ml


def portions_in_one(product: Product) -> int:
    """Into how many portions one piece may be divided: 1, 2 or 4. Only a tablet ever is, whatever else is said."""
    return PORTIONS[product.divides] if product.form is Form.TABLET else 1


def is_measured(product: Product) -> bool:
    """Whether it is measured or counted out (liquid, drops, beads) and not taken in pieces."""
    return product.form in {Form.LIQUID, Form.DROPS, Form.BEADS}


@lru_cache(maxsize=512)
def portion_taken_mg(product: Product) -> Fraction:
    """Mg of the product itself in its smallest portion: a whole, half or quarter; a mark; a drop; a bead."""
    mg = Fraction(product.mg)
    if product.form is Form.LIQUID:
        mg = mg / Fraction(product.in_ml) * Fraction(mark_ml(product))
    elif product.form is Form.DROPS:
        if not product.drops_per_ml:
            raise ProductError(f"Drops {strength_words(product)}: say how many drops make a ml.")
        mg = mg / Fraction(product.in_ml) / product.drops_per_ml
    else:
        mg /= portions_in_one(product)
    if mg <= 0:
        raise ProductError(f"{product_words(product).capitalize()}: that makes no dose.")
    return mg


@lru_cache(maxsize=512)
def portion_mg(product: Product) -> Fraction:
    """The same in mg of tablets."""
    return portion_taken_mg(product) / Fraction(product.factor)
