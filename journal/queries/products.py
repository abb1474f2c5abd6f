"""What a medication comes as: the person's products, their words, and saving one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from journal.catalogue.products import Divides, Form
from journal.catalogue.products import Product as Plain
from journal.models import Medication, Product
from journal.models.profile import one_at_a_time
from journal.reading import plain_number
from journal.taper.words import day_words, mg_words

COUNTED_IN = {"tablet": "tablet", "capsule": "capsule", "beads": "bead"}
COLUMNS = ("form", "mg", "divides", "in_ml", "mark_ml", "drops_per_ml", "factor", "name")
"""What makes a product the one it is. How many there are of it comes and goes."""


@dataclass(frozen=True)
class ListedProduct:
    """A product in the list; ``stock`` is "" where nothing was counted."""

    row: Product
    words: str
    stock: str


def products_of(owner, medication: Medication) -> list[Product]:
    """What the person has of a medication, in the order it was added. One query."""
    return list(Product.objects.of(owner).filter(medication=medication).order_by("-in_use", "pk"))


def listed_products(owner, medication: Medication, today: dt.date) -> list[ListedProduct]:
    """The same as the medication's page shows it. One query."""
    products = products_of(owner, medication)
    return [ListedProduct(row, product_words(row.plain()), stock_words(row, today)) for row in products]


def offered_products(drug_slug: str) -> tuple[Plain, ...]:
    """What the catalogue knows a drug to come as; nothing for one that was typed by hand."""
    return ()


# --- words --------------------------------------------------------------------------------------------------------


def product_words(product: Plain) -> str:
    """A product: "Tablet 20 mg, scored"; "Liquid 10 mg in 5 ml"; "Drops 40 mg/ml, 20 drops/ml, factor 0.8"."""
    if product.form is Form.BEADS:
        return f"Beads of {mg_words(product.mg)}"
    words = f"{product.form.value.capitalize()} {mg_words(product.mg)}"
    if product.form in (Form.LIQUID, Form.DROPS):
        words += "/ml" if product.in_ml == 1 else f" in {plain_number(product.in_ml)}\u00a0ml"
    if product.form is Form.DROPS and product.drops_per_ml:
        words += f", {product.drops_per_ml}\u00a0drops/ml"
    if product.factor != 1:
        words += f", factor {plain_number(product.factor)}"
    return words + {Divides.HALVES: ", scored", Divides.QUARTERS: ", scored in quarters"}.get(product.divides, "")


def stock_words(product: Product, today: dt.date) -> str:
    """How much there was when: "56 tablets, counted on 3 November"; "" where nothing was counted."""
    if product.stock is None:
        return ""
    unit = COUNTED_IN.get(product.form)
    unit = f" {unit}{'' if product.stock == 1 else 's'}" if unit else "\u00a0ml"
    counted = f", counted on {day_words(product.stock_on, today)}" if product.stock_on else ""
    return f"{product.stock.normalize():,f}{unit}{counted}"


# --- writing ------------------------------------------------------------------------------------------------------


def same_product(others: Iterable[Product], fields: dict) -> Product | None:
    """The one of ``others`` that is just what ``fields`` say, but for how many there are."""
    name = fields["name"].casefold()
    return next(
        (
            other
            for other in others
            if other.name.casefold() == name
            and all(getattr(other, column) == fields[column] for column in COLUMNS if column != "name")
        ),
        None,
    )


@transaction.atomic
def save_product(medication: Medication, fields: dict, today: dt.date, product: Product | None = None) -> Product:
    """Add a product, or correct this one. ``fields`` are the columns and ``stock``, which was counted ``today``.

    Looked for once more behind a lock: two presses of a button at the same moment make one product.
    """
    one_at_a_time(medication.owner)
    if product is None:
        there = same_product(products_of(medication.owner, medication), fields)
        if there:
            return there
        product = Product(medication=medication)
    if fields["stock"] is None:
        product.stock_on = None
    elif fields["stock"] != product.stock:
        product.stock_on = today
    for name in (*COLUMNS, "stock"):
        setattr(product, name, fields[name])
    product.save()
    return product
