"""Planned and taken: the drawing on Trends, and as a file."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET

import pytest

from journal.models import DoseTaken, TaperPlan
from journal.queries.plan_changes import set_aside
from journal.queries.plan_living import hold
from journal.views.charts.planned import planned_context
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step
from tests.plans import Life

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/planned."


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


@pytest.fixture
def life(alice) -> Life:
    """15 mg from 30 days ago as planned, held a week later; the plan goes on to 0 mg."""
    life = Life(alice)
    life.agreed(day(40), start=day(30)).confirmed(15, day(30)).held(30, day(23))
    for ago in range(1, 30):
        status = "missed" if ago == 3 else "planned"
        DoseTaken.objects.create(medication=life.medication, date=day(ago), status=status, mg=0 if ago == 3 else 15)
    return life


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_the_files(as_alice, life):
    svg = as_alice.get(URL + "svg", {"size": "compact"})
    assert svg["Content-Type"] == "image/svg+xml"
    assert ET.fromstring(svg.content).tag.endswith("svg")
    assert b"style=" not in svg.content
    assert "held on 30 Oct" in words(svg)
    assert as_alice.get(URL + "png").content.startswith(b"\x89PNG")
    headers, *rows = rows_of(as_alice.get(URL + "csv"))
    assert headers[:3] == ["from", "planned, mg a day", "taken, mg a day"]
    assert [[row[0], *map(float, filter(None, row[1:3]))] for row in rows[:-1]] == [
        ["2026-10-13", 20, 20],
        ["2026-10-23", 15, 15],
        ["2026-11-23", 15],
        ["2026-12-06", 10],
        ["2026-12-20", 5],
        ["2027-01-03", 0],
    ]
    assert rows[-1] == ["all", "", "", "28", "0", "0", "1", "11"]


def test_the_file_is_named_after_its_days(as_alice, life):
    name = as_alice.get(URL + "csv")["Content-Disposition"]
    assert name == 'attachment; filename="tapertrack-planned-2026-10-13-2027-01-03.csv"'


def test_the_days_can_be_chosen_also_some_that_are_to_come(as_alice, life):
    _, *rows = rows_of(as_alice.get(URL + "csv", {"from": "2026-11-01", "to": "2026-12-06"}))
    assert [row[0] for row in rows] == ["2026-11-01", "2026-11-23", "2026-12-06", "all"]
    alone = rows_of(as_alice.get(URL + "csv", {"to": "2026-10-31"}))
    assert [row[0] for row in alone[1:]] == ["2026-10-13", "2026-10-23", "all"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-02-30", "February 2026 has 28 days."),
        ("from=2026-11-10&to=2026-11-01", "begins on 10 November 2026, after it ends"),
        ("from=2027-01-04", "begins on 4 January 2027, after it ends on 3 January 2027"),
        ("to=2027-01-04", "4 January 2027 is too far ahead. The last day can be 3 January 2027."),
        ("from=1890-01-01", "1890 is too long ago"),
        ("to=%00", "is not a date"),
        ("medication=999999", "not on your list"),
        ("medication=x", "a number"),
        ("medication=99999999999999999999999", "a number"),
        ("size=huge", "wide or compact"),
    ],
)
@pytest.mark.parametrize("kind", ["svg", "csv"])
def test_a_bad_address_is_a_400_with_a_sentence(as_alice, life, kind, query, sentence):
    response = as_alice.get(f"{URL}{kind}?{query}")
    assert response.status_code == 400
    assert sentence in words(response)


def test_there_is_no_other_kind(as_alice, life):
    assert as_alice.get(URL + "pdf").status_code == 404


def test_without_an_agreed_plan_there_is_none(as_alice, alice):
    life = Life(alice)
    assert as_alice.get(URL + "svg").status_code == 404
    life.proposed()
    assert as_alice.get(URL + "svg", {"medication": life.medication.pk}).status_code == 404
    assert planned_context(alice, life.medication, TODAY) == {}
    assert "planned-title" not in as_alice.get("/trends/").content.decode()


def test_nothing_of_somebody_else(as_bob, life):
    assert as_bob.get(URL + "svg").status_code == 404
    unknown, theirs = (as_bob.get(URL + "svg", {"medication": key}) for key in (999999, life.medication.pk))
    assert theirs.status_code == unknown.status_code == 400
    assert theirs.content == unknown.content


def test_an_unchanged_chart_answers_304_and_a_changed_one_does_not(as_alice, life):
    first = as_alice.get(URL + "svg")
    known = {"If-None-Match": first["ETag"]}
    assert as_alice.get(URL + "svg", headers=known).status_code == 304
    assert as_alice.get(URL + "csv", headers=known).status_code == 200
    assert as_alice.get(URL + "svg", {"size": "compact"}, headers=known).status_code == 200
    hold(life.plan, life.steps, 7, TODAY)
    assert as_alice.get(URL + "svg", headers=known).status_code == 200


def test_trends_has_it_below_the_overview(as_alice, life):
    response = as_alice.get("/trends/", {"days": "30"})
    page = words(response)
    assert "Dose as planned so far; 1 of 40 doses missed" in page
    assert "Sertraline. Dashed: the plan agreed on 13 Oct 2026, held on 30 Oct. Firm: what was taken." in page
    planned = response.context["planned"]
    assert f'/trends/planned.png?medication={life.medication.pk}&amp;to=2027-01-03"' in response.content.decode()
    assert planned["rows"][1][:4] == ["23 Oct 2026", "15", "15", "28"]
    assert planned["rows"][2][:4] == ["23 Nov 2026", "15", "–", "–"]
    rows = rows_of(as_alice.get("/trends/planned.csv?" + planned["query"]))
    assert len(rows) - 1 == len(planned["rows"])


@pytest.mark.parametrize(
    ("begun", "every", "last"),
    [
        (30, 60, "2027-02-14"),  # 40 days behind: 84 ahead
        (120, 120, "2027-04-01"),  # 130 days behind: as many ahead
        (30, 14, "2026-12-04"),  # all of it
    ],
)
def test_a_page_draws_as_far_ahead_as_behind_and_says_where_the_plan_ends(as_alice, alice, begun, every, last):
    life = Life(alice)
    life.agreed(day(begun + 10), start=day(begun), every=every).confirmed(15, day(begun))
    make_entry(alice, TODAY, mood=5)
    planned = as_alice.get("/trends/").context["planned"]
    end = day(begun) + dt.timedelta(3 * every)
    cut = f"The plan goes on to {end.day} {end:%b %Y}."
    assert (cut in planned["wide"].note.replace("\u00a0", " ")) == (last < str(end))
    assert planned["query"] == f"medication={life.medication.pk}&to={last}"
    assert as_alice.get(URL + "svg?" + planned["query"]).status_code == 200


def test_trends_is_about_the_medication_that_is_drawn(as_alice, alice, life):
    other = make_medication(alice)
    make_step(other, day(5), 75, "start")
    assert "planned" not in as_alice.get("/trends/").context
    assert "planned" in as_alice.get("/trends/", {"medication": life.medication.pk}).context


def test_a_plan_that_was_set_aside_is_no_more_on_trends_but_still_a_file(as_alice, life):
    set_aside(life.plan, TODAY)
    assert "planned-title" not in as_alice.get("/trends/").content.decode()
    assert "set aside on 22 Nov" in words(as_alice.get(URL + "svg"))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", r"$\foo$", "a" * 100, "x\u0007y", "دواء"])
def test_a_name_that_is_markup_stays_text(as_alice, alice, name):
    life = Life(alice)
    type(life.medication).objects.filter(pk=life.medication.pk).update(name=name)
    life.agreed(day(40), start=day(30))
    make_entry(alice, TODAY, mood=5)
    page = as_alice.get("/trends/")
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    ET.fromstring(as_alice.get(URL + "svg").content)


def test_a_plan_without_steps_breaks_nothing(as_alice, alice):
    medication = make_medication(alice)
    TaperPlan.objects.create(
        medication=medication, name="Ours", method="list", from_mg=20, status="agreed", agreed_on=day(3)
    )
    assert as_alice.get(f"{URL}svg?medication={medication.pk}").status_code == 200


# -- its page -----------------------------------------------------------------------------------------------------
PAGE = "/trends/planned/"


def test_the_page(as_alice, life):
    page = as_alice.get(PAGE)
    assert page.status_code == 200
    html = page.content.decode()
    assert "held on 30 Oct" in words(page)
    assert html.count('href="/trends/planned.') == 3
    assert "Days to show" not in html, "the last days up to today are no choice here: a plan lies ahead"
    assert "Medication</" not in html
    assert "Show the whole plan" not in html


def test_the_pages_dates_are_kept_in_its_files(as_alice, life):
    html = as_alice.get(PAGE, {"from": "2026-11-01", "to": "2026-12-06"}).content.decode()
    assert f"/trends/planned.csv?from=2026-11-01&amp;to=2026-12-06&amp;medication={life.medication.pk}" in html
    assert f"?from=2026-10-13&amp;to=2027-01-03&amp;medication={life.medication.pk}" in html


def test_a_plan_of_years_is_drawn_for_the_next_weeks_and_whole_on_demand(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, day(100), 20, "start")
    make_plan(medication, [(day(-30), 15), (day(-700), 0)], agreed_on=day(7))
    page = words(as_alice.get(PAGE))
    assert "Show the whole plan" in page
    rows = rows_of(as_alice.get(URL + "csv"))
    assert rows[-1][0] == day(-30).isoformat()
    whole = rows_of(as_alice.get(URL + "csv", {"to": day(-700).isoformat()}))
    assert whole[-1][0] == day(-700).isoformat()


def test_without_an_agreed_plan_the_page_leads_to_the_planner(as_alice, alice):
    empty = as_alice.get(PAGE)
    assert empty.status_code == 200 and "No plan was agreed yet." in words(empty)
    medication = make_medication(alice)
    make_step(medication, day(30), 20, "start")
    page = as_alice.get(PAGE)
    assert page.status_code == 200
    assert "No plan was agreed for Venlafaxine." in words(page)
    assert f'href="/medications/{medication.pk}/plan/"' in page.content.decode()
    assert 'name="from"' not in page.content.decode()


def test_medications_with_a_plan_are_offered(as_alice, alice, life):
    second = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(second, day(1), 15, "start")
    assert "held on 30 Oct" in words(as_alice.get(PAGE)), "the other one changed last, but has no plan"
    assert "Mirtazapine" not in as_alice.get(PAGE).content.decode()
    make_plan(second, [(day(-10), 7)], agreed_on=day(0))
    html = as_alice.get(PAGE).content.decode()
    assert f'href="?medication={life.medication.pk}"' in html and f'href="?medication={second.pk}"' in html
    assert "held on 30 Oct" in words(as_alice.get(PAGE, {"medication": life.medication.pk}))


def test_the_page_refuses_what_the_files_do(as_bob, life):
    assert as_bob.get(PAGE, {"medication": life.medication.pk}).status_code == 400
    assert as_bob.get(PAGE, {"from": "2026-02-30"}).status_code in {200, 400}
