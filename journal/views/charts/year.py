"""The year as a calendar: one symptom or mood, a cell a day, at most twelve months."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from journal.analysis.titles import in_sentence
from journal.charts.theme import day_text
from journal.charts.year_data import YearData, first_shown
from journal.queries.aligned import rose_most_of
from journal.queries.doses import steps_in
from journal.queries.measures import DailyMeasure
from journal.queries.period import Period, period_from
from journal.queries.responses import response_measures
from journal.queries.year import year_of
from journal.views.charts.measures import measure_asked, measure_choices, medication_choices
from journal.views.charts.pages import (
    Asked,
    ChartPage,
    Choice,
    Drawings,
    address,
    carried_on,
    exact_query,
    medication_asked,
)

DEFAULT_DAYS = 365
ONE_DAY = dt.timedelta(1)


def _asked(request) -> Asked:
    owner = request.user
    query = request.GET
    if not any(query.get(name) for name in ("days", "from", "to")):
        query = {"days": str(DEFAULT_DAYS)}
    period = period_from(owner, query, DEFAULT_DAYS)
    measures = response_measures(owner)
    measure = measure_asked(request, measures) or _by_rule(owner, period, measures)
    found = year_of(owner, period, measure, medication_asked(request))
    exact = [("measure", measure.key)]
    exact += [("medication", str(found.medication.pk))] if found.medication else []
    data = found.data
    return Asked(
        _shown(period, data),
        data if data.values else None,
        empty=_missing(data),
        query=exact_query(Period(data.first, data.last), *exact),
        choose="What is drawn",
        choices=measure_choices(request, measures, measure),
        others_of="Whose dose changes",
        others=medication_choices(request, found.medications, found.medication),
        keep=carried_on(request),
        around=_around(request, data),
    )


def _shown(period: Period, data: YearData) -> Period:
    """The days of the rows, twelve months at most; as asked where they end before there is a record."""
    is_before = data.record is not None and period.last < data.record.first
    return period if is_before else replace(period, first=data.first)


def _by_rule(owner, period: Period, measures: list[DailyMeasure]) -> DailyMeasure:
    symptoms = [measure for measure in measures if measure.symptom is not None]
    return rose_most_of(owner, steps_in(owner, dt.date.min, period.last), symptoms, period)


def _missing(data: YearData) -> str:
    days = f"from {day_text(data.first, year=True)} to {day_text(data.last, year=True)}"
    return f"No value of {in_sentence(data.name)} is on record {days}."


def _around(request, data: YearData) -> list[Choice]:
    """The twelve months before those shown and after them, where the record reaches."""
    links = []
    record, today = data.record, timezone.localdate()
    if record and record.first < data.first:
        last = min(data.first - ONE_DAY, record.last)
        links.append(_months(request, "The 12 months before", first_shown(dt.date.min, last), last))
    if record and data.last < min(record.last, today):
        first = data.last + ONE_DAY
        # Twelve months from there on, the one in which it begins included.
        month = first.year * 12 + first.month - 1 + 12
        last = min(dt.date(month // 12, month % 12 + 1, 1) - ONE_DAY, today)
        links.append(_months(request, "The 12 months after", first, last))
    return links


def _months(request, name: str, first: dt.date, last: dt.date) -> Choice:
    return Choice(name, address(request, **{"from": first.isoformat(), "to": last.isoformat()}))


def _drawings() -> Drawings:
    from journal.charts.year import months_table, year_sheet, year_table

    return Drawings(year_sheet, year_table, second=("Month by month", months_table))


PAGE = ChartPage(
    "year",
    "The year as a calendar",
    "One symptom or mood, a row for each month and a cell for each day",
    _asked,
    _drawings,
)
