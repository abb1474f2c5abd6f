"""Skills practised in writing: complete, careful, and known by slugs that stay."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.catalogue.skills import SKILLS
from journal.catalogue.sources import SOURCES
from journal.catalogue.written import ACTIVITY, WRITTEN, said_words


@pytest.mark.parametrize("slug", WRITTEN)
def test_each_belongs_to_a_skill_and_has_its_source(slug):
    assert slug in SKILLS
    assert WRITTEN[slug].source is SOURCES[SKILLS[slug].source]


def test_an_activity_has_pages_of_its_own():
    assert ACTIVITY in SKILLS
    assert ACTIVITY not in WRITTEN


@pytest.mark.parametrize("slug", WRITTEN)
def test_the_words_are_short_and_calm(slug):
    written = WRITTEN[slug]
    assert written.parts and written.intro.endswith(".")
    for part in written.parts:
        assert len(part.label.split()) <= 9, part.label
        assert not part.hint or part.hint.endswith((".", "?")), part.hint
        assert 2 <= part.rows <= 6
    said = " ".join([written.intro, *(f"{part.label} {part.hint}" for part in written.parts)])
    assert "!" not in said
    assert not re.search(r"\b(should|must|have to|well done)\b", said, re.I)


@pytest.mark.parametrize("slug", WRITTEN)
def test_no_two_parts_share_a_slug(slug):
    written = WRITTEN[slug]
    count = len(written.parts) + (2 * written.lines.most if written.lines else 0) + bool(written.checklist)
    assert len(written.labels()) == count


def test_a_thought_record_leads_to_help():
    assert WRITTEN["thought-record"].asks_help
    assert "Help now" in SKILLS["thought-record"].caution


def test_worry_time_lasts_as_long_as_its_skill_says():
    assert WRITTEN["worry-time"].timer == 15
    assert SKILLS["worry-time"].minutes_text == "15 min"


@pytest.mark.parametrize(
    ("slug", "said", "words"),
    [
        ("thought-record", {}, []),
        (
            "thought-record",
            {"felt": "afraid", "happened": "the till"},
            [("What happened", "the till"), ("What you felt", "afraid")],
        ),
        ("thought-record", {"gone": "an old part", "felt": ""}, [("gone", "an old part")]),
        (
            "worry-time",
            {"worry-2-answer": "No", "worry-2": "the rent"},
            [("Worry 2", "the rent"), ("Can I do something about it?", "No")],
        ),
        ("wind-down", {"done": "one\ntwo"}, [("Done this evening", "one\ntwo")]),
        (ACTIVITY, {"activity": "a walk"}, [("What", "a walk")]),
        ("my-tea", {"anything": "text"}, [("anything", "text")]),
    ],
)
def test_what_was_said_in_the_order_of_the_page(slug, said, words):
    assert said_words(slug, said) == words


@given(
    st.sampled_from([*WRITTEN, ACTIVITY, "my-own"]),
    st.dictionaries(st.text(max_size=12), st.text(max_size=9), max_size=9),
)
def test_nothing_that_was_said_is_left_out(slug, said):
    assert sorted(text for _, text in said_words(slug, said)) == sorted(text for text in said.values() if text)
