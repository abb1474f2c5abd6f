"""A guided practice with the keyboard: the Enter key saves only what was practised."""

import re

import pytest
from playwright.sync_api import expect

from journal.models import Practice
from tests.browser.test_nothing_lost import rate, save, state, stored
from tests.browser.test_practise import WAITS, begin, button, clock, minutes_of, to, url, word

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def here(page, live_server, signed_in, alice, watch):
    signed_in(alice)
    page.goto(url(live_server))
    return page


def test_before_the_practice_enter_begins_it_and_saves_nothing(here, alice):
    clock(here)
    here.locator("input[name=before]").first.focus()
    here.keyboard.press("ArrowRight")
    here.keyboard.press("Enter")
    expect(word(here)).to_have_text("Ready")
    here.locator("form[data-practise]").evaluate("(form) => form.requestSubmit()")  # nor in the middle of it
    expect(word(here)).to_have_text("Ready")
    assert stored(here, "queue.") == {} and not Practice.objects.exists()
    to(here, 63)
    button(here, "Stop here").click()
    minutes_of(here).press("Enter")
    expect(here).to_have_url(re.compile("/coping/box-breathing/$"))
    done = Practice.objects.of(alice).get()
    assert (done.before is not None, done.minutes) == (True, 1)


def test_the_form_for_the_next_practice_knows_nothing_of_the_last(here, context, watch):
    watch.expect_errors("net::ERR")
    clock(here)
    begin(here, 63)
    button(here, "Stop here").click()
    rate(here, "after", "5")
    assert here.locator("input[name=ended]").input_value() != ""
    context.set_offline(True)
    save(here).click()
    expect(state(here)).to_contain_text(WAITS)
    expect(button(here, "Begin")).to_be_visible()
    assert here.locator("input[name=ended]").input_value() == ""
