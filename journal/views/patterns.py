"""Every part of the look on one page, for those who build on it. Only in debug."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from journal.catalogue.scales import BANDS, SEVERITY
from journal.forms.fields import DayField, MgField, NoteField
from journal.icons import ICONS
from journal.navigation import TABS

COLOURS = [
    "paper",
    "sheet",
    "well",
    "line",
    "edge",
    "ink-3",
    "ink-2",
    "ink",
    "spruce",
    "spruce-soft",
    "gorse",
    "madder",
]
SERIES = {
    "dose": "dose, a step line",
    "mood": "mood, circle, unbroken",
    "1": "first, square, unbroken",
    "2": "second, triangle, dashed",
    "3": "third, diamond, dotted",
    "4": "fourth, cross, dash-dot",
}
STEPS = (
    ("13 Nov", "37.5", "−21.9 %", "0.3 (7)", "5.5, day 6", "not yet, day 9"),
    ("2 Oct", "48", "−20.0 %", "0.6 (7)", "5.0, day 7", "day 16"),
    ("28 Aug", "60", "+25.0 %", "6.6 (7)", "", ""),
)


class FieldsForm(forms.Form):
    """A field of each kind; the page fills it with a slip in it."""

    mg = MgField(
        label="Dose a day",
        help_text="What you take in 24 hours.",
        widget=forms.TextInput(attrs={"data-unit": "mg", "inputmode": "decimal"}),
    )
    starts_on = DayField(label="From", widget=forms.TextInput())
    kind = forms.ChoiceField(label="What kind of step", choices=[("reduction", "Reduction"), ("hold", "Hold")])
    reader = forms.ChoiceField(
        label="For",
        choices=[("prescriber", "Prescriber"), ("therapist", "Therapist")],
        widget=forms.RadioSelect(attrs={"data-look": "segments"}),
    )
    notes = NoteField(label="Notes", help_text="Only you see these, unless you choose to print them.")
    private = forms.BooleanField(label="Raise this at my next appointment", required=False)


@login_not_required
def patterns(request):
    """Show every part, in the states that it can be in."""
    form = FieldsForm(
        {"mg": "37.5", "starts_on": "2026-02-30", "kind": "reduction", "reader": "prescriber", "private": "on"}
    )
    context = {
        "colours": COLOURS,
        "form": form,
        "icons": ICONS,
        "series": SERIES,
        "severities": [(band, SEVERITY[band.index]) for band in BANDS],
        "steps": STEPS,
        "tabs": TABS,
    }
    return render(request, "journal/patterns.html", context)
