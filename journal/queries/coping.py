"""Coping skills, built-in and the person's own, and what came of practising them."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F, Max, Min

from journal.analysis.practice import SHOWN_FROM, Change, change
from journal.catalogue.skills import SKILLS, by_group
from journal.catalogue.skills import Skill as Builtin
from journal.models import Practice, Skill
from journal.models.profile import one_at_a_time
from journal.queries.slugs import free_slug
from journal.queries.symptoms import name_key

OWN = "my-"
"""Every slug of an own skill begins so. None can then hide an address ("new") or a built-in skill, now or later."""

SAME_FORM = 60 * 60 * 24
SAME_PRESS = 10
SAME_WORDS = 60 * 15
"""So many seconds what was written word for word again, with the same figures, is the practice saved before."""


@dataclass(frozen=True)
class Shown:
    """A skill as pages show it: the catalogue's words where it is built in, the person's own else.

    ``row`` is None for a built-in skill that was never practised and of which nothing was said.
    """

    slug: str
    name: str
    builtin: Builtin | None
    row: Skill | None
    times: int = 0
    change: Change | None = None

    @property
    def standing(self) -> str:
        """What the person says of it: a value of ``Skill.Standing``, blank while nothing was said."""
        return self.row.standing if self.row else ""

    @property
    def too_few(self) -> bool:
        """Practised often enough, but before and after are not both known often enough."""
        return self.times >= SHOWN_FROM and self.change is None


@dataclass(frozen=True)
class Group:
    """Skills under one heading."""

    title: str
    skills: tuple[Shown, ...]


def is_builtin(row: Skill) -> bool:
    """Whether the catalogue has this skill. One that left the catalogue is the person's own from then on."""
    return row.builtin in SKILLS


def shown(row: Skill, **counted) -> Shown:
    """``row`` as a page shows it."""
    builtin = SKILLS.get(row.builtin)
    return Shown(row.slug, builtin.name if builtin else row.name, builtin, row, **counted)


def shown_skill(owner, slug: str) -> Shown | None:
    """The person's skill of this slug, else the built-in one; None when there is neither."""
    row = Skill.objects.of(owner).filter(slug=slug).annotate(times=Count("practices")).first()
    if row:
        return shown(row, times=row.times, change=changes(Practice.objects.of(owner).filter(skill=row)).get(row.pk))
    builtin = SKILLS.get(slug)
    return Shown(slug, builtin.name, builtin, None) if builtin else None


def inventory(owner) -> list[Group]:
    """All skills in the groups of the page, the person's own under "Your own"; three queries."""
    found = changes(Practice.objects.of(owner))
    rows = Skill.objects.of(owner).annotate(times=Count("practices")).order_by("created", "pk")
    mine = [shown(row, times=row.times, change=found.get(row.pk)) for row in rows]
    by_slug = {skill.builtin.slug: skill for skill in mine if skill.builtin}
    groups = [
        Group(title, tuple(by_slug.get(b.slug) or Shown(b.slug, b.name, b, None) for b in builtins))
        for title, builtins in by_group()
    ]
    return [*groups, Group("Your own", tuple(skill for skill in mine if not skill.builtin))]


def showing(groups: list[Group], show: str = "") -> list[Group]:
    """The groups with the skills of one standing; without one all but those that are not for the person."""

    def is_shown(skill: Shown) -> bool:
        return skill.standing == show if show else skill.standing != Skill.Standing.NOT_FOR_ME

    return [Group(group.title, tuple(filter(is_shown, group.skills))) for group in groups]


def how_many(groups: list[Group]) -> dict[str, int]:
    """How many skills ``showing`` has by standing; "" is the number of those shown without one."""
    return {show: sum(len(group.skills) for group in showing(groups, show)) for show in ("", *Skill.Standing.values)}


def changes(practices) -> dict[int, Change]:
    """By skill's pk, what its practices did to distress, where enough of them have both figures.

    One query. Counts of equal pairs of figures, not rows, come from the database: of whole figures at most 121 a skill,
    however long the record.
    """
    both = practices.filter(before__isnull=False, after__isnull=False).order_by()
    counts: dict[int, dict] = defaultdict(dict)
    for skill, before, after, n in both.values_list("skill", "before", "after").annotate(n=Count("pk")):
        counts[skill][before, after] = n
    return {skill: found for skill, pairs in counts.items() if (found := change(pairs)) is not None}


def practices_of(owner, skill: Skill | None):
    """The practices of one skill, latest first; none for a built-in skill that has no row yet."""
    if skill is None:
        return Practice.objects.none()
    return Practice.objects.of(owner).filter(skill=skill).order_by("-date", F("time").desc(nulls_last=True), "-pk")


def practice_span(owner, skill: Skill) -> dict:
    """How many practices of ``skill`` there are (``n``), and the ``first`` and ``last`` day."""
    return Practice.objects.of(owner).filter(skill=skill).aggregate(n=Count("pk"), first=Min("date"), last=Max("date"))


def form_key_of(data) -> str:
    """The word by which ``log_practice`` knows a form again: the page's own; a page that a device keeps has none, and
    goes by the number with which a script sends it. "" where there is neither."""
    return (data.get("form_key") or data.get("uid") or "")[:40]


# --- writing ------------------------------------------------------------------------------------------------------


def skill_for(owner, slug: str) -> Skill:
    """The person's row for the skill of this slug; made when a built-in one is used for the first time.

    Raises KeyError for a slug that is neither theirs nor built in.
    """
    row = Skill.objects.of(owner).filter(slug=slug).first()
    if row:
        return row
    builtin = SKILLS[slug]
    return Skill.objects.get_or_create(owner=owner, slug=slug, defaults={"name": builtin.name, "builtin": slug})[0]


@transaction.atomic
def log_practice(owner, slug: str, fields: dict, form_key: str = "") -> Practice:
    """Record one practice of the skill, unless this very form was sent before.

    ``form_key`` is a random word that each empty form carries. The same word with the same content is a second
    press, or a try again after the connection broke: the practice of the first is returned. Other content under the
    same word (somebody went back and changed it) is another practice. Without a word, ten seconds decide. And where
    something was written, a quarter of an hour decides whatever the form: by the way Back a browser without script puts
    old words on a new one.
    """
    practice = Practice.objects.create(skill=skill_for(owner, slug), **fields)
    same = [(form_key, SAME_FORM if form_key else SAME_PRESS)]
    if fields.get("said"):
        same.append((None, SAME_WORDS))
    for form, keep in same:
        content = repr((owner.pk, practice.skill_id, form, sorted(fields.items())))
        key = f"practice-{hashlib.sha256(content.encode()).hexdigest()}"
        # add() is one insert into a table with a unique key, in this transaction: of two at once one sees the other.
        if not cache.add(key, practice.pk, keep):
            earlier = Practice.objects.of(owner).filter(pk=cache.get(key)).exclude(pk=practice.pk).first()
            if earlier:
                practice.delete()
                return earlier
            cache.set(key, practice.pk, keep)  # it was deleted since: this one stands
    return practice


def change_practice(practice: Practice, fields: dict) -> bool:
    """Write these columns of a practice; False where it was deleted meanwhile: it stays so."""
    for name, value in fields.items():
        setattr(practice, name, value)
    return bool(Practice.objects.of(practice.skill.owner).filter(pk=practice.pk).update(**fields))


def set_standing(owner, slug: str, standing: str) -> None:
    """What the person says of the skill of this slug; blank takes it back. Raises KeyError as ``skill_for`` does."""
    if standing or Skill.objects.of(owner).filter(slug=slug).exists():
        row = skill_for(owner, slug)
        row.standing = standing
        row.save(update_fields=["standing"])


def save_own_words(owner, slug: str, reach_for: str, notes: str) -> None:
    """When to reach for a built-in skill, and the person's own notes on it. Raises KeyError as ``skill_for`` does."""
    if reach_for or notes or Skill.objects.of(owner).filter(slug=slug).exists():
        row = skill_for(owner, slug)
        row.reach_for, row.notes = reach_for, notes
        row.save(update_fields=["reach_for", "notes"])


@transaction.atomic
def save_own_skill(owner, name: str, steps: str, skill: Skill | None = None, **said: str) -> Skill:
    """Add an own skill, or change ``skill``. ``said`` are ``standing``, ``reach_for`` and ``notes``; what is not named
    stays as it is. The same name with the same words again is the same skill.

    Raises ValidationError with a sentence when the name is that of another skill of the list.
    """
    # Two requests of one person wait for each other here, so that both cannot make the same skill.
    one_at_a_time(owner)
    rows = list(Skill.objects.of(owner))
    key = name_key(name)
    if any(name_key(builtin.name) == key for builtin in SKILLS.values()):
        raise ValidationError(f"“{name}” is in the list already. You can practise it from there, or use another name.")
    for row in rows:
        if name_key(row.name) == key and not is_builtin(row) and (skill is None or row.pk != skill.pk):
            if skill is None and all(getattr(row, field) == text for field, text in {"steps": steps, **said}.items()):
                return row
            raise ValidationError(f"You have a skill called “{row.name}” already. Change it, or use another name.")
    if skill is None:
        taken = {row.slug.removeprefix(OWN) for row in rows}
        skill = Skill(owner=owner, slug=OWN + free_slug(name, taken, "skill"))
    # The slug stays when the name changes: addresses that were kept go on working.
    skill.name, skill.steps = name, steps
    for field, text in said.items():
        setattr(skill, field, text)
    skill.save()
    return skill
