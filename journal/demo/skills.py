"""What the demo person says of their skills, and what the practices were about."""

import random

from journal.demo.person import DemoPerson
from journal.models import Practice, Skill
from journal.queries.coping import save_own_skill, set_standing

WORKS, LEARNING, NOT_FOR_ME = Skill.Standing.WORKS, Skill.Standing.LEARNING, Skill.Standing.NOT_FOR_ME

# By slug: how it stands, when to reach for it, own notes. Only what was practised has a word said of it.
SAID = {
    "breathing-5-5": (WORKS, "When my heart races for no reason.", "Four in is enough on a bad day."),
    "grounding-5-4-3-2-1": (WORKS, "On the train, and before I open the post.", ""),
    "muscle-relaxation": (LEARNING, "After nine, with the lamp off.", "Leave out the neck."),
    "worry-time": (LEARNING, "", "At the kitchen table, never in bed."),
}
NOT_THEIRS = "box-breathing"
OWN = (
    "Hands in warm water",
    "Fill the basin.\nBoth hands in, up to the wrists.\nCount ten breaths.",
    "When it tingles.",
)

# What a practice was about, by skill; blank is not said. And about how many minutes it took.
ABOUT = {
    "breathing-5-5": (("anxiety", "anxiety", "anxiety", "restlessness", "before-something", ""), (3, 5)),
    "long-exhale": (("anxiety", "anger", "before-something", ""), (1, 2)),
    "grounding-5-4-3-2-1": (("anxiety", "anxiety", "thoughts", "body", ""), (3, 6)),
    "worry-time": (("thoughts", "thoughts", "no-reason", ""), (10, 15)),
    "muscle-relaxation": (("sleepless", "sleepless", "restlessness", "body", ""), (10, 20)),
    "awake-at-night": (("sleepless", "sleepless", ""), (15, 30)),
}


def write_skills(owner, person: DemoPerson) -> None:
    """Standing and own words of the skills that ``person`` practised; what each practice was about, and how long.

    Deterministic from the person. Comes after the practices are written.
    """
    if not person.practices:
        return
    skills = list(Skill.objects.of(owner).filter(slug__in=SAID))
    for skill in skills:
        skill.standing, skill.reach_for, skill.notes = SAID[skill.slug]
    Skill.objects.bulk_update(skills, ["standing", "reach_for", "notes"])
    set_standing(owner, NOT_THEIRS, NOT_FOR_ME)
    name, steps, reach_for = OWN
    save_own_skill(owner, name, steps, standing=WORKS, reach_for=reach_for, notes="")
    rng = random.Random(f"{len(person.practices)}/{person.first_day}/about")
    rows = list(Practice.objects.of(owner).select_related("skill").order_by("date", "time", "pk"))
    for row in rows:
        about, (least, most) = ABOUT[row.skill.builtin]
        row.situation = rng.choice(about)
        row.minutes = rng.randint(least, most) if rng.random() < 0.7 else None
    Practice.objects.bulk_update(rows, ["situation", "minutes"], batch_size=500)
