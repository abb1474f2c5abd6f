"""The drawings of a summary's page, and what stands beside each in words."""

from collections.abc import Collection
from typing import NamedTuple

from journal.summary.fit import Fit
from journal.summary.model import Summary

BOTH = ("print", "compact")


class Described(NamedTuple):
    """The words of a picture: its heading, the text alternative, and the note under it (blank for none)."""

    title: str
    description: str
    note: str


def has_picture(summary: Summary, name: str) -> bool:
    """Whether there is anything to draw: the dose always; squares and practice only where something was rated."""
    raise NotImplementedError


def described(summary: Summary, fit: Fit, name: str) -> Described:
    """The words of the picture called ``name``: "overview", "squares" or "practice". KeyError for another."""
    raise NotImplementedError


def pictures(
    summary: Summary, fit: Fit, names: Collection[str], sizes: Collection[str] = BOTH
) -> dict[str, dict[str, str]]:
    """By name of the picture ("overview", "squares", "practice") its SVG by size: "print" and "compact".

    ``sizes``: only those are drawn, since a PDF needs no "compact" and a page on a screen no "print".
    """
    raise NotImplementedError
