"""How sign-up and sign-in behave where it differs from allauth's own way."""

import base64
import hashlib
import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse

CODE = "new_recovery_code"
KEPT_FOR = 60 * 60
"""Seconds for which a new code can be seen again by loading the page anew."""


class AccountAdapter(DefaultAccountAdapter):
    """No mail is ever sent; a new account sees its recovery code before anything else."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is switched off.",
        "enter_current_password": "That is not your password.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That code does not work. A code from an app lasts for half a minute; wait for the next one.",
        "rate_limited": "Too many tries. Wait a few minutes, then try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again. Your journal is safe.",
        "username_blacklisted": "This user name cannot be used. Choose another one.",
        "username_password_mismatch": "This user name and this password do not belong together.",
        "username_taken": "This user name is taken. Choose another one, or sign in if it is yours.",
    }

    def post_login(self, request, user, *, signup, redirect_url, **details):
        """After sign-up the recovery code comes first, wherever the person came from: it is shown only now."""
        if signup:
            redirect_url = reverse("recovery_code")
        return super().post_login(request, user, signup=signup, redirect_url=redirect_url, **details)

    def get_password_change_redirect_url(self, request):
        """Back to where the link was."""
        return reverse("settings")

    def clean_username(self, username, shallow=False):
        """As allauth's, with a sentence that says what a user name may hold."""
        try:
            return super().clean_username(username, shallow=shallow)
        except ValidationError as error:
            if getattr(error, "code", None) != "invalid":
                raise
            raise ValidationError(
                "A user name can have letters, numbers and the signs . - _ + @, but no spaces."
            ) from error


def _lock() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"recovery code {settings.SECRET_KEY}".encode()).digest()))


def _locked(code: str) -> str:
    """For the session table, which is in every backup: unreadable without the secret key, which is not."""
    return _lock().encrypt(code.encode()).decode()


def _unlocked(text: str) -> str:
    try:
        return _lock().decrypt(text).decode()
    except InvalidToken:
        return ""


def keep_code(request, user, code: str, then: str = "today") -> None:
    """Hold a new recovery code in the session until the person says that they have kept it, and goes on to ``then``."""
    # With whose it is: after a sign-in that stopped half-way the next person may have the same session.
    request.session[CODE] = {"of": user.pk, "code": _locked(code), "then": then, "until": time.time() + KEPT_FOR}


def kept_code(request) -> str:
    """The new recovery code that the signed-in person has not confirmed yet, or ""."""
    kept = request.session.get(CODE) or {}
    if kept.get("of") != request.user.pk or kept.get("until", 0) < time.time():
        return ""
    return _unlocked(kept["code"])


def forget_code(request) -> str:
    """The person has it; the session need not. The name of the page to go on to."""
    kept = request.session.pop(CODE, None) or {}
    return kept.get("then", "settings")


class SecondStepAdapter(DefaultMFAAdapter):
    """Passkeys, codes from an app and spare codes, in plain words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_generate_recovery_codes": "Spare codes belong to a second step. Set up an app or a passkey first.",
    }

    def generate_authenticator_name(self, user, type):
        """The first is "Passkey", the next "Passkey 2"."""
        n = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {n + 1}" if n else "Passkey"
