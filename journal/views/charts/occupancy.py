"""Occupancy under the dose of the overview: ``?occupancy=1``, or the key of a curve where there are several.

It is offered only where the catalogue has a curve for the medication that is drawn. Of several the person chooses one.
"""

from dataclasses import replace
from decimal import Decimal

from journal.catalogue.curves import CURVES, Curve, curve_named, curves_of
from journal.catalogue.sources import SOURCES
from journal.charts.model import Occupied, Share
from journal.models import Medication
from journal.queries.overview import Overview, UnknownName
from journal.taper.occupancy import occupancy, shown
from journal.views.charts.pages import Choice, address

ONE = "1"
"""The only curve; of several the first, which is named wherever it is drawn."""
OFFERED = "Serotonin transporters occupied, about"
KNOWN = frozenset({ONE, *(curve.key for curve in CURVES)})


def with_occupancy(view: Overview, asked: str) -> Overview:
    """The overview with the panel that ``asked`` names; as it is where that is blank, or a curve of another drug.

    An address is kept when the medication is changed, and then asks for what the other one may not have. Raises
    UnknownName for what is no curve at all.
    """
    if asked and asked not in KNOWN:
        raise UnknownName("There is no occupancy curve of that name.")
    curve = _curve(view.medication, asked) if asked and view.medication else None
    if curve is None:
        return view
    shares = tuple(Share(step.day, _percent(step.mg, curve)) for step in view.data.steps)
    return replace(view, data=replace(view.data, occupancy=Occupied(curve.key, curve.label, shares)))


def _curve(medication: Medication, asked: str) -> Curve | None:
    curves = curves_of(medication.drug)
    return curves[0] if asked == ONE and curves else curve_named(medication.drug, asked)


def _percent(mg: Decimal, curve: Curve) -> Decimal:
    exact = shown(occupancy(mg, curve))
    return round(Decimal(exact.numerator) / exact.denominator, 6)


def occupancy_context(request, view: Overview) -> dict:
    """For the page: ``occupancy``, links that draw it or take it away, and ``curves``, whose it is with the source."""
    if view.medication is None or not view.data.steps:
        return {}
    drawn = view.data.occupancy
    curves = curves_of(view.medication.drug)
    links = []
    for curve in curves:
        current = drawn is not None and drawn.key == curve.key
        name = OFFERED if len(curves) == 1 else f"{OFFERED}: {curve.region}"
        key = ONE if len(curves) == 1 else curve.key
        url = address(request, drop=("occupancy",)) if current else address(request, occupancy=key)
        links.append(Choice(name, url, current))
    shown_curves = [(curve, SOURCES[curve.source]) for curve in curves if drawn and drawn.key == curve.key]
    return {"occupancy": links, "curves": shown_curves}
