"""What a request knows of the person who makes it."""

import contextlib
import zoneinfo

from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from journal.models import Profile
from journal.models.profile import profile_of


def person(get_response):
    """Set ``request.profile``, and their own time zone for as long as the request lasts.

    Signed out, ``request.profile`` is an unsaved Profile with the defaults.
    """

    def middleware(request):
        user = request.user
        if not user.is_authenticated:
            request.profile = Profile()
            return get_response(request)
        request.profile = SimpleLazyObject(lambda: profile_of(user))
        with zone_of(request.profile):
            return get_response(request)

    return middleware


def zone_of(profile):
    """A context in which "today" is the person's own; a zone that this machine does not know leaves UTC."""
    try:
        return timezone.override(zoneinfo.ZoneInfo(profile.time_zone))
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):  # "../etc/passwd" is a ValueError
        return contextlib.nullcontext()
