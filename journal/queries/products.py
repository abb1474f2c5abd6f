"""What a medication comes as: the person's products, what the catalogue offers and warns of, and saving one."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from django.db import transaction
from django.utils.text import capfirst

from journal.analysis.numbers import mg_text
from journal.catalogue.clinical import Listed, ProductWarning, clinical_of
from journal.catalogue.products import Form
from journal.catalogue.products import Product as Plain
from journal.models import Medication, Product
from journal.models.profile import one_at_a_time
from journal.taper.products import product_name, product_words, strength_words
from journal.taper.words import day_words, mg_words

COUNTED_IN = {"tablet": "tablet", "capsule": "capsule", "beads": "bead"}
COLUMNS = ("form", "mg", "divides", "in_ml", "mark_ml", "drops_per_ml", "factor", "name")
"""What makes a product the one it is. How many there are of it comes and goes."""

COUNTRY_NAMES = {"GB": "UK", "US": "USA", "AU": "Australia"}
"""What the catalogue calls the country of a profile's code."""


@dataclass(frozen=True)
class ListedProduct:
    """A product in the list; ``stock`` is "" where nothing was counted. ``warnings``: what is known of it."""

    row: Product
    words: str
    stock: str
    warnings: tuple[ProductWarning, ...]


@dataclass(frozen=True)
class Offer:
    """What the catalogue knows a drug to come as. ``words``: "Scored tablet 20 mg, USA"."""

    product: Plain
    words: str
    warnings: tuple[ProductWarning, ...]
    sources: tuple[str, ...]


def products_of(owner, medication: Medication) -> list[Product]:
    """What the person has of a medication, in the order it was added, what was put away last. One query."""
    return list(Product.objects.of(owner).filter(medication=medication).order_by("-in_use", "pk"))


def products_by_medication(owner) -> dict[int, list[Product]]:
    """What the person has, and has put away, by the key of the medication. One query."""
    found: dict[int, list[Product]] = {}
    for product in Product.objects.of(owner).order_by("-in_use", "pk"):
        found.setdefault(product.medication_id, []).append(product)
    return found


def listed_products(products: Iterable[Product], drug: str, today: dt.date) -> list[ListedProduct]:
    """The same as the medication's page shows it."""
    return [
        ListedProduct(
            row, capfirst(product_words(row.plain())), stock_words(row, today), warnings_of(drug, row.plain())
        )
        for row in products
    ]


def shared_warnings(products: Iterable[ListedProduct]) -> list[tuple[str, ProductWarning]]:
    """Each warning of these once, with the names of the products that it is about."""
    about: dict[ProductWarning, list[str]] = {}
    for product in products:
        for warning in product.warnings:
            about.setdefault(warning, []).append(capfirst(product_name(product.row.plain())))
    return [("; ".join(dict.fromkeys(names)), warning) for warning, names in about.items()]


# --- what the catalogue knows -------------------------------------------------------------------------------------


def offered_products(drug: str, country: str = "") -> tuple[Offer, ...]:
    """What the catalogue knows a drug to come as; nothing for one that was typed by hand.

    What several countries have alike is there once. That of ``country`` (a profile's code, "GB") comes first.
    """
    alike: dict[tuple, list[Listed]] = {}
    for listed in clinical_of(drug).products:
        # The kind too: a modified-release tablet is as strong as a plain one, and not the same.
        alike.setdefault((replace(listed.product, source=""), listed.kind, listed.warnings), []).append(listed)
    own = COUNTRY_NAMES.get(country, country)
    ordered = sorted(alike.values(), key=lambda group: own not in [listed.country for listed in group])
    return tuple(_offer(group, own) for group in ordered)


def _offer(group: list[Listed], own: str) -> Offer:
    """``group``: the same product of several countries, or of one."""
    first = group[0]
    countries = sorted({listed.country for listed in group if listed.country}, key=lambda name: (name != own, name))
    words = [f"{capfirst(first.kind)} {_strength(first.product)}", *countries]
    sources = tuple(dict.fromkeys(listed.product.source for listed in group))
    return Offer(first.product, ", ".join(words), first.warnings, sources)


def _strength(product: Plain) -> str:
    if product.form not in (Form.LIQUID, Form.DROPS):
        return mg_words(product.mg)
    factor = "" if product.factor == 1 else f", factor {mg_text(product.factor)}"
    return f"{strength_words(product)}{factor}"


def warnings_of(drug: str, product: Plain) -> tuple[ProductWarning, ...]:
    """What is to be known of what the person has, each once: of the products of that form and strength.

    Where some of these carry the warning and others do not, it begins with the kind that it is about.
    """
    alike = [listed for listed in clinical_of(drug).products if _as_strong(listed.product) == _as_strong(product)]
    found: dict[str, ProductWarning] = {}
    for listed in alike:
        for warning in listed.warnings:
            kinds = [other.kind for other in alike if warning in other.warnings]
            about = f"If it is the {' or '.join(dict.fromkeys(kinds))}: "
            every = len(kinds) == len(alike)
            found[warning.key] = warning if every else replace(warning, text=f"{about}{warning.text}")
    return tuple(found.values())


def _as_strong(product: Plain) -> tuple[Form, Fraction]:
    """What a warning goes by: not how it is divided, for what must not be divided may be down as scored."""
    per_ml = product.form in (Form.LIQUID, Form.DROPS)
    return product.form, Fraction(product.mg) / (Fraction(product.in_ml) if per_ml else 1)


# --- words --------------------------------------------------------------------------------------------------------


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

    Looked for once more behind a lock: two presses of a button at the same moment make one product. One that was put
    away and is added again is taken out, with the new count where there is one.
    """
    one_at_a_time(medication.owner)
    if product is None:
        there = same_product(products_of(medication.owner, medication), fields)
        if there and there.in_use:
            return there
        product = there or Product(medication=medication)
        product.in_use = True
        if there and fields["stock"] is None:
            fields = fields | {"stock": there.stock}
    if fields["stock"] is None:
        product.stock_on = None
    elif fields["stock"] != product.stock:
        product.stock_on = today
    for name in (*COLUMNS, "stock"):
        setattr(product, name, fields[name])
    product.save()
    return product


def use_product(product: Product, in_use: bool) -> None:
    """Put a product away, or take it out again. What was counted stays."""
    product.in_use = in_use
    product.save(update_fields=["in_use"])
