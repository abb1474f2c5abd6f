"""`manage.py summary`: the page for the appointment as a file, without a browser."""

import os
import sys
import tempfile
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from journal.catalogue.summary import Length, Reader, sections_for
from journal.management.people import account_named
from journal.models import Profile
from journal.models.profile import profile_of, zone_of
from journal.queries.period import BadPeriod, period_from
from journal.summary.choices import Choices

FORMATS = ("pdf", "html", "text", "json")
STANDARD_OUTPUT = "-"


class Command(BaseCommand):
    """Build one person's summary and write it to a file that only its owner can read.

    Every section is on unless ``--sections`` says which; nothing private is, whatever was switched on in the browser.
    """

    help = "Write a person's summary as PDF, HTML, plain text or JSON. Nothing private is on it."

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--from", dest="first", metavar="DATE", help="first day, like 2026-08-25")
        parser.add_argument("--to", dest="last", metavar="DATE", help="last day; today when left out")
        parser.add_argument(
            "--reader", default=Reader.PRESCRIBER.value, choices=[one.value for one in Reader], help="who it is for"
        )
        parser.add_argument(
            "--length",
            default=Length.BRIEF.value,
            choices=[one.value for one in Length],
            help="brief: one page; full: at most two; whole: as many as it takes",
        )
        parser.add_argument(
            "--sections", metavar="NAMES", help="only these, with commas between them; all when left out"
        )
        parser.add_argument(
            "--paper", choices=Profile.Paper.values, help="paper; what the person's settings say when left out"
        )
        parser.add_argument("--format", default="pdf", choices=FORMATS, help="what to write; pdf when left out")
        parser.add_argument("--output", required=True, metavar="FILE", help="where to write it; - for standard output")

    def handle(self, username, first, last, reader, length, sections, paper, output, **options):
        from journal.summary.build import build
        from journal.summary.fitted import fitted

        user = account_named(username)
        profile = profile_of(user)
        choices = Choices(
            Reader(reader), Length(length), paper or profile.paper, sections_off=sections_off(reader, sections)
        )
        with zone_of(profile):
            try:
                period = period_from(user, {"from": first or "", "to": last or ""})
            except BadPeriod as error:
                raise CommandError(str(error)) from error
            summary = build(user, period, choices, timezone.localdate(), profile)
        content = rendered(options["format"], summary, fitted(summary))
        if output == STANDARD_OUTPUT:
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        try:
            write_private(Path(output), content)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stdout.write(
            f"Summary for the {reader}, {period.first} to {period.last}: entries on {summary.entry_days} of "
            f"{summary.days} days, written to {output}."
        )


def sections_off(reader: str, names: str | None) -> frozenset[str]:
    """The sections of this reader that are not among ``names``; none where that is None. Raises CommandError."""
    known = [section.key for section in sections_for(Reader(reader))]
    if names is None:
        return frozenset()
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    strange = [name for name in wanted if name not in known]
    if strange:
        raise CommandError(f"There is no section called “{strange[0][:60]}” for the {reader}: {', '.join(known)}.")
    return frozenset(known) - set(wanted)


def rendered(form: str, summary, made) -> bytes:
    """The summary in one of ``FORMATS``."""
    from journal.summary.as_json import as_json
    from journal.summary.html import as_html
    from journal.summary.pdf import render_pdf
    from journal.summary.text import as_text

    if form == "pdf":
        return render_pdf(made.data)
    words = {
        "html": lambda: as_html(made.data),
        "text": lambda: as_text(made.data),
        "json": lambda: as_json(summary, made.data),
    }[form]()
    return words.encode()


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
