"""Links to a kept summary: making and ending them, their address, and when they were opened."""

import datetime as dt
import hashlib
import hmac
import secrets

from django.contrib.auth.hashers import check_password, make_password
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.db.models import Case, Count, F, Q, When
from django.utils import timezone

from journal.models import LinkOpening, MadeSummary, SharedLink

USUAL_DAYS = 14
MOST_DAYS = 90
"""A link ends so many days from today: unless another day is chosen, and at most."""
MOST_WRONG = 100
"""After so many wrong passphrases in all a link ends by itself."""
OPEN_FOR = 30 * 60
"""Seconds for which a passphrase, once given, is not asked for again."""

_pass_signer = TimestampSigner(salt="shared-summary-passphrase")


def _signer() -> Signer:
    return Signer(salt="shared-summary", sep=".")


# --- the address --------------------------------------------------------------------------------------------------


def token_of(link: SharedLink) -> str | None:
    """The secret part of the link's address; None when the site has another secret key than when it was made."""
    token = _signer().sign(link.nonce)
    return token if hmac.compare_digest(_hash_of(token), link.token_hash) else None


def links_with(token: str):
    """The link with this token, as rows to look in: none for a wrong or odd token, an ended or revoked link, or a
    person whose account is switched off. One and the same query for each of these.

    A token that this site's key did not sign finds nothing: another key, after the old one got about, ends all links.
    """
    try:
        nonce = _signer().unsign(token)
    except BadSignature:
        nonce = ""
    found = SharedLink.objects.filter(
        token_hash=_hash_of(token),
        nonce=nonce,
        revoked_at=None,
        ends_at__gt=timezone.now(),
        summary__owner__is_active=True,
    )
    return found.select_related("summary__owner__profile").defer("summary__page")


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


# --- how long it lasts --------------------------------------------------------------------------------------------


def end_of(day: dt.date) -> dt.datetime:
    """The moment at which ``day`` is over by the person's clock."""
    return dt.datetime.combine(day + dt.timedelta(1), dt.time(), tzinfo=timezone.get_current_timezone())


def last_day(link: SharedLink) -> dt.date:
    """The last day on which the link can be opened, by the person's clock."""
    return timezone.localtime(link.ends_at - dt.timedelta(microseconds=1)).date()


def is_alive(link: SharedLink) -> bool:
    """Whether the link can be opened now."""
    return link.revoked_at is None and link.ends_at > timezone.now()


# --- the owner's side ---------------------------------------------------------------------------------------------


def make_link(made: MadeSummary, last: dt.date, passphrase: str = "") -> SharedLink:
    """A new link to a kept summary, up to and with the day ``last``. Of the passphrase only a hash is kept."""
    nonce = secrets.token_urlsafe(16)
    return SharedLink.objects.create(
        summary=made,
        nonce=nonce,
        token_hash=_hash_of(_signer().sign(nonce)),
        passphrase=make_password(passphrase) if passphrase else "",
        ends_at=end_of(last),
    )


def end_link(owner, link: SharedLink) -> None:
    """End the link now and for good. Ended twice, the first time stands."""
    SharedLink.objects.of(owner).filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def links_of(owner, made: MadeSummary):
    """The links of a summary, those that can be opened first, then the latest; each has ``pages`` and ``pdfs``: how
    often which was opened.
    """
    alive = When(revoked_at=None, ends_at__gt=timezone.now(), then=0)
    found = SharedLink.objects.of(owner).filter(summary=made.pk)
    return found.order_by(Case(alive, default=1), "-created", "-pk").annotate(
        pages=Count("openings", filter=Q(openings__what="page")), pdfs=Count("openings", filter=Q(openings__what="pdf"))
    )


def openings_of(owner, link: SharedLink):
    """Each time that the link was opened, the latest first."""
    return LinkOpening.objects.of(owner).filter(link=link.pk)


# --- the reader's side --------------------------------------------------------------------------------------------


def note_opening(link: SharedLink, what: str) -> None:
    """The link was opened: ``what`` is "page" or "pdf"."""
    LinkOpening.objects.create(link=link, what=what)


def passphrase_is_right(link: SharedLink, passphrase: str) -> bool:
    """Check a passphrase; a wrong one is counted for the owner to see, and after ``MOST_WRONG`` the link has ended."""
    if check_password(passphrase, link.passphrase):
        return True
    this = SharedLink.objects.filter(pk=link.pk)
    this.update(wrong_tries=F("wrong_tries") + 1)
    this.filter(wrong_tries__gte=MOST_WRONG, revoked_at=None).update(revoked_at=timezone.now())
    return False


def ended_by_guesses(link: SharedLink) -> bool:
    """Whether it ended because too many wrong passphrases were typed."""
    return link.revoked_at is not None and link.wrong_tries >= MOST_WRONG


def pass_for(link: SharedLink) -> str:
    """What a browser shows for half an hour instead of the passphrase. Good for this link and this passphrase only."""
    return _pass_signer.sign(_pass_words(link))


def pass_is_good(link: SharedLink, given: str) -> bool:
    """Whether ``given`` came from ``pass_for`` for this very link, not more than half an hour ago."""
    try:
        return hmac.compare_digest(_pass_signer.unsign(given, max_age=OPEN_FOR), _pass_words(link))
    except (BadSignature, TypeError):  # TypeError: letters that no pass has
        return False


def _pass_words(link: SharedLink) -> str:
    return _hash_of(f"{link.nonce} {link.passphrase}")
