"""Red flags: each leads to somebody, and the most urgent come first."""

import pytest

from journal.catalogue.red_flags import RED_FLAGS, Action, by_action


@pytest.mark.parametrize(
    ("words", "action"),
    [
        ("act on thoughts of ending your life", "emergency"),
        ("Thoughts of suicide or self-harm", "crisis_line"),
        ("harming someone else", "crisis_line"),
        ("seizure (a fit)", "emergency"),
        ("Fainting, chest pain, or trouble breathing", "emergency"),
        ("Severe confusion", "emergency"),
        ("mania", "today"),
        ("restlessness that is unbearable", "today"),
        ("Fever with stiff", "emergency"),
        ("keep fluids down", "today"),
        ("benzodiazepine, a z-drug, pregabalin or gabapentin", "today"),
        ("pregnant", "specialist"),
    ],
)
def test_what_leads_where(words, action):
    assert [flag.action for flag in RED_FLAGS.values() if words in flag.text] == [action]


def test_the_most_urgent_come_first():
    assert [action for action, _ in by_action()] == list(Action) == ["emergency", "crisis_line", "today", "specialist"]
    assert [flag for _, flags in by_action() for flag in flags] == list(RED_FLAGS.values())


@pytest.mark.parametrize("flag", RED_FLAGS.values(), ids=list(RED_FLAGS))
def test_each_says_what_to_do(flag):
    assert flag.what_to_do.endswith(".")
    if flag.action is Action.EMERGENCY:
        assert "Call the emergency number" in flag.what_to_do
    assert not any(character.isdigit() for character in flag.what_to_do)  # numbers depend on the country


@pytest.mark.parametrize("slug", ["akathisia", "mania"])
def test_same_day_becomes_emergency_when_unsafe(slug):
    assert "emergency number" in RED_FLAGS[slug].what_to_do
