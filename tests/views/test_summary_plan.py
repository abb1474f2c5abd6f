"""What the summary says of a plan: when it was agreed, what was changed in it, what comes next."""

import datetime as dt
import io
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from journal.queries.plan_changes import discuss
from tests.conftest import TODAY, make_medication, make_step
from tests.plans import Life, on

pytestmark = pytest.mark.usefixtures("clock")


def words(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text).replace("\u00a0", " ").replace("&nbsp;", " "))


def said(client, **query) -> str | None:
    """The row "Plan" of the facts; None without one."""
    facts = dict(client.get("/summary/", query).context["page"]["facts"])
    return words(facts["Plan"]) if "Plan" in facts else None


def paper(client, query="") -> str:
    reader = PdfReader(io.BytesIO(client.get("/summary.pdf" + query).content))
    return words(" ".join(page.extract_text() for page in reader.pages))


@pytest.fixture
def life(alice):
    """15, 10, 5 and 0 mg every 14 days from 1 October; 15 mg is taken."""
    return Life(alice).agreed().confirmed(15, on(10, 1))


def test_it_works(as_alice, life):
    life.held(60, on(10, 6))
    sentence = (
        "Agreed with Dr Okafor on 20 Sep 2026, held on 6 Oct; "
        "next step 10 mg on 14 Dec 2026; planned to 0 mg on 11 Jan 2027."
    )
    assert said(as_alice) == sentence
    assert sentence in words(as_alice.get("/summary/").content.decode())
    assert sentence in paper(as_alice)
    assert said(as_alice, reader="therapist") == sentence


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        # what was to come has not been taken yet: its day has gone by
        (
            lambda life: life,
            "Agreed with Dr Okafor on 20 Sep 2026; next step 10 mg, planned for 15 Oct 2026; "
            "planned to 0 mg on 12 Nov 2026.",
        ),
        (
            lambda life: life.back_up(20, on(11, 20)),
            "Agreed with Dr Okafor on 20 Sep 2026, back up on 20 Nov; next step 15 mg on 4 Dec 2026; "
            "planned to 0 mg on 15 Jan 2027.",
        ),
        (
            lambda life: life.moved(38, on(10, 10)),
            "Agreed with Dr Okafor on 20 Sep 2026, moved on 10 Oct; next step 10 mg on 22 Nov 2026; "
            "planned to 0 mg on 20 Dec 2026.",
        ),
        (
            lambda life: life.replanned(on(11, 1), start=on(12, 1), from_mg=15, doses=(0,)),
            "Agreed with Dr Okafor on 20 Sep 2026, planned again on 1 Nov; next and last step 0 mg on 1 Dec 2026.",
        ),
        (
            lambda life: life.confirmed(0, on(11, 12)),
            "Agreed with Dr Okafor on 20 Sep 2026; planned to 0 mg on 12 Nov 2026, no step to come.",
        ),
        (lambda life: life.set_aside(on(11, 1)), None),
        (lambda life: (life.set_aside(on(11, 1)), life.proposed(on(12, 1), on(11, 2), "Slower")), None),
    ],
)
def test_the_row(as_alice, life, happened, expected):
    happened(life)
    assert said(as_alice) == expected


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        ("2026-09-19", None),
        (
            "2026-10-05",
            "Agreed with Dr Okafor on 20 Sep 2026; next step 10 mg on 15 Oct 2026; planned to 0 mg on 12 Nov",
        ),
        (
            "2026-10-06",
            "Agreed with Dr Okafor on 20 Sep 2026, held on 6 Oct; next step 10 mg on 25 Oct 2026; planned to",
        ),
        ("2026-11-22", None),
    ],
)
def test_it_is_the_plan_of_the_last_day(as_alice, life, last, expected):
    life.held(10, on(10, 6)).set_aside(on(10, 20))
    found = said(as_alice, **{"from": "2026-09-01", "to": last})
    assert found.startswith(expected) if expected else found is None


def test_it_is_not_in_force_before_it_is_agreed(as_alice, alice):
    """Though its drawing begins a week before its first step."""
    Life(alice).agreed(on(10, 5))
    assert said(as_alice, **{"from": "2026-09-01", "to": "2026-10-04"}) is None
    assert said(as_alice, **{"from": "2026-09-01", "to": "2026-10-05"}).startswith(
        "Agreed with Dr Okafor on 5 Oct 2026;"
    )


def test_without_a_prescriber_nobody_is_named(as_alice, life):
    life.medication.plans.update(agreed_with="")
    assert said(as_alice).startswith("Agreed on 20 Sep 2026; next step")


def test_of_several_medications_each_plan_says_which(as_alice, alice, life):
    make_step(make_medication(alice), on(1, 1), 75, "start")
    assert said(as_alice).startswith("Sertraline: agreed with Dr Okafor on 20 Sep 2026;")


def test_pace_notes_are_not_for_the_clinician(as_alice, life):
    """They are for the person and their prescriber to talk about; the page has facts only."""
    from journal.queries.plans import notes_for

    found = notes_for(life.plan, life.steps, TODAY)
    assert found
    discuss(life.plan, [note.rule.key for note in found], TODAY)
    page = as_alice.get("/summary/").content.decode()
    assert "planned for 15 Oct 2026" in words(page)
    for text in (words(page), paper(as_alice)):
        assert not re.search(r"\bpace\b|discussed|faster|guideline|source", text, re.IGNORECASE)
        assert not re.search("settled|stable|withdrawal|relapse|significant|caused|due to|improved|failed", text, re.I)


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "#panic()", r"$\foo$", "x\u0007y", "دواء"])
def test_what_a_person_typed_stays_text(as_alice, life, name):
    life.medication.plans.update(agreed_with=name)
    page = as_alice.get("/summary/")
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert "20 Sep 2026" in paper(as_alice)


def test_it_asks_the_database_as_often_for_many_plans(as_alice, life, django_assert_num_queries):
    as_alice.get("/summary/")  # what was looked at is remembered from then on
    with CaptureQueriesContext(connection) as few:
        as_alice.get("/summary/")
    for number in range(6):
        life.held(3, on(10, 6) + dt.timedelta(number))
    with django_assert_num_queries(len(few)):
        as_alice.get("/summary/")
