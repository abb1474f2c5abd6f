"""People who can help: who they are, with what, and how to reach them."""

from django.core.exceptions import BadRequest
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_person
from journal.forms.safety import PersonForm
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries import safety as queries
from journal.views.shared import MOVES, flash, moved_to, paged, render_form

A_PAGE = 100


@require_safe
def people(request):
    """The list, in the person's order, with a call and a text for each who has a number."""
    page = paged(request, queries.people(request.user), A_PAGE, "your people")
    places = enumerate(page.object_list, page.start_index())
    rows = [(person, place == 1, place == page.paginator.count) for place, person in places]
    return render(request, "journal/people/list.html", {"people": rows, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Add somebody."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row, is_new = queries.add_person(request.user, **form.cleaned_data)
        flash(request, f"{row.name} is on your list." if is_new else f"{row.name} is on your list already.")
        return redirect("people")
    return render_form(request, "form.html", form, _context("Somebody who can help"))


@require_http_methods(["GET", "HEAD", "POST"])
def person(request, pk):
    """Change what is said of somebody; or, by the small buttons of the list, move them up or down."""
    row = own_person(request, pk)
    if "do" in request.POST:
        return _move(request, row)
    if request.method == "POST":
        # Loaded, compared and written under one lock: of two pages each finds what the other wrote.
        with transaction.atomic():
            one_at_a_time(request.user)
            row = own_person(request, pk)
            form = PersonForm(request.POST, person=row)
            if form.is_valid():
                queries.change_person(request.user, row, **form.changes())
                flash(request, f"{form.cleaned_data['name']}: saved.")
                return redirect("people")
    else:
        form = PersonForm(person=row)
    context = {"delete_url": reverse("person_delete", args=[pk]), "delete_label": f"Delete {row.name}"}
    return render_form(request, "journal/people/person.html", form, _context(row.name) | context)


def _context(title: str) -> dict:
    return {"title": title, "back_url": reverse("people"), "back_label": "People"}


def _move(request, row):
    places = {"up": -1, "down": 1}
    if request.POST["do"] not in MOVES:
        raise BadRequest("no such button")
    queries.move_person(request.user, row, places[request.POST["do"]])
    return redirect(moved_to("people", row.pk, queries.place_of(request.user, row) // A_PAGE + 1))


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then take somebody off the list; it can be undone."""
    row = own_person(request, pk)
    if request.method == "POST":
        kept = delete_with_undo(request.user, row, f"{row.name}, who can help")
        flash(request, f"{row.name} is off your list.", undo=kept)
        return redirect("people")
    context = {
        "title": f"Take {row.name} off your list?",
        "rows": [(label, text) for label, text in (("Who they are", row.role), ("Phone", row.phone)) if text],
        "submit": f"Delete {row.name}",
        "back_url": reverse("person", args=[pk]),
        "back_label": "Back",
    }
    return render(request, "confirm_delete.html", context)
