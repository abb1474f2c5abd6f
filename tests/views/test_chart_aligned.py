"""Dose changes side by side: the page, its files, what an address may ask for, and what is said of nothing."""

import csv
import datetime as dt
import io

import pytest

from journal.queries.aligned import aligned_changes
from journal.queries.period import Period
from journal.queries.responses import response_measures, what_followed
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

from .test_trends import words

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/aligned/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


@pytest.fixture
def taper(alice):
    """75 mg, then 60 from 60 days ago and 50 from 30 days ago; brain zaps rose after both, nausea fell."""
    medication = make_medication(alice)
    for ago, mg, kind in ((120, 75, "start"), (60, 60, "reduction"), (30, 50, "reduction")):
        make_step(medication, day(ago), mg, kind)
    zaps, nausea = make_symptom(alice), make_symptom(alice, "Nausea", builtin="nausea")
    for ago in range(90):
        worse = ago in range(50, 58) or ago < 28
        make_entry(alice, day(ago), {zaps: 4 if worse else 1, nausea: 2 if ago < 60 else 3}, mood=4 if worse else 6)
    return medication


def test_it_works(as_alice, taper):
    response = as_alice.get(URL)
    text = words(response)
    assert "Brain zaps rose after 2 of 2 dose changes" in text  # the symptom that rose most
    assert "What is drawn" in response.content.decode()
    assert response.content.count(b'role="img"') == 2
    assert response.context["period"].length == "all"
    assert "75 → 60 mg, 23 Sep 2026" in text and "Change by change" in text


def test_the_measure_is_chosen_by_the_address(as_alice, taper):
    for key, title in (
        ("mood", "Mood fell after 2"),
        ("burden", "Burden rose after 2"),
        ("nausea", "No rise in nausea"),
    ):
        response = as_alice.get(URL, {"measure": key})
        assert title in words(response)
        assert f'name="measure" value="{key}"' in response.content.decode()  # the form of days carries it on


def test_without_a_rise_it_is_mood(as_alice, alice):
    make_step(make_medication(alice), day(60), 75, "start")
    make_step(alice.medications.get(), day(30), 60)
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    for ago in range(50):
        make_entry(alice, day(ago), {nausea: 2}, mood=5)
    assert "Mood did not fall after the one dose change" in words(as_alice.get(URL))


@pytest.mark.parametrize("kind", ["svg", "png", "csv"])
def test_the_files(as_alice, taper, kind):
    page = as_alice.get(URL)
    response = as_alice.get(f"/trends/aligned.{kind}?{page.context['asked'].query}")
    assert response.status_code == 200
    assert f"tapertrack-aligned-{day(120)}-{TODAY}.{kind}" in response["Content-Disposition"]
    again = as_alice.get(
        f"/trends/aligned.{kind}?{page.context['asked'].query}", headers={"If-None-Match": response["ETag"]}
    )
    assert again.status_code == 304


def test_the_csv_has_what_the_page_s_table_has(as_alice, taper):
    page = as_alice.get(URL)
    body = as_alice.get(f"/trends/aligned.csv?{page.context['asked'].query}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(body)))
    assert [head.lower() for head in rows[0]] == [head.lower() for head in page.context["headers"]]
    shown = [[cell.replace("−", "-").replace("–", "") for cell in row] for row in page.context["rows"]]
    assert rows[1:] == shown


@pytest.mark.parametrize("measure", ["mood", "brain-zaps", "burden"])
def test_it_goes_by_the_same_rules_as_what_followed(alice, taper, measure):
    period = Period(day(120), TODAY)
    found = {one.key: one for one in response_measures(alice)}
    measure = found.get(measure) or next(iter(m for m in found.values() if m.symptom))
    drawn = aligned_changes(alice, period, [], measure, None).data.responses
    told = [one.response for one in what_followed(alice, period, measure).changes]
    assert len(drawn) == len(told) == 2
    for name in ("change", "window", "baseline", "m3", "onset", "peak_day", "peak", "return_day", "state"):
        assert [getattr(one, name) for one in drawn] == [getattr(one, name) for one in told]


def test_a_period_takes_the_changes_that_lie_in_it(as_alice, taper):
    assert "after the one dose change" in words(as_alice.get(URL, {"from": day(40)}))


# -- nothing to show --------------------------------------------------------------------------
def test_an_empty_journal_says_what_is_missing(as_alice):
    response = as_alice.get(URL)
    assert response.status_code == 200
    assert "There is no dose on record up to these days." in words(response)
    assert as_alice.get("/trends/aligned.svg").status_code == 404


def test_changes_without_a_single_value(as_alice, alice):
    medication = make_medication(alice)
    make_step(medication, day(60), 75, "start")
    make_step(medication, day(30), 60)
    assert "no value of mood" in words(as_alice.get(URL))


def test_a_change_before_the_first_entry_is_listed_and_not_drawn(as_alice, alice):
    medication = make_medication(alice)
    for ago, mg in ((90, 75), (60, 60), (20, 50)):
        make_step(medication, day(ago), mg)
    for ago in range(40):
        make_entry(alice, day(ago), mood=5)
    text = words(as_alice.get(URL, {"measure": "mood"}))
    assert "Mood did not fall after the one dose change that can be compared" in text
    assert "not compared" in text


# -- bad input --------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    ["measure=nothing", "measure=%00", "measure=sleep_hours", "measure=" + "x" * 5000, "medication=x", "medication=99"],
)
def test_what_is_unknown_is_refused_with_a_sentence(as_alice, taper, query):
    for address in (URL, "/trends/aligned.svg", "/trends/aligned.csv"):
        assert as_alice.get(f"{address}?{query}").status_code == 400


def test_somebody_else_s_symptom_and_medication_are_unknown(as_alice, bob, taper):
    make_symptom(bob, "Bob’s own", slug="bobs-own", builtin="")
    assert as_alice.get(URL, {"measure": "bobs-own"}).status_code == 400
    assert as_alice.get(URL, {"medication": make_medication(bob).pk}).status_code == 400


@pytest.mark.parametrize("query", ["from=2026-13-01", "from=2026-11-01&to=2026-10-01", "days=7", "to=2099-01-01"])
def test_a_period_that_makes_no_sense(as_alice, taper, query):
    response = as_alice.get(f"{URL}?{query}")
    assert response.status_code in (400, 422) and response.content


def test_a_hundred_years(as_alice, taper):
    assert as_alice.get(URL, {"from": "1930-01-01"}).status_code == 200


def test_several_medications_are_offered(as_alice, alice, taper):
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, day(100), 30, "start")
    make_step(other, day(45), 15)
    page = as_alice.get(URL, {"medication": other.pk, "measure": "mood"})
    assert "after the one dose change of Mirtazapine" in words(page)
    assert 'aria-label="Whose dose changes"' in page.content.decode()


def test_beside_the_count_of_rises_stands_what_the_rule_finds_without_a_change(as_alice, alice):
    """The same counts as on the page of trends: they are of the whole record, of the measure that is drawn."""
    medication, zaps = make_medication(alice), make_symptom(alice)
    make_step(medication, day(100), 20, "start")
    make_step(medication, day(20), 10)
    for ago in range(100):
        make_entry(alice, day(ago), {zaps: 6 if ago < 18 or 60 <= ago < 64 else 1})
    note = as_alice.get("/trends/aligned/?measure=brain-zaps").context["wide"].note
    [quiet] = as_alice.get("/trends/?days=all&measure=brain-zaps").context["followed"]["found"].quiet
    assert (quiet.days, quiet.rises, quiet.stretches) == (21, 1, 3)
    assert note.endswith("Without a change, the same rule finds a rise in 1 of 3 stretches of 21 days.")
    # In the download words are cut into lines.
    assert "rule finds" in words(as_alice.get("/trends/aligned.svg?measure=brain-zaps"))
