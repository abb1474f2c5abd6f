"""The account: recovery code, a forgotten password, signing out, deleting everything."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.utils import perform_login
from allauth.account.views import logout as allauth_logout
from allauth.core import ratelimit
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from journal.accounts import forget_code, keep_code, kept_code
from journal.forms.accounts import DeleteAccountForm, RecoverForm
from journal.models.profile import profile_of
from journal.queries import accounts
from journal.views.charts.kept import forget
from journal.views.shared import flash, render_form

WRONG_CODE = "This user name and this code do not belong together. Nothing was changed."
TOO_MANY = "Too many tries. Wait five minutes, then try again. Your journal is safe."


def leave_nothing(response):
    """Have the browser forget what it kept of the journal: pages, drafts, the copy for offline use."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@login_not_required
def sign_out(request):
    """allauth's sign-out; the device keeps nothing."""
    response = allauth_logout(request)
    return leave_nothing(response) if request.method == "POST" else response


@login_not_required
@require_safe
def no_mail(request, **kwargs):
    """Where allauth would send a mail: there is none here, the recovery code does it."""
    return redirect("recover")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery_code(request):
    """Show a new recovery code until the person says that they have kept it; make another one on demand."""
    if request.method == "POST":
        return kept(request) if "kept" in request.POST else another_code(request)
    code = kept_code(request)
    context = {
        "groups": code.split("-") if code else [],
        "has_one": bool(profile_of(request.user).recovery_code),
        "today": timezone.localdate(),
    }
    return render(request, "journal/accounts/recovery_code.html", context)


def kept(request):
    """The person has the code on paper or in a safe place."""
    then = forget_code(request)
    if not profile_of(request.user).first_run_done:
        return redirect("first_run_step", 1)
    flash(request, "Your recovery code is kept by you alone now.")
    return redirect(then)


@reauthentication_required
def another_code(request):
    """A new code ends the old one, so the password is asked first."""
    keep_code(request, request.user, accounts.give_code(request.user), then="settings")
    return redirect("recovery_code")


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def recover(request):
    """Set a new password with the recovery code; sign in as ever, second factor included; show the next code."""
    if request.user.is_authenticated:
        return redirect("settings")
    form = RecoverForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return render_form(request, "journal/accounts/recover.html", form)
    name = form.cleaned_data["username"]
    if not ratelimit.consume(request, action="recover", key=name.lower()):
        form.add_error(None, TOO_MANY)
        return render(request, "journal/accounts/recover.html", {"form": form}, status=429)
    found = accounts.recover(name, form.cleaned_data["code"], form.cleaned_data["password1"])
    if not found:
        form.add_error(None, WRONG_CODE)
        return render_form(request, "journal/accounts/recover.html", form)
    user, code = found
    keep_code(request, user, code)
    return perform_login(request, user, redirect_url=reverse("recovery_code"))


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def delete_account(request):
    """Ask for the password, then delete the person with everything that is theirs."""
    form = DeleteAccountForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and password_is_right(request, form):
        user = request.user
        logout(request)
        accounts.delete_account(user)
        forget()
        flash(request, "Your account is deleted, with everything that was in it.")
        return leave_nothing(redirect("today"))
    context = {
        "title": "Delete your account?",
        "text": "Everything in it goes, at once and for good. It cannot be undone. Your password makes sure it is you.",
        "rows": accounts.what_goes(request.user),
        "submit": "Delete my account",
        "keep": "Keep my account",
        "back_url": reverse("data"),
        "back_label": "Data",
    }
    return render_form(request, "journal/accounts/delete_account.html", form, context)


def password_is_right(request, form) -> bool:
    """Check the password as signing in does, with the same limit on tries; a wrong one stands in ``form``."""
    adapter = get_adapter(request)
    try:
        if adapter.reauthenticate(request.user, form.cleaned_data["password"]):
            return True
        form.add_error("password", adapter.error_messages["incorrect_password"])
    except ValidationError as error:
        form.add_error("password", error)
    return False
