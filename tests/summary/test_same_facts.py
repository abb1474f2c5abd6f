"""The page on screen, the PDF, the text and JSON say the same, whoever the person is."""

import datetime as dt
import io
import json
import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from pypdf import PdfReader

from journal.catalogue.summary import SECTIONS, Length, Reader
from journal.demo.write import create_demo
from journal.models import Medication, Profile, Question
from journal.queries.period import Period
from journal.summary.as_json import as_json
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fitted import fitted
from journal.summary.pdf import render_pdf
from journal.summary.text import as_text
from tests.conftest import TODAY

NAMES = ["Ann Onym", "", "O'Brien <b>", "Zoë Ångström", "#panic() *x* $y$", "Ірина", "A" * 100]
WORDS = ["Is it the dose?", "<script>alert(1)</script> & co", "#let x = 1; _a_ `b`", "Ist das „normal“?", "x" * 300]


def bare(text: str) -> str:
    """Without any space: where a line breaks is each rendering's own business."""
    return re.sub(r"[\s\u200b\u2007\u00a0\u00ad]+", "", text)


def of_html(page: dict) -> str:
    html = render_to_string("journal/summary/_page.html", {"page": page})
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    return bare(unescape(re.sub(r"<[^>]+>", " ", html)))


def of_pdf(page: dict) -> str:
    reader = PdfReader(io.BytesIO(render_pdf(page)))
    return bare(" ".join(sheet.extract_text() for sheet in reader.pages))


def blocks(page: dict):
    for block in (*page["sections"], *page["foot"]):
        yield from block["blocks"] if block["kind"] == "beside" else [block]


def words_of(page: dict) -> list[str]:
    """Every sentence that is no cell of a table."""
    found = [
        page[name] for name in ("name", "born", "heading", "period", "coverage", "left_out", "definitions", "made")
    ]
    found += [*page["situation"], *(part for fact in page["facts"] for part in fact)]
    for block in blocks(page):
        if block["kind"] == "box":
            continue  # room to write by hand: there is none in a message
        found += [block["title"], block.get("note", ""), *block.get("lines", ())]
    return [text for text in found if text]


def rows_of(page: dict) -> list[list[dict]]:
    return [row for block in blocks(page) if block["kind"] == "table" for row in block["rows"]]


def check(page: dict, summary) -> None:
    html, pdf, text = of_html(page), of_pdf(page), as_text(page)
    said = bare(text).casefold()
    for words in words_of(page):
        assert bare(words) in html, words
        assert bare(words) in pdf, words
        assert bare(words).casefold() in said, words
    lines = [bare(line) for line in text.splitlines()]
    for row in rows_of(page):
        cells = [bare(cell["text"] + cell["mark"] + cell["n"]) for cell in row]
        assert "".join(cells) in html, cells
        assert "".join(cells) in pdf, cells
        said_in_order = ".*".join(re.escape(bare(cell["text"] + cell["mark"])) for cell in row if cell["text"])
        assert any(re.fullmatch(f".*{said_in_order}.*", line) for line in lines), cells
    found = json.loads(as_json(summary, page))
    assert found["page"] == {key: value for key, value in page.items() if key != "pictures"}


class SameFacts(TestCase):
    # A person takes seconds to make: one that is found is not made smaller.
    @settings(
        max_examples=50,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        seed=st.integers(0, 10_000),
        days=st.integers(1, 100),
        reader=st.sampled_from(Reader),
        length=st.sampled_from(Length),
        paper=st.sampled_from(Profile.Paper.values),
        name=st.sampled_from(NAMES),
        question=st.sampled_from(WORDS),
        off=st.sets(st.sampled_from(sorted(SECTIONS)), max_size=3),
        shown=st.integers(1, 120),
    )
    def test_all_renderings_state_the_same(self, seed, days, reader, length, paper, name, question, off, shown):
        create_demo("random", "demo-password", days, seed, TODAY, True)
        profile = Profile.objects.get(owner__username="random")
        owner = profile.owner
        profile.name = name
        profile.save()
        Question.objects.create(owner=owner, text=question)
        Medication.objects.of(owner).update(history=question)
        choices = Choices(reader, length, paper, sections_off=frozenset(off))
        period = Period(TODAY - dt.timedelta(min(shown, days)), TODAY)
        summary = build(owner, period, choices, TODAY, profile)
        check(fitted(summary).data, summary)


@pytest.mark.django_db
def test_an_empty_record_too(alice, clock):
    summary = build(alice, Period(TODAY - dt.timedelta(89), TODAY), Choices(), TODAY)
    check(fitted(summary).data, summary)
