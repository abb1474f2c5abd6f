"""Import days, check-ins and dose steps from CSV files into one person's journal."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from journal.exchange.importer import Counts, File, ImportRefused, ImportResult, import_files
from journal.management.people import account_named
from journal.models.base import plain

SHOWN = 50


class Command(BaseCommand):
    """``import_journal alice --entries daily.csv --steps dose_steps.csv --check-ins check_ins.csv``."""

    help = (
        "Import days (--entries), dose steps (--steps) and check-ins (--check-ins) from CSV files into the journal of "
        "USERNAME. "
        "All or nothing: one bad row and nothing is imported. The same file twice adds nothing. A blank cell changes "
        "nothing; a value fills a blank; a value that differs from what the journal has is a bad row, unless "
        "--overwrite lets the file win. Columns that are not a file's own are symptoms; with --measure, one of "
        "--entries is a measure. docs/data-formats.md describes the files."
    )

    def add_arguments(self, parser):
        parser.add_argument("username", help="whose journal it is")
        parser.add_argument("--entries", metavar="FILE", help="CSV with a row for each day")
        parser.add_argument("--steps", metavar="FILE", help="CSV with a row for each dose step")
        parser.add_argument("--check-ins", metavar="FILE", help="CSV with a row for each check-in, with its time")
        parser.add_argument(
            "--measure",
            metavar="COLUMN[:LOW-HIGH]",
            action="append",
            default=[],
            help="a column of --entries that is a measure of one's own, with its range or without; can be repeated",
        )
        parser.add_argument(
            "--ignore", metavar="COLUMN,COLUMN", default="", help="columns to leave out, of whichever file has them"
        )
        parser.add_argument("--overwrite", action="store_true", help="where file and journal differ, the file wins")
        parser.add_argument("--dry-run", action="store_true", help="say what would be done, and write nothing")

    def handle(self, *, username, entries, steps, check_ins, measure, ignore, overwrite, dry_run, **options):
        paths = [path for path in (entries, steps, check_ins) if path]
        if not paths:
            raise CommandError("Give a file: --entries FILE, --steps FILE, --check-ins FILE, or several of them.")
        owner = account_named(username)
        alike = len({Path(path).name for path in paths}) < len(paths)
        try:
            result = import_files(
                owner,
                *(self.file(path, alike) for path in (entries, steps, check_ins)),
                measures=measure,
                ignore=[name.strip() for name in ignore.split(",") if name.strip()],
                overwrite=overwrite,
                dry_run=dry_run,
                progress=self.stdout.write,
            )
        except ImportRefused as refused:
            raise CommandError(complaint(refused)) from refused
        for line in remarks(result):
            self.stdout.write(line)
        self.stdout.write(self.style.SUCCESS(last_line(result, owner.get_username())))

    def file(self, path: str | None, in_full: bool) -> File | None:
        """The file at ``path``, called by its name or ``in_full``; CommandError when it cannot be read."""
        if not path:
            return None
        name = shown(path if in_full else Path(path).name or path)
        try:
            return File(name, Path(path).read_bytes())
        except FileNotFoundError as error:
            raise CommandError(f"There is no file {shown(path)}.") from error
        except (OSError, ValueError) as error:  # a NUL in a path is a ValueError
            reason = getattr(error, "strerror", None) or error
            raise CommandError(f"{shown(path)} cannot be read: {reason}.") from error


def shown(text: str) -> str:
    """``text`` as it can be printed: file names may hold bytes that are no text."""
    return plain(text.encode("utf-8", "replace").decode())


def complaint(refused: ImportRefused) -> str:
    """The sentence, every bad row (fifty of them), and what would help."""
    lines = [str(refused)]
    lines += [f"  {error}" for error in refused.errors[:SHOWN]]
    more = len(refused.errors) - SHOWN
    if more > 0:
        lines.append(f"  and {more:,} more.")
    symptoms = dict.fromkeys(error.symptom for error in refused.errors if error.symptom)
    if symptoms:
        lines.append(f"A column that is not a symptom can be left out: --ignore {','.join(symptoms)}")
    if any(error.differs for error in refused.errors):
        lines.append("Where the two differ, --overwrite lets the file win.")
    return "\n".join(lines)


def remarks(result: ImportResult) -> list[str]:
    """What else is worth knowing, a line each."""
    lines = []
    if result.new_medications:
        lines.append(f"New medications: {', '.join(result.new_medications)}.")
    if result.new_symptoms:
        lines.append(f"New symptoms: {', '.join(result.new_symptoms)}.")
    lines += result.measures
    if result.refitted:
        lines.append(
            f"Older steps that are of another kind now, by the step before them: {'; '.join(result.refitted)}."
        )
    if result.empty_rows:
        lines.append(f"{number(result.empty_rows, 'row')} of the entries had nothing recorded and made no entry.")
    if result.empty_check_ins:
        lines.append(
            f"{number(result.empty_check_ins, 'row')} of the check-ins had nothing recorded and made no check-in."
        )
    if result.without_steps:
        lines.append(f"Without dose steps so far: {', '.join(result.without_steps)}. --steps imports them.")
    return lines


def last_line(result: ImportResult, username: str) -> str:
    """One line that says what was done."""
    given = [(result.entries, "entry", "entries"), (result.steps, "dose step", "dose steps")]
    given += [(result.check_ins, "check-in", "check-ins")]
    given = [row for row in given if row[0] is not None]
    total = ", ".join(number(counts.total, one, many) for counts, one, many in given)
    if result.nothing_new:
        return f"Nothing new for {username}: {total}, all there already."
    start = f"Nothing written. This would import for {username}" if result.dry_run else f"Imported for {username}"
    details = "; ".join(f"{many}: {_detail(counts)}" for counts, _, many in given if counts.new != counts.total)
    return f"{start}: {total}{f' ({details})' if details else ''}."


def _detail(counts: Counts) -> str:
    parts = [(counts.new, "new"), (counts.changed, "changed"), (counts.unchanged, "there already")]
    return ", ".join(f"{n:,} {word}" for n, word in parts if n)


def number(n: int, one: str, many: str = "") -> str:
    """ "1 entry", "2 entries"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"
