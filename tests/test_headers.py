"""What every answer carries."""

import pytest

from tapertrack.middleware import CONTENT_SECURITY_POLICY


@pytest.mark.parametrize("path", ["/", "/help-now/", "/accounts/login/", "/no-such-page/", "/trends/?from=x"])
def test_every_page_has_the_policy_and_stays_out_of_shared_caches(client, db, path):
    response = client.get(path)
    assert response["Content-Security-Policy"] == CONTENT_SECURITY_POLICY
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"


def test_the_policy_allows_nothing_inline_and_nobody_else():
    assert "unsafe" not in CONTENT_SECURITY_POLICY
    assert "http" not in CONTENT_SECURITY_POLICY
    assert CONTENT_SECURITY_POLICY.startswith("default-src 'none'")


def test_below_a_path_shared_summaries_have_their_headers_and_files_may_be_kept(client, db):
    below = {"SCRIPT_NAME": "/journal"}
    shared = client.get("/s/nothing/", **below)
    assert shared.wsgi_request.path == "/journal/s/nothing/"
    assert shared["Cache-Control"] == "no-store"
    assert shared["Referrer-Policy"] == "no-referrer"
    assert "Cache-Control" not in client.get("/static/no-such-file.css", **below).headers
    assert client.get("/help-now/", **below)["Cache-Control"]


def test_a_personal_page_is_private(as_alice):
    assert "private" in as_alice.get("/")["Cache-Control"]
