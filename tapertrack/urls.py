"""The site's addresses: accounts, and the journal at the root."""

from django.urls import include, path

from journal.views.accounts import no_mail, sign_out

urlpatterns = [
    # Before allauth's own: what would send a mail leads to the recovery code, and signing out clears the device.
    path("accounts/logout/", sign_out, name="account_logout"),
    path("accounts/email/", no_mail),
    path("accounts/confirm-email/", no_mail),
    path("accounts/confirm-email/<path:key>/", no_mail),
    path("accounts/login/code/confirm/", no_mail),
    path("accounts/password/reset/", no_mail, name="account_reset_password"),
    path("accounts/password/reset/<path:rest>/", no_mail),
    path("accounts/password/set/", no_mail),
    path("accounts/", include("allauth.urls")),
    path("", include("journal.urls")),
]

handler400 = "journal.views.errors.bad_request"
handler403 = "journal.views.errors.forbidden"
handler404 = "journal.views.errors.not_found"
handler429 = "journal.views.errors.too_many_requests"  # allauth's own setting, for its limits on tries
handler500 = "journal.views.errors.server_error"
