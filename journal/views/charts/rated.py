"""What the pages of many symptoms share: which symptoms an address names, and the links that name others."""

from collections.abc import Sequence

from journal.queries.period import charted_period
from journal.queries.rated import Rated, rated
from journal.views.charts.pages import DEFAULT_DAYS, Asked, Choice, address, exact_query, medication_asked
from journal.views.errors import BadAddress

CHOOSE = "Symptoms to draw"
PARTS = "Which of them, in order of change"
NO_SYMPTOMS = "You do not keep an eye on any symptom yet. Those that you rate on a day will be drawn here."
NONE_RATED = "No symptom was rated in these days."
NONE_CHOSEN = "No symptom is chosen. Each one above can be added."


def rated_asked(request, size: int | None = None, **finest) -> Asked:
    """The symptoms of an address: all that were rated in its days, or each ``symptom``. ``size``: so many at once;
    ``finest``: see ``rated``.

    Raises BadPeriod, UnknownName or BadAddress with a sentence.
    """
    query = request.GET
    period = charted_period(request.user, query, DEFAULT_DAYS)
    named = query.getlist("symptom") if "symptom" in query else None
    found = rated(
        request.user, period, named, medication_asked(request), part=_part_asked(request), size=size, **finest
    )
    data, more = found.data, []
    if named is not None:
        more += [("symptom", measure.key) for measure in found.chosen] or [("symptom", "")]
    if data and data.parts > 1:
        more.append(("part", str(data.part)))
    if query.get("medication"):
        more.append(("medication", query["medication"]))
    return Asked(
        period,
        data,
        empty="" if data else _empty(found, named),
        query=exact_query(period, *more),
        choose=CHOOSE,
        choices=_choices(request, found, named is None),
        keep=[pair for pair in more if pair[0] != "part"],
        others_of=PARTS,
        others=_parts(request, found, size) if data and data.parts > 1 else (),
    )


def _empty(found: Rated, named: Sequence[str] | None) -> str:
    if not found.symptoms:
        return NO_SYMPTOMS
    return NONE_RATED if named is None else NONE_CHOSEN


def _part_asked(request) -> int:
    """Which part the address names, from 1."""
    part = request.GET.get("part", "1")
    if not (part.isascii() and part.isdigit() and len(part) < 5 and int(part)):
        raise BadAddress("“part” is a number from 1 in this address.")
    return int(part)


def _parts(request, found: Rated, size: int) -> list[Choice]:
    """A link for each part: "1 to 8", "9 to 16"."""
    total = len(found.chosen)
    parts = []
    for number in range(1, found.data.parts + 1):
        first, last = (number - 1) * size + 1, min(number * size, total)
        name = f"{first} to {last}" if last > first else str(first)
        parts.append(Choice(name, address(request, part=str(number)), number == found.data.part))
    return parts


def _choices(request, found: Rated, by_rule: bool) -> list[Choice]:
    """A link for all that were rated, and one for each symptom that adds it to the picture or takes it out."""
    chosen = [measure.key for measure in found.chosen]
    choices = [Choice("All rated", address(request, drop=("symptom", "part")), by_rule)] if found.symptoms else []
    for measure in found.symptoms:
        is_drawn = measure.key in chosen
        keys = [key for key in chosen if key != measure.key] if is_drawn else [*chosen, measure.key]
        # An empty one says "none" where no name at all would mean "all that were rated".
        url = address(request, drop=("part",), symptom=keys or [""])
        choices.append(Choice(measure.name, url, is_drawn))
    return choices
