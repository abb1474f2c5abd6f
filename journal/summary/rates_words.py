"""How often the rule of a rise fires without a change of dose: one sentence for several measures."""

from collections.abc import Collection, Sequence

from journal.analysis.rates import ENOUGH, Rates
from journal.analysis.titles import in_sentence
from journal.summary.words import cut, start

MOST_LENGTHS = 3
"""Stretches of so many lengths are told apart, those with the most changes; the others are added up."""
OTHER = "stretches of other lengths"


def rates_sentence(measures: Sequence[tuple[str, Rates]], *, whole: bool = True) -> str:
    """The same rule also finds rises where no dose changed: in 7-day stretches restlessness 4, agitation 5 of 21.

    Stretches are as long as the days after the changes; ``whole``: of all lengths, else of the one with the most
    changes. Blank where no change could be compared.
    """
    known = [(in_sentence(cut(name, 40)), rates) for name, rates in measures if rates.changes]
    if not known:
        return ""
    if not any(rates.stretches for _, rates in known):
        return "There are no whole stretches of days without a dose change to compare this with."
    told, has_rise = [], False
    for length, days in _lengths([rates for _, rates in known]):
        found = [(name, *_counted(rates, days)) for name, rates in known]
        if any(stretches for *_, stretches in found):
            of = {of for *_, of in found}
            if len(of) == 1:
                counts = ", ".join(f"{name} {rises:,}" for name, rises, _ in found) + f" of {of.pop():,}"
            else:
                counts = ", ".join(f"{name} {rises:,} of {of:,}" for name, rises, of in found)
            has_rise = has_rise or (not told and any(rises for _, rises, _ in found))
            told.append(f"in {length} {counts}")
    few = " Too few to compare." if max(rates.stretches for _, rates in known) < ENOUGH else ""
    rest = f" {start('; '.join(told[1:]))}." if whole and told[1:] else ""
    # Where it finds none the sentence is not to say that it does.
    finds = "The same rule also finds rises where no dose changed"
    none = "Where no dose changed the same rule finds no rise"
    return f"{finds if has_rise else none}: {told[0]}.{rest}{few}"


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
    told = [(f"{one}-day stretches", {one}) for one in days[:MOST_LENGTHS]]
    rest = changes.keys() - {*days[:MOST_LENGTHS]}
    return [*told, (OTHER, rest)] if rest else told
