"""Sentences that were once not true, each with the record that showed it."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.urls import reverse

from journal.analysis.blocks import Block
from journal.analysis.levels import Compared
from journal.analysis.rates import Rate, Rates
from journal.analysis.responses import State
from journal.analysis.series import Span
from journal.catalogue.summary import Reader
from journal.models import Appointment, FlagRaised, Homework, QuestionnaireResponse
from journal.queries.period import Period
from journal.summary.as_json import facts as json_facts
from journal.summary.fit import Fit
from journal.summary.model import Level, Sleep
from journal.summary.present import present
from journal.summary.rates_words import rates_sentence
from journal.summary.score_words import before_and_now
from tests.conftest import make_entry, make_medication, make_plan, make_step, make_symptom
from tests.summary.made import BEFORE, LAST, choices, made, mean
from tests.summary.read import block, fact, said
from tests.summary.records import ago, last_days, rate, summary_of
from tests.summary.taper import followed, measured, prescribed, response, scored, steps, taken

pytestmark = pytest.mark.usefixtures("clock")


def shift(name: str, change: str | None, before: int = 43, now: int = 28) -> Level:
    return Level(name, name, "", "down", (mean("1", before, 43), mean("1", now)), change and Fraction(change))


# -- the headline ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shifts", "expected"),
    [
        ([shift("Pain", "-2"), shift("Worry", "0.4")], "Pain: down by 2 points"),
        ([shift("A", "3"), shift("B", "2"), shift("C", "-1.5"), shift("D", "1")], "A, B: up by 2 to 3 points; C: down"),
        ([shift("Worry", "0.4"), shift("Pain", None)], "Worry, of which enough days are rated, changed by less than"),
        ([shift("Worry", "0.4"), shift("Zaps", "0"), shift("Pain", None)], "None of the 2 symptoms that can be comp"),
        ([shift("Pain", None, 43, 6)], "Too few rated days since 12 Mar to compare with before the taper (6 of 28"),
        ([shift("Pain", None, 3, 28)], "Too few rated days before the taper to compare with (3 of 43 days)."),
        ([shift("Pain", None, 3, 28), shift("Zaps", None, 43, 3)], "No symptom has enough rated days to compare with"),
        ([], ""),
    ],
)  # fmt: skip
def test_the_headline_tells_of_what_changed_most_of_all_that_can_be_compared(shifts, expected):
    line = said(" ".join(present(prescribed(shifts=tuple(shifts))).situation[1:]))
    assert line.startswith(expected) and bool(line) == bool(expected)


@pytest.fixture
def new_symptom(alice):
    """Fatigue stays at 3; zaps went from 0 to 4 with the reduction 6 days ago, or as many as a test says."""

    def record(days: int):
        medication = make_medication(alice)
        make_step(medication, ago(200), 20, "start")
        make_step(medication, ago(days - 1), 15)
        rate(alice, make_symptom(alice, "Fatigue", builtin="", position=1), 40, [3] * 41)
        rate(alice, make_symptom(alice, "Zaps", builtin="", position=2), 40, [0] * (41 - days) + [4] * days)
        return alice

    return record


@pytest.mark.parametrize(
    ("days", "headline", "title"),
    [
        (6, "Too few rated days since 17 Nov to compare with before the taper (6 of 6 days).", "rated highest"),
        (8, "Zaps: up by 4 points (8 days since 15 Nov against before the taper).", "rated highest"),
        (20, "Zaps: up by 4 points (20 days since 3 Nov against before the taper).", "Dose, burden, zaps, fatigue"),
    ],
)
def test_one_now_for_headline_chart_and_table(new_symptom, days, headline, title):
    summary = summary_of(new_symptom(days), last_days(41))
    page = present(summary)
    assert said(page.situation[1]) == headline
    assert title in said(block(page, "overview").title)
    (now,) = [one for one in summary.blocks if one.kind == "since"]
    assert summary.compared.now == now.span
    of_zaps = next(one for one in summary.symptoms if one.name == "Zaps")
    assert summary.strips[of_zaps.key].now == of_zaps.means[-1]


@pytest.mark.parametrize(
    ("score", "expected"),
    [
        (
            scored({"2013-04-08": "9"}, "PHQ-9", "0", "27", mean_before=mean("3.67", 3, 43), mean_now=mean("9", 1)),
            "PHQ-9 9 on 8 Apr (mean of 3 before: 3.7).",
        ),
        (
            scored({"2013-04-08": "9"}, "PHQ-9", "0", "27", mean_before=mean("3", 1, 43), mean_now=mean("9", 1)),
            "PHQ-9 9 on 8 Apr (1 before: 3).",
        ),
        (
            scored({"2013-04-08": "9"}, "PHQ-9", "0", "27", mean_before=mean("3.67", 3, 43), mean_now=mean("9", 2)),
            "PHQ-9 3.7 → 9.0 (3 and 2 scores).",
        ),
        (scored({"2013-04-08": "70"}, "Weight", None, None, mean_before=mean("71"), mean_now=mean("70")), ""),
        (scored({"2013-04-08": "9"}, mean_now=mean("9", 1)), ""),
    ],
)
def test_a_score_in_the_headline_says_its_n_or_its_day_and_a_weight_is_none(score, expected):
    assert said(before_and_now(score)) == expected


def test_a_measure_with_a_unit_is_no_score_for_the_headline():
    one = scored({"2013-04-08": "70"}, "Sugar", "0", "100", mean_before=mean("71"), mean_now=mean("70"))
    assert before_and_now(replace(one, score=replace(one.score, unit="mg"))) == ""
    assert before_and_now(one)


# -- sections that are off ---------------------------------------------------------------------------------------------


@pytest.fixture
def mood(alice):
    """60 days with mood, function and a symptom; 20 mg to 10 mg 30 days ago and a hold since."""
    medication = make_medication(alice)
    for days, mg, kind in ((200, 20, "start"), (30, 10, "reduction"), (10, 10, "hold")):
        make_step(medication, ago(days), mg, kind)
    rate(alice, make_symptom(alice), 59, [1] * 60, mood=5, function=6, sleep_hours=7)
    return alice


@pytest.mark.parametrize(
    ("off", "told"),
    [
        ((), True),
        (("chart",), True),
        (("levels",), True),
        (("chart", "levels"), False),
    ],
)
def test_a_therapists_page_never_denies_what_is_only_switched_off(mood, off, told):
    summary = summary_of(mood, last_days(60), reader=Reader.THERAPIST, sections_off=frozenset(off))
    page = present(summary)
    words = said(" ".join([*page.situation, *(text for _, text in page.facts)]))
    assert "Not recorded" not in words and "Too few" not in words
    assert bool(fact(page, "Mood")) == bool(fact(page, "Function")) == told
    assert ("Mood about as" in words) == told
    assert summary.left_out == bool(off)


def test_only_strips_that_are_kept_for_facts_are_left_out_by_choice_too(alice):
    make_entry(alice, ago(1), mood=5)
    summary = summary_of(alice, last_days(30), sections_off=frozenset({"chart"}))
    assert summary.left_out


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ((), "Hold at 10 mg from 12 Nov. Missed doses: none recorded"),
        (("changes",), "Hold at 10 mg from 12 Nov. Missed doses: none recorded"),
        (("changes", "steps"), "Missed doses: none recorded"),
    ],
)
def test_holds_are_left_out_with_the_steps_and_not_denied(mood, off, expected):
    summary = summary_of(mood, last_days(60), sections_off=frozenset(off))
    assert fact(present(summary), "Holds, increases").startswith(expected)
    steps_told = json_facts(summary)["medications"][0]["steps"]
    assert steps_told is None if len(off) == 2 else len(steps_told) == 3


def test_the_signature_does_not_go_by_the_sections_of_a_page(as_alice, mood):
    whole = as_alice.get(reverse("summary_signature")).context["words"]
    as_alice.post(reverse("summary_choices"), {"reader": "prescriber", "length": "brief", "paper": "a4"})
    assert as_alice.get(reverse("summary_signature")).context["words"] == whole != ""


# -- the period and the whole record -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "ending"),
    [(20, " in this period."), (90, " in this period."), (250, ".")],
)
def test_counts_say_that_they_are_of_the_period_where_the_record_is_longer(alice, days, ending):
    medication = make_medication(alice)
    for since, mg, kind in ((200, 20, "start"), (100, 15, "reduction"), (15, 10, "reduction")):
        make_step(medication, ago(since), mg, kind)
    rate(alice, make_symptom(alice), 210, [1] * 211)
    page = present(summary_of(alice, last_days(days)))
    assert fact(page, "Holds, increases").startswith(f"No hold, no increase{ending} Missed")
    assert f"{'change' if days < 100 else 'changes'}{ending}" in fact(page, "After changes")
    assert fact(page, "New or back") == f"None after a change{ending}"


@pytest.mark.parametrize(
    ("now", "kinds", "found", "expected"),
    [
        (28, ("before", "since", "since"), Sleep(1, 20, 2, 40), "1 of 20 recorded in the last 28 days, 2 of 40"),
        (4, ("before", "since"), Sleep(0, 4, 0, 9), "0 of 4 recorded since 5 Apr (4 days), 0 of 9"),
        (4, ("before", "since"), Sleep(0, 0, 0, 9), "none recorded since 5 Apr (4 days), 0 of 9"),
        (4, ("plain",), Sleep(0, 3, 0, 0), "0 of 3 recorded since 5 Apr (4 days)."),
    ],
)
def test_short_nights_say_of_which_days_they_are(now, kinds, found, expected):
    span = Span(LAST - dt.timedelta(now - 1), LAST)
    blocks = tuple(Block(kind, BEFORE if kind == "before" else span) for kind in kinds)
    page = present(prescribed(sleep=found, blocks=blocks, compared=Compared(BEFORE, span), symptoms=(), wellbeing=()))
    assert expected in fact(page, "Sleep")


def test_a_night_with_hours_or_with_a_word_on_it_counts_once(alice):
    for days, fields in (
        (3, {"sleep_hours": 7}),
        (2, {"sleep_quality": 5}),
        (1, {"sleep_hours": 7, "sleep_quality": 5}),
    ):
        make_entry(alice, ago(days), **fields)
    assert summary_of(alice, last_days(10)).sleep_nights == 3


# -- scores ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("totals", "expected"),
    [
        ([(75, 4), (50, 9), (20, 3), (8, 7)], "Before 4 (1 score), during 9 (1), since 3–7 (2); last 7 on 14 Nov"),
        ([(75, 4), (50, 3), (20, 5), (8, 7)], "during 3 (1). From 2 Nov (day 10 at 10 mg) both above 4; last 7"),
        ([(75, 4), (50, 9), (25, 4), (20, 5), (8, 7)], "both above 4, earlier 1 of 2; last 7 on 14 Nov"),
        ([(75, 4), (50, 5), (20, 6), (8, 7)], "From 3 Oct (day 10 at 15 mg) all 3 above 4; last 7 on 14 Nov"),
        ([(75, 4), (50, 3), (8, 7)], "Before 4 (1 score), during 3 (1), since 7 (1); last 7 on 14 Nov"),
    ],
)
def test_all_above_is_said_of_two_or_more_and_tells_of_earlier_ones_too(alice, totals, expected):
    medication = make_medication(alice)
    for days, mg, kind in ((300, 20, "start"), (60, 15, "reduction"), (30, 10, "reduction")):
        make_step(medication, ago(days), mg, kind)
    make_entry(alice, ago(100))
    for days, total in totals:
        answers = [min(3, max(0, total - 3 * place)) for place in range(8)]
        QuestionnaireResponse.objects.create(owner=alice, slug="phq-9", date=ago(days), answers=[*answers, 0])
    assert expected in fact(present(summary_of(alice, last_days(80))), "PHQ-9")


def test_a_weight_has_values_and_is_above_nothing():
    one = scored({"2013-03-01": "70", "2013-04-08": "72"}, "Weight", None, None)
    assert fact(present(prescribed(scores=(one,))), "Weight") == "70–72 (2 values); last 72 on 8 Apr."


# -- what followed -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("peaks", "expected"),
    [
        ((("2.7", "2.6"), ("5.0", None)), "Largest: agitation rose from 1.1 to 5.0"),
        ((("2.7", "2.6"), ("2.7", None)), "Largest: worry rose from 1.1 to 2.7"),
        (((None, None), ("2.7", None)), "Agitation rose from 1.1 to 2.7"),
    ],
)
@pytest.mark.parametrize("short", [False, True])
def test_the_largest_rise_is_that_of_all_measures(peaks, expected, short):
    def of(peak):
        return followed(response(state=State.CUT, peak=peak) if peak else response())

    medication = taken(steps("37", "25", "18"))
    changed = [
        replace(line, followed=tuple(of(one[place]) for one in peaks))
        for place, line in enumerate(medication.lines[1:])
    ]
    those = (replace(medication, lines=(medication.lines[0], *changed)),)
    page = present(prescribed(medications=those, measures=(measured("Worry"), measured("Agitation"))), Fit(short=short))
    text = fact(page, "After changes")
    name = expected.removeprefix("Largest: ").split()[0].lower()
    assert (f"Largest: {name} from 1.1 to {expected.split()[-1]}" if short else expected) in text


@pytest.mark.parametrize(
    ("rates", "whole", "expected"),
    [
        (
            [("Restlessness", (4, 3)), ("Agitation", (5, 0))],
            True,
            "The same rule also finds rises where no dose changed: in 7-day stretches restlessness 4, agitation "
            "5 of 21. In 6-day stretches restlessness 3, agitation 0 of 24.",
        ),
        (
            [("Restlessness", (4, 3)), ("Agitation", (5, 0))],
            False,
            "The same rule also finds rises where no dose changed: in 7-day stretches restlessness 4, agitation "
            "5 of 21.",
        ),
        ([("Worry", (0, 1))], False,
         "Where no dose changed the same rule finds no rise: in 7-day stretches worry 0 of 21."),
    ],
)  # fmt: skip
def test_rises_without_a_change_are_a_sentence_that_can_be_read(rates, whole, expected):
    found = [(name, Rates((Rate(7, 2, 5, seven, 21), Rate(6, 1, 2, six, 24)), 0, 0)) for name, (seven, six) in rates]
    assert said(rates_sentence(found, whole=whole)) == expected


# -- the small ones ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doses", "expected"),
    [
        ((75, 0, 75, 50), (Decimal(75), 2, 1)),
        ((75, 50), (Decimal(75), 1, 0)),
        ((75, 0, 75), None),
        ((50, 75), None),
    ],
)
def test_the_way_down_counts_a_stop_in_between(alice, doses, expected):
    medication = make_medication(alice)
    for place, mg in enumerate(doses):
        make_step(medication, ago(100 - 10 * place), mg, "start" if not place else "reduction")
    found = summary_of(alice).medications[0].descent
    assert (found and (found.mg, found.reductions, found.increases)) == expected


def test_a_task_that_was_set_later_is_not_of_the_period(alice):
    visit = Appointment.objects.create(owner=alice, kind="therapist", date=ago(5))
    Homework.objects.create(owner=alice, text="Later", given=visit)
    period = Period(ago(40), ago(10))
    assert summary_of(alice, period, reader=Reader.THERAPIST).homework == ()
    assert len(summary_of(alice, last_days(30), reader=Reader.THERAPIST).homework) == 1


def test_what_is_private_about_a_medication_goes_with_it(alice):
    there, gone = make_medication(alice), make_medication(alice, "Mirtazapine", drug="")
    keys = []
    for one in (there, gone):
        step = make_step(one, ago(20), 10, "start", note=f"Step of {one.name}")
        plan = make_plan(one, (), note=f"Plan of {one.name}")
        flag = FlagRaised.objects.create(owner=alice, rule="missed-doses", date=ago(3), medication=one)
        keys += [f"step:{step.pk}", f"taper-plan:{plan.pk}", f"flag:{flag.pk}"]
    flag = FlagRaised.objects.create(owner=alice, rule="of-old", date=ago(3))
    keys.append(f"flag:{flag.pk}")
    chosen = {"private": frozenset(keys), "medications_off": frozenset({gone.pk})}
    summary = summary_of(alice, last_days(60), **chosen)
    found = {item.key for group in summary.private for item in group.items}
    assert found == {*keys[:3], keys[-1]}
    assert "Mirtazapine" not in repr(summary.private)
    assert len(summary_of(alice, last_days(60), private=frozenset(keys)).private) == 2


def test_new_or_back_is_told_apart_from_what_never_was():
    page = present(prescribed(never=("Dizziness", "Dry mouth")))
    assert fact(page, "Never 1 or more") == "Dizziness, dry mouth."
    assert "Never" not in fact(page, "New or back")


def test_notes_say_what_small_figures_and_changes_are():
    summary = prescribed(symptoms=(Level("pain", "Pain", "", "down", (mean("1", 20, 43), mean("2")), Fraction(1)),))
    note = said(block(present(summary), "levels").note)
    assert "Small figures: days recorded, if not all. Change: of unrounded means." in note
    assert (
        "Change:"
        not in block(present(made(blocks=made().blocks[-1:], choices=choices(Reader.PRESCRIBER))), "levels").note
    )
