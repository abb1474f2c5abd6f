"""Days, check-ins and dose steps from CSV files into one person's journal: all or nothing, and nothing twice.

What the person has already is safe: a blank cell changes nothing, a value fills a blank, and a value that differs from
what is there is a bad row unless ``overwrite`` is asked for.
"""

import datetime as dt
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from journal.exchange.cells import Parsed, RowError, column_names
from journal.exchange.check_ins_csv import parse_check_ins
from journal.exchange.csv_text import NotCsv, Table, column_key, read_table
from journal.exchange.import_check_ins import CheckInWriter
from journal.exchange.import_entries import EntryWriter
from journal.exchange.import_measures import MeasureColumns
from journal.exchange.import_steps import StepWriter, medications_for
from journal.exchange.import_symptoms import SymptomColumns
from journal.exchange.journal_csv import ENTRY_COLUMNS, parse_entries, parse_steps
from journal.exchange.measure_columns import BadMeasure, MeasureColumn, asked_for, measure_columns
from journal.models import Profile
from journal.models.profile import one_at_a_time, zone_of
from journal.reading import quoted

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
    """What an import did, or (``dry_run``) would have done. Counts are None for a file that was not given.

    ``measures`` are sentences about measures that were made, put on the daily page or given a wider range.
    """

    dry_run: bool
    entries: Counts | None = None
    steps: Counts | None = None
    check_ins: Counts | None = None
    empty_rows: int = 0
    empty_check_ins: int = 0
    new_medications: list[str] = field(default_factory=list)
    new_symptoms: list[str] = field(default_factory=list)
    without_steps: list[str] = field(default_factory=list)
    refitted: list[str] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)

    @property
    def nothing_new(self) -> bool:
        """Whether everything in the files was there already."""
        given = [counts for counts in (self.entries, self.steps, self.check_ins) if counts]
        return not any(counts.new or counts.changed for counts in given)


class ImportRefused(Exception):
    """Nothing was imported. ``errors`` has every bad row; the message is one sentence."""

    def __init__(self, message: str, errors: Collection[RowError] = ()):
        super().__init__(message)
        self.errors = tuple(errors)


@dataclass(frozen=True)
class _Read:
    """One file as it was read: its table, and its rows once they are parsed."""

    file: File
    table: Table
    parsed: Parsed | None = None

    @property
    def name(self) -> str:
        """What it is called in a complaint."""
        return self.file.name

    @property
    def rows(self) -> tuple:
        """Its good rows."""
        return self.parsed.rows


def import_files(
    owner,
    entries: File | None = None,
    steps: File | None = None,
    check_ins: File | None = None,
    *,
    measures: Sequence[str] = (),
    ignore: Collection[str] = (),
    overwrite: bool = False,
    dry_run: bool = False,
    progress: Callable[[str], None] = lambda text: None,
) -> ImportResult:
    """Import some files for ``owner``. Raises ImportRefused, with nothing written, when anything is wrong.

    ``measures`` are columns of ``entries``, each with or without its range ("weight:60-80"). ``dry_run`` does all of
    it and takes it back. Queries grow with batches of rows, not with rows.
    """
    files = {"entries": entries, "steps": steps, "check_ins": check_ins}
    read = {kind: _Read(file, _table(file)) for kind, file in files.items() if file}
    _check_ignored(ignore, read.values())
    asked = _asked(measures, read.get("entries"), ignore)
    now = _now(owner)
    parse = {
        "entries": lambda name, table: parse_entries(name, table, now.date(), ignore, asked),
        "steps": lambda name, table: parse_steps(name, table, now.date(), ignore),
        "check_ins": lambda name, table: parse_check_ins(name, table, now, ignore),
    }
    read = {kind: _parsed(given, parse[kind]) for kind, given in read.items()}
    _refuse([error for given in read.values() for error in given.parsed.errors])
    progress(f"Read {_listed([_file_words(given) for given in read.values()])}.")
    result = ImportResult(dry_run=dry_run)
    with transaction.atomic(), zone_of(Profile.objects.of(owner).first() or Profile()):
        # Two imports for one person wait for each other here.
        one_at_a_time(owner)
        _Writing(owner, overwrite, progress, result).write(
            read.get("entries"), read.get("steps"), read.get("check_ins"), asked
        )
        if dry_run:
            transaction.set_rollback(True)
    return result


class _Writing:
    """The part of an import that is one transaction."""

    def __init__(self, owner, overwrite: bool, progress: Callable[[str], None], result: ImportResult):
        self.owner, self.overwrite, self.progress, self.result = owner, overwrite, progress, result
        self.errors: list[RowError] = []

    def write(self, entries: _Read | None, steps: _Read | None, check_ins: _Read | None, asked) -> None:
        """Steps first, which days are checked against; then days; check-ins last, which fill what no day says."""
        named = [(steps.name, line) for line in steps.rows] if steps else []
        named += [(entries.name, line) for line in entries.rows if line.medication] if entries else []
        medications, self.result.new_medications = medications_for(self.owner, named, self.errors)
        _refuse(self.errors)
        step_writer = StepWriter(self.owner, medications, self.overwrite)
        if steps:
            self._steps(step_writer, steps)
        symptoms = SymptomColumns(self.owner, self.errors)
        if entries:
            self._entries(entries, medications, step_writer, symptoms, asked)
        if check_ins:
            self._check_ins(check_ins, symptoms)
        _refuse(self.errors)
        self.result.new_symptoms = symptoms.made
        self.result.without_steps = [medication.name for medication in step_writer.without_steps()]

    def _steps(self, writer: StepWriter, steps: _Read) -> None:
        self.result.steps = Counts()
        for what in writer.write(steps.name, steps.rows, self.errors):
            self.result.steps.add(what)
        self.result.refitted = [f"{step.starts_on}: {step.get_kind_display()}" for step in writer.refitted]

    def _entries(self, entries: _Read, medications, step_writer: StepWriter, symptoms: SymptomColumns, asked) -> None:
        lines = [line for line in entries.rows if not line.is_empty or line.medication]
        measures = MeasureColumns(self.owner, entries.name, self.errors)
        writer = EntryWriter(
            self.owner,
            entries.name,
            medications,
            step_writer.patterns(),
            self.overwrite,
            self.errors,
            symptoms=symptoms.of(entries.name, lines),
            measures=measures.of(lines, measure_columns(entries.table.headers, asked)),
        )
        _refuse(self.errors)
        self.result.entries = Counts()
        self.result.empty_rows = sum(line.is_empty for line in entries.rows)
        self.result.measures = measures.remarks
        self._in_batches(writer, lines, self.result.entries, "Days")

    def _check_ins(self, check_ins: _Read, symptoms: SymptomColumns) -> None:
        lines = [line for line in check_ins.rows if not line.is_empty]
        writer = CheckInWriter(
            self.owner, check_ins.name, symptoms.of(check_ins.name, lines), self.overwrite, self.errors
        )
        _refuse(self.errors)
        self.result.check_ins = Counts()
        self.result.empty_check_ins = len(check_ins.rows) - len(lines)
        self._in_batches(writer, lines, self.result.check_ins, "Check-ins")
        _refuse(self.errors)
        writer.refresh()

    def _in_batches(self, writer, lines: list, counts: Counts, what: str) -> None:
        for start in range(0, len(lines), BATCH):
            for outcome in writer.write(lines[start : start + BATCH]):
                counts.add(outcome)
            if len(lines) > BATCH:
                self.progress(f"{what}: {min(start + BATCH, len(lines)):,} of {len(lines):,}.")


def _table(file: File) -> Table:
    try:
        return read_table(file.data)
    except NotCsv as problem:
        raise ImportRefused(f"{file.name}: {problem}") from problem


def _parsed(given: _Read, parse: Callable[[str, Table], Parsed]) -> _Read:
    try:
        return _Read(given.file, given.table, parse(given.name, given.table))
    except NotCsv as problem:
        raise ImportRefused(f"{given.name}: {problem}") from problem


def _check_ignored(ignore: Collection[str], read: Collection[_Read]) -> None:
    there = {column_key(name) for given in read for name in given.table.headers}
    for name in ignore:
        if column_key(name) not in there:
            lists = " ".join(_columns_of(given) for given in read)
            raise ImportRefused(f"There is no column “{name}” to ignore. {lists}")


def _asked(measures: Sequence[str], entries: _Read | None, ignore: Collection[str]) -> tuple[MeasureColumn, ...]:
    """The measures that were asked for, each a column of the entries that is free to be one."""
    if measures and entries is None:
        raise ImportRefused("A measure is a column of the entries. Give the file with the entries too.")
    ours = {column_key(name) for name in ENTRY_COLUMNS}
    ignored = {column_key(name) for name in ignore}
    asked: dict[str, MeasureColumn] = {}
    for text in measures:
        try:
            measure = asked_for(text, entries.table.headers)
        except BadMeasure as problem:
            raise ImportRefused(f"{problem} {_columns_of(entries)}") from problem
        key = column_key(measure.column)
        if key in ours:
            raise ImportRefused(
                f"{quoted(measure.column)} is a column of the entry itself and comes in without --measure."
            )
        if key in ignored:
            raise ImportRefused(f"{quoted(measure.column)} cannot be both a measure and ignored.")
        if key in asked:
            raise ImportRefused(f"{quoted(measure.column)} is asked for as a measure twice.")
        asked[key] = measure
    return tuple(asked.values())


def _columns_of(given: _Read) -> str:
    return f"The columns of {given.name} are: {', '.join(column_names(given.table))}."


def _refuse(errors: list[RowError]) -> None:
    if errors:
        rows = len({(error.file, error.row_number) for error in errors})
        text = "1 row cannot be kept" if rows == 1 else f"{rows:,} rows cannot be kept"
        raise ImportRefused(f"{text}. Nothing was imported.", errors)


def _now(owner) -> dt.datetime:
    """The person's own clock: nothing after it can have been recorded."""
    with zone_of(Profile.objects.of(owner).first() or Profile()):
        return timezone.localtime().replace(tzinfo=None)


def _file_words(given: _Read) -> str:
    n = len(given.rows)
    return f"{given.name} ({n:,} {'row' if n == 1 else 'rows'})"


def _listed(words: list[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join([*([", ".join(words[:-1])] if words[:-1] else []), words[-1]])
