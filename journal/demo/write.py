"""A demo person into the database, as an account of its own."""

import datetime as dt
import zoneinfo
from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from journal.demo.between import write_between
from journal.demo.care import write_care
from journal.demo.person import MOST_DAYS, NAME, DemoMedication, DemoPerson, make_person
from journal.demo.plan import write_plans
from journal.demo.questionnaires import write_questionnaires
from journal.demo.safety import write_safety
from journal.demo.skills import write_skills
from journal.demo.write_days import write_days
from journal.models import (
    DosePart,
    DoseStep,
    Medication,
    Practice,
    Profile,
    Question,
)
from journal.models.base import EARLIEST_DAY
from journal.queries.coping import skill_for

DEMO_NAME = "demo"
DEMO_PASSWORD = "tapertrack-demo"
DEMO_DAYS = 240
DEMO_SEED = 1
BORN = dt.date(1984, 3, 4)
PLANNED_FROM = 14
"""From so many days on there are a plan and what it is made from."""


class DemoRefused(Exception):
    """No demo person was made. The message is a sentence."""


@dataclass(frozen=True)
class Made:
    """What was written for a demo person."""

    username: str
    person: DemoPerson


def ensure_demo() -> bool:
    """The demo account, made when there is none; whether it was made."""
    if get_user_model().objects.filter(username=DEMO_NAME).exists():
        return False
    create_demo(DEMO_NAME, DEMO_PASSWORD, DEMO_DAYS, DEMO_SEED)
    return True


@transaction.atomic
def create_demo(
    username: str,
    password: str,
    days: int,
    seed: int,
    last_day: dt.date | None = None,
    replace: bool = False,
) -> Made:
    """Make the account and its record up to ``last_day`` (yesterday). Raises DemoRefused with nothing changed.

    Today is left open: it is what a visitor tries first. ``replace`` takes away an earlier demo person of that name,
    and nobody else.
    """
    username = username.strip().lower()  # as sign-up keeps it, and as sign-in looks for it
    last_day = _checked(days, last_day)
    users = get_user_model().objects
    there = users.filter(username=username).first()
    if there and not replace:
        raise DemoRefused(f"There is already somebody called {username}. --replace makes a demo person anew.")
    if there:
        if not Profile.objects.of(there).filter(name=NAME).exists():
            raise DemoRefused(f"{username} is not a demo person. Only a demo person can be replaced.")
        there.delete()
    user = users.model(username=username)
    user.set_password(password)
    try:
        user.full_clean()
    except ValidationError as error:
        raise DemoRefused(" ".join(error.messages)) from error
    user.save()
    person = make_person(days, seed, last_day)
    write_person(user, person)
    return Made(username, person)


def _checked(days: int, last_day: dt.date | None) -> dt.date:
    if not 1 <= days <= MOST_DAYS:
        raise DemoRefused(f"{days} days cannot be made. From 1 to {MOST_DAYS:,} can.")
    today = timezone.localdate(timezone=zoneinfo.ZoneInfo("Europe/London"))
    last_day = last_day or today - dt.timedelta(1)
    if last_day > today:
        raise DemoRefused(f"{last_day} is still to come.")
    if last_day - dt.timedelta(days) < EARLIEST_DAY:
        raise DemoRefused(f"Days from {EARLIEST_DAY.year} on can be kept.")
    return last_day


def write_person(owner, person: DemoPerson) -> None:
    """Write the whole record of ``person`` for ``owner``, who has none."""
    Profile.objects.create(
        owner=owner,
        name=person.name,
        born=BORN,
        time_zone=person.time_zone,
        country=person.country,
        first_run_done=True,
    )
    medications = [_write_medication(owner, medication) for medication in person.medications]
    if len(person.days) >= PLANNED_FROM:
        write_plans(medications[0], person.medications[0].prescriber, person.days[-1].date)
    write_days(owner, person, medications)
    skills = {slug: skill_for(owner, slug) for slug in sorted({practice.skill for practice in person.practices})}
    Practice.objects.bulk_create(
        Practice(
            skill=skills[practice.skill],
            date=practice.date,
            time=practice.time,
            before=practice.before,
            after=practice.after,
            note=practice.note,
        )
        for practice in person.practices
    )
    for question in person.questions:
        row = Question.objects.create(owner=owner, text=question.text, asked_on=question.asked_on)
        # created is set by the field itself on insert; the person wrote it down earlier
        noon = dt.datetime.combine(question.created, dt.time(12), tzinfo=dt.UTC)
        Question.objects.of(owner).filter(pk=row.pk).update(created=noon)
    write_safety(owner, person)
    write_questionnaires(owner, person)
    write_care(owner, person)
    write_skills(owner, person)
    write_between(owner, person)


def _write_medication(owner, made: DemoMedication) -> Medication:
    medication = Medication.objects.create(
        owner=owner,
        name=made.name,
        drug=made.drug,
        drug_class=made.drug_class,
        reason=made.reason,
        since=made.since,
        prescriber=made.prescriber,
        history=made.history,
    )
    steps = DoseStep.objects.bulk_create(
        DoseStep(medication=medication, starts_on=step.starts_on, mg=step.mg, kind=step.kind, note=step.note)
        for step in made.steps
    )
    DosePart.objects.bulk_create(
        DosePart(step=row, when=step.when, mg=step.mg) for row, step in zip(steps, made.steps, strict=True) if step.when
    )
    return medication
