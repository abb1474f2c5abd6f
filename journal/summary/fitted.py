"""A Summary as the page that fits on as many sheets as were promised."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from journal.catalogue.summary import Reader
from journal.summary.estimate import overflow
from journal.summary.fit import LADDER, Fit
from journal.summary.last_resort import LEVELS, shortened
from journal.summary.model import Summary
from journal.summary.page import Page, PageData
from journal.summary.pdf import page_count, pages_of, render_pdf
from journal.summary.pictures import BOTH, MEASURES, pictures
from journal.summary.present import present

DOUBT, DOUBT_OF_BREAKS = 2.5, 120
"""Points by which an estimate may be too high: a page that seems longer than that is not set to see. Where sheets break
is harder to say than how long one is.
"""
USUAL = {1: ((2, 60), (6, 110), (8, 190), (9, 400)), 2: ((1, 40), (3, 150), (7, 800))}
"""By sheets, the rung that is usually enough for a page that seems longer by at most so many points."""


@dataclass(frozen=True)
class Fitted:
    """The page, how many sheets of paper it takes, and how much was dropped for that.

    ``shortened``: 0, or how far ``last_resort`` had to go after the last of ``fit.LADDER``.
    """

    data: PageData
    pages: int
    fit: Fit
    shortened: int = 0


def fitted(summary: Summary, sizes: Collection[str] = BOTH) -> Fitted:
    """The fullest page that keeps to the promised number of pages; of its pictures those ``sizes``, and "print".

    Each rung of ``fit.LADDER`` takes no more room than the one before. Which is the first that fits is estimated, then
    found by setting pages from there on. What not even the last rung holds is shortened, and says so.
    """
    rungs = _Rungs(summary)
    most = summary.choices.length.most_pages
    at = 0 if most is None else _first_that_fits(rungs, most)
    if at is not None:
        return _with_sizes(summary, Fitted(rungs.data(at), rungs.pages(at), LADDER[at]), sizes)
    data = rungs.data(len(LADDER) - 1)
    for level in range(1, LEVELS + 1):
        found = shortened(data, level)
        pages = page_count(found)
        if pages <= most or level == LEVELS:
            break
    return _with_sizes(summary, Fitted(found, pages, LADDER[-1], level), sizes)


def drawn_by(summary: Summary, fit: Fit, name: str) -> tuple:
    """What of a ``Fit`` a drawing of this summary goes by: two rungs with the same of it have the same drawing.

    Scores are drawn unless a rung has room for none, which no rung has.
    """
    if name == "practice":
        return (fit.helped,)
    if name != "overview":
        return ()
    others = fit.other_medications if summary.overview.other_medications else 0
    burden = fit.burden and summary.reader == Reader.PRESCRIBER
    return fit.strip, burden, min(fit.measures, MEASURES[summary.reader]), others


class _Rungs:
    """The pages of one Summary by rung of the ladder, each made, drawn and counted once."""

    def __init__(self, summary: Summary):
        self._summary = summary
        self._pages: dict[int, PageData] = {}
        self._counts: dict[int, int] = {}
        self._drawn: dict[tuple, str] = {}

    def data(self, rung: int) -> PageData:
        if rung not in self._pages:
            page = present(self._summary, LADDER[rung])
            self._pages[rung] = replace(page, pictures=self._pictures(page, LADDER[rung])).data()
        return self._pages[rung]

    def pages(self, rung: int, likely: bool = False) -> int:
        """On how many sheets a rung prints. ``likely``: it is probably the one, so its PDF is made at once."""
        if rung not in self._counts:
            data = self.data(rung)
            self._counts[rung] = pages_of(render_pdf(data)) if likely else page_count(data)
        return self._counts[rung]

    def _pictures(self, page: Page, fit: Fit) -> dict[str, dict[str, str]]:
        """The drawings for paper: only what a rung draws otherwise is drawn again."""
        found = {}
        for name in _names(page.sections):
            key = name, drawn_by(self._summary, fit, name)
            if key not in self._drawn:
                self._drawn[key] = pictures(self._summary, fit, [name], ["print"])[name]
            found[name] = self._drawn[key]
        return found


def _first_that_fits(rungs: _Rungs, most: int) -> int | None:
    """The first rung that takes at most so many sheets; None: not one of them does."""
    last = len(LADDER) - 1
    low = _estimated(rungs, most)
    at = low
    while at <= last and rungs.pages(at, likely=True) > most:
        at += 1
    if at > low:
        return at if at <= last else None
    doubt = DOUBT if most == 1 else DOUBT_OF_BREAKS
    while at and overflow(rungs.data(at - 1), most) < doubt and rungs.pages(at - 1) <= most:
        at -= 1
    return at


def _estimated(rungs: _Rungs, most: int) -> int:
    """The first rung that seems to fit, the last if none does."""
    over = overflow(rungs.data(0), most)
    if over <= 0:  # as for most people
        return 0
    at = next((rung for rung, points in USUAL[most] if over <= points), len(LADDER) - 1)
    if overflow(rungs.data(at), most) > 0:
        return next((up for up in range(at + 1, len(LADDER)) if overflow(rungs.data(up), most) <= 0), len(LADDER) - 1)
    while at > 1 and overflow(rungs.data(at - 1), most) <= 0:
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
