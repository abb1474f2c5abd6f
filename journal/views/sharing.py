"""Links to a kept summary, as their owner sees them: making one, its page, ending it."""

import datetime as dt
import re
import uuid

from django.db import transaction
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.access import own_link, own_made
from journal.forms.sharing import WEEKS, LinkForm
from journal.models import MadeSummary, SharedLink
from journal.models.profile import one_at_a_time
from journal.queries import links as queries
from journal.queries.receipts import already
from journal.queries.receipts import keep as receive
from journal.summary.kept import note_way, page_of
from journal.summary.qr import qr_svg
from journal.summary.words import day
from journal.templatetags.journal import day_year
from journal.views.shared import flash, paged, render_form
from journal.views.summary_made import pdf_response

A_PAGE = 50
ONLY_HERE = re.compile(r"(localhost|127(\.\d+){3}|\[::1\])(:\d+)?")
"""Hosts by which a machine calls itself."""


@require_http_methods(["GET", "HEAD", "POST"])
def new(request, pk):
    """Make a link: until when, and with which passphrase."""
    mine, today = own_made(request, pk), timezone.localdate()
    ends = {weeks: today + dt.timedelta(weeks=weeks) for weeks in WEEKS}
    initial, given = {"uid": str(uuid.uuid4())}, request.POST if request.method == "POST" else None
    if chosen := next((end for weeks, end in ends.items() if request.POST.get("weeks") == str(weeks)), None):
        # A day with one tap. What was typed stays, and nothing is made yet.
        initial |= {name: request.POST.get(name, "") for name in ("uid", "passphrase")} | {"last": chosen}
        given = None
    form = LinkForm(given, today=today, initial=initial)
    if form.is_valid():
        made = _make(request.user, mine, **form.cleaned_data)
        if made is None:
            raise Http404
        return redirect("link", made.pk)
    shown = form["last"].value()
    context = {
        "made": mine,
        "ends": [(weeks, end, str(shown) == str(end)) for weeks, end in ends.items()],
        "title": "Make a link",
        "intro": "Whoever has the link can read this summary as it is now, without signing in. They see nothing else "
        "of your journal. What you change later does not change it. You can end the link at any time.",
        "submit": "Make the link",
        "back_url": reverse("summary_made", args=[pk]),
        "back_label": "This summary",
    }
    return render_form(request, "journal/summary/link_new.html", form, context)


@transaction.atomic
def _make(owner, mine: MadeSummary, last, passphrase: str, uid: str) -> SharedLink | None:
    """The link, and that it was handed over so; the one that there is where the same form comes again, as by going
    back. None where the summary was deleted meanwhile.
    """
    one_at_a_time(owner)
    kept = note_way(owner, mine, "link")
    if kept is None:
        return None
    # Nothing that a passphrase could be found out by is written down: with the server's key, not without.
    said = QueryDict(mutable=True)
    said |= {"summary": str(mine.pk), "last": str(last), "passphrase": salted_hmac("link", passphrase).hexdigest()}
    if already(owner, uid, said) and (found := queries.links_of(owner, mine).order_by("-created", "-pk").first()):
        return found
    receive(owner, uid, said)
    return queries.make_link(kept, last, passphrase)


@require_safe
def link(request, pk):
    """The link's address and QR code, until when it lasts, and each time that it was opened."""
    mine = own_link(request, pk)
    openings = queries.openings_of(request.user, mine)
    last, alive = queries.last_day(mine), queries.is_alive(mine)
    address = _address(request, mine) if alive else ""
    context = {
        "link": mine,
        "made": mine.summary,
        "alive": alive,
        "ended_by_guesses": queries.ended_by_guesses(mine),
        "last": last,
        "address": address,
        "only_here": ONLY_HERE.fullmatch(request.get_host()),
        "qr": SafeString(address and _qr(address, last)),
        "page": paged(request, openings, A_PAGE, "openings"),
    }
    return render(request, "journal/summary/link.html", context)


@require_safe
def pdf(request, pk):
    """The summary as a PDF with the link's QR code at its foot; without one where the link cannot be opened."""
    mine = own_link(request, pk)
    address = _address(request, mine) if queries.is_alive(mine) else ""
    if not address:
        return redirect("link", pk)
    last = queries.last_day(mine)
    qr = {"qr": _qr(address, last), "qr_note": f"Read it online until {day(last)}"}
    return pdf_response(mine.summary, page_of(mine.summary), **qr)


@require_POST
def end(request, pk):
    """End the link, at once and for good."""
    mine = own_link(request, pk)
    queries.end_link(request.user, mine)
    flash(request, "The link has ended. Its address opens nothing any more.")
    return redirect("link", pk)


def _address(request, mine: SharedLink) -> str:
    """The whole address; blank where the server's key has changed since it was made."""
    token = queries.token_of(mine)
    return request.build_absolute_uri(reverse("shared", args=[token])) if token else ""


def _qr(address: str, last) -> str:
    return qr_svg(address, "QR code of the link", f"It opens the summary online, until {day_year(last)}.")
