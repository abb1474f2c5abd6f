"""CSV files that we write: safe in a spreadsheet, exact for our own importer."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.exchange.csv_out import csv_bytes, escaped, unescaped
from journal.exchange.csv_text import read_table


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Decimal("37.500"), "37.500"),
        (Decimal("-30.0"), "-30.0"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), ""),
        (0.1, "0.1"),
        (-3, "-3"),
        (True, "yes"),
        (None, ""),
        (dt.date(2026, 11, 22), "2026-11-22"),
        (dt.time(14, 20), "14:20"),
        (dt.datetime(2026, 11, 22, 14, 20), "2026-11-22T14:20"),
        ("a plain note", "a plain note"),
        ("=1+1", "'=1+1"),
        ("+44 20", "'+44 20"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("5 = 5", "5 = 5"),
        ("a,b", '"a,b"'),
        ('say "a"', '"say ""a"""'),
        ("− 5", "− 5"),
        ("🌧 مزاج", "🌧 مزاج"),
    ],
)
def test_a_cell_is_written_by_its_type(cell, written):
    data = csv_bytes(["x", "y"], [["", cell]])
    assert data.decode("utf-8-sig") == f"x,y\r\n,{written}\r\n"


def test_a_file_begins_with_the_mark_that_excel_needs_and_ends_its_lines_as_rfc_4180_says():
    assert csv_bytes(["date", "mood"], [[dt.date(2026, 11, 22), Decimal("5.0")]]) == (
        b"\xef\xbb\xbfdate,mood\r\n2026-11-22,5.0\r\n"
    )


def test_a_heading_is_escaped_too():
    assert b"'=HYPERLINK" in csv_bytes(["=HYPERLINK()"], [])


@given(st.text())
def test_what_is_escaped_comes_back_as_it_was(text):
    assert unescaped(escaped(text)) == text
    assert escaped(text)[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=3, max_size=3)))
def test_our_own_reader_reads_back_what_we_wrote(rows):
    rows = [["day", *row] for row in rows]  # a row without anything in it would be left out
    table = read_table(csv_bytes(["date", "one", "two", "=three"], rows))
    assert table.headers == ("date", "one", "two", "=three")
    assert table.problems == ()
    assert [[unescaped(cell) for cell in row.cells] for row in table.rows] == [
        [unescaped(escaped(cell).strip()) for cell in row] for row in rows
    ]
