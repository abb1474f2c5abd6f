"""How often something may be tried on pages that are open to anybody.

Counted as allauth counts sign-ins, in the same cache and by the same address of a client
(``ALLAUTH_TRUSTED_PROXY_COUNT`` in settings), so that what is said of proxies in docs/self-hosting.md holds for both.
allauth's public door leaves GET uncounted, and a wrong address is guessed by GET; hence the inner one. Its version is
pinned.
"""

import time

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.core.exceptions import PermissionDenied

WRONG_ADDRESS, WRONG_FROM_ONE, WRONG_FROM_ALL, OPENED = "address", "passphrase", "passphrase_all", "opened"
RATES = {
    WRONG_ADDRESS: "30/10m/key",
    WRONG_FROM_ONE: "10/10m/key",
    WRONG_FROM_ALL: "50/h/key",
    OPENED: "60/m/key",
}
"""By what is counted: how many of it in how long. The key is a client, a link and a client, a link, a link."""


def client_of(request) -> str:
    """The client's address, an IPv6 one as its network; blank where the server knows none (a socket, no proxy)."""
    try:
        return ratelimit.get_ip(request)
    except PermissionDenied:
        return ""


def seconds_of(what: str) -> int:
    """After so many seconds a limit is sure to be free again."""
    return int(_rate(what).duration)


def is_used_up(request, what: str, key: str) -> bool:
    """Whether the limit is reached, without counting anything. Reads the cache once and locks nothing."""
    rate = _rate(what)
    history = cache.get(_name(request, what, rate, key), [])
    return not ratelimit.apply_rate(history, time.time(), rate, dry_run=True)[0]


def count(request, what: str, key: str):
    """Count one; what ``rollback()`` takes back, or None where the limit was reached already."""
    if is_used_up(request, what, key):
        return None  # the usual case under a flood: it locks and writes nothing
    return ratelimit.consume(request, app="journal", action=what, config=RATES, key=key, limit_get=True)


def _rate(what: str) -> ratelimit.Rate:
    return ratelimit.parse_rate(RATES[what])


def _name(request, what: str, rate, key: str) -> str:
    return ratelimit.get_cache_key(request, app="journal", action=what, rate=rate, key=key)
