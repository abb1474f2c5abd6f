"""Make a demo person with a believable record."""

import datetime as dt

from django.core.management.base import BaseCommand, CommandError

from journal.demo.write import DEMO_DAYS, DEMO_NAME, DEMO_PASSWORD, DEMO_SEED, DemoRefused, Made, create_demo
from journal.management.commands.import_journal import number


class Command(BaseCommand):
    """``demo --username alex --password ... --days 180 --seed 7``."""

    help = (
        "Make an account with a made-up record: dose steps with a hold and one step back up, waves after reductions, "
        "gaps, missed doses, check-ins, nights, measures, events, practice, notes. The same seed, days and last day "
        "make the same person."
    )

    def add_arguments(self, parser):
        parser.add_argument("--username", default=DEMO_NAME)
        parser.add_argument("--password", default=DEMO_PASSWORD)
        parser.add_argument("--days", type=int, default=DEMO_DAYS, help=f"days of record (default {DEMO_DAYS})")
        parser.add_argument("--seed", type=int, default=DEMO_SEED)
        parser.add_argument("--until", metavar="YYYY-MM-DD", help="last day of the record (default: yesterday)")
        parser.add_argument("--replace", action="store_true", help="first delete the demo person of that name")

    def handle(self, *, username, password, days, seed, until, replace, **options):
        try:
            last_day = dt.date.fromisoformat(until) if until else None
        except ValueError as error:
            raise CommandError(f"“{until}” is not a date. Write it like 2026-11-22.") from error
        try:
            made = create_demo(username, password, days, seed, last_day, replace)
        except DemoRefused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(self.style.SUCCESS(last_line(made)))


def last_line(made: Made) -> str:
    """One line that says what was made."""
    person = made.person
    steps = sum(len(medication.steps) for medication in person.medications)
    parts = [
        number(len(person.days), "entry", "entries"),
        number(sum(len(day.check_ins) for day in person.days), "check-in"),
        number(len(person.medications), "medication"),
        number(steps, "dose step"),
        number(len(person.practices), "practice"),
        number(len(person.questions), "question"),
    ]
    return f"Made {made.username}, {person.first_day} to {person.last_day}: {', '.join(parts)}."
