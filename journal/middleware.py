"""What a request knows of the person who makes it."""

from django.utils.functional import SimpleLazyObject

from journal.models import Profile
from journal.models.profile import profile_of, zone_of


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
