"""The foot of the summary: what helped, what is asked, substances, the box, and what was chosen."""

import datetime as dt
from dataclasses import replace

import pytest

from journal.catalogue.summary import Reader
from journal.queries.private_items import PrivateGroup, PrivateItem
from journal.summary.fit import LADDER, Fit
from journal.summary.foot import (
    agreed_box,
    foot,
    helped_lines,
    left_out_sentence,
    private_blocks,
    questions_lines,
    substances_lines,
    topics_lines,
)
from journal.summary.model import Asked, Substance
from journal.summary.page import Beside
from tests.summary.made import choices, group, made, mean, practised

ALL, LEAST = LADDER[0], LADDER[-1]
PRESCRIBER = choices(Reader.PRESCRIBER)


def said(lines) -> list[str]:
    return [line.replace("\u00a0", " ") for line in lines]


def for_prescriber(**changes):
    return made(choices=PRESCRIBER, **changes)


# --- what helped ------------------------------------------------------------------------------------------------


def test_what_helped_stands_with_its_medians_the_largest_fall_first():
    block = helped_lines(for_prescriber(), ALL)
    assert (block.name, block.title) == ("helped", "What helped")
    assert said(block.lines) == [
        "Walk outside: 6.3 → 3.0 (9 of 12 times)",
        "Slow breathing: 6.5 → 4.5 (14 times)",
        "Practised, rated before and after fewer than 5 times: Worry time (3 of 4 times).",
    ]
    assert block.note == "Median distress, 0–10, before → after; from 5 practices on."


def test_what_did_not_lower_distress_is_not_said_to_have_helped():
    skills = (practised("Grounding", 6, 6, "4", "4"), practised("Rest", 7, 7, "4", "4.5"))
    block = helped_lines(for_prescriber(practised=skills), ALL)
    assert said(block.lines) == ["Not lower after: Rest: 4.0 → 4.5 (7 times), Grounding: 4.0 → 4.0 (6 times)"]


def test_of_too_few_ratings_there_is_no_figure_and_no_rank():
    skills = tuple(practised(f"Skill {n}", 9 - n, 4) for n in range(5))
    block = helped_lines(for_prescriber(practised=skills), ALL)
    assert said(block.lines) == [
        "Practised, rated before and after fewer than 5 times: Skill 0 (4 of 9 times), "
        "Skill 1 (4 of 8 times), Skill 2 (4 of 7 times) and 2 more."
    ]
    assert block.note == ""


def test_nothing_practised_says_so():
    assert helped_lines(for_prescriber(practised=()), ALL).lines == ("Not recorded in this period.",)


def test_where_there_is_little_room_two_stand_and_the_rest_is_counted():
    skills = tuple(practised(f"Skill {n}", 9, 9, "8", str(n)) for n in range(5))
    block = helped_lines(for_prescriber(practised=skills), Fit(helped=2))
    assert said(block.lines) == [
        "Skill 0: 8.0 → 0.0 (9 times)",
        "Skill 1: 8.0 → 1.0 (9 times)",
        "More: 3 with distress lower after.",
    ]


# --- what is asked ----------------------------------------------------------------------------------------------


def test_questions_are_numbered_and_say_what_they_are():
    block = questions_lines(made(questions=(*made().questions, Asked("Robin", "topic"))), ALL)
    assert (block.title, block.numbered) == ("Asked today", True)
    assert block.lines == (
        "Can we go on weekly until June?",
        "Side effect: Waking early since the last change",
        "Request: A letter for work",
        "To talk about: Robin",
    )


@pytest.mark.parametrize(
    ("make", "nothing"),
    [
        (lambda: questions_lines(made(questions=()), ALL), "No question noted."),
        (lambda: topics_lines(made(topics=()), ALL), "Nothing noted."),
        (lambda: substances_lines(for_prescriber(substances=())), "Not recorded in this period."),
    ],
)
def test_what_there_is_none_of_is_said_and_not_numbered(make, nothing):
    block = make()
    assert block.lines == (nothing,)
    assert not block.numbered
    assert not block.dashed


def test_topics_stand_in_the_persons_words():
    block = topics_lines(made(), ALL)
    assert (block.title, block.dashed, block.note) == ("What I want to talk about", True, "")
    assert block.lines == ("Being short with people at home, and regret after", "Whether stopping was right")


@pytest.mark.parametrize("lines", [questions_lines, topics_lines])
def test_more_than_there_is_room_for_are_counted(lines):
    texts = [f"Number {n}" for n in range(5)]
    summary = made(questions=tuple(Asked(text, "question") for text in texts), topics=tuple(texts))
    block = lines(summary, Fit(questions=3))
    assert block.lines == ("Number 0", "Number 1", "Number 2")
    assert block.note == "2 more, not on this page."
    assert lines(summary, ALL).lines == tuple(texts)


@pytest.mark.parametrize("lines", [questions_lines, topics_lines])
def test_a_long_one_is_cut_at_a_word_and_says_so(lines):
    long = "is it the dose " * 30
    summary = made(questions=(Asked(long, "question"),), topics=(long,))
    assert lines(summary, Fit(question_letters=20)).lines == ("is it the dose is it…",)
    assert lines(summary, ALL).lines == (long.strip(),)


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("two\n\nlines\tand a tab", "two lines and a tab"),
        ("nul\x00 and bell\x07", "nul and bell"),
        ("<script>alert(1)</script> #panic()", "<script>alert(1)</script> #panic()"),
        ("سؤال عن الجرعة", "سؤال عن الجرعة"),
        ("🙂" * 30, "🙂" * 20 + "…"),
        ("x" * 300, "x" * 20 + "…"),
    ],
)
def test_what_somebody_wrote_is_one_line_of_words_and_no_markup(text, printed):
    fit = Fit(question_letters=20) if printed.endswith("…") else ALL
    assert topics_lines(made(topics=(text,)), fit).lines == (printed,)


# --- substances -------------------------------------------------------------------------------------------------


def test_substances_say_on_how_many_of_the_days_recorded():
    block = substances_lines(for_prescriber())
    assert said(block.lines) == ["Alcohol: on 9 of 162 days recorded, mean 0.4 units a day recorded."]


def test_recorded_as_none_is_not_the_same_as_not_recorded():
    none = Substance("Alcohol", "units", 30, 0, mean("0", 30, 30))
    assert said(substances_lines(for_prescriber(substances=(none,))).lines) == ["Alcohol: on 0 of 30 days recorded."]


# --- the box, what was chosen, and all together -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "rows"),
    [
        (Reader.PRESCRIBER, ("Dose, and from when", "If it gets worse", "Next review", "Signed, date")),
        (Reader.THERAPIST, ("Practise", "Try", "Next time")),
    ],
)
def test_the_box_has_the_lines_of_its_reader(reader, rows):
    box = agreed_box(made(choices=choices(reader)))
    assert (box.title, box.rows) == ("Agreed today", rows)


NOTES = group("notes", "Notes", ("Note of the day", "slept badly,\n\nshort with Robin"), ("Check-in 10:20", "x " * 400))
FLAGS = group("flags", "Red flags", ("Inner restlessness", ""))


def test_what_was_chosen_stands_under_a_heading_that_says_so_each_with_its_day():
    notes, flags = private_blocks(made(private=(NOTES, FLAGS)), ALL)
    assert (notes.name, notes.title) == ("private-notes", "Included by choice: notes")
    assert said(notes.lines)[0] == "1 Apr 2013, note of the day: slept badly, short with Robin"
    assert said(notes.lines)[1].endswith("x x x")
    assert (flags.title, said(flags.lines)) == ("Included by choice: red flags", ["1 Apr 2013, inner restlessness"])


def test_long_notes_are_cut_where_there_is_little_room_and_say_so():
    (notes,) = private_blocks(made(private=(NOTES,)), Fit(private_letters=20))
    assert said(notes.lines)[1] == "2 Apr 2013, check-in 10:20: x x x x x x x x x x…"
    assert notes.note == "“…”: shortened to fit; there is more."
    (whole,) = private_blocks(made(private=(NOTES,)), ALL)
    assert whole.note == ""


def test_more_than_there_is_room_for_are_counted_over_all_kinds():
    many = group("notes", "Notes", *[("Note", f"number {n}") for n in range(4)])
    notes, flags = private_blocks(made(private=(many, FLAGS)), Fit(private_items=3))
    assert len(notes.lines) == 3
    assert notes.note == "1 more chosen, not on this page."
    assert (flags.lines, flags.note) == ((), "1 more chosen, not on this page.")


def test_an_item_without_a_day_and_without_a_label_is_its_words():
    bare = PrivateGroup("plan", "Safety plan", (PrivateItem("plan:1", None, "", "Ring Robin"),))
    assert private_blocks(made(private=(bare,)), ALL)[0].lines == ("Ring Robin",)
    assert private_blocks(made(private=()), ALL) == ()


def test_that_something_was_left_out_is_said_and_not_what():
    assert left_out_sentence(made(left_out=True)) == "Some items were left out by choice."
    assert left_out_sentence(made()) == ""


@pytest.mark.parametrize(
    ("reader", "names"),
    [
        (Reader.PRESCRIBER, ["helped", "questions", "agreed"]),
        (Reader.THERAPIST, ["topics", "questions", "agreed"]),
    ],
)
def test_the_foot_stands_side_by_side(reader, names):
    (beside,) = foot(made(choices=choices(reader)), ALL)
    assert isinstance(beside, Beside)
    assert [block.name for block in beside.blocks] == names
    assert len(beside.widths) == 3


@pytest.mark.parametrize("reader", Reader)
def test_what_is_switched_off_leaves_no_heading(reader):
    off = {"helped", "topics", "questions", "agreed"}
    assert foot(made(choices=choices(reader, sections_off=frozenset(off))), ALL) == ()
    (beside,) = foot(made(choices=choices(reader, sections_off=frozenset(off - {"questions"}))), ALL)
    assert [block.name for block in beside.blocks] == ["questions"]
    assert substances_lines(made(choices=choices(reader, sections_off=frozenset({"substances"})))) is None


def test_whatever_was_recorded_the_foot_of_the_least_fit_is_short():
    skills = tuple(practised("W" * 100, 9, 9, "9", "1") for _ in range(40))
    questions = tuple(Asked("w" * 500, "question") for _ in range(200))
    items = tuple(PrivateItem(str(n), dt.date(2013, 4, 1), "Note", "w" * 20_000) for n in range(300))
    private = (PrivateGroup("notes", "Notes", items),)
    summary = for_prescriber(practised=skills, questions=questions, private=private)
    (beside,) = foot(summary, LEAST)
    lines = [line for block in beside.blocks[:2] for line in block.lines]
    assert len(lines) <= 6
    assert max(map(len, lines)) <= 120
    (notes,) = private_blocks(summary, LEAST)
    assert len(notes.lines) == 3
    assert max(map(len, notes.lines)) <= 100
    assert replace(summary).questions == questions  # nothing is taken from the summary itself
