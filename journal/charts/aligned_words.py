"""The words of the aligned chart: its title and note, what followed each change as a sentence, and as a row."""

from journal.analysis.numbers import NOTHING, mg_text, rating_text, round_half_up
from journal.analysis.responses import LEAST_BEFORE, WEEK, Response, State
from journal.analysis.titles import in_sentence

from .measure import clean
from .theme import day_text

NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]


def number_text(number: int) -> str:
    """In words up to twelve: 'nine', '40'."""
    return NUMBERS[number] if number < len(NUMBERS) else f"{number:,}"


def name_of(response: Response) -> str:
    """'37 → 25 mg, 22 Oct 2012'."""
    change = response.change
    return f"{mg_text(change.before)} → {mg_text(change.mg)} mg, {day_text(change.day, year=True)}"


def title_of(data) -> str:
    """What is drawn, and after how many changes."""
    name, whose = clean(data.name) or "Ratings", f" of {clean(data.medication)}" if clean(data.medication) else ""
    changes, drawn = len(data.responses), len(data.lines)
    if changes == 1:
        return f"{name} after the dose change{whose} on {day_text(data.responses[0].change.day, year=True)}"
    if drawn == changes:
        return f"{name} after each of the {number_text(changes)} dose changes{whose}"
    return f"{name} after {number_text(drawn)} of the {number_text(changes)} dose changes{whose}"


def note_of(data) -> str:
    """What lines, dots and grounds are: of what this drawing really has."""
    if not data.lines:
        return f"Nothing is drawn: no change has {LEAST_BEFORE} rated days in the week before, to compare with."
    fell = data.better == "up"
    sentences = ["Mean of 3 days, minus the mean of the 7 days before the change."]
    if any(line.response.cut for line in data.drawn):
        sentences.append("A line ends where the next change came.")
    if len(data.lines) > 1:
        sentences.append("Firm: the latest, with its days as points.")
    elif data.latest.days:
        sentences.append("Points: days.")
    if data.rose or data.latest.response.rose:
        sentences.append(f"Dot and label: {'fell' if fell else 'rose'} by 1 or more.")
    sentences.append("Shaded: within 1.")
    if data.is_crowded:
        others = f"the middle half of the other {len(data.others)}, in the week before of all but the latest"
        sentences.append(f"Between the thin lines: {others}.")
    missing = len(data.responses) - len(data.lines)
    if missing:
        which = "1 change" if missing == 1 else f"{missing} changes"
        sentences.append(f"Not drawn: {which} with under {LEAST_BEFORE} rated days in the week before.")
    return " ".join(sentences)


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
    back = {
        State.RETURNED: f"back by day {response.return_day}",
        State.CUT: f"not back by day {response.window.days - 1}, when the next change came",
        State.NOT_YET: f"not back by day {response.seen}",
    }[response.state]
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
        _back(response),
    )


def _onset(response: Response) -> int | str:
    if response.baseline is None:
        return "not compared"
    if not response.is_known:
        return "too little rated"
    return "none" if response.onset is None else response.onset


def _back(response: Response) -> int | str:
    return {
        State.RETURNED: response.return_day,
        State.CUT: f">{response.window.days - 1}",
        State.NOT_YET: f"not yet, day {response.seen}",
    }.get(response.state, NOTHING)
