"""The pages of Learn: short, in our own words, each clinical statement with the source that says it.

The words stand in learn_pages/<slug>.toml, a file a page. A statement without a source claims nothing of the body or of
a medication: it is about the journal, or a suggestion. What is in dispute has both sides in one table.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal.catalogue.curves import CURVES
from journal.catalogue.red_flags import RED_FLAGS
from journal.catalogue.sources import OWN

WORDS_A_MINUTE = 200
"""How fast people read, for the reading time. A round number: the time is a hint."""

DRAWN = frozenset({"curve", "red-flags", "help-now"})
"""What a section can hold besides words: the curve of a medication, the signs to act on, the way to help."""


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph or a point of a list, with the keys of the sources that say it."""

    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: what it is about, and the two sides."""

    about: str
    left: str
    right: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Two things side by side. ``caption`` says what is compared; ``left`` and ``right`` are their names."""

    caption: str
    left: str
    right: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a section: exactly one of a paragraph, a list, a table, or the name of what is drawn.

    ``sources`` are those of a whole list, with the paragraph that leads to it.
    """

    said: Said | None = None
    points: tuple[Said, ...] = ()
    sources: tuple[str, ...] = ()
    table: Table | None = None
    drawn: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Where to go on: the name of a page of the site, with its ``slug`` or ``anchor`` where it has one.

    ``is_private``: the page needs an account, so the link is shown only to somebody who is signed in.
    """

    text: str
    page: str
    slug: str = ""
    anchor: str = ""
    is_private: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One page of Learn."""

    slug: str
    title: str
    summary: str
    sections: tuple[Section, ...]
    links: tuple[Link, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """What stands under all headings, in the order of the page."""
        return tuple(part for section in self.sections for part in section.parts)

    @property
    def drawn(self) -> frozenset[str]:
        """The names of what is drawn on it."""
        return frozenset(part.drawn for part in self.parts if part.drawn)

    @property
    def sources(self) -> tuple[str, ...]:
        """The keys of all sources, each once, in the order of the page; our own wording is none."""
        keys: list[str] = []
        for part in self.parts:
            rows = part.table.rows if part.table else ()
            keys += [key for one in (part.said, *part.points, *rows) if one for key in one.sources]
            keys += part.sources
            if part.drawn == "curve":
                keys += [curve.source for curve in CURVES]
            elif part.drawn == "red-flags":
                keys += [key for flag in RED_FLAGS.values() for key in flag.sources]
        return tuple(key for key in dict.fromkeys(keys) if key != OWN)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that is read on the page, piece by piece, headings first; a drawing is not in it."""
        found = [self.summary, *(section.heading for section in self.sections)]
        for part in self.parts:
            found += [one.text for one in (part.said, *part.points) if one]
            if part.table:
                found += [part.table.caption, part.table.left, part.table.right]
                found += [text for row in part.table.rows for text in (row.about, row.left, row.right)]
            if part.drawn == "red-flags":
                found += [text for flag in RED_FLAGS.values() for text in (flag.text, flag.what_to_do)]
        return tuple(found)

    @property
    def minutes(self) -> int:
        """How long it takes to read, in whole minutes, rounded up."""
        words = sum(len(re.findall(r"\S+", text)) for text in self.texts)
        return max(1, -(-words // WORDS_A_MINUTE))


def _said(row: dict[str, Any]) -> Said:
    return Said(row["text"], tuple(row.get("sources", ())))


def _table(row: dict[str, Any]) -> Table:
    rows = (Row(line["about"], line["left"], line["right"], tuple(line["sources"])) for line in row["rows"])
    return Table(row["caption"], row["left"], row["right"], tuple(rows))


def _part(row: dict[str, Any]) -> Part:
    if "drawn" in row:
        if row["drawn"] not in DRAWN:
            raise ValueError(f"nothing is drawn by the name of {row['drawn']}")
        return Part(drawn=row["drawn"])
    if "points" in row:
        return Part(points=tuple(_said(point) for point in row["points"]), sources=tuple(row.get("sources", ())))
    return Part(table=_table(row)) if "rows" in row else Part(said=_said(row))


def _section(row: dict[str, Any]) -> Section:
    return Section(row["heading"], tuple(_part(part) for part in row["parts"]))


def _page(slug: str, file: dict[str, Any]) -> Page:
    sections = tuple(_section(row) for row in file["sections"])
    return Page(slug, file["title"], file["summary"], sections, tuple(Link(**link) for link in file["links"]))


_ORDER = (
    "withdrawal-or-relapse",
    "windows-and-waves",
    "last-milligrams",
    "side-effects-worth-telling",
    "feelings-about-coming-off",
    "working-with-a-therapist",
    "peer-support",
    "when-to-seek-help",
)


def _load() -> dict[str, Page]:
    folder = Path(__file__).with_name("learn_pages")
    return {slug: _page(slug, tomllib.loads((folder / f"{slug}.toml").read_text(encoding="utf-8"))) for slug in _ORDER}


LEARN: dict[str, Page] = _load()
"""The pages by slug, in the order in which they are listed."""
