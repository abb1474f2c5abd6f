"""The equivalence tables: as printed, doubled where printed by halves, blank where a table has nothing."""

from decimal import Decimal

import pytest

from journal.catalogue.drugs import DRUGS, DrugClass
from journal.catalogue.equivalents import (
    EQUIVALENTS,
    TABLES,
    Amount,
    equivalents_of,
    range_over_tables,
    tables_differ,
)

VA, ASHTON, WHO, SCOTLAND = (table.key for table in TABLES)


def amount(low: str, high: str = "") -> Amount:
    return Amount(Decimal(low), Decimal(high or low))


def test_every_drug_is_a_benzodiazepine_or_a_z_drug_and_none_is_missing():
    kinds = {DrugClass.BENZODIAZEPINE, DrugClass.Z_DRUG}
    assert set(EQUIVALENTS) == {slug for slug, drug in DRUGS.items() if drug.drug_class in kinds}
    assert len(EQUIVALENTS) == 20


def test_how_many_cells_each_table_has():
    filled = {table.key: sum(cells[table.key] is not None for cells in EQUIVALENTS.values()) for table in TABLES}
    assert filled == {VA: 12, ASHTON: 15, WHO: 10, SCOTLAND: 12}


@pytest.mark.parametrize(
    ("drug", "table", "expected"),
    [
        ("alprazolam", VA, amount("1")),
        ("alprazolam", ASHTON, amount("0.5")),
        ("alprazolam", WHO, amount("1")),
        ("alprazolam", SCOTLAND, None),
        ("lorazepam", VA, amount("2")),
        ("lorazepam", SCOTLAND, amount("1")),
        ("clonazepam", SCOTLAND, amount("0.5")),
        ("estazolam", ASHTON, amount("1", "2")),
        ("loprazolam", SCOTLAND, amount("1", "2")),
        ("lormetazepam", WHO, amount("1.5")),
        ("zopiclone", SCOTLAND, amount("15")),
        ("triazolam", VA, amount("0.25")),
        # not traced to the table
        ("bromazepam", ASHTON, None),
        ("clobazam", ASHTON, None),
        ("nitrazepam", ASHTON, None),
    ],
)
def test_cells(drug, table, expected):
    assert equivalents_of(drug)[table] == expected


def test_diazepam_is_10_mg_in_every_table():
    assert set(equivalents_of("diazepam").values()) == {amount("10")}


def test_ranges_run_upwards():
    for cells in EQUIVALENTS.values():
        for cell in filter(None, cells.values()):
            assert 0 < cell.low <= cell.high


@pytest.mark.parametrize(
    ("drug", "expected"),
    [
        ("alprazolam", amount("0.5", "1")),
        ("oxazepam", amount("20", "30")),
        ("flurazepam", amount("15", "30")),
        ("lormetazepam", amount("1", "2")),
        ("zaleplon", amount("20")),
        ("sertraline", None),
        ("", None),
    ],
)
def test_the_range_over_the_tables(drug, expected):
    assert range_over_tables(drug) == expected


def test_on_which_drugs_two_tables_differ_by_a_factor_of_two():
    """Not loprazolam: its range stands inside one table. Not lormetazepam: 1.5 against 1 to 2."""
    assert {drug for drug in EQUIVALENTS if tables_differ(drug)} == {
        "alprazolam",
        "clonazepam",
        "estazolam",
        "flurazepam",
        "lorazepam",
        "quazepam",
        "triazolam",
    }
    assert not tables_differ("sertraline")


def test_the_tables_printed_by_5_mg_are_the_doubled_ones():
    assert [table.name for table in TABLES if table.doubled] == ["WHO 2009", "NHS Scotland"]
