"""Trends: the page, the chart as a file, and the choice of days and symptoms."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import LifeEvent
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


@pytest.fixture
def taper(alice):
    """75 mg until 40 days ago, then 60; brain zaps went from 1 to 4, nausea from 3 to 2, three more stayed at 0."""
    medication = make_medication(alice)
    make_step(medication, day(120), 75, "start")
    make_step(medication, day(40), 60)
    zaps = make_symptom(alice)
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    flat = [make_symptom(alice, f"Flat {n}", builtin="") for n in range(3)]
    for ago in range(90):
        ratings = {zaps: 4 if ago < 40 else 1, nausea: 2 if ago < 40 else 3, **dict.fromkeys(flat, 0)}
        make_entry(alice, day(ago), ratings, mood=5)
    return medication


def drawn(response) -> list[str]:
    return [measure.name for measure in response.context["view"].chosen]


def test_it_works(as_alice, taper):
    response = as_alice.get(URL)
    text = words(response)
    assert "Entries on 90 of 90 days" in text
    assert "Brain zaps are about 3 points higher" in text
    assert response.content.count(b'role="img"') == 2  # a wide and a compact drawing


def test_it_draws_the_three_that_rose_most(as_alice, taper):
    assert drawn(as_alice.get(URL)) == ["Brain zaps", "Flat 0", "Flat 1"]


def test_it_says_by_what_rule_they_were_chosen(as_alice, alice, taper):
    rule = "Chosen by rule: those that rose most, last 28 days against the days before the first reduction."
    assert rule in words(as_alice.get(URL))
    assert rule in words(as_alice.get(URL, {"days": "30"}))  # the days before are those of the whole record
    assert "Chosen by rule" not in words(as_alice.get(URL, {"symptom": "nausea"}))
    late = make_symptom(alice, "Late", builtin="")
    make_entry(alice, day(95), {late: 9})
    alice.symptoms.filter(name__startswith="Flat").delete()
    assert rule[:-1] + ", then those rated highest." in words(as_alice.get(URL, {"days": "180"}))


def test_it_draws_what_is_asked_for_in_that_order(as_alice, taper):
    assert drawn(as_alice.get(URL, {"symptom": ["nausea", "brain-zaps", "nausea"]})) == ["Nausea", "Brain zaps"]


def test_it_draws_none_when_none_is_asked_for(as_alice, taper):
    response = as_alice.get(URL, {"symptom": ""})
    assert drawn(response) == []
    assert response.context["view"].data.strips[0].name == "Mood"


def test_a_chip_takes_its_symptom_out_and_puts_it_back(as_alice, taper):
    response = as_alice.get(URL)
    chip = next(chip for chip in response.context["chips"] if chip["name"] == "Brain zaps")
    without = as_alice.get(URL + chip["url"])
    assert "Brain zaps" not in drawn(without)
    chip = next(chip for chip in without.context["chips"] if chip["name"] == "Brain zaps")
    assert "Brain zaps" in drawn(as_alice.get(URL + chip["url"]))


def test_the_choice_of_days_keeps_the_symptoms(as_alice, taper):
    response = as_alice.get(URL, {"symptom": "nausea", "from": "2026-10-01", "to": "2026-10-31"})
    link = next(link for link in response.context["lengths"] if link["short"] == "30")
    again = as_alice.get(URL + link["url"])
    assert drawn(again) == ["Nausea"]
    assert again.context["period"].days == 30


@pytest.mark.parametrize(("days", "length"), [("30", 30), ("90", 90), ("180", 180), ("365", 365), ("all", 121)])
def test_the_lengths(as_alice, taper, days, length):
    assert as_alice.get(URL, {"days": days}).context["period"].days == length


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-02-30", "February 2026 has 28 days."),
        ("from=2026-11-10&to=2026-11-01", "begins on 10 November 2026, after it ends"),
        ("to=2027-01-01", "still to come"),
        ("from=1890-01-01", "1890 is too long ago"),
        ("days=0", "30, 90, 180, 365 or all"),
        ("symptom=grief", "is not among what you keep an eye on"),
        ("symptom=%00", "is not among what you keep an eye on"),
        ("medication=999999", "not in this period"),
        ("medication=x", "a number"),
        ("medication=99999999999999999999999", "a number"),
        ("&".join(f"symptom=s{n}" for n in range(60)), "At most 8 symptoms"),
    ],
)
@pytest.mark.parametrize("path", ["/trends/", "/trends/overview.svg", "/trends/overview.csv"])
def test_a_bad_address_is_a_400_with_a_sentence(as_alice, taper, path, query, sentence):
    response = as_alice.get(f"{path}?{query}")
    assert response.status_code == 400
    assert sentence in words(response)


def test_somebody_elses_symptom_or_medication_is_unknown(as_bob, taper):
    assert as_bob.get(URL, {"symptom": "brain-zaps"}).status_code == 400
    assert as_bob.get(URL, {"medication": taper.pk}).status_code == 400


def test_an_empty_journal_says_what_will_be_here(as_alice):
    text = words(as_alice.get(URL))
    assert "will be drawn here" in text and "One entry is enough to begin with" in text and "Add the dose" not in text


def test_a_medication_without_a_dose_leads_to_its_first(as_alice, alice):
    medication = make_medication(alice)
    for is_drawn in (False, True):
        if is_drawn:
            make_entry(alice, TODAY, mood=5)
        page = as_alice.get(URL)
        assert f'href="/medications/{medication.pk}/steps/"' in page.content.decode()
        assert f"Add the dose of {medication.name}" in words(page)


def test_doses_without_an_entry_lead_to_today(as_alice, alice):
    make_step(make_medication(alice), day(20), 75, "start")
    page = as_alice.get(URL)
    assert "Entries on 0 of 90 days. Log today" in words(page) and f'href="/entries/{TODAY}/"' in page.content.decode()
    make_entry(alice, TODAY, mood=5)
    assert "Entries on 1 of 90 days. Log today" not in words(as_alice.get(URL))


def rows_of(browser, name, query):
    return list(csv.reader(io.StringIO(browser.get(f"/trends/{name}.csv?{query}").content.decode("utf-8-sig"))))


@pytest.mark.parametrize("name", ["overview", "symptom", "heatmap", "multiples"])
def test_a_chart_from_long_before_the_record_begins_with_it(as_alice, taper, name):
    address = URL if name == "overview" else f"{URL}{name}/"
    page = as_alice.get(f"{address}?from=1926-01-01&to={TODAY}")
    assert "Your record begins on 25 July 2026; nothing is on record before it." in words(page)
    assert page.context["period"].first == day(120)
    assert rows_of(as_alice, name, f"from=1926-01-01&to={TODAY}") == rows_of(as_alice, name, f"from={day(120)}")
    assert '<details class="trends-dates">' in page.content.decode()
    for close in (f"from={day(150)}", "days=365", f"from={day(364)}"):  # near it, or a length that is offered
        page = as_alice.get(f"{address}?{close}")
        assert not page.context["period"].cut and "Your record begins" not in words(page)
    assert as_alice.get(f"/summary/?from=1926-01-01&to={TODAY}").context["period"].first.year == 1926


def test_doses_stand_in_a_file_as_on_a_box(as_alice, alice):
    medication = make_medication(alice)
    for ago, mg in ((9, "150"), (8, "37.5"), (7, "0.037"), (6, "0")):
        make_step(medication, day(ago), mg)
    make_entry(alice, day(6), mood=5)
    _, *rows = rows_of(as_alice, "overview", f"from={day(9)}&to={day(6)}")
    assert [row[1] for row in rows] == ["150", "37.5", "0.037", "0"]


def test_days_without_a_record_offer_those_that_have_one(as_alice, alice):
    make_entry(alice, dt.date(2013, 1, 1), mood=5)
    response = as_alice.get(URL)
    assert "Nothing is on record" in words(response)
    assert "?from=2013-01-01&amp;to=2013-01-01" in response.content.decode()


def test_the_svg_is_a_file_of_its_own(as_alice, taper):
    response = as_alice.get("/trends/overview.svg", {"size": "compact"})
    assert response["Content-Type"] == "image/svg+xml"
    root = ET.fromstring(response.content)
    assert root.tag.endswith("svg")
    assert b"Brain zaps" in response.content
    assert b"style=" not in response.content


def test_the_png_is_one(as_alice, taper):
    assert as_alice.get("/trends/overview.png").content.startswith(b"\x89PNG")


def test_other_kinds_and_sizes_are_refused(as_alice, taper):
    assert as_alice.get("/trends/overview.pdf").status_code == 404
    assert as_alice.get("/trends/overview.svg", {"size": "huge"}).status_code == 400


def test_an_unchanged_chart_answers_304_and_a_changed_one_does_not(as_alice, alice, taper):
    first = as_alice.get("/trends/overview.svg")
    again = as_alice.get("/trends/overview.svg", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    other = as_alice.get("/trends/overview.csv", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    alice.entries.filter(date=TODAY).update(mood=9)
    changed = as_alice.get("/trends/overview.svg", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_the_csv_the_table_and_the_series_say_the_same(as_alice, alice, taper):
    alice.entries.filter(date=day(5)).delete()
    response = as_alice.get("/trends/overview.csv")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    headers, *body = rows
    assert len(body) == 90
    by_day = {row[0]: dict(zip(headers, row, strict=True)) for row in body}
    assert by_day[day(41).isoformat()]["Brain zaps"] in {"1", "1.0"}
    assert by_day[day(5).isoformat()]["Brain zaps"] == ""
    page = as_alice.get(URL)
    assert len(page.context["rows"]) == 90
    assert page.context["headers"][1:] == tuple(headers[1:])


def test_a_name_that_is_markup_stays_text(as_alice, alice):
    bad = make_symptom(alice, r"<script>alert(1)</script> $\foo$", slug="bad", builtin="")
    make_entry(alice, TODAY, {bad: 3})
    response = as_alice.get(URL)
    assert response.status_code == 200
    assert b"<script>alert" not in response.content


def test_it_asks_the_database_as_often_for_a_thousand_days(as_alice, alice, taper, django_assert_num_queries):
    with CaptureQueriesContext(connection) as few:
        as_alice.get(URL, {"days": "all"})
    zaps = alice.symptoms.get(name="Brain zaps")
    for ago in range(121, 1121):
        make_entry(alice, day(ago), {zaps: 2}, mood=5)
    with django_assert_num_queries(len(few)):
        as_alice.get(URL, {"days": "all"})
    assert len(few) <= 30  # one of them for the version of the record


@pytest.mark.parametrize(
    ("path", "kept"), [("/trends/", ("symptom", "nausea")), ("/summary/", ("reader", "therapist"))]
)
def test_dates_that_make_no_sense_are_shown_again_with_the_rest_of_the_choice(as_alice, taper, path, kept):
    response = as_alice.get(f"{path}?from=2026-11-20&to=2026-01-01&symptom=nausea&reader=therapist")
    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="2026-11-20"' in page and 'value="2026-01-01"' in page
    assert 'name="{}" value="{}"'.format(*kept) in page


def test_events_stand_on_the_axis_by_name_and_their_words_do_not(as_alice, alice, taper):
    for ago in (9, 10, 11):
        entry, _ = alice.entries.get_or_create(date=day(ago))
        LifeEvent.objects.create(entry=entry, kind="bereavement", text="my secret")
    LifeEvent.objects.create(entry=entry, kind="no-such-kind", text="my secret")
    page = as_alice.get(URL, {"days": "30"}).content.decode()
    assert "A bereavement (11–13\u00a0Nov)" in page
    assert "<td" in page and "Bereavement</td>" in " ".join(page.split()).replace(" </td>", "</td>")
    assert "my secret" not in page
    for kind in ("svg", "csv"):
        file = as_alice.get(f"/trends/overview.{kind}", {"days": "30"})
        assert b"ereavement" in file.content and b"my secret" not in file.content
