"""Coping: the skills, one skill with its practice, and the person's own skills."""

import secrets

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from journal.access import own_practice, own_skill
from journal.analysis.practice import CHANGE_SAID, SHOWN_FROM
from journal.catalogue.guides import GUIDES
from journal.catalogue.skills import SKILLS
from journal.catalogue.sources import SOURCES
from journal.catalogue.written import ACTIVITY, WRITTEN
from journal.forms.coping import PracticeForm, SkillForm
from journal.models import Skill
from journal.models.deleted import delete_with_undo
from journal.queries import coping as queries
from journal.queries.care import follow_practice, question_of_practice, raised_words
from journal.templatetags.journal import day, day_year, score, situation
from journal.views.errors import BadAddress
from journal.views.shared import THIS_SKILL, flash, paged, render_form, saved_sentence, word_count
from journal.views.written import page_of

LATEST = 20
A_PAGE = 50
STANDING_SAID = {
    Skill.Standing.WORKS: "works for me.",
    Skill.Standing.LEARNING: "learning.",
    Skill.Standing.NOT_FOR_ME: "not for me. It is out of the way, at the end of the list.",
    "": "nothing said.",
}


QUICK = ("breathing-5-5", "grounding-5-4-3-2-1")
"""The two ways at the top of the list: the built-in skills that need no reading first."""


@require_safe
def skills(request):
    """The skills in their groups; ``show`` in the address picks those of one standing."""
    show = request.GET.get("show", "")
    if show and show not in Skill.Standing.values:
        raise BadAddress("“show” can be works, learning or not in this address.")
    groups = queries.inventory(request.user)
    number = queries.how_many(groups)
    context = {
        "groups": [group for group in queries.showing(groups, show) if group.skills or not show],
        "show": show,
        "segments": [
            ("", "All", number[""]),
            *((one.value, one.label, number[one]) for one in (Skill.Standing.WORKS, Skill.Standing.LEARNING)),
        ],
        "put_aside": number[Skill.Standing.NOT_FOR_ME],
        "pacer": SKILLS[QUICK[0]],
        "grounding": SKILLS[QUICK[1]],
        "shown_from": SHOWN_FROM,
        "why_not_the_distance": CHANGE_SAID,
    }
    return render(request, "journal/coping/skills.html", context)


def skill(request, slug):
    """How one skill goes, what came of it, and a form to record a practice right there."""
    shown = _shown_or_404(request, slug)
    if request.method == "POST":
        form = PracticeForm(request.POST)
        key = request.POST.get("form_key", "")[:40]
        if form.is_valid():
            queries.log_practice(request.user, slug, form.cleaned_data, key)
            flash(request, saved_sentence(form.cleaned_data))
            return redirect("skill", slug)
    else:
        form, key = PracticeForm(), secrets.token_urlsafe(9)
    practices = list(queries.practices_of(request.user, shown.row)[:LATEST])
    context = {
        "skill": shown,
        "source": SOURCES.get(shown.builtin.source) if shown.builtin else None,
        "practices": practices,
        "more": shown.times > len(practices),
        "form_key": key,
        "standings": Skill.Standing.choices,
        "is_paced": slug in GUIDES,
        "is_written": slug in WRITTEN,
        "is_planned": slug == ACTIVITY,
        "shown_from": SHOWN_FROM,
        "why_not_the_distance": CHANGE_SAID,
    }
    return render_form(request, "journal/coping/skill.html", form, context)


@require_POST
def standing(request, slug):
    """What the person says of a skill: one tap on its page. A blank takes it back; two presses are one."""
    shown = _shown_or_404(request, slug)
    said = request.POST.get("standing", "")
    if said and said not in Skill.Standing.values:
        raise BadAddress("A skill can be works, learning or not for you, and nothing else.")
    queries.set_standing(request.user, slug, said)
    flash(request, f"{shown.name}: {STANDING_SAID[said]}")
    return redirect("skill", slug)


def practices(request, slug):
    """All practices of one skill, a page at a time."""
    shown = _shown_or_404(request, slug)
    page = paged(request, queries.practices_of(request.user, shown.row), A_PAGE, "these practices")
    return render(request, "journal/coping/practices.html", {"skill": shown, "page": page})


def new(request):
    """Add an own skill."""
    form = SkillForm(_sent(request), owner=request.user)
    if form.is_valid() and (slug := form.save()):
        flash(request, f"“{form.cleaned_data['name']}” is in your list.")
        return redirect("skill", slug)
    context = {
        "title": "Add your own skill",
        "intro": "Something that helped you before, or that you want to try.",
        "back_url": reverse("coping"),
        "back_label": "Coping",
        "submit": "Add",
    }
    return render_form(request, "form.html", form, context)


def edit(request, slug):
    """When to reach for a skill, and own notes; of an own one its name and steps, too. Its address stays."""
    shown = _shown_or_404(request, slug)
    form = SkillForm(_sent(request), owner=request.user, shown=shown)
    if form.is_valid() and form.save():
        flash(request, f"“{form.cleaned_data.get('name', shown.name)}” saved.")
        return redirect("skill", slug)
    context = {
        "title": "Your words on this skill" if shown.builtin else "Change this skill",
        "intro": shown.name if shown.builtin else "",
        "back_url": reverse("skill", args=[slug]),
        "back_label": THIS_SKILL,
        "delete_url": "" if shown.builtin else reverse("skill_delete", args=[slug]),
        "delete_label": "Delete this skill",
    }
    return render_form(request, "form.html", form, context)


def delete(request, slug):
    """Ask, then delete an own skill with its practices."""
    mine = _own_or_404(request, slug)
    if request.method == "POST":
        kept = delete_with_undo(request.user, mine, f"Skill “{mine.name}”")
        flash(request, f"“{mine.name}” deleted.", undo=kept)
        return redirect("coping")
    context = {
        "title": f"Delete “{mine.name}”?",
        "rows": _goes_with(request, mine),
        "back_url": reverse("skill", args=[slug]),
        "back_label": THIS_SKILL,
        "submit": "Delete this skill",
    }
    return render(request, "confirm_delete.html", context)


def practice_edit(request, pk):
    """Correct one practice."""
    practice = own_practice(request, pk)
    if page := page_of(practice):  # its words stand there, too
        return redirect(page)
    form = PracticeForm(_sent(request), practice=practice)
    if form.is_valid():
        before = raised_words(practice)
        if not form.save():  # deleted while this page was open
            raise Http404
        follow_practice(request.user, practice, before)
        flash(request, saved_sentence(form.cleaned_data))
        return redirect("skill", practice.skill.slug)
    context = {
        "title": "Change this practice",
        "practice": practice,
        "raised": question_of_practice(request.user, practice),
        "intro": practice.skill.name,
        "back_url": reverse("skill", args=[practice.skill.slug]),
        "back_label": THIS_SKILL,
        "delete_url": reverse("practice_delete", args=[pk]),
        "delete_label": "Delete this practice",
    }
    return render_form(request, "journal/coping/practice.html", form, context)


def practice_delete(request, pk):
    """Ask, then delete one practice."""
    practice = own_practice(request, pk)
    if request.method == "POST":
        kept = delete_with_undo(request.user, practice, f"{practice.skill.name}, {day_year(practice.date)}")
        flash(request, f"Practice on {day(practice.date)} deleted.", undo=kept)
        return redirect("skill", practice.skill.slug)
    context = {
        "title": f"Delete the practice on {day_year(practice.date)}?",
        "rows": [("Skill", practice.skill.name), *_recorded(practice)],
        "back_url": reverse("practice_edit", args=[pk]),
        "back_label": "This practice",
        "submit": "Delete this practice",
    }
    return render(request, "confirm_delete.html", context)


def _sent(request):
    """What was sent, an empty form included; None when the page was only opened."""
    return request.POST if request.method == "POST" else None


def _shown_or_404(request, slug):
    shown = queries.shown_skill(request.user, slug)
    if shown is None:
        raise Http404
    return shown


def _own_or_404(request, slug):
    """A skill that the person wrote themselves: a built-in one is not theirs to change."""
    mine = own_skill(request, slug)
    if queries.is_builtin(mine):
        raise Http404
    return mine


def _goes_with(request, mine):
    """What else is deleted with an own skill: (what, how much)."""
    words = [("How it goes", mine.steps), ("When to reach for it", mine.reach_for), ("Your own notes", mine.notes)]
    rows = [(what, word_count(text)) for what, text in words if text]
    span = queries.practice_span(request.user, mine)
    if span["n"]:
        first, last = day_year(span["first"]), day_year(span["last"])
        many = "1 practice" if span["n"] == 1 else f"{span['n']:,} practices"
        rows.append((many, first if first == last else f"{first} to {last}"))
    return rows


def _recorded(practice):
    """What one practice holds: (what, how much)."""
    rows = [
        ("Distress before", practice.before is not None and score(practice.before)),
        ("Distress after", practice.after is not None and score(practice.after)),
        ("What it was about", practice.situation and situation(practice.situation)),
        ("How long", practice.minutes and f"{practice.minutes} min"),
        ("What you wrote", practice.said and word_count(" ".join(str(text) for text in practice.said.values()))),
        ("Note", practice.note and word_count(practice.note)),
    ]
    return [(what, how_much) for what, how_much in rows if how_much]
