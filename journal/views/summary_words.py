"""The summary as words to copy: plain text for a message, JSON for a program, a signature for a peer forum."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from journal.summary.as_json import as_json
from journal.summary.page import PageData
from journal.summary.signature import signature
from journal.summary.text import as_text
from journal.views.summary import asked_again, built, fitted_for, well_asked


@require_safe
def text(request):
    """The page as a text file."""
    page = fitted_for(request).data
    return _file(as_text(page), "text/plain; charset=utf-8", page, "txt")


@require_safe
def json(request):
    """Facts and words as JSON."""
    made = fitted_for(request)
    return _file(as_json(made.summary, made.data), "application/json", made.data, "json")


@require_safe
def text_page(request):
    """The same text in a field, to copy it from."""
    made = fitted_for(request)
    words = as_text(made.data)
    asked = asked_again(made.period, made.summary.choices)
    context = {"words": words, "letters": f"{len(words):,}", "page": made.data, "asked": asked}
    context["query"] = urlencode(asked)
    return render(request, "journal/summary/text.html", context)


@require_safe
def forum(request):
    """A few lines of drug history that say nothing of who the person is."""
    # The whole record unless days are asked for: nothing of it needs a page.
    words = signature(built(request, *well_asked(request, {"days": "all"} | request.GET.dict())))
    return render(request, "journal/summary/signature.html", {"words": words, "letters": f"{len(words):,}"})


def _file(words: str, kind: str, page: PageData, ending: str) -> HttpResponse:
    response = HttpResponse(words, content_type=kind)
    response["Content-Disposition"] = content_disposition_header(False, f"taper-summary-{page['reader']}.{ending}")
    return response
