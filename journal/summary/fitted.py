"""A Summary as the page that fits on as many sheets as were promised."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

from journal.summary.estimate import overflow
from journal.summary.fit import FULL_LADDER, LADDER, Fit
from journal.summary.last_resort import LEVELS, shortened
from journal.summary.model import Summary
from journal.summary.page import PageData
from journal.summary.pdf import page_count, pages_of, render_pdf
from journal.summary.pictures import BOTH, Drawing, pictures
from journal.summary.present import present

DRAWN = {
    "overview": ("strip", "burden", "measures", "scores", "other_medications"),
    "squares": (),
    "practice": ("helped",),
}
"""What of a ``Fit`` a drawing goes by: two rungs with the same of it have the same drawing."""
DOUBT = 4
"""Points by which an estimate may be too high: a page that seems longer than that is not set to see."""
DOUBT_OF_BREAKS = 20
"""The same for two sheets: where they break is harder to say than how long one is."""
SAVED = {1: 22, 2: 30}
"""By sheets the points that a rung saves on average: it says where to begin to look, and nothing else."""
ORDERS = ((), ("levels", "scores", "substances"), ("steps", "medication"), ("squares",))
"""What may follow the chart of a full page, before everything else: the sheets break elsewhere, nothing is dropped."""


@dataclass(frozen=True)
class Fitted:
    """The page, how many sheets of paper it takes, and how much was dropped for that.

    ``shortened``: 0, or how far ``last_resort`` had to go after the last rung.
    """

    data: PageData
    pages: int
    fit: Fit
    shortened: int = 0


def fitted(summary: Summary, sizes: Collection[str] = BOTH) -> Fitted:
    """The fullest page that keeps to the promised number of pages; of its pictures those ``sizes``, and "print".

    Each rung of a ladder takes no more room than the one before. Which is the first that fits is estimated, then found
    by setting pages from there on. What not even the last one holds is shortened, and says so.
    """
    most = summary.choices.length.most_pages
    rungs = _Rungs(summary, most)
    at = 0 if most is None else _first_that_fits(rungs)
    if at is not None:
        data, pages = rungs.set(at)
        return _with_sizes(summary, Fitted(data, pages, rungs.ladder[at]), sizes)
    data = rungs.drawn(len(rungs.ladder) - 1)
    for level in range(1, LEVELS + 1):
        found = shortened(data, level)
        pages = page_count(found)
        if pages <= most or level == LEVELS:
            break
    return _with_sizes(summary, Fitted(found, pages, rungs.ladder[-1], level), sizes)


class _Rungs:
    """The pages of one Summary by rung of its ladder, each made, drawn and counted once. ``most``: so many sheets."""

    def __init__(self, summary: Summary, most: int | None):
        self._summary, self.most = summary, most
        self.ladder = LADDER if most == 1 else FULL_LADDER
        self._pages: dict[int, PageData] = {}
        self._set: dict[int, tuple[PageData, int]] = {}
        self._drawings: dict[tuple, Drawing] = {}

    def data(self, rung: int) -> PageData:
        """The page with the outlines of its pictures."""
        if rung not in self._pages:
            page = present(self._summary, self.ladder[rung])
            outlines = {name: {"print": self._drawing(name, rung).outline} for name in _names(page.sections)}
            self._pages[rung] = replace(page, pictures=outlines).data()
        return self._pages[rung]

    def drawn(self, rung: int) -> PageData:
        """The page as it prints."""
        data = self.data(rung)
        return data | {"pictures": {name: {"print": self._drawing(name, rung).svg} for name in data["pictures"]}}

    def _drawing(self, name: str, rung: int) -> Drawing:
        """Only what a rung draws otherwise is drawn again."""
        fit = self.ladder[rung]
        key = name, *(getattr(fit, part) for part in DRAWN[name])
        if key not in self._drawings:
            self._drawings[key] = Drawing(self._summary, fit, name, "print")
        return self._drawings[key]

    def over(self, rung: int) -> float:
        """By how many points it seems too long, in the order in which it seems shortest."""
        return min(overflow(data, self.most) for data in self._orders(rung))

    def fits(self, rung: int) -> bool:
        return self.set(rung)[1] <= self.most

    def set(self, rung: int) -> tuple[PageData, int]:
        """The page and its number of sheets: in the first order that fits, of those that may."""
        if rung not in self._set:
            drawn = self.drawn(rung)["pictures"]
            usual, *others = (data | {"pictures": drawn} for data in self._orders(rung))
            found = usual, self._count(usual)
            # Of the other orders those that seem to fit, the shortest first.
            for other in sorted(others, key=self._overflow):
                if found[1] <= self.most or self._overflow(other) >= DOUBT:
                    break
                found = other, self._count(other)
            self._set[rung] = found
        return self._set[rung]

    def _count(self, data: PageData) -> int:
        """On how many sheets it prints. What seems to fit is written at once: it is what will be handed over."""
        if self.most is None or self._overflow(data) <= 0:
            return pages_of(render_pdf(data))
        return page_count(data)

    def _overflow(self, data: PageData) -> float:
        return overflow(data, self.most)

    def _orders(self, rung: int) -> list[PageData]:
        data = self.data(rung)
        if self.most in (None, 1):
            return [data]
        return [data | {"sections": _ordered(data["sections"], first)} for first in ORDERS]


def _ordered(blocks: list[dict], first: Collection[str]) -> list[dict]:
    """The chart, then the blocks with those names, then the others."""
    return sorted(blocks, key=lambda block: 0 if block["name"] == "overview" else 1 if block["name"] in first else 2)


def _first_that_fits(rungs: _Rungs) -> int | None:
    """The first rung that takes no more sheets than promised; None: not one of them does."""
    last = len(rungs.ladder) - 1
    low = min(last, max(0, math.ceil(rungs.over(0) / SAVED[rungs.most])))
    while low < last and rungs.over(low) > 0:
        low += 1
    while low and rungs.over(low - 1) <= 0:
        low -= 1
    at = low
    while at <= last and not rungs.fits(at):
        at += 1
    if at > low:
        return at if at <= last else None
    while at and rungs.over(at - 1) < (DOUBT if rungs.most == 1 else DOUBT_OF_BREAKS) and rungs.fits(at - 1):
        at -= 1
    return at


def _names(blocks) -> list[str]:
    """The names of the pictures among the blocks, those that stand beside others included."""
    found = []
    for block in blocks:
        found += [block.name] if block.kind == "picture" else _names(block.blocks) if block.kind == "beside" else []
    return found


def _with_sizes(summary: Summary, made: Fitted, sizes: Collection[str]) -> Fitted:
    """The same with its pictures in the other sizes too."""
    others = [size for size in sizes if size != "print"]
    names = list(made.data["pictures"])
    if not others or not names:
        return made
    more = pictures(summary, made.fit, names, others)
    drawn = {name: made.data["pictures"][name] | more[name] for name in names}
    return replace(made, data=made.data | {"pictures": drawn})
