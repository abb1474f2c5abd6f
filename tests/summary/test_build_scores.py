"""Questionnaires and own scores: before, during, above since when, bands, and their means by block."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.models import DailyEntry, Measurement, QuestionnaireResponse
from journal.queries.tracked import add_measure
from journal.summary.build_scores import above
from tests.conftest import TODAY, make_entry, make_medication, make_step, make_symptom
from tests.summary.records import READERS, ago, last_days, rate, summary_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def taper(alice):
    """20 mg, from 60 days ago on 15, from 30 days ago on 10; entries from 100 days ago on."""
    medication = make_medication(alice)
    make_step(medication, ago(300), 20, "start")
    make_step(medication, ago(60), 15)
    make_step(medication, ago(30), 10)
    for days in range(0, 101, 10):
        make_entry(alice, ago(days))
    return medication


def fill_in(owner, slug: str, days: int, *answers: int | None) -> None:
    QuestionnaireResponse.objects.create(owner=owner, slug=slug, date=ago(days), answers=list(answers))


def phq(owner, days: int, total: int) -> None:
    """A PHQ-9 with this total, from 0 to 24: question 9 is answered with 0."""
    fill_in(owner, "phq-9", days, *[min(3, max(0, total - 3 * place)) for place in range(8)], 0)


def measured(owner, measure, *pairs) -> None:
    for days, value in pairs:
        entry, _ = DailyEntry.objects.get_or_create(owner=owner, date=ago(days))
        Measurement.objects.create(entry=entry, measure=measure, value=Decimal(str(value)))


def test_a_total_before_during_and_since(alice, taper):
    for days, total in ((90, 4), (75, 8), (59, 6), (45, 12), (31, 11), (28, 7), (14, 9), (1, 10)):
        phq(alice, days, total)
    made = summary_of(alice, last_days(80))
    (scored,) = made.scores
    assert (scored.is_questionnaire, scored.score.name, scored.score.high) == (True, "PHQ-9", 27)
    assert (scored.before, scored.during) == ((4, 8, 2), (6, 12, 3))
    assert (scored.above_from, scored.above, scored.band) == (ago(14), 2, "moderate")
    assert (scored.score.before.value, scored.score.now.value) == (
        6,
        Fraction(26, 3),
    )  # now, the 31 days since the last change: 7, 9 and 10
    assert list(scored.score.values) == [ago(days) for days in (75, 59, 45, 31, 28, 14, 1)]
    (level,) = made.score_levels
    assert [mean.n for mean in level.means] == [2, 3, 3]
    assert (level.key, level.change) == (scored.score.key, level.means[-1].value - 6)


def test_one_score_on_a_side_is_no_change(alice, taper):
    for days, total in ((75, 8), (14, 9), (1, 10)):
        phq(alice, days, total)
    assert summary_of(alice, last_days(80)).score_levels[0].change is None


def test_a_total_takes_all_the_answers_and_item_9_is_nowhere_by_itself(alice, taper):
    fill_in(alice, "phq-9", 20, 1, 1, 1, 1, 1, 1, 1, 1, None)
    fill_in(alice, "phq-9", 10, 1, 1, 1, 1, 1, 1, 1, 1, 3)
    for reader in READERS:
        made = summary_of(alice, last_days(80), reader=reader, length="full")
        (scored,) = made.scores
        assert scored.score.values == {ago(10): 11}
        assert "better off dead" not in repr(made)


def test_questionnaires_come_first_the_latest_of_them_first(alice, taper):
    phq(alice, 20, 5)
    fill_in(alice, "gad-7", 10, 1, 1, 1, 1, 1, 1, 1)
    scl = add_measure(alice, "SCL-90-R depression", kind="rating", low=1, high=5, better="down")
    measured(alice, scl, (5, "1.9"))
    made = summary_of(alice, last_days(80))
    assert [(one.score.name, one.band) for one in made.scores] == [
        ("GAD-7", "mild"),
        ("PHQ-9", "mild"),
        ("SCL-90-R depression", ""),
    ]
    assert [one.key for one in made.score_levels] == [one.score.key for one in made.scores]


def test_a_questionnaire_before_the_period_is_not_in_it(alice, taper):
    phq(alice, 90, 5)
    assert summary_of(alice, last_days(80)).scores == ()


def test_before_is_told_where_the_period_begins_later(alice, taper):
    for days, total in ((75, 3), (20, 9), (5, 12)):
        phq(alice, days, total)
    (scored,) = summary_of(alice, last_days(25)).scores
    assert (scored.before, scored.during, scored.above_from, scored.above) == ((3, 3, 1), None, ago(20), 2)
    assert list(scored.score.values) == [ago(20), ago(5)]


def test_what_is_measured_daily_has_levels_and_is_no_score(alice, taper):
    weight = add_measure(alice, "Weight", kind="amount", unit="kg")
    measured(alice, weight, *((days, 70 + days % 2) for days in range(60)))
    blood = add_measure(alice, "Blood pressure", kind="amount", unit="mmHg")
    measured(alice, blood, *((days, 120) for days in range(0, 60, 5)))
    made = summary_of(alice, last_days(80))
    assert [one.score.name for one in made.scores] == ["Blood pressure"]
    assert [one.name for one in made.score_levels] == ["Blood pressure", "Weight"]


def test_at_most_six_of_ones_own(alice, taper):
    for number in range(8):
        measured(alice, add_measure(alice, f"Score {number}", kind="amount"), (5, number))
    made = summary_of(alice, last_days(80))
    assert [one.score.name for one in made.scores] == [f"Score {number}" for number in range(6)]
    assert len(made.score_levels) == 6


def test_where_10_is_best_nothing_is_said_to_be_above(alice, taper):
    hope = add_measure(alice, "Hope", kind="rating", low=0, high=10, better="up")
    measured(alice, hope, (80, 3), (20, 6), (10, 7))
    (scored,) = summary_of(alice, last_days(90)).scores
    assert (scored.before, scored.above_from, scored.above) == ((3, 3, 1), None, 0)


def test_a_score_that_is_called_like_a_symptom_has_another_row(alice, taper):
    rate(alice, make_symptom(alice, "Worry", builtin="worry"), 20, [3, 3])
    measured(alice, add_measure(alice, "Worry", kind="amount"), (5, 8))
    made = summary_of(alice, last_days(80))
    assert [one.means[-1].value for one in made.symptoms] == [3]
    assert [one.means[-1].value for one in made.score_levels] == [8]


@given(st.dictionaries(st.integers(0, 60), st.integers(0, 20), max_size=20), st.integers(0, 20), st.integers(0, 60))
def test_above_is_every_score_from_a_day_on(values, highest, after):
    """Written as slowly as can be: of all days that could be the first, the earliest from which on all are above."""
    by_day = {TODAY + dt.timedelta(number): value for number, value in values.items()}
    since = TODAY + dt.timedelta(after)
    later = [day for day in by_day if day > since]
    firsts = [day for day in later if all(by_day[one] > highest for one in later if one >= day)]
    found = above(by_day, highest, since)
    assert min(found, default=None) == min(firsts, default=None)
    assert all(value > highest for value in found.values())
    assert set(found) == {day for day in later if firsts and day >= min(firsts)}
