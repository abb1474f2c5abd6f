"""`manage.py import_journal --measure`: measures of one's own, built-in ones by their name, bed and wake times."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.exchange.importer import File, ImportRefused, import_files
from journal.models import DailyEntry, Measure, Measurement, Symptom
from journal.queries.tracked import add_measure, measures_of, rows_for
from tests.conftest import make_entry

ROWS = """date,mood,scl90_depression,weight
2026-11-01,5,1.000,71.2
2026-11-02,6,,
2026-11-08,5,2.154,70.9
2026-11-15,,1.077,71
"""
FIRST = dt.date(2026, 11, 1)

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def run(tmp_path, capsys):
    """Write a file of days and import it for Alice; gives the lines that were printed."""

    def run(entries, *options):
        path = tmp_path / "entries.csv"
        path.write_text(entries, newline="")
        call_command("import_journal", "alice", "--entries", str(path), *options)
        return capsys.readouterr().out.splitlines()

    return run


def measured(*names):
    return [option for name in names for option in ("--measure", name)]


BOTH = measured("scl90_depression", "weight:60-80")


def everything():
    models = (DailyEntry, Measure, Measurement, Symptom)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refusal(run, *arguments) -> str:
    before = everything()
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert everything() == before, "a refused import wrote something"
    return str(refused.value)


def values(owner, name) -> list:
    rows = Measurement.objects.of(owner).filter(measure__name=name).order_by("entry__date")
    return list(rows.values_list("value", flat=True))


def test_it_works(run, alice, bob):
    assert run(ROWS, *BOTH) == [
        "Read entries.csv (4 rows).",
        "Scl90 depression: from 1 to 2.154, the lowest and highest in the file; change it under Measures.",
        "weight: a new measure, from 60 to 80.",
        "Imported for alice: 4 entries.",
    ]
    scl, weight = Measure.objects.of(alice).order_by("pk")
    assert (scl.name, scl.kind, scl.better, scl.state) == ("Scl90 depression", "amount", "down", "on")
    assert (scl.low, scl.high, scl.builtin) == (1, Decimal("2.154"), "")
    assert (weight.low, weight.high) == (60, 80)
    assert values(alice, "Scl90 depression") == [1, Decimal("2.154"), Decimal("1.077")]
    assert [one.name for one in measures_of(alice)][-2:] == ["Scl90 depression", "weight"]
    assert not Symptom.objects.of(alice).exists()
    assert not Measurement.objects.of(bob).exists()


def test_the_second_time_there_is_nothing_new(run, alice):
    run(ROWS, *BOTH)
    before = everything()
    assert run(ROWS, *BOTH)[1:] == ["Nothing new for alice: 4 entries, all there already."]
    assert run(ROWS, *measured("Scl90 Depression", "Weight"))[-1].startswith("Nothing new")
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing(run, alice):
    before = everything()
    printed = run(ROWS, *BOTH, "--dry-run")
    assert printed[1].startswith("Scl90 depression: from 1 to 2.154")
    assert printed[-1].startswith("Nothing written. This would import")
    assert everything() == before


@pytest.mark.parametrize(
    ("given", "low", "high"),
    [
        ("weight:60-80", "60", "80"),
        ("weight:60..80", "60", "80"),
        ("weight: 60 - 80 ", "60", "80"),
        ("Weight:60,5-80.25", "60.5", "80.25"),
        ("weight:-5-80", "-5", "80"),
        ("weight:-10--5", None, None),
        ("weight:-10..80", "-10", "80"),
    ],
)
def test_a_range_as_it_may_be_written(run, alice, given, low, high):
    arguments = (ROWS, "--measure", given, "--ignore", "scl90_depression")
    if low is None:
        assert "row 2: weight: “71.2” is outside -10 to -5." in refusal(run, *arguments)
        return
    run(*arguments)
    measure = Measure.objects.of(alice).get()
    assert (measure.low, measure.high) == (Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (measured("pulse"), "There is no column “pulse”. The columns of entries.csv are: date, mood, scl90_depression"),
        (measured("pulse:1-5"), "There is no column “pulse”. The columns"),
        (measured(""), "There is no column “”. The columns"),
        (measured("weight:"), "“” is not a range. Write it like 1-5."),
        (measured("weight:heavy"), "“heavy” is not a range."),
        (measured("weight:1-NaN"), "“1-NaN” is not a range."),
        (measured("weight:1e2-5"), "is not a range."),
        (measured("weight:١-٥"), "is not a range."),
        (measured("weight:" + "1" * 16 + "-5"), "is not a range."),
        (measured("weight:80-60"), "has to go from a lower number to a higher one."),
        (measured("weight:60-60"), "has to go from a lower number to a higher one."),
        (measured("weight:0-1000001"), "cannot be kept. Ends go to 1,000,000, to 0.001."),
        (measured("weight:0-1.0001"), "cannot be kept."),
        (measured("mood"), "“mood” is a column of the entry itself and comes in without --measure."),
        (measured("DATE:1-5"), "“date” is a column of the entry itself"),
        (measured("weight", "Weight:60-80"), "“weight” is asked for as a measure twice."),
        ([*measured("weight"), "--ignore", "weight"], "“weight” cannot be both a measure and ignored."),
    ],
)
def test_what_cannot_be_a_measure_is_refused_in_a_sentence(run, alice, options, words):
    assert words in refusal(run, ROWS, *options)


def test_a_measure_needs_the_file_that_it_is_in(alice, tmp_path):
    path = tmp_path / "steps.csv"
    path.write_text("medication,starts_on,dose_mg\nVenlafaxine,2026-10-01,75\n")
    with pytest.raises(CommandError, match="A measure is a column of the entries"):
        call_command("import_journal", "alice", steps=str(path), measure=["weight"])


def test_a_column_whose_name_looks_like_a_range_is_that_column(run, alice):
    run("date,weight:1-5\n2026-11-01,71\n", *measured("weight:1-5"))
    assert Measure.objects.of(alice).get().name == "weight:1-5"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("81", "weight: “81” is outside 60 to 80."),
        ("71.2345", "weight: “71.2345” is finer than 0.001, the smallest that is kept."),
        ("NaN", "weight: “NaN” is not a number."),
        ("1e9", "is not a number"),
        ("٧١", "is not a number"),
        ("-0", "weight: “-0” is outside 60 to 80."),
        ('"71,5"', "has a comma."),
    ],
)
def test_a_value_that_cannot_be_kept_is_a_bad_row(run, alice, cell, words):
    assert words in refusal(run, f"date,weight\n2026-11-01,{cell}\n", *measured("weight:60-80"))


def test_a_value_that_no_column_can_hold_is_a_bad_row_without_a_range_too(run, alice):
    assert "is larger than can be kept" in refusal(run, "date,weight\n2026-11-01,1000000.001\n", *measured("weight"))
    run("date,weight\n2026-11-01,1000000\n2026-11-02,-999999.999\n", *measured("weight"))
    assert values(alice, "weight") == [Decimal(1_000_000), Decimal("-999999.999")]


def test_with_one_value_only_the_range_is_open(run, alice):
    printed = run("date,weight\n2026-11-01,71\n2026-11-02,71.000\n", *measured("weight"))
    assert printed[1] == "weight: 71 throughout, so its range is open; change it under Measures."
    measure = Measure.objects.of(alice).get()
    assert (measure.low, measure.high) == (None, None)


def test_a_column_in_which_nothing_stands_makes_no_measure(run, alice):
    printed = run("date,mood,weight\n2026-11-01,5,\n", *measured("weight"))
    assert "Nothing stands in weight, so it makes no measure." in printed
    assert not Measure.objects.of(alice).exists()


def test_a_measure_that_exists_keeps_its_own_way_and_is_widened_only_as_far_as_needed(run, alice):
    add_measure(alice, "Weight", kind="amount", unit="kg", low=Decimal(71), high=None, better="", state="archived")
    printed = run(ROWS, *BOTH[:2], *measured("weight"))
    assert (
        "Weight: its range was 71 and more and is now 70.9 and more, as the file needs; change it under Measures."
        in (printed)
    )
    measure = Measure.objects.of(alice).get(name="Weight")
    assert (measure.low, measure.high, measure.unit, measure.better) == (Decimal("70.9"), None, "kg", "")
    assert measure.state == "archived"
    assert not any("its range" in line for line in run(ROWS, *BOTH[:2], *measured("weight")))


def test_with_a_range_given_a_measure_that_exists_is_not_widened(run, alice):
    add_measure(alice, "Weight", kind="amount", low=Decimal(71), high=Decimal(90))
    said = refusal(run, ROWS, *BOTH)
    assert "row 4: weight: 70.9 is outside 71 to 90, the range of Weight. You can change it under Measures." in said


def test_a_rating_of_one_s_own_is_never_widened_and_is_kept_to_the_tenth(run, alice):
    add_measure(alice, "Weight", kind="rating", low=Decimal(0), high=Decimal(10))
    said = refusal(run, "date,weight\n2026-11-01,11\n2026-11-02,5.25\n", *measured("weight")).splitlines()
    assert said[1:] == [
        "  entries.csv, row 2: weight: 11 is outside 0 to 10, the range of Weight.",
        "  entries.csv, row 3: weight: 5.25 is finer than 0.1, the smallest that is kept.",
    ]


def test_a_blank_changes_nothing_and_a_value_that_differs_is_a_bad_row(run, alice):
    run(ROWS, *BOTH)
    changed = ROWS.replace("71.2", "72").replace("2.154", "")
    assert "row 2: weight: the journal has 71.2, the file 72." in refusal(run, changed, *BOTH)
    Measurement.objects.of(alice).update(carried=True)
    printed = run(changed, *BOTH, "--overwrite")
    assert printed[-1] == "Imported for alice: 4 entries (entries: 1 changed, 3 there already)."
    assert values(alice, "weight") == [72, Decimal("70.9"), 71]
    assert values(alice, "Scl90 depression") == [1, Decimal("2.154"), Decimal("1.077")]
    assert Measurement.objects.of(alice).filter(carried=False).count() == 1


def test_a_row_with_nothing_but_a_measurement_makes_an_entry(run, alice):
    run("date,weight\n2026-11-01,71\n", *measured("weight"))
    assert DailyEntry.objects.of(alice).get().measurements.count() == 1


def test_built_in_measures_come_in_by_their_names_and_go_on_the_daily_page(run, alice):
    printed = run("date,Alcohol,caffeine,exercise,stress,Period\n2026-11-01,1.5,2,45,6.5,0\n")
    assert printed[1] == "Alcohol is on the daily page now; change it under Measures."
    assert not Symptom.objects.of(alice).exists()
    rows = Measurement.objects.of(alice).order_by("measure__builtin").values_list("measure__builtin", "value")
    assert list(rows) == [
        ("alcohol", Decimal("1.5")),
        ("caffeine", 2),
        ("cycle", 0),
        ("exercise", 45),
        ("stress", Decimal("6.5")),
    ]
    assert {one.slug for one in measures_of(alice) if one.is_on} >= {
        "alcohol",
        "caffeine",
        "exercise",
        "stress",
        "cycle",
    }


@pytest.mark.parametrize(
    ("column", "cell", "words"),
    [
        ("alcohol", "101", "alcohol: “101” is outside 0 to 100."),
        ("exercise", "-1", "is outside 0 to 1440."),
        ("stress", "5.25", "stress: “5.25” is finer than 0.1"),
        ("cycle", "2.5", "cycle: “2.5” is finer than 1"),
        ("cycle", "5", "is outside 0 to 4."),
    ],
)
def test_a_built_in_measure_has_its_range(run, alice, column, cell, words):
    assert words in refusal(run, f"date,{column}\n2026-11-01,{cell}\n")
    assert "--ignore" not in refusal(run, f"date,{column}\n2026-11-01,{cell}\n")


def test_a_built_in_measure_that_was_switched_off_or_renamed_stays_so(run, alice):
    alcohol = next(one for one in measures_of(alice) if one.slug == "alcohol")
    row = rows_for(alice, [alcohol])["alcohol"]
    Measure.objects.of(alice).filter(pk=row.pk).update(name="Wine", state="off")
    run("date,alcohol\n2026-11-01,2\n")
    run("date,wine\n2026-11-02,3\n", *measured("wine"))
    assert values(alice, "Wine") == [2, 3]
    assert Measure.objects.of(alice).get().state == "off"
    assert "the same measure" in refusal(run, "date,wine,alcohol\n2026-11-03,3,3\n", *measured("wine"))


def test_a_measure_that_has_a_column_of_its_own_is_pointed_out(run, alice):
    said = refusal(run, "date,Hours slept\n2026-11-01,7\n", *measured("hours slept"))
    assert "Hours slept is Hours slept. Its column is sleep_hours, without --measure." in said


def test_a_name_that_no_measure_can_have_is_a_sentence(run, alice):
    assert "This name has 61 characters. 60 fit." in refusal(
        run, f"date,{'w' * 61}\n2026-11-01,7\n", *measured("w" * 61)
    )
    assert "A measure needs a name." in refusal(run, "date,\u200d\n2026-11-01,7\n", *measured("\u200d"))


def test_bed_and_wake_times_are_the_entry_s_own(run, alice):
    rows = "date,bed_time,Wake time\n2026-11-01,23:10,06:45\n2026-11-02,,7:00\n"
    run(rows)
    first, second = DailyEntry.objects.of(alice)
    assert (first.bed_time, first.wake_time) == (dt.time(23, 10), dt.time(6, 45))
    assert (second.bed_time, second.wake_time) == (None, dt.time(7))
    assert run(rows)[-1].startswith("Nothing new")
    said = refusal(run, rows.replace("23:10", "22:50"))
    assert "row 2: bed_time: the journal has 23:10, the file 22:50." in said
    assert "bed_time: “25:00” is not a time." in refusal(run, rows.replace("23:10", "25:00"))


def test_measures_cost_a_fixed_number_of_queries(alice):
    def queries(days: int) -> list[str]:
        lines = ["date,weight,alcohol"]
        for number in range(days):
            lines.append(f"{dt.date(2023, 1, 1) + dt.timedelta(number)},{60 + number % 20},{number % 3}")
        with CaptureQueriesContext(connection) as captured:
            import_files(alice, File("e.csv", "\n".join(lines).encode()), measures=["weight:60-80"])
        return [query["sql"].split()[0] for query in captured]

    queries(2)
    few, more, two = queries(20), queries(500), queries(1000)
    assert few.count("SELECT") == more.count("SELECT") == two.count("SELECT") - 4


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(0, 60), st.decimals(-9999, 9999, places=3), min_size=1))
def test_every_value_is_kept_to_the_last_digit_and_lies_in_the_range(alice, numbers):
    Measure.objects.of(alice).delete()
    rows = [f"{FIRST - dt.timedelta(back)},{number}" for back, number in numbers.items()]
    file = File("e.csv", ("date,own_one\n" + "\n".join(rows)).encode())
    import_files(alice, file, measures=["own_one"])
    kept = {(FIRST - row.entry.date).days: row.value for row in Measurement.objects.of(alice).select_related("entry")}
    assert kept == numbers
    measure = Measure.objects.of(alice).get()
    if min(numbers.values()) < max(numbers.values()):
        assert (measure.low, measure.high) == (min(numbers.values()), max(numbers.values()))
    assert import_files(alice, file, measures=["own_one"]).nothing_new


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=12))
def test_no_name_and_no_range_breaks_it(alice, column, asked, cell):
    file = File("e.csv", f"date,{column}\n2026-11-01,{cell}\n".encode("utf-8", "replace"))
    for measure in (asked, f"{column}:{asked}"):
        try:
            import_files(alice, file, measures=[measure], dry_run=True)
        except ImportRefused as refused:
            assert str(refused)


def test_an_entry_that_holds_other_things_keeps_them(run, alice):
    make_entry(alice, FIRST, mood=Decimal(5), notes="a quiet day")
    printed = run(ROWS, *BOTH)
    assert printed[-1] == "Imported for alice: 4 entries (entries: 3 new, 1 changed)."
    assert DailyEntry.objects.of(alice).get(date=FIRST).notes == "a quiet day"
