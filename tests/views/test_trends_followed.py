"""Trends: what followed each dose change, chosen by links, and what is said where nothing can be."""

import datetime as dt
import re

import pytest

from journal.models import DoseTaken
from journal.views.charts import PAGES
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def words(response) -> str:
    text = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


@pytest.fixture
def taper(alice):
    """75 mg, 60 from 40 days ago, 48 from 10 days ago.

    Brain zaps were 1; 4 from day 3 of the first change on, for a week, then 1 again; 2 from the second change on.
    """
    medication = make_medication(alice)
    make_step(medication, day(90), 75, "start")
    make_step(medication, day(40), 60)
    make_step(medication, day(10), 48)
    zaps, nausea = make_symptom(alice), make_symptom(alice, "Nausea", builtin="nausea")
    for ago in range(90):
        severity = 4 if 30 < ago <= 37 else 2 if ago <= 10 else 1
        make_entry(alice, day(ago), {zaps: severity, nausea: 0}, mood=3 if ago <= 8 else 6)
    return medication


def rows(response) -> list:
    return response.context["followed"]["rows"]


def test_the_latest_change_is_first(as_alice, taper):
    found = rows(as_alice.get(URL, {"symptom": "brain-zaps"}))
    assert [(row.day, row.before_mg, row.mg, row.percent) for row in found] == [
        (day(10), "60", "48", "−20.0\u00a0%"),
        (day(40), "75", "60", "−20.0\u00a0%"),
    ]


def test_a_rise_and_its_return(as_alice, taper):
    later, first = rows(as_alice.get(URL, {"symptom": "brain-zaps"}))
    # m3 of day 3 is (1 + 1 + 4) / 3 = 2.0, but only one of its days is itself worse: the rise is on day 4.
    assert (first.week_before, first.n, first.rose) == ("1.0", 7, "day\u00a04")
    assert first.peak == "4.0, day\u00a05"
    # The last 4 is on day 9; m3 is under 1.5 from day 12 on.
    assert first.back == "day\u00a012"
    assert (later.rose, later.back, later.back_words) == (
        "day\u00a01",
        "not yet, day\u00a010",
        "Not back yet, day\u00a010.",
    )


def test_mood_falls(as_alice, taper):
    page = as_alice.get(URL, {"measure": "mood"})
    later, first = rows(page)
    assert first.rose == "no fall" and first.peak == first.back == ""
    assert later.rose == "day\u00a03" and later.peak.startswith("3.0")
    assert "Fell on" in words(page) and "Lowest" in words(page)


def test_the_default_is_the_first_symptom_that_is_drawn_else_mood(as_alice, taper):
    assert as_alice.get(URL, {"symptom": ["nausea", "brain-zaps"]}).context["followed"]["measure"].key == "nausea"
    assert as_alice.get(URL, {"symptom": ""}).context["followed"]["measure"].key == "mood"


def test_links_offer_what_is_drawn_mood_and_all_of_them(as_alice, taper):
    page = as_alice.get(URL, {"symptom": ["nausea"], "days": "180"})
    choices = page.context["followed"]["choices"]
    assert [choice.name for choice in choices] == ["Nausea", "Mood", "Burden (mean of all symptoms)"]
    chosen = as_alice.get(URL + choices[2].url.partition("#")[0])
    assert chosen.context["followed"]["measure"].key == "burden"
    assert [measure.key for measure in chosen.context["view"].chosen] == ["nausea"]
    assert chosen.context["period"].days == 180
    other = as_alice.get(URL, {"symptom": "nausea", "measure": "brain-zaps"}).context["followed"]["choices"]
    assert [(choice.name, choice.current) for choice in other][-1] == ("Brain zaps", True)


@pytest.mark.parametrize("measure", ["grief", "\x00", "9" * 99, "energy"])
def test_an_unknown_measure_is_a_400_with_a_sentence(as_alice, taper, measure):
    page = as_alice.get(URL, {"measure": measure})
    assert page.status_code == 400
    assert "is not among what you keep an eye on" in words(page)


def test_too_few_days_before_are_said_as_such(as_alice, alice, taper):
    alice.entries.filter(date__range=(day(17), day(13))).delete()
    (later, _) = rows(as_alice.get(URL, {"symptom": "brain-zaps"}))
    assert later.unsaid == "too few days rated before it: 2 of 7"
    assert later.rose == later.peak == later.back == ""


def test_missed_doses_are_never_nought_without_a_record(as_alice, taper):
    later, first = rows(as_alice.get(URL))
    assert first.missed == "not recorded"
    for ago in range(11):
        if ago != 4:
            status = "missed" if ago == 3 else "planned"
            DoseTaken.objects.create(medication=taper, date=day(ago), status=status, mg=0 if ago == 3 else 48)
    later, first = rows(as_alice.get(URL))
    assert later.missed == "1 missed, 1 day without a record"
    assert first.missed == "not recorded"


def test_another_medication_in_the_window_is_noted(as_alice, alice, taper):
    other = make_medication(alice, "Mirtazapine")
    make_step(other, day(100), 30, "start")
    make_step(other, day(5), 15)
    page = as_alice.get(URL, {"medication": taper.pk})
    later, first = rows(page)
    assert later.more == ["also: Mirtazapine changed on 17\u00a0Nov"]
    assert first.more == []
    names = [choice.name for choice in page.context["medication_choices"]]
    assert set(names) == {"Venlafaxine", "Mirtazapine"}


def test_rises_stand_beside_how_often_the_rule_fires_without_a_change(as_alice, taper):
    page = as_alice.get(URL, {"symptom": "brain-zaps"})
    text = words(page)
    assert "A rise followed 2 of 2 changes." in text
    # Windows of 28 and of 11 days; before the first change there are 42 days to cut into stretches, after it 2.
    found = [(rate.days, rate.rises, rate.changes, rate.stretches) for rate in page.context["followed"]["rates"]]
    assert found == [(11, 1, 1, 3), (28, 1, 1, 1)]
    assert "Days looked at After a change rises of changes Without a change rises of stretches" in text
    assert "11 1 of 1 0 of 3 28 1 of 1 0 of 1" in text
    assert "Without a change there are only 4 stretches: too few to compare." in text
    assert "3-day mean 1 or more above before the taper on: brain zaps 10 of 10 days, since 12 Nov 2026." in text


def test_every_rule_that_is_linked_exists(as_alice, taper):
    page = as_alice.get(URL, {"symptom": "brain-zaps"}).content.decode()
    rules = as_alice.get("/trends/rules/").content.decode()
    slugs = set(re.findall(r'href="/trends/rules/#([a-z-]+)"', page))
    assert {"rise", "peak", "return", "missed", "new-symptom", "week-before"} <= slugs
    assert all(f'id="{slug}"' in rules for slug in slugs)


def test_without_a_change_it_says_what_is_missing(as_alice, alice):
    make_entry(alice, TODAY, mood=5)
    assert "There is no dose on record up to these days." in words(as_alice.get(URL))
    make_step(make_medication(alice), day(3), 20, "start")
    assert "No dose change of Venlafaxine lies in these days." in words(as_alice.get(URL))


def test_the_boxes_draw_what_is_ticked_and_nothing_when_none_is(as_alice, taper):
    page = as_alice.get(URL, {"days": "180", "measure": "mood"})
    form = re.search(r'<details class="trends-choose".*?</details>', page.content.decode(), re.DOTALL)[0]
    fields = re.findall(r'type="hidden"\s+name="([a-z]+)"\s+value="([^"]*)"', form)
    assert fields == [("measure", "mood"), ("days", "180"), ("symptom", "")]
    assert set(re.findall(r'name="symptom"\s+value="([a-z-]+)"', form)) == {"brain-zaps", "nausea"}
    assert as_alice.get(URL, fields).context["view"].chosen == ()


def test_the_form_of_days_keeps_the_rest(as_alice, taper):
    page = as_alice.get(URL, {"symptom": ["nausea", "brain-zaps"], "measure": "mood", "medication": taper.pk})
    assert page.context["keep"] == [
        ("symptom", "nausea"), ("symptom", "brain-zaps"), ("measure", "mood"), ("medication", str(taper.pk)),
    ]  # fmt: skip


def test_of_many_symptoms_those_that_are_drawn_stand_first_and_no_link_asks_for_nine(as_alice, alice, taper):
    made = [make_symptom(alice, f"Symptom {n}", builtin="") for n in range(30)]
    page = as_alice.get(URL, {"symptom": [symptom.slug for symptom in made[:8]]})
    assert [chip["drawn"] for chip in page.context["near"]] == [True] * 8
    page = as_alice.get(URL, {"symptom": [symptom.slug for symptom in made[20:27]]})
    near = page.context["near"]
    assert len(near) == 12 and sum(chip["drawn"] for chip in near) == 7
    for chip in near:
        assert as_alice.get(URL + chip["url"]).status_code == 200


def test_more_to_see_has_every_chart_at_these_days(as_alice, taper):
    for query, kept in (("days=30", "days=30"), ("from=2026-11-01&to=2026-11-22", "from=2026-11-01&amp;to=2026-11-22")):
        page = as_alice.get(f"{URL}?{query}").content.decode()
        for chart in PAGES.values():
            assert (f'href="/trends/{chart.name}/?{kept}"' in page) == chart.has_page
        assert f'href="/trends/times/?{kept}"' in page
        assert 'href="/trends/rules/"' in page


def test_the_example_of_a_cut_is_one_of_the_table(as_alice, alice, taper):
    assert "not back by day" not in words(as_alice.get(URL, {"symptom": "brain-zaps"}))
    make_step(taper, day(4), 40)
    text = words(as_alice.get(URL, {"symptom": "brain-zaps"}))
    assert "&gt;5: not back by day 5, when the next change came." in text
    assert "&gt;6" not in text


def test_today_is_not_without_a_record_before_it_is_over(as_alice, taper):
    for ago in range(1, 11):
        DoseTaken.objects.create(medication=taper, date=day(ago), status="planned", mg=48)
    later, _ = rows(as_alice.get(URL))
    assert later.missed == "none"
    DoseTaken.objects.create(medication=taper, date=TODAY, status="missed", mg=0)
    later, _ = rows(as_alice.get(URL))
    assert later.missed == "1 missed"


def test_a_change_of_today_has_no_dose_on_record_yet(as_alice, taper):
    make_step(taper, TODAY, 30)
    assert rows(as_alice.get(URL))[0].missed == "not recorded yet"


# -- from page to page ------------------------------------------------------------------------------------------------


def test_more_to_see_and_back_carry_the_measure_and_the_medication(as_alice, taper):
    query = f"days=30&measure=nausea&medication={taper.pk}"
    page = as_alice.get(f"{URL}?{query}").content.decode()
    for name in ("aligned", "symptom", "year", "comparisons", "heatmap"):
        href = f"/trends/{name}/?{query}".replace("&", "&amp;")
        assert f'href="{href}"' in page
        assert (
            f'class="back" href="/trends/?{query}"'.replace("&", "&amp;")
            in as_alice.get(f"/trends/{name}/?{query}").content.decode()
        )
    # Scores are measures of another kind: what is carried there must not be one of theirs.
    assert f"/trends/questionnaires/?days=30&amp;medication={taper.pk}" in page


@pytest.mark.parametrize("name", ["aligned", "symptom", "year", "comparisons"])
@pytest.mark.parametrize("query", ["measure=nausea", "symptom=nausea", "symptom=brain-zaps&measure=nausea"])
def test_pages_of_one_measure_read_it_in_the_same_way(as_alice, taper, name, query):
    choices = as_alice.get(f"/trends/{name}/?{query}").context["asked"].choices
    assert [choice.name for choice in choices if choice.current] == ["Nausea"]
    mood = next(choice for choice in choices if choice.name == "Mood")
    again = as_alice.get(f"/trends/{name}/{mood.url}")
    assert [choice.name for choice in again.context["asked"].choices if choice.current] == ["Mood"]
    assert 'name="measure" value="mood"' in " ".join(again.content.decode().split())


def test_the_mean_of_all_symptoms_is_no_symptom_and_is_not_lost_there(as_alice, taper):
    page = as_alice.get("/trends/symptom/?measure=burden")
    assert [choice.name for choice in page.context["asked"].choices if choice.current] == ["Brain zaps"]
    assert "/trends/?days=90&amp;measure=burden" in page.content.decode()
    assert as_alice.get("/trends/symptom/?symptom=burden").status_code == 400


def test_several_symptoms_come_back_and_too_many_do_not(as_alice, alice, taper):
    for n in range(9):
        make_symptom(alice, f"Symptom {n}", slug=f"s{n}", builtin="")
    back = as_alice.get("/trends/heatmap/?days=30&symptom=nausea&symptom=brain-zaps").context["back_query"]
    assert back == "days=30&symptom=nausea&symptom=brain-zaps"
    many = "&".join(f"symptom=s{n}" for n in range(9))
    assert as_alice.get(f"/trends/heatmap/?days=30&{many}").context["back_query"] == "days=30"


def test_what_is_chosen_in_the_page_leads_back_to_where_it_was_chosen(as_alice, taper):
    page = as_alice.get(URL).content.decode()
    parts = re.findall(r'<section[^>]* id="(drawn|followed)"\s+tabindex="-1"', page)
    assert parts == ["drawn", "followed"]
    chips = re.findall(r'<a class="chip"\s+href="([^"]+)"', page)
    assert chips and all(url.endswith("#drawn") for url in chips)
