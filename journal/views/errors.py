"""Pages for what went wrong, in the site's own clothes."""

from django.core.exceptions import BadRequest
from django.http import HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token


class BadAddress(BadRequest):
    """Raised by a view for a query that makes no sense: a 400 with its text, which is written for the person."""


def _page(request, status, title, text):
    return render(request, "error.html", {"title": title, "text": text, "status": status}, status=status)


@requires_csrf_token
def bad_request(request, exception=None):
    """400: the address asks for something that cannot be; the exception's text says what, when we raised it."""
    if isinstance(exception, BadAddress):
        return _page(request, 400, str(exception), "Go back and change it, or start from Today.")
    return _page(request, 400, "This address does not work", "That request could not be read.")


@requires_csrf_token
def forbidden(request, exception=None):
    """403."""
    return _page(request, 403, "This is not open to you", "You can go back, or start from Today.")


@requires_csrf_token
def not_found(request, exception=None):
    """404: there is nothing, or it is somebody else's; the two look the same."""
    return _page(request, 404, "There is nothing here", "It may have been deleted, or the address has a slip in it.")


@requires_csrf_token
def too_many_requests(request, exception=None):
    """429: a limit on tries was reached; allauth asks for this page."""
    return _page(request, 429, "Too many tries", "Wait a few minutes, then try again. Your journal is safe.")


def server_error(request):
    """500: our mistake. Rendered without the request: the database, which a menu would ask, may be what broke."""
    context = {
        "title": "Something broke on our side",
        "text": "What you saved before is safe. Please go back and try once more.",
        "status": 500,
    }
    return HttpResponseServerError(render_to_string("error.html", context))


def csrf_failure(request, reason=""):
    """A form that came from elsewhere, or after a sign-out in another tab; or a server that does not know its name."""
    context = {
        "title": "This page was open for too long",
        "text": "Go back, copy what you typed, load the page again, and send it once more.",
        "aside": "For whoever runs this server: if this happens every time, check that TAPERTRACK_HOSTS has its name. "
        "Behind a proxy that speaks HTTPS, TAPERTRACK_HTTPS is 1.",
        "status": 403,
    }
    return render(request, "error.html", context, status=403)
