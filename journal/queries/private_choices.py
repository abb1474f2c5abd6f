"""What of the private things is switched on for one reader, and stays on until it is switched off."""

from collections.abc import Collection

from django.db import transaction

from journal.catalogue.summary import Length, Reader
from journal.models import SummaryChoice
from journal.models.profile import one_at_a_time
from journal.queries.private_items import standing


def switched_on(owner, reader: Reader) -> frozenset[str]:
    """The keys that are on. One query."""
    kept = SummaryChoice.objects.of(owner).filter(reader=reader).values_list("private", flat=True).first()
    return frozenset(key for key in kept if isinstance(key, str)) if isinstance(kept, list) else frozenset()


def switch(owner, reader: Reader, shown: Collection[str], on: Collection[str]) -> int:
    """Of the things that a page has ``shown`` those ``on`` are on from now on, the others off; all else stays.

    What is not (or no longer) this person's is not kept. Returns how many are on now.
    """
    with transaction.atomic():
        one_at_a_time(owner)
        kept = (switched_on(owner, reader) - set(shown)) | (set(on) & set(shown))
        return _keep(owner, reader, standing(owner, kept))


def switch_all_off(owner, reader: Reader) -> None:
    """Nothing private is on for this reader."""
    with transaction.atomic():
        one_at_a_time(owner)
        _keep(owner, reader, ())


def _keep(owner, reader: Reader, keys: Collection[str]) -> int:
    SummaryChoice.objects.update_or_create(
        owner=owner,
        reader=reader,
        defaults={"private": sorted(keys)},
        create_defaults={"private": sorted(keys), "length": Length.BRIEF},
    )
    return len(keys)
