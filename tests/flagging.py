"""What the tests of red flags do alike: record something, and look at what it raised."""

import datetime as dt
import re

from django.urls import reverse

from journal.models import (
    FlagRaised,
)
from tests.conftest import TODAY, make_medication, make_step, make_symptom

YESTERDAY = TODAY - dt.timedelta(1)
SYMPTOMS = {"suicidal-thoughts": (0, 1), "akathisia": (6, 7), "confusion": (6, 7)}
"""The highest whole rating that raises nothing, and the lowest that does."""


def back(days):
    return TODAY - dt.timedelta(days)


def entry_url(day=TODAY):
    return f"/entries/{day}/"


def said(response):
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " "))


def raised(owner):
    rows = FlagRaised.objects.of(owner).order_by("pk").values_list("rule", "date", "reading")
    return [(rule, date, reading) for rule, date, reading in rows]


def is_help(response):
    return response.status_code == 302 and response["Location"].startswith("/help-now/noticed/?next=")


def rated_symptoms(owner):
    return {slug: make_symptom(owner, slug.title(), builtin=slug) for slug in SYMPTOMS}


def diazepam(owner, kind="benzodiazepine", name="Diazepam"):
    medication = make_medication(owner, name, drug="", drug_class=kind)
    make_step(medication, back(60), 10, "start")
    return medication


def rate(client, symptom, value, day=TODAY, **more):
    return client.post(entry_url(day), {f"symptom-{symptom.pk}": str(value), **more})


def check_in(client, symptom, value, day=TODAY, **more):
    return client.post(f"{entry_url(day)}check-in/", {f"symptom-{symptom.pk}": str(value), "time": "09:00", **more})


def miss(client, medication, day, status="missed", **more):
    return client.post(entry_url(day), {f"dose-{medication.pk}-status": status, **more})


def step_to(client, medication, mg="0", day=TODAY, **more):
    fields = {"mg": mg, "starts_on": day.isoformat(), "kind": "", "note": "", **more}
    return client.post(reverse("step_new", args=[medication.pk]), fields)


def open_help(client, response):
    assert is_help(response)
    return client.get(response["Location"])


def page_data(client, url):
    return client.get(url).context["flags"]["data"]
