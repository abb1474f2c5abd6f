"""The prescriber's page: the situation in two lines, facts, what was taken and what followed, before and since."""

from collections.abc import Sequence
from fractions import Fraction

from journal.analysis.numbers import rating_text, round_half_up
from journal.analysis.titles import CHANGED, days_text, in_sentence, points_text
from journal.catalogue.summary import Length
from journal.summary.build_levels import LEAST
from journal.summary.facts import facts
from journal.summary.fit import Fit
from journal.summary.foot import foot, private_blocks, substances_lines
from journal.summary.head import definitions, frame, now_stretch, now_words
from journal.summary.levels_table import levels_table
from journal.summary.model import Level, Summary
from journal.summary.page import Block, Page, Picture
from journal.summary.pictures import described, has_picture
from journal.summary.responses_table import responses_tables
from journal.summary.score_words import before_and_now
from journal.summary.scores_table import scores_tables
from journal.summary.steps_table import dose_tables
from journal.summary.taken_words import name_of, no_medication
from journal.summary.words import NB, count, cut, day, start
from journal.taper.words import mg_words

MOST_MOVED = 3
UP_DOWN = (("up", True), ("down", False))
MOST_LETTERS = 94
"""Of a line of the situation, which is not to break."""
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
    if not summary.choices.has("chart") or summary.is_empty or not has_picture(summary, name):
        return []
    words = described(summary, fit, name)
    return [Picture(name, words.title, words.description, words.note)]


# -- the situation ----------------------------------------------------------------------------------------------------


def situation(summary: Summary, fit: Fit) -> tuple[str, ...]:
    """What is taken and since when; then what changed most, and the first score: two lines at most."""
    if not summary.entry_days:
        return (dose_line(summary), NOTHING_RECORDED)
    return tuple(line for line in (dose_line(summary), level_line(summary, fit)) if line)


def dose_line(summary: Summary) -> str:
    """Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks."""
    if not summary.medications:
        return no_medication(summary)
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
    """Restlessness, agitation, irritability: up by 1 point (last 28 days against before the taper). Then a score.

    As much of it as a line holds: the symptoms before the stretches, these before the score.
    """
    scores = summary.scores[: fit.scores] if summary.choices.has("scores") else ()
    score = next((text for one in scores if (text := before_and_now(one))), "")
    now = now_stretch(summary)
    whole, short = f" ({now} against {summary.before_words})", f" ({now})"
    tries = ((24, whole, score), (24, short, score), (24, whole, ""), (24, short, ""), (12, short, ""), (12, "", ""))
    line = ""
    for most, days, which in tries:
        line = " ".join(part for part in (_symptoms(summary, most, days), which) if part)
        if line and len(line) <= MOST_LETTERS:
            return line
    return line


def _symptoms(summary: Summary, most: int, days: str) -> str:
    """What changed from before the taper to now: the figures of the table. ``days``: which days that compares."""
    if summary.blocks[0].kind != "before":
        return _now(summary, most)
    known = [one for one in summary.shifts if one.change is not None]
    if not known:
        return _too_few(summary)
    moved = [one for one in known if abs(round_half_up(one.change, 1)) >= CHANGED][:MOST_MOVED]
    if moved:
        up, down = (_moved(word, [one for one in moved if (one.change > 0) is is_up], most) for word, is_up in UP_DOWN)
        return f"{start('; '.join(part for part in (up, down) if part))}{days}."
    if len(known) == len(summary.shifts):
        return f"No symptom changed by 0.5 or more{days}."
    if len(known) == 1:
        return f"{cut(known[0].name, most)}, of which enough days are rated, changed by less than 0.5{days}."
    return f"None of the {len(known)} symptoms that can be compared changed by 0.5 or more{days}."


def _moved(word: str, those: Sequence[Level], most: int) -> str:
    """Restlessness, agitation: up by 1 to 2 points."""
    names = ", ".join(in_sentence(cut(one.name, most)) for one in those)
    return f"{names}: {word} by {points_text([one.change for one in those])}" if those else ""


def _too_few(summary: Summary) -> str:
    """Too few rated days since 13 Oct to compare with before the taper (6 of 6 days). Blank where none was rated."""
    if not summary.shifts:
        return ""
    first, last = (max((one.means[at].n for one in summary.shifts if one.means[at]), default=0) for at in (0, -1))
    now = summary.compared.now
    if last < LEAST:
        when = now_words(summary).partition(" (")[0]
        return f"Too few rated days {when} to compare with {summary.before_words} ({last} of {days_text(now.days)})."
    if first < LEAST:
        return f"Too few rated days {summary.before_words} to compare with ({first} of {days_text(_before(summary))})."
    return f"No symptom has enough rated days to compare with {summary.before_words}."


def _before(summary: Summary) -> int:
    return summary.blocks[0].span.days


def _now(summary: Summary, most: int) -> str:
    """Without days before a change there is nothing to compare with: Restlessness 2.0, agitation 1.3 since 28 Sep …"""
    now = [one for one in summary.measures if one.recent]
    if not now:
        return ""
    told = ", ".join(f"{in_sentence(cut(one.measure.name, most))} {rating_text(one.recent.value)}" for one in now)
    fewest = min(one.recent.n for one in now)
    rated = f", rated on {fewest} or more" if fewest < summary.compared.now.days else ""
    return f"{start(told)} {now_words(summary)}{rated}."
