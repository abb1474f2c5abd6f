"""A real person's published taper through the whole of it: import, medication page, trends, summary, PDF.

Data: Kossakowski et al. 2017, doi 10.5334/jopd.29, as prepared beside this repository. It is not part of the project;
where it is absent these tests skip.
"""

import datetime as dt
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from pypdf import PdfReader

from journal.models import DailyEntry, DoseTaken, Rating
from journal.queries.plan_changes import Settings, agree, propose
from journal.taper.layout import Circumstances, lay_out
from journal.taper.schedule import Method, Request
from journal.views.charts.planned import planned_context

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "venlafaxine_taper"

pytestmark = [
    pytest.mark.skipif(not DATA.exists(), reason="the published taper is not on this machine"),
    pytest.mark.usefixtures("clock"),
]

PERIOD = "?from=2012-08-13&to=2013-04-08"
MG = ["150", "105", "73", "51", "37", "25", "18", "12", "9", "0"]
OF_PREVIOUS = ["70", "70", "70", "73", "68", "72", "67", "75", "0"]
CHANGE = ["−30.0", "−30.5", "−30.1", "−27.5", "−32.4", "−28.0", "−33.3", "−25.0", "−100.0"]


@pytest.fixture
def imported(alice):
    out = io.StringIO()
    call_command(
        "import_journal",
        "alice",
        entries=str(DATA / "daily.csv"),
        steps=str(DATA / "dose_steps.csv"),
        ignore="scl90_depression,check_ins",
        stdout=out,
    )
    return out.getvalue().strip().splitlines()[-1]


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " "))


def test_the_import_counts_and_does_nothing_twice(alice, imported):
    assert "238 entries, 10 dose steps" in imported
    rows = [model.objects.of(alice).count() for model in (DailyEntry, Rating, DoseTaken)]
    out = io.StringIO()
    call_command(
        "import_journal",
        "alice",
        entries=str(DATA / "daily.csv"),
        steps=str(DATA / "dose_steps.csv"),
        ignore="scl90_depression,check_ins",
        stdout=out,
    )
    assert "nothing new" in out.getvalue().strip().splitlines()[-1].lower()
    assert [model.objects.of(alice).count() for model in (DailyEntry, Rating, DoseTaken)] == rows


def test_the_medication_page(as_alice, alice, imported):
    page = words(as_alice.get(f"/medications/{alice.medications.get().pk}/").content.decode())
    shown = re.findall(r"−\d+\.\d", page)
    assert shown[: len(CHANGE)] in (CHANGE, CHANGE[::-1])


def dose_rows(page: dict) -> list[list[str]]:
    table = next(section for section in page["sections"] if section.get("name") == "doses")
    return [[cell["text"] for cell in row] for row in table["rows"]]


def test_the_summary_page(as_alice, imported):
    response = as_alice.get("/summary/" + PERIOD)
    rows = dose_rows(response.context["page"])
    assert [row[1] for row in rows] == MG
    assert [row[2] for row in rows[1:]] == CHANGE
    assert [row[3] for row in rows[1:]] == OF_PREVIOUS
    page = words(response.content.decode())
    assert "Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights" in page
    assert "None recorded, 14 days without a record." in page
    assert "Venlafaxine 0 mg a day since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks." in page


def test_the_pdf_says_the_same(as_alice, imported):
    rows = dose_rows(as_alice.get("/summary/" + PERIOD).context["page"])
    reader = PdfReader(io.BytesIO(as_alice.get("/summary.pdf" + PERIOD).content))
    assert len(reader.pages) <= 2
    text = words(" ".join(page.extract_text() for page in reader.pages))
    for row in rows:
        assert words(" ".join(cell for cell in row if cell)) in text
    assert "Entries on 238 of 239 days" in text
    assert "None recorded, 14 days without a record." in text


def test_trends_draw_what_rose_most(as_alice, imported):
    response = as_alice.get("/trends/" + PERIOD)
    assert [measure.name for measure in response.context["view"].chosen] == [
        "Restlessness",
        "Agitation",
        "Irritability",
    ]
    assert "about 1 point higher than before the first reduction" in words(response.content.decode())


@pytest.fixture
def agreed(alice, imported):
    """The same doses as a plan: one every 14 days from the day of the first change, agreed the week before it."""
    medication = alice.medications.get()
    request = Request(
        Decimal(MG[0]), Method.LIST, doses=tuple(map(Decimal, MG[1:])), start=dt.date(2012, 9, 25), every=14
    )
    agreed_on = dt.date(2012, 9, 18)
    plan = propose(medication, lay_out(request, Circumstances()), Settings("Every 14 days", {}), agreed_on)
    agree(plan, "the prescriber", agreed_on, agreed_on)
    return medication


def test_planned_and_taken(as_alice, alice, agreed):
    """Nine changes in eight weeks, where the plan has 16: lower sooner than planned."""
    period = {"from": "2012-08-13", "to": "2013-02-03"}
    chart = words(as_alice.get("/trends/planned.svg", period).content.decode())
    assert "Taken: lower sooner than planned; no dose recorded as missed, 14 days not recorded" in chart
    assert "Dashed: the plan agreed on 18 Sep 2012. Firm: what was taken." in chart
    lines = as_alice.get("/trends/planned.csv", period).content.decode("utf-8-sig").splitlines()
    rows = [line.split(",") for line in lines[1:]]
    planned = {row[0]: Decimal(row[1]) for row in rows if row[1]}
    starts = [dt.date(2012, 9, 25) + dt.timedelta(14 * number) for number in range(9)]
    assert [planned[day.isoformat()] for day in starts] == list(map(Decimal, MG[1:]))
    taken = [Decimal(row[2]) for row in rows[:-1] if row[2]]
    assert [mg for mg, before in zip(taken, [None, *taken], strict=False) if mg != before] == list(map(Decimal, MG))
    assert rows[-1] == ["all", "", "", "84", "0", "0", "0", "14"]


def test_the_whole_of_it_ends_some_days_after_the_plan(as_alice, alice, agreed):
    page = planned_context(alice, agreed, dt.date(2026, 11, 22))["planned"]
    assert page["rows"][0][0] == "18 Sep 2012"
    assert page["rows"][-2][:3] == ["15 Jan 2013", "0", "0"]
    assert page["wide"].title.startswith("Taken: lower sooner than planned; ")


def test_saving_an_imported_day_unchanged_changes_nothing(as_alice, alice, imported):
    """The form is sent back exactly as a browser would send what it shows."""
    before = {model: list(model.objects.of(alice).order_by("pk").values()) for model in (DailyEntry, Rating, DoseTaken)}
    path = "/entries/2012-10-22/"
    form = as_alice.get(path).context["form"]
    data = {}
    for field in form:
        value = field.value()
        data[field.html_name] = "" if value is None else value
    response = as_alice.post(path, data)
    assert response.status_code == 302
    after = {model: list(model.objects.of(alice).order_by("pk").values()) for model in before}
    assert after == before
