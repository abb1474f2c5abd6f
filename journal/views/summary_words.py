"""The summary as words to copy: plain text for a message, JSON for a program, a signature for a peer forum."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from journal.queries.period import BadPeriod
from journal.summary.as_json import as_json
from journal.summary.build import build
from journal.summary.fitted import Fitted, fitted
from journal.summary.model import Summary
from journal.summary.page import PageData
from journal.summary.signature import signature
from journal.summary.text import as_text
from journal.views.errors import BadAddress
from journal.views.summary import asked_for


@require_safe
def text(request):
    """The page as a text file."""
    page = _fitted(_asked(request)).data
    return _file(as_text(page), "text/plain; charset=utf-8", page, "txt")


@require_safe
def json(request):
    """Facts and words as JSON."""
    summary = _asked(request)
    page = _fitted(summary).data
    return _file(as_json(summary, page), "application/json", page, "json")


@require_safe
def text_page(request):
    """The same text in a field, to copy it from."""
    page = _fitted(_asked(request)).data
    words = as_text(page)
    context = {"words": words, "letters": f"{len(words):,}", "page": page, "query": request.GET.urlencode()}
    return render(request, "journal/summary/text.html", context)


@require_safe
def forum(request):
    """A few lines of drug history that say nothing of who the person is."""
    # Sections are those of a page; a drug history has none.
    words = signature(_asked(request, {"days": "all"} | request.GET.dict(), whole=True))
    return render(request, "journal/summary/signature.html", {"words": words, "letters": f"{len(words):,}"})


def _asked(request, query=None, *, whole: bool = False) -> Summary:
    """The summary that the address asks for; ``whole``: with all sections."""
    try:
        period, choices = asked_for(request, request.GET if query is None else query)
    except BadPeriod as error:
        raise BadAddress(str(error)) from error
    if whole:
        choices = replace(choices, sections_off=frozenset())
    return build(request.user, period, choices, timezone.localdate(), request.profile)


def _fitted(summary: Summary) -> Fitted:
    return fitted(summary, ())


def _file(words: str, kind: str, page: PageData, ending: str) -> HttpResponse:
    response = HttpResponse(words, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(False, f"taper-summary-{page['reader']}.{ending}")
    return response
