"""What every chart has: an address, a page of its own, and files. One `ChartPage` says all that differs.

A chart's module in this package makes one, called PAGE; `journal.views.charts` lists them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from journal.queries.overview import UnknownName
from journal.queries.period import ALL, LENGTHS, BadPeriod, Period
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
    """

    period: Period
    data: Any = None
    empty: str = ""
    query: str = ""
    choose: str = ""
    choices: Sequence[Choice] = ()
    keep: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Drawings:
    """``sheet(data, size, standalone=False)`` draws, ``table(data)`` gives (headers, rows) with what is drawn."""

    sheet: Callable
    table: Callable


@dataclass(frozen=True)
class ChartPage:
    """One chart: its address, its name in lists, what it answers, what an address asks for, and who draws it.

    ``asked(request)`` gives Asked, or raises BadPeriod, UnknownName, BadAddress or Http404. ``drawings()`` is called
    late, for matplotlib takes its time. ``has_page``: whether there is a page besides the files. ``rules`` are the
    slugs of what it is worked out by.
    """

    name: str
    title: str
    about: str
    asked: Callable[[Any], Asked]
    drawings: Callable[[], Drawings]
    has_page: bool = True
    rules: tuple[str, ...] = ()


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
        context = {"page": page, "asked": asked, "period": asked.period, "lengths": length_links(request, asked.period)}
        if asked.data is not None:
            context |= drawn(page, asked.data, key)
        return render(request, "journal/trends/chart.html", context)

    view.__doc__ = f"The page of the chart {page.name}."
    return view


def drawn(page: ChartPage, data, key: str | None = None) -> dict:
    """Both drawings of a chart and its numbers as a page shows them; kept under ``key``, see `kept`."""
    return kept(key, lambda: _drawn(page, data))


def _drawn(page: ChartPage, data) -> dict:
    from journal.charts.table import table_text

    drawings = page.drawings()
    headers, rows = drawings.table(data)
    return {
        "wide": drawings.sheet(data, "wide").chart(page.name),
        "compact": drawings.sheet(data, "compact").chart(page.name),
        "headers": headers,
        "rows": table_text(headers, rows),
    }


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


def exact_query(period: Period, *more: tuple[str, str]) -> str:
    """The address of the files: the very days of the page, and ``more``."""
    return urlencode([("from", period.first.isoformat()), ("to", period.last.isoformat()), *more])


def medication_asked(request) -> int | None:
    """The key of the medication that the address names, None where it names none. Raises BadAddress."""
    medication = request.GET.get("medication", "")
    if medication and not (medication.isascii() and medication.isdigit() and len(medication) < 19):
        raise BadAddress("“medication” is a number in this address.")
    return int(medication) if medication else None
