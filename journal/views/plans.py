"""One plan: what it says, what comes next; agreed, set aside, deleted. What is lived with: ``plan_changes``."""

import functools

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.access import own_plan
from journal.catalogue.clinical import clinical_of
from journal.catalogue.conditions import known_conditions
from journal.catalogue.drugs import DrugClass
from journal.forms.plan_changes import AgreeForm
from journal.models import TaperPlan
from journal.models.deleted import delete_with_undo
from journal.queries import plan_changes as changes
from journal.queries.medications import current_dose, steps_of
from journal.queries.plans import (
    agreed_now,
    discussed_rules,
    lines_of,
    notes_for,
    plans_of,
    products_in_use,
    spell_of,
    steps_to_come,
)
from journal.taper.products import product_words
from journal.taper.words import mg_words
from journal.views.charts.planned import planned_context
from journal.views.medications import back_to, posted
from journal.views.plan_parts import curves_of_tables, kept_table, plan_charts, print_classes
from journal.views.plan_remarks import bead_remark, kind_remark
from journal.views.shared import flash

METHODS = ["GET", "HEAD", "POST"]
Status = TaperPlan.Status


def of_agreed_plan(view):
    """The view gets the person's agreed plan.

    One that was changed meanwhile (a button pressed twice, a page from before) leads to the plan that took its place,
    one that was set aside to its own page; what was never agreed is 404.
    """

    @require_http_methods(METHODS)
    @functools.wraps(view)
    def of_agreed(request, pk):
        found = own_plan(request, pk)
        if found.status == Status.AGREED:
            try:
                return view(request, found)
            except changes.CannotChange as error:
                flash(request, str(error))
                return redirect("plan", found.pk)
        if found.status == Status.SET_ASIDE:
            return redirect("plan", found.pk)
        now = agreed_now(request.user, found.medication) if found.status == Status.REPLACED else None
        if now is None:
            raise Http404
        flash(request, "That plan was changed meanwhile. This is the one that is agreed now.")
        return redirect("plan", now.pk)

    return of_agreed


@require_safe
def plan(request, pk):
    """The plan as a table, drawn, with what guidelines would remark, and the other plans of the medication."""
    found = own_plan(request, pk)
    today = timezone.localdate()
    medication = found.medication
    steps = steps_of(request.user, medication)
    due = current_dose(steps, today)
    lines = lines_of(found, due.mg_a_day if due else None, steps)
    notes = notes_for(found, steps, today, spell_of(request.user, today))
    table = kept_table(found, lines, notes, discussed_rules(request.user, found))
    upcoming = next((line.step for line in lines if line.is_next), None)
    products = products_in_use(request.user, medication)
    remarks = kind_remark(DrugClass.of(medication.drug_class)), bead_remark(products)
    others = [other for other in plans_of(request.user, medication) if other.pk != found.pk]
    context = {
        "plan": found,
        "medication": medication,
        "table": table,
        "tables": [table],
        "curves": curves_of_tables([table]),
        "charts": plan_charts([table]) if table.rows else {},
        "paper": print_classes([table]),
        "next": upcoming,
        "can_take_back": changes.can_take_back(found),
        "is_due": bool(upcoming and upcoming.starts_on <= today),
        "due": due,
        "clinical": clinical_of(medication.drug),
        "made_from": [product_words(product) for product in products],
        "remarks": [sentence for sentence in remarks if sentence],
        "conditions": known_conditions(request.profile.conditions),
        "plans": others,
        "compare": next((other for other in others if other.status == Status.PROPOSED), None),
        "today": today,
        **back_to(medication),
    }
    if found.status == Status.AGREED:
        context |= planned_context(request.user, medication, today)
    return render(request, "journal/plans/plan.html", context)


@require_http_methods(METHODS)
def agree(request, pk):
    """Mark as agreed: with whom, and when."""
    found = own_plan(request, pk)
    today = timezone.localdate()
    initial = {"agreed_with": found.agreed_with or found.medication.prescriber, "agreed_on": today}
    form = AgreeForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            found = changes.agree(found, form.cleaned_data["agreed_with"], form.cleaned_data["agreed_on"], today)
        except changes.CannotChange as error:
            raise Http404 from error
        due = current_dose(steps_of(request.user, found.medication), today)
        to_come = steps_to_come(list(found.steps.all()), due.mg_a_day if due else None)
        next_step = " Its next step now stands on Today." if to_come else ""
        flash(request, f"Kept as agreed with {found.agreed_with}.{next_step}")
        return redirect("plan", found.pk)
    due = current_dose(steps_of(request.user, found.medication), today)
    other = due is not None and due.mg_a_day != found.from_mg and not found.change
    begins = f"You take {mg_words(due.mg_a_day)} now; this plan begins at {mg_words(found.from_mg)}. " if other else ""
    return act(
        request,
        found,
        "Agreed with your prescriber",
        form=form,
        submit="Keep as agreed",
        text=f"{begins}The plan that is agreed speaks on Today and in your calendar. One that was agreed before stays "
        "readable.",
    )


@of_agreed_plan
def aside(request, found):
    """Set the agreed plan aside: nothing of it is said any more."""
    if request.method == "POST":
        changes.set_aside(found, timezone.localdate())
        flash(request, "Set aside. It stays readable here, and can be agreed again.")
        return redirect("plan", found.pk)
    return act(
        request,
        found,
        "Set this plan aside?",
        submit="Set it aside",
        text="Today and your calendar say nothing of it any more. It stays readable, and your doses stay as they are.",
    )


@require_POST
def discussed(request, pk):
    """Which pace notes were discussed with the prescriber."""
    found = own_plan(request, pk)
    changes.discuss(found, request.POST.getlist("discussed"), timezone.localdate())
    flash(request, "Kept: what you and your prescriber discussed.")
    return redirect("plan", found.pk)


@require_http_methods(METHODS)
def delete(request, pk):
    """Delete a plan that was never agreed, after asking; the others are the history of what was planned."""
    found = own_plan(request, pk)
    if found.agreed_on:
        raise Http404
    if request.method == "POST":
        deleted = delete_with_undo(request.user, found, f"Plan, {found.name}")
        flash(request, f"Plan deleted: {found.name}.", undo=deleted)
        return redirect("medication", found.medication_id)
    rows = [("Plan", found.name), ("Steps", len(found.steps.all())), ("Status", found.get_status_display())]
    context = {"title": "Delete this plan?", "rows": rows, "submit": "Delete this plan", **back_to_plan(found)}
    return render(request, "confirm_delete.html", context)


def back_to_plan(found: TaperPlan) -> dict:
    """The way back to one plan, for a template."""
    return {"back_url": reverse("plan", args=[found.pk]), "back_label": "The plan"}


def act(
    request, found: TaperPlan, title: str, *, text: str, form=None, submit="", choices=(), problem="", problem_link=()
):
    """One question about a plan: choices (name, value, words) that are buttons, a short form, or only yes.

    ``problem_link``: (address, words) of what can be done about the problem.
    """
    refused = bool(problem and request.method == "POST") or bool(form and form.is_bound and not form.is_valid())
    context = {
        "title": title,
        "text": text,
        "form": form,
        "submit": submit,
        "choices": choices,
        "problem": problem,
        "problem_link": problem_link,
        **back_to_plan(found),
    }
    return render(request, "journal/plans/action.html", context, status=422 if refused else 200)
