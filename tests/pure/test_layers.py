"""The arrows between the parts of the journal never point back: views, then forms and summary, queries, models."""

import re
from pathlib import Path

import pytest

JOURNAL = Path(__file__).resolve().parents[2] / "journal"
ABOVE = {
    "forms": ("views", "templatetags"),
    "summary": ("views", "templatetags", "forms"),
    "charts": ("templatetags", "forms", "queries", "models", "summary"),
    "queries": ("views", "templatetags", "forms", r"summary\.(?!choices)\w+"),
    "models": ("views", "templatetags", "forms", "queries"),
}


@pytest.mark.parametrize("layer", ABOVE)
def test_nothing_imports_from_above_it(layer):
    above = re.compile(rf"^\s*(?:from|import) journal\.(?:{'|'.join(ABOVE[layer])})\b", re.MULTILINE)
    paths = sorted((JOURNAL / layer).rglob("*.py"))
    assert paths
    assert [path.name for path in paths if above.search(path.read_text(encoding="utf-8"))] == []
