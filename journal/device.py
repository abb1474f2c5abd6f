"""What a device is told so that it knows whose entries it keeps."""

from django.utils.crypto import salted_hmac


def account_of(user) -> str:
    """A name for the account that says nothing about it, the same for as long as it exists; blank for nobody."""
    return salted_hmac("journal.device", str(user.pk), algorithm="sha256").hexdigest()[:16] if user.pk else ""
