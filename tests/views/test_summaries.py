"""Summaries that were made: kept as they were, listed, opened again, deleted with a way back."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Deleted, MadeSummary, SharedLink
from journal.queries import links, made
from tests.conftest import TODAY
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

FIRST, LAST = dt.date(2012, 8, 13), dt.date(2013, 4, 8)
LIST = "/summary/made/"


def keep(owner, way="keep", **changes):
    lines = ["Sections: Chart; Asked today.", "Nothing private."]
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
    assert "Sections: Chart; Asked today." in page
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
