"""Plain remarks beside a plan: what is still missing, what no guideline says, what a day or a product brings along."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import pairwise

from journal.catalogue.drugs import DrugClass
from journal.catalogue.products import Form, Product
from journal.taper.layout import LaidOut
from journal.taper.words import day_words

TIMES = {1: "Taken once a day.", 2: "Taken twice a day.", 3: "Taken three times a day.", 4: "Taken four times a day."}


def missing(basis, alternatives: Iterable) -> list[tuple[str, str]]:
    """(label, sentence) of everything in the planner's forms that needs a look; of a plan with its letter."""
    found = [(basis[name].label, str(error)) for name, errors in basis.errors.items() for error in errors]
    for form in alternatives:
        for name, errors in form.errors.items():
            label = form[name].label if name in form.fields else ""
            found += [(f"Plan {form.letter}{f', {label}' if label else ''}", str(error)) for error in errors]
    return found


def remarks(drug_class: DrugClass, laid: Sequence[LaidOut], products: Iterable[Product], today: dt.date) -> list[str]:
    """What has to be said of these plans besides pace notes: nothing here is a guideline's."""
    if not laid:
        return []
    found = [kind_remark(drug_class)]
    for plan in laid:
        first = plan.rows[1].date
        if first and first < today:
            found.append(f"A first step on {day_words(first, today)} lies in the past.")
        if any(row.made and row.made.mg and row.dose > before.dose for before, row in pairwise(plan.rows)):
            found.append("What can be made is more than the dose before it in one place or more: look at “makes”.")
    found.append(bead_remark(products))
    return [sentence for sentence in dict.fromkeys(found) if sentence]


def bead_remark(products: Iterable[Product]) -> str:
    """What counting beads asks for; empty where none are among the products."""
    if not any(product.form is Form.BEADS for product in products):
        return ""
    return (
        "Counting beads means opening a capsule. Ask your pharmacist whether yours may be opened. Beads are not "
        "crushed or chewed."
    )


def kind_remark(drug_class: DrugClass) -> str:
    """Of which kinds of medicine no guideline is known here, or little: silence is not a yes."""
    if drug_class.is_antidepressant or drug_class is DrugClass.BENZODIAZEPINE:
        return ""
    said = "only a sudden stop is remarked on" if drug_class.at_risk_on_stopping else "nothing is remarked on"
    return (
        "Guidelines on the size and pace of steps are known here for antidepressants and benzodiazepines. For this "
        f"kind of medicine {said}. That says nothing about whether a plan is right."
    )
