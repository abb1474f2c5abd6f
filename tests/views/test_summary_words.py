"""The summary as words to copy: the field, the file, JSON, and a drug history that does not say who the person is."""

import datetime as dt
import html
import json
import re

import pytest

from journal.models import MadeSummary, Question
from journal.summary.kept import page_of
from journal.summary.text import as_text
from journal.views.summary import fitted_for
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

PATHS = ("/summary/text/", "/summary/signature/", "/summary.txt", "/summary.json")
DAYS = "The number of days can be 30, 90, 180, 365 or all."


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


@pytest.fixture
def taper(alice):
    """75 mg, then 60 mg 40 days ago and a hold; a marked string wherever the person can write something."""
    alice.profile.name = "MARKED name"
    alice.profile.save()
    medication = make_medication(
        alice, since=dt.date(2019, 3, 1), reason="MARKED reason", prescriber="Dr MARKED", history="MARKED history"
    )
    for ago, mg, kind in ((200, 75, "start"), (40, 60, "reduction"), (20, 60, "hold")):
        make_step(medication, day(ago), mg, kind, note="MARKED note")
    zaps = make_symptom(alice)
    for ago in range(60):
        make_entry(alice, day(ago), {zaps: 4}, mood=5, notes="MARKED diary")
    Question.objects.create(owner=alice, text="MARKED question & <b>?")
    return medication


def field(response) -> str:
    """What stands in the field to copy from."""
    found = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", response.content.decode(), re.DOTALL)
    return html.unescape(found[1])


def as_asked(rf, owner, query: str = ""):
    request = rf.get(f"/summary/{query}")
    request.user, request.profile = owner, owner.profile
    return fitted_for(request)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("days=17", DAYS),
        ("days=-1", DAYS),
        ("days=%00", DAYS),
        ("days=visit", "No appointment with your prescriber is marked as one that took place"),
        ("days=visit&reader=therapist", "No appointment with your therapist is marked as one that took place"),
        ("from=x", "“from”: “x” is not a date. Write it like 2026-11-22."),
        ("to=2026-02-30", "“to”: February 2026 has 28 days."),
        ("from=2026-11-22&to=2026-11-01", "22 Nov"),
        ("reader=surgeon", "The reader can be prescriber or therapist."),
        ("length=long", "The length can be brief, full or whole."),
    ],
)
def test_an_address_that_makes_no_sense_is_answered_with_a_sentence(as_alice, taper, path, query, sentence):
    response = as_alice.get(f"{path}?{query}")
    assert response.status_code == 400
    assert sentence in html.unescape(response.content.decode()).replace("\u00a0", " ")


@pytest.mark.parametrize("query", ["", "?days=30&length=full", "?reader=therapist&days=all"])
def test_the_field_holds_the_text_of_the_page_to_the_letter(as_alice, alice, taper, rf, query):
    words = as_text(as_asked(rf, alice, query).data)
    assert field(as_alice.get(f"/summary/text/{query}")) == words
    assert as_alice.get(f"/summary.txt{query}").content.decode() == words


def test_the_text_is_a_file(as_alice, taper):
    response = as_alice.get("/summary.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert "taper-summary-prescriber-2026-08-25-2026-11-22.txt" in response["Content-Disposition"]


def test_json_says_the_same_as_the_page(as_alice, alice, taper, rf):
    response = as_alice.get("/summary.json?days=all")
    assert response["Content-Type"] == "application/json"
    said = json.loads(response.content)
    assert as_asked(rf, alice, "?days=all").data["period"] in json.dumps(said, ensure_ascii=False)


def test_a_copy_of_the_text_is_kept_as_it_was_shown(as_alice, alice, taper):
    page = as_alice.get("/summary/text/?days=30&length=full").content.decode()
    form = page.partition('action="/summary/made/"')[2].partition("</form>")[0]
    given = dict(re.findall(r'name="(from|to|reader|length|way|digest)"\s+value="([^"]*)"', form))
    digest = given.pop("digest")
    assert given == {"from": str(day(29)), "to": str(TODAY), "reader": "prescriber", "length": "full", "way": "text"}
    assert as_alice.post("/summary/made/", given | {"digest": digest}).status_code == 302
    kept = MadeSummary.objects.of(alice).get()
    assert kept.ways == ["text"]
    assert as_text(page_of(kept)) == field(as_alice.get("/summary/text/?days=30&length=full"))


def test_the_text_has_what_the_signature_leaves_out(as_alice, taper):
    """Else the next test would pass for a record that has nothing to leave out."""
    said = field(as_alice.get("/summary/text/?length=whole&days=all"))
    assert [word for word in ("name", "reason", "history", "question") if f"MARKED {word}" not in said] == []


def test_a_signature_has_drug_doses_and_dates_and_nothing_else(as_alice, taper):
    assert field(as_alice.get("/summary/signature/")) == (
        "Venlafaxine (since 2019), mg a day. 2026: 6 May 75, 13 Oct 60, 2 Nov 60 held."
    )


def test_a_signature_is_of_the_whole_record_or_of_the_days_that_are_asked_for(as_alice, taper):
    assert "6 May 75" in field(as_alice.get("/summary/signature/"))
    assert "6 May 75" not in field(as_alice.get("/summary/signature/?from=2026-11-10"))


def test_the_signature_of_an_empty_journal_says_that_there_is_nothing(as_alice):
    html_ = as_alice.get("/summary/signature/").content.decode()
    assert "It is made from your doses, and there are none yet." in html_
    assert "<textarea" not in html_


@pytest.mark.parametrize("path", PATHS)
def test_an_empty_journal_has_a_page_of_each(as_alice, path):
    assert as_alice.get(path).status_code == 200


@pytest.mark.parametrize("path", PATHS)
def test_nothing_of_somebody_else_is_on_it(as_bob, taper, path):
    said = as_bob.get(f"{path}?days=all").content.decode()
    assert "MARKED" not in said and "enlafaxine" not in said


@pytest.mark.parametrize("path", PATHS)
def test_it_is_read_and_nothing_else(as_alice, path):
    assert as_alice.post(path).status_code == 405


def test_the_summary_leads_to_both(as_alice, taper):
    said = as_alice.get("/summary/").content.decode()
    assert 'href="/summary/text/?from=' in said
    assert 'href="/summary/signature/"' in said
