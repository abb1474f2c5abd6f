"""`manage.py step_response`: what followed each dose change, as a table or as CSV, by the rules of docs/analysis.md."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from journal.analysis.doses import Change
from journal.analysis.numbers import round_half_up
from journal.catalogue import symptoms as catalogue
from journal.exchange.csv_out import csv_text
from journal.management.people import account_named
from journal.models import DoseStep, Medication
from journal.models.profile import profile_of, zone_of
from journal.queries.measures import BURDEN, MOOD, DailyMeasure
from journal.queries.period import Period
from journal.queries.responses import Followed, NewSymptom, WhatFollowed, followed_by_measure, response_measures
from journal.queries.symptoms import known, name_key
from journal.reading import plain_number, quoted

COLUMNS = (
    "medication",
    "step_date",
    "dose_mg",
    "change_percent",
    "measure",
    "baseline",
    "baseline_n",
    "onset_day",
    "peak_day",
    "peak",
    "return_day",
    "return_state",
    "excess",
    "before_taper",
    "window_days",
    "missed_doses",
    "new_symptoms",
)


class Command(BaseCommand):
    """``step_response alice --medication Venlafaxine --symptom irritability --csv``."""

    help = (
        "What followed each dose change: a row for each medication, change and measure, by the rules of "
        "docs/analysis.md. It describes ratings; it says nothing about what caused what."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")
        parser.add_argument("--medication", metavar="NAME", help="only this one; all of them when left out")
        parser.add_argument(
            "--symptom", metavar="NAME", help="only this symptom, mood or burden; all of them when left out"
        )
        parser.add_argument("--csv", action="store_true", help="the table as CSV, and nothing else, on standard output")

    def handle(self, username, medication, symptom, csv, **options):
        user = account_named(username)
        with zone_of(profile_of(user)):
            today = timezone.localdate()
        medications = medications_named(user, medication)
        measures = measures_named(user, symptom)
        rows = [row for one in medications for row in rows_of(user, one, measures, today)]
        if csv:
            self.stdout.write(csv_text(COLUMNS, rows, line_end="\n"), ending="")
            if not rows:
                self.stderr.write(NOTHING)
        elif rows:
            for line in table(rows):
                self.stdout.write(line)
        else:
            self.stdout.write(NOTHING)


NOTHING = "No dose changed so far, so there is nothing to compare."


# -- what was asked for ---------------------------------------------------------------------------------------------


def medications_named(user, name: str | None) -> list[Medication]:
    """Those with a dose that are called so, whatever the case; all when ``name`` is None. Raises CommandError."""
    found = list(Medication.objects.of(user).order_by("created", "pk"))
    if name is not None:
        found = [one for one in found if name_key(one.name) == name_key(name)]
        if not found:
            raise CommandError(f"There is no medication called {quoted(name)} in this journal.")
    return found


def measures_named(user, name: str | None) -> list[DailyMeasure]:
    """Mood, burden, or the symptom of that name, alias or key; all when ``name`` is None. Raises CommandError.

    What charts may not show is not found.
    """
    measures = response_measures(user)
    if name is None:
        return measures
    key = name_key(name)
    for measure in (MOOD, BURDEN):
        if key == measure.key:
            return [measure]
    symptoms = known(user)
    builtin = catalogue.find(name)
    symptom = symptoms.get(key) or (symptoms.get(("builtin", builtin.slug)) if builtin else None)
    for measure in measures:
        if measure.key == name.strip().casefold() or (symptom and measure.symptom == symptom.pk):
            return [measure]
    raise CommandError(f"There is no symptom called {quoted(name)} that tables of this journal show.")


# -- what comes out -------------------------------------------------------------------------------------------------


def rows_of(user, medication: Medication, measures: list[DailyMeasure], today: dt.date) -> list[list]:
    """A row for each change of one medication and each measure, by day and then in the order of the measures."""
    if not DoseStep.objects.of(user).filter(medication=medication, starts_on__lte=today).exists():
        return []
    found = followed_by_measure(user, Period(dt.date.min, today), measures, medication.pk)
    rows = [
        (change.response.change.day, place, what, change) for place, what in enumerate(found) for change in what.changes
    ]
    return [cells(what, change) for _, _, what, change in sorted(rows, key=lambda row: row[:2])]


def cells(what: WhatFollowed, followed: Followed) -> list:
    """One row: numbers as numbers, what cannot be said as None."""
    response = followed.response
    return [
        what.medication.name,
        response.change.day,
        Decimal(plain_number(response.change.mg)),
        change_percent(response.change),
        what.measure.name,
        _tenth(response.baseline),
        response.baseline_n,
        response.onset,
        response.peak_day if response.rose else None,
        _tenth(response.peak) if response.rose else None,
        response.return_day,
        response.state.value,
        _tenth(response.excess),
        _tenth(what.before.value if what.before else None),
        response.window.days,
        followed.missed,
        "; ".join(new_symptom(one) for one in followed.new),
    ]


def change_percent(change: Change) -> Decimal | None:
    """How much more (less: below 0) than before, with one decimal; None from 0 mg, of which nothing is a share."""
    if not change.before:
        return None
    return round_half_up(Fraction(change.mg - change.before) * 100 / Fraction(change.before), 1)


def new_symptom(one: NewSymptom) -> str:
    """A new symptom, with the day when it last was there."""
    return f"{one.name} (last {one.last.isoformat()})" if one.last else one.name


def _tenth(value: Fraction | None) -> Decimal | None:
    return None if value is None else round_half_up(value, 1)


def table(rows: list[list]) -> list[str]:
    """The rows as text in columns, numbers to the right."""
    lines = [list(COLUMNS), *([_text(cell) for cell in row] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(COLUMNS))]
    left = {COLUMNS.index(name) for name in ("medication", "measure", "return_state", "new_symptoms")}
    return [
        "  ".join(
            text.ljust(width) if place in left else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _text(cell) -> str:
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
