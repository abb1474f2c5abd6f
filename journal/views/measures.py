"""What else a day holds: turn on and off, put in order, rename, archive; own measures: add, change, delete."""

from django.core.exceptions import BadRequest, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_measure
from journal.forms.measures import MeasureForm
from journal.models import DailyEntry, Measure
from journal.models.deleted import delete_with_undo
from journal.queries import tracked as queries
from journal.queries.alone import empty_without
from journal.views.shared import MOVES, flash, moved_to, render_form

METHODS = ["GET", "HEAD", "POST"]
STATES = {
    "on": (Measure.State.ON, "is on a day’s page."),
    "off": (Measure.State.OFF, "is off. What you wrote down stays."),
    "archive": (Measure.State.ARCHIVED, "is in the archive. What you wrote down stays."),
    "again": (Measure.State.ON, "is out of the archive, and on a day’s page."),
}
"""What each button does, and what is said then."""


@require_safe
def measures(request):
    """What is on in its order, what is off, and the archive."""
    return _list(request)


def _list(request, refused="", status=200):
    found = queries.measures_of(request.user)
    days = queries.days_held(request.user, found)
    rows = [(measure, days[measure.slug]) for measure in found]
    context = {
        "on": [row for row in rows if row[0].is_on],
        "off": [row for row in rows if not row[0].is_on and not row[0].is_archived],
        "archived": [row for row in rows if row[0].is_archived],
        "refused": refused,
    }
    return render(request, "journal/measures/list.html", context, status=status)


@require_http_methods(METHODS)
def new(request):
    """Add a measure of one's own."""
    form = MeasureForm(_sent(request), owner=request.user)
    if form.is_valid() and (saved := form.save()):
        flash(request, f"“{saved.name}” is on a day’s page.")
        return redirect("measures")
    return render_form(request, "journal/measures/measure.html", form, {"title": "Add your own"})


@require_http_methods(METHODS)
def measure(request, slug):
    """Change one; or, by the button that was pressed, move it, turn it on or off, archive it, take it out again."""
    found = own_measure(request, slug)
    try:
        return act(request, found) if "do" in request.POST else _change(request, found)
    except Measure.DoesNotExist as gone:  # deleted in another tab, in this very moment
        raise Http404 from gone


def _change(request, found):
    days = queries.days_held(request.user, [found])[found.slug]
    form = MeasureForm(_sent(request), owner=request.user, measure=found, days=days)
    if form.is_valid() and (saved := form.save()):
        flash(request, _said(found, saved, days))
        return redirect("measures")
    context = {"title": found.name, "measure": found, "days": days}
    return render_form(request, "journal/measures/measure.html", form, context)


def _said(before, after, days) -> str:
    """What became of it."""
    if before.name != after.name:
        said = f"“{before.name}” is now called “{after.name}”."
    else:
        said = f"“{after.name}” is saved."
    if days and before.unit != after.unit:
        said += f" What you wrote down on {_days(days)} keeps its numbers."
    return said


def act(request, found):
    """One of the small buttons."""
    match request.POST["do"]:
        case "up":
            queries.move(request.user, found, -1)
        case "down":
            queries.move(request.user, found, 1)
        case what if what in STATES:
            state, said = STATES[what]
            try:
                queries.set_state(request.user, found, state)
            except ValidationError as error:
                return _list(request, refused=error.messages[0], status=422)
            flash(request, f"“{found.name}” {said}")
        case _:
            raise BadRequest("no such button")
    return redirect(moved_to("measures", found.slug) if request.POST["do"] in MOVES else "measures")


@require_http_methods(METHODS)
def delete(request, slug):
    """Ask, then delete an own measure with all its values; it can be undone."""
    found = own_measure(request, slug)
    if found.builtin:  # not theirs to delete: it can be turned off, or archived
        raise Http404
    if request.method == "POST":
        with_values = DailyEntry.objects.of(request.user).filter(measurements__measure=found.row)
        alone = empty_without(request.user, with_values, measures=[found.row])
        deleted = delete_with_undo(request.user, found.row, f"{found.name}, with its values", also=alone)
        flash(request, f"“{found.name}” is deleted.", undo=deleted)
        return redirect("measures")
    context = {
        "title": f"Delete “{found.name}”?",
        "rows": [("Values that go with it", _days(queries.days_held(request.user, [found])[slug]))],
        "submit": f"Delete “{found.name}”",
        "back_url": reverse("measure", args=[slug]),
        "back_label": "Back",
    }
    return render(request, "confirm_delete.html", context)


def _days(number: int) -> str:
    return "1 day" if number == 1 else f"{number:,} days"


def _sent(request):
    """What was sent, an empty form included; None when the page was only opened."""
    return request.POST if request.method == "POST" else None
