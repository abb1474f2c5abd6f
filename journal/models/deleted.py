"""Undo: what was deleted is kept whole for 30 days, and can be put back as it was."""

import datetime as dt
import json
from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.db import IntegrityError, models, router, transaction
from django.utils import timezone

from journal.models.base import Owned
from journal.models.entries import DailyEntry
from journal.models.profile import one_at_a_time

KEPT_FOR = dt.timedelta(days=30)


class Deleted(Owned):
    """One deletion: the rows that went, in an order in which they can come back, and what to call them."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deleted")
    label = models.CharField(max_length=200)
    rows = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "deleted"

    def __str__(self):
        return self.label


@transaction.atomic
def delete_with_undo(owner, thing: models.Model, label: str, also: Iterable[models.Model] = ()) -> Deleted | None:
    """Delete ``thing``, everything that hangs on it, and ``also``; return the row that ``undo`` takes.

    None when it is gone already (a button pressed twice): the first press kept it whole. Throws away what was deleted
    more than 30 days ago: the promise made to the person is 30 days, not for ever.
    """
    one_at_a_time(owner)
    throw_away_old()
    # Asked anew under the lock: what was loaded before it may be an empty shell by now.
    things = [row for one in (thing, *also) if (row := type(one).objects.of(owner).filter(pk=one.pk).first())]
    if not things or things[0].pk != thing.pk:
        return None
    collector = NestedObjects(using=router.db_for_write(type(thing)))
    for one in things:
        collector.collect([one])
    rows = [row for model in collector.data for row in collector.data[model]]
    # Parents first: what was deleted last in the collector's order is what the others point at.
    ordered = sorted(rows, key=lambda row: _depth(type(row)))
    kept = json.loads(serializers.serialize("json", ordered))
    _add_dates(kept)
    deleted = Deleted.objects.create(owner=owner, label=label[:200], rows=json.dumps(kept))
    for one in things:
        one.delete()
    return deleted


def throw_away_old() -> None:
    """Delete for good, for everybody, what was deleted more than 30 days ago."""
    Deleted.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()


def undo(deleted: Deleted) -> bool:
    """Put everything back. False, with nothing changed, when something new stands in its place."""
    try:
        with transaction.atomic():
            one_at_a_time(deleted.owner)
            for row in serializers.deserialize("python", _fitted(deleted)):
                if type(row.object)._base_manager.filter(pk=row.object.pk).exists():
                    return False
                # A plain insert: save() would otherwise quietly overwrite.
                row.object.save_base(raw=True, force_insert=True)
            deleted.delete()
    except IntegrityError:
        return False
    return True


# A rating hangs on a symptom and on a day's entry. The entry may have gone, or come anew, since the symptom went;
# neither is a reason to refuse the ratings of all other days. So each rating keeps the date it was given on. So does
# everything else that hangs on something of the person's and on a day.

ENTRY = "journal.dailyentry"
ON_A_DAY = {"journal.rating": "entry", "journal.measurement": "entry"}
"""What hangs on a day: a model, and its field that leads to the entry."""
BLANK = (None, "")


def _add_dates(rows: list[dict]) -> None:
    of_days = [(row, row["fields"][ON_A_DAY[row["model"]]]) for row in rows if row["model"] in ON_A_DAY]
    dates = dict(DailyEntry.objects.filter(pk__in={key for _, key in of_days}).values_list("pk", "date"))
    for row, key in of_days:
        row["date"] = dates[key].isoformat()


def _fitted(deleted: Deleted) -> list[dict]:
    """The kept rows, with what hangs on a day on the entry that the day has now; one is made where it has none."""
    rows = json.loads(deleted.rows)
    there = {
        date.isoformat(): pk
        for pk, date in DailyEntry.objects.of(deleted.owner)
        .filter(date__in={row["date"] for row in rows if row["model"] in ON_A_DAY})
        .values_list("pk", "date")
    }
    kept = []
    for row in rows:
        if row["model"] == ENTRY:
            date = row["fields"]["date"]
            if date in there and all(row["fields"][name] in BLANK for name in DailyEntry.HOLDS):
                continue  # it held nothing but such rows, and the day has an entry again
            there.setdefault(date, row["pk"])
        elif row["model"] in ON_A_DAY:
            if row["date"] not in there:
                there[row["date"]] = DailyEntry.objects.create(owner=deleted.owner, date=row["date"]).pk
            row["fields"][ON_A_DAY[row["model"]]] = there[row["date"]]
        kept.append(row)
    return kept


def _depth(model: type[models.Model]) -> int:
    parents = [
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Owned) and field.related_model is not model
    ]
    return 1 + max((_depth(parent) for parent in parents), default=0)
