"""Summaries that were made: kept as they were, listed, opened again, deleted with a way back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Deleted, MadeSummary, SharedLink, SummaryChoice
from journal.queries import links
from journal.summary import kept as made
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)
LIST = "/summary/made/"


def keep(owner, way="keep", **changes):
    lines = ["Sections switched on: Chart; Asked today.", "Nothing private."]
    return made.keep(owner, sample_page(**changes), FIRST, LAST, way, lines)


# --- keeping ------------------------------------------------------------------------------------------------------


def test_a_page_comes_back_as_it_was_kept(alice):
    data = sample_page(name="“Ünï” \u202eכן 😀 <b>#panic()</b>\x00")
    kept = made.keep(alice, data, FIRST, LAST, "keep")
    assert made.page_of(MadeSummary.objects.get(pk=kept.pk)) == data


def test_the_same_page_made_twice_is_one_row_that_knows_both_ways(alice):
    first, second = keep(alice, "pdf"), keep(alice, "link")
    keep(alice, "pdf")
    assert first.pk == second.pk
    assert MadeSummary.objects.get().ways == ["pdf", "link"]
    assert made.ways_words(["pdf", "link", "keep"]) == "PDF, link"


def test_any_other_page_is_another_row(alice, bob):
    keep(alice)
    keep(alice, coverage="Entries on 237 of 239 days")
    keep(bob)
    assert MadeSummary.objects.of(alice).count() == 2
    assert MadeSummary.objects.of(bob).count() == 1


def test_a_drawing_makes_a_page_another_one():
    data, other = sample_page(), sample_page()
    other["pictures"]["overview"]["print"] += " "
    assert made.digest_of(data) == made.digest_of(sample_page())
    assert made.digest_of(data) != made.digest_of(other)


# --- making one from the record -----------------------------------------------------------------------------------


def make(client, **fields):
    asked = {"from": "2026-09-24", "to": "2026-11-22", "reader": "prescriber", "length": "brief", "way": "keep"}
    return client.post(LIST, asked | fields)


@pytest.fixture
def record(alice):
    medication, other = make_medication(alice), make_medication(alice, "Zopiclone", drug="", drug_class="")
    make_step(other, TODAY - dt.timedelta(90), 7, "start")
    make_step(medication, TODAY - dt.timedelta(60), 75, "start")
    make_step(medication, TODAY - dt.timedelta(30), 37.5)
    symptom = make_symptom(alice)
    for n in range(60):
        make_entry(alice, TODAY - dt.timedelta(n), {symptom: n % 5}, mood=5)
    return medication, other


@pytest.mark.parametrize(
    ("way", "leads_to"), [("pdf", "summary.pdf"), ("link", "link/"), ("keep", ""), ("text", ""), ("print", "")]
)
def test_each_way_keeps_the_page_and_leads_on(as_alice, record, way, leads_to):
    response = make(as_alice, way=way)
    kept = MadeSummary.objects.get()
    assert response["Location"] == f"{LIST}{kept.pk}/{leads_to}"
    assert kept.ways == [way]
    assert (kept.first, kept.last) == (dt.date(2026, 9, 24), TODAY)
    assert (kept.reader, kept.length) == ("prescriber", "brief")
    assert as_alice.get(response["Location"]).status_code == 200


def test_a_script_that_prints_the_open_page_is_sent_nowhere(as_alice, record):
    response = as_alice.post(LIST, {"days": "30", "way": "print"}, headers={"accept": "application/json"})
    assert response.status_code == 204
    assert MadeSummary.objects.get().ways == ["print"]


@pytest.mark.parametrize(
    "fields", [{"way": "fax"}, {"way": ""}, {"reader": "aunt"}, {"length": "endless"}, {"from": "2026-02-30"}]
)
def test_what_cannot_be_made_is_a_sentence(as_alice, record, fields):
    assert make(as_alice, **fields).status_code == 400
    assert not MadeSummary.objects.exists()


def test_what_was_on_it_and_what_was_not_is_noted(as_alice, alice, record):
    SummaryChoice.objects.create(
        owner=alice, reader="prescriber", length="brief", sections_off=["levels"], medications_off=[record[1].pk]
    )
    make(as_alice)
    lines = MadeSummary.objects.get().included
    assert "Sections switched off: Before the taper, during it, and since." in lines
    assert "Medications: Venlafaxine." in lines
    assert "Medications switched off: Zopiclone." in lines
    assert "Nothing private." in lines
    assert "Some items were left out by choice." in lines


def test_private_things_are_noted_by_kind_and_number_not_in_words(as_alice, alice, record):
    make_entry(alice, TODAY - dt.timedelta(61), notes="A secret")
    entries = alice.entries.order_by("-date")[:2]
    alice.entries.filter(pk__in=[entry.pk for entry in entries]).update(notes="A secret")
    keys = [f"entry:{entry.pk}" for entry in entries]
    SummaryChoice.objects.create(owner=alice, reader="prescriber", length="brief", private=keys)
    make(as_alice)
    lines = MadeSummary.objects.get().included
    assert any(line.startswith("Private, switched on: ") and line.endswith(", 2.") for line in lines), lines
    assert "Nothing private." not in lines
    assert "A secret" not in " ".join(lines)


def test_a_page_that_is_open_again_is_as_it_was_after_the_record_has_changed(as_alice, alice, record):
    make(as_alice)
    kept = MadeSummary.objects.get()
    page, file = f"{LIST}{kept.pk}/", f"{LIST}{kept.pk}/summary.pdf"
    before = paper(as_alice.get(page)), as_alice.get(file).content
    record[0].steps.all().delete()
    alice.entries.all().delete()
    record[0].delete()
    assert (paper(as_alice.get(page)), as_alice.get(file).content) == before
    assert "37.5" in before[0]


def test_both_drawings_are_kept_for_paper_and_for_a_phone(as_alice, record):
    make(as_alice)
    pictures = made.page_of(MadeSummary.objects.get())["pictures"]
    assert pictures
    assert all(set(drawn) == {"print", "compact"} for drawn in pictures.values())


def paper(response) -> str:
    text = response.content.decode()
    return text[text.index("<article") : text.index("</article>")]


# --- the list -----------------------------------------------------------------------------------------------------


def test_without_any_the_list_says_what_will_stand_there(as_alice):
    assert b"What you hand over will stand here." in as_alice.get(LIST).content


def test_the_list_says_for_whom_when_and_how(as_alice, alice, bob):
    kept = keep(alice, "pdf")
    keep(bob, heading="Somebody else's")
    links.make_link(kept, TODAY)
    ended = links.make_link(kept, TODAY)
    links.end_link(alice, ended)
    page = as_alice.get(LIST).content.decode().replace("\u00a0", " ")
    assert "Taper summary for Dr M. Sample, prescriber · appointment 9 Apr 2013" in page
    assert "13 August 2012 to 8 April 2013" in page
    assert "Made 22 November 2026, 12:00: PDF" in page
    assert "1 link can be opened" in page
    assert "Somebody else" not in page


def test_the_time_is_that_of_the_persons_own_clock(as_alice, alice, clock):
    alice.profile.time_zone = "Pacific/Kiritimati"
    alice.profile.clock = "12"
    alice.profile.save()
    keep(alice)
    assert "Made 23 November 2026, 2:00 a.m." in as_alice.get(LIST).content.decode().replace("\u00a0", " ")


def test_a_thousand_cost_no_more_queries_than_ten_and_no_page_is_read(as_alice, alice):
    def cost():
        with CaptureQueriesContext(connection) as found:
            assert as_alice.get(LIST).status_code == 200
        assert not any('"journal_madesummary"."page"' in one["sql"] for one in found)
        return len(found)

    def fill(start, end):
        rows = MadeSummary.objects.bulk_create(
            MadeSummary(
                owner=alice, reader="prescriber", length="brief", first=FIRST, last=LAST, for_whom="Dr A", digest=str(n)
            )
            for n in range(start, end)
        )
        SharedLink.objects.bulk_create(
            SharedLink(summary=row, nonce=row.digest, token_hash=row.digest, ends_at=links.end_of(TODAY))
            for row in rows
        )

    fill(0, 10)
    few = cost()
    fill(10, 1000)
    assert cost() == few
    assert b"Page 1 of 20" in as_alice.get(LIST).content
    assert as_alice.get(f"{LIST}?page=99").status_code == 400


# --- one again ----------------------------------------------------------------------------------------------------


def test_it_opens_again_with_what_was_on_it(as_alice, alice):
    kept = keep(alice)
    page = as_alice.get(f"{LIST}{kept.pk}/").content.decode()
    assert "Venlafaxine 0 mg since 19 Nov 2012" in page
    assert "Sections switched on: Chart; Asked today." in page
    assert "Nothing private." in page


def test_a_pdf_of_what_was_kept_is_the_same_every_time(as_alice, alice):
    kept = keep(alice)
    response = as_alice.get(f"{LIST}{kept.pk}/summary.pdf")
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"] == 'inline; filename="taper-summary-2012-08-13-2013-04-08.pdf"'
    assert as_alice.get(f"{LIST}{kept.pk}/summary.pdf").content == response.content


# --- deleting -----------------------------------------------------------------------------------------------------


def test_deleted_with_a_way_back_that_brings_no_address_to_life(as_alice, alice, clock):
    kept = keep(alice)
    link = links.make_link(kept, TODAY + dt.timedelta(14))
    address = f"/s/{links.token_of(link)}/"
    assert as_alice.get(address).status_code == 200
    assert b"Links that can be opened" in as_alice.get(f"{LIST}{kept.pk}/delete/").content
    as_alice.post(f"{LIST}{kept.pk}/delete/")
    assert not MadeSummary.objects.exists()
    assert as_alice.get(address).status_code == 404
    response = as_alice.post(f"/entries/deleted/{Deleted.objects.get().pk}/undo/")
    assert response["Location"] == LIST
    assert made.page_of(MadeSummary.objects.get()) == made.page_of(kept)
    assert SharedLink.objects.get().openings.count() == 1
    assert as_alice.get(address).status_code == 404


def test_a_delete_button_pressed_twice_is_no_error(as_alice, alice):
    kept = keep(alice)
    assert as_alice.post(f"{LIST}{kept.pk}/delete/").status_code == 302
    assert as_alice.post(f"{LIST}{kept.pk}/delete/").status_code == 404
    assert made.delete(alice, kept, "again") is None
