"""The calendar of days, the way to one of them by its date, and search."""

import datetime as dt
import re

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.forms.find import NAMES, JumpForm, SearchForm
from journal.models.base import EARLIEST_DAY
from journal.queries.catch_up import gap
from journal.queries.month import month_of
from journal.queries.search import search, search_symptoms
from journal.views.shared import check_month


@require_safe
def calendar(request):
    """A month of days, each with the mean of its symptoms; a day that is asked for; or what a search finds."""
    if request.GET.get("on", "").strip():
        return _jump(request)
    if any(request.GET.get(name, "").strip() for name in NAMES):
        return _search(request)
    today = timezone.localdate()
    context = {
        "month": month_of(request.user, _month(request.GET.get("month", ""), today), today, EARLIEST_DAY),
        "today": today,
        "gap": gap(request.user, today),
        "jump": JumpForm(today=today),
        "search": SearchForm(search_symptoms(request.user)),
    }
    return render(request, "journal/entries/calendar.html", context)


def _jump(request):
    """To the day's own page; 400 with what was typed still there where there is none."""
    today = timezone.localdate()
    form = JumpForm(request.GET, today)
    if form.is_valid():
        return redirect("entry", form.cleaned_data["on"])
    form.keep_typed()
    return _refused(request, form, SearchForm(search_symptoms(request.user)))


def _search(request):
    """The days that were found, 50 to a page; 400 where the search cannot be."""
    form = SearchForm(search_symptoms(request.user), request.GET)
    if not form.is_valid():
        return _refused(request, JumpForm(today=timezone.localdate()), form)
    results = search(request.user, form.query(), _page(request.GET.get("page", "")))
    address = request.GET.copy()
    address.pop("page", None)
    context = {"search": form, "results": results, "address": address.urlencode(), "today": timezone.localdate()}
    return render(request, "journal/entries/search.html", context)


def _page(text: str) -> int:
    """The number of a page; one beyond the last is the last. Raises Http404 for what is no number."""
    if not text.strip():
        return 1
    if not re.fullmatch(r"0*[1-9]\d{0,8}", text, re.ASCII):
        raise Http404("no such page")
    return int(text)


def _refused(request, jump, form):
    return render(request, "journal/entries/refused.html", {"jump": jump, "search": form}, status=400)


def _month(text: str, today: dt.date) -> dt.date:
    """The first day of the month in ``text`` ("2026-11"), this month when it is blank. Raises BadAddress."""
    return check_month(text) if text.strip() else today.replace(day=1)
