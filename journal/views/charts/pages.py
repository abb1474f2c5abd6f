"""What every chart has: an address, a page of its own, and files. One `ChartPage` says all that differs.

A chart's module in this package makes one, called PAGE; `journal.views.charts` lists them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from journal.analysis.rules import RULES
from journal.analysis.series import Span
from journal.queries.overview import MOST_DRAWN, UnknownName
from journal.queries.period import ALL, LENGTHS, BadPeriod, Period, record_span
from journal.views.charts.kept import content_key, kept
from journal.views.errors import BadAddress
from journal.views.shared import bad_period

DEFAULT_DAYS = 90


@dataclass(frozen=True)
class Choice:
    """A link that asks for something else, with the rest of the address kept."""

    name: str
    url: str
    current: bool = False


@dataclass(frozen=True)
class Asked:
    """What an address asks for.

    ``data`` is frozen and has ``first`` and ``last``; None while there is nothing to show, and then ``empty`` says what
    is missing. ``query`` is the exact address of the files: the very days and measures of the page. ``choices`` are
    what else could be drawn, under the heading ``choose``; ``keep`` are hidden fields that the form of days carries on.
    ``others`` are a second row of such links, called ``others_of``; ``around`` lead to the days before and after.
    ``doses`` is the row of doses, which the compact drawing has no room for. ``after`` are sentences under the figure,
    and ``links`` lead on from there; ``action`` is what can be done where there is nothing to show. ``below`` is for
    the template of that name of the page.
    """

    period: Period
    data: Any = None
    empty: str = ""
    query: str = ""
    choose: str = ""
    choices: Sequence[Choice] = ()
    keep: Sequence[tuple[str, str]] = ()
    others_of: str = ""
    others: Sequence[Choice] = ()
    around: Sequence[Choice] = ()
    doses: str = ""
    after: Sequence[str] = ()
    links: Sequence[Choice] = ()
    action: Choice | None = None
    below: Any = None


@dataclass(frozen=True)
class Drawings:
    """``sheet(data, size, standalone=False)`` draws, ``table(data)`` gives (headers, rows) with what is drawn.

    ``readout(data)`` gives what is said of each day (journal.charts.readout), where the table's own rows will not do.
    ``paper`` is the size that a page draws for its printer, where the chart has one of its own. ``second`` is another
    table, with what it is called: a shorter view of the same numbers, above the other.
    """

    sheet: Callable
    table: Callable
    paper: str = ""
    second: tuple[str, Callable] | None = None
    readout: Callable | None = None


@dataclass(frozen=True)
class ChartPage:
    """One chart: its address, its name in lists, what it answers, what an address asks for, and who draws it.

    ``asked(request)`` gives Asked, or raises BadPeriod, UnknownName, BadAddress or Http404. ``drawings()`` is called
    late, for matplotlib takes its time. ``has_page``: whether there is a page besides the files. ``rules`` are the
    slugs of what it is worked out by. ``has_lengths``: whether so many days up to today can be chosen. ``below`` names
    a template that stands under the chart, or under the sentence that says what is missing; it has ``asked``.
    ``own_measures``: ``measure`` in its address names numbers of the person's own, which no other page knows.
    """

    name: str
    title: str
    about: str
    asked: Callable[[Any], Asked]
    drawings: Callable[[], Drawings]
    has_page: bool = True
    rules: tuple[str, ...] = ()
    has_lengths: bool = True
    below: str = ""
    own_measures: bool = False


def chart_page(page: ChartPage):
    """A view that shows the chart with its note, read-out, table and files, and the choice of days."""

    @require_safe
    def view(request):
        key = content_key(request, page.name, "page")  # before the record is read
        try:
            asked = page.asked(request)
        except BadPeriod as error:
            return bad_period(request, page.title, error)
        except UnknownName as error:
            raise BadAddress(str(error)) from error
        if asked.data is None:
            asked = _before_the_record(request, asked)
        context = {
            "page": page,
            "asked": asked,
            "period": asked.period,
            "lengths": length_links(request, asked.period) if page.has_lengths else [],
            "keep": _kept_by_form(request, asked),
            "back_query": f"{days_query(asked.period)}{carried_back(request, page)}",
            "rules": [RULES[slug] for slug in page.rules],
        }
        if asked.data is not None:
            context |= drawn(page, asked.data, key)
        return render(request, "journal/trends/chart.html", context)

    view.__doc__ = f"The page of the chart {page.name}."
    return view


def _before_the_record(request, asked: Asked) -> Asked:
    """Where the days that were asked for end before the record begins: that, and the way to the record."""
    span = record_span(request.user)
    if span is None or asked.period.last >= span[0] or span[0] > timezone.localdate():
        return asked
    first, last, begins, ends = (
        date_format(day, "j F Y") for day in (asked.period.first, asked.period.last, span[0], span[1])
    )
    on = f"on {first}" if first == last else f"from {first} to {last}"
    runs = f"is of {begins}" if begins == ends else f"runs from {begins} to {ends}"
    url = address(
        request, drop=("part",), **{"from": span[0].isoformat(), "to": min(span[1], timezone.localdate()).isoformat()}
    )
    empty = f"Nothing is on record {on}. Your record {runs}."
    return replace(asked, empty=empty, action=Choice("Show that time", url))


def drawn(page: ChartPage, data, key: str | None = None, *, readout: Callable | None = None) -> dict:
    """The drawings of a chart, its numbers and its read-out as a page shows them; kept under ``key``, see `kept`.

    ``paper`` is None where the wide drawing is printed. ``readout()`` gives what is said of each day, where the page
    knows more than the chart does.
    """
    return kept(key, lambda: _drawn(page, data, readout))


def _drawn(page: ChartPage, data, readout: Callable | None) -> dict:
    from journal.charts.table import table_text

    drawings = page.drawings()
    headers, rows = drawings.table(data)
    wide, compact = (drawings.sheet(data, size).chart(page.name) for size in ("wide", "compact"))
    return {
        "wide": wide,
        "compact": compact,
        "paper": drawings.sheet(data, drawings.paper).chart(page.name) if drawings.paper else None,
        "headers": headers,
        "rows": table_text(headers, rows),
        "second": _second(drawings, data),
        "readout": _readout(drawings, data, headers, rows, wide.plot, readout) if wide.plot else None,
    }


def _second(drawings: Drawings, data) -> dict | None:
    from journal.charts.table import table_text

    if drawings.second is None:
        return None
    name, table = drawings.second
    headers, rows = table(data)
    return {"name": name, "headers": headers, "rows": table_text(headers, rows)}


def _readout(drawings: Drawings, data, headers, rows, plot, readout: Callable | None) -> dict | None:
    from journal.charts.readout import packed, table_rows

    own = readout or (drawings.readout and (lambda: drawings.readout(data)))
    said = own() if own else table_rows(headers, rows, data)
    return packed(said, plot, timezone.localdate()) or None


# -- addresses --------------------------------------------------------------------------------------------------------


def address(request, drop=(), **changes) -> str:
    """This page's address with some of its query changed; a period is one choice, so its parts go together."""
    query = request.GET.copy()
    if {"days", "from", "to"} & set(changes):
        drop = (*drop, "days", "from", "to")
    for name in drop:
        query.pop(name, None)
    for name, value in changes.items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return f"?{query.urlencode()}"


def length_links(request, period: Period) -> list[dict]:
    """A link for each length of the period that keeps the rest of the address."""
    links = [(str(days), f"{days}", f"{days} days") for days in LENGTHS] + [(ALL, "All", "All")]
    return [
        {"short": short, "long": words, "url": address(request, days=value), "current": period.length == value}
        for value, short, words in links
    ]


def days_query(period: Period) -> str:
    """The days of a page for the address of another: the length that was chosen, else the very days."""
    return urlencode({"days": period.length}) if period.length else exact_query(period)


def dose_row_of(data) -> str:
    """The row of doses of a chart under the dose, for the page beside its compact drawing."""
    from journal.charts.doseline import dose_row

    return dose_row(data.steps, Span(data.first, data.last))


def measure_key(request) -> str:
    """The key that the address names as ``measure``, else as its only ``symptom``; '' where it names none.

    All pages that look at one measure read it so, and understand each other's addresses.
    """
    symptoms = request.GET.getlist("symptom")
    return request.GET.get("measure", "").strip() or (symptoms[0].strip() if len(symptoms) == 1 else "")


def carried_on(request) -> list[tuple[str, str]]:
    """What is looked at, for a form of days or another page: the measure and the medication of this address."""
    found = {"measure": measure_key(request), "medication": request.GET.get("medication", "")}
    return [(name, value) for name, value in found.items() if value]


def carried_to(request, page: ChartPage) -> str:
    """The same for the address of ``page``, from "&" on; blank where there is nothing to carry."""
    carried = [pair for pair in carried_on(request) if not (page.own_measures and pair[0] == "measure")]
    return f"&{urlencode(carried)}" if carried else ""


def carried_back(request, page: ChartPage) -> str:
    """What a link from ``page`` back to the trends carries, from "&" on; several symptoms too, where they fit."""
    symptoms = [("symptom", key) for key in request.GET.getlist("symptom") if key]
    several = f"&{urlencode(symptoms)}" if 1 < len(symptoms) <= MOST_DRAWN else ""
    return several + carried_to(request, page)


def _kept_by_form(request, asked: Asked) -> list[tuple[str, str]]:
    """What the form of days carries on: what the page itself needs, and what is looked at on the others."""
    named = {name for name, _ in asked.keep}
    others = [(name, request.GET.get(name)) for name in ("measure", "medication") if name not in named]
    return [*asked.keep, *((name, value) for name, value in others if value)]


def exact_query(period: Period, *more: tuple[str, str]) -> str:
    """The address of the files: the very days of the page, and ``more``."""
    return urlencode([("from", period.first.isoformat()), ("to", period.last.isoformat()), *more])


def medication_asked(request) -> int | None:
    """The key of the medication that the address names, None where it names none. Raises BadAddress."""
    medication = request.GET.get("medication", "")
    if medication and not (medication.isascii() and medication.isdigit() and len(medication) < 19):
        raise BadAddress("“medication” is a number in this address.")
    return int(medication) if medication else None
