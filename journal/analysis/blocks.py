"""Before the first reduction, during the changes, and since: the columns in which levels are compared.

The rule is the chart guide's: the days before the first reduction of the period (at most the 90 nearest), the days of
the changes, then blocks of 28 days counted back from the last day, so that the last block is "now" everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from .doses import Step, turning_points
from .levels import NOW_DAYS, before_span
from .series import Span

SHORTEST = 14  # a rest of fewer days joins the first block
HEAD, TAIL = 2, 3  # of more than five blocks the first two and the last three are shown


@dataclass(frozen=True)
class Block:
    """A stretch of days that is compared. ``kind``: "before", "during", "since", or "plain" without a reduction."""

    kind: str
    span: Span


def blocks(medications: Sequence[Sequence[Step]], first: date, last: date) -> list[Block]:
    """The blocks of the period ``first`` to ``last``, earliest first. Never empty. Changes of any medication count."""
    reduction, latest = turning_points(medications, first, last)
    if reduction is None:
        return [Block("plain", span) for span in shortened(back_from(first, last))]
    found = [Block("before", before_span(reduction, first))]
    if latest > reduction:
        found.append(Block("during", Span(reduction, latest - timedelta(1))))
    return found + [Block("since", span) for span in shortened(back_from(latest, last))]


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
