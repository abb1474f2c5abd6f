"""What allauth's forms for a second step are called here. The checking is all allauth's."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from journal.forms.fields import LineField


def code_field(hint="") -> forms.CharField:
    """Six figures from an app, or a spare code."""
    return forms.CharField(
        label="Code",
        max_length=50,
        help_text=hint,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "Write the code."},
    )


def key_name_field(required) -> forms.CharField:
    """What a passkey is called in the list."""
    return LineField(
        label="Its name",
        required=required,
        fits=100,
        blank="A passkey needs a name.",
        help_text="So that you can tell two of them apart.",
    )


class AuthenticateForm(base.AuthenticateForm):
    """The second step when signing in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("From your app. One of your spare codes works, too.")


class ReauthenticateForm(base.ReauthenticateForm):
    """The second step once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("From your app. One of your spare codes works, too.")


class ActivateTOTPForm(totp.ActivateTOTPForm):
    """The first code from the app shows that it has the secret."""

    @property
    def secret_in_fours(self) -> list[str]:
        """The secret in groups of four characters, to be typed without losing one's place."""
        return [self.secret[start : start + 4] for start in range(0, len(self.secret), 4)]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("The six figures that the app shows now.")


class JSONText(forms.JSONField):
    """JSON that may be nested deeper than Python can follow; Django fails on that."""

    def to_python(self, value):
        """As Django's; Raises ValidationError for what is nested too deep, too."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


class WholeCredential:
    """Mixed into allauth's passkey forms: what the browser hands over is checked for its parts before it is read.

    allauth takes any JSON and fails on what is missing (a KeyError, for the person a 500).
    """

    PARTS = {"rawId": str, "response": dict}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["credential"] = JSONText(widget=forms.HiddenInput)

    def clean_credential(self):
        """As allauth's; Raises ValidationError for JSON that is no credential."""
        credential = self.cleaned_data["credential"]
        whole = isinstance(credential, dict) and all(
            isinstance(credential.get(name), kind) for name, kind in self.PARTS.items()
        )
        inside = credential["response"] if whole else {}
        if not whole or not all(isinstance(value, str | list | None) for value in inside.values()):
            raise get_adapter().validation_error("incorrect_code")
        try:
            return super().clean_credential() if hasattr(super(), "clean_credential") else credential
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise get_adapter().validation_error("incorrect_code") from error


class LoginWebAuthnForm(WholeCredential, webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""


class AuthenticateWebAuthnForm(WholeCredential, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class ReauthenticateWebAuthnForm(WholeCredential, webauthn.ReauthenticateWebAuthnForm):
    """A passkey once more, before something that matters."""


class AddWebAuthnForm(WholeCredential, webauthn.AddWebAuthnForm):
    """A new passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = key_name_field(required=False)
        alone = self.fields["passwordless"]
        alone.label, alone.initial = "Sign in with it alone, without the password", True
        alone.help_text = (
            "The device then asks for its PIN, your finger or your face. A plain security key may not do this."
        )


class EditWebAuthnForm(webauthn.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = key_name_field(required=True)
