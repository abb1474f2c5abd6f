"""The summary's page: what it says, how it is asked for, and that bad input is answered with a sentence."""

import datetime as dt
import html
import io
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from journal.models import Appointment, DoseTaken, Practice, Question, Skill
from journal.summary.page import LEFT_OUT
from journal.templatetags.paper import paper_groups
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")
URL = "/summary/"


def day(number: int) -> dt.date:
    return TODAY - dt.timedelta(number)


@pytest.fixture
def taper(alice):
    """Ninety days: 75 mg, on day 59 ago 60 mg, a hold, up again; mood and brain zaps rated every day but ten."""
    medication = make_medication(alice, reason="for depression", prescriber="Dr Okafor", since=dt.date(2019, 3, 1))
    for ago, mg, kind in ((200, 75, "start"), (59, 60, "reduction"), (40, 60, "hold"), (20, 75, "reinstatement")):
        make_step(medication, day(ago), mg, kind)
    zaps = make_symptom(alice)
    for ago in range(90):
        if ago % 9 != 4:
            make_entry(alice, day(ago), {zaps: 5 if ago < 59 else 1}, mood=Decimal(6), sleep_hours=Decimal("7.5"))
    for ago in range(0, 30):
        status = "missed" if ago == 3 else "late" if ago == 7 else "planned"
        DoseTaken.objects.create(medication=medication, date=day(ago), status=status, mg=0 if ago == 3 else 75)
    skill = Skill.objects.create(owner=alice, name="Box breathing", slug="box", builtin="")
    for ago in range(6):
        Practice.objects.create(skill=skill, date=day(ago), before=7, after=4)
    Question.objects.create(owner=alice, text="Could the next step be smaller?")
    return medication


def plain(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("\u202f", " "))


def words(response) -> str:
    text = re.sub(r"<br>", " ", response.content.decode())
    return plain(html.unescape(re.sub(r"<[^>]+>", " ", text)))


def squeezed(text: str) -> str:
    """Without any space: a PDF's reader puts some in, and leaves some out, where columns and lines meet."""
    return re.sub(r"[\s\u200b]", "", text)


NO_WORDS = {"kind", "name", "description"}
PAGE = ("name", "heading", "period", "coverage", "situation", "facts", "sections", "foot", "definitions", "made")


def said(value) -> list[str]:
    """Every text of a part of a page; what a block is called by is none."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, dict):
        return [text for name, one in value.items() if name not in NO_WORDS for text in said(one)]
    return [text for one in value for text in said(one)] if isinstance(value, list) else []


def pdf_of(client, query="") -> PdfReader:
    response = client.get("/summary.pdf" + query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def pdf_words(reader: PdfReader) -> str:
    return plain(" ".join(page.extract_text() for page in reader.pages))


@pytest.mark.parametrize("reader", ["prescriber", "therapist"])
@pytest.mark.parametrize("length", ["brief", "full"])
def test_the_preview_and_the_pdf_say_every_word_of_the_page(as_alice, taper, reader, length):
    query = f"?reader={reader}&length={length}"
    page = as_alice.get(URL + query)
    on_screen, on_paper = squeezed(words(page)), squeezed(pdf_words(pdf_of(as_alice, query)))
    data = page.context["page"]
    texts = said([data[part] for part in PAGE])
    assert len(texts) > 40
    for text in texts:
        assert squeezed(text) in on_screen, text
    # A table's cell is read back with its column, a long line with its break: the short ones say enough.
    for text in texts:
        if " " not in text.strip() or len(text) < 40:
            assert squeezed(text) in on_paper, text


def test_it_says_what_was_taken_and_what_is_asked(as_alice, taper):
    text = words(as_alice.get(URL))
    assert "Entries on 80 of 90 days" in text or "Entries on 83 of 90 days" in text
    assert "Venlafaxine 75 mg" in text
    assert "Could the next step be smaller?" in text
    assert "Box breathing" in text


@pytest.mark.parametrize(("length", "most"), [("brief", 1), ("full", 2)])
@pytest.mark.parametrize("reader", ["prescriber", "therapist"])
def test_it_is_as_many_pages_as_it_says(as_alice, taper, reader, length, most):
    query = f"?reader={reader}&length={length}"
    page = as_alice.get(URL + query)
    pages = len(pdf_of(as_alice, query).pages)
    assert pages <= most
    assert page.context["pages"] == pages
    assert f"{pages} page{'' if pages == 1 else 's'}, A4" in words(page)


def test_letter_is_letter(as_alice, alice, taper):
    alice.profile.paper = "us-letter"
    alice.profile.save()
    box = pdf_of(as_alice).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)
    page = as_alice.get(URL)
    assert "1 page, Letter" in words(page)
    assert "paper-us-letter" in page.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=2026-02-30", "February 2026 has 28 days."),
        ("?from=2026-11-10&to=2026-11-01", "begins on 10 November 2026, after it ends"),
        ("?to=2027-01-01", "still to come"),
        ("?from=1890-01-01", "1890 is too long ago"),
        ("?days=17", "30, 90, 180, 365 or all"),
        ("?days=visit", "No appointment with your prescriber"),
        ("?reader=landlord", "prescriber or therapist"),
        ("?length=endless", "The length can be brief, full or whole."),
        ("?length=%00", "The length can be brief, full or whole."),
        ("?from=%00", "is not a date"),
    ],
)
@pytest.mark.parametrize("path", ["/summary/", "/summary.pdf"])
def test_a_bad_address_is_a_400_with_a_sentence(as_alice, path, query, sentence):
    response = as_alice.get(path + query)
    assert response.status_code == 400
    assert sentence in words(response)


def test_bad_dates_are_asked_for_again_and_the_reader_stays(as_alice):
    content = as_alice.get(URL, {"from": "2026-02-30", "reader": "therapist"}).content.decode()
    assert 'value="2026-02-30"' in content
    assert 'name="reader" value="therapist"' in content


def test_the_choices_stay_beside_bad_dates_and_the_way_out_is_said(as_alice, taper):
    page = as_alice.get(URL, {"from": "2026-11-10", "to": "2026-11-01"})
    assert page.status_code == 400
    text = words(page)
    assert "Change one of the two, then show these days." in text
    assert "What is on the page" in text
    assert "There is no page for these days." in text
    assert 'name="way"' not in page.content.decode()


def test_without_a_query_the_reader_and_days_shown_last_come_back(as_alice, as_bob, taper):
    as_alice.get(URL, {"reader": "therapist", "days": "30"})
    page = as_alice.get(URL)
    assert (page.context["reader"], page.context["period"].days) == ("therapist", 30)
    as_alice.get(URL, {"from": "2026-10-01", "to": "2026-11-01"})
    page = as_alice.get(URL)
    assert (page.context["reader"], str(page.context["period"].first)) == ("prescriber", "2026-10-01")
    assert as_bob.get(URL).context["period"].days == 90


def test_days_that_there_are_no_longer_do_not_come_back(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="prescriber", date=day(40), held=True)
    assert as_alice.get(URL, {"days": "visit"}).context["period"].days == 41
    visit.delete()
    page = as_alice.get(URL)
    assert page.status_code == 200
    assert page.context["period"].days == 90


def test_an_empty_journal_gives_an_honest_page(as_alice):
    text = words(as_alice.get(URL))
    assert "Nothing is on record from" in text
    assert "The page fills as you log." in text
    page = as_alice.get(URL).content.decode()
    assert "Share a link" not in page
    assert "btn-primary" not in page[page.index("summary-ways") : page.index("summary-links")]
    assert len(pdf_of(as_alice).pages) == 1


def test_days_without_a_record_lead_to_those_that_have_one(as_alice, taper):
    page = as_alice.get(URL, {"from": "2020-01-01", "to": "2020-02-01"})
    assert "Your record runs from 6 May 2026 to 22 November 2026." in words(page)
    assert "?days=all&amp;reader=prescriber" in page.content.decode()


def test_the_first_day_is_a_page(as_alice, alice):
    make_step(make_medication(alice), TODAY, 20, "start")
    make_entry(alice, TODAY, {make_symptom(alice): 3}, mood=5)
    text = words(as_alice.get(URL, {"days": "all"}))
    assert "Entries on 1 of 1 day" in text
    assert "Nothing is on record" not in text


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        r"$\foo$",
        "#panic()",
        "*b*",
        "💊 pill",
        "دواء",
        "a" * 100,
        "x\u0007y",
        "{{ 7|add:7 }}",
    ],
)
def test_what_a_person_typed_stays_text(as_alice, alice, name):
    medication = make_medication(alice, name=name, drug="")
    make_step(medication, day(40), 20, "start")
    make_step(medication, day(20), 10)
    zaps = make_symptom(alice, name=f"!{name}"[:100], slug="own", builtin="")
    for ago in range(30):
        make_entry(alice, day(ago), {zaps: 3})
    Question.objects.create(owner=alice, text=(name + " ") * 4)
    page = as_alice.get(URL)
    assert page.status_code == 200
    assert b"<script>alert" not in page.content
    assert plain(name.replace("\u0007", ""))[:20] in words(page)


def test_nobody_else_is_in_it(as_bob, taper):
    text = words(as_bob.get(URL, {"days": "all"}))
    assert "Venlafaxine" not in text
    assert "smaller" not in text


def test_what_is_off_is_said_beside_the_page(as_alice, taper):
    assert "One page for your prescriber, 90 days. All sections are on. Nothing private is on it." in words(
        as_alice.get(URL)
    )
    fields = {"reader": "prescriber", "days": "90", "length": "brief", "sections": ["chart", "agreed"]}
    as_alice.post("/summary/choices/", fields)
    page = as_alice.get(URL)
    assert "Off: Background of each medication; What followed changes, in words;" in words(page)
    assert "Could the next step be smaller?" not in str(page.context["page"])


def test_what_was_left_out_is_said_beside_the_page_as_on_it(as_alice, alice, taper):
    alice.entries.filter(date=day(1)).update(notes="A secret")
    assert (
        "All sections are on. Nothing private is on it, and the page says that some items were left out by choice."
        in words(as_alice.get(URL))
    )


def test_each_way_out_has_the_days_reader_and_length_that_are_shown(as_alice, taper):
    page = as_alice.get(URL, {"days": "30", "reader": "therapist", "length": "full"})
    content = page.content.decode()
    for name, value in (("from", day(29)), ("to", TODAY), ("reader", "therapist"), ("length", "full")):
        assert re.search(rf'type="hidden"\s+name="{name}"\s+value="{value}"', content), name
    for way in ("pdf", "print", "link", "keep"):
        assert re.search(rf'name="way"\s+value="{way}"', content), way
    assert f"/summary/text/?from={day(29)}&amp;to={TODAY}&amp;reader=therapist&amp;length=full" in content


def test_it_asks_the_database_as_often_for_a_thousand_days(as_alice, alice, taper):
    zaps = alice.symptoms.get()
    query = {"days": "all", "length": "full"}
    as_alice.get(URL, query)
    with CaptureQueriesContext(connection) as few:
        as_alice.get(URL, query)
    for ago in range(201, 1200):
        make_entry(alice, day(ago), {zaps: 2}, mood=5)
    with CaptureQueriesContext(connection) as many:
        as_alice.get(URL, query)
    assert len(many) == len(few), "\n".join(one["sql"][:150] for one in many)


def test_what_was_left_out_is_said_above_the_footer_as_on_paper():
    page = render_to_string("journal/summary/_page.html", {"page": sample_page()})
    assert page.count(LEFT_OUT) == 1
    assert page.index("Agreed today") < page.index(LEFT_OUT) < page.index('<footer class="paper-footer">')


def test_the_head_of_a_group_of_one_column_stands_where_its_column_does():
    columns = [
        {"group": group, "number": number} for group, number in (("A", 0), ("B", 1), ("B", 1), ("C", 1), ("D", 0))
    ]
    found = [(group["label"], group["span"], group["side"]) for group in paper_groups({"columns": columns})]
    assert found == [("A", 1, "left"), ("B", 2, ""), ("C", 1, "right"), ("D", 1, "left")]
