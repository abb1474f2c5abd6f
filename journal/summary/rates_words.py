"""How often the rule of a rise fires without a change of dose: one sentence for several measures."""

from collections.abc import Sequence

from journal.analysis.rates import ENOUGH, Rates
from journal.analysis.titles import days_text, in_sentence
from journal.summary.words import cut

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
    apart = _lengths([rates for _, rates in known])
    for length in (*apart, None):
        of_each = []
        for name, rates in known:
            rows = [row for row in rates.rows if row.days == length or (length is None and row.days not in apart)]
            stretches = sum(row.stretches for row in rows)
            if stretches:
                of_each.append(f"{name} {sum(row.quiet_rises for row in rows):,} of {stretches:,}")
        if of_each:
            told.append(f"of {OTHER if length is None else days_text(length)}: {', '.join(of_each)}")
    few = " Too few to compare." if max(rates.stretches for _, rates in known) < ENOUGH else ""
    return f"Without a dose change the same rule found a rise in stretches {'; '.join(told)}.{few}"


def _lengths(found: Sequence[Rates]) -> list[int]:
    """The lengths that are told apart, the shortest first."""
    changes: dict[int, int] = {}
    for row in (row for rates in found for row in rates.rows if row.days is not None):
        changes[row.days] = max(changes.get(row.days, 0), row.changes)
    return sorted(sorted(changes, key=lambda one: (-changes[one], one))[:MOST_LENGTHS])
