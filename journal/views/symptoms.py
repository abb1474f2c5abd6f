"""What I keep an eye on: choose, put in order, rename, put away, delete."""

from django.core.exceptions import BadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_symptom
from journal.catalogue.symptoms import SYMPTOMS
from journal.forms.symptoms import ChooseForm, SymptomForm
from journal.models import Symptom
from journal.queries import symptoms as queries
from journal.queries.measures import charted_symptoms
from journal.queries.suggestions import chooser
from journal.views.errors import BadAddress
from journal.views.shared import MOVES, flash, moved_to, render_form


@require_safe
def symptoms(request):
    """The list in its order, and what was put away."""
    rows = list(queries.with_days(request.user))
    context = {
        "tracked": [row for row in rows if row.tracked],
        "put_away": [row for row in rows if not row.tracked],
    }
    return render(request, "journal/symptoms/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def choose(request):
    """Choose from the catalogue, or add own ones."""
    return chosen(request, "journal/symptoms/choose.html", said="Your list is saved.") or redirect("symptoms")


def chosen(request, template, context=None, start=False, said=""):
    """The page for choosing, which first run shows as well; None once the list is saved, which ``said`` says.

    A name that was typed and not ticked is added all the same, and the next page says so.
    """
    if request.method != "POST":
        form = ChooseForm({"q": request.GET.get("q", "")[: queries.NAME_LENGTH + 1], "search": "1"})
        if not form.is_valid():
            raise BadAddress(f"A search has at most {queries.NAME_LENGTH} characters.")
        page = chooser(request.user, form.cleaned_data["q"], start=start)
        return render(request, template, {"form": form, "page": page, **(context or {})})
    form = ChooseForm(request.POST)
    if form.is_valid() and not form.searching:
        queries.track_only(request.user, form.names)
        if form.typed:
            said = f"{said} {added(form.typed, queries.symptom_for(request.user, form.typed).name)}".strip()
        if said:
            flash(request, said)
        return None
    typed = form.cleaned_data.get("q") or ""
    names = form.cleaned_data.get("symptom") or request.POST.getlist("symptom")
    context = {"page": chooser(request.user, typed, chosen=names), **(context or {})}
    return render_form(request, template, form, context)


def added(typed, name):
    """That what was typed is on the list now, and what it is called there."""
    if queries.name_key(typed) == queries.name_key(name):
        return f"“{name}” is on your list."
    return f"“{typed}” is on your list as “{name}”."


@require_http_methods(["GET", "HEAD", "POST"])
def symptom(request, pk):
    """Rename one, say since when it is there; or, by the button that was pressed, move it, put it away, take it up."""
    row = own_symptom(request, pk)
    if "do" in request.POST:
        return act(request, row)
    form = SymptomForm(request.POST if request.method == "POST" else None, symptom=row)
    if form.is_bound and form.is_valid():
        name, kind = form.cleaned_data["name"], form.cleaned_data["kind"]
        said = changed(row, name, kind)
        if queries.change(row, name, kind):
            if said:
                flash(request, said)
            return redirect("symptoms")
        form.add_error("name", form.taken(name))
    context = {
        "symptom": row,
        "builtin": SYMPTOMS.get(row.builtin),
        "days": queries.days_rated(row),
        "is_charted": any(one.symptom == row.pk for one in charted_symptoms(request.user)),
        "title": row.name,
    }
    return render_form(request, "journal/symptoms/symptom.html", form, context)


def changed(row, name, kind) -> str:
    """What saving ``name`` and ``kind`` changes, for the next page; blank where it changes nothing."""
    said = f"“{row.name}” is now called “{name}”." if row.name != name else ""
    if row.kind != kind:
        word = Symptom.Kind(kind).label.lower() if kind else "since when is not said"
        said = f"{said} “{name}”: {word}.".strip()
    return said


def act(request, row):
    """One of the small buttons."""
    match request.POST["do"]:
        case "up":
            queries.move(request.user, row, -1)
        case "down":
            queries.move(request.user, row, 1)
        case "stop":
            queries.set_tracked(row, False)
            flash(request, f"“{row.name}” is no longer on the daily page. What you rated stays.")
        case "again":
            queries.set_tracked(row, True)
            flash(request, f"“{row.name}” is back on the daily page.")
        case _:
            raise BadRequest("no such button")
    return redirect(moved_to("symptoms", row.pk) if request.POST["do"] in MOVES else "symptoms")


def _readings(row) -> list[tuple[str, str]]:
    """In how many check-ins it was rated, where it was in any."""
    number = row.readings.count()
    return [("Readings in check-ins", f"{number:,}")] if number else []


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then delete a symptom with all its ratings; it can be undone."""
    row = own_symptom(request, pk)
    if request.method == "POST":
        deleted = queries.delete_symptom(row)
        flash(request, f"“{row.name}” is deleted.", undo=deleted)
        return redirect("symptoms")
    days = queries.days_rated(row)
    context = {
        "title": f"Delete “{row.name}”?",
        "rows": [("Ratings that go with it", f"{days} {'day' if days == 1 else 'days'}"), *_readings(row)],
        "submit": f"Delete “{row.name}”",
        "back_url": reverse("symptom", args=[row.pk]),
        "back_label": "Back",
    }
    return render(request, "confirm_delete.html", context)
