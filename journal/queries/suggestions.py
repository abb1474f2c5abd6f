"""The page on which a person chooses what to keep an eye on: theirs, the suggested ones, and all others."""

from dataclasses import dataclass, replace

from journal.catalogue import symptoms as catalogue
from journal.catalogue.drugs import DrugClass
from journal.catalogue.sources import SOURCES, Source
from journal.models import Medication, Symptom
from journal.queries.symptoms import field_of, name_key

PRESELECTED = 5


@dataclass(frozen=True)
class Choice:
    """One line with a check box. ``value`` is what ``queries.symptoms.track`` takes."""

    value: str
    name: str
    description: str = ""
    words: str = ""
    red_flag: bool = False
    checked: bool = False
    builtin: catalogue.Symptom | None = None


@dataclass(frozen=True)
class Section:
    """Some choices under one heading. ``folded`` ones open on demand."""

    heading: str
    choices: tuple[Choice, ...]
    reason: str = ""
    source: Source | None = None
    folded: bool = False


@dataclass(frozen=True)
class Chooser:
    """The whole page. ``found`` is what was searched for; ``own`` is its name when it can be added as one's own."""

    sections: tuple[Section, ...]
    found: Section | None = None
    own: str = ""


def chooser(owner, query: str = "", chosen: list[str] | None = None, start: bool = False) -> Chooser:
    """What there is to choose from, each once; what fits ``query`` first.

    ``chosen`` are the names that were ticked on a page sent before; None is what is tracked now. With ``start`` a
    person who keeps an eye on nothing yet finds the first few suggestions ticked. Two queries.
    """
    rows = list(Symptom.objects.of(owner))
    kinds = list(dict.fromkeys(Medication.objects.of(owner).values_list("drug_class", flat=True)))
    shelf = _Shelf(rows, chosen)
    found = Section(f"Found for “{query}”", shelf.take_found(query))
    suggested = _suggested(shelf, kinds)
    if start and not rows and chosen is None and not query:
        suggested[0] = _first_ticked(suggested[0])
    sections = [
        Section("Your own", shelf.typed),
        Section("Also on your list", shelf.take_own(rows)),
        *suggested,
        *(Section(group, shelf.take_group(group), folded=True) for group in catalogue.GROUPS),
    ]
    return Chooser(
        sections=tuple(section for section in sections if section.choices),
        found=found if query else None,
        own=query if query and not shelf.knows(query) else "",
    )


class _Shelf:
    """Everything that can be chosen, by its key, each taken once."""

    def __init__(self, rows, chosen):
        self.left: dict[str, Choice] = {}
        mine = {row.builtin: row for row in rows if row.builtin}
        ticked = None if chosen is None else {name_key(name) for name in chosen}
        taken = {name_key(row.name) for row in rows}
        for symptom in catalogue.SYMPTOMS.values():
            row = mine.get(symptom.slug)
            # A name that the person gave to something else is theirs; it cannot be chosen twice.
            if row or name_key(symptom.name) not in taken:
                self._put(symptom.slug, row.name if row else symptom.name, ticked, row, symptom)
        for row in rows:
            if row.builtin not in catalogue.SYMPTOMS:
                self._put(f"own {row.pk}", row.name, ticked, row)
        self.names = {name_key(choice.name) for choice in self.left.values()}
        # Own ones that were added on this page and are not saved yet.
        added = [name for name in dict.fromkeys(chosen or []) if name_key(name) not in self.names]
        self.typed = tuple(Choice(value=name, name=name, checked=True) for name in added)

    def _put(self, key, name, ticked, row, symptom=None):
        checked = bool(row and row.tracked) if ticked is None else name_key(name) in ticked
        self.left[key] = Choice(
            value=name,
            name=name,
            description=symptom.description if symptom else "",
            words=" ".join(symptom.aliases) if symptom else "",
            red_flag=bool(symptom and symptom.red_flag),
            checked=checked,
            builtin=symptom,
        )

    def _take(self, keys) -> tuple[Choice, ...]:
        return tuple(self.left.pop(key) for key in list(keys) if key in self.left)

    def knows(self, query) -> bool:
        """Whether ``query`` is the name of something here, or another word for it."""
        return name_key(query) in self.names or catalogue.find(query) is not None

    def take_found(self, query):
        if not query:
            return ()
        own = [key for key, choice in self.left.items() if name_key(query) in name_key(choice.name)]
        return self._take([*(symptom.slug for symptom in catalogue.search(query)), *own])

    def take_suggested(self, kind):
        return self._take(symptom.slug for symptom in catalogue.suggested(kind))

    def take_own(self, rows):
        """The person's own ones, and built-in ones that they track but that are not suggested."""
        tracked = (row.builtin for row in rows if row.builtin and row.tracked)
        return self._take([*(key for key in self.left if key.startswith("own ")), *tracked])

    def take_group(self, group):
        return self._take(key for key in self.left if catalogue.SYMPTOMS[key].group == group)


def _suggested(shelf, kinds) -> list[Section]:
    sections, seen = [], set()
    for kind in kinds or [DrugClass.NOT_SURE]:
        heading = catalogue.suggestion_heading(kind)
        if heading not in seen:
            seen.add(heading)
            source = SOURCES.get(catalogue.suggestion_source(kind))
            sections.append(Section(heading, shelf.take_suggested(kind), catalogue.suggestion_reason(kind), source))
    return sections


def _first_ticked(section) -> Section:
    choices = (replace(choice, checked=place < PRESELECTED) for place, choice in enumerate(section.choices))
    return replace(section, choices=tuple(choices))


def known_symptoms(owner) -> list[dict]:
    """Every symptom that can be named on a day's page, for its script: the catalogue's and the person's own. One query.

    ``row`` is the field of one that is tracked already; ``words`` is what may be typed to find it.
    """
    rows = {row.builtin or name_key(row.name): row for row in Symptom.objects.of(owner)}
    known = []
    for symptom in catalogue.SYMPTOMS.values():
        row = rows.pop(symptom.slug, None)
        known.append(
            {
                "name": row.name if row else symptom.name,
                "words": " ".join([symptom.name, *symptom.aliases]),
                "says": f"{symptom.description} {catalogue.explanation(symptom).sentence}",
                "row": field_of(row.pk) if row and row.tracked else "",
            }
        )
    own = [
        {"name": row.name, "words": "", "says": "", "row": field_of(row.pk) if row.tracked else ""}
        for row in rows.values()
    ]
    return own + known
