"""What is private is in no rendering unless it was switched on, and then in every one: a marked text in each place."""

import io
import json
import re
from dataclasses import replace
from datetime import timedelta
from html import unescape
from itertools import cycle

import pytest
from django.template.loader import render_to_string
from pypdf import PdfReader

from journal.catalogue.events import URGENT
from journal.catalogue.summary import Length, Reader
from journal.models import QuestionnaireResponse, SummaryChoice
from journal.models.profile import profile_of
from journal.queries.links import make_link, token_of
from journal.queries.period import Period
from journal.summary.as_json import as_json
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fitted import fitted
from journal.summary.html import as_html
from journal.summary.kept import included_lines, keep, page_of
from journal.summary.page import LEFT_OUT
from journal.summary.pdf import render_pdf
from journal.summary.present import present
from journal.summary.signature import signature
from journal.summary.text import as_text
from tests.conftest import TODAY
from tests.planted import MARK, Planted, dig_out, mark, plant

pytestmark = pytest.mark.usefixtures("clock")

PERIOD = Period(TODAY - timedelta(89), TODAY)
EVERY_PAGE = [(reader, length) for reader in Reader for length in Length]
TELLING = ("html", "pdf", "text", "json", "file")
"""The renderings that have what was switched on; the signature for a peer forum never has."""


def bare(text: str) -> str:
    """Without any space: where a line breaks is each rendering's own business."""
    return re.sub(r"[\s\u200b\u2007\u00a0\u00ad]+", "", text).casefold()


def made(owner, keys=(), reader=Reader.PRESCRIBER, length=Length.WHOLE):
    return build(owner, PERIOD, Choices(reader=reader, length=length, private=frozenset(keys)), TODAY)


def words_of_pdf(body: bytes) -> str:
    reader = PdfReader(io.BytesIO(body))
    return " ".join(sheet.extract_text() for sheet in reader.pages) + str(reader.metadata)


def renderings(owner, summary) -> dict[str, str]:
    """Every way in which a summary leaves the journal, as bare words."""
    page = fitted(summary).data
    found = {
        "html": unescape(render_to_string("journal/summary/_page.html", {"page": page})),
        "file": unescape(as_html(page)),
        "pdf": words_of_pdf(render_pdf(page)),
        "text": as_text(page),
        "json": json.dumps(json.loads(as_json(summary, page)), ensure_ascii=False),
        "signature": signature(summary),
    }
    kept = keep(owner, page, summary.first, summary.last, "pdf", included_lines(owner, summary))
    found["kept"] = json.dumps(page_of(kept), ensure_ascii=False)
    found["list"] = " ".join([kept.for_whom, *kept.included])
    return {name: bare(text) for name, text in found.items()}


def quick(summary) -> dict[str, str]:
    """The same words without drawings, paper and database, for what is tried once for each thing."""
    page = present(summary).data()
    return {
        "html": bare(unescape(render_to_string("journal/summary/_page.html", {"page": page}))),
        "text": bare(as_text(page)),
        "json": bare(json.dumps(json.loads(as_json(summary, page)), ensure_ascii=False)),
        "signature": bare(signature(summary)),
    }


def told(text: str, planted: list[Planted]) -> list[str]:
    return [one.key for one in planted if bare(one.words) in text]


@pytest.mark.parametrize(("reader", "length"), EVERY_PAGE)
def test_nothing_private_is_in_any_rendering_and_each_says_that_something_was_left_out(alice, reader, length):
    planted = plant(alice)
    found = renderings(alice, made(alice, (), reader, length))
    for name, text in found.items():
        assert told(text, planted) == [], name
        assert bare(MARK) not in text and "suicid" not in text, name
        assert [event.slug for event in URGENT if bare(event.name) in text] == [], name
        assert bare(LEFT_OUT) in text or name == "signature", name
    assert "8.3" not in found["text"] and "3.7" not in found["text"]


@pytest.mark.parametrize("reader", Reader)
def test_everything_that_was_switched_on_is_in_every_rendering(alice, reader):
    planted = plant(alice)
    keys = [one.key for one in planted]
    found = renderings(alice, made(alice, keys, reader))
    for name in (*TELLING, "kept"):
        assert told(found[name], planted) == keys, name
        assert "8.3on17" in found[name], name
        assert bare(LEFT_OUT) not in found[name], name
    assert told(found["signature"], planted) == [] and bare(MARK) not in found["signature"]
    assert told(found["list"], planted) == [] and "notes,21" in found["list"]
    for name, text in found.items():
        assert bare(mark("symptom")) not in text, f"{name}: what the person calls the rating is not told"


def test_each_thing_alone_is_in_every_rendering_and_nothing_else_is(alice):
    planted = plant(alice)
    for one, reader in zip(planted, cycle(Reader), strict=False):
        for name, text in quick(made(alice, [one.key], reader)).items():
            assert told(text, planted) == ([] if name == "signature" else [one.key]), (name, one)
            assert bare(LEFT_OUT) in text or name == "signature"


@pytest.mark.parametrize("place", [0, 14, 25, 26, 30, -1])
def test_one_thing_alone_is_on_a_brief_page_and_its_pdf(alice, place):
    planted = plant(alice)
    one = planted[place]
    found = renderings(alice, made(alice, [one.key], length=Length.BRIEF))
    for name in TELLING:
        assert told(found[name], planted) == [one.key], (name, one)


def test_what_is_on_for_one_reader_is_on_no_page_of_the_other(as_alice, alice):
    planted = plant(alice)
    SummaryChoice.objects.create(owner=alice, reader="therapist", length="brief", private=[one.key for one in planted])
    addresses = ("/summary/", "/summary.txt", "/summary.json", "/summary/text/", "/summary/signature/", "/summary.pdf")
    for address in addresses:
        for reader in Reader:
            answer = as_alice.get(address, {"reader": reader.value})
            assert answer.status_code == 200
            text = words_of_pdf(answer.content) if address.endswith("pdf") else unescape(answer.content.decode())
            is_told = bare(MARK) in bare(text)
            assert is_told is (reader == Reader.THERAPIST and address != "/summary/signature/"), (address, reader)


@pytest.mark.parametrize("on", [False, True])
def test_a_shared_link_has_what_was_on_when_it_was_made(client, alice, on):
    planted = plant(alice)
    keys = [one.key for one in planted] if on else []
    summary = made(alice, keys)
    kept = keep(alice, fitted(summary).data, summary.first, summary.last, "link")
    address = f"/s/{token_of(make_link(kept, TODAY + timedelta(14)))}/"
    for path in (address, f"{address}summary.pdf"):
        answer = client.get(path)
        assert answer.status_code == 200
        text = words_of_pdf(answer.content) if path.endswith("pdf") else unescape(answer.content.decode())
        assert told(bare(text), planted) == keys


def test_a_brief_page_with_all_of_it_on_is_still_one_page(alice):
    planted = plant(alice)
    page = fitted(made(alice, [one.key for one in planted], length=Length.BRIEF))
    assert page.pages == 1 and "not on this page" in as_text(page.data)


def test_a_key_that_is_somebody_elses_tells_nothing(alice, bob):
    planted = plant(alice)
    keys = [one.key for one in planted]
    summary = made(bob, keys)
    assert summary.private == () and not summary.left_out
    for text in renderings(bob, summary).values():
        assert told(text, planted) == []


@pytest.mark.parametrize(("reader", "length"), EVERY_PAGE)
@pytest.mark.parametrize("shown", [False, True], ids=["own-charts-without", "own-charts-with"])
def test_no_other_fact_changes_by_what_is_private(alice, reader, length, shown):
    """Burden, worst symptoms, levels, squares, rows of tables: as of a record that has nothing private."""
    plant(alice)
    profile = profile_of(alice)
    profile.charts_private = shown
    profile.save()
    with_them = made(alice, (), reader, length)
    dig_out(alice)
    without = made(alice, (), reader, length)
    assert with_them == without
    assert with_them.left_out, "question 9 is still there"
    QuestionnaireResponse.objects.of(alice).delete()
    assert made(alice, (), reader, length) == replace(made(alice, (), reader, length), left_out=False)


def test_the_scores_have_totals_only(alice):
    plant(alice)
    page = fitted(made(alice)).data
    tables = [block for block in page["sections"] if block["name"] == "scores"]
    text = bare(json.dumps(tables, ensure_ascii=False))
    assert "phq-9" in text and "10" in text
    assert "question" not in text and "item" not in text and "betteroff" not in text
