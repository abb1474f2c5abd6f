"""The journal: a day, and its dose at one tap."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_medication
from journal.catalogue.prompts import PROMPTS
from journal.forms.entry import EntryForm, asked_names
from journal.models import DoseTaken, Rating
from journal.models.base import EARLIEST_DAY
from journal.models.profile import one_at_a_time
from journal.queries.catch_up import is_forgotten, remember
from journal.queries.check_ins import check_ins_of, means_of
from journal.queries.doses import due_on
from journal.queries.entries import day_of, doses_of, entry_of, still_up
from journal.queries.entry_words import also_goes
from journal.queries.later import later
from journal.queries.receipts import already, keep
from journal.queries.save_day import Dose, Saved, delete_entry, record_doses, save_day
from journal.queries.suggestions import known_symptoms
from journal.queries.tracked import measures_of
from journal.reading import plain_number
from journal.taper.words import day_words
from journal.templatetags.journal import at_time, day_name, hours
from journal.views.errors import BadAddress
from journal.views.flags import for_page, next_after
from journal.views.sending import saved
from journal.views.shared import check_day, flash, render_form

ONE_TAP = {DoseTaken.Status.PLANNED: "taken as planned", DoseTaken.Status.MISSED: "missed"}


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, day):
    """Log or correct one day. The day opens whether or not anything stands there."""
    check_day(day)
    filled = 0
    if request.method == "POST":
        # Loaded, compared and written under one lock: a second press finds what the first one wrote.
        uid = request.POST.get("uid", "")
        with transaction.atomic():
            one_at_a_time(request.user)
            form, done = None, None
            if already(request.user, uid, request.POST):  # sent again, for the answer never came
                done = Saved(is_blank=False)
            else:
                form = EntryForm(day_of(request.user, day, lock=True, asked=asked_names(request.POST)), request.POST)
            if form and request.POST.get("do") == "same":
                filled = form.fill_like_yesterday()
            elif form and form.is_valid():
                done = save_day(form.day, form.record())
                keep(request.user, uid, request.POST)
        if done:
            return _saved(request, day, done)
    else:
        form = EntryForm(day_of(request.user, day))
    return render_form(
        request,
        "journal/entries/entry.html",
        form,
        {"filled": filled, "flags": for_page(request, day), **_context(form, day)},
    )


def _context(form: EntryForm, day: dt.date) -> dict:
    """What the page of a day shows besides the form."""
    back_url, back_label = _back(day)
    today = timezone.localdate()
    check_ins = check_ins_of(form.day.owner, day)
    return {
        "day": form.day,
        "saved": timezone.localtime(form.day.entry.updated) if form.day.entry.pk else None,
        "main": max(form.day.due, key=lambda dose: dose.since, default=None),
        "today": today,
        "before": "yesterday" if day == today else "day before",
        "previous": day - dt.timedelta(1) if day > EARLIEST_DAY else None,
        "following": day + dt.timedelta(1) if day < today else None,
        "still_up": still_up() if day == today else None,
        "later": later(form.day.entry),
        "forgotten": form.day.is_blank and is_forgotten(form.day.owner, day),
        "check_ins": check_ins,
        "timed": means_of(check_ins),
        "prompts": PROMPTS,
        "known_symptoms": known_symptoms(form.day.owner),
        "back_url": back_url,
        "back_label": back_label,
    }


def _saved(request, day: dt.date, done: Saved):
    """Where a saved day leads: to help at once when a red flag is to be shown, else back."""
    flash(request, _sentence(day, done), undo=done.deleted)
    return saved(request, next_after(request, day, _back(day)[0]))


def _sentence(day: dt.date, done: Saved) -> str:
    today = timezone.localdate()
    if done.deleted:
        return f"Nothing is left in the entry for {day_words(day, today)}, so it is deleted."
    if done.is_blank:
        return f"Nothing is recorded for {'today' if day == today else day_words(day, today)}."
    sentence = "Saved." if day == today else f"Saved for {day_words(day, today)}."
    if done.added:
        names = ", ".join(f"“{symptom.name}”" for symptom in done.added)
        sentence += f" {names} {'is' if len(done.added) == 1 else 'are'} on your list now."
    return sentence


def _back(day: dt.date) -> tuple[str, str]:
    """Where one came from, most likely: Today for today (and for yesterday before 4 a.m.), else the day's month."""
    if day in (timezone.localdate(), still_up()):
        return reverse("today"), "Today"
    return _month_url(day), "Journal"


def _month_url(day: dt.date) -> str:
    return f"{reverse('entries')}?month={day:%Y-%m}"


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, day):
    """Delete the entry of a day: its ratings, sleep, notes, and the doses recorded on it."""
    check_day(day)
    found = entry_of(request.user, day)
    if found is None:
        if request.method == "POST":  # pressed twice
            return redirect(_month_url(day))
        raise Http404("no entry on this day")
    words = day_words(day, timezone.localdate())
    doses = list(doses_of(request.user, day, day))
    if request.method == "POST":
        deleted = delete_entry(request.user, found, doses)
        flash(request, f"Entry for {words} deleted.", undo=deleted)
        return redirect(_month_url(day))
    context = {
        "title": f"Delete the entry for {day_name(day)}?",
        "rows": _what_goes(found, doses) + also_goes(request.user, found, lambda time: at_time(time, request.profile)),
        "submit": "Delete this entry",
        "back_url": reverse("entry", args=[day]),
        "back_label": words,
    }
    return render(request, "confirm_delete.html", context)


def _what_goes(entry, doses) -> list[tuple[str, str]]:
    """What is deleted with ``entry``, for the page that asks."""
    scores = [(one.name, one.column) for one in measures_of(entry.owner) if one.column in entry.SCORES]
    ratings = [(name, getattr(entry, column)) for name, column in scores if getattr(entry, column) is not None]
    own = [rating for rating in entry.ratings.all() if rating.origin != Rating.Origin.CHECK_INS]
    ratings += [(rating.symptom.name, rating.severity) for rating in own]
    rows = []
    if ratings:
        shown = [f"{name} {plain_number(value)}" for name, value in ratings[:2]]
        if len(ratings) > 2:
            shown.append(f"and {len(ratings) - 2} more")
        rows.append((f"{len(ratings)} rating{pluralize(len(ratings))}", ", ".join(shown)))
    rows += [(f"{dose.medication.name}, dose", dose.get_status_display().lower()) for dose in doses]
    if entry.sleep_hours is not None:
        rows.append(("Sleep", hours(entry.sleep_hours)))
    if entry.notes:
        words = len(entry.notes.split())
        rows.append(("Notes", f"{words} word{pluralize(words)}"))
    return rows


def dose(request, day, medication):
    """One tap from Today: taken as planned, or missed. Late and other amounts are told on the day's page."""
    wanted = own_medication(request, medication)
    check_day(day)
    if request.method != "POST":  # after signing in again, for one: the day's page asks the same
        return redirect("entry", day)
    status = request.POST.get("status", "")
    if status not in ONE_TAP:
        raise BadAddress("A dose is recorded here as planned or as missed. The day’s page has the rest.")
    with transaction.atomic():
        one_at_a_time(request.user)
        there = _one_tap(request, day, wanted, status)
    if there:  # said on another page, perhaps with a time: it is not written over
        flash(request, f"{wanted.name} is recorded already: {there}. It can be changed here.")
        return redirect(f"{reverse('entry', args=[day])}#dose")
    flash(request, f"{wanted.name}: {ONE_TAP[status]}.")
    return redirect(next_after(request, day, _back(day)[0]))


def _one_tap(request, day, wanted, status) -> str:
    """Record the dose; what is there already in its place, in words, else ""."""
    due = next((found for found in due_on(request.user, day) if found.medication == wanted and found.is_due), None)
    if due is None:
        raise BadAddress(f"No dose of {wanted.name} is due on {day_words(day, timezone.localdate())}.")
    if due.taken and due.taken.status != status:
        return due.taken.get_status_display().lower()
    if due.taken is None:  # the same tap twice leaves the first record as it is
        planned = status == DoseTaken.Status.PLANNED
        # Said on the day itself it was taken now, as far as anybody knows; the day's page corrects it.
        now = timezone.localtime()
        at = now.time().replace(second=0, microsecond=0) if planned and day == now.date() else None
        said = Dose(status, due.mg_today, at, due.taken_mg_today) if planned else Dose(status, Decimal(0), None)
        record_doses(day, {wanted.pk: said})
        remember(request.user, day)
    return ""
