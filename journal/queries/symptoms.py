"""What a person keeps an eye on. The one place that makes Symptom rows."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef

from journal.catalogue import symptoms as catalogue
from journal.models import DailyEntry, Rating, Reading, Symptom
from journal.models.base import plain
from journal.models.deleted import Deleted, delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries.alone import empty_without
from journal.queries.check_ins import said_alone
from journal.queries.order import last_position, moved, number
from journal.queries.slugs import free_slug

NAME_LENGTH = 100


def field_of(symptom: int) -> str:
    """What the field of a symptom, by its key, is called in a form."""
    return f"symptom-{symptom}"


def key_in(name: str) -> int | None:
    """The key of the symptom whose field is called ``name``; None for the field of something else."""
    found = re.fullmatch(r"symptom-(\d{1,18})", name, re.ASCII)
    return int(found[1]) if found else None


def tracked(owner):
    """The symptoms that the person rates now, in their order."""
    return Symptom.objects.of(owner).filter(tracked=True)


def put_away(owner):
    """The symptoms that they stopped rating; the history is still there."""
    return Symptom.objects.of(owner).filter(tracked=False)


def clean_name(name: str, what: str = "A symptom", most: int = NAME_LENGTH) -> str:
    """``name`` of a symptom or a measure as it is kept: no control characters, single spaces.

    A column's "jaw_pain" becomes "Jaw pain". Raises ValidationError with a sentence for a blank name or one of more
    than ``most`` characters.
    """
    text = plain(name)
    if "_" in text:
        text = text.replace("_", " ").strip()
        text = text[:1].upper() + text[1:]
    text = " ".join(text.split())
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in text):  # spaces and invisible joiners
        raise ValidationError(f"{what} needs a name.")
    if len(text) > most:
        raise ValidationError(f"This name has {len(text)} characters. {most} fit.")
    return text


def name_key(name: str) -> str:
    """What two names have in common when they are the same name."""
    text = plain(name).casefold()
    return " ".join(text.replace("_", " ").replace("-", " ").split()) or text


def known(owner) -> dict:
    """Every symptom of the person, by the key of its name and by ("builtin", slug); ``symptom_for`` keeps it up."""
    found: dict = {}
    for symptom in Symptom.objects.of(owner):
        _remember(found, symptom)
    return found


def _remember(existing, symptom):
    existing[name_key(symptom.name)] = symptom
    if symptom.builtin:
        existing["builtin", symptom.builtin] = symptom


def symptom_for(owner, name: str, existing: dict | None = None) -> Symptom:
    """The person's symptom of this name, made when there is none.

    Their own names come first, then the catalogue's names, aliases and slugs (also when they renamed the built-in
    one); else it is one of their own. A new one is tracked and stands last; one that was put away stays so.
    ``existing`` is ``known(owner)``: pass the same dict for many names, inside one transaction, and only new ones
    cost a query.
    Raises ValidationError with a sentence for a name that cannot be kept.
    """
    if existing is None:
        with transaction.atomic():
            one_at_a_time(owner)
            return symptom_for(owner, name, known(owner))
    name = clean_name(name)
    found = existing.get(name_key(name))
    if found:
        return found
    builtin = catalogue.find(name)
    if builtin:
        found = existing.get(("builtin", builtin.slug))
        if found:
            return found
        # The catalogue's own name may be taken by something that the person renamed to it.
        if name_key(builtin.name) not in existing:
            name = builtin.name
    rows = list({symptom.pk: symptom for symptom in existing.values()}.values())
    symptom = Symptom.objects.create(
        owner=owner,
        name=name,
        slug=free_slug(builtin.slug if builtin else name, {row.slug for row in rows}, "symptom"),
        builtin=builtin.slug if builtin else "",
        position=last_position(rows),
    )
    _remember(existing, symptom)
    return symptom


@transaction.atomic
def track(owner, names) -> list[Symptom]:
    """Rate these from now on: made when new, taken up again when put away. The symptom of each name, in their order."""
    one_at_a_time(owner)
    existing = known(owner)
    chosen = [symptom_for(owner, name, existing) for name in names]
    again = {symptom.pk: symptom for symptom in chosen if not symptom.tracked}.values()
    for symptom in again:
        symptom.tracked = True
    Symptom.objects.bulk_update(again, ["tracked"])
    return chosen


@transaction.atomic
def track_only(owner, names) -> list[Symptom]:
    """Rate these and put all others away; what was rated before stays."""
    chosen = track(owner, names)
    tracked(owner).exclude(pk__in=[symptom.pk for symptom in chosen]).update(tracked=False)
    return chosen


@transaction.atomic
def move(owner, symptom: Symptom, places: int) -> None:
    """Move a tracked symptom up (-1) or down (+1) in the person's order; at the end of the list nothing happens."""
    one_at_a_time(owner)
    number(moved(list(tracked(owner)), symptom, places) or [])


def name_is_free(owner, name: str, but: Symptom) -> bool:
    """Whether no other symptom of theirs has this name, whatever its case."""
    found = known(owner).get(name_key(name))
    return found is None or found.pk == but.pk


def with_days(owner):
    """All symptoms of the person, in their order, with ``days``, the number of days on which each was rated.

    (A count groups the query, and a grouped query forgets the model's own order.)
    """
    return Symptom.objects.of(owner).annotate(days=Count("ratings")).order_by("position", "pk")


def days_rated(symptom: Symptom) -> int:
    """On how many days this one was rated."""
    return symptom.ratings.count()


@transaction.atomic
def delete_symptom(symptom: Symptom) -> Deleted | None:
    """Delete it with its ratings and readings, and the check-ins and entries that would hold nothing without them.

    It can be undone. None: it is gone already. (What check-ins made of it goes with it; the rest stays as it is.)
    """
    owner = symptom.owner
    one_at_a_time(owner)
    check_ins = said_alone(owner, symptom)
    touched = DailyEntry.objects.of(owner).filter(
        Exists(Rating.objects.of(owner).filter(entry=OuterRef("pk"), symptom=symptom))
        | Exists(Reading.objects.of(owner).filter(check_in__entry=OuterRef("pk"), symptom=symptom))
    )
    keys = [check_in.pk for check_in in check_ins]
    entries = empty_without(owner, touched, check_ins=keys, symptoms=[symptom])
    gone = {entry.pk for entry in entries}
    also = [*entries, *(check_in for check_in in check_ins if check_in.entry_id not in gone)]
    return delete_with_undo(owner, symptom, f"{symptom.name}, with its ratings", also=also)


@transaction.atomic
def change(symptom: Symptom, name: str, kind: str) -> bool:
    """Call it ``name`` and say since when it is there, unless another symptom of theirs is called so by now (False)."""
    one_at_a_time(symptom.owner)
    if not name_is_free(symptom.owner, name, symptom):
        return False
    symptom.name, symptom.kind = name, kind
    symptom.save(update_fields=["name", "kind"])
    return True


def set_tracked(symptom: Symptom, tracked: bool) -> None:
    """Put it on the daily page, or take it off; what was rated stays."""
    symptom.tracked = tracked
    symptom.save(update_fields=["tracked"])
