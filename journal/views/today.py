"""Today: the dose and how long it has been held, what is due, and the last two weeks. Signed out: what this is."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.queries.catch_up import gap
from journal.queries.entries import STILL_UP_UNTIL, still_up
from journal.queries.today import today_of
from journal.views.flags import is_waiting

STRIP_SIZES = ("compact", "medium", "wide")


@login_not_required
@require_safe
def today(request):
    """The first page, for a person or for nobody in particular."""
    if not request.user.is_authenticated:
        return render(request, "journal/welcome.html")
    page = today_of(request.user, timezone.localdate())
    context = {
        "page": page,
        "is_noticed": is_waiting(request),
        "greeting": greeting(timezone.localtime().hour),
        "name": request.user.get_username().capitalize(),
        "saved": timezone.localtime(page.entry.updated) if page.entry else None,
        "still_up": still_up(),
        "gap": gap(request.user, page.date),
        "strips": _strips(page.strip) if page.strip else (),
    }
    return render(request, "journal/today.html", context)


def greeting(hour: int) -> str:
    """What one says at this hour; at night nothing about the time."""
    if hour < STILL_UP_UNTIL:
        return "Hello"
    if hour < 12:
        return "Good morning"
    return "Good afternoon" if hour < 18 else "Good evening"


def _strips(data) -> list:
    """The same strip for a phone, a tablet and a desk: the page shows the one that fits."""
    from journal.charts import today as strip  # matplotlib: not before somebody looks at a chart

    return [(size, strip.today(data, size)) for size in STRIP_SIZES]
