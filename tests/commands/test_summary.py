"""`manage.py summary`: the page as a file."""

import datetime as dt
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


def test_a_folder_that_is_not_there(taper, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("alice", output=str(tmp_path / "no" / "x.pdf"))
