"""One marked thing in every private place of a record, for the tests that look where it comes out."""

import datetime as dt
from dataclasses import dataclass

from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import FLAG_RULES
from journal.catalogue.obstacles import AREAS
from journal.catalogue.safety_plan import PARTS
from journal.catalogue.symptoms import PRIVATE
from journal.models import (
    Activity,
    Appointment,
    CheckIn,
    DailyEntry,
    DoseStep,
    FlagRaised,
    Homework,
    LifeEvent,
    MonthlyLook,
    Practice,
    Question,
    QuestionnaireResponse,
    Reading,
    SafetyPlan,
    Skill,
    SupportPerson,
    Symptom,
    TaperPlan,
)
from tests.conftest import TODAY, make_entry, make_medication, make_plan, make_step, make_symptom

WRITTEN_IN = (
    (DailyEntry, "notes"),
    (CheckIn, "note"),
    (LifeEvent, "text"),
    (DoseStep, "note"),
    (TaperPlan, "note"),
    (Practice, "note"),
    (Practice, "said"),
    (Skill, "notes"),
    (Activity, "note"),
    (Homework, "note"),
    (Appointment, "notes"),
    (Appointment, "agreed"),
    (Question, "answer"),
    (MonthlyLook, "thoughts"),
)
"""The columns that hold notes."""

DAY = TODAY - dt.timedelta(5)
MARK = "Quokka"
"""Every planted text begins with it, so that one look finds any of them."""


@dataclass(frozen=True)
class Planted:
    """One private thing: its key, its kind, and words that stand on a page only where it is switched on."""

    key: str
    kind: str
    words: str


def mark(name: str) -> str:
    """The text that is planted under this name; letters only, so that no rendering breaks it."""
    return MARK + "".join(letter for letter in name.title() if letter.isalpha())


def dig_out(owner) -> None:
    """Take everything private out of the record again but the answer to question 9, which counts in a total."""
    for model, column in WRITTEN_IN:
        model.objects.of(owner).update(**{column: {} if column in ("said", "thoughts") else ""})
    Symptom.objects.of(owner).filter(builtin=PRIVATE).delete()
    LifeEvent.objects.of(owner).filter(kind__in=[event.slug for event in URGENT]).delete()
    for model in (FlagRaised, SafetyPlan, SupportPerson):
        model.objects.of(owner).delete()


def plant(owner) -> list[Planted]:
    """Fill every private place of ``owner``'s record on ``DAY``, where it has one. The undated ones have none."""
    found: list[Planted] = []

    def notes(name: str, row) -> None:
        found.append(Planted(f"{name}:{row.pk}", "notes", mark(name)))

    def safety(key: str, words: str) -> None:
        found.append(Planted(key, "safety", words))

    medication = make_medication(owner)
    make_step(medication, TODAY - dt.timedelta(200), 20, "start")
    notes("step", make_step(medication, DAY, 10, note=mark("step")))
    notes("taper-plan", make_plan(medication, [(TODAY + dt.timedelta(9), 5)], note=mark("taper-plan")))
    dark = make_symptom(owner, mark("symptom"), builtin="suicidal-thoughts")
    zaps = make_symptom(owner)
    for number in range(6, 40):
        make_entry(owner, TODAY - dt.timedelta(number), {zaps: 2 + number % 3}, mood=5, sleep_hours=7, function=6)
    entry = make_entry(owner, DAY, {dark: "3.7", zaps: 4}, mood=4, notes=mark("entry"))
    notes("entry", entry)
    safety("ratings:suicidal-thoughts", "3.7 on")
    check_in = CheckIn.objects.create(entry=entry, time=dt.time(14, 20), mood=4, note=mark("check-in"))
    Reading.objects.create(check_in=check_in, symptom=dark, severity="8.3")
    notes("check-in", check_in)
    notes("event", LifeEvent.objects.create(entry=entry, kind="illness", text=mark("event")))
    for event in URGENT:
        happened = LifeEvent.objects.create(entry=entry, kind=event.slug, text=mark(f"happened {event.slug}"))
        safety(f"happened:{happened.pk}", mark(f"happened {event.slug}"))
    skill = Skill.objects.create(owner=owner, name="Tea", slug="my-tea", notes=mark("skill"))
    notes("skill", skill)
    practice = Practice.objects.create(skill=skill, date=DAY, before=6, after=3, note=mark("practice"))
    notes("practice", practice)
    thought = Skill.objects.create(owner=owner, name="Thought record", slug="tr", builtin="thought-record")
    notes("said", Practice.objects.create(skill=thought, date=DAY, said={"thought": mark("said")}))
    notes("activity", Activity.objects.create(owner=owner, text="A walk", day=DAY, note=mark("activity")))
    task = Homework.objects.create(owner=owner, text="Walk", result="done", said_on=DAY, note=mark("homework"))
    notes("homework", task)
    visit = Appointment.objects.create(
        owner=owner, kind="prescriber", date=DAY, held=True, notes=mark("visit-notes"), agreed=mark("visit-agreed")
    )
    notes("visit-notes", visit)
    notes("visit-agreed", visit)
    asked = Question.objects.create(owner=owner, text="Why?", asked_on=DAY, answer=mark("answer"))
    notes("answer", asked)
    look = MonthlyLook.objects.create(
        owner=owner, month=DAY.replace(day=1), thoughts={area: mark(f"look {area}") for area in AREAS}
    )
    for area in AREAS:
        notes(f"look-{area}", look)
    phq_9 = QuestionnaireResponse.objects.create(owner=owner, slug="phq-9", date=DAY, answers=[1] * 8 + [2])
    safety(f"item9:{phq_9.pk}", "question 9: 2 of 3")
    SafetyPlan.objects.create(owner=owner, **{part.field: mark(f"plan {part.field}") for part in PARTS})
    for part in PARTS:
        safety(f"plan:{part.field}", mark(f"plan {part.field}"))
    person = SupportPerson.objects.create(owner=owner, name=mark("person"), phone="07700 900123")
    safety(f"person:{person.pk}", mark("person"))
    for rule in FLAG_RULES:
        raised = FlagRaised.objects.create(owner=owner, rule=rule, date=DAY, reading="6.3", medication=medication)
        found.append(Planted(f"flag:{raised.pk}", "flags", FLAG_WORDS[rule]))
    return found


FLAG_WORDS = {
    rule.slug: {
        "suicidal-thoughts": "thoughts of suicide or self-harm at 6.3",
        "phq-9-item-9": "question 9 of the PHQ-9 with more than",
        "akathisia": "inner restlessness at 6.3",
        "confusion": "confusion at 6.3",
        "missed-doses": "two days in a row",
        "unplanned-stop": "No agreed plan here has that stop",
    }.get(rule.slug)
    or rule.noticed.removeprefix("You t")
    for rule in FLAG_RULES.values()
}
"""What each rule says, in words that are on a page only with its flag."""
