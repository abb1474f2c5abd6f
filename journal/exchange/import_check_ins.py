"""Check-ins of an import beside those that the person has. One is known by its day and its minute."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from journal.exchange.beside import Beside
from journal.exchange.cells import RowError
from journal.exchange.check_ins_csv import CheckInLine
from journal.models import CheckIn, DailyEntry, Reading
from journal.models.derived import refresh_days
from journal.queries.later import on_its_day

DAYS_AT_ONCE = 500


class CheckInWriter:
    """Writes check-ins batch by batch. Once there is a complaint it goes on looking, and writes nothing more.

    ``refresh`` at the end says what they make of their days.
    """

    def __init__(self, owner, file: str, symptoms: dict[str, int], overwrite: bool, errors: list[RowError]):
        self.owner, self.symptoms, self.errors = owner, symptoms, errors
        self.beside = Beside(file, overwrite, errors)
        self.touched: dict[int, None] = {}

    def write(self, lines: list[CheckInLine]) -> list[str]:
        """Write some check-ins, in order; "new", "changed" or "unchanged" for each.

        A fixed number of questions to the database, whatever the check-ins hold.
        """
        there = _There(self.owner, {line.at.date() for line in lines})
        new_days: dict[dt.date, DailyEntry] = {}
        changed, new, readings, outcomes = [], [], [], []
        for line in lines:
            check_in = there.check_ins.get(line.at)
            is_new = check_in is None
            if is_new:
                day = line.at.date()
                entry = there.entries.get(day) or new_days.setdefault(
                    day, DailyEntry(owner=self.owner, date=day, **on_its_day(day))
                )
                check_in = CheckIn(entry=entry, time=line.at.time())
                new.append(check_in)
            told = self._told(line, check_in)
            fresh = self.beside.fresh(line.row, line.ratings, self.symptoms, there.readings.get(check_in.pk, {}))
            read = [Reading(check_in=check_in, symptom_id=key, severity=value) for key, value in fresh]
            if told and not is_new:
                changed.append(check_in)
            readings += read
            outcomes.append("new" if is_new else "changed" if told or read else "unchanged")
            if outcomes[-1] == "changed":
                self.touched[check_in.entry_id] = None
        if not self.errors:
            _save(new_days.values(), new, changed, readings)
            self.touched |= dict.fromkeys(check_in.entry_id for check_in in new)
        return outcomes

    def refresh(self) -> None:
        """Bring the days of everything that was written up to date."""
        days = list(self.touched)
        for start in range(0, len(days), DAYS_AT_ONCE):
            refresh_days(self.owner, days[start : start + DAYS_AT_ONCE])

    def _told(self, line: CheckInLine, check_in: CheckIn) -> bool:
        """Fill in mood and note; whether anything changed."""
        changed = False
        for name, value in (("mood", line.mood), ("note", line.note)):
            stored = getattr(check_in, name)
            if value in (None, "") or stored == value:
                continue
            if stored not in (None, ""):
                self.beside.differs(line.row, name, stored, value)
            setattr(check_in, name, value)
            changed = True
        return changed


class _There:
    """What the journal has on these days, check-ins by their minute. Three queries."""

    def __init__(self, owner, days: set[dt.date]):
        self.entries = {entry.date: entry for entry in DailyEntry.objects.of(owner).filter(date__in=days)}
        by_pk = {entry.pk: entry for entry in self.entries.values()}
        self.check_ins: dict[dt.datetime, CheckIn] = {}
        for check_in in CheckIn.objects.of(owner).filter(entry__date__in=days).order_by("time", "pk"):
            check_in.entry = by_pk[check_in.entry_id]
            minute = check_in.time.replace(second=0, microsecond=0)
            self.check_ins.setdefault(dt.datetime.combine(check_in.entry.date, minute), check_in)
        self.readings: dict[int, dict[int, Decimal]] = {}
        readings = Reading.objects.of(owner).filter(check_in__entry__date__in=days).order_by()
        for check_in, symptom, severity in readings.values_list("check_in", "symptom", "severity"):
            self.readings.setdefault(check_in, {})[symptom] = severity


def _save(days: Iterable[DailyEntry], new: list[CheckIn], changed: list[CheckIn], readings: list[Reading]) -> None:
    DailyEntry.objects.bulk_create(days)
    for check_in in new:
        check_in.entry_id = check_in.entry.pk  # the entry may have got its key only now
    CheckIn.objects.bulk_create(new)
    CheckIn.objects.bulk_update(changed, ["mood", "note"])
    for reading in readings:
        reading.check_in_id = reading.check_in.pk
    Reading.objects.bulk_create(
        readings, update_conflicts=True, unique_fields=["check_in", "symptom"], update_fields=["severity"]
    )
