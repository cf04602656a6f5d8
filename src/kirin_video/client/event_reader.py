"""Reads a task's events from the lines of a stream, and knows where to take it up when it breaks."""

from __future__ import annotations

from pydantic import ValidationError

from kirin_video.client.errors import UnexpectedAnswer
from kirin_video.domain.wire import TaskEvent


class EventReader:
    """The reader of one task's events, over as many streams as it takes."""

    def __init__(self) -> None:
        self._last_id = ""
        self._fields: dict[str, str] = {}

    def headers(self) -> dict[str, str]:
        """What asks a server to go on where we are; begins a new stream."""
        self._fields = {}
        asked = {"Accept": "text/event-stream", "Cache-Control": "no-store"}
        return {**asked, "Last-Event-ID": self._last_id} if self._last_id else asked

    def feed(self, line: str) -> TaskEvent | None:
        """Take the next line of the stream.

        Returns:
            The event that this line completes, if it does.

        Raises:
            UnexpectedAnswer: it is not an event of a task.
        """
        if line:
            name, _, value = line.partition(":")
            self._fields[name] = value.removeprefix(" ")
            return None
        fields, self._fields = self._fields, {}
        if "data" not in fields:
            return None
        try:
            event = TaskEvent.model_validate_json(fields["data"])
        except ValidationError as error:
            raise UnexpectedAnswer("The stream holds something else than a task's events.") from error
        self._last_id = fields.get("id", self._last_id)
        return event
