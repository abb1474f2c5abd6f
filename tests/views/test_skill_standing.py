"""How skills stand, which of them are shown, and the person's own words on them."""

import pytest

from journal.catalogue.skills import SKILLS
from journal.models import Skill
from journal.queries.coping import save_own_skill
from journal.queries.period import Period
from journal.queries.practices import practices
from tests.conftest import TODAY
from tests.views.test_coping import BOX, own, practise, text_of

pytestmark = pytest.mark.usefixtures("clock")


def stand(client, slug, standing, **options):
    return client.post(f"/coping/{slug}/standing/", {"standing": standing}, **options)


@pytest.mark.parametrize(
    ("standing", "words"), [("works", "Works for me"), ("learning", "Learning"), ("not", "Not for me")]
)
def test_it_works_with_one_tap(as_alice, alice, standing, words):
    response = stand(as_alice, "box-breathing", standing, follow=True)
    assert response.redirect_chain == [(BOX, 302)]
    box = Skill.objects.of(alice).get()
    assert (box.slug, box.builtin, box.standing) == ("box-breathing", "box-breathing", standing)
    page = text_of(response)
    assert f'value="{standing}" aria-pressed="true">{words}' in page
    assert page.count('aria-pressed="true"') == 1
    assert "Box breathing: " in page


def test_nothing_is_said_until_somebody_says_it(as_alice):
    page = text_of(as_alice.get(BOX))
    assert page.count('aria-pressed="false"') == 3
    assert "Take back" not in page


def test_a_standing_can_be_changed_taken_back_and_pressed_twice(as_alice, alice):
    for said in ("works", "works", "learning", "not", "", ""):
        assert stand(as_alice, "box-breathing", said).status_code == 302
        assert Skill.objects.of(alice).get().standing == said


def test_taking_back_what_was_never_said_writes_nothing(as_alice):
    assert stand(as_alice, "box-breathing", "").status_code == 302
    assert not Skill.objects.exists()


def test_an_own_skill_stands_too(as_alice, alice):
    mine = own(alice)
    stand(as_alice, mine.slug, "learning")
    mine.refresh_from_db()
    assert mine.standing == "learning"


@pytest.mark.parametrize("said", ["great", "WORKS", "\x00", "<script>", "w" * 100_000, "😀"])
def test_another_standing_is_a_400_with_a_sentence(as_alice, said):
    response = stand(as_alice, "box-breathing", said)
    assert response.status_code == 400
    assert "A skill can be works, learning or not for you" in response.content.decode()
    assert not Skill.objects.exists()


def test_a_standing_is_said_by_a_press_never_by_looking(as_alice):
    assert as_alice.get(f"{BOX}standing/").status_code == 405


def test_somebody_elses_skill_stands_as_it_stood(as_bob, alice):
    mine = own(alice)
    assert stand(as_bob, mine.slug, "not").status_code == 404
    mine.refresh_from_db()
    assert mine.standing == ""
    stand(as_bob, "box-breathing", "works")
    assert not Skill.objects.of(alice).filter(slug="box-breathing").exists()


def names_on(response):
    return [skill.slug for group in response.context["groups"] for skill in group.skills]


def test_the_address_says_which_are_shown(as_alice, alice):
    mine = own(alice)
    stand(as_alice, mine.slug, "works")
    stand(as_alice, "box-breathing", "works")
    stand(as_alice, "worry-time", "learning")
    stand(as_alice, "wind-down", "not")
    everything = as_alice.get("/coping/")
    page = text_of(everything)
    assert f"All {len(SKILLS)}" in page  # one own one more, one put aside
    assert "Works for me 2" in page and "Learning 1" in page and "1 skill, out of the way" in page
    assert "wind-down" not in names_on(everything)
    assert names_on(as_alice.get("/coping/?show=works")) == ["box-breathing", mine.slug]
    assert names_on(as_alice.get("/coping/?show=learning")) == ["worry-time"]
    put_aside = as_alice.get("/coping/?show=not")
    assert names_on(put_aside) == ["wind-down"]
    assert "out of the way, and not gone" in text_of(put_aside)
    shown = text_of(as_alice.get("/coping/?show=works"))
    assert shown.count('aria-current="true"') == text_of(everything).count('aria-current="true"')
    assert 'href="/coping/?show=works" aria-current="true"' in shown


@pytest.mark.parametrize("show", ["works", "learning", "not"])
def test_a_list_with_nothing_in_it_says_how_to_fill_it(as_alice, show):
    response = as_alice.get(f"/coping/?show={show}")
    assert names_on(response) == []
    assert "tap how it stands for you" in text_of(response)


@pytest.mark.parametrize("show", ["all", "%00", "<script>", "w" * 5000, "%F0%9F%98%80"])
def test_another_list_is_a_400_with_a_sentence(as_alice, show):
    response = as_alice.get(f"/coping/?show={show}")
    assert response.status_code == 400
    assert "can be works, learning or not" in response.content.decode()


def test_the_two_quick_ways_stand_first(as_alice):
    page = text_of(as_alice.get("/coping/"))
    assert page.index("Breathe with a pacer") < page.index("Grounding: 5-4-3-2-1") < page.index("For a bad moment")


def test_a_skill_put_aside_keeps_its_page_and_its_practices(as_alice, alice):
    practise(alice, "box-breathing", times=5)
    stand(as_alice, "box-breathing", "not")
    assert "distress 7 to 4, change −3, median of 5" in text_of(as_alice.get(BOX))
    (skill,) = practices(alice, Period(TODAY, TODAY)).skills
    assert skill.tally.times == 5


# --- own words ----------------------------------------------------------------------------------------------------


def test_a_built_in_skill_takes_own_words(as_alice, alice):
    sent = {"reach_for": "Before  a hard talk.", "notes": "Sit down.\nFeet flat."}
    response = as_alice.post(f"{BOX}edit/", sent, follow=True)
    assert response.redirect_chain == [(BOX, 302)]
    box = Skill.objects.of(alice).get()
    assert (box.builtin, box.reach_for, box.notes) == ("box-breathing", "Before a hard talk.", "Sit down.\nFeet flat.")
    page = response.content.decode()
    assert "Before a hard talk." in page
    assert "Sit down.<br>Feet flat." in page
    assert "Before a hard talk." in as_alice.get("/coping/").content.decode()


def test_own_words_leave_the_standing_and_the_standing_the_words(as_alice, alice):
    stand(as_alice, "box-breathing", "works")
    as_alice.post(f"{BOX}edit/", {"reach_for": "At night.", "notes": ""})
    stand(as_alice, "box-breathing", "learning")
    box = Skill.objects.of(alice).get()
    assert (box.standing, box.reach_for) == ("learning", "At night.")


def test_no_words_of_a_skill_never_used_write_nothing(as_alice):
    assert as_alice.post(f"{BOX}edit/", {"reach_for": "", "notes": ""}).status_code == 302
    assert not Skill.objects.exists()


def test_words_that_are_too_long_are_refused_and_kept(as_alice):
    response = as_alice.post(f"{BOX}edit/", {"reach_for": "r" * 301, "notes": "n" * 100_000})
    assert response.status_code == 422
    page = response.content.decode()
    assert "This has 301 characters. 300 fit." in page
    assert "This note has 100,000 characters." in page
    assert "r" * 301 in page and "n" * 100_000 in page
    assert not Skill.objects.exists()


@pytest.mark.parametrize("text", ["😀 مرحبا <script>", "w" * 300, "\u202eback"])
def test_any_words_are_kept_as_text(as_alice, text):
    as_alice.post(f"{BOX}edit/", {"reach_for": text, "notes": text + "\x00"})
    box = Skill.objects.get()
    assert (box.reach_for, box.notes) == (text, text)
    for path in ("/coping/", BOX):
        page = as_alice.get(path)
        assert page.status_code == 200
        assert "<script>" not in page.content.decode().split("<main", 1)[1].split("</main>")[0]


def test_an_own_skill_can_be_added_with_how_it_stands(as_alice, alice):
    sent = {"name": "Tea", "steps": "Boil.", "standing": "learning", "reach_for": "At four.", "notes": "Mint."}
    for _ in range(2):
        assert as_alice.post("/coping/new/", sent).status_code == 302
    mine = Skill.objects.of(alice).get()
    assert (mine.standing, mine.reach_for, mine.notes) == ("learning", "At four.", "Mint.")
    response = as_alice.post("/coping/new/", {**sent, "notes": "Not mint."})
    assert response.status_code == 422  # other words under the same name are not dropped without a word
    assert "You have a skill called “Tea” already." in response.content.decode()
    assert "Not mint." in response.content.decode()


@pytest.mark.parametrize("standing", ["not", "great", "\x00"])
def test_a_standing_that_is_not_offered_is_refused_and_the_rest_kept(as_alice, standing):
    response = as_alice.post("/coping/new/", {"name": "Tea", "standing": standing, "steps": "Boil."})
    assert response.status_code == 422
    assert "Choose one of these." in response.content.decode()
    assert "Boil." in response.content.decode()
    assert not Skill.objects.exists()


def test_changing_an_own_skill_changes_its_words_and_not_how_it_stands(as_alice, alice):
    mine = save_own_skill(alice, "Tea", "Boil.", standing="works", reach_for="At four.", notes="Mint.")
    page = as_alice.get(f"/coping/{mine.slug}/edit/").content.decode()
    assert "At four." in page and "Mint." in page
    as_alice.post(f"/coping/{mine.slug}/edit/", {"name": "Tea", "steps": "Boil.", "reach_for": "", "notes": "Sage."})
    mine.refresh_from_db()
    assert (mine.standing, mine.reach_for, mine.notes) == ("works", "", "Sage.")
