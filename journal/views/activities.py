"""Small activities: plan one, do it, say how it was."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_activity
from journal.catalogue.skills import SKILLS
from journal.catalogue.written import ACTIVITY
from journal.forms.activities import ActivityDoneForm, ActivityForm
from journal.queries import activities as queries
from journal.templatetags.journal import day_year, score
from journal.views.shared import flash, paged, render_form

A_PAGE = 30
LISTED = 50
"""So many planned ones stand on the page; more than that are said in number."""


def activities(request):
    """What is planned, and what was, week by week."""
    today = timezone.localdate()
    page = paged(request, queries.past(request.user), A_PAGE, "these activities")
    context = {
        "planned": _first(queries.planned(request.user, today)),
        "not_said": _first(queries.not_said(request.user, today)),
        "page": page,
        "weeks": queries.by_week(request.user, page.object_list),
        "skill": SKILLS[ACTIVITY],
        "today": today,
    }
    return render(request, "journal/coping/activities.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Plan one; ``?smaller=`` names one of theirs that this is a smaller part of."""
    larger = _larger(request)
    if request.method == "POST":
        form = ActivityForm(request.POST, owner=request.user)
        if form.is_valid():
            made, is_new = form.save()
            flash(request, f"“{made.text}” is planned." if is_new else f"“{made.text}” is planned already.")
            return redirect("activities")
    else:
        start = {"text": larger.text, "details": larger.details} if larger else {}
        form = ActivityForm(owner=request.user, initial=start)
    context = {
        "title": "Make it smaller" if larger else "Plan an activity",
        "intro": _smaller_words(larger) if larger else "Small is enough: ten minutes, one room, one call.",
        "back_url": reverse("activity", args=[larger.pk]) if larger else reverse("activities"),
        "back_label": "This activity" if larger else "Activities",
        "submit": "Plan it",
    }
    return render_form(request, "form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request, pk):
    """One activity: change it, say how it was."""
    mine = own_activity(request, pk)
    form = ActivityDoneForm(request.POST if request.method == "POST" else None, activity=mine)
    if form.is_valid():
        there, gone = form.save()
        if not there:  # deleted while this page was open
            raise Http404
        said = f"“{form.cleaned_data['text']}” saved."
        flash(request, f"{said} Its practice is deleted." if gone else said, undo=gone)
        return redirect("activities")
    context = {
        "title": mine.text,
        "back_url": reverse("activities"),
        "back_label": "Activities",
        "delete_url": reverse("activity_delete", args=[pk]),
        "delete_label": "Delete this activity",
        "mine": mine,
    }
    return render_form(request, "journal/coping/activity.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then delete one activity with its practice."""
    mine = own_activity(request, pk)
    if request.method == "POST":
        flash(request, f"“{mine.text}” deleted.", undo=queries.delete_activity(request.user, mine))
        return redirect("activities")
    rows = [("Day", mine.day and day_year(mine.day)), ("How it was", mine.get_state_display())]
    rows += [
        (name, value is not None and f"{score(value)} of 10")
        for name, value in (("Mastery", mine.mastery), ("Pleasure", mine.pleasure))
    ]
    rows += [("Its practice", mine.practice and day_year(mine.practice.date)), ("Note", mine.note and "yes")]
    context = {
        "title": "Delete this activity?",
        "rows": [(mine.text, ""), *((what, how) for what, how in rows if how)],
        "back_url": reverse("activity", args=[pk]),
        "back_label": "This activity",
        "submit": "Delete this activity",
    }
    return render(request, "confirm_delete.html", context)


def _larger(request):
    """The activity that is to be made smaller; None when none is named."""
    named = request.GET.get("smaller", "")
    if not named:
        return None
    if not (named.isascii() and named.isdigit() and len(named) <= 18):
        raise Http404
    return own_activity(request, int(named))


def _smaller_words(larger) -> str:
    return f"A part of “{larger.text}” that fits a hard day. The one you planned stays as it is."


def _first(found):
    """(the first of them, how many more there are)."""
    return found[:LISTED], max(0, found.count() - LISTED)
