"""How commands end, and what they say when something went wrong."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kirin_video.client.errors import ClientError

_OPTIONS = {
    "prompt": "PROMPT",
    "image_list": "--image",
    "video_list": "--video",
    "element_list": "--element",
    "mode": "--mode",
    "aspect_ratio": "--aspect-ratio",
    "duration": "--duration",
    "seed": "--seed",
    "watermark_info": "--watermark",
}
"""Which option of ``kirin generate`` sets which parameter."""


class ExitCode(IntEnum):
    """The exit codes of ``kirin generate``, as its help documents them."""

    DONE = 0
    TASK_FAILED = 1
    USAGE = 2
    REFUSED = 3
    NO_SERVER = 4
    NO_FILE = 5
    INTERRUPTED = 130


class CommandFailed(Exception):
    """Ends a command with words for the person at the terminal.

    Attributes:
        message: what happened and what to do next; may have several lines.
        exit_code: how the process ends.
    """

    def __init__(self, message: str, exit_code: ExitCode) -> None:
        super().__init__(message)
        self.message = message
        self.exit_code = exit_code


def rule_lines(broken: Iterable[tuple[str, str]]) -> str:
    """List broken rules, a line each, under the option that sets the parameter.

    Args:
        broken: path of the parameter and message of each.
    """
    lines: list[str] = []
    for field, message in broken:
        name = field.partition("[")[0].partition(".")[0]
        option = _OPTIONS.get(name)
        lines.append(f"  {option} ({field}): {message}" if option else f"  {field}: {message}")
    return "\n".join(lines)


def explain(error: ClientError) -> CommandFailed:
    """Turn an error of the client into words, with what to do next, and an exit code."""
    # Imported here, as by every command that talks to a server: `kirin --help` does without.
    from kirin_video.client import errors  # noqa: PLC0415

    message = error.message
    if isinstance(error, errors.ApiError) and error.request_id:
        message += f" (request {error.request_id})"
    match error:
        case errors.InvalidRequest():
            said = rule_lines((d.field, d.message) for d in error.details) or f"  {message}"
            outcome = (f"The request was refused; nothing was charged.\n{said}", ExitCode.USAGE)
        case errors.Unauthenticated():
            hint = "Check KIRIN_API_KEY; `kirin keys create --name NAME` makes a new key."
            outcome = (f"{message}\n{hint}", ExitCode.REFUSED)
        case errors.ServerError():
            hint = "Try again later, or tell its operator."
            outcome = (f"The server failed: {message}\n{hint}", ExitCode.NO_SERVER)
        case errors.ApiError():
            outcome = (f"The server refused: {message}", ExitCode.REFUSED)
        case errors.NotConfigured():
            outcome = (message, ExitCode.USAGE)
        case errors.ConnectionFailed() | errors.UnexpectedAnswer():
            hint = "Without KIRIN_BASE_URL, kirin generate starts a server of its own."
            outcome = (f"{message}\n{hint}", ExitCode.NO_SERVER)
        case errors.DownloadFailed():
            outcome = (message, ExitCode.NO_FILE)
        case errors.TaskFailed():
            outcome = (f"{message} (code {error.code})", ExitCode.TASK_FAILED)
        case _:
            outcome = (message, ExitCode.TASK_FAILED)
    return CommandFailed(*outcome)
