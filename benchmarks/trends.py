"""How long the pages with charts take, as ratios with their limits: python benchmarks/trends.py [runs]

Whole requests by Django's test client, signed in, on a SQLite file of its own in a temporary folder, for people with
31, 180, 1,095 and 3,650 days of record: an entry a day with mood and three symptoms, ten steps, some check-ins. The
cases are taken in turn, so that a busy machine slows all of them alike, and medians of the processor's time are
compared: nothing here waits for anything else. The first request of each case is not counted. "Drawn" has nothing kept
from before, "kept" has. Also the overview alone against the bare SVG writer (benchmarks/charts.py). Fails when a limit
is missed.
"""

import atexit
import datetime as dt
import gc
import gzip
import os
import random
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
os.environ.pop("DATABASE_URL", None)

import django
from django.conf import settings
from django.test import Client
from django.test.utils import get_runner

LENGTHS = (31, 180, 1095, 3650)
CHART = "/trends/overview.svg"

AGAINST_WRITER = 4
LONG_AGAINST_SHORT = 3
LONG_KB = 20
UNCHANGED_AGAINST_DRAWN = 0.1
YEARS_AGAINST_MONTH = 1.2


def fill(owner, days: int, today: dt.date) -> None:
    """A record of so many days, up to today."""
    from journal.models import CheckIn, DailyEntry, DoseStep, Medication, Rating, Reading, Symptom
    from journal.models.derived import refresh_days

    chance = random.Random(days)
    first = today - dt.timedelta(days - 1)
    medication = Medication.objects.create(owner=owner, name="Venlafaxine", drug="venlafaxine", drug_class="snri")
    doses = ("150", "105", "73", "51", "37", "25", "18", "12", "9", "5")
    DoseStep.objects.bulk_create(
        DoseStep(
            medication=medication,
            starts_on=first + dt.timedelta(days * n // len(doses)),
            mg=Decimal(mg),
            kind="reduction" if n else "start",
        )
        for n, mg in enumerate(doses)
    )
    names = ("Restlessness", "Agitation", "Irritability")
    symptoms = [Symptom.objects.create(owner=owner, name=name, slug=name.lower()) for name in names]
    entries = DailyEntry.objects.bulk_create(
        DailyEntry(owner=owner, date=first + dt.timedelta(n), mood=chance.randint(3, 7), notes="A note. " * 20)
        for n in range(days)
        if chance.random() > 0.04
    )
    Rating.objects.bulk_create(
        Rating(entry=entry, symptom=symptom, severity=chance.randint(0, 6)) for entry in entries for symptom in symptoms
    )
    check_ins = CheckIn.objects.bulk_create(CheckIn(entry=e, time=dt.time(20), mood=4) for e in entries[::10])
    Reading.objects.bulk_create(Reading(check_in=one, symptom=symptoms[0], severity=4) for one in check_ins)
    refresh_days(owner, [entry.pk for entry in entries[::10]])


class Person:
    """Somebody with a record of so many days, in a browser of their own."""

    def __init__(self, days: int, today: dt.date) -> None:
        from django.contrib.auth import get_user_model

        from journal.models import Profile

        owner = get_user_model().objects.create_user(f"days-{days}")
        Profile.objects.create(owner=owner, first_run_done=True)
        fill(owner, days, today)
        self.client = Client()
        self.client.force_login(owner)
        self.etag = ""

    def get(self, address: str, status: int = 200, **headers):
        response = self.client.get(address, headers=headers)
        assert response.status_code == status, (address, response.status_code)
        return response

    def unchanged(self, address: str):
        if not self.etag:
            self.etag = self.get(address)["ETag"]
        return self.get(address, 304, **{"If-None-Match": self.etag})


def forget() -> None:
    """Let go of all that is kept."""
    from journal.views.charts import kept

    kept.forget()


def medians(cases: dict[str, tuple[Callable, Callable]], runs: int) -> dict[str, float]:
    """Milliseconds of processor time of each case, the cases taken in turn; the first of each is not counted.

    A case is what is made ready and what is measured. Making ready runs the same, so that the processor has it at hand.
    """
    took: dict[str, list[float]] = {name: [] for name in cases}
    for run in range(runs + 1):
        for name, (ready, case) in cases.items():
            gc.collect()  # nobody pays for what another left behind
            ready()
            begun = time.process_time()
            case()
            if run:
                took[name].append(1000 * (time.process_time() - begun))
    return {name: statistics.median(times) for name, times in took.items()}


def cases_of(people: dict[int, Person], today: dt.date) -> dict[str, tuple[Callable, Callable]]:
    """What is measured, by name. Two that are compared are neighbours, so that they run under the same load."""
    from charts import Floor, made_up

    from journal.charts.overview import overview

    data = made_up(180)

    def days(n: int) -> str:
        return f"?from={today - dt.timedelta(n - 1)}&to={today}"

    def kept(n: int, address: str) -> tuple[Callable, Callable]:
        return (lambda: people[n].get(address)), lambda: people[n].get(address)

    def drawn(n: int, address: str) -> tuple[Callable, Callable]:
        return (lambda: (people[n].get(address), forget())), lambda: people[n].get(address)

    def again(way: Callable) -> tuple[Callable, Callable]:
        return way, way

    chart = CHART + days(180)
    return {
        "overview alone, 180 days": again(lambda: overview(data)),
        "SVG writer alone, 180 days": again(Floor(data)),
        "chart drawn, 180 days": drawn(180, chart),
        "chart drawn, 3,650 days": drawn(3650, CHART + days(3650)),
        "chart unchanged, 180 days": again(lambda: people[180].unchanged(chart)),
        "page drawn, 180 days": drawn(180, f"/trends/{days(180)}"),
        "page drawn, 3,650 days": drawn(3650, f"/trends/{days(3650)}"),
        "Today, 31 days": kept(31, "/"),
        "Today, 1,095 days": kept(1095, "/"),
        "Trends drawn, 31 days": drawn(31, "/trends/"),
        "Trends drawn, 1,095 days": drawn(1095, "/trends/"),
        "Trends kept, 31 days": kept(31, "/trends/"),
        "Trends kept, 1,095 days": kept(1095, "/trends/"),
    }


def main(runs: int) -> int:
    """Prints each case, then each ratio with its limit; 1 where a limit is missed."""
    django.setup()
    atexit.register(shutil.rmtree, settings.DATA, ignore_errors=True)
    runner = get_runner(settings)(verbosity=0)
    databases = runner.setup_databases()
    try:
        today = dt.datetime.now(dt.UTC).date()
        people = {days: Person(days, today) for days in LENGTHS}
        cases = cases_of(people, today)
        took = medians(cases, runs)
        packed = len(gzip.compress(cases["chart drawn, 3,650 days"][1]().content, 6)) / 1000
    finally:
        runner.teardown_databases(databases)
    for name, milliseconds in took.items():
        print(f"{name:28} {milliseconds:8.1f} ms")

    def ratio(one: str, other: str) -> float:
        return took[one] / took[other]

    limits = [
        ("overview / SVG writer", ratio("overview alone, 180 days", "SVG writer alone, 180 days"), AGAINST_WRITER),
        ("page, 3,650 / 180 days", ratio("page drawn, 3,650 days", "page drawn, 180 days"), LONG_AGAINST_SHORT),
        ("chart, 3,650 days, kB gzipped", packed, LONG_KB),
        (
            "chart, unchanged / drawn",
            ratio("chart unchanged, 180 days", "chart drawn, 180 days"),
            UNCHANGED_AGAINST_DRAWN,
        ),
        ("Today, 1,095 / 31 days", ratio("Today, 1,095 days", "Today, 31 days"), YEARS_AGAINST_MONTH),
        (
            "Trends drawn, 1,095 / 31 days",
            ratio("Trends drawn, 1,095 days", "Trends drawn, 31 days"),
            YEARS_AGAINST_MONTH,
        ),
        ("Trends kept, 1,095 / 31 days", ratio("Trends kept, 1,095 days", "Trends kept, 31 days"), YEARS_AGAINST_MONTH),
    ]
    print()
    files = ratio("chart drawn, 3,650 days", "chart drawn, 180 days")
    print(f"{'chart, 3,650 / 180 days':30} {files:6.2f}  (the file alone)")
    for name, found, most in limits:
        print(f"{name:30} {found:6.2f}  (at most {most:g}){'' if found <= most else '  MISSED'}")
    return int(any(found > most for _, found, most in limits))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 15))
