"""What is private and can be switched on for a summary, one by one: notes, safety items, red flags.

Each has a key that names it for good ("entry:123"); nothing of it is on a page unless its key was chosen. Where each
kind comes from, and what is none of them, stands in ``private_sources``.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import CharField, F, QuerySet, Value

from journal.models.base import Owned
from journal.queries.period import Period
from journal.queries.private_sources import SOURCES, TITLES, UNDATED, Source, sources_of

MOST = 200
"""So many can be on for one reader."""

EVER = Period(dt.date.min, dt.date.max)
_KEY = re.compile(r"([a-z0-9-]{1,40}):([1-9]\d{0,17})", re.ASCII)

Ref = tuple[str, int, dt.date]
"""Where an item stands: the name of its source, the row's key there, its day (``UNDATED`` without one)."""


@dataclass(frozen=True)
class PrivateItem:
    """One thing. ``label``: what it is of, for the person; ``text``: what would be printed."""

    key: str
    day: dt.date | None
    label: str
    text: str


@dataclass(frozen=True)
class PrivateGroup:
    """The items of one kind ("notes", "safety", "flags" ...), by day. ``title`` is printed above them."""

    kind: str
    title: str
    items: tuple[PrivateItem, ...]


def chosen(
    owner, period: Period, keys: Collection[str], medications_off: Collection[int] = ()
) -> tuple[PrivateGroup, ...]:
    """Those of ``keys`` that are this person's and lie in the period, by day; what has none comes last.

    A query for each source that is named (two more for ratings), however many keys; none without keys. Of more than
    ``MOST`` keys only so many are looked at. What is about one of ``medications_off`` goes with it: the note of
    its dose step, of its plan, a red flag of it.
    """
    found: dict[str, list[tuple[Ref, PrivateItem]]] = {}
    for source, rows in _parsed(keys).items():
        found.setdefault(source.kind, []).extend(_items(owner, period, source, rows, medications_off))
    return tuple(
        PrivateGroup(kind, title, tuple(item for _, item in sorted(found[kind], key=_by_day)))
        for kind, title in TITLES.items()
        if found.get(kind)
    )


def any_private(owner, period: Period, keys: Collection[str]) -> bool:
    """Whether the period holds anything private that is not among ``keys``. One query."""
    named = _parsed(keys)
    return _union(
        [
            (source, source.rows(owner, period).exclude(pk__in=named[source] or ()) if source in named else None)
            for source in sources_of()
            if not (source.single and source in named)
        ],
        owner,
        period,
    ).exists()


def available(owner, period: Period, kind: str) -> QuerySet:
    """Where the items of one kind stand, as ``Ref``, the latest first and what has no day last: to be cut into pages.

    Only keys and days: no words are loaded. ``items_of`` gives those of a page.
    """
    found = _union([(source, None) for source in sources_of(kind)], owner, period)
    return found.order_by("-on_day", "source", "-row")


def items_of(owner, period: Period, refs: Iterable[Ref]) -> list[PrivateItem]:
    """The items that stand there, in this order. A query a source (two more for ratings)."""
    refs = list(refs)
    named: dict[Source, set[int]] = {}
    for name, row, _ in refs:
        named.setdefault(SOURCES[name], set()).add(row)
    found = {
        (name, row): item
        for source, rows in named.items()
        for (name, row, _), item in _items(owner, period, source, rows)
    }
    return [found[name, row] for name, row, _ in refs if (name, row) in found]


def counts(owner, period: Period) -> dict[str, int]:
    """How many things of each kind the period holds. A query a kind."""
    return {kind: available(owner, period, kind).order_by().count() for kind in TITLES}


def standing(owner, keys: Collection[str], period: Period = EVER) -> set[str]:
    """Those of ``keys`` that name something of this person's, in the period. One query, none without keys."""
    named = _parsed(keys)
    if not named:
        return set()
    rows = [
        (source, source.rows(owner, period) if rows is None else source.rows(owner, period).filter(pk__in=rows))
        for source, rows in named.items()
    ]
    return {SOURCES[name].key(row) for name, row, _ in _union(rows, owner, period)}


def _parsed(keys: Collection[str]) -> dict[Source, set[int] | None]:
    """The rows that ``keys`` name by their source, None for its only one; what is no key is not there."""
    found: dict[Source, set[int] | None] = {}
    known = sorted(key for key in set(keys) if isinstance(key, str) and _named(key))
    for key in known[:MOST]:
        name, row = _named(key)
        source = SOURCES[name]
        if row is None:
            found[source] = None
        else:
            found.setdefault(source, set()).add(row)
    return found


def _named(key: str) -> tuple[str, int | None] | None:
    """The source and the row that a key names; None for what is none."""
    if key in SOURCES and SOURCES[key].single:
        return key, None
    parts = _KEY.fullmatch(key)
    if not parts or parts[1] not in SOURCES or SOURCES[parts[1]].single:
        return None
    return parts[1], int(parts[2])


def _items(
    owner, period: Period, source: Source, keys: set[int] | None, medications_off: Collection[int] = ()
) -> list[tuple[Ref, PrivateItem]]:
    """The items of these rows, of all where ``keys`` is None. One query."""
    rows = source.rows(owner, period).select_related(*source.related)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    if medications_off and source.of_medication:
        rows = rows.exclude(medication__in=medications_off)
    return [((source.name, row.pk, row.on_day), _item(source, row, period)) for row in rows.order_by("pk")]


def _item(source: Source, row: Owned, period: Period) -> PrivateItem:
    label, text = source.words(row, period)
    day = None if source.of_month or row.on_day == UNDATED else row.on_day
    return PrivateItem(source.key(row.pk), day, label, text)


def _by_day(found: tuple[Ref, PrivateItem]) -> tuple:
    (name, row, day), _ = found
    return day == UNDATED, day, list(SOURCES).index(name), row


def _union(parts: list[tuple[Source, QuerySet | None]], owner, period: Period) -> QuerySet:
    """The rows of several sources as ``Ref``; None stands for all rows of a source."""
    found = [
        (source.rows(owner, period) if rows is None else rows)
        .order_by()
        .annotate(source=Value(source.name, output_field=CharField()), row=F("pk"))
        .values_list("source", "row", "on_day")
        for source, rows in parts
    ]
    return found[0].union(*found[1:], all=True) if len(found) > 1 else found[0]
