"""The summary as words to copy: plain text for a message, JSON for a program, a signature for a peer forum."""

from dataclasses import replace
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from journal.summary.as_json import as_json
from journal.summary.kept import digest_of
from journal.summary.pictures import BOTH
from journal.summary.signature import signature
from journal.summary.text import as_text
from journal.views.summary import CHANGED, Made, asked_again, built, file_name, fitted_for, well_asked


@require_safe
def text(request):
    """The page as a text file."""
    made = fitted_for(request)
    return _file(as_text(made.data), "text/plain; charset=utf-8", made, "txt")


@require_safe
def json(request):
    """Facts and words as JSON."""
    made = fitted_for(request)
    return _file(as_json(made.summary, made.data), "application/json", made, "json")


@require_safe
def text_page(request):
    """The same text in a field, to copy it from."""
    return show_text(request, fitted_for(request, sizes=BOTH))


def show_text(request, made: Made, *, changed: bool = False):
    """The text of a page; 409 with a sentence where the page has ``changed`` since it was looked at."""
    words = as_text(made.data)
    asked = asked_again(made.period, made.summary.choices)
    context = {"words": words, "letters": f"{len(words):,}", "page": made.data, "asked": asked}
    context |= {"query": urlencode(asked), "digest": digest_of(made.data), "changed": CHANGED if changed else ""}
    return render(request, "journal/summary/text.html", context, status=409 if changed else 200)


@require_safe
def forum(request):
    """A few lines of drug history that say nothing of who the person is."""
    # The whole record unless days are asked for; sections are those of a page, and a drug history has none.
    period, choices = well_asked(request, {"days": "all"} | request.GET.dict())
    words = signature(built(request, period, replace(choices, sections_off=frozenset())))
    return render(request, "journal/summary/signature.html", {"words": words, "letters": f"{len(words):,}"})


def _file(words: str, kind: str, made: Made, ending: str) -> HttpResponse:
    response = HttpResponse(words, content_type=kind)
    name = file_name(made.data["reader"], made.period.first, made.period.last, ending)
    response["Content-Disposition"] = content_disposition_header(False, name)
    return response
