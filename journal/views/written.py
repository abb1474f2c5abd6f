"""Practising in writing: a thought record, worry time, problem solving, the list for the evening."""

import secrets

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journal.access import own_practice
from journal.catalogue.skills import SKILLS
from journal.catalogue.written import ACTIVITY, WRITTEN, Written
from journal.forms.written import OwnItemsForm, WriteForm
from journal.models.profile import one_at_a_time
from journal.queries.activities import activity_of
from journal.queries.coping import form_key_of, log_practice
from journal.queries.receipts import already, keep
from journal.queries.written import keep_own_items, own_items
from journal.templatetags.journal import day, day_year
from journal.views.sending import saved
from journal.views.shared import THIS_SKILL, flash, render_form, saved_sentence

TEMPLATE = "journal/coping/write.html"


@never_cache  # by the way Back there is a fresh one: another practice is another form
@require_http_methods(["GET", "HEAD", "POST"])
def write(request, slug):
    """Write a practice of this skill. One small activity has pages of its own."""
    if slug == ACTIVITY:
        return redirect("activities")
    written = _written_or_404(slug)
    form = _form(request, written, request.POST if request.method == "POST" else None)
    if form.is_valid():
        uid = request.POST.get("uid", "")
        with transaction.atomic():
            one_at_a_time(request.user)
            if not already(request.user, uid, request.POST):  # else sent again, for the answer never came
                log_practice(request.user, slug, form.record(), form_key_of(request.POST))
                keep(request.user, uid, request.POST)
        saved_as = f"{SKILLS[slug].name}, {day(form.cleaned_data['date'])}: saved."
        flash(request, saved_sentence(form.cleaned_data, saved_as))
        return saved(request, reverse("skill", args=[slug]))
    return _show(request, written, form)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, slug, pk):
    """Correct what was written in one practice."""
    written = _written_or_404(slug)
    practice = own_practice(request, pk)
    if practice.skill.slug != slug:
        raise Http404
    form = _form(request, written, request.POST if request.method == "POST" else None, practice)
    if form.is_valid():
        if not form.save():  # deleted while this page was open
            raise Http404
        flash(request, f"{SKILLS[slug].name}, {day(form.cleaned_data['date'])}: saved.")
        return saved(request, reverse("skill", args=[slug]))
    return _show(request, written, form, {"practice": practice, "written_on": day_year(practice.date)})


@require_http_methods(["GET", "HEAD", "POST"])
def items(request, slug):
    """The person's own lines of a checklist."""
    written = _written_or_404(slug)
    if not written.checklist:
        raise Http404
    if request.method == "POST":
        form = OwnItemsForm(request.POST)
        if form.is_valid():
            keep_own_items(request.user, slug, form.cleaned_data["items"])
            flash(request, "Your own lines are saved.")
            return redirect("write", slug)
    else:
        form = OwnItemsForm(initial={"items": "\n".join(own_items(request.user, slug))})
    context = {
        "title": "Your own lines",
        "intro": SKILLS[slug].name,
        "back_url": reverse("write", args=[slug]),
        "back_label": "The list",
    }
    return render_form(request, "form.html", form, context)


def page_of(practice) -> str | None:
    """The address on which the words of this practice are corrected; None where it has none."""
    if practice.skill.slug == ACTIVITY:
        activity = activity_of(practice)
        return activity and reverse("activity", args=[activity.pk])
    if practice.said and practice.skill.slug in WRITTEN:
        return reverse("write_edit", args=[practice.skill.slug, practice.pk])
    return None


def blank(request, slug):
    """The page as a device keeps it: what is asked, the person's own lines included, and nothing that was recorded."""
    written = _written_or_404(slug)
    context = _context(written, _form(request, written, None, kept=True)) | {"form_key": "", "kept": True}
    context |= {"back_url": reverse("coping"), "back_label": "Coping"}
    return render(request, "journal/offline/write.html", context)


def _written_or_404(slug) -> Written:
    if slug not in WRITTEN:
        raise Http404
    return WRITTEN[slug]


def _form(request, written: Written, data, practice=None, kept=False) -> WriteForm:
    lines = own_items(request.user, written.skill) if written.checklist else ()
    return WriteForm(data, written=written, own_items=lines, practice=practice, kept=kept)


def _show(request, written, form, more=None):
    return render_form(request, TEMPLATE, form, {**_context(written, form), **(more or {})})


def _context(written: Written, form: WriteForm) -> dict:
    lines, further = form.lines()
    return {
        "form": form,
        "written": written,
        "skill": SKILLS[written.skill],
        "source": written.source,
        "lines": lines,
        "further": further,
        "form_key": form.data.get("form_key", "")[:40] or secrets.token_urlsafe(9),
        "back_url": reverse("skill", args=[written.skill]),
        "back_label": THIS_SKILL,
    }
