"""Signing up and the first steps, with script and without."""

import re

import pytest
from django.urls import reverse

from journal.models import DoseStep, Profile, Symptom
from tests.browser.conftest import axe_problems

PASSWORD = "three quiet hedgehogs"


def sign_up(page, live_server):
    page.goto(live_server.url + reverse("account_signup"))
    page.fill("#id_username", "carol")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("main .btn-primary")
    page.wait_for_url("**/recovery-code/")


def go_on(page, to):
    page.click(".savebar .btn-primary")
    page.wait_for_url(to)


@pytest.mark.parametrize("color", ["light", "dark"])
def test_it_works(page, live_server, watch, db, color):
    page.emulate_media(color_scheme=color)
    sign_up(page, live_server)
    assert re.fullmatch(r"([A-Z]{5}\s*){5}", page.inner_text(".recovery-code"))
    assert axe_problems(page) == []
    page.click("text=I have kept it")
    page.wait_for_url("**/welcome/1/")
    assert page.is_hidden("#id_drug_class")
    page.fill("#id_name", "Nobody knows this")
    assert page.is_visible("#id_drug_class")
    page.fill("#id_name", "Efexor")
    assert page.is_hidden("#id_drug_class")
    page.fill("#id_mg", "37,5")
    assert axe_problems(page) == []
    go_on(page, "**/welcome/2/")
    button = page.locator(".savebar .btn-primary")
    assert button.inner_text() == "Continue with 5"
    page.fill("#id_q", "electric")
    assert page.locator("li[data-words]:visible").count() == 1
    page.fill("#id_q", "Jaw pain")
    assert axe_problems(page) == []
    page.keyboard.press("Enter")
    assert button.inner_text() == "Continue with 6"
    page.click("text=Thinking")
    page.click("text=Memory problems")
    assert button.inner_text() == "Continue with 7"
    assert axe_problems(page) == []
    go_on(page, "**/welcome/3/")
    assert page.input_value("#id_time_zone") == "Europe/London"
    assert page.input_value("#id_country") == "GB"
    assert axe_problems(page) == []
    page.go_back()
    assert page.is_checked("text=Jaw pain")
    go_on(page, "**/welcome/3/")
    go_on(page, "**/entries/*/")
    assert DoseStep.objects.get().medication.drug == "venlafaxine"
    assert Symptom.objects.count() == 7
    assert Profile.objects.get().first_run_done


def test_it_works_without_script(browser, live_server, db):
    page = browser.new_page(java_script_enabled=False)
    sign_up(page, live_server)
    page.click("text=I have kept it")
    page.fill("#id_name", "Unheard of")
    page.select_option("#id_drug_class", "benzodiazepine")
    page.fill("#id_mg", "1")
    page.keyboard.press("Enter")  # the same as Continue, and not Skip
    page.wait_for_url("**/welcome/2/")
    assert "Suggested for a benzodiazepine" in page.inner_text("main")
    page.fill("#id_q", "Jaw pain")
    page.keyboard.press("Enter")
    page.check("text=as your own")
    page.uncheck("text=Tremor")
    go_on(page, "**/welcome/3/")
    go_on(page, "**/entries/*/")
    names = {symptom.name for symptom in Symptom.objects.all()}
    assert "Jaw pain" in names and "Anxiety" in names and "Tremor" not in names
    assert Profile.objects.get().time_zone == "UTC"
    page.close()


def test_what_was_typed_and_not_ticked_is_added(page, live_server, watch, signed_in, alice):
    signed_in(alice)
    page.goto(live_server.url + reverse("symptoms_choose"))
    button = page.locator(".savebar .btn-primary")
    page.fill("#id_q", "Jaw pain")
    assert button.inner_text() == "Save 1"
    button.click()
    page.wait_for_url("**/symptoms/")
    assert "“Jaw pain” is on your list." in page.inner_text(".flash")
    page.goto(live_server.url + reverse("symptoms_choose"))
    page.fill("#id_q", "jaw")  # searched for, found ticked: nothing new
    assert button.inner_text() == "Save 1"
    page.fill("#id_q", "_")
    button.click()
    page.wait_for_selector("#id_q_error")
    assert "A symptom needs a name." in page.inner_text("#id_q_error")


def test_a_password_can_be_looked_at_and_is_sent_once(page, live_server, watch, db):
    page.goto(live_server.url + reverse("account_signup"))
    page.fill("#id_username", "carol")
    page.fill("#id_password1", PASSWORD)
    page.fill("#id_password2", PASSWORD)
    page.click("[aria-label='Show password'] >> nth=0")
    assert page.get_attribute("#id_password1", "type") == "text"
    assert axe_problems(page) == []
    page.dblclick("main .btn-primary")
    page.wait_for_url("**/recovery-code/")
    assert page.locator(".recovery-group").count() == 5
