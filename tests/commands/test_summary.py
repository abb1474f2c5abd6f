"""`manage.py summary`: the page as a file."""

import datetime as dt
import json
import re
import stat
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pypdf import PdfReader

from tests.conftest import TODAY, make_entry, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(30), 20, "start")
    make_entry(alice, mood=5)


def run(*arguments, **options) -> str:
    out = StringIO()
    call_command("summary", *arguments, stdout=out, **options)
    return out.getvalue().strip()


def test_it_works(taper, tmp_path):
    file = tmp_path / "summary.pdf"
    said = run("alice", first="2026-11-01", last="2026-11-22", reader="therapist", output=str(file))
    assert said == (f"Summary for the therapist, 2026-11-01 to 2026-11-22: entries on 1 of 22 days, written to {file}.")
    assert "Taper summary for the therapist" in PdfReader(file).pages[0].extract_text()


def test_only_the_owner_can_read_it_even_where_a_file_stood(taper, tmp_path):
    file = tmp_path / "summary.pdf"
    file.write_text("old")
    file.chmod(0o644)
    run("Alice", output=str(file))
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["summary.pdf"]


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (["nobody"], {}, "nobody called “nobody”"),
        (["alice"], {"first": "2026-02-30"}, "February 2026 has 28 days."),
        (["alice"], {"first": "2026-11-10", "last": "2026-11-01"}, "after it ends"),
        (["alice"], {"last": "2027-01-01"}, "still to come"),
    ],
)
def test_what_makes_no_sense_is_a_sentence(taper, tmp_path, arguments, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments, output=str(tmp_path / "x.pdf"), **options)
    assert list(tmp_path.iterdir()) == []


def test_four_formats_say_it(taper, tmp_path):
    for form, begins in (("pdf", b"%PDF"), ("html", b"<!DOCTYPE html>"), ("text", b"Taper summary"), ("json", b"{")):
        file = tmp_path / form
        run("alice", format=form, output=str(file))
        assert file.read_bytes().startswith(begins), form


def test_an_html_file_needs_nothing_beside_it(taper, tmp_path):
    file = tmp_path / "page.html"
    run("alice", format="html", output=str(file))
    html = file.read_text()
    assert "<script" not in html
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)
    assert not re.search(r"url\((?!data:|#)", html)


def test_it_goes_to_standard_output(taper, capfdbinary):
    run("alice", format="json", output="-")
    found = json.loads(capfdbinary.readouterr().out)
    assert found["facts"]["days"] == 90


def test_only_the_sections_that_are_named(taper, tmp_path):
    file = tmp_path / "text"
    run("alice", format="text", sections="chart, questions", output=str(file))
    text = file.read_text()
    assert "ASKED TODAY" in text
    assert "WHAT WAS TAKEN" not in text
    assert "Some items were left out by choice." in text


def test_a_section_that_is_not_there_is_a_sentence(taper, tmp_path):
    with pytest.raises(CommandError, match="no section called “horoscope” for the prescriber: background, changes"):
        run("alice", sections="horoscope", output=str(tmp_path / "x"))


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_paper_can_be_said(taper, tmp_path, paper, size):
    file = tmp_path / "summary.pdf"
    run("alice", paper=paper, length="full", output=str(file))
    box = PdfReader(file).pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_a_folder_that_is_not_there(taper, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("alice", output=str(tmp_path / "no" / "x.pdf"))
