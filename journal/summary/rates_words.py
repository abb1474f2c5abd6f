"""How often the rule of a rise fires without a change of dose: one sentence for several measures."""

from collections.abc import Collection, Sequence

from journal.analysis.rates import ENOUGH, Rates
from journal.analysis.titles import days_text, in_sentence
from journal.summary.words import cut, times

MOST_LENGTHS = 3
"""Stretches of so many lengths are told apart, those with the most changes; the others are added up."""
OTHER = "other lengths"


def rates_sentence(measures: Sequence[tuple[str, Rates]]) -> str:
    """Without a dose change the same rule found a rise in stretches of 7 days: restlessness 5 of 21, agitation …

    Stretches are as long as the days after the changes. Blank where no change could be compared.
    """
    known = [(in_sentence(cut(name, 40)), rates) for name, rates in measures if rates.changes]
    if not known:
        return ""
    if not any(rates.stretches for _, rates in known):
        return "There are no whole stretches of days without a dose change to compare this with."
    told = []
    for length, days in _lengths([rates for _, rates in known]):
        found = [(name, *_counted(rates, days)) for name, rates in known]
        if any(stretches for *_, stretches in found):
            told.append(_told(found, length, is_first=not told))
    few = " Too few to compare." if max(rates.stretches for _, rates in known) < ENOUGH else ""
    return f"Without a dose change the same rule found a rise {'; '.join(told)}.{few}"


def _told(found: Sequence[tuple[str, int, int]], length: str, *, is_first: bool) -> str:
    """In 21 stretches of 7 days 5 times for restlessness, 4 for agitation; of the next length: in 5 of 28 days 1, 3."""
    stretches = {of for *_, of in found}
    is_same = len(stretches) == 1
    number = f"{found[0][2]:,} " if is_same else ""
    noun = "" if is_same and not is_first else "stretch " if stretches == {1} else "stretches "
    counts = []
    for place, (name, rises, of) in enumerate(found):
        said = f"{rises:,}" if is_same else f"{rises:,} of {of:,}"
        if is_first:
            said = f"{times(rises) if is_same and not place else said} for {name}"
        counts.append(said)
    return f"in {number}{noun}of {length} {', '.join(counts)}"


def _counted(rates: Rates, days: Collection[int | None]) -> tuple[int, int]:
    """Rises and stretches of these lengths together."""
    rows = [row for row in rates.rows if row.days in days]
    return sum(row.quiet_rises for row in rows), sum(row.stretches for row in rows)


def _lengths(found: Sequence[Rates]) -> list[tuple[str, Collection[int | None]]]:
    """The lengths that are told apart, those with the most changes first; then what is left over, together."""
    changes: dict[int | None, int] = {}
    for row in (row for rates in found for row in rates.rows):
        changes[row.days] = max(changes.get(row.days, 0), row.changes)
    days = sorted((one for one in changes if one is not None), key=lambda one: (-changes[one], one))
    told = [(days_text(one), {one}) for one in days[:MOST_LENGTHS]]
    rest = changes.keys() - {*days[:MOST_LENGTHS]}
    return [*told, (OTHER, rest)] if rest else told
