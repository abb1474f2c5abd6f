"""The words of a Summary, made once: every rendering takes the page that is made here and nothing else."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace

from journal.catalogue.summary import Reader
from journal.models.base import plain
from journal.summary.fit import LADDER, Fit
from journal.summary.model import Summary
from journal.summary.page import Page
from journal.summary.prescriber import present_prescriber
from journal.summary.therapist import present_therapist

TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Marks that turn the direction of what follows: one that somebody's words leave open would turn the page's own."""


def present(summary: Summary, fit: Fit = LADDER[0]) -> Page:
    """The page in words, with as much of it as ``fit`` has room for; ``pictures`` is empty."""
    if summary.reader == Reader.THERAPIST:
        return _clean(present_therapist(summary, fit))
    return _clean(present_prescriber(summary, fit))


def _clean(value):
    """The same without control characters, wherever they came from."""
    if isinstance(value, str):
        is_simple = value.isascii() and value.isprintable()
        return value if is_simple else plain(value).translate(TURNS)
    if isinstance(value, tuple):
        return tuple(_clean(item) for item in value)
    if isinstance(value, Mapping) or not is_dataclass(value):
        return value
    return replace(value, **{one.name: _clean(getattr(value, one.name)) for one in fields(value)})
