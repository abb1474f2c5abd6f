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
from journal.forms.summary_choices import LENGTH_LABELS, SummaryChoicesForm
from journal.models import Medication
from journal.queries.period import LENGTHS, BadPeriod, Period, period_from, record_span
from journal.queries.summary_choices import choices_of, last_visit, save_choices
from journal.summary.build import build
from journal.summary.choices import Choices
from journal.summary.fit import LADDER, Fit
from journal.summary.fitted import fitted
from journal.summary.kept import digest_of
from journal.summary.model import Summary
from journal.summary.page import PageData
from journal.summary.pictures import BOTH
from journal.views.errors import BadAddress
from journal.views.shared import flash

DEFAULT_DAYS = 90
VISIT = "visit"
WHOM = {Reader.PRESCRIBER: "your prescriber", Reader.THERAPIST: "your therapist"}
SHOWN = "summary"
"""In the session: the reader and days of the summary that was shown last."""
CHANGED = "Something changed since you opened this page. Look at it again, then send it."
BAD_LENGTH = "The length can be brief, full or whole."


@require_safe
def summary(request):
    """The page as it prints, with the choices beside it. Without a query, the reader and days that were shown last."""
    query = request.GET if any(request.GET.get(name) for name in _ASKED) else _shown_last(request)
    try:
        period, chosen = asked_for(request, query)
    except BadPeriod as error:
        return _ask_days(request, error)
    named = {name: str(value) for name, value in _named(period, chosen.reader).items()}
    if request.session.get(SHOWN) != named:
        request.session[SHOWN] = named
    return _show(request, period, chosen)


def _shown_last(request) -> dict:
    """The reader and days that this browser was shown last, if there still is such a page; else nothing."""
    last = request.session.get(SHOWN, {})
    try:
        asked_for(request, last)
    except (BadPeriod, BadAddress):
        return {}
    return last


@require_safe
def pdf(request):
    """The same page as a tagged PDF."""
    from journal.summary.pdf import render_pdf

    made = fitted_for(request)
    response = HttpResponse(render_pdf(made.data), content_type="application/pdf")
    name = file_name(made.data["reader"], made.period.first, made.period.last, "pdf")
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response


def file_name(reader: str, first, last, ending: str) -> str:
    """What every file of a summary is called: "taper-summary-prescriber-2026-08-30-2026-11-27.pdf"."""
    return f"taper-summary-{reader}-{first}-{last}.{ending}"


@require_POST
def choices(request):
    """Remember for this reader what is on the page, and show it; 422 with everything as it was ticked."""
    # A length that there is not is the form's to refuse, not the address's.
    period, before = well_asked(request, {name: request.POST.get(name, "") for name in (*_DAYS, "reader")})
    form = SummaryChoicesForm(before, _asked_about(request.user, before), request.POST)
    if not form.is_valid():
        return _show(request, period, before, form)
    save_choices(request.user, before.reader, **form.chosen())
    flash(request, f"The page is as you chose. It is remembered for {WHOM[before.reader]}.")
    return redirect(f"{reverse('summary')}?{urlencode(_named(period, before.reader))}")


_DAYS = ("from", "to", "days")
_ASKED = (*_DAYS, "reader", "length")


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
    """The medications that can be switched on and off: all of them, but a single one only if it is off."""
    found = list(Medication.objects.of(owner))
    return found if len(found) > 1 or any(one.pk in chosen.medications_off for one in found) else []


@dataclass(frozen=True)
class PeriodChoice:
    """A period that can be chosen with one tap: the value of ``days`` and, for VISIT, the day that it begins on."""

    value: str
    first: object = None


def again(request, made: Made):
    """The page shown again, since it is no longer as it was when it was looked at: 409, and a sentence."""
    return _show(request, made.period, made.summary.choices, made=made)


def _show(request, period: Period, chosen: Choices, form: SummaryChoicesForm | None = None, made: Made | None = None):
    """The page; 422 with a ``form`` that was refused, 409 with the page ``made`` that is another one than was seen."""
    status = 409 if made else 422 if form else 200
    form = form or SummaryChoicesForm(chosen, _asked_about(request.user, chosen))
    changed = CHANGED if made else ""
    made = made or _made(request, period, chosen)
    is_empty = made.summary.is_empty
    asked = asked_again(period, chosen)
    context = _choices_context(request, period, chosen, form) | {
        "changed": changed,
        "length_label": LENGTH_LABELS[chosen.length],
        "page": made.data,
        "digest": digest_of(made.data),
        "pages": made.pages,
        "paper": "A4" if chosen.paper == "a4" else "Letter",
        "is_cut": made.fit != LADDER[0] and chosen.length != Length.WHOLE,
        "private": sum(len(group.items) for group in made.summary.private),
        "is_empty": is_empty,
        "span": record_span(request.user) if is_empty else None,
        "asked": asked,
        "query": urlencode(asked),
    }
    return render(request, "journal/summary/summary.html", context, status=status)


def _ask_days(request, error: BadPeriod):
    """The choices without a page, with the days as they were typed and the sentence that says what is wrong: 400."""
    reader, period = Reader(request.GET.get("reader") or Reader.PRESCRIBER), period_from(request.user, {}, DEFAULT_DAYS)
    chosen = choices_of(request.user, reader, request.profile.paper)
    form = SummaryChoicesForm(chosen, _asked_about(request.user, chosen))
    given = {name: request.GET.get(name, "") for name in ("from", "to")}
    context = _choices_context(request, period, chosen, form) | {
        "given": given,
        "sentence": str(error),
        "private": None,
        "query": urlencode(asked_again(period, chosen)),
    }
    return render(request, "journal/summary/summary.html", context, status=400)


def _choices_context(request, period: Period, chosen: Choices, form: SummaryChoicesForm) -> dict:
    """What the choices beside the page are drawn from."""
    visit = last_visit(request.user, chosen.reader, timezone.localdate())
    return {
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
        "off": _off(form, chosen),
        "named": _named(period, chosen.reader),
    }


def _off(form: SummaryChoicesForm, chosen: Choices) -> list[str]:
    """The names of the sections and medications that are switched off on the page that is shown."""
    sections = [label for key, label in form.fields["sections"].choices if not chosen.has(key)]
    return sections + [name for pk, name in form.names.items() if int(pk) in chosen.medications_off]
