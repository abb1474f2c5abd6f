"""By time of day, and between doses."""

import datetime as dt
import re
from decimal import Decimal

import pytest

from journal.models import CheckIn, DailyEntry, DosePart, DoseTaken, Reading
from tests.conftest import TODAY, make_medication, make_step, make_symptom

pytestmark = pytest.mark.usefixtures("clock")

PAGE = "/trends/times/"


def page(browser, query=""):
    response = browser.get(PAGE + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " "))


def row(text, name):
    """The cells of a measure in the first table that has it."""
    found = re.search(rf'scope="rowgroup"[^>]*>{name}</th> </tr> <tr>(.*?)</tr>', text)
    cells = re.findall(r"<td>(.*?)</td>", found[1])
    return [" ".join(re.sub(r"<.*?>", " ", cell).split()) for cell in cells]


def check_in(owner, time, day=TODAY, mood=None, **readings):
    entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=day)
    made = CheckIn.objects.create(entry=entry, time=time, mood=mood)
    for key, severity in readings.items():
        Reading.objects.create(check_in=made, symptom_id=int(key[1:]), severity=severity)


def test_it_works(as_alice, alice):
    zaps = make_symptom(alice)
    check_in(alice, "04:59", mood=2)
    check_in(alice, "05:00", mood=3)
    check_in(alice, "11:00", mood=4, **{f"s{zaps.pk}": Decimal("6.5")})
    check_in(alice, "23:59", **{f"s{zaps.pk}": 0})
    text = page(as_alice)
    assert row(text, "Mood") == ["2.0 n 1", "3.5 n 2", "– no check-in"]
    assert row(text, "Brain zaps") == ["– no check-in", "6.5 n 1", "0.0 n 1"]
    assert "No check-in in the afternoon." in text and "throughout" not in text
    assert 'Night <span class="times-hours">0 to 5</span>' in text
    assert "It does not show what causes what." in text
    assert "Between doses" not in text


def test_trends_leads_there_with_its_days(as_alice, alice):
    check_in(alice, "04:59", mood=2)
    text = as_alice.get("/trends/?days=30").content.decode()
    assert f'"{PAGE}?days=30"' in text
    text = as_alice.get("/trends/?from=2026-10-24&to=2026-11-21").content.decode()
    assert f'"{PAGE}?from=2026-10-24&amp;to=2026-11-21"' in text


def test_without_check_ins_it_says_what_will_be_here(as_alice, alice):
    text = page(as_alice)
    assert "There are no check-ins from these days." in text and f"/entries/{TODAY}/check-in/" in text


def test_only_the_days_that_were_asked_for(as_alice, alice):
    check_in(alice, "08:00", mood=2)
    check_in(alice, "08:00", TODAY - dt.timedelta(40), mood=8)
    assert row(page(as_alice, "?days=30"), "Mood") == ["2.0 n 1"]
    assert row(page(as_alice, "?days=all"), "Mood") == ["5.0 n 2"]


@pytest.mark.parametrize("query", ["?days=7", "?from=2026-02-30", "?from=2026-11-23", "?to=1800-01-01", "?from=%00"])
def test_days_that_make_no_sense_are_400(as_alice, query):
    assert as_alice.get(PAGE + query).status_code == 400


def test_private_things_and_those_of_others_are_left_out(as_alice, alice, bob):
    private = make_symptom(alice, "Thoughts of suicide or self-harm", builtin="suicidal-thoughts")
    check_in(alice, "08:00", mood=2, **{f"s{private.pk}": 8})
    check_in(bob, "08:00", mood=9)
    text = page(as_alice)
    assert "suicide" not in text and row(text, "Mood") == ["2.0 n 1"]


def dosed(alice, days=10, **fields):
    """``days`` days with a dose at eight that is known, and a check-in two and eleven hours later."""
    medication = make_medication(alice)
    make_step(medication, TODAY - dt.timedelta(100), 10, "start")
    for number in range(1, days + 1):
        day = TODAY - dt.timedelta(number)
        DoseTaken.objects.create(
            medication=medication, date=day, **{"status": "late", "mg": 10, "time": dt.time(8), **fields}
        )
        check_in(alice, "10:00", day, mood=6)
        check_in(alice, "19:00", day, mood=3)
    return medication


def test_between_doses(as_alice, alice):
    dosed(alice)
    text = page(as_alice)
    assert "Between doses of Venlafaxine" in text
    after = text[text.index("Between doses") :]
    assert row(after, "Mood") == ["6.0 n 10", "3.0 n 10"]
    assert "No check-in 4 to 8 h, 12 to 24 h or 24 h or more after a dose." in after


def test_few_say_nothing_between_doses(as_alice, alice):
    dosed(alice, 4)
    assert "Between doses" not in page(as_alice)


def test_a_dose_without_a_time_is_not_guessed(as_alice, alice):
    dosed(alice, status="planned", time=None)
    assert "Between doses" not in page(as_alice)


def test_of_a_dose_in_several_parts_one_time_says_nothing(as_alice, alice):
    medication = dosed(alice)
    for when in ("morning", "night"):
        DosePart.objects.create(step=medication.steps.get(), when=when, mg=5)
    assert "Between doses" not in page(as_alice)


def test_over_missed_doses_the_hours_run_on(as_alice, alice):
    medication = dosed(alice, 10)
    DoseTaken.objects.filter(medication=medication, date=TODAY - dt.timedelta(1)).update(
        mg=0, time=None, status="missed"
    )
    text = page(as_alice)
    assert row(text[text.index("Between doses") :], "Mood")[-1] == "4.5 n 2"


def test_symptoms_at_nought_throughout_are_one_line(as_alice, alice):
    flat, dizzy = (
        make_symptom(alice, "Anxiety", builtin="anxiety"),
        make_symptom(alice, "Dizziness", builtin="dizziness"),
    )
    for ago in range(2):
        check_in(alice, "08:00", TODAY - dt.timedelta(ago), mood=0, **{f"s{flat.pk}": 0, f"s{dizzy.pk}": 0})
    text = page(as_alice)
    assert "0.0 throughout: anxiety, dizziness (n 2 each)." in text
    assert row(text, "Mood") == ["0.0 n 2"] and text.count('scope="rowgroup"') == 1
    check_in(alice, "13:00", TODAY - dt.timedelta(3), **{f"s{dizzy.pk}": 0})
    text = page(as_alice)
    assert "0.0 throughout: anxiety (n 2), dizziness (n 3)." in text
    assert "No check-in at night or in the evening." in text
