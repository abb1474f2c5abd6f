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
from journal.models.entries import Rating
from journal.models.fitting import Fitting, ends, remember_places
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
    more than 30 days ago: the promise made to the person is 30 days, not for ever. What the check-ins make of a day is
    not kept: it is theirs, and comes anew with them.
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
    rows = [row for model in collector.data for row in collector.data[model] if not _is_derived(row)]
    # Parents first: what was deleted last in the collector's order is what the others point at.
    ordered = sorted(rows, key=lambda row: _depth(type(row)))
    kept = json.loads(serializers.serialize("json", ordered))
    remember_places(owner, kept)
    deleted = Deleted.objects.create(owner=owner, label=label[:200], rows=json.dumps(kept))
    for one in things:
        one.delete()
    return deleted


def throw_away_old() -> None:
    """Delete for good, for everybody, what was deleted more than 30 days ago."""
    Deleted.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()


def undo(deleted: Deleted) -> bool:
    """Put everything back. False, with nothing changed, when something new stands in its place, or when all of it
    belongs to something that is deleted itself. What does so in part stays deleted, to be put back later.
    """
    try:
        with transaction.atomic():
            one_at_a_time(deleted.owner)
            # Read anew under the lock: another undo may just have written into it, or put it back.
            deleted.refresh_from_db(fields=["rows"])
            fitting = Fitting(deleted.owner, json.loads(deleted.rows))
            if fitting.left and not fitting.rows:
                raise IntegrityError("what it belongs to is deleted, too")
            objects = [row.object for row in serializers.deserialize("python", fitting.rows)]
            if _any_there(objects):
                raise IntegrityError("what was deleted stands there")
            for one in objects:
                # A plain insert: save() would otherwise quietly overwrite.
                one.save_base(raw=True, force_insert=True)
            fitting.finish()
            fitting.tell(fitting.left)
            _tell_the_others(deleted, fitting)
            if fitting.left:  # kept until what it belongs to is back
                deleted.rows = json.dumps(fitting.left)
                deleted.label = f"{deleted.label}, the rest of it"[:200]
                deleted.save(update_fields=["rows", "label"])
            else:
                deleted.delete()
    except (IntegrityError, Deleted.DoesNotExist):
        return False
    return True


def _tell_the_others(deleted: Deleted, fitting: Fitting) -> None:
    """What the person's other deletions have to do with what is back now. One query, and one for each that changes."""
    labels = ends()
    if not any(label in labels for label, _ in fitting.placed):
        return
    holds = models.Q()
    for label in sorted(labels):
        holds |= models.Q(rows__contains=f'"model": "{label}"')
    for other in Deleted.objects.of(deleted.owner).filter(holds).exclude(pk=deleted.pk):
        rows = json.loads(other.rows)
        if fitting.tell(rows):
            other.rows = json.dumps(rows)
            other.save(update_fields=["rows"])


def _is_derived(row: models.Model) -> bool:
    return isinstance(row, Rating) and row.origin == Rating.Origin.CHECK_INS


def _any_there(objects: list[models.Model]) -> bool:
    """Whether the key of one of these is taken: a query a model."""
    by_model: dict[type[models.Model], list[int]] = {}
    for one in objects:
        by_model.setdefault(type(one), []).append(one.pk)
    return any(model._base_manager.filter(pk__in=keys).exists() for model, keys in by_model.items())


def _depth(model: type[models.Model]) -> int:
    parents = [
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Owned) and field.related_model is not model
    ]
    return 1 + max((_depth(parent) for parent in parents), default=0)
