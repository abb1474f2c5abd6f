"""What the paper says of each dose change is what `manage.py step_response` prints, and the sheets are as promised."""

import csv
import datetime as dt
import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from journal.catalogue.summary import Length, Reader
from journal.demo.write import create_demo
from journal.models import DoseStep
from journal.queries.period import Period, record_span
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fitted import fitted
from journal.summary.pdf import render_pdf
from tests.conftest import TODAY
from tests.summary.pdf_tables import read_tables
from tests.test_real_taper import DATA

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
PEOPLE = [(7, 1), (60, 1), (60, 2), (180, 1), (180, 3), (1000, 1), (1000, 4)]


def person(days: int, seed: int):
    create_demo("somebody", "demo-password", days, seed, TODAY)
    return get_user_model().objects.get(username="somebody")


def paper(owner, length: Length, reader: Reader = Reader.PRESCRIBER, size: str = "a4", period: Period | None = None):
    period = period or Period(*record_span(owner))
    summary = build(owner, period, Choices(reader, length, size), TODAY)
    return summary, read_tables(render_pdf(fitted(summary, ()).data))


@pytest.mark.parametrize(("days", "seed"), PEOPLE)
@pytest.mark.parametrize("reader", Reader)
def test_the_sheets_are_as_promised(days, seed, reader):
    owner = person(days, seed)
    for size in ("a4", "us-letter"):
        assert paper(owner, Length.BRIEF, reader, size)[1].sheets == 1
        assert paper(owner, Length.FULL, reader, size)[1].sheets <= 2


@pytest.mark.parametrize("length", [Length.BRIEF, Length.WHOLE])
@pytest.mark.parametrize(("days", "seed"), PEOPLE[1:])
def test_the_paper_says_what_the_command_prints(days, seed, length):
    owner = person(days, seed)
    assert check(*paper(owner, length), commands_rows(owner)) > 0


@pytest.mark.skipif(not DATA.exists(), reason="the published taper is not on this machine")
@pytest.mark.parametrize("length", Length)
def test_of_the_published_taper_too(alice, length):
    call_command(
        "import_journal",
        "alice",
        entries=str(DATA / "daily.csv"),
        steps=str(DATA / "dose_steps.csv"),
        check_ins=str(DATA / "check_ins.csv"),
        measure=["scl90_depression"],
        ignore="check_ins",
        stdout=io.StringIO(),
    )
    period = Period(dt.date(2012, 8, 13), dt.date(2013, 4, 8))
    summary, read = paper(alice, length, period=period)
    assert length == Length.WHOLE or read.sheets == length.most_pages
    assert check(summary, read, commands_rows(alice)) == 9 * 3


def commands_rows(owner) -> dict[tuple[str, str], dict]:
    """By day of the step and measure what the command prints, of all medications that change."""
    out = io.StringIO()
    call_command("step_response", owner.username, csv=True, stdout=out)
    return {
        (row["medication"], row["step_date"], row["measure"]): row
        for row in csv.DictReader(io.StringIO(out.getvalue()))
    }


def check(summary, read, expected: dict) -> int:
    """Compares the table of doses with the command's rows; how many pairs of a change and a measure there were."""
    main = summary.medications[0].name
    table = next(table for table in read.tables if table[0][0] == "Taken")
    measures = table[0][1:]
    fixed = len(table[1]) - 4 * len(measures)
    doses = {one.starts_on: one.mg for one in DoseStep.objects.filter(medication__name=main)}
    seen = 0
    for row in table[2:]:
        if len(row) == 1:  # steps that were folded into a line
            continue
        day = next((day for day, mg in doses.items() if is_day(row[0], day) and bare(row[1]) == plain(mg)), None)
        assert day, row
        if len(row) < fixed + 4:  # a mean, "hold", "too few days": in words
            continue
        for place, measure in enumerate(measures):
            cells = [bare(cell) for cell in row[fixed + 4 * place : fixed + 4 * place + 4]]
            known = expected.get((main, day.isoformat(), measure))
            if known is None or len(cells) < 4:
                continue
            seen += 1
            assert cells[:3] == wanted(known), (row, known)
            check_back(cells[3], known)
    return seen


def is_day(text: str, day: dt.date) -> bool:
    return re.sub(r"\s", " ", text).startswith((f"{day.day} {day:%b}",)) and (
        not (year := re.search(r"\d{4}", text)) or int(year[0]) == day.year
    )


def bare(text: str) -> str:
    """A figure without its marks and without the space that lines it up."""
    return re.sub(r"[†‡↑\s\u2007\u2008]", "", text)


def plain(mg) -> str:
    return f"{mg.normalize():f}"


def wanted(row: dict) -> list[str]:
    """The first three cells as the command has them: the week before, highest, on day."""
    return [row["baseline"], row["peak"], row["peak_day"]] if row["onset_day"] else [row["baseline"], "–", ""]


def check_back(cell: str, row: dict) -> None:
    """Back by: the command's day; else "not by" the last day that was rated, which it does not print."""
    if not row["onset_day"] or row["return_day"]:
        assert cell == row["return_day"]
        return
    seen = int(re.fullmatch(r">(\d+)", cell)[1])
    assert int(row["peak_day"]) <= seen < int(row["window_days"])
