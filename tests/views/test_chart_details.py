"""The pages of one symptom, of sleep, of practices and of scores, and their files."""

import csv
import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from journal.models import CheckIn, Measure, Measurement, Practice, Reading, Skill, Symptom
from journal.queries.measures import RESERVED
from journal.queries.tracked import add_measure
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
CHARTS = ("symptom", "sleep", "practice", "questionnaires")


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(ago)


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def record(alice):
    """60 days: 20 mg, 10 mg from 30 days ago; two symptoms, of which zaps rose; sleep, practices, two scores."""
    medication = make_medication(alice)
    make_step(medication, day(90), 20, "start")
    make_step(medication, day(30), 10)
    zaps, jaw = make_symptom(alice), make_symptom(alice, "Her jaw", builtin="")
    score = add_measure(alice, "PHQ", kind="rating", low=0, high=27, better="down")
    weight = add_measure(alice, "Weight", kind="amount", unit="kg", better="")
    for ago in range(60):
        entry = make_entry(
            alice, day(ago), {zaps: 4 if ago < 30 else 1, jaw: 2},
            mood=5 if ago % 3 else 3, sleep_hours=7 if ago % 3 else 5, sleep_quality=6,
        )  # fmt: skip
        if ago % 7 == 0:
            Measurement.objects.create(entry=entry, measure=score, value=Decimal(ago // 7))
    Measurement.objects.create(entry=entry, measure=weight, value=Decimal("70.5"))
    for ago, hour, value in ((3, 8, 2), (3, 20, 5)):
        check_in = CheckIn.objects.create(entry=alice.entries.get(date=day(ago)), time=dt.time(hour), mood=value)
        Reading.objects.create(check_in=check_in, symptom=zaps, severity=value)
    walk = Skill.objects.create(owner=alice, name="Walk", slug="my-walk")
    breath = Skill.objects.create(owner=alice, name="Breathe in five, out five", slug="a", builtin="")
    for ago, before, after in (
        (1, "6.1", "3"), (2, 7, 4), (3, 6, 3), (4, 9, None), (5, 6, 2), (6, 8, 5), (100, 1, 9),
    ):  # fmt: skip
        Practice.objects.create(skill=walk, date=day(ago), before=before, after=after)
    Practice.objects.create(skill=breath, date=day(2), before=6, after=5)
    return alice


@pytest.mark.parametrize("chart", CHARTS)
def test_the_page_and_its_files(as_alice, record, chart):
    page = as_alice.get(f"/trends/{chart}/")
    assert page.status_code == 200
    html = page.content.decode()
    assert html.count("<svg") >= 2 and "style=" not in html
    files = re.findall(rf'href="(/trends/{chart}\.(?:svg|png|csv)[^"]*)"', html)
    assert len(files) == 3
    svg, png, numbers = (as_alice.get(url.replace("&amp;", "&")) for url in files)
    assert ET.fromstring(svg.content).tag.endswith("svg")
    assert png.content.startswith(b"\x89PNG")
    assert len(rows_of(numbers)) > 1


@pytest.mark.parametrize("chart", CHARTS)
def test_an_unchanged_chart_answers_304(as_alice, record, chart):
    first = as_alice.get(f"/trends/{chart}.svg")
    again = as_alice.get(f"/trends/{chart}.svg", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    other = as_alice.get(f"/trends/{chart}.svg?days=30", headers={"if-none-match": first["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("chart", CHARTS)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-02-30", "February 2026 has 28 days."),
        ("from=2026-11-10&to=2026-11-01", "begins on 10 November 2026, after it ends"),
        ("to=2027-01-01", "is still to come"),
        ("from=1890-01-01", "1890 is too long ago"),
        ("days=0", "The number of days can be"),
        ("days=36500", "The number of days can be"),
    ],
)
def test_bad_days(as_alice, record, chart, query, sentence):
    for path in (f"/trends/{chart}/", f"/trends/{chart}.csv"):
        response = as_alice.get(f"{path}?{query}")
        assert response.status_code == 400
        assert sentence in words(response)


@pytest.mark.parametrize("query", ["days=all", "from=1926-11-22", "days=365", "from=2026-11-22", "to=2000-01-01"])
@pytest.mark.parametrize("chart", CHARTS)
def test_any_period(as_alice, record, chart, query):
    assert as_alice.get(f"/trends/{chart}/?{query}").status_code == 200


@pytest.mark.parametrize(
    ("chart", "sentence"),
    [
        ("symptom", "Mood was not rated in this period."),
        ("sleep", "No night is on record in this period."),
        ("practice", "No practice is on record in this period."),
        ("questionnaires", "No questionnaire or other score is on record in this period."),
    ],
)
def test_nothing_to_show(as_bob, chart, sentence):
    page = as_bob.get(f"/trends/{chart}/")
    assert page.status_code == 200
    assert sentence in words(page)
    for kind in ("svg", "png", "csv"):
        assert as_bob.get(f"/trends/{chart}.{kind}").status_code == 404


@pytest.mark.parametrize("chart", CHARTS)
def test_nothing_of_somebody_else(as_bob, record, chart):
    assert "Nothing to show yet." in words(as_bob.get(f"/trends/{chart}/"))


@pytest.mark.parametrize("name", ["brain-zaps", "her-jaw", "nothing-of-the-kind", "x" * 500, "<script>", "\x00"])
def test_a_symptom_of_somebody_else_is_as_unknown_as_any(as_bob, record, name):
    for path in ("/trends/symptom/", "/trends/symptom.svg"):
        response = as_bob.get(path, {"symptom": name})
        assert response.status_code == 400
        assert "is not among what you keep an eye on" in words(response)
        assert b"<script>alert" not in response.content


@pytest.mark.parametrize("name", ["phq", "nothing", "<b>"])
def test_a_measure_of_somebody_else_is_as_unknown_as_any(as_bob, record, name):
    response = as_bob.get("/trends/questionnaires/", {"measure": name})
    assert response.status_code == 400
    assert "is not among your measures" in words(response)


# -- one symptom --------------------------------------------------------------------------------------------------


def test_the_symptom_that_rose_most_is_shown_first(as_alice, record):
    page = words(as_alice.get("/trends/symptom/"))
    assert "Brain zaps are about 3 points higher than before the first reduction" in page
    assert "Shown first: the symptom that rose most, last 28 days" in page
    asked = words(as_alice.get("/trends/symptom/?symptom=her-jaw"))
    assert "Her jaw differs by less than 0.5" in asked and "Shown first" not in asked


def test_the_table_has_the_days_and_the_check_ins(as_alice, record):
    headers, *rows = rows_of(as_alice.get("/trends/symptom.csv?symptom=brain-zaps&days=30"))
    assert headers == ["date", "Venlafaxine, mg a day", "Brain zaps", "Brain zaps, 7-day mean", "check-ins"]
    assert len(rows) == 30
    told = {row[0]: row[-1] for row in rows if row[-1]}
    assert told == {day(3).isoformat(): "08:00 2.0, 20:00 5.0"}
    assert "Rings: 2 check-ins, each at its hour." in words(as_alice.get("/trends/symptom/?days=30"))


def test_the_mood_with_its_check_ins(as_alice, record):
    page = words(as_alice.get("/trends/symptom/?symptom=mood"))
    assert "Rings: 2 check-ins" in page
    assert "on your list" not in page


def test_check_ins_over_400_days_are_left_out(as_alice, record):
    make_entry(record, day(420))
    page = words(as_alice.get("/trends/symptom/?symptom=brain-zaps&days=all"))
    assert "2 check-ins left out: over 400 days only weeks are drawn." in page


def test_the_symptoms_page_leads_there_and_back(as_alice, record):
    zaps = Symptom.objects.of(record).get(slug="brain-zaps")
    assert "/trends/symptom/?symptom=brain-zaps" in as_alice.get(f"/symptoms/{zaps.pk}/").content.decode()
    assert f'href="/symptoms/{zaps.pk}/"' in as_alice.get("/trends/symptom/?symptom=brain-zaps").content.decode()


def test_suicidal_thoughts_have_no_chart_and_no_link(as_alice, record):
    private = make_symptom(record, "Suicidal thoughts", builtin="suicidal-thoughts")
    make_entry(record, day(70), {private: 3})
    assert as_alice.get("/trends/symptom/", {"symptom": private.slug}).status_code == 400
    assert "/trends/symptom/" not in as_alice.get(f"/symptoms/{private.pk}/").content.decode()


def test_a_symptom_that_was_never_rated(as_alice, record):
    make_symptom(record, "Nausea", builtin="")
    page = as_alice.get("/trends/symptom/?symptom=nausea")
    assert page.status_code == 200
    assert "Nausea was not rated in this period." in words(page)
    assert as_alice.get("/trends/symptom.svg?symptom=nausea").status_code == 404


def test_sixty_symptoms(as_alice, record):
    for number in range(60):
        make_symptom(record, f"{'W' * 50} {number}", builtin="")
    assert as_alice.get("/trends/symptom/").status_code == 200


# -- sleep --------------------------------------------------------------------------------------------------------


def test_sleep_and_the_two_means_of_mood(as_alice, record):
    page = words(as_alice.get("/trends/sleep/"))
    assert "On record: Hours slept on 60, Sleep quality on 60 of 90 nights." in page
    assert (
        "Mean mood was 3.0 on the 20 days after a night of under 6 hours, and 5.0 on the 40 days after one of 6 hours "
        "or more. This does not show what causes what." in page
    )
    assert "Mean mood" not in words(as_alice.get("/trends/sleep/?from=2026-11-01")), "8 short nights"
    headers, *rows = rows_of(as_alice.get("/trends/sleep.csv?days=30"))
    assert [h for h in headers if "mean" not in h][2:] == ["Hours slept", "Sleep quality", "Mood"]
    assert rows[-1][0] == TODAY.isoformat() and Decimal(rows[-1][2]) == 5


def test_only_what_was_rated_has_a_strip(as_bob, bob):
    make_entry(bob, day(1), sleep_quality=4)
    headers = rows_of(as_bob.get("/trends/sleep.csv?days=30"))[0]
    assert "Sleep quality" in headers and "Hours slept" not in headers and "Mood" not in headers
    assert "Sleep quality 4.0, one night" in words(as_bob.get("/trends/sleep/"))


# -- practices ----------------------------------------------------------------------------------------------------


def test_practices_are_exact_medians_of_those_with_both(as_alice, record):
    """Walk: before 6, 6, 6.1, 7, 8; after 2, 3, 3, 4, 5; changes -4, -3.1, -3, -3, -3 and one without."""
    _, *rows = rows_of(as_alice.get("/trends/practice.csv"))
    assert rows == [
        ["Walk", "6.1", "3.0", "-3.0", "-4.0", "-3.0", "5", "6"],
        ["Breathe in five, out five", "", "", "", "", "", "1", "1"],
    ]
    page = words(as_alice.get("/trends/practice/"))
    assert "Distress before and after 1 skill, 5 practices" in page
    assert "Too few practices with both ratings to draw: Breathe in five, out five (once)." in page
    assert "This does not show what causes what." in page


def test_practices_of_the_period_only_and_sorted(as_alice, record):
    walk = Skill.objects.get(slug="my-walk")
    other = Skill.objects.create(owner=record, name="Anew", slug="my-anew")
    for _ in range(5):
        Practice.objects.create(skill=other, date=day(1), before=9, after=1)
    rows = rows_of(as_alice.get("/trends/practice.csv?days=180"))[1:]
    assert [row[0] for row in rows] == ["Anew", "Walk", "Breathe in five, out five"]
    assert rows[1][-2:] == ["6", "7"]
    assert walk.practices.count() == 7


def test_all_of_practices_begins_with_the_first_of_them(as_bob, bob):
    """Before any entry or dose; the days that a file is asked for are the page's own."""
    walk = Skill.objects.create(owner=bob, name="Walk", slug="my-walk")
    for _ in range(5):
        Practice.objects.create(skill=walk, date=day(400), before=9, after=1)
    assert rows_of(as_bob.get("/trends/practice.csv?days=all"))[1][-1] == "5"
    assert f"from={day(400)}" in as_bob.get("/trends/practice/?days=all").content.decode()


def test_the_chart_of_practices_links_its_rule(as_alice, record):
    assert 'href="/trends/rules/#what-helps"' in as_alice.get("/trends/practice/").content.decode()


def test_too_few_practices_are_listed_and_nothing_is_drawn(as_bob, bob):
    skill = Skill.objects.create(owner=bob, name="Walk <b>", slug="my-walk")
    for ago in (1, 2):
        Practice.objects.create(skill=skill, date=day(ago), before=5)
    page = as_bob.get("/trends/practice/")
    assert page.status_code == 200
    assert "Walk &lt;b&gt; (2 times, none with both)" in page.content.decode()
    assert as_bob.get("/trends/practice.svg").status_code == 404


# -- scores -------------------------------------------------------------------------------------------------------


def test_scores_are_the_persons_own_numbers(as_alice, record):
    headers, *rows = rows_of(as_alice.get("/trends/questionnaires.csv"))
    assert headers == ["date", "Venlafaxine, mg a day", "PHQ", "Weight, kg"]
    assert [row[2] for row in rows if row[2]] == [str(n) for n in range(8, -1, -1)]
    assert [row[3] for row in rows if row[3]] == ["70.5"]


def test_scores_are_chosen_by_chips(as_alice, record):
    html = as_alice.get("/trends/questionnaires/").content.decode()
    assert '?measure=weight"' in html and '?measure=phq"' in html
    one = as_alice.get("/trends/questionnaires/?measure=weight")
    assert "Weight, kg: 70.5 on 24 Sep 2026" in words(one)
    assert "?measure=weight&amp;measure=phq" in one.content.decode()
    assert rows_of(as_alice.get("/trends/questionnaires.csv?measure=phq"))[0][2:] == ["PHQ"]


def test_six_at_most(as_alice, record):
    entry = record.entries.get(date=TODAY)
    for number in range(8):
        measure = add_measure(record, f"Score {number}", kind="amount")
        Measurement.objects.create(entry=entry, measure=measure, value=number)
    assert len(rows_of(as_alice.get("/trends/questionnaires.csv"))[0]) == 2 + 6
    many = "&".join(f"measure=score-{n}" for n in range(7))
    response = as_alice.get(f"/trends/questionnaires/?{many}")
    assert response.status_code == 400
    assert "At most 6 scores fit under one dose line. You asked for 7." in words(response)


def test_what_is_no_number_of_their_own_is_no_score(as_alice, record):
    assert as_alice.get("/trends/questionnaires/?measure=mood").status_code == 400
    assert "is not among your measures" in words(as_alice.get("/trends/questionnaires/?measure=alcohol"))


def test_the_bounds_of_an_amount_are_no_scale(as_alice, record):
    """A PHQ is drawn on 0 to 27; a weight between 30 and 230 kg round its values."""
    record.measures.filter(slug="weight").update(low=30, high=230)
    svg = words(as_alice.get("/trends/questionnaires.svg"))
    assert " 0 10 20 " in svg and "130" not in svg


@pytest.mark.parametrize("key", sorted(RESERVED))
def test_a_score_may_be_called_as_what_a_day_has(as_alice, record, key):
    """Beside symptoms, moods and nights its values are its own, and its address is its plain slug."""
    mine = Measure.objects.create(owner=record, name="Mine", slug=key, kind="amount", unit="kg", position=9)
    for ago, value in ((40, 71), (20, 74), (2, 77)):
        Measurement.objects.create(entry=record.entries.get(date=day(ago)), measure=mine, value=value)
    for query in ("", f"?measure={key}"):
        headers, *rows = rows_of(as_alice.get(f"/trends/questionnaires.csv{query}"))
        column = headers.index("Mine, kg")
        assert {row[0]: row[column] for row in rows if row[column]} == {
            day(40).isoformat(): "71", day(20).isoformat(): "74", day(2).isoformat(): "77",
        }  # fmt: skip
    drawn = as_alice.get(f"/trends/questionnaires.svg?measure={key}")
    assert drawn.status_code == 200
    marks = [float(text) for text in re.findall(r">(\d+)</text>", drawn.content.decode()) if 70 <= int(text) <= 80]
    assert marks and "Mine, kg: 77 on" not in words(drawn)
    page = as_alice.get(f"/trends/questionnaires/?measure={key}")
    assert "Mine, kg: 75.5 in the last 28 days" in words(page)  # (74 + 77) / 2
    assert f"?measure={key}&amp;measure=phq" in page.content.decode() and "~" not in page.content.decode()
    assert f"measure={key}&amp;" in as_alice.get("/trends/questionnaires/").content.decode()
