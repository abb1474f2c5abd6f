"""docs/analysis.md says every rule in the words of the page, and every column of the command."""

import re
from pathlib import Path

import pytest

from journal.analysis.rules import RULES
from journal.management.commands.step_response import COLUMNS

DOC = (Path(__file__).resolve().parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r'^## (?:[^\n]+)\n\n<a id="([a-z-]+)"></a>\n(.*?)(?=^## |\Z)', DOC, re.M | re.S))


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_is_documented_as_it_is(rule):
    section = words(SECTIONS[rule.slug])
    assert section.startswith(f"{rule.text} Why: {rule.why}")
    assert "Example: " in section
    assert f'## {rule.title}\n\n<a id="{rule.slug}">' in DOC


def test_no_rule_is_documented_that_does_not_exist():
    assert list(SECTIONS) == list(RULES)


def test_every_column_of_the_command_is_documented():
    table = DOC.split("## The command")[1]
    assert re.findall(r"^\| `([a-z_]+)` \|", table, re.M) == list(COLUMNS)


def test_the_rules_claim_no_source():
    assert "The rules are our own" in words(DOC)


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_a_rule_is_plain(rule):
    """Twelve-year-olds read it: sentences of at most 40 words, none of the words that give a verdict."""
    said = f"{rule.title}. {rule.text} {rule.why}"
    for sentence in re.split(r"(?<=[.:])\s", said):
        assert len(sentence.split()) <= 40, sentence
    for word in ("settled", "stable", "withdrawal", "relapse", "significant", "caused", "due to", "improved", "failed"):
        assert word not in said.lower()
    assert "!" not in said
