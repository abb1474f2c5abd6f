"""Pages for days without a connection: blank ones, which a device keeps when the person chose that, and the addresses
on a home screen that lead to this very day.

A kept page stands in for any day: a script takes the day from the address. There is no entry in it, no note and no
rating, nothing of the safety plan and nobody's name. What is in it: the names of the medications and their present
doses, the day on which an agreed plan stops one where that is near (for the red flags), the names of the symptoms and
of what else is recorded, and the person's own lines of a checklist. The settings say so (more/_offline.html).
"""

import dataclasses

from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.catalogue.guides import GUIDES
from journal.catalogue.prompts import PROMPTS
from journal.catalogue.skills import SKILLS
from journal.catalogue.written import WRITTEN
from journal.forms.check_in import CheckInForm
from journal.forms.entry import EntryForm
from journal.queries.check_ins import MOOD, asked_on
from journal.queries.offline import BEFORE_ALL, blank_day
from journal.queries.suggestions import known_symptoms
from journal.views import practise, written
from journal.views.flags import for_page

PRACTICES = {slug: ("practise", practise.blank) for slug in GUIDES} | {
    slug: ("write", written.blank) for slug in WRITTEN
}
"""The guided practices by the skill's slug: the name of the page that leads through it, and its blank one."""


@require_safe
def pages(request):
    """The addresses of all blank pages, for the script that keeps them."""
    days = [reverse(name) for name in ("offline_entry", "offline_check_in", "offline_home", "offline_coping")]
    days.append(reverse("help_now_kept"))
    return JsonResponse({"pages": days + [reverse("offline_practice", args=[slug]) for slug in PRACTICES]})


@require_safe
def entry(request):
    """The page of a day on which nothing is recorded."""
    day = blank_day(request.user, timezone.localdate())
    # No "today": the words on the page are those for any day.
    context = {"form": EntryForm(day), "day": day, "before": "day before", "kept": day.date, "prompts": PROMPTS}
    context |= {"known_symptoms": known_symptoms(request.user), "back_url": reverse("today"), "back_label": "Today"}
    context["flags"] = for_page(request, blank=True)
    return render(request, "journal/offline/entry.html", context)


@require_safe
def check_in(request):
    """How it is at one time of a day."""
    today = timezone.localdate()
    asked = dataclasses.replace(asked_on(request.user, BEFORE_ALL, first=MOOD), day=today)
    context = {"form": CheckInForm(asked), "day": today, "is_today": True, "before": "day before", "kept": True}
    context |= {"back_url": reverse("today"), "back_label": "Today", "flags": for_page(request, blank=True)}
    return render(request, "journal/offline/check_in.html", context)


@require_safe
def home(request):
    """In the place of Today: the last days, to be filled in by the script."""
    return render(request, "journal/offline/home.html")


@require_safe
def log_today(request):
    """To the page of the day that it is for the person."""
    return redirect("entry", timezone.localdate())


@require_safe
def log_now(request):
    """To a check-in of the day that it is for the person."""
    return redirect("check_in", timezone.localdate())


@require_safe
def coping(request):
    """In the place of Coping: the practices that can be done without a connection."""
    skills = [(skill, PRACTICES[skill.slug][0]) for skill in SKILLS.values() if skill.slug in PRACTICES]
    return render(request, "journal/offline/coping.html", {"skills": skills})


@require_safe
def practice(request, slug):
    """A guided practice of which nothing is recorded yet."""
    if slug not in PRACTICES:
        raise Http404("no guided practice of this name")
    return PRACTICES[slug][1](request, slug)
