"""Trends: the overview chart, its numbers, and the choice of days and symptoms, all of it in the address."""

from urllib.parse import parse_qsl

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_safe

from journal.analysis.rules import RULES
from journal.analysis.series import Span
from journal.analysis.titles import days_text
from journal.models import Medication
from journal.queries.check_ins import check_ins_by_day
from journal.queries.overview import MOST_DRAWN, Overview, UnknownName
from journal.queries.period import ALL, BadPeriod, Period, record_span
from journal.views.charts import PAGES
from journal.views.charts.kept import content_key
from journal.views.charts.occupancy import occupancy_context
from journal.views.charts.overview import exact_query_of, view_asked
from journal.views.charts.pages import Choice, address, carried_to, days_query, drawn, length_links
from journal.views.charts.planned import planned_context
from journal.views.errors import BadAddress
from journal.views.followed import followed_context
from journal.views.shared import bad_period

MOST_CHIPS = 12
"""So many symptoms stand beside each other above the drawing."""
KEPT = ("symptom", "measure", "medication", "occupancy")
"""What an address says besides the days."""


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
    span, chips = record_span(request.user), _chips(request, view)
    context = {
        "period": period,
        "view": view,
        "span": span,
        "lengths": length_links(request, period),
        "chips": chips,
        "near": _near(chips),
        "medication_choices": _medications(request, view),
        "keep": _kept(request),
        "days": parse_qsl(days_query(period)),
        "days_query": days_query(period),
        "more": _more(request, period),
        "whole": address(request, days=ALL),
        "is_empty": not view.data.entry_days and not view.data.steps,
        "has_record": span is not None,
        "span_to": min(span[1], timezone.localdate()) if span else None,
        "dose_link": _dose_link(request, view),
    }
    if not context["is_empty"]:
        context |= _drawn(request, period, view, key) | occupancy_context(request, view)
        context["lead_link"] = context["dose_link"] or _entry_link(period, view)
        try:
            context["followed"] = followed_context(request, period, view)
        except UnknownName as error:
            raise BadAddress(str(error)) from error
        if view.medication:
            context |= planned_context(request.user, view.medication, timezone.localdate())
    return render(request, "journal/trends/trends.html", context)


@require_safe
def rules(request):
    """How each figure of the trends is worked out."""
    return render(request, "journal/trends/rules.html", {"rules": RULES.values()})


def _drawn(request, period: Period, view: Overview, key: str | None) -> dict:
    from journal.charts.doseline import dose_row
    from journal.charts.readout import overview_rows

    def readout():
        return overview_rows(view.data, check_ins_by_day(request.user, period.first, period.last))

    return drawn(PAGES["overview"], view.data, key, readout=readout) | {
        "dose_row": dose_row(view.data.steps, Span(view.data.first, view.data.last)),
        "query": exact_query_of(request, period, view),
        "lead": f"{_date(period.first)} to {_date(period.last)}. "
        f"Entries on {len(view.data.entry_days):,} of {days_text(period.days)}.",
    }


def _dose_link(request, view: Overview) -> Choice | None:
    """Where no dose is on record up to these days: the way to that of a medication without one."""
    undosed = None if view.medication else Medication.objects.of(request.user).filter(steps=None).first()
    return Choice(f"Add the dose of {undosed.name}", reverse("step_new", args=[undosed.pk])) if undosed else None


def _entry_link(period: Period, view: Overview) -> Choice | None:
    """Where there are doses and no entry in days up to today: the way to one."""
    today = timezone.localdate()
    if view.data.entry_days or period.last != today:
        return None
    return Choice("Log today", reverse("entry", args=[today]))


def _date(day) -> str:
    return date_format(day, "j F Y")


def _chips(request, view: Overview) -> list[dict]:
    """A link for each symptom that adds it to the drawing, or takes it out; no link where no more fit."""
    chosen = [measure.key for measure in view.chosen]
    chips = []
    for measure in view.symptoms:
        is_drawn = measure.key in chosen
        keys = [key for key in chosen if key != measure.key] if is_drawn else [*chosen, measure.key]
        # An empty one says "none" where no name at all would mean "let the rule choose".
        url = address(request, symptom=keys or [""]) if len(keys) <= MOST_DRAWN else ""
        chips.append({"name": measure.name, "key": measure.key, "url": url, "drawn": is_drawn})
    return chips


def _near(chips: list[dict]) -> list[dict]:
    """The chips that stand in the page: what is drawn, and the first of the others; the form has all."""
    room = max(0, MOST_CHIPS - sum(chip["drawn"] for chip in chips))
    others = [chip["key"] for chip in chips if chip["url"] and not chip["drawn"]][:room]
    return [chip for chip in chips if chip["drawn"] or chip["key"] in others]


def _medications(request, view: Overview) -> list[Choice]:
    """A link for each medication of the period, where there are several: its changes are what is looked at."""
    if len(view.medications) < 2:
        return []
    return [
        Choice(one.name, address(request, medication=str(one.pk)), one == view.medication) for one in view.medications
    ]


def _kept(request) -> list[tuple[str, str]]:
    """The rest of the address, for the form of days."""
    return [(name, value) for name in KEPT for value in request.GET.getlist(name)]


def _more(request, period: Period) -> list[dict]:
    """Every chart with a page of its own, at the days that are shown here and for what is looked at here."""
    query = days_query(period)
    return [
        {
            "title": page.title,
            "about": page.about,
            "url": f"{reverse('chart', args=[page.name])}?{query}{carried_to(request, page)}",
        }
        for page in PAGES.values()
        if page.has_page
    ]
