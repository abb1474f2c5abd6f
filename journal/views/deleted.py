"""What was deleted in the last 30 days, and putting it back."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from journal.access import own_deleted
from journal.models.deleted import KEPT_FOR
from journal.queries.deleted import deletions, page_of, put_back
from journal.views.shared import flash


@require_safe
def deleted(request):
    """The list, latest first."""
    return _show(request)


@require_POST
def undo(request, pk):
    """Put back what was deleted, as it was; 409, with nothing changed, when something new stands in its place."""
    row = own_deleted(request, pk)
    label, page = row.label, page_of(row)
    if not put_back(row):
        return _show(request, kept_out=label, status=409)
    flash(request, f"{label}: put back as it was.")
    return redirect(page)


def _show(request, kept_out="", status=200):
    found = [(row, row.at + KEPT_FOR) for row in deletions(request.user)]
    context = {"deletions": found, "kept_out": kept_out}
    return render(request, "journal/entries/deleted.html", context, status=status)
