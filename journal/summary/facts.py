"""The prescriber's facts, a label and a sentence each. What bears on the taper and on illness stands side by side."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from journal.analysis.followed_words import level_sentence, new_text, rise_sentence, step_text
from journal.analysis.numbers import rating_text
from journal.analysis.responses import Response
from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Length
from journal.queries.responses import NewSymptom
from journal.summary.fit import Fit
from journal.summary.head import dated, now_words
from journal.summary.levels_table import dropped_scores
from journal.summary.model import Measured, Summary
from journal.summary.score_words import most_scores, score_sentence
from journal.summary.taken_words import also_taken, background, holds_and_missed, in_period, plans
from journal.summary.told import NOT_RECORDED, Fact, events, listed, not_recorded, substances, with_room
from journal.summary.words import NB, count, cut, start

ALSO = "Also taken"
MOST_NAMES = 6
NAME_LETTERS = 40


def facts(summary: Summary, fit: Fit) -> tuple[Fact, ...]:
    """Label and sentence of each fact that there is; one without anything to say is not there."""
    dropped = dropped_scores(summary, fit)
    return with_room(fit, _guide(summary, fit), _further(summary), whole=(ALSO,), dropped=dropped)


def _guide(summary: Summary, fit: Fit) -> list[Fact]:
    """The facts that the guide wants on every page."""
    has = summary.choices.has
    found: list[Fact] = []
    if has("background"):
        found.append(("Background", background(summary, fit)))
    found.append((ALSO, also_taken(summary, fit)))
    if has("changes"):
        found += [
            ("After changes", after_changes(summary, short=fit.short)),
            ("New or back", new_symptoms(summary, short=fit.short)),
            (level_label(summary), level(summary)),
        ]
    if has("scores"):
        found += [
            (cut(one.score.name, 24), score_sentence(summary, one, short=fit.short, is_first=not place))
            for place, one in enumerate(summary.scores[: most_scores(summary, fit)])
        ]
    return [*found, ("Holds, increases", holds_and_missed(summary, fit)), ("Plan", plans(summary, fit))]


def _further(summary: Summary) -> list[Fact]:
    """The facts that there is often no room for: how it is at home and what else happened."""
    has, is_brief = summary.choices.has, summary.choices.length == Length.BRIEF
    found = [("Sleep", sleep(summary))]
    if not (is_brief and has("levels")):
        # On a brief page the table of levels has it, and that is enough.
        found.append(("Function", function(summary)))
    if has("substances") and is_brief:
        found.append(("Substances", substances(summary)))
    if has("events"):
        found.append(("Events", events(summary)))
    if not is_brief:
        found.append(("Worst days", worst(summary)))
    return [*found, ("Never 1 or more", never(summary)), (NOT_RECORDED, not_recorded(summary))]


# -- what followed changes --------------------------------------------------------------------------------------------


def after_changes(summary: Summary, *, short: bool = False) -> str:
    """Irritability rose by 1 or more after 4 of 9 changes, agitation after 3. Largest: irritability rose …

    First the measure with the most rises; of equals the one with the largest. Then the largest of all of them.
    ``short``: without what came of it, which the table of steps has.
    """
    if not summary.medications or not summary.compared_medications or not summary.measures:
        return ""
    after = [line.followed for line in summary.medications[0].lines if line.followed]
    if not after:
        return ""
    found = [_Told(one, [of_all[place].response for of_all in after]) for place, one in enumerate(summary.measures)]
    found = [one for one in found if one.known]
    if not found:
        return "No change can be compared: too few days were rated around it."
    first = max(found, key=lambda one: (len(one.rose), one.largest))
    changes = f"{count(len(first.known), 'change')}{in_period(summary)}"
    unknown = f" {start(count(first.unknown, 'change'))} could not be compared." if first.unknown else ""
    if not first.rose:
        return f"No rise of 1 or more in {listed([in_sentence(one.name) for one in found])} after {changes}.{unknown}"
    rest = "".join(f", {in_sentence(one.name)} after {_of(one, first)}" for one in found if one is not first)
    most = max([first, *(one for one in found if one is not first)], key=lambda one: one.largest)
    largest = max(most.rose, key=_size)
    sentence = rise_sentence(
        most.name, largest, most.measured.before, summary.before_words, most.measured.measure.better
    )
    which = f"Largest: {in_sentence(sentence)}" if sum(len(one.rose) for one in found) > 1 else sentence
    if short:
        ends = f"{rating_text(largest.baseline)} to {rating_text(largest.peak)} by day {largest.peak_day}"
        which = f"Largest: {in_sentence(most.name)} from {ends} after {step_text(largest)} ({count(largest.n, 'day')})."
    return f"{first.name} rose by 1 or more after {len(first.rose)} of {changes}{rest}.{unknown} {which}"


class _Told:
    """What one measure did after the changes of the main medication."""

    def __init__(self, measured: Measured, responses: Sequence[Response]) -> None:
        self.measured, self.name = measured, cut(measured.measure.name, NAME_LETTERS)
        self.known = [one for one in responses if one.is_known]
        self.rose = [one for one in self.known if one.rose]
        self.unknown = len(responses) - len(self.known)
        self.largest = max(map(_size, self.rose), default=Fraction(0))


def _of(told: _Told, like: _Told) -> str:
    """4; none; 4 of 8 where another number of changes could be compared."""
    rises = f"{len(told.rose)}"
    return (rises if told.rose else "none") if len(told.known) == len(like.known) else f"{rises} of {len(told.known)}"


def _size(response: Response) -> Fraction:
    return abs(response.peak - response.baseline)


def new_symptoms(summary: Summary, *, short: bool = False) -> str:
    """Worry from 3 Oct 2012 (last rated 1 or more on 24 Aug 2012). What was not there in the two weeks before a change.

    ``short``: what the days in brackets are is said once: "worry from 3 Oct (last rated 1 or more 24 Aug), nausea …".
    """
    new: list[NewSymptom] = []
    is_compared = False
    for medication in summary.medications[: summary.compared_medications]:
        for line in medication.lines:
            if line.followed:
                is_compared = True
                new += [one for one in line.followed[0].new if one not in new]
    names = [in_sentence(cut(one.name, NAME_LETTERS)) for one in new[:MOST_NAMES]]
    told = [new_text(name, one.first, one.last) for name, one in zip(names, new, strict=False)]
    if short:
        told = _briefly(names, new, dated(summary))
    if len(new) > MOST_NAMES:
        told.append(f"{len(new) - MOST_NAMES} more")
    none = f"None after a change{in_period(summary)}." if is_compared else ""
    return f"{start('; '.join(told))}." if told else none


def never(summary: Summary) -> str:
    """Dizziness, nausea, dry mouth: symptoms that were rated and never felt."""
    return f"{start(listed([in_sentence(name) for name in summary.never]))}." if summary.never else ""


def _briefly(names: Sequence[str], new: Sequence[NewSymptom], write: Callable) -> list[str]:
    told, is_said = [], False
    for name, one in zip(names, new, strict=False):
        if one.last is None:
            told.append(f"{name} from {write(one.first)} (never before)")
            continue
        told.append(f"{name} from {write(one.first)} (last {'' if is_said else 'rated 1 or more '}{write(one.last)})")
        is_said = True
    return told


def level_label(summary: Summary) -> str:
    """Level since 0 mg; Level since 19 Nov."""
    since = next((one.days_worse.since for one in summary.measures if one.days_worse), None)
    main = summary.medications[0] if summary.medications else None
    if since is None or (main and main.mg == 0 and main.mg_since == since):
        return f"Level since 0{NB}mg"
    return f"Level since {dated(summary)(since)}"


def level(summary: Summary) -> str:
    """3-day mean 1 or more above before the taper: restlessness 84, agitation 57, of 140 days with a 3-day mean."""
    return level_sentence(
        [(cut(one.measure.name, NAME_LETTERS), one.days_worse) for one in summary.measures], summary.before_words
    )


# -- how it was -------------------------------------------------------------------------------------------------------


def sleep(summary: Summary) -> str:
    """Nights under 5 h: 6 of 28 recorded in the last 28 days, 1 of 43 before the taper."""
    found = summary.sleep
    if found is None or not (found.nights or found.nights_before):
        return ""
    parts = []
    now = now_words(summary)
    parts.append(f"{found.short} of {found.nights} recorded {now}" if found.nights else f"none recorded {now}")
    if found.nights_before:
        parts.append(f"{found.short_before} of {found.nights_before} recorded {summary.before_words}")
    return f"Nights under 5{NB}h: {', '.join(parts)}."


def function(summary: Summary) -> str:
    """5.1 in the first block, 4.2 in the last (10 best): the means that are in the table, with their days."""
    found = next((one for one in summary.wellbeing if one.key == "function"), None)
    if found is None or not any(found.means):
        return ""
    told = []
    for block, mean in zip(summary.blocks, found.means, strict=True):
        if mean and block in (summary.blocks[0], summary.blocks[-1]):
            write: Callable = dated(summary)
            days = count(mean.n, "day")
            told.append(
                f"{rating_text(mean.value)} from {write(block.span.first)} to {write(block.span.last)} ({days})"
            )
    return f"{' → '.join(told)}, 10 is best." if told else ""


def worst(summary: Summary) -> str:
    """Restlessness 4.8 on 18 Jan, agitation 5.4 on 4 Apr, lowest mood 3.1 on 9 Mar."""
    best_up = {one.name for one in summary.wellbeing}
    write = dated(summary)
    told = []
    for one in summary.worst[:MOST_NAMES]:
        lowest = "lowest " if one.name in best_up else ""
        told.append(f"{lowest}{in_sentence(cut(one.name, NAME_LETTERS))} {rating_text(one.value)} on {write(one.day)}")
    return f"{start(', '.join(told))}." if told else ""
