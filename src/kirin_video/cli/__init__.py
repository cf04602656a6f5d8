"""The ``kirin`` command. Importing it is cheap: each command imports what it needs when it runs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kirin_video.cli.exit_codes import CommandFailed
from kirin_video.cli.help_text import help_text
from kirin_video.domain.errors import KirinError

_HELP = """
Make video from words, pictures and footage, on your own machine.

[bold]kirin generate[/bold] makes one clip and needs nothing set up, [bold]kirin plan[/bold] shows how
a prompt is read. [bold]kirin serve[/bold] runs a lasting
server with an HTTP API and a console for people; [bold]kirin keys create[/bold] makes further keys for it,
[bold]kirin accounts create[/bold] room for further teams, [bold]kirin people[/bold] lets people in.
"""


def main() -> None:
    """Run the command line; errors become one plain message and an exit code, never a trace."""
    try:
        command_line()()
    except CommandFailed as failed:
        _fail(failed.message, failed.exit_code)
    except KirinError as error:
        _fail(str(error), 1)
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _fail(f"{where}{(error.strerror or str(error)).lower()}.", 1)


def command_line() -> typer.Typer:
    """Put the commands together."""
    from kirin_video.cli import (  # noqa: PLC0415  # this very package
        accounts,
        api,
        backup,
        callbacks,
        check,
        elements,
        generate,
        keys,
        people,
        plan,
        prices,
        serve,
        usage,
        worker,
    )

    app = typer.Typer(
        name="kirin",
        help=help_text(_HELP),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        # Typer's own traces show local variables, and those may hold keys.
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    app.command(help=help_text(generate.generate.__doc__), epilog=help_text(generate.EPILOG))(
        generate.generate
    )
    app.command(help=help_text(plan.plan.__doc__), epilog=help_text(plan.EPILOG))(plan.plan)
    app.command(help=help_text(serve.serve.__doc__), epilog=help_text(serve.EPILOG))(serve.serve)
    app.command(help=help_text(worker.worker.__doc__), epilog=help_text(worker.EPILOG))(worker.worker)
    app.command(help=help_text(api.api.__doc__), hidden=True)(api.api)
    app.command(help=help_text(backup.backup.__doc__), epilog=help_text(backup.BACKUP_EPILOG))(backup.backup)
    app.command(help=help_text(backup.restore.__doc__), epilog=help_text(backup.RESTORE_EPILOG))(
        backup.restore
    )
    app.command(help=help_text(check.check.__doc__), epilog=help_text(check.EPILOG))(check.check)
    app.command(help=help_text(usage.usage.__doc__), epilog=help_text(usage.EPILOG))(usage.usage)
    app.add_typer(accounts.account_commands(), name="accounts")
    app.add_typer(callbacks.callback_commands(), name="callbacks")
    app.add_typer(elements.element_commands(), name="elements")
    app.add_typer(keys.key_commands(), name="keys")
    app.add_typer(people.people_commands(), name="people")
    app.add_typer(prices.price_commands(), name="prices")
    return app


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version  # noqa: PLC0415  # for this option only

        typer.echo(f"kirin-video {version('kirin-video')}")
        raise typer.Exit


def _global_options(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version and exit.", is_eager=True, callback=_show_version),
    ] = False,
) -> None:
    pass


def _fail(message: str, exit_code: int) -> None:
    print(f"kirin: {message}", file=sys.stderr)  # noqa: T201  # this is the command's output
    sys.exit(exit_code)
