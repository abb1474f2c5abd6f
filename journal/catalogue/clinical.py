"""What planning a taper needs to know of a drug: half-life, what it comes as, how it must not be handled.

The facts stand in clinical.toml, each with the key of its source. What no source that we read gives is blank; a drug
that is not there at all is not an error. A list of products is never complete: a maker, a country, a strength may lack.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from journal.catalogue.products import Divides, Form, Product


@dataclass(frozen=True, slots=True)
class HalfLife:
    """In how many hours half of a substance is gone: ``low`` to ``high``, the same where the source has one figure.

    ``note`` is what has to be said of the figure, "" for nothing.
    """

    substance: str
    low: Decimal
    high: Decimal
    source: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProductWarning:
    """One thing to know before a product is divided, measured or poured. ``sources`` are keys of ``SOURCES``."""

    key: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A product that is or was sold. ``kind``: what it is called ("oral drops"); ``country``: "UK", "USA" or ""."""

    product: Product
    kind: str
    country: str
    warnings: tuple[ProductWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Clinical:
    """Of one drug. ``metabolite``: the active substance that the body makes of it, where one is known to matter."""

    drug: str
    half_life: HalfLife | None = None
    metabolite: HalfLife | None = None
    products: tuple[Listed, ...] = ()
    other_warnings: tuple[ProductWarning, ...] = ()

    @property
    def warnings(self) -> tuple[ProductWarning, ...]:
        """Every warning of the drug and its products, each once."""
        of_products = (warning for listed in self.products for warning in listed.warnings)
        return tuple({warning.key: warning for warning in (*self.other_warnings, *of_products)}.values())


def _half_life(row: dict[str, Any] | None) -> HalfLife | None:
    if row is None:
        return None
    low, high = (Decimal(hours) for hours in row["hours"])
    return HalfLife(row["substance"], low, high, row["source"], row.get("note", ""))


def _listed(row: dict[str, Any], warnings: dict[str, ProductWarning]) -> list[Listed]:
    """One entry of the file is one product, or several that differ by nothing but strength ("mg = [10, 20]")."""
    strengths = row["mg"] if isinstance(row["mg"], list) else [row["mg"]]
    return [
        Listed(
            product=Product(
                form=Form(row["form"]),
                mg=Decimal(mg),
                divides=Divides(row.get("divides", "whole")),
                in_ml=Decimal(row.get("in_ml", 1)),
                drops_per_ml=row.get("drops_per_ml"),
                factor=Decimal(row.get("factor", 1)),
                source=row["source"],
            ),
            kind=row["kind"],
            country=row.get("country", ""),
            warnings=tuple(warnings[key] for key in row.get("warnings", ())),
        )
        for mg in strengths
    ]


def _load() -> tuple[dict[str, ProductWarning], dict[str, Clinical]]:
    text = Path(__file__).with_name("clinical.toml").read_text(encoding="utf-8")
    file = tomllib.loads(text, parse_float=Decimal)
    warnings = {key: ProductWarning(key, row["text"], tuple(row["sources"])) for key, row in file["warnings"].items()}
    drugs = {
        slug: Clinical(
            drug=slug,
            half_life=_half_life(row.get("half_life")),
            metabolite=_half_life(row.get("metabolite")),
            products=tuple(listed for entry in row.get("products", ()) for listed in _listed(entry, warnings)),
            other_warnings=tuple(warnings[key] for key in row.get("warnings", ())),
        )
        for slug, row in file["drugs"].items()
    }
    return warnings, drugs


WARNINGS: dict[str, ProductWarning]
CLINICAL: dict[str, Clinical]
WARNINGS, CLINICAL = _load()


def clinical_of(drug: str) -> Clinical:
    """What is known of the drug with this slug; everything blank for one that is not listed."""
    return CLINICAL.get(drug, Clinical(drug))
