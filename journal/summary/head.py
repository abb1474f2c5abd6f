"""What every page begins and ends with: whom it is for, the period, the coverage, and what its words mean."""

import datetime as dt
from collections.abc import Callable, Collection

from journal.analysis.series import LONG_PERIOD
from journal.analysis.titles import days_text, last_days_text
from journal.catalogue.questionnaires import QUESTIONNAIRES
from journal.catalogue.sources import SOURCES
from journal.charts.data import Score
from journal.summary.foot import left_out_sentence
from journal.summary.model import Summary
from journal.summary.page import Beside, Block
from journal.summary.words import count, day, one_line, span

YEAR = 365
RATINGS = "0 none, 1–3 mild, 4–6 moderate, 7–9 severe, 10 unbearable; a day is the mean of its check-ins."
CHART = "Dots: days. Line: mean of 7 days, never across a dose change."
STEPS = (
    "Week before: mean of the 7 days before the change (day 0). Highest: highest mean of 3 days, and its day. "
    "Back by: first day after it that begins 3 days less than 0.5 above the week before."
)
RULES = "Rules in full: TaperTrack, docs/analysis.md."


def frame(summary: Summary) -> dict:
    """The fields of ``Page`` that are the same for every reader, but for ``definitions``."""
    return {
        "title": f"{PAGE}, {day(summary.first)} to {day(summary.last)}",
        "reader": summary.reader.value,
        "length": summary.choices.length.value,
        "paper": summary.choices.paper,
        "name": one_line(summary.name),
        "born": f"born {day(summary.born)}" if summary.born else "",
        "heading": heading(summary),
        "period": period(summary),
        "coverage": coverage(summary),
        "left_out": left_out_sentence(summary),
        "made": f"made {day(summary.made_on)}",
    }


PAGE = "Taper summary"


def heading(summary: Summary) -> str:
    """Taper summary for Dr M. Sample, prescriber · appointment 9 Apr 2013."""
    if summary.visit is None:
        return f"{PAGE} for the {summary.reader.value}"
    return f"{PAGE} for {one_line(summary.visit.who)} · appointment {day(summary.visit.date)}"


def period(summary: Summary) -> str:
    """13 Aug 2012 – 8 Apr 2013, 239 days."""
    return f"{span(summary.first, summary.last, year=True)}, {days_text(summary.days)}"


def coverage(summary: Summary) -> str:
    """Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights."""
    parts = [f"Entries on {summary.entry_days:,} of {days_text(summary.days)}"]
    due = sum(medication.coverage.due for medication in summary.medications)
    if due:
        recorded = sum(medication.coverage.recorded for medication in summary.medications)
        what = "days" if len(summary.medications) == 1 else "dose days"
        parts.append(f"doses recorded on {recorded:,} of {due:,} {what}")
    parts.append(f"sleep on {count(summary.sleep_nights, 'night')}")
    return " · ".join(parts)


def now_words(summary: Summary) -> str:
    """In the last 28 days; since 15 Nov (13 days): the days that are "now" on this page."""
    now = summary.compared.now
    if _is_one_of_several(summary):
        return f"in the {last_days_text(now.days)}"
    return f"since {dated(summary)(now.first)} ({days_text(now.days)})"


def now_stretch(summary: Summary) -> str:
    """The same as a stretch: last 28 days; 13 days since 15 Nov."""
    now = summary.compared.now
    if _is_one_of_several(summary):
        return last_days_text(now.days)
    return f"{days_text(now.days)} since {dated(summary)(now.first)}"


def _is_one_of_several(summary: Summary) -> bool:
    """Whether "now" is the last of several stretches of 28 days, not all there is since a change or the first day."""
    return sum(block.kind == summary.blocks[-1].kind for block in summary.blocks) > 1


def dated(summary: Summary) -> Callable[[dt.date], str]:
    """How this page writes a day: 8 Apr; with its year where the period leaves open which one is meant."""
    is_short = summary.days <= YEAR
    return lambda date: day(date, year=not (is_short and summary.first <= date <= summary.last))


def definitions(summary: Summary, blocks: Collection[Block], *, has_burden: bool = False) -> str:
    """What the words of these blocks mean, and where the rules stand. Only what is on the page.

    ``has_burden``: whether the picture has a strip of it.
    """
    names = set(_names(blocks))
    before = summary.compared.before
    sentences = ["Patient-recorded; not a clinical assessment.", RATINGS]
    if "overview" in names and summary.days <= LONG_PERIOD:
        # Over more days the picture's own note says what its lines are.
        sentences.append(CHART)
    if before:
        dashed = " (dashed)" if "overview" in names else ""
        days = span(before.first, before.last, year=True)
        sentences.append(f"{summary.before_words.capitalize()}{dashed}: mean of {days}.")
    if "steps" in names:
        sentences.append(STEPS)
    if "overview" in names and has_burden and summary.burden_of:
        sentences.append(f"Burden: mean of {count(summary.burden_of, 'symptom')}.")
    asked = [scored.score for scored in summary.scores if scored.is_questionnaire]
    named = [f"{one.name} ({source(one)})" for one in asked if source(one)]
    if named and summary.choices.has("scores"):
        sentences.append(f"Bands: {', '.join(named)}.")
    return " ".join([*sentences, "Gaps are not filled in.", RULES])


def _names(blocks: Collection[Block]):
    for block in blocks:
        yield block.name
        if isinstance(block, Beside):
            yield from _names(block.blocks)


def source(score: Score) -> str:
    """Who published a questionnaire's bands: "Kroenke 2001"; blank for what is no questionnaire."""
    one = next((one for one in QUESTIONNAIRES.values() if score.name.startswith(one.name)), None)
    if one is None:
        return ""
    found = SOURCES[one.sources["bands"][0]]
    author = found.publisher.replace(" and ", ",").split(",")[0]
    return f"{author} {found.year}" if found.year else author
