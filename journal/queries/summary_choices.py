"""What the person chose for a reader's summary: remembered for each of the two, and read back as ``Choices``."""

import datetime as dt
from collections.abc import Collection

from django.db import transaction

from journal.catalogue.summary import Length, Reader, sections_for
from journal.models import Appointment, SummaryChoice
from journal.models.profile import one_at_a_time
from journal.summary.choices import Choices


def choices_of(owner, reader: Reader, paper: str, length: str = "") -> Choices:
    """What they chose for this reader the last time; ``length`` takes the place of the remembered one. One query.

    Before anything was chosen: one page with everything on it but what is private. Raises ValueError for a length that
    there is not.
    """
    wanted = Length(length) if length else None
    row = SummaryChoice.objects.of(owner).filter(reader=reader).first() or SummaryChoice()
    known = {section.key for section in sections_for(reader)}
    return Choices(
        reader=reader,
        length=wanted or _length(row.length),
        paper=paper,
        sections_off=frozenset(_all(str, row.sections_off)) & known,
        medications_off=frozenset(_all(int, row.medications_off)),
        private=frozenset(_all(str, row.private)),
    )


@transaction.atomic
def save_choices(
    owner,
    reader: Reader,
    *,
    length: Length | None = None,
    sections_off: Collection[str] | None = None,
    medications_off: Collection[int] | None = None,
    private: Collection[str] | None = None,
) -> None:
    """Remember these for this reader; None leaves that as it is."""
    one_at_a_time(owner)
    row = SummaryChoice.objects.of(owner).filter(reader=reader).first()
    row = row or SummaryChoice(owner=owner, reader=reader, length=Length.BRIEF)
    given = {"sections_off": sections_off, "medications_off": medications_off, "private": private}
    if length is not None:
        row.length = length
    for name, value in given.items():
        if value is not None:
            setattr(row, name, sorted(value))
    row.save()


def last_visit(owner, reader: Reader, today: dt.date) -> dt.date | None:
    """The day of the last appointment with that kind of person that took place. One query."""
    held = Appointment.objects.of(owner).filter(kind=reader, held=True, date__lte=today)
    return held.order_by("-date").values_list("date", flat=True).first()


def _length(text: str) -> Length:
    return Length(text) if text in set(Length) else Length.BRIEF


def _all(kind: type, values) -> list:
    """Those of a list from the database that are of this kind; what else stands there is passed over."""
    return [value for value in values if isinstance(value, kind)] if isinstance(values, list) else []
