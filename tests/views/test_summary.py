"""The summary on screen and as PDF."""

import datetime as dt
import io
import re
from decimal import Decimal

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from journal.models import DoseTaken, LifeEvent, Practice, Question, Skill
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

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


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def pdf_of(client, query="") -> PdfReader:
    response = client.get("/summary.pdf" + query)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def pdf_words(reader: PdfReader) -> str:
    text = " ".join(page.extract_text() for page in reader.pages)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))


def test_it_works(as_alice, taper):
    text = words(as_alice.get(URL))
    assert "Entries on 83 of 90 days" in text
    assert "doses recorded on 30 of 90 days" in text
    assert "Venlafaxine 75 mg a day since 2 Nov 2026 (21 days)" in text
    assert "Could the next step be smaller?" in text


def test_it_says_the_same_in_the_pdf(as_alice, taper):
    page, paper = words(as_alice.get(URL)), pdf_words(pdf_of(as_alice))
    for sentence in (
        "Entries on 83 of 90 days · doses recorded on 30 of 90 days · sleep on 80 nights",
        "Venlafaxine 75 mg a day since 2 Nov 2026 (21 days).",
        "1 (19 Nov), late 1, 60 days without a record.",
        "Hold at 60 mg from 13 Oct; back up to 75 mg on 2 Nov.",
        "For depression; since 1 Mar 2019; prescribed by Dr Okafor.",
        "Could the next step be smaller?",
        "Box breathing",
        "Energy, sleep quality, function.",
    ):
        assert sentence in page, sentence
        assert sentence in paper, sentence


def test_it_shows_the_dose_in_force_before_the_period(as_alice, taper):
    assert "6 May 2026 75 100 141" in words(as_alice.get(URL))


def test_it_prints_on_one_page_for_90_days(as_alice, taper):
    reader = pdf_of(as_alice)
    assert len(reader.pages) == 1
    assert "page 1 of 1" in pdf_words(reader)


def test_it_is_tagged(as_alice, taper):
    response = as_alice.get("/summary.pdf")
    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        root = pdf.Root
        assert str(root.Lang) == "en"
        assert bool(root.MarkInfo.Marked)
        assert "pdfuaid:part" in pdf.open_metadata() or "1" in str(pdf.open_metadata().get("pdfuaid:part"))
        kinds = set()

        def walk(node):
            if isinstance(node, pikepdf.Array):
                for child in node:
                    walk(child)
            elif isinstance(node, pikepdf.Dictionary):
                if "/S" in node:
                    kinds.add(str(node.S))
                    if str(node.S) == "/Figure":
                        assert "Entries on 83 of 90 days" in str(node.Alt)
                if "/K" in node:
                    walk(node.K)

        walk(root.StructTreeRoot)
        assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/L"} <= kinds


@pytest.mark.parametrize("reader", ["prescriber", "therapist"])
def test_it_knows_two_readers(as_alice, taper, reader):
    assert f"Taper summary for the {reader}" in words(as_alice.get(URL, {"reader": reader}))


def test_letter_is_letter(as_alice, alice, taper):
    alice.profile.paper = "us-letter"
    alice.profile.save()
    box = pdf_of(as_alice).pages[0].mediabox
    assert (round(box.width), round(box.height)) == (612, 792)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?from=2026-02-30", "February 2026 has 28 days."),
        ("?from=2026-11-10&to=2026-11-01", "begins on 10 November 2026, after it ends"),
        ("?to=2027-01-01", "still to come"),
        ("?from=1890-01-01", "1890 is too long ago"),
        ("?days=17", "30, 90, 180, 365 or all"),
        ("?reader=landlord", "prescriber or therapist"),
        ("?from=%00", "is not a date"),
    ],
)
@pytest.mark.parametrize("path", ["/summary/", "/summary.pdf"])
def test_a_bad_address_is_a_400_with_a_sentence(as_alice, path, query, sentence):
    response = as_alice.get(path + query)
    assert response.status_code == 400
    assert sentence in words(response)


def test_an_empty_journal_gives_an_honest_page(as_alice):
    assert "Nothing is on record" in words(as_alice.get(URL))
    assert "No medication recorded." in pdf_words(pdf_of(as_alice))


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", r"$\foo$", "#panic()", "*b*", "💊 pill", "دواء", "a" * 100, "x\u0007y", "@import"],
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
    assert len(pdf_of(as_alice).pages) >= 1


def test_forty_steps_and_forty_symptoms_fit_on_two_pages(as_alice, alice):
    medication = make_medication(alice)
    for number in range(40):
        make_step(medication, day(88 - 2 * number), 40 - number, "reduction" if number else "start")
    symptoms = [make_symptom(alice, name=f"Symptom {n} with a long name", slug=f"s{n}", builtin="") for n in range(40)]
    for ago in range(0, 90, 3):
        make_entry(alice, day(ago), dict.fromkeys(symptoms, 4), mood=5)
    for number in range(30):
        Question.objects.create(owner=alice, text=f"Question {number}, which is not short at all?")
    reader = pdf_of(as_alice)
    assert len(reader.pages) == 2
    text = pdf_words(reader)
    assert "Not shown: 31 steps" in text
    assert "18 more in TaperTrack." in text
    assert "24 more symptoms rated" in text


def test_thoughts_of_suicide_are_never_in_it(as_alice, alice, taper):
    private = make_symptom(alice, name="Thoughts of suicide", slug="suicidal-thoughts", builtin="suicidal-thoughts")
    for ago in range(1, 60, 9):
        entry = alice.entries.filter(date=day(ago)).first() or make_entry(alice, day(ago))
        entry.ratings.create(symptom=private, severity=9)
    assert "suicid" not in words(as_alice.get(URL)).lower()
    assert "suicid" not in pdf_words(pdf_of(as_alice)).lower()


def test_notes_are_never_in_it(as_alice, alice, taper):
    alice.entries.update(notes="a secret walk")
    assert "secret walk" not in words(as_alice.get(URL))
    assert "secret walk" not in pdf_words(pdf_of(as_alice))


def test_events_are_names_with_days_on_the_same_one_page(as_alice, alice, taper):
    for ago, kind in [
        (50, "travel"),
        *((ago, "illness") for ago in (30, 31)),
        *((ago, "other") for ago in range(5, 25, 2)),
    ]:
        entry, _ = alice.entries.get_or_create(date=day(ago))
        LifeEvent.objects.create(entry=entry, kind=kind, text="my secret")
    LifeEvent.objects.create(entry=entry, kind="harming-someone", text="my secret")
    page = as_alice.get(URL).content.decode()
    reader = pdf_of(as_alice)
    assert len(reader.pages) == 1
    for text in (words(as_alice.get(URL)), pdf_words(reader)):
        assert "Something else 7 Nov 2026; something else 9 Nov 2026;" in text
        assert "something else 17 Nov 2026; 6 before these." in text
        assert "secret" not in text and "harming" not in text
    assert "harming" not in page and "Letters above the axis" not in page
    LifeEvent.objects.filter(kind="other").delete()
    assert "Travel 3 Oct 2026; illness 22 Oct 2026 – 23 Oct 2026." in words(as_alice.get(URL))


def test_nobody_else_is_in_it(as_bob, taper):
    text = words(as_bob.get(URL, {"days": "all"}))
    assert "Venlafaxine" not in text
    assert "smaller" not in text


def test_it_asks_the_database_as_often_for_a_thousand_days(as_alice, alice, taper, django_assert_num_queries):
    zaps = alice.symptoms.get()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        as_alice.get(URL, {"days": "all"})
    for ago in range(201, 1200):
        make_entry(alice, day(ago), {zaps: 2}, mood=5)
    with django_assert_num_queries(len(few)):
        as_alice.get(URL, {"days": "all"})
    assert len(few) <= 28


def test_the_same_summary_is_the_same_bytes(alice, taper):
    from journal.queries.period import Period
    from journal.summary.build import build
    from journal.summary.model import Reader
    from journal.summary.pdf import render_pdf

    made = [build(alice, Period(day(89), TODAY), Reader.PRESCRIBER, TODAY) for _ in range(2)]
    assert made[0] == made[1]
    first, second = (render_pdf(one, system_fonts=False) for one in made)
    assert first == second


def test_the_address_is_known(as_alice):
    assert reverse("summary_pdf") == "/summary.pdf"


def test_a_change_needs_seven_days_on_both_sides(as_alice, alice):
    """A mean of one day is shown with its n, and nothing is made of it."""
    medication = make_medication(alice)
    make_step(medication, day(80), 20, "start")
    make_step(medication, day(40), 10)
    zaps, ache = make_symptom(alice), make_symptom(alice, "Headache", builtin="headache")
    for ago in (60, 50, 49, 48, 47, 46, 45):
        make_entry(alice, day(ago), {zaps: 1, **({ache: 1} if ago != 60 else {})})
    for ago in range(7):
        make_entry(alice, day(ago), {zaps: 4, ache: 4})
    table = next(s for s in as_alice.get(URL).context["page"]["sections"] if s.get("name") == "levels")
    rows = {row[0]["text"]: [(cell["text"], cell["n"]) for cell in row[1:]] for row in table["rows"]}
    assert rows["Brain zaps"] == [("1.0", "7"), ("4.0", "7"), ("+3.0", "")]
    assert rows["Headache"] == [("1.0", "6"), ("4.0", "7"), ("", "")]


def situation(client, **query) -> list[str]:
    return [line.replace("\u00a0", " ") for line in client.get(URL, query).context["page"]["situation"]]


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        # a hold at the same mg does not begin the dose anew
        (
            [(100, 50, "start"), (82, "37.5", "reduction"), (12, "37.5", "hold")],
            "Venlafaxine 37.5 mg a day since 1 Sep 2026 (83 days), from 50 mg in 1 reduction.",
        ),
        # years ago 75, then up to 150: the way down begins at 150
        (
            [(2400, 75, "start"), (2000, 150, "increase"), (60, 75, "reduction"), (32, 50, "reduction")],
            "Venlafaxine 50 mg a day since 21 Oct 2026 (33 days), from 150 mg in 2 reductions over 4 weeks.",
        ),
        # back up on the way
        (
            [(90, 40, "start"), (60, 20, "reduction"), (46, 30, "reinstatement"), (18, 20, "reduction")],
            "Venlafaxine 20 mg a day since 4 Nov 2026 (19 days), "
            "from 40 mg in 2 reductions and 1 increase over 6 weeks.",
        ),
        ([(13, 20, "start")], "Venlafaxine 20 mg a day since 9 Nov 2026 (14 days)."),
        # 13 days are nearer to two weeks than to one, 10 are not
        (
            [(90, 40, "start"), (23, 30, "reduction"), (10, 20, "reduction")],
            "Venlafaxine 20 mg a day since 12 Nov 2026 (11 days), from 40 mg in 2 reductions over 2 weeks.",
        ),
        (
            [(90, 40, "start"), (20, 30, "reduction"), (10, 20, "reduction")],
            "Venlafaxine 20 mg a day since 12 Nov 2026 (11 days), from 40 mg in 2 reductions.",
        ),
    ],
)
def test_the_sentence_about_a_medication(as_alice, alice, steps, said):
    medication = make_medication(alice)
    for ago, mg, kind in steps:
        make_step(medication, day(ago), mg, kind)
    assert situation(as_alice) == [said]


def test_what_was_stopped_long_ago_is_left_out_and_facts_name_their_medication(as_alice, alice):
    old = make_medication(alice, name="Sertraline", reason="panic")
    make_step(old, day(4000), 50, "start")
    make_step(old, day(3900), 0, "stop")
    taper, sleep = make_medication(alice), make_medication(alice, name="Mirtazapine", reason="sleep")
    make_step(taper, day(100), 75, "start")
    make_step(taper, day(30), 50)
    make_step(sleep, day(300), 15, "start")
    page = as_alice.get(URL).context["page"]
    assert [line.split()[0] for line in page["situation"]] == ["Venlafaxine", "Mirtazapine"]
    facts = dict(page["facts"])
    assert facts["Background"] == "Mirtazapine: sleep."
    assert "Sertraline" not in str(page)


def test_the_only_medication_is_shown_though_it_was_stopped(as_alice, alice):
    old = make_medication(alice)
    make_step(old, day(400), 50, "start")
    make_step(old, day(390), 0, "stop")
    assert situation(as_alice)[0].startswith("Venlafaxine 0 mg a day since")


def test_what_came_before_the_period_is_not_called_before_the_taper(as_alice, alice):
    medication = make_medication(alice)
    zaps = make_symptom(alice)
    for ago, mg, kind in ((200, 75, "start"), (150, 60, "reduction"), (40, 50, "reduction")):
        make_step(medication, day(ago), mg, kind)
    for ago in range(199):
        make_entry(alice, day(ago), {zaps: 4 if ago < 40 else 2}, mood=5)
    ninety, everything = as_alice.get(URL, {"days": "90"}), as_alice.get(URL, {"days": "all"})
    assert "than before the first reduction shown." in words(ninety)
    assert "Before the first reduction shown, and since" in words(ninety)
    assert "the first reduction shown" not in words(everything)


def test_blocks_that_are_not_shown_are_named(as_alice, alice):
    zaps = make_symptom(alice)
    make_step(make_medication(alice), day(300), 20, "start")
    for ago in range(300):
        make_entry(alice, day(ago), {zaps: 2})
    assert re.search(r"Not shown: \d+ \w+ 2026 – \d+ \w+ 2026\.", words(as_alice.get(URL, {"days": "all"})))
