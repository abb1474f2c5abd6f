"""The cast, a clock, and small makers with defaults."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.contrib.auth.models import User

from journal.models import DailyEntry, DoseStep, Medication, PlannedStep, Profile, Rating, Symptom, TaperPlan

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def clock():
    """It is noon in London on Sunday 22 November 2026, and time stands still."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def person(name: str) -> User:
    user = User.objects.create_user(name, password=f"{name}-has-a-long-password")
    Profile.objects.create(owner=user, time_zone="Europe/London", country="GB", first_run_done=True)
    return user


@pytest.fixture
def alice(db):
    """Alice is coming off venlafaxine. The tests are about her journal."""
    return person("alice")


@pytest.fixture
def bob(db):
    """Bob has a journal of his own and must never see a trace of Alice's."""
    return person("bob")


@pytest.fixture
def as_alice(client, alice):
    """A browser in which Alice has signed in."""
    client.force_login(alice)
    return client


@pytest.fixture
def as_bob(bob):
    """A browser in which Bob has signed in."""
    from django.test import Client

    client = Client()
    client.force_login(bob)
    return client


def make_medication(owner, name="Venlafaxine", **fields) -> Medication:
    fields.setdefault("drug", "venlafaxine")
    fields.setdefault("drug_class", "snri")
    return Medication.objects.create(owner=owner, name=name, **fields)


def make_step(medication, starts_on, mg, kind="reduction", **fields) -> DoseStep:
    return DoseStep.objects.create(medication=medication, starts_on=starts_on, mg=Decimal(str(mg)), kind=kind, **fields)


def make_plan(medication, steps, status="agreed", from_mg=20, **fields) -> TaperPlan:
    """``steps`` are (day, mg), or (day, mg, other columns of the planned step)."""
    if status == "agreed":
        fields = {"agreed_with": "Dr Okafor", "agreed_on": TODAY} | fields
    fields = {"name": "Ours", "method": "list"} | fields
    plan = TaperPlan.objects.create(medication=medication, from_mg=Decimal(str(from_mg)), status=status, **fields)
    for day, mg, *more in steps:
        PlannedStep.objects.create(plan=plan, starts_on=day, mg=Decimal(str(mg)), **(more[0] if more else {}))
    return plan


def make_symptom(owner, name="Brain zaps", slug="", builtin="brain-zaps", **fields) -> Symptom:
    return Symptom.objects.create(
        owner=owner, name=name, slug=slug or name.lower().replace(" ", "-"), builtin=builtin, **fields
    )


def make_entry(owner, date=TODAY, ratings=None, **fields) -> DailyEntry:
    """``ratings`` maps a Symptom to its severity."""
    entry = DailyEntry.objects.create(owner=owner, date=date, **fields)
    for symptom, severity in (ratings or {}).items():
        Rating.objects.create(entry=entry, symptom=symptom, severity=Decimal(str(severity)))
    return entry
