"""The pages of many symptoms, the multiples and the heat map, and their files."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET

import pytest

from journal.charts.heatmap import heatmap_table
from journal.charts.multiples import multiples_table
from journal.charts.table import table_text
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
PAGES = ("multiples", "heatmap")
TABLES = {"multiples": multiples_table, "heatmap": heatmap_table}


@pytest.fixture(params=PAGES)
def url(request) -> str:
    return f"/trends/{request.param}/"


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(ago)


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


@pytest.fixture
def taper(alice):
    """75 mg until 40 days ago, then 60; brain zaps went from 1 to 4, nausea from 3 to 2, eight more stayed at 0."""
    medication = make_medication(alice)
    make_step(medication, day(120), 75, "start")
    make_step(medication, day(40), 60)
    zaps, nausea = make_symptom(alice), make_symptom(alice, "Nausea", builtin="nausea")
    flat = [make_symptom(alice, f"Flat {n}", builtin="") for n in range(8)]
    for ago in range(90):
        make_entry(
            alice, day(ago), {zaps: 4 if ago < 40 else 1, nausea: 2 if ago < 40 else 3, **dict.fromkeys(flat, 0)}
        )
    return medication


def drawn(response) -> list[str]:
    return [one.name for one in response.context["asked"].data.symptoms]


def test_the_heat_map_shows_all_at_once_with_a_drawing_for_paper(as_alice, taper):
    response = as_alice.get("/trends/heatmap/")
    assert "Brain zaps rose; nausea fell" in words(response)
    assert drawn(response) == ["Brain zaps", *(f"Flat {n}" for n in range(8)), "Nausea"]
    assert response.content.count(b'role="img"') == 3 and b"chart-print-only" in response.content
    ids = re.findall(r'\bid="([^"]+)"', response.content.decode())
    assert len(ids) == len(set(ids))


def test_the_note_is_that_of_the_drawing_that_is_shown(as_alice, taper):
    text = as_alice.get("/trends/heatmap/").content.decode()
    notes = {cls: re.search(rf'<p class="quiet chart-note {cls}">(.*?)</p>', text, re.S) for cls in
             ("chart-wide-only", "chart-compact-only", "chart-print-only")}  # fmt: skip
    assert "One column a day" in notes["chart-wide-only"][1]
    assert "One column a week" in notes["chart-compact-only"][1]
    assert "area of a square" in notes["chart-print-only"][1]


def test_the_multiples_show_eight_at_once_and_link_to_the_next(as_alice, taper):
    response = as_alice.get("/trends/multiples/?days=90")
    assert drawn(response) == ["Brain zaps", *(f"Flat {n}" for n in range(7))]
    assert "Brain zaps rose by 3.0" in words(response) and response.content.count(b'role="img"') == 2
    others = response.context["asked"].others
    assert [(choice.name, choice.current) for choice in others] == [("1 to 8", True), ("9 to 10", False)]
    second = as_alice.get(f"/trends/multiples/{others[1].url}")
    assert drawn(second) == ["Flat 7", "Nausea"] and second.context["asked"].others[1].current
    assert drawn(as_alice.get("/trends/multiples/?part=77")) == drawn(second)
    assert "part=2" in second.context["asked"].query


def test_the_chips_take_out_and_add_and_lead_back_to_all(as_alice, taper, url):
    page = as_alice.get(url)
    choices = {choice.name: choice for choice in page.context["asked"].choices}
    assert choices["All rated"].current and all(choice.current for choice in choices.values())
    fewer = as_alice.get(url + choices["Nausea"].url)
    shown = {choice.name: choice.current for choice in fewer.context["asked"].choices}
    assert not shown["Nausea"] and not shown["All rated"] and shown["Brain zaps"]
    back = {choice.name: choice for choice in fewer.context["asked"].choices}["All rated"]
    assert as_alice.get(url + back.url).context["asked"].data == page.context["asked"].data


def test_named_symptoms_are_drawn_once_each_in_order_of_change(as_alice, taper, url):
    page = as_alice.get(url, {"symptom": ["nausea", "brain-zaps", "nausea"]})
    assert drawn(page) == ["Brain zaps", "Nausea"]
    assert ("symptom", "nausea") in page.context["asked"].keep
    assert b'<input type="hidden" name="symptom" value="nausea">' in page.content


def test_none_chosen_and_nothing_rated_say_what_is_missing(as_alice, alice, taper, url):
    assert "No symptom is chosen." in words(as_alice.get(url, {"symptom": ""}))
    before = words(as_alice.get(url, {"from": "2020-01-01", "to": "2020-02-01"}))
    assert "Nothing is on record from 1 January 2020 to 1 February 2020. Your record runs from" in before
    alice.symptoms.all().delete()
    assert "You do not keep an eye on any symptom yet." in words(as_alice.get(url))
    for kind in ("svg", "png", "csv"):
        assert as_alice.get(url[:-1] + f".{kind}").status_code == 404


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"symptom": "<script>"}, "is not among what you keep an eye on"),
        ({"symptom": ["nausea", "unknown"]}, "“unknown” is not among"),
        ({"part": "0"}, "“part” is a number from 1"),
        ({"part": "x"}, "“part” is a number from 1"),
        ({"part": "²"}, "“part” is a number from 1"),
        ({"medication": "999999"}, "That medication is not in this period."),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "after it ends"),
        ({"to": "2030-01-01"}, "still to come"),
        ({"from": "nonsense"}, "“from”"),
    ],
)
def test_bad_input_is_a_sentence(as_alice, taper, url, query, sentence):
    response = as_alice.get(url, query)
    assert response.status_code == 400 and sentence in words(response)
    assert as_alice.get(url[:-1] + ".svg", query).status_code == 400


def test_somebody_elses_symptom_is_unknown(as_bob, taper, url):
    assert as_bob.get(url, {"symptom": "brain-zaps"}).status_code == 400
    assert b"Brain zaps" not in as_bob.get(url).content


@pytest.mark.parametrize("query", ["", "?days=30", "?days=all", "?from=1990-01-01", "?from=2026-11-22"])
def test_the_table_and_the_numbers_file_are_what_is_drawn(as_alice, taper, url, query):
    page = as_alice.get(url + query)
    name = url.split("/")[2]
    headers, rows = TABLES[name](page.context["asked"].data)
    assert (page.context["headers"], page.context["rows"]) == (headers, table_text(headers, rows))
    file = as_alice.get(f"/trends/{name}.csv?{page.context['asked'].query}")
    read = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert read[0] == list(headers) and len(read) == len(rows) + 1
    written = [["" if cell is None else str(cell) for cell in row] for row in rows]
    assert read[1:] == written


def test_the_files(as_alice, taper, url):
    page = as_alice.get(url)
    query = page.context["asked"].query
    svg = as_alice.get(f"{url[:-1]}.svg?{query}")
    ET.fromstring(svg.content)
    assert page.context["wide"].title in svg.content.decode()
    assert as_alice.get(f"{url[:-1]}.svg?{query}", headers={"If-None-Match": svg["ETag"]}).status_code == 304
    assert as_alice.get(f"{url[:-1]}.png?{query}&size=compact").content.startswith(b"\x89PNG")
    make_entry(taper.owner, day(91), {})
    wider = as_alice.get(f"{url[:-1]}.svg?days=180", headers={"If-None-Match": svg["ETag"]})
    assert wider.status_code == 200


def test_private_symptoms_are_not_among_them(as_alice, alice, taper, url):
    private = make_symptom(alice, "Suicidal thoughts", builtin="suicidal-thoughts")
    make_entry(alice, day(95), {private: 7})
    assert "Suicidal thoughts" not in words(as_alice.get(url, {"days": "180"}))
    assert as_alice.get(url, {"symptom": private.slug}).status_code == 400


def test_every_part_has_the_heading_of_all_symptoms_and_the_heat_map_names_the_same(as_alice, taper):
    titles = {part: as_alice.get("/trends/multiples/", {"part": part}).context["wide"].title for part in (1, 2)}
    assert titles == dict.fromkeys((1, 2), "Brain zaps rose by 3.0; nausea fell by 1.0")
    assert as_alice.get("/trends/heatmap/").context["wide"].title == "Brain zaps rose; nausea fell"


def test_the_note_says_what_rose_and_fell_are(as_alice, url, taper):
    assert "Rose or fell: by 0.5 or more." in as_alice.get(url).context["wide"].note


def test_without_a_reduction_nothing_is_said_of_rising(as_alice, alice, url):
    make_entry(alice, day(0), {make_symptom(alice): 3})
    chart = as_alice.get(url).context["wide"]
    assert "Rose or fell" not in chart.note
    assert chart.title == "Brain zaps 3.0 on the one day rated"
