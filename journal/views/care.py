"""Care: the next appointment, what to raise there, and the way to all the rest."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_practice, own_question
from journal.forms.care import QuestionForm
from journal.forms.merge import shown_of
from journal.models.deleted import delete_with_undo
from journal.queries import appointments as visits
from journal.queries import care as queries
from journal.templatetags.journal import day_year
from journal.views.errors import BadAddress
from journal.views.sending import once, saved
from journal.views.shared import flash, paged, render_form

LATEST = 5
A_PAGE = 50
OPEN_ON_A_PAGE = 100
MARKS = {"yes": "Marked as asked.", "no": "Open again."}


@require_http_methods(["GET", "HEAD", "POST"])
def care(request):
    """The next appointment, the open questions by whom they are for, and a form for one more right there."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return add_question(request, form, reverse("care"))
    today = timezone.localdate()
    page = paged(request, queries.open_in_order(request.user), OPEN_ON_A_PAGE, "open questions")
    asked_before = list(queries.with_sources(queries.asked_questions(request.user))[: LATEST + 1])
    context = {
        "next": visits.next_one(request.user, today, queries.open_counts(request.user)),
        "not_said": visits.not_said_yet(request.user, today),
        "seen": visits.last_seen(request.user, today),
        "groups": queries.by_whom(page),
        "page": page,
        "asked_questions": asked_before[:LATEST],
        "more_asked": len(asked_before) > LATEST,
        "today": today,
    }
    return render_form(request, "journal/care/care.html", form, context)


def add_question(request, form: QuestionForm, url: str):
    """Put what the form says on the list, say so, and on to ``url``."""
    made = once(request, lambda: queries.raise_question(request.user, **form.cleaned_data))
    said = "Question added."
    if made and not made[1]:
        said = f"This question is on your list already.{'' if made[0].whom else ' It is for anybody.'}"
    flash(request, said)
    return saved(request, url)


@require_safe
def asked_list(request):
    """All questions that were asked, a page at a time, with what was said."""
    page = paged(request, queries.with_sources(queries.asked_questions(request.user)), A_PAGE, "these questions")
    return render(request, "journal/care/asked.html", {"page": page})


def question(request, pk):
    """Change the words of a question, what it is, whom it is for, and what was said to it."""
    mine = own_question(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, question=mine)
    if form.is_valid():
        if once(request, lambda: queries.change_question(mine, form.cleaned_data)) is False:
            raise Http404  # deleted while this page was open
        flash(request, "Question saved.")
        return saved(request, reverse("care"))
    context = {
        "title": "Change this question",
        "question": mine,
        "keep": True,
        "shown": shown_of(form),
        "back_url": reverse("care"),
        "back_label": "Care",
        "delete_url": reverse("question_delete", args=[pk]),
        "delete_label": "Delete this question",
    }
    return render_form(request, "journal/care/question.html", form, context)


def asked(request, pk):
    """Mark a question as asked today, or open it again. The button says which, so that two presses are one."""
    mine = own_question(request, pk)
    if request.method == "POST":
        said = request.POST.get("asked", "")
        if said not in MARKS:
            raise BadAddress("A question can be marked as asked, or opened again, and nothing else.")
        done = queries.mark_asked(mine, timezone.localdate() if said == "yes" else None)
        flash(request, MARKS[said] if done else "It stays as asked: there is an answer to it. Clear that first.")
    return redirect("care")


def raise_practice(request, pk):
    """What was noted at a practice becomes a question; a second press finds the first one's."""
    practice = own_practice(request, pk)
    if request.method == "POST":
        _, new = queries.raise_practice(request.user, practice)
        flash(request, "It is on your list under Care." if new else "It is on your list already.")
    return redirect("practice_edit", pk)


def delete(request, pk):
    """Ask, then delete a question."""
    mine = own_question(request, pk)
    if request.method == "POST":
        kept = delete_with_undo(request.user, mine, f"Question “{mine.text}”")
        flash(request, "Question deleted.", undo=kept)
        return redirect("care")
    context = {
        "title": "Delete this question?",
        "rows": [(mine.text, f"asked {day_year(mine.asked_on)}" if mine.asked_on else "open")],
        "back_url": reverse("care"),
        "back_label": "Care",
        "submit": "Delete this question",
    }
    return render(request, "confirm_delete.html", context)
