"""Medications: found by name, brand, dose and form; each in its class."""

import pytest

from journal.catalogue.drugs import AT_RISK_SOURCES, DRUGS, DrugClass, _tokens, find


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("venlafaxine", "venlafaxine"),
        ("Venlafaxine XR", "venlafaxine"),
        ("Effexor XR", "venlafaxine"),
        ("EFFEXOR-XR 37.5 mg", "venlafaxine"),
        ("sertraline 50 mg", "sertraline"),
        ("sertraline 50mg tablets", "sertraline"),
        ("Sertraline hydrochloride 12,5 mg", "sertraline"),
        ("  Prozac ", "fluoxetine"),
        ("diazepam 2 mg/5 ml oral solution", "diazepam"),
        ("Sodium valproate", "valproate"),
        ("valproate sodium 200mg", "valproate"),
        ("lithium carbonate", "lithium"),
        ("selegiline patch", "selegiline-patch"),
        ("Selegiline", "selegiline-patch"),
        ("Temesta 1 mg", "lorazepam"),
        ("Tavor", "lorazepam"),
        ("Xanor", "alprazolam"),
        ("Stilnox 10 mg", "zolpidem"),
        ("Venlalic XL", "venlafaxine"),
    ],
)
def test_it_finds_by_name_brand_form_and_dose(text, slug):
    assert find(text).slug == slug


@pytest.mark.parametrize(
    "text",
    ["", "   ", "50 mg", "XR", "sertralin", "sertraline or citalopram", "<script>", "\0", "💊", "دواء", "$\\foo$"],
)
def test_it_does_not_guess(text):
    assert find(text) is None


@pytest.mark.parametrize(
    ("kind", "slugs"),
    [
        (DrugClass.SSRI, "citalopram escitalopram fluoxetine fluvoxamine paroxetine sertraline"),
        (DrugClass.SNRI, "venlafaxine desvenlafaxine duloxetine levomilnacipran"),
        (DrugClass.OTHER_ANTIDEPRESSANT, "mirtazapine vortioxetine trazodone bupropion"),
        (
            DrugClass.BENZODIAZEPINE,
            "alprazolam bromazepam chlordiazepoxide clobazam clonazepam clorazepate diazepam estazolam flurazepam"
            " loprazolam lorazepam lormetazepam nitrazepam oxazepam quazepam temazepam triazolam",
        ),
        (DrugClass.Z_DRUG, "zolpidem zopiclone zaleplon"),
        (DrugClass.GABAPENTINOID, "pregabalin gabapentin"),
        (DrugClass.TRICYCLIC, "amitriptyline clomipramine nortriptyline"),
        (DrugClass.MAOI, "phenelzine tranylcypromine"),
        (DrugClass.ANTIPSYCHOTIC, "quetiapine olanzapine risperidone aripiprazole"),
        (DrugClass.MOOD_STABILISER, "lithium lamotrigine"),
    ],
)
def test_classes(kind, slugs):
    for slug in slugs.split():
        assert DRUGS[slug].drug_class is kind


def test_no_name_leads_to_two_medications():
    seen = {}
    for drug in DRUGS.values():
        for name in (drug.name, *drug.aliases):
            assert seen.setdefault(" ".join(_tokens(name)), drug.slug) == drug.slug, name
            assert find(name) is drug


def test_slugs_are_their_keys():
    assert all(drug.slug == slug for slug, drug in DRUGS.items())


def test_unknown_values_become_not_sure():
    assert DrugClass.of("ssri") is DrugClass.SSRI
    assert DrugClass.of("opioid") is DrugClass.NOT_SURE
    assert DrugClass.of("") is DrugClass.NOT_SURE


def test_choices_have_a_label_each():
    labels = [label for _, label in DrugClass.choices()]
    assert len(labels) == len(set(labels)) == len(DrugClass)
    assert DrugClass.choices()[-1] == ("not_sure", "Not sure")


def test_antidepressants():
    kinds = {kind.value for kind in DrugClass if kind.is_antidepressant}
    assert kinds == {"ssri", "snri", "other_antidepressant", "tricyclic", "maoi"}


def test_what_is_not_to_be_stopped_suddenly():
    """A drug that nobody could place counts too."""
    kinds = {kind.value for kind in DrugClass if kind.at_risk_on_stopping}
    assert kinds == {"benzodiazepine", "z_drug", "gabapentinoid", "not_sure"}
    assert DrugClass.of("never heard of it").at_risk_on_stopping
    assert all(AT_RISK_SOURCES.values())
