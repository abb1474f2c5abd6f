"""Coping skills: complete, timed as their sums say, and careful."""

import re

import pytest

from journal.catalogue.skills import DIZZY, GROUPS, HOLDS, SKILLS, by_group


@pytest.mark.parametrize("skill", SKILLS.values(), ids=list(SKILLS))
def test_each_skill_is_complete(skill):
    assert skill.group in GROUPS
    assert 4 <= len(skill.steps) <= 8
    assert skill.summary and skill.timing and skill.minutes_text
    for text in (skill.summary, *skill.steps):
        assert text.endswith((".", "?")), text
        assert len(text.split()) <= 22, text


def test_there_are_skills_for_each_time():
    assert len(SKILLS) >= 12
    assert [heading for heading, _ in by_group()] == ["For a bad moment", "For the day", "For the night"]
    assert all(len(skills) >= 3 for _, skills in by_group())
    assert sum(len(skills) for _, skills in by_group()) == len(SKILLS)


@pytest.mark.parametrize(
    ("slug", "minutes", "total"),
    [
        ("breathing-4-7-8", "76 s", (4 + 7 + 8) * 4),
        ("box-breathing", "up to 4 min", 4 + 4 + 4 + 4),
        ("long-exhale", "66 s", (3 + 3 + 5) * 6),
        ("muscle-relaxation", "5 min 20 s", (5 + 15) * 16),
    ],
)
def test_timings_add_up(slug, minutes, total):
    assert SKILLS[slug].minutes_text == minutes
    assert f"{total} s" in SKILLS[slug].timing


def test_muscle_relaxation_names_sixteen_parts():
    parts = " ".join(SKILLS["muscle-relaxation"].steps[2:7]).replace("Arms:", "").replace("Face:", "")
    assert len(re.findall(r"[^,.]+", parts.replace(". ", ", "))) == 16


@pytest.mark.parametrize(
    "slug", [slug for slug in SKILLS if "breathing-" in slug or "-breathing" in slug or "exhale" in slug]
)
def test_breathing_may_always_be_stopped(slug):
    skill = SKILLS[slug]
    if slug == "breathing-space":  # it watches the breath and does not change it
        return
    assert skill.caution.startswith(DIZZY)
    holds = any("Hold" in step for step in skill.steps)
    assert (skill.caution == HOLDS) is holds
    for step in skill.steps:
        if "Hold" in step:
            assert "skip the hold" in step
