"""A Summary as the page that fits on as many sheets as were promised."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from journal.summary.fit import FULL_LADDER, LADDER, ORDERS, Fit
from journal.summary.last_resort import LEVELS, shortened
from journal.summary.model import Summary
from journal.summary.page import Page, PageData
from journal.summary.pdf import page_count
from journal.summary.pictures import BOTH, pictures
from journal.summary.present import present

DRAWN = ("strip", "burden", "measures", "scores", "other_medications", "helped")
"""What of a ``Fit`` the drawings go by: two rungs with the same of it have the same drawings."""
FIRST_TRIED = 1
"""The rung that is enough for most people."""


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

    Each rung of the ladders in ``fit`` takes no more room than the one before. What not even the last one holds is shortened,
    and says so.
    """
    rungs = _Rungs(summary)
    most = summary.choices.length.most_pages
    fit = LADDER[0] if most is None else _first_that_fits(rungs, most)
    if fit is not None:
        return _with_sizes(summary, Fitted(rungs.data(fit), rungs.pages(fit), fit), sizes)
    data = rungs.data(LADDER[-1])
    for level in range(1, LEVELS + 1):
        found = shortened(data, level)
        pages = page_count(found)
        if pages <= most or level == LEVELS:
            break
    return _with_sizes(summary, Fitted(found, pages, LADDER[-1], level), sizes)


class _Rungs:
    """The pages of one Summary by rung of the ladder, each made, drawn and counted once."""

    def __init__(self, summary: Summary):
        self._summary = summary
        self._pages: dict[Fit, PageData] = {}
        self._counts: dict[Fit, int] = {}
        self._drawn: dict[tuple, str] = {}

    def data(self, fit: Fit) -> PageData:
        if fit not in self._pages:
            page = present(self._summary, fit)
            self._pages[fit] = replace(page, pictures=self._pictures(page, fit)).data()
        return self._pages[fit]

    def pages(self, fit: Fit) -> int:
        if fit not in self._counts:
            self._counts[fit] = page_count(self.data(fit))
        return self._counts[fit]

    def _pictures(self, page: Page, fit: Fit) -> dict[str, dict[str, str]]:
        """The drawings for paper: only what a rung draws otherwise is drawn again."""
        found = {}
        for name in _names(page.sections):
            key = name, *(getattr(fit, part) for part in DRAWN)
            if key not in self._drawn:
                self._drawn[key] = pictures(self._summary, fit, [name], ["print"])[name]
            found[name] = self._drawn[key]
        return found


def _first_that_fits(rungs: _Rungs, most: int) -> Fit | None:
    """The first rung that takes at most so many sheets, found by halving; None: not one of them does."""
    ladder = LADDER if most == 1 else FULL_LADDER
    found, low, high = None, 0, len(ladder)
    at = FIRST_TRIED
    while low < high:
        fit = next((fit for fit in _orders(ladder[at], most) if rungs.pages(fit) <= most), None)
        if fit:
            found, high = fit, at
        else:
            low = at + 1
        at = (low + high) // 2
    return found


def _orders(fit: Fit, most: int) -> list[Fit]:
    """On two sheets tables may change places: the first of them has to have room below the chart."""
    return [replace(fit, order=order) for order in ORDERS[: 1 if most == 1 else None]]


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
