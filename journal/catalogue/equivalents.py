"""Benzodiazepine and z-drug equivalents: named tables that disagree. Nothing here converts a dose.

Every figure is the mg of a drug that its table sets beside 10 mg of diazepam by mouth. What a table does not have is
blank, and so is what we could not trace to it.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import permutations

DIAZEPAM_MG = Decimal(10)
FACTOR = 2  # tables that differ by this much are said to


@dataclass(frozen=True, slots=True)
class Amount:
    """From ``low`` to ``high`` mg; the same twice where a table has one figure."""

    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Table:
    """One published table. ``note``: how its figures reached us, or what it says of them, "" for nothing.

    ``doubled``: it is printed beside 5 mg of diazepam, and we doubled its figures.
    """

    key: str
    name: str
    source: str
    note: str = ""
    doubled: bool = False


TABLES: tuple[Table, ...] = (
    Table("va-dod-2021", "VA/DoD 2021", "va_dod_2021", "As Table 7 of the ASAM guideline reprints it."),
    Table(
        "ashton-2002",
        "Ashton 2002",
        "ashton_2002",
        "Twelve benzodiazepines as Table 7 of the ASAM guideline reprints them, the z-drugs as others quote them.",
    ),
    Table("who-2009", "WHO 2009", "who_2009", doubled=True),
    Table(
        "nhs-scotland",
        "NHS Scotland",
        "nhs_scotland_diazepam",
        "It calls its figures approximate, and says that authors differ.",
        doubled=True,
    ),
)

# drug: one cell a table, in the order above, as printed (not doubled yet); "" where the table does not have the drug.
_PRINTED = {
    "alprazolam": ("1", "0.5", "0.5", ""),
    "bromazepam": ("", "", "3", ""),
    "chlordiazepoxide": ("25", "25", "", "12.5"),
    "clobazam": ("", "", "10", "10"),
    "clonazepam": ("1", "0.5", "", "0.25"),
    "clorazepate": ("15", "15", "", ""),
    "diazepam": ("10", "10", "5", "5"),
    "estazolam": ("1", "1-2", "", ""),
    "flurazepam": ("15", "15-30", "", ""),
    "loprazolam": ("", "", "", "0.5-1"),
    "lorazepam": ("2", "1", "0.5", "0.5"),
    "lormetazepam": ("", "", "0.75", "0.5-1"),
    "nitrazepam": ("", "", "5", "5"),
    "oxazepam": ("30", "20", "15", "10"),
    "quazepam": ("10", "20", "", ""),
    "temazepam": ("15", "20", "10", "10"),
    "triazolam": ("0.25", "0.5", "0.25", ""),
    "zolpidem": ("", "20", "", "10"),
    "zopiclone": ("", "15", "", "7.5"),
    "zaleplon": ("", "20", "", ""),
}


def _amount(printed: str, table: Table) -> Amount | None:
    if not printed:
        return None
    low, _, high = printed.partition("-")
    times = 2 if table.doubled else 1
    return Amount(Decimal(low) * times, Decimal(high or low) * times)


# drug slug: {key of the table: mg that it sets beside 10 mg of diazepam, None for blank}
EQUIVALENTS: dict[str, dict[str, Amount | None]] = {
    drug: {table.key: _amount(printed, table) for table, printed in zip(TABLES, cells, strict=True)}
    for drug, cells in _PRINTED.items()
}


def equivalents_of(drug: str) -> dict[str, Amount | None]:
    """What each table says of the drug with this slug; empty for a drug that none of them has."""
    return EQUIVALENTS.get(drug, {})


def range_over_tables(drug: str) -> Amount | None:
    """The lowest and the highest figure that any table has for the drug; None for a drug that none of them has."""
    known = [amount for amount in equivalents_of(drug).values() if amount]
    if not known:
        return None
    return Amount(min(amount.low for amount in known), max(amount.high for amount in known))


def tables_differ(drug: str) -> bool:
    """Whether two tables differ by a factor of 2 or more: the highest that one has, the lowest that another has.

    The two ends of a range inside one table are not a disagreement of tables.
    """
    known = [amount for amount in equivalents_of(drug).values() if amount]
    return any(one.high >= FACTOR * other.low for one, other in permutations(known, 2))
