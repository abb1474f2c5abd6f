"""Days with and without a factor: what counts as which, the page, its files, and what is said of too little."""

import csv
import datetime as dt
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import DoseTaken, Measure, Measurement, Practice, Rating, Skill
from journal.queries.comparisons import factor_sides
from journal.queries.tracked import add_measure, measure_of, rows_for
from tests.conftest import TODAY, make_entry, make_medication, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
URL = "/trends/comparisons/"


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def built_in(owner, slug: str) -> Measure:
    """The person's row of a built-in measure."""
    return rows_for(owner, [measure_of(owner, slug)])[slug]


def words(response) -> str:
    text = unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def rows_of(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def alcohol(alice):
    return built_in(alice, "alcohol")


@pytest.fixture
def record(alice, alcohol):
    """40 days: irritability 4 on the day after a drink, else 1; a drink every fourth day."""
    irritability = make_symptom(alice, "Irritability", builtin="irritability")
    for number in range(40, 0, -1):
        after = (number + 1) % 4 == 0
        entry = make_entry(alice, ago(number), {irritability: 4 if after else 1}, mood=5, sleep_hours=7)
        Measurement.objects.create(entry=entry, measure=alcohol, value=2 if number % 4 == 0 else 0)
    return irritability


# -- which day is on which side ---------------------------------------------------------------------------------------


def test_what_is_not_recorded_is_on_neither_side(alice, alcohol):
    for number in range(5, 0, -1):
        make_entry(alice, ago(number))
    sides = factor_sides(alice, ago(5), TODAY)
    assert sides["alcohol"] == sides["exercise"] == sides["sleep"] == sides["missed"] == {}
    assert sides["practice"] == {ago(number): False for number in range(5, 0, -1)}


def test_alcohol_and_a_missed_dose_count_for_the_day_after(alice, alcohol):
    for number, value in ((6, 2), (3, 0)):  # the first lies before the period, and the day after it inside
        Measurement.objects.create(entry=make_entry(alice, ago(number)), measure=alcohol, value=value)
    one, other = make_medication(alice), make_medication(alice, "Diazepam")
    taken = ((6, one, "missed"), (4, one, "planned"), (4, other, "missed"), (3, one, "late"), (2, one, "other"))
    for number, medication, status in taken:
        DoseTaken.objects.create(medication=medication, date=ago(number), status=status, mg=10)
    sides = factor_sides(alice, ago(5), ago(1))
    assert sides["alcohol"] == {ago(5): True, ago(2): False}
    assert sides["missed"] == {ago(5): True, ago(3): True, ago(2): False, ago(1): False}


def test_the_day_after_the_last_is_not_in_the_period(alice, alcohol):
    Measurement.objects.create(entry=make_entry(alice, TODAY), measure=alcohol, value=1)
    DoseTaken.objects.create(medication=make_medication(alice), date=TODAY, status="missed", mg=0)
    sides = factor_sides(alice, ago(5), TODAY)
    assert sides["alcohol"] == sides["missed"] == {}


def test_a_short_night_is_under_six_hours_and_exercise_more_than_none(alice):
    exercise = built_in(alice, "exercise")
    for number, hours, minutes in ((3, "5.99", 0), (2, "6", 30), (1, None, None)):
        entry = make_entry(alice, ago(number), sleep_hours=hours)
        if minutes is not None:
            Measurement.objects.create(entry=entry, measure=exercise, value=minutes)
    sides = factor_sides(alice, ago(5), TODAY)
    assert sides["sleep"] == {ago(3): True, ago(2): False}
    assert sides["exercise"] == {ago(3): False, ago(2): True}


def test_a_day_without_a_practice_has_an_entry(alice):
    skill = Skill.objects.create(owner=alice, name="Breathing", slug="breathing")
    for number in (3, 3, 1):
        Practice.objects.create(skill=skill, date=ago(number))
    make_entry(alice, ago(3))
    make_entry(alice, ago(2))
    assert factor_sides(alice, ago(5), TODAY)["practice"] == {ago(3): True, ago(2): False, ago(1): True}


def test_somebody_elses_days_are_not_looked_at(alice, bob, record):
    assert not any(factor_sides(bob, ago(60), TODAY).values())


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_says_it_in_words(as_alice, record):
    said = words(as_alice.get(URL, {"measure": "irritability"}))
    assert "Irritability was 3.0 higher on days after alcohol (n = 10) than on days after none (n = 29)" in said
    assert "95 % interval 3.0 to 3.0." in said
    assert "This does not show what causes what." in said
    assert "Missed dose the day before: 0 of 10 days with, 0 of 10 days without" in said
    assert "Under 6 hours of sleep: 0 of 10 days with" in said
    assert "significant" not in said


def test_everything_on_record_is_compared_unless_days_are_named(as_alice, record):
    page = as_alice.get(URL, {"measure": "irritability"})
    assert page.context["period"].first == ago(40) and page.context["period"].length == "all"
    assert as_alice.get(URL, {"days": "30"}).context["period"].length == "30"
    assert b'name="measure" value="irritability"' in page.content


def test_mood_is_compared_first_and_burden_can_be(as_alice, record):
    assert as_alice.get(URL).context["asked"].below.measure == "Mood"
    said = words(as_alice.get(URL, {"measure": "burden"}))
    assert "Burden was 3.0 higher on days after alcohol" in said


def test_the_files_hold_what_is_drawn(as_alice, record):
    page = as_alice.get(URL, {"measure": "irritability"})
    query = page.context["asked"].query
    headers, *rows = rows_of(as_alice.get(f"/trends/comparisons.csv?{query}"))
    assert headers[0] == "days with and without"
    assert [row[0] for row in rows] == ["Alcohol the day before"]
    assert [float(cell) for cell in rows[0][1:]] == [10, 4, 29, 1, 3, 3, 3]
    assert page.context["rows"] == [["Alcohol the day before", "10", "4.0", "29", "1.0", "3.0", "3.0", "3.0"]]
    svg = as_alice.get(f"/trends/comparisons.svg?{query}&size=compact")
    assert svg["Content-Type"] == "image/svg+xml" and "This does not show what" in words(svg)
    assert as_alice.get(f"/trends/comparisons.png?{query}").content.startswith(b"\x89PNG")
    again = as_alice.get(f"/trends/comparisons.svg?{query}&size=compact", headers={"If-None-Match": svg["ETag"]})
    assert again.status_code == 304


def test_an_empty_journal_says_what_it_takes(as_alice):
    response = as_alice.get(URL)
    assert response.status_code == 200
    assert "Nothing to show yet" in words(response)
    assert "Exercise that day: 0 of 10 days with, 0 of 10 days without" in words(response)
    assert as_alice.get("/trends/comparisons.svg").status_code == 404


def test_too_few_days_are_not_shown(as_alice, alice, record):
    for entry in record.ratings.order_by("entry__date")[:1]:
        Rating.objects.filter(pk=entry.pk).delete()  # 40 days ago: not a day after a drink
    Rating.objects.filter(severity=4).first().delete()
    response = as_alice.get(URL, {"measure": "irritability"})
    assert response.context["asked"].data is None
    assert "Alcohol the day before: 9 of 10 days with" in words(response)
    assert "Irritability was" not in words(response)


@pytest.mark.parametrize(
    "query",
    [
        {"measure": "no-such"},
        {"measure": "sleep_hours"},
        {"measure": "x" * 5000},
        {"measure": "$\\foo$ <script>"},
        {"days": "0"},
        {"days": "36500"},
        {"from": "2026-11-02", "to": "2026-11-01"},
        {"from": "1026-01-01"},
        {"to": "2999-01-01"},
        {"from": "nonsense"},
    ],
)
def test_bad_addresses_get_a_sentence(as_alice, record, query):
    for url in (URL, "/trends/comparisons.svg"):
        response = as_alice.get(url, query)
        assert response.status_code == 400
        assert b"<script>" not in response.content.replace(b"<script src", b"").replace(b"<script nonce", b"")


def test_somebody_elses_symptom_is_refused(as_bob, record):
    assert as_bob.get(URL, {"measure": "irritability"}).status_code == 400


def test_thoughts_of_suicide_are_not_offered(as_alice, alice, record):
    from journal.catalogue.symptoms import PRIVATE

    make_symptom(alice, "Thoughts", slug="thoughts", builtin=PRIVATE)
    assert as_alice.get(URL, {"measure": "thoughts"}).status_code == 400
    assert "Thoughts" not in words(as_alice.get(URL))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "W" * 60, "دواء", "a\u202eb", " "])
def test_a_symptom_of_any_name(as_alice, alice, alcohol, name):
    symptom = make_symptom(alice, name, slug="odd", builtin="")
    for number in range(40, 0, -1):
        entry = make_entry(alice, ago(number), {symptom: number % 5})
        Measurement.objects.create(entry=entry, measure=alcohol, value=number % 2)
    response = as_alice.get(URL, {"measure": "odd"})
    assert response.status_code == 200 and b"<script>alert" not in response.content
    assert as_alice.get("/trends/comparisons.svg", {"measure": "odd"}).status_code == 200


def test_as_many_queries_for_many_days_as_for_few(as_alice, alice, record):
    counts = []
    for more in (0, 300):
        for number in range(more):
            make_entry(alice, ago(100 + number), {record: 3}, sleep_hours=5)
        with CaptureQueriesContext(connection) as queries:
            as_alice.get(URL, {"measure": "irritability"})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_your_own_measure_called_alcohol_is_not_the_built_in_one(alice):
    own = add_measure(alice, "Alcohol units", kind="amount", unit="units")
    Measurement.objects.create(entry=make_entry(alice, ago(2)), measure=own, value=3)
    assert factor_sides(alice, ago(5), TODAY)["alcohol"] == {}
