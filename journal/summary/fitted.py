"""A Summary as the page that fits on as many sheets as were promised."""

from dataclasses import dataclass

from journal.summary.fit import Fit
from journal.summary.model import Summary
from journal.summary.page import PageData


@dataclass(frozen=True)
class Fitted:
    """The page, how many sheets of paper it takes, and how much was dropped for that."""

    data: PageData
    pages: int
    fit: Fit


def fitted(summary: Summary) -> Fitted:
    """The fullest page of ``fit.LADDER`` that keeps to the promised number of pages."""
    raise NotImplementedError
