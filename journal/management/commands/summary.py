"""`manage.py summary`: the page for the appointment as a PDF, without a browser."""

import os
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from journal.catalogue.summary import Reader
from journal.management.people import account_named
from journal.models.profile import profile_of, zone_of
from journal.queries.period import BadPeriod, period_from


class Command(BaseCommand):
    """Build one person's summary and write it to a file that only its owner can read."""

    help = "Write a person's summary as a PDF."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--from", dest="first", metavar="DATE", help="first day, like 2026-08-25")
        parser.add_argument("--to", dest="last", metavar="DATE", help="last day; today when left out")
        parser.add_argument(
            "--reader",
            default=Reader.PRESCRIBER.value,
            choices=[reader.value for reader in Reader],
            help="who it is for",
        )
        parser.add_argument("--output", required=True, metavar="FILE.pdf", help="where to write it")

    def handle(self, username, first, last, reader, output, **options):
        from journal.summary.build import build
        from journal.summary.choices import Choices
        from journal.summary.pdf import render_pdf

        user = account_named(username)
        with zone_of(profile_of(user)):
            try:
                period = period_from(user, {"from": first or "", "to": last or ""})
            except BadPeriod as error:
                raise CommandError(str(error)) from error
            made = build(user, period, Choices(Reader(reader)), timezone.localdate())
        try:
            write_private(Path(output), render_pdf(made))
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"Summary for the {reader}, {period.first} to {period.last}: entries on {made.entry_days} of "
            f"{made.days} days, written to {output}."
        )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whatever mode one of this name had; all of it or nothing."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".summary-")  # made with mode 0600
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(content)
        os.replace(name, path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
