"""What the person chose to hand over: to whom, how long, which sections and medicines, and what private."""

from dataclasses import dataclass, field

from journal.catalogue.summary import Length, Reader


@dataclass(frozen=True)
class Choices:
    """One choice for one reader. What is not switched off is on, but nothing private is unless it is switched on.

    ``sections_off``: keys of ``catalogue.summary.SECTIONS``. ``medications_off``: keys of medications. ``private``:
    keys of ``queries.private_items``. ``paper``: a value of ``Profile.Paper``.
    """

    reader: Reader = Reader.PRESCRIBER
    length: Length = Length.BRIEF
    paper: str = "a4"
    sections_off: frozenset[str] = field(default_factory=frozenset)
    medications_off: frozenset[int] = field(default_factory=frozenset)
    private: frozenset[str] = field(default_factory=frozenset)

    def has(self, section: str) -> bool:
        """Whether a section is on."""
        return section not in self.sections_off
