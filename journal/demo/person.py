"""One made-up person, whole: same seed, days and last day, same person to the last comma."""

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal

from journal.demo.days import make_days
from journal.demo.record import DemoDay, DemoPractice
from journal.demo.taper import Change, changes
from journal.demo.words import QUESTIONS

NAME = "Alex Marlow"
MOST_DAYS = 3650
SECOND_FROM = 120
"""From so many days on there is a second medication, whose dose never changes."""

# name as the catalogue has it, slug, class, mg a day at the start
DRUGS = (
    ("Sertraline", "sertraline", "ssri", Decimal(100)),
    ("Venlafaxine", "venlafaxine", "snri", Decimal(75)),
    ("Escitalopram", "escitalopram", "ssri", Decimal(20)),
)


@dataclass(frozen=True)
class DemoStep:
    """From a day on, so many mg; ``when`` is the time of day of a second medication's only part."""

    starts_on: dt.date
    mg: Decimal
    kind: str
    note: str = ""
    when: str = ""


@dataclass(frozen=True)
class DemoMedication:
    """A medication and its steps."""

    name: str
    drug: str
    drug_class: str
    reason: str
    since: dt.date
    prescriber: str
    steps: tuple[DemoStep, ...]
    history: str = ""


@dataclass(frozen=True)
class DemoQuestion:
    """A question for the next appointment, or one that was raised."""

    text: str
    created: dt.date
    asked_on: dt.date | None = None


@dataclass(frozen=True)
class DemoPerson:
    """Everything that is written for one demo account. Doses in ``days`` go by the medication's place here."""

    name: str
    time_zone: str
    country: str
    first_day: dt.date
    last_day: dt.date
    medications: tuple[DemoMedication, ...]
    days: tuple[DemoDay, ...]
    practices: tuple[DemoPractice, ...]
    questions: tuple[DemoQuestion, ...] = field(default=())


def make_person(days: int, seed: int, last_day: dt.date) -> DemoPerson:
    """A person with ``days`` days of record up to ``last_day``."""
    first_day = last_day - dt.timedelta(days - 1)
    rng = _stream(seed, "person")
    name, drug, drug_class, start = rng.choice(DRUGS)
    found = changes(days, start, _stream(seed, "taper"))
    since = first_day - dt.timedelta(rng.randint(700, 1900))
    main = DemoMedication(
        name=name,
        drug=drug,
        drug_class=drug_class,
        reason="Low mood and anxiety",
        since=since,
        prescriber="Dr Hale",
        steps=tuple(_step(change, first_day) for change in found),
        history=f"One earlier attempt to stop, over three weeks in {since.year + 1}.",
    )
    medications = (main, _second(first_day)) if days >= SECOND_FROM else (main,)
    stable = Decimal(15) if len(medications) > 1 else None
    made, practices = make_days(days, first_day, found, stable, lambda use: _stream(seed, use))
    return DemoPerson(
        name=NAME,
        time_zone="Europe/London",
        country="GB",
        first_day=first_day,
        last_day=last_day,
        medications=medications,
        days=made,
        practices=practices,
        questions=_questions(days, first_day, _stream(seed, "questions")),
    )


def _stream(seed: int, use: str) -> random.Random:
    """Random numbers of their own for each part: a new sentence does not change a symptom."""
    return random.Random(f"{seed}/{use}")


_STEP_NOTES = {
    "reinstatement": "Agreed with Dr Hale on the phone.",
    "hold": "Agreed to stay here for now.",
}


def _step(change: Change, first_day: dt.date) -> DemoStep:
    return DemoStep(
        starts_on=first_day + dt.timedelta(change.day),
        mg=change.mg,
        kind=change.kind,
        note=_STEP_NOTES.get(change.kind, ""),
    )


def _second(first_day: dt.date) -> DemoMedication:
    return DemoMedication(
        name="Mirtazapine",
        drug="mirtazapine",
        drug_class="other_antidepressant",
        reason="Sleep",
        since=first_day - dt.timedelta(400),
        prescriber="Dr Hale",
        steps=(DemoStep(first_day, Decimal(15), "start", when="night"),),
    )


def _questions(days: int, first_day: dt.date, rng: random.Random) -> tuple[DemoQuestion, ...]:
    """Two open ones, three in a longer record; there some were asked already."""
    texts = list(QUESTIONS)
    rng.shuffle(texts)
    asked = days // 90
    found = []
    for number in range(min(asked, 2)):
        written = (number + 1) * days // 4
        day = first_day + dt.timedelta(written)
        found.append(DemoQuestion(texts.pop(), day, day + dt.timedelta(min(12, days - written - 1))))
    for number in range(3 if days >= 45 else 2):
        found.append(DemoQuestion(texts.pop(), first_day + dt.timedelta(max(0, days - 2 - 3 * (2 - number)))))
    return tuple(found)
