"""``kirin people``: who may sign in to the console, for an operator at the command line."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.help_text import help_text
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import iso, moment, print_alone, print_json, print_table
from kirin_video.domain.account import DEFAULT_ACCOUNT
from kirin_video.domain.person import Role

if TYPE_CHECKING:
    from pathlib import Path

    from kirin_video.domain.person import Person
    from kirin_video.services.invitations import MadeLink
    from kirin_video.services.people import People
    from kirin_video.store.database import Database

_ABOUT = """Let people in to the console: its first administrator, others by invitation.

The console is where people work in a browser; programs use keys. These commands work with and without a
running server, and help an administrator who has forgotten the password."""

_ONCE = "Whoever opens it first may use it, once; it cannot be shown again."
_EXAMPLES = """[bold]Examples[/bold]

kirin people claim

kirin people invite --for "Li Na" --role member --account film-team

kirin people reset li.na@example.com
"""

LoginArgument = Annotated[str, typer.Argument(help="What they sign in with.", metavar="LOGIN")]


def people_commands() -> typer.Typer:
    """Put the commands below ``kirin people`` together."""
    app = typer.Typer(
        help=help_text(_ABOUT), epilog=help_text(_EXAMPLES), no_args_is_help=True, rich_markup_mode="rich"
    )
    app.command(help=help_text(claim.__doc__))(claim)
    app.command(help=help_text(invite.__doc__))(invite)
    app.command("list", help=help_text(list_people.__doc__))(list_people)
    app.command(help=help_text(reset.__doc__))(reset)
    app.command(help=help_text(disable.__doc__))(disable)
    return app


def claim(data_dir: DataDirOption = None) -> None:
    """Print the link that makes its opener the first administrator, while there is none.

    It is what the first start of kirin serve prints.
    """

    async def work(database: Database, secret: bytes) -> str:
        from kirin_video.domain.console_token import claim_path  # noqa: PLC0415  # needs the [server] extra

        if await _people(database, secret).registering.is_claimed():
            raise CommandFailed(
                'The console has its administrator already; "kirin people list" shows everybody, "kirin '
                'people reset LOGIN" makes a link for a new password.',
                ExitCode.USAGE,
            )
        return claim_path(secret)

    print_alone(_address(data_dir) + on_database(data_dir, work), _ONCE)


def invite(
    role: Annotated[
        Role,
        typer.Option(
            help="What they may do. viewer: see. member: also make, change and delete. admin: everything, in "
            "every account.",
            metavar="viewer|member|admin",
        ),
    ] = Role.MEMBER,
    account: Annotated[
        str, typer.Option(help="The account they belong to.", metavar="ACCOUNT")
    ] = DEFAULT_ACCOUNT,
    note: Annotated[
        str, typer.Option("--for", help="Whom it is for; shown to administrators.", metavar="NAME")
    ] = "",
    data_dir: DataDirOption = None,
) -> None:
    """Print a link that lets somebody join, once, within a week."""

    async def work(database: Database, secret: bytes) -> MadeLink:
        return await _people(database, secret).invitations.invite(note, role, account)

    _print_link(on_database(data_dir, work), data_dir)


def list_people(as_json: JsonOption = False, data_dir: DataDirOption = None) -> None:
    """List everybody who may sign in, and who may not any more. Times are in UTC."""

    async def work(database: Database, secret: bytes) -> list[Person]:
        return await _people(database, secret).everybody()

    people = on_database(data_dir, work)
    if as_json:
        print_json([_as_json(person) for person in people])
        return
    print_table(
        ("LOGIN", "NAME", "ROLE", "ACCOUNT", "STATE", "JOINED", "LAST SEEN"),
        [
            (
                person.login,
                person.name,
                person.role,
                person.account_id,
                "active" if person.disabled_at is None else "disabled",
                moment(person.created_at),
                moment(person.last_seen_at),
            )
            for person in people
        ],
    )


def reset(login: LoginArgument, data_dir: DataDirOption = None) -> None:
    """Print a link with which somebody chooses a new password, once, within a day."""

    async def work(database: Database, secret: bytes) -> MadeLink:
        people = _people(database, secret)
        return await people.invitations.reset(await _find(people, login))

    _print_link(on_database(data_dir, work), data_dir)


def disable(
    login: LoginArgument,
    again: Annotated[bool, typer.Option("--undo", help="Let them in again.")] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Let somebody in no more; where they are signed in, they are signed out at once."""

    async def work(database: Database, secret: bytes) -> None:
        people = _people(database, secret)
        await people.disable(await _find(people, login), disabled=not again)

    on_database(data_dir, work)
    typer.echo(f"{login} may sign in again." if again else f"{login} may not sign in any more.")


async def _find(people: People, login: str) -> str:
    for person in await people.everybody():
        if person.login.casefold() == login.casefold():
            return person.id
    raise CommandFailed(f'Nobody signs in as "{login}"; "kirin people list" shows everybody.', ExitCode.USAGE)


def _people(database: Database, secret: bytes) -> People:
    from kirin_video.services.people import make_people  # noqa: PLC0415  # needs the [server] extra

    made: People = make_people(database, (secret,))
    return made


def _print_link(link: MadeLink, data_dir: Path | None) -> None:
    print_alone(f"{_address(data_dir)}{link.path}", _ONCE)


def _address(data_dir: Path | None) -> str:
    """Where the console is: by the settings, else where the folder's server runs or last ran."""
    from kirin_video.supervisor.data_dir import DataDir, default_data_dir  # noqa: PLC0415  # as above

    public = os.environ.get("KIRIN_PUBLIC_URL")
    holder = DataDir(data_dir or default_data_dir()).holder()
    found = public or (holder.address if holder is not None else None) or "http://127.0.0.1:8080"
    return found.rstrip("/")


def _as_json(person: Person) -> dict[str, object]:
    return {
        "id": person.id,
        "login": person.login,
        "name": person.name,
        "role": person.role.value,
        "account": person.account_id,
        "created_at": iso(person.created_at),
        "last_seen_at": iso(person.last_seen_at),
        "disabled_at": iso(person.disabled_at),
    }
