"""Every fact of the catalogue has a source, and every source stands in the documentation."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from journal.catalogue import crisis, drugs, red_flags, skills, symptoms
from journal.catalogue.sources import SOURCES, Evidence

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "clinical-sources.md"


def cited() -> list[tuple[str, str]]:
    """(what, source key) for every fact in the catalogue."""
    facts = [(f"symptom {s.slug}", key) for s in symptoms.SYMPTOMS.values() for key in s.listed_by]
    facts += [(f"drug {d.slug}", d.source) for d in drugs.DRUGS.values()]
    facts += [(f"skill {s.slug}", s.source) for s in skills.SKILLS.values()]
    facts += [(f"red flag {f.slug}", key) for f in red_flags.RED_FLAGS.values() for key in f.sources]
    for country in (*crisis.COUNTRIES.values(), crisis.ANYWHERE_ELSE):
        facts.append((f"country {country.name}", country.source))
        facts += [(f"line {line.name}", line.source) for line in country.all_lines]
    return facts


@pytest.mark.parametrize(("what", "key"), cited())
def test_every_fact_has_a_source(what, key):
    assert key in SOURCES, what


def test_no_source_is_left_over():
    assert {key for _, key in cited()} == set(SOURCES)


@pytest.mark.parametrize("source", SOURCES.values(), ids=list(SOURCES))
def test_sources_are_complete_and_documented(source):
    assert source.title and source.publisher and source.note
    assert isinstance(source.evidence, Evidence)
    assert "://" not in source.address
    documentation = DOC.read_text(encoding="utf-8")
    assert source.title in documentation
    assert source.address in documentation
    assert source.note in documentation


def test_a_source_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SOURCES["own"].title = "Another"


def test_the_catalogue_needs_no_django():
    modules = ["crisis", "drugs", "red_flags", "skills", "sources", "symptoms"]
    code = "\n".join([f"import journal.catalogue.{name}" for name in modules])
    code += "\nimport sys\nassert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize("path", sorted((ROOT / "journal" / "catalogue").glob("*.py")), ids=lambda path: path.name)
def test_the_voice(path):
    """No "should", no exclamation mark: what is shown to a person comes from these files."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bshould\b", text, re.IGNORECASE)
    assert "!" not in text.replace("!=", "")
    assert "\N{EM DASH}" not in text
