"""Summaries that were made: kept as they were, opened again as they were, deleted with a way back."""

import base64
import hashlib
import json
import zlib

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from journal.catalogue.summary import sections_for
from journal.models import MadeSummary, Medication, SharedLink
from journal.models.base import plain
from journal.models.deleted import Deleted, delete_with_undo
from journal.models.profile import one_at_a_time
from journal.summary.model import Summary
from journal.summary.page import LEFT_OUT, PageData, whole

WAYS = {
    "pdf": "PDF",
    "print": "printed",
    "text": "text for a message",
    "link": "link",
    "keep": "kept",
}
"""How a summary is handed over, and what the list calls it."""
PRIVATE_ON, SECTIONS_OFF, MEDICATIONS_OFF = "Private, switched on", "Sections switched off", "Medications switched off"


def packed(data: PageData) -> str:
    """The page with its drawings as letters that any database keeps: base64 of zlib of JSON."""
    return base64.b64encode(zlib.compress(_canonical(data))).decode("ascii")


def page_of(made: MadeSummary) -> PageData:
    """The page as it was kept, whatever became of the record since; what an older version did not have is blank."""
    return whole(json.loads(zlib.decompress(base64.b64decode(made.page))))


def digest_of(data: PageData) -> str:
    """The same for the same page, down to its drawings; another one for any other. 64 letters."""
    return hashlib.sha256(_canonical(data)).hexdigest()


def _canonical(data: PageData) -> bytes:
    return json.dumps(data, sort_keys=True, separators=(",", ":")).encode("ascii")


def included_lines(owner, summary: Summary) -> list[str]:
    """What was on the page and what was not, a line each, what is private first. At most one query."""
    choices = summary.choices
    sections = sections_for(choices.reader)
    on = [section.label for section in sections if choices.has(section.key)]
    off = [section.label for section in sections if not choices.has(section.key)]
    names_off = []
    if choices.medications_off:
        left = Medication.objects.of(owner).filter(pk__in=choices.medications_off).order_by("name", "pk")
        names_off = list(left.values_list("name", flat=True))
    lines = [
        ("Sections switched on", "; ".join(on)),
        (SECTIONS_OFF, "; ".join(off)),
        ("Medications", ", ".join(medication.name for medication in summary.medications)),
        (MEDICATIONS_OFF, ", ".join(names_off)),
    ]
    found = [f"{PRIVATE_ON}: {group.title}, {len(group.items):,}." for group in summary.private if group.items]
    found = found or ["Nothing private."]
    found += [f"{label}: {text}." for label, text in lines if text]
    return [*found, LEFT_OUT] if summary.left_out else found


def told_apart(made: MadeSummary) -> list[str]:
    """The lines of ``included`` by which one of two alike is known: what was private on it, and what was off."""
    return [line for line in made.included if line.startswith((PRIVATE_ON, SECTIONS_OFF, MEDICATIONS_OFF))]


@transaction.atomic
def keep(owner, data: PageData, first, last, way: str, included=()) -> MadeSummary:
    """The page, kept; ``way`` (a key of ``WAYS``) is noted on it. The same page made twice is one row.

    ``first`` and ``last``: the days that it is about, both included.
    """
    one_at_a_time(owner)
    made, _ = MadeSummary.objects.of(owner).get_or_create(
        owner=owner,
        digest=digest_of(data),
        defaults={
            "reader": data["reader"],
            "length": data["length"],
            "first": first,
            "last": last,
            "for_whom": plain(data["heading"])[:300],
            "included": [plain(line) for line in included],
            "page": packed(data),
        },
    )
    _note(made, way)
    return made


def note_way(owner, made: MadeSummary, way: str) -> MadeSummary | None:
    """Note on a kept summary that it is handed over this way, too; None when it is gone.

    To be called under ``one_at_a_time``. The row comes without its page, which is long.
    """
    found = MadeSummary.objects.of(owner).defer("page").filter(pk=made.pk).first()
    if found:
        _note(found, way)
    return found


def _note(made: MadeSummary, way: str) -> None:
    if way not in made.ways:
        made.ways = [*made.ways, way]
        made.save(update_fields=["ways"])


def ways_words(ways: list[str]) -> str:
    """How it was handed over: "PDF, link"; that it was kept goes without saying where there is more."""
    said = [WAYS[way] for way in WAYS if way in ways and way != "keep"]
    return ", ".join(said) or "kept here only"


def made_lately(owner):
    """The person's summaries, the latest first, without the pages themselves, which are long.

    Each has ``alive``: how many of its links can be opened now.
    """
    alive = Q(links__revoked_at=None, links__ends_at__gt=timezone.now())
    found = MadeSummary.objects.of(owner).defer("page").annotate(alive=Count("links", filter=alive))
    return found.order_by("-made_at", "-pk")  # counting takes the model's own order away


@transaction.atomic
def delete(owner, made: MadeSummary, label: str) -> Deleted | None:
    """Delete a summary with its links, with a way back; None when it is gone already.

    Its links are revoked first: the way back brings the summary, and no address to life.
    """
    one_at_a_time(owner)
    SharedLink.objects.of(owner).filter(summary=made.pk, revoked_at=None).update(revoked_at=timezone.now())
    return delete_with_undo(owner, made, label)
