"""What of the private things is switched on for one reader, and stays on until it is switched off."""

from collections.abc import Collection

from django.db import transaction

from journal.catalogue.summary import Reader
from journal.models.profile import one_at_a_time
from journal.queries.private_items import standing
from journal.queries.summary_choices import choices_of, save_choices


def switched_on(owner, reader: Reader) -> frozenset[str]:
    """The keys that are on. One query."""
    return choices_of(owner, reader, paper="").private


def switch(owner, reader: Reader, shown: Collection[str], on: Collection[str]) -> int:
    """Of the things that a page has ``shown`` those ``on`` are on from now on, the others off; all else stays.

    What is not (or no longer) this person's is not kept. Returns how many are on now.
    """
    with transaction.atomic():
        one_at_a_time(owner)
        kept = (switched_on(owner, reader) - set(shown)) | (set(on) & set(shown))
        now = standing(owner, kept)
        save_choices(owner, reader, private=now)
        return len(now)


def switch_all_off(owner, reader: Reader) -> None:
    """Nothing private is on for this reader."""
    save_choices(owner, reader, private=())
