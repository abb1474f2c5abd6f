"""What a medication comes as: add, correct, put away, delete."""

from urllib.parse import urlencode

from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods

from journal.access import own_medication, own_product
from journal.catalogue.sources import SOURCES
from journal.forms.products import ProductForm, prefill
from journal.models.deleted import delete_with_undo
from journal.queries.products import (
    offered_products,
    products_of,
    save_product,
    stock_words,
    use_product,
    warnings_of,
)
from journal.taper.products import product_words
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
        "offered": offered(medication.drug, request.profile.country),
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
        flash(request, f"{capfirst(product_words(saved.plain()))}: {said}")
        return redirect("medication", medication.pk)
    context |= {"medication": medication, "submit": "Save", **back_to(medication)}
    context["warnings"] = _warnings(request, medication.drug, form, found)
    return render_form(request, "journal/medications/product_form.html", form, context)


def _warnings(request, drug, form, found):
    """What is known of the product in the form: as it was sent, as it is kept, or as the address fills it in."""
    if form.is_bound:
        shown = form.plain()
    elif found:
        shown = found.plain()
    else:
        query = request.GET.dict()
        shown = next((offer.product for offer in offered_products(drug) if prefill(offer.product) == query), None)
    return warnings_of(drug, shown) if shown else ()


def offered(drug: str, country: str) -> dict:
    """What the catalogue offers to fill in, each as (words, the page's query), and where it has that from."""
    found = offered_products(drug, country)
    return {
        "products": [(offer.words, f"?{urlencode(prefill(offer.product))}") for offer in found],
        "sources": [SOURCES[key] for key in dict.fromkeys(key for offer in found for key in offer.sources)],
    }


@require_http_methods(METHODS)
def use(request, pk, product):
    """Put a product away ("I do not have this any more"), or take it out again."""
    found = own_product(request, pk, product)
    if request.method != "POST":  # after signing in again, for one: the product's page has the button
        return redirect("product_edit", pk, product)
    use_product(found, request.POST.get("in_use") == "1")
    said = "among what you have again." if found.in_use else "put away. It is not used any more."
    flash(request, f"{capfirst(product_words(found.plain()))}: {said}")
    return redirect("medication", pk)


@require_http_methods(METHODS)
def delete(request, pk, product):
    """Delete a product, after asking."""
    found = own_product(request, pk, product)
    words = capfirst(product_words(found.plain()))
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
