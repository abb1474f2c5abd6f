"""Medications: the list, one with its dose history, adding, correcting, deleting."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_medication
from journal.catalogue.clinical import clinical_of
from journal.catalogue.drugs import DrugClass
from journal.catalogue.equivalents import EQUIVALENTS
from journal.forms.medications import MedicationForm, names_offered
from journal.models.deleted import delete_with_undo
from journal.queries.medications import (
    current_dose,
    doses_recorded,
    medication_list,
    names_in_use,
    save_medication,
    step_lines,
    steps_of,
)
from journal.queries.plans import coming_up, plans_of
from journal.queries.products import listed_products, products_of, shared_warnings
from journal.queries.stock import stock_words_of
from journal.views.shared import flash, render_form


@require_safe
def medications(request):
    """What is taken, side by side."""
    found = medication_list(request.user, timezone.localdate())
    return render(request, "journal/medications/list.html", {"medications": found})


@require_safe
def medication(request, pk):
    """One medication: the dose now, its history, what is known of it."""
    found = own_medication(request, pk)
    today = timezone.localdate()
    steps = steps_of(request.user, found)
    products = products_of(request.user, found)
    due = current_dose(steps, today, products)
    kind = DrugClass.of(found.drug_class)
    return render(
        request,
        "journal/medications/medication.html",
        {
            "medication": found,
            "lines": step_lines(steps, today, products),
            "due": due,
            "pattern": due.pattern if due else "",
            "kind": kind.label,
            **_products(found, products, today),
            "stock": _stock(request.user, found, steps, products, due, today),
            "charts": _dose_charts(found, steps, today),
            "plans": plans_of(request.user, found),
            "clinical": clinical_of(found.drug),
            "has_equivalents": found.drug in EQUIVALENTS,
        },
    )


def _products(medication, products, today) -> dict:
    """What there is of it, for a template; what was put away apart."""
    listed = listed_products(products, medication.drug, today)
    in_use = [product for product in listed if product.row.in_use]
    return {
        "products": in_use,
        "put_away": [product for product in listed if not product.row.in_use],
        "warnings": shared_warnings(in_use),
    }


def _stock(owner, medication, steps, products, due, today):
    """How long what there is of it lasts; one query, none where there is nothing."""
    if not products or not due:
        return None
    upcoming = coming_up(owner, {medication.pk: due.mg_a_day})
    next_step = next((one.step.starts_on for one in upcoming if one.step.plan.medication_id == medication.pk), None)
    return stock_words_of(steps, products, today, next_step)


def _dose_charts(medication, steps, today):
    from journal.charts.dose import DoseData, dose_chart  # matplotlib: 0.3 s, once, and not for the whole site
    from journal.charts.model import DoseChange

    if not steps:
        return {}
    changes = tuple(DoseChange(step.starts_on, step.mg, step.kind) for step in steps)
    return {size: dose_chart(DoseData(medication.name, changes, today), size) for size in ("wide", "compact")}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Add a medication; its dose is the next page."""
    form = MedicationForm(posted(request), others=names_in_use(request.user))
    if form.is_valid():
        if form.is_repeat:
            flash(request, f"{form.same.name} is on your list.")
            return redirect("medication", form.same.pk)
        saved = save_medication(request.user, form.cleaned_data)
        flash(request, f"{saved.name} is on your list. Next, its dose.")
        return redirect("step_new", saved.pk)
    return _show_form(request, form, {"title": "Add a medication", "submit": "Save medication", **back_to_list()})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Correct what is known of a medication."""
    found = own_medication(request, pk)
    steps = steps_of(request.user, found)
    form = MedicationForm(
        posted(request),
        medication=found,
        others=names_in_use(request.user, besides=found),
        first_step=steps[0].starts_on if steps else None,
    )
    if form.is_valid():
        save_medication(request.user, form.cleaned_data, found)
        flash(request, f"{found.name} saved.")
        return redirect("medication", found.pk)
    return _show_form(request, form, {"title": f"Correct {found.name}", "submit": "Save medication", **back_to(found)})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Delete a medication with its steps and recorded doses, after asking."""
    found = own_medication(request, pk)
    if request.method == "POST":
        deleted = delete_with_undo(request.user, found, found.name)
        flash(request, f"{found.name} deleted.", undo=deleted)
        return redirect("medications")
    steps, products = steps_of(request.user, found), products_of(request.user, found)
    rows = [("Dose steps", len(steps)), ("Days with a recorded dose", doses_recorded(request.user, found))]
    also = [("Plans", len(plans_of(request.user, found))), ("Products", len(products))]
    rows += [(what, how_many) for what, how_many in also if how_many]
    return render(
        request,
        "confirm_delete.html",
        {
            "title": f"Delete {found.name}?",
            "rows": rows,
            **back_to(found),
            "submit": "Delete this medication",
        },
    )


def posted(request):
    """What was sent, for a form; None where nothing was. An empty POST is a form that was sent empty."""
    return request.POST if request.method == "POST" else None


def back_to_list() -> dict:
    """The way back to the list, for a template."""
    return {"back_url": reverse("medications"), "back_label": "Medications"}


def back_to(found) -> dict:
    """The way back to one medication, for a template."""
    return {"back_url": reverse("medication", args=[found.pk]), "back_label": found.name}


def _show_form(request, form, context):
    return render_form(request, "journal/medications/medication_form.html", form, {"names": names_offered(), **context})
