"""How long the planner takes to work two plans out, as ratios: python benchmarks/planner.py [runs]

The whole page as the browser asks for it, in a database of its own in memory; the cases are interleaved so that a busy
machine slows all of them alike, and medians are compared. Fails when 1,000 steps, the most that are allowed, take more
than 40 times as long as 10.
"""

import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings
from django.test import Client
from django.test.utils import get_runner, setup_test_environment

MOST_AGAINST_TEN = 40
PRODUCTS = (
    {"form": "tablet", "mg": 20, "divides": "halves"},
    {"form": "tablet", "mg": 10, "divides": "quarters"},
    {"form": "tablet", "mg": "7.5"},
    {"form": "drops", "mg": 40, "drops_per_ml": 20, "factor": "0.8"},
)


def sent(steps: int, products) -> dict:
    """Two plans of so many equal steps from 60 to 0 mg, one a week and one every two weeks."""
    fields = {"from_mg": "60", "products": products, "rounding": "none", "times": "1", "do": "work", "show": "a"}
    for name, every in (("a", 7), ("b", 14)):
        plan = {"method": "equal-mg", "step_mg": str(60 / steps), "to_mg": "0", "every": every, "start": "2026-12-01"}
        fields |= {f"{name}-{field}": value for field, value in plan.items()}
    return fields


def main(runs: int) -> int:
    """Prints a line a case and the ratios; 1 where 1,000 steps take too long."""
    django.setup()
    from django.contrib.auth import get_user_model

    from journal.models import Medication, Product

    setup_test_environment()
    runner = get_runner(settings)(verbosity=0)
    databases = runner.setup_databases()
    try:
        person = get_user_model().objects.create_user("somebody")
        client = Client()
        client.force_login(person)
        medication = Medication.objects.create(owner=person, name="Citalopram", drug="citalopram", drug_class="ssri")
        products = [Product.objects.create(medication=medication, **product).pk for product in PRODUCTS]
        cases = {
            f"{steps:>5,} steps, {words}": sent(steps, which)
            for steps in (10, 100, 1_000)
            for words, which in (("no product", []), ("four products", products))
        }
        took: dict[str, list[float]] = {case: [] for case in cases}
        for run in range(runs + 1):  # the first warms everything up
            for case, fields in cases.items():
                begun = time.perf_counter()
                response = client.post(f"/medications/{medication.pk}/plan/", fields)
                if run:
                    took[case].append(time.perf_counter() - begun)
                assert response.status_code == 200, case
    finally:
        runner.teardown_databases(databases)
    medians = {case: statistics.median(times) for case, times in took.items()}
    base = medians["   10 steps, four products"]
    for case, median in medians.items():
        print(f"{case:28} {1000 * median:8.0f} ms {median / base:6.1f} x")
    ratio = medians["1,000 steps, four products"] / base
    print(f"1,000 steps against 10: {ratio:.1f} (at most {MOST_AGAINST_TEN})")
    return int(ratio > MOST_AGAINST_TEN)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
