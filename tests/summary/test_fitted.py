"""How much of a page is dropped for it to keep to its number of sheets: made from records, set, and counted."""

import datetime as dt
import io

import pytest
from pypdf import PdfReader

from journal.catalogue.summary import Length, Reader
from journal.models import Question
from journal.queries.period import Period
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fit import LADDER
from journal.summary.fitted import DRAWN, _first_that_fits, _Rungs, fitted
from journal.summary.pdf import render_pdf
from journal.summary.pictures import pictures
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")


def day(ago: int) -> dt.date:
    return TODAY - dt.timedelta(ago)


@pytest.fixture
def little(alice):
    make_step(make_medication(alice), day(60), 75, "start")
    for ago in range(30):
        make_entry(alice, day(ago), mood=5)


@pytest.fixture
def much(alice):
    """40 steps, 12 medications, 20 symptoms, 30 long questions."""
    main = make_medication(alice)
    for number in range(40):
        make_step(main, day(88 - 2 * number), 40 - number, "reduction" if number else "start")
    for number in range(11):
        make_step(make_medication(alice, name=f"Medication {number} " + "W" * 60), day(300), 10, "start")
    symptoms = [make_symptom(alice, name=f"Symptom {n} with a long name", slug=f"s{n}", builtin="") for n in range(20)]
    for ago in range(0, 90, 3):
        make_entry(alice, day(ago), dict.fromkeys(symptoms, ago % 8), mood=5)
    for number in range(30):
        Question.objects.create(owner=alice, text=f"Question {number}, " + "which is not short at all. " * 8)


def made(owner, reader=Reader.PRESCRIBER, length=Length.BRIEF, paper="a4"):
    return build(owner, Period(day(89), TODAY), Choices(reader, length, paper), TODAY)


@pytest.mark.parametrize("reader", Reader)
def test_a_short_record_loses_nothing(alice, little, reader):
    found = fitted(made(alice, reader))
    assert (found.pages, found.fit, found.shortened) == (1, LADDER[0], 0)
    assert set(found.data["pictures"]["overview"]) == {"print", "compact"}


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize(("length", "most"), [(Length.BRIEF, 1), (Length.FULL, 2)])
@pytest.mark.parametrize("reader", Reader)
def test_a_long_one_keeps_to_its_sheets(alice, much, reader, length, most, paper):
    found = fitted(made(alice, reader, length, paper), ["print"])
    sheets = len(PdfReader(io.BytesIO(render_pdf(found.data))).pages)
    assert sheets == found.pages <= most
    assert length is Length.FULL or found.fit != LADDER[0]


def test_a_whole_one_loses_nothing_and_takes_as_many_as_it_needs(alice, much):
    found = fitted(made(alice, length=Length.WHOLE), ["print"])
    assert found.fit == LADDER[0] and found.pages > 2


def test_no_page_before_the_one_that_is_taken_would_have_fitted(alice, little):
    for number in range(16):
        Question.objects.create(owner=alice, text=f"Question {number}, " + "which is not short at all. " * 8)
    summary = made(alice)
    found = fitted(summary, ["print"])
    assert found.fit != LADDER[0]
    rungs = _Rungs(summary, 1)
    before = LADDER.index(found.fit) - 1
    assert [rungs.set(rung)[1] for rung in range(before + 1)] == [2] * (before + 1)


@pytest.mark.parametrize("reader", Reader)
def test_the_estimate_is_near_enough_that_few_pages_are_set(alice, little, reader):
    """Else its measures are no longer those of the template."""
    for number in range(16):
        Question.objects.create(owner=alice, text=f"Question {number}, " + "which is not short at all. " * 8)
    rungs = _Rungs(made(alice, reader), 1)
    assert _first_that_fits(rungs) is not None
    assert len(rungs._set) <= 2


@pytest.mark.parametrize("reader", Reader)
def test_a_drawing_that_is_not_drawn_again_would_have_been_the_same(alice, much, reader):
    summary, seen = made(alice, reader, Length.FULL), {}
    for fit in LADDER:
        drawn = pictures(summary, fit, ["overview"], ["print"])
        key = tuple(getattr(fit, part) for part in DRAWN["overview"])
        assert seen.setdefault(key, drawn) == drawn
