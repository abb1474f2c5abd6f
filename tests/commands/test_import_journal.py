"""`manage.py import_journal`: all or nothing, and the same file twice adds nothing."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import DailyEntry, DosePart, DoseStep, DoseTaken, Medication, Rating, Symptom
from tests.conftest import make_entry, make_medication, make_step, make_symptom

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "venlafaxine_taper"

DAYS = """date,medication,dose_mg,took_dose,mood,sleep_hours,notes,brain zaps,Jaw pain
2026-11-01,Venlafaxine,75,yes,6.5,7.25,a quiet day,2,
2026-11-02,venlafaxine,75,no,5,,,3.5,1
2026-11-03,Venlafaxine,75,,,,,,
2026-11-04,Venlafaxine,0,no,4,,,,
"""
STEPS = "medication,starts_on,dose_mg\nVenlafaxine,2026-10-01,75\nVenlafaxine,2026-11-04,0\n"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def run(tmp_path, capsys):
    """Write the two files and import them for Alice; gives what was printed."""

    def run(entries=None, steps=None, *options, username="alice"):
        arguments = []
        for name, text in (("entries", entries), ("steps", steps)):
            if text is not None:
                path = tmp_path / f"{name}.csv"
                path.write_bytes(text if isinstance(text, bytes) else text.encode())
                arguments += [f"--{name}", str(path)]
        call_command("import_journal", username, *arguments, *options)
        return capsys.readouterr().out

    return run


def everything():
    models = (Medication, DoseStep, DosePart, DoseTaken, DailyEntry, Symptom, Rating)
    return [list(model.objects.order_by("pk").values()) for model in models]


def refusal(run, *arguments, **options) -> str:
    before = everything()
    with pytest.raises(CommandError) as refused:
        run(*arguments, **options)
    assert everything() == before, "a refused import wrote something"
    return str(refused.value)


def test_it_works(run, alice, bob):
    printed = run(DAYS, STEPS)
    assert printed.splitlines()[-1] == "Imported for alice: 3 entries, 2 dose steps."
    medication = Medication.objects.of(alice).get()
    assert (medication.name, medication.drug, medication.drug_class) == ("Venlafaxine", "venlafaxine", "snri")
    assert list(medication.steps.values_list("mg", "kind")) == [(75, "start"), (0, "stop")]
    first = DailyEntry.objects.of(alice).get(date=dt.date(2026, 11, 1))
    assert (first.mood, first.sleep_hours, first.notes) == (Decimal("6.5"), Decimal("7.25"), "a quiet day")
    assert [(r.symptom.builtin, r.symptom.name, r.severity) for r in first.ratings.select_related("symptom")] == [
        ("brain-zaps", "Brain zaps", 2)
    ]
    assert Symptom.objects.of(alice).get(name="Jaw pain").tracked
    assert not Medication.objects.of(bob).exists()


def test_a_dose_is_taken_missed_or_not_recorded_and_at_0_mg_none_is_missed(run, alice):
    run(DAYS, STEPS)
    doses = DoseTaken.objects.of(alice).order_by("date").values_list("date__day", "status", "mg")
    assert list(doses) == [(1, "planned", 75), (2, "missed", 0)]


def test_a_row_with_nothing_but_a_date_makes_no_entry(run, alice):
    printed = run(DAYS, STEPS)
    assert "1 row of the entries had nothing recorded" in printed
    assert not DailyEntry.objects.of(alice).filter(date=dt.date(2026, 11, 3)).exists()


def test_the_second_time_there_is_nothing_new(run, alice):
    run(DAYS, STEPS)
    before = everything()
    assert run(DAYS, STEPS).splitlines()[-1] == "Nothing new for alice: 3 entries, 2 dose steps, all there already."
    assert everything() == before


def test_a_dry_run_says_the_same_and_writes_nothing(run, alice):
    before = everything()
    printed = run(DAYS, STEPS, "--dry-run")
    assert printed.splitlines()[-1] == "Nothing written. This would import for alice: 3 entries, 2 dose steps."
    assert everything() == before


def test_either_file_may_come_alone(run, alice):
    assert run(None, STEPS).splitlines()[-1] == "Imported for alice: 2 dose steps."
    assert run(DAYS).splitlines()[-1] == "Imported for alice: 3 entries."


def test_days_without_steps_take_the_dose_from_their_own_column_and_say_that_there_are_no_steps(run, alice):
    printed = run(DAYS)
    assert "Without dose steps so far: Venlafaxine." in printed
    assert list(DoseTaken.objects.of(alice).values_list("date__day", "mg")) == [(1, 75), (2, 0)]


def test_only_what_is_new_is_added_to_a_day_that_exists(run, alice):
    zaps = make_symptom(alice, name="Zaps, mine")
    day = make_entry(
        alice, dt.date(2026, 11, 1), {zaps: 2}, mood=Decimal("6.5"), energy=Decimal(3), notes="a quiet day"
    )
    printed = run(DAYS, STEPS)
    assert printed.splitlines()[-1] == ("Imported for alice: 3 entries, 2 dose steps (entries: 2 new, 1 changed).")
    day.refresh_from_db()
    assert (day.energy, day.sleep_hours) == (3, Decimal("7.25"))
    assert Symptom.objects.of(alice).filter(builtin="brain-zaps").count() == 1


def test_a_blank_cell_takes_nothing_away(run, alice):
    run(DAYS, STEPS)
    run("date,mood,notes,brain zaps\n2026-11-01,,,\n2026-11-02,5,,\n")
    assert DailyEntry.objects.of(alice).get(date=dt.date(2026, 11, 1)).notes == "a quiet day"


def test_a_value_that_differs_is_a_bad_row_that_shows_both(run, alice):
    run(DAYS, STEPS)
    said = refusal(run, DAYS.replace("6.5,7.25,a quiet day,2", "6,7.25,another day,4").replace("75,no", "75,yes"))
    assert said.splitlines() == [
        "2 rows cannot be kept. Nothing was imported.",
        "  entries.csv, row 2: mood: the journal has 6.5, the file 6.",
        "  entries.csv, row 2: notes: the journal has “a quiet day”, the file “another day”.",
        "  entries.csv, row 2: brain zaps: the journal has 2, the file 4.",
        "  entries.csv, row 3: took_dose: the journal has Missed, the file yes.",
        "Where the two differ, --overwrite lets the file win.",
    ]


def test_with_overwrite_the_file_wins(run, alice):
    run(DAYS, STEPS)
    changed = DAYS.replace("6.5,7.25,a quiet day,2", "6,,another day,4").replace("75,no", "75,yes")
    printed = run(changed, None, "--overwrite")
    assert printed.splitlines()[-1] == "Imported for alice: 3 entries (entries: 2 changed, 1 there already)."
    day = DailyEntry.objects.of(alice).get(date=dt.date(2026, 11, 1))
    assert (day.mood, day.sleep_hours, day.notes, day.ratings.get().severity) == (6, Decimal("7.25"), "another day", 4)
    assert set(DoseTaken.objects.of(alice).values_list("status", "mg")) == {("planned", Decimal(75))}


def test_late_or_another_amount_is_a_fuller_word_for_yes_and_stays(run, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 1), 75, "start")
    make_step(medication, dt.date(2026, 11, 4), 0, "stop")
    DoseTaken.objects.create(medication=medication, date=dt.date(2026, 11, 1), status="other", mg=Decimal("37.5"))
    run(DAYS)
    assert DoseTaken.objects.of(alice).get(date=dt.date(2026, 11, 1)).mg == Decimal("37.5")


def test_a_day_off_in_a_pattern_has_no_dose_and_none_missed(run, alice):
    medication = make_medication(alice)
    step = make_step(medication, dt.date(2026, 11, 1), "37.5", "start", cycle_days=2)
    DosePart.objects.create(step=step, day=1, mg=Decimal(75))
    run("date,medication,took_dose\n2026-11-01,Venlafaxine,yes\n2026-11-02,Venlafaxine,no\n2026-11-03,Venlafaxine,no\n")
    assert list(DoseTaken.objects.of(alice).values_list("date__day", "status", "mg")) == [
        (1, "planned", 75),
        (3, "missed", 0),
    ]


def test_a_dose_that_contradicts_the_steps_is_explained(run, alice):
    said = refusal(run, DAYS.replace("75,no", "73,no"), STEPS)
    assert "entries.csv, row 3: dose_mg: 73 mg, but the dose step of 2026-10-01 says 75 mg." in said


def test_a_dose_that_nobody_knows_is_explained(run, alice):
    said = refusal(run, "date,medication,took_dose\n2026-11-01,Venlafaxine,yes\n")
    assert "no dose is known on this day. Fill in dose_mg, or give the dose steps too." in said


def test_kinds_follow_from_the_changes(run, alice):
    run(
        None,
        "medication,starts_on,dose_mg,kind,note\nA,2026-01-01,20,,\nA,2026-02-01,15,,\nA,2026-03-01,15,,\n"
        "A,2026-04-01,20,,after the letter\nA,2026-05-01,25,,\nA,2026-06-01,25,switch,\n"
        "A,2026-07-01,0,,\nA,2026-08-01,5,,\n",
    )
    assert list(DoseStep.objects.of(alice).values_list("kind", flat=True)) == [
        "start", "reduction", "hold", "reinstatement", "increase", "switch", "stop", "reinstatement",
    ]  # fmt: skip


def test_a_kind_that_the_numbers_contradict_is_explained(run, alice):
    said = refusal(run, None, "medication,starts_on,dose_mg,kind\nA,2026-01-01,20,start\nA,2026-02-01,25,reduction\n")
    assert "steps.csv, row 3: kind: reduction does not fit. The dose is 25 mg, before it 20 mg." in said


def test_an_older_kind_that_was_chosen_stays(run, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 8, 1), 75, "start")
    make_step(medication, dt.date(2026, 9, 1), 20, "reduction")
    make_step(medication, dt.date(2026, 10, 1), 37.5, "increase")  # by the numbers: back up
    printed = run(None, "medication,starts_on,dose_mg\nVenlafaxine,2026-09-10,50\n")
    assert "another kind now" not in printed
    assert list(medication.steps.order_by("starts_on").values_list("kind", flat=True)) == [
        "start", "reduction", "reinstatement", "increase",
    ]  # fmt: skip


def test_an_earlier_step_makes_the_old_start_what_it_now_is(run, alice):
    medication = make_medication(alice)
    make_step(medication, dt.date(2026, 10, 1), 75, "start")
    printed = run(None, "medication,starts_on,dose_mg\nVENLAFAXINE,2026-09-01,150\n")
    assert "another kind now, by the step before them: 2026-10-01: Reduction." in printed
    assert list(medication.steps.values_list("mg", "kind")) == [(150, "start"), (75, "reduction")]
    assert Medication.objects.of(alice).count() == 1


def test_a_step_that_differs_is_a_bad_row_and_overwrite_takes_its_parts_away(run, alice):
    medication = make_medication(alice)
    step = make_step(medication, dt.date(2026, 10, 1), 75, "start", note="as agreed")
    DosePart.objects.create(step=step, day=1, when="morning", mg=Decimal(75))
    changed = "medication,starts_on,dose_mg,note\nVenlafaxine,2026-10-01,37.5,another\n"
    said = refusal(run, None, changed)
    assert "dose_mg: the journal has 75 mg, the file 37.5 mg." in said
    assert "note: the journal has “as agreed”, the file “another”." in said
    run(None, changed, "--overwrite")
    step.refresh_from_db()
    assert (step.mg, step.note, step.parts.count()) == (Decimal("37.5"), "another", 0)


def test_overwriting_a_dose_takes_its_mg_of_drops_away(run, alice):
    """They would not count as the new dose."""
    medication = make_medication(alice)
    step = make_step(medication, dt.date(2026, 10, 1), 75, "start", taken_mg=60)
    DoseTaken.objects.create(
        medication=medication, date=dt.date(2026, 11, 1), status="planned", mg=75, taken_mg=Decimal(60)
    )
    run(None, "medication,starts_on,dose_mg\nVenlafaxine,2026-10-01,37.5\n", "--overwrite")
    step.refresh_from_db()
    assert (step.mg, step.taken_mg) == (Decimal("37.5"), None)
    run("date,medication,took_dose\n2026-11-01,Venlafaxine,no\n", None, "--overwrite")
    dose = DoseTaken.objects.get()
    assert (dose.status, dose.mg, dose.taken_mg) == ("missed", 0, None)


def test_two_medications_of_one_name_are_not_guessed_between(run, alice):
    make_medication(alice)
    make_medication(alice, "venlafaxine")
    assert "You have 2 medications called Venlafaxine." in refusal(run, None, STEPS)


def test_semicolons_with_decimal_commas_and_a_bom_and_windows_line_ends(run, alice):
    text = DAYS.replace(",", ";").replace("6.5", "6,5").replace("7.25", "7,25").replace("\n", "\r\n")
    run(b"\xef\xbb\xbf" + text.encode(), STEPS)
    assert run(DAYS, STEPS).startswith("Read") and run(DAYS, STEPS).splitlines()[-1].startswith("Nothing new")


def test_every_bad_row_is_listed_up_to_fifty(run, alice):
    days = "".join(f"2026-{month:02}-{day:02},11\n" for month in range(1, 5) for day in range(1, 16))
    said = refusal(run, f"date,brain zaps\n{days}").splitlines()
    assert said[0] == "60 rows cannot be kept. Nothing was imported."
    assert said[1] == "  entries.csv, row 2: brain zaps: “11” is outside 0 to 10."
    assert said[51:] == ["  and 10 more.", "A column that is not a symptom can be left out: --ignore brain zaps"]


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "entries.csv: This is not a CSV file. It looks like a picture (PNG)."),
        ("", "entries.csv: This file is empty."),
        ("mood\n5\n", "entries.csv: There is no column “date”."),
        ("date,mood\n2026-11-01,5\n2026-11-01,5\n", "entries.csv, row 3: 2026-11-01 is there twice: also in row 2."),
        ("date,mood\n2026-11-23,5\n", "is still to come. Today is 2026-11-22."),
        (f"date,{'s' * 101}\n2026-11-01,5\n", "This name has 101 characters. 100 fit."),
        ("date,\u200d\n2026-11-01,5\n", "A symptom needs a name."),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(run, alice, entries, words):
    assert words in refusal(run, entries)


def test_a_column_to_ignore_that_is_not_there_is_named_beside_those_that_are(run, alice):
    said = refusal(run, "date,mood\n2026-11-01,5\n", None, "--ignore", "weight")
    assert said == "There is no column “weight” to ignore. The columns of entries.csv are: date, mood."


def test_two_columns_of_one_symptom_are_refused_also_when_it_was_renamed(run, alice):
    make_symptom(alice, name="Zaps, mine")
    said = refusal(run, 'date,brain zaps,"Zaps, mine"\n2026-11-01,5,5\n')
    assert "brain zaps and Zaps, mine are the same symptom, Zaps, mine." in said


def test_an_unknown_person_a_missing_file_and_no_file_are_plain_sentences(run, alice, tmp_path):
    assert refusal(run, DAYS, username="nobody") == "There is nobody called “nobody” here."
    with pytest.raises(CommandError, match=r"There is no file .*absent\.csv\."):
        call_command("import_journal", "alice", "--entries", str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="cannot be read: Is a directory"):
        call_command("import_journal", "alice", "--entries", str(tmp_path))
    with pytest.raises(CommandError, match="Give a file"):
        call_command("import_journal", "alice")


def test_strange_names_are_kept_as_they_are(run, alice):
    names = ["<script>alert(1)</script>", "$\\foo$", "🌧", "مزاج"]
    run(
        f"date,{','.join(names)}\n2026-11-01,1,2,3,4\n",
        "medication,starts_on,dose_mg\n" + "".join(f"{name},2026-11-01,5\n" for name in names),
    )
    assert list(Symptom.objects.of(alice).values_list("name", flat=True)) == names
    assert sorted(Medication.objects.of(alice).values_list("name", flat=True)) == sorted(names)


def many_days(n: int, symptoms: int = 12) -> str:
    """A file with the ``n`` days up to yesterday. A day is the same in every file."""
    lines = [f"date,medication,dose_mg,took_dose,mood,{','.join(f'own {c}' for c in range(symptoms))}"]
    for back in range(n, 0, -1):
        ratings = ",".join(str(back % 11) for _ in range(symptoms))
        lines.append(f"{dt.date(2026, 11, 22) - dt.timedelta(back)},Venlafaxine,75,yes,5,{ratings}")
    return "\n".join(lines)


def test_queries_grow_with_batches_and_not_with_days(run, alice):
    def queries(days: int) -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            run(many_days(days))
        return [query["sql"].split()[0] for query in captured]

    run(many_days(2))
    few, more = queries(20), queries(400)
    assert few.count("SELECT") == more.count("SELECT")
    # 380 days with 12 ratings and a dose each: 5,320 rows, of which SQLite takes 999 values at once.
    assert more.count("INSERT") < 40
    assert queries(1000).count("SELECT") == few.count("SELECT") + 3


def test_a_long_record_shows_its_progress(run, alice):
    printed = run(many_days(1200, symptoms=1)).splitlines()
    assert "Days: 500 of 1,200." in printed
    assert printed[-1] == "Imported for alice: 1,200 entries."


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the published taper is not at {REAL}")
def test_the_published_taper_goes_in_whole(alice, capsys):
    options = {
        "entries": str(REAL / "daily.csv"),
        "steps": str(REAL / "dose_steps.csv"),
        "ignore": "scl90_depression,check_ins",
    }
    call_command("import_journal", "alice", **options)
    assert "238 entries, 10 dose steps" in capsys.readouterr().out.splitlines()[-1]
    doses = DoseTaken.objects.of(alice)
    assert (DailyEntry.objects.of(alice).count(), doses.count(), doses.filter(status="missed").count()) == (238, 84, 0)
    assert set(DoseStep.objects.of(alice).values_list("kind", flat=True)) == {"start", "reduction", "stop"}
    assert Symptom.objects.of(alice).exclude(builtin="").count() == Symptom.objects.of(alice).count() == 13
    call_command("import_journal", "alice", **options)
    assert capsys.readouterr().out.splitlines()[-1].startswith("Nothing new")
