"""The private calendar: its page, and the file that calendar programs fetch."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import feed_of
from journal.catalogue import zones
from journal.exchange.calendar_out import calendar_bytes
from journal.forms.calendar import CalendarForm
from journal.models.profile import profile_of, zone_of
from journal.queries.calendar import (
    calendar_data,
    end_feed,
    feed_for,
    make_feed,
    new_address,
    planned_steps,
    set_options,
    token_of,
)
from journal.views.shared import flash, render_form

METHODS = ["GET", "HEAD", "POST"]
NO_ADDRESS = "There is no calendar address any more."


@login_not_required
@require_safe
def feed(request, token):
    """The file. The address is the key: nobody signs in, no cookie is set, and no cache keeps it."""
    found = feed_of(token)
    with zone_of(profile_of(found.owner)):
        body = calendar_bytes(calendar_data(found, timezone.localdate()))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="journal.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_http_methods(METHODS)
def calendar(request):
    """What the feed is; making it; its address and options."""
    if request.method == "POST" and "make" in request.POST:
        make_feed(request.user)
        flash(request, "Your calendar has an address.")
        return redirect("calendar")
    found = feed_for(request.user)
    if found is None:
        if request.method == "POST":
            return _gone(request)
        return render(request, "journal/calendar/calendar.html", {"feed": None})
    form = CalendarForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(found, name) for name in ("remind_at", "with_appointments", "with_names")},
        zone=zones.label(request.profile.time_zone),
    )
    if form.is_valid():
        if not set_options(found, **form.cleaned_data):
            return _gone(request)
        flash(request, "Saved. Calendars show it when they next ask, which can take a day.")
        return redirect("calendar")
    return render_form(request, "journal/calendar/calendar.html", form, _shown(request, found))


def _shown(request, found) -> dict:
    address = request.build_absolute_uri(reverse("calendar_feed", args=[token_of(found)]))
    today = timezone.localdate()
    to_come = [step.starts_on for step in planned_steps(request.user, today) if step.starts_on >= today]
    return {
        "feed": found,
        "address": address,
        "webcal": f"webcal://{address.partition('://')[2]}",
        "to_come": len(set(to_come)),
        "next_day": min(to_come, default=None),
    }


@require_http_methods(METHODS)
def renew(request):
    """Another address, after asking; the old one ends."""
    if request.method == "POST":
        if not new_address(request.user):
            return _gone(request)
        flash(request, "Your calendar has a new address. The old one has ended.")
        return redirect("calendar")
    return _ask(
        request,
        title="Make a new address?",
        text="The old address ends at once. Each calendar that follows it needs the new one. "
        "What a calendar copied before stays there until it is deleted there.",
        submit="Make a new address",
        keep="Keep this address",
    )


@require_http_methods(METHODS)
def off(request):
    """End the address, after asking."""
    if request.method == "POST":
        end_feed(request.user)
        flash(request, "Your calendar is switched off. Its address has ended.")
        return redirect("calendar")
    return _ask(
        request,
        title="Switch your calendar off?",
        text="Its address ends at once and for good. Your plans and your journal stay as they are. "
        "What a calendar copied before stays there until it is deleted there.",
        submit="Switch it off",
        keep="Keep it on",
    )


def _ask(request, **context):
    if feed_for(request.user) is None:
        return redirect("calendar")
    context |= {"back_url": reverse("calendar"), "back_label": "Calendar"}
    return render(request, "confirm_delete.html", context)


def _gone(request):
    flash(request, NO_ADDRESS)
    return redirect("calendar")
