"""Undo: what was deleted is kept whole for 30 days, and can be put back as it was."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.core import serializers
from django.db import IntegrityError, models, router, transaction
from django.utils import timezone

from journal.models.base import Owned

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
def delete_with_undo(owner, thing: models.Model, label: str, also: Iterable[models.Model] = ()) -> Deleted:
    """Delete ``thing``, everything that hangs on it, and ``also``; return the row that ``undo`` takes.

    Throws away what was deleted more than 30 days ago: the promise made to the person is 30 days, not for ever.
    """
    Deleted.objects.of(owner).filter(at__lt=timezone.now() - KEPT_FOR).delete()
    things = [thing, *also]
    collector = NestedObjects(using=router.db_for_write(type(thing)))
    for one in things:
        collector.collect([one])
    rows = [row for model in collector.data for row in collector.data[model]]
    # Parents first: what was deleted last in the collector's order is what the others point at.
    ordered = sorted(rows, key=lambda row: _depth(type(row)))
    kept = Deleted.objects.create(owner=owner, label=label[:200], rows=serializers.serialize("json", ordered))
    for one in things:
        one.delete()
    return kept


def undo(deleted: Deleted) -> bool:
    """Put everything back. False, with nothing changed, when something new stands in its place."""
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", deleted.rows):
                if type(row.object)._base_manager.filter(pk=row.object.pk).exists():
                    return False
                # A plain insert: save() would otherwise quietly overwrite.
                row.object.save_base(raw=True, force_insert=True)
            deleted.delete()
    except IntegrityError:
        return False
    return True


def _depth(model: type[models.Model]) -> int:
    parents = [
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and issubclass(field.related_model, Owned)
    ]
    return 1 + max((_depth(parent) for parent in parents), default=0)
