"""What may be getting in the way: the months, and the look at one of them."""

import datetime as dt

from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from journal.forms.looks import LookForm
from journal.models import Appointment
from journal.models.profile import one_at_a_time
from journal.queries import looks as queries
from journal.queries.care import as_question, raise_question
from journal.queries.receipts import already, keep
from journal.reading import quoted
from journal.views.sending import saved
from journal.views.shared import check_month, flash, render_form


@require_safe
def looks(request):
    """The months that can be looked at, the latest first."""
    today = timezone.localdate()
    months = queries.months_to_look_at(request.user, today)
    rows = [(f"{month:%Y-%m}", date_format(month, "F Y"), thoughts) for month, thoughts in months]
    return render(request, "journal/looks/list.html", {"this": rows[0], "rows": rows[1:]})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def look(request, month):
    """One month: the person's own figures beside each area, room for a thought, and a way to the therapist."""
    first = check_month(month)
    if request.method != "POST":
        return _show(request, first, LookForm(stored=queries.thoughts_of(request.user, first)))
    uid = request.POST.get("uid", "")
    # Loaded, compared and written under one lock: what another page saved meanwhile is seen.
    with transaction.atomic():
        one_at_a_time(request.user)
        form = LookForm(request.POST, queries.thoughts_of(request.user, first))
        again = already(request.user, uid, request.POST)  # sent again, for the answer never came
        if not again and not form.is_valid():
            return _show(request, first, form)
        said = "Your thoughts are kept."
        if not again:
            if form.stored is not None or any(form.cleaned_data.values()):
                queries.save_thoughts(request.user, first, form.cleaned_data)
            if form.raised:
                said = _raise(request, form)
            keep(request.user, uid, request.POST)
    flash(request, said)
    # No "#sleep": a script that is sent to the very page that it is on, at another place, would not load it anew.
    return saved(request, reverse("look", args=[f"{first:%Y-%m}"]) if form.raised else reverse("looks"))


def _raise(request, form: LookForm) -> str:
    """Put it on the list for the therapist; what is said then."""
    text = as_question(form.question(form.raised))
    _, new = raise_question(request.user, text, whom=Appointment.Kind.THERAPIST)
    return f"{quoted(text)} is on your list for your therapist{'' if new else ' already'}."


def _show(request, first: dt.date, form: LookForm):
    month = queries.month_from(first, timezone.localdate())
    rows = [(area, found, form[area.key]) for area, found in queries.area_rows(request.user, month)]
    context = {
        "month": month,
        "address": f"{first:%Y-%m}",
        "title": date_format(first, "F Y"),
        "rows": rows,
    }
    return render_form(request, "journal/looks/look.html", form, context)
