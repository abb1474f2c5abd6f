"""Where every fact of the catalogue comes from.

A fact names the key of a source; the key leads to a title, an address and an honest word on how
the source was read. docs/clinical-sources.md lists them all for people.
"""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Evidence(StrEnum):
    """How well we know that the source says it: the evidence mark."""

    READ = "read"
    COPY = "copy"
    QUOTED = "quoted"
    OWN = "own"

    @property
    def label(self) -> str:
        return {
            Evidence.READ: "Read on the publisher's own page",
            Evidence.COPY: "Read in a copy of it",
            Evidence.QUOTED: "Known from others who quote it",
            Evidence.OWN: "Our own wording",
        }[self]


@dataclass(frozen=True, slots=True)
class Source:
    """One publication or page. `year` is None and `address` is "" where they are not known."""

    key: str
    title: str
    publisher: str
    year: int | None
    address: str
    note: str
    evidence: Evidence


def _load() -> dict[str, Source]:
    text = Path(__file__).with_name("sources.toml").read_text(encoding="utf-8")
    return {
        key: Source(
            key=key,
            title=row["title"],
            publisher=row["publisher"],
            year=row.get("year"),
            address=row.get("address", ""),
            note=row["note"],
            evidence=Evidence(row["evidence"]),
        )
        for key, row in tomllib.loads(text).items()
    }


SOURCES: dict[str, Source] = _load()

OWN = "own"
"""The key of what is in our own words and claims nothing for anybody else: no publication to name."""
