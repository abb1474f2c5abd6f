"""Same input, same bytes: in eight threads at once as in one, and in another process with another hash seed."""

import datetime as dt
import hashlib
import os
import pickle
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from django.test import RequestFactory

from journal.models import CheckIn, DoseTaken, LifeEvent, Practice, Reading, Skill
from journal.models.derived import refresh_days
from journal.views.charts import PAGES
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")
THREADS, RENDERS = 8, 25


@pytest.fixture
def record(alice):
    """Enough of everything that each chart has something to draw."""
    medication = make_medication(alice)
    for ago, mg in ((170, 20), (120, 15), (80, 10), (40, 7)):
        make_step(medication, TODAY - dt.timedelta(ago), mg, "reduction" if ago < 170 else "start")
    make_plan(medication, [(TODAY - dt.timedelta(40), 7), (TODAY + dt.timedelta(20), 5)])
    symptoms = [make_symptom(alice, name, builtin="") for name in ("Nausea", "Brain zaps", r"$\foo$ <b>", "眩晕 😀")]
    skill = Skill.objects.create(owner=alice, name="Walk", slug="walk")
    for ago in range(170):
        day = TODAY - dt.timedelta(ago)
        if ago % 31 == 5:
            continue
        ratings = {symptom: (ago * (n + 3)) % 7 for n, symptom in enumerate(symptoms) if (ago + n) % 9}
        entry = make_entry(alice, day, ratings, mood=ago % 6 + 2, sleep_hours=5 + ago % 4, sleep_quality=ago % 8)
        if ago % 10 == 0:
            LifeEvent.objects.create(entry=entry, kind="travel")
            check_in = CheckIn.objects.create(entry=entry, time=dt.time(9), mood=3)
            Reading.objects.create(check_in=check_in, symptom=symptoms[0], severity=4)
            refresh_days(alice, [entry.pk])
            Practice.objects.create(skill=skill, date=day, before=6, after=4)
        status = "missed" if ago % 13 == 0 else "planned"
        DoseTaken.objects.create(medication=medication, date=day, status=status, mg=0 if status == "missed" else 10)
    return alice


def data_of(name, owner, days=180):
    """What the chart draws of this record, or a skip."""
    request = RequestFactory().get(f"/trends/{name}/", {"days": str(days)} if name != "planned" else {})
    request.user = owner
    request.profile = owner.profile
    asked = PAGES[name].asked(request)
    if asked.data is None:
        pytest.skip(f"nothing to draw: {asked.empty}")
    return asked.data


def made(page, data) -> str:
    """A digest of all that can come of a chart."""
    drawings = page.drawings()
    digest = hashlib.sha256(repr(drawings.table(data)).encode())
    for size in ("wide", "compact"):
        for standalone in (False, True):
            digest.update(drawings.sheet(data, size, standalone=standalone).chart("uid").svg.encode())
    return digest.hexdigest()


@pytest.mark.parametrize("name", PAGES)
def test_threads_draw_what_one_thread_draws(record, name):
    data, page = data_of(name, record, days=90), PAGES[name]
    sheet = page.drawings().sheet
    alone = {size: sheet(data, size).chart("uid").svg for size in ("wide", "compact")}
    pixels = sheet(data, "compact", standalone=True).png()
    together = Barrier(THREADS)

    def work(number: int) -> list[bool]:
        together.wait()
        same = []
        for turn in range(RENDERS):
            size = "wide" if (turn + number) % 2 else "compact"
            same.append(sheet(data, size).chart("uid").svg == alone[size])
        return [*same, sheet(data, "compact", standalone=True).png() == pixels]

    with ThreadPoolExecutor(THREADS) as pool:
        results = list(pool.map(work, range(THREADS)))
    assert results == [[True] * (RENDERS + 1)] * THREADS


ELSEWHERE = """
import pickle, sys
import django
django.setup()
from tests.views.test_charts_same_bytes import made
from journal.views.charts import PAGES
with open(sys.argv[1], "rb") as file:
    everything = pickle.load(file)
for name, data in everything.items():
    print(name, made(PAGES[name], data))
"""


def test_another_start_draws_the_same(record, tmp_path):
    everything = {}
    for name in PAGES:
        try:
            everything[name] = data_of(name, record)
        except pytest.skip.Exception:
            continue
    assert "overview" in everything
    kept = tmp_path / "data.pickle"
    kept.write_bytes(pickle.dumps(everything))
    here = [f"{name} {made(PAGES[name], data)}" for name, data in everything.items()]
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        there = subprocess.run(
            [sys.executable, "-c", ELSEWHERE, str(kept)],
            cwd=Path(__file__).resolve().parents[2],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert there.stdout.splitlines() == here, there.stderr
