"""Red flags: the table of rules, and what is noticed by it, at each threshold and just below."""

import datetime as dt
import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.analysis import flags
from journal.analysis.flags import Facts, Notice, is_planned, is_recent, notices_in, parted, told_in, unseen
from journal.catalogue.events import URGENT
from journal.catalogue.flag_rules import EVENT_RULES, FLAG_RULES, MISSED, STOPPED, Trigger, as_data, names_of
from journal.catalogue.red_flags import RED_FLAGS, Action
from journal.catalogue.symptoms import SYMPTOMS, find

DAY = dt.date(2026, 11, 22)
BEFORE, AFTER = DAY - dt.timedelta(1), DAY + dt.timedelta(1)


def noticed(**facts) -> list[tuple]:
    return [(one.rule.slug, one.day, one.reading, one.medication) for one in notices_in(Facts(DAY, **facts))]


def rated(slug, *values):
    return {"readings": [(slug, Decimal(value)) for value in values]}


# -- the table --------------------------------------------------------------------------------------------------------


def test_it_works():
    assert list(FLAG_RULES) == [
        "suicidal-thoughts", "phq-9-item-9", "akathisia", "confusion",
        *(f"event-{event.slug}" for event in URGENT),
        "missed-doses", "unplanned-stop",
    ]  # fmt: skip


@pytest.mark.parametrize("rule", FLAG_RULES.values(), ids=list(FLAG_RULES))
def test_a_rule_leads_to_a_sign_that_the_page_of_help_has(rule):
    assert rule.red_flag is RED_FLAGS[rule.flag]
    assert rule.red_flag.action is not Action.SPECIALIST  # nothing is noticed that only wants advice
    assert rule.sources and len(rule.slug) <= 40
    assert rule.noticed.startswith("You ") and rule.noticed.endswith(".")
    if rule.trigger is Trigger.SYMPTOM:
        assert SYMPTOMS[rule.subject].red_flag  # the way to help stands beside it as well


def test_the_data_for_the_page_is_the_whole_table():
    data = json.loads(json.dumps(as_data()))
    assert [row["rule"] for row in data] == list(FLAG_RULES)
    for row in data:
        rule = FLAG_RULES[row["rule"]]
        same = (rule.trigger, rule.subject, rule.item, rule.limit, rule.above, rule.noticed, rule.rank)
        assert tuple(row[name] for name in ("trigger", "subject", "item", "limit", "above", "noticed", "rank")) == same
        assert (row["heading"], row["todo"]) == (rule.red_flag.heading, rule.red_flag.what_to_do)


@pytest.mark.parametrize("slug", ["suicidal-thoughts", "akathisia", "confusion"])
def test_every_name_under_which_a_symptom_is_found_is_known(slug):
    assert all(find(name).slug == slug for name in names_of(slug))
    assert {"suicidality", "confused", "akathisia"} & set(names_of(slug)) or slug in names_of(slug)


SIGNS = {
    "thoughts of suicide": (["suicidal-thoughts", "phq-9-item-9"], "suicidal-thoughts"),
    "thoughts of self-harm": (["suicidal-thoughts", "phq-9-item-9"], "suicidal-thoughts"),
    "the same with intent or a plan": ([], "unsafe"),
    "harm to others": (["event-harming-someone"], "suicidal-thoughts"),
    "seizure": (["event-seizure"], "seizure"),
    "fainting": (["event-fainting"], "collapse"),
    "chest pain": (["event-chest-pain"], "collapse"),
    "trouble breathing": (["event-trouble-breathing"], "collapse"),
    "delirium, severe confusion": (["confusion"], "psychosis"),
    "hallucinations, psychosis": (["event-hallucinations"], "psychosis"),
    "mania": (["event-high-mood"], "mania"),
    "unbearable inner restlessness": (["akathisia"], "akathisia"),
    "fever and rigidity": (["event-fever-stiffness"], "fever-rigid"),
    "jerking with shivering and diarrhoea": ([], "fever-rigid"),
    "fluids do not stay down": (["event-no-fluids"], "fluids"),
    "severe dehydration": ([], "fluids"),
    "abrupt stop of a benzodiazepine, z-drug or gabapentinoid": (["missed-doses", "unplanned-stop"], "abrupt-stop"),
    "pregnancy, epilepsy, bipolar disorder, alcohol while tapering": ([], "special-care"),
}
"""Every sign for which one stops reading charts: the rules that detect it, and the row of the page of help."""


def test_every_sign_is_detected_or_listed():
    assert {listed for _, listed in SIGNS.values()} == set(RED_FLAGS)
    assert {rule for rules, _ in SIGNS.values() for rule in rules} == set(FLAG_RULES)
    for rules, listed in SIGNS.values():
        assert all(FLAG_RULES[rule].flag == listed for rule in rules)


# -- each rule at its threshold and just below --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slug", "below", "at"),
    [
        ("suicidal-thoughts", "0", "0.1"),
        ("suicidal-thoughts", "0", "1"),
        ("akathisia", "6", "7"),
        ("akathisia", "6.9", "7"),
        ("confusion", "6", "7"),
        ("confusion", "6.9", "7.0"),
    ],
)
def test_a_reading(slug, below, at):
    assert noticed(**rated(slug, below)) == []
    assert noticed(**rated(slug, at)) == [(slug, DAY, Decimal(at), None)]


def test_the_highest_single_reading_counts_and_no_mean_does():
    """Three check-ins of 6, 6 and 9: the 9 is noticed, by itself."""
    assert noticed(**rated("akathisia", "6", "6", "9")) == [("akathisia", DAY, Decimal(9), None)]
    assert noticed(**rated("akathisia", "6", "6", "6")) == []


@pytest.mark.parametrize("slug", sorted(set(SYMPTOMS) - {"suicidal-thoughts", "akathisia", "confusion"}))
def test_no_other_symptom_raises_anything(slug):
    assert noticed(**rated(slug, "10")) == []


@pytest.mark.parametrize(("answer", "is_noticed"), [(0, False), (1, True), (2, True), (3, True)])
def test_question_9(answer, is_noticed):
    found = noticed(answers=[("phq-9", number, 3) for number in range(1, 9)] + [("phq-9", 9, answer), ("gad-7", 9, 3)])
    assert found == ([("phq-9-item-9", DAY, Decimal(answer), None)] if is_noticed else [])


@pytest.mark.parametrize("event", URGENT, ids=lambda event: event.slug)
def test_an_urgent_event(event):
    assert noticed(events={event.slug}) == [(f"event-{event.slug}", DAY, None, None)]
    assert EVENT_RULES[event.slug].flag == event.flag


def test_an_ordinary_event_raises_nothing():
    assert noticed(events={"illness", "travel", "other"}) == []


@pytest.mark.parametrize(
    ("days", "about"),
    [
        ([], []),
        ([DAY], []),
        ([BEFORE], []),
        ([BEFORE, AFTER], []),  # a blank between them never counts
        ([BEFORE, DAY], [DAY]),
        ([DAY, AFTER], [AFTER]),
        ([BEFORE, DAY, AFTER], [AFTER, DAY]),
        ([DAY - dt.timedelta(2), DAY], []),
    ],
)
def test_no_dose_on_two_dates_in_a_row(days, about):
    assert noticed(none_taken={5: days}) == [("missed-doses", day, None, 5) for day in about]


def test_two_medications_with_a_missed_day_each_are_no_pair():
    assert noticed(none_taken={5: [BEFORE], 6: [DAY]}) == []


def test_a_stop():
    assert noticed(stopped=[5, 6]) == [("unplanned-stop", DAY, None, 5), ("unplanned-stop", DAY, None, 6)]


def test_the_most_urgent_comes_first():
    found = noticed(
        readings=[("akathisia", Decimal(8)), ("suicidal-thoughts", Decimal(2))], events={"no-fluids", "seizure"},
        stopped=[5],
    )  # fmt: skip
    assert [rule for rule, *_ in found] == [
        "event-seizure", "suicidal-thoughts", "akathisia", "event-no-fluids", "unplanned-stop",
    ]  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(["suicidal-thoughts", "akathisia", "confusion", "anxiety"]), st.integers(0, 100))
    )
)
def test_whatever_is_rated(tenths):
    readings = [(slug, Decimal(tenth) / 10) for slug, tenth in tenths]
    found = {one.rule.slug: one.reading for one in notices_in(Facts(DAY, readings=readings))}
    for slug, enough in (("suicidal-thoughts", Decimal("0.1")), ("akathisia", 7), ("confusion", 7)):
        highest = max((value for name, value in readings if name == slug), default=Decimal(0))
        assert found.get(slug) == (highest if highest >= enough else None)
    assert "anxiety" not in found


@given(st.sets(st.integers(-3, 3)))
def test_whatever_days_have_no_dose(offsets):
    days = {DAY + dt.timedelta(one) for one in offsets}
    found = {one.day for one in notices_in(Facts(DAY, none_taken={1: days}))}
    assert found == {day for day in (DAY, AFTER) if {day, day - dt.timedelta(1)} <= days}


# -- what is still to be shown ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("back", "recent"), [(-1, True), (0, True), (7, True), (8, False), (14, False)])
def test_over_a_week_ago_is_silent(back, recent):
    assert is_recent(DAY - dt.timedelta(back), DAY) is recent


def notice(slug="akathisia", reading=7, day=DAY, medication=None):
    return Notice(FLAG_RULES[slug], day, None if reading is None else Decimal(reading), medication)


@pytest.mark.parametrize(
    ("shown", "again"),
    [
        ({}, True),
        ({("akathisia", DAY, None): Decimal(7)}, False),
        ({("akathisia", DAY, None): Decimal(8)}, False),
        ({("akathisia", DAY, None): Decimal("6.9")}, True),
        ({("akathisia", DAY, None): None}, True),
        ({("akathisia", BEFORE, None): Decimal(10)}, True),
        ({("confusion", DAY, None): Decimal(10)}, True),
        ({("akathisia", DAY, 5): Decimal(10)}, True),
    ],
)
def test_it_comes_again_only_for_a_higher_reading(shown, again):
    assert bool(unseen([notice()], shown)) is again


def test_what_has_no_height_is_shown_once_for_a_day_and_a_medication():
    shown = {("missed-doses", DAY, 5): None}
    assert unseen([notice("missed-doses", None, medication=5)], shown) == []
    assert unseen([notice("missed-doses", None, medication=6)], shown)
    assert unseen([notice("missed-doses", None, AFTER, 5)], shown)


@pytest.mark.parametrize(
    ("stops", "day", "planned"),
    [
        ([], DAY, False),
        ([(DAY, None)], DAY, True),
        ([(AFTER, None)], DAY, False),
        ([(BEFORE, DAY)], DAY, False),
        ([(BEFORE, AFTER)], DAY, True),
    ],
)
def test_an_agreed_plan_may_have_stopped_it(stops, day, planned):
    assert is_planned(day, stops) is planned


# -- what a page says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[["suicidal-thoughts",4]]', {("suicidal-thoughts", DAY, None): 4}),
        ('[["event-seizure"]]', {("event-seizure", DAY, None): None}),
        ('[["missed-doses",null,5,"2026-11-23"]]', {("missed-doses", AFTER, 5): None}),
        ('[["akathisia",7],["akathisia",9],["akathisia",8.5]]', {("akathisia", DAY, None): 9}),
        ('[["akathisia",8],["no-such-rule",8]]', {("akathisia", DAY, None): 8}),
        *((text, {}) for text in (
            "", "[", "null", "4", '"akathisia"', "{}", "[[]]", "[null]", '[["akathisia",11]]', '[["akathisia",-1]]',
            '[["akathisia",NaN]]', '[["akathisia",Infinity]]', '[["akathisia",true]]', '[["akathisia","7"]]',
            '[["akathisia",7,"5"]]', '[["akathisia",7,5.0]]', '[["akathisia",7,0]]', '[["akathisia",7,true]]',
            '[["akathisia",7,null,"2026-11-21"]]', '[["akathisia",7,null,"2026-11-22",1]]', '[["akathisia",7,null,5]]',
            '[[["akathisia"],7]]', '[["akathisia",7,99999999999999999999]]', "\x00", "[" * 3_000, "[" * 100_000,
            '[["akathisia",' + "9" * 3_000 + "]]", json.dumps([["akathisia", 7]] * 41),
        )),
    ],
)  # fmt: skip
def test_what_a_page_says_it_has_shown(text, told):
    assert told_in(text, DAY) == told


@given(st.text())
def test_no_text_is_an_error(text):
    told_in(text, DAY)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(list(FLAG_RULES)),
        lambda inner: st.lists(inner, max_size=5),
    )
)
def test_no_json_is_an_error(value):
    for rule, day, _ in told_in(json.dumps(value), DAY):
        assert rule in FLAG_RULES and day in (DAY, AFTER)


@given(st.integers(0, 10), st.integers(0, 10))
def test_a_page_cannot_keep_back_what_it_did_not_show_at_that_height(said, real):
    there, left = parted([notice(reading=real)], told_in(json.dumps([["akathisia", said]]), DAY))
    assert bool(there) is (said >= real) and bool(left) is (said < real)
    assert all(one.reading == real for one in there)  # what is kept is what was there, whatever the page says


def test_what_is_told_comes_back_the_same():
    told = {("akathisia", DAY, None): Decimal("7.5"), ("missed-doses", AFTER, 5): None}
    assert told_in(json.dumps(flags.as_told(told)), DAY) == told


def test_the_two_rules_of_doses():
    assert {MISSED.flag, STOPPED.flag} == {"abrupt-stop"}
