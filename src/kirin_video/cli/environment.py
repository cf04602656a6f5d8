"""What the processes of a server need from their environment, with plain words when it is wrong."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from kirin_video.cli.exit_codes import CommandFailed, ExitCode

if TYPE_CHECKING:
    from kirin_video.settings import Settings


def settings_of_process() -> Settings:
    """Return the settings of this process.

    Raises:
        CommandFailed: a variable is missing or not allowed; the message names each.
    """
    from pydantic import ValidationError  # noqa: PLC0415 - `kirin --help` does without

    from kirin_video.settings import from_environment  # noqa: PLC0415 - needs the [server] extra

    try:
        return from_environment()
    except ValidationError as error:
        problems = [f"  {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise CommandFailed(
            "The settings in the environment (KIRIN_...) are not right.\n" + "\n".join(problems),
            ExitCode.USAGE,
        ) from error


def log_to_stderr() -> None:
    """Send this process's log to standard error, a line an event."""
    logging.basicConfig(
        level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
