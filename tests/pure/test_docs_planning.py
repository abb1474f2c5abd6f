"""docs/planning.md says every pace rule in the words of the code, and every method."""

from pathlib import Path

import pytest

from journal.catalogue.sources import SOURCES
from journal.taper.pace import RULES
from journal.taper.schedule import MOST_STEPS, Method

DOC = (Path(__file__).resolve().parents[2] / "docs" / "planning.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=[rule.key for rule in RULES])
def test_a_rule_is_documented_as_it_is(rule):
    row = next(line for line in DOC.splitlines() if line.startswith(f"| `{rule.key}` |"))
    for words in (rule.condition, rule.edge, rule.says, *(SOURCES[key].title for key in rule.sources)):
        assert words in row


def test_no_rule_is_documented_that_does_not_exist():
    rows = [line.split("`")[1] for line in DOC.split("## Pace notes")[1].splitlines() if line.startswith("| `")]
    assert rows == [rule.key for rule in RULES]


def test_every_method_is_documented():
    rows = [line.split("`")[1] for line in DOC.split("## Dates")[0].splitlines() if line.startswith("| `")]
    assert rows == [method.value for method in Method]
    assert f"more than {MOST_STEPS:,} steps" in DOC
