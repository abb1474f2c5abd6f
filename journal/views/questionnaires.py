"""Questionnaires: both of them, one over time, fill one in or correct it, delete it; and whether they are suggested."""

import datetime as dt

from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from journal.access import own_response
from journal.catalogue.questionnaires import LICENCE, QUESTIONNAIRES, SAFETY_ITEM, Questionnaire
from journal.forms.find import JumpForm
from journal.forms.questionnaires import QuestionnaireForm
from journal.models.profile import one_at_a_time, profile_of
from journal.queries import questionnaires as queries
from journal.queries.detail import QUESTIONNAIRE, scores
from journal.queries.period import Period
from journal.queries.receipts import already, keep
from journal.taper.words import day_words
from journal.templatetags.journal import day_year
from journal.views.charts import PAGES
from journal.views.charts.kept import content_key
from journal.views.charts.pages import dose_row_of, drawn, exact_query
from journal.views.flags import for_page, next_after
from journal.views.sending import saved
from journal.views.shared import check_day, flash, render_form

METHODS = ["GET", "HEAD", "POST"]
SHOWN = 26
"""So many are listed at first: a year of them, every two weeks."""
LEAST_DAYS = 90
"""The chart shows at least so many days."""


@require_safe
def questionnaires(request):
    """Both, each with the last time and its total."""
    context = {"rows": queries.last_of_each(request.user), "today": timezone.localdate(), "licence": LICENCE}
    return render(request, "journal/questionnaires/list.html", context)


@require_safe
def questionnaire(request, slug):
    """One over time: a chart of its totals and all that were filled in; and the way to another day."""
    key = content_key(request, "questionnaire", slug, "page")  # before the record is read
    one = _known(slug)
    today = timezone.localdate()
    jump = JumpForm(request.GET if "on" in request.GET else None, today)
    if jump.is_bound and jump.is_valid():
        return redirect("questionnaire_day", slug, jump.cleaned_data["on"])
    if jump.is_bound:
        jump.keep_typed()
    found = queries.responses_of(request.user, one, None if request.GET.get("all") else SHOWN + 1)
    shown = found if request.GET.get("all") else found[:SHOWN]
    context = {
        "questionnaire": one,
        "licence": LICENCE,
        "today": today,
        "filled_in_today": bool(found) and found[0].date == today,
        "responses": shown,
        "has_more": len(found) > len(shown),
        "jump": jump,
    }
    if any(response.total is not None for response in shown):
        context |= _chart(request, one, shown, today, key)
    status = 400 if jump.is_bound else 200
    return render(request, "journal/questionnaires/questionnaire.html", context, status=status)


def _chart(request, one: Questionnaire, shown: list[queries.FilledIn], today: dt.date, key: str | None) -> dict:
    """The totals of those that are listed, under the dose."""
    first = min(response.date for response in shown if response.total is not None)
    period = Period(min(first, today - dt.timedelta(LEAST_DAYS - 1)), today)
    found = scores(request.user, period, [(QUESTIONNAIRE, one.slug)])
    return drawn(PAGES["questionnaires"], found.data, key) | {
        "query": exact_query(period, (QUESTIONNAIRE, one.slug)),
        "doses": dose_row_of(found.data),
    }


@never_cache
@require_http_methods(METHODS)
def on_day(request, slug, day):
    """Fill one in for a day, or correct it."""
    one = _known(slug)
    check_day(day)
    if request.method != "POST":
        return _show(request, day, QuestionnaireForm(one, stored=queries.response_of(request.user, one, day)))
    uid = request.POST.get("uid", "")
    # Loaded, compared and written under one lock: what another page saved meanwhile is seen.
    with transaction.atomic():
        one_at_a_time(request.user)
        form = QuestionnaireForm(one, request.POST, queries.response_of(request.user, one, day))
        again = already(request.user, uid, request.POST)  # sent again, for the answer never came
        if not again and not form.is_valid():
            return _show(request, day, form)
        kept = form.stored
        if not again:
            kept = queries.save_response(request.user, one, day, form.answers, form.cleaned_data["difficulty"])
            keep(request.user, uid, request.POST)
    said = f": {kept.total_words}" if kept else ""
    flash(request, f"{one.name} of {day_words(day, timezone.localdate())} is kept{said}.")
    return saved(request, next_after(request, day, reverse("questionnaire", args=[slug])))


def _show(request, day: dt.date, form: QuestionnaireForm):
    context = {
        "questionnaire": form.questionnaire,
        "day": day,
        "is_today": day == timezone.localdate(),
        "title": f"{form.questionnaire.name}, {day_words(day, timezone.localdate())}",
        "licence": LICENCE,
        "flags": for_page(request, day) if form.questionnaire.slug == SAFETY_ITEM[0] else None,
    }
    return render_form(request, "journal/questionnaires/day.html", form, context)


@require_http_methods(METHODS)
def delete(request, slug, day):
    """Ask, then delete the one of a day."""
    mine = own_response(request, slug, day)
    one = _known(slug)
    found = queries.filled_in(mine)
    if request.method == "POST":
        deleted = queries.delete_response(request.user, mine)
        flash(request, f"{one.name} of {day_words(day, timezone.localdate())} deleted.", undo=deleted)
        return redirect("questionnaire", slug)
    context = {
        "title": f"Delete this {one.name}?",
        "rows": [("Day", day_year(day)), ("Total", found.total_words)],
        "submit": f"Delete this {one.name}",
        "back_url": reverse("questionnaire_day", args=[slug, day]),
        "back_label": one.name,
    }
    return render(request, "confirm_delete.html", context)


@require_POST
def suggest(request):
    """Switch the suggestion on Today on or off. The button says which, so that two presses are one."""
    profile = profile_of(request.user)
    profile.suggest_questionnaires = request.POST.get("suggest") == "yes"
    profile.save(update_fields=["suggest_questionnaires"])
    if profile.suggest_questionnaires:
        flash(request, "A questionnaire is suggested on Today every two weeks.")
    else:
        flash(request, "No questionnaire is suggested any more. You can switch it on again under Questionnaires.")
    return redirect("questionnaires" if request.POST.get("from") == "questionnaires" else "today")


def _known(slug: str) -> Questionnaire:
    """The questionnaire of this name; Http404 for any other."""
    if slug not in QUESTIONNAIRES:
        raise Http404
    return QUESTIONNAIRES[slug]
