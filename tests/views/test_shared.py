"""A shared summary, as whoever has its address sees it; and everybody who tries to see it without."""

import datetime as dt

import pytest
from django.test import Client

from journal.models import LinkOpening, SharedLink
from journal.queries import links
from journal.summary import kept as made
from tests.conftest import TODAY, make_entry, make_medication, make_step
from tests.summary_sample import sample_page

pytestmark = pytest.mark.usefixtures("clock")

PASSPHRASE = "three blue kettles"
WRONG = "/s/an-address-that-nobody-made/"


@pytest.fixture
def kept(alice):
    return made.keep(alice, sample_page(), dt.date(2012, 8, 13), dt.date(2013, 4, 8), "keep")


@pytest.fixture
def link(kept):
    return links.make_link(kept, TODAY + dt.timedelta(14))


@pytest.fixture
def locked(kept):
    return links.make_link(kept, TODAY + dt.timedelta(14), PASSPHRASE)


def address(link):
    return f"/s/{links.token_of(link)}/"


def from_(ip):
    """A browser somewhere else."""
    return Client(REMOTE_ADDR=ip)


def guess(client, link, passphrase="a guess"):
    return client.post(address(link), {"passphrase": passphrase})


def headers_are_right(response):
    assert response["Cache-Control"] == "no-store"
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"


# --- reading ------------------------------------------------------------------------------------------------------


def test_it_can_be_read_without_signing_in(client, link):
    response = client.get(address(link))
    page = response.content.decode().replace("\u00a0", " ")
    assert "Shared by the person it is about. Read only. Until 6 Dec 2026." in page
    assert "Venlafaxine 0 mg since 19 Nov 2012" in page
    headers_are_right(response)
    assert response.cookies == {}


def test_there_is_nothing_of_the_journal_around_it(client, as_alice, link):
    for browser in (client, as_alice):
        page = browser.get(address(link)).content.decode()
        for no in ("app.js", "offline.js", "manifest", "alice", "/entries/", "/accounts/", "csrf", "Help now"):
            assert no not in page, no
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page


def test_as_a_pdf(client, link):
    response = client.get(f"{address(link)}summary.pdf")
    assert response.content.startswith(b"%PDF")
    headers_are_right(response)


def test_later_edits_of_the_record_change_nothing(client, alice, link):
    before = client.get(address(link)).content
    pdf = client.get(f"{address(link)}summary.pdf").content
    medication = make_medication(alice, "Something else")
    make_step(medication, TODAY, 5, "start")
    make_entry(alice, TODAY, notes="A secret")
    alice.profile.name = "Another name"
    alice.profile.save()
    assert client.get(address(link)).content == before
    assert client.get(f"{address(link)}summary.pdf").content == pdf


def test_each_opening_is_noted_once(client, link, clock):
    client.get(address(link))
    clock.shift(dt.timedelta(minutes=1))
    client.get(f"{address(link)}summary.pdf")
    client.get(address(link))
    assert list(LinkOpening.objects.values_list("what", flat=True)) == ["page", "pdf", "page"]


@pytest.mark.parametrize(
    "agent",
    [
        "WhatsApp/2.23.20.0",
        "Slackbot-LinkExpanding 1.0",
        "Slack-ImgProxy (+https://api.slack.com/robots)",
        "facebookexternalhit/1.1",
        "TelegramBot (like TwitterBot)",
        "Viber/13.3.0.11 CFNetwork/1220.1 Darwin/20.3.0",
        "Iframely/1.3.1 (+https://iframely.com/docs/about)",
        "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
        "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko) BingPreview/1.0b",
    ],
)
def test_what_draws_cards_of_addresses_sees_and_counts_nothing(client, link, agent):
    for path in (address(link), f"{address(link)}summary.pdf"):
        page = client.get(path, headers={"user-agent": agent}).content.decode()
        assert "Open this address in a browser" in page
        assert "Venlafaxine" not in page
    assert not LinkOpening.objects.exists()


@pytest.mark.parametrize(
    "agent",
    [
        "Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS]",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/619.1 Safari/619.1 (Technology Preview)",
        "",
    ],
)
def test_a_browser_is_a_browser_whoever_made_the_phone(client, link, agent):
    assert b"Venlafaxine" in client.get(address(link), headers={"user-agent": agent}).content


def test_asking_for_the_head_alone_is_no_opening(client, link):
    for path in (address(link), f"{address(link)}summary.pdf"):
        response = client.head(path)
        assert response.status_code == 200
        headers_are_right(response)
    assert not LinkOpening.objects.exists()


def test_without_its_last_stroke_the_address_leads_on(client, link):
    response = client.get(address(link).rstrip("/"))
    assert response["Location"] == address(link)
    headers_are_right(response)


def test_it_is_read_by_the_owners_clock_whoever_reads(as_bob, bob, link):
    bob.profile.time_zone = "Asia/Tokyo"
    bob.profile.save()
    assert "Until 6\u00a0Dec 2026" in as_bob.get(address(link)).content.decode()


# --- what opens nothing -------------------------------------------------------------------------------------------


def revoked(link, alice, clock):
    links.end_link(alice, link)


def past_its_day(link, alice, clock):
    clock.move_to(link.ends_at)


def switched_off(link, alice, clock):
    alice.is_active = False
    alice.save()


def deleted(link, alice, clock):
    link.summary.delete()


@pytest.mark.parametrize("end", [revoked, past_its_day, switched_off, deleted])
def test_what_has_ended_looks_like_what_never_was(client, alice, link, clock, end):
    path = address(link)
    assert client.get(path).status_code == 200
    end(link, alice, clock)
    never = client.get(WRONG)
    for path_of_one in (path, f"{path}summary.pdf"):
        ended = client.get(path_of_one)
        assert ended.status_code == never.status_code == 404
        assert ended.content == never.content
        assert dict(ended.headers) == dict(never.headers)
        headers_are_right(ended)


def test_a_moment_before_the_end_it_opens(client, link, clock):
    clock.move_to(link.ends_at - dt.timedelta(seconds=1))
    assert client.get(address(link)).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/s/x/", "/s/%00/", "/s/%F0%9F%98%80/", "/s/%ff%fe/", f"/s/{'x' * 3000}/", "/s/../../etc/passwd", "/s/a.b.c/",
        "/s/", "/s//", "/s/x/y/z/", "/s/x/summary.pdf", "/s/x/summary.pdf/", "/s/%3Cscript%3E/", "/s/'%20or%201=1--/",
    ],
)  # fmt: skip
def test_odd_addresses_look_like_any_wrong_one(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert response.content == client.get(WRONG).content
    headers_are_right(response)


def test_a_token_with_a_letter_changed_opens_nothing(client, link):
    token = links.token_of(link)
    nonce = link.nonce
    other = "A" if token[-10] != "A" else "B"
    for wrong in (nonce, f"{nonce}.", token[:-10] + other + token[-9:], token + "x", token.swapcase()):
        assert client.get(f"/s/{wrong}/").status_code == 404, wrong


def test_an_ended_link_asks_for_no_passphrase_and_takes_none(client, alice, locked):
    links.end_link(alice, locked)
    for response in (client.get(address(locked)), guess(client, locked, PASSPHRASE), guess(client, locked)):
        assert response.status_code == 404
        assert response.content == client.get(WRONG).content


def test_what_nobody_asks_by_is_refused(client, link):
    assert client.put(address(link)).status_code == 405
    for sender in (client, Client(enforce_csrf_checks=True)):
        assert sender.post(f"{address(link)}summary.pdf").status_code == 405
    headers_are_right(client.put(address(link)))


# --- guessing addresses -------------------------------------------------------------------------------------------


def test_after_thirty_wrong_addresses_a_client_waits_for_wrong_ones_only(client, link, clock):
    for n in range(30):
        assert client.get(f"/s/wrong-{n}/").status_code == 404
    for path in (WRONG, f"{WRONG}summary.pdf", "/s/a/b/c/", "/s/"):
        response = client.get(path)
        assert response.status_code == 429
        assert b"Too many addresses that open nothing were tried from here." in response.content
        assert response["Retry-After"] == "600"
        headers_are_right(response)
    for path in (address(link), f"{address(link)}summary.pdf"):
        assert client.get(path).status_code == 200
    assert from_("192.0.2.7").get(WRONG).status_code == 404
    clock.shift(dt.timedelta(minutes=10, seconds=1))
    assert client.get(WRONG).status_code == 404


def test_behind_the_proxy_clients_are_told_apart_by_what_it_reports(client, link, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    for n in range(31):
        last = client.get(f"/s/wrong-{n}/", headers={"x-forwarded-for": f"203.0.113.{n}, 192.0.2.1"})
    assert last.status_code == 429
    assert client.get(address(link), headers={"x-forwarded-for": "192.0.2.2"}).status_code == 200


def test_a_server_that_knows_no_client_is_no_error(link):
    assert from_("").get(WRONG).status_code == 404
    assert from_("").get(address(link)).status_code == 200


# --- opened very often --------------------------------------------------------------------------------------------


def test_opened_a_thousand_times_a_minute_it_says_so_and_notes_each_that_was_let_in(client, link, clock):
    answers = [client.get(address(link)) for _ in range(1000)]
    statuses = [answer.status_code for answer in answers]
    assert statuses == [200] * 60 + [429] * 940
    assert LinkOpening.objects.count() == 60
    assert b"This summary was opened very often just now. Wait a minute" in answers[-1].content
    assert answers[-1]["Retry-After"] == "60"
    headers_are_right(answers[-1])
    clock.shift(dt.timedelta(seconds=61))
    assert client.get(address(link)).status_code == 200


# --- the passphrase -----------------------------------------------------------------------------------------------


def test_without_the_passphrase_there_is_only_the_form(client, locked):
    response = client.get(address(locked))
    assert response.status_code == 200
    assert b"It opens with a passphrase." in response.content
    assert b"Venlafaxine" not in response.content
    headers_are_right(response)
    assert client.get(f"{address(locked)}summary.pdf")["Location"] == address(locked)
    assert not LinkOpening.objects.exists()


def test_the_right_one_opens_it_for_half_an_hour(client, locked, clock):
    response = guess(client, locked, f"  {PASSPHRASE} ")
    assert response.status_code == 302
    assert response["Location"] == address(locked)
    headers_are_right(response)
    cookie = response.cookies["shared"]
    assert cookie["path"] == address(locked)
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["max-age"] == 1800
    assert not cookie["secure"]
    assert PASSPHRASE not in cookie.value
    value = cookie.value

    def opens():
        return b"Venlafaxine" in Client().get(address(locked), headers={"cookie": f"shared={value}"}).content

    assert opens()
    clock.shift(dt.timedelta(minutes=29))
    assert opens()
    clock.shift(dt.timedelta(minutes=2))
    assert not opens()


def test_over_https_the_cookie_stays_there(client, locked):
    response = client.post(address(locked), {"passphrase": PASSPHRASE}, secure=True)
    assert response.cookies["shared"]["secure"]


def test_what_opens_one_link_opens_no_other(client, kept, locked):
    other = links.make_link(kept, TODAY, PASSPHRASE)
    value = guess(client, locked, PASSPHRASE).cookies["shared"].value
    for cookie in (value, "", "x", "é", value[:-3], links.pass_for(SharedLink(nonce=other.nonce, passphrase="x"))):
        page = Client().get(address(other), headers={"cookie": f"shared={cookie}"}).content
        assert b"Venlafaxine" not in page


def test_a_form_from_a_page_that_tells_no_address_is_taken(locked):
    """Under no-referrer browsers send "Origin: null", which Django's check of forms refuses."""
    strict = Client(enforce_csrf_checks=True, headers={"origin": "null"})
    assert guess(strict, locked, PASSPHRASE).status_code == 302


@pytest.mark.parametrize(
    ("typed", "sentence", "counted"),
    [
        ("a guess", "That is not the passphrase.", 1),
        ("Three blue kettles", "That is not the passphrase.", 1),
        ("", "Type the passphrase.", 0),
        ("p" * 5000, "This has 5,000 characters. 200 fit.", 0),
        ("\x00\u202e\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"), "That is not the passphrase.", 1),
    ],
)
def test_a_wrong_one_is_told_and_counted(client, locked, typed, sentence, counted):
    response = guess(client, locked, typed)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    headers_are_right(response)
    locked.refresh_from_db()
    assert locked.wrong_tries == counted


def test_after_ten_wrong_ones_a_client_waits_for_this_link_only(client, kept, locked, clock):
    for _ in range(10):
        assert guess(client, locked).status_code == 422
    for typed in ("a guess", PASSPHRASE):
        response = guess(client, locked, typed)
        assert response.status_code == 429
        assert b"Too many wrong passphrases. Wait ten minutes, then try again." in response.content
        headers_are_right(response)
    assert guess(from_("192.0.2.7"), locked, PASSPHRASE).status_code == 302
    other = links.make_link(kept, TODAY, PASSPHRASE)
    assert guess(client, other, PASSPHRASE).status_code == 302
    clock.shift(dt.timedelta(minutes=10, seconds=1))
    assert guess(client, locked, PASSPHRASE).status_code == 302


def test_after_fifty_wrong_ones_from_anywhere_everybody_waits_an_hour(locked, clock):
    for n in range(50):
        assert guess(from_(f"192.0.2.{n}"), locked).status_code == 422
    response = guess(from_("198.51.100.1"), locked, PASSPHRASE)
    assert response.status_code == 429
    assert b"Wait an hour" in response.content
    assert response["Retry-After"] == "3600"
    clock.shift(dt.timedelta(hours=1, seconds=1))
    assert guess(from_("198.51.100.1"), locked, PASSPHRASE).status_code == 302


def test_who_waits_with_everybody_uses_up_none_of_their_own_tries(locked, clock):
    for n in range(50):
        guess(from_(f"192.0.2.{n}"), locked)
    mine = from_("198.51.100.1")
    clock.shift(dt.timedelta(minutes=59))
    assert [guess(mine, locked).status_code for _ in range(10)] == [429] * 10
    clock.shift(dt.timedelta(minutes=1, seconds=1))
    assert guess(mine, locked, PASSPHRASE).status_code == 302


def test_after_a_hundred_wrong_ones_in_all_the_link_has_ended(as_alice, client, locked, clock):
    for n in range(100):
        if n == 50:
            clock.shift(dt.timedelta(hours=1, seconds=1))
        assert guess(from_(f"192.0.2.{n}"), locked).status_code == 422
    for response in (client.get(address(locked)), guess(client, locked, PASSPHRASE)):
        assert response.status_code == 404
        assert response.content == client.get(WRONG).content
    page = as_alice.get(f"/summary/links/{locked.pk}/").content.decode()
    assert "Ended after 100 wrong passphrases." in page
    assert "You ended this link" not in page


def test_that_it_is_wrong_is_said_once_beside_the_field_and_in_the_title(client, locked):
    page = guess(client, locked).content.decode()
    title = page[page.index("<title>") : page.index("</title>")]
    assert "That is not the passphrase." in title
    assert page.count("That is not the passphrase.") == 2
    assert "Not saved yet" not in page


def test_the_right_one_uses_up_no_try(client, locked):
    for _ in range(12):
        assert guess(client, locked, PASSPHRASE).status_code == 302


def test_a_link_without_a_passphrase_asks_for_none(client, link):
    assert guess(client, link)["Location"] == address(link)
