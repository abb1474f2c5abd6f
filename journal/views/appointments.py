"""Appointments: the list, one with its agenda or with what came of it, and what is said after the visit."""

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_appointment, own_symptom
from journal.analysis.ago import ago_words, ahead_words
from journal.forms.care import AfterForm, AppointmentForm, QuestionForm
from journal.forms.merge import shown_of
from journal.models import Appointment
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries import appointments as queries
from journal.queries.care import for_kind, open_questions
from journal.queries.receipts import already, keep
from journal.templatetags.journal import day_year
from journal.views.care import add_question
from journal.views.sending import once, saved
from journal.views.shared import flash, paged, render_form, word_count

A_PAGE = 50
LISTED = 50
"""So many of those to come stand on the page; more than that are said in number."""
FIT_IN_ONE_COLUMN = 24
"""So many lines of an agenda stand one below the other on paper; more go into two columns."""


@require_safe
def appointments(request):
    """Those to come and those past."""
    today = timezone.localdate()
    to_come = queries.to_come(request.user, today)
    context = {
        "to_come": to_come[:LISTED],
        "more_to_come": max(0, to_come.count() - LISTED),
        "page": paged(request, queries.past(request.user, today), A_PAGE, "past appointments"),
        "today": today,
    }
    return render(request, "journal/care/appointments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request):
    """Add an appointment, to come or past."""
    form = AppointmentForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = once(request, lambda: queries.add_appointment(request.user, form.cleaned_data))
        flash(request, "This appointment is on your list already." if made and not made[1] else "Appointment added.")
        return saved(request, reverse("appointment", args=[made[0].pk]) if made else reverse("appointments"))
    context = {
        "title": "Add an appointment",
        "intro": "To come, or one that has been. Only whom it is with and the day are needed.",
        "back_url": reverse("appointments"),
        "back_label": "Appointments",
        "submit": "Add",
        "keep": True,
    }
    return render_form(request, "journal/care/appointment_form.html", form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment(request, pk):
    """The agenda, and a form for one more line right there; once it is said how it went, what came of it."""
    mine = own_appointment(request, pk)
    form = QuestionForm(request.POST if request.method == "POST" else None, whom=mine.kind)
    if form.is_valid():
        return add_question(request, form, reverse("appointment", args=[pk]))
    today = timezone.localdate()
    days = (mine.date - today).days
    context = {
        "appointment": mine,
        "when": ahead_words(days) if days >= 0 else ago_words(-days),
        "is_past": days <= 0,
        "before": queries.one_before(request.user, mine),
        "today": today,
        "back_url": reverse("care"),
        "back_label": "Care",
    }
    if mine.held is not None:
        context |= {"asked": queries.asked_at(request.user, mine), "homework": mine.homework.all()}
        return render_form(request, "journal/care/held.html", form, context)
    parts = queries.agenda(request.user, mine)
    count = sum(len(part.questions) for part in parts)
    context |= {
        "parts": parts,
        "count": count,
        "is_long": count > FIT_IN_ONE_COLUMN,
        "rated": queries.rated_lately(request.user, today, parts),
        "lately": queries.LATELY,
        "reader": mine.kind if mine.kind != Appointment.Kind.OTHER else "",
    }
    return render_form(request, "journal/care/agenda.html", form, context)


def side_effect(request, pk, symptom):
    """Put a symptom with its figures on the agenda."""
    mine, found = own_appointment(request, pk), own_symptom(request, symptom)
    if request.method == "POST":
        question, is_new = queries.raise_side_effect(request.user, mine, found, timezone.localdate())
        if question is None:
            flash(request, f"“{found.name}” is on the agenda already, or was not rated lately.")
        else:
            flash(request, f"“{found.name}” is on the agenda{'' if is_new else ' already'}.")
    return redirect("appointment", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request, pk):
    """Change whom it is with, the day, the time and the place."""
    mine = own_appointment(request, pk)
    form = AppointmentForm(request.POST if request.method == "POST" else None, appointment=mine)
    if form.is_valid():
        if once(request, lambda: queries.change_appointment(request.user, mine, form.cleaned_data)) is False:
            raise Http404  # deleted while this page was open
        flash(request, "Appointment saved.")
        return saved(request, reverse("appointment", args=[pk]))
    context = {
        "title": "Change this appointment",
        "keep": True,
        "shown": shown_of(form),
        "back_url": reverse("appointment", args=[pk]),
        "back_label": mine.who,
        "delete_url": reverse("appointment_delete", args=[pk]),
        "delete_label": "Delete this appointment",
    }
    return render_form(request, "journal/care/appointment_form.html", form, context)


def delete(request, pk):
    """Ask, then delete an appointment. What was asked there stays asked."""
    mine = own_appointment(request, pk)
    if request.method == "POST":
        kept = delete_with_undo(request.user, mine, f"{mine.who}, {day_year(mine.date)}")
        flash(request, "Appointment deleted.", undo=kept)
        return redirect("appointments")
    asked, tasks = queries.asked_at(request.user, mine).count(), mine.homework.count()
    rows = [
        (mine.who, day_year(mine.date)),
        ("What was said", mine.notes and word_count(mine.notes)),
        ("What was agreed", mine.agreed and word_count(mine.agreed)),
        (
            "Homework set there",
            tasks and f"{tasks:,} task{'s, which stay' if tasks > 1 else ', which stays'} in Homework",
        ),
        ("The plan that came of it", "It stays with its medication" if mine.plan_id else ""),
        ("Asked there", asked and f"{asked} question{'s, which stay' if asked > 1 else ', which stays'} on Care"),
    ]
    context = {
        "title": "Delete this appointment?",
        "rows": [(what, how_much) for what, how_much in rows if how_much],
        "back_url": reverse("appointment", args=[pk]),
        "back_label": mine.who,
        "submit": "Delete this appointment",
    }
    return render(request, "confirm_delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def after(request, pk):
    """After the visit: whether it took place, what was said, agreed and asked, and the next one."""
    if request.method == "POST":
        uid = request.POST.get("uid", "")
        # Loaded, compared and written under one lock: what another page saved meanwhile is seen.
        with transaction.atomic():
            one_at_a_time(request.user)
            mine, form, more = _after_form(request, pk, request.POST)
            again = already(request.user, uid, request.POST)  # sent again, for the answer never came
            if again or form.is_valid():
                following = None if again else queries.save_after(request.user, mine, form.said())
                if not again:
                    keep(request.user, uid, request.POST)
                flash(request, f"Saved. The next one is on {day_year(following.date)}." if following else "Saved.")
                return saved(request, reverse("appointment", args=[pk]))
    else:
        mine, form, more = _after_form(request, pk)
    context = {
        "title": "After the visit",
        "keep": True,
        "appointment": mine,
        "more": more,
        "today": timezone.localdate(),
        "back_url": reverse("appointment", args=[pk]),
        "back_label": mine.who,
    }
    return render_form(request, "journal/care/after.html", form, context)


def _after_form(request, pk, data=None):
    """The appointment, its form, and how many questions do not fit on that."""
    mine = own_appointment(request, pk)
    asked = queries.asked_at(request.user, mine)
    still_open = for_kind(open_questions(request.user), mine.kind)
    questions = [*asked[: queries.MOST_ON_A_FORM], *still_open[: queries.MOST_ON_A_FORM]]
    asked_there = asked.count()
    plans = queries.plans_to_link(request.user, mine.plan_id)
    form = AfterForm(data, appointment=mine, questions=questions, plans=plans, asked_there=asked_there)
    return mine, form, asked_there + still_open.count() - len(questions)
