"""/care/homework/: tasks from therapy, in steps as small as they need to be."""

import datetime as dt
import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Appointment, Deleted, Homework, HomeworkStep, Question
from journal.queries import homework as queries
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/care/homework/"
NEW = "/care/homework/new/"
REVIEW = "/care/homework/review/"
HOSTILE = ["\x00nul", "‮right to left", "😀" * 100, "x" * 300, "<script>alert(1)</script>"]


def task(owner, text="Go outside", **fields):
    return Homework.objects.create(owner=owner, text=text, **fields)


def step(homework, text="To the gate", parent=None, **fields):
    return HomeworkStep.objects.create(homework=homework, text=text, parent=parent, **fields)


def chain(homework, length):
    """Steps one below the other; the deepest."""
    parent = None
    for number in range(length):
        parent = step(homework, f"Depth {number + 1}", parent)
    return parent


def at(homework, *parts):
    return LIST + "".join(f"{part}/" for part in (homework.pk, *parts))


def test_it_works(as_alice, alice):
    """A task with steps, one too much, made smaller, looked back on."""
    visit = Appointment.objects.create(owner=alice, kind="therapist", name="Sam Roe", date=TODAY - dt.timedelta(3))
    form = {"text": "Go outside once a day", "why": "to be among people", "when": "before noon", "by": "2026-11-29"}
    response = as_alice.post(NEW, form | {"given": visit.pk, "steps": "To the gate\r\n\r\n  Round the  block "})
    mine = Homework.objects.of(alice).get()
    assert response["Location"] == at(mine)
    assert (mine.why, mine.when, mine.by, mine.given) == (form["why"], form["when"], dt.date(2026, 11, 29), visit)
    gate, block = HomeworkStep.objects.of(alice)
    assert (gate.text, block.text, block.position) == ("To the gate", "Round the block", 1)
    as_alice.post(at(mine, "result", block.pk), {"result": "too-much"})
    assert as_alice.post(at(mine, "smaller", block.pk), {"lines": "To the corner\nAnd back"})["Location"] == at(mine)
    assert [one.text for one in block.steps.all()] == ["To the corner", "And back"]
    as_alice.post(at(mine), {"note": "Slow, but I saw the dog."})
    page = as_alice.get(REVIEW).content.decode()
    for words in ("Go outside once a day", "to be among people", "Sam Roe", "too much", "And back", "I saw the dog"):
        assert words in page


def test_an_empty_page_says_what_will_be_here(as_alice):
    page = as_alice.get(LIST).content.decode()
    assert "No task here" in page
    assert page.count("btn-primary") == 1
    assert "Nothing was set in this time." in as_alice.get(REVIEW).content.decode()


def test_a_double_press_is_one_task_with_its_steps_once(as_alice, alice):
    for _ in range(2):
        as_alice.post(NEW, {"text": "Go outside", "steps": "One\nTwo"})
    assert Homework.objects.of(alice).count() == 1
    assert HomeworkStep.objects.of(alice).count() == 2


def test_the_same_task_with_too_many_steps_is_answered(as_alice, alice):
    lines = "\n".join(f"Step {n}" for n in range(30))
    as_alice.post(NEW, {"text": "Go outside", "steps": lines})
    response = as_alice.post(NEW, {"text": "Go outside", "steps": lines.replace("Step", "Other")})
    assert response.status_code == 422
    assert "That would be 60 steps. A task holds 50" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("text", "", "Write the task first."),
        ("text", "x" * 301, "This has 301 characters. 300 fit."),
        ("why", "x" * 501, "This has 501 characters. 500 fit."),
        ("when", "x" * 201, "This has 201 characters. 200 fit."),
        ("by", "2026-02-30", "February 2026 has 28 days."),
        ("by", "2028-01-01", "is more than a year ahead."),
        ("steps", "\n".join("abc" for _ in range(51)), "These are 51 lines. A task holds 50 steps."),
        ("steps", "x" * 301, "has 301 characters. 300 fit."),
        ("given", "0", "That appointment is not in your list."),
        ("given", "9" * 40, "That appointment is not in your list."),
        ("given", "the last one", "That appointment is not in your list."),
    ],
)
def test_bad_input_is_answered_and_stays(as_alice, name, typed, sentence):
    fields = {"text": "Go outside", "why": "words I typed", "when": "", "by": "", "given": "", "steps": ""}
    response = as_alice.post(NEW, fields | {name: typed})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert name == "why" or "words I typed" in response.content.decode()
    assert not Homework.objects.exists()


def test_an_appointment_of_somebody_else_is_none(as_alice, bob):
    visit = Appointment.objects.create(owner=bob, kind="therapist", name="Bob's own", date=TODAY)
    assert "Bob&#x27;s own" not in as_alice.get(NEW).content.decode()
    assert as_alice.post(NEW, {"text": "Go outside", "given": visit.pk}).status_code == 422


def test_the_appointment_it_was_set_at_can_be_chosen_however_old(as_alice, alice):
    old = Appointment.objects.create(owner=alice, kind="therapist", date=dt.date(2020, 1, 1))
    mine = task(alice, given=old)
    Appointment.objects.bulk_create(Appointment(owner=alice, kind="other", date=TODAY) for _ in range(60))
    assert as_alice.post(at(mine, "edit"), {"text": "Go outside", "given": old.pk}).status_code == 302
    mine.refresh_from_db()
    assert mine.given == old


@pytest.mark.parametrize("text", HOSTILE)
def test_any_words_are_kept(as_alice, alice, text):
    as_alice.post(NEW, {"text": text, "why": text, "steps": text})
    mine = Homework.objects.of(alice).get()
    kept = text.replace("\x00", "")
    assert (mine.text, mine.steps.get().text) == (kept, kept)
    as_alice.post(at(mine, "smaller", mine.steps.get().pk), {"lines": text})
    for path in (LIST, at(mine), at(mine, "delete"), at(mine, "smaller"), REVIEW):
        response = as_alice.get(path)
        assert response.status_code == 200
        assert "<script>alert" not in response.content.decode()


# --- how it went --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("result", Homework.Result.values)
def test_one_tap_says_how_it_went_and_takes_it_back(as_alice, alice, result):
    mine = task(alice)
    small = step(mine)
    for thing, path in ((mine, at(mine, "result")), (small, at(mine, "result", small.pk))):
        for _ in range(2):
            assert as_alice.post(path, {"result": result}).status_code == 302
        thing.refresh_from_db()
        assert (thing.result, thing.said_on) == (result, TODAY)
        as_alice.post(path, {"result": ""})
        thing.refresh_from_db()
        assert (thing.result, thing.said_on) == ("", None)


def test_said_again_the_first_day_stays_and_said_anew_the_day_is_new(as_alice, alice):
    mine = task(alice, result="done", said_on=TODAY - dt.timedelta(5))
    as_alice.post(at(mine, "result"), {"result": "done"})
    mine.refresh_from_db()
    assert mine.said_on == TODAY - dt.timedelta(5)
    as_alice.post(at(mine, "result"), {"result": "too-much"})
    mine.refresh_from_db()
    assert (mine.result, mine.said_on) == ("too-much", TODAY)


def test_the_answer_leads_back_to_where_it_was_given(as_alice, alice):
    mine = task(alice)
    assert as_alice.post(at(mine, "result"), {"result": "done", "from": "list"})["Location"] == f"{LIST}#task-{mine.pk}"
    assert as_alice.post(at(mine, "result"), {"result": "done"})["Location"] == f"{at(mine)}#main"
    assert as_alice.get(at(mine, "result"))["Location"] == f"{at(mine)}#main"


@pytest.mark.parametrize("result", ["failed", "DONE", "\x00", "x" * 1000])
def test_another_answer_is_a_sentence(as_alice, alice, result):
    mine = task(alice)
    response = as_alice.post(at(mine, "result"), {"result": result})
    assert response.status_code == 400
    assert "It can be done, done in part, or too much." in response.content.decode()


def test_too_much_offers_to_make_it_smaller_and_counts_nothing(as_alice, alice):
    mine = task(alice)
    small = step(mine, result="too-much", said_on=TODAY)
    page = as_alice.get(LIST).content.decode()
    assert at(mine, "smaller", small.pk) in page
    assert at(mine, "smaller") not in page.replace(at(mine, "smaller", small.pk), "")
    mine.result, mine.said_on = "too-much", TODAY
    mine.save()
    page = as_alice.get(at(mine)).content.decode()
    assert f'href="{at(mine, "smaller")}"' in page
    for word in ("madder", "fail", "missed", "!</", "well done"):
        assert word not in page.lower().split("<main")[1].split("</main")[0], word


# --- smaller ------------------------------------------------------------------------------------------------------


def test_a_step_is_split_to_a_depth_of_four_and_no_deeper(as_alice, alice):
    mine = task(alice)
    parent = None
    for depth in range(1, 5):
        as_alice.post(at(mine, "smaller", *([parent.pk] if parent else [])), {"lines": f"Depth {depth}"})
        parent = HomeworkStep.objects.get(text=f"Depth {depth}")
    response = as_alice.post(at(mine, "smaller", parent.pk), {"lines": "Depth 5"})
    assert response.status_code == 422
    page = response.content.decode()
    assert "This step is as small as it gets here." in page
    assert "Depth 5" in page
    assert HomeworkStep.objects.count() == 4
    assert at(mine, "smaller", parent.pk) not in as_alice.get(at(mine)).content.decode()


@pytest.mark.parametrize("depth", [5, 50])
def test_a_tree_that_is_deeper_already_is_shown_as_far_as_it_may_go(as_alice, alice, depth):
    """No form makes one; a row that came by another way is no reason for a 500."""
    mine = task(alice)
    deepest = chain(mine, depth)
    page = as_alice.get(at(mine)).content.decode()
    assert "Depth 4" in page
    assert "Depth 5" not in page
    response = as_alice.post(at(mine, "smaller", deepest.pk), {"lines": "Deeper"})
    assert response.status_code == 422
    assert HomeworkStep.objects.count() == depth
    for path in (LIST, REVIEW, at(mine, "step", deepest.pk), at(mine, "delete")):
        assert as_alice.get(path).status_code == 200


def test_a_ring_is_never_walked_for_ever(as_alice, alice):
    mine = task(alice)
    one = step(mine, "One")
    two = step(mine, "Two", one)
    one.parent = two
    one.save()
    assert as_alice.get(at(mine)).status_code == 200
    assert as_alice.get(REVIEW).status_code == 200
    assert as_alice.post(at(mine, "smaller", two.pk), {"lines": "Three"}).status_code == 422


def test_a_parent_of_another_task_is_not_found(as_alice, alice):
    mine, other = task(alice), task(alice, "Another")
    elsewhere = step(other)
    for part in ("smaller", "result", "step"):
        assert as_alice.post(at(mine, part, elsewhere.pk), {"lines": "x", "result": "done"}).status_code == 404
    assert as_alice.post(at(mine, "smaller", 999_999), {"lines": "x"}).status_code == 404
    assert as_alice.post(f"{LIST}{mine.pk}/smaller/{'9' * 18}/", {"lines": "x"}).status_code == 404
    assert as_alice.post(f"{LIST}{mine.pk}/smaller/{'9' * 30}/", {"lines": "x"}).status_code == 404
    assert HomeworkStep.objects.count() == 1


def test_a_task_holds_fifty_steps(as_alice, alice):
    mine = task(alice)
    first = step(mine)
    lines = "\n".join(f"Step {n}" for n in range(49))
    as_alice.post(at(mine, "smaller"), {"lines": lines})
    assert HomeworkStep.objects.count() == 50
    response = as_alice.post(at(mine, "smaller", first.pk), {"lines": "One more"})
    assert response.status_code == 422
    assert "That would be 51 steps. A task holds 50, the smaller ones counted." in response.content.decode()
    as_alice.post(at(mine, "smaller"), {"lines": lines})  # pressed twice: they are there
    assert HomeworkStep.objects.count() == 50


@pytest.mark.parametrize("lines", ["", " \n \r\n ", "\x00"])
def test_no_line_is_asked_for(as_alice, alice, lines):
    response = as_alice.post(at(task(alice), "smaller"), {"lines": lines})
    assert response.status_code == 422
    assert "Write a step first, a line for each." in response.content.decode()


def test_words_of_a_step_are_changed_and_a_step_is_deleted_with_what_is_below(as_alice, alice):
    mine = task(alice)
    small = step(mine, "To the gate")
    below = step(mine, "Shoes on", small)
    as_alice.post(at(mine, "step", small.pk), {"text": "To the door", "when": "at noon"})
    small.refresh_from_db()
    assert (small.text, small.when) == ("To the door", "at noon")
    assert as_alice.post(at(mine, "step", small.pk), {"text": ""}).status_code == 422
    HomeworkStep.objects.create(homework=mine, parent=below, text="Stand up")
    asked = " ".join(
        re.sub("<[^>]+>", " ", as_alice.get(at(mine, "step", small.pk, "delete")).content.decode()).split()
    )
    assert "Smaller steps below it 2" in asked  # those below the one below it go as well
    assert as_alice.post(at(mine, "step", small.pk, "delete"))["Location"] == at(mine)
    assert not HomeworkStep.objects.exists()
    as_alice.post(f"/entries/deleted/{Deleted.objects.get().pk}/undo/")
    below.refresh_from_db()
    assert below.parent == small


# --- away, deleted, raised ----------------------------------------------------------------------------------------


def test_put_away_and_brought_back(as_alice, alice):
    mine = task(alice)
    for _ in range(2):
        as_alice.post(at(mine, "away"), {"away": "yes"})
    page = as_alice.get(LIST).content.decode()
    assert "Put away" in page
    assert "Bring back" in page
    assert "Go outside" in as_alice.get(REVIEW).content.decode()
    as_alice.post(at(mine, "away"), {"away": "no"})
    mine.refresh_from_db()
    assert not mine.put_away
    assert as_alice.get(at(mine, "away"))["Location"] == at(mine)


def test_a_deleted_task_comes_back_with_its_tree(as_alice, alice):
    visit = Appointment.objects.create(owner=alice, kind="therapist", date=TODAY)
    mine = task(alice, given=visit, result="partly", said_on=TODAY, note="words")
    deepest = chain(mine, 4)
    before = list(HomeworkStep.objects.order_by("pk").values())
    assert "4 steps" in as_alice.get(at(mine, "delete")).content.decode()
    assert as_alice.post(at(mine, "delete"))["Location"] == LIST
    assert not Homework.objects.exists()
    response = as_alice.post(f"/entries/deleted/{Deleted.objects.get().pk}/undo/")
    assert response["Location"] == LIST
    back = Homework.objects.get()
    assert (back.pk, back.given, back.note) == (mine.pk, visit, "words")
    assert list(HomeworkStep.objects.order_by("pk").values()) == before
    assert queries.depth_of(alice, deepest) == 4


def test_raised_once_for_the_therapist(as_alice, alice):
    mine = task(alice, result="too-much", said_on=TODAY)
    for _ in range(2):
        assert as_alice.post(at(mine, "raise"))["Location"] == at(mine)
    question = Question.objects.of(alice).get()
    assert (question.text, question.whom) == ("Homework: Go outside (too much)", "therapist")
    assert as_alice.get(at(mine, "raise")).status_code == 302
    long = task(alice, "x" * 300)
    as_alice.post(at(long, "raise"))
    assert Question.objects.count() == 2


# --- looking back -------------------------------------------------------------------------------------------------


def test_looking_back_shows_what_is_open_and_what_was_lately(as_alice, alice):
    for text, ago, fields in (
        ("Open and old", 400, {}),
        ("Away and old", 400, {"put_away": True}),
        ("Away and said lately", 400, {"put_away": True, "result": "done", "said_on": TODAY - dt.timedelta(3)}),
        ("Away and set lately", 20, {"put_away": True}),
    ):
        row = task(alice, text, **fields)
        Homework.objects.filter(pk=row.pk).update(created=dt.datetime(2026, 11, 22, tzinfo=dt.UTC) - dt.timedelta(ago))
    page = as_alice.get(REVIEW).content.decode()
    assert "Away and old" not in page
    shown = ["Open and old", "Away and said lately", "Away and set lately"]
    assert [page.index(text) for text in shown] == sorted(page.index(text) for text in shown)
    assert "Away and old" in as_alice.get(REVIEW, {"days": "all"}).content.decode()


@pytest.mark.parametrize("days", ["", "0", "-1", "9" * 40, "x", "\x00"])
def test_another_time_is_a_sentence(as_alice, days):
    response = as_alice.get(REVIEW, {"days": days})
    assert response.status_code == 400
    assert "Choose 4 weeks, 13 weeks, or all." in response.content.decode()


def test_pages_cost_the_same_however_many_there_are(alice, bob, client):
    costs = []
    for owner, tasks, steps in ((alice, 2, 2), (bob, 40, 50)):
        visit = Appointment.objects.create(owner=owner, kind="therapist", date=TODAY)
        for number in range(tasks):
            mine = task(owner, f"Nr {number}", given=visit)
            parent = step(mine)
            HomeworkStep.objects.bulk_create(
                HomeworkStep(homework=mine, text=f"Step {n}", parent=parent if n % 2 else None)
                for n in range(steps - 1)
            )
            task(owner, f"Away {number}", given=visit, put_away=True)
        client.force_login(owner)
        for path in (LIST, at(mine), REVIEW, f"{REVIEW}?days=all"):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(path).status_code == 200
            costs.append(len(asked))
    assert costs[:4] == costs[4:]


# --- somebody else ------------------------------------------------------------------------------------------------


def test_nobody_elses_homework_is_there(as_bob, alice, bob):
    mine = task(alice, "Only hers")
    small = step(mine)
    paths = [at(mine), *(at(mine, part) for part in ("edit", "delete", "smaller", "away", "raise", "result"))]
    paths += [at(mine, "smaller", small.pk), at(mine, "result", small.pk), at(mine, "step", small.pk)]
    paths += [at(mine, "step", small.pk, "delete")]
    for path in paths:
        assert as_bob.post(path, {"text": "x", "lines": "x", "result": "done"}).status_code == 404, path
        assert as_bob.get(path).status_code == 404, path
    his = task(bob)
    for part in ("smaller", "result", "step"):  # his own task, her step
        assert as_bob.post(at(his, part, small.pk), {"text": "x", "lines": "x", "result": "done"}).status_code == 404
    for path in (LIST, REVIEW):
        assert "Only hers" not in as_bob.get(path).content.decode()
    assert not Question.objects.exists()


# --- a slip is taken back -------------------------------------------------------------------------------------------


def undo_in(response):
    """The address of the undo in the flash."""
    return re.search(r'action="([^"]*/back/[^"]*)"', response.content.decode())[1].replace("&amp;", "&")


@pytest.mark.parametrize("slip", ["too-much", ""])
@pytest.mark.parametrize("of", ["task", "step"])
def test_undo_puts_back_what_was_said_before_with_its_day(as_alice, alice, slip, of):
    mine = task(alice)
    thing = mine if of == "task" else step(mine)
    earlier = TODAY - dt.timedelta(3)
    thing.result, thing.said_on = "partly", earlier
    thing.save()
    path = at(mine, "result") if of == "task" else at(mine, "result", thing.pk)
    response = as_alice.post(path, {"result": slip}, follow=True)
    thing.refresh_from_db()
    assert thing.result == slip
    back = as_alice.post(undo_in(response), follow=True)
    thing.refresh_from_db()
    assert (thing.result, thing.said_on) == ("partly", earlier)
    assert "As it was before: Done in part, 19 November." in back.content.decode().replace("\u00a0", " ")


def test_undo_of_a_first_answer_leaves_it_not_said(as_alice, alice):
    mine = task(alice)
    response = as_alice.post(at(mine, "result"), {"result": "done", "from": "list"}, follow=True)
    back = as_alice.post(undo_in(response))
    assert back.url == f"{LIST}#task-{mine.pk}"
    mine.refresh_from_db()
    assert (mine.result, mine.said_on) == ("", None)


def test_the_second_of_two_presses_offers_no_way_back_to_the_first(as_alice, alice):
    mine = task(alice)
    as_alice.post(at(mine, "result"), {"result": "done"}, follow=True)
    response = as_alice.post(at(mine, "result"), {"result": "done"}, follow=True)
    assert "/back/" not in response.content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "result=wizard&on=2026-11-19", "result=done", "result=done&on=", "on=2026-11-19", "result=done&on=2026-11-23",
        "result=done&on=1066-01-01", "result=%00&on=x", "result=done&on=99999999999",
    ],
)  # fmt: skip
def test_an_address_that_was_tampered_with_puts_nothing_back(as_alice, alice, query):
    mine = task(alice, result="partly", said_on=TODAY)
    assert as_alice.post(f"{at(mine, 'result', 'back')}?{query}").status_code == 400
    mine.refresh_from_db()
    assert (mine.result, mine.said_on) == ("partly", TODAY)


def test_opening_the_way_back_changes_nothing_and_somebody_elses_is_a_404(as_alice, as_bob, alice):
    mine = task(alice, result="partly", said_on=TODAY)
    small = step(mine)
    for path in (at(mine, "result", "back"), at(mine, "result", small.pk, "back")):
        assert as_alice.get(path).status_code == 302
        assert as_bob.post(f"{path}?result=&on=").status_code == 404
    mine.refresh_from_db()
    assert mine.result == "partly"


def test_a_task_that_was_too_much_is_made_smaller_from_the_list_too(as_alice, alice):
    mine = task(alice)
    assert at(mine, "smaller") not in as_alice.get(LIST).content.decode()
    as_alice.post(at(mine, "result"), {"result": "too-much", "from": "list"})
    assert at(mine, "smaller") in as_alice.get(LIST).content.decode()


def test_it_was_set_at_a_visit_that_has_been_the_therapists_first(as_alice, alice):
    for name, kind, days in (
        ("Old", "therapist", -40), ("Okafor", "prescriber", -1), ("Lately", "therapist", -5), ("Maria", "other", -90),
        ("Soon", "therapist", 3),
    ):  # fmt: skip
        Appointment.objects.create(owner=alice, kind=kind, name=name, date=TODAY + dt.timedelta(days))
    page = as_alice.get(NEW).content.decode()
    assert re.findall(r"<option[^>]*>(\w+),", page) == ["Lately", "Old", "Okafor", "Maria"]


# --- sent again -----------------------------------------------------------------------------------------------------


def test_forms_keep_what_is_typed_and_are_saved_once(as_alice, alice):
    mine = task(alice)
    small = step(mine)
    for path, sent, later in (
        (at(mine), {"note": "First"}, {"note": "Second"}),
        (at(mine, "edit"), {"text": "First"}, {"text": "Second"}),
        (at(mine, "step", small.pk), {"text": "First"}, {"text": "Second"}),
    ):
        assert "data-keep" in as_alice.get(path).content.decode()
        first = sent | {"uid": str(uuid.uuid4())}
        response = as_alice.post(path, first, headers={"Accept": "application/json"})
        assert response.json() == {"saved": True, "next": at(mine)}
        as_alice.post(path, later | {"uid": str(uuid.uuid4())})
        assert as_alice.post(path, first).status_code == 302
    mine.refresh_from_db()
    small.refresh_from_db()
    assert (mine.note, mine.text, small.text) == ("Second", "Second", "Second")


def test_what_is_added_is_not_added_again_though_it_was_changed_meanwhile(as_alice, alice):
    sent = {"text": "Go outside", "steps": "One", "uid": str(uuid.uuid4())}
    as_alice.post(NEW, sent)
    mine = Homework.objects.of(alice).get()
    steps = {"lines": "Two", "uid": str(uuid.uuid4())}
    as_alice.post(at(mine, "smaller"), steps)
    Homework.objects.update(result="done", said_on=TODAY)
    HomeworkStep.objects.update(text="Changed")
    assert as_alice.post(NEW, sent).url == LIST
    assert as_alice.post(at(mine, "smaller"), steps).status_code == 302
    assert Homework.objects.of(alice).count() == 1
    assert HomeworkStep.objects.of(alice).count() == 2


def test_what_was_refused_once_is_not_taken_for_saved(as_alice, alice):
    mine = task(alice)
    for number in range(45):
        step(mine, f"Step {number}")
    sent = {"lines": "\n".join(f"Other {number}" for number in range(10)), "uid": str(uuid.uuid4())}
    for _ in range(2):
        assert as_alice.post(at(mine, "smaller"), sent).status_code == 422
