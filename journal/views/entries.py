"""The journal: a day, its dose at one tap, and the calendar of days."""

import datetime as dt
import re
from decimal import Decimal

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_medication
from journal.converters import NoSuchDay
from journal.forms.entry import EntryForm
from journal.models import DoseTaken
from journal.models.base import EARLIEST_DAY
from journal.models.profile import one_at_a_time
from journal.queries.doses import due_on
from journal.queries.entries import (
    Dose,
    Saved,
    day_of,
    delete_entry,
    doses_of,
    entry_of,
    record_doses,
    save_day,
    still_up,
)
from journal.queries.month import month_of
from journal.queries.receipts import already, keep
from journal.reading import plain_number
from journal.taper.words import day_words
from journal.templatetags.journal import day_name, hours
from journal.views.errors import BadAddress
from journal.views.sending import saved
from journal.views.shared import flash, render_form

SCORE_NAMES = {"mood": "mood", "energy": "energy", "sleep_quality": "sleep quality", "function": "function"}
ONE_TAP = {DoseTaken.Status.PLANNED: "taken as planned", DoseTaken.Status.MISSED: "missed"}


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request, day):
    """Log or correct one day. The day opens whether or not anything stands there."""
    _check(day)
    if request.method == "POST":
        # Loaded, compared and written under one lock: a second press finds what the first one wrote.
        uid = request.POST.get("uid", "")
        with transaction.atomic():
            one_at_a_time(request.user)
            if already(request.user, uid, request.POST):  # sent again, for the answer never came
                flash(request, _sentence(day, Saved(is_blank=False)))
                return saved(request, _back(day)[0])
            form = EntryForm(day_of(request.user, day, lock=True), request.POST)
            done = save_day(form.day, form.record()) if form.is_valid() else None
            if done:
                keep(request.user, uid, request.POST)
        if done:
            flash(request, _sentence(day, done), undo=done.deleted)
            return saved(request, _back(day)[0])
    else:
        form = EntryForm(day_of(request.user, day))
    back_url, back_label = _back(day)
    today = timezone.localdate()
    context = {
        "day": form.day,
        "saved": timezone.localtime(form.day.entry.updated) if form.day.entry.pk else None,
        "main": max(form.day.due, key=lambda dose: dose.since, default=None),
        "today": today,
        "before": "yesterday" if day == today else "day before",
        "previous": day - dt.timedelta(1) if day > EARLIEST_DAY else None,
        "following": day + dt.timedelta(1) if day < today else None,
        "still_up": still_up() if day == today else None,
        "back_url": back_url,
        "back_label": back_label,
    }
    return render_form(request, "journal/entries/entry.html", form, context)


def _check(day: dt.date | NoSuchDay) -> None:
    """Raises BadAddress for a day that nobody can write about."""
    if isinstance(day, NoSuchDay):
        raise BadAddress(day.sentence)
    if day > timezone.localdate():
        raise BadAddress("That day is still to come. You can write about today and the days before.")
    if day < EARLIEST_DAY:
        raise BadAddress(f"{day.year} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")


def _sentence(day: dt.date, done: Saved) -> str:
    today = timezone.localdate()
    if done.deleted:
        return f"Nothing is left in the entry for {day_words(day, today)}, so it is deleted."
    if done.is_blank:
        return f"Nothing is recorded for {'today' if day == today else day_words(day, today)}."
    return "Saved." if day == today else f"Saved for {day_words(day, today)}."


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
    _check(day)
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
        "rows": _what_goes(found, doses),
        "submit": "Delete this entry",
        "back_url": reverse("entry", args=[day]),
        "back_label": words,
    }
    return render(request, "confirm_delete.html", context)


def _what_goes(entry, doses) -> list[tuple[str, str]]:
    """What is deleted with ``entry``, for the page that asks."""
    scores = [(SCORE_NAMES[name], getattr(entry, name)) for name in entry.SCORES]
    ratings = [pair for pair in scores if pair[1] is not None]
    ratings += [(rating.symptom.name, rating.severity) for rating in entry.ratings.all()]
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
    _check(day)
    if request.method != "POST":  # after signing in again, for one: the day's page asks the same
        return redirect("entry", day)
    status = request.POST.get("status", "")
    if status not in ONE_TAP:
        raise BadAddress("A dose is recorded here as planned or as missed. The day’s page has the rest.")
    due = next((found for found in due_on(request.user, day) if found.medication == wanted and found.is_due), None)
    if due is None:
        raise BadAddress(f"No dose of {wanted.name} is due on {day_words(day, timezone.localdate())}.")
    if due.taken is None or due.taken.status != status:  # the same tap twice leaves the first record as it is
        planned = status == DoseTaken.Status.PLANNED
        said = Dose(status, due.mg_today, None, due.taken_mg_today) if planned else Dose(status, Decimal(0), None)
        record_doses(day, {wanted.pk: said})
    flash(request, f"{wanted.name}: {ONE_TAP[status]}.")
    return redirect(_back(day)[0])


@require_safe
def calendar(request):
    """A month of days, each with the mean of its symptoms."""
    today = timezone.localdate()
    month = month_of(request.user, _month(request.GET.get("month", ""), today), today, EARLIEST_DAY)
    context = {"month": month, "today": today}
    return render(request, "journal/entries/calendar.html", context)


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of the month in ``text`` ("2026-11"), this month when it is blank. Raises BadAddress."""
    if not text.strip():
        return today.replace(day=1)
    found = re.fullmatch(r"\s*(\d{4})-(\d{1,2})\s*", text, re.ASCII)
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadAddress("That is not a month. Write it like 2026-11.")
    year, number = int(found[1]), int(found[2])
    if year < EARLIEST_DAY.year:
        raise BadAddress(f"{year} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")
    if (year, number) > (today.year, today.month):
        raise BadAddress("That month is still to come. The journal goes up to today.")
    return dt.date(year, number, 1)
