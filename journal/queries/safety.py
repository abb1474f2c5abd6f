"""The person's own help: their safety plan and the people who can help."""

from dataclasses import dataclass

from journal.models import SafetyPlan, SupportPerson


@dataclass(frozen=True)
class OwnHelp:
    """What stands beside the public lines where help is shown. ``plan`` is None until something is written in it."""

    plan: SafetyPlan | None
    people: tuple[SupportPerson, ...]


def own_help(owner) -> OwnHelp:
    """The safety plan, and the people to be shown in a crisis, in the person's order. Two queries."""
    plan = SafetyPlan.objects.of(owner).first()
    if plan and not any(getattr(plan, part).strip() for part in SafetyPlan.PARTS):
        plan = None
    return OwnHelp(plan, tuple(SupportPerson.objects.of(owner).filter(in_crisis=True)))
