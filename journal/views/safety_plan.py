"""The safety plan: six parts in the person's own words, to read, to change, to print, and to keep on a device."""

from django.db import transaction
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.catalogue import crisis, safety_plan
from journal.forms.safety import SafetyPlanForm
from journal.models.profile import one_at_a_time
from journal.queries.receipts import already, keep
from journal.queries.safety import SavedPlan, own_help, save_plan, words_of
from journal.views.sending import saved
from journal.views.shared import flash, render_form


@require_safe
def plan(request):
    """The plan as it stands, with the people and the country's lines beside the parts that they belong to."""
    return render(request, "journal/safety_plan/plan.html", _shown(request))


@require_safe
def offline(request):
    """The same page for a device to keep: it says when it was kept."""
    return render(request, "journal/safety_plan/offline.html", {"kept": timezone.now(), **_shown(request)})


def _shown(request) -> dict:
    return {
        "own": own_help(request.user),
        "country": crisis.for_country(request.profile.country),
        "source": safety_plan.SOURCE,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request):
    """All parts on one form. What was changed here and elsewhere is shown beside each other, and nothing is lost."""
    if request.method == "POST":
        # Loaded, compared and written under one lock: a second press finds what the first one wrote.
        uid = request.POST.get("uid", "")
        with transaction.atomic():
            one_at_a_time(request.user)
            if already(request.user, uid, request.POST):  # sent again, for the answer never came
                return _saved(request, SavedPlan())
            form = SafetyPlanForm(words_of(request.user), request.POST)
            done = None
            if form.is_valid():
                done = save_plan(request.user, form.changes())
                keep(request.user, uid, request.POST)
        if done:
            return _saved(request, done)
    else:
        form = SafetyPlanForm(words_of(request.user))
    context = {"own": own_help(request.user), "country": crisis.for_country(request.profile.country)}
    return render_form(request, "journal/safety_plan/edit.html", form, context)


def _saved(request, done: SavedPlan):
    if done.deleted:
        flash(request, "Nothing is left in your safety plan.", undo=done.deleted)
    else:
        flash(request, "Nothing is written in your safety plan yet." if done.is_blank else "Safety plan saved.")
    return saved(request, reverse("safety_plan"))
