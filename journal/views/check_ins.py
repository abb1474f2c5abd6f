"""Check-ins: how it is now, several a day; correct one, delete one."""

import datetime as dt
from dataclasses import replace

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journal.access import own_check_in
from journal.forms.check_in import CheckInForm, keys_in
from journal.models.profile import one_at_a_time
from journal.queries import check_ins as queries
from journal.queries.receipts import already, keep
from journal.taper.words import day_words
from journal.templatetags.journal import at_time, day_name
from journal.views.flags import for_page, next_after
from journal.views.sending import saved
from journal.views.shared import check_day, flash, render_form

NAMED = 3
"""So many values are named in a sentence; of more it says how many."""


@never_cache  # by the way Back there is a fresh one, with the time that it is then
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request, day):
    """Say how it is now, or how it was at a time of an earlier day."""
    check_day(day)
    asked = queries.asked_on(request.user, day, keys_in(request.POST), request.GET.get("now", ""))
    form = CheckInForm(asked, request.POST if request.method == "POST" else None)
    if form.is_valid():
        uid = request.POST.get("uid", "")
        with transaction.atomic():
            one_at_a_time(request.user)
            again = already(request.user, uid, request.POST)  # sent again, for the answer never came
            if not again:
                kept = queries.save_check_in(request.user, day, form.said())
                keep(request.user, uid, request.POST)
        if again:
            flash(request, "This check-in is kept.")
        else:
            flash(request, _sentence(request, "Kept", kept), undo_check_in=kept)
        return saved(request, next_after(request, day, _back(day)[0]))
    return _show(request, form, {"earlier": queries.check_ins_of(request.user, day)[::-1]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, day, pk):
    """Correct one check-in."""
    if request.method != "POST":
        return _show_stored(request, *_correct(request, day, own_check_in(request, day, pk)))
    # Loaded, compared and written under one lock: what another page corrected meanwhile is seen.
    with transaction.atomic():
        one_at_a_time(request.user)
        try:
            mine = own_check_in(request, day, pk)
        except Http404:
            mine = None
        else:
            form, stored = _correct(request, day, mine)
    if mine is None:
        return _gone(request, day)
    if form.is_valid():
        return saved(request, next_after(request, day, _back(day)[0]))
    return _show_stored(request, form, stored)


def _gone(request, day):
    """There is no such check-in (any more): what was typed is on a page for a new one, and not saved."""
    check_day(day)
    form = CheckInForm(queries.asked_on(request.user, day, keys_in(request.POST), queries.MOOD), request.POST)
    form.add_error(None, "This check-in was deleted meanwhile. Save to keep what is here as a new one.")
    response = _show(request, form, {"earlier": queries.check_ins_of(request.user, day)[::-1]})
    response.status_code = 404
    return response


def _correct(request, day, mine):
    """The form for this check-in, and the check-in as it is shown; what was sent is saved, if it can be."""
    check_day(day)
    stored = queries.whole(request.user, mine)
    also = {one.symptom for one in stored.values if one.symptom} | keys_in(request.POST)
    asked = queries.asked_on(request.user, day, also, queries.MOOD)
    asked = replace(asked, first=stored.values[0].symptom if stored.values else None)
    form = CheckInForm(asked, request.POST if request.method == "POST" else None, stored)
    if form.is_valid() and queries.change_check_in(request.user, mine, form.said()):
        flash(request, "Check-in saved.")
    return form, stored


def _show_stored(request, form, stored):
    return _show(request, form, {"stored": stored})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, day, pk):
    """Ask, then delete one check-in; also the way back of the sentence after saving it."""
    mine = own_check_in(request, day, pk)
    check_day(day)
    at = at_time(mine.time, request.profile)
    if request.method == "POST":
        deleted = queries.delete_check_in(request.user, mine)
        flash(request, f"Check-in of {at} deleted.", undo=deleted)
        return redirect(_back(day)[0])
    context = {
        "title": "Delete this check-in?",
        "rows": [("When", f"{day_name(day)}, {at}"), *_what_goes(queries.whole(request.user, mine))],
        "submit": "Delete this check-in",
        "back_url": reverse("check_in_edit", args=[day, pk]),
        "back_label": "This check-in",
    }
    return render(request, "confirm_delete.html", context)


def _show(request, form, context):
    day = form.asked.day
    back_url, back_label = _back(day)
    context |= {
        "day": day,
        "is_today": form.is_today,
        "now": timezone.localtime().time(),
        "before": "yesterday" if form.is_today else "day before",
        "back_url": back_url,
        "back_label": back_label,
        "flags": for_page(request, day),
    }
    return render_form(request, "journal/entries/check_in.html", form, context)


def _back(day: dt.date) -> tuple[str, str]:
    """Today for today, else the day's own page, which lists its check-ins."""
    if day == timezone.localdate():
        return reverse("today"), "Today"
    return reverse("entry", args=[day]), day_words(day, timezone.localdate())


def _sentence(request, what, kept) -> str:
    """What was kept: "Kept: dizziness, moderate 6, 14:20."."""
    found = queries.whole(request.user, kept)
    told = [one.in_words for one in found.values if not one.is_private]
    values = told[:NAMED]
    if len(found.values) > len(values):
        values.append(f"{len(found.values) - len(values)} more")
    if found.note:
        values.append("a line")
    said = f"{what}: {'; '.join(values)}" if told or found.note else what  # what is private is not named here
    return f"{said}, {at_time(kept.time, request.profile)}."


def _what_goes(found: queries.CheckInOfDay) -> list[tuple[str, str]]:
    """What is deleted, for the page that asks."""
    rows = [(one.name, one.words) for one in found.values]
    if found.note:
        rows.append(("Line", found.note))
    if found.is_raised:
        rows.append(("Question for your next appointment", "the same line"))
    return rows
