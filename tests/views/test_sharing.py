"""Links to a kept summary, as their owner sees them."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import LinkOpening, MadeSummary, SharedLink
from journal.models.profile import one_at_a_time
from journal.queries import links
from journal.summary import kept as made
from journal.summary.qr import qr_svg
from tests.conftest import TODAY
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

PASSPHRASE = "three blue kettles"


@pytest.fixture
def kept(alice):
    return made.keep(alice, sample_page(), dt.date(2012, 8, 13), dt.date(2013, 4, 8), "keep", ["Nothing private."])


@pytest.fixture
def link(kept):
    return links.make_link(kept, TODAY + dt.timedelta(14))


def make(client, kept, **fields):
    return client.post(f"/summary/made/{kept.pk}/link/", {"last": "2026-12-06", "passphrase": ""} | fields)


def page_of(client, link):
    return client.get(f"/summary/links/{link.pk}/").content.decode()


# --- making one ---------------------------------------------------------------------------------------------------


def test_a_link_lasts_fourteen_days_unless_another_day_is_chosen(as_alice, kept):
    assert b'value="2026-12-06"' in as_alice.get(f"/summary/made/{kept.pk}/link/").content


def test_a_link_is_made_and_shown(as_alice, kept, client):
    response = make(as_alice, kept)
    link = SharedLink.objects.get()
    assert response["Location"] == f"/summary/links/{link.pk}/"
    page = page_of(as_alice, link)
    assert client.get(f"/s/{links.token_of(link)}/").status_code == 200
    assert f"http://testserver/s/{links.token_of(link)}/" in page
    assert "Can be opened until 6\u00a0December\u00a02026" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="qr"' in page
    kept.refresh_from_db()
    assert kept.ways == ["keep", "link"]


@pytest.mark.parametrize(
    ("zone", "ends"),
    [("Europe/London", "2026-12-07T00:00+00:00"), ("Asia/Tokyo", "2026-12-06T15:00+00:00")],
)
def test_the_last_day_is_in_it_by_the_persons_clock(as_alice, alice, kept, zone, ends):
    alice.profile.time_zone = zone
    alice.profile.save()
    make(as_alice, kept)
    link = SharedLink.objects.get()
    assert link.ends_at.astimezone(dt.UTC).isoformat(timespec="minutes") == ends
    assert "6\u00a0December\u00a02026" in page_of(as_alice, link)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"last": ""}, "Choose the last day of the link."),
        ({"last": "2026-11-21"}, "That day has been. Choose today or a day to come."),
        ({"last": "2027-02-21"}, "That is more than 90 days from today."),
        ({"last": "9999-12-31"}, "That is more than 90 days from today."),
        ({"last": "soon"}, "soon"),
        ({"last": "2026-02-30"}, "2026-02-30"),
        ({"passphrase": "seven l"}, "A passphrase has at least 8 letters."),
        ({"passphrase": "abc\u200b\u200b\u200b\u200b\u200b\u200b"}, "A passphrase has at least 8 letters."),
        ({"passphrase": "   "}, "Nothing that can be seen was typed."),
        ({"passphrase": "\u200b\u200d"}, "Nothing that can be seen was typed."),
        ({"passphrase": "p" * 5000}, "This has 5,000 characters. 200 fit."),
    ],
)
def test_what_cannot_be_is_said_and_stays_in_the_form(as_alice, kept, fields, sentence):
    response = make(as_alice, kept, **fields)
    assert response.status_code == 422
    text = response.content.decode().replace("\u00a0", " ")
    assert sentence in text
    for value in fields.values():
        assert value in text
    assert not SharedLink.objects.exists()


@pytest.mark.parametrize("last", ["2026-11-22", "2027-02-20"])
def test_today_and_ninety_days_from_today_can_be_chosen(as_alice, kept, last):
    assert make(as_alice, kept, last=last).status_code == 302


def test_neither_the_passphrase_nor_the_address_is_in_the_database(as_alice, kept):
    make(as_alice, kept, passphrase=PASSPHRASE)
    link = SharedLink.objects.get()
    row = " ".join(str(value) for value in SharedLink.objects.values_list().get())
    assert PASSPHRASE not in row
    assert links.token_of(link) not in row
    assert PASSPHRASE not in page_of(as_alice, link)
    assert "also needs the passphrase" in page_of(as_alice, link)


def test_what_is_on_it_stands_above_the_form(as_alice, alice):
    lines = ["Private, switched on: Notes, 2.", "Sections switched off: What helped."]
    kept = made.keep(alice, sample_page(), dt.date(2012, 8, 13), dt.date(2013, 4, 8), "link", lines)
    page = as_alice.get(f"/summary/made/{kept.pk}/link/").content.decode()
    assert page.index(lines[0]) < page.index(lines[1]) < page.index('name="last"')


@pytest.mark.parametrize(
    ("weeks", "last", "chosen"),
    [("1", "2026-11-29", 1), ("2", "2026-12-06", 2), ("4", "2026-12-20", 4)],
)
def test_an_end_is_chosen_with_one_tap_and_what_was_typed_stays(as_alice, kept, weeks, last, chosen):
    """Nothing is made yet: a link without the passphrase that was typed would be open to whoever has it."""
    typed = {"weeks": weeks, "last": "no day", "passphrase": PASSPHRASE, "uid": "one"}
    response = as_alice.post(f"/summary/made/{kept.pk}/link/", typed)
    page = response.content.decode()
    assert response.status_code == 200 and not SharedLink.objects.exists()
    assert all(f'value="{value}"' in page for value in (last, PASSPHRASE, "one"))
    assert [weeks for weeks, _, is_chosen in response.context["ends"] if is_chosen] == [chosen]


def test_weeks_that_there_are_not_are_no_choice(as_alice, kept):
    assert make(as_alice, kept, weeks="9").status_code == 302


def test_the_same_form_sent_again_is_the_one_link(as_alice, kept):
    uid = re.search(r'name="uid" value="([^"]+)"', as_alice.get(f"/summary/made/{kept.pk}/link/").content.decode())[1]
    first = make(as_alice, kept, uid=uid, passphrase=PASSPHRASE)
    again = make(as_alice, kept, uid=uid, passphrase=PASSPHRASE)
    assert first["Location"] == again["Location"]
    assert SharedLink.objects.count() == 1
    make(as_alice, kept, uid=uid, last="2026-12-01", passphrase=PASSPHRASE)
    make(as_alice, kept, uid=uid, last="2026-12-01")
    assert SharedLink.objects.count() == 3


def test_a_link_to_a_summary_that_is_deleted_at_that_moment_is_a_404(as_alice, kept, monkeypatch):
    # The other request comes between the look-up and the lock.
    def meanwhile(owner):
        one_at_a_time(owner)
        MadeSummary.objects.of(owner).delete()

    monkeypatch.setattr("journal.views.sharing.one_at_a_time", meanwhile)
    assert make(as_alice, kept).status_code == 404
    assert not SharedLink.objects.exists()


def test_two_links_to_one_summary_have_two_addresses(as_alice, kept):
    make(as_alice, kept)
    make(as_alice, kept)
    assert len({links.token_of(link) for link in SharedLink.objects.all()}) == 2


# --- its page -----------------------------------------------------------------------------------------------------


def test_another_key_of_the_server_ends_the_address_and_the_page_says_so(as_alice, link, settings, client):
    address = f"/s/{links.token_of(link)}/"
    assert client.get(address).status_code == 200
    settings.SECRET_KEY = "another key, which protects nothing either"
    assert client.get(address).status_code == 404
    as_alice.force_login(link.summary.owner)  # the other key ended that session, too
    page = page_of(as_alice, link)
    assert "This link ended when the key of this server was changed." in page
    assert address not in page
    assert as_alice.get(f"/summary/links/{link.pk}/summary.pdf")["Location"] == f"/summary/links/{link.pk}/"


def test_each_opening_is_listed_with_its_time(as_alice, link, clock):
    LinkOpening.objects.create(link=link, what="page")
    clock.shift(dt.timedelta(minutes=5))
    LinkOpening.objects.create(link=link, what="pdf")
    page = page_of(as_alice, link).replace("\u00a0", " ")
    assert "2 times." in page
    assert page.index("22 November 2026, 12:05") < page.index("22 November 2026, 12:00")


def test_wrong_passphrases_are_told_in_number(as_alice, kept):
    link = links.make_link(kept, TODAY, PASSPHRASE)
    assert "No wrong passphrase was typed." in page_of(as_alice, link)
    links.passphrase_is_right(link, "a guess")
    assert "A wrong passphrase was typed 1 time." in page_of(as_alice, link)


def test_a_link_is_ended_at_once_and_twice_is_once(as_alice, link, clock):
    address = f"/s/{links.token_of(link)}/"
    assert as_alice.get(address).status_code == 200
    as_alice.post(f"/summary/links/{link.pk}/end/")
    assert as_alice.get(address).status_code == 404
    first = SharedLink.objects.get().revoked_at
    clock.shift(dt.timedelta(hours=1))
    as_alice.post(f"/summary/links/{link.pk}/end/")
    assert SharedLink.objects.get().revoked_at == first
    page = page_of(as_alice, link).replace("\u00a0", " ")
    assert "You ended this link on 22 November 2026, 12:00." in page
    assert address not in page
    assert 'class="qr"' not in page


def test_looking_at_the_address_that_ends_a_link_ends_nothing(as_alice, link):
    assert as_alice.get(f"/summary/links/{link.pk}/end/").status_code == 405
    assert SharedLink.objects.get().revoked_at is None


def test_a_link_past_its_day_stays_in_the_list_as_ended(as_alice, link, kept, clock):
    clock.move_to(dt.datetime(2026, 12, 7, tzinfo=dt.UTC))
    assert "This link ended with 6\u00a0December\u00a02026." in page_of(as_alice, link)
    assert b"Ended 7" in as_alice.get(f"/summary/made/{kept.pk}/").content
    response = as_alice.get(f"/summary/links/{link.pk}/summary.pdf")
    assert response["Location"] == f"/summary/links/{link.pk}/"


def test_a_thousand_openings_cost_no_more_queries_than_ten(as_alice, link):
    def cost():
        with CaptureQueriesContext(connection) as found:
            assert as_alice.get(f"/summary/links/{link.pk}/").status_code == 200
        return len(found)

    LinkOpening.objects.bulk_create(LinkOpening(link=link) for _ in range(10))
    few = cost()
    LinkOpening.objects.bulk_create(LinkOpening(link=link) for _ in range(990))
    assert cost() == few
    page = page_of(as_alice, link)
    assert "1,000 times" in page
    assert "Page 1 of 20" in page
    assert as_alice.get(f"/summary/links/{link.pk}/?page=21").status_code == 400


def test_the_qr_code_holds_the_address_and_refers_to_nothing(as_alice, link):
    page = page_of(as_alice, link)
    drawing = page[page.index("<svg xmlns") : page.index("</svg>", page.index("<svg xmlns"))]
    assert "<title" in drawing
    assert "<desc" in drawing
    assert "href" not in drawing
    assert "url(" not in drawing
    assert drawing == qr_of(link).removesuffix("</svg>")
    assert drawing != qr_of(links.make_link(link.summary, TODAY)).removesuffix("</svg>")


def qr_of(link) -> str:
    """The code of a link's whole address, as a reader has to type it."""
    desc = "It opens the summary online, until 6\u00a0December\u00a02026."
    return qr_svg(f"http://testserver/s/{links.token_of(link)}/", "QR code of the link", desc)


def test_the_pdf_with_the_code_is_another_one_than_without(as_alice, link, kept):
    with_code = as_alice.get(f"/summary/links/{link.pk}/summary.pdf")
    assert with_code.content.startswith(b"%PDF")
    assert with_code.content != as_alice.get(f"/summary/made/{kept.pk}/summary.pdf").content


def test_an_account_takes_its_summaries_and_links_with_it(alice, link):
    LinkOpening.objects.create(link=link)
    alice.delete()
    assert not SharedLink.objects.exists()
    assert not LinkOpening.objects.exists()


@pytest.mark.parametrize(
    ("host", "only_here"), [("localhost", True), ("127.0.0.1:8000", True), ("[::1]", True), ("testserver", False)]
)
def test_an_address_that_only_this_computer_knows_is_said_to_be_one(as_alice, kept, settings, host, only_here):
    settings.ALLOWED_HOSTS = ["*"]
    link = links.make_link(kept, TODAY)
    page = as_alice.get(f"/summary/links/{link.pk}/", headers={"host": host}).content.decode()
    assert ("nobody else can open the link" in page) is only_here
