"""The year as a calendar: the page, its files, the months before and after."""

import csv
import datetime as dt
import io

import pytest

from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

from .test_trends import words

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/year/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


@pytest.fixture
def year(alice):
    """500 days, of which every tenth is missing; 75 mg, then 60 from 40 days ago; brain zaps 1, later 4."""
    medication = make_medication(alice)
    make_step(medication, day(500), 75, "start")
    make_step(medication, day(40), 60)
    zaps = make_symptom(alice)
    for ago in range(500):
        if ago % 10:
            make_entry(alice, day(ago), {zaps: 4 if ago < 40 else 1}, mood=6)
    return medication


def test_it_works(as_alice, year):
    response = as_alice.get(URL)
    text = words(response)
    assert "Brain zaps, day by day" in text
    assert "The stronger the tint, the higher." in text
    assert response.content.count(b'role="img"') == 2
    assert response.context["asked"].data.first == dt.date(2025, 12, 1)
    assert len(response.context["rows"]) == (day(1) - dt.date(2025, 12, 1)).days + 1  # today is not written yet


def test_the_other_way_round_where_ten_is_best(as_alice, year):
    assert "The stronger the tint, the lower." in words(as_alice.get(URL, {"measure": "mood"}))


def test_the_months_before_and_after(as_alice, year):
    [before] = as_alice.get(URL).context["asked"].around
    assert before.name == "The 12 months before"
    page = as_alice.get(URL + before.url)
    assert page.context["period"].last == dt.date(2025, 11, 30)
    [after] = page.context["asked"].around
    assert after.name == "The 12 months after"
    again = as_alice.get(URL + after.url)
    assert again.context["asked"].data.last == TODAY
    assert again.context["asked"].data.first == dt.date(2025, 12, 1)


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_files(as_alice, year, kind):
    page = as_alice.get(URL)
    response = as_alice.get(f"/trends/year.{kind}?{page.context['asked'].query}")
    assert f"tapertrack-year-2025-12-01-{TODAY}.{kind}" in response["Content-Disposition"]


def test_the_csv_has_what_the_page_s_table_has(as_alice, year):
    page = as_alice.get(URL)
    body = as_alice.get(f"/trends/year.csv?{page.context['asked'].query}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert len(rows) == 1 + len(page.context["rows"])
    assert [row[1] for row in rows[1:]] == [row[1].replace("–", "") for row in page.context["rows"]]


def test_an_empty_journal_says_what_is_missing(as_alice):
    response = as_alice.get(URL)
    assert response.status_code == 200
    assert "No value of mood is on record from" in words(response)
    assert as_alice.get("/trends/year.svg").status_code == 404


def test_a_time_without_a_record_leads_to_one(as_alice, alice):
    make_entry(alice, day(1000), mood=5)
    [before] = as_alice.get(URL, {"measure": "mood"}).context["asked"].around
    assert "4.0" not in before.url
    page = as_alice.get(URL + before.url)
    assert "5.0 on the one rated day" in words(page)


@pytest.mark.parametrize("query", ["measure=nothing", "measure=%00", "medication=x", "medication=99"])
def test_what_is_unknown_is_refused_with_a_sentence(as_alice, year, query):
    for address in (URL, "/trends/year.svg", "/trends/year.csv"):
        assert as_alice.get(f"{address}?{query}").status_code == 400


def test_somebody_else_s_symptom_is_unknown(as_alice, bob, year):
    make_symptom(bob, "Bob’s own", slug="bobs-own", builtin="")
    assert as_alice.get(URL, {"measure": "bobs-own"}).status_code == 400


@pytest.mark.parametrize(("query", "rows"), [("days=30", 2), ("days=all", 12), ("from=1930-01-01", 12)])
def test_twelve_rows_at_most(as_alice, year, query, rows):
    assert len(as_alice.get(f"{URL}?{query}").context["asked"].data.months) == rows
