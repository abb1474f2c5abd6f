"""Benzodiazepine and z-drug equivalents: four tables side by side. Nothing is converted."""

from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from journal.analysis.numbers import span_text
from journal.catalogue.clinical import HalfLife, clinical_of
from journal.catalogue.drugs import DRUGS, Drug
from journal.catalogue.equivalents import (
    DIAZEPAM_MG,
    EQUIVALENTS,
    TABLES,
    Amount,
    Table,
    equivalents_of,
    range_over_tables,
    tables_differ,
)
from journal.catalogue.sources import SOURCES, Source


@dataclass(frozen=True)
class Cell:
    """What one table has for the drug: "1 to 2", or "" where the cell is blank."""

    table: Table
    text: str


@dataclass(frozen=True)
class Half:
    """A half-life in words. ``number``: which of the page's numbered sources it comes from."""

    half: HalfLife
    text: str
    number: int


@dataclass(frozen=True)
class Row:
    """One drug. ``span``: the range over the tables that have it; ``halves``: of the drug, then of its metabolite."""

    drug: Drug
    cells: list[Cell]
    span: str
    differs: bool
    halves: list[Half]


@require_safe
def equivalents(request):
    """Every drug that a table has, by name; ``?drug=`` brings one to the top, and an unknown one changes nothing."""
    drug = DRUGS.get(request.GET.get("drug", ""))
    first = drug.slug if drug and drug.slug in EQUIVALENTS else ""
    slugs = sorted(EQUIVALENTS, key=lambda slug: (slug != first, DRUGS[slug].name))
    numbered = _half_life_sources()
    rows = [_row(slug, list(numbered)) for slug in slugs]
    context = {
        "diazepam_mg": DIAZEPAM_MG,
        "tables": [(table, SOURCES[table.source]) for table in TABLES],
        "rows": rows,
        "differing": sorted(row.drug.name.lower() for row in rows if row.differs),
        "half_life_sources": list(numbered.values()),
        "choices": sorted((DRUGS[slug].name, slug) for slug in EQUIVALENTS),
        "first": first,
        "without_a_table": drug.name if drug and not first else "",
    }
    return render(request, "journal/medications/equivalents.html", context)


def _half_lives(slug: str) -> list[HalfLife]:
    known = clinical_of(slug)
    return [half for half in (known.half_life, known.metabolite) if half]


def _half_life_sources() -> dict[str, Source]:
    """The sources of all half-lives on the page, in one order whatever comes first."""
    keys = sorted({half.source for slug in EQUIVALENTS for half in _half_lives(slug)}, key=lambda k: SOURCES[k].title)
    return {key: SOURCES[key] for key in keys}


def _row(slug: str, numbered: list[str]) -> Row:
    cells = equivalents_of(slug)
    return Row(
        drug=DRUGS[slug],
        cells=[Cell(table, _amount_text(cells[table.key])) for table in TABLES],
        span=_amount_text(range_over_tables(slug)),
        differs=tables_differ(slug),
        halves=[
            Half(half, span_text(half.low, half.high), numbered.index(half.source) + 1) for half in _half_lives(slug)
        ],
    )


def _amount_text(amount: Amount | None) -> str:
    return span_text(amount.low, amount.high) if amount else ""
