"""Catch-up: after a gap, one page for several days; each is filled, not remembered, or left alone."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect, render
from django.template.defaultfilters import pluralize
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.forms.catch_up import MOST_DAYS, CatchUpForm, days_filled, symptoms_filled
from journal.models.profile import one_at_a_time
from journal.queries.catch_up import forgotten_lately, gap, remember
from journal.queries.catch_up_days import asked_about, save_days
from journal.queries.receipts import already, keep
from journal.reading import day_from
from journal.taper.words import day_words
from journal.views.errors import BadAddress
from journal.views.flags import for_page, next_after
from journal.views.sending import saved
from journal.views.shared import check_day, flash


@require_http_methods(["GET", "HEAD", "POST"])
def catch_up(request):
    """The days of the last 30 without a record, at most 14 at a time."""
    if request.method != "POST":
        return _page(request, _form(request))
    filled = _days_sent(request)
    if "remember" in request.POST:
        return _remember(request, filled)
    uid = request.POST.get("uid", "")
    with transaction.atomic():
        one_at_a_time(request.user)
        if already(request.user, uid, request.POST):  # sent again, for the answer never came
            form = done = None
        else:
            form = _form(request, filled)
            done = _save(request.user, form) if form.is_valid() else None
        if done is not None:
            keep(request.user, uid, request.POST)
    if form is None:
        flash(request, "These days are saved.")
        return saved(request, _next_after(request, filled, reverse("entries")))
    if done is None:
        return _page(request, form, status=422)
    flash(request, _sentence(*done))
    # More days than fitted on the page: here they are.
    left = len(gap(request.user, timezone.localdate())) > _left_alone(form)
    return saved(request, _next_after(request, filled, reverse("catch_up" if left else "entries")))


def _next_after(request, days: list[dt.date], url: str) -> str:
    """To the help panel when one of these days has a red flag that is to be shown, else to ``url``."""
    where = [next_after(request, day, url) for day in days]
    return where[-1] if where else url


def _days_sent(request) -> list[dt.date]:
    """The days that were filled in. Raises BadAddress for one that nobody can write about."""
    try:
        days = days_filled(request.POST)
    except ValidationError as error:
        raise BadAddress(error.messages[0]) from error
    for day in days:
        check_day(day)
    return days


def _form(request, filled=()) -> CatchUpForm:
    """The days without a record, and those that were filled in whatever became of them since."""
    others = [day for day in gap(request.user, timezone.localdate()) if day not in filled]
    days = sorted([*filled, *others[: MOST_DAYS - len(filled)]], reverse=True)
    data = request.POST if request.method == "POST" else None
    return CatchUpForm(days, asked_about(request.user, days, symptoms_filled(data or {})), data)


def _save(owner, form: CatchUpForm) -> tuple[int, int] | None:
    """How many days were written and how many are not remembered; None, with the reason in the form, for neither."""
    filled = {day.day: said for day in form if (said := day.said())}
    forgotten = {day.day for day in form if day.is_forgotten}
    taken = save_days(owner, filled, forgotten)
    for day in form:
        if day.day in taken:
            day.add_clash()
    return None if taken else (len(filled), len(forgotten))


def _left_alone(form: CatchUpForm) -> int:
    return sum(not day.typed for day in form)


def _sentence(filled: int, forgotten: int) -> str:
    said = [f"{filled} day{pluralize(filled)} saved."] if filled else []
    if forgotten:
        said.append(f"{forgotten} day{pluralize(forgotten)} marked as not remembered.")
    return " ".join(said) or "Nothing was filled in, so nothing is saved."


def _remember(request, filled):
    """Take back "I don't remember" for one day. What is typed about others stays on the page."""
    try:
        day = day_from(request.POST["remember"])
    except ValidationError as error:
        raise BadAddress(error.messages[0]) from error
    check_day(day)
    remember(request.user, day)
    if not filled:
        flash(request, f"{day_words(day, timezone.localdate())} can be filled in again.".replace("\u00a0", " "))
        return redirect("catch_up")
    form = _form(request, filled)
    return _page(request, form, status=200 if form.is_valid() else 422)


def _page(request, form: CatchUpForm, status=200):
    today = timezone.localdate()
    days = gap(request.user, today)
    context = {
        "form": form,
        "unsaved": form.is_bound,
        "today": today,
        "more": len(set(days) - {day.day for day in form}),
        "forgotten": forgotten_lately(request.user, today),
        "flags": for_page(request, several=True),
    }
    return render(request, "journal/entries/catch_up.html", context, status=status)
