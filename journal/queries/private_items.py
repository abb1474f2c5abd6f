"""What is private and can be switched on for a summary, one by one: notes, safety items, red flags.

Each has a key that names it for good ("entry:123"); nothing of it is on a page unless its key was chosen.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from journal.queries.period import Period


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


def chosen(owner, period: Period, keys: Collection[str]) -> tuple[PrivateGroup, ...]:
    """Those of ``keys`` that are this person's and lie in the period, in a fixed number of queries."""
    return ()


def any_private(owner, period: Period, keys: Collection[str]) -> bool:
    """Whether the period holds anything private that is not among ``keys``."""
    return False
