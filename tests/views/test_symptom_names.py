"""One place makes symptoms: what counts as the same name, and what a name may be."""

import pytest
from django.core.exceptions import ValidationError

from journal.models import Symptom
from journal.queries.symptoms import known, move, symptom_for, track, track_only, tracked
from tests.conftest import make_symptom


def names(owner):
    return [symptom.name for symptom in tracked(owner)]


def test_it_works(alice):
    made = track(alice, ["dizziness", "Brain zaps", "Jaw pain"])
    assert [(row.name, row.builtin, row.slug) for row in made] == [
        ("Dizziness", "dizziness", "dizziness"),
        ("Brain zaps", "brain-zaps", "brain-zaps"),
        ("Jaw pain", "", "jaw-pain"),
    ]
    assert names(alice) == ["Dizziness", "Brain zaps", "Jaw pain"]


@pytest.mark.parametrize(
    ("typed", "name", "slug", "builtin"),
    [
        ("anxiety", "Anxiety", "anxiety", "anxiety"),
        ("BRAIN_ZAPS", "Brain zaps", "brain-zaps", "brain-zaps"),
        ("depression", "Low mood", "low-mood", "low-mood"),
        ("  jaw \n pain ", "jaw pain", "jaw-pain", ""),
        ("jaw_pain", "Jaw pain", "jaw-pain", ""),
        ("🙂", "🙂", "symptom", ""),
        ("ألم الفك", "ألم الفك", "ألم-الفك", ""),
        ("<script>alert(1)</script>", "<script>alert(1)</script>", "scriptalert1script", ""),
        (r"$\foo$", r"$\foo$", "foo", ""),
        ("jaw\0pain", "jawpain", "jawpain", ""),
        ("---", "---", "symptom", ""),
        ("x" * 100, "x" * 100, "x" * 100, ""),
    ],
)
def test_a_name_or_alias_of_the_catalogue_is_the_built_in_one_else_it_is_their_own(alice, typed, name, slug, builtin):
    symptom = symptom_for(alice, typed)
    assert (symptom.name, symptom.slug, symptom.builtin) == (name, slug, builtin)
    symptom.full_clean()
    assert symptom_for(alice, typed) == symptom


@pytest.mark.parametrize("typed", ["", "  ", "\0", "\u200b\u200d", "x" * 101])
def test_a_name_that_cannot_be_kept_is_refused_with_a_sentence(alice, typed):
    with pytest.raises(ValidationError):
        symptom_for(alice, typed)
    assert not Symptom.objects.of(alice).exists()


def test_the_same_name_in_another_case_is_the_same_symptom(alice):
    assert len({symptom_for(alice, text).pk for text in ("Jaw pain", "JAW PAIN", "jaw-pain", "jaw_pain")}) == 1


def test_a_renamed_built_in_symptom_is_still_found_by_its_old_name(alice):
    symptom = symptom_for(alice, "Brain zaps")
    Symptom.objects.of(alice).filter(pk=symptom.pk).update(name="Lightning")
    assert symptom_for(alice, "zaps") == symptom_for(alice, "lightning") == symptom


def test_a_built_in_name_that_was_given_to_something_else_stays_theirs(alice):
    symptom = symptom_for(alice, "Jaw pain")
    Symptom.objects.of(alice).filter(pk=symptom.pk).update(name="Anxiety")
    assert symptom_for(alice, "anxiety") == symptom
    other = symptom_for(alice, "nervousness")
    assert (other.name, other.builtin, other.slug) == ("nervousness", "anxiety", "anxiety")


def test_two_names_with_the_same_slug_get_two_slugs(alice):
    assert [symptom_for(alice, text).slug for text in ("Zap!", "Zap?", "Zap")] == ["zap", "zap-2", "zap-3"]
    assert [symptom_for(alice, text).slug for text in ("🙂", "🙃")] == ["symptom", "symptom-2"]


def test_two_people_have_rows_of_their_own(alice, bob):
    assert symptom_for(alice, "Anxiety").pk != symptom_for(bob, "Anxiety").pk


def test_tracking_again_takes_up_the_old_row(alice):
    old = make_symptom(alice, tracked=False)
    assert track(alice, ["brain zaps", "zaps"]) == [old, old]
    assert names(alice) == ["Brain zaps"]


def test_one_that_was_put_away_stays_so_when_it_is_only_looked_up(alice):
    make_symptom(alice, tracked=False)
    assert not symptom_for(alice, "brain zaps").tracked


def test_track_only_puts_the_others_away(alice):
    track(alice, ["Anxiety", "Nausea"])
    track_only(alice, ["Nausea", "Headache"])
    assert names(alice) == ["Nausea", "Headache"]
    assert Symptom.objects.of(alice).count() == 3


def test_moving_stops_at_both_ends(alice):
    first, _, third = track(alice, ["Anxiety", "Nausea", "Headache"])
    move(alice, first, -1)
    move(alice, third, 1)
    assert names(alice) == ["Anxiety", "Nausea", "Headache"]
    move(alice, third, -1)
    assert names(alice) == ["Anxiety", "Headache", "Nausea"]
    move(alice, first, 1)
    assert names(alice) == ["Headache", "Anxiety", "Nausea"]


def test_looking_up_many_known_names_costs_no_query(alice, django_assert_num_queries):
    track(alice, ["Anxiety", "Nausea"])
    existing = known(alice)
    with django_assert_num_queries(0):
        symptom_for(alice, "anxious", existing)
        symptom_for(alice, "nausea", existing)
