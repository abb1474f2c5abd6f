"""The pages that a device keeps: what is on them, and what never is."""

import pytest
from django.urls import reverse

from tests.conftest import TODAY, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

PLAN = "/care/safety-plan/offline/"


def kept_pages(client) -> list[str]:
    """The addresses of all pages that a device may keep of an account."""
    return [*client.get(reverse("offline_pages")).json()["pages"], PLAN]


def a_flash_waits(client, symptom) -> None:
    """A check-in, sent by a script: the sentence that it is kept waits for the next page."""
    form = {"time": "09:00", f"symptom-{symptom.pk}": "6", "mood": "2"}
    assert client.post(f"/entries/{TODAY}/check-in/", form, headers={"Accept": "application/json"}).status_code == 200


def test_it_works(as_alice):
    pages = kept_pages(as_alice)
    assert len(pages) > 5
    assert all(as_alice.get(page).status_code == 200 for page in pages)


def test_what_was_just_recorded_is_on_no_kept_page_and_still_told_on_the_next_real_one(as_alice, alice):
    symptom = make_symptom(alice, "Dizziness", builtin="dizziness")
    for page in [reverse("offline_pages"), reverse("sending"), *kept_pages(as_alice)]:
        a_flash_waits(as_alice, symptom)
        kept = as_alice.get(page).content.decode()
        assert "Kept: " not in kept, page
        assert 'class="flashes"' not in kept, page
        assert "Kept: mood, low 2" in as_alice.get("/").content.decode().replace("\u00a0", " "), page
