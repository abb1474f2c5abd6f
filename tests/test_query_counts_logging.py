"""Logging costs as many queries after 2,000 days of forty symptoms as after ten."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import CheckIn, DailyEntry, DoseTaken, Rating
from tests.conftest import TODAY
from tests.test_query_counts import count, fill

pytestmark = pytest.mark.usefixtures("clock")
SYMPTOMS = 40


def posted(client, path: str, data: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.post(path, data)
    assert response.status_code == 302, (path, response.status_code)
    return len(queries)


def costs(client, owner, days: int) -> dict[str, int]:
    fill(owner, days, symptoms=SYMPTOMS)
    client.force_login(owner)
    yesterday, gap = TODAY - dt.timedelta(1), TODAY - dt.timedelta(3)
    for model in (DailyEntry, DoseTaken):
        model.objects.of(owner).filter(date=gap).delete()
    keys = list(owner.symptoms.values_list("pk", flat=True))
    dose = f"dose-{owner.medications.get().pk}-status"
    ratings = {f"symptom-{key}": "4" for key in keys}
    day, now = f"/entries/{TODAY}/", f"/entries/{TODAY}/check-in/"
    found = {
        path: count(client, path)
        for path in (
            "/", "/entries/", "/entries/?q=note", f"/entries/?symptom={owner.symptoms.first().slug}",
            "/entries/catch-up/", day, f"/entries/{yesterday}/", f"/entries/{yesterday}/delete/", now,
            "/measures/", "/symptoms/", "/trends/times/",
        )
    }  # fmt: skip
    everything = ratings | {
        "mood": "6", "energy": "5", "sleep_hours": "7:30", "notes": "slept", "measure-weight": "61", dose: "planned",
        "event-illness": "on", "event-illness-text": "flu", "add-0-name": "Zaps", "add-0-severity": "3", "raise": "on",
    }  # fmt: skip
    found["save a day"] = posted(client, day, everything)
    found["save it again"] = posted(client, day, everything | {"add-0-name": "", "add-0-severity": ""})
    found["change a day"] = posted(client, day, ratings | {"mood": "1", f"symptom-{keys[0]}": ""})
    found["a check-in"] = posted(client, now, ratings | {"mood": "3", "note": "on the bus"})
    check_in = CheckIn.objects.of(owner).get(entry__date=TODAY)
    found["change a check-in"] = posted(client, f"{now}{check_in.pk}/", ratings | {"time": "12:00", "mood": "4"})
    found["delete a check-in"] = posted(client, f"{now}{check_in.pk}/delete/", {})
    found["catch up"] = posted(
        client, "/entries/catch-up/", {f"{gap}-mood": "4", f"{gap}-symptom-{keys[0]}": "2", f"{gap}-notes": "rain"}
    )
    found["delete a day"] = posted(client, f"/entries/{yesterday}/delete/", {})
    symptom = owner.symptoms.get(name="Brain zaps").slug
    return {name.replace(symptom, "…"): number for name, number in found.items()}


def test_it_works(client, alice, bob):
    few = costs(client, alice, 10)
    many = costs(client, bob, 2000)
    assert Rating.objects.of(bob).count() > 70_000
    assert many == few
    # Of these the red flags take 5 on the page and up to 3 after saving.
    assert few["save a day"] <= 34 and few[f"/entries/{TODAY}/"] <= 18 and few["a check-in"] <= 30, few
