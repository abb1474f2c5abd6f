"""The therapist's page: situation, facts, practice and homework, from a Summary made by hand."""

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.agreed import Agreed
from journal.analysis.events import EventSpan
from journal.analysis.levels import Compared
from journal.catalogue.summary import SECTIONS, Length
from journal.charts.data import PracticeData
from journal.queries.doses import DoseCoverage
from journal.summary.fit import LADDER, Fit
from journal.summary.model import Asked, Assigned, Level, Planned, Sleep, Worst
from journal.summary.therapist import present_therapist
from tests.summary.made import (
    DAYS,
    FIRST,
    LAST,
    NOW,
    WALK,
    choices,
    group,
    made,
    measured,
    skill,
    strip,
    venlafaxine,
)

ALL, LEAST = LADDER[0], LADDER[-1]
FULL = choices(length=Length.FULL)
FORBIDDEN = ("settled", "stable", "withdrawal", "relapse", "significant", "caused", "improved", "failed")
VERDICTS = ("better", "worse")
NINE = (Decimal(9), dt.date(2013, 5, 1))


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def situation(**changes) -> str:
    (text,) = present_therapist(made(**changes), ALL).situation
    return plain(text)


def facts(fit: Fit = ALL, **changes) -> dict[str, str]:
    page = present_therapist(made(**changes), fit)
    return {label: plain(text) for label, text in page.facts}


def strips(**changed) -> dict:
    return made().strips | changed


def blocks(fit: Fit = ALL, **changes) -> dict:
    page = present_therapist(made(**changes), fit)
    found = {}
    for block in (*page.sections, *page.foot):
        for one in getattr(block, "blocks", (block,)):
            found[one.name] = one
    return found


def rows(table) -> list[list[str]]:
    return [[plain(cell.text) for cell in row] for row in table.rows]


# --- the situation ----------------------------------------------------------------------------------------------


def test_the_situation_says_what_is_taken_and_how_it_is_against_before():
    assert situation() == (
        "Off venlafaxine since 19 Nov 2012 (141 days). Mood about as before the taper; "
        "irritability higher, sleep quality lower."
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"medications": ()}, "No medication recorded."),
        ({"medications": (venlafaxine(mg=Decimal("37.5")),)}, "Venlafaxine 37.5 mg since 19 Nov 2012 (141 days)."),
        (
            {"medications": tuple(venlafaxine(name=name, mg=Decimal(9)) for name in ("A", "B", "C", "D", "E"))},
            "A 9 mg since 19 Nov 2012 (141 days); also B 9 mg, C 9 mg and 2 more.",
        ),
        ({"measures": ()}, "Mood about as before the taper; sleep quality lower."),
        (
            {"strips": strips(mood=strip("mood", "Mood", "5.4", "4.6", "up"))},
            "Mood 0.8 lower than before the taper; irritability higher",
        ),
        ({"strips": {"mood": made().strips["mood"]}}, "Mood about as before the taper."),
        ({"strips": {}}, "Too few days are rated to compare with before the taper."),
        (
            {"strips": {"sleep_quality": made().strips["sleep_quality"]}},
            "Compared with before the taper: sleep quality",
        ),
        ({"compared": Compared(None, NOW)}, "Mean of the last 28 days: mood 5.3, sleep quality 5.5 (10 best)."),
        ({"compared": Compared(None, NOW), "strips": {}}, "Mood and sleep not recorded."),
        ({"before_words": "before the first change shown"}, "Mood about as before the first change shown;"),
    ],
)
def test_the_situation_fits_what_is_known(changes, said):
    assert said in situation(**changes)


def test_six_rated_days_on_a_side_are_too_few_and_seven_are_not():
    mood = made().strips["mood"]
    for n, known in ((6, False), (7, True)):
        few = replace(mood, now=replace(mood.now, n=n))
        assert ("Mood about as" in situation(strips={"mood": few})) is known


def test_half_a_point_as_printed_counts_as_higher():
    for now, told in (("1.84", False), ("1.85", True)):
        text = situation(strips=strips(irritability=strip("irritability", "Irritability", "1.4", now)))
        assert ("irritability higher" in text) is told


def test_long_names_leave_the_situation_two_lines():
    keys = [f"s{n}" for n in range(3)]
    many = {key: strip(key, f"{key} {'W' * 100}", "1", "3") for key in keys}
    text = situation(
        strips=strips(**many),
        measures=tuple(measured(key, many[key].name) for key in keys),
        medications=(venlafaxine(name="V" * 100), venlafaxine(name="M" * 100)),
    )
    assert len(text) <= 330
    assert "and others higher" in text


def test_that_more_symptoms_rose_than_the_drawing_has_is_said():
    """The table below names them: the headline does not seem to have counted all."""
    rose, fell = (Level(name.lower(), name, "", "down", (), Fraction(by)) for name, by in (("Nausea", 1), ("Jaw", -1)))
    irritable = strips(irritability=strip("irritability", "Irritability", "1.4", "2.4"))
    assert "irritability and others higher" in situation(strips=irritable, shifts=(rose,))
    assert "others" not in situation(strips=irritable, shifts=(fell,))


# --- facts ------------------------------------------------------------------------------------------------------


def test_the_facts_of_a_brief_page():
    assert facts() == {
        "Working on": "Out of bed by 8; Worry time at 17:00.",
        "Function": "Not recorded in this period.",
        "Mood": "Mean 5.4 on 43 of 43 days before the taper, 5.3 on 28 of the last 28 (10 best); lowest 3.5 on 2 Apr.",
        "Worry": "Mean 0.2 on 43 of 43 days before the taper, 0.6 on 28 of the last 28; "
        "2 or more on 2 of these: 2 Apr, 4 Apr.",
        "Irritability": "Mean 1.4 on 43 of 43 days before the taper, 2.4 on 28 of the last 28; "
        "4 or more on 1 of these: 1 Apr.",
        "Sleep quality": "Mean 6.8 on 43 of 43 nights before the taper, 5.5 on 28 of the last 28 (10 best); "
        "4 or less on 1 of these.",
        "Missed doses": "None recorded, 14 days without a record.",
    }


@pytest.mark.parametrize(
    ("label", "changes", "said"),
    [
        ("Working on", {"homework": ()}, "No open task noted."),
        (
            "Working on",
            {"homework": tuple(Assigned(f"task {n}", "", None, 0, 0, True) for n in range(5))},
            "Task 0; task 1; task 2; and 2 more tasks.",
        ),
        (
            "Mood",
            {"strips": {"mood": replace(made().strips["mood"], before=None, now=None)}},
            "Not recorded in the last 28 days.",
        ),  # but in the period
        ("Mood", {"strips": {}}, "Not recorded in this period."),
        (
            "Mood",
            {"strips": {"mood": replace(made().strips["mood"], now=None, values={})}},
            "Mean 5.4 on 43 of 43 days before the taper, not recorded since (10 best).",
        ),
        (
            "Mood",
            {"strips": {"mood": replace(made().strips["mood"], before=None)}},
            "Mean 5.3 on 28 of the last 28 days (10 best); lowest 3.5 on 2 Apr.",
        ),
        (
            "Mood",
            {
                "strips": {"mood": replace(made().strips["mood"], values={})},
                "worst": (Worst("Mood", Decimal(2), dt.date(2012, 12, 24)),),
            },
            "(10 best); lowest of the period 2.0 on 24 Dec.",
        ),
        (
            "Mood",
            {"strips": strips(mood=strip("mood", "Mood", "5.4", "5.3", "up"))},
            "lowest 5.3, last on 8 Apr.",
        ),
        ("Worry", {"strips": {}}, "Not recorded in this period."),
        ("Worry", {"strips": strips(worry=strip("worry", "Worry", "0.2", "0.6"))}, "; under 2 on all of these."),
        (
            "Worry",
            {"strips": strips(worry=strip("worry", "Worry", "5", "7"))},
            "7 or more on 28 of these.",
        ),
        (
            "Hours slept",
            {
                "strips": {"sleep_hours": strip("sleep_hours", "Hours slept", "7.1", "6.4", "up")},
                "sleep": Sleep(3, 28, 0, 43),
            },
            "Mean 7.1 on 43 of 43 nights before the taper, 6.4 on 28 of the last 28; under 5 h on 3 of these.",
        ),
        ("Sleep", {"strips": {}}, "Not recorded in this period."),
        (
            "Missed doses",
            {"medications": (venlafaxine(coverage=DoseCoverage(frozenset(DAYS), 200, (DAYS[3], DAYS[9]), 0, 0, ())),)},
            "2 (16 Aug, 22 Aug), 39 days without a record.",
        ),
        ("Events", {"events": (EventSpan("Bereavement", LAST, LAST),)}, "Bereavement 8 Apr 2013."),
        (
            "Plan",
            {"medications": (venlafaxine(plan=Planned(Agreed(dt.date(2013, 4, 1), "Dr Okafor"), NINE, NINE)),)},
            "Agreed with Dr Okafor on 1 Apr 2013; next and last step 9 mg on 1 May 2013.",
        ),
    ],
)
def test_a_fact_says_what_is_known_and_on_how_many_days(label, changes, said):
    assert said in facts(**changes)[label]


def test_missed_doses_of_several_medications_stand_in_one_line():
    two = (venlafaxine(), venlafaxine(name="Mirtazapine"))
    assert facts(medications=two)["Missed doses"] == "None recorded, 28 dose days without a record."
    undue = venlafaxine(coverage=DoseCoverage(frozenset(), 0, (), 0, 0, ()))
    assert "Missed doses" not in facts(medications=(undue,))


def test_background_stands_on_the_full_page():
    known = (venlafaxine(reason="recurrent depression", history="Highest 225 mg; one attempt to stop, 2008."),)
    assert "Background" not in facts(medications=known)
    assert facts(medications=known, choices=FULL)["Background"] == (
        "Recurrent depression. Highest 225 mg; one attempt to stop, 2008."
    )


def test_facts_that_are_too_long_are_cut_and_say_so():
    long = tuple(Assigned("w" * 300, "", None, 0, 0, True) for _ in range(3))
    told = facts(Fit(fact_letters=80), homework=long)
    assert max(map(len, told.values())) <= 80 + len("…") + 1
    assert told["Working on"].endswith("…")


def test_one_symptom_less_where_there_is_no_room():
    assert "Irritability" not in facts(Fit(measures=1))
    three = (*made().measures, measured("fatigue", "Fatigue"))
    assert "Fatigue" not in facts(measures=three)


def test_thoughts_of_suicide_are_no_fact_and_no_situation():
    hidden = replace(made().measures[1], measure=replace(made().measures[1].measure, private=True))
    page = str(present_therapist(made(measures=(hidden,), practice=None), ALL).facts) + situation(measures=(hidden,))
    assert "rritability" not in page


# --- what was done ----------------------------------------------------------------------------------------------


def test_on_one_page_the_drawing_of_practice_stands_beside_homework():
    beside = next(one for one in present_therapist(made(), ALL).sections if one.kind == "beside")
    assert [(block.name, block.kind) for block in beside.blocks] == [("practice", "picture"), ("homework", "table")]
    tight = next(one for one in present_therapist(made(), LEAST).sections if one.kind == "beside")
    assert [(block.name, block.kind) for block in tight.blocks] == [("practised", "table"), ("homework", "table")]


def test_practice_has_medians_change_and_of_how_many_and_no_figure_under_five():
    table = blocks(LEAST)["practised"]
    assert rows(table) == [["Walk outside", "6.0", "3.0", "−3.0", "9 of 9"]]
    assert rows(blocks(choices=FULL)["practised"]) == [["Walk outside", "6.0", "3.0", "−3.0", "−4.0 to −3.0", "9 of 9"]]
    assert plain(table.note) == (
        "Medians, 0–10, of practices rated before and after; change: median of the differences. "
        "Practised, rated before and after fewer than 5 times: Worry time (3 of 4 times)."
    )


def test_the_full_page_adds_practice_by_situation_from_five_on():
    found = blocks(choices=FULL)
    assert {"practice", "practised", "situations", "homework"} <= found.keys()
    assert rows(found["situations"]) == [
        ["Walk outside, with anxiety or panic", "6.0", "3.0", "−3.0", "−3.0 to −3.0", "5 of 5"]
    ]
    assert found["practised"].title != found["practice"].title


@pytest.mark.parametrize(
    ("practice", "said"),
    [
        (None, "Not recorded in this period."),
        (
            PracticeData(FIRST, LAST, (skill("Rest", {("6", "5"): 4}),)),
            "Practised, rated before and after fewer than 5 times: Rest (4 times).",
        ),
    ],
)
def test_without_figures_there_is_a_sentence_and_no_table(practice, said):
    block = blocks(practice=practice)["practised"]
    assert [plain(line) for line in block.lines] == [said]


def test_little_room_leaves_the_skills_with_the_largest_change_and_counts_the_rest():
    skills = tuple(skill(f"Skill {n}", {("9", str(n)): 5}) for n in range(5))
    data = PracticeData(FIRST, LAST, skills)
    table = blocks(replace(LEAST, helped=2), practice=data)["practised"]
    assert [row[0] for row in rows(table)] == ["Skill 0", "Skill 1"]
    assert "3 more skills, not shown." in plain(table.note)


def test_homework_says_how_it_went_what_is_done_and_since_when():
    assert rows(blocks()["homework"]) == [
        ["out of bed by 8.", "open", "2 of 3", "12 Mar"],
        ["Worry time at 17:00", "open", "–", "–"],
        ["Thought record, one a week", "done", "1 of 4", "12 Mar"],
    ]
    assert rows(blocks(choices=FULL)["homework"])[-1][1] == "done, 3 Apr"


def test_more_homework_than_there_is_room_for_is_counted():
    many = tuple(Assigned(f"Task {n}", "", None, 0, 0, True) for n in range(9))
    for fit, length, shown in ((ALL, Length.BRIEF, 6), (Fit(homework=3), Length.BRIEF, 3), (ALL, Length.WHOLE, 9)):
        table = blocks(fit, homework=many, choices=choices(length=length))["homework"]
        assert len(table.rows) == shown
        assert plain(table.note) == (f"{9 - shown} more tasks, not shown." if shown < 9 else "")
    assert blocks(homework=())["homework"].lines == ("No task noted in this period.",)


# --- sections, and the whole page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("section", "names"),
    [
        ("chart", {"overview"}),
        ("levels", {"levels"}),
        ("practice", {"practice", "practised", "situations"}),
        ("homework", {"homework"}),
        ("topics", {"topics"}),
        ("questions", {"questions"}),
        ("agreed", {"agreed"}),
    ],
)
def test_a_section_that_is_off_is_not_there_and_the_others_are(section, names):
    on = blocks(choices=FULL)
    off = blocks(choices=replace(FULL, sections_off=frozenset({section})))
    assert on.keys() - off.keys() == names & on.keys()
    assert names & on.keys()


def test_with_everything_off_the_page_still_says_who_and_when():
    page = present_therapist(made(choices=choices(sections_off=frozenset(SECTIONS))), ALL)
    assert (page.sections, page.foot) == ((), ())
    assert page.name == "Alex Sample"
    assert plain(page.heading) == "Taper summary for K. Sample, therapist · appointment 11 Apr 2013"
    assert page.situation


def test_what_was_chosen_stands_after_the_sections():
    notes = group("notes", "Notes", ("Note of the day", "MARKED"))
    page = present_therapist(made(private=(notes,)), ALL)
    assert page.sections[-1].name == "private-notes"
    assert "MARKED" not in str(present_therapist(made(), ALL))


MARKUP = "<b>#panic()</b> $x$ \u202e\x00🙂 " + "W" * 300


def hostile(**changes):
    return made(
        medications=(venlafaxine(name=MARKUP, reason=MARKUP, history=MARKUP),),
        homework=(Assigned(MARKUP, "done", None, 0, 0, True),),
        topics=(MARKUP,),
        questions=(Asked(MARKUP, "question"),),
        practice=PracticeData(FIRST, LAST, (skill(MARKUP, {("6", "3"): 6}), WALK)),
        **changes,
    )


@pytest.mark.parametrize("fit", LADDER, ids=range(len(LADDER)))
@pytest.mark.parametrize("length", Length)
def test_no_verdict_is_on_any_page_at_any_fit(fit, length):
    for summary in (made(choices=choices(length=length)), hostile(choices=choices(length=length))):
        text = str(present_therapist(summary, fit).data()).casefold()
        for word in FORBIDDEN + VERDICTS:
            assert not re.search(rf"\b{word}\b", text), word
        assert "due to" not in text


def test_an_empty_summary_is_a_good_page():
    empty = made(
        medications=(),
        strips={},
        symptoms=(),
        wellbeing=(),
        measures=(),
        practice=None,
        practised=(),
        homework=(),
        topics=(),
        questions=(),
        substances=(),
        sleep=None,
        compared=Compared(None, NOW),
        entry_days=0,
        name="",
        born=None,
        visit=None,
    )
    page = present_therapist(empty, ALL)
    assert plain(page.situation[0]) == "No medication recorded. Mood and sleep not recorded."
    assert dict(page.facts)["Mood"] == "Not recorded in this period."
