"""The recovery code: shown once, kept as a hash, good for one new password."""

import re

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client
from django.urls import reverse

from journal.models import Profile
from journal.queries.accounts import GROUP, GROUPS, LETTERS, code_key, give_code, new_code

PASSWORD = "three quiet hedgehogs"
URL = "/accounts/recover/"
PAGE = "/accounts/recovery-code/"


def code_on(page) -> str:
    """The code as it stands on the page."""
    return "-".join(re.findall(r'recovery-group">(\w+)<', page.content.decode()))


def recover(client, name="alice", code="", password=PASSWORD, again=None):
    fields = {"username": name, "code": code, "password1": password, "password2": password if again is None else again}
    return client.post(URL, fields)


def signed_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def code(alice):
    return give_code(alice)


def test_it_works(client, alice, code):
    response = recover(client, code=code)
    assert (response.status_code, response.url) == (302, PAGE)
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)
    following = code_on(client.get(PAGE))
    assert following and following != code
    assert check_password(code_key(following), Profile.objects.get(owner=alice).recovery_code)


def test_a_code_has_more_than_a_hundred_bits_and_no_letter_that_looks_like_another():
    assert len(LETTERS) ** (GROUPS * GROUP) > 2**100
    assert not set(LETTERS) & set("AEIOULS0158")
    assert re.fullmatch(r"([A-Z]{5}-){4}[A-Z]{5}", new_code())


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('-', '')}\n", str.title]
)
def test_case_spaces_and_dashes_do_not_matter(client, alice, code, typed):
    assert recover(client, code=typed(code)).status_code == 302


def test_a_code_works_once(client, alice, code):
    recover(client, code=code)
    again = recover(Client(), code=code, password="another long password")
    assert again.status_code == 422
    alice.refresh_from_db()
    assert alice.check_password(PASSWORD)


def test_all_other_sessions_end(client, as_alice, code):
    other = Client()
    other.force_login(Profile.objects.get().owner)
    recover(Client(), code=code)
    assert other.get(reverse("settings")).status_code == 302


def test_a_wrong_code_and_an_unknown_person_get_the_same_answer(client, alice, bob, code):
    pages = [
        recover(Client(), name=name, code=typed)
        for name, typed in (("alice", new_code()), ("nobody", code), ("bob", code), ("bob", "x"))
    ]
    for page in pages:
        assert page.status_code == 422
        assert "This user name and this code do not belong together. Nothing was changed." in page.content.decode()


def test_an_unknown_person_costs_as_much_work_as_a_wrong_code(client, alice, code, monkeypatch):
    from django.contrib.auth.hashers import MD5PasswordHasher

    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda self, *args: hashed.append(1) or encode(self, *args))
    recover(Client(), name="alice", code="wrong")
    wrong = len(hashed)
    recover(Client(), name="nobody", code="wrong")
    assert wrong == len(hashed) - wrong > 0


def test_a_person_without_a_code_cannot_be_recovered_with_a_blank_one(client, bob):
    assert recover(client, name="bob", code="---").status_code == 422
    assert not signed_in(client)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"code": ""}, "Write the recovery code."),
        ({"name": ""}, "Write your user name."),
        ({"password": "short"}, "It needs 10 characters or more."),
        ({"again": "different"}, "This is not the same as the password above."),
        ({"code": "x" * 101}, "A recovery code has 25 letters."),
    ],
)
def test_a_slip_elsewhere_does_not_use_up_the_code(client, alice, code, fields, sentence):
    response = recover(client, **{"code": code, **fields})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert recover(client, code=code).status_code == 302


def test_after_five_tries_for_one_name_even_the_right_code_waits(client, alice, bob, code):
    for _ in range(5):
        assert recover(Client(), code="wrong").status_code == 422
    response = recover(Client(), code=code)
    assert response.status_code == 429
    assert "Too many tries." in response.content.decode()
    assert recover(Client(), name="bob", code=give_code(bob)).status_code == 302


def test_ten_tries_a_minute_from_one_address(client, alice, code):
    for number in range(10):
        assert recover(Client(), name=f"nobody{number}", code="wrong").status_code == 422
    assert recover(Client(), code=code).status_code == 429


def test_a_second_factor_is_still_asked(client, alice, code):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(alice, generate_totp_secret())
    response = recover(client, code=code)
    assert response.url == reverse("mfa_authenticate")
    assert not signed_in(client)
    assert client.get(PAGE).status_code == 302


def test_the_next_person_on_this_device_does_not_see_a_code_left_in_the_session(client, alice, bob, code):
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(alice, generate_totp_secret())
    recover(client, code=code)
    client.post(reverse("account_logout"))  # "Cancel" on the page that asks for the second factor
    client.post(reverse("account_login"), {"login": "bob", "password": "bob-has-a-long-password"})
    assert signed_in(client)
    assert client.session["new_recovery_code"]
    assert code_on(client.get(PAGE)) == ""


def test_the_code_stays_on_the_page_until_it_is_kept(client, db):
    sign_up = {"username": "carol", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), sign_up)
    first, second = client.get(PAGE), client.get(PAGE)
    assert code_on(first) == code_on(second) != ""
    assert "no-store" in first.headers["Cache-Control"]
    response = client.post(PAGE, {"kept": "1"})
    assert response.url == reverse("first_run_step", args=[1])
    assert code_on(client.get(PAGE)) == ""


def test_a_new_code_asks_for_the_password_and_ends_the_old_one(as_alice, alice, code):
    response = as_alice.post(PAGE, {"new": "1"})
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert check_password(code_key(code), Profile.objects.get(owner=alice).recovery_code)
    response = as_alice.post(response.url, {"password": "alice-has-a-long-password"}, follow=True)
    following = code_on(response)
    assert following not in ("", code)
    assert recover(Client(), code=code).status_code == 422
    assert as_alice.post(PAGE, {"kept": "1"}).url == reverse("settings")


def test_after_a_recovery_today_comes_next(client, alice, code):
    recover(client, code=code)
    assert client.post(PAGE, {"kept": "1"}).url == reverse("today")


def test_signed_in_there_is_nothing_to_recover(as_alice):
    assert as_alice.get(URL).url == reverse("settings")


def test_the_recovery_page_needs_a_sign_in(client, db):
    assert client.get(PAGE).url.startswith(reverse("account_login"))
