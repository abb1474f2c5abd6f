"""The summary: choose whom it is for, the days and what is on it; see the page as it prints; take it as PDF."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from journal.catalogue.summary import Length, Reader
from journal.forms.summary_choices import SummaryChoicesForm
from journal.models import Medication
from journal.queries.period import LENGTHS, BadPeriod, Period, period_from, record_span
from journal.queries.summary_choices import choices_of, last_visit, save_choices
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fit import LADDER, Fit
from journal.summary.fitted import fitted
from journal.summary.model import Summary
from journal.summary.page import PageData
from journal.summary.pictures import BOTH
from journal.views.errors import BadAddress
from journal.views.shared import bad_period

DEFAULT_DAYS = 90
VISIT = "visit"
WHOM = {Reader.PRESCRIBER: "your prescriber", Reader.THERAPIST: "your therapist"}
BAD_LENGTH = "The length can be brief, full or whole."


@require_safe
def summary(request):
    """The page as it prints, with the choices beside it."""
    try:
        period, chosen = asked_for(request, request.GET)
    except BadPeriod as error:
        return bad_period(request, "Summary", error)
    return _show(request, period, chosen)


@require_safe
def pdf(request):
    """The same page as a tagged PDF."""
    from journal.summary.pdf import render_pdf

    made = fitted_for(request)
    response = HttpResponse(render_pdf(made.data), content_type="application/pdf")
    name = f"taper-summary-{made.summary.first}-{made.summary.last}.pdf"
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


@require_POST
def choices(request):
    """Remember for this reader what is on the page, and show it; 422 with everything as it was ticked."""
    # A length that there is not is the form's to refuse, not the address's.
    period, before = well_asked(request, {name: request.POST.get(name, "") for name in (*_DAYS, "reader")})
    form = SummaryChoicesForm(before, _asked_about(request.user, before), request.POST)
    if not form.is_valid():
        return _show(request, period, before, form)
    save_choices(request.user, before.reader, **form.chosen())
    return redirect(f"{reverse('summary')}?{urlencode(_named(period, before.reader))}")


_DAYS = ("from", "to", "days")


def asked_for(request, query) -> tuple[Period, Choices]:
    """The period that ``query`` names (90 days by default), and what the person chose for the reader that it names.

    ``days`` can also be "visit": since the last appointment with that reader that took place. ``length`` takes the
    place of the remembered one. Raises BadPeriod or BadAddress with a sentence.
    """
    try:
        reader = Reader(query.get("reader", "") or Reader.PRESCRIBER)
    except ValueError as error:
        raise BadAddress("The reader can be prescriber or therapist.") from error
    period = _period(request.user, query, reader)
    try:
        return period, choices_of(request.user, reader, request.profile.paper, query.get("length", ""))
    except ValueError as error:
        raise BadAddress(BAD_LENGTH) from error


def _period(owner, query, reader: Reader) -> Period:
    dates = any(query.get(name, "").strip() for name in ("from", "to"))
    if dates or query.get("days", "").strip() != VISIT:
        return period_from(owner, query, DEFAULT_DAYS)
    today = timezone.localdate()
    visit = last_visit(owner, reader, today)
    if visit is None:
        raise BadPeriod(
            f"No appointment with {WHOM[reader]} is marked as one that took place, so there is no day to begin with. "
            "You can give dates here."
        )
    return Period(visit, today, VISIT)


def _named(period: Period, reader: Reader) -> dict:
    """What an address says of this period and reader; days that are counted from today stay so."""
    days = {"days": period.length} if period.length else {"from": period.first, "to": period.last}
    return {**days, "reader": reader.value}


def asked_again(period: Period, chosen: Choices) -> dict:
    """The query that asks for the same page on any day."""
    return {"from": period.first, "to": period.last, "reader": chosen.reader.value, "length": chosen.length.value}


@dataclass(frozen=True)
class Made:
    """A summary, and the page that came of it: its words and drawings, its pages, how much was dropped for that."""

    period: Period
    summary: Summary
    data: PageData
    pages: int
    fit: Fit


def well_asked(request, query) -> tuple[Period, Choices]:
    """The same where there is no form to give other days in: raises BadAddress for days that make no sense, too."""
    try:
        return asked_for(request, query)
    except BadPeriod as error:
        raise BadAddress(str(error)) from error


def built(request, period: Period, chosen: Choices) -> Summary:
    """The summary of the signed-in person."""
    return build(request.user, period, chosen, timezone.localdate(), request.profile)


def fitted_for(request, query=None, sizes=()) -> Made:
    """The page that ``query`` (the address's, if none is given) asks for, with its drawings for paper and ``sizes``.

    Raises BadAddress with a sentence.
    """
    return _made(request, *well_asked(request, request.GET if query is None else query), sizes)


def _made(request, period: Period, chosen: Choices, sizes=BOTH) -> Made:
    found = built(request, period, chosen)
    page = fitted(found, sizes)
    return Made(period, found, page.data, page.pages, page.fit)


def _asked_about(owner, chosen: Choices) -> list[Medication]:
    """The medicines that can be switched on and off: all of them, but a single one only if it is off."""
    found = list(Medication.objects.of(owner))
    return found if len(found) > 1 or any(one.pk in chosen.medications_off for one in found) else []


@dataclass(frozen=True)
class PeriodChoice:
    """A period that can be chosen with one tap: the value of ``days`` and, for VISIT, the day that it begins on."""

    value: str
    first: object = None


def _show(request, period: Period, chosen: Choices, form: SummaryChoicesForm | None = None):
    form = form or SummaryChoicesForm(chosen, _asked_about(request.user, chosen))
    made = _made(request, period, chosen)
    visit = last_visit(request.user, chosen.reader, timezone.localdate())
    is_empty = not made.summary.entry_days and not made.summary.medications
    asked = asked_again(period, chosen)
    context = {
        "form": form,
        "period": period,
        "periods": [
            *([PeriodChoice(VISIT, visit)] if visit else []),
            *(PeriodChoice(str(days)) for days in LENGTHS[:3]),
            PeriodChoice("all"),
        ],
        "reader": chosen.reader,
        "whom": WHOM[chosen.reader],
        "readers": [{"value": one.value, "label": one.value.capitalize()} for one in Reader],
        "length": chosen.length,
        "page": made.data,
        "pages": made.pages,
        "paper": "A4" if chosen.paper == "a4" else "Letter",
        "is_cut": made.fit != LADDER[0] and chosen.length != Length.WHOLE,
        "off": _off(form, chosen),
        "private": sum(len(group.items) for group in made.summary.private),
        "is_empty": is_empty,
        "span": record_span(request.user) if is_empty else None,
        "named": _named(period, chosen.reader),
        "asked": asked,
        "query": urlencode(asked),
    }
    return render(request, "journal/summary/summary.html", context, status=422 if form.errors else 200)


def _off(form: SummaryChoicesForm, chosen: Choices) -> list[str]:
    """The names of the sections and medicines that are switched off on the page that is shown."""
    sections = [label for key, label in form.fields["sections"].choices if not chosen.has(key)]
    return sections + [name for pk, name in form.names.items() if int(pk) in chosen.medications_off]
