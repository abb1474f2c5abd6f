"""What a browser would never send to the passkey pages is refused, never a 500."""

import json

import pytest

LOGIN = "/accounts/2fa/webauthn/login/"
WHOLE = {"id": "AQ", "rawId": "AQ", "type": "public-key", "response": {}}


@pytest.mark.parametrize(
    "credential",
    [
        {}, [], 1, "x", None, True, {"id": 1}, {"id": "1"}, {**WHOLE, "rawId": 1}, {**WHOLE, "response": []}, WHOLE,
        {**WHOLE, "response": {"clientDataJSON": 1}}, {**WHOLE, "response": {"clientDataJSON": {}}},
        {**WHOLE, "response": {"clientDataJSON": "AQ", "authenticatorData": "AQ", "signature": "AQ"}},
        {**WHOLE, "response": {"clientDataJSON": "AQ", "authenticatorData": "A" * 90, "signature": "é",
                               "userHandle": "!"}},
        {**WHOLE, "rawId": "é"},
    ],
)  # fmt: skip
def test_no_credential_is_a_500(client, db, credential):
    client.get(LOGIN)
    response = client.post(LOGIN, {"credential": json.dumps(credential)})
    assert response.status_code < 500
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("text", ["", "{", "\x00", "[" * 2000])
def test_no_json_is_a_500(client, db, text):
    assert client.post(LOGIN, {"credential": text}).status_code < 500
