"""The words of a Summary, made once: every rendering takes the page that is made here and nothing else."""

import operator
import re
from collections.abc import Mapping
from dataclasses import is_dataclass, replace

from journal.catalogue.summary import Reader
from journal.models.base import plain
from journal.summary.fit import LADDER, Fit
from journal.summary.model import Summary
from journal.summary.page import Page
from journal.summary.prescriber import present_prescriber
from journal.summary.therapist import present_therapist

TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Marks that turn the direction of what follows: one that somebody's words leave open would turn the page's own."""


def present(summary: Summary, fit: Fit = LADDER[0]) -> Page:
    """The page in words, with as much of it as ``fit`` has room for; ``pictures`` is empty."""
    if summary.reader == Reader.THERAPIST:
        return _clean(present_therapist(summary, fit))
    return _clean(present_prescriber(summary, fit))


def _clean(value):
    """The same without control characters, wherever they came from. What has none is not copied."""
    if isinstance(value, str):
        return TURNS.sub("", plain(value))
    if isinstance(value, tuple):
        items = [_clean(item) for item in value]
        return value if all(map(operator.is_, items, value)) else tuple(items)
    if isinstance(value, Mapping) or not is_dataclass(value):
        return value
    changed = {name: clean for name, old in vars(value).items() if (clean := _clean(old)) is not old}
    return replace(value, **changed) if changed else value
