"""Every part of the look on one page, for those who build on it. Only in debug."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render

from journal.catalogue.scales import BANDS, SEVERITY
from journal.forms.fields import DayField, MgField, NoteField

COLOURS = ("paper sheet well line edge ink-3 ink-2 ink spruce spruce-soft gorse madder").split()


class PatternForm(forms.Form):
    """A field of each kind; shown with two slips in it."""

    mg = MgField(
        label="Dose a day", widget=forms.TextInput(attrs={"data-unit": "mg"}), help_text="What you take in 24 hours."
    )
    starts_on = DayField(label="From", widget=forms.DateInput())
    kind = forms.ChoiceField(label="What kind of step", choices=[("reduction", "Reduction"), ("hold", "Hold")])
    reader = forms.ChoiceField(
        label="For",
        choices=[("prescriber", "Prescriber"), ("therapist", "Therapist")],
        widget=forms.RadioSelect(attrs={"data-look": "segments"}),
    )
    notes = NoteField(label="Note, if you like")
    private = forms.BooleanField(label="Raise this at my next appointment", required=False)


@login_not_required
def patterns(request):
    """Show every part, in the states that it can be in."""
    form = PatternForm(
        {"mg": "37.5", "starts_on": "2026-02-30", "kind": "reduction", "reader": "prescriber", "private": "on"}
    )
    context = {
        "colours": COLOURS,
        "form": form,
        "severities": [(band, SEVERITY[band.index]) for band in BANDS],
        "series": ["dose", "mood", "1", "2", "3", "4"],
    }
    return render(request, "journal/patterns.html", context)
