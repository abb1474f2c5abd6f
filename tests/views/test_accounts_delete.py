"""Deleting the account: the password first, then nothing is left."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from journal.models import DoseTaken, Practice, Product, Question, Skill, TaperPlan
from journal.models.deleted import delete_with_undo
from journal.queries.accounts import give_code
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

URL = "/data/delete-account/"
PASSWORD = "alice-has-a-long-password"
NOBODYS = {"contenttypes.contenttype", "auth.permission"}


def fill(owner):
    """A row of every kind."""
    from allauth.mfa.models import Authenticator

    give_code(owner)
    medication = make_medication(owner)
    step = make_step(medication, TODAY, 20)
    Product.objects.create(medication=medication, form="tablet", mg=20)
    plan = TaperPlan.objects.create(medication=medication, name="Ours", method="percent", from_mg=20)
    plan.steps.create(starts_on=TODAY, mg=18)
    step.parts.create(day=1, when="morning", mg=20)
    DoseTaken.objects.create(medication=medication, date=TODAY, status="planned", mg=20)
    symptom = make_symptom(owner)
    make_entry(owner, ratings={symptom: 4})
    Practice.objects.create(skill=Skill.objects.create(owner=owner, name="Walk", slug="walk"), date=TODAY)
    delete_with_undo(owner, Question.objects.create(owner=owner, text="Why?"), "a question")
    Question.objects.create(owner=owner, text="How?")
    Authenticator.objects.create(user=owner, type="recovery_codes", data={})


def rows() -> dict[str, int]:
    counts = {model._meta.label_lower: model._base_manager.count() for model in apps.get_models()}
    return {label: n for label, n in counts.items() if n and label not in NOBODYS}


def test_it_works(as_alice, alice):
    fill(alice)
    filled = rows()
    assert {"journal.profile", "journal.deleted", "journal.dosepart", "mfa.authenticator"} <= set(filled)
    response = as_alice.post(URL, {"password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("today"))
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert rows() == {}


def test_nothing_of_another_person_goes(as_alice, alice, bob):
    fill(bob)
    before = rows()
    Client().force_login(bob)
    fill(alice)
    as_alice.post(URL, {"password": PASSWORD})
    after = rows()
    before["auth.user"] -= 1
    before["journal.profile"] -= 1
    before["journal.recordversion"] -= 1
    assert {label: n for label, n in after.items() if label != "sessions.session"} == {
        label: n for label, n in before.items() if label != "sessions.session"
    }


def test_every_device_is_signed_out_and_the_signed_out_page_says_so(as_alice, alice, bob):
    other, bobs = Client(), Client()
    other.force_login(alice)
    bobs.force_login(bob)
    page = as_alice.post(URL, {"password": PASSWORD}, follow=True)
    assert "Your account is deleted, with everything that was in it." in page.content.decode()
    assert Session.objects.count() == 1
    assert bobs.get(reverse("settings")).status_code == 200
    assert other.get(reverse("settings")).status_code == 302


def test_the_page_lists_what_goes_and_deletes_nothing(as_alice, alice):
    fill(alice)
    page = as_alice.get(URL)
    assert page.status_code == 200
    for what in (
        "Daily entries",
        "Medications",
        "Dose steps",
        "Products",
        "Taper plans",
        "Things you keep an eye on",
        "Questions to raise",
    ):
        assert what in page.content.decode()
    assert as_alice.get(URL).status_code == 200


def test_a_wrong_password_deletes_nothing(as_alice, alice):
    fill(alice)
    before = rows()
    response = as_alice.post(URL, {"password": "wrong"})
    assert response.status_code == 422
    assert "That is not your password." in response.content.decode()
    assert as_alice.post(URL).status_code == 422
    after = rows()
    after.pop("sessions.session"), before.pop("sessions.session")
    assert after == before


def test_guessing_the_password_is_limited(as_alice, alice):
    for _ in range(5):
        as_alice.post(URL, {"password": "wrong"})
    response = as_alice.post(URL, {"password": PASSWORD})
    assert response.status_code == 422
    assert "Too many tries." in response.content.decode()
    alice.refresh_from_db()


def test_it_needs_a_sign_in(client, db):
    assert client.get(URL).url.startswith(reverse("account_login"))
    assert client.post(URL, {"password": PASSWORD}).url.startswith(reverse("account_login"))
