"""The rest of the menu on a phone, settings, and what can be done with all data at once."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from journal.forms.profile import PreferencesForm
from journal.models.profile import profile_of
from journal.views.shared import flash, render_form


@require_safe
def more(request):
    """Everything that has no tab of its own."""
    return render(request, "journal/more/more.html")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request):
    """Settings."""
    profile = profile_of(request.user)
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_bound:
        if form.is_valid():
            form.save()
            flash(request, "Your settings are saved.")
            return redirect("settings")
        # A form that was refused has changed its instance; the page itself goes on looking as it is saved.
        profile.refresh_from_db()
    return render_form(request, "journal/more/settings.html", form)


@require_safe
def data(request):
    """What is kept, and how to end it."""
    return render(request, "journal/more/data.html")
