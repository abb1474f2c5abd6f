"""What the demo person has of the medication that they taper, and two plans for it: one agreed, one only proposed.

Made up like the rest of the person: what they have and what they agreed on says nothing about what is usual.
"""

import datetime as dt
from decimal import Decimal

from journal.catalogue.curves import curves_of
from journal.catalogue.drugs import DrugClass
from journal.models import DoseStep, Medication, Product
from journal.queries.plan_changes import Settings, agree, propose
from journal.taper.layout import Circumstances, Rounding, lay_out
from journal.taper.plan_words import plan_name
from journal.taper.schedule import Method, Request

AHEAD = 16  # days from the last day of the record to the next step
EVERY = 28
PRODUCTS = {
    "sertraline": (
        {"form": "tablet", "mg": "25", "divides": "halves", "stock": "40"},
        {"form": "liquid", "mg": "20", "in_ml": "1", "mark_ml": "0.1", "stock": "60"},
    ),
    "venlafaxine": (
        {"form": "capsule", "mg": "37.5", "stock": "28"},
        {"form": "beads", "mg": "0.25"},
    ),
    "escitalopram": (
        {"form": "tablet", "mg": "5", "stock": "56"},
        {"form": "drops", "mg": "20", "in_ml": "1", "drops_per_ml": 20, "stock": "15"},
    ),
}


def write_plans(medication: Medication, prescriber: str, last_day: dt.date) -> None:
    """Products, an agreed plan and a proposed one, from the dose that is taken on ``last_day``; none from 0 mg."""
    products = [_product(medication, fields, last_day) for fields in PRODUCTS[medication.drug]]
    step = DoseStep.objects.of(medication.owner).filter(medication=medication).last()
    if not step.mg:
        return
    made_from = tuple(product.plain() for product in products)
    curve = curves_of(medication.drug)[0]
    given = Circumstances(DrugClass.of(medication.drug_class), made_from, Rounding.NEAREST, curve)
    first = {"start": last_day + dt.timedelta(AHEAD), "every": EVERY, "curve": curve}
    lowest = max(Decimal("0.5"), round(step.mg / 12, 1))
    kept = []
    for request, typed in (
        (
            Request(step.mg, Method.PERCENT_CURRENT, step=Decimal(10), last=lowest, **first),
            {"step_percent": "10", "last": str(lowest)},
        ),
        (Request(step.mg, Method.EQUAL_OCCUPANCY, steps=10, **first), {"steps": "10"}),
    ):
        typed |= {
            "method": request.method.value,
            "every": str(EVERY),
            "start": request.start.isoformat(),
            "curve": curve.key,
            "rounding": Rounding.NEAREST.value,
        }
        kept.append(propose(medication, lay_out(request, given), Settings(plan_name(request), typed), last_day))
    agree(kept[0], prescriber, step.starts_on, last_day)


def _product(medication: Medication, fields: dict, last_day: dt.date) -> Product:
    amounts = {name: Decimal(value) for name, value in fields.items() if name in ("mg", "in_ml", "mark_ml", "stock")}
    counted = {"stock_on": last_day} if "stock" in fields else {}
    return Product.objects.create(medication=medication, **{**fields, **amounts, **counted})
