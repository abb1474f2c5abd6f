"""Living with the agreed plan: confirm a step, hold, move, go back up, plan again. Each is two taps."""

import datetime as dt

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from journal.forms.plan_changes import ConfirmForm, DaysForm
from journal.forms.plans import SHARED, first_error, planned_again
from journal.models import DoseStep, PlannedStep, TaperPlan
from journal.queries import plan_changes as changes
from journal.queries import plan_living as living
from journal.queries.medications import current_dose, steps_of
from journal.queries.plans import known_of, steps_to_come
from journal.taper.plan_words import plan_name
from journal.taper.words import day_words, days_words, mg_words
from journal.views.flags import next_after
from journal.views.medications import posted
from journal.views.plan_parts import curves_of_tables, laid_table
from journal.views.plans import act, back_to_plan, of_agreed_plan
from journal.views.shared import flash

HOLDS = (7, 14, 28)
MOVES = (7, 14, 28, -7)
FOLLOWS = (
    "The dose is kept from today on. The lower steps of the plan follow from there, with as many days between them as "
    "before."
)
SET_ASIDE = (
    "The dose is kept from today on. This plan has no way laid out from there: it is set aside, and stays readable."
)


@of_agreed_plan
def confirm(request, found):
    """The next planned dose is taken, from this day on."""
    today = timezone.localdate()
    steps, step = _where(request, found, today)
    form = ConfirmForm(posted(request), initial={"starts_on": today})
    form.fields["move_rest"].help_text = _rest_words(found, step, today)
    if form.is_valid():
        day = form.cleaned_data["starts_on"]
        try:
            now = living.confirm(step, steps, day, form.cleaned_data["move_rest"], today)
        except changes.CannotChange as error:
            form.add_error("starts_on", str(error))
        else:
            kept = next((one for one in steps_of(request.user, found.medication) if one.starts_on == day), None)
            said = f"Kept: {mg_words(step.dose)} from {day_words(day, today)}."
            flash(request, said, undo_plan=now if now != found else None, undo_step=kept)
            # A stop that the plan has is planned; not so one that comes before the day that the plan gives it.
            stopped = [found.medication_id] if step.dose == 0 and day < step.starts_on else []
            return redirect(next_after(request, day, reverse("plan", args=[now.pk]), stopped=stopped))
    due = current_dose(steps, today)
    present = f"You take {mg_words(due.mg_a_day)} now. " if due else ""
    planned = f"{present}The plan has it on {day_words(step.starts_on, today)}, if you and your prescriber still agree."
    return act(
        request,
        found,
        f"{mg_words(step.dose)} from now on?",
        form=form,
        submit=f"I take {mg_words(step.dose)}",
        text=f"{planned} {step.take[:1].upper()}{step.take[1:]}",
    )


def _rest_words(found: TaperPlan, step: PlannedStep, today: dt.date) -> str:
    """When the step after this one comes, with the box and without it, for a step that is taken from today."""
    later = next((one for one in found.steps.all() if one.starts_on > step.starts_on), None)
    if later is None or step.starts_on == today:
        return ""
    moved = later.starts_on + (today - step.starts_on)
    stays, comes = day_words(later.starts_on, today), day_words(moved, today)
    return f"From today: the step to {mg_words(later.dose)} stays on {stays}; with the box it comes on {comes}."


@of_agreed_plan
def hold(request, found):
    """Stay at the present dose for a while."""
    today = timezone.localdate()
    steps, _ = _where(request, found, today)
    form = DaysForm(posted(request), least=1, most=living.LONGEST_MOVE)
    return _by_days(
        request,
        found,
        form,
        lambda days: living.hold(found, steps, days, today),
        title="Hold for how long?",
        text="You stay at the dose that you take now; what is to come moves by so much, counted from today where its "
        "day has passed. The plan as it was stays in the history.",
        submit="Hold",
        choices=[("days", days, days_words(days)) for days in HOLDS],
        said=lambda days: f"Holding for {days_words(days)}",
    )


@of_agreed_plan
def move(request, found):
    """Everything to come so many days later, or earlier."""
    today = timezone.localdate()
    steps, _ = _where(request, found, today)
    form = DaysForm(posted(request), least=-living.LONGEST_MOVE, most=living.LONGEST_MOVE)
    form.fields["days"].help_text = "With a minus, so many days earlier."
    return _by_days(
        request,
        found,
        form,
        lambda days: living.move(found, steps, days, today),
        title="Move what is to come by how much?",
        text="Every step to come moves by the same number of days. The plan as it was stays in the history.",
        submit="Move",
        choices=[("days", days, _moved(days)) for days in MOVES],
        said=lambda days: f"Moved: {_moved(days)}",
    )


def _moved(days: int) -> str:
    return f"{days_words(abs(days))} {'earlier' if days < 0 else 'later'}"


def _by_days(request, found, form, change, *, title, text, submit, choices, said):
    if form.is_valid():
        try:
            days = form.cleaned_data["days"]
            made = change(days)
        except changes.CannotChange as error:
            form.add_error("days", str(error))
        else:
            today = timezone.localdate()
            _, step = _where(request, made, today)
            flash(request, f"{said(days)}. Next: {_named(step, today)}.", undo_plan=made)
            return redirect("plan", made.pk)
    return act(request, found, title, text=text, form=form, submit=submit, choices=choices)


@of_agreed_plan
def back(request, found):
    """Take an earlier, higher dose again."""
    today = timezone.localdate()
    steps = steps_of(request.user, found.medication)
    now = steps[-1].mg if steps else None
    higher = {step.mg: step for step in steps if now is not None and step.mg > now}
    problem, problem_link = "" if higher else "No higher dose is on record from before this one.", ()
    if steps and steps[-1].starts_on >= today and steps[-1].kind != DoseStep.Kind.HOLD:
        latest = steps[-1]
        kept = f"{mg_words(latest.mg)} from {day_words(latest.starts_on, today)}"
        problem = f"A day has one dose step, and {kept} is there already."
        problem_link = reverse("step_edit", args=[found.medication.pk, latest.pk]), "Correct or delete that step"
        higher = {}
    if request.method == "POST" and higher:
        chosen = next((step for step in higher.values() if str(step.pk) == request.POST.get("step")), None)
        try:
            if chosen is None:
                raise changes.CannotChange("Choose one of these doses.")
            then = living.back_up(found, steps, chosen, today)
        except changes.CannotChange as error:
            problem = str(error)
        else:
            flash(request, f"Kept: {mg_words(chosen.mg)} from today, back up. {_then(then, today)}", undo_plan=then)
            return redirect("plan", then.pk)
    leads_on = {mg for mg in higher if living.leads_on_from(found, mg)}
    choices = []
    for mg, step in sorted(higher.items()):
        ends = "; this plan is then set aside" if leads_on and mg not in leads_on else ""
        choices.append(("step", step.pk, f"{mg_words(mg)}, taken from {day_words(step.starts_on, today)}{ends}"))
    return act(
        request,
        found,
        "Back up to which dose?",
        text=f"{FOLLOWS if leads_on else SET_ASIDE} Talk it over with your prescriber." if higher else "",
        choices=choices,
        problem=problem,
        problem_link=problem_link,
    )


def _then(plan: TaperPlan, today: dt.date) -> str:
    """What becomes of the plan after a step back up."""
    if plan.status != TaperPlan.Status.AGREED:
        return "The plan is set aside: it has no way laid out from there."
    return f"Next: {_named(plan.steps.all()[0], today)}, if you and your prescriber agree."


@of_agreed_plan
def again(request, found):
    """Plan again from the dose that is really taken, by the same method and numbers."""
    today = timezone.localdate()
    steps = steps_of(request.user, found.medication)
    due = current_dose(steps, today)
    form = _laid_again(request, found, steps, due, today)
    laid = form.laid if form and form.is_valid() else None
    if request.method == "POST" and laid:
        kept = {name: found.settings[name] for name in (*SHARED, "products") if found.settings.get(name) is not None}
        discussed = tuple(request.POST.getlist("discussed"))
        settings = changes.Settings(plan_name(laid.request), form.typed() | kept, discussed)
        made = changes.replace_by(found, laid, settings, today)
        flash(
            request,
            f"Planned again from {mg_words(due.mg_a_day)}. The plan before stays in the history.",
            undo_plan=made,
        )
        return redirect("plan", made.pk)
    tables = [laid_table(laid, "")] if laid else []
    problem = "" if laid else first_error(form) if form else "No dose above 0 mg is taken now: nothing leads down."
    context = {
        "plan": found,
        "problem": problem,
        "tables": tables,
        "curves": curves_of_tables(tables),
        "due": due,
        "today": today,
        "medication": found.medication,
        **back_to_plan(found),
    }
    return render(request, "journal/plans/again.html", context, status=422 if request.method == "POST" else 200)


def _laid_again(request, found: TaperPlan, steps: list[DoseStep], due, today: dt.date):
    """The form of the plan from the dose of today; None where nothing is taken."""
    if due is None or not due.mg_a_day:
        return None
    to_come = steps_to_come(list(found.steps.all()), due.mg_a_day)
    start = to_come[0].starts_on if to_come and to_come[0].starts_on > today else today
    known = known_of(request.user, found.medication, steps, today)
    return planned_again(found, known, due.mg_a_day, start, [step.mg for step in to_come])


def _where(request, found: TaperPlan, today: dt.date) -> tuple[list[DoseStep], PlannedStep]:
    """The medication's dose steps and the plan's next step; 404 where none is to come any more."""
    steps = steps_of(request.user, found.medication)
    due = current_dose(steps, today)
    to_come = steps_to_come(list(found.steps.all()), due.mg_a_day if due else None)
    if not to_come:
        raise Http404
    return steps, to_come[0]


def _named(step: PlannedStep, today: dt.date) -> str:
    return f"{mg_words(step.dose)} on {day_words(step.starts_on, today)}"


@of_agreed_plan
def take_back(request, found):
    """Undo the change that made this plan, with the dose step that was kept with it."""
    if request.method != "POST":
        return redirect("plan", found.pk)
    before = changes.take_back(found, f"{found.medication.name}, {found.get_change_display().lower()}")
    flash(request, "Taken back. The plan is as it was before.")
    return redirect("plan", before.pk)
