"""`manage.py import_journal --check-ins`: a row for each reading, all or nothing, and nothing twice."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.exchange.importer import BATCH, File, import_files
from journal.models import CheckIn, DailyEntry, Profile, Rating, Reading, Symptom
from tests.conftest import make_entry, make_symptom

ROWS = """datetime,mood,note,brain zaps,Jaw pain
2026-11-01T08:00,3,slept badly,4,2
2026-11-01T20:30,6,,1,
2026-11-02T09:15,5.5,,,
2026-11-03T09:15,,,,
"""
DAYS = "date,mood,brain zaps\n2026-11-01,7,2\n"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def run(tmp_path, capsys):
    """Write the files and import them for Alice; gives what was printed."""

    def run(check_ins=None, *options, **others):
        arguments = []
        for name, text in {"check-ins": check_ins, **others}.items():
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
                arguments += [f"--{name}", str(path)]
        call_command("import_journal", "alice", *arguments, *options)
        return capsys.readouterr().out

    return run


def everything():
    models = (DailyEntry, CheckIn, Reading, Rating, Symptom)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refusal(run, *arguments, **others) -> str:
    before = everything()
    with pytest.raises(CommandError) as refused:
        run(*arguments, **others)
    assert everything() == before, "a refused import wrote something"
    return str(refused.value)


def day(owner, number: int) -> DailyEntry:
    return DailyEntry.objects.of(owner).get(date=dt.date(2026, 11, number))


def value(owner, number: int, symptom: str):
    return Rating.objects.of(owner).get(entry__date=dt.date(2026, 11, number), symptom__name=symptom).value


def test_it_works(run, alice, bob):
    printed = run(ROWS).splitlines()
    assert printed == [
        "Read check-ins.csv (4 rows).",
        "New symptoms: Brain zaps, Jaw pain.",
        "1 row of the check-ins had nothing recorded and made no check-in.",
        "Imported for alice: 3 check-ins.",
    ]
    first, second = CheckIn.objects.of(alice).filter(entry=day(alice, 1))
    assert (first.time, first.mood, first.note) == (dt.time(8), 3, "slept badly")
    assert (second.time, second.mood, second.note) == (dt.time(20, 30), 6, "")
    assert first.readings.count() == 2
    assert day(alice, 1).day_mood == Fraction(9, 2)
    assert value(alice, 1, "Brain zaps") == Fraction(5, 2)
    assert value(alice, 1, "Jaw pain") == 2
    assert not DailyEntry.objects.of(alice).filter(date=dt.date(2026, 11, 3)).exists()
    assert not DailyEntry.objects.of(bob).exists()


def test_the_second_time_there_is_nothing_new(run, alice):
    run(ROWS)
    before = everything()
    assert run(ROWS).splitlines()[-1] == "Nothing new for alice: 3 check-ins, all there already."
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing(run, alice):
    before = everything()
    assert run(ROWS, "--dry-run").splitlines()[-1] == "Nothing written. This would import for alice: 3 check-ins."
    assert everything() == before


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-01T08:58",
        "2026-11-01 08:58",
        "2026-11-01 8:58",
        "2026-11-01T08:58:00",
        "2026-11-01T08:58:59.999",
        "01.11.2026 08:58",
        "1.11.2026 8:58",
    ],
)
def test_a_day_and_a_time_are_understood_as_they_are_usually_written(run, alice, cell):
    run(f"datetime,mood\n{cell},5\n")
    check_in = CheckIn.objects.of(alice).get()
    assert (check_in.entry.date, check_in.time) == (dt.date(2026, 11, 1), dt.time(8, 58))


def test_day_and_time_may_stand_in_two_columns(run, alice):
    run("Time,Date,mood\n08:58,2026-11-01 00:00:00,5\n00:00,2026-11-01,6\n23:59:59,1.11.2026,7\n")
    times = CheckIn.objects.of(alice).values_list("time", flat=True)
    assert list(times) == [dt.time(0), dt.time(8, 58), dt.time(23, 59)]


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("2026-11-01T25:00", "datetime: “25:00” is not a time. A day has 00:00 to 23:59."),
        ("2026-11-01T24:00", "is not a time"),
        ("2026-11-01T08:60", "is not a time"),
        ("2026-11-01T08:58:60", "is not a time"),
        ("2012-02-30T10:00", "datetime: February 2012 has 29 days."),
        ("2026-11-01", "“2026-11-01” is not a day and a time. Write it like 2012-08-13T08:58."),
        ("2026-11-01T08:58Z", "names a time zone. Write the time as your clock showed it"),
        ("2026-11-01T08:58+01:00", "names a time zone"),
        ("2026-11-01 8:58 PM", "is not a day and a time"),
        ("3/4/2026 10:00", "“3/4/2026” can mean two days."),
        ("3-4-2026 10:00", "“3-4-2026” can mean two days."),
        ("٢٠٢٦-١١-٠١T٠٨:٥٨", "is not a day and a time"),
        ("NaN", "is not a day and a time"),
        ("1e9", "is not a day and a time"),
        ("46327.37", "is not a day and a time"),
        ("2026-11-01T08:58\0", "is not a day and a time"),
        ("1919-12-31T23:59", "is too long ago"),
        ("2026-11-22T12:01", "2026-11-22 12:01 is still to come. It is 2026-11-22 12:00 where you are."),
        ("2026-11-23T00:00", "is still to come. Today is 2026-11-22."),
        ("", "There is no datetime in this row."),
    ],
)
def test_any_other_time_is_a_bad_row_with_a_sentence(run, alice, cell, words):
    assert words in refusal(run, f"datetime,mood\n{cell},5\n")


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("2026-11-01,,5", "There is no time in this row."),
        (",08:00,5", "There is no date in this row."),
        ("2026-11-01,25:00,5", "time: “25:00” is not a time."),
        ("2026-11-01,8,5", "time: “8” is not a time. Write it like 08:58"),
        ("2026-11-22,12:01,5", "2026-11-22 12:01 is still to come."),
        ("2026-13-01,12:01,5", "date: “2026-13-01” is not a date."),
    ],
)
def test_two_columns_are_read_as_strictly_as_one(run, alice, row, words):
    said = refusal(run, f"date,time,mood\n{row}\n").splitlines()
    assert len(said) == 2 and words in said[1]


def test_what_is_still_to_come_goes_by_the_clock_of_the_person(run, alice):
    """At noon in London it is 2 in the morning in Hawaii and the next day is not far off in Kiritimati."""
    Profile.objects.filter(owner=alice).update(time_zone="Pacific/Honolulu")
    assert "It is 2026-11-22 02:00 where you are." in refusal(run, "datetime,mood\n2026-11-22T11:00,5\n")
    Profile.objects.filter(owner=alice).update(time_zone="Pacific/Kiritimati")
    run("datetime,mood\n2026-11-23T01:30,5\n")
    assert CheckIn.objects.of(alice).get().entry.date == dt.date(2026, 11, 23)


def test_two_rows_of_one_minute_are_a_bad_row(run, alice):
    said = refusal(run, "datetime,mood\n2026-11-01T08:00:10,5\n01.11.2026 8:00,5\n")
    assert "row 3: 2026-11-01 08:00 is there twice: also in row 2. A minute has one check-in." in said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("mood\n5\n", "A check-in needs the column “datetime”, or the two columns “date” and “time”."),
        ("date,mood\n2026-11-01,5\n", "The columns are: date, mood."),
        ("datetime,date,mood\n", "There are the columns “datetime” and “date”."),
        ("datetime,energy\n", "A check-in has no column “energy”: that is told of a whole day."),
        ("datetime,Alcohol\n", "A check-in has no column “Alcohol”"),
        ("datetime,insomnia,trouble sleeping\n", "are the same symptom, Trouble sleeping."),
        ("datetime,mood,Mood\n", "The column “Mood” is there twice"),
        (f"datetime,{'s' * 300}\n2026-11-01T08:00,5\n", "This name has 300 characters. 100 fit."),
        ("datetime,mood\n2026-11-01T08:00,NaN\n", "mood: “NaN” is not a number."),
        ("datetime,mood\n2026-11-01T08:00,1e9\n", "is not a number"),
        ("datetime,mood\n2026-11-01T08:00,٥\n", "is not a number"),
        ("datetime,mood\n2026-11-01T08:00,10.1\n", "is outside 0 to 10."),
        ("datetime,zaps\n2026-11-01T08:00,3.33\n", "is finer than 0.1"),
        ("datetime,note\n2026-11-01T08:00,a\0b\n", "There is a character in this text that cannot be kept"),
        (f"datetime,note\n2026-11-01T08:00,{'n' * 501}\n", "This note has 501 characters. 500 fit."),
        (b"\x89PNG\r\n\x1a\n\0\0", "It looks like a picture (PNG)."),
        ("", "This file is empty."),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(run, alice, text, words):
    said = refusal(run, text)
    assert words in said
    assert "check-ins.csv" in said


def test_every_bad_row_is_listed_and_a_column_can_be_ignored(run, alice):
    text = "datetime,mood,weight\n2026-11-01T08:00,11,71\n2026-11-01T09:00,5,72\n"
    said = refusal(run, text)
    assert [line.split(":")[0] for line in said.splitlines()[1:4]] == [
        "  check-ins.csv, row 2",
        "  check-ins.csv, row 2",
        "  check-ins.csv, row 3",
    ]
    assert said.endswith("--ignore weight")
    run(text.replace("11,", "10,"), "--ignore", "weight")
    assert CheckIn.objects.of(alice).count() == 2


def test_line_ends_of_every_kind_and_a_note_with_one(run, alice):
    run(b'datetime,mood,note\r2026-11-01T08:00,5,"one\r\ntwo"\r\n2026-11-01T09:00,6,\n2026-11-01T10:00,7,\'=1+1\r')
    assert list(CheckIn.objects.of(alice).values_list("mood", "note")) == [(5, "one two"), (6, ""), (7, "=1+1")]


def test_a_blank_changes_nothing_and_a_value_fills_a_blank(run, alice):
    run(ROWS)
    printed = run("datetime,mood,note,brain zaps,Jaw pain\n2026-11-01T08:00,,,,\n2026-11-01T20:30,,calmer,,3\n")
    assert printed.splitlines()[-1] == "Imported for alice: 1 check-in (check-ins: 1 changed)."
    second = CheckIn.objects.of(alice).get(time=dt.time(20, 30))
    assert (second.mood, second.note) == (6, "calmer")
    assert value(alice, 1, "Jaw pain") == Fraction(5, 2)
    assert CheckIn.objects.of(alice).get(time=dt.time(8)).note == "slept badly"


def test_a_value_that_differs_is_a_bad_row_that_shows_both_and_overwrite_lets_the_file_win(run, alice):
    run(ROWS)
    changed = ROWS.replace("3,slept badly,4,2", "4,slept well,5,2")
    assert refusal(run, changed).splitlines() == [
        "1 row cannot be kept. Nothing was imported.",
        "  check-ins.csv, row 2: mood: the journal has 3, the file 4.",
        "  check-ins.csv, row 2: note: the journal has “slept badly”, the file “slept well”.",
        "  check-ins.csv, row 2: brain zaps: the journal has 4, the file 5.",
        "Where the two differ, --overwrite lets the file win.",
    ]
    printed = run(changed, "--overwrite")
    assert printed.splitlines()[-1] == "Imported for alice: 3 check-ins (check-ins: 1 changed, 2 there already)."
    assert (day(alice, 1).day_mood, value(alice, 1, "Brain zaps")) == (5, 3)


def test_a_check_in_that_was_saved_with_its_seconds_is_known_by_its_minute(run, alice):
    entry = make_entry(alice, dt.date(2026, 11, 1))
    CheckIn.objects.create(entry=entry, time=dt.time(8, 0, 31), mood=3)
    printed = run("datetime,mood\n2026-11-01T08:00,3\n")
    assert printed.splitlines()[-1] == "Nothing new for alice: 1 check-in, all there already."


def test_an_own_rating_of_the_day_stays_whatever_the_check_ins_say(run, alice):
    zaps = make_symptom(alice)
    make_entry(alice, dt.date(2026, 11, 1), {zaps: 9}, mood=Decimal(8))
    run(ROWS)
    entry = day(alice, 1)
    assert (entry.day_mood, entry.timed_mood, entry.timed_moods) == (8, 9, 2)
    rating = entry.ratings.get(symptom=zaps)
    assert (rating.origin, rating.value, rating.total, rating.readings) == ("own", 9, None, 0)
    assert value(alice, 1, "Jaw pain") == 2


def test_entries_fill_what_the_check_ins_had_made_of_a_day(run, alice):
    run(ROWS)
    printed = run(entries=DAYS)
    assert printed.splitlines()[-1] == "Imported for alice: 1 entry (entries: 1 changed)."
    entry = day(alice, 1)
    rating = entry.ratings.get(symptom__name="Brain zaps")
    assert (entry.day_mood, rating.origin, rating.value, rating.total, rating.readings) == (7, "own", 2, None, 0)
    assert value(alice, 1, "Jaw pain") == 2
    assert run(entries=DAYS).splitlines()[-1].startswith("Nothing new")
    assert run(ROWS, entries=DAYS).splitlines()[-1].startswith("Nothing new")
    assert "the journal has 2, the file 3" in refusal(run, entries="date,brain zaps\n2026-11-01,3\n")


def test_a_value_equal_to_the_mean_is_an_own_rating_from_then_on(run, alice):
    run(ROWS)
    run(entries="date,mood,brain zaps\n2026-11-01,4.5,2.5\n")
    rating = day(alice, 1).ratings.get(symptom__name="Brain zaps")
    assert (day(alice, 1).mood, rating.origin, rating.readings) == (Decimal("4.5"), "own", 0)


@pytest.mark.parametrize("together", [True, False])
def test_the_order_of_files_makes_no_difference(run, alice, together):
    if together:
        printed = run(ROWS, entries=DAYS, steps="medication,starts_on,dose_mg\nVenlafaxine,2026-11-01,75\n")
        assert printed.splitlines()[0] == "Read entries.csv (1 row), steps.csv (1 row) and check-ins.csv (4 rows)."
        assert printed.splitlines()[-1] == "Imported for alice: 1 entry, 1 dose step, 3 check-ins."
    else:
        run(entries=DAYS)
        run(ROWS)
    assert (day(alice, 1).day_mood, value(alice, 1, "Brain zaps"), value(alice, 1, "Jaw pain")) == (7, 2, 2)
    assert day(alice, 2).day_mood == Decimal("5.5")


def test_a_carried_rating_is_the_file_s_once_it_is_overwritten(run, alice):
    zaps = make_symptom(alice)
    entry = make_entry(
        alice, dt.date(2026, 11, 1), {zaps: 2}, mood=Decimal(7), energy=Decimal(4), carried=" mood energy "
    )
    entry.ratings.update(origin="carried")
    run(entries=DAYS)
    assert entry.ratings.get().origin == "carried", "the same value changes nothing"
    run("datetime,brain zaps\n2026-11-01T08:00,9\n")
    assert entry.ratings.get().value == 2
    run(None, "--overwrite", entries="date,mood,brain zaps\n2026-11-01,6,3\n")
    entry.refresh_from_db()
    assert (entry.ratings.get().origin, entry.carried_names) == ("own", {"energy"})


def test_one_bad_row_in_one_file_and_nothing_of_any_is_imported(run, alice):
    assert "“55” is outside 0 to 10." in refusal(run, ROWS.replace("5.5", "55"), entries=DAYS)
    assert "“77” is outside 0 to 10." in refusal(run, ROWS, entries=DAYS.replace(",7,", ",77,"))
    assert not DailyEntry.objects.exists() and not CheckIn.objects.exists()


def test_a_column_to_ignore_may_stand_in_any_of_the_files(run, alice):
    run(ROWS, "--ignore", "Jaw pain,weight", entries="date,mood,weight\n2026-11-01,7,71\n")
    assert list(Symptom.objects.of(alice).values_list("name", flat=True)) == ["Brain zaps"]
    said = refusal(run, ROWS, "--ignore", "pulse", entries=DAYS)
    assert "There is no column “pulse” to ignore." in said
    assert "check-ins.csv are: datetime, mood, note, brain zaps, Jaw pain." in said


def many(n: int, symptoms: int = 8) -> str:
    """``n`` check-ins, four a day. The same in every file."""
    lines = [f"datetime,mood,{','.join(f'own {c}' for c in range(symptoms))}"]
    for number in range(n):
        at = dt.datetime(2020, 1, 1, 8) + dt.timedelta(days=number // 4, hours=3 * (number % 4))
        lines.append(f"{at:%Y-%m-%dT%H:%M},{number % 11}," + ",".join(str((number + c) % 11) for c in range(symptoms)))
    return "\n".join(lines)


def test_queries_grow_with_batches_and_not_with_check_ins(alice):
    def queries(n: int) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            import_files(alice, check_ins=File("c.csv", many(n).encode()))
        return [query["sql"].split()[0] for query in captured]

    queries(2)
    few, more, two = queries(20), queries(BATCH), queries(2 * BATCH)
    assert few.count("SELECT") == more.count("SELECT")
    assert two.count("SELECT") == few.count("SELECT") + 3
    # 480 check-ins with 8 readings each, and what they make of 120 days: 5,400 rows, 999 values at once.
    assert more.count("INSERT") < 25
    again = queries(2 * BATCH)
    assert not {"INSERT", "UPDATE", "DELETE"} & set(again)


def test_ten_megabytes_in_one_line_and_in_one_cell_are_a_sentence(run, alice):
    assert "A cell in it is longer than" in refusal(run, "datetime,note\n2026-11-01T08:00," + "n" * 10_000_000)
    said = refusal(run, "datetime,mood\n2026-11-01T08:00,5" + ",5" * 5_000_000)
    assert "There are 5,000,002 cells" in said or "There are 5000002 cells" in said
