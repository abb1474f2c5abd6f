"""The journal's two CSV files: what each cell may hold, and what is said about one that may not."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.exchange.check_ins_csv import CHECK_IN_COLUMNS
from journal.exchange.csv_text import NotCsv, read_table
from journal.exchange.journal_csv import ENTRY_COLUMNS, NOT_TOOK, STEP_COLUMNS, TOOK, parse_entries, parse_steps
from journal.exchange.measure_columns import BUILTIN
from journal.models import DoseStep

TODAY = dt.date(2026, 11, 22)


def entries(text: str, ignore=()):
    return parse_entries("daily.csv", read_table(text.encode()), TODAY, ignore)


def steps(text: str, ignore=()):
    return parse_steps("steps.csv", read_table(text.encode()), TODAY, ignore)


def one(column: str, cell: str, decimal_comma=False):
    """The line and the complaints of a file with one day and one more column."""
    sign = ";" if decimal_comma else ","
    quote = f'"{cell}"' if "," in cell and not decimal_comma else cell
    parsed = entries(f"date{sign}{column}\n2026-11-20{sign}{quote}\n")
    return parsed.rows[0], [error.message for error in parsed.errors]


@pytest.mark.parametrize(
    ("column", "cell", "value"),
    [
        ("mood", "0", Decimal(0)),
        ("mood", "-0", Decimal(0)),
        ("mood", "10", Decimal(10)),
        ("Mood", "10.0", Decimal(10)),
        ("energy", "6.7", Decimal("6.7")),
        ("sleep_quality", "2.30", Decimal("2.3")),
        ("function", " 4 ", Decimal(4)),
        ("sleep_hours", "7.25", Decimal("7.25")),
        ("Sleep hours", "24", Decimal(24)),
    ],
)
def test_scores_are_kept_to_the_tenth_and_hours_to_the_hundredth(column, cell, value):
    line, errors = one(column, cell)
    assert errors == []
    assert list(line.scores.values()) == [value]


@pytest.mark.parametrize("cell", ["", " ", "\t"])
def test_blank_is_missing_and_never_nought(cell):
    line, errors = one("mood", cell)
    assert (line.scores, line.is_empty, errors) == ({}, True, [])


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("mood", "11", "mood: “11” is outside 0 to 10."),
        ("mood", "-1", "“-1” is outside 0 to 10."),
        ("mood", "5,5", "“5,5” has a comma. Where commas part the columns, write a point: 5.5."),
        ("mood", "good", "“good” is not a number. Leave the cell blank where nothing was recorded."),
        ("mood", "NaN", "is not a number"),
        ("mood", "1e1", "is not a number"),
        ("mood", "٥", "is not a number"),
        ("mood", "1_0", "is not a number"),
        ("mood", "2.35", "“2.35” is finer than 0.1, the smallest that is kept."),
        ("brain zaps", "2.35", "brain zaps: “2.35” is finer than 0.1"),
        ("sleep_hours", "24.5", "is outside 0 to 24 hours."),
        ("sleep_hours", "7.333", "is finer than 0.01 hours"),
        ("dose_mg", "abc", "is not a number"),
        ("dose_mg", "-5", "A dose cannot be below 0 mg."),
        ("dose_mg", "0.0001", "is finer than 0.001 mg"),
        ("dose_mg", "1e9", "is not a number"),
        ("dose_mg", "10000.5", "is more than 10,000 mg. Is the unit mg?"),
        ("took_dose", "maybe", "“maybe” is neither yes nor no."),
        ("notes", "x" * 20_001, "This note has 20,001 characters. 20,000 fit."),
        ("notes", "a\x00b", "There is a character in this text that cannot be kept"),
        ("medication", "m" * 101, "This name has 101 characters. 100 fit."),
    ],
)
def test_a_cell_that_cannot_be_kept_is_explained(column, cell, words):
    line, errors = one(column, cell)
    assert len(errors) == 1
    assert words in errors[0]
    assert line.is_empty


@pytest.mark.parametrize(
    ("cell", "value"),
    [("5,5", "5.5"), ("5.5", "5.5"), ("5", "5"), ("0,5", "0.5"), ("0.500", "0.5")],
)
def test_with_semicolons_a_decimal_comma_is_a_decimal_comma(cell, value):
    line, errors = one("mood", cell, decimal_comma=True)
    assert (line.scores["mood"], errors) == (Decimal(value), [])


def test_a_point_that_may_part_thousands_is_asked_about():
    _, errors = one("dose_mg", "1.125", decimal_comma=True)
    assert errors == ["dose_mg: “1.125” can mean two numbers. Write 1125 or 1,125."]


@pytest.mark.parametrize("word", ["yes", "YES", "true", "1", "taken", "y"])
def test_words_for_a_dose_that_was_taken(word):
    assert entries(f"date,medication,took_dose\n2026-11-20,a,{word}\n").rows[0].took is True


@pytest.mark.parametrize("word", ["no", "False", "0", "missed", "N"])
def test_words_for_a_dose_that_was_not(word):
    assert entries(f"date,medication,took_dose\n2026-11-20,a,{word}\n").rows[0].took is False


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-20", "2026-11-20"),
        ("2026-11-20 00:00:00", "2026-11-20"),
        ("20.11.2026", "2026-11-20"),
        ("20/11/2026", "2026-11-20"),
        ("1920-01-01", "1920-01-01"),
        ("2026-11-22", "2026-11-22"),
        ("2024-02-29", "2024-02-29"),
    ],
)
def test_days_that_can_mean_one_day_only(cell, day):
    parsed = entries(f"date,mood\n{cell},5\n")
    assert [str(line.date) for line in parsed.rows] == [day]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("3/4/2026", "can mean two days"),
        ("3-4-2026", "can mean two days"),
        ("2026-02-30", "February 2026 has 28 days."),
        ("2026-11-23", "is still to come. Today is 2026-11-22."),
        ("1890-05-05", "is too long ago. Days from 1920 on can be kept."),
        ("1919-12-31", "is too long ago"),
        ("22/11/26", "is too long ago"),
        ("yesterday", "is not a date"),
        ("2026-11-20T14:30", "is not a date"),
        ("٢٠٢٦-١١-٢٠", "is not a date"),
        ("", "There is no date in this row."),
    ],
)
def test_any_other_day_is_explained(cell, words):
    parsed = entries(f"date,mood\n{cell},5\n")
    assert parsed.rows == ()
    assert [words in error.message for error in parsed.errors] == [True]


def test_every_bad_row_is_listed_with_its_number():
    parsed = entries(
        "date,mood,energy\n2026-11-18,5,5\n2026-11-19,11,x\n2026-11-18,4,4\n2026-11-20,5\n2026-11-21,5,5\n2026-13-01,5,5\n"
    )
    assert [error.row_number for error in parsed.errors] == [3, 3, 4, 5, 7]
    assert str(parsed.errors[2]) == "daily.csv, row 4: 2026-11-18 is there twice: also in row 2. A day has one row."


def test_rows_come_back_in_order_of_their_days():
    parsed = entries("date,mood\n2026-11-20,5\n2026-11-18,4\n2026-11-19,3\n")
    assert [(line.date.day, line.row) for line in parsed.rows] == [(18, 3), (19, 4), (20, 2)]


def test_any_other_column_is_a_symptom_unless_it_is_ignored():
    line = entries("date,Jaw pain,brain_zaps,weight\n2026-11-20,2,,71\n", ignore=["Weight"]).rows[0]
    assert line.ratings == {"Jaw pain": Decimal(2)}


def test_a_dose_needs_a_medication():
    parsed = entries("date,took_dose\n2026-11-20,yes\n")
    assert "took_dose is filled in, but there is no medication" in parsed.errors[0].message


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("day,mood\n2026-11-20,5\n", "There is no column “date”. The columns are: day, mood."),
        ("date,insomnia,Trouble sleeping\n", "are the same symptom, Trouble sleeping."),
    ],
)
def test_a_file_that_cannot_be_days_is_refused(text, words):
    with pytest.raises(NotCsv) as refused:
        entries(text)
    assert words in str(refused.value)


def test_a_note_keeps_its_lines_and_loses_the_apostrophe_of_an_export():
    line = entries('date,notes\n2026-11-20,"\'=one\r\ntwo"\n').rows[0]
    assert line.notes == "=one\ntwo"


def test_dose_steps_are_read_in_order_and_change_percent_is_left_alone():
    parsed = steps(
        "medication,starts_on,dose_mg,change_percent,kind,note\n"
        "Venlafaxine,2026-10-20,37.5,-50.0,,\nVenlafaxine,2026-10-01,75,,Back up,since the letter\n"
    )
    assert parsed.errors == ()
    assert [(str(line.starts_on), line.mg, line.kind, line.note) for line in parsed.rows] == [
        ("2026-10-01", Decimal(75), "reinstatement", "since the letter"),
        ("2026-10-20", Decimal("37.5"), "", ""),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("a,2026-10-01,75,quick", "“quick” is not a kind of step. The kinds are: start, reduction, hold"),
        (",2026-10-01,75,", "There is nothing in medication in this row."),
        ("a,,75,", "There is nothing in starts_on in this row."),
        ("a,2026-10-01,,", "There is nothing in dose_mg in this row."),
        ("a,2027-10-01,75,", "is still to come"),
        ("A,2026-09-01,75,", "A has two steps on 2026-09-01: also in row 2. A day has one step."),
    ],
)
def test_a_bad_dose_step_is_explained(row, words):
    parsed = steps(f"medication,starts_on,dose_mg,kind\na,2026-09-01,150,\n{row}\n")
    assert [(error.row_number, words in error.message) for error in parsed.errors] == [(3, True)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("medication,dose_mg\n", "There is no column “starts_on”."),
        ("medication,starts_on,dose_mg,colour\n", "A dose step has no column “colour”."),
    ],
)
def test_a_file_that_cannot_be_steps_is_refused(text, words):
    with pytest.raises(NotCsv) as refused:
        steps(text)
    assert words in str(refused.value)
    assert steps("medication,starts_on,dose_mg,colour\na,2026-09-01,1,red\n", ignore=["colour"]).rows


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_no_cell_breaks_the_reader(first, second, third):
    for parse, header in ((entries, "date,mood,took_dose"), (steps, "medication,starts_on,dose_mg")):
        try:
            parse(f"{header}\n{first},{second},{third}\n")
        except NotCsv as refused:
            assert str(refused)


@pytest.mark.parametrize(
    "column", [*ENTRY_COLUMNS, *STEP_COLUMNS, *CHECK_IN_COLUMNS, *DoseStep.Kind.values, *TOOK, *NOT_TOOK, *BUILTIN]
)
def test_every_column_and_every_word_is_documented(column):
    page = (Path(__file__).resolve().parents[2] / "docs" / "data-formats.md").read_text(encoding="utf-8")
    assert f"`{column}`" in page
