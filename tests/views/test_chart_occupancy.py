"""Occupancy under the dose of the overview: offered where there is a curve, and never without its name."""

import csv
import io

import pytest

from tests.conftest import TODAY, make_entry, make_medication, make_step

from .test_trends import day, words

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/"
CURVE = "Sørensen 2022, striatum"


def taking(owner, name="Venlafaxine", **fields):
    medication = make_medication(owner, name, **fields)
    make_step(medication, day(120), 75, "start")
    make_step(medication, day(40), 37.5)
    make_entry(owner, TODAY, mood=5)
    return medication


def chips(response) -> list[str]:
    return [choice.name for choice in response.context.get("occupancy") or ()]


def test_it_is_offered_and_drawn_only_when_asked_for(as_alice, alice):
    taking(alice)
    page = as_alice.get(URL)
    assert chips(page) == ["Serotonin transporters occupied, about"] and CURVE not in words(page)
    page = as_alice.get(URL + page.context["occupancy"][0].url)
    text = words(page)
    assert CURVE in text and "group average" in text and "93 %" not in text
    assert "84 %" in page.content.decode() and "78 %" in page.content.decode()
    assert "s41380-021-01285-w" in page.content.decode()
    assert page.context["occupancy"][0].current
    assert "occupancy" not in page.context["occupancy"][0].url  # pressed again it goes


def test_the_files_have_it_too(as_alice, alice):
    taking(alice)
    query = as_alice.get(URL, {"occupancy": "1"}).context["query"]
    assert "occupancy=sorensen-2022-striatum" in query
    assert CURVE in as_alice.get(f"/trends/overview.svg?{query}").content.decode()
    assert CURVE in as_alice.get(f"/trends/overview.svg?{query}&size=compact").content.decode()
    assert as_alice.get(f"/trends/overview.png?{query}").status_code == 200
    rows = list(csv.reader(io.StringIO(as_alice.get(f"/trends/overview.csv?{query}").content.decode("utf-8-sig"))))
    place = rows[0].index(f"Occupied, about, % by {CURVE}")
    assert rows[1][place] == "84" and rows[-1][place] == "78"


def test_without_a_curve_it_is_not_offered(as_alice, alice):
    taking(alice, "Mirtazapine", drug="mirtazapine")
    assert chips(as_alice.get(URL)) == []
    response = as_alice.get(URL, {"occupancy": "1"})  # kept from another medication
    assert response.status_code == 200 and "Occupied" not in words(response)


def test_of_several_curves_each_is_offered_by_its_region(as_alice, alice):
    taking(alice, "Escitalopram", drug="escitalopram", drug_class="ssri")
    page = as_alice.get(URL)
    regions = ("dorsal raphe", "thalamus", "caudate", "putamen")
    assert chips(page) == [f"Serotonin transporters occupied, about: {region}" for region in regions]
    page = as_alice.get(URL + page.context["occupancy"][2].url)
    assert "Sørensen 2022, caudate" in words(page)


@pytest.mark.parametrize("asked", ["x", "%00", "sorensen-2022", "0", "<script>"])
def test_an_unknown_curve_is_refused_with_a_sentence(as_alice, alice, asked):
    taking(alice)
    for address in (URL, "/trends/overview.svg", "/trends/overview.csv"):
        assert as_alice.get(f"{address}?occupancy={asked}").status_code == 400


def test_an_empty_journal(as_alice):
    assert as_alice.get(URL, {"occupancy": "1"}).status_code == 200
