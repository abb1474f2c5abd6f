"""Practices in writing, and the person's own lines of a checklist."""

from journal.models import Skill
from journal.queries.coping import skill_for


def own_items(owner, slug: str) -> tuple[str, ...]:
    """The person's own lines of the checklist of this skill, kept in ``steps``: a built-in skill has that free."""
    steps = Skill.objects.of(owner).filter(slug=slug).values_list("steps", flat=True).first() or ""
    return tuple(line for line in steps.split("\n") if line)


def keep_own_items(owner, slug: str, items: str) -> None:
    """Keep the lines (text, a line each) in place of those that were there."""
    skill = skill_for(owner, slug)
    skill.steps = items
    skill.save(update_fields=["steps"])
