"""Summaries that were made: kept as they were, listed, opened again, deleted with a way back."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Deleted, MadeSummary, SharedLink, SummaryChoice
from journal.queries import links
from journal.summary import kept as made
from journal.summary.page import whole
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


def test_a_page_kept_by_an_older_version_opens_on_screen_and_as_a_pdf(as_alice, alice):
    old = json.loads((Path(__file__).parents[1] / "kept_page.json").read_text(encoding="utf-8"))
    assert "version" not in old
    kept = made.keep(alice, old, FIRST, LAST, "keep")
    page = as_alice.get(f"{LIST}{kept.pk}/")
    assert page.status_code == 200
    assert "Venlafaxine 0 mg since 19 Nov 2012" in page.content.decode().replace("\u00a0", " ")
    assert as_alice.get(f"{LIST}{kept.pk}/summary.pdf").content.startswith(b"%PDF")
    link = links.make_link(kept, TODAY)
    assert as_alice.get(f"/s/{links.token_of(link)}/summary.pdf").content.startswith(b"%PDF")


def test_a_page_has_a_version_and_a_whole_one_stays_as_it_is():
    assert sample_page()["version"] == 1
    assert whole(sample_page()) == sample_page()


@pytest.mark.parametrize("part", sorted(sample_page()))
def test_a_page_without_one_of_its_parts_opens(as_alice, alice, part):
    data = {key: value for key, value in sample_page().items() if key != part}
    kept = made.keep(alice, {"reader": "prescriber", "length": "brief", "heading": ""} | data, FIRST, LAST, "keep")
    MadeSummary.objects.filter(pk=kept.pk).update(page=made.packed(data))
    assert as_alice.get(f"{LIST}{kept.pk}/").status_code == 200
    assert as_alice.get(f"{LIST}{kept.pk}/summary.pdf").content.startswith(b"%PDF")


# --- making one from the record -----------------------------------------------------------------------------------


ASKED = {"from": "2026-09-24", "to": "2026-11-22", "reader": "prescriber", "length": "brief"}


def seen(client, address="/summary/", **asked) -> dict:
    """The page looked at, and what its form sends: what is asked for, and that it is this very page."""
    found = re.search(r'name="digest" value="(\w*)"', client.get(address, asked or ASKED).content.decode())
    return (asked or ASKED) | {"digest": found[1]}


def make(client, **fields):
    return client.post(LIST, seen(client) | {"way": "keep"} | fields)


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
    response = as_alice.post(LIST, seen(as_alice) | {"way": "print"}, headers={"accept": "application/json"})
    assert response.status_code == 204
    assert MadeSummary.objects.get().ways == ["print"]
    stale = ASKED | {"digest": "0" * 64, "way": "print"}
    response = as_alice.post(LIST, stale, headers={"accept": "application/json"})
    assert (response.status_code, response.content) == (409, b"")
    assert MadeSummary.objects.count() == 1


@pytest.mark.parametrize("way", ["pdf", "link", "keep", "print", "text"])
def test_a_page_that_is_no_longer_as_it_was_looked_at_is_shown_again_and_not_handed_over(as_alice, alice, record, way):
    looked_at = seen(as_alice, "/summary/text/" if way == "text" else "/summary/")
    entry = alice.entries.latest("date")
    alice.entries.filter(pk=entry.pk).update(notes="A secret")
    SummaryChoice.objects.create(owner=alice, reader="prescriber", length="brief", private=[f"entry:{entry.pk}"])
    response = as_alice.post(LIST, looked_at | {"way": way})
    assert response.status_code == 409
    text = response.content.decode()
    assert "Something changed since you opened this page. Look at it again, then send it." in text
    assert "A secret" in text
    assert not MadeSummary.objects.exists()
    again = looked_at | {"digest": re.search(r'name="digest" value="(\w*)"', text)[1]}
    assert as_alice.post(LIST, again | {"way": way}).status_code == 302
    assert MadeSummary.objects.get().ways == [way]


def test_what_was_not_looked_at_is_not_handed_over(as_alice, record):
    for digest in ({}, {"digest": ""}, {"digest": "\x00"}):
        assert as_alice.post(LIST, ASKED | {"way": "link"} | digest).status_code == 409
    assert not MadeSummary.objects.exists()


def test_the_page_opened_for_one_length_keeps_no_other(as_alice, record):
    assert make(as_alice, length="full").status_code == 409


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
    assert response["Content-Disposition"] == 'inline; filename="taper-summary-prescriber-2012-08-13-2013-04-08.pdf"'
    assert as_alice.get(f"{LIST}{kept.pk}/summary.pdf").content == response.content


def test_all_links_are_there_those_that_can_be_opened_first(as_alice, alice, clock):
    kept = keep(alice)
    alive = links.make_link(kept, TODAY + dt.timedelta(14))
    clock.shift(dt.timedelta(minutes=1))
    for _ in range(60):
        links.end_link(alice, links.make_link(kept, TODAY))
    first, second = (as_alice.get(f"{LIST}{kept.pk}/?page={n}") for n in (1, 2))
    assert first.context["links"][0] == alive
    assert len({link.pk for page in (first, second) for link in page.context["links"]}) == 61
    assert as_alice.get(f"{LIST}{kept.pk}/?page=3").status_code == 400


def test_two_alike_are_told_apart_by_what_was_off(as_alice, alice):
    made.keep(
        alice, sample_page(), FIRST, LAST, "pdf", ["Sections switched off: What helped.", "Sections switched on: X."]
    )
    made.keep(alice, sample_page(length="full"), FIRST, LAST, "pdf", ["Private, switched on: Notes, 2."])
    page = as_alice.get(LIST).content.decode()
    for words in ("One page", "Two pages", "Sections switched off: What helped.", "Private, switched on: Notes, 2."):
        assert words in page
    assert "Sections switched on" not in page


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
