"""What commands that are about one person share."""

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from journal.reading import quoted


def account_named(username: str):
    """The account, as sign-in would find it: capitals do not matter. Raises CommandError where there is none."""
    model = get_user_model()
    users = model.objects.filter(username__in={username, username.lower()})
    found = sorted(users, key=lambda user: user.get_username() != username)
    if not found:
        raise CommandError(f"There is nobody called {quoted(username)} here.")
    return found[0]
