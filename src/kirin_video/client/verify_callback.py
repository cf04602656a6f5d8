"""Trust a callback that arrived, or not: for receivers written in Python."""

from __future__ import annotations

import time
from collections.abc import Mapping

from pydantic import ValidationError

from kirin_video.client.errors import CallbackNotTrusted
from kirin_video.domain.callback_signature import TOLERANCE_S, Mismatch, mismatch, read_secret
from kirin_video.domain.wire import TaskResource

_WHY = {
    Mismatch.UNSIGNED: "It is not signed: webhook-id, webhook-timestamp or webhook-signature is missing.",
    Mismatch.WRONG_SIGNATURE: (
        "Its signature is wrong: the secret is another account's or was replaced, or the body is not what "
        "was sent, byte for byte."
    ),
    Mismatch.TOO_OLD: (
        f"It was signed more than {TOLERANCE_S // 60} minutes ago: it was held up or is sent again by "
        "somebody else, or this machine's clock is fast."
    ),
    Mismatch.FROM_THE_FUTURE: (
        f"It was signed more than {TOLERANCE_S // 60} minutes in the future: this machine's clock is slow."
    ),
}


def verify_callback(
    body: bytes, headers: Mapping[str, str], secret: str, *, now: float | None = None
) -> TaskResource:
    """Read a callback if it comes from the server that shares the secret.

    ```python
    task = verify_callback(request.body, request.headers, os.environ["KIRIN_CALLBACK_SECRET"])
    ```

    Args:
        body: of the request, exactly as it arrived.
        headers: of the request; their case does not matter.
        secret: what ``kirin callbacks secret`` prints.
        now: Unix seconds; the clock's where left out.

    Returns:
        The task as it was when its status changed. The header ``webhook-id`` is the same if it is sent again.

    Raises:
        CallbackNotTrusted: it does not, or it is too old.
        ValueError: the secret is not one.
    """
    lower = {name.lower(): value for name, value in headers.items()}
    why = mismatch(read_secret(secret), lower, body, time.time() if now is None else now)
    if why is not None:
        raise CallbackNotTrusted(_WHY[why], why=why)
    try:
        return TaskResource.model_validate_json(body)
    except ValidationError as error:
        raise CallbackNotTrusted("It is signed, and is not a task.", why=None) from error
