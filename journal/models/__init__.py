"""The record: one file per theme. Every row has an owner, reached through ``Model.objects.of(user)``."""

from journal.models.coping import Practice, Question, Skill
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
from journal.models.version import RecordVersion

__all__ = [
    "CalendarFeed",
    "CheckIn",
    "DailyEntry",
    "Deleted",
    "Discussed",
    "DosePart",
    "DoseStep",
    "DoseTaken",
    "ForgottenDay",
    "LifeEvent",
    "Measure",
    "Measurement",
    "Medication",
    "PlannedStep",
    "Practice",
    "Product",
    "Profile",
    "Question",
    "Rating",
    "Reading",
    "Receipt",
    "RecordVersion",
    "Skill",
    "Symptom",
    "TaperPlan",
]
