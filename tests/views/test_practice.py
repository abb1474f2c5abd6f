"""Recording a practice on a skill's page, correcting it and deleting it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from journal.models import Deleted, Practice, Skill
from journal.models.deleted import undo
from journal.queries.coping import skill_for
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
BOX = "/coping/box-breathing/"
PRACTICE = {"before": "7", "after": "4", "date": "2026-11-22", "time": "11:20", "note": "On the train."}


def make(owner, slug="box-breathing", **fields):
    fields = {"date": TODAY, "before": Decimal(7), "after": Decimal(4), **fields}
    return Practice.objects.create(skill=skill_for(owner, slug), **fields)


def text_of(response):
    """The page with single plain spaces; no-break ones too."""
    return " ".join(response.content.decode().split())


def form_key(client, path=BOX):
    return client.get(path).context["form_key"]


def test_it_works(as_alice, alice):
    response = as_alice.post(BOX, PRACTICE, follow=True)
    assert response.redirect_chain == [(BOX, 302)]
    done = Practice.objects.of(alice).get()
    assert (done.date, done.time, done.before, done.after) == (TODAY, dt.time(11, 20), 7, 4)
    assert done.note == "On the train."
    assert (done.skill.owner, done.skill.slug, done.skill.builtin) == (alice, "box-breathing", "box-breathing")
    page = text_of(response)
    assert "Practice on 22 November saved." in page
    assert "Distress before 7, after 4" in page


def test_the_day_is_today_at_first(as_alice):
    assert 'value="2026-11-22"' in as_alice.get(BOX).content.decode()


def test_today_is_the_persons_own(as_alice, alice, clock):
    alice.profile.time_zone = "Pacific/Auckland"
    alice.profile.save()
    clock.move_to(dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC))
    assert 'value="2026-11-23"' in as_alice.get(BOX).content.decode()
    assert as_alice.post(BOX, {**PRACTICE, "date": "2026-11-23", "time": "00:30"}).status_code == 302


@pytest.mark.parametrize(("before", "after"), [("", ""), ("7", ""), ("", "4"), ("0", "0"), ("0", "10"), ("10", "0")])
def test_either_figure_may_be_missing_and_blank_is_not_zero(as_alice, before, after):
    assert as_alice.post(BOX, {**PRACTICE, "before": before, "after": after}).status_code == 302
    done = Practice.objects.get()
    assert done.before == (Decimal(before) if before else None)
    assert done.after == (Decimal(after) if after else None)


def test_what_it_was_about_and_how_long_are_kept_and_shown(as_alice, alice):
    response = as_alice.post(BOX, {**PRACTICE, "situation": "anxiety", "minutes": "12"}, follow=True)
    done = Practice.objects.of(alice).get()
    assert (done.situation, done.minutes) == ("anxiety", 12)
    assert "Anxiety or panic, 12 min" in text_of(response)


@pytest.mark.parametrize(("typed", "minutes"), [("", None), ("1", 1), ("600", 600), ("10 min", 10), (" 7 minutes ", 7)])
def test_minutes_from_1_to_600_or_not_said(as_alice, typed, minutes):
    assert as_alice.post(BOX, {**PRACTICE, "minutes": typed}).status_code == 302
    assert Practice.objects.get().minutes == minutes


@pytest.mark.parametrize("path", [BOX, f"{BOX}practise/", "/coping/thought-record/write/"])
@pytest.mark.parametrize(
    ("before", "after", "is_alone"),
    [("", "4", True), ("7", "", True), ("0", "", True), ("7", "0", False), ("", "", False)],
)
def test_one_figure_alone_is_saved_and_counts_in_no_change(as_alice, path, before, after, is_alone):
    """It is said wherever a practice is saved."""
    response = as_alice.post(path, {**PRACTICE, "note": "x", "before": before, "after": after}, follow=True)
    said = "With only one of the two figures it counts as practised, but not in the change." in text_of(response)
    assert said == is_alone
    assert Practice.objects.count() == 1


def test_time_and_note_may_be_missing(as_alice):
    assert as_alice.post(BOX, {"date": "2026-11-20"}).status_code == 302
    done = Practice.objects.get()
    assert (done.time, done.note, done.before, done.after) == (None, "", None, None)


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("before", "11", "is outside 0 to 10"),
        ("before", "-1", "is outside 0 to 10"),
        ("after", "5,5", "is not a whole number from 0 to 10"),
        ("after", "1e9", "is not a whole number from 0 to 10"),
        ("after", "٧", "is not a whole number from 0 to 10"),
        ("date", "", "Choose the day."),
        ("date", "2026-02-30", "February 2026 has 28 days."),
        ("date", "2026-11-23", "That day is still to come."),
        ("date", "1890-01-01", "1890 is too long ago."),
        ("date", "soon\x00", "is not a date"),
        ("time", "25:00", "is not a time"),
        ("time", "<script>", "is not a time"),
        ("note", "n" * 100_000, "This note has 100,000 characters."),
        ("minutes", "0", "“0” is outside 1 to 600 minutes."),
        ("minutes", "601", "“601” is outside 1 to 600 minutes."),
        ("minutes", "10000", "“10000” is outside 1 to 600 minutes."),
        ("minutes", "-5", "“-5” is outside 1 to 600 minutes."),
        ("minutes", "2.5", "is not whole."),
        ("minutes", "1e9", "is not a number of minutes"),
        ("minutes", "9" * 400, "is not a number of minutes"),
        ("minutes", "٧", "is not a number of minutes"),
        ("minutes", "<script>", "is not a number of minutes"),
        ("situation", "great", "That is not in this list."),
        ("situation", "<script>\x00", "That is not in this list."),
    ],
)
def test_a_slip_is_explained_and_nothing_typed_is_lost(as_alice, field, typed, sentence):
    response = as_alice.post(BOX, {**PRACTICE, field: typed})
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "Not saved yet." in page
    assert field == "note" or "On the train." in page
    assert field != "note" or typed in page
    assert not Practice.objects.exists()
    assert not Skill.objects.exists()


def test_strange_letters_in_the_note_are_kept_and_a_nul_is_not(as_alice):
    as_alice.post(BOX, {**PRACTICE, "note": "😀 مرحبا <script> $\\foo$ \x00."})
    assert Practice.objects.get().note == "😀 مرحبا <script> $\\foo$ ."
    assert "&lt;script&gt;" in as_alice.get(BOX).content.decode()


def test_a_skill_that_does_not_exist_cannot_be_practised(as_alice):
    assert as_alice.post("/coping/no-such-skill/", PRACTICE).status_code == 404


def test_somebody_elses_own_skill_cannot_be_practised(as_bob, alice):
    Skill.objects.create(owner=alice, name="Walk", slug="my-walk")
    assert as_bob.post("/coping/my-walk/", PRACTICE).status_code == 404
    assert not Practice.objects.exists()


def test_the_row_of_a_built_in_skill_is_made_once_for_each_person(as_alice, as_bob):
    for client in (as_alice, as_alice, as_bob):
        client.post(BOX, {**PRACTICE, "form_key": form_key(client)})
    assert Skill.objects.count() == 2
    assert Practice.objects.count() == 3


# --- sent twice ---------------------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_practice(as_alice):
    sent = {**PRACTICE, "form_key": form_key(as_alice)}
    assert as_alice.post(BOX, sent).status_code == 302
    assert as_alice.post(BOX, sent).status_code == 302
    assert Practice.objects.count() == 1


def test_also_an_hour_later_when_the_connection_came_back(as_alice, clock):
    sent = {**PRACTICE, "form_key": form_key(as_alice)}
    as_alice.post(BOX, sent)
    clock.shift(dt.timedelta(hours=1))
    as_alice.post(BOX, sent)
    assert Practice.objects.count() == 1


def test_the_same_figures_from_a_new_form_are_another_practice(as_alice):
    for _ in range(2):
        as_alice.post(BOX, {**PRACTICE, "form_key": form_key(as_alice)})
    assert Practice.objects.count() == 2


def test_going_back_and_changing_the_form_is_another_practice(as_alice):
    key = form_key(as_alice)
    as_alice.post(BOX, {**PRACTICE, "form_key": key})
    as_alice.post(BOX, {**PRACTICE, "form_key": key, "after": "2"})
    assert Practice.objects.count() == 2


def test_without_a_key_ten_seconds_decide(as_alice, clock):
    for seconds, count in ((0, 1), (5, 1), (20, 2)):
        clock.shift(dt.timedelta(seconds=seconds))
        as_alice.post(BOX, PRACTICE)
        assert Practice.objects.count() == count


def test_two_people_with_the_same_figures_are_two(as_alice, as_bob):
    for client in (as_alice, as_bob):
        client.post(BOX, PRACTICE)
    assert Practice.objects.count() == 2


def test_a_practice_that_was_deleted_can_be_sent_again(as_alice):
    sent = {**PRACTICE, "form_key": form_key(as_alice)}
    as_alice.post(BOX, sent)
    as_alice.post(f"/coping/practices/{Practice.objects.get().pk}/delete/")
    as_alice.post(BOX, sent)
    as_alice.post(BOX, sent)
    assert Practice.objects.count() == 1


def test_a_refused_form_keeps_its_key(as_alice):
    key = form_key(as_alice)
    response = as_alice.post(BOX, {**PRACTICE, "form_key": key, "date": "soon"})
    assert response.context["form_key"] == key


# --- the list -----------------------------------------------------------------------------------------------------


def test_the_latest_twenty_stand_on_the_page_and_all_on_their_own(as_alice, alice):
    for day in range(60):
        make(alice, date=TODAY - dt.timedelta(day), note=f"number {day}.")
    page = as_alice.get(BOX).content.decode()
    assert "number 19." in page
    assert "number 20." not in page
    assert "Show all 60" in page
    first = as_alice.get(f"{BOX}practices/").content.decode()
    assert "number 49." in first
    assert "number 50." not in first
    assert "number 59." in as_alice.get(f"{BOX}practices/?page=2").content.decode()


def test_the_latest_of_a_day_stands_first_and_one_without_a_time_last(as_alice, alice):
    make(alice, note="without time")
    make(alice, note="evening", time=dt.time(21, 0))
    make(alice, note="morning", time=dt.time(7, 0))
    page = as_alice.get(BOX).content.decode()
    assert page.index("evening") < page.index("morning") < page.index("without time")


def test_a_time_is_shown_by_the_persons_clock(as_alice, alice):
    make(alice, time=dt.time(21, 5))
    assert "21:05" in as_alice.get(BOX).content.decode()
    alice.profile.clock = "12"
    alice.profile.save()
    assert "9:05\u00a0p.m." in as_alice.get(BOX).content.decode()


@pytest.mark.parametrize("page", ["0", "2", "-1", "abc", "1e9", "\x00", "9" * 30, ""])
def test_a_page_that_is_not_there_is_a_400(as_alice, page):
    response = as_alice.get(f"{BOX}practices/", {"page": page})
    assert response.status_code == 400
    assert "There is one page" in response.content.decode()


def test_queries_of_the_list_do_not_grow(as_alice, alice, django_assert_num_queries):
    for _ in range(5):
        make(alice)
    for path in (BOX, f"{BOX}practices/"):
        with CaptureQueriesContext(connection) as few:
            as_alice.get(path)
        Practice.objects.bulk_create(Practice(skill=Skill.objects.get(), date=TODAY) for _ in range(500))
        with django_assert_num_queries(len(few)):
            as_alice.get(path)


# --- correct and delete -------------------------------------------------------------------------------------------


def test_a_practice_can_be_corrected(as_alice, alice):
    done = make(alice, note="wrong day")
    path = f"/coping/practices/{done.pk}/"
    assert "wrong day" in as_alice.get(path).content.decode()
    response = as_alice.post(path, {"date": "2026-11-21", "before": "8", "after": "", "note": "", "time": ""})
    assert response.status_code == 302
    assert response.url == BOX
    done.refresh_from_db()
    assert (done.date, done.before, done.after, done.note) == (dt.date(2026, 11, 21), 8, None, "")


def test_an_imported_figure_survives_saving_unchanged(as_alice, alice):
    done = make(alice, before=Decimal("6.3"), after=Decimal("4.0"))
    path = f"/coping/practices/{done.pk}/"
    page = as_alice.get(path).content.decode()
    assert 'value="6.3"' in page
    assert as_alice.post(path, {"date": "2026-11-22", "before": "6.3", "after": "4"}).status_code == 302
    done.refresh_from_db()
    assert (done.before, done.after) == (Decimal("6.3"), Decimal("4.0"))
    assert as_alice.post(path, {"date": "2026-11-22", "before": "6.4", "after": "4"}).status_code == 422


def test_a_slip_while_correcting_changes_nothing(as_alice, alice):
    done = make(alice)
    response = as_alice.post(f"/coping/practices/{done.pk}/", {"date": "2026-11-23", "note": "kept"})
    assert response.status_code == 422
    assert "kept" in response.content.decode()
    done.refresh_from_db()
    assert done.date == TODAY


def test_what_it_was_about_and_how_long_can_be_corrected(as_alice, alice):
    done = make(alice, situation="anxiety", minutes=5, said={"thought": "kept"})
    path = f"/coping/practices/{done.pk}/"
    page = as_alice.get(path).content.decode()
    assert '<option value="anxiety" selected>' in page
    assert 'value="5"' in page
    assert as_alice.post(path, {"date": "2026-11-22", "situation": "body", "minutes": ""}).status_code == 302
    done.refresh_from_db()
    assert (done.situation, done.minutes, done.said) == ("body", None, {"thought": "kept"})


def test_something_that_left_the_catalogue_may_stay_and_is_not_for_others(as_alice, alice):
    done = make(alice, situation="long-gone")
    path = f"/coping/practices/{done.pk}/"
    assert as_alice.post(path, {"date": "2026-11-22", "situation": "long-gone"}).status_code == 302
    done.refresh_from_db()
    assert done.situation == "long-gone"
    assert as_alice.post(BOX, {**PRACTICE, "situation": "long-gone"}).status_code == 422


def test_deleting_asks_first_and_can_be_undone(as_alice, alice):
    done = make(alice, note="two words", situation="anxiety", minutes=5, said={"thought": "one two three"})
    path = f"/coping/practices/{done.pk}/delete/"
    page = text_of(as_alice.get(path))
    assert "Delete the practice on 22 November 2026?" in page
    assert "2 words" in page and "3 words" in page
    assert "Anxiety or panic" in page and "5 min" in page
    assert Practice.objects.exists()
    response = as_alice.post(path, follow=True)
    assert response.redirect_chain == [(BOX, 302)]
    assert "Undo" in response.content.decode()
    assert not Practice.objects.exists()
    assert undo(Deleted.objects.of(alice).get())
    assert Practice.objects.get().note == "two words"


def test_somebody_elses_practice_is_a_404(as_bob, alice):
    done = make(alice)
    for page in ("", "delete/"):
        assert as_bob.get(f"/coping/practices/{done.pk}/{page}").status_code == 404
        assert as_bob.post(f"/coping/practices/{done.pk}/{page}", PRACTICE).status_code == 404
    assert Practice.objects.get().note == ""


def test_a_huge_number_in_the_address_is_a_404(as_alice):
    assert as_alice.get(f"/coping/practices/{'9' * 30}/").status_code == 404
