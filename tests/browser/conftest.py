"""A real browser: Debian's Chromium, driven by Playwright. Without one these tests skip and say so."""

import shutil
import time

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}


def pytest_collection_modifyitems(items):
    """Mark what lives here as a browser test, and skip it where no browser is installed."""
    for item in items:
        if "tests/browser/" in item.nodeid.replace("\\", "/"):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM:
                item.add_marker(pytest.mark.skip(reason="no Chromium on this machine: apt install chromium"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args, live_server):
    """How to start the browser; after the server, so that it has hung up before the server goes."""
    return {
        **browser_type_launch_args,
        "executable_path": CHROMIUM,
        "args": ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    }


@pytest.fixture(params=["light", "dark"])
def scheme(request):
    return request.param


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE, "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture
def context(context):
    """A connection that is cut, or there again, for the service worker too: that one is told a little later."""
    told = context.set_offline
    reached = "fetch(self.location, {cache: 'no-store'}).then(() => true, () => false)"

    def set_offline(offline):
        told(offline)
        for worker in context.service_workers:
            for number in range(100):
                if worker.evaluate(reached) != offline:
                    break
                if number % 20 == 19:
                    told(not offline)
                    told(offline)
                time.sleep(0.05)
            else:
                raise AssertionError(f"the service worker was not told that offline is {offline}")

    context.set_offline = set_offline
    return context


class Watch:
    """Notes everything that must not happen while a page is open."""

    def __init__(self, page, host):
        self.problems: list[str] = []
        self.expected = ("422",)
        page.on("pageerror", lambda error: self.problems.append(f"script error: {error}"))
        page.on("console", self._console)
        page.on("request", lambda request: self._request(request.url, host))

    def expect_errors(self, *statuses: str):
        """Pages with these statuses are opened on purpose; Chromium notes each on the console."""
        self.expected += statuses

    def _console(self, message):
        noted = "Failed to load resource" in message.text and any(status in message.text for status in self.expected)
        if message.type == "error" and not noted:
            self.problems.append(f"console: {message.text}")

    def _request(self, url, host):
        if not url.startswith((host, "data:", "blob:")):
            self.problems.append(f"request to another host: {url}")


@pytest.fixture
def watch(page, live_server):
    """After the test: no script error, no CSP violation (it is a console error), no request to another host."""
    watching = Watch(page, live_server.url)
    yield watching
    assert watching.problems == []


@pytest.fixture
def signed_in(page, live_server, client):
    """Sign a user in without the form: ``signed_in(alice)``."""

    def sign_in(user):
        client.force_login(user)
        cookie = client.cookies["sessionid"]
        page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
        return page

    return sign_in


def axe_problems(page) -> list[str]:
    """What axe-core finds on the page as it is now, a line each."""
    found = Axe().run(page).response["violations"]
    return [
        f"{page.url}: {rule['id']} ({rule['help']}): {node['target']} {node['html'][:160]}"
        for rule in found
        for node in rule["nodes"]
    ]


def until(page, true, seconds=30):
    """Waits until ``true()`` is. A page that is about to make way for another is asked again."""
    for _ in range(seconds * 20):
        try:
            if true():
                return
        except Error:
            page.wait_for_load_state()
        page.wait_for_timeout(50)
    assert true()


def until_sent(page, rows):
    """Waits until what was kept on this device has arrived: ``rows`` are there, and nothing waits any more.

    Not by the sentence on the page: on a busy machine that page may itself be replaced by a newer one.
    """
    waits = "() => Object.keys(localStorage).some((key) => key.includes('queue.'))"
    until(page, lambda: rows.exists() and not page.evaluate(waits))


def until_kept(page, words, pages):
    """Waits until so many of the pages that this device keeps hold these words: they come after the one on screen."""
    count = """async (words) => {
      let found = 0;
      for (const name of await caches.keys()) {
        const store = await caches.open(name);
        for (const request of await store.keys()) {
          if (!request.url.includes("/static/")) found += (await (await store.match(request)).text()).includes(words);
        }
      }
      return found;
    }"""
    until(page, lambda: page.evaluate(count, words) >= pages)
