"""The prescriber's page: the situation in two lines, facts, what was taken and what followed, before and since."""

from collections.abc import Sequence
from fractions import Fraction

from journal.analysis.numbers import rating_text, round_half_up
from journal.analysis.titles import CHANGED, days_text, in_sentence, last_days_text, points_text
from journal.catalogue.summary import Length
from journal.summary.facts import facts
from journal.summary.fit import Fit
from journal.summary.foot import foot, private_blocks, substances_lines
from journal.summary.head import definitions, frame
from journal.summary.levels_table import levels_table
from journal.summary.model import Measured, Summary
from journal.summary.page import Block, Page, Picture
from journal.summary.pictures import described, has_picture
from journal.summary.responses_table import responses_tables
from journal.summary.score_words import before_and_now
from journal.summary.scores_table import scores_tables
from journal.summary.steps_table import dose_tables
from journal.summary.taken_words import name_of
from journal.summary.words import NB, count, cut, day, start
from journal.taper.words import mg_words

MOST_LETTERS = 94
"""Of a line of the situation, which is not to break."""
NO_MEDICATION = "No medication recorded."
NOTHING_RECORDED = "Nothing was recorded in this period."


def present_prescriber(summary: Summary, fit: Fit) -> Page:
    """All words of the page, in the order of the chart guide's section 8."""
    sections = tuple(_sections(summary, fit))
    below = foot(summary, fit)
    return Page(
        **frame(summary),
        situation=situation(summary, fit),
        facts=facts(summary, fit),
        sections=sections,
        foot=below,
        definitions=definitions(summary, [*sections, *below], has_burden=fit.burden and "burden" in summary.strips),
    )


def _sections(summary: Summary, fit: Fit) -> list[Block]:
    overview, levels = _picture(summary, fit, "overview"), levels_table(summary, fit)
    levels = [levels] if levels else []
    doses = dose_tables(summary, fit)
    private = list(private_blocks(summary, fit))
    if summary.choices.length == Length.BRIEF:
        return [*overview, *doses, *levels, *private]
    substances = substances_lines(summary) if any(one.n for one in summary.substances) else None
    return [
        # The first page of two; the other one begins with what was taken. ``fitted`` has other orders, where they help.
        *overview,
        *levels,
        *doses,
        *responses_tables(summary, fit),
        *_picture(summary, fit, "squares"),
        *scores_tables(summary, fit),
        *([substances] if substances else []),
        *private,
    ]


def _picture(summary: Summary, fit: Fit, name: str) -> list[Picture]:
    is_empty = not summary.entry_days and not summary.medications
    if not summary.choices.has("chart") or is_empty or not has_picture(summary, name):
        return []
    words = described(summary, fit, name)
    return [Picture(name, words.title, words.description, words.note)]


# -- the situation ----------------------------------------------------------------------------------------------------


def situation(summary: Summary, fit: Fit) -> tuple[str, ...]:
    """What is taken and since when; then what rose most, and the first score: two lines at most."""
    if not summary.entry_days:
        return (dose_line(summary), NOTHING_RECORDED)
    return tuple(line for line in (dose_line(summary), level_line(summary, fit)) if line)


def dose_line(summary: Summary) -> str:
    """Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks."""
    if not summary.medications:
        return NO_MEDICATION
    main = summary.medications[0]
    now = f"{mg_words(main.mg)} since {day(main.mg_since)}"
    held = f" ({days_text((summary.last - main.mg_since).days + 1)})"
    way = over = ""
    if main.descent:
        way = f", from {mg_words(main.descent.mg)} in {count(main.descent.reductions, 'reduction')}"
        if main.descent.increases:
            way += f" and {count(main.descent.increases, 'increase')}"
        over = _over((main.descent.last - main.descent.first).days)
    names = name_of(main), start(cut(main.name, 24))
    lines = [f"{name} {now}{rest}." for name in names for rest in (f"{held}{way}{over}", f"{held}{way}", way)]
    return next((line for line in lines if len(line) <= MOST_LETTERS), lines[-1])


def _over(days: int) -> str:
    """Over 8 weeks; of under two weeks over so many days."""
    weeks = round_half_up(Fraction(days, 7))
    if weeks >= 2:
        return f" over {weeks}{NB}weeks"
    return f" over {days_text(days)}" if days else ""


def level_line(summary: Summary, fit: Fit) -> str:
    """Restlessness, agitation, irritability: up by 1 point. Depression score (1–5): 1.1 → 1.9."""
    measures = summary.measures[: fit.measures]
    scores = summary.scores[: fit.scores] if summary.choices.has("scores") else ()
    told = next((one for one in scores if before_and_now(one)), None)
    score = before_and_now(told) if told else ""
    short = before_and_now(told, with_ends=False) if told else ""
    for most, which in ((24, score), (24, short), (12, short)):
        symptoms = _moved(summary, measures, most)
        line = " ".join(part for part in (symptoms, which) if part)
        if len(line) <= MOST_LETTERS:
            return line
    return symptoms or short


def _moved(summary: Summary, measures: Sequence[Measured], most: int) -> str:
    """How far the measures now lie from before the taper, in the sense in which they really moved."""
    known = [one for one in measures if one.before and one.recent]
    if not known:
        now = [one for one in measures if one.recent]
        if not now:
            return ""
        told = ", ".join(f"{in_sentence(cut(one.measure.name, most))} {rating_text(one.recent.value)}" for one in now)
        return f"{start(told)} in the {last_days_text(max(one.recent.days for one in now))}."
    moved = [one for one in known if abs(round_half_up(_difference(one), 1)) >= CHANGED]
    if not moved:
        fell = any(one.change is not None and round_half_up(one.change, 1) <= -CHANGED for one in summary.symptoms)
        return f"No symptom {'rose' if fell else 'changed'} by 0.5 or more."
    parts = []
    for word, those in (
        ("up", [m for m in moved if _difference(m) > 0]),
        ("down", [m for m in moved if _difference(m) < 0]),
    ):
        if those:
            names = ", ".join(in_sentence(cut(one.measure.name, most)) for one in those)
            parts.append(f"{names}: {word} by {points_text([_difference(one) for one in those])}")
    return f"{start('; '.join(parts))}."


def _difference(measured: Measured) -> Fraction:
    return measured.recent.value - measured.before.value
