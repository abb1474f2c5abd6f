"""A shared summary, for whoever has its address: nobody signs in, and nothing of who reads is kept.

What a wrong, ended or revoked address answers is the same to the byte. The headers of every answer here are set in
``tapertrack.middleware``.
"""

import re
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import link_of
from journal.forms.sharing import PassphraseForm
from journal.models import SharedLink
from journal.models.profile import profile_of, zone_of
from journal.queries import links as queries
from journal.summary.kept import page_of
from journal.views import limits
from journal.views.summary_made import pdf_response

COOKIE = "shared"
WRONG_PASSPHRASE = "That is not the passphrase."
TOO_MANY_ADDRESSES = "Too many addresses that open nothing were tried from here. Wait ten minutes, then try again."
TOO_MANY_PASSPHRASES = "Too many wrong passphrases. Wait {wait}, then try again."
TOO_OFTEN = "This summary was opened very often just now. Wait a minute, then open it again."
LOOKS_AHEAD = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|unfurl|facebookexternalhit|^whatsapp/|^viber|slack-imgproxy|embedly|iframely"
    r"|vkshare|(?:uri|link|bing|url|web)[ -]?preview",
    re.IGNORECASE,
)
"""Programs of messengers that fetch an address to draw a card of it: by their own name. What they fetch they keep.

(Cubot is a maker of phones, and a browser can be a preview of the next one.)
"""


def for_anybody(view):
    """A view of a link, ``view(request, link)``, at ``(request, token)``: everything before the link is found."""

    @login_not_required
    @wraps(view)
    def answer(request, token):
        try:
            link = link_of(token)
        except Http404:
            return _nothing(request)
        with zone_of(profile_of(link.summary.owner)):
            return view(request, link, token)

    return answer


# Exempt: no-referrer has browsers send "Origin: null", and what this form proves is the passphrase, nobody's session.
@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
@for_anybody
def shared(request, link, token):
    """The summary as it was when the link was made; before that the passphrase, where there is one."""
    if request.method == "POST":
        return _passphrase(request, link, token)
    if not _is_let_in(request, link):
        return _page("passphrase.html", {"form": PassphraseForm()})
    if request.method == "HEAD":
        return HttpResponse()
    refused = _not_now(request, link)
    if refused:
        return refused
    context = {"page": page_of(link.summary), "last": queries.last_day(link), "pdf_url": _address("shared_pdf", token)}
    response = _page("page.html", context)
    queries.note_opening(link, "page")
    return response


# Exempt, so that a form sent here is told that nothing is sent here, and not what became of its session.
@csrf_exempt
@require_safe
@for_anybody
def pdf(request, link, token):
    """The same as a PDF."""
    if not _is_let_in(request, link):
        return redirect("shared", token)
    if request.method == "HEAD":
        return HttpResponse(content_type="application/pdf")
    refused = _not_now(request, link)
    if refused:
        return refused
    response = pdf_response(link.summary, page_of(link.summary))
    queries.note_opening(link, "pdf")
    return response


@csrf_exempt
@login_not_required
def anything_else(request, rest=""):
    """Whatever else stands below ``/s/``: an address copied without its last stroke is led on, all else is nothing."""
    if request.method in ("GET", "HEAD") and rest and "/" not in rest:
        return redirect("shared", rest)
    return _nothing(request)


def _not_now(request, link: SharedLink) -> HttpResponse | None:
    """What is answered instead of the summary: to a program that draws cards, and to whoever comes too often."""
    if LOOKS_AHEAD.search(request.headers.get("User-Agent", "")):
        return _page("cover.html")
    return None if limits.count(request, limits.OPENED, str(link.pk)) else _wait(TOO_OFTEN, limits.OPENED)


def _passphrase(request, link: SharedLink, token: str) -> HttpResponse:
    """A passphrase was typed: on to the page, or the form again. Counted before it is looked at."""
    if not link.passphrase:
        return redirect("shared", token)
    form = PassphraseForm(request.POST)
    if form.is_valid():
        counted = []
        client = f"{link.pk} {limits.client_of(request)}"
        for what, key in ((limits.WRONG_FROM_ONE, client), (limits.WRONG_FROM_ALL, str(link.pk))):
            taken = limits.count(request, what, key)
            if not taken:
                for other in counted:  # what is refused for everybody uses up nobody's own tries
                    other.rollback()
                wait = "ten minutes" if what == limits.WRONG_FROM_ONE else "an hour"
                return _wait(TOO_MANY_PASSPHRASES.format(wait=wait), what)
            counted.append(taken)
        if queries.passphrase_is_right(link, form.cleaned_data["passphrase"]):
            for taken in counted:
                taken.rollback()
            return _let_in(request, link, token)
        form.add_error("passphrase", WRONG_PASSPHRASE)
    return _page("passphrase.html", {"form": form}, status=422)


def _let_in(request, link: SharedLink, token: str) -> HttpResponse:
    response = redirect("shared", token)
    response.set_cookie(
        COOKIE,
        queries.pass_for(link),
        max_age=queries.OPEN_FOR,
        path=_address("shared", token),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",  # Strict would ask again whoever opens the link from a mail in the browser
    )
    return response


def _is_let_in(request, link: SharedLink) -> bool:
    return not link.passphrase or queries.pass_is_good(link, request.COOKIES.get(COOKIE, ""))


def _nothing(request) -> HttpResponse:
    """Counted first: of many tried at the same moment no more than the limit are told that there is nothing.

    Only what opens nothing is counted and made to wait: an address cannot be guessed (128 random bits, and signed), and
    whoever has a right one reads it, whatever others at the same client try.
    """
    if not limits.count(request, limits.WRONG_ADDRESS, limits.client_of(request)):
        return _wait(TOO_MANY_ADDRESSES, limits.WRONG_ADDRESS)
    return _page("nothing.html", status=404)


def _wait(sentence: str, limit: str) -> HttpResponse:
    response = _page("wait.html", {"sentence": sentence}, status=429)
    response.headers["Retry-After"] = str(limits.seconds_of(limit))
    return response


def _page(name: str, context=None, status=200) -> HttpResponse:
    """A page without the request: nothing of whoever reads it, signed in or not, can be on it."""
    return HttpResponse(render_to_string(f"journal/shared/{name}", context), status=status)


def _address(name: str, token: str) -> str:
    return reverse(name, args=[token])
