"""/coping/: the skills, one skill, and own ones."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from journal.catalogue.skills import SKILLS, by_group
from journal.catalogue.sources import SOURCES
from journal.models import Deleted, Practice, Skill
from journal.models.deleted import undo
from journal.queries.coping import OWN, inventory, save_own_skill, skill_for
from journal.queries.period import Period
from journal.queries.practices import practices
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
BOX = "/coping/box-breathing/"


def practise(owner, slug, before=7, after=4, times=1, date=TODAY, **fields):
    skill = skill_for(owner, slug)
    Practice.objects.bulk_create(
        Practice(skill=skill, date=date, before=before, after=after, **fields) for _ in range(times)
    )
    return skill


def own(owner, name="Cold water on the face", steps="Run the tap.\nHold your wrists under it."):
    return save_own_skill(owner, name, steps)


def text_of(response):
    """The page with single plain spaces; no-break ones too."""
    return " ".join(response.content.decode().split())


# --- the list -----------------------------------------------------------------------------------------------------


def test_it_works(as_alice):
    response = as_alice.get("/coping/")
    assert response.status_code == 200
    page = response.content.decode()
    for heading, skills in by_group():
        assert heading in page
        for skill in skills:
            assert escape(skill.name) in page
            assert skill.minutes_text in page
            assert f"/coping/{skill.slug}/" in page
    assert "How distress changed is shown once you have practised a skill 5 times." in page


def test_there_are_ten_built_in_skills_and_none_looks_like_an_own_one():
    assert len(SKILLS) >= 10
    assert not [slug for slug in SKILLS if slug.startswith(OWN)]


def test_nobody_is_sent_to_sign_in(client, db):
    response = client.get("/coping/")
    assert response.status_code == 302
    assert "/accounts/login/" in response.url


def test_looking_writes_nothing(as_alice):
    as_alice.get("/coping/")
    as_alice.get(BOX)
    assert not Skill.objects.exists()


@pytest.mark.parametrize(("times", "words"), [(1, "Practised 1 time."), (4, "Practised 4 times.")])
def test_under_five_practices_only_the_count_is_shown(as_alice, alice, times, words):
    practise(alice, "box-breathing", times=times)
    page = text_of(as_alice.get("/coping/"))
    assert words in page
    assert "median" not in page


def test_from_five_practices_on_the_medians_are_shown(as_alice, alice):
    practise(alice, "box-breathing", 8, 3, times=2)
    practise(alice, "box-breathing", 7, 4, times=2)
    practise(alice, "box-breathing", 7, 9)
    assert "distress 7 to 4, change −3, median of 5" in text_of(as_alice.get("/coping/"))
    assert "distress 7 to 4, change −3, median of 5" in text_of(as_alice.get(BOX))


def test_a_practice_with_one_figure_missing_is_counted_but_is_in_no_median(as_alice, alice):
    practise(alice, "box-breathing", 7, 4, times=4)
    practise(alice, "box-breathing", 0, None, times=3)
    practise(alice, "box-breathing", None, 0, times=3)
    page = text_of(as_alice.get("/coping/"))
    assert "Practised 10 times." in page
    assert "median" not in page
    assert "once 5 practices have both figures" in text_of(as_alice.get(BOX))
    practise(alice, "box-breathing", 7, 4)
    assert "distress 7 to 4, change −3, median of 5" in text_of(as_alice.get("/coping/"))


def test_halves_are_shown_as_halves(as_alice, alice):
    for before, after in [(6, 3), (6, 3), (6, 3), (7, 4), (7, 4), (7, 4)]:
        practise(alice, "box-breathing", before, after)
    assert "distress 6.5 to 3.5, change −3, median of 6" in text_of(as_alice.get("/coping/"))


def test_somebody_elses_practice_changes_nothing(as_alice, bob):
    practise(bob, "box-breathing", times=9)
    own(bob, "Bob’s own way")
    page = as_alice.get("/coping/").content.decode()
    assert "median" not in page
    assert "Practised" not in page
    assert "Bob’s own way" not in page


def test_own_skills_stand_under_your_own(as_alice, alice):
    own(alice)
    page = text_of(as_alice.get("/coping/"))
    assert page.index("Your own") < page.index("Cold water on the face")
    assert "Your own, added 22 November" in page


def test_the_same_skill_stands_once_after_it_was_practised(alice):
    practise(alice, "box-breathing")
    slugs = [skill.slug for group in inventory(alice) for skill in group.skills]
    assert len(slugs) == len(set(slugs)) == len(SKILLS)


def test_a_skill_that_left_the_catalogue_is_kept_as_their_own(as_alice, alice):
    row = Skill.objects.create(owner=alice, slug="tapping", builtin="tapping", name="Tapping")
    Practice.objects.create(skill=row, date=TODAY)
    assert "Tapping" in as_alice.get("/coping/").content.decode()
    assert as_alice.get("/coping/tapping/").status_code == 200
    assert as_alice.get("/coping/tapping/edit/").status_code == 200


@pytest.mark.parametrize("path", ["/coping/", BOX])
def test_queries_do_not_grow(as_alice, alice, path, django_assert_num_queries):
    practise(alice, "box-breathing", times=5)
    own(alice)
    with CaptureQueriesContext(
        connection,
    ) as few:
        as_alice.get(path)
    for slug in list(SKILLS)[:8]:
        practise(alice, slug, times=60)
    for number in range(30):
        own(alice, f"Own way {number}")
    with django_assert_num_queries(len(few)):
        as_alice.get(path)
    assert len(few) <= 8


def test_practised_counts_the_period_only(alice):
    practise(alice, "box-breathing", 7, 4, times=5)
    practise(alice, "box-breathing", 1, 9, times=20, date=TODAY - dt.timedelta(40))
    practise(alice, "worry-time", times=6, before=None, after=None)
    found = practices(alice, Period(TODAY - dt.timedelta(29), TODAY)).skills
    assert [(skill.name, skill.tally.times) for skill in found] == [("Box breathing", 5), ("Worry time", 6)]
    assert found[0].change.words == "distress 7 to 4, change −3, median of 5"
    assert found[1].change is None


# --- one skill ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_a_built_in_skill_has_steps_timing_caution_and_source(as_alice, skill):
    page = as_alice.get(f"/coping/{skill.slug}/").content.decode()
    for part in (skill.name, skill.summary, *skill.steps, skill.timing, skill.caution, SOURCES[skill.source].title):
        assert escape(part) in page
    assert page.count("<li>") >= len(skill.steps)


@pytest.mark.parametrize(
    "slug", ["no-such-skill", "new-", "practices", "%00", "%F0%9F%98%80", "a%20b", "<script>", "x" * 5000]
)
def test_an_unknown_skill_is_a_404(as_alice, slug):
    for page in ("", "practices/", "edit/", "delete/"):
        assert as_alice.get(f"/coping/{slug}/{page}").status_code == 404
    assert as_alice.post(f"/coping/{slug}/standing/", {"standing": "works"}).status_code == 404


def test_steps_of_an_own_skill_keep_their_lines(as_alice, alice):
    mine = own(alice, steps="First <b>this</b>.\nThen $\\foo$.")
    page = as_alice.get(f"/coping/{mine.slug}/").content.decode()
    assert "First &lt;b&gt;this&lt;/b&gt;.<br>Then $\\foo$." in page


def test_an_own_skill_is_somebody_elses_to_nobody_else(as_bob, alice):
    slug = own(alice).slug
    for page in ("", "practices/", "edit/", "delete/"):
        assert as_bob.get(f"/coping/{slug}/{page}").status_code == 404
        assert as_bob.post(f"/coping/{slug}/{page}", {"name": "Mine now"}).status_code in (404,)
    assert Skill.objects.get().name == "Cold water on the face"


# --- own skills ---------------------------------------------------------------------------------------------------


def test_an_own_skill_can_be_added(as_alice, alice):
    response = as_alice.post("/coping/new/", {"name": " Cold  water ", "steps": "Run the tap."}, follow=True)
    assert response.redirect_chain == [("/coping/my-cold-water/", 302)]
    mine = Skill.objects.of(alice).get()
    assert (mine.name, mine.steps, mine.builtin) == ("Cold water", "Run the tap.", "")
    assert "Run the tap." in response.content.decode()


@pytest.mark.parametrize(
    "name",
    ["😀", "مشي في الحديقة", "new", "practices", "New", "深呼吸", "<script>", "$\\foo$", "ﷺ" * 100, "practices edit"],
)
def test_any_name_has_an_address_that_works(as_alice, name):
    response = as_alice.post("/coping/new/", {"name": name}, follow=True)
    assert response.status_code == 200
    mine = Skill.objects.get()
    address = reverse("skill", args=[mine.slug])
    assert response.redirect_chain == [(address, 302)]
    assert address not in ("/coping/new/", "/coping/practices/")
    assert escape(mine.name) in response.content.decode()
    assert len(mine.slug) <= 110
    for page in ("edit/", "delete/", "practices/"):
        assert as_alice.get(f"{address}{page}").status_code == 200


def test_two_names_with_the_same_address_get_two(alice):
    assert own(alice, "Walk!").slug == "my-walk"
    assert own(alice, "Walk?").slug == "my-walk-2"
    assert own(alice, "😀").slug == "my-skill"
    assert own(alice, "🌊").slug == "my-skill-2"


@pytest.mark.parametrize("name", ["Box breathing", "  box   BREATHING ", "box-breathing"])
def test_the_name_of_a_built_in_skill_is_explained(as_alice, name):
    response = as_alice.post("/coping/new/", {"name": name, "steps": "My way."})
    assert response.status_code == 422
    page = response.content.decode()
    assert "is in the list already" in page
    assert "My way." in page
    assert not Skill.objects.exists()


def test_the_name_of_another_own_skill_is_explained(as_alice, alice):
    own(alice, "Walk", "Out of the door.")
    response = as_alice.post("/coping/new/", {"name": "walk", "steps": "Round the block."})
    assert response.status_code == 422
    assert "You have a skill called “Walk” already." in response.content.decode()


def test_adding_twice_adds_once(as_alice):
    for _ in range(2):
        response = as_alice.post("/coping/new/", {"name": "Walk", "steps": "Out of the door."})
        assert response.status_code == 302
    assert Skill.objects.count() == 1


@pytest.mark.parametrize("name", ["", "   ", "\x00", "\u200b\u200d"])
def test_a_skill_needs_a_name(as_alice, name):
    response = as_alice.post("/coping/new/", {"name": name, "steps": "Still here."})
    assert response.status_code == 422
    assert "A skill needs a name." in response.content.decode()
    assert "Still here." in response.content.decode()


def test_an_empty_post_is_answered_like_any_other_slip(as_alice):
    assert as_alice.post("/coping/new/", {}).status_code == 422


def test_what_is_too_long_is_refused_and_kept(as_alice):
    response = as_alice.post("/coping/new/", {"name": "n" * 101, "steps": "s" * 100_000})
    assert response.status_code == 422
    page = response.content.decode()
    assert "This has 101 characters. 100 fit." in page
    assert "n" * 101 in page
    assert "s" * 100_000 in page


def test_a_nul_is_dropped(as_alice):
    as_alice.post("/coping/new/", {"name": "Wa\x00lk", "steps": "o\x00ut"})
    mine = Skill.objects.get()
    assert (mine.name, mine.steps) == ("Walk", "out")


def test_an_own_skill_can_be_changed_and_its_address_stays(as_alice, alice):
    mine = own(alice)
    page = as_alice.get(f"/coping/{mine.slug}/edit/").content.decode()
    assert "Hold your wrists under it." in page
    response = as_alice.post(f"/coping/{mine.slug}/edit/", {"name": "Ice", "steps": ""})
    assert response.status_code == 302
    mine.refresh_from_db()
    assert (mine.name, mine.steps, mine.slug) == ("Ice", "", "my-cold-water-on-the-face")
    assert as_alice.get(f"/coping/{mine.slug}/").status_code == 200


def test_changing_the_case_of_a_name_is_no_clash_with_itself(as_alice, alice):
    mine = own(alice, "walk")
    assert as_alice.post(f"/coping/{mine.slug}/edit/", {"name": "Walk"}).status_code == 302


def test_a_change_to_a_taken_name_is_refused(as_alice, alice):
    own(alice, "Run")
    mine = own(alice, "Walk")
    response = as_alice.post(f"/coping/{mine.slug}/edit/", {"name": "Run"})
    assert response.status_code == 422
    mine.refresh_from_db()
    assert mine.name == "Walk"


def test_a_built_in_skill_is_not_theirs_to_delete_and_its_name_and_steps_not_to_change(as_alice, alice):
    practise(alice, "box-breathing")
    assert as_alice.get(BOX + "delete/").status_code == 404
    assert as_alice.post(BOX + "delete/").status_code == 404
    page = as_alice.get(BOX + "edit/").content.decode()
    assert 'name="name"' not in page and 'name="steps"' not in page and "Delete" not in page
    assert as_alice.post(BOX + "edit/", {"name": "x", "steps": "y", "standing": "not"}).status_code == 302
    box = Skill.objects.of(alice).get()
    assert (box.name, box.steps, box.standing) == ("Box breathing", "", "")
    assert Practice.objects.count() == 1


def test_deleting_asks_first_and_lists_what_goes(as_alice, alice):
    mine = own(alice)
    practise(alice, mine.slug, times=2, date=TODAY - dt.timedelta(3))
    practise(alice, mine.slug, times=1)
    page = text_of(as_alice.get(f"/coping/{mine.slug}/delete/"))
    assert "3 practices" in page
    assert "19 November 2026 to 22 November 2026" in page
    assert "Keep it" in page
    assert Practice.objects.count() == 3


def test_deleting_can_be_undone_with_all_practices(as_alice, alice):
    mine = own(alice)
    practise(alice, mine.slug, before=Decimal("6.3"), times=3, note="by the sea")
    response = as_alice.post(f"/coping/{mine.slug}/delete/", follow=True)
    assert "Undo" in response.content.decode()
    assert not Skill.objects.exists()
    assert not Practice.objects.exists()
    assert undo(Deleted.objects.of(alice).get())
    assert Practice.objects.filter(skill__name="Cold water on the face", before=Decimal("6.3")).count() == 3
