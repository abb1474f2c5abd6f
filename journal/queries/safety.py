"""The person's own help: their safety plan and the people who can help."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Window

from journal.catalogue.safety_plan import PARTS, Part
from journal.models import Deleted, SafetyPlan, SupportPerson
from journal.models.deleted import delete_with_undo
from journal.models.profile import one_at_a_time
from journal.queries.order import last_position, moved, number

MOST_IN_HELP = 30
"""So many people stand where help is shown: the first of the person's order. The list has them all."""


@dataclass(frozen=True)
class OwnHelp:
    """What stands beside the public lines where help is shown. ``plan`` is None until something is written in it.
    ``more`` people are to be shown than the first few, who are in ``people``."""

    plan: SafetyPlan | None
    people: tuple[SupportPerson, ...]
    more: int = 0

    @property
    def parts(self) -> list[tuple[Part, str]]:
        """The six parts with what is written in each, blank where nothing is."""
        return [(part, getattr(self.plan, part.field).strip() if self.plan else "") for part in PARTS]

    @property
    def written(self) -> list[tuple[Part, str]]:
        """Only the parts in which something stands."""
        return [(part, text) for part, text in self.parts if text]

    @property
    def changed_at(self) -> dt.datetime | None:
        """When the plan was last changed; None without one."""
        return self.plan.updated if self.plan else None


def own_help(owner) -> OwnHelp:
    """The safety plan, and the people to be shown in a crisis, in the person's order. Two queries."""
    plan = SafetyPlan.objects.of(owner).first()
    if plan and not any(getattr(plan, part).strip() for part in SafetyPlan.PARTS):
        plan = None
    # Each row says how many there are in all: that costs no query of its own, however long the list.
    in_all = people(owner).filter(in_crisis=True).annotate(in_all=Window(Count("pk")))
    shown = tuple(in_all[:MOST_IN_HELP])
    return OwnHelp(plan, shown, shown[0].in_all - len(shown) if shown else 0)


# -- the plan --------------------------------------------------------------------------------------------------


def words_of(owner) -> dict[str, str]:
    """What is stored in each part of the person's plan; blanks where there is none."""
    plan = SafetyPlan.objects.of(owner).first()
    return {part: getattr(plan, part) if plan else "" for part in SafetyPlan.PARTS}


@dataclass(frozen=True)
class SavedPlan:
    """What saving did: ``is_blank`` when nothing stands in the plan now, ``deleted`` to put back what did before."""

    is_blank: bool = False
    deleted: Deleted | None = None


@transaction.atomic
def save_plan(owner, words: Mapping[str, str]) -> SavedPlan:
    """Write ``words`` (a part -> its text) into the plan; parts that are not named stay as they are.

    The time of the last change moves only when something is another. A plan in which nothing is left is deleted, so
    that it can be put back.
    """
    one_at_a_time(owner)
    plan = SafetyPlan.objects.of(owner).first() or SafetyPlan(owner=owner)
    before = {part: getattr(plan, part) for part in SafetyPlan.PARTS}
    after = {**before, **words}
    if not any(text.strip() for text in after.values()):
        deleted = delete_with_undo(owner, plan, "Safety plan") if any(before.values()) else None
        return SavedPlan(is_blank=True, deleted=deleted)
    if after != before:
        for part, text in after.items():
            setattr(plan, part, text)
        plan.save()
    return SavedPlan()


# -- the people ------------------------------------------------------------------------------------------------

SAID = ("name", "role", "helps_with", "knows", "phone", "takes_texts", "in_crisis")
"""What a person says of somebody who can help."""


def people(owner):
    """Everybody who can help, in the person's order."""
    return SupportPerson.objects.of(owner)


def place_of(owner, row: SupportPerson) -> int:
    """How many people stand before this one in the person's order."""
    keys = list(people(owner).values_list("pk", flat=True))
    return keys.index(row.pk) if row.pk in keys else 0


@transaction.atomic
def add_person(owner, **said) -> tuple[SupportPerson, bool]:
    """Add somebody at the end of the list; (who, whether they are new). Said twice alike they stand there once."""
    # Two requests of one person wait for each other here, so that a double press finds what the first one wrote.
    one_at_a_time(owner)
    rows = list(people(owner))
    there = next((row for row in rows if all(getattr(row, name) == value for name, value in said.items())), None)
    if there:
        return there, False
    return SupportPerson.objects.create(owner=owner, position=last_position(rows), **said), True


def change_person(owner, row: SupportPerson, **said) -> None:
    """Write what is said of somebody now; what is not named stays. (Where they were taken off the list meanwhile,
    nothing happens.)"""
    if said:
        people(owner).filter(pk=row.pk).update(**said)


@transaction.atomic
def move_person(owner, row: SupportPerson, places: int) -> None:
    """Move somebody up (-1) or down (+1) in the person's order; at the end of the list nothing happens."""
    one_at_a_time(owner)
    number(moved(list(people(owner)), row, places) or [])
