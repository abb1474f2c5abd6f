"""Days of an import beside those that the person has: a blank cell changes nothing, a value fills a blank."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from decimal import Decimal

from django.utils import timezone

from journal.analysis.numbers import mg_text
from journal.exchange.beside import Beside
from journal.exchange.cells import RowError
from journal.exchange.journal_csv import EntryLine
from journal.models import DailyEntry, DoseTaken, Measurement, Medication, Rating
from journal.queries.later import on_its_day
from journal.taper.history import Pattern, mg_on

Status = DoseTaken.Status


class EntryWriter:
    """Writes days batch by batch. Once there is a complaint it goes on looking, and writes nothing more.

    ``symptoms`` and ``measures`` are the keys of what each column is.
    """

    def __init__(
        self,
        owner,
        file: str,
        medications: dict[str, Medication],
        patterns: dict[int, list[Pattern]],
        overwrite: bool,
        errors: list[RowError],
        symptoms: dict[str, int],
        measures: dict[str, int],
    ):
        self.owner, self.errors = owner, errors
        self.beside = Beside(file, overwrite, errors)
        self.medications, self.patterns = medications, patterns
        self.symptoms, self.measures = symptoms, measures

    def write(self, lines: list[EntryLine]) -> list[str]:
        """Write some days, in order; "new", "changed" or "unchanged" for each in which anything was recorded.

        A fixed number of questions to the database, whatever the days hold.
        """
        there = _There(self.owner, lines[0].date, lines[-1].date, with_measures=bool(self.measures))
        entries, ratings, measured, doses, outcomes = [], [], [], [], []
        for line in lines:
            was_there = line.date in there.entries or line.date in there.dose_days
            entry, entry_changed = self._entry(line, there)
            fresh = self.beside.fresh(line.row, line.ratings, self.symptoms, there.ratings[line.date])
            held = [Rating(entry=entry, symptom_id=key, severity=value) for key, value in fresh]
            fresh = self.beside.fresh(line.row, line.measures, self.measures, there.measured[line.date])
            amounts = [Measurement(entry=entry, measure_id=key, value=value) for key, value in fresh]
            dose = self._dose(line, there)
            if entry_changed or ((held or amounts) and entry.pk is None):
                entries.append(entry)
            ratings += held
            measured += amounts
            doses += [dose] if dose else []
            if entry_changed or held or amounts or dose:
                outcomes.append("changed" if was_there else "new")
            elif was_there and not line.is_empty:
                outcomes.append("unchanged")
        if not self.errors:
            _save(entries, ratings, measured, doses)
        return outcomes

    def _entry(self, line: EntryLine, there: "_There") -> tuple[DailyEntry, bool]:
        entry = there.entries.get(line.date) or DailyEntry(owner=self.owner, date=line.date, **on_its_day(line.date))
        changed = False
        given = {**line.scores, **line.times, **({"notes": line.notes} if line.notes else {})}
        for name, value in given.items():
            stored = getattr(entry, name)
            if stored == value:
                continue
            if stored not in (None, ""):
                self.beside.differs(line.row, name, stored, value)
            setattr(entry, name, value)
            _no_longer_carried(entry, name)
            changed = True
        return entry, changed

    def _dose(self, line: EntryLine, there: "_There") -> DoseTaken | None:
        """What the line says of the dose, when it is not recorded already. Nothing at 0 mg: none was due."""
        if not line.medication:
            return None
        medication = self.medications[line.medication.casefold()]
        due = self._due(line, medication)
        if line.took is None or not due:
            return None
        dose = there.doses.get((medication.pk, line.date))
        # "Late" and another amount are a fuller word for "yes": they stay.
        if dose and (dose.status != Status.MISSED) == line.took:
            return None
        if dose:
            self.beside.differs(line.row, "took_dose", dose.get_status_display(), "yes" if line.took else "no")
        status, mg = (Status.PLANNED, due) if line.took else (Status.MISSED, Decimal(0))
        return DoseTaken(medication=medication, date=line.date, status=status, mg=mg)

    def _due(self, line: EntryLine, medication: Medication) -> Decimal | None:
        """Mg that were due on the day; None, with a complaint when it matters, where nobody knows."""
        patterns = self.patterns[medication.pk]
        position = bisect_right(patterns, line.date, key=lambda pattern: pattern.starts_on)
        if not position:
            if line.took is not None and line.dose_mg is None:
                self.beside.complain(
                    line.row, "took_dose: no dose is known on this day. Fill in dose_mg, or give the dose steps too."
                )
            return line.dose_mg
        pattern = patterns[position - 1]
        due = mg_on(pattern, line.date)
        if line.dose_mg is not None and line.dose_mg not in (due, pattern.mg):
            self.beside.complain(
                line.row,
                f"dose_mg: {mg_text(line.dose_mg)} mg, but the dose step of {pattern.starts_on} "
                f"says {mg_text(pattern.mg)} mg.",
            )
        return due


class _There:
    """What the journal has from ``first`` to ``last``. Three queries, four with measures.

    What the check-ins make of a day is not here: a rating of the day's own fills a blank.
    """

    def __init__(self, owner, first: dt.date, last: dt.date, with_measures: bool):
        days = (first, last)
        self.entries = {entry.date: entry for entry in DailyEntry.objects.of(owner).filter(date__range=days)}
        self.ratings: dict[dt.date, dict[int, Decimal]] = defaultdict(dict)
        ratings = Rating.objects.of(owner).filter(entry__date__range=days).exclude(origin=Rating.Origin.CHECK_INS)
        for day, symptom, severity in ratings.order_by().values_list("entry__date", "symptom", "severity"):
            self.ratings[day][symptom] = severity
        self.measured: dict[dt.date, dict[int, Decimal]] = defaultdict(dict)
        if with_measures:
            measured = Measurement.objects.of(owner).filter(entry__date__range=days).order_by()
            for day, measure, value in measured.values_list("entry__date", "measure", "value"):
                self.measured[day][measure] = value
        doses = DoseTaken.objects.of(owner).filter(date__range=days)
        self.doses = {(dose.medication_id, dose.date): dose for dose in doses}
        self.dose_days = {day for _, day in self.doses}


def _no_longer_carried(entry: DailyEntry, name: str) -> None:
    """The file says it now, not the day before."""
    names = [carried for carried in entry.carried.split() if carried != name]
    entry.carried = f" {' '.join(names)} " if names else ""


def _save(
    entries: list[DailyEntry], ratings: list[Rating], measured: list[Measurement], doses: list[DoseTaken]
) -> None:
    now = timezone.now()
    new = [entry for entry in entries if entry.pk is None]
    older = [entry for entry in entries if entry.pk]
    for entry in older:
        entry.updated = now
    DailyEntry.objects.bulk_update(older, [*DailyEntry.HOLDS, "carried", "updated"])
    DailyEntry.objects.bulk_create(new)
    for row in (*ratings, *measured):
        row.entry_id = row.entry.pk  # the entry may have got its key only now
    Rating.objects.bulk_create(
        ratings,
        update_conflicts=True,
        unique_fields=["entry", "symptom"],
        update_fields=["severity", "origin", "total", "readings"],
    )
    Measurement.objects.bulk_create(
        measured, update_conflicts=True, unique_fields=["entry", "measure"], update_fields=["value", "carried"]
    )
    DoseTaken.objects.bulk_create(
        doses,
        update_conflicts=True,
        unique_fields=["medication", "date"],
        update_fields=["status", "mg", "taken_mg", "time"],
    )
