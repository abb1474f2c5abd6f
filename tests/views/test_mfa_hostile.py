"""What a browser would never send to the passkey pages is refused, never a 500."""

import json

import pytest
from allauth.mfa.models import Authenticator

LOGIN = "/accounts/2fa/webauthn/login/"
WHOLE = {"id": "AQ", "rawId": "AQ", "type": "public-key", "response": {}}


HOSTILE = [
    {}, [], 1, "x", None, True, {"id": 1}, {"id": "1"}, {**WHOLE, "rawId": 1}, {**WHOLE, "response": []}, WHOLE,
    {**WHOLE, "response": {"clientDataJSON": 1}}, {**WHOLE, "response": {"clientDataJSON": {}}},
    {**WHOLE, "response": {"clientDataJSON": "AQ", "authenticatorData": "AQ", "signature": "AQ"}},
    {**WHOLE, "response": {"clientDataJSON": "AQ", "authenticatorData": "A" * 90, "signature": "é",
                           "userHandle": "!"}},
    {**WHOLE, "rawId": "é"},
]  # fmt: skip


@pytest.mark.parametrize("credential", HOSTILE)
def test_no_credential_is_a_500(client, db, credential):
    client.get(LOGIN)
    response = client.post(LOGIN, {"credential": json.dumps(credential)})
    assert response.status_code < 500
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("text", ["", "{", "\x00", "[" * 2000])
def test_no_json_is_a_500(client, db, text):
    assert client.post(LOGIN, {"credential": text}).status_code < 500


@pytest.mark.parametrize("credential", HOSTILE)
def test_nor_is_it_as_the_second_step(client, alice, credential):
    Authenticator.objects.create(user=alice, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    client.post("/accounts/login/", {"login": "alice", "password": "alice-has-a-long-password"})
    response = client.post("/accounts/2fa/authenticate/", {"credential": json.dumps(credential)})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
