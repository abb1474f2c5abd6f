"""How sign-up and sign-in behave where it differs from allauth's own way."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """No mail is ever sent."""
