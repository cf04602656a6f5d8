"""When a create call that failed is worth sending again."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field

from kirin_video.client.errors import ConnectionFailed, ServerError, TooManyRequests

RETRIED = (ConnectionFailed, ServerError, TooManyRequests)
"""What a create call may be sent again after."""

_PASSING = (502, 503, 504)
"""Of our server, overloaded or about to restart, or of a proxy before it."""

_CONNECTION_TRIES = 3
_CONNECTION_PAUSE_S = 0.5
_PATIENCE_S = 60.0
"""Seconds spent in all on waiting for a refusal to pass: as long as one window of the server."""

_UNSAID_PAUSE_S = 2.0


@dataclass(slots=True)
class CreateRetry:
    """Decides, for one create call, whether to send it again and when.

    Every call has a key of its own, by which the server knows it again: sending it twice makes nothing twice.

    Attributes:
        headers: what each sending of the call carries besides the usual.
    """

    headers: dict[str, str] = field(
        default_factory=lambda: {"Idempotency-Key": str(uuid.uuid4())}, init=False
    )
    _tries: int = field(default=_CONNECTION_TRIES, init=False)
    _patience_s: float = field(default=_PATIENCE_S, init=False)

    def pause_s(self, error: ConnectionFailed | ServerError | TooManyRequests) -> float:
        """Seconds to wait before sending the call again.

        Args:
            error: how it failed.

        Raises:
            ConnectionFailed: ``error`` itself: it was tried often enough.
            ServerError: ``error`` itself: trying again would not help, or has not helped for long enough.
            TooManyRequests: ``error`` itself: the server asks for more patience than there is.
        """
        if isinstance(error, ConnectionFailed):
            self._tries -= 1
            if self._tries < 0:
                raise error
            return _CONNECTION_PAUSE_S
        if isinstance(error, ServerError) and error.status not in _PASSING:
            raise error
        wait_s = _UNSAID_PAUSE_S if error.retry_after_s is None else max(error.retry_after_s, 0.1)
        self._patience_s -= wait_s
        if self._patience_s < 0:
            raise error
        return wait_s
