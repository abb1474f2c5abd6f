"""Where the columns of a printed table stand: no figure, mark or head of two columns runs into another."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from journal.summary.layout import BOLDER, PAPER_MM, POINT_MM, RIGHT_PT, TYPE_PT, laid_out, set_mm
from journal.summary.page import Cell, Column, Table
from journal.summary.pdf import render_pdf
from tests.summary_sample import sample_page

ROOM = PAPER_MM["a4"]
TAKEN = ("mg a\nday", "% of\nprevious", "% of\nstart", "days\nheld", "days no\nrecord", "missed")
FOLLOWED = ("week\nbefore", "highest", "on\nday", "back\nby")


def steps(measures: int = 3) -> Table:
    """The widest table there is: doses with all their columns, and what some symptoms did."""
    names = ("Trouble sleeping", "Anxiety", "Brain zaps")[:measures]
    columns = (
        Column("from", number=False, group="Taken"),
        *(Column(label, group="Taken") for label in TAKEN),
        *(Column(label, group=name) for name in names for label in FOLLOWED),
    )
    followed = (Cell("3.1", mark="†"), Cell("4.7", bold=True), Cell("18"), Cell(">21", mark="‡")) * measures
    rows = tuple(
        (Cell(day), Cell("37.5", bold=True), *map(Cell, ("118", "100", held, "10", "1")), *followed)
        for day, held in (("29 Sep 2026", "24"), ("11 Oct, hold", "9"), ("15 Nov", "13 so far"))
    )
    return Table("steps", "What was taken", columns, rows)


def out(table: Table, room: float = ROOM) -> dict:
    page = sample_page(sections=(table,), pictures={})
    return laid_out(page["sections"][0], room)


def gaps(table: dict) -> list[float]:
    """In mm, left of each head but the first: columns of numbers stand right, so what is not letters is a gap."""
    is_bold = not any(column["group"] for column in table["columns"])
    return [
        column["width"] - max(set_mm(line, bold=is_bold, size=table["head"]) for line in column["label"].split("\n"))
        for column in table["columns"][1:]
    ]


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text",
    ["week before highest on day back by", "13 so far", "29 Sep, hold", "57.5 → 42.5", "−12.5 to +3.0",
     "rated 1 or more", "lowest to highest", "times rated", "NEW SYMPTOMS", "done in part, 25 Nov", ">11",
     "1,234.567", "(Kroenke & Spitzer)"],
)  # fmt: skip
def test_letters_are_reckoned_as_wide_as_the_typeface_has_them(text, bold):
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    font = FT2Font(str(Path(get_data_path()) / "fonts" / "ttf" / f"DejaVuSans{'-Bold' if bold else ''}.ttf"))
    font.set_size(1000, 72)
    ems = sum(font.load_char(ord(letter)).linearHoriAdvance / 65536 / 1000 - 0.012 for letter in text)
    real = ems * TYPE_PT * POINT_MM
    assert 0.985 * real <= set_mm(text, bold=bold) <= (1.12 if bold else 1.09) * real
    assert set_mm(text, bold=True) == pytest.approx(BOLDER * set_mm(text))


@pytest.mark.parametrize("measures", [1, 2, 3])
def test_heads_of_what_followed_have_two_millimetres_between_them(measures):
    found = out(steps(measures))
    assert sum(column["width"] for column in found["columns"]) <= ROOM + 0.01
    assert min(gaps(found)[len(TAKEN) :]) >= 1.98
    assert min(gaps(found)) >= 1.4


def test_heads_are_smaller_only_where_there_is_no_room():
    assert [out(steps(measures))["head"] for measures in (1, 2, 3)] == [7.4, 7.4, 6.3]


def test_a_day_stands_on_one_line_with_what_it_is_called():
    first = out(steps())["columns"][0]
    assert first["width"] >= set_mm("29 Sep 2026") + RIGHT_PT * POINT_MM


def test_figures_of_half_a_page_do_not_touch():
    columns = (Column("skill", number=False), *map(Column, ("before", "after", "change", "times\nrated")))
    row = (Cell("Breathe in five, out five"), Cell("4.0"), Cell("3.0"), Cell("−2.0", bold=True), Cell("12 of 13"))
    found = out(Table("practised", "Practice", columns, (row,)), 88)
    assert min(gaps(found)) >= 1.98
    assert sum(column["width"] for column in found["columns"]) <= 88.01


@pytest.mark.parametrize(("scores", "widest"), [(1, 30), (4, 80), (14, ROOM)])
def test_few_scores_stand_beside_each_other(scores, widest):
    columns = (Column("day", number=False), *(Column(f"{n + 10} Sep") for n in range(scores)))
    rows = ((Cell("score"), *(Cell(str(n), bold=True) for n in range(scores))),)
    found = out(Table("scores", "PHQ-9", columns, rows))
    assert sum(column["width"] for column in found["columns"]) <= widest + 0.01
    assert min(gaps(found)) >= 1.9


def test_a_mark_stands_on_the_line_of_its_figure():
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (poppler-utils) is not on this machine: nothing else here says where words stand")
    pdf = render_pdf(sample_page(sections=(steps(),), pictures={}))
    said = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    words = [(float(top), text) for top, text in re.findall(r'yMin="([\d.]+)" [^>]*>([^<]*)<', said)]
    figures = [top for top, text in words if text.startswith("&gt;21")]
    marks = [top for top, text in words if text.endswith("‡")]
    assert len(figures) == 9 and len(marks) == 9
    assert all(any(abs(top - other) < 4 for other in figures) for top in marks)
