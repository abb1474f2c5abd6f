"""The record: one file per theme. Every row has an owner, reached through ``Model.objects.of(user)``."""

from journal.models.care import Appointment, Homework, HomeworkStep, Question
from journal.models.coping import Activity, Practice, Skill
from journal.models.deleted import Deleted
from journal.models.entries import (
    CheckIn,
    DailyEntry,
    DoseTaken,
    ForgottenDay,
    LifeEvent,
    Rating,
    Reading,
    Receipt,
    Symptom,
)
from journal.models.measures import Measure, Measurement
from journal.models.medications import DosePart, DoseStep, Medication
from journal.models.plans import CalendarFeed, Discussed, PlannedStep, Product, TaperPlan
from journal.models.profile import Profile
from journal.models.questionnaires import MonthlyLook, QuestionnaireResponse
from journal.models.safety import FlagRaised, SafetyPlan, SupportPerson
from journal.models.summaries import LinkOpening, MadeSummary, SharedLink, SummaryChoice
from journal.models.version import RecordVersion

__all__ = [
    "Activity",
    "Appointment",
    "CalendarFeed",
    "CheckIn",
    "DailyEntry",
    "Deleted",
    "Discussed",
    "DosePart",
    "DoseStep",
    "DoseTaken",
    "FlagRaised",
    "ForgottenDay",
    "Homework",
    "HomeworkStep",
    "LifeEvent",
    "LinkOpening",
    "MadeSummary",
    "Measure",
    "Measurement",
    "Medication",
    "MonthlyLook",
    "PlannedStep",
    "Practice",
    "Product",
    "Profile",
    "Question",
    "QuestionnaireResponse",
    "Rating",
    "Reading",
    "Receipt",
    "RecordVersion",
    "SafetyPlan",
    "SharedLink",
    "Skill",
    "SummaryChoice",
    "SupportPerson",
    "Symptom",
    "TaperPlan",
]
