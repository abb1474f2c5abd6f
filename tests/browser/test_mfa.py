"""Passkeys, codes from an app and spare codes, in a real browser under the real content security policy."""

import time

import pytest
from django.urls import reverse

from tests.browser.conftest import axe_problems

PASSWORD = "alice-has-a-long-password"


@pytest.fixture
def authenticator(page, watch):
    """A built-in authenticator, as a phone has one, which always says yes."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


@pytest.fixture
def go(page, live_server):
    """``go("settings")`` opens a page by its name and looks it over with axe."""

    def open_page(name):
        page.goto(live_server.url + reverse(name))
        assert axe_problems(page) == []

    return open_page


def is_it_you(page):
    """Give the password again where it is asked."""
    assert page.locator("h1").inner_text() == "Is it you?"
    assert axe_problems(page) == []
    page.fill("#id_password", PASSWORD)
    page.click("main .btn-primary")


def sign_out(page, go, live_server):
    go("account_logout")
    page.click("main .btn-primary")
    page.wait_for_url(f"{live_server.url}/")


def sign_in(page, go):
    go("account_login")
    page.fill("#id_login", "alice")
    page.fill("#id_password", PASSWORD)
    page.click("main .btn-primary")


def arrived(page, live_server):
    """The sign-in is through: this is Today."""
    page.wait_for_url(f"{live_server.url}/")


def heading(page):
    return page.locator("main h1").first.inner_text()


def code_now(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def test_a_passkey_opens_the_journal_by_itself(page, go, live_server, signed_in, authenticator, alice):
    signed_in(alice)
    go("mfa_index")
    page.click("text=Add a passkey")
    is_it_you(page)
    assert heading(page) == "Add a passkey"
    assert axe_problems(page) == []
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    assert heading(page) == "Spare codes"
    assert page.locator(".spare-codes li").count() == 10
    assert axe_problems(page) == []
    go("mfa_list_webauthn")
    assert "Opens the journal by itself." in page.locator("main").inner_text()
    sign_out(page, go, live_server)
    go("account_login")
    page.click("#passkey_login")
    arrived(page, live_server)
    go("settings")
    assert heading(page) == "Settings"


def test_a_passkey_is_the_second_step_after_the_password(page, go, live_server, signed_in, authenticator, alice):
    signed_in(alice)
    go("mfa_index")
    page.click("text=Add a passkey")
    is_it_you(page)
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")
    sign_out(page, go, live_server)
    sign_in(page, go)
    assert heading(page) == "The second step"
    assert axe_problems(page) == []
    page.click("#mfa_webauthn_authenticate")
    arrived(page, live_server)
    go("settings")
    assert heading(page) == "Settings"


def test_a_code_from_an_app_and_a_spare_code(page, go, live_server, signed_in, watch, alice):
    signed_in(alice)
    go("mfa_index")
    page.click("text=Set it up")
    is_it_you(page)
    assert page.locator("img.qr").evaluate("img => img.naturalWidth") > 0  # the policy lets the picture through
    assert axe_problems(page) == []
    secret = page.inner_text("#authenticator_secret")
    page.fill("#id_code", "000000")
    page.click("main .btn-primary")
    assert "That code does not work." in page.locator("main").inner_text()
    page.fill("#id_code", code_now(secret))
    page.click("main .btn-primary")
    page.wait_for_url("**/recovery-codes/")
    spare = page.locator(".spare-codes li").first.inner_text()
    sign_out(page, go, live_server)
    sign_in(page, go)
    assert heading(page) == "The second step"
    page.fill("#id_code", spare)
    page.click("main .btn-primary")
    arrived(page, live_server)
    go("mfa_index")
    assert "9 spare codes left." in page.locator("main").inner_text()
    page.click("text=Switch it off")
    is_it_you(page)
    assert heading(page) == "Switch off codes from an app?"
    assert axe_problems(page) == []
    page.click("main .btn-plain")
    go("mfa_index")
    assert "Set it up" in page.locator("main").inner_text()


def test_a_passkey_that_is_refused_says_so_and_leaves_the_password(page, go, watch, alice):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "isUserVerified": False}})
    go("account_login")
    page.click("#passkey_login")
    page.wait_for_selector("[data-passkey-problem]:not([hidden])")
    assert "You can try again." in page.locator("[data-passkey-problem]").inner_text()
    assert axe_problems(page) == []
