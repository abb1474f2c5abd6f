"""Undo of several deletions: what points at what is as it was before, in whatever order things went and came back."""

import itertools
import json
import random

import pytest

from journal.models import (
    Activity,
    Appointment,
    CheckIn,
    DailyEntry,
    Deleted,
    Homework,
    LifeEvent,
    Practice,
    Question,
    Skill,
    TaperPlan,
)
from journal.models.deleted import delete_with_undo, undo
from tests.conftest import TODAY, make_entry
from tests.models.makers import rows_of

pytestmark = pytest.mark.usefixtures("clock")
LINKED = (Question, Homework, Activity, Appointment)


@pytest.fixture
def things(alice):
    """One of each, by the name of its model, with every link there is between them."""
    rows = rows_of(alice)
    for row in rows.values():
        row.save()
    Deleted.objects.all().delete()
    visit = rows["Appointment"]
    visit.plan = rows["TaperPlan"]
    visit.save()
    question = rows["Question"]
    question.appointment, question.asked_on, question.practice = visit, TODAY, rows["Practice"]
    question.event, question.entry, question.check_in = rows["LifeEvent"], rows["DailyEntry"], rows["CheckIn"]
    question.save()
    Homework.objects.filter(pk=rows["Homework"].pk).update(given=visit)
    Activity.objects.filter(pk=rows["Activity"].pk).update(practice=rows["Practice"])
    return rows


def links():
    """Every row that points at something, with all that it says."""
    return [list(model.objects.order_by("pk").values()) for model in LINKED]


def delete(owner, model, pk):
    return delete_with_undo(owner, model.objects.get(pk=pk), model.__name__)


INSIDE = {(Skill, Practice), (DailyEntry, CheckIn), (DailyEntry, LifeEvent)}
"""The first takes the second with it: that one is gone already, and cannot come back before the first."""


def orders(chosen):
    """Each order in which these can be deleted, and in which they can come back."""
    for away in itertools.permutations(chosen):
        for back in itertools.permutations(chosen):
            if not any(
                {a, b} <= {*chosen} and (away.index(a) < away.index(b) or back.index(a) > back.index(b))
                for a, b in INSIDE
            ):
                yield away, back


PAIRS = [
    *((Question, end) for end in (Appointment, Practice, Skill, LifeEvent, CheckIn, DailyEntry)),
    (Homework, Appointment),
    (Activity, Practice),
    (Activity, Skill),
    (Appointment, TaperPlan),
]
MORE = [
    (Question, Appointment, TaperPlan),
    (Question, Appointment, Homework),
    (Question, Practice, Activity),
    (Question, LifeEvent, CheckIn),
    (Question, Practice, Appointment, DailyEntry),
]
SOME = 10
"""So many orders of three and four are tried: all of them take minutes, and say no more."""


def check(owner, things, away, back):
    before = links()
    gone = {model: delete(owner, model, things[model.__name__].pk) for model in away}
    for model in back:
        assert undo(gone[model]), (away, back)
    assert links() == before, (away, back)
    assert not Deleted.objects.exists()


def test_it_works(alice, things):
    check(alice, things, (Question, Appointment), (Question, Appointment))


def test_two_ends_come_back_linked_in_whatever_order(alice, things):
    for pair in PAIRS:
        for away, back in orders(pair):
            check(alice, things, away, back)


def test_so_do_three_and_four(alice, things):
    for chosen in MORE:
        found = list(orders(chosen))
        for away, back in random.Random(1).sample(found, SOME):
            check(alice, things, away, back)


def test_deleted_again_in_between_the_link_is_kept(alice, things):
    before = links()
    question, visit = things["Question"].pk, things["Appointment"].pk
    asked, seen = delete(alice, Question, question), delete(alice, Appointment, visit)
    assert undo(asked)
    asked = delete(alice, Question, question)  # it points nowhere now
    assert undo(seen)
    assert undo(asked)
    assert links() == before


def test_a_question_finds_a_day_that_came_back_onto_another_entry(alice):
    entry = make_entry(alice, notes="Why?")
    question = Question.objects.create(owner=alice, text="Why?", entry=entry)
    asked, day = delete(alice, Question, question.pk), delete(alice, DailyEntry, entry.pk)
    now = make_entry(alice)  # blank: the notes come back onto it
    assert undo(day)
    assert undo(asked)
    assert Question.objects.get().entry_id == now.pk != entry.pk


def test_a_link_that_was_made_anew_before_the_second_deletion_stays(alice, things):
    visit, question = things["Appointment"], things["Question"]
    seen = delete(alice, Appointment, visit.pk)
    other = Appointment.objects.create(owner=alice, kind="therapist", date=TODAY)
    Question.objects.filter(pk=question.pk).update(appointment=other)
    asked = delete(alice, Question, question.pk)
    assert undo(seen)
    assert undo(asked)
    assert Question.objects.get(pk=question.pk).appointment == other


def test_nothing_of_somebody_else_is_touched(alice, bob, things):
    """Whatever stands in the other's rows: only the person's own deletions are told."""
    for row in rows_of(bob).values():
        row.save()
    his = Question.objects.of(bob).get()
    kept = delete(bob, Question, his.pk)
    rows = json.loads(kept.rows)
    rows[0]["fields"]["appointment"], rows[0]["pk"] = None, things["Question"].pk
    Deleted.objects.filter(pk=kept.pk).update(rows=json.dumps(rows))
    seen = delete(alice, Appointment, things["Appointment"].pk)
    delete(alice, Question, things["Question"].pk)
    assert undo(seen)
    kept.refresh_from_db()
    assert json.loads(kept.rows) == rows


def test_what_was_kept_before_links_had_a_name_is_told_too(alice):
    entry = make_entry(alice, notes="Why?")
    first, second = (Question.objects.create(owner=alice, text=text, entry=entry) for text in ("Why?", "How?"))
    asked, day = delete(alice, Question, second.pk), delete(alice, DailyEntry, entry.pk)
    rows = json.loads(day.rows)
    del rows[0]["links"]
    rows[0]["questions"] = [first.pk]
    Deleted.objects.filter(pk=day.pk).update(rows=json.dumps(rows))
    assert undo(asked)
    assert undo(day)
    assert {question.entry_id for question in Question.objects.all()} == {entry.pk}
