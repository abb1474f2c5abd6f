"""What several views do alike: show a form again with 422, and leave a sentence for the next page."""

import datetime as dt
import re

from django.contrib import messages
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from journal.converters import NoSuchDay
from journal.models.base import EARLIEST_DAY
from journal.queries.plan_changes import can_take_back
from journal.templatetags.journal import day
from journal.views.errors import BadAddress


def check_day(day: dt.date | NoSuchDay) -> None:
    """Raises BadAddress for a day that nobody can write about."""
    if isinstance(day, NoSuchDay):
        raise BadAddress(day.sentence)
    if day > timezone.localdate():
        raise BadAddress("That day is still to come. You can write about today and the days before.")
    if day < EARLIEST_DAY:
        raise BadAddress(f"{day.year} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")


def check_month(text: str) -> dt.date:
    """The first day of the month that ``text`` names ("2026-11"). Raises BadAddress for one that nobody can look at."""
    found = re.fullmatch(r"\s*(\d{4})-(\d{1,2})\s*", text, re.ASCII)
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadAddress("That is not a month. Write it like 2026-11.")
    year, number = int(found[1]), int(found[2])
    if year < EARLIEST_DAY.year:
        raise BadAddress(f"{year} is too long ago. Days from {EARLIEST_DAY.year} on can be kept.")
    today = timezone.localdate()
    if (year, number) > (today.year, today.month):
        raise BadAddress("That month is still to come. The journal goes up to today.")
    return dt.date(year, number, 1)


def paged(request, rows, size: int, what: str):
    """The page of ``rows`` that the address asks for ("?page=2"). Raises BadAddress with a sentence for one that there
    is not: "There are 3 pages of ``what``."
    """
    pages = Paginator(rows, size)
    try:
        return pages.page(request.GET.get("page", "1"))
    except (PageNotAnInteger, EmptyPage) as error:
        many = "is one page" if pages.num_pages == 1 else f"are {pages.num_pages} pages"
        raise BadAddress(f"There {many} of {what}.") from error


MOVES = ("up", "down")
THIS_SKILL = "This skill"
"""The way back to a skill's page: its name stands on the page itself, and beside Help now only a short one is whole."""

ONE_FIGURE = "With only one of the two figures it counts as practised, but not in the change."


def moved_to(page: str, key, number: int = 1) -> str:
    """The address of the list ``page``, at the row that was just moved: the next press is where the last one was.

    ``number`` is the page of the list on which the row stands now.
    """
    return f"{reverse(page)}{f'?page={number}' if number > 1 else ''}#move-{key}"


def word_count(text: str) -> str:
    """How much was written: "1 word", "1,200 words"."""
    count = len(text.split())
    return "1 word" if count == 1 else f"{count:,} words"


def saved_sentence(fields: dict, saved: str = "") -> str:
    """What a flash says of a practice just saved, in the words ``saved`` where a view has its own.

    ``fields`` has ``date``, and ``before`` and ``after``, None where that was left blank. With one of the two missing
    the practice is in no change, and the person is told so.
    """
    saved = saved or f"Practice on {day(fields['date'])} saved."
    if (fields["before"] is None) != (fields["after"] is None):
        return f"{saved} {ONE_FIGURE}"
    return saved


def render_form(request, template, form, context=None):
    """``template`` with ``form``; 422 when the form was sent and refused, so that "saved" and "shown again" differ."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def bad_period(request, heading, error):
    """A page's choice of days shown again: 400, with what was typed and the sentence that says what is wrong."""
    given = {name: request.GET.get(name, "") for name in ("from", "to")}
    rest = [(name, value) for name in request.GET for value in request.GET.getlist(name)]
    rest = [(name, value) for name, value in rest if name not in ("from", "to", "days")]
    context = {"heading": heading, "sentence": str(error), "given": given, "rest": rest}
    return render(request, "journal/bad_period.html", context, status=400)


def flash(request, text, undo=None, undo_plan=None, undo_step=None, undo_check_in=None, undo_at=""):
    """One sentence for the next page, with a way back: ``undo`` is a Deleted row that can be put back, ``undo_plan`` a
    plan whose last change is offered to be taken back where it can be, ``undo_step`` a dose step and ``undo_check_in``
    a check-in that was just kept, ``undo_at`` an address that takes it back when it is posted to.
    """
    address = undo_at
    if undo:
        address = reverse("undo", args=[undo.pk])
    elif undo_plan and can_take_back(undo_plan):
        address = reverse("plan_take_back", args=[undo_plan.pk])
    elif undo_step:
        address = reverse("step_delete", args=[undo_step.medication_id, undo_step.pk])
    elif undo_check_in:
        address = reverse("check_in_delete", args=[undo_check_in.entry.date, undo_check_in.pk])
    messages.success(request, text, extra_tags=address and f"undo:{address}")
