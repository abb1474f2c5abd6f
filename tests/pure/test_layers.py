"""The arrows between the parts of the journal never point back: views, then forms and queries, then models."""

import re
from pathlib import Path

import pytest

JOURNAL = Path(__file__).resolve().parents[2] / "journal"
ABOVE = {
    "forms": ("views", "templatetags"),
    "queries": ("views", "templatetags", "forms"),
    "models": ("views", "templatetags", "forms", "queries"),
}


@pytest.mark.parametrize("layer", ABOVE)
def test_nothing_imports_from_above_it(layer):
    above = re.compile(rf"^\s*(?:from|import) journal\.(?:{'|'.join(ABOVE[layer])})\b", re.MULTILINE)
    paths = sorted((JOURNAL / layer).rglob("*.py"))
    assert paths
    assert [path.name for path in paths if above.search(path.read_text(encoding="utf-8"))] == []
