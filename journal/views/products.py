"""What a medication comes as: add, correct, delete."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from journal.access import own_medication, own_product
from journal.catalogue.sources import SOURCES
from journal.forms.products import ProductForm, prefill
from journal.models.deleted import delete_with_undo
from journal.queries.products import offered_products, product_words, products_of, save_product, stock_words
from journal.views.medications import back_to, posted
from journal.views.shared import flash, render_form

METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(METHODS)
def new(request, pk):
    """Add what the person has of a medication; the address may fill the form in."""
    medication = own_medication(request, pk)
    context = {
        "title": f"What you have of {medication.name}",
        "intro": "As it stands on the box. A plan can then say how a dose is measured out.",
        "offered": offered(medication.drug),
    }
    return _save(request, medication, context)


@require_http_methods(METHODS)
def edit(request, pk, product):
    """Correct a product, or how many there are of it."""
    found = own_product(request, pk, product)
    return _save(request, found.medication, {"title": "Correct what you have", "correcting": found}, found)


def _save(request, medication, context, found=None):
    others = [other for other in products_of(request.user, medication) if found is None or other.pk != found.pk]
    form = ProductForm(posted(request), others=others, product=found, prefill=request.GET)
    if form.is_valid():
        if form.is_repeat:
            saved, said = form.same, "is on your list."
        else:
            saved, said = save_product(medication, form.cleaned_data, timezone.localdate(), found), "saved."
        flash(request, f"{product_words(saved.plain())}: {said}")
        return redirect("medication", medication.pk)
    context |= {"medication": medication, "submit": "Save", **back_to(medication)}
    return render_form(request, "journal/medications/product_form.html", form, context)


def offered(drug_slug: str) -> dict:
    """What the catalogue offers to fill in, each as (words, the page's query), and where it has that from."""
    found = offered_products(drug_slug)
    return {
        "products": [(product_words(product), f"?{urlencode(prefill(product))}") for product in found],
        "sources": [SOURCES[key] for key in dict.fromkeys(product.source for product in found) if key],
    }


@require_http_methods(METHODS)
def delete(request, pk, product):
    """Delete a product, after asking."""
    found = own_product(request, pk, product)
    words = product_words(found.plain())
    if request.method == "POST":
        deleted = delete_with_undo(request.user, found, f"{found.medication.name}, {words}")
        flash(request, f"{words} deleted.", undo=deleted)
        return redirect("medication", pk)
    rows = [("Product", words)]
    rows += [("Maker or brand", found.name)] if found.name else []
    rows += [("You have", stock_words(found, timezone.localdate()))] if found.stock is not None else []
    return render(
        request,
        "confirm_delete.html",
        {
            "title": f"Delete this product of {found.medication.name}?",
            "rows": rows,
            **back_to(found.medication),
            "submit": "Delete this product",
        },
    )
