"""Practices that are still to come, that a page says nothing of, or that are gone while it is open."""

import datetime as dt

import pytest

from journal.access import own_practice
from journal.catalogue.written import WRITTEN
from journal.models import Practice, Skill

pytestmark = pytest.mark.usefixtures("clock")
BOX = "/coping/box-breathing/"
PRACTICE = {"before": "7", "after": "4", "note": "On the train."}
THREE = [BOX, "/coping/box-breathing/practise/", "/coping/thought-record/write/"]


@pytest.mark.parametrize("path", THREE)
@pytest.mark.parametrize(
    ("time", "status"), [("23:59", 422), ("12:01", 422), ("12:00", 302), ("00:00", 302), ("", 302)]
)
def test_nobody_has_practised_later_today(as_alice, path, time, status):
    response = as_alice.post(path, {**PRACTICE, "date": "2026-11-22", "time": time})
    assert response.status_code == status
    assert ("is still to come. It is 12:00 now." in response.content.decode()) == (status == 422)
    assert Practice.objects.count() == (status == 302)


@pytest.mark.parametrize("path", THREE)
def test_late_yesterday_has_been(as_alice, path):
    assert as_alice.post(path, {**PRACTICE, "date": "2026-11-21", "time": "23:59"}).status_code == 302


def test_the_device_says_the_day_and_the_person_a_time_that_is_to_come(as_alice):
    at = int(dt.datetime(2026, 11, 22, 11, 50, tzinfo=dt.UTC).timestamp() * 1000)
    response = as_alice.post(THREE[1], {"before": "5", "date": "", "time": "13:00", "ended": str(at)})
    assert response.status_code == 422
    assert "13:00 is still to come." in response.content.decode()


def test_a_time_that_is_stored_may_stay(as_alice, alice):
    skill = Skill.objects.create(owner=alice, name="Box breathing", slug="box-breathing", builtin="box-breathing")
    practice = Practice.objects.create(skill=skill, date=dt.date(2026, 11, 22), time=dt.time(23), before=5)
    path = f"/coping/practices/{practice.pk}/"
    assert as_alice.post(path, {"date": "2026-11-22", "time": "23:00", "note": "n"}).status_code == 302
    assert as_alice.post(path, {"date": "2026-11-22", "time": "23:01", "note": "n"}).status_code == 422


def kept_practice(alice, slug="box-breathing", **fields):
    skill = Skill.objects.create(owner=alice, name=slug, slug=slug, builtin=slug)
    said = {"before": 7, "after": 4, "note": "On the train.", "minutes": 5, "situation": "anxiety"} | fields
    return Practice.objects.create(skill=skill, date=dt.date(2026, 11, 20), time=dt.time(9, 30), **said)


def everything(practice):
    return Practice.objects.filter(pk=practice.pk).values().get()


def test_what_a_page_does_not_send_stays_as_it_is(as_alice, alice):
    practice = kept_practice(alice)
    before = everything(practice)
    assert as_alice.post(f"/coping/practices/{practice.pk}/", {}).status_code == 302
    assert everything(practice) == before
    as_alice.post(f"/coping/practices/{practice.pk}/", {"note": "", "before": ""})
    assert everything(practice) == before | {"note": "", "before": None}


def test_what_a_page_in_writing_does_not_send_stays_too(as_alice, alice):
    said = {"happened": "The till was loud", "thought": "It will stay."}
    practice = kept_practice(alice, "thought-record", said=said)
    before = everything(practice)
    path = f"/coping/thought-record/write/{practice.pk}/"
    assert as_alice.post(path, {}).status_code == 302
    assert everything(practice) == before
    as_alice.post(path, {"said-thought": ""})
    assert everything(practice) == before | {"said": {"happened": "The till was loud"}}


def test_a_checklist_that_was_not_sent_stays_and_one_unticked_goes(as_alice, alice):
    [(slug, written)] = [(slug, one) for slug, one in WRITTEN.items() if one.checklist]
    name, line = written.checklist.slug, written.checklist.items[0]
    practice = kept_practice(alice, slug, said={name: line})
    path = f"/coping/{slug}/write/{practice.pk}/"
    as_alice.post(path, {"note": "n"})
    assert everything(practice)["said"] == {name: line}
    assert f'<input type="hidden" name="said-{name}" value="">' in as_alice.get(path).content.decode()
    as_alice.post(path, {f"said-{name}": ""})
    assert everything(practice)["said"] == {}


@pytest.mark.parametrize(("slug", "view"), [("box-breathing", "coping"), ("thought-record", "written")])
def test_a_practice_deleted_while_its_page_was_open_does_not_come_back(as_alice, alice, monkeypatch, slug, view):
    practice = kept_practice(alice, slug, said={"thought": "x"} if view == "written" else {})
    path = f"/coping/thought-record/write/{practice.pk}/" if view == "written" else f"/coping/practices/{practice.pk}/"

    def found_then_deleted(request, pk):
        row = own_practice(request, pk)
        Practice.objects.filter(pk=pk).delete()
        return row

    monkeypatch.setattr(f"journal.views.{view}.own_practice", found_then_deleted)
    assert as_alice.post(path, {"note": "new"}).status_code == 404
    assert not Practice.objects.exists()
