"""Homework from therapy: tasks with small steps, how they went, and a page to look back with."""

import datetime as dt
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_homework, own_homework_step
from journal.forms.homework import HowItWentForm, SaidBeforeForm, StepForm, StepsForm, TaskForm
from journal.forms.merge import shown_of
from journal.models import Homework
from journal.models.deleted import delete_with_undo
from journal.queries import homework as queries
from journal.templatetags.journal import day
from journal.views.errors import BadAddress
from journal.views.sending import once, saved
from journal.views.shared import flash, paged, render_form

GET_OR_POST = ["GET", "HEAD", "POST"]
A_PAGE = 30
REVIEWED_ON_A_PAGE = 100
NO_ANSWER = "That is not an answer here. It can be done, done in part, or too much."
PERIODS = {"28": "4 weeks", "91": "13 weeks", "all": "All"}


def homework(request):
    """The open tasks with their steps; those that were put away below."""
    away, more_away = queries.put_away(request.user)
    page = paged(request, queries.open_tasks(request.user), A_PAGE, "your open tasks")
    tasks = queries.with_steps(request.user, page.object_list)
    context = {"tasks": tasks, "page": page, "away": away, "more_away": more_away, "on_list": True}
    return render(request, "journal/care/homework.html", context)


@require_http_methods(GET_OR_POST)
def new(request):
    """Put a task on the list."""
    form = TaskForm(request.POST if request.method == "POST" else None, owner=request.user)
    if form.is_valid():
        made = once(request, form.save)
        if made is not False:
            flash(
                request, "This task is on your list already." if made and not made[1] else "The task is on your list."
            )
            return saved(request, _task_url(made[0]) if made else reverse("homework"))
    context = {
        "title": "Add a task",
        "intro": "Something to try between two appointments.",
        "back_url": reverse("homework"),
        "back_label": "Homework",
        "submit": "Add it",
        "keep": True,
    }
    return render_form(request, "form.html", form, context)


@require_http_methods(GET_OR_POST)
def task(request, pk):
    """One task: its steps, how it went; what went well or badly is written down right there."""
    mine = own_homework(request, pk)
    form = HowItWentForm(request.POST if request.method == "POST" else None, initial={"note": mine.note})
    if form.is_valid():
        _there(once(request, lambda: queries.change(request.user, mine, note=form.cleaned_data["note"])) is not False)
        flash(request, "Saved.")
        return saved(request, _task_url(mine))
    (found,) = queries.with_steps(request.user, [mine])
    context = {"task": found, "steps_form": StepsForm(), "shown": shown_of(form)}
    return render_form(request, "journal/care/homework_task.html", form, context)


@require_http_methods(GET_OR_POST)
def edit(request, pk):
    """Change what a task says."""
    mine = own_homework(request, pk)
    form = TaskForm(request.POST if request.method == "POST" else None, owner=request.user, task=mine)
    if form.is_valid():
        _there(once(request, form.save) is not False)
        flash(request, "Saved.")
        return saved(request, _task_url(mine))
    context = {
        "title": "Change this task",
        "keep": True,
        "shown": shown_of(form),
        "back_url": reverse("homework_task", args=[pk]),
        "back_label": "This task",
        "delete_url": reverse("homework_delete", args=[pk]),
        "delete_label": "Delete this task",
    }
    return render_form(request, "form.html", form, context)


@require_http_methods(GET_OR_POST)
def delete(request, pk):
    """Ask, then delete a task with all its steps."""
    mine = own_homework(request, pk)
    if request.method == "POST":
        flash(request, "Task deleted.", undo=delete_with_undo(request.user, mine, f"Task “{mine.text}”"))
        return redirect("homework")
    steps = mine.steps.count()
    rows = [(mine.text, mine.get_result_display())]
    rows += [("1 step" if steps == 1 else f"{steps} steps", "")] if steps else []
    rows += [("How it went", "your words")] if mine.note else []
    context = {
        "title": "Delete this task?",
        "rows": rows,
        "back_url": reverse("homework_task", args=[pk]),
        "back_label": "This task",
        "submit": "Delete this task",
    }
    return render(request, "confirm_delete.html", context)


@require_http_methods(GET_OR_POST)
def smaller(request, pk, step=None):
    """Make it smaller: steps for a task, or still smaller ones for a step."""
    mine = own_homework(request, pk)
    parent = own_homework_step(request, pk, step) if step is not None else None
    form = StepsForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        n = once(request, lambda: form.save(mine, parent))
        if n is not False:
            flash(request, _added(n))
            return saved(request, _task_url(mine))
    context = {
        "title": "Make it smaller",
        "intro": f"“{(parent or mine).text}” in parts that each fit a hard day. It stays on the list itself.",
        "back_url": _task_url(mine),
        "back_label": "This task",
        "submit": "Add these steps",
        "keep": True,
    }
    return render_form(request, "form.html", form, context)


@require_http_methods(GET_OR_POST)
def step(request, pk, step):
    """Change the words of a step."""
    mine = own_homework_step(request, pk, step)
    form = StepForm(request.POST if request.method == "POST" else None, initial={"text": mine.text, "when": mine.when})
    if form.is_valid():
        _there(once(request, lambda: queries.change(request.user, mine, **form.cleaned_data)) is not False)
        flash(request, "Step saved.")
        return saved(request, _task_url(mine.homework))
    context = {
        "title": "Change this step",
        "keep": True,
        "shown": shown_of(form),
        "back_url": _task_url(mine.homework),
        "back_label": "This task",
        "delete_url": reverse("homework_step_delete", args=[pk, step]),
        "delete_label": "Delete this step",
    }
    return render_form(request, "form.html", form, context)


@require_http_methods(GET_OR_POST)
def step_delete(request, pk, step):
    """Ask, then delete a step with those that it was split into."""
    mine = own_homework_step(request, pk, step)
    if request.method == "POST":
        flash(request, "Step deleted.", undo=delete_with_undo(request.user, mine, f"Step “{mine.text}”"))
        return redirect(_task_url(mine.homework))
    below = queries.steps_below(request.user, mine)
    context = {
        "title": "Delete this step?",
        "rows": [(mine.text, mine.get_result_display()), *([("Smaller steps below it", f"{below}")] if below else [])],
        "back_url": reverse("homework_step", args=[pk, step]),
        "back_label": "This step",
        "submit": "Delete this step",
    }
    return render(request, "confirm_delete.html", context)


@require_http_methods(GET_OR_POST)
def result(request, pk, step=None):
    """One tap: how a task or a step went, said anew, or taken back. The button says which, so that two are one."""
    mine = own_homework(request, pk) if step is None else own_homework_step(request, pk, step)
    if request.method == "POST":
        said = request.POST.get("result", "")
        if said and said not in Homework.Result.values:
            raise BadAddress(NO_ANSWER)
        before = (mine.result, mine.said_on)
        is_new = queries.say(request.user, mine, said, timezone.localdate())
        _there(is_new is not None)
        if is_new:
            flash(request, _said(mine), undo_at=_back_url(request, pk, step, *before))
        else:  # pressed twice: the way back is that of the first press
            flash(request, _said(mine))
    return _back_to_it(request, request.POST, mine, step)


@require_http_methods(GET_OR_POST)
def result_back(request, pk, step=None):
    """Put back what was said before the last tap, with its day: both stand in the address, from the flash."""
    mine = own_homework(request, pk) if step is None else own_homework_step(request, pk, step)
    if request.method == "POST":
        form = SaidBeforeForm(request.GET)
        if not form.is_valid():
            raise BadAddress(NO_ANSWER)
        _there(queries.put_back(request.user, mine, form.cleaned_data["result"], form.cleaned_data["on"]))
        words = f"{mine.get_result_display()}, {day(mine.said_on)}" if mine.said_on else "not said yet how it went"
        flash(request, f"As it was before: {words}.")
    return _back_to_it(request, request.GET, mine, step)


def _said(mine) -> str:
    return f"{mine.get_result_display()}: saved." if mine.result else "Taken back."


def _back_url(request, pk, step, result: str, on: dt.date | None) -> str:
    """Where what stood before is put back."""
    address = reverse("homework_result_back", args=[pk, step] if step else [pk])
    before = {"result": result, "on": on.isoformat() if on else ""}
    return f"{address}?{urlencode(before | ({'from': 'list'} if request.POST.get('from') == 'list' else {}))}"


def _back_to_it(request, asked, mine, step):
    """To the task or the step on the page where the button was."""
    task = mine if step is None else mine.homework
    if asked.get("from") == "list":
        return redirect(_place_on_list(request.user, task))
    return redirect(f"{reverse('homework_task', args=[task.pk])}#{f'step-{step}' if step else 'main'}")


@require_http_methods(GET_OR_POST)
def away(request, pk):
    """Put a task away, or bring it back."""
    mine = own_homework(request, pk)
    if request.method != "POST":
        return redirect("homework_task", pk)
    goes = request.POST.get("away") != "no"
    _there(queries.change(request.user, mine, put_away=goes))
    flash(request, "Put away. It stays on the review page." if goes else "Back on your list.")
    return redirect("homework")


@require_http_methods(GET_OR_POST)
def raised(request, pk):
    """Make the task a question for the therapist."""
    mine = own_homework(request, pk)
    if request.method == "POST":
        _, new = queries.raise_task(request.user, mine)
        flash(request, "On the list for your therapist." if new else "This is on the list for your therapist already.")
    return redirect("homework_task", pk)


def review(request):
    """What was set and how it went, in order, to look at together; also on paper."""
    chosen = request.GET.get("days", "91")
    if chosen not in PERIODS:
        raise BadAddress("Choose 4 weeks, 13 weeks, or all.")
    since = None if chosen == "all" else timezone.now() - dt.timedelta(int(chosen))
    page = paged(request, queries.reviewed(request.user, since), REVIEWED_ON_A_PAGE, "these tasks")
    context = {
        "tasks": queries.with_steps(request.user, page.object_list),
        "page": page,
        "since": since and timezone.localdate(since),
        "periods": PERIODS,
        "chosen": chosen,
        "today": timezone.localdate(),
    }
    return render(request, "journal/care/homework_review.html", context)


def _there(done) -> None:
    """What was deleted while its page was open is not there to be changed."""
    if not done:
        raise Http404


def _place_on_list(owner, task: Homework) -> str:
    """The page of the list on which this task stands, at the task."""
    number = queries.place_of(owner, task) // A_PAGE + 1
    return f"{reverse('homework')}{f'?page={number}' if number > 1 else ''}#task-{task.pk}"


def _task_url(mine) -> str:
    return reverse("homework_task", args=[mine.pk])


def _added(n: int | None) -> str:
    if n is None:
        return "The steps are added."
    if not n:
        return "These steps are there already."
    return "1 step added." if n == 1 else f"{n} steps added."
