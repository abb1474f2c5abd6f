"""Help for what only the journal can notice, when it is sent late: followed where somebody sees it."""
# ruff: noqa: F811 (fixtures)

import re

import pytest
from playwright.sync_api import expect

from journal.models import DoseTaken, FlagRaised
from tests.browser.flagging import back_on_line, choose, cut_off, diazepam, here, panel, symptoms  # noqa: F401
from tests.browser.test_nothing_lost import save, state, stored
from tests.browser.test_offline_logging import WAITS, day

pytestmark = pytest.mark.django_db(transaction=True)
SAYS = "You recorded Diazepam as missed"


@pytest.fixture
def waits(cut_off, alice, diazepam):
    """A missed dose waits on this phone; that the day before was missed, too, was recorded elsewhere."""
    choose(cut_off, f"dose-{diazepam.pk}-status", "missed")
    save(cut_off).click()
    expect(state(cut_off)).to_contain_text(WAITS)
    expect(panel(cut_off)).to_have_count(0)
    DoseTaken.objects.create(medication=diazepam, date=day(1), status="missed", mg=0)
    cut_off.goto("about:blank")
    return cut_off


def is_hidden(page, value: str) -> None:
    page.evaluate(
        f"""() => {{
          Object.defineProperty(document, 'hidden', {{ value: {value}, configurable: true }});
          document.dispatchEvent(new Event('visibilitychange'));
        }}"""
    )


def test_in_a_tab_that_nobody_sees_help_waits_until_it_is_looked_at(waits, live_server, context, alice):
    context.set_offline(False)
    waits.add_init_script("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    waits.goto(f"{live_server.url}/learn/")
    expect(waits.locator("#waiting")).to_contain_text("1 entry was sent.")
    assert stored(waits, "queue.") == {}
    waits.wait_for_timeout(300)
    assert waits.url.endswith("/learn/") and not FlagRaised.objects.exists()
    is_hidden(waits, "false")
    expect(waits.get_by_text(SAYS)).to_be_visible()
    assert FlagRaised.objects.of(alice).count() == 1


def test_what_was_not_shown_is_one_tap_away_on_today(waits, live_server, context, alice):
    context.set_offline(False)
    waits.add_init_script("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    waits.goto(f"{live_server.url}/learn/")
    expect(waits.locator("#waiting")).to_contain_text("1 entry was sent.")
    waits.goto(f"{live_server.url}/")
    waits.get_by_role("link", name="Something you saved is a reason to get help.").click()
    expect(waits.get_by_text(SAYS)).to_be_visible()
    waits.get_by_role("link", name="Close").last.click()
    expect(waits).to_have_url(f"{live_server.url}/")
    expect(waits.get_by_text("Something you saved is a reason")).to_have_count(0)


def test_a_save_leads_to_help_for_what_was_sent_along_with_it(waits, live_server, context, alice):
    """The other one was written after this one, which waited here for longer."""
    context.set_offline(False)
    waits.route("**/entries/sending/", lambda route: route.abort())  # nothing goes by itself
    waits.goto(f"{live_server.url}/entries/{day(2)}/")
    waits.locator("textarea[name=notes]").fill("Long walk")
    waits.evaluate(
        """() => {
          for (const key of Object.keys(localStorage).filter((one) => one.startsWith('taper.queue.'))) {
            const item = JSON.parse(localStorage.getItem(key));
            localStorage.setItem(key, JSON.stringify({ ...item, at: Date.now() + 600_000 }));
          }
        }"""
    )
    waits.unroute("**/entries/sending/")
    save(waits).click()
    expect(waits).to_have_url(re.compile("/help-now/noticed/"))
    expect(waits.get_by_text(SAYS)).to_be_visible()
    waits.get_by_role("link", name="Close").last.click()
    expect(waits).to_have_url(re.compile("/entries/"))  # where the one that was pressed led
