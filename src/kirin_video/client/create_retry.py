"""When a create call that failed is worth sending again."""

from __future__ import annotations

from dataclasses import dataclass, field

from kirin_video.client.errors import ConnectionFailed, TooManyRequests

_CONNECTION_TRIES = 3
_CONNECTION_PAUSE_S = 0.5
_PATIENCE_S = 60.0
"""Seconds spent in all on waiting for a refusal to pass: as long as one window of the server."""

_UNSAID_PAUSE_S = 2.0


@dataclass(slots=True)
class CreateRetry:
    """Decides, for one create call, whether to send it again and when.

    Attributes:
        is_named: whether the request has an ``external_task_id``, so that sending it again after a broken
            connection cannot make a second task.
    """

    is_named: bool
    _tries: int = field(default=_CONNECTION_TRIES, init=False)
    _patience_s: float = field(default=_PATIENCE_S, init=False)

    def pause_s(self, error: ConnectionFailed | TooManyRequests) -> float:
        """Seconds to wait before sending the call again.

        Args:
            error: how it failed. A refusal has made no task, whatever the request; after a broken connection
                nobody knows.

        Raises:
            ConnectionFailed: ``error`` itself: it is not safe, or was tried often enough.
            TooManyRequests: ``error`` itself: the server asks for more patience than there is.
        """
        if isinstance(error, TooManyRequests):
            wait_s = _UNSAID_PAUSE_S if error.retry_after_s is None else max(error.retry_after_s, 0.1)
            self._patience_s -= wait_s
            if self._patience_s < 0:
                raise error
            return wait_s
        self._tries -= 1
        if not self.is_named or self._tries < 0:
            raise error
        return _CONNECTION_PAUSE_S
