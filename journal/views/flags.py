"""Red flags: after a save, whether help has to be on the screen; the panel, and the person's own record of it."""

import datetime as dt
import logging
from collections.abc import Iterable
from decimal import Decimal

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from journal.access import own_flag
from journal.analysis.flags import (
    ONE_DAY,
    Key,
    Notice,
    as_told,
    by_urgency,
    highest_of,
    is_recent,
    notices_in,
    parted,
    told_in,
    unseen,
)
from journal.catalogue import crisis
from journal.catalogue.flag_rules import DAYS, FLAG_RULES, as_data
from journal.models import FlagRaised, Medication
from journal.models.deleted import delete_with_undo
from journal.queries import flags as queries
from journal.queries.safety import own_help
from journal.reading import plain_number
from journal.taper.words import day_words
from journal.templatetags.journal import at_time, day_year
from journal.views.shared import flash

log = logging.getLogger(__name__)

WAITING = "noticed"
"""Where the session keeps what is noticed and not shown yet, or was shown last: {seen, notices}."""
MOST = 60
LISTED = 200
"""So many flags are listed on a page."""

# -- after a save -------------------------------------------------------------------------------------------------


def next_after(request, day: dt.date, url: str, *, stopped: Iterable[int] = ()) -> str:
    """Where a save that is about ``day`` leads: to the help panel when a red flag is to be shown, else to ``url``.

    To be asked after the save, in no transaction of it: nothing here can undo what was saved. ``stopped``: the keys of
    the person's own medications of which a dose step to 0 from this day on was kept (not one that confirms a plan).
    What the page says that it has shown already (the field "flags") is kept, where it is so, and not shown again.
    """
    try:
        waits = _look(request, day, list(stopped))
    except Exception:  # it is saved: an error here would have a device send it again and again
        log.exception("The red flags of a day could not be looked at.")
        return url
    return f"{reverse('noticed')}?{urlencode({'next': url})}" if waits else url


def _look(request, day: dt.date, stopped: list[int]) -> bool:
    """Whether anything has to be shown. What the page has shown is recorded now; the rest when it is shown."""
    owner, today = request.user, timezone.localdate()
    told = told_in(request.POST.get("flags", ""), day)
    if told or is_recent(day, today):
        found = notices_in(queries.facts_of(owner, day, stopped))
        shown = queries.shown_on(owner, day, day + ONE_DAY) if found else {}
        there, left = parted(unseen(found, shown), told)
        queries.record(owner, there)
        if is_recent(day, today) and left:
            _put(request, left)
    return bool(_waiting(request))


def _put(request, notices: list[Notice]) -> None:
    """Beside what waits to be shown already: a device sends several days before it opens a page."""
    request.session[WAITING] = {
        "seen": False,
        "notices": [_packed(one) for one in dict.fromkeys([*_waiting(request), *notices])][-MOST:],
    }


def _kept(request) -> tuple[bool, list[Notice]]:
    kept = request.session.get(WAITING) or {"seen": True, "notices": []}
    return kept["seen"], [_unpacked(one) for one in kept["notices"] if one[0] in FLAG_RULES]


def _waiting(request) -> list[Notice]:
    seen, notices = _kept(request)
    return [] if seen else notices


def _packed(one: Notice) -> list:
    reading = None if one.reading is None else str(one.reading)
    return [one.rule.slug, one.day.isoformat(), reading, one.medication]


def _unpacked(row: list) -> Notice:
    rule, day, reading, medication = row
    return Notice(
        FLAG_RULES[rule], dt.date.fromisoformat(day), None if reading is None else Decimal(reading), medication
    )


# -- the panel ----------------------------------------------------------------------------------------------------


@never_cache
@require_safe
def noticed(request):
    """The panel for what was just noticed; it counts as shown from here on. Loaded anew it is the same."""
    url = _next(request)
    seen, notices = _kept(request)
    if not seen:
        notices = _to_show(request, notices)
    names = queries.names_for(request.user, (one.medication for one in notices))
    notices = [one for one in notices if one.medication is None or one.medication in names]
    if not seen and request.method == "GET":
        queries.record(request.user, notices)
        request.session[WAITING] = {"seen": True, "notices": [_packed(one) for one in notices]}
    if not notices:
        return redirect(url)
    context = {"rows": _rows(notices, names), "close_url": url, "country": _country(request)}
    context["own"] = own_help(request.user)
    return render(request, "journal/help/noticed.html", context)


def is_waiting(request) -> bool:
    """Whether something was noticed that has not been on a screen yet: for a page that leads to it."""
    try:
        return bool(_to_show(request, _waiting(request)))
    except Exception:  # the page is more than this line of it
        log.exception("What waits to be shown could not be looked at.")
        return False


def _to_show(request, notices: list[Notice]) -> list[Notice]:
    """What of these still stands, as it stands now, and was not shown meanwhile."""
    today = timezone.localdate()
    notices = [one for one in notices if is_recent(one.day, today)]
    if not notices:
        return []
    try:
        notices = queries.still_there(request.user, notices)
    except Exception:  # rather once too often than not at all
        log.exception("What was noticed could not be looked at again.")
    days = [one.day for one in notices]
    return unseen(notices, queries.shown_on(request.user, min(days), max(days)) if days else {})


def _next(request) -> str:
    url = request.GET.get("next", "")
    ours = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if ours and "\x00" not in url else reverse("today")


def _country(request):
    """Whom to call in the person's country."""
    return crisis.for_country(request.profile.country)


def _rows(notices: Iterable[Notice], names) -> list[dict]:
    """A row for each thing noticed, the most urgent first; of one medication and of one rating the latest or highest
    alone."""
    rows: dict[tuple, dict] = {}
    for one in by_urgency(notices):
        row = {"rule": one.rule, "noticed": noticed_words(one, names), "about": _about(one)}
        rows.setdefault((one.rule.slug, one.medication), row)
    return list(rows.values())


def _about(one: Notice) -> str:
    """The day that it is about, where that is not today and the sentence does not say it."""
    today = timezone.localdate()
    return "" if one.day == today or "{day}" in one.rule.noticed else f"On {day_words(one.day, today)}:"


def noticed_words(one: Notice, names) -> str:
    """What was noticed, in a sentence. ``names``: of medications, by their key."""
    today = timezone.localdate()
    return one.rule.noticed.format(
        reading="" if one.reading is None else plain_number(one.reading),
        medication=names.get(one.medication, ""),
        day=day_words(one.day, today),
        before=day_words(one.day - ONE_DAY, today),
    )


# -- for a page with a form -----------------------------------------------------------------------------------------


def for_page(
    request,
    day: dt.date | None = None,
    *,
    stopping: Medication | None = None,
    several: bool = False,
    blank: bool = False,
) -> dict | None:
    """What a page needs to look for red flags itself, on pressing Save: for its context, as ``flags``.

    The page includes ``journal/help/_flags_head.html`` in its head and ``journal/help/_flags.html`` in its body.
    ``day`` is what the form is about; None where the form says it (``starts_on``, for the dose step of the medication
    ``stopping``, and the names of the fields where it is about ``several`` days). ``blank``: a page that a device
    keeps, with nothing on it that was recorded, nor anybody's name.
    None where anything fails: the page works without, and the journal looks after the save.
    """
    try:
        return _for_page(request, day, stopping, several, blank)
    except Exception:  # the form matters more than what the page would notice by itself
        log.exception("A page could not be told what the red flags are.")
        return None


def _for_page(request, day: dt.date | None, stopping: Medication | None, several: bool, blank: bool) -> dict:
    owner, today = request.user, timezone.localdate()
    first, last = (day, day) if day else (today - dt.timedelta(DAYS), today)
    about = [day or _day_in(request.POST.get("starts_on", ""), today) or today]
    if several:
        about = [last - dt.timedelta(days) for days in range(DAYS + 1)]
    shown: dict[Key, Decimal | None] = {} if blank else queries.shown_on(owner, first, last + ONE_DAY)
    said = request.POST.get("flags", "")
    told = highest_of(one for each in about for one in told_in(said, each).items())
    symptoms, names = ({}, {}) if stopping else queries.symptoms_for_page(owner)
    data = {
        "day": "" if blank or not day else day.isoformat(),
        "days": DAYS,
        "rules": as_data(),
        "symptoms": symptoms,
        "names": names,
        "doses": queries.doses_for_page(
            owner, (first, last) if day or several else None, around=today if blank else None
        ),
        "stopping": str(stopping.pk) if stopping else "",
        "shown": as_told(highest_of([*shown.items(), *told.items()])),
        "told": as_told(told),
    }
    return {"data": data, "country": _country(request), "own": None if blank else own_help(owner)}


def _day_in(text: str, today: dt.date) -> dt.date | None:
    """A day as a page's date field sends it, where it is one about which something could be shown."""
    near = (today + dt.timedelta(days) for days in range(-DAYS, 2))
    return next((day for day in near if day.isoformat() == text), None)


# -- the person's own record ------------------------------------------------------------------------------------------


@require_safe
def flags(request):
    """Every panel that was shown, the latest first; each can be deleted."""
    found = list(queries.raised(request.user)[: LISTED + 1])
    rows = [{"flag": one, "words": _words_of(one), "shown": _shown(request, one)} for one in found[:LISTED]]
    return render(request, "journal/care/flags.html", {"rows": rows, "more": len(found) > LISTED})


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request, pk):
    """Ask, then delete one of them from the record. What it was about stays."""
    mine = own_flag(request, pk)
    words = _words_of(mine)
    if request.method == "POST":
        kept = delete_with_undo(request.user, mine, f"Flag of {day_year(mine.date)}")
        flash(request, "Deleted from this list.", undo=kept)
        return redirect("flags")
    context = {
        "title": "Delete this from the list?",
        "rows": [
            ("About", day_year(mine.date)),
            ("Noticed", words),
            ("Shown", _shown(request, mine)),
        ],
        "submit": "Delete from the list",
        "back_url": reverse("flags"),
        "back_label": "Red flags",
    }
    return render(request, "confirm_delete.html", context)


def _shown(request, one: FlagRaised) -> str:
    """When the panel was on the screen: "22 November 2026, 14:20"."""
    at = timezone.localtime(one.at)
    return f"{day_year(at.date())}, {at_time(at.time(), request.profile)}"


def _words_of(one: FlagRaised) -> str:
    rule = FLAG_RULES.get(one.rule)
    if rule is None:  # a record outlives its rule
        return "A rule that is not in use any more."
    names = {one.medication_id: one.medication.name} if one.medication else {}
    return noticed_words(Notice(rule, one.date, one.reading, one.medication_id), names)
