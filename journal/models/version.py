"""The version of a record: another number after every change of what is drawn or worked out from it.

A chart that was drawn once is the same until something in the record is not. Whether anything changed is asked of one
row, `RecordVersion`. Database triggers keep that row, so that every way of writing counts: ``save()``,
``bulk_create()``, ``update()``, an import, and SQL typed by hand. What is watched and what is not, and why, stands
here; the triggers themselves are made by `journal.models.triggers`.
"""

from django.conf import settings
from django.db import connection, models

from journal.models.base import Owned


class RecordVersion(Owned):
    """One row a person. ``stamp`` is another random number after each change of what is watched.

    Random and no counter: a backup that is put back must not come to a number that stood for other contents. No row
    means that nothing is known: then nothing may be kept.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="record_version"
    )
    stamp = models.BigIntegerField()

    def __str__(self):
        return f"{self.owner_id}: {self.stamp}"


UNWATCHED = {
    "Activity": "a small activity that is planned: what came of it in figures is its practice",
    "Appointment": "a visit and what was agreed: in no chart",
    "CalendarFeed": "an address under which a calendar finds the step days: in no chart",
    "Deleted": "what was deleted; that it went is seen where it stood",
    "Discussed": "which pace notes of a plan were talked through: in no chart",
    "FlagRaised": "which help was shown: in no chart",
    "Homework": "a task from therapy: in no chart",
    "HomeworkStep": "the same",
    "LinkOpening": "when a shared summary was opened: in no chart",
    "MadeSummary": "a summary that was handed over, as it was: nothing is drawn from it",
    "MonthlyLook": "words about a month: in no chart",
    "Question": "words for the next appointment: in no chart",
    "Receipt": "numbers of forms that were sent: in no chart",
    "RecordVersion": "the version itself",
    "SafetyPlan": "words for a crisis: in no chart",
    "SharedLink": "where a summary that was handed over can be read: in no chart",
    "SummaryChoice": "what a summary is to have: in no chart",
    "SupportPerson": "who can help: in no chart",
}
"""The models of the record whose changes leave the version alone, each with the reason. All others are watched."""


def watched_models() -> list[type[Owned]]:
    """The models whose every change gives their owner another stamp, by name."""
    from django.apps import apps

    found = [model for model in apps.get_app_config("journal").get_models() if issubclass(model, Owned)]
    return sorted((m for m in found if m.__name__ not in UNWATCHED), key=lambda model: model.__name__)


def stamp_of(owner) -> int | None:
    """The stamp of the record as it is now; None where there is none. One query.

    To be asked before the record is read: what is drawn then is never older than its stamp says. By hand, for every
    chart asks it first: Django takes ten times as long to write this query as the database to answer it. Raises
    TypeError for anything but a signed-in person, as ``of()`` does.
    """
    if owner is None or not getattr(owner, "is_authenticated", False):
        raise TypeError("stamp_of() needs a person")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT stamp FROM {RecordVersion._meta.db_table} WHERE owner_id = %s", [owner.pk])
        found = cursor.fetchone()
    return found[0] if found else None
