"""Every fact of the catalogue has a source, and every source stands in the documentation."""

import dataclasses
import re
import subprocess
import sys
from pathlib import Path

import pytest

from journal.analysis import comparison
from journal.catalogue import (
    clinical,
    conditions,
    crisis,
    curves,
    drugs,
    equivalents,
    flag_rules,
    obstacles,
    questionnaires,
    red_flags,
    safety_plan,
    skills,
    symptoms,
)
from journal.catalogue.learn import LEARN
from journal.catalogue.sources import SOURCES, Evidence

ROOT = Path(__file__).resolve().parents[2]
DOC = ROOT / "docs" / "clinical-sources.md"


def cited() -> list[tuple[str, str]]:
    """(what, source key) for every fact in the catalogue."""
    facts = [(f"symptom {s.slug}", key) for s in symptoms.SYMPTOMS.values() for key in s.listed_by]
    facts += [(f"drug {d.slug}", d.source) for d in drugs.DRUGS.values()]
    facts += [(f"skill {s.slug}", s.source) for s in skills.SKILLS.values()]
    facts += [(f"red flag {f.slug}", key) for f in red_flags.RED_FLAGS.values() for key in f.sources]
    facts += [(f"rule {r.slug}", key) for r in flag_rules.FLAG_RULES.values() for key in r.sources]
    for country in (*crisis.COUNTRIES.values(), crisis.ANYWHERE_ELSE):
        facts.append((f"country {country.name}", country.source))
        facts += [(f"line {line.name}", line.source) for line in country.all_lines]
    facts += [(f"page {page.slug}", key) for page in LEARN.values() for key in page.sources]
    facts.append(("interval of a comparison", comparison.SOURCE))
    facts.append(("parts of the safety plan", safety_plan.SOURCE))
    for one in questionnaires.QUESTIONNAIRES.values():
        facts += [(f"{what} of the {one.name}", key) for what, keys in one.sources.items() for key in keys]
    facts += [(f"area {area.key}", area.source) for area in obstacles.AREAS.values()]
    return facts + cited_for_plans()


def cited_for_plans() -> list[tuple[str, str]]:
    """The same for what a plan stands on: who is at risk, half-lives, products, warnings, tables, curves."""
    facts = [(f"at risk: {kind}", key) for kind, keys in drugs.AT_RISK_SOURCES.items() for key in keys]
    for known in clinical.CLINICAL.values():
        halves = [half for half in (known.half_life, known.metabolite) if half]
        facts += [(f"half-life {half.substance}", half.source) for half in halves]
        facts += [(f"{known.drug} {listed.kind}", listed.product.source) for listed in known.products]
    facts += [(f"warning {w.key}", key) for w in clinical.WARNINGS.values() for key in w.sources]
    facts += [(f"table {table.name}", table.source) for table in equivalents.TABLES]
    facts += [(f"condition {c.key}", c.source) for c in conditions.CONDITIONS.values()]
    return facts + [(f"curve {c.drug} {c.region}", c.source) for c in curves.CURVES]


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


def test_the_documentation_says_how_the_curves_were_read():
    documentation = " ".join(DOC.read_text(encoding="utf-8").split())
    assert "read in transcriptions that cite the paper and agree with each other, not in the paper's own table" in (
        documentation
    )


def test_a_source_is_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        SOURCES["own"].title = "Another"


def test_the_catalogue_needs_no_django():
    modules = sorted((ROOT / "journal" / "catalogue").glob("*.py"))
    code = "\n".join([f"import journal.catalogue.{path.stem}" for path in modules if path.stem != "__init__"])
    code += "\nimport sys\nassert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    "path",
    sorted(
        path for kind in ("*.[pt][yo]*", "learn_pages/*.toml") for path in (ROOT / "journal" / "catalogue").glob(kind)
    ),
    ids=lambda path: path.name,
)
def test_the_voice(path):
    """No "should", no exclamation mark: what is shown to a person comes from these files."""
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\bshould\b", text, re.IGNORECASE)
    assert "!" not in text.replace("!=", "")
    assert "\N{EM DASH}" not in text
