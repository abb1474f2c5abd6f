"""Signing up, in and out; passwords; what needs a mail elsewhere."""

import re

import pytest
from django.contrib.auth.models import User
from django.urls import reverse

from journal.models import Profile

PASSWORD = "three quiet hedgehogs"
SIGN_UP = {"username": "carol", "password1": PASSWORD, "password2": PASSWORD}


def sign_up(client, **fields):
    return client.post(reverse("account_signup"), {**SIGN_UP, **fields})


def sign_in(client, name="alice", password="alice-has-a-long-password"):
    return client.post(reverse("account_login"), {"login": name, "password": password})


def signed_in(client):
    return "_auth_user_id" in client.session


def test_it_works(client, db):
    response = sign_up(client, time_zone="Europe/Berlin", clock="24")
    assert response.status_code == 302
    assert response.url == reverse("recovery_code")
    profile = Profile.objects.get(owner__username="carol")
    assert (profile.time_zone, profile.country, profile.clock, profile.paper) == ("Europe/Berlin", "DE", "24", "a4")
    assert profile.recovery_code and not profile.first_run_done
    assert signed_in(client)


@pytest.mark.parametrize(
    ("said", "zone", "country", "paper"),
    [
        ("America/New_York", "America/New_York", "US", "us-letter"),
        ("Asia/Calcutta", "Asia/Kolkata", "IN", "a4"),
        ("Pacific/Kiritimati", "Pacific/Kiritimati", "", "a4"),
        ("", "UTC", "", "a4"),
        ("Mars/Olympus", "UTC", "", "a4"),
        ("../etc/passwd", "UTC", "", "a4"),
        ("\0", "UTC", "", "a4"),
        ("x" * 5000, "UTC", "", "a4"),
    ],
)
def test_the_browsers_zone_is_kept_and_an_unknown_one_is_utc(client, db, said, zone, country, paper):
    assert sign_up(client, time_zone=said, clock="twelve").status_code == 302
    profile = Profile.objects.get(owner__username="carol")
    assert (profile.time_zone, profile.country, profile.paper, profile.clock) == (zone, country, paper, "24")


def test_a_next_page_does_not_hide_the_recovery_code(client, db):
    response = client.post(reverse("account_signup") + "?next=/trends/", {**SIGN_UP, "next": "/trends/"})
    assert response.url == reverse("recovery_code")


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"username": ""}, "Choose a user name."),
        ({"username": "two words"}, "A user name can have letters, numbers and the signs . - _ + @, but no spaces."),
        ({"username": "<script>"}, "A user name can have letters, numbers"),
        ({"username": "x" * 151}, "at most 150 characters"),
        ({"username": "alice"}, "This user name is taken."),
        ({"username": "ALICE"}, "This user name is taken."),
        ({"password1": "short", "password2": "short"}, "This password is too short. It needs 10 characters or more."),
        ({"password1": "password123", "password2": "password123"}, "Many people use this password"),
        (
            {"username": "carol-miller", "password1": "carolmiller", "password2": "carolmiller"},
            "This password is too much like your user name.",
        ),
        ({"password2": "another one entirely"}, "This is not the same as the password above."),
        ({"password2": ""}, "Write the same password once more."),
        ({"password1": "", "password2": ""}, "Choose a password."),
    ],
)
def test_a_sign_up_that_does_not_work_says_why_and_keeps_the_name(client, alice, fields, sentence):
    response = sign_up(client, **fields)
    assert sentence in response.content.decode()
    assert User.objects.count() == 1
    assert not signed_in(client)


def test_two_different_passwords_are_named_beside_what_else_is_wrong(client, as_bob, db):
    wrong = {"password1": "short", "password2": "shorter"}
    pages = [
        sign_up(client, **wrong),
        client.post(reverse("recover"), {"username": "carol", "code": "x", **wrong}),
        as_bob.post(reverse("account_change_password"), {"oldpassword": "bob-has-a-long-password", **wrong}),
    ]
    for page in pages:
        beside = "".join(re.findall(r'<p class="error">.*?</p>', page.content.decode(), re.DOTALL))
        assert beside.count("This password is too short.") == 1
        assert beside.count("This is not the same as the password above.") == 1


def test_it_has_one_name_wherever_it_is_spoken_of(client, db):
    page = client.get(reverse("account_signup")).content.decode()
    assert "<title>Create a journal" in page and "<h1>Create a journal</h1>" in page
    for name in ("today", "account_login", "account_signup", "recover"):
        page = client.get(reverse(name)).content.decode()
        assert "Sign up" not in page and "signed up" not in page
        assert "Create a journal" in page or name == "recover"


def test_a_name_in_any_script_can_sign_up_and_a_nul_is_dropped(client, db):
    assert sign_up(client, username="عا\0ئشة").status_code == 302
    assert User.objects.get().username == "عائشة"


def test_no_profile_no_person(client, db, monkeypatch):
    monkeypatch.setattr("journal.forms.accounts.give_code", lambda user: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sign_up(client)
    assert not User.objects.exists()


def test_signing_in_leads_to_today_whatever_the_case_of_the_name(client, alice):
    response = sign_in(client, name="Alice")
    assert (response.status_code, response.url) == (302, reverse("today"))


def test_a_sign_in_lasts_for_ninety_days(client, alice):
    sign_in(client)
    assert client.session.get_expiry_age() == 90 * 24 * 60 * 60


def test_a_wrong_password_says_so_without_saying_which(client, alice):
    for name in ("alice", "nobody"):
        page = sign_in(client, name=name, password="wrong").content.decode()
        assert "This user name and this password do not belong together." in page
    assert not signed_in(client)


def test_after_five_wrong_passwords_even_the_right_one_is_refused(client, alice, bob):
    for _ in range(5):
        assert "do not belong together" in sign_in(client, password="wrong").content.decode()
    assert "Too many tries." in sign_in(client).content.decode()
    assert not signed_in(client)
    # It is this name that is shut, not the whole house.
    sign_in(client, "bob", "bob-has-a-long-password")
    assert signed_in(client)


def test_signing_out_takes_a_post_and_clears_the_device(as_alice):
    assert as_alice.get(reverse("account_logout")).status_code == 200
    assert signed_in(as_alice)
    response = as_alice.post(reverse("account_logout"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (response.status_code, response.url) == (302, reverse("today"))
    assert not signed_in(as_alice)


def test_a_password_change_keeps_this_device_and_signs_the_others_out(as_alice, alice):
    from django.test import Client

    other = Client()
    other.force_login(alice)
    fields = {"oldpassword": "alice-has-a-long-password", "password1": PASSWORD, "password2": PASSWORD}
    response = as_alice.post(reverse("account_change_password"), fields)
    assert (response.status_code, response.url) == (302, reverse("settings"))
    assert as_alice.get(reverse("settings")).status_code == 200
    assert other.get(reverse("settings")).status_code == 302
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


@pytest.mark.parametrize(
    "fields",
    [
        {"oldpassword": "wrong", "password1": PASSWORD, "password2": PASSWORD},
        {"oldpassword": "alice-has-a-long-password", "password1": PASSWORD, "password2": "else"},
        {"oldpassword": "alice-has-a-long-password", "password1": "alice", "password2": "alice"},
    ],
)
def test_a_password_change_that_does_not_work_changes_nothing(as_alice, alice, fields):
    as_alice.post(reverse("account_change_password"), fields)
    alice.refresh_from_db()
    assert alice.check_password("alice-has-a-long-password")


@pytest.mark.parametrize(
    "path",
    [
        "email/",
        "confirm-email/",
        "confirm-email/MQ:1x/",
        "password/reset/",
        "password/reset/done/",
        "password/reset/key/1-abc/",
        "password/reset/key/done/",
        "password/set/",
        "login/code/confirm/",
    ],
)
def test_what_would_need_a_mail_leads_to_the_recovery_code(client, as_bob, db, path):
    assert client.get(f"/accounts/{path}").url == reverse("recover")
    assert as_bob.get(f"/accounts/{path}").url == reverse("recover")


def test_the_secret_for_an_app_stands_in_fours_and_is_copied_in_one_piece(as_bob, bob):
    as_bob.post(reverse("account_reauthenticate"), {"password": "bob-has-a-long-password"})
    response = as_bob.get(reverse("mfa_activate_totp"))
    secret = response.context["form"].secret
    html = response.content.decode()
    shown = html.split('id="authenticator_secret">')[1].split("</p>")[0]
    groups = re.findall(r"<span>(\w+)</span>", shown)
    assert "".join(groups) == secret and {len(group) for group in groups[:-1]} == {4}
    assert re.sub(r"<[^>]+>", "", shown).strip() == secret


def test_no_page_speaks_of_mail(client, as_bob, db):
    for name in ("account_login", "account_signup", "recover"):
        assert "Forgot" not in client.get(reverse(name)).content.decode()
    for name in ("account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp"):
        page = as_bob.get(reverse(name), follow=True).content.decode().lower()
        assert "email" not in page
