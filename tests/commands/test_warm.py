"""The drawing code is loaded before the first request, by whatever serves."""

import os
import subprocess
import sys
from pathlib import Path

LOADED = """
import threading
import tapertrack.wsgi
[thread] = [thread for thread in threading.enumerate() if thread.name == "warm-up"] or [None]
thread and thread.join(60)
import sys
print(all(name in sys.modules for name in ("matplotlib.figure", "journal.charts.overview", "journal.charts.planned")))
"""
FORKED = """
import os, sys
import tapertrack.wsgi
child = os.fork()
if child == 0:
    import journal.charts.overview, matplotlib.figure
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""


def run(code: str, tmp_path) -> str:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "TAPERTRACK_DATA": str(tmp_path)}
    root = Path(__file__).resolve().parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_the_wsgi_application_loads_it_in_the_background(tmp_path):
    assert run(LOADED, tmp_path) == "True"


def test_a_worker_that_is_forked_meanwhile_can_draw(tmp_path):
    assert run(FORKED, tmp_path) == "0"
