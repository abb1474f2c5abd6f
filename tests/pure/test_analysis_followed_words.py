"""What followed a change, in words: those of the chart guide, and none that give a verdict."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.doses import Change
from journal.analysis.followed_words import (
    back_text,
    level_sentence,
    missed_text,
    new_text,
    rates_notes,
    rise_sentence,
    rises_sentence,
)
from journal.analysis.levels import Level, Mean
from journal.analysis.rates import Rate, Rates
from journal.analysis.responses import Response, State
from journal.analysis.series import Span

DAY = date(2012, 10, 22)
BEFORE = Mean(Fraction("1.4"), 43, 43)
# Every kind of answer, with what the texts are made of.
ROSE = {"onset": 2, "peak_day": 5, "peak": Fraction("2.7")}


def response(before="37", mg="25", days=7, baseline="1.1", seen=None, **fields) -> Response:
    change = Change(DAY, Decimal(before), Decimal(mg))
    return Response(
        change=change,
        window=Span(DAY, DAY + timedelta(days - 1)),
        baseline=None if baseline is None else Fraction(baseline),
        **({"baseline_n": 7, "n": days} | fields),
        seen=days - 1 if seen is None else seen,
    )


CUT = response(state=State.CUT, **ROSE)
BACK = response(
    "12",
    "9",
    baseline="2.2",
    state=State.RETURNED,
    onset=1,
    peak_day=1,
    peak=Fraction("3.3"),
    return_day=4,
    raised=True,
)
NONE = response("25", "18", baseline="2.4", state=State.NO_RISE, raised=True)
CALM = response("25", "18", baseline="1.4", state=State.NO_RISE, raised=False)
NOT_YET = response(days=10, seen=9, n=9, state=State.NOT_YET, **ROSE)
NEVER = response(days=28, seen=27, n=28, state=State.NOT_YET, **ROSE)
UNKNOWN = response(baseline=None, baseline_n=2, n=1, seen=4)


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        (
            CUT,
            "Irritability rose from 1.1 to 2.7 by day 5 after 37 → 25 mg and was not back by day 6, when the next "
            "change came (n = 7 days).",
        ),
        (
            BACK,
            "Irritability rose from 2.2 to 3.3 by day 1 after 12 → 9 mg; back by day 4 to the level of the week "
            "before, which was 0.8 above before the taper (n = 7 days).",
        ),
        (
            NONE,
            "No rise of 1 or more in irritability after 25 → 18 mg (2.4 before, already 1.0 above before the taper; "
            "n = 7 days).",
        ),
        (CALM, "No rise of 1 or more in irritability after 25 → 18 mg (1.4 before; n = 7 days)."),
        (
            NOT_YET,
            "Irritability rose from 1.1 to 2.7 by day 5 after 37 → 25 mg and was not back yet by day 9 (n = 9 days).",
        ),
        (
            NEVER,
            "Irritability rose from 1.1 to 2.7 by day 5 after 37 → 25 mg and was not back by day 27 (n = 28 days).",
        ),
        (
            response(state=State.CUT, seen=3, n=4, raised=True, **(ROSE | {"baseline": "2"})),
            "Irritability rose from 2.0 to 2.7 by day 5 after 37 → 25 mg and was not back by day 3, the last day rated "
            "before the next change; the week before was already 0.6 above before the taper (n = 4 days).",
        ),
        (
            UNKNOWN,
            "Too little was rated to say what irritability did after 37 → 25 mg: 2 of the 7 days before it and 1 of "
            "the 7 days from it on.",
        ),
    ],
)
def test_a_sentence_for_each_answer(found, sentence):
    assert rise_sentence("Irritability", found, BEFORE) == sentence


def test_mood_falls():
    fell = response(baseline="5.8", state=State.CUT, onset=4, peak_day=4, peak=Fraction("4.8"))
    assert rise_sentence("Mood", fell, BEFORE, better="up").startswith("Mood fell from 5.8 to 4.8 by day 4 after")
    calm = response(baseline="5.0", state=State.NO_RISE, raised=True)
    assert rise_sentence("Mood", calm, Mean(Fraction("5.6"), 9, 9), "before the first change shown", "up") == (
        "No fall of 1 or more in mood after 37 → 25 mg (5.0 before, already 0.6 below before the first change shown; "
        "n = 7 days)."
    )


def test_brain_zaps_are_many_and_names_keep_their_letters():
    assert " and were not back by day 6" in rise_sentence("Brain zaps", CUT)
    assert "in PMS after" in rise_sentence("PMS", CALM)
    assert rise_sentence("", CUT).startswith(" rose")
    assert rise_sentence("<b>éa</b>", CUT).startswith("<b>éa</b> rose")


@pytest.mark.parametrize(
    ("found", "text"), [(BACK, "4"), (CUT, ">6"), (NOT_YET, "not yet, day 9"), (NONE, "–"), (UNKNOWN, "–")]
)
def test_when_it_was_back(found, text):
    assert back_text(found) == text


def test_a_day_that_was_not_seen_is_never_given():
    assert back_text(response(state=State.CUT, seen=3, **ROSE)) == ">3"
    assert back_text(response(days=20, state=State.NOT_YET, seen=11, **ROSE)) == "not yet, day 11"


def test_level():
    levels = [("Irritability", Level(63, 140, DAY)), ("Nausea", None), ("Brain zaps", Level(1, 1400, DAY))]
    assert level_sentence(levels) == (
        "3-day mean 1 or more above before the taper on: irritability 63 of 140, brain zaps 1 of 1,400 days."
    )
    assert level_sentence([("Mood", Level(0, 9, DAY))], "before the first change shown", "up") == (
        "3-day mean 1 or more below before the first change shown on: mood 0 of 9 days."
    )
    assert level_sentence([("Nausea", None)]) == ""


@pytest.mark.parametrize(
    ("rates", "better", "sentence", "notes"),
    [
        (Rates((Rate(6, 1, 2, 4, 24), Rate(28, 1, 1, 2, 5)), 0, 0), "down", "A rise followed 2 of 3 changes.", []),
        (
            Rates((Rate(6, 0, 1, 0, 0),), 1, 2),
            "up",
            "A fall followed 0 of 1 change.",
            [
                "There are no whole stretches of days without a change to compare this with.",
                "The change was an increase.",
                "2 changes could not be compared: too few rated days.",
            ],
        ),
        (
            Rates((Rate(6, 2, 4, 1, 3), Rate(28, 0, 1, 1, 1)), 2, 1),
            "down",
            "A rise followed 2 of 5 changes.",
            [
                "Without a change there are only 4 stretches: too few to compare.",
                "2 of the 5 changes were increases.",
                "1 change could not be compared: too few rated days.",
            ],
        ),
        (
            Rates((), 0, 1),
            "down",
            "There is no change that can be compared with its week before.",
            ["1 change could not be compared: too few rated days."],
        ),
    ],
)
def test_the_words_beside_the_two_counts(rates, better, sentence, notes):
    assert rises_sentence(rates, better) == sentence
    assert rates_notes(rates) == notes


@pytest.mark.parametrize(
    ("missed", "unrecorded", "due", "text"),
    [
        (0, 0, 0, "none due"),
        (None, 0, 0, "not recorded yet"),
        (None, 14, 14, "not recorded"),
        (0, 14, 20, "none recorded, 14 days without a record"),
        (0, 0, 7, "none"),
        (2, 0, 7, "2 missed"),
        (2, 1, 7, "2 missed, 1 day without a record"),
    ],
)
def test_missed_doses(missed, unrecorded, due, text):
    assert missed_text(missed, unrecorded, due) == text


def test_new_symptoms():
    assert new_text("Worry", date(2012, 10, 3), date(2012, 8, 24)) == (
        "Worry from 3 Oct 2012 (last rated 1 or more on 24 Aug 2012)"
    )
    assert new_text("Nausea", date(2012, 10, 3), None) == "Nausea from 3 Oct 2012 (never rated 1 or more before)"


def test_no_word_gives_a_verdict():
    said = " ".join(rise_sentence("Irritability", one, BEFORE) for one in (CUT, BACK, NONE, NOT_YET, NEVER, UNKNOWN))
    for word in ("settled", "stable", "withdrawal", "relapse", "significant", "caused", "due to", "improved", "failed"):
        assert word not in said
