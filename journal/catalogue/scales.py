"""The rating scale: 0 to 10 in five bands, each with a word, a height and a tone. No Django."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise


@dataclass(frozen=True)
class Band:
    """``low`` to ``high`` in whole numbers; a finer value belongs to the band below ``under``.

    ``pick`` is the value that the band's one big target stands for.
    """

    index: int
    low: int
    high: int
    pick: int
    under: Fraction

    @property
    def face(self) -> str:
        """What stands on the target: 0, 1–3."""
        return str(self.low) if self.low == self.high else f"{self.low}–{self.high}"

    @property
    def values(self) -> range:
        return range(self.low, self.high + 1)


BANDS = (
    Band(0, 0, 0, 0, Fraction("0.5")),
    Band(1, 1, 3, 2, Fraction("3.5")),
    Band(2, 4, 6, 5, Fraction("6.5")),
    Band(3, 7, 9, 8, Fraction("9.5")),
    Band(4, 10, 10, 10, Fraction("10.1")),
)
assert all(a.high + 1 == b.low for a, b in pairwise(BANDS))

SEVERITY = ("None", "Mild", "Moderate", "Severe", "Unbearable")
# Where 10 is best, each measure has its own words.
BEST = {
    "mood": ("Lowest", "Low", "In between", "Good", "Best"),
    "energy": ("None", "Low", "In between", "Good", "Best"),
    "sleep_quality": ("Not at all", "Poorly", "In between", "Well", "Best"),
    "function": ("Nothing", "Little", "Some", "Most", "Everything"),
}
NEITHER = ("Lowest", "Low", "In between", "High", "Highest")
NOT_RATED = "Not rated"


def band_of(value) -> Band | None:
    """The band of a rating or of a mean of ratings, 0 to 10; None for none."""
    return None if value is None else next(band for band in BANDS if Fraction(value) < band.under)


def words_for(measure: str, better: str = "down") -> tuple[str, ...]:
    """The five words of a measure's bands: its own where 10 is best, those of severity where 10 is worst."""
    if not better:
        return NEITHER
    return BEST.get(measure, BEST["mood"]) if better == "up" else SEVERITY
