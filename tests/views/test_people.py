"""/care/people/: whom one can ask, and how to reach them."""

import pytest

from journal.models import Deleted, SupportPerson
from journal.queries.safety import own_help, people
from tests.conftest import TODAY

pytestmark = pytest.mark.usefixtures("clock")
LIST = "/care/people/"
NEW = "/care/people/new/"
SAM = {
    "name": "Sam",
    "role": "brother",
    "helps_with": "Listens at night",
    "knows": "yes",
    "phone": "07700 900123",
    "takes_texts": "on",
    "in_crisis": "on",
}


def add(owner, name="Sam", **fields):
    return SupportPerson.objects.create(owner=owner, name=name, **fields)


def text_of(response):
    return response.content.decode()


def names(owner):
    return [row.name for row in people(owner)]


def test_it_works(as_alice, alice):
    response = as_alice.post(NEW, SAM, follow=True)
    assert response.redirect_chain == [(LIST, 302)]
    row = SupportPerson.objects.of(alice).get()
    assert (row.name, row.role, row.helps_with, row.phone) == ("Sam", "brother", "Listens at night", "07700 900123")
    assert (row.knows, row.takes_texts, row.in_crisis) == (True, True, True)
    page = text_of(response)
    assert "Sam, brother" in page and "Listens at night" in page and "Knows about the taper" in page
    assert 'href="tel:07700900123"' in page and 'href="sms:07700900123"' in page
    assert "Sam is on your list." in page


def test_an_empty_list_says_what_will_be_here(as_alice):
    page = text_of(as_alice.get(LIST))
    assert "Nobody is here yet" in page and NEW in page


def test_only_a_name_is_needed(as_alice, alice):
    assert as_alice.post(NEW, {"name": "Jo"}).status_code == 302
    row = SupportPerson.objects.of(alice).get()
    assert (row.role, row.phone, row.knows, row.takes_texts, row.in_crisis) == ("", "", None, False, False)
    page = text_of(as_alice.get(LIST))
    assert "tel:" not in page and "sms:" not in page and "about the taper" not in page
    assert "Not shown where help is shown" in page


def test_a_new_form_offers_to_text_and_to_show_them(as_alice):
    page = text_of(as_alice.get(NEW))
    assert page.count("checked") == 3  # both boxes, and that nothing is said of what they know


@pytest.mark.parametrize(("said", "kept"), [("yes", True), ("no", False), ("", None)])
def test_who_knows_is_yes_no_or_not_said(as_alice, alice, said, kept):
    as_alice.post(NEW, {"name": "Jo", "knows": said})
    row = SupportPerson.objects.of(alice).get()
    assert row.knows is kept
    page = text_of(as_alice.get(LIST))
    assert ("Knows about the taper" in page, "Does not know about the taper" in page) == (kept is True, kept is False)
    assert f'value="{said}"' in text_of(as_alice.get(f"{LIST}{row.pk}/")).split("checked")[0]


def test_who_cannot_be_texted_has_no_link_for_it(as_alice, alice):
    add(alice, phone="020 7946 0958", takes_texts=False)
    page = text_of(as_alice.get(LIST))
    assert 'href="tel:02079460958"' in page and "sms:" not in page


def test_a_phone_number_that_is_a_script_is_refused_beside_the_field(as_alice, alice):
    typed = '<script>alert("1")</script>'
    response = as_alice.post(NEW, SAM | {"phone": typed})
    assert response.status_code == 422
    page = text_of(response)
    assert "is not a phone number. Write digits" in page.split('id="id_phone"')[1]
    assert "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;" in page and typed not in page
    assert "Listens at night" in page  # all that was typed stays
    assert not SupportPerson.objects.exists()


def test_a_link_never_has_the_raw_text(as_alice, alice):
    """Even where something else than the form wrote it."""
    add(alice, phone='"><script>1</script>')
    add(alice, "Jo", phone="+44 (0)7700 900123 ext 5")
    page = text_of(as_alice.get(LIST))
    assert "<script>1" not in page and page.count("tel:") == 1
    assert 'href="tel:+447700900123"' in page


def test_digits_of_another_script_become_ours(as_alice, alice):
    as_alice.post(NEW, {"name": "Jo", "phone": "٠٧٧٠٠ ٩٠٠١٢٣"})
    assert SupportPerson.objects.of(alice).get().phone == "07700 900123"


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("name", "", "Write who it is."),
        ("name", "\u200d\u200d", "Write who it is."),
        ("name", "x" * 101, "This has 101 characters. 100 fit."),
        ("name", "x" * 100_000, "This has 100,000 characters. 100 fit."),
        ("role", "y" * 101, "This has 101 characters. 100 fit."),
        ("helps_with", "z" * 301, "This has 301 characters. 300 fit."),
        ("phone", "12", "has 2 digits"),
        ("phone", "1" * 100_000, "has 100000 digits"),
        ("knows", "perhaps", "Choose one of these."),
    ],
)
def test_what_cannot_be_kept_is_refused_with_a_sentence(as_alice, field, text, sentence):
    response = as_alice.post(NEW, SAM | {field: text})
    assert response.status_code == 422
    assert sentence in text_of(response)
    assert not SupportPerson.objects.exists()


@pytest.mark.parametrize("name", ["\u202eمرحبا", "😀😀", "Sam\x00", "w" * 100, "<b>Sam</b>"])
def test_odd_names_are_kept_and_shown_as_text(as_alice, alice, name):
    assert as_alice.post(NEW, {"name": name, "phone": "07700 900123"}, follow=True).status_code == 200
    assert SupportPerson.objects.of(alice).get().name == name.replace("\x00", "")
    assert "<b>Sam</b>" not in text_of(as_alice.get(LIST))


def test_a_double_press_makes_one(as_alice, alice):
    as_alice.post(NEW, SAM)
    response = as_alice.post(NEW, SAM, follow=True)
    assert "Sam is on your list already." in text_of(response)
    assert SupportPerson.objects.of(alice).count() == 1


def test_two_of_one_name_are_two_people(as_alice, alice):
    as_alice.post(NEW, SAM)
    as_alice.post(NEW, SAM | {"role": "neighbour"})
    assert SupportPerson.objects.of(alice).count() == 2


def test_somebody_can_be_changed(as_alice, alice):
    row = add(alice, phone="07700 900123", knows=True, position=4)
    assert "07700 900123" in text_of(as_alice.get(f"{LIST}{row.pk}/"))
    response = as_alice.post(f"{LIST}{row.pk}/", {"name": "Samuel", "phone": "020 7946 0958", "knows": "no"})
    assert response.url == LIST
    row.refresh_from_db()
    assert (row.name, row.phone, row.knows, row.takes_texts, row.position) == (
        "Samuel",
        "020 7946 0958",
        False,
        False,
        4,
    )


def test_the_order_is_the_persons(as_alice, alice):
    rows = [add(alice, name, position=place) for place, name in enumerate(("Sam", "Jo", "Kit"))]
    response = as_alice.post(f"{LIST}{rows[2].pk}/", {"do": "up"})
    assert response.url == f"{LIST}#move-{rows[2].pk}"
    assert names(alice) == ["Sam", "Kit", "Jo"]
    as_alice.post(f"{LIST}{rows[0].pk}/", {"do": "down"})
    as_alice.post(f"{LIST}{rows[0].pk}/", {"do": "down"})
    as_alice.post(f"{LIST}{rows[0].pk}/", {"do": "down"})  # at the end nothing happens
    assert names(alice) == ["Kit", "Jo", "Sam"]
    assert as_alice.post(f"{LIST}{rows[0].pk}/", {"do": "sideways"}).status_code == 400


def test_a_new_one_stands_last(as_alice, alice):
    add(alice, "Jo", position=7)
    as_alice.post(NEW, SAM)
    assert names(alice) == ["Jo", "Sam"]


def test_delete_asks_and_can_be_undone(as_alice, alice):
    row = add(alice, phone="07700 900123", position=3)
    page = text_of(as_alice.get(f"{LIST}{row.pk}/delete/"))
    assert "Take Sam off your list?" in page and "07700 900123" in page
    response = as_alice.post(f"{LIST}{row.pk}/delete/", follow=True)
    assert "Sam is off your list." in text_of(response)
    assert not SupportPerson.objects.exists()
    deleted = Deleted.objects.of(alice).get()
    assert f"/entries/deleted/{deleted.pk}/undo/" in text_of(response)
    back = as_alice.post(f"/entries/deleted/{deleted.pk}/undo/")
    assert back.url == LIST
    row.refresh_from_db()
    assert (row.name, row.phone, row.position) == ("Sam", "07700 900123", 3)


def test_where_help_is_shown_only_those_who_are_to_be_shown(alice, bob):
    add(alice, "Sam", position=2)
    add(alice, "Kit", position=1)
    add(alice, "Jo", in_crisis=False)
    add(bob, "Not hers")
    assert [row.name for row in own_help(alice).people] == ["Kit", "Sam"]


def test_nothing_of_them_is_in_the_summary(as_alice, alice):
    add(alice, "Samantha-Who-Helps", phone="07700 900123")
    page = text_of(as_alice.get(f"/summary/?from={TODAY}&to={TODAY}"))
    assert "Samantha-Who-Helps" not in page and "07700" not in page


# -- in two tabs ----------------------------------------------------------------------------------------------------

SENT = {"name": "Sam", "role": "", "helps_with": "", "knows": "", "phone": "0123 456", "in_crisis": "on"}


@pytest.fixture
def sam(alice):
    return add(alice, phone="0123 456", takes_texts=False, in_crisis=True)


def opened(client, row) -> dict:
    """The form as a page that was opened now sends it, with nothing changed."""
    form = client.get(f"/care/people/{row.pk}/").context["form"]
    return SENT | {"shown": form.shown}


def test_what_was_not_changed_on_a_page_leaves_alone_what_was_saved_elsewhere(as_alice, sam):
    url, one, other = f"/care/people/{sam.pk}/", opened(as_alice, sam), opened(as_alice, sam)
    as_alice.post(url, one | {"phone": "0777 777", "knows": "yes"})
    assert as_alice.post(url, other | {"helps_with": "A lift", "takes_texts": "on"}).status_code == 302
    sam.refresh_from_db()
    assert (sam.phone, sam.helps_with, sam.knows, sam.takes_texts) == ("0777 777", "A lift", True, True)


def test_a_box_is_unticked_and_one_that_was_unticked_elsewhere_stays_so(as_alice, sam):
    url, one, other = f"/care/people/{sam.pk}/", opened(as_alice, sam), opened(as_alice, sam)
    del one["in_crisis"]
    as_alice.post(url, one)
    sam.refresh_from_db()
    assert not sam.in_crisis
    as_alice.post(url, other | {"role": "brother"})
    sam.refresh_from_db()
    assert not sam.in_crisis and sam.role == "brother"


def test_what_was_changed_in_two_tabs_is_shown_beside_each_other(as_alice, sam):
    url, one, other = f"/care/people/{sam.pk}/", opened(as_alice, sam), opened(as_alice, sam)
    as_alice.post(url, one | {"phone": "0777 777", "knows": "yes"})
    response = as_alice.post(url, other | {"phone": "0888 888", "knows": "no", "helps_with": "A lift"})
    assert response.status_code == 422
    page = text_of(response)
    assert "Changed in two places" in page and "0777 777" in page and "0888 888" in page and "A lift" in page
    assert "saved elsewhere as “Yes”" in page and "keep “No”" in page
    sam.refresh_from_db()
    assert (sam.phone, sam.knows, sam.helps_with) == ("0777 777", True, "")
    again = other | {"phone": "0888 888", "knows": "no", "helps_with": "A lift", "choose-knows": "there"}
    assert as_alice.post(url, again | {"shown": response.context["form"].shown}).status_code == 302
    sam.refresh_from_db()
    assert (sam.phone, sam.knows, sam.helps_with) == ("0888 888", True, "A lift")


@pytest.mark.parametrize("shown", ["", "junk", "[]", "\x00", '{"phone": 5}'])
def test_a_page_that_does_not_say_what_it_showed_writes_what_it_sends(as_alice, sam, shown):
    assert as_alice.post(f"/care/people/{sam.pk}/", SENT | {"phone": "0777 777", "shown": shown}).status_code == 302
    sam.refresh_from_db()
    assert sam.phone == "0777 777"
