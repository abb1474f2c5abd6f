"""Forms of the account. What they are called and how they complain; the checking is allauth's and Django's."""

from allauth.account import forms as allauth
from django import forms
from django.contrib import messages
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.shortcuts import redirect

from journal.accounts import keep_code
from journal.catalogue import crisis, zones
from journal.forms.fields import PlainText
from journal.models import Profile
from journal.queries.accounts import give_code

NEW_PASSWORD_HINT = "10 characters or more. Three or four words are easy to remember and hard to guess."
NOT_THE_SAME = "This is not the same as the password above."
LETTER_COUNTRIES = {"US", "CA", "MX"}


def name_field() -> forms.CharField:
    """A user name to sign in with."""
    return PlainText(
        label="User name",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
        error_messages={
            "required": "Write your user name.",
            "max_length": "A user name has at most 150 characters.",
        },
    )


def password_field(label, autocomplete="current-password", hint="", required="Write your password.") -> forms.CharField:
    """A password, as typed: spaces count."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=1000,
        help_text=hint,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={
            "required": required,
            "max_length": "A password has at most 1,000 characters.",
        },
    )


def new_password_fields() -> tuple[forms.CharField, forms.CharField]:
    """A new password, twice."""
    return (
        password_field("New password", "new-password", NEW_PASSWORD_HINT, "Choose a password."),
        password_field("The same password again", "new-password", required="Write the same password once more."),
    )


def say_whether_same(form) -> None:
    """Two different passwords are said to be so, also while something else is wrong with the first."""
    first, again = (form.data.get(form.add_prefix(name)) for name in ("password1", "password2"))
    if first and again and first != again:
        form.errors.pop("password2", None)  # allauth says the same in other words, but only when all else is well
        form.add_error("password2", NOT_THE_SAME)


class Guess(forms.Field):
    """What a script read from the browser. Nothing, and nothing known, are both fine: it is never an error."""

    widget = forms.HiddenInput

    def __init__(self, guess, known):
        super().__init__(required=False)
        self.widget.attrs["data-guess"] = guess
        self.known = known

    def to_python(self, value):
        return self.known(str(value or ""))


class LoginForm(allauth.LoginForm):
    """User name and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = name_field()
        self.fields["password"] = password_field("Password")


class SignupForm(allauth.SignupForm):
    """User name and password twice; the browser's zone and clock come with it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = name_field()
        name.help_text = "Letters, numbers and the signs . - _ + @, but no spaces. It need not be your real name."
        name.error_messages["required"] = "Choose a user name."
        self.fields["username"] = name
        self.fields["password1"], self.fields["password2"] = new_password_fields()
        self.fields["password1"].label = "Password"
        self.fields["time_zone"] = Guess("time-zone", lambda zone: zones.canonical(zone) or zones.UTC)
        self.fields["clock"] = Guess("clock", lambda clock: Profile.Clock(clock if clock == "12" else "24"))

    def clean(self):
        """allauth's, and whether the two passwords are the same."""
        data = super().clean()
        say_whether_same(self)
        return data

    def save(self, request):
        """The person, their profile and their recovery code: all of it or nothing."""
        zone = self.cleaned_data["time_zone"]
        country = zones.country_of(zone)
        with transaction.atomic():
            user = super().save(request)
            Profile.objects.create(
                owner=user,
                time_zone=zone,
                clock=self.cleaned_data["clock"],
                country=country if country in crisis.COUNTRIES else "",
                paper=Profile.Paper.LETTER if country in LETTER_COUNTRIES else Profile.Paper.A4,
            )
            code = give_code(user)
        keep_code(request, user, code)
        return user

    def try_save(self, request):
        """As allauth's; of two sign-ups at the same moment the second is asked to sign in."""
        try:
            return super().try_save(request)
        except IntegrityError:
            messages.info(request, "This user name was taken a moment ago. Sign in, if that was you.")
            return None, redirect("account_login")


class ChangePasswordForm(allauth.ChangePasswordForm):
    """The password of now, and the new one twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field("Your password now")
        for name, field in zip(("password1", "password2"), new_password_fields(), strict=True):
            # allauth's own first field checks the password against its person: keep it, and only dress it.
            self.fields[name].label, self.fields[name].help_text = field.label, field.help_text
            self.fields[name].error_messages, self.fields[name].widget = field.error_messages, field.widget

    def clean(self):
        """allauth's, and whether the two passwords are the same."""
        data = super().clean()
        say_whether_same(self)
        return data


class ReauthenticateForm(allauth.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field("Password")


class RecoverForm(forms.Form):
    """A new password by means of the recovery code."""

    username = name_field()
    code = PlainText(
        label="Recovery code",
        max_length=100,
        help_text="The 25 letters that you kept at the start. Capitals, spaces and dashes do not matter.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={
            "required": "Write the recovery code.",
            "max_length": "A recovery code has 25 letters. This is much longer.",
        },
    )
    password1, password2 = new_password_fields()

    def clean(self):
        """The password is judged here, the code by the view: a bad password need not use up a try."""
        data = super().clean()
        password = data.get("password1")
        if password:
            try:
                validate_password(password, User(username=data.get("username", "")))
            except ValidationError as error:
                self.add_error("password1", error)
        say_whether_same(self)
        return data


class DeleteAccountForm(forms.Form):
    """The password, so that nobody else who holds the phone can end it all."""

    password = password_field("Password")
