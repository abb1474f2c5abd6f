"""Care: for now, the questions to raise at the next appointment."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from journal.access import own_question
from journal.forms.coping import QuestionForm
from journal.models.deleted import delete_with_undo
from journal.queries import care as queries
from journal.templatetags.journal import day_year
from journal.views.shared import flash, render_form


def care(request):
    """The questions, open ones first; a new one is added right there."""
    form = QuestionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        _, new = queries.raise_question(request.user, form.cleaned_data["text"])
        flash(request, "Question added." if new else "This question is on your list already.")
        return redirect("care")
    context = {
        "open_questions": queries.open_questions(request.user),
        "asked_questions": queries.asked_questions(request.user),
    }
    return render_form(request, "journal/care/care.html", form, context)


def question(request, pk):
    """Change the words of a question."""
    mine = own_question(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, initial={"text": mine.text})
    if form.is_valid():
        mine.text = form.cleaned_data["text"]
        mine.save(update_fields=["text"])
        flash(request, "Question saved.")
        return redirect("care")
    context = {
        "title": "Change this question",
        "back_url": reverse("care"),
        "back_label": "Care",
        "delete_url": reverse("question_delete", args=[pk]),
        "delete_label": "Delete this question",
    }
    return render_form(request, "form.html", form, context)


def asked(request, pk):
    """Mark a question as asked today, or open it again. The button says which, so that two presses are one."""
    mine = own_question(request, pk)
    if request.method == "POST":
        again = request.POST.get("asked") == "no"
        queries.mark_asked(mine, None if again else timezone.localdate())
        flash(request, "Open again." if again else "Marked as asked.")
    return redirect("care")


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
