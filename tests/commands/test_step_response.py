"""``manage.py step_response``: its table and its CSV, what is asked for, and what it refuses."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest
import time_machine
from django.core.management import CommandError, call_command

from journal.management.commands.step_response import COLUMNS
from journal.models import DailyEntry, DoseTaken
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

CHANGE = TODAY - dt.timedelta(9)


def run(*arguments, **options) -> str:
    out = io.StringIO()
    call_command("step_response", *arguments, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def rows(*arguments, **options) -> list[dict]:
    return list(csv.DictReader(io.StringIO(run(*arguments, csv=True, **options))))


@pytest.fixture
def journal(alice):
    """Seven days before and ten from 75 to 37.5 mg on: mood 6 and then 4, zaps 1 and then 3, nausea only after."""
    medication = make_medication(alice)
    make_step(medication, CHANGE - dt.timedelta(200), 75, "start")
    make_step(medication, CHANGE, 37.5)
    zaps = make_symptom(alice)
    nausea = make_symptom(alice, "Nausea", builtin="nausea")
    for number in range(-7, 10):
        after = number >= 0
        date = CHANGE + dt.timedelta(number)
        ratings = {zaps: 3 if after else 1, nausea: "2.3" if after else 0}
        make_entry(alice, date, ratings, mood=Decimal(4 if after else 6))
        if after:
            DoseTaken.objects.create(
                medication=medication, date=date, status="missed" if number == 2 else "planned", mg=37
            )
    return medication


HEADER = (
    "medication,step_date,dose_mg,change_percent,measure,baseline,baseline_n,onset_day,peak_day,peak,return_day,"
    "return_state,excess,before_taper,window_days,missed_doses,new_symptoms"
)


def test_the_columns(journal):
    """Brain zaps: 1 before, 3 after, so that day 1 is the first with a mean of three. Ten days, back on none."""
    lines = run("alice", csv=True).splitlines()
    assert lines[0] == HEADER == ",".join(COLUMNS)
    assert lines[1:] == [
        "Venlafaxine,2026-11-13,37.5,-50.0,Mood,6.0,7,1,1,4.0,,not yet,2.0,6.0,10,1,Nausea",
        # (1 + 0) / 2 before; (3 + 2.3) / 2 = 2.65 after, which is 2.15 more
        "Venlafaxine,2026-11-13,37.5,-50.0,Burden,0.5,7,1,1,2.7,,not yet,2.2,0.5,10,1,Nausea",
        "Venlafaxine,2026-11-13,37.5,-50.0,Brain zaps,1.0,7,1,1,3.0,,not yet,2.0,1.0,10,1,Nausea",
        "Venlafaxine,2026-11-13,37.5,-50.0,Nausea,0.0,7,1,1,2.3,,not yet,2.3,0.0,10,1,Nausea",
    ]


def test_missing_is_blank(alice):
    medication = make_medication(alice)
    make_step(medication, CHANGE - dt.timedelta(90), 0, "start")
    make_step(medication, CHANGE, 20, "increase")
    (row,) = rows("alice", symptom="mood")
    assert row["change_percent"] == ""  # nothing is a share of 0 mg
    names = ("baseline", "onset_day", "peak_day", "peak", "return_day", "return_state", "excess", "before_taper")
    assert {row[name] for name in (*names, "missed_doses", "new_symptoms")} == {""}
    assert (row["dose_mg"], row["baseline_n"], row["window_days"]) == ("20", "0", "10")


@pytest.mark.parametrize(
    ("before", "after", "percent", "mg"),
    [(75, 37.5, "-50.0", "37.5"), (150, 105, "-30.0", "105"), (16, 14, "-12.5", "14"), (0.037, 0.05, "35.1", "0.05")],
)
def test_percent_and_dose(alice, before, after, percent, mg):
    medication = make_medication(alice)
    make_step(medication, CHANGE - dt.timedelta(90), before, "start")
    make_step(medication, CHANGE, after)
    (row,) = rows("alice", symptom="mood")
    assert (row["change_percent"], row["dose_mg"]) == (percent, mg)


def test_halves_go_up_from_the_exact_value(alice):
    """The mean of 2.2, 2.3, 2.2 and 2.3 is exactly 2.25."""
    medication = make_medication(alice)
    make_step(medication, CHANGE - dt.timedelta(90), 20, "start")
    make_step(medication, CHANGE, 10)
    for number, value in ((-2, "2.2"), (-3, "2.3"), (-4, "2.2"), (-5, "2.3")):
        make_entry(alice, CHANGE + dt.timedelta(number), mood=Decimal(value))
    (row,) = rows("alice", symptom="mood")
    assert row["baseline"] == "2.3"


def test_a_return(journal, alice):
    DailyEntry.objects.filter(date__gt=CHANGE + dt.timedelta(2)).update(mood=6)
    (row,) = rows("alice", symptom="mood")
    # Means of three from day 1 on: 4 4 4.67 5.33 6 6 6: 0.67 worse on day 4, back by day 5.
    assert (row["return_day"], row["return_state"], row["excess"]) == ("5", "returned", "0.6")


def test_it_is_aligned_without_csv(journal):
    lines = run("alice", symptom="brain ZAPS").splitlines()
    assert lines[0].split() == list(COLUMNS)
    assert len(lines) == 2
    assert lines[1].index("2026-11-13") == lines[0].index("step_date") - 1  # to the right, under its name
    assert "not yet" in lines[1]
    assert "−" not in lines[1]


@pytest.mark.parametrize("name", ["nausea", "Nausea", "NAUSEA ", "feeling sick"])
def test_a_symptom_by_name_whatever_the_case_and_by_an_alias(journal, name):
    from journal.catalogue.symptoms import SYMPTOMS

    if name == "feeling sick":
        name = SYMPTOMS["nausea"].aliases[0]
    assert [row["measure"] for row in rows("alice", symptom=name)] == ["Nausea"]


@pytest.mark.parametrize(("name", "measure"), [("mood", "Mood"), ("MOOD", "Mood"), ("burden", "Burden")])
def test_mood_and_burden(journal, name, measure):
    assert [row["measure"] for row in rows("alice", symptom=name)] == [measure]


def test_rows_are_by_medication_date_and_measure(journal, alice):
    make_step(journal, CHANGE + dt.timedelta(4), 20)
    other = make_medication(alice, "Mirtazapine", drug="mirtazapine")
    make_step(other, CHANGE - dt.timedelta(50), 30, "start")
    make_step(other, CHANGE - dt.timedelta(3), 15)
    found = [(row["medication"], row["step_date"], row["measure"]) for row in rows("alice")]
    measures = ["Mood", "Burden", "Brain zaps", "Nausea"]
    assert found == [
        *(("Venlafaxine", "2026-11-13", name) for name in measures),
        *(("Venlafaxine", "2026-11-17", name) for name in measures),
        *(("Mirtazapine", "2026-11-10", name) for name in measures),
    ]
    assert {row["medication"] for row in rows("alice", medication="MIRTAZAPINE")} == {"Mirtazapine"}


def test_today_is_the_persons_own(journal, alice):
    """At 13:00 UTC on the 22nd it is the 23rd in Kiritimati: one day more can have been seen."""
    assert {row["window_days"] for row in rows("alice")} == {"10"}
    alice.profile.time_zone = "Pacific/Kiritimati"
    alice.profile.save()
    with time_machine.travel(dt.datetime(2026, 11, 22, 13, 0, tzinfo=dt.UTC), tick=False):
        assert {row["window_days"] for row in rows("alice")} == {"11"}


def test_a_dose_to_come_is_not_there_yet(journal):
    make_step(journal, TODAY + dt.timedelta(1), 10)
    assert {row["step_date"] for row in rows("alice")} == {"2026-11-13"}


def test_nothing_to_compare(alice, bob):
    make_step(make_medication(bob), CHANGE, 20, "start")
    for name in ("alice", "bob"):
        assert run(name, csv=True).splitlines() == [HEADER]
        assert run(name).strip() == "No dose changed so far, so there is nothing to compare."
    make_medication(alice, "Not begun")
    assert run("alice", medication="not begun", csv=True).splitlines() == [HEADER]


@pytest.mark.parametrize(
    ("arguments", "options", "sentence"),
    [
        (["nobody"], {}, "There is nobody called “nobody” here."),
        (["alice"], {"medication": "Mirtazapine"}, "There is no medication called “Mirtazapine” in this journal."),
        (["alice"], {"symptom": "Jaw"}, "There is no symptom called “Jaw” that tables of this journal show."),
        (["alice"], {"symptom": ""}, "There is no symptom called “” that tables of this journal show."),
        (["alice"], {"symptom": "energy"}, "There is no symptom called “energy” that tables of this journal show."),
        (["alice"], {"medication": ""}, "There is no medication called “” in this journal."),
    ],
)
def test_what_is_unknown_is_said(journal, arguments, options, sentence):
    with pytest.raises(CommandError) as error:
        run(*arguments, **options)
    assert str(error.value) == sentence


def test_nobody_elses(journal, bob):
    make_symptom(bob, "Her jaw", builtin="")
    for options in ({"symptom": "Her jaw"}, {"medication": "Bobs"}):
        with pytest.raises(CommandError):
            run("alice", **options)
    make_medication(bob, "Bobs")
    with pytest.raises(CommandError):
        run("alice", medication="Bobs")


def test_names_cannot_run_in_a_spreadsheet(alice):
    medication = make_medication(alice, "=1+1")
    make_step(medication, CHANGE - dt.timedelta(90), 20, "start")
    make_step(medication, CHANGE, 10)
    make_symptom(alice, "@SUM(A1), <b>", slug="sum", builtin="")
    assert run("alice", csv=True).splitlines()[-1].startswith("'=1+1,2026-11-13,10,-50.0,\"'@SUM(A1), <b>\",")


def test_what_is_private_only_where_it_is_switched_on(journal, alice):
    private = make_symptom(alice, "Dark thoughts", builtin="suicidal-thoughts")
    for number in range(-7, 10):
        entry = alice.entries.get(date=CHANGE + dt.timedelta(number))
        entry.ratings.create(symptom=private, severity=9 if number >= 0 else 0)
    assert "Dark" not in run("alice")
    assert [row["excess"] for row in rows("alice", symptom="burden")] == ["2.2"]
    for name in ("Dark thoughts", "suicidal thoughts", "suicidal-thoughts"):
        with pytest.raises(CommandError):
            run("alice", symptom=name)
    alice.profile.charts_private = True
    alice.profile.save()
    assert [row["peak"] for row in rows("alice", symptom="suicidal thoughts")] == ["9.0"]
    assert [row["excess"] for row in rows("alice", symptom="burden")] == ["4.4"]
    assert rows("alice")[0]["new_symptoms"] == "Dark thoughts; Nausea"


def test_an_own_symptom_called_mood(journal, alice):
    mine = make_symptom(alice, "Mood", builtin="")
    alice.entries.get(date=CHANGE).ratings.create(symptom=mine, severity=9)
    assert [row["measure"] for row in rows("alice")] == ["Mood", "Burden", "Brain zaps", "Nausea", "Mood"]
    assert [row["baseline"] for row in rows("alice", symptom="mood")] == ["6.0"]
    assert [row["baseline"] for row in rows("alice", symptom="mood~")] == [""]
