"""The foot of the page: what helped, what is asked, what the person wants to talk about, the box, what was chosen.

A section that is switched off gives None, never an empty heading; one that is on and has nothing says so.
"""

from journal.analysis.numbers import rating_text
from journal.analysis.practice import SHOWN_FROM
from journal.analysis.titles import in_sentence
from journal.catalogue.summary import Reader
from journal.models import Question
from journal.queries.private_items import PrivateItem
from journal.summary.fit import Fit
from journal.summary.model import Practised, Substance, Summary
from journal.summary.page import LEFT_OUT, Beside, Block, Box, Lines
from journal.summary.words import NB, count, cut, day, more, one_line, start, times

NOT_RECORDED = "Not recorded in this period."
NAMED = 3
"""So many skills with too few ratings are named, the others counted."""
NAME_LETTERS = 40
KINDS = {
    Question.Kind.SIDE_EFFECT: "Side effect: ",
    Question.Kind.REQUEST: "Request: ",
    Question.Kind.TOPIC: "To talk about: ",
}
BOXES = {
    Reader.PRESCRIBER: ("Dose, and from when", "If it gets worse", "Next review", "Signed, date"),
    Reader.THERAPIST: ("Practise", "Try", "Next time"),
}
WIDTHS = {"helped": 28, "topics": 33, "questions": 36, "agreed": 33}
"""How wide each block at the foot is, in parts of what stands beside each other."""


def foot(summary: Summary, fit: Fit) -> tuple[Block, ...]:
    """What stands side by side at the foot of the last page: for a prescriber what helped, what is asked and the box;
    for a therapist what the person wants to talk about, what is asked and the box. Empty where all are switched off.
    """
    first = helped_lines if summary.reader == Reader.PRESCRIBER else topics_lines
    found = (first(summary, fit), questions_lines(summary, fit), agreed_box(summary))
    blocks = tuple(block for block in found if block is not None)
    if not blocks:
        return ()
    return (Beside(blocks, tuple(WIDTHS[block.name] for block in blocks)),)


# -- what helped ----------------------------------------------------------------------------------------------------


def helped_lines(summary: Summary, fit: Fit) -> Lines | None:
    """Walk outside: 6.3 → 3.0 (9 times). The largest fall first; under five rated practices there is no figure."""
    if not summary.choices.has("helped"):
        return None
    told = [skill for skill in summary.practised if skill.before is not None and skill.after is not None]
    lower = sorted((one for one in told if one.after < one.before), key=_by_fall)
    other = sorted((one for one in told if one.after >= one.before), key=lambda one: (-one.n, one.name.casefold()))
    few = [skill for skill in summary.practised if skill not in told]
    lines = [_helped(skill) for skill in lower[: fit.helped]]
    hidden = more(len(lower), fit.helped)
    if fit.helped is None:
        lines += [f"Not lower after: {_listed([_helped(one) for one in other])}"] if other else []
        lines += [few_words([(one.name, one.n, one.times) for one in few])] if few else []
    elif hidden or other:
        counts = [f"{hidden} with distress lower after"] * bool(hidden) + [f"{len(other)} not lower"] * bool(other)
        lines.append(f"{'More' if hidden else 'Also'}: {', '.join(counts)}.")
    note = f"Median distress, 0–10, before → after; from {SHOWN_FROM} practices on." if told else ""
    return Lines("helped", "What helped", tuple(lines) or (NOT_RECORDED,), note=note)


def few_words(skills: list[tuple[str, int, int]]) -> str:
    """Practised, rated before and after fewer than 5 times: Worry time (3 of 4 times). Of so few there is no figure.

    ``skills``: name, how many times it was rated, and practised.
    """
    named = _listed([f"{_name(name)} ({_rated(n, of)})" for name, n, of in skills])
    return f"Practised, rated before and after fewer than {SHOWN_FROM} times: {named}."


def _by_fall(skill: Practised) -> tuple:
    return skill.after - skill.before, -skill.n, skill.name.casefold()


def _helped(skill: Practised) -> str:
    of = _rated(skill.n, skill.times)
    return f"{_name(skill.name)}: {rating_text(skill.before)} → {rating_text(skill.after)} ({of})"


def _rated(n: int, of: int) -> str:
    return f"{n:,} of {times(of)}" if n < of else times(n)


def _name(name: str) -> str:
    return cut(name, NAME_LETTERS)


def _listed(words: list[str]) -> str:
    hidden = more(len(words), NAMED)
    return ", ".join(words[:NAMED]) + (f" and {hidden} more" if hidden else "")


# -- what the person asks, and wants to talk about ------------------------------------------------------------------


def questions_lines(summary: Summary, fit: Fit) -> Lines | None:
    """Numbered, as the person wrote them; a side effect, a request and a topic say that they are one."""
    if not summary.choices.has("questions"):
        return None
    asked = [KINDS.get(one.kind, "") + cut(one.text, fit.question_letters) for one in summary.questions]
    return _written("questions", "Asked today", asked, fit, "No question noted.", numbered=True)


def topics_lines(summary: Summary, fit: Fit) -> Lines | None:
    """What the person wants to talk about, in their words."""
    if not summary.choices.has("topics"):
        return None
    topics = [cut(text, fit.question_letters) for text in summary.topics]
    return _written("topics", "What I want to talk about", topics, fit, "Nothing noted.", dashed=True)


def _written(name: str, title: str, lines: list[str], fit: Fit, nothing: str, **marks: bool) -> Lines:
    hidden = more(len(lines), fit.questions)
    note = f"{hidden} more, not on this page." if hidden else ""
    if not lines:
        return Lines(name, title, (nothing,))
    return Lines(name, title, tuple(lines[: fit.questions]), note=note, **marks)


# -- substances -----------------------------------------------------------------------------------------------------


def substances_lines(summary: Summary) -> Lines | None:
    """Alcohol: on 9 of 162 days recorded, mean 0.4 units a day. A day that says nothing is not a day without."""
    if not summary.choices.has("substances"):
        return None
    lines = tuple(_substance(one) for one in summary.substances if one.n)
    return Lines("substances", "Alcohol and other substances", lines or (NOT_RECORDED,))


def _substance(one: Substance) -> str:
    days = f"{start(one_line(one.name))}: on {one.used:,} of {count(one.n, 'day')} recorded"
    if not one.used:
        return f"{days}."
    unit = f" {one_line(one.unit)}" if one.unit else ""
    return f"{days}, mean {rating_text(one.mean.value)}{unit} a{NB}day recorded."


# -- the box, and what was chosen -----------------------------------------------------------------------------------


def agreed_box(summary: Summary) -> Box | None:
    """What is filled in by hand while the two sit together."""
    if not summary.choices.has("agreed"):
        return None
    return Box("Agreed today", BOXES[summary.reader])


def private_blocks(summary: Summary, fit: Fit) -> tuple[Lines, ...]:
    """What is private and was switched on one by one, a block a kind, each with its day and what it is of."""
    room = fit.private_items
    blocks = []
    for group in summary.private:
        shown = group.items[:room]
        if room is not None:
            room -= len(shown)
        hidden = len(group.items) - len(shown)
        lines = tuple(_private(item, fit.private_letters) for item in shown)
        is_cut = any(cut(item.text, fit.private_letters) != one_line(item.text) for item in shown)
        notes = [f"{hidden} more chosen, not on this page."] if hidden else []
        notes += ["“…”: shortened to fit; there is more."] if is_cut else []
        note = " ".join(notes)
        if group.items:
            title = f"Included by choice: {in_sentence(group.title)}"
            blocks.append(Lines(f"private-{group.kind}", title, lines, note=note))
    return tuple(blocks)


def _private(item: PrivateItem, most: int | None) -> str:
    """3 Nov 2026, note of the day: slept badly, short with Robin."""
    about = ", ".join(part for part in (day(item.day) if item.day else "", in_sentence(one_line(item.label))) if part)
    text = cut(item.text, most)
    return start(f"{about}: {text}" if about and text else about or text)


def left_out_sentence(summary: Summary) -> str:
    """That something was left out by choice, where it was; what it was is not said."""
    return LEFT_OUT if summary.left_out else ""
