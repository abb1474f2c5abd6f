"""What is private on the summary: switched on one by one, for one reader."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from journal.catalogue.summary import Reader
from journal.forms.private_items import PrivateForm
from journal.queries.period import BadPeriod, Period
from journal.queries.private_choices import switch, switch_all_off
from journal.queries.private_items import PrivateItem, available, counts, items_of, standing
from journal.queries.private_sources import FLAGS, NOTES, SAFETY
from journal.views.errors import BadAddress
from journal.views.shared import bad_period, flash
from journal.views.summary import asked_for

A_PAGE = 20
WORDS_SHOWN = 160
LABELS = {NOTES: "Notes", SAFETY: "Safety", FLAGS: "Red flags"}


@require_http_methods(["GET", "HEAD", "POST"])
def private(request):
    """The private things of the period, a kind and twenty at a time, with what is on for this reader.

    Saving changes only what the page showed, so that what is on elsewhere stays on.
    """
    try:
        period, choices = asked_for(request, request.GET)
    except BadPeriod as error:
        return bad_period(request, "What is private", error)
    reader, on, kind = choices.reader, choices.private, request.GET.get("kind", NOTES)
    if kind not in LABELS:
        raise BadAddress("The kind can be notes, safety or flags.")
    form = None
    if request.method == "POST":
        form = PrivateForm(request.POST, on)
        if "take_off" in request.POST:
            switch_all_off(request.user, reader)
            flash(request, f"Nothing private is on for the {reader} now.")
            return redirect(_address(period, reader, kind))
        if form.is_valid():
            many = switch(request.user, reader, form.shown, form.on)
            flash(request, _on_now(many, reader))
            return redirect(_address(period, reader, kind, request.POST.get("to") or request.GET.get("page", "")))
        on = (on - form.shown) | form.on
    found = Paginator(available(request.user, period, kind), A_PAGE).get_page(request.GET.get("page"))
    return _shown(request, period, reader, kind, on, form, found)


def _shown(request, period: Period, reader: Reader, kind: str, on: frozenset[str], form, found: Page):
    how_many = counts(request.user, period)
    other = Reader.THERAPIST if reader == Reader.PRESCRIBER else Reader.PRESCRIBER
    context = {
        "form": form,
        "reader": reader,
        "other": {"label": other.value, "address": _address(period, other, kind)},
        "period": period,
        "kind": kind,
        "kinds": [(key, label, how_many[key], _address(period, reader, key)) for key, label in LABELS.items()],
        "items": [_row(item, item.key in on) for item in items_of(request.user, period, found.object_list)],
        "page": found,
        "address": _address(period, reader, kind, found.number),
        "on": len(on),
        "on_here": len(standing(request.user, on, period)),
        "summary_address": f"{reverse('summary')}?{_query(period, reader)}",
    }
    status = 422 if form is not None else 200
    return render(request, "journal/summary/private.html", context, status=status)


def _row(item: PrivateItem, is_on: bool) -> dict:
    """An item as the page has it. ``whole`` is what stands behind "All of it", blank where all of it is short."""
    long = len(item.text) > WORDS_SHOWN or item.text.count("\n") > 3
    return {"item": item, "is_on": is_on, "whole": item.text if long else ""}


def _query(period: Period, reader: Reader) -> str:
    return urlencode({"from": period.first, "to": period.last, "reader": reader.value})


def _address(period: Period, reader: Reader, kind: str, page: object = "") -> str:
    number = f"&{urlencode({'page': page})}" if str(page) not in ("", "1") else ""
    return f"{reverse('summary_private')}?{_query(period, reader)}&kind={kind}{number}"


def _on_now(many: int, reader: Reader) -> str:
    if not many:
        return f"Saved. Nothing private is on for the {reader}."
    return f"Saved. {many} private {'item is' if many == 1 else 'items are'} on for the {reader} now."
