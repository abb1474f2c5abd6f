"""Before the first reduction, during the changes, and since: the columns in which levels are compared.

The rule is the chart guide's, in words in docs/analysis.md: the days before the taper wherever the record has them (at
most 90), the days of the changes, then blocks of 28 days counted back from the last day, so that the last block is
"now" everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .levels import NOW_DAYS
from .series import Span

SHORTEST = 14  # a rest of fewer days joins the first block
HEAD, TAIL = 2, 3  # of more than five blocks the first two and the last three are shown


@dataclass(frozen=True)
class Block:
    """A stretch of days that is compared. ``kind``: "before", "during", "since", or "plain" without a reduction."""

    kind: str
    span: Span


def blocks(before: Span | None, reduction: date | None, latest: date | None, first: date, last: date) -> list[Block]:
    """The blocks of the period ``first`` to ``last``, earliest first. Never empty.

    ``before``: the days before the taper, which may lie before the period (``levels.compared``). ``reduction``: the
    first one in the record up to ``last``, ``latest``: the last change after ``first`` up to ``last``; of any
    medication, None without one.
    """
    if reduction is None:
        return [Block("plain", span) for span in shortened(back_from(first, last))]
    # Where the record begins after the first reduction, the days before the first change shown take its place.
    turn = before.last + timedelta(1) if before else reduction
    start = max(turn, first)
    found = [Block("before", before)] if before else []
    if latest is not None and latest > start:
        found.append(Block("during", Span(start, latest - timedelta(1))))
        start = latest
    return found + [Block("since", span) for span in shortened(back_from(start, last))]


def back_from(first: date, last: date) -> list[Span]:
    """Stretches of 28 days counted back from ``last``; a rest under 14 days joins the first of them."""
    spans = []
    end = last
    while end >= first:
        start = max(first, end - timedelta(NOW_DAYS - 1))
        if (start - first).days < SHORTEST:
            start = first
        spans.append(Span(start, end))
        end = start - timedelta(1)
    return spans[::-1]


def hidden(found: Sequence[Block]) -> list[Span]:
    """The stretches between blocks that are not shown."""
    return [
        Span(earlier.span.last + timedelta(1), later.span.first - timedelta(1))
        for earlier, later in pairwise(found)
        if later.span.first > earlier.span.last + timedelta(1)
    ]


def shortened(spans: list[Span]) -> list[Span]:
    """At most five: the first two and the last three."""
    return spans if len(spans) <= HEAD + TAIL else spans[:HEAD] + spans[-TAIL:]
