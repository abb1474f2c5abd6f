"""A plan in words: by which method it goes, and what its pace notes found. One place for page, paper and record."""

from dataclasses import dataclass
from fractions import Fraction

from journal.analysis.numbers import mg_text, percent_text
from journal.catalogue.sources import SOURCES, Source
from journal.taper.pace import Finding, Note
from journal.taper.schedule import Method, Request
from journal.taper.words import mg_words

NB = "\u00a0"
FINDINGS_SHOWN = 4

METHODS = {
    Method.EQUAL_MG: "The same mg each step",
    Method.PERCENT_ORIGINAL: "% of the starting dose",
    Method.PERCENT_CURRENT: "% of the present dose",
    Method.EQUAL_OCCUPANCY: "Equal occupancy steps",
    Method.BANDED: "Bands: so much a step above a dose",
    Method.LIST: "Our own list of doses",
}
"""What the planner calls the methods, in its order."""


def method_words(request: Request) -> str:
    """By what a plan goes: "20 % of the present dose"; "8 equal occupancy steps"."""
    step, steps = request.step, request.steps
    if request.method is Method.LIST:
        return METHODS[Method.LIST]
    if request.method is Method.BANDED:
        return "Bands: " + ", ".join(
            f"{mg_words(size)} {'above' if above else 'down to'} {mg_words(above)}" for above, size in request.bands
        )
    if request.method is Method.EQUAL_OCCUPANCY:
        return f"{steps} equal occupancy steps" if steps else f"{mg_text(step)}{NB}points of occupancy each step"
    if request.method is Method.EQUAL_MG:
        return f"{steps} equal steps in mg" if steps else f"{mg_words(step)} each step"
    of = "the starting dose" if request.method is Method.PERCENT_ORIGINAL else "the present dose"
    return f"{steps} steps by percent of {of}" if steps else f"{mg_text(step)}{NB}% of {of}"


def plan_name(request: Request) -> str:
    """What a plan is called: its method and its interval."""
    every = f", every {request.every}{NB}days" if request.every and request.every > 1 else ", every day"
    return f"{method_words(request)}{every if request.every else ''}"[:100]


@dataclass(frozen=True)
class NoteWords:
    """One pace note as it is shown: which steps, what of them, what the guideline says, and where it says so."""

    key: str
    headline: str
    findings: tuple[str, ...]
    more: int
    says: str
    sources: tuple[Source, ...]


def note_words(note: Note, letter: str = "") -> NoteWords:
    """A note in words; ``letter`` says of which plan where two stand side by side: "B, steps 1 and 7: more than …"."""
    steps = step_list(note.findings)
    headline = f"{letter}, {steps}" if letter else f"{steps[:1].upper()}{steps[1:]}"
    return NoteWords(
        key=note.rule.key,
        headline=f"{headline}: {note.rule.headline}.",
        findings=tuple(_each_once(note.findings)[:FINDINGS_SHOWN]),
        more=max(0, len(_each_once(note.findings)) - FINDINGS_SHOWN),
        says=note.rule.says,
        sources=tuple(SOURCES[key] for key in note.rule.sources),
    )


def step_list(findings: tuple[Finding, ...]) -> str:
    """ "step 3", "steps 1 and 7", "steps 1 to 4 and 9"."""
    runs: list[list[int]] = []
    for number in sorted({finding.number for finding in findings}):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    words = []
    for low, high in runs:
        words += [f"{low}{NB}to{NB}{high}"] if high > low + 1 else [str(low), str(high)] if high > low else [str(low)]
    if len(words) > 1:
        words = [", ".join(words[:-1]) + f" and {words[-1]}"]
    several = len(runs) > 1 or runs[0][0] != runs[0][1]
    return f"{'steps' if several else 'step'} {words[0]}"


def _each_once(findings: tuple[Finding, ...]) -> list[str]:
    return list(dict.fromkeys(finding.words for finding in findings))


def making_words(percent: Fraction | None, unmade: int = 0, doses: int = 0) -> str:
    """How near what is made comes to the plan: "Each dose is made within 5 %."; blank where nothing is made.

    ``percent``: the largest error among the doses that are made; ``unmade`` of the ``doses`` above 0 cannot be.
    """
    if percent is None:
        return "No dose can be made with what you have." if unmade else ""
    within = f"within {percent_text(-(-percent.numerator // percent.denominator))}{NB}%" if percent else "exactly"
    if unmade:
        said = f"{unmade} of {doses} doses cannot be made with what you have; the others are made {within}."
    else:
        said = f"Each dose is made {within}."
    if percent or unmade:
        said += " The drawings and the columns show the plan as written, the remarks what is really made."
    return said
