"""/coping/<skill>/write/: practising in writing."""

import datetime as dt
import re
import uuid
from decimal import Decimal

import pytest

from journal.catalogue.skills import SKILLS
from journal.catalogue.written import OWN_ITEMS_FIT, WRITTEN
from journal.models import Deleted, Practice, Skill
from journal.models.deleted import undo
from journal.queries.coping import skill_for
from journal.queries.written import keep_own_items
from journal.views.written import blank, page_of
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
THOUGHT = "/coping/thought-record/write/"
WORRY = "/coping/worry-time/write/"
EVENING = "/coping/wind-down/write/"
DAY = {"date": TODAY.isoformat()}
HOSTILE = ["\x00nul", "‮right to left", "😀" * 300, "x" * 300, "<script>alert(1)</script>", "a" * 19_000]


def written(owner, slug="thought-record", **fields):
    fields.setdefault("said", {"felt": "afraid"})
    return Practice.objects.create(skill=skill_for(owner, slug), date=fields.pop("date", TODAY), **fields)


def test_it_works(as_alice, alice):
    said = {"said-happened": "The till\r\nwas loud", "said-thought": "It will stay like this.", "said-against": ""}
    figures = {
        "before": "7",
        "after": "4",
        "situation": "anxiety",
        "minutes": "20 min",
        "note": "at home",
        "time": "11:20",
    }
    response = as_alice.post(THOUGHT, DAY | said | figures)
    assert response.status_code == 302
    assert response["Location"] == "/coping/thought-record/"
    kept = Practice.objects.of(alice).get()
    assert kept.said == {"happened": "The till\nwas loud", "thought": "It will stay like this."}
    assert (kept.before, kept.after, kept.minutes, kept.situation) == (7, 4, 20, "anxiety")
    assert (kept.note, kept.date, kept.time, kept.skill.slug) == ("at home", TODAY, dt.time(11, 20), "thought-record")
    page = as_alice.get("/coping/thought-record/").content.decode()
    assert "It will stay like this." in page
    assert "The thought that hurts most" in page


@pytest.mark.parametrize("slug", WRITTEN)
def test_each_page_asks_for_its_parts_and_writes_nothing(as_alice, slug):
    page = as_alice.get(f"/coping/{slug}/write/").content.decode()
    for part in WRITTEN[slug].parts:
        assert part.label in page
        assert f'name="said-{part.slug}"' in page
    assert WRITTEN[slug].source.title in page
    assert page.count("btn-primary") == 1
    assert not Skill.objects.exists()


def test_a_thought_record_leads_to_help(as_alice):
    page = as_alice.get(THOUGHT).content.decode()
    assert "For thoughts of ending your life, open Help now." in page
    assert "You can talk to someone now." in page


@pytest.mark.parametrize("slug", ["box-breathing", "my-tea", "nothing-there"])
def test_what_is_not_practised_in_writing_is_not_there(as_alice, slug):
    assert as_alice.get(f"/coping/{slug}/write/").status_code == 404
    assert as_alice.post(f"/coping/{slug}/write/", DAY).status_code == 404


def test_one_small_activity_has_pages_of_its_own(as_alice):
    assert as_alice.get("/coping/small-activity/write/")["Location"] == "/coping/activities/"


@pytest.mark.parametrize("fields", [{}, {"said-felt": " \n "}, {"situation": "anxiety"}, {"time": "11:20"}])
def test_nothing_at_all_is_asked_about(as_alice, fields):
    response = as_alice.post(THOUGHT, DAY | fields)
    assert response.status_code == 422
    assert "Write something first, or go back." in response.content.decode()
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"said-felt": "x"}, {"before": "0"}, {"after": "3"}, {"minutes": "15"}, {"note": "x"}]
)
def test_anything_is_enough(as_alice, fields):
    assert as_alice.post(THOUGHT, DAY | fields).status_code == 302
    assert Practice.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("before", "11", "“11” is outside 0 to 10."),
        ("after", "a lot", "“a lot” is not a whole number from 0 to 10."),
        ("minutes", "0", "“0” is outside 1 to 600 minutes."),
        ("minutes", "10000", "“10000” is outside 1 to 600 minutes."),
        ("minutes", "-5", "“-5” is outside 1 to 600 minutes."),
        ("minutes", "1.5", "“1.5” is not whole."),
        ("minutes", "long", "“long” is not a number of minutes."),
        ("minutes", "9" * 400, "is not a number of minutes"),
        ("minutes", "٣", "is not a number of minutes"),
        ("situation", "nonsense", "That is not in this list."),
        ("date", "2026-11-23", "That day is still to come."),
        ("date", "2026-02-30", "February 2026 has 28 days."),
        ("date", "", "Choose the day."),
        ("time", "25:00", "is not a time"),
        ("said-felt", "a" * 20_001, "This note has 20,001 characters."),
    ],
)
def test_bad_input_is_answered_and_stays(as_alice, name, typed, sentence):
    response = as_alice.post(THOUGHT, DAY | {"said-thought": "The words I typed"} | {name: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "The words I typed" in page
    if typed and name not in ("before", "after", "situation"):
        assert typed in page
    assert not Practice.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_kept_or_answered(as_alice, alice, text):
    response = as_alice.post(THOUGHT, DAY | {f"said-{part.slug}": text for part in WRITTEN["thought-record"].parts})
    assert response.status_code == 302
    assert Practice.objects.of(alice).get().said["felt"] == text.replace("\x00", "")
    for path in ("/coping/thought-record/", "/coping/thought-record/practices/"):
        page = as_alice.get(path).content.decode()
        assert "<script>alert" not in page


def test_bytes_that_are_no_text(as_alice):
    body = f"date={TODAY}&said-felt=%ff%fe&before=%ff".encode()
    assert as_alice.post(THOUGHT, body, content_type="application/x-www-form-urlencoded").status_code == 422


def test_the_same_form_sent_twice_is_one_practice(as_alice, alice):
    form = DAY | {"said-felt": "afraid", "uid": str(uuid.uuid4()), "form_key": "a-key"}
    headers = {"accept": "application/json"}
    for _ in range(2):
        answer = as_alice.post(THOUGHT, form, headers=headers)
        assert answer.json() == {"saved": True, "next": "/coping/thought-record/"}
    assert Practice.objects.of(alice).count() == 1


def test_two_kept_forms_that_say_the_same_at_two_times_are_two_practices(as_alice, alice):
    """A page that a device keeps has no word of its own; each form is sent under a number."""
    for time in ("09:00", "09:05"):
        form = DAY | {"said-felt": "afraid", "time": time, "uid": str(uuid.uuid4())}
        for _ in range(2):
            assert as_alice.post(THOUGHT, form).status_code == 302
    assert Practice.objects.of(alice).count() == 2


def test_without_a_script_a_double_press_is_one_practice(as_alice, alice):
    form = DAY | {"said-felt": "afraid", "uid": "", "form_key": "a-key"}
    for _ in range(2):
        as_alice.post(THOUGHT, form)
    assert Practice.objects.of(alice).count() == 1
    as_alice.post(THOUGHT, form | {"said-felt": "less afraid"})
    assert Practice.objects.of(alice).count() == 2


def test_the_same_words_from_a_new_form_are_one_practice_for_a_quarter_of_an_hour(as_alice, alice, clock):
    """By the way Back a browser without script puts what was typed on a form with another key."""
    for minutes, figure, count in ((0, "7", 1), (10, "7", 1), (0, "6", 2), (6, "7", 3)):
        clock.shift(dt.timedelta(minutes=minutes))
        key = as_alice.get(THOUGHT).context["form_key"]
        as_alice.post(THOUGHT, DAY | {"said-felt": "afraid", "before": figure, "form_key": key})
        assert Practice.objects.of(alice).count() == count


def test_words_saved_and_deleted_can_be_saved_again(as_alice, alice):
    for _ in range(2):
        as_alice.post(THOUGHT, DAY | {"said-felt": "afraid", "form_key": "a-key"})
        Practice.objects.of(alice).get().delete()


# --- worry time ---------------------------------------------------------------------------------------------------


def test_worries_are_kept_with_their_answers(as_alice, alice):
    form = {
        "said-worry-1": "the rent",
        "said-worry-1-answer": "Yes, later",
        "said-worry-2": "the noise",
        "said-lift": "tea",
    }
    as_alice.post(WORRY, DAY | form | {"said-worry-3-answer": "No"})
    kept = {"worry-1": "the rent", "worry-1-answer": "Yes, later", "worry-2": "the noise", "lift": "tea"}
    assert Practice.objects.of(alice).get().said == kept


def test_an_answer_that_is_none_is_answered(as_alice):
    response = as_alice.post(WORRY, DAY | {"said-worry-1": "the rent", "said-worry-1-answer": "Perhaps"})
    assert response.status_code == 422
    assert "Choose Yes, now, Yes, later, No, or leave it blank." in response.content.decode()


def test_the_timer_is_there_with_a_sentence_for_without_a_script(as_alice, alice):
    page = as_alice.get(WORRY).content.decode()
    assert 'data-timer="15"' in page
    assert "Set a clock for 15 minutes, then begin." in page
    assert "timer.js" in page
    kept = written(alice, "worry-time", said={"worry-1": "the rent"})
    assert "data-timer" not in as_alice.get(f"{WORRY}{kept.pk}/").content.decode()  # it is over
    assert "data-timer" not in as_alice.get(THOUGHT).content.decode()


# --- the list for the evening -------------------------------------------------------------------------------------


def test_what_was_ticked_is_kept_in_words(as_alice, alice):
    first, second, *_ = WRITTEN["wind-down"].checklist.items
    as_alice.post(EVENING, DAY | {"said-done": [second, first], "said-mind": "the letter"})
    assert Practice.objects.of(alice).get().said == {"done": f"{second}\n{first}", "mind": "the letter"}


def test_what_is_ticked_can_have_been_so_by_the_evening(as_alice):
    page = " ".join(as_alice.get(EVENING).content.decode().split())
    ticks, note = page.split("Still to come: ")
    assert 'value="No caffeine since midday."' in ticks
    assert "tomorrow, however" not in ticks and note.startswith("go to bed when you are sleepy")


def test_what_was_ticked_in_other_words_is_still_shown(as_alice, alice):
    """The steps of the skill were the lines once."""
    old = SKILLS["wind-down"].steps[-1]
    kept = written(alice, "wind-down", said={"done": old})
    assert old in as_alice.get("/coping/wind-down/practices/").content.decode()
    page = as_alice.get(f"{EVENING}{kept.pk}/").content.decode()
    assert re.search(rf'value="{re.escape(old)}"[^>]*checked', page)
    form = DAY | {"said-done": [old], "before": "3"}
    assert as_alice.post(f"{EVENING}{kept.pk}/", form).status_code == 302
    kept.refresh_from_db()
    assert kept.said == {"done": old}


def test_own_lines_are_on_the_list(as_alice, alice):
    response = as_alice.post(f"{EVENING}lines/", {"items": " A bath \r\n\r\nFeed the cat\nA bath"})
    assert response["Location"] == EVENING
    assert Skill.objects.of(alice).get().steps == "A bath\nFeed the cat"
    page = as_alice.get(EVENING).content.decode()
    assert page.count('value="A bath"') == 1
    as_alice.post(EVENING, DAY | {"said-done": ["A bath"]})
    kept = Practice.objects.of(alice).get()
    assert kept.said == {"done": "A bath"}
    as_alice.post(f"{EVENING}lines/", {"items": ""})
    assert 'value="A bath"' not in as_alice.get(EVENING).content.decode()
    assert 'value="A bath"' in as_alice.get(f"{EVENING}{kept.pk}/").content.decode()  # it was ticked then
    assert "Feed the cat" not in as_alice.get("/coping/").content.decode()


@pytest.mark.parametrize(
    ("items", "sentence"),
    [
        ("\n".join(f"line {n}" for n in range(OWN_ITEMS_FIT + 1)), "These are 21 lines. 20 fit."),
        ("x" * 301, "has 301 characters. 300 fit."),
        ("x\n" * 20_000, "This note has"),
    ],
)
def test_too_many_or_too_long_lines_are_answered(as_alice, items, sentence):
    response = as_alice.post(f"{EVENING}lines/", {"items": items})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not Skill.objects.exists()


@pytest.mark.parametrize("ticked", [["x" * 301], [f"line {n}" for n in range(101)]])
def test_more_ticks_than_fit_are_answered(as_alice, ticked):
    response = as_alice.post(EVENING, DAY | {"said-done": ticked})
    assert response.status_code == 422
    assert "That is more than fits" in response.content.decode()


def test_only_a_checklist_has_lines_of_ones_own(as_alice):
    assert as_alice.get(f"{THOUGHT}lines/").status_code == 404
    assert as_alice.get("/coping/my-tea/write/lines/").status_code == 404


# --- correcting ---------------------------------------------------------------------------------------------------


def test_what_was_written_can_be_corrected(as_alice, alice):
    kept = written(alice, said={"felt": "afraid", "for": "it was loud"}, before=Decimal("6.3"))
    address = f"{THOUGHT}{kept.pk}/"
    page = as_alice.get(address).content.decode()
    assert "it was loud" in page
    assert "22\u00a0November\u00a02026" in page
    response = as_alice.post(address, DAY | {"said-felt": "less afraid", "said-for": "", "before": "6.3", "after": "3"})
    assert response["Location"] == "/coping/thought-record/"
    kept.refresh_from_db()
    assert kept.said == {"felt": "less afraid"}
    assert (kept.before, kept.after) == (Decimal("6.3"), 3)
    assert Practice.objects.count() == 1


def test_what_the_page_does_not_ask_for_any_more_stays(as_alice, alice):
    kept = written(alice, said={"felt": "afraid", "an-old-part": "old words"})
    as_alice.post(f"{THOUGHT}{kept.pk}/", DAY | {"said-felt": "calm"})
    kept.refresh_from_db()
    assert kept.said == {"felt": "calm", "an-old-part": "old words"}


def test_a_correction_that_is_refused_changes_nothing(as_alice, alice):
    kept = written(alice)
    response = as_alice.post(f"{THOUGHT}{kept.pk}/", DAY | {"said-felt": "other words", "minutes": "0"})
    assert response.status_code == 422
    assert "other words" in response.content.decode()
    kept.refresh_from_db()
    assert kept.said == {"felt": "afraid"}


def test_a_practice_of_another_skill_is_not_found_there(as_alice, alice):
    kept = written(alice)
    assert as_alice.get(f"{WORRY}{kept.pk}/").status_code == 404
    assert as_alice.get(f"{THOUGHT}{kept.pk + 1}/").status_code == 404


def test_nobody_elses_practice_is_found(as_bob, alice):
    kept = written(alice)
    assert as_bob.get(f"{THOUGHT}{kept.pk}/").status_code == 404
    assert as_bob.post(f"{THOUGHT}{kept.pk}/", DAY | {"said-felt": "mine now"}).status_code == 404
    kept.refresh_from_db()
    assert kept.said == {"felt": "afraid"}


def test_deleted_and_put_back_it_has_its_words(as_alice, alice):
    kept = written(alice)
    as_alice.post(f"/coping/practices/{kept.pk}/delete/")
    assert not Practice.objects.exists()
    assert undo(Deleted.objects.get())
    assert Practice.objects.get().said == {"felt": "afraid"}


def test_where_a_practice_is_corrected(alice):
    kept = written(alice)
    assert page_of(kept) == f"{THOUGHT}{kept.pk}/"
    assert page_of(written(alice, said={})) is None  # only figures: the page of every practice has them
    assert page_of(written(alice, "box-breathing", said={})) is None


@pytest.mark.parametrize("slug", WRITTEN)
def test_the_page_that_a_device_keeps_has_nothing_recorded_in_it(rf, alice, slug):
    written(alice, slug, said={"mind": "a private thought", "felt": "a private thought"}, note="a private thought")
    keep_own_items(alice, "wind-down", "A bath")
    request = rf.get("/")
    request.user, request.profile = alice, alice.profile
    page = blank(request, slug).content.decode()
    assert "a private thought" not in page
    assert f'action="/coping/{slug}/write/"' in page
    assert "This is a blank page that this device keeps" in page
    assert TODAY.isoformat() not in page  # it is for any day
    assert 'name="form_key"' not in page
    assert ("A bath" in page) == (slug == "wind-down")
