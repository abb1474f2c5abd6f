"""What a medication comes as: adding, correcting, deleting, counting."""

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse

from journal.catalogue import products as catalogue
from journal.catalogue.clinical import CLINICAL
from journal.catalogue.sources import SOURCES
from journal.forms.products import ProductForm, prefill
from journal.models import Deleted, Product
from journal.queries.products import offered_products, save_product, stock_words, warnings_of
from journal.taper.products import product_words
from tests.conftest import TODAY, make_medication

pytestmark = pytest.mark.usefixtures("clock")

Form, Divides = catalogue.Form, catalogue.Divides


@pytest.fixture
def medication(alice):
    return make_medication(alice)


def page(medication, product=None, part=""):
    return f"/medications/{medication.pk}/products/{f'{product.pk}/' if product else ''}{part}"


def make_product(medication, form="tablet", mg=20, **fields):
    return Product.objects.create(medication=medication, form=form, mg=mg, **fields)


def fields(form="tablet", **changes):
    """What the page sends: every field, the ones that do not concern this form blank."""
    blank = dict.fromkeys(("in_ml", "mark_ml", "drops_per_ml", "factor", "name", "stock"), "")
    return {"form": form, "mg": "20", "divides": "whole", **blank, **changes}


TABLET = fields(divides="halves", name="Teva", stock="56")
LIQUID = fields("liquid", mg="10 mg", in_ml="5", mark_ml="0,1", stock="150")
DROPS = fields("drops", mg="40", drops_per_ml="20", factor="0.8")
BEADS = fields("beads", mg="0.25")


def kept(product):
    return {
        name: getattr(product, name)
        for name in ("form", "mg", "divides", "in_ml", "mark_ml", "drops_per_ml", "factor", "name", "stock")
    }


# --- adding -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (TABLET, "Tablet 20 mg, scored"),
        (fields(divides="quarters"), "Tablet 20 mg, halves and quarters"),
        (fields("capsule", mg="37.5"), "Capsule 37.5 mg"),
        (LIQUID, "Liquid 10 mg in 5 ml, to 0.1 ml"),
        (fields("liquid", mg="15", in_ml="1"), "Liquid 15 mg/ml, to 0.1 ml"),
        (DROPS, "Drops 40 mg/ml, 20 drops/ml; 0.8 mg of drops for 1 mg of tablets"),
        (fields("drops", mg="20", in_ml="1,0", drops_per_ml="20.0"), "Drops 20 mg/ml, 20 drops/ml"),
        (BEADS, "Beads of 0.25 mg"),
    ],
)
def test_it_works(as_alice, alice, medication, sent, words):
    response = as_alice.post(page(medication), sent, follow=True)
    assert response.redirect_chain == [(f"/medications/{medication.pk}/", 302)]
    product = Product.objects.of(alice).get()
    assert product.medication == medication
    assert product_words(product.plain()).replace("\u00a0", " ") == words[0].lower() + words[1:]
    text = response.content.decode().replace("\u00a0", " ")
    assert f"{words}: saved." in text
    assert f'<span class="row-title">{words}</span>' in text


def test_everything_is_kept(as_alice, alice, medication):
    as_alice.post(page(medication), LIQUID)
    assert kept(Product.objects.get()) == {
        "form": "liquid", "mg": 10, "divides": "whole", "in_ml": 5, "mark_ml": Decimal("0.1"), "drops_per_ml": None,
        "factor": 1, "name": "", "stock": 150,
    }  # fmt: skip
    as_alice.post(page(medication), DROPS)
    assert kept(Product.objects.last()) == {
        "form": "drops", "mg": 40, "divides": "whole", "in_ml": 1, "mark_ml": None, "drops_per_ml": 20,
        "factor": Decimal("0.8"), "name": "", "stock": None,
    }  # fmt: skip


def test_only_the_form_and_the_strength_are_needed(as_alice, medication):
    assert as_alice.post(page(medication), {"form": "tablet", "mg": "5"}).status_code == 302
    assert Product.objects.get().divides == "whole"


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        (fields(""), "form", "Choose what it comes as."),
        (fields("potion"), "form", "Choose what it comes as from the list."),
        (fields(mg=""), "mg", "Write the strength in mg, as it stands on the label, like 20."),
        (fields(mg="0"), "mg", "The strength cannot be 0 mg."),
        (fields(mg="0,000"), "mg", "The strength cannot be 0 mg."),
        (fields(mg="-5"), "mg", "A strength cannot be below 0 mg."),
        (fields(mg="10000.1"), "mg", "A strength can be 10,000 mg at most, and here it is “10000.1”."),
        (fields(mg="1,200"), "mg", "“1,200” can mean two strengths. Write 1200 or 1.2."),
        (fields(mg="0.0001"), "mg", "is finer than 0.001 mg"),
        (fields(mg="twenty"), "mg", "Write the strength in mg, like 37.5"),
        (fields("liquid"), "in_ml", "Write in how many ml the strength is"),
        (fields("liquid", in_ml="0"), "in_ml", "“In how many ml” cannot be 0 or below."),
        (fields("liquid", in_ml="1001"), "in_ml", "“In how many ml” can be 1,000 ml at most"),
        (fields("liquid", in_ml="1,000"), "in_ml", "can mean two numbers. Write 1000 or 1."),
        (fields("liquid", in_ml="5", mark_ml="0"), "mark_ml", "The syringe’s finest mark cannot be 0 or below."),
        (fields("liquid", in_ml="5", mark_ml="10.1"), "mark_ml", "The syringe’s finest mark can be 10 ml at most"),
        (fields("liquid", in_ml="5", mark_ml="0.0001"), "mark_ml", "has more decimals than are kept here"),
        (fields("drops"), "drops_per_ml", "Write how many drops make 1 ml, like 20."),
        (fields("drops", drops_per_ml="0"), "drops_per_ml", "“Drops in 1 ml” cannot be 0 or below."),
        (fields("drops", drops_per_ml="101"), "drops_per_ml", "“Drops in 1 ml” can be 100 drops at most"),
        (fields("drops", drops_per_ml="20.5"), "drops_per_ml", "“Drops in 1 ml” is a whole number, like 20"),
        (DROPS | {"factor": "0"}, "factor", "The factor cannot be 0 or below."),
        (DROPS | {"factor": "-0.8"}, "factor", "The factor cannot be 0 or below."),
        (DROPS | {"factor": "10.01"}, "factor", "The factor can be 10 at most"),
        (fields("capsule", divides="halves"), "divides", "Only a scored tablet may be halved. A capsule stays whole"),
        (fields("beads", divides="quarters"), "divides", "A bead stays whole"),
        (LIQUID | {"divides": "halves"}, "divides", "A liquid stays whole"),
        (fields(divides="thirds"), "divides", "Choose how it may be divided from the list."),
        (fields(in_ml="5"), "in_ml", "Only a liquid and drops are measured in ml."),
        (fields(mark_ml="0.1"), "mark_ml", "goes with a liquid only."),
        (LIQUID | {"drops_per_ml": "20"}, "drops_per_ml", "goes with drops only."),
        (fields("capsule", factor="0.8"), "factor", "The factor goes with drops only."),
        (fields(stock="-1"), "stock", "“How many you have now” cannot be below 0."),
        (fields(stock="1,200"), "stock", "can mean two numbers. Write 1200 or 1.2."),
        (fields(stock="1000001"), "stock", "can be 1,000,000 at most"),
        (fields(stock="NaN"), "stock", "“NaN” is not a number. Write it like 56."),
        (fields(name="x" * 101), "name", "This has 101 characters. 100 fit."),
    ],
)
def test_bad_input_is_explained_and_stays(as_alice, medication, sent, field, sentence):
    response = as_alice.post(page(medication), sent | {"name": sent["name"] or "Teva"})
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert list(errors) == [field]
    assert sentence in errors[field][0].replace("\u00a0", " ")
    assert 'value="Teva"' in response.content.decode() or field == "name"
    assert not Product.objects.exists()


def test_a_field_that_needs_a_look_is_in_view_whatever_was_chosen(as_alice, medication):
    text = as_alice.post(page(medication), fields("capsule", divides="halves")).content.decode()
    assert 'class="of-tablet is-wrong"' in text


@pytest.mark.parametrize("typed", ["\x00", "😀", "1e5", "٢٠", "9" * 400, "²"])
@pytest.mark.parametrize("field", ["form", "mg", "in_ml", "mark_ml", "drops_per_ml", "factor", "divides", "stock"])
def test_nothing_that_can_be_typed_breaks_it(as_alice, medication, field, typed):
    assert as_alice.post(page(medication), fields("liquid", in_ml="5") | {field: typed}).status_code in {302, 422}


def test_nothing_at_all_is_explained(as_alice, medication):
    assert as_alice.post(page(medication), {}).status_code == 422


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "Teva 😀", "x" * 100])
def test_odd_names_are_kept_as_they_are(as_alice, medication, name):
    response = as_alice.post(page(medication), fields(name=name), follow=True)
    assert Product.objects.get().name == name
    assert b"<script>alert" not in response.content


# --- twice ------------------------------------------------------------------------------------------------------


def test_a_second_press_adds_nothing(as_alice, medication):
    as_alice.post(page(medication), TABLET)
    response = as_alice.post(page(medication), TABLET, follow=True)
    assert "is on your list." in response.content.decode()
    assert Product.objects.count() == 1


def test_the_same_with_another_count_is_explained(as_alice, medication):
    as_alice.post(page(medication), TABLET)
    response = as_alice.post(page(medication), TABLET | {"stock": "28"})
    assert response.status_code == 422
    assert "is on your list already." in response.context["form"].errors["mg"][0]
    assert as_alice.post(page(medication), TABLET | {"stock": "28", "name": "Sandoz"}).status_code == 302


def test_two_presses_at_the_same_moment_make_one(medication):
    """The second request's form was checked before the first one saved."""
    form = ProductForm(TABLET)
    assert form.is_valid()
    first, second = (save_product(medication, form.cleaned_data, TODAY) for _ in range(2))
    assert first == second


# --- counting ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "stock", "words"),
    [
        ("tablet", "56", "56 tablets, counted on 3 November"),
        ("tablet", "1", "1 tablet, counted on 3 November"),
        ("tablet", "0", "0 tablets, counted on 3 November"),
        ("tablet", "27.5", "27.5 tablets, counted on 3 November"),
        ("beads", "1200", "1,200 beads, counted on 3 November"),
        ("liquid", "150", "150 ml, counted on 3 November"),
        ("drops", "15.00", "15 ml, counted on 3 November"),
        ("capsule", None, ""),
    ],
)
def test_stock_in_words(form, stock, words):
    product = Product(form=form, mg=1, stock=stock and Decimal(stock), stock_on=dt.date(2026, 11, 3))
    assert stock_words(product, TODAY).replace("\u00a0", " ") == words


def test_a_count_has_its_day_and_keeps_it_until_it_is_counted_again(as_alice, medication, clock):
    as_alice.post(page(medication), TABLET)
    product = Product.objects.get()
    assert (product.stock, product.stock_on) == (56, TODAY)

    clock.shift(dt.timedelta(days=3))
    as_alice.post(page(medication, product), TABLET | {"name": "Sandoz"})
    product.refresh_from_db()
    assert (product.name, product.stock_on) == ("Sandoz", TODAY)
    assert "Counted on 22\u00a0November\u00a02026." in as_alice.get(page(medication, product)).content.decode()

    as_alice.post(page(medication, product), TABLET | {"stock": "50"})
    product.refresh_from_db()
    assert (product.stock, product.stock_on) == (50, TODAY + dt.timedelta(3))

    as_alice.post(page(medication, product), TABLET | {"stock": ""})
    product.refresh_from_db()
    assert (product.stock, product.stock_on) == (None, None)


# --- the medication's page --------------------------------------------------------------------------------------


def test_without_any_the_page_offers_to_add_one(as_alice, medication):
    text = as_alice.get(f"/medications/{medication.pk}/").content.decode()
    assert "What you have" in text
    assert f'href="{page(medication)}"' in text
    assert "The tablets, capsules, liquid or drops that you have stand here" in text


def test_the_page_lists_this_medications_only(as_alice, alice, medication):
    make_product(medication, name="Teva", stock=56, stock_on=TODAY)
    make_product(make_medication(alice, "Diazepam"), mg=2, name="Other")
    text = as_alice.get(f"/medications/{medication.pk}/").content.decode()
    assert "Teva" in text
    assert "56 tablets, counted on 22\u00a0November" in text
    assert "Other" not in text


def test_the_cost_does_not_grow(as_alice, medication, django_assert_num_queries):
    from tests.views.test_medications import count_of

    make_product(medication)
    paths = [f"/medications/{medication.pk}/", page(medication), page(medication, medication.products.get())]
    few = [count_of(as_alice, path) for path in paths]
    for number in range(50):
        make_product(medication, mg=30 + number)
    assert [count_of(as_alice, path) for path in paths] == few


# --- what the catalogue offers ----------------------------------------------------------------------------------

OFFERED = [
    catalogue.Product(Form.TABLET, Decimal(20), Divides.HALVES),
    catalogue.Product(Form.CAPSULE, Decimal("37.5")),
    catalogue.Product(Form.LIQUID, Decimal(10), in_ml=Decimal(5), mark_ml=Decimal("0.1")),
    catalogue.Product(Form.LIQUID, Decimal(15)),
    catalogue.Product(Form.DROPS, Decimal(40), drops_per_ml=20, factor=Decimal("0.8")),
    catalogue.Product(Form.BEADS, Decimal("0.25")),
]


@pytest.mark.parametrize("product", OFFERED, ids=product_words)
def test_a_link_fills_the_form_in_and_it_can_be_saved_as_it_is(as_alice, medication, product):
    form = as_alice.get(page(medication), prefill(product)).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    as_alice.post(page(medication), {name: value for name, value in sent.items() if value is not None})
    assert Product.objects.get().plain() == dataclasses.replace(product, source="")


@pytest.mark.parametrize(
    "query", ["form=potion&mg=-1", "form=%00&mg=%00", "mg=" + "9" * 500, "name=x&stock=5", "form=tablet&form=drops"]
)
def test_an_address_that_makes_no_sense_opens_the_form(as_alice, medication, query):
    response = as_alice.get(f"{page(medication)}?{query}")
    assert response.status_code == 200
    assert response.context["form"]["stock"].value() is None


def test_a_correction_is_not_filled_in_from_the_address(as_alice, medication):
    product = make_product(medication, name="Teva")
    form = as_alice.get(page(medication, product), {"mg": "5"}).context["form"]
    assert form["mg"].value() == "20"


def plain_spaces(text):
    return text.replace("\u00a0", " ")


def offered_words(drug, country=""):
    return [plain_spaces(offer.words) for offer in offered_products(drug, country)]


def test_offers_say_kind_strength_and_country_those_of_ones_own_country_first():
    assert offered_words("citalopram", "US") == [
        "Tablet 10 mg, USA, UK",
        "Scored tablet 20 mg, USA",
        "Scored tablet 40 mg, USA",
        "Oral solution 10 mg in 5 ml, USA",
        "Tablet 20 mg, UK",
        "Oral drops 40 mg/ml, factor 0.8, UK",
    ]
    assert offered_words("citalopram", "GB")[:4] == [
        "Tablet 10 mg, UK, USA",
        "Tablet 20 mg, UK",
        "Oral drops 40 mg/ml, factor 0.8, UK",
        "Scored tablet 20 mg, USA",
    ]


def test_a_modified_release_tablet_is_not_offered_as_a_plain_one():
    of_75 = [words for words in offered_words("venlafaxine", "GB") if "75 mg" in words and "37.5" not in words]
    assert of_75 == [
        "Tablet 75 mg, UK",
        "Modified-release tablet 75 mg, UK",
        "Modified-release capsule 75 mg, UK",
        "Extended-release tablet 75 mg, USA",
    ]


def test_what_has_no_country_or_is_not_known_is_no_error():
    assert offered_words("pregabalin", "DE")[0] == "Capsule 25 mg"
    assert offered_words("tea") == offered_words("") == []
    assert offered_words("gabapentin", "AU")[0] == "Tablet 600 mg, Australia"


EVERY_OFFER = [(drug, offer.product) for drug in CLINICAL for offer in offered_products(drug)]


@pytest.mark.parametrize(
    ("drug", "product"), EVERY_OFFER, ids=[f"{one} {two.form} {two.mg}" for one, two in EVERY_OFFER]
)
def test_whatever_is_offered_can_be_saved_with_nothing_lost(drug, product):
    """A factor belongs to drops only in the form: were there a liquid with one, this would fail."""
    form = ProductForm({**prefill(product), "name": "", "stock": ""})
    assert form.is_valid(), form.errors
    kept = Product(**{name: form.cleaned_data[name] for name in prefill_names(form)})
    assert kept.plain() == dataclasses.replace(product, source="")


def prefill_names(form):
    return [name for name in form.cleaned_data if name not in ("name", "stock")]


def test_the_page_offers_with_a_source(as_alice, medication):
    text = plain_spaces(as_alice.get(page(medication)).content.decode())
    assert '">Tablet 37.5 mg, UK</a>' in text
    assert SOURCES["nhs_venlafaxine"].address in text and SOURCES["walrus_venlafaxine"].address in text
    assert "Yours may differ: what stands on your box counts." in text


def test_a_medication_typed_by_hand_is_offered_nothing(as_alice, alice):
    other = make_medication(alice, "My own", drug="")
    assert "Fill it in" not in as_alice.get(page(other)).content.decode()


# --- what is to be known of it ----------------------------------------------------------------------------------

MODIFIED = "Modified release: swallowed whole."
DROPS_NOTE = "These drops are not mg for mg: 8 mg of drops (four drops) stand for a 10 mg tablet."


@pytest.mark.parametrize(
    ("drug", "product", "begins"),
    [
        ("citalopram", catalogue.Product(Form.DROPS, Decimal(40), drops_per_ml=20), [DROPS_NOTE]),
        ("citalopram", catalogue.Product(Form.DROPS, Decimal(80), in_ml=Decimal("2.00")), [DROPS_NOTE]),
        ("citalopram", catalogue.Product(Form.DROPS, Decimal(20), drops_per_ml=20), []),
        ("citalopram", catalogue.Product(Form.TABLET, Decimal(10)), []),
        ("venlafaxine", catalogue.Product(Form.CAPSULE, Decimal("75.000")), [MODIFIED]),
        ("venlafaxine", catalogue.Product(Form.TABLET, Decimal(150), Divides.HALVES), [MODIFIED]),
        (
            "venlafaxine",
            catalogue.Product(Form.TABLET, Decimal(75)),
            [f"If it is the modified-release tablet or extended-release tablet: {MODIFIED}"],
        ),
        ("venlafaxine", catalogue.Product(Form.TABLET, Decimal(99)), []),
        ("", catalogue.Product(Form.TABLET, Decimal(75)), []),
    ],
)
def test_warnings_go_by_form_and_strength_however_it_is_said_to_divide(drug, product, begins):
    found = warnings_of(drug, product)
    assert len(found) == len(begins)
    assert all(warning.text.startswith(text) for warning, text in zip(found, begins, strict=True))


def test_the_medications_page_shows_a_warning_once_with_what_it_is_about(as_alice, medication):
    make_product(medication, "capsule", 75)
    make_product(medication, "capsule", 150)
    make_product(medication, "capsule", 225, in_use=False)
    text = plain_spaces(as_alice.get(f"/medications/{medication.pk}/").content.decode())
    assert text.count(MODIFIED) == 1
    assert "Capsule 75 mg; Capsule 150 mg.</b>" in text


def test_the_form_shows_the_warning_when_it_is_that_product(as_alice, medication):
    product = make_product(medication, "capsule", 75)
    [offer] = [one for one in offered_products("venlafaxine") if one.words.startswith("Modified-release capsule 150")]
    sent = fields("capsule", mg="150", divides="halves")
    for response in (
        as_alice.get(page(medication, product)),
        as_alice.get(page(medication), prefill(offer.product)),
        as_alice.post(page(medication), sent),
    ):
        assert MODIFIED in response.content.decode()
    assert MODIFIED not in as_alice.get(page(medication)).content.decode()
    assert MODIFIED not in as_alice.get(page(medication), {"form": "capsule", "mg": "99"}).content.decode()


# --- putting away -----------------------------------------------------------------------------------------------


def test_putting_away_and_taking_out_again(as_alice, medication):
    product = make_product(medication, stock=56, stock_on=TODAY)
    assert "I do not have this any more" in as_alice.get(page(medication, product)).content.decode()
    response = as_alice.post(page(medication, product, "use/"), {"in_use": "0"}, follow=True)
    text = plain_spaces(response.content.decode())
    assert "Tablet 20 mg: put away. It is not used any more." in text
    assert "Put away (1)" in text and "All of it is put away." in text
    product.refresh_from_db()
    assert (product.in_use, product.stock) == (False, 56)
    assert "I have this again" in as_alice.get(page(medication, product)).content.decode()

    response = as_alice.post(page(medication, product, "use/"), {"in_use": "1"}, follow=True)
    text = plain_spaces(response.content.decode())
    assert "Tablet 20 mg: among what you have again." in text and "Put away (" not in text
    product.refresh_from_db()
    assert product.in_use


def test_looking_at_the_address_changes_nothing(as_alice, medication):
    product = make_product(medication)
    assert as_alice.get(page(medication, product, "use/")).url == page(medication, product)
    product.refresh_from_db()
    assert product.in_use


def test_adding_what_was_put_away_takes_it_out_again(as_alice, medication):
    as_alice.post(page(medication), TABLET)
    product = Product.objects.get()
    for sent, stock in ((TABLET | {"stock": "28"}, 28), (TABLET | {"stock": ""}, 28)):
        as_alice.post(page(medication, product, "use/"), {"in_use": "0"})
        assert as_alice.post(page(medication), sent).status_code == 302
        product.refresh_from_db()
        assert (product.in_use, product.stock, Product.objects.count()) == (True, stock, 1)


# --- correcting and deleting ------------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", [TABLET, LIQUID, DROPS, BEADS, fields("capsule")])
def test_saving_it_unchanged_changes_nothing(as_alice, medication, sent):
    as_alice.post(page(medication), sent)
    product = Product.objects.get()
    form = as_alice.get(page(medication, product)).context["form"]
    again = {name: value for name in form.fields if (value := form[name].value()) is not None}
    assert as_alice.post(page(medication, product), again).status_code == 302
    assert kept(Product.objects.get()) == kept(product)


def test_correcting(as_alice, medication):
    product = make_product(medication, "drops", 40, drops_per_ml=20, factor=Decimal("0.8"))
    assert as_alice.post(page(medication, product), fields("capsule", mg="75")).url == f"/medications/{medication.pk}/"
    product.refresh_from_db()
    assert product.plain() == catalogue.Product(Form.CAPSULE, Decimal(75))


def test_a_correction_cannot_make_two_the_same(as_alice, medication):
    make_product(medication)
    other = make_product(medication, mg=10)
    assert as_alice.post(page(medication, other), fields()).status_code == 422


def test_deleting_asks_first(as_alice, medication):
    product = make_product(medication, name="Teva", stock=56, stock_on=TODAY)
    response = as_alice.get(page(medication, product, "delete/"))
    assert response.context["rows"] == [
        ("Product", "Tablet 20\u00a0mg"),
        ("Maker or brand", "Teva"),
        ("You have", "56 tablets, counted on 22\u00a0November"),
    ]
    assert Product.objects.count() == 1


def test_deleting_and_undoing(as_alice, medication):
    product = make_product(medication, "drops", 40, drops_per_ml=20, factor=Decimal("0.8"), stock=15, stock_on=TODAY)
    before = kept(product)
    response = as_alice.post(page(medication, product, "delete/"), follow=True)
    assert response.redirect_chain == [(f"/medications/{medication.pk}/", 302)]
    assert (
        "40\u00a0mg/ml, 20\u00a0drops/ml; 0.8\u00a0mg of drops for 1\u00a0mg of tablets deleted."
        in response.content.decode()
    )
    assert not Product.objects.exists()

    response = as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]), follow=True)
    assert response.redirect_chain == [(f"/medications/{medication.pk}/", 302)]
    assert kept(Product.objects.get()) == before


def test_a_medication_goes_and_comes_back_with_its_products(as_alice, medication):
    make_product(medication)
    path = f"/medications/{medication.pk}/delete/"
    assert ("Products", 1) in as_alice.get(path).context["rows"]
    as_alice.post(path)
    assert not Product.objects.exists()
    as_alice.post(reverse("undo", args=[Deleted.objects.get().pk]))
    assert Product.objects.get().medication == medication


# --- whose it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("part", ["", "delete/", "use/"])
def test_somebody_elses_is_not_there(as_bob, client, bob, medication, part):
    product, mine = make_product(medication), make_medication(bob)
    for path in (page(medication), page(medication, product, part), page(mine, product, part)):
        assert as_bob.get(path).status_code == 404 or path == page(mine)
        assert as_bob.post(path, fields()).status_code == 404
        assert client.get(path).status_code == 302
    assert kept(Product.objects.get()) == kept(product)


def test_another_medication_of_ones_own_does_not_have_it(as_alice, alice, medication):
    product = make_product(medication)
    assert as_alice.get(page(make_medication(alice, "Diazepam"), product)).status_code == 404


def test_reading_writes_nothing(as_alice, medication):
    product = make_product(medication)
    for path in (page(medication), page(medication, product), page(medication, product, "delete/")):
        as_alice.get(path)
        as_alice.head(path)
    assert (Product.objects.count(), Deleted.objects.count()) == (1, 0)
