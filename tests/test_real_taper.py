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

from journal.models import DailyEntry, DoseTaken, Rating
from journal.queries.period import Period
from journal.queries.plan_changes import Settings, agree, propose
from journal.queries.responses import response_measures, what_followed
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


def test_the_summary_page(as_alice, imported):
    page = words(as_alice.get("/summary/" + PERIOD).content.decode())
    assert "Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights" in page
    assert "Missed doses: none recorded, 14 days without a record." in page
    assert "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks." in page


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


def step_response(symptom: str) -> dict[str, str]:
    """The rows of the command by their day."""
    out = io.StringIO()
    call_command("step_response", "alice", symptom=symptom, csv=True, stdout=out)
    return {line.split(",")[1]: line for line in out.getvalue().splitlines()}


def test_step_response_of_irritability(alice, imported):
    """Worked by hand. Before the taper: 61.6 / 43 = 1.43.

    22 October, 37 to 25 mg (-12 / 37 = -32.4 %). Week before: 0.7 0.7 2.0 3.1 0.2 0.0 0.7, 7.4 / 7 = 1.06. Then
    2.3 1.4 2.5 2.5 2.3 3.3 2.5 until the next change on day 7. Means of three from day 1 on: 3.7 / 2 = 1.85,
    6.2 / 3 = 2.07 (1.01 more, and all three days are more: the rise is on day 2), 2.13, 2.43, 8.1 / 3 = 2.70, 8.1 / 3:
    the worst on day 5, of equals the first. No three days in a row are back. 16.8 / 7 = 2.4 is 1.34 more. Six of the
    seven doses were written down, none as missed.

    19 November, 9 to 0 mg. Week before: 3.5 3.1 3.3 1.9 1.0 1.0 1.1, 14.9 / 7 = 2.13. A rise takes 3.13, and back is
    under 2.63. Then 2.5 2.8 3.9 (9.2 / 3 = 3.07 on day 2) 1.7 1.9 1.1 1.7 2.1 3.0 3.3 (2.8 on day 9) 5.4 (11.7 / 3 =
    3.9 on day 10) 3.3 (12.0 / 3 = 4.0 on day 11) 2.2 (10.9 / 3 = 3.63) 1.3 3.8 2.5: 6.8 / 3 = 2.27, 7.3 / 3 = 2.43 and
    7.6 / 3 = 2.53 on days 13, 14 and 15: back by day 13. All 27 rated of the 28 days: 65.6 / 27 = 2.43, 0.30 more.
    Nothing is due at 0 mg.
    """
    rows = step_response("irritability")
    assert len(rows) == 1 + 9
    assert rows["2012-10-22"] == "Venlafaxine,2012-10-22,25,-32.4,Irritability,1.1,7,2,5,2.7,,cut,1.3,1.4,7,0,"
    assert rows["2012-11-19"] == (
        "Venlafaxine,2012-11-19,0,-100.0,Irritability,2.1,7,10,11,4.0,13,returned,0.3,1.4,28,0,"
    )
    assert rows["2012-10-01"].endswith(",Worry (last 2012-08-24)")


def test_step_response_of_mood(alice, imported):
    """Worked by hand; lower is worse. Before the taper: 230.6 / 43 = 5.36.

    15 October, 51 to 37 mg (-14 / 51 = -27.5 %). Week before: 5.3 5.8 5.6 6.3 5.4 6.1 6.4, 40.9 / 7 = 5.84. Then
    6.6 6.0 4.5 5.1 4.9 6.1 6.2. Means of three from day 1 on: 6.3, 5.7, 5.2, 14.5 / 3 = 4.83 (1.01 less, all three days
    are less: rise and worst on day 4), 16.1 / 3 = 5.37, 17.2 / 3 = 5.73. Days 5 and 6 are near again (0.48, 0.11), but
    a third was not seen. 39.4 / 7 = 5.63 is 0.21 less: excess +0.2.

    5 November, 18 to 12 mg (-33.3 %). Week before: 4.4 5.4 5.5 6.2 5.7 5.5 5.6, 38.3 / 7 = 5.47. Then
    5.7 5.1 6.0 4.6 4.6 3.6 5.9. Means of three: 5.4, 5.6, 5.23, 5.07, 12.8 / 3 = 4.27 on day 5 (1.20 less), 4.7. The
    next change is on day 7. 35.5 / 7 = 5.07: +0.4.
    """
    rows = step_response("mood")
    assert rows["2012-10-15"] == "Venlafaxine,2012-10-15,37,-27.5,Mood,5.8,7,4,4,4.8,,cut,0.2,5.4,7,0,"
    assert rows["2012-11-05"] == "Venlafaxine,2012-11-05,12,-33.3,Mood,5.5,7,5,5,4.3,,cut,0.4,5.4,7,0,"


def test_level_and_the_rate_without_a_change(alice, imported):
    """Stretches of 7 days: 5 before 25 September (from 20 August on), 16 from 17 December on."""
    measures = {measure.key: measure for measure in response_measures(alice)}
    rates = {"irritability": (4, 21), "agitation": (5, 21), "restlessness": (4, 21)}
    for key, rate in rates.items():
        found = what_followed(alice, Period(dt.date(2012, 8, 13), dt.date(2013, 4, 8)), measures[key])
        assert {quiet.days: (quiet.rises, quiet.stretches) for quiet in found.quiet}[7] == rate
        assert found.before_words == "before the taper"
        if key == "irritability":
            assert (found.level.worse, found.level.days) == (63, 140)
            assert [one.response.raised for one in found.changes] == [False] * 5 + [True] * 4
            assert sum(one.unrecorded for one in found.changes) + 9 == 14  # nine of the 14 lie before the first change
