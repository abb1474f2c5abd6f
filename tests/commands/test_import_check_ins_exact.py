"""What check-ins from a file make of their days, worked out once more: from random files and from a published taper."""

import csv
import random
from collections import defaultdict
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.exchange.importer import File, ImportRefused, import_files
from journal.models import CheckIn, DailyEntry, DoseStep, Measurement, Rating, Symptom

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "venlafaxine_taper"
needs_real = pytest.mark.skipif(not REAL.is_dir(), reason=f"the published taper is not at {REAL}")

pytestmark = pytest.mark.usefixtures("clock")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    readings=st.dictionaries(
        st.tuples(st.integers(1, 5), st.integers(0, 1439)),
        st.tuples(*[st.none() | st.integers(0, 100).map(lambda tenths: Decimal(tenths) / 10)] * 3),
        min_size=1,
        max_size=30,
    ),
    seed=st.integers(0, 100),
)
def test_every_day_is_the_exact_mean_of_its_rows_in_whatever_order_they_come(alice, readings, seed):
    DailyEntry.objects.of(alice).delete()
    rows = [
        f"2026-11-{day:02}T{minute // 60:02}:{minute % 60:02},{','.join('' if v is None else str(v) for v in values)}"
        for (day, minute), values in readings.items()
    ]
    random.Random(seed).shuffle(rows)
    half = len(rows) // 2
    header = "datetime,mood,pain,nausea\n"
    if half:
        import_files(alice, check_ins=File("half.csv", (header + "\n".join(rows[:half])).encode()))
    import_files(alice, check_ins=File("all.csv", (header + "\n".join(rows)).encode()))
    expected = defaultdict(list)
    for (day, _), values in readings.items():
        for column, number in zip(("mood", "Pain", "Nausea"), values, strict=True):
            if number is not None:
                expected[day, column].append(Fraction(number))
    got = {(rating.entry.date.day, rating.symptom.name): rating.value for rating in Rating.objects.of(alice)}
    got |= {
        (entry.date.day, "mood"): entry.day_mood for entry in DailyEntry.objects.of(alice) if entry.day_mood is not None
    }
    assert got == {key: sum(numbers) / len(numbers) for key, numbers in expected.items()}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=25), st.text(max_size=12), st.text(max_size=12), st.sampled_from(["\n", "\r\n", "\r"]))
def test_no_cell_and_no_name_breaks_it(alice, when, mood, name, end):
    text = f"datetime,mood,{name}{end}{when},{mood},{mood}{end}"
    try:
        import_files(alice, check_ins=File("c.csv", text.encode("utf-8", "replace")))
    except ImportRefused as refused:
        assert str(refused)


@needs_real
def test_the_published_check_ins_alone_are_every_day_s_exact_mean(alice, capsys):
    """Worked out once more here, from the file, with fractions."""
    options = {"check_ins": str(REAL / "check_ins.csv")}
    call_command("import_journal", "alice", **options)
    assert capsys.readouterr().out.splitlines()[-1] == "Imported for alice: 1,476 check-ins."
    expected = defaultdict(list)
    with open(REAL / "check_ins.csv", newline="") as file:
        for row in csv.DictReader(file):
            at = row.pop("datetime")
            for column, cell in row.items():
                if cell:
                    expected[at[:10], column].append(Fraction(cell))
    got = {
        (str(rating.entry.date), rating.symptom.name.lower()): rating.value
        for rating in Rating.objects.of(alice).select_related("entry", "symptom")
    }
    got |= {(str(entry.date), "mood"): entry.day_mood for entry in DailyEntry.objects.of(alice)}
    assert got == {key: sum(numbers) / len(numbers) for key, numbers in expected.items()}
    assert DailyEntry.objects.of(alice).count() == 238
    assert Symptom.objects.of(alice).exclude(builtin="").count() == Symptom.objects.of(alice).count() == 13
    call_command("import_journal", "alice", **options)
    assert capsys.readouterr().out.splitlines()[-1] == "Nothing new for alice: 1,476 check-ins, all there already."


@needs_real
@pytest.mark.parametrize("check_ins_first", [True, False])
def test_the_published_taper_with_its_check_ins_and_its_questionnaire(alice, capsys, check_ins_first):
    if check_ins_first:
        call_command("import_journal", "alice", check_ins=str(REAL / "check_ins.csv"))
    options = {
        "entries": str(REAL / "daily.csv"),
        "steps": str(REAL / "dose_steps.csv"),
        "check_ins": str(REAL / "check_ins.csv"),
        "measure": ["scl90_depression"],
        "ignore": "check_ins",
    }
    call_command("import_journal", "alice", **options)
    printed = capsys.readouterr().out.splitlines()
    assert "238 entries, 10 dose steps, 1,476 check-ins" in printed[-1]
    ends = "from 1 to 2.539, the lowest and highest in the file"
    assert f"Scl90 depression: {ends}; change it under Measures." in printed
    counts = [model.objects.of(alice).count() for model in (DailyEntry, DoseStep, CheckIn, Measurement)]
    assert counts == [238, 10, 1476, 28]
    with open(REAL / "daily.csv", newline="") as file:
        rows = {row["date"]: row for row in csv.DictReader(file)}
    for rating in Rating.objects.of(alice).select_related("entry", "symptom"):
        own = rows[str(rating.entry.date)][rating.symptom.name.lower()]
        assert (rating.origin == "own") == bool(own)
        assert not own or rating.value == Decimal(own)
    for entry in DailyEntry.objects.of(alice):
        assert entry.mood == Decimal(rows[str(entry.date)]["mood"])
    call_command("import_journal", "alice", **options)
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Nothing new for alice: 238 entries, 10 dose steps, 1,476 check-ins, all there already."
    )
