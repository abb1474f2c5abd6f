"""The prescriber's page in words: exact sentences by case, whom it is for, what is dropped, and what is never said."""

import datetime as dt
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from journal.analysis.agreed import Agreed
from journal.analysis.events import EventSpan
from journal.analysis.responses import State
from journal.catalogue.summary import SECTIONS, Length, Reader
from journal.queries.doses import DoseCoverage
from journal.queries.responses import NewSymptom
from journal.summary.choices import Choices
from journal.summary.fit import LADDER, Fit
from journal.summary.model import Descent, Level, Planned, Sleep, Substance, Visit, Worst
from journal.summary.present import present
from tests.summary.made import LAST, OFF, level, mean
from tests.summary.read import block, cells, everything, fact, names, said
from tests.summary.taper import START, followed, measured, prescribed, response, scored, steps, taken

FORBIDDEN = ("settled", "stable", "withdrawal", "relapse", "significant", "caused", "due to", "improved", "failed")


def page(length=Length.BRIEF, fit=None, off=(), **changes):
    return present(prescribed(length, off, **changes), fit or Fit())


# -- head -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        (
            Visit("Dr M. Sample, prescriber", dt.date(2013, 4, 9)),
            "Taper summary for Dr M. Sample, prescriber · appointment 9 Apr 2013",
        ),
        (None, "Taper summary for the prescriber"),
        (Visit("Dr\nM.\x07 Sample", dt.date(2013, 4, 9)), "Taper summary for Dr M. Sample · appointment 9 Apr 2013"),
    ],
)
def test_whom_it_is_for(visit, expected):
    assert said(page(visit=visit).heading) == expected


def test_name_period_and_when_it_was_made():
    made = page()
    assert (made.name, said(made.born)) == ("Alex Sample", "born 4 Mar 1955")
    assert said(made.title) == "Taper summary, 13 Aug 2012 to 8 Apr 2013"
    assert said(made.period) == "13 Aug 2012 – 8 Apr 2013, 239 days"
    assert said(made.made) == "made 8 Apr 2013"
    assert page(born=None).born == ""


def coverage(due: int, recorded: int, **changes) -> DoseCoverage:
    days = frozenset(START + dt.timedelta(n) for n in range(due))
    return DoseCoverage(
        **{"due_days": days, "recorded": recorded, "missed": (), "late": 0, "other": 0, "not_due": ()} | changes
    )


@pytest.mark.parametrize(
    ("found", "nights", "expected"),
    [
        ([coverage(98, 84)], 143, "Entries on 238 of 239 days · doses recorded on 84 of 98 days · sleep on 143 nights"),
        ([coverage(98, 84), coverage(10, 0)], 1, "Entries on 238 of 239 days · doses recorded on 84 of 108 dose days · "
         "sleep on 1 night"),
        ([coverage(0, 0)], 0, "Entries on 238 of 239 days · sleep on no nights"),
    ],
)  # fmt: skip
def test_the_coverage_is_always_said(found, nights, expected):
    those = tuple(taken(steps("20", "10"), coverage=one) for one in found)
    assert said(page(medications=those, sleep_nights=nights).coverage) == expected


# -- situation --------------------------------------------------------------------------------------------------------


def descent(reductions=9, increases=0, days=55, mg="150") -> Descent:
    return Descent(Decimal(mg), reductions, increases, OFF - dt.timedelta(days), OFF)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions over 8 weeks."),
        (
            {"descent": descent(9, 1), "mg": Decimal("37.5")},
            "Venlafaxine 37.5 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions and 1 increase.",
        ),
        ({"descent": descent(1, days=0)}, "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 1 reduction."),
        (
            {"descent": descent(2, days=9)},
            "Venlafaxine 0 mg since 19 Nov 2012 (141 days), from 150 mg in 2 reductions over 9 days.",
        ),
        ({"descent": None, "mg": Decimal("20")}, "Venlafaxine 20 mg since 19 Nov 2012 (141 days)."),
        ({"descent": None, "mg_since": LAST}, "Venlafaxine 0 mg since 8 Apr 2013 (1 day)."),
        ({"descent": None, "name": "Effexor"}, "Effexor (venlafaxine) 0 mg since 19 Nov 2012 (141 days)."),
        (
            {"name": "effexor"},
            "Effexor (venlafaxine) 0 mg since 19 Nov 2012 (141 days), from 150 mg in 9 reductions.",
        ),
    ],
)
def test_the_dose_now_and_the_way_to_it(fields, expected):
    those = (taken(steps("150", "0"), **{"descent": descent(), "mg_since": OFF} | fields),)
    assert said(page(medications=those).situation[0]) == expected


AGAINST = "(28 days since 12 Mar against before the taper)."
THREE = ("Restlessness", "Agitation", "Irritability")


def three(*changes: tuple[str | None, str | None]):
    return tuple(measured(name, *pair) for name, pair in zip(THREE, changes, strict=True))


@pytest.mark.parametrize(
    ("measures", "symptoms", "expected"),
    [
        (
            three(("0.9", "2.1"), ("1.2", "2.3"), ("1.4", "2.4")),
            (),
            "Restlessness, agitation, irritability: up by 1 point (28 days since 12 Mar).",
        ),
        (three(("1", "3"), ("1", "2"), ("1", "1.2")), (), f"Restlessness, agitation: up by 1 to 2 points {AGAINST}"),
        (three(("1", "1.5"), ("1", "1.1"), ("1", "1")), (), f"Restlessness: up by half a point {AGAINST}"),
        (
            three(("1", "2"), ("1", "1"), ("2", "1.4")),
            (),
            "Restlessness: up by 1 point; irritability: down by half a point (28 days since 12 Mar).",
        ),
        (three(("1", "1.4"), ("1", "1"), ("1", "0.6")), (), f"No symptom changed by 0.5 or more {AGAINST}"),
        (
            three(("1", "1.4"), ("1", "1"), ("1", "1")),
            (level("pain", "Pain", "2", "1"),),
            f"No symptom changed by 0.5 or more {AGAINST}",
        ),
        (three((None, "2"), (None, "1.25"), (None, None)), (),
         "Too few rated days before the taper to compare with (0 of 43 days)."),
        ((), (), ""),
    ],
)  # fmt: skip
def test_what_the_symptoms_really_did(measures, symptoms, expected):
    found = page(measures=measures, symptoms=symptoms).situation
    assert [said(line) for line in found[1:]] == [expected] * bool(expected)


def test_the_first_score_with_both_means_stands_beside_them():
    without = scored({"2012-08-13": "1"}, "Other")
    told = scored({"2012-08-13": "1"}, mean_before=mean("1.14"), mean_now=mean("1.92"))
    measures = (measured("Worry"),)
    line = said(page(measures=measures, scores=(without, told)).situation[1])
    assert line == ("Worry: up by 1 point (28 days since 12 Mar). Depression score 1.1 → 1.9 (28 and 28 scores).")
    assert "score" not in page(measures=measures, scores=(without, told), off=("scores",)).situation[1]


@pytest.mark.parametrize("name", ["x" * 300, "Very long name of a medication that goes on and on " * 4])
def test_a_line_of_the_situation_stays_a_line(name):
    those = (taken(steps("150", "0"), name=name, drug=""),)
    measures = tuple(measured(name + str(n)) for n in range(3))
    told = scored({"2012-08-13": "1"}, name, mean_before=mean("1.14"), mean_now=mean("1.92"))
    assert max(map(len, page(medications=those, measures=measures, scores=(told,)).situation)) <= 130


# -- facts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ""),
        (
            {
                "reason": "recurrent depression",
                "since": dt.date(2004, 3, 1),
                "products": ("75 mg capsule",),
                "prescriber": "Dr M. Sample",
                "history": "One attempt to stop, 2008.",
            },
            "Recurrent depression; since 1 Mar 2004; 75 mg capsule; prescribed by Dr M. Sample. "
            "One attempt to stop, 2008.",
        ),
        ({"history": "Since\n2004,\ttwice."}, "Since 2004, twice."),
    ],
)
def test_the_background(fields, expected):
    those = (taken(steps("20", "10"), **fields),)
    assert fact(page(medications=those), "Background") == expected
    assert fact(page(medications=those, off=("background",)), "Background") == ""


@pytest.mark.parametrize(
    ("length", "fit", "most"),
    [
        (Length.BRIEF, Fit(), 250),
        (Length.FULL, Fit(), 610),
        (Length.WHOLE, Fit(), 100_000),
    ],
)
def test_a_long_history_is_cut_and_says_so(length, fit, most):
    text = fact(page(length, fit, medications=(taken(steps("20", "10"), history="word " * 5000),)), "Background")
    assert len(text) <= most
    assert text.endswith("…") == (length != Length.WHOLE)


def test_further_medications_are_named_with_their_dose():
    those = taken(steps("20", "10")), taken(steps("15"), name="mirtazapine", drug="", mg_since=OFF)
    assert fact(page(medications=those), "Also taken") == "Mirtazapine 15 mg since 19 Nov 2012."
    changed = those[0], taken(steps("15", "7.5"), name="mirtazapine", drug="", mg_since=OFF)
    text = fact(page(medications=changed, fit=Fit(other_medications=0, fact_letters=10)), "Also taken")
    assert text == "Mirtazapine 7.5 mg since 19 Nov 2012. Dose steps not on this page: mirtazapine."
    assert fact(page(medications=those[:1]), "Also taken") == ""


@pytest.mark.parametrize(
    ("names_", "states", "expected"),
    [
        (
            ["Worry", "Irritability"],
            [{1: State.CUT}, {1: State.CUT, 3: State.CUT}],
            "Irritability rose by 1 or more after 2 of 3 changes, worry after 1. Largest: irritability rose from 1.1 "
            "to 2.7 by day 5 after 37 → 25 mg and was not back by day 6, when the next change came (n = 7 days).",
        ),
        (
            ["Worry", "Brain zaps"],
            [{}, {2: State.RETURNED}],
            "Brain zaps rose by 1 or more after 1 of 3 changes, worry after none. Brain zaps rose from 1.1 to 2.7 by "
            "day 5 after 25 → 18 mg; back by day 4 to the level of the week before (n = 7 days).",
        ),
        (["Worry", "PMS"], [{}, {}], "No rise of 1 or more in worry, PMS after 3 changes."),
        (
            ["Worry", "PMS"],
            [{1: State.UNKNOWN}, {1: State.UNKNOWN}],
            "No rise of 1 or more in worry, PMS after 2 changes. 1 change could not be compared.",
        ),
        (
            ["Worry", "PMS"],
            [{1: State.CUT}, {2: State.UNKNOWN}],
            "Worry rose by 1 or more after 1 of 3 changes, PMS after 0 of 2. Worry rose from 1.1 to 2.7 by day 5 after "
            "37 → 25 mg and was not back by day 6, when the next change came (n = 7 days).",
        ),
        (
            ["Worry", "PMS"],
            [dict.fromkeys((1, 2, 3), State.UNKNOWN)] * 2,
            "No change can be compared: too few days were rated around it.",
        ),
    ],
)
def test_what_followed_changes(names_, states, expected):
    those = (taken(steps("37", "25", "18", "12"), *states),)
    measures = tuple(measured(name) for name in names_)
    assert fact(page(medications=those, measures=measures), "After changes") == expected


def test_without_a_change_nothing_is_said_of_changes():
    made = page(medications=(taken(steps("20")),), compared_medications=0)
    assert fact(made, "After changes") == ""
    assert fact(page(medications=(taken(steps("20", "10")),), off=("changes",)), "After changes") == ""


WORRY = NewSymptom("worry", dt.date(2012, 10, 3), dt.date(2012, 8, 24))


@pytest.mark.parametrize(
    ("new", "never", "expected"),
    [
        ([], (), "None after a change."),
        ([WORRY], (), "Worry from 3 Oct 2012 (last rated 1 or more on 24 Aug 2012)."),
        (
            [replace(WORRY, last=None)],
            ("Dizziness", "Nausea", "Dry mouth"),
            "Worry from 3 Oct 2012 (never rated 1 or more before).",
        ),
    ],
)
def test_new_symptoms(new, never, expected):
    medication = taken(steps("37", "25"))
    changed = replace(medication.lines[1], followed=(followed(response(), new),) * 3)
    those = (replace(medication, lines=(medication.lines[0], changed)),)
    assert fact(page(medications=those, never=never), "New or back") == expected
    assert fact(page(never=never), "Never 1 or more") == ("Dizziness, nausea, dry mouth." if never else "")


def test_the_level_since_the_last_change():
    measures = tuple(measured(name) for name in THREE)
    counts = "restlessness 63, agitation 63, irritability 63, of 140 days."
    said_of = f"3-day mean 1 or more above before the taper on: {counts}"
    off = (taken(steps("20", "0"), mg_since=OFF),)
    assert fact(page(medications=off, measures=measures), "Level since 0 mg") == said_of
    lower = (taken(steps("20", "10"), mg_since=OFF),)
    assert fact(page(medications=lower, measures=measures), "Level since 19 Nov") == said_of


SCORES = {
    "2012-08-13": "1.0", "2012-08-20": "1.3", "2012-10-01": "1.1",
    "2012-12-31": "1.6", "2013-03-01": "2.0", "2013-04-08": "2.2",
}  # fmt: skip
BEFORE, DURING = (Decimal("1.0"), Decimal("1.3"), 2), (Decimal("1.1"), Decimal("1.1"), 1)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"before": BEFORE, "during": DURING, "above_from": dt.date(2012, 12, 31), "above": 3},
            "Before 1.0–1.3 (2 scores), during 1.1 (1). From 31 Dec (day 42 at 0 mg) all 3 above 1.3; "
            "last 2.2 on 8 Apr.",
        ),
        (
            {"before": BEFORE, "above_from": dt.date(2013, 4, 8), "above": 1},
            "Before 1.0–1.3 (2 scores), since 2.2 (1); last 2.2 on 8 Apr.",
        ),
        (
            {"before": BEFORE, "during": DURING},
            "Before 1.0–1.3 (2 scores), during 1.1 (1), since 2.2 (1); last 2.2 on 8 Apr.",
        ),
        ({}, "1.0–2.2 (6 scores); last 2.2 on 8 Apr."),
    ],
)  # fmt: skip
def test_a_score_in_one_sentence(fields, expected):
    doses = steps("20", "0", first=OFF - dt.timedelta(7))
    made = page(scores=(scored(SCORES, **fields),), medications=(taken(doses),))
    assert fact(made, "Depression score") == expected


def test_a_questionnaire_says_its_band_and_whose_bands_they_are():
    phq = scored({"2012-08-13": "9", "2013-04-08": "14"}, "PHQ-9", "0", "27", is_questionnaire=True, band="moderate")
    phq = replace(phq, score=replace(phq.score, name="PHQ-9 total"))
    made = page(Length.FULL, scores=(phq,))
    assert fact(made, "PHQ-9 total") == "9–14 (2 scores); last 14 on 8 Apr, moderate (Kroenke 2001)."
    assert block(made, "scores").title.replace("\u00a0", " ") == "PHQ-9 total (0–27; Kroenke 2001), 2 scores"
    assert "Bands: PHQ-9 total (Kroenke 2001)." in made.definitions
    assert cells(block(made, "scores")) == [["score", "*9*", "*14*"]]


@pytest.mark.parametrize(
    ("doses", "found", "expected"),
    [
        (
            ("20", "10"),
            coverage(98, 84),
            "No hold, no increase. Missed doses: none recorded, 14 days without a record.",
        ),
        (
            ("20", "10", "10", "15"),
            coverage(98, 98),
            "Hold at 10 mg from 27 Aug; back up to 15 mg on 3 Sep. "
            "Missed doses: none recorded, no days without a record.",
        ),
        (
            ("20", "30"),
            coverage(98, 98, missed=(dt.date(2012, 10, 3), dt.date(2012, 11, 14)), late=4, other=1, not_due=(START,)),
            "Increase to 30 mg on 20 Aug. Missed doses: 2 (3 Oct, 14 Nov), late 4, other amount 1, "
            "taken though none was due 1, no days without a record.",
        ),
        (("20", "0"), coverage(0, 0), "No hold, no increase."),
    ],
)
def test_holds_increases_and_missed_doses(doses, found, expected):
    those = (taken(steps(*doses), coverage=found),)
    assert fact(page(medications=those), "Holds, increases") == expected


def test_missed_doses_of_several_are_told_of_those_that_have_any():
    missed = taken(steps("20", "10"), name="Zopiclone", coverage=coverage(10, 10, missed=(dt.date(2012, 10, 3),)))
    others = [taken(steps("20", "10"), coverage=coverage(10, 8)) for _ in range(2)]
    made = page(medications=(missed, *others))
    assert fact(made, "Holds, increases") == (
        "No hold, no increase. Missed doses: "
        "zopiclone: 1 (3 Oct), no days without a record. The others: none recorded, 4 dose days without a record."
    )


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (
            Planned(Agreed(dt.date(2013, 3, 1), "Dr M. Sample", [("hold", dt.date(2013, 3, 20))]),
                    (Decimal("9"), dt.date(2013, 5, 3)), (Decimal("0"), dt.date(2013, 9, 1))),
            "Agreed with Dr M. Sample on 1 Mar 2013, held on 20 Mar; next step 9 mg on 3 May 2013; "
            "planned to 0 mg on 1 Sep 2013.",
        ),
        (
            Planned(Agreed(dt.date(2013, 3, 1)), *[(Decimal("9"), dt.date(2013, 4, 1))] * 2),
            "Agreed on 1 Mar 2013; next and last step 9 mg, planned for 1 Apr 2013.",
        ),
        (
            Planned(Agreed(dt.date(2013, 3, 1)), None, (Decimal("0"), dt.date(2013, 4, 1))),
            "Agreed on 1 Mar 2013; planned to 0 mg on 1 Apr 2013, no step to come.",
        ),
        (None, ""),
    ],
)  # fmt: skip
def test_the_agreed_plan(plan, expected):
    assert fact(page(medications=(taken(steps("20", "10"), plan=plan),)), "Plan") == expected


@pytest.mark.parametrize(
    ("label", "fields", "expected"),
    [
        (
            "Sleep",
            {"sleep": Sleep(6, 28, 1, 43)},
            "Nights under 5 h: 6 of 28 recorded since 12 Mar (28 days), 1 of 43 recorded before the taper.",
        ),
        ("Sleep", {"sleep": Sleep(0, 0, 0, 0)}, ""),
        ("Sleep", {"sleep": None}, ""),
        (
            "Function",
            {"wellbeing": (level("function", "Function", "5.1", "4.2", "up"),)},
            "5.1 from 13 Aug to 24 Sep (43 days) → 4.2 from 12 Mar to 8 Apr (28 days), 10 is best.",
        ),
        (
            "Substances",
            {"substances": (Substance("Alcohol", "units", 80, 12, mean("0.4", 80, 239)),)},
            "Alcohol: on 12 of 80 days recorded, mean 0.4 units a day recorded.",
        ),
        (
            "Events",
            {
                "events": (
                    EventSpan("Illness", dt.date(2012, 10, 3), dt.date(2012, 10, 9)),
                )
            },
            "Illness 3 Oct 2012 – 9 Oct 2012.",
        ),
        ("Not recorded", {}, "Function."),
        ("Not recorded", {"substances": ()}, "Function, alcohol, other substances."),
    ],
)  # fmt: skip
def test_other_facts(label, fields, expected):
    assert fact(page(off=("levels",), **fields), label) == expected
    if label == "Function":
        assert fact(page(**fields), label) == ""


def test_worst_days_stand_on_a_full_page():
    worst = (
        Worst("Agitation", Fraction("5.35"), dt.date(2013, 4, 4)),
        Worst("Mood", Fraction("3.1"), dt.date(2013, 3, 9)),
    )
    assert fact(page(Length.FULL, worst=worst), "Worst days") == "Agitation 5.4 on 4 Apr, lowest mood 3.1 on 9 Mar."
    assert fact(page(worst=worst), "Worst days") == ""


# -- the page ---------------------------------------------------------------------------------------------------------


def test_the_order_of_a_brief_page_and_of_a_full_one():
    scores = (scored({"2012-08-13": "1"}),)
    assert names(page(scores=scores)) == ["overview", "steps", "levels", "helped", "questions", "agreed"]
    full = ["overview", "levels", "steps", "responses", "scores", "substances", "helped", "questions", "agreed"]
    assert names(page(Length.FULL, scores=scores)) == full


@pytest.mark.parametrize(
    ("section", "gone"),
    [
        ("chart", "overview"), ("steps", "steps"), ("levels", "levels"), ("scores", "scores"), ("helped", "helped"),
        ("questions", "questions"), ("agreed", "agreed"), ("substances", "substances"),
    ],
)  # fmt: skip
def test_a_section_that_is_off_is_not_there(section, gone):
    assert section in SECTIONS
    scores = (scored({"2012-08-13": "1"}),)
    whole, made = (names(page(Length.FULL, off=off, scores=scores)) for off in ((), (section,)))
    assert gone in whole
    assert gone not in made


def test_the_onset_and_the_mean_change_after_each_change():
    medication = taken(steps("37", "25"), {1: State.CUT})
    changed = replace(
        medication.lines[1], followed=(followed(response(state=State.CUT), [WORRY]), followed(response()))
    )
    those = (replace(medication, lines=(medication.lines[0], changed)),)
    made = page(Length.FULL, medications=those, measures=(measured("Restlessness"), measured("Agitation")))
    expected = ["20 Aug 2012", "37 → 25", "7", "2", "*+0.3*", "–", "+0.3", "worry from 3 Oct"]
    assert cells(block(made, "responses")) == [expected]


@pytest.mark.parametrize("length", list(Length))
def test_every_score_has_its_date_unless_there_are_very_many(length):
    days = [dt.date(2010, 1, 1) + dt.timedelta(14 * n) for n in range(85)]
    one = scored({day.isoformat(): "1.5" for day in days})
    made = present(prescribed(length, scores=(one,)))
    if length == Length.BRIEF:
        assert "scores" not in names(made)
        return
    table = block(made, "scores")
    values = [text for row in cells(table) for text in row if text == "*1.5*"]
    assert len(values) == (85 if length == Length.WHOLE else 54)
    assert ("31 earlier scores" in said(table.note)) == (length == Length.FULL)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_nothing_recorded_is_an_honest_page():
    empty = prescribed(
        entry_days=0, sleep_nights=0, medications=(), compared_medications=0, measures=(), symptoms=(), wellbeing=(),
        practised=(), questions=(), sleep=None, strips={}, substances=(), never=(),
    )  # fmt: skip
    made = present(empty)
    assert made.situation == ("No medication recorded.", "Nothing was recorded in this period.")
    assert made.facts == ()
    assert names(made) == ["helped", "questions", "agreed"]
    assert said(made.coverage) == "Entries on 0 of 239 days · sleep on no nights"


def test_definitions_name_only_what_is_on_the_page_and_where_the_rules_stand():
    whole = page().definitions
    assert whole.startswith("Patient-recorded; not a clinical assessment. 0 none, 1–3 mild, 4–6 moderate, 7–9 severe")
    assert "Before the taper (dashed): mean of 13 Aug 2012 – 24 Sep 2012." in said(whole)
    assert whole.endswith("Gaps are not filled in. Rules in full: TaperTrack, docs/analysis.md.")
    assert "Week before:" in whole
    bare = page(off=("chart", "steps")).definitions
    assert "Week before:" not in bare
    assert "Dots" not in bare
    assert "dashed" not in bare


# -- what is dropped --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fit", LADDER)
@pytest.mark.parametrize("length", list(Length))
def test_what_is_never_dropped_stays(length, fit):
    made = page(length, fit, scores=(scored({"2012-08-13": "1"}),))
    assert made.name
    assert made.period
    assert made.coverage
    assert made.definitions
    assert made.situation[0].startswith("Venlafaxine")
    assert {"questions", "agreed"} <= set(names(made))


def test_fewer_symptoms_stand_in_the_table_of_steps():
    groups = {column.group for column in block(page(fit=Fit(measures=2)), "steps").columns}
    assert groups == {"Taken", "Restlessness", "Agitation"}


def test_fewer_scores_are_told():
    two = scored({"2012-08-13": "1"}, "One"), scored({"2012-08-13": "1"}, "Two")
    assert fact(page(scores=two), "Two")
    assert not fact(page(scores=two, fit=Fit(scores=1)), "Two")
    assert fact(page(scores=two, fit=Fit(scores=1)), "Further facts") == "No room for two."
    assert len([name for name in names(page(Length.FULL, Fit(scores=1), scores=two)) if name == "scores"]) == 1


@pytest.mark.parametrize(
    ("fit", "label", "expected"),
    [
        (Fit(further=False), "Sleep", ""),
        (Fit(further=False), "Further facts", "No room for sleep, events, what was not recorded."),
        (Fit(), "Further facts", ""),
        (Fit(short=True), "Background", "Low mood, since 3 Mar 2004. One attempt to stop."),
        (
            Fit(),
            "Background",
            "Low mood; since 3 Mar 2004; prescribed by Dr M. Sample. One attempt to stop. It went on for a year.",
        ),
        (Fit(short=True), "Holds, increases", "No hold, no increase. Missed doses: 2, no days without a record."),
        (
            Fit(),
            "Holds, increases",
            "No hold, no increase. Missed doses: 2 (3 Oct, 14 Nov), no days without a record.",
        ),
        (Fit(short=True), "Plan", "Next step 9 mg on 3 May 2013."),
    ],
)
def test_shorter_words_stand_before_anything_is_cut(fit, label, expected):
    missed = coverage(98, 98, missed=(dt.date(2012, 10, 3), dt.date(2012, 11, 14)))
    plan = Planned(
        Agreed(dt.date(2013, 3, 1)), (Decimal("9"), dt.date(2013, 5, 3)), (Decimal("0"), dt.date(2013, 9, 1))
    )
    one = taken(
        steps("20", "10"), coverage=missed, plan=plan, reason="low mood", since=dt.date(2004, 3, 3),
        prescriber="Dr M. Sample", history="One attempt to stop. It went on for a year.",
    )  # fmt: skip
    made = page(
        fit=fit, medications=(one,), sleep=Sleep(1, 28, 0, 43), substances=(),
        events=(EventSpan("Travel", LAST, LAST),),
    )  # fmt: skip
    assert fact(made, label) == expected


def test_with_the_least_room_mood_and_one_of_sleep_stay_in_the_table_of_levels():
    rows = [row[0].text for row in block(page(fit=Fit(wellbeing=False)), "levels").rows]
    assert "Mood (10 best)" in rows
    assert not {"Function (10 best)", "Hours slept"} & set(rows)


def test_long_facts_are_cut_at_a_word_and_one_sentence_says_so():
    never = ("Dizziness", "Nausea")
    made = page(never=never, fit=Fit(fact_letters=14))
    assert fact(made, "New or back") == "None after a…"
    assert fact(made, "Never 1 or more") == "Dizziness…"
    assert fact(made, "Further facts") == "Some facts are shortened."
    assert max(len(text) for label, text in page(fit=Fit(fact_letters=60)).facts if label != "Further facts") <= 61


# -- what somebody wrote ----------------------------------------------------------------------------------------------

WILD = (
    '#panic() <script>alert(1)</script> *b* _i_ $x$ `c` \\ "q" {{ x }} \x00\x07\x1b[31m \u202eabc\u2066 שלום 🙂 '
    + "x" * 300
)


def wild_page(length=Length.WHOLE):
    medication = taken(
        steps("20", "10"), name=WILD, reason=WILD, history=WILD, prescriber=WILD, products=(WILD,), drug=""
    )
    measures = tuple(measured(WILD + str(n)) for n in range(3))
    return page(
        length,
        name=WILD,
        visit=Visit(WILD, LAST),
        medications=(medication, medication),
        measures=measures,
        symptoms=tuple(Level(str(n), WILD, "", "down", (mean("1"), mean("2")), Fraction(1)) for n in range(3)),
        never=(WILD,),
        worst=(Worst(WILD, Fraction(3), LAST),),
        scores=(scored({"2012-08-13": "1"}, WILD),),
        substances=(Substance(WILD, WILD, 3, 2, mean("1")),),
    )  # fmt: skip


@pytest.mark.parametrize("length", list(Length))
def test_control_characters_are_dropped_and_words_are_only_words(length):
    data = wild_page(length).data()
    texts = everything(data)
    assert not any(letter in text for text in texts for letter in "\x00\x07\x1b\u202e\u2066")
    assert any("#panic() <script>" in text for text in texts)
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize("length", list(Length))
@pytest.mark.parametrize("fit", [LADDER[0], LADDER[-1]])
def test_words_that_give_a_verdict_are_never_used(length, fit):
    states = {1: State.CUT, 2: State.RETURNED, 3: State.NOT_YET, 4: State.UNKNOWN}
    doses = steps("20", "15", "12", "10", "12", "12", "6")
    made = page(
        length, fit, medications=(taken(doses, states), taken(steps("15", "7.5"), name="Mirtazapine")),
        scores=(scored(SCORES, before=BEFORE, above_from=dt.date(2012, 12, 31), above=3),),
    )  # fmt: skip
    text = " ".join(everything(made.data())).casefold()
    assert not [word for word in FORBIDDEN if word in text]


def test_the_therapist_has_a_page_of_their_own():
    made = present(prescribed(choices=Choices(Reader.THERAPIST, Length.BRIEF)))
    assert made.reader == "therapist"
    assert "steps" not in names(made)
