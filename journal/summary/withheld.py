"""What is not handed over is taken out of a Summary, so that no rendering of it has it."""

from dataclasses import replace

from journal.analysis.rates import Rates
from journal.catalogue.summary import SECTIONS
from journal.summary.model import Summary, TakenMedication

NO_RATES = Rates((), 0, 0)


def without(summary: Summary) -> tuple[Summary, bool]:
    """The summary with the sections that are on, and whether one that is off would have had something.

    What belongs to another reader's page is taken out first: that is not a choice of the person.
    """
    choices = summary.choices
    others = {key for key, section in SECTIONS.items() if summary.reader not in section.readers}
    of_reader = _without(summary, others)
    told = _without(of_reader, others | choices.sections_off)
    # Strips stay for the facts that other sections tell from them; the drawing is what was left out.
    undrawn = "chart" in choices.sections_off and bool(of_reader.strips)
    return told, undrawn or _rated(told) != _rated(of_reader)


def _rated(summary: Summary) -> Summary:
    """Without the rows that only say that nothing was recorded."""
    return replace(summary, wellbeing=tuple(level for level in summary.wellbeing if any(level.means)))


def _without(summary: Summary, off: set[str] | frozenset[str]) -> Summary:
    """Empty where a section is off. A fact that several sections tell goes with the last of them.

    Coverage, the dose now and the agreed plan stay whatever is off, and so do the days of the blocks.
    """
    changed = {}
    if "chart" in off:
        lines = replace(summary.overview, steps=(), other_medications=(), entry_days=frozenset())
        changed |= {"overview": lines, "rated": None}
    if "levels" in off:
        changed |= {"symptoms": (), "wellbeing": (), "worst": (), "sleep": None, "score_levels": ()}
    if "scores" in off:
        changed |= {"scores": (), "score_levels": ()}
    if {"chart", "levels"} <= off:
        changed |= {"strips": {}}
    if {"changes", "levels"} <= off:
        changed |= {"never": ()}
    if {"changes", "steps", "chart", "levels"} <= off:
        changed |= {"measures": (), "shifts": ()}
    elif {"changes", "steps"} <= off:
        changed |= {"measures": tuple(replace(one, rates=NO_RATES) for one in summary.measures)}
    for section, field in (("substances", ()), ("events", ()), ("homework", ()), ("topics", ()), ("questions", ())):
        if section in off:
            changed[section] = field
    if "practice" in off:
        changed["practice"] = None
    if {"practice", "helped"} <= off:
        changed["practised"] = ()
    changed["medications"] = tuple(_medication(one, summary, off) for one in summary.medications)
    return replace(summary, **changed)


def _medication(medication: TakenMedication, summary: Summary, off) -> TakenMedication:
    changed = {}
    if "background" in off:
        changed |= {"reason": "", "prescriber": "", "since": None, "history": "", "products": ()}
    if {"changes", "steps"} <= off:
        is_chosen = summary.reader in SECTIONS["steps"].readers
        changed["lines"] = () if is_chosen else tuple(replace(line, followed=()) for line in medication.lines)
    return replace(medication, **changed)
