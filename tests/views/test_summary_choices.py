"""What is chosen for a summary: the days, the reader, length, sections and medications; and that it is remembered."""

import datetime as dt
import re

import pytest

from journal.catalogue.summary import Length, Reader, sections_for
from journal.models import Appointment, SummaryChoice
from journal.queries.summary_choices import choices_of, last_visit, save_choices
from tests.conftest import TODAY, make_medication, make_step

pytestmark = pytest.mark.usefixtures("clock")
URL, SAVE = "/summary/", "/summary/choices/"


def words(response) -> str:
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("&nbsp;", " "))


def posted(reader="prescriber", off=(), **fields):
    """What the form sends with everything on but ``off``."""
    shown = sections_for(Reader(reader)) if reader in set(Reader) else []
    on = [section.key for section in shown if section.key not in off]
    return {"reader": reader, "days": "90", "length": "brief", "sections": on} | fields


@pytest.fixture
def two(alice):
    """Two medications with a dose each."""
    found = [make_medication(alice), make_medication(alice, name="Mirtazapine", drug="mirtazapine")]
    for medication in found:
        make_step(medication, TODAY - dt.timedelta(60), 30, "start")
    return found


def boxes(response, name) -> dict[str, bool]:
    """The boxes of one name on the page: value, and whether it is ticked."""
    found = re.findall(rf'<input[^>]*type="(?:radio|checkbox)"[^>]*name="{name}"[^>]*>', response.content.decode())
    return {re.search(r'value="([^"]*)"', box)[1]: bool(re.search(r"\bchecked\b", box)) for box in found}


def test_at_first_everything_is_on_one_page_and_nothing_private(as_alice, alice):
    page = as_alice.get(URL)
    assert boxes(page, "length") == {"brief": True, "full": False, "whole": False}
    assert set(boxes(page, "sections")) == {section.key for section in sections_for(Reader.PRESCRIBER)}
    assert all(boxes(page, "sections").values())
    assert "Nothing private is on it until you switch it on, one by one." in words(page)
    assert "It may be more than two pages." in words(page)


def test_what_is_chosen_is_remembered_for_that_reader_alone(as_alice, alice):
    answer = as_alice.post(SAVE, posted(off=("chart",), length="full", days="180"))
    assert answer.status_code == 302
    assert answer["Location"] == "/summary/?days=180&reader=prescriber"
    page = as_alice.get(answer["Location"])
    assert boxes(page, "sections")["chart"] is False
    assert boxes(page, "length")["full"] is True
    assert page.context["period"].days == 180
    other = as_alice.get(URL, {"reader": "therapist"})
    assert boxes(other, "sections")["chart"] is True
    assert boxes(other, "length")["brief"] is True


def test_choosing_again_changes_the_one_choice(as_alice, alice):
    for off in (("chart",), ("levels", "agreed"), ()):
        as_alice.post(SAVE, posted(off=off))
        assert set(SummaryChoice.objects.of(alice).get().sections_off) == set(off)


def test_each_reader_is_offered_their_own_sections(as_alice):
    prescriber = boxes(as_alice.get(URL), "sections")
    therapist = boxes(as_alice.get(URL, {"reader": "therapist"}), "sections")
    assert "steps" in prescriber and "homework" not in prescriber
    assert "homework" in therapist and "steps" not in therapist


def test_dates_come_back_as_dates(as_alice):
    data = posted(**{"from": "2026-10-01", "to": "2026-11-01", "days": ""})
    assert as_alice.post(SAVE, data)["Location"] == "/summary/?from=2026-10-01&to=2026-11-01&reader=prescriber"


def test_medications_are_asked_about_when_there_are_two(as_alice, two):
    page = as_alice.get(URL)
    assert boxes(page, "medications") == {str(one.pk): True for one in two}
    as_alice.post(SAVE, posted(medications=[two[1].pk]))
    page = as_alice.get(URL)
    assert boxes(page, "medications") == {str(two[0].pk): False, str(two[1].pk): True}
    assert "Off: Venlafaxine." in words(page)
    assert "Venlafaxine" not in str(page.context["page"])
    assert "Mirtazapine" in str(page.context["page"])


def test_one_medicine_is_not_asked_about_and_stays_on(as_alice, alice):
    make_step(make_medication(alice), TODAY, 20, "start")
    assert boxes(as_alice.get(URL), "medications") == {}
    as_alice.post(SAVE, posted())
    assert SummaryChoice.objects.of(alice).get().medications_off == []


def test_the_last_medicine_can_be_switched_on_again(as_alice, alice, two):
    as_alice.post(SAVE, posted(medications=[two[1].pk]))
    two[1].delete()
    assert boxes(as_alice.get(URL), "medications") == {str(two[0].pk): False}
    as_alice.post(SAVE, posted(medications=[two[0].pk]))
    assert SummaryChoice.objects.of(alice).get().medications_off == []
    assert "Venlafaxine" in str(as_alice.get(URL).context["page"])


def test_a_new_section_or_medicine_is_on(alice, two):
    save_choices(alice, Reader.PRESCRIBER, sections_off=["chart"], medications_off=[two[0].pk])
    chosen = choices_of(alice, Reader.PRESCRIBER, "a4")
    assert chosen.has("levels")
    assert chosen.medications_off == {two[0].pk}


def test_saving_sections_leaves_what_is_private_as_it_is(as_alice, alice):
    save_choices(alice, Reader.PRESCRIBER, private=["entry:1"])
    as_alice.post(SAVE, posted(off=("chart",)))
    assert choices_of(alice, Reader.PRESCRIBER, "a4").private == {"entry:1"}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"length": "a book"}, "The length can be one page, two pages, or as long as it takes."),
        ({"length": ""}, "Choose how long it is."),
        ({"sections": ["chart", "horoscope"]}, "What can be on it has changed"),
        ({"sections": ["chart", "homework"]}, "What can be on it has changed"),
    ],
)
def test_what_cannot_be_is_refused_and_what_was_ticked_stays(as_alice, alice, fields, sentence):
    answer = as_alice.post(SAVE, posted(off=("agreed",)) | fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert boxes(answer, "sections")["agreed"] is False
    assert boxes(answer, "sections")["chart"] is True
    assert not SummaryChoice.objects.of(alice).exists()


def test_somebody_elses_medicine_is_refused(as_alice, alice, bob, two):
    theirs = make_medication(bob)
    answer = as_alice.post(SAVE, posted(medications=[theirs.pk]))
    assert answer.status_code == 422
    assert not SummaryChoice.objects.of(alice).exists()


@pytest.mark.parametrize("fields", [{"reader": "landlord"}, {"days": "17"}, {"from": "2026-02-30"}, {"days": "visit"}])
def test_a_form_with_a_bad_address_is_a_400(as_alice, fields):
    assert as_alice.post(SAVE, posted(**fields)).status_code == 400


def test_it_is_only_saved_by_posting(as_alice):
    assert as_alice.get(SAVE).status_code == 405


def test_an_address_can_ask_for_another_length_without_changing_what_is_remembered(as_alice, alice):
    as_alice.post(SAVE, posted(length="full"))
    assert boxes(as_alice.get(URL, {"length": "brief"}), "length")["brief"] is True
    assert boxes(as_alice.get(URL), "length")["full"] is True


@pytest.mark.parametrize("row", [{"length": "x", "sections_off": "chart"}, {"sections_off": [1, None, "gone"]}])
def test_a_choice_of_an_older_version_is_read_as_far_as_it_can_be(alice, row):
    SummaryChoice.objects.create(owner=alice, **({"reader": "prescriber", "length": "brief"} | row))
    chosen = choices_of(alice, Reader.PRESCRIBER, "a4")
    assert (chosen.length, chosen.sections_off) == (Length.BRIEF, frozenset())


# -- since the last appointment ----------------------------------------------------------------------------------


def visit(owner, ago, kind="prescriber", held=True):
    return Appointment.objects.create(owner=owner, kind=kind, date=TODAY - dt.timedelta(ago), held=held)


def test_since_the_last_appointment_that_took_place(as_alice, alice):
    visit(alice, 80)
    visit(alice, 40)
    visit(alice, 20, held=None)
    visit(alice, 10, held=False)
    visit(alice, 5, kind="therapist")
    page = as_alice.get(URL, {"days": "visit"})
    assert page.context["period"].first == TODAY - dt.timedelta(40)
    assert page.context["period"].last == TODAY
    assert "Since 13 October" in words(page)
    page = as_alice.get(URL, {"days": "visit", "reader": "therapist"})
    assert page.context["period"].first == TODAY - dt.timedelta(5)


def test_without_an_appointment_it_is_not_offered_and_the_address_says_why(as_alice, alice):
    visit(alice, 5, kind="therapist")
    assert "days=visit" not in as_alice.get(URL).content.decode()
    answer = as_alice.get(URL, {"days": "visit"})
    assert answer.status_code == 400
    assert "No appointment with your prescriber is marked as one that took place" in words(answer)


def test_nobody_elses_appointment_or_choice_counts(as_alice, alice, bob):
    visit(bob, 5)
    save_choices(bob, Reader.PRESCRIBER, sections_off=["chart"], length=Length.FULL)
    assert last_visit(alice, Reader.PRESCRIBER, TODAY) is None
    page = as_alice.get(URL)
    assert boxes(page, "sections")["chart"] is True
    assert boxes(page, "length")["brief"] is True
