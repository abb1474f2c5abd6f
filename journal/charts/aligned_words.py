"""The words of the aligned chart: its title and note, what followed each change as a sentence, and as a row."""

from collections.abc import Sequence

from journal.analysis.followed_words import back_text, not_back_text
from journal.analysis.numbers import count_text, mg_text, rating_text, round_half_up
from journal.analysis.rates import rates
from journal.analysis.responses import LEAST_BEFORE, WEEK, Response, State
from journal.analysis.titles import days_text, in_sentence

from .measure import clean
from .theme import day_text

MOST_LISTED = 12  # changes that a note names


def name_of(response: Response) -> str:
    """'37 → 25 mg, 22 Oct 2012'."""
    change = response.change
    return f"{mg_text(change.before)} → {mg_text(change.mg)} mg, {day_text(change.day, year=True)}"


def doses_of(response: Response) -> str:
    """'37→25': how a change is called in the picture."""
    return clean(f"{mg_text(response.change.before)}→{mg_text(response.change.mg)}")


def title_of(data) -> str:
    """After how many of the changes the rule found a rise (of mood a fall); those it cannot tell of do not count.

    What is private has no name here, nor how it went.
    """
    whose = f" of {clean(data.medication)}" if clean(data.medication) else ""
    changes, known = len(data.responses), [response for response in data.responses if response.is_known]
    if data.private:
        return f"Your ratings after {count_text(changes)} dose change{'' if changes == 1 else 's'}{whose}"
    name, rose = in_sentence(clean(data.name) or "Ratings"), sum(response.rose for response in known)
    if changes == 1:
        return _started(_title_of_one(data, name, f"the one dose change{whose}", known))
    if not known:
        return f"Too few rated days to compare {name} after any of {changes:,} dose changes{whose}"
    if len(known) == 1:
        return _started(_title_of_one(data, name, f"the one dose change{whose} that can be compared", known))
    all_of_them = f"{changes:,} dose changes{whose}"
    if len(known) < changes:
        all_of_them = f"the {len(known):,} dose changes{whose} that can be compared"
    if not rose:
        return f"No {'fall' if data.better == 'up' else 'rise'} in {name} after any of {all_of_them}"
    return _started(f"{name} {'fell' if data.better == 'up' else 'rose'} after {rose:,} of {all_of_them}")


def _title_of_one(data, name: str, which: str, known: list[Response]) -> str:
    if not known:
        return f"too few rated days to compare {name} after {which}"
    if data.better == "up":
        return f"{name} {'fell' if known[0].rose else 'did not fall'} after {which}"
    return f"{name} {'rose' if known[0].rose else 'did not rise'} after {which}"


def _started(text: str) -> str:
    return text[:1].upper() + text[1:]


def note_of(data, unnamed: Sequence[Response] = ()) -> str:
    """What lines, dots and grounds are: of what this drawing really has. ``unnamed``: rises without room for a name."""
    drawn_is = [f"Drawn: {in_sentence(clean(data.name))}."] if data.private and clean(data.name) else []
    if not data.lines:
        nothing = f"Nothing is drawn: no change has {LEAST_BEFORE} rated days in the week before, to compare with."
        return " ".join([*drawn_is, nothing])
    fell = data.better == "up"
    sentences = [*drawn_is, "Mean of 3 days, minus the mean of the 7 days before the change."]
    if any(line.response.cut for line in data.drawn):
        sentences.append("A line ends where the next change came.")
    if len(data.lines) > 1:
        sentences.append("Firm: the latest, with its days as points.")
    elif data.latest.days:
        sentences.append("Points: days.")
    if data.rose or data.latest.response.rose:
        sentences.append(f"Dot and label: {'fell' if fell else 'rose'} by 1 or more.")
    if unnamed:
        sentences.append(f"Also {'fell' if fell else 'rose'}: {_listed(unnamed)}.")
    if any(line.response.change.is_increase for line in data.drawn):
        sentences.append("Dashed: an increase.")
    sentences.append("Shaded: within 1.")
    if data.is_crowded:
        others = f"the middle half of the other {len(data.others)}, in the week before of all but the latest"
        sentences.append(f"Between the thin lines: {others}.")
    missing = len(data.responses) - len(data.lines)
    if missing:
        which = "1 change" if missing == 1 else f"{missing} changes"
        sentences.append(f"Not drawn: {which} with under {LEAST_BEFORE} rated days in the week before.")
    return " ".join([*sentences, quiet_sentence(data)])


def quiet_sentence(data) -> str:
    """Beside the count of rises in the heading: how often the same rule finds one without a change."""
    rows = [row for row in rates(data.responses, data.quiet).rows if row.stretches]
    word = "fall" if data.better == "up" else "rise"
    if not rows:
        return f"No stretch of days without a change is long enough to look for a {word} there."
    told = []
    for row in rows:
        plural = "" if row.stretches == 1 else "es"
        of = f"stretch{plural} of {days_text(row.days)}" if row.days else f"other stretch{plural}"
        told.append(f"{row.quiet_rises} of {row.stretches} {of}")
    return f"Without a change, the same rule finds a {word} in {', '.join(told)}."


def _listed(responses: Sequence[Response]) -> str:
    """Their doses in the order of their days; of very many the first ones, for the table has all."""
    names = [doses_of(response) for response in sorted(responses, key=lambda one: one.change.day)]
    rest = len(names) - MOST_LISTED
    return ", ".join(names) if rest <= 0 else f"{', '.join(names[:MOST_LISTED])} and {rest:,} more, in the table"


def description_of(data) -> str:
    """The text alternative: the numbers of each change, of many those that rose and the latest."""
    told = [line.response for line in data.drawn] if data.is_crowded else data.responses
    name = in_sentence(clean(data.name) or "ratings")
    sentences = [f"{len(data.responses)} dose changes, {name} in the week before and up to 27 days after."]
    sentences += [f"{name_of(response)}: {followed(response, data.better)}." for response in told]
    if data.is_crowded:
        sentences.append(f"{len(data.others)} more without a rise.")
    return " ".join(sentences)


def followed(response: Response, better: str) -> str:
    """'before 1.1, highest 2.7 on day 5, not back by day 6, when the next change came'."""
    worst = "lowest" if better == "up" else "highest"
    if response.baseline is None:
        return f"not compared, {response.baseline_n} of the {WEEK} days before rated"
    before = f"before {rating_text(response.baseline)}"
    if not response.is_known:
        return f"{before}, too little rated after it"
    if not response.rose:
        return f"{before}, no {'fall' if better == 'up' else 'rise'} of 1 or more"
    back = f"back by day {response.return_day}" if response.state == State.RETURNED else not_back_text(response)
    return f"{before}, {worst} {rating_text(response.peak)} on day {response.peak_day}, {back}"


def changes_table(data):
    """(headers, rows): a row a change, also of those that are not drawn. Days count from 0, that of the change."""
    lower = data.better == "up"
    headers = (
        "change", "week before", "days rated before", "fall from day" if lower else "rise from day",
        "lowest" if lower else "highest", "on day", "back by day",
    )  # fmt: skip
    return headers, [_row(response) for response in data.responses]


def _row(response: Response) -> tuple:
    base, peak = response.baseline, response.peak
    return (
        name_of(response),
        None if base is None else round_half_up(base, 1),
        response.baseline_n,
        _onset(response),
        None if peak is None else round_half_up(peak, 1),
        response.peak_day,
        response.return_day if response.state == State.RETURNED else back_text(response),
    )


def _onset(response: Response) -> int | str:
    if response.baseline is None:
        return "not compared"
    if not response.is_known:
        return "too little rated"
    return "none" if response.onset is None else response.onset
