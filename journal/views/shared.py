"""What several views do alike: show a form again with 422, and leave a sentence for the next page."""

from django.contrib import messages
from django.shortcuts import render


def render_form(request, template, form, context=None):
    """``template`` with ``form``; 422 when the form was sent and refused, so that "saved" and "shown again" differ."""
    status = 422 if form.is_bound and not form.is_valid() else 200
    return render(request, template, {"form": form, **(context or {})}, status=status)


def flash(request, text, undo=None):
    """One sentence for the next page; with ``undo`` (a Deleted row) the page offers to put it back."""
    messages.success(request, text, extra_tags=f"undo-{undo.pk}" if undo else "")
