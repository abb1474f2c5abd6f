"""One row of every model of the record, for one person."""

import datetime as dt
import uuid
from decimal import Decimal

from journal.models import (
    Activity,
    Appointment,
    CalendarFeed,
    CheckIn,
    DailyEntry,
    Deleted,
    Discussed,
    DosePart,
    DoseStep,
    DoseTaken,
    FlagRaised,
    ForgottenDay,
    Homework,
    HomeworkStep,
    LifeEvent,
    LinkOpening,
    MadeSummary,
    Measure,
    Measurement,
    Medication,
    MonthlyLook,
    PlannedStep,
    Practice,
    Product,
    Profile,
    Question,
    QuestionnaireResponse,
    Rating,
    Reading,
    Receipt,
    RecordVersion,
    SafetyPlan,
    SharedLink,
    Skill,
    SummaryChoice,
    SupportPerson,
    Symptom,
    TaperPlan,
)

DAY = dt.date(2026, 11, 1)


def rows_of(owner) -> dict[str, object]:
    """Unsaved rows by the name of their model, in an order in which they can be saved one by one.

    The profile is there already, and so is the version.
    """
    medication = Medication(owner=owner, name="Venlafaxine", drug="venlafaxine", drug_class="snri")
    step = DoseStep(medication=medication, starts_on=DAY, mg=Decimal(20), kind="start")
    entry = DailyEntry(owner=owner, date=DAY, mood=Decimal(5))
    symptom = Symptom(owner=owner, name="Nausea", slug="nausea")
    measure = Measure(owner=owner, name="Weight", slug="weight", kind="amount")
    check_in = CheckIn(entry=entry, time=dt.time(8), mood=Decimal(4))
    skill = Skill(owner=owner, name="Walk", slug="walk")
    plan = TaperPlan(medication=medication, name="Ours", method="list", from_mg=Decimal(20))
    homework = Homework(owner=owner, text="Go outside")
    made = MadeSummary(
        owner=owner, reader="prescriber", length="brief", first=DAY, last=DAY, for_whom="Dr A", digest="0", page=""
    )
    later = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    link = SharedLink(summary=made, nonce=uuid.uuid4().hex, token_hash=uuid.uuid4().hex, ends_at=later)
    rows = [
        medication,
        step,
        DosePart(step=step, mg=Decimal(20)),
        DoseTaken(medication=medication, date=DAY, status="planned", mg=Decimal(20)),
        Product(medication=medication, form="tablet", mg=Decimal(10)),
        plan,
        PlannedStep(plan=plan, starts_on=DAY, mg=Decimal(10)),
        Discussed(plan=plan, rule="pace", on=DAY),
        entry,
        symptom,
        Rating(entry=entry, symptom=symptom, severity=Decimal(3)),
        check_in,
        Reading(check_in=check_in, symptom=symptom, severity=Decimal(3)),
        LifeEvent(entry=entry, kind="travel"),
        measure,
        Measurement(entry=entry, measure=measure, value=Decimal(60)),
        ForgottenDay(owner=owner, date=DAY),
        skill,
        Practice(skill=skill, date=DAY),
        Activity(owner=owner, text="Water the plants"),
        Appointment(owner=owner, kind="therapist", date=DAY),
        Question(owner=owner, text="Why?"),
        homework,
        HomeworkStep(homework=homework, text="Put on shoes"),
        QuestionnaireResponse(owner=owner, slug="phq-9", date=DAY, answers=[0] * 9),
        MonthlyLook(owner=owner, month=DAY, thoughts={}),
        SafetyPlan(owner=owner, own_ways="Tea"),
        SupportPerson(owner=owner, name="Sam"),
        FlagRaised(owner=owner, rule="suicidal-thoughts", date=DAY),
        Receipt(owner=owner, uid=uuid.uuid4(), digest="0"),
        Deleted(owner=owner, label="a day", rows="[]"),
        CalendarFeed(owner=owner, nonce=uuid.uuid4().hex),
        SummaryChoice(owner=owner, reader="prescriber", length="brief"),
        made,
        link,
        LinkOpening(link=link),
    ]
    return {type(row).__name__: row for row in rows}


THERE_ALREADY = {Profile.__name__, RecordVersion.__name__}
