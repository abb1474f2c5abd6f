"""What asks for specialist advice: told in the person's own words, and never more than a source says."""

import pytest

from journal.catalogue.conditions import CONDITIONS, known_conditions


def test_there_are_four():
    assert list(CONDITIONS) == ["pregnancy", "epilepsy", "bipolar", "alcohol"]


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=list(CONDITIONS))
def test_each_speaks_in_the_first_person_and_sends_to_the_prescriber(condition):
    assert condition.label.startswith("I ")
    assert "specialist advice" in condition.note
    assert condition.key in CONDITIONS


def test_our_own_note_claims_nothing_for_others():
    for condition in CONDITIONS.values():
        assert ("guideline" in condition.note) == (condition.source != "own")


def test_unknown_keys_are_passed_over():
    assert [c.key for c in known_conditions(["alcohol", "gone", "pregnancy"])] == ["pregnancy", "alcohol"]
    assert known_conditions([]) == ()
