"""How exact the breathing pacer is in a real browser, in real time: python benchmarks/pacer.py [minutes]

Serves a journal of its own from a temporary folder, opens a breath of 4 in, 1.5 hold and 5 out in Chromium, and watches
the page for five minutes: when each phase is on the screen, against when it is due by one start. Prints the greatest
and the mean error in milliseconds, of the text and of the picture drawn after it. Fails (1) above 100 ms. An empty page
beside it tells how late the machine itself was: what counts are the phases round which it was in time. Where those are
less than half, nothing is known (2): use a quieter machine.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from playwright.sync_api import sync_playwright

from journal.catalogue.guides import WORDS, breath, rounds_in
from tests.browser.pacing import Machine, Pacing, boundaries, measured, watch

ROOT = Path(__file__).resolve().parent.parent
LIMIT = 100
PHASES = (4000, 1500, 5000, 0)


def serve(folder: str) -> tuple[subprocess.Popen, str, tuple[str, str]]:
    """A journal with a demo person, its address, and who that is."""
    env = {**os.environ, "TAPERTRACK_DATA": folder, "TAPERTRACK_DEBUG": "1"}
    command = [sys.executable, "manage.py", "serve", "--demo", "--port", "0"]
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    demo = ("", "")
    for line in server.stdout:
        if said := re.search(r"sign in as (\S+) with the password (\S+)", line):
            demo = (said[1], said[2])
        if found := re.search(r"http://\S*\d", line):
            return server, found[0], demo
    raise SystemExit("the journal did not start")


def sign_in(page, address: str, name: str, password: str) -> None:
    """As the demo person, whose name and password the journal says when it starts."""
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/", timeout=120_000)


def practise(page, address: str, minutes: int) -> Pacing:
    """A practice from beginning to end."""
    timing = breath(*PHASES, rounds_in(minutes, sum(PHASES)))
    due = [(at, WORDS[kind][0]) for at, _, kind in boundaries(timing)]
    query = f"in=4&hold=1.5&out=5&rest=0&minutes={minutes}"
    page.goto(f"{address}/coping/breathing-4-7-8/practise/?{query}")
    watch(page)
    page.click("[data-begin]")
    page.wait_for_selector("[data-after-head] h2:visible", timeout=minutes * 60_000 + 60_000)
    found = measured(page, due)
    if found.words != [word for _, word in due]:
        raise SystemExit(f"{len(found.words)} phases were on the page, {len(due)} are due")
    return found


def main(minutes: int) -> int:
    """Print what was measured; what the module says is returned."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server, address, demo = serve(folder)
        try:
            browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
            page = browser.new_page(viewport={"width": 390, "height": 844})
            sign_in(page, address, *demo)
            machine = Machine(browser)
            begun = time.monotonic()
            found = practise(page, address, minutes)
            took, late, calm = time.monotonic() - begun, machine.late(), machine.calm(found)
            browser.close()
        finally:
            server.terminate()
            server.wait()
    print(f"{len(found.text)} phases in {took:.0f} s")
    for what, errors in (("text", found.text), ("picture", found.picture), ("calm", calm)):
        if errors:
            size = sorted(abs(error) for error in errors)
            mean, mid, most = statistics.mean(size), statistics.median(size), size[-1]
            print(f"{what:8} n {len(size):3}  mean {mean:6.1f} ms  median {mid:6.1f}  greatest {most:6.1f}")
    drift = statistics.mean(found.text[-10:]) - statistics.mean(found.text[:10])
    print(f"drift    {drift:+.1f} ms, the last ten against the first ten")
    print(f"machine  an empty page was late by up to {late:.1f} ms; the limit for the pacer is {LIMIT} ms")
    if 2 * len(calm) < len(found.picture):
        return 2
    return int(max(abs(error) for error in calm) > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
