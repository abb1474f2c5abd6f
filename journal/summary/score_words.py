"""A questionnaire or a score of the person's own in words: its scale, its values, what they did over the taper."""

import datetime as dt
from decimal import Decimal

from journal.analysis.numbers import mg_text, rating_text
from journal.catalogue.summary import Length
from journal.summary.fit import Fit
from journal.summary.head import dated, source
from journal.summary.model import Scored, Summary, TakenMedication
from journal.summary.words import NB, count, cut, day
from journal.taper.words import mg_words

NAME_LETTERS = 40
BRIEF_SCORES = 2


def most_scores(summary: Summary, fit: Fit) -> int | None:
    """So many scores are told of; None for all of them."""
    room = BRIEF_SCORES if summary.choices.length == Length.BRIEF else None
    return min((one for one in (room, fit.scores) if one is not None), default=None)


def scale_of(scored: Scored) -> str:
    """1–5; blank where it has no ends. Its unit where it has one: "kg"."""
    ends = scored.score.ends
    return f"{mg_text(ends[0])}–{mg_text(ends[1])}" if ends else cut(scored.score.unit, 20)


def with_scale(scored: Scored, most: int = NAME_LETTERS) -> str:
    """Depression score (1–5); PHQ-9 (0–27; Kroenke 2001)."""
    published = source(scored.score) if scored.is_questionnaire else ""
    inside = "; ".join(part for part in (scale_of(scored), published) if part)
    name = cut(scored.score.name, most)
    return f"{name} ({inside})" if inside else name


def value_text(scored: Scored, value: Decimal) -> str:
    """One value: a total whole, of a scale with decimals one of them always."""
    is_whole = all(one == int(one) for one in scored.score.values.values())
    return mg_text(value) if is_whole else rating_text(value)


def before_and_now(scored: Scored) -> str:
    """Depression score 1.1 → 1.9 (5 and 4 scores). Of one score now its day: PHQ-9 9 on 3 Nov (mean of 3 before: 3.7).

    Blank where one of the two is not known, and of what is no scale with two ends, such as a weight.
    """
    score, before, now = scored.score, scored.score.before, scored.score.now
    if before is None or now is None or not is_scale(scored):
        return ""
    name = cut(score.name, 24)
    if now.n > 1:
        return (
            f"{name} {rating_text(before.value)} → {rating_text(now.value)} ({before.n} and {count(now.n, 'score')})."
        )
    last = max(score.values)
    what = (
        f"mean of {before.n} before: {rating_text(before.value)}"
        if before.n > 1
        else "1 before: " + rating_text(before.value).removesuffix(".0")
    )
    return f"{name} {value_text(scored, score.values[last])} on {day(last, False)} ({what})."


def is_scale(scored: Scored) -> bool:
    """Whether it has two ends and no unit: a questionnaire, a score from 1 to 5; not a weight."""
    return scored.is_questionnaire or (not scored.score.unit and None not in (scored.score.low, scored.score.high))


def score_sentence(summary: Summary, scored: Scored, *, short: bool = False, is_first: bool = True) -> str:
    """Before 1.0–1.3 (5 scores), during 1.1–1.6 (6). From 31 Dec (day 42 at 0 mg) all 12 above 1.3; last 2.2 on …

    ``short``: without the source, which the definitions have, and of all but the first without the second sentence.
    """
    values = scored.score.values
    if not values:
        return ""
    stretches = [("before", scored.before), ("during", scored.during)]
    tells_above = scored.above > 1 and scored.before is not None and (is_first or not short)
    if not tells_above:
        stretches.append(("since", _since(summary, scored)) if scored.before else ("", _range(list(values.values()))))
    told = []
    for word, found in stretches:
        if found:
            low, high, n = found
            ends = dict.fromkeys((value_text(scored, low), value_text(scored, high)))
            counted = f"{n:,}" if told else count(n, "score" if is_scale(scored) else "value")
            told.append(f"{word} {'–'.join(ends)} ({counted})".strip())
    text = ", ".join(told)
    parts = [text[:1].upper() + text[1:]]
    if tells_above:
        parts.append(_above(summary, scored))
    last = max(values)
    end = f"last {value_text(scored, values[last])} on {dated(summary)(last)}"
    published = source(scored.score) if scored.is_questionnaire and not short else ""
    if scored.band or published:
        end += f", {scored.band}" + (f" ({published})" if published else "")
    return f"{'. '.join(part for part in parts if part)}; {end}."


def _since(summary: Summary, scored: Scored) -> tuple[Decimal, Decimal, int] | None:
    first = next((block.span.first for block in summary.blocks if block.kind == "since"), None)
    return _range([value for day, value in scored.score.values.items() if first and day >= first])


def _range(values: list[Decimal]) -> tuple[Decimal, Decimal, int] | None:
    return (min(values), max(values), len(values)) if values else None


def _above(summary: Summary, scored: Scored) -> str:
    """From 31 Dec (day 42 at 0 mg) all 12 above 1.3, earlier 2 of 8: of the scores between, too, where any were."""
    day = scored.above_from
    at = _dose_day(summary.medications[0], day) if summary.medications else ""
    highest = value_text(scored, scored.before[1])
    which = "both" if scored.above == 2 else f"all {scored.above:,}"
    earlier, of = scored.above_earlier
    also = f", earlier {earlier:,} of {of:,}" if earlier else ""
    return f"From {dated(summary)(day)}{f' ({at})' if at else ''} {which} above {highest}{also}"


def _dose_day(medication: TakenMedication, day: dt.date) -> str:
    """Day 42 at 0 mg; blank before its first dose. A hold at the same mg does not begin it anew."""
    since = mg = None
    for line in medication.lines:
        if line.row.starts_on <= day and line.row.mg != mg:
            since, mg = line.row.starts_on, line.row.mg
    return "" if since is None else f"day{NB}{(day - since).days} at {mg_words(mg)}"
