"""Check-ins by the time of day, and by the hours since the last dose."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.shortcuts import render
from django.views.decorators.http import require_safe

from journal.analysis.times import ENOUGH, PARTS, SINCE_DOSE
from journal.analysis.titles import in_sentence
from journal.queries.period import BadPeriod, period_from
from journal.queries.times import TimesRow, between_doses, times_of_day
from journal.templatetags.journal import NBSP
from journal.views.charts.pages import DEFAULT_DAYS, length_links
from journal.views.shared import bad_period

TITLE = "By time of day"
WHEN = {"Night": "at night", "Morning": "in the morning", "Afternoon": "in the afternoon", "Evening": "in the evening"}


@dataclass(frozen=True)
class Column:
    """The head of a column: its name, its hours below, and ``when`` it is inside a sentence."""

    name: str
    hours: str
    when: str


@dataclass(frozen=True)
class Table:
    """What a table shows: only columns with a reading, and no row of noughts alone. The sentences tell the rest."""

    columns: Sequence[Column]
    rows: Sequence[TimesRow]
    sentences: Sequence[str]


def table_of(rows: Sequence[TimesRow], columns: Sequence[Column], after: str = "") -> Table:
    """The rows as a page shows them; ``after`` ends the sentence of the columns left out."""
    filled = [place for place in range(len(columns)) if any(row.means[place] for row in rows)]
    empty = [column.when for place, column in enumerate(columns) if place not in filled]
    flat = [
        row for row in rows if row.measure.symptom is not None and not any(mean.value for mean in row.means if mean)
    ]
    shown = [TimesRow(row.measure, tuple(row.means[place] for place in filled)) for row in rows if row not in flat]
    sentences = [f"0.0 throughout: {_flat_words(flat)}."] if flat else []
    sentences += [f"No check-in {_or(empty)}{after}."] if empty else []
    return Table([columns[place] for place in filled], shown, sentences)


def _flat_words(rows: Sequence[TimesRow]) -> str:
    """'anxiety, dizziness (n 738 each)'; each with its own n where they differ."""
    names, numbers = [in_sentence(row.measure.name) for row in rows], [f"n\u00a0{row.n:,}" for row in rows]
    if len(set(numbers)) > 1:
        return ", ".join(f"{name} ({n})" for name, n in zip(names, numbers, strict=True))
    return f"{', '.join(names)} ({numbers[0]}{' each' if len(rows) > 1 else ''})"


def _or(words: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(words[:-1]), words[-1]) if part)


PARTS_OF_DAY = [Column(part.name, f"{part.first} to {part.end}", WHEN[part.name]) for part in PARTS]
SINCE = [f"{low} to {end}{NBSP}h" if end else f"{low}{NBSP}h or more" for low, end in SINCE_DOSE]
BANDS = [Column(hours, "", hours) for hours in SINCE]


@require_safe
def times(request):
    """Two tables of means, for the period that the address names."""
    try:
        period = period_from(request.user, request.GET, DEFAULT_DAYS)
    except BadPeriod as error:
        return bad_period(request, TITLE, error)
    rows = times_of_day(request.user, period)
    context = {
        "title": TITLE,
        "period": period,
        "lengths": length_links(request, period),
        "parts": table_of(rows, PARTS_OF_DAY) if rows else None,
        "doses": [
            (one.medication, table_of(one.rows, BANDS, " after a dose"))
            for one in (between_doses(request.user, period) if rows else ())
        ],
        "enough": ENOUGH,
    }
    return render(request, "journal/trends/times.html", context)
