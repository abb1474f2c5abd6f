"""What I keep an eye on."""

import datetime as dt

import pytest
from django.urls import reverse

from journal.models import Deleted, Rating, Symptom
from journal.models.deleted import undo
from tests.conftest import TODAY, make_entry, make_symptom

LIST = "/symptoms/"


@pytest.fixture
def zaps(alice):
    return make_symptom(alice, position=1)


@pytest.fixture
def jaw(alice):
    return make_symptom(alice, name="Jaw pain", builtin="", position=2)


def url(symptom):
    return reverse("symptom", args=[symptom.pk])


def names(owner):
    return [symptom.name for symptom in Symptom.objects.of(owner).filter(tracked=True)]


def test_it_works(as_alice, alice, zaps, jaw):
    make_entry(alice, ratings={zaps: 4})
    page = as_alice.get(LIST).content.decode()
    assert page.index("Brain zaps") < page.index("Jaw pain")
    assert "rated on 1 day" in page
    assert "not rated yet" in page


def test_an_empty_list_says_what_will_be_here(as_alice):
    page = as_alice.get(LIST).content.decode()
    assert "Nothing chosen yet" in page
    assert reverse("symptoms_choose") in page


def test_choosing_adds_and_puts_away(as_alice, alice, zaps, jaw):
    assert as_alice.get(reverse("symptoms_choose")).status_code == 200
    response = as_alice.post(reverse("symptoms_choose"), {"symptom": ["Jaw pain", "Nausea"]})
    assert response.url == LIST
    assert names(alice) == ["Jaw pain", "Nausea"]
    assert Symptom.objects.of(alice).count() == 3


def test_what_is_typed_is_added_and_taken_up_again(as_alice, alice, zaps, jaw):
    as_alice.post(url(jaw), {"do": "stop"})
    response = as_alice.post(reverse("symptoms_choose"), {"q": "jaw PAIN", "symptom": ["Brain zaps"]}, follow=True)
    assert "Your list is saved. “Jaw pain” is on your list." in response.content.decode()
    assert names(alice) == ["Brain zaps", "Jaw pain"]
    assert Symptom.objects.of(alice).count() == 2


def test_the_buttons_put_it_in_order(as_alice, alice, zaps, jaw):
    assert as_alice.post(url(zaps), {"do": "down"}).url == f"{LIST}#move-{zaps.pk}"
    assert names(alice) == ["Jaw pain", "Brain zaps"]
    as_alice.post(url(zaps), {"do": "up"})
    as_alice.post(url(zaps), {"do": "up"})
    assert names(alice) == ["Brain zaps", "Jaw pain"]


def test_put_away_it_keeps_its_history_and_can_come_back(as_alice, alice, zaps, jaw):
    make_entry(alice, ratings={zaps: 4})
    page = as_alice.post(url(zaps), {"do": "stop"}, follow=True).content.decode()
    assert "What you rated stays." in page
    assert "Put away" in page
    assert names(alice) == ["Jaw pain"]
    assert Rating.objects.of(alice).count() == 1
    as_alice.post(url(zaps), {"do": "again"})
    assert names(alice) == ["Brain zaps", "Jaw pain"]


def test_a_button_that_does_not_exist_is_refused(as_alice, zaps):
    assert as_alice.post(url(zaps), {"do": "explode"}).status_code == 400


def test_renaming_keeps_the_history(as_alice, alice, zaps):
    make_entry(alice, ratings={zaps: 4})
    page = as_alice.post(url(zaps), {"name": " Lightning "}, follow=True).content.decode()
    assert "“Brain zaps” is now called “Lightning”." in page
    zaps.refresh_from_db()
    assert (zaps.name, zaps.builtin, zaps.ratings.count()) == ("Lightning", "brain-zaps", 1)


def test_since_when_it_is_there(as_alice, alice, zaps):
    page = as_alice.get(url(zaps)).content.decode()
    assert all(words in page for words in ("New since a dose change", "Known before", "Side effect of taking it"))
    page = as_alice.post(url(zaps), {"name": "Brain zaps", "kind": "new"}, follow=True).content.decode()
    assert "“Brain zaps”: new since a dose change." in page
    zaps.refresh_from_db()
    assert zaps.kind == "new"
    assert as_alice.get(url(zaps)).context["form"]["kind"].value() == "new"
    as_alice.post(url(zaps), {"name": "Lightning"})  # a page that did not ask for it
    zaps.refresh_from_db()
    assert (zaps.name, zaps.kind) == ("Lightning", "new")
    as_alice.post(url(zaps), {"name": "Lightning", "kind": ""})
    zaps.refresh_from_db()
    assert zaps.kind == ""


@pytest.mark.parametrize("kind", ["x", "\0", "NEW", "new "])
def test_a_kind_that_there_is_not_is_refused(as_alice, zaps, kind):
    response = as_alice.post(url(zaps), {"name": "Other name", "kind": kind})
    assert response.status_code == 422
    assert "Choose one of these." in response.content.decode()
    assert 'value="Other name"' in response.content.decode()
    zaps.refresh_from_db()
    assert (zaps.name, zaps.kind) == ("Brain zaps", "")


def test_a_built_in_one_says_who_lists_it(as_alice, zaps, jaw):
    page = as_alice.get(url(zaps)).content.decode()
    assert "Short feelings like an electric shock" in page
    assert "Listed by NICE (NG222) and NHS Scotland among the effects of coming off an antidepressant." in page
    assert 'href="https://nice.org.uk/guidance/ng222"' in page
    assert "What is this?" not in as_alice.get(url(jaw)).content.decode()
    page = as_alice.get(reverse("symptoms_choose")).content.decode()
    assert "Our own addition, a name that people use." in page


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("", "A symptom needs a name."),
        ("\u200b", "A symptom needs a name."),
        ("x" * 101, "100 fit"),
        ("jaw PAIN", "“jaw PAIN” is on your list already."),
    ],
)
def test_a_name_that_does_not_work_stays_in_the_field(as_alice, zaps, jaw, name, sentence):
    response = as_alice.post(url(zaps), {"name": name})
    assert response.status_code == 422
    assert sentence in response.content.decode()
    zaps.refresh_from_db()
    assert zaps.name == "Brain zaps"


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", r"$\foo$", "🧠⚡", "صداع", "a\0b"])
def test_any_name_can_be_kept(as_alice, zaps, name):
    assert as_alice.post(url(zaps), {"name": name}).status_code == 302
    for page in (LIST, url(zaps), reverse("symptoms_choose"), reverse("symptom_delete", args=[zaps.pk])):
        response = as_alice.get(page)
        assert response.status_code == 200
        assert "<script>alert(1)" not in response.content.decode()


def test_the_same_name_in_another_case_is_a_correction_not_a_clash(as_alice, zaps):
    assert as_alice.post(url(zaps), {"name": "BRAIN ZAPS"}).status_code == 302


def test_deleting_asks_first_and_can_be_undone(as_alice, alice, zaps):
    make_entry(alice, ratings={zaps: 4})
    delete = reverse("symptom_delete", args=[zaps.pk])
    page = as_alice.get(delete).content.decode()
    assert "1 day" in page
    assert Symptom.objects.of(alice).exists()
    page = as_alice.post(delete, follow=True).content.decode()
    assert "“Brain zaps” is deleted." in page
    assert "Undo" in page
    assert not Symptom.objects.of(alice).exists()
    assert not Rating.objects.of(alice).exists()
    assert undo(Deleted.objects.of(alice).get())
    assert Rating.objects.of(alice).get().symptom.name == "Brain zaps"


def test_somebody_elses_is_not_there(as_bob, zaps):
    delete = reverse("symptom_delete", args=[zaps.pk])
    for page in (url(zaps), delete):
        assert as_bob.get(page).status_code == 404
        assert as_bob.post(page, {"do": "stop", "name": "x"}).status_code == 404
    zaps.refresh_from_db()
    assert zaps.tracked
    assert "Brain zaps" not in as_bob.get(LIST).content.decode()


def test_queries_do_not_grow_with_the_days(as_alice, alice, zaps, jaw):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    pages = [LIST, url(zaps), reverse("symptoms_choose"), reverse("symptom_delete", args=[zaps.pk])]

    def count():
        counted = []
        for page in pages:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                as_alice.get(page)
            counted.append(len(queries))
        return counted

    for day in range(10):
        make_entry(alice, date=TODAY - dt.timedelta(days=day), ratings={zaps: 4, jaw: 2})
    few = count()
    for day in range(10, 300):
        make_entry(alice, date=TODAY - dt.timedelta(days=day), ratings={zaps: 4, jaw: 2})
    assert count() == few
    assert max(few) <= 6
