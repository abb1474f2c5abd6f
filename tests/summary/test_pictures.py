"""Which strips, scores, squares and skills stand in the pictures of a page, and at which size."""

import re
from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from journal.analysis.events import EventSpan
from journal.analysis.rates import Rates
from journal.catalogue.summary import Length, Reader
from journal.charts.data import Score
from journal.charts.model import OtherMedication
from journal.queries.measures import DailyMeasure
from journal.summary.fit import LADDER, Fit
from journal.summary.model import Measured, Scored
from journal.summary.pictures import described, has_picture, pictures
from tests.pure.charting import assert_texts_are_clear, texts
from tests.pure.many import many

from .made import DAYS, FIRST, LAST, choices, level, made, mean, skill, strip

PHQ = Score("phq-9", "PHQ-9", Decimal(0), Decimal(27), "down", {DAYS[40]: Decimal(8), DAYS[200]: Decimal(11)})
WEIGHT = Score("weight", "Weight", None, None, "", {DAYS[3]: Decimal(70)}, "kg")
OWN = Score("scl", "Depression score", Decimal(1), Decimal(5), "down", {DAYS[3]: Decimal(2)})
RESTLESS = strip("restlessness", "Restlessness", "0.9", "2.1")
STRIPS = made().strips | {
    "burden": replace(strip("burden", "Burden", "1.3", "1.6"), note="mean of 13", top=3),
    "restlessness": RESTLESS,
    "sleep_hours": strip("sleep_hours", "Hours slept", "7", "6.5", "up"),
    "function": strip("function", "Function", "5", "6", "up"),
}


def scored(score: Score, *, is_questionnaire: bool = True) -> Scored:
    return Scored(score, is_questionnaire, None, None, None, 0, "")


def rose(key: str, before: str = "1", now: str = "2") -> Measured:
    return Measured(
        DailyMeasure(key, key.capitalize(), "down"), mean(before), mean(now), Rates((), 0, 0), None, ranked=True
    )


def summary(reader=Reader.PRESCRIBER, length=Length.BRIEF, paper="a4", **changes):
    measures = tuple(rose(key) for key in ("restlessness", "worry", "irritability"))
    fields = {"strips": STRIPS, "measures": measures, "scores": (scored(PHQ),), "rated": many(), "before_words": ""}
    return made(**fields | {"choices": choices(reader, length, paper=paper)} | changes)


def overview(one, fit=LADDER[0], size="print") -> str:
    return pictures(one, fit, ["overview"], [size])["overview"][size]


NAMES = {"Burden", "Restlessness", "Worry", "Irritability", "Mood", "Function", "Sleep quality", "Hours slept", "PHQ-9"}


def strips_in(svg: str) -> list[str]:
    return [text for text in texts(svg) if text in NAMES]


@pytest.mark.parametrize(
    ("reader", "length", "expected"),
    [
        ("prescriber", "brief", "Burden,Restlessness,Worry,Irritability,PHQ-9"),
        ("prescriber", "full", "Burden,Restlessness,Worry,Irritability,Mood,Sleep quality,PHQ-9"),
        ("prescriber", "whole", "Burden,Restlessness,Worry,Irritability,Mood,Sleep quality,PHQ-9"),
        ("therapist", "brief", "Mood,Function,Restlessness,Worry,Sleep quality,PHQ-9"),
    ],
)
@pytest.mark.parametrize("size", ["print", "compact"])
def test_each_page_has_its_strips_in_its_order(reader, length, expected, size):
    one = summary(Reader(reader), Length(length))
    assert strips_in(overview(one, size=size)) == expected.split(",")


@pytest.mark.parametrize(
    ("fit", "expected"),
    [
        (Fit(burden=False), "Restlessness,Worry,Irritability,PHQ-9"),
        (Fit(measures=2), "Burden,Restlessness,Worry,PHQ-9"),
        (Fit(scores=0), "Burden,Restlessness,Worry,Irritability"),
        (LADDER[-1], "Restlessness,Worry,PHQ-9"),
    ],
)
def test_what_is_dropped_when_there_is_little_room(fit, expected):
    assert strips_in(overview(summary(), fit)) == expected.split(",")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Dose, burden, the three symptoms that rose most, PHQ-9"),
        ({"measures": (rose("worry"),)}, "Dose, burden, worry, PHQ-9"),
        ({"measures": (rose("worry"), rose("irritability", "2", "1"))}, "Dose, burden, worry, irritability, PHQ-9"),
        ({"measures": (rose("worry"), rose("irritability"))}, "Dose, burden, the two symptoms that rose most, PHQ-9"),
        ({"strips": {}, "scores": ()}, "Dose"),
        (
            {"measures": tuple(replace(rose(key), ranked=False) for key in ("worry", "irritability"))},
            "Dose, burden, the two symptoms rated highest, PHQ-9",
        ),
        (
            {"measures": (rose("worry"), replace(rose("irritability"), ranked=False))},
            "Dose, burden, worry, irritability, PHQ-9",
        ),
        (
            {"measures": (rose("worry"), rose("irritability")), "shifts": (level("pain", "Pain", "1", "4"),)},
            "Dose, burden, worry, irritability, PHQ-9",
        ),
    ],
)
def test_the_heading_names_what_is_drawn_and_says_that_it_rose_only_where_all_did(changes, expected):
    assert described(summary(**changes), LADDER[0], "overview").title == expected


def test_the_therapists_heading():
    title = described(summary(Reader.THERAPIST), LADDER[0], "overview").title
    assert title == "Mood, function, restlessness, worry, sleep quality, PHQ-9, under the dose"


@pytest.mark.parametrize(
    ("scores", "expected"),
    [
        ((), None),
        ((scored(WEIGHT, is_questionnaire=False),), None),
        ((scored(OWN, is_questionnaire=False), scored(PHQ)), "PHQ-9"),
        ((scored(OWN, is_questionnaire=False),), "1–5, shown to 3"),
        ((scored(replace(PHQ, values={FIRST.replace(year=2001): Decimal(3)})),), None),
    ],
)
def test_the_score_is_a_questionnaire_or_an_own_scale_with_two_ends(scores, expected):
    found = texts(overview(summary(scores=scores)))
    assert (expected in found) if expected else not {"PHQ-9", "Weight"} & set(found)


def test_scores_that_are_off_are_not_drawn():
    one = summary(choices=choices(Reader.PRESCRIBER, sections_off=frozenset({"scores"})))
    assert "PHQ-9" not in texts(overview(one))


def test_hours_where_nothing_says_how_well():
    strips = {key: value for key, value in STRIPS.items() if key != "sleep_quality"}
    assert "Hours slept" in texts(overview(summary(length=Length.FULL, strips=strips)))


def test_a_measure_without_a_value_in_the_period_has_no_strip():
    empty = replace(STRIPS["mood"], values={DAYS[0].replace(year=1999): Decimal(4)})
    assert "Mood" not in texts(overview(summary(Reader.THERAPIST, strips=STRIPS | {"mood": empty})))


@pytest.mark.parametrize(
    ("reader", "length", "paper", "fit", "name"),
    [
        ("prescriber", "brief", "a4", LADDER[0], "print"),
        ("prescriber", "brief", "a4", LADDER[1], "print-tight"),
        ("prescriber", "full", "a4", LADDER[0], "print-full"),
        ("prescriber", "full", "a4", LADDER[1], "print"),
        ("therapist", "brief", "a4", LADDER[0], "print-therapist"),
        ("therapist", "brief", "a4", LADDER[1], "print-tight"),
        ("prescriber", "brief", "us-letter", LADDER[0], "print-letter"),
        ("prescriber", "brief", "us-letter", LADDER[1], "print-letter-tight"),
        ("prescriber", "full", "us-letter", LADDER[0], "print-letter-full"),
        ("therapist", "brief", "us-letter", LADDER[0], "print-letter-therapist"),
    ],
)
def test_the_size_is_that_of_the_page(reader, length, paper, fit, name):
    svg = overview(summary(Reader(reader), Length(length), paper), fit)
    assert f'id="summary-overview-{name}-title"' in svg
    assert f'width="{516 if paper == "a4" else 534}pt"' in svg


@pytest.mark.parametrize("fit", LADDER)
@pytest.mark.parametrize("reader", list(Reader))
def test_every_drawing_is_good_whatever_there_is_room_for(fit, reader):
    one = summary(reader, Length.FULL)
    found = pictures(one, fit, ["overview", "squares", "practice"])
    ids = [name for by_size in found.values() for svg in by_size.values() for name in re.findall(r' id="([^"]*)"', svg)]
    assert len(ids) == len(set(ids)) == 12
    for by_size in found.values():
        assert list(by_size) == ["print", "compact"]
        for svg in by_size.values():
            ElementTree.fromstring(svg)
            assert_texts_are_clear(svg)


def test_only_what_is_asked_for_is_drawn():
    assert list(pictures(summary(), LADDER[0], ["overview"], ["print"])["overview"]) == ["print"]
    with pytest.raises(KeyError):
        pictures(summary(), LADDER[0], ["weather"])


def test_four_medications_are_drawn_as_three_and_named():
    """Those whose dose changed in the period come first."""
    steps = summary().overview.steps
    unchanged = (replace(steps[0], day=FIRST),)
    others = tuple(OtherMedication(name, unchanged) for name in ("Lithium", "Mirtazapine"))
    others = (*others, OtherMedication("Diazepam", steps))
    one = summary(overview=replace(summary().overview, other_medications=others))
    found = texts(overview(one))
    assert {"Venlafaxine", "Diazepam", "Lithium"} <= set(found)
    assert "Mirtazapine" not in found
    assert described(one, LADDER[0], "overview").note == "Also taken: Mirtazapine 150 mg."
    assert described(one, Fit(other_medications=0), "overview").note == "Also taken: Diazepam 150 → 73 → 0 mg."


def test_events_stand_in_words_not_in_the_picture():
    event = EventSpan("Bereavement", DAYS[30], DAYS[31])
    one = summary()
    told = replace(one, overview=replace(one.overview, events=(event,)))
    assert pictures(told, LADDER[0], ["overview"]) == pictures(one, LADDER[0], ["overview"])


def test_of_many_symptoms_the_twenty_that_changed_most_are_squares():
    rated = many(200, [f"Symptom {n}" for n in range(24)])
    one = summary(length=Length.FULL, rated=rated)
    svg = pictures(one, LADDER[0], ["squares"], ["print"])["squares"]["print"]
    shown = {text for text in texts(svg) if text.startswith("Symptom ")}
    assert len(shown) == 20
    sizes = {one.name: abs(one.levels.change) for one in rated.symptoms}
    hidden = set(sizes) - shown
    assert max(sizes[name] for name in hidden) <= min(sizes[name] for name in shown)
    title, _, note = described(one, LADDER[0], "squares")
    assert title.startswith("The 20 symptoms that changed most by week")
    assert "Not drawn: 4 more." in note


def test_the_skills_practised_most_are_drawn_not_those_that_did_most():
    pairs = {"Little": (("5", "5"), 30), "Much": (("9", "1"), 5), "Some": (("6", "5"), 9)}
    skills = tuple(skill(name, {pair: n}) for name, (pair, n) in pairs.items())
    one = summary(Reader.THERAPIST, practice=replace(made().practice, skills=skills))
    svg = pictures(one, Fit(helped=2), ["practice"], ["print"])["practice"]["print"]
    assert {"Little", "Some"} <= set(texts(svg))
    assert "Much" not in texts(svg)
    assert "1 more, practised less often, not drawn." in described(one, Fit(helped=2), "practice").note


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"overview", "squares", "practice"}),
        ({"rated": None, "practice": None}, {"overview"}),
        ({"rated": replace(many(), symptoms=())}, {"overview", "practice"}),
    ],
)
def test_there_is_a_picture_only_where_there_is_something_to_draw(changes, expected):
    one = summary(**changes)
    assert {name for name in ("overview", "squares", "practice", "weather") if has_picture(one, name)} == expected


def test_the_text_alternative_is_in_the_drawing_too():
    one = summary()
    title, description, _ = described(one, LADDER[0], "overview")
    svg = overview(one)
    assert f">{title}</title>" in svg
    assert description in svg
    assert description.endswith("Entries on 239 of 239 days.")
    assert one.last == LAST
