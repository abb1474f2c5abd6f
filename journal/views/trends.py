"""Trends: the overview chart, its numbers, and the choice of days and symptoms, all of it in the address."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from journal.analysis.series import Span
from journal.analysis.titles import days_text
from journal.queries.overview import Overview, UnknownName
from journal.queries.period import ALL, BadPeriod, Period, record_span
from journal.views.charts import PAGES
from journal.views.charts.kept import content_key
from journal.views.charts.overview import exact_query_of, view_asked
from journal.views.charts.pages import address, drawn, length_links
from journal.views.charts.planned import planned_context
from journal.views.errors import BadAddress
from journal.views.shared import bad_period

NEEDED = 3
"""Days with an entry before a line says anything; until then the page says what is missing."""


@require_safe
def trends(request):
    """Dose over mood and symptoms, on one time axis."""
    key = content_key(request, "overview", "page")  # before the record is read
    try:
        period, view = view_asked(request)
    except BadPeriod as error:
        return bad_period(request, "Trends", error)
    except UnknownName as error:
        raise BadAddress(str(error)) from error
    span = record_span(request.user)
    context = {
        "period": period,
        "view": view,
        "span": span,
        "needed": NEEDED,
        "lengths": length_links(request, period),
        "chips": _chips(request, view),
        "medications": view.medications,
        "whole": address(request, days=ALL),
        "is_empty": not view.data.entry_days and not view.data.steps,
        "has_record": span is not None,
    }
    if not context["is_empty"]:
        context |= _drawn(request, period, view, key)
        if view.medication:
            context |= planned_context(request.user, view.medication, timezone.localdate())
    return render(request, "journal/trends/trends.html", context)


def _drawn(request, period: Period, view: Overview, key: str | None) -> dict:
    from journal.charts.doseline import dose_row

    return drawn(PAGES["overview"], view.data, key) | {
        "dose_row": dose_row(view.data.steps, Span(view.data.first, view.data.last)),
        "query": exact_query_of(request, period, view),
        "lead": f"{_date(period.first)} to {_date(period.last)}. "
        f"Entries on {len(view.data.entry_days):,} of {days_text(period.days)}.",
    }


def _date(day) -> str:
    return date_format(day, "j F Y")


def _chips(request, view: Overview) -> list[dict]:
    """A link for each symptom that adds it to the drawing, or takes it out."""
    chosen = [measure.key for measure in view.chosen]
    chips = []
    for measure in view.symptoms:
        drawn = measure.key in chosen
        keys = [key for key in chosen if key != measure.key] if drawn else [*chosen, measure.key]
        # An empty one says "none" where no name at all would mean "let the rule choose".
        chips.append({"name": measure.name, "url": address(request, symptom=keys or [""]), "drawn": drawn})
    return chips
