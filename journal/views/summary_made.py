"""Summaries that were made: making one to hand over, the list of them, and one again as it was."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_made
from journal.forms.summary_choices import LENGTH_LABELS
from journal.models import MadeSummary
from journal.queries.links import is_alive, last_day, links_of
from journal.summary import kept as queries
from journal.summary.page import PageData
from journal.summary.pictures import BOTH
from journal.templatetags.journal import day_year
from journal.views.errors import BadAddress
from journal.views.shared import flash, paged
from journal.views.summary import again, file_name, fitted_for
from journal.views.summary_words import show_text

A_PAGE = 50
DELETES_LINKS = "Its links end at once, and stay ended if you undo this. "


@require_http_methods(["GET", "HEAD", "POST"])
def summaries(request):
    """The list; and, by POST, a summary made from the choices and kept."""
    if request.method == "POST":
        return _make(request)
    page = paged(request, queries.made_lately(request.user), A_PAGE, "summaries")
    for made in page.object_list:
        made.how, made.apart = queries.ways_words(made.ways), queries.told_apart(made)
        made.long = LENGTH_LABELS.get(made.length, "")
    return render(request, "journal/summary/summaries.html", {"page": page})


def _make(request):
    way = request.POST.get("way", "keep")
    if way not in queries.WAYS:
        raise BadAddress("A summary can be made as a PDF, to print, as text, as a link, or just kept.")
    page = fitted_for(request, request.POST, BOTH)
    by_script = "application/json" in request.headers.get("Accept", "")  # it prints the page that is open already
    if request.POST.get("digest", "") != queries.digest_of(page.data):
        # What was looked at is handed over, or nothing is.
        if by_script:
            return HttpResponse(status=409)
        return show_text(request, page, changed=True) if way == "text" else again(request, page)
    lines = queries.included_lines(request.user, page.summary)
    made = queries.keep(request.user, page.data, page.period.first, page.period.last, way, lines)
    if way == "print" and by_script:
        return HttpResponse(status=204)
    if way in ("keep", "text"):
        flash(request, "Kept. It opens again as it is now, whatever you change later.")
    return redirect({"pdf": "summary_made_pdf", "link": "link_new"}.get(way, "summary_made"), made.pk)


@require_safe
def made(request, pk):
    """One of them again, as it was; what was on it, and its links."""
    mine = own_made(request, pk)
    links = paged(request, links_of(request.user, mine), A_PAGE, "links")
    for link in links.object_list:
        link.alive, link.last = is_alive(link), last_day(link)
    context = {
        "made": mine,
        "how": queries.ways_words(mine.ways),
        "page": queries.page_of(mine),
        "links": links,
    }
    return render(request, "journal/summary/made.html", context)


@require_safe
def pdf(request, pk):
    """The same as a PDF, from what was kept."""
    mine = own_made(request, pk)
    return pdf_response(mine, queries.page_of(mine))


def pdf_response(made: MadeSummary, data: PageData, **qr) -> HttpResponse:
    """A kept page as a PDF to open in the browser; ``qr`` as ``render_pdf`` takes it."""
    from journal.summary.pdf import render_pdf

    response = HttpResponse(render_pdf(data, **qr), content_type="application/pdf")
    name = file_name(made.reader, made.first, made.last, "pdf")
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then delete it with its links, with a way back."""
    mine = own_made(request, pk)
    if request.method == "POST":
        label = f"{mine.for_whom}, {day_year(mine.first)} to {day_year(mine.last)}"
        flash(request, "Summary deleted.", undo=queries.delete(request.user, mine, label))
        return redirect("summaries")
    alive = sum(is_alive(link) for link in links_of(request.user, mine))
    context = {
        "title": "Delete this summary?",
        "text": f"{DELETES_LINKS if alive else ''}You can undo this for 30 days, under Journal, Deleted. "
        "Your record stays as it is.",
        "rows": [
            (mine.for_whom, f"{day_year(mine.first)} to {day_year(mine.last)}"),
            ("Handed over as", queries.ways_words(mine.ways)),
            *([("Links that can be opened", f"{alive}")] if alive else []),
        ],
        "submit": "Delete this summary",
        "back_url": reverse("summary_made", args=[pk]),
        "back_label": "This summary",
    }
    return render(request, "confirm_delete.html", context)
