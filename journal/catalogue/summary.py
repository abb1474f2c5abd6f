"""What a summary can be: who reads it, how long it is, and which sections it has. No Django."""

from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """Who the page is for; it decides the sections and their order."""

    PRESCRIBER = "prescriber"
    THERAPIST = "therapist"


class Length(StrEnum):
    """``BRIEF`` is exactly one page, ``FULL`` at most two. ``WHOLE`` takes as many as it needs: only by own choice."""

    BRIEF = "brief"
    FULL = "full"
    WHOLE = "whole"

    @property
    def most_pages(self) -> int | None:
        """So many pages at most; None without a limit."""
        return {Length.BRIEF: 1, Length.FULL: 2}.get(self)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page that can be switched off. ``readers``: on whose page it is."""

    key: str
    label: str
    readers: tuple[Reader, ...] = tuple(Reader)


_ALL = (
    Section("background", "Background of each medication"),
    Section("changes", "What followed changes, in words", (Reader.PRESCRIBER,)),
    Section("chart", "Chart"),
    Section("steps", "What was taken, and what followed each change", (Reader.PRESCRIBER,)),
    Section("levels", "Before the taper, during it, and since"),
    Section("scores", "Questionnaires and own scores"),
    Section("substances", "Alcohol and other substances", (Reader.PRESCRIBER,)),
    Section("events", "Events, by kind and day"),
    Section("helped", "What helped", (Reader.PRESCRIBER,)),
    Section("practice", "What was practised, and distress before and after", (Reader.THERAPIST,)),
    Section("homework", "Homework", (Reader.THERAPIST,)),
    Section("topics", "What I want to talk about", (Reader.THERAPIST,)),
    Section("questions", "Asked today"),
    Section("agreed", "Room for what is agreed"),
)
SECTIONS = {section.key: section for section in _ALL}


def sections_for(reader: Reader) -> list[Section]:
    """The sections of this reader's page, in the order in which they are chosen."""
    return [section for section in _ALL if reader in section.readers]
