"""Forms that a script sends, now or when there is a connection again: how it is answered, and what it has to know."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from journal.device import account_of
from journal.models.profile import one_at_a_time
from journal.queries.receipts import already, keep


def once(request, write: Callable):
    """What ``write`` gives; None, and nothing is written, where this very form was saved before.

    Under one lock with the receipt of the form. A ``write`` that refuses after all gives False: that leaves no receipt.
    """
    uid = request.POST.get("uid", "")
    with transaction.atomic():
        one_at_a_time(request.user)
        if already(request.user, uid, request.POST):
            return None
        result = write()
        if result is not False:
            keep(request.user, uid, request.POST)
        return result


def saved(request, url: str) -> HttpResponse:
    """The answer to a form that is saved: on to ``url``; to a script, which goes there itself, the address.

    (What is refused is answered alike to both: with the page that says why. The flash waits for the next page.)
    """
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"saved": True, "next": url})
    return redirect(url)


@login_not_required
@require_safe
def sending(request):
    """Who is signed in, for what waits on a device, and the token for sending it. 401 when nobody is."""
    if request.user.is_authenticated:
        response = JsonResponse({"account": account_of(request.user), "csrf": get_token(request)})
    else:
        response = JsonResponse({"account": ""}, status=401)
    response.headers["Cache-Control"] = "no-store"
    return response
