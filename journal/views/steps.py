"""Dose steps: add, correct, delete."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_medication, own_step
from journal.forms.steps import StepForm
from journal.queries.medications import KIND_LABELS, delete_step, kind_problem, save_step, steps_of
from journal.queries.products import products_of
from journal.taper.words import day_words, mg_words
from journal.views.flags import for_page, next_after
from journal.views.medications import back_to, posted
from journal.views.sending import saved
from journal.views.shared import flash, render_form

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def new(request, pk):
    """Add a dose step."""
    medication = own_medication(request, pk)
    return _save(request, medication, {"title": "Add a dose step"})


@require_http_methods(METHODS)
def edit(request, pk, step):
    """Correct a dose step."""
    found = own_step(request, pk, step)
    return _save(request, found.medication, {"title": "Correct this dose step", "correcting": found}, found)


def _save(request, medication, context, found=None, again=False):
    steps = steps_of(request.user, medication)
    found = next((step for step in steps if found and step.pk == found.pk), None)
    products = products_of(request.user, medication)
    form = StepForm(posted(request), steps=steps, step=found, products=products)
    if form.is_valid():
        was = found.starts_on if found else None
        refitted = [] if form.is_repeat else save_step(medication, form.to_save(), form.parts, found)
        if refitted is not None:
            flash(request, " ".join([*_said(medication, form, was, refitted), *_kinds_now(refitted)]))
            url = reverse("medication", args=[medication.pk])
            return saved(
                request, next_after(request, form.cleaned_data["starts_on"], url, stopped=_stopped(medication, form))
            )
        if not again:  # sent twice at once: the other one is there by now, and may be this very step
            return _save(request, medication, context, found, again=True)
        form.add_error("starts_on", "Another step was just saved for that day. A day has one step.")
    context |= {"medication": medication, "submit": "Save step", "intro": _intro(steps, found), **back_to(medication)}
    context["flags"] = for_page(request, stopping=medication)
    return render_form(request, "journal/medications/step_form.html", form, context)


def _stopped(medication, form) -> list[int]:
    """The medication, where the step is one to 0."""
    return [medication.pk] if form.cleaned_data["mg"] == 0 else []


def _intro(steps, found):
    if found:
        return ""
    if not steps:
        return "The dose you take now, and from which day on. Earlier steps can follow in any order."
    return f"The latest step here is {_named(steps[-1])}."


def _said(medication, form, was, refitted):
    """What was saved; where among the other steps it went, and what it changes there."""
    today = timezone.localdate()
    mg, day, kind = (form.cleaned_data[name] for name in ("mg", "starts_on", "kind"))
    said = [f"Saved: {mg_words(mg)} from {day_words(day, today)}, {KIND_LABELS[kind].lower()}."]
    said += [f"{form.counted_words}."] if form.counted_words else []
    before = [step for step in form.others if step.starts_on < day]
    after = [step for step in form.others if step.starts_on > day]
    if after and day != was:
        place = f"between {_named(before[-1])} and" if before else "before"
        said.append(f"It goes {place} {_named(after[0])}.")
    if after and after[0] not in refitted and kind_problem(after[0].kind, mg, after[0].mg):
        says = after[0].get_kind_display()
        said.append(f"The step from {day_words(after[0].starts_on, today)} says “{says}”, which does not fit any more.")
    if medication.since and day < medication.since:
        since = day_words(medication.since, today)
        said.append(f"That is before {since}, the day in “Taken since”.")
    return said


def _kinds_now(refitted):
    today = timezone.localdate()
    days = [(step, day_words(step.starts_on, today)) for step in refitted]
    return [f"The step from {day} is “{step.get_kind_display()}” now." for step, day in days]


def _named(step):
    return f"{mg_words(step.mg)} ({day_words(step.starts_on, timezone.localdate())})"


@require_http_methods(METHODS)
def delete(request, pk, step):
    """Delete a dose step, after asking."""
    found = own_step(request, pk, step)
    today = timezone.localdate()
    label = f"{mg_words(found.mg)} from {day_words(found.starts_on, today)}"
    if request.method == "POST":
        deleted, refitted = delete_step(found, f"{found.medication.name}, {label}")
        flash(request, " ".join([f"Dose step deleted: {label}.", *_kinds_now(refitted)]), undo=deleted)
        return redirect("medication", pk)
    rows = [("Dose a day", mg_words(found.mg)), ("From", day_words(found.starts_on, today))]
    rows += [("Kind", found.get_kind_display())]
    rows += [("Note", f"{len(found.note.split())} words")] if found.note else []
    return render(
        request,
        "confirm_delete.html",
        {
            "title": f"Delete this dose step of {found.medication.name}?",
            "rows": rows,
            **back_to(found.medication),
            "submit": "Delete this step",
        },
    )
