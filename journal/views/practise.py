"""Guided practice with a pacer: paced breathing, muscle relaxation, grounding. Before, practise, after, on one page."""

import secrets

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from journal.catalogue import guides
from journal.catalogue.guides import GUIDES
from journal.catalogue.skills import SKILLS
from journal.forms.practise import PractiseForm, TimingForm, parts_left_out
from journal.models.profile import one_at_a_time
from journal.queries.coping import form_key_of, log_practice
from journal.queries.receipts import already, keep
from journal.views.sending import saved
from journal.views.shared import THIS_SKILL, flash, render_form, saved_sentence

TEMPLATE = "journal/coping/practise.html"


@never_cache  # by the way Back there is a fresh one: another practice is another form
@require_http_methods(["GET", "HEAD", "POST"])
def practise(request, slug):
    """Lead through one practice of a built-in skill, and record it. The timing asked for stands in the address."""
    guide = _guide_or_404(slug)
    if request.method != "POST":
        led = _led(guide, request.GET)
        # A timing that cannot be: the page says so beside it, and has the skill's own until then.
        status = 400 if led.get("timing_form") and not led["timing_form"].is_valid() else 200
        context = {"form": PractiseForm(), "form_key": secrets.token_urlsafe(9), **_about(guide), **led}
        return render(request, TEMPLATE, context, status=status)
    form = PractiseForm(request.POST)
    uid, key = request.POST.get("uid", ""), request.POST.get("form_key", "")[:40]
    with transaction.atomic():
        one_at_a_time(request.user)
        if already(request.user, uid, request.POST):  # sent again, for the answer never came
            return _saved(request, slug, "This practice is kept.")
        if form.is_valid():
            log_practice(request.user, slug, form.fields_of_practice(), form_key_of(request.POST))
            keep(request.user, uid, request.POST)
            return _saved(request, slug, saved_sentence(form.cleaned_data))
    return render_form(request, TEMPLATE, form, {"form_key": key, **_about(guide), **_led(guide, request.GET)})


def blank(request, slug):
    """The same page as a device keeps it for days without a connection: nothing recorded, and for any day."""
    guide = _guide_or_404(slug)
    context = {"form": PractiseForm(kept=True), "kept": True, **_about(guide), **_led(guide, request.GET)}
    context |= {"back_url": reverse("coping"), "back_label": "Coping"}
    return render(request, "journal/offline/practise.html", context)


def _guide_or_404(slug: str) -> guides.Guide:
    guide = GUIDES.get(slug)
    if guide is None:
        raise Http404("no guided practice of this name")
    return guide


def _saved(request, slug: str, sentence: str):
    flash(request, sentence)
    return saved(request, reverse("skill", args=[slug]))


def _about(guide: guides.Guide) -> dict:
    """What the page says of the skill."""
    skill = SKILLS[guide.slug]
    back = {"back_url": reverse("skill", args=[skill.slug]), "back_label": THIS_SKILL}
    return {"skill": skill, "care": guides.care_of(guide), **back}


def _led(guide: guides.Guide, asked) -> dict:
    """What the pacer leads through, as the address asks for it, and the forms to ask for something else."""
    if isinstance(guide, guides.Steps):
        return {"kind": "steps", "pace": guides.for_the_page(guide, None)}
    if isinstance(guide, guides.Sequence):
        parts = parts_left_out(guide, asked) or guide.parts
        timing = guide.timing(len(parts))
        return {
            "kind": "parts",
            "pace": guides.for_the_page(guide, timing, parts),
            "in_words": guides.in_words(timing, "part"),
            "parts": guide.parts,
            "left": set(guide.parts) - set(parts),
        }
    form = TimingForm(guide, asked)
    timing = form.timing()
    return {
        "kind": "breath",
        "pace": guides.for_the_page(guide, timing),
        "in_words": guides.in_words(timing),
        "timing_form": form,
        "is_own": timing != guide.timing,
        "can_skip_holds": timing.holds,
    }
