"""Built-in symptoms: found by any name, never confused, suggested by who lists them."""

import pytest

from journal.catalogue import symptoms
from journal.catalogue.drugs import DrugClass
from journal.catalogue.sources import SOURCES
from journal.catalogue.symptoms import (
    GROUPS,
    SYMPTOMS,
    explanation,
    find,
    search,
    suggested,
    suggestion_reason,
)

# The columns of a real taper's file; the importer looks each one up.
REAL_COLUMNS = (
    "anxiety",
    "low mood",
    "irritability",
    "restlessness",
    "agitation",
    "worry",
    "fatigue",
    "sleepiness",
    "pain",
    "dizziness",
    "dry mouth",
    "nausea",
    "headache",
)


@pytest.mark.parametrize("column", REAL_COLUMNS)
def test_it_finds_the_columns_of_a_real_file(column):
    assert find(column) is not None


def test_it_never_merges_two_columns_of_a_real_file():
    assert len({find(column).slug for column in REAL_COLUMNS}) == len(REAL_COLUMNS)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Brain zaps", "brain-zaps"),
        ("brain_zaps", "brain-zaps"),
        ("brain-zaps", "brain-zaps"),
        ("  ELECTRIC   shocks ", "brain-zaps"),
        ("Low_Mood", "low-mood"),
        ("depressed", "low-mood"),
        ("akathisia", "akathisia"),
        ("inner restlessness", "akathisia"),
        ("restlessness", "restlessness"),
        ("insomnia", "insomnia"),
        ("Trouble sleeping", "insomnia"),
        ("diarrhea", "diarrhoea"),
        ("paresthesia", "tingling"),
        ("tiredness", "fatigue"),
    ],
)
def test_it_finds_by_name_or_alias(text, slug):
    assert find(text).slug == slug


@pytest.mark.parametrize("text", ["", " ", "zap", "anx", "scl90_depression", "check_ins", "mood", "\0", "<script>"])
def test_it_does_not_guess(text):
    assert find(text) is None


def test_no_name_leads_to_two_symptoms():
    seen = {}
    for symptom in SYMPTOMS.values():
        for name in (symptom.slug, symptom.name, *symptom.aliases):
            assert seen.setdefault(symptoms.same_name(name), symptom.slug) == symptom.slug, name


@pytest.mark.parametrize("symptom", SYMPTOMS.values(), ids=list(SYMPTOMS))
def test_each_symptom_reads_well(symptom):
    assert symptom.group in GROUPS
    assert symptom.description.endswith(".") and len(symptom.description.split()) <= 16
    assert symptom.source == symptom.listed_by[0]
    assert "own" not in symptom.listed_by or symptom.listed_by == ("own",)


def test_every_group_is_used_in_order():
    assert list(dict.fromkeys(symptom.group for symptom in SYMPTOMS.values())) == list(GROUPS)


def test_red_flags():
    flagged = {symptom.slug for symptom in SYMPTOMS.values() if symptom.red_flag}
    assert flagged == {"akathisia", "suicidal-thoughts", "confusion", "chest-pain"}


def listed_by(key):
    return {symptom.slug for symptom in SYMPTOMS.values() if key in symptom.listed_by}


def test_nice_is_claimed_only_for_its_own_list():
    """NG222 recommendation 1.4.14, item by item."""
    assert listed_by("nice_ng222") == {
        "unsteadiness", "vertigo", "dizziness",
        "brain-zaps",  # altered sensations
        # altered feelings
        "irritability", "anxiety", "low-mood", "crying", "panic", "confusion", "suicidal-thoughts",
        "restlessness", "agitation",
        "insomnia",  # problems sleeping
        "sweating",
        "nausea",  # abdominal symptoms
        "palpitations", "fatigue", "headache", "muscle-aches",
    }  # fmt: skip


def test_asam_is_claimed_only_for_its_own_table():
    """Table 3 of the guideline of 2025, column by column. Blood pressure and seizures are not tracked here."""
    assert listed_by("asam_2025") == {
        "headache", "sweating",
        "anxiety", "panic", "low-mood", "irritability", "agitation", "anger",
        "chest-pain", "palpitations",
        "stomach-cramps", "diarrhoea", "nausea", "vomiting",
        "poor-concentration", "memory", "confusion", "visual-disturbance", "light-sensitivity",
        "sound-sensitivity", "tingling", "tinnitus",
        "unsteadiness", "muscle-aches", "muscle-stiffness", "muscle-twitches", "tremor",
        "akathisia", "restlessness", "unreality", "suicidal-thoughts",
        "sleepiness", "insomnia", "vivid-dreams",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kinds", "key", "word"),
    [
        (["ssri", "snri", "other_antidepressant", "tricyclic", "maoi"], "nice_ng222", "NICE"),
        (["benzodiazepine", "z_drug", "gabapentinoid"], "asam_2025", "ASAM"),
    ],
)
def test_suggestions_come_from_the_list_that_is_named(kinds, key, word):
    for kind in kinds:
        assert 8 <= len(suggested(kind)) <= 10
        assert all(key in symptom.listed_by for symptom in suggested(kind))
        assert word in suggestion_reason(kind)


def test_asam_is_not_said_to_list_gabapentinoids():
    assert "coming off a benzodiazepine" in suggestion_reason(DrugClass.BENZODIAZEPINE)
    for kind in (DrugClass.Z_DRUG, DrugClass.GABAPENTINOID):
        assert "no list here for this kind by itself" in suggestion_reason(kind)


@pytest.mark.parametrize("kind", ["antipsychotic", "mood_stabiliser", "other", "not_sure", "", "no such class"])
def test_other_kinds_get_a_general_handful_without_a_claim(kind):
    assert [symptom.slug for symptom in suggested(kind)][:4] == ["anxiety", "low-mood", "irritability", "insomnia"]
    assert 8 <= len(suggested(kind)) <= 10
    assert "NICE" not in suggestion_reason(kind) and "ASAM" not in suggestion_reason(kind)


@pytest.mark.parametrize("kind", ["not_sure", "", "no such class"])
def test_of_a_kind_that_nobody_named_nothing_is_said(kind):
    assert suggestion_reason(kind) == "A general handful, not tied to any medication."


@pytest.mark.parametrize("kind", DrugClass)
def test_reasons_are_one_sentence(kind):
    reason = suggestion_reason(kind)
    assert reason.endswith(".") and reason.count(". ") == 0
    assert len(set(suggested(kind))) == len(suggested(kind))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("pain", "pain"),
        ("zap", "brain-zaps"),
        ("sleep", "sleepiness"),
        ("Rest", "restlessness"),
        ("nightmare", "vivid-dreams"),
        ("spin", "vertigo"),
    ],
)
def test_search_puts_the_best_first(text, first):
    assert search(text)[0].slug == first


def test_search_looks_at_descriptions_last():
    assert "akathisia" in [symptom.slug for symptom in search("very hard to bear")]
    assert search("no such thing at all") == ()


def test_search_of_nothing_lists_all_in_order_up_to_the_limit():
    assert search("", limit=100) == tuple(SYMPTOMS.values())
    assert len(search("")) == 20
    assert search("", limit=3) == tuple(SYMPTOMS.values())[:3]


NAMED = {"nice_ng222": "NICE (NG222)", "asam_2025": "ASAM (2025)", "nhs_scotland_antidepressants": "NHS Scotland"}


@pytest.mark.parametrize("symptom", SYMPTOMS.values(), ids=list(SYMPTOMS))
def test_each_symptom_says_who_lists_it(symptom):
    sentence, sources = explanation(symptom)
    assert {key for key, name in NAMED.items() if name in sentence} == set(symptom.listed_by) - {"own"} == set(sources)
    assert all(SOURCES[key].address for key in sources)
    assert sentence.endswith(".")
    assert ("Our own addition" in sentence) == (symptom.listed_by == ("own",))
    assert ("antidepressant" in sentence) == bool({"nice_ng222", "nhs_scotland_antidepressants"} & set(sources))
    assert ("benzodiazepine" in sentence) == ("asam_2025" in sources)


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [
        (
            "anxiety",
            "Listed by NICE (NG222) and NHS Scotland among the effects of coming off an antidepressant, "
            "and by ASAM (2025) among those of coming off a benzodiazepine.",
        ),
        ("vertigo", "Listed by NICE (NG222) among the effects of coming off an antidepressant."),
        ("unreality", "Listed by ASAM (2025) among the effects of coming off a benzodiazepine."),
        (
            "suicidal-thoughts",
            "Listed by NICE (NG222), as a very rare one, among the effects of coming off an antidepressant, "
            "and by ASAM (2025) among those of coming off a benzodiazepine.",
        ),
    ],
)
def test_the_sentence_reads_well(slug, sentence):
    assert explanation(SYMPTOMS[slug]).sentence == sentence
