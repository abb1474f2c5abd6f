"""Search in one's own notes, and days by symptom or event."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Substr

from journal.models import CheckIn, DailyEntry, LifeEvent, Rating, Symptom
from journal.queries.entry_words import event_name
from journal.queries.later import later
from journal.queries.month import NOTE_BEGINS
from journal.queries.text_search import Found, Piece, found_in, pattern_of

A_PAGE = 50


@dataclass(frozen=True)
class Query:
    """What is looked for: words, days with a symptom, days with an event of a kind; each may be left out."""

    text: str = ""
    symptom: Symptom | None = None
    event: str = ""

    @property
    def words(self) -> str:
        """The same in words: "“dizzy”, Dizziness rated 1 or more, Illness"."""
        said = [f"“{self.text}”"] if self.text else []
        if self.symptom:
            said.append(f"{self.symptom.name} rated 1 or more")
        if self.event:
            said.append(event_name(self.event))
        return ", ".join(said)


@dataclass
class DayFound:
    """One day that was found, with the places where the words stand and the value of the symptom."""

    entry: DailyEntry
    rating: Rating | None = None
    events: list[str] = field(default_factory=list)
    places: list[Found] = field(default_factory=list)

    @property
    def value(self) -> Decimal | Fraction | None:
        """The symptom's value of the day, exactly."""
        return self.rating.value if self.rating else None

    @property
    def later(self) -> str:
        """That the entry was written or changed on a later day; else blank."""
        return later(self.entry)


@dataclass(frozen=True)
class Results:
    """A page of the days that were found, the latest first. ``total`` counts those of all pages."""

    query: Query
    page: Page
    days: tuple[DayFound, ...]

    @property
    def total(self) -> int:
        """Days on all pages."""
        return self.page.paginator.count


def search_symptoms(owner) -> list[Symptom]:
    """What days can be asked for by: every symptom of theirs, also what no chart shows. One query."""
    return list(Symptom.objects.of(owner).order_by("-tracked", "position", "pk"))


def search(owner, query: Query, number: int) -> Results:
    """Page ``number`` of the days found, the last one where there are fewer. At most five queries.

    (How many there are; the days; the symptom's values; check-ins and events with the words in them.)
    """
    pattern = pattern_of(query.text)
    entries = _days(owner, query, pattern).order_by("-date").only("pk", "date", "created", "updated")
    place = Piece("notes", pattern) if pattern else Substr("notes", 1, NOTE_BEGINS)
    page = Paginator(entries.annotate(note=place), A_PAGE).get_page(number)
    days = {entry.pk: DayFound(entry) for entry in page}
    if query.symptom:
        _add_values(owner, days, query.symptom)
    if pattern:
        _add_places(owner, days, pattern)
    if query.event:
        _add_events(owner, days, query.event)
    return Results(query, page, tuple(days.values()))


def _days(owner, query: Query, pattern: str):
    """The entries that are looked for."""
    entries = DailyEntry.objects.of(owner)
    here = Q(entry=OuterRef("pk"))
    if pattern:
        check_ins = CheckIn.objects.of(owner).filter(here, note__iregex=pattern)
        events = LifeEvent.objects.of(owner).filter(here, text__iregex=pattern)
        entries = entries.filter(Q(notes__iregex=pattern) | Exists(check_ins) | Exists(events))
    if query.symptom:
        entries = entries.filter(Exists(Rating.objects.of(owner).filter(here, symptom=query.symptom, severity__gte=1)))
    if query.event:
        entries = entries.filter(Exists(LifeEvent.objects.of(owner).filter(here, kind=query.event)))
    return entries


def _add_values(owner, days: dict[int, DayFound], symptom: Symptom) -> None:
    for rating in Rating.objects.of(owner).filter(entry__in=list(days), symptom=symptom):
        days[rating.entry_id].rating = rating


def _add_places(owner, days: dict[int, DayFound], pattern: str) -> None:
    """Where the words stand: in the note first, then in check-ins by their time, then in events."""
    for day in days.values():
        _add(day, [found_in(day.entry.note or "", pattern)])
    check_ins = CheckIn.objects.of(owner).filter(entry__in=list(days), note__iregex=pattern)
    for found in check_ins.order_by("entry", "time", "pk"):
        _add(days[found.entry_id], [found_in(found.note, pattern, "Check-in", found.time)])
    events = LifeEvent.objects.of(owner).filter(entry__in=list(days), text__iregex=pattern)
    for found in events.order_by("entry", "pk"):
        _add(days[found.entry_id], [found_in(found.text, pattern, event_name(found.kind))])


def _add(day: DayFound, places: Iterable[Found | None]) -> None:
    day.places += [place for place in places if place]


def _add_events(owner, days: dict[int, DayFound], kind: str) -> None:
    for event in LifeEvent.objects.of(owner).filter(entry__in=list(days), kind=kind):
        days[event.entry_id].events.append(f"{event_name(kind)}: {event.text}" if event.text else event_name(kind))
