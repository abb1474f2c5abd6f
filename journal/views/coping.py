"""Coping: the skills, one skill with its practice, and the person's own skills."""

import secrets

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from journal.access import own_practice, own_skill
from journal.analysis.practice import SHOWN_FROM
from journal.catalogue.sources import SOURCES
from journal.forms.coping import PracticeForm, SkillForm
from journal.models.deleted import delete_with_undo
from journal.queries import coping as queries
from journal.queries.care import question_of_practice
from journal.templatetags.journal import day, day_year, score
from journal.views.errors import BadAddress
from journal.views.shared import flash, render_form

LATEST = 20
A_PAGE = 50


def skills(request):
    """All skills, in their groups."""
    groups = queries.inventory(request.user)
    return render(request, "journal/coping/skills.html", {"groups": groups, "shown_from": SHOWN_FROM})


def skill(request, slug):
    """How one skill goes, what came of it, and a form to record a practice right there."""
    shown = _shown_or_404(request, slug)
    if request.method == "POST":
        form = PracticeForm(request.POST)
        key = request.POST.get("form_key", "")[:40]
        if form.is_valid():
            queries.log_practice(request.user, slug, form.cleaned_data, key)
            flash(request, f"Practice on {day(form.cleaned_data['date'])} saved.")
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
        "shown_from": SHOWN_FROM,
    }
    return render_form(request, "journal/coping/skill.html", form, context)


def practices(request, slug):
    """All practices of one skill, a page at a time."""
    shown = _shown_or_404(request, slug)
    pages = Paginator(queries.practices_of(request.user, shown.row), A_PAGE)
    try:
        page = pages.page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage) as error:
        many = "is one page" if pages.num_pages == 1 else f"are {pages.num_pages} pages"
        raise BadAddress(f"There {many} of these practices.") from error
    return render(request, "journal/coping/practices.html", {"skill": shown, "page": page})


def new(request):
    """Add an own skill."""
    form = SkillForm(_sent(request), owner=request.user)
    if form.is_valid() and (saved := form.save()):
        flash(request, f"“{saved.name}” is in your list.")
        return redirect("skill", saved.slug)
    context = {
        "title": "Add your own skill",
        "intro": "Something that helps you, or that you want to try.",
        "back_url": reverse("coping"),
        "back_label": "Coping",
        "submit": "Add",
    }
    return render_form(request, "form.html", form, context)


def edit(request, slug):
    """Change an own skill; its address stays."""
    mine = _own_or_404(request, slug)
    form = SkillForm(_sent(request), owner=request.user, skill=mine)
    if form.is_valid() and form.save():
        flash(request, f"“{mine.name}” saved.")
        return redirect("skill", slug)
    context = {
        "title": "Change this skill",
        "back_url": reverse("skill", args=[slug]),
        "back_label": form.initial["name"],
        "delete_url": reverse("skill_delete", args=[slug]),
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
        "back_label": mine.name,
        "submit": "Delete this skill",
    }
    return render(request, "confirm_delete.html", context)


def practice_edit(request, pk):
    """Correct one practice."""
    practice = own_practice(request, pk)
    form = PracticeForm(_sent(request), practice=practice)
    if form.is_valid():
        form.save()
        flash(request, f"Practice on {day(practice.date)} saved.")
        return redirect("skill", practice.skill.slug)
    context = {
        "title": "Change this practice",
        "practice": practice,
        "raised": question_of_practice(request.user, practice),
        "intro": practice.skill.name,
        "back_url": reverse("skill", args=[practice.skill.slug]),
        "back_label": practice.skill.name,
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
    rows = [("How it goes", _words(mine.steps))] if mine.steps else []
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
        ("Note", practice.note and _words(practice.note)),
    ]
    return [(what, how_much) for what, how_much in rows if how_much]


def _words(text):
    count = len(text.split())
    return "1 word" if count == 1 else f"{count:,} words"
