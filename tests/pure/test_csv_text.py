"""Any bytes in: rows, or one plain sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.exchange.csv_text import NotCsv, column_key, read_table


def cells(data: bytes) -> list[tuple[str, ...]]:
    table = read_table(data)
    return [table.headers, *(row.cells for row in table.rows)]


PLAIN = [("date", "low mood"), ("2026-11-22", "3")]


@pytest.mark.parametrize(
    "data",
    [
        b"date,low mood\n2026-11-22,3\n",
        b"date,low mood\n2026-11-22,3",
        b"date,low mood\r\n2026-11-22,3\r\n",
        b"date,low mood\r2026-11-22,3\r",
        b"\xef\xbb\xbfdate,low mood\r\n2026-11-22,3\r\n",
        "date,low mood\n2026-11-22,3\n".encode("utf-16"),
        "date,low mood\n2026-11-22,3\n".encode("utf-16-be").join([b"\xfe\xff", b""]),
        b"date;low mood\n2026-11-22;3\n",
        b"date\tlow mood\n2026-11-22\t3\n",
        b"sep=;\r\ndate;low mood\r\n2026-11-22;3\r\n",
        b'"date","low mood"\n"2026-11-22","3"\n',
        b" date , low mood \n 2026-11-22 , 3 \n",
        b"\n\ndate,low mood\n\n2026-11-22,3\n\n\n",
        b"date,low mood,,\n2026-11-22,3,,\n,,,\n",
        b"date,low mood\n2026-11-22,3,,\n",
        b"date,,low mood\n2026-11-22,,3\n",
    ],
)
def test_every_way_to_write_the_same_table(data):
    assert cells(data) == PLAIN


def test_a_cell_may_hold_the_delimiter_line_ends_and_quotation_marks():
    assert cells(b'date,notes\n2026-11-22,"a, ""b""\r\nc"\n')[1] == ("2026-11-22", 'a, "b"\r\nc')


def test_a_comma_inside_a_quoted_name_is_no_delimiter():
    assert cells(b'"date";"mood, of the day, on the whole"\n2026-11-22;3\n')[0] == (
        "date",
        "mood, of the day, on the whole",
    )


@pytest.mark.parametrize(
    ("data", "comma"), [(b"date,a\n", False), (b"date;a\n", True), (b"date\ta\n", True), (b"date\n", False)]
)
def test_a_decimal_comma_is_possible_where_commas_do_not_part_the_columns(data, comma):
    assert read_table(data).decimal_comma is comma


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "This file is empty."),
        (b"  \r\n \n", "This file is empty."),
        (b"\xef\xbb\xbf", "This file is empty."),
        (b",,,\n,,\n", "This file is empty."),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "It looks like a picture (PNG)."),
        (b"\xff\xd8\xff\xe0", "It looks like a picture (JPEG)."),
        (b"PK\x03\x04\x14\0", "save it as CSV (UTF-8)"),
        (b"%PDF-1.7\n", "It looks like a PDF."),
        (b"date,note\n2026-11-22,caf\xe9\n", "This is not text in UTF-8."),
        ("date,low mood\n".encode("utf-16-le"), "not in UTF-8"),
        (b"2026-11-22,5,6\n2026-11-23,5,6\n", "Row 1 has no column names."),
        (b"date,mood,Mood\n", "The column “Mood” is there twice, as columns 2 and 3."),
        (b"date,low mood,Low_Mood\n", "The column “Low_Mood” is there twice"),
        (b"date,,mood\n2026-11-22,4,3\n", "Column 2 has no name, but row 2 has something in it."),
        (b'date,notes\n2026-11-21,fine\n2026-11-22,"never closed\n2026-11-23,x\n', "Row 3 cannot be read."),
        (b'date,notes\n2026-11-22,"a"b\n', "Row 2 cannot be read. A quotation mark"),
        (b"date,notes\n2026-11-22," + b"x" * 140_000 + b"\n", "longer than 131,072 characters"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(data, words):
    with pytest.raises(NotCsv) as refused:
        read_table(data)
    assert words in str(refused.value)


def test_rows_of_a_wrong_length_are_problems_with_the_number_that_a_spreadsheet_shows():
    table = read_table(
        b'date,mood,notes\n2026-11-20,5,"two\nlines"\n\n2026-11-21,5\n2026-11-22,5,a,b\n2026-11-23,5,c\n'
    )
    assert [row.number for row in table.rows] == [2, 6]
    assert [(problem.row, problem.message[:17]) for problem in table.problems] == [
        (4, "There are 2 cells"),
        (5, "There are 4 cells"),
    ]


@pytest.mark.parametrize("name", ["took_dose", "Took Dose", " TOOK-DOSE ", "took  dose"])
def test_column_names_are_compared_without_case_and_underscores(name):
    assert column_key(name) == "took dose"


@given(
    st.binary(max_size=300)
    | st.text(alphabet='da,;\t\n\r" \x00é0=@', max_size=80).map(lambda text: text.encode())
    | st.text(max_size=80).map(lambda text: text.encode("utf-16", "surrogatepass"))
)
def test_any_bytes_are_a_table_or_a_refusal(data):
    try:
        table = read_table(data)
    except NotCsv as refused:
        assert str(refused).endswith(".")
    else:
        assert table.headers
        assert all(len(row.cells) == len(table.headers) for row in table.rows)
