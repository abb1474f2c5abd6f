"""The drawings of a summary's page."""

from journal.summary.fit import Fit
from journal.summary.model import Summary


def pictures(summary: Summary, fit: Fit, names: list[str]) -> dict[str, dict[str, str]]:
    """By name of the picture ("overview", "squares", "practice") its SVG by size: "print" and "compact"."""
    raise NotImplementedError
