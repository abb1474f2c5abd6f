"""Every chart with a page: what an address may ask for, in good faith and in bad. Charts join by being in PAGES."""

import datetime as dt
import json
import re
from itertools import pairwise
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.models import CheckIn, LifeEvent, Practice, Reading, Skill
from journal.views.charts import PAGES
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom, person

pytestmark = pytest.mark.usefixtures("clock")

NAMES = ["overview", *(name for name, page in PAGES.items() if page.has_page)]


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


def address(name: str) -> str:
    return "/trends/" if name == "overview" else f"/trends/{name}/"


def words(response) -> str:
    text = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", text)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def fill(owner, days: int = 120) -> None:
    """A taper of two steps as planned, with mood, two symptoms, a gap of a month, check-ins, practices and events."""
    medication = make_medication(owner)
    make_step(medication, day(days), 75, "start")
    make_step(medication, day(40), 60)
    make_step(medication, day(39), "0.037")
    make_plan(medication, [(day(40), 60), (day(39), "0.037"), (day(-20), 0)], from_mg=75)
    make_step(make_medication(owner, "Mirtazapine"), day(30), 15, "start")
    zaps, low = make_symptom(owner), make_symptom(owner, "Low mood", builtin="low-mood")
    skill = Skill.objects.create(owner=owner, name="Breathing", slug="my-breathing")
    for ago in range(days):
        if 60 < ago < 90:
            continue
        entry = make_entry(owner, day(ago), {zaps: 4 if ago < 36 else 1, low: ago % 3}, mood=5, sleep_hours=7)
        if ago % 5 == 0:
            check_in = CheckIn.objects.create(entry=entry, time=dt.time(8), mood=4)
            Reading.objects.create(check_in=check_in, symptom=zaps, severity=3)
            Practice.objects.create(skill=skill, date=day(ago), before=6, after=4)
    LifeEvent.objects.create(entry=owner.entries.last(), kind="travel")


@pytest.fixture
def record(alice):
    fill(alice)
    return alice


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_one_first_heading_and_its_chart_under_the_second(as_alice, record, name):
    page = as_alice.get(address(name))
    assert page.status_code == 200
    headings = re.findall(r"<h([1-6])", page.content.decode())
    assert headings[0] == "1" and headings.count("1") == 1
    assert all(int(after) <= int(before) + 1 for before, after in pairwise(headings))
    if name != "overview":
        assert f"<title>{PAGES[name].title}</title>" in page.content.decode()
        assert 'class="back"' in page.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_journal_is_a_page_that_says_what_is_missing(as_bob, name):
    page = as_bob.get(address(name))
    assert page.status_code == 200
    assert "Nothing to show yet" in words(page) or "will be drawn here" in words(page)
    assert 'role="img"' not in page.content.decode()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("from=2026-02-30", "February 2026 has 28 days."),
        ("from=2026-11-10&to=2026-11-01", "after it ends"),
        ("to=2126-01-01", "2126"),
        ("from=1890-01-01", "1890 is too long ago"),
        ("to=%00", "is not a date"),
    ],
)
def test_days_that_make_no_sense_are_a_400_with_a_sentence(as_alice, record, name, query, sentence):
    page = as_alice.get(f"{address(name)}?{query}")
    assert page.status_code == 400
    assert sentence in words(page)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "query",
    [
        "from=1930-01-01", "from=1930-01-01&to=1930-01-01", f"from={TODAY}&to={TODAY}", "days=all", "days=365",
        f"from={day(75)}&to={day(70)}", f"to={day(100)}",
    ],
)  # fmt: skip
def test_any_days_are_a_page(as_alice, record, name, query):
    assert as_alice.get(f"{address(name)}?{query}").status_code in ({200, 400} if name == "planned" else {200})


@pytest.mark.parametrize("name", [name for name in NAMES if name != "planned"])
def test_days_before_the_record_say_where_it_runs(as_alice, record, name):
    page = as_alice.get(f"{address(name)}?from=1930-01-01&to=1930-02-01")
    said = words(page)
    assert "Nothing is on record from 1 January 1930 to 1 February 1930." in said
    assert "Your record runs from" in said and "Show that time" in said


GARBAGE = ["", "x", "-1", "0", "9" * 40, "\x00", "'; drop table", "<script>alert(1)</script>", "اختبار", "💊" * 30]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("parameter", ["days", "symptom", "measure", "medication", "size", "skill", "page", "curve"])
def test_garbage_is_never_a_500(as_alice, record, name, parameter):
    for value in GARBAGE:
        page = as_alice.get(address(name), {parameter: value})
        assert page.status_code in {200, 400, 404}, value
        assert "<script>alert" not in page.content.decode()
        if page.status_code == 400:
            assert len(words(page)) > 100


@pytest.mark.parametrize("name", NAMES)
def test_sixty_symptoms_at_once(as_alice, record, name):
    made = [make_symptom(record, f"Symptom {n}", builtin="") for n in range(60)]
    make_entry(record, day(75), dict.fromkeys(made, 5))
    assert as_alice.get(address(name)).status_code in {200, 404}
    page = as_alice.get(address(name), {"symptom": [symptom.slug for symptom in made]})
    assert page.status_code in {200, 400, 404}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("parameter", ["symptom", "measure", "medication"])
def test_what_is_somebody_elses_is_as_unknown_as_what_is_not(as_bob, bob, record, name, parameter):
    fill(bob, 20)
    hers = make_symptom(record, "Only hers", builtin="")
    asked = {"medication": record.medications.first().pk}.get(parameter, hers.slug)
    nobodys = {"medication": 999_999}.get(parameter, "nobodys")
    theirs, unknown = (as_bob.get(address(name), {parameter: value}) for value in (asked, nobodys))
    assert theirs.status_code == unknown.status_code
    assert "Only hers" not in theirs.content.decode()


@pytest.mark.parametrize("name", NAMES)
def test_the_read_out_says_what_the_table_shows(as_alice, record, name):
    page = as_alice.get(address(name))
    block = re.search(r'<script id="readout-[a-z]+" type="application/json">(.*?)</script>', page.content.decode())
    if not block:
        return  # no time axis across
    rows = json.loads(block[1])
    days = {int(number) for number in re.findall(r'data-days="(\d+)"', page.content.decode())}
    starts = [row[0] for row in rows]
    assert rows and starts == sorted(starts)
    assert len(days) == 1 and all(start + length <= max(days) for start, length, *_ in rows)
    table = {row[0]: row for row in page.context["rows"]}
    for _, _, label, text, opens in rows:
        cells = table[re.sub(r"^(Week from )?[A-Z][a-z]{2} ", "", label)]
        values = re.findall(r"(?<= )\d+\.\d(?= ·|$)", text)
        assert set(values) <= set(re.findall(r"\d+\.\d", " ".join(cells))), label
        assert not opens or dt.date.fromisoformat(opens) <= TODAY


QUERIES = st.lists(
    st.tuples(
        st.sampled_from(["from", "to", "days", "symptom", "measure", "medication", "page", "x"]),
        st.one_of(
            st.text(max_size=12),
            st.dates(dt.date(1800, 1, 1), dt.date(2200, 1, 1)).map(str),
            st.sampled_from(["all", "30", "mood", "burden", "brain-zaps", "low-mood", "1", ""]),
        ),
    ),
    max_size=5,
)


@pytest.mark.parametrize("name", NAMES)
@settings(
    max_examples=12, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(query=QUERIES)
def test_no_query_is_a_500(client, db, name, query):
    from django.contrib.auth.models import User

    owner = User.objects.filter(username="hostile").first()
    if owner is None:
        owner = person("hostile")
        fill(owner, 50)
    client.force_login(owner)
    path = f"{address(name)}?{urlencode(query, errors='surrogatepass')}"
    assert client.get(path).status_code in {200, 400, 404}
