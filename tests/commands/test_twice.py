"""The same form at the same moment, at a server as people run it: one row, and an answer to each."""

import http.cookiejar
import json
import os
import re
import subprocess
import sys
import threading
import urllib.parse
import urllib.request

from tests.commands.test_serve import PATIENCE, ROOT, folder, free_port, lines_until, serve  # noqa: F401

PERSON = "from django.contrib.auth.models import User; User.objects.create_user('alice', password='a-long-password')"
COUNT = "from journal.models import DailyEntry, Receipt; print(DailyEntry.objects.count(), Receipt.objects.count())"


def shell(folder, code) -> str:  # noqa: F811
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("TAPERTRACK_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "-c", code],
        cwd=ROOT,
        env=environment | {"TAPERTRACK_DATA": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def test_it_works(folder):  # noqa: F811
    port = free_port()
    site = f"http://localhost:{port}"
    with serve(folder, "--port", str(port)) as process:
        lines_until(process, "http://localhost:")
        shell(folder, PERSON)
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

        def post(path, **fields):
            data = urllib.parse.urlencode(fields).encode()
            headers = {"Accept": "application/json", "Referer": site}
            request = urllib.request.Request(site + path, data, headers)
            return browser.open(request, timeout=PATIENCE).read().decode()

        page = browser.open(f"{site}/accounts/login/", timeout=PATIENCE).read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
        signed_in = browser.open(
            urllib.request.Request(
                f"{site}/accounts/login/",
                urllib.parse.urlencode(
                    {"login": "alice", "password": "a-long-password", "csrfmiddlewaretoken": token}
                ).encode(),
            ),
            timeout=PATIENCE,
        )
        assert signed_in.status == 200
        said = json.loads(browser.open(f"{site}/entries/sending/", timeout=PATIENCE).read())
        form = {"mood": "5", "notes": "once", "shown": json.dumps({"mood": "", "notes": ""})}
        form |= {"uid": "3f0c5a0e-7c1b-4a52-9d0e-0d6c6a7a1f11", "csrfmiddlewaretoken": said["csrf"]}
        answers, together = [], threading.Barrier(6)

        def one():
            together.wait()
            answers.append(json.loads(post("/entries/2020-11-20/", **form))["saved"])

        threads = [threading.Thread(target=one) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [True] * 6
        assert shell(folder, COUNT) == "1 1"
