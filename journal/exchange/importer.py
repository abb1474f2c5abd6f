"""Days and dose steps from CSV files into one person's journal: all or nothing, and the same file twice adds nothing.

What the person has already is safe: a blank cell changes nothing, a value fills a blank, and a value that differs from
what is there is a bad row unless ``overwrite`` is asked for.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from journal.exchange.csv_text import NotCsv, Table, column_key, read_table
from journal.exchange.import_entries import EntryWriter
from journal.exchange.import_steps import StepWriter, medications_for
from journal.exchange.journal_csv import Parsed, RowError, column_names, parse_entries, parse_steps
from journal.models import Profile
from journal.models.profile import one_at_a_time, zone_of

BATCH = 500


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was chosen: what to call it, and its bytes."""

    name: str
    data: bytes


@dataclass
class Counts:
    """Rows of one kind by what became of them."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged

    def add(self, what: str) -> None:
        """Count one row as "new", "changed" or "unchanged"."""
        setattr(self, what, getattr(self, what) + 1)


@dataclass
class ImportResult:
    """What an import did, or (``dry_run``) would have done. Counts are None for a file that was not given."""

    dry_run: bool
    entries: Counts | None = None
    steps: Counts | None = None
    empty_rows: int = 0
    new_medications: list[str] = field(default_factory=list)
    new_symptoms: list[str] = field(default_factory=list)
    without_steps: list[str] = field(default_factory=list)
    refitted: list[str] = field(default_factory=list)

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the files was there already."""
        given = [counts for counts in (self.entries, self.steps) if counts]
        return not any(counts.new or counts.changed for counts in given)


class ImportRefused(Exception):
    """Nothing was imported. ``errors`` has every bad row; the message is one sentence."""

    def __init__(self, message: str, errors: Collection[RowError] = ()):
        super().__init__(message)
        self.errors = tuple(errors)


def import_files(
    owner,
    entries: File | None = None,
    steps: File | None = None,
    *,
    ignore: Collection[str] = (),
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> ImportResult:
    """Import one or both files for ``owner``. Raises ImportRefused, with nothing written, when anything is wrong.

    ``dry_run`` does all of it and takes it back. Queries grow with batches of days, not with days.
    """
    tables = [(file, _table(file)) if file else None for file in (entries, steps)]
    _check_ignored(ignore, [given for given in tables if given])
    today = _today(owner)
    days = _parsed(parse_entries, tables[0], today, ignore)
    changes = _parsed(parse_steps, tables[1], today, ignore)
    _refuse([*days.errors, *changes.errors])
    progress(f"Read {_files(entries, days, steps, changes)}.")
    result = ImportResult(dry_run=dry_run)
    with transaction.atomic():
        # Two imports for one person wait for each other here.
        one_at_a_time(owner)
        _write(owner, entries, days.rows, steps, changes.rows, overwrite, progress, result)
        if dry_run:
            transaction.set_rollback(True)
    return result


def _write(owner, entries, days, steps, changes, overwrite, progress, result: ImportResult) -> None:
    errors: list[RowError] = []
    named = [(steps.name, line) for line in changes] if steps else []
    named += [(entries.name, line) for line in days if line.medication] if entries else []
    medications, result.new_medications = medications_for(owner, named, errors)
    _refuse(errors)
    step_writer = StepWriter(owner, medications, overwrite)
    if steps:
        result.steps = Counts()
        for what in step_writer.write(steps.name, changes, errors):
            result.steps.add(what)
        result.refitted = [f"{step.starts_on}: {step.get_kind_display()}" for step in step_writer.refitted]
    if entries:
        result.entries = Counts()
        result.empty_rows = sum(line.is_empty for line in days)
        lines = [line for line in days if not line.is_empty or line.medication]
        writer = EntryWriter(owner, entries.name, medications, step_writer.patterns(), overwrite, errors)
        result.new_symptoms = writer.prepare_symptoms(lines)
        _refuse(errors)
        for start in range(0, len(lines), BATCH):
            for what in writer.write(lines[start : start + BATCH]):
                result.entries.add(what)
            if len(lines) > BATCH:
                progress(f"Days: {min(start + BATCH, len(lines)):,} of {len(lines):,}.")
    _refuse(errors)
    result.without_steps = [medication.name for medication in step_writer.without_steps()]


def _table(file: File) -> Table:
    try:
        return read_table(file.data)
    except NotCsv as problem:
        raise ImportRefused(f"{file.name}: {problem}") from problem


def _parsed(parse, given: tuple[File, Table] | None, today: dt.date, ignore) -> Parsed:
    if given is None:
        return Parsed((), ())
    file, table = given
    try:
        return parse(file.name, table, today, ignore)
    except NotCsv as problem:
        raise ImportRefused(f"{file.name}: {problem}") from problem


def _check_ignored(ignore: Collection[str], tables: list[tuple[File, Table]]) -> None:
    there = {column_key(name) for _, table in tables for name in table.headers}
    for name in ignore:
        if column_key(name) not in there:
            lists = [f"The columns of {file.name} are: {', '.join(column_names(table))}." for file, table in tables]
            raise ImportRefused(f"There is no column “{name}” to ignore. {' '.join(lists)}")


def _refuse(errors: list[RowError]) -> None:
    if errors:
        rows = len({(error.file, error.row_number) for error in errors})
        text = "1 row cannot be kept" if rows == 1 else f"{rows:,} rows cannot be kept"
        raise ImportRefused(f"{text}. Nothing was imported.", errors)


def _today(owner) -> dt.date:
    """Today where the person is: no day after it can have been recorded."""
    with zone_of(Profile.objects.of(owner).first() or Profile()):
        return timezone.localdate()


def _files(entries: File | None, days: Parsed, steps: File | None, changes: Parsed) -> str:
    read = [(entries, len(days.rows)), (steps, len(changes.rows))]
    return " and ".join(f"{file.name} ({n:,} {'row' if n == 1 else 'rows'})" for file, n in read if file)
