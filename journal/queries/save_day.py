"""The one place that writes a day: its entry, ratings, measurements, events and doses."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils import timezone

from journal.models import CheckIn, DailyEntry, DoseTaken, LifeEvent, Measurement, Rating, Symptom
from journal.models.deleted import Deleted, delete_with_undo
from journal.models.derived import refresh_days
from journal.queries.care import drop_note_question, raise_event, raise_note
from journal.queries.catch_up import remember
from journal.queries.entries import Day
from journal.queries.symptoms import field_of, track
from journal.queries.tracked import rows_for
from journal.taper.words import day_words

# -- what is said -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Dose:
    """What the person says about one dose; ``mg`` and ``taken_mg`` as in ``DoseTaken``."""

    status: str
    mg: Decimal
    time: dt.time | None
    taken_mg: Decimal | None = None


@dataclass(frozen=True)
class NewSymptom:
    """A symptom that was added on the day's page, by name; ``severity`` None where it was not rated."""

    name: str
    kind: str
    severity: Decimal | None


@dataclass(frozen=True)
class Record:
    """What a form says about a day. What is not in here was not asked; None (or "") was asked and left blank.

    ``fields`` are those of the entry, ``ratings`` and ``doses`` by the key of symptom and medication, ``measurements``
    by the slug of the measure, ``events`` by kind: their line of text, None for "did not happen". ``carried`` names the
    fields (as a form calls them) that were filled in from the day before and left untouched. ``raised``: whether the
    note is for the next appointment; None where that was not asked. ``raised_events``: the same of events, by kind.
    """

    fields: dict[str, Decimal | dt.time | str | None] = field(default_factory=dict)
    ratings: dict[int, Decimal | None] = field(default_factory=dict)
    doses: dict[int, Dose | None] = field(default_factory=dict)
    measurements: dict[str, Decimal | None] = field(default_factory=dict)
    events: dict[str, str | None] = field(default_factory=dict)
    added: tuple[NewSymptom, ...] = ()
    carried: frozenset[str] = frozenset()
    raised: bool | None = None
    raised_events: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Saved:
    """What became of a day: whether nothing stands there now, the entry that went because it was emptied, and the
    symptoms that were added."""

    is_blank: bool
    deleted: Deleted | None = None
    added: tuple[Symptom, ...] = ()


# -- writing ------------------------------------------------------------------------------------------------------


def save_day(day: Day, record: Record) -> Saved:
    """Write what differs from ``day``, which was loaded with a lock in the same transaction.

    An entry that holds nothing is no entry: none is made for a blank form, and one that was emptied is deleted, as it
    was before, with undo.
    """
    change = _Change(day, record)
    if not change.is_any:
        return Saved(day.is_blank)
    remember(day.owner, day.date)
    entry = day.entry
    if change.leaves_something or (entry.pk and CheckIn.objects.of(day.owner).filter(entry=entry).exists()):
        return _write(day, record, change)
    cleared = [
        dose.taken for dose in day.doses if dose.taken and change.doses.get(dose.medication.pk, dose.taken) is None
    ]
    deleted = delete_entry(day.owner, entry, cleared) if entry.pk else None
    if deleted and day.question and not change.raised:  # the note that it was about has gone
        drop_note_question(day.owner, day.question)
    if deleted:
        _save_raised_events(day, change)
    _save_doses(day, change.doses)
    added = _add_symptoms(day.owner, change.added, {})
    left = {found.medication.pk: found.taken for found in day.doses} | change.doses
    return Saved(not any(left.values()), deleted, added=tuple(added))


class _Change:
    """What of ``record`` differs from what is stored."""

    def __init__(self, day: Day, record: Record):
        self.fields = {name: value for name, value in record.fields.items() if value != getattr(day.entry, name)}
        self.rated = {found.symptom.pk: found.severity for found in day.symptoms}
        self.ratings = {pk: severity for pk, severity in record.ratings.items() if severity != self.rated[pk]}
        self.measured = {one.tracked.slug: one.value for one in day.measures if not one.tracked.column}
        self.measurements = {slug: value for slug, value in record.measurements.items() if value != self.measured[slug]}
        self.happened = {kind: event.text for kind, event in day.events.items()}
        self.events = {kind: text for kind, text in record.events.items() if text != self.happened.get(kind)}
        self.doses = {pk: dose for pk, dose in record.doses.items() if dose != _as_dose(day, pk)}
        self.added = record.added
        self.raised = record.raised
        # A note that is raised is a note first; raising alone changes no entry.
        self.raises = record.raised is not None and record.raised != bool(day.question)
        self.note = day.entry.notes
        self.raised_events = self._raised_events(day, record.raised_events)
        self._entry = day.entry

    def _raised_events(self, day: Day, wanted: dict[str, bool]) -> dict[str, bool]:
        """By kind, what is to become of the question of an event: what did not happen is not raised."""
        happened = {kind for kind, text in (self.happened | self.events).items() if text is not None}
        now = {kind: wanted.get(kind, kind in day.raised) and kind in happened for kind in {*wanted, *day.raised}}
        # An open question follows the line of its event.
        return {
            kind: is_raised
            for kind, is_raised in now.items()
            if is_raised != (kind in day.raised) or kind in self.events
        }

    @property
    def is_any(self) -> bool:
        return self.of_entry or bool(self.doses or self.raises or self.raised_events)

    @property
    def of_entry(self) -> bool:
        """Whether anything changes but doses."""
        return bool(self.fields or self.ratings or self.measurements or self.events or self.added)

    @property
    def leaves_something(self) -> bool:
        """Whether the entry holds anything afterwards (its check-ins apart)."""
        kept = {name: self.fields.get(name, getattr(self._entry, name)) for name in DailyEntry.HOLDS}
        left = [*kept.values(), *(self.rated | self.ratings).values(), *(self.measured | self.measurements).values()]
        happened = (self.happened | self.events).values()
        return (
            any(value not in (None, "") for value in left)
            or any(text is not None for text in happened)
            or any(new.severity is not None for new in self.added)
        )


def _write(day: Day, record: Record, change: _Change) -> Saved:
    owner, entry = day.owner, day.entry
    _save_doses(day, change.doses)
    if change.of_entry or not entry.pk:
        _save_entry(entry, change.fields, record.carried)
    added = _add_symptoms(owner, change.added, change.ratings)
    _save_ratings(entry, change.ratings, record.carried)
    _save_measurements(day, change.measurements, record.carried)
    _save_events(entry, change.events)
    if change.raises or (day.question and "notes" in change.fields):
        _save_question(day, change)
    _save_raised_events(day, change)
    return Saved(is_blank=False, added=tuple(added))


def delete_entry(owner, entry: DailyEntry, doses: Iterable[DoseTaken]) -> Deleted | None:
    """Delete the entry of a day with all that hangs on it, and ``doses`` of that day; it can be undone. None: gone."""
    label = f"Entry for {day_words(entry.date, timezone.localdate())}"
    return delete_with_undo(owner, entry, label, also=doses)


def _save_entry(entry: DailyEntry, fields, carried: frozenset[str]) -> None:
    for name, value in fields.items():
        setattr(entry, name, value)
    entry.updated = timezone.now()
    names = [*fields, "updated"]
    marked = (entry.carried_names - set(fields)) | {
        name for name in fields if name in carried and fields[name] is not None
    }
    if marked != entry.carried_names:
        entry.carried = f" {' '.join(sorted(marked))} " if marked else ""
        names.append("carried")
    if entry.pk:
        entry.save(update_fields=names)
    else:  # the same day, sent twice at once, is still one day
        DailyEntry.objects.bulk_create(
            [entry], update_conflicts=True, unique_fields=["owner", "date"], update_fields=names
        )


def _add_symptoms(owner, added: tuple[NewSymptom, ...], ratings: dict[int, Decimal | None]) -> list[Symptom]:
    """Make or take up the symptoms, say of each since when, and put what was rated among ``ratings``."""
    if not added:
        return []
    symptoms = track(owner, [new.name for new in added])
    for new, symptom in zip(added, symptoms, strict=True):
        if new.kind and new.kind != symptom.kind:
            symptom.kind = new.kind
            symptom.save(update_fields=["kind"])
        if new.severity is not None:
            ratings[symptom.pk] = new.severity
    return symptoms


def _save_ratings(entry: DailyEntry, ratings: dict[int, Decimal | None], carried: frozenset[str]) -> None:
    cleared = [pk for pk, severity in ratings.items() if severity is None]
    if cleared:
        Rating.objects.of(entry.owner).filter(entry=entry, symptom__in=cleared).delete()
    origin = Rating.Origin
    Rating.objects.bulk_create(
        [
            Rating(
                entry=entry,
                symptom_id=pk,
                severity=value,
                origin=origin.CARRIED if field_of(pk) in carried else origin.OWN,
            )
            for pk, value in ratings.items()
            if value is not None
        ],
        update_conflicts=True,
        unique_fields=["entry", "symptom"],
        update_fields=["severity", "origin", "total", "readings"],
    )
    if cleared:  # what was rated in check-ins counts again
        refresh_days(entry.owner, [entry.pk])


def _save_measurements(day: Day, values: dict[str, Decimal | None], carried: frozenset[str]) -> None:
    if not values:
        return
    tracked = {one.tracked.slug: one.tracked for one in day.measures}
    cleared = [tracked[slug].row for slug, value in values.items() if value is None]
    if cleared:
        Measurement.objects.of(day.owner).filter(entry=day.entry, measure__in=cleared).delete()
    told = {slug: value for slug, value in values.items() if value is not None}
    rows = rows_for(day.owner, [tracked[slug] for slug in told])
    Measurement.objects.bulk_create(
        [
            Measurement(entry=day.entry, measure=rows[slug], value=value, carried=tracked[slug].field in carried)
            for slug, value in told.items()
        ],
        update_conflicts=True,
        unique_fields=["entry", "measure"],
        update_fields=["value", "carried"],
    )


def _save_events(entry: DailyEntry, events: dict[str, str | None]) -> None:
    cleared = [kind for kind, text in events.items() if text is None]
    if cleared:
        LifeEvent.objects.of(entry.owner).filter(entry=entry, kind__in=cleared).delete()
    LifeEvent.objects.bulk_create(
        [LifeEvent(entry=entry, kind=kind, text=text) for kind, text in events.items() if text is not None],
        update_conflicts=True,
        unique_fields=["entry", "kind"],
        update_fields=["text"],
    )


def _save_question(day: Day, change: _Change) -> None:
    """The note is raised, raised in its new words, or no longer."""
    wanted = bool(day.question) if change.raised is None else change.raised
    if wanted and day.entry.notes:
        raise_note(day.owner, day.entry.notes, entry=day.entry, there=day.question, before=change.note)
    elif day.question:
        drop_note_question(day.owner, day.question)


def _save_raised_events(day: Day, change: _Change) -> None:
    """The same of the events of the day."""
    kinds = [kind for kind, is_raised in change.raised_events.items() if is_raised]
    if kinds:
        for event in LifeEvent.objects.of(day.owner).filter(entry=day.entry, kind__in=kinds):
            before = change.happened.get(event.kind, "")
            raise_event(day.owner, event, there=day.raised.get(event.kind), before=before)
    for kind, is_raised in change.raised_events.items():
        if not is_raised and kind in day.raised:
            drop_note_question(day.owner, day.raised[kind])


def _as_dose(day: Day, medication: int) -> Dose | None:
    taken = next(found.taken for found in day.doses if found.medication.pk == medication)
    return Dose(taken.status, taken.mg, taken.time, taken.taken_mg) if taken else None


def _save_doses(day: Day, doses: dict[int, Dose | None]) -> None:
    cleared = [pk for pk, dose in doses.items() if dose is None]
    if cleared:
        DoseTaken.objects.of(day.owner).filter(date=day.date, medication__in=cleared).delete()
    record_doses(day.date, {pk: dose for pk, dose in doses.items() if dose is not None})


def record_doses(date: dt.date, doses: dict[int, Dose]) -> None:
    """Write what was taken on ``date``, by the key of a medication whose owner was checked. One query."""
    DoseTaken.objects.bulk_create(
        [
            DoseTaken(
                medication_id=pk, date=date, status=dose.status, mg=dose.mg, taken_mg=dose.taken_mg, time=dose.time
            )
            for pk, dose in doses.items()
        ],
        update_conflicts=True,
        unique_fields=["medication", "date"],
        update_fields=["status", "mg", "taken_mg", "time"],
    )
