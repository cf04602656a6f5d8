import base64
from datetime import UTC, datetime

import pytest
from standardwebhooks.webhooks import Webhook

from kirin_video.domain.callback_signature import (
    Mismatch,
    derive_secret,
    mismatch,
    read_secret,
    server_key_id,
    show_secret,
    sign,
    signed_headers,
)

SECRET = read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
AT = 1614265330
BODY = b'{"test": 2432232314}'
SERVER = b"a secret of the server, long enough to be one"


def test_the_published_vector() -> None:
    assert sign(SECRET, ID, AT, BODY) == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_two_secrets_give_two_signatures_that_each_verify() -> None:
    old, new = derive_secret(SERVER, "default", 1, b"salt"), derive_secret(SERVER, "default", 2, b"salt")
    headers = signed_headers([new, old], ID, AT, BODY)
    for secret in (old, new):
        assert mismatch(secret, headers, BODY, AT) is None
    assert len(headers["webhook-signature"].split(" ")) == 2
    theirs = {
        Webhook(show_secret(s)).sign(ID, datetime.fromtimestamp(AT, UTC), BODY.decode()) for s in (old, new)
    }
    assert set(headers["webhook-signature"].split(" ")) == theirs


@pytest.mark.parametrize(
    ("change", "now", "why"),
    [
        ({}, AT, None),
        ({}, AT + 300, None),
        ({}, AT + 301, Mismatch.TOO_OLD),
        ({}, AT - 301, Mismatch.FROM_THE_FUTURE),
        ({"webhook-id": "msg_other"}, AT, Mismatch.WRONG_SIGNATURE),
        ({"webhook-timestamp": str(AT + 1)}, AT, Mismatch.WRONG_SIGNATURE),
        ({"webhook-timestamp": "now"}, AT, Mismatch.UNSIGNED),
        ({"webhook-timestamp": "9" * 5000}, AT, Mismatch.WRONG_SIGNATURE),
        ({"webhook-signature": ""}, AT, Mismatch.UNSIGNED),
        ({"webhook-signature": "v1,\udcff"}, AT, Mismatch.WRONG_SIGNATURE),
        (
            {"webhook-signature": "v2,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
            AT,
            Mismatch.WRONG_SIGNATURE,
        ),
    ],
)
def test_what_cannot_be_trusted(change: dict[str, str], now: float, why: Mismatch | None) -> None:
    headers = {**signed_headers([SECRET], ID, AT, BODY), **change}
    assert mismatch(SECRET, headers, BODY, now) is why


def test_every_account_generation_salt_and_server_has_another_secret() -> None:
    made = {
        derive_secret(server, account, generation, salt)
        for server in (SERVER, SERVER + b"!")
        for account in ("a", "a1")
        for generation in (1, 11)
        for salt in (b"1", b"11")
    }
    assert len(made) == 16
    assert {len(secret) for secret in made} == {32}
    assert server_key_id(SERVER) not in derive_secret(SERVER, "a", 1, b"")


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_AAAA", "whsec_not base64 at all, no", "whsec_é" * 10])
def test_what_is_no_secret(text: str) -> None:
    with pytest.raises(ValueError, match="secret"):
        read_secret(text)


def test_secrets_are_shown_as_they_are_read() -> None:
    assert read_secret(show_secret(SECRET)) == SECRET
    assert read_secret(base64.b64encode(SECRET).decode()) == SECRET
