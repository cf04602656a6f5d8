"""The light process behind `kirin serve`: it imports none of the libraries that its parts need."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shlex
import shutil
import signal
import sys
from pathlib import Path

from kirin_video.domain.errors import KirinError
from kirin_video.lifeline import die_with_parent
from kirin_video.supervisor.commands import Commands
from kirin_video.supervisor.data_dir import describe
from kirin_video.supervisor.serve import Options, Ready, Server


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="kirin serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--no-worker", action="store_true")
    parser.add_argument("--api-processes", type=int, default=1)
    parser.add_argument("--reload", action="store_true")
    parser.add_argument("--private", nargs=2, type=int, metavar=("PARENT_PID", "REPORT_FD"))
    return parser.parse_args()


def show(ready: Ready) -> None:
    """Print where the server is and, at the first start, the key and the link to claim the console."""
    lines = [f"kirin-video serves {ready.address}"]
    if ready.claim_url is not None:
        lines += [
            "",
            "  Open this link once to become the administrator of its console:",
            "",
            f"      {ready.claim_url}",
        ]
    if ready.first_key is not None:
        lines += [
            "",
            "  Your first API key, shown this once:",
            "",
            f"      {ready.first_key}",
            "",
            f"  More keys: kirin keys create --name NAME --data-dir {shlex.quote(str(ready.data_dir))}",
        ]
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.write("\n".join([*lines, ""]))
        sys.stdout.flush()


def report(ready: Ready, descriptor: int) -> None:
    """Tell the process that started a private server where it is, as one JSON object."""
    with os.fdopen(descriptor, "w") as pipe, contextlib.suppress(BrokenPipeError):
        json.dump({"base_url": ready.address, "api_key": ready.first_key}, pipe)


def main(commands: Commands | None = None) -> int:
    """Serve until asked to stop; return the exit code.

    Args:
        commands: how to run the parts, if not in the usual way.
    """
    given = _arguments()
    options = Options(
        data_dir=given.data_dir,
        host=given.host,
        port=given.port,
        worker=not given.no_worker,
        api_processes=given.api_processes,
        reload=given.reload,
        throwaway=given.private is not None,
    )
    on_ready = show
    if given.private is not None:
        parent_pid, descriptor = given.private
        die_with_parent(parent_pid, signal.SIGTERM)
        os.set_inheritable(descriptor, False)

        def on_ready(ready: Ready) -> None:
            report(ready, descriptor)

    try:
        Server(options, on_ready, commands or Commands()).run()
    except KeyboardInterrupt:
        return 130
    except KirinError as error:
        sys.stderr.write(f"kirin: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"kirin: {describe(error, options.data_dir)}\n")
        return 1
    finally:
        if options.throwaway:
            shutil.rmtree(options.data_dir, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
