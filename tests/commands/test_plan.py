"""`manage.py plan`: the engine on the command line."""

import csv
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).resolve().parents[2]
SERIES = ("--every", "28", "--start", "2027-01-04")
COLUMNS = [
    "date", "dose_mg", "change_mg", "change_percent", "percent_of_previous", "percent_of_start", "occupancy_percent",
    "take", "actual_mg", "notes",
]  # fmt: skip


def run(*arguments) -> str:
    out = StringIO()
    call_command("plan", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def rows(*arguments) -> list[dict]:
    return list(csv.DictReader(StringIO(run(*arguments, "--csv"))))


def column(name, *arguments) -> list[str]:
    return [row[name] for row in rows(*arguments)]


def test_it_works():
    said = run("citalopram", "--from", "20", "--method", "equal-mg", "--step", "5", *SERIES)
    lines = said.splitlines()
    assert lines[0].split() == [*COLUMNS[:7], "notes"]
    assert lines[2].split() == ["2027-01-04", "15", "-5", "-25.0", "75.0", "75.0", "72.7"]
    assert lines[-1] == "4 steps from 20 to 0 mg in 84 days, the last on 2027-03-29. To talk over, not advice."


def test_equal_occupancy_of_citalopram_in_ten_steps():
    arguments = ("citalopram", "--from", "20", "--method", "equal-occupancy", "--steps", "10")
    found = column("dose_mg", *arguments, "--curve", "sorensen-2022-striatum")
    assert len(found) == 11
    assert found[:2] == ["20", "9.686"]
    assert found[-2:] == ["0.229", "0"]


def test_the_banded_schedule_takes_35_steps():
    found = column("dose_mg", "diazepam", "--from", "40", "--method", "banded", "--band", "20:2,10:1,5:1,0:0.5")
    assert len(found) == 36
    assert found[:3] + found[-3:] == ["40", "38", "36", "1", "0.5", "0"]


def test_ten_per_cent_without_dust():
    found = column("dose_mg", "x", "--from", "10", "--method", "percent-current", "--step", "10", "--last", "1")
    assert found[:6] == ["10", "9", "8.1", "7.29", "6.561", "5.905"]


def test_the_first_row_is_the_present_dose():
    first, second, *_ = rows("citalopram", "--from", "20", "--method", "equal-mg", "--step", "5", *SERIES)
    assert list(first) == COLUMNS
    assert first == dict.fromkeys(COLUMNS, "") | {
        "dose_mg": "20", "percent_of_start": "100.0", "occupancy_percent": "75.2",
    }  # fmt: skip
    assert (second["date"], second["change_mg"], second["change_percent"]) == ("2027-01-04", "-5", "-25.0")


def test_what_to_take():
    found = rows(
        "citalopram", "--from", "20", "--method", "list", "--doses", "15,10,7.5,0", *SERIES,
        "--products", "tablet 20 scored; tablet 10; drops 40 mg/ml 20/ml factor 0.8",
    )  # fmt: skip
    assert [row["actual_mg"] for row in found] == ["20", "15", "10", "7.5", "0"]
    assert found[3]["take"] == "3 drops (6 mg of drops, counts as 7.5 mg of tablets)"
    assert found[4]["take"] == "nothing to take"


@pytest.mark.parametrize(
    ("rounding", "actual"), [("nearest", ["20", "20", "0"]), ("down", ["20", "10", "0"]), ("none", ["20", "", "0"])]
)
def test_rounding(rounding, actual):
    arguments = ("x", "--from", "20", "--method", "list", "--doses", "16,0", "--products", "tablet 20 scored")
    assert column("actual_mg", *arguments, "--round", rounding) == actual


def test_a_hold_moves_the_rest():
    arguments = ("x", "--from", "20", "--method", "equal-mg", "--step", "5", "--every", "14", "--start", "2027-01-04")
    found = rows(*arguments, "--hold", "2027-01-20:10")
    assert [row["date"] for row in found] == ["", "2027-01-04", "2027-01-18", "2027-02-11", "2027-02-25"]
    assert found[3]["notes"] == "after a hold of 10 days"


def test_notes_name_their_source():
    notes = column("notes", "diazepam", "--from", "20", "--method", "list", "--doses", "17,14.45,0",
                   "--every", "13", "--start", "2027-01-04")  # fmt: skip
    assert "20 to 14.45 mg, 27.8 % less within 14 days (ASAM 2025: typically not over 25 % every 2 weeks)" in notes[2]
    assert "13 days after the last reduction" in notes[2]
    assert notes[1] == ""


def test_a_drug_that_is_not_listed_is_treated_as_at_risk():
    assert "abrupt stop" in column("notes", "Foozepam", "--from", "20", "--method", "list", "--doses", "0")[1]
    assert "abrupt stop" not in column("notes", "sertraline", "--from", "20", "--method", "list", "--doses", "0")[1]


def test_nothing_but_ascii_and_no_byte_order_mark():
    said = run("citalopram", "--from", "20", "--method", "equal-mg", "--step", "7", "--csv", *SERIES,
               "--products", "liquid 2 mg/ml mark 0.1")  # fmt: skip
    assert said.isascii()
    assert said.startswith("date,")


BASE = ("citalopram", "--from", "20", "--method")
REFUSED = [
    ("--to", (*BASE, "equal-mg", "--step", "1", "--to", "21")),
    ("--from", ("citalopram", "--from", "abc", "--method", "equal-mg", "--step", "1")),
    ("--from", ("citalopram", "--from", "1e9", "--method", "equal-mg", "--step", "1")),
    ("--step", (*BASE, "equal-mg", "--step", "0")),
    ("--step", (*BASE, "percent-current", "--step", "100", "--last", "1")),
    ("--steps", (*BASE, "equal-mg", "--steps", "10000")),
    ("--steps", (*BASE, "equal-mg", "--steps", "2.5")),
    ("--last", (*BASE, "percent-current", "--step", "10")),
    ("--last", (*BASE, "percent-original", "--step", "10")),
    ("--curve", (*BASE, "equal-occupancy", "--steps", "5", "--curve", "nonsense")),
    ("--curve", ("escitalopram", "--from", "20", "--method", "equal-occupancy", "--steps", "5")),
    ("--curve", ("mirtazapine", "--from", "20", "--method", "equal-occupancy", "--steps", "5")),
    ("--step", (*BASE, "equal-occupancy", "--step", "84", "--curve", "sorensen-2022-striatum")),
    ("--products", (*BASE, "equal-mg", "--step", "5", "--products", "")),
    ("--products", (*BASE, "equal-mg", "--step", "5", "--products", "tablet 0")),
    ("--products", (*BASE, "equal-mg", "--step", "5", "--round", "nearest")),
    ("--every", (*BASE, "equal-mg", "--step", "5", "--every=-14", "--start", "2027-01-04")),
    ("--start", (*BASE, "equal-mg", "--step", "5", "--every", "14", "--start", "1890-01-01")),
    ("--start", (*BASE, "equal-mg", "--step", "5", "--every", "14", "--start", "2026-02-30")),
    ("--band", (*BASE, "banded", "--band", "10:1")),
    ("--band", (*BASE, "banded", "--band", "10")),
    ("--doses", (*BASE, "list", "--doses", "5,x")),
    ("--doses", (*BASE, "list", "--doses", "30,5")),
    ("--doses", (*BASE, "equal-mg", "--step", "5", "--doses", "5")),
    ("--band", (*BASE, "equal-mg", "--step", "5", "--band", "0:1")),
    ("--to", (*BASE, "list", "--doses", "10,5", "--to", "0")),
    ("--from", ("gabapentin", "--from", "1,200", "--method", "equal-mg", "--step", "100")),
    ("--step", (*BASE, "percent-current", "--step", "0.60000001", "--last", "1")),
    ("--hold", (*BASE, "equal-mg", "--step", "5", *SERIES, "--hold", "soon")),
    ("--hold", (*BASE, "equal-mg", "--step", "5", *SERIES, "--hold", "2027-01-20:-3")),
    ("--doses", (*BASE, "list", "--doses", "8,,0")),
    ("--doses", (*BASE, "list", "--doses", "8,-1")),
    ("--band", (*BASE, "banded", "--band", "5:1,,0:1")),
    ("--curve", (*BASE, "equal-occupancy", "--steps", "5", "--curve", " ")),
    ("--drug", (" ", "--from", "20", "--method", "equal-mg", "--step", "5")),
]  # fmt: skip


@pytest.mark.parametrize(("option", "arguments"), REFUSED)
def test_a_refusal_is_a_sentence_that_names_the_option(option, arguments):
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    said = str(refused.value)
    assert said.startswith(f"{option}: ")
    assert said.endswith((".", "?"))


@pytest.mark.parametrize(
    ("products", "from_mg", "doses", "actual"),
    [
        ("drops 10 mg/ml 30/ml", "10", "6.667,3.333,0", ["10", "6.667", "3.333", "0"]),
        ("tablet 0.125 quarters", "0.125", "0.094,0.031,0", ["0.125", "0.094", "0.031", "0"]),
        ("tablet 9.500; tablet 10.000", "10.000", "9.500,0", ["10", "9.5", "0"]),
    ],
)
@pytest.mark.parametrize("rounding", ["nearest", "down", "none"])
def test_what_makes_the_dose_to_a_thousandth_makes_it(products, from_mg, doses, actual, rounding):
    found = rows(
        "anything", "--from", from_mg, "--method", "list", "--doses", doses, "--products", products, "--round", rounding
    )
    assert [row["actual_mg"] for row in found] == actual
    assert not any("cannot" in row["take"] or "makes" in row["take"] for row in found)


def test_a_medication_that_is_not_listed_is_said_to_be_unknown():
    given = ("citaloprm", "--from", "20", "--method", "list", "--doses", "10,0")
    assert "is not listed here: no curve is known" in run(*given)
    assert "not listed" not in run(*given, "--csv")
    assert "not listed" not in run("citalopram", *given[1:])


def test_from_the_shell():
    done = subprocess.run(
        [sys.executable, "manage.py", "plan", *BASE, "equal-mg", "--step", "10", "--csv"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(list(csv.DictReader(StringIO(done.stdout)))) == 3
    assert done.stderr == "2 steps from 20 to 0 mg. To talk over, not advice.\n"
