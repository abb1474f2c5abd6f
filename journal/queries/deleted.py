"""What was deleted and can still be put back, and where a person would look for it then."""

import datetime as dt
import json

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from journal.models import Deleted
from journal.models.deleted import KEPT_FOR, undo
from journal.queries.medications import kinds_follow

STEP, CHECK_IN = "journal.dosestep", "journal.checkin"
OF_MEDICATION = {STEP, "journal.product", "journal.taperplan"}
LISTS = {
    "journal.dailyentry": "entries",
    "journal.rating": "entries",
    "journal.dosetaken": "entries",
    "journal.symptom": "symptoms",
    "journal.measure": "measures",
    "journal.medication": "medications",
    "journal.skill": "coping",
    "journal.practice": "coping",
    "journal.question": "care",
    "journal.appointment": "appointments",
    "journal.safetyplan": "safety_plan",
    "journal.supportperson": "people",
    "journal.activity": "activities",
    "journal.homework": "homework",
    "journal.homeworkstep": "homework",
    "journal.madesummary": "summaries",
}


def deleted_lately(owner):
    """The person's deletions of the last 30 days, latest first."""
    return Deleted.objects.of(owner).filter(at__gte=timezone.now() - KEPT_FOR)


def deletions(owner):
    """The same for a list: without the rows themselves, which can be long."""
    return deleted_lately(owner).defer("rows")


def page_of(deleted: Deleted) -> str:
    """The address of the page on which the thing stands once it is back."""
    first = _first_row(deleted)
    if first.get("model") in OF_MEDICATION:
        return reverse("medication", args=[first["fields"]["medication"]])
    if first.get("model") == CHECK_IN:
        return reverse("entry", args=[dt.date.fromisoformat(first["date"])])
    return reverse(LISTS.get(first.get("model"), "deleted"))


def put_back(deleted: Deleted) -> bool:
    """Undo the deletion; False, with nothing changed, when something new stands in its place.

    With a dose step, kinds that the app found follow the numbers again.
    """
    first = _first_row(deleted)
    if first.get("model") != STEP:
        return undo(deleted)
    try:
        with transaction.atomic(), kinds_follow(deleted.owner, first["fields"]["medication"]):
            return undo(deleted)
    except IntegrityError:  # its medication has gone, which a database may find out as late as now
        return False


def _first_row(deleted: Deleted) -> dict:
    rows = json.loads(deleted.rows)
    return rows[0] if rows else {}
