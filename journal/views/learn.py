"""Learn: short pages to read, for everybody; one of them with the curve of the reader's own medication."""

import functools
from decimal import Decimal

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from journal.catalogue.curves import Curve, curves_of
from journal.catalogue.drugs import DRUGS
from journal.catalogue.learn import LEARN, Link
from journal.catalogue.red_flags import by_action
from journal.catalogue.sources import SOURCES
from journal.queries.learn import own_curve
from journal.taper import curve_steps
from journal.views.charts.kept import content_key, kept

EXAMPLE, EXAMPLE_MG = DRUGS["citalopram"], Decimal(20)
"""Whose curve stands for all, and the dose a day that it begins with."""


@login_not_required
@require_safe
def learn(request):
    """All pages, with how long each takes to read."""
    return render(request, "journal/learn/learn.html", {"pages": LEARN.values()})


@login_not_required
@require_safe
def page(request, slug):
    """One page with its sources. Nothing on it is about the reader but the curve."""
    found = LEARN.get(slug)
    if found is None:
        raise Http404("There is no page of that name.")
    context = {
        "page": found,
        "links": [(link.text, _address(link)) for link in found.links if _is_open(request, link)],
        "sources": [SOURCES[key] for key in found.sources],
    }
    if "curve" in found.drawn:
        context |= _curve_context(request)
    if "red-flags" in found.drawn:
        context["red_flags"] = by_action()
    return render(request, "journal/learn/page.html", context)


def _is_open(request, link: Link) -> bool:
    return request.user.is_authenticated or not link.is_private


def _address(link: Link) -> str:
    address = reverse(link.page, args=[link.slug] if link.slug else [])
    return f"{address}#{link.anchor}" if link.anchor else address


def _curve_context(request) -> dict:
    """The drawing in two widths, its numbers, and whose it is: ``own`` is None for the example."""
    own = own_curve(request.user, timezone.localdate()) if request.user.is_authenticated else None
    if own is None:
        curve, name, most, drawing = curves_of(EXAMPLE.slug)[0], EXAMPLE.name, EXAMPLE_MG, _example()
    else:
        curve, name, most = own.curve, own.medication.name, own.most
        made = functools.partial(_drawn, name, curve, own.most, own.now)
        drawing = kept(content_key(request, "learn", "curve"), made)
    curves = [(curve, SOURCES[curve.source])]
    return {"own": own, "name": name, "most": most, "curve": curve, "curves": curves, "drawing": drawing}


@functools.cache
def _example() -> dict:
    return _drawn(EXAMPLE.name, curves_of(EXAMPLE.slug)[0], EXAMPLE_MG, now=Decimal(0))


def _drawn(name: str, curve: Curve, most: Decimal, now: Decimal) -> dict:
    """``wide`` and ``compact``, and the ``rows`` of the table: (dose before, dose after, points)."""
    from journal.charts.dosecurve import Dose, DoseCurve, dose_curve, falls  # matplotlib: not before it is drawn

    steps = tuple(Dose(*found) for found in curve_steps.equal_steps(most, curve))
    data = DoseCurve(
        medication=name,
        curve=curve.label,
        line=tuple(Dose(*found) for found in curve_steps.dense_line(most, curve)),
        steps=steps,
        now=Dose(*curve_steps.at(now, curve)) if now else None,
    )
    rows = list(zip(steps, steps[1:], falls(steps), strict=False))
    return {"wide": dose_curve(data), "compact": dose_curve(data, "compact"), "rows": rows}
