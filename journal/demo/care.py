"""The demo person's appointments: two that took place, one to come, and what is to be raised there."""

import datetime as dt

from journal.demo.person import DemoPerson
from journal.models import Appointment, DoseStep, Medication, Question, TaperPlan

FROM = 45
"""From so many days on there are past appointments; before that only the next one."""
NEXT_IN, THERAPY_AGO = 6, 9
THERAPIST = "Ms Lindqvist"
Kind, Whom = Question.Kind, Appointment.Kind

ASKED = (
    "Can we leave more time before the next step if a week is hard?",
    "Yes. The date is ours to move. Ring in the week before if it is too soon.",
)
RAISED = (
    (Kind.SIDE_EFFECT, Whom.PRESCRIBER, "Waking early since the last change, most days before five."),
    (Kind.REQUEST, Whom.PRESCRIBER, "A letter for work about shorter days in the week after a step."),
    (Kind.TOPIC, Whom.THERAPIST, "Being short with people at home, and regret after."),
    (Kind.TOPIC, Whom.THERAPIST, "The fear that the low mood comes back once I am off."),
)


def write_care(owner, person: DemoPerson) -> None:
    """The appointments, and the open questions sorted by what they are and whom they are for. Seven queries."""
    last = person.last_day
    medication = Medication.objects.of(owner).order_by("pk").first()
    coming = Appointment(
        owner=owner,
        kind=Whom.PRESCRIBER,
        name=medication.prescriber,
        date=last + dt.timedelta(NEXT_IN),
        time=dt.time(10, 20),
        place="Health centre, second floor",
    )
    if len(person.days) < FROM:
        coming.save()
        return
    visit, therapy = _past(owner, medication, last)
    Appointment.objects.bulk_create([visit, therapy, coming])
    text, answer = ASKED
    asked = {"asked_on": visit.date, "appointment": visit, "answer": answer}
    written = [Question(owner=owner, text=text, whom=Whom.PRESCRIBER, **asked)]
    written += [Question(owner=owner, text=text, kind=kind, whom=whom) for kind, whom, text in RAISED]
    waiting = list(Question.objects.of(owner).filter(asked_on=None))
    Question.objects.bulk_create(written)
    for question, whom in zip(waiting, (Whom.PRESCRIBER, "", Whom.THERAPIST), strict=False):
        question.whom = whom
    for question in written:  # "created" is set by the field itself on insert
        day = (question.asked_on or last) - dt.timedelta(1)
        question.created = dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)
    Question.objects.bulk_update([*waiting, *written], ["whom", "created"])


def _past(owner, medication: Medication, last: dt.date) -> tuple[Appointment, Appointment]:
    """What was talked over on the day of the last dose step, and a session with a therapist."""
    step = DoseStep.objects.of(owner).filter(medication=medication).last()
    visit = Appointment(
        owner=owner,
        kind=Whom.PRESCRIBER,
        name=medication.prescriber,
        date=step.starts_on,
        time=dt.time(11, 40),
        place="By phone",
        held=True,
        notes="Went through the last weeks with the chart. The rough days came late in the first week.",
        agreed="To stay in touch by phone, and to look at sleep and dizziness together next time.",
        plan=TaperPlan.objects.of(owner).filter(status=TaperPlan.Status.AGREED).first(),
    )
    therapy = Appointment(
        owner=owner,
        kind=Whom.THERAPIST,
        name=THERAPIST,
        date=last - dt.timedelta(THERAPY_AGO),
        time=dt.time(16),
        held=True,
        notes="Talked about the evenings, and what I tell people at work.",
        agreed="One short walk after lunch, on the days when it is possible.",
    )
    return visit, therapy
