"""What was deleted and can still be put back, and where a person would look for it then."""

import json

from django.utils import timezone

from journal.models import Deleted
from journal.models.deleted import KEPT_FOR

LISTS = {
    "journal.dailyentry": "entries",
    "journal.rating": "entries",
    "journal.dosetaken": "entries",
    "journal.symptom": "symptoms",
    "journal.medication": "medications",
    "journal.dosestep": "medications",
    "journal.skill": "coping",
    "journal.practice": "coping",
    "journal.question": "care",
}


def deleted_lately(owner):
    """The person's deletions of the last 30 days, latest first."""
    return Deleted.objects.of(owner).filter(at__gte=timezone.now() - KEPT_FOR)


def deletions(owner):
    """The same for a list: without the rows themselves, which can be long."""
    return deleted_lately(owner).defer("rows")


def list_of(deleted: Deleted) -> str:
    """The name of the page on which the thing stands once it is back."""
    rows = json.loads(deleted.rows)
    return LISTS.get(rows[0]["model"], "deleted") if rows else "deleted"
