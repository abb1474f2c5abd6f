"""What the chart of aligned dose changes is made of. No matplotlib, no Django."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from journal.analysis.aligned import LEAST_OF_MIDDLE, Aligned, Middle, Numbered, aligned, middle_half
from journal.analysis.quiet import Quiet
from journal.analysis.responses import Response

from .model import Better

MOST_LINES = 12
"""Of more changes than this, those that neither rose nor are the latest are drawn as their middle half."""


@dataclass(frozen=True)
class AlignedData:
    """What followed the dose changes from ``first`` to ``last``: of the measure called ``name``, 10 best or worst.

    ``responses``: one a change, the earliest first. ``values``: the measure by day, the week before each change and
    its window at least. ``medication``: whose dose it was, where the person takes several, else blank. ``private``: no
    headline names it or says how it went. ``quiet``: how often the rule fires without a change.
    """

    first: date
    last: date
    name: str
    better: Better
    responses: tuple[Response, ...]
    values: Mapping[date, object]
    medication: str = ""
    private: bool = False
    quiet: tuple[Quiet, ...] = ()

    @cached_property
    def lines(self) -> tuple[Aligned, ...]:
        """Those that have a week before, the earliest first."""
        found = (aligned(self.values, response) for response in self.responses)
        return tuple(line for line in found if line)

    @property
    def latest(self) -> Aligned | None:
        """The line of the latest change that has one."""
        return self.lines[-1] if self.lines else None

    @property
    def rose(self) -> tuple[Aligned, ...]:
        """The lines after which the rule found a rise, without the latest."""
        return tuple(line for line in self.lines[:-1] if line.response.rose)

    @property
    def others(self) -> tuple[Aligned, ...]:
        """The lines that did not, without the latest; drawn one by one, or as their middle half."""
        return tuple(line for line in self.lines[:-1] if not line.response.rose)

    @property
    def is_crowded(self) -> bool:
        """Whether the others are drawn as their middle half."""
        return len(self.lines) > MOST_LINES and len(self.others) >= LEAST_OF_MIDDLE

    @cached_property
    def middle(self) -> dict[int, Middle]:
        """The middle half of the others by day, where they are too many; in the week before of all but the latest."""
        if not self.is_crowded:
            return {}
        before = {day: middle for day, middle in middle_half(self.lines[:-1]).items() if day < 0}
        return before | {day: middle for day, middle in middle_half(self.others).items() if day >= 0}

    @property
    def drawn(self) -> tuple[Aligned, ...]:
        """The lines that are drawn each for itself, the earliest first."""
        return tuple(line for line in self.lines if not (self.is_crowded and line in self.others))

    def means_of(self, line: Aligned) -> Numbered:
        """The means that are drawn of one of these: among many, the week before of the latest alone."""
        if self.is_crowded and line is not self.latest:
            return {day: mean for day, mean in line.means.items() if day >= 0}
        return line.means
