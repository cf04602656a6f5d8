"""``kirin keys``: API keys of a server on this machine, or of the one whose database DATABASE_URL names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.durations import read_duration
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.help_text import help_text
from kirin_video.cli.key_caps import CAP_EXAMPLES, CapPeriodOption, SpendCapOption, cap, read_cap
from kirin_video.cli.key_facts import KeyIdArgument, cap_text, key_json, now
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import moment, print_alone, print_json, print_table
from kirin_video.domain.access import DEFAULT_SCOPES, Scope
from kirin_video.domain.account import DEFAULT_ACCOUNT

if TYPE_CHECKING:
    from kirin_video.domain.account import KeyFacts
    from kirin_video.services.create_key import CreateKey, IssuedKey
    from kirin_video.store.database import Database

_MAX_NAME = 100
_KEEP = "Keep this key; it cannot be shown again."

_ABOUT = """Make, list, cap, rotate and revoke API keys.

A key lets a program use the API in the name of an account; whoever has it can use it. Give each program its
own, so that one can be replaced without the others. These commands work with and without a running server."""

_CREATE_EXAMPLES = """[bold]Examples[/bold]

kirin keys create --name laptop

kirin keys create --name dashboard --scope read --expires 30d

kirin keys create --name intern --spend-cap 20

export KIRIN_API_KEY=$(kirin keys create --name ci --account film-team --data-dir /srv/kirin)
"""

_ROTATE_EXAMPLES = """[bold]Examples[/bold]

kirin keys list

kirin keys rotate 5f0c2a9be1d34478 --overlap 7d
"""


def key_commands() -> typer.Typer:
    """Put the commands below ``kirin keys`` together."""
    app = typer.Typer(help=help_text(_ABOUT), no_args_is_help=True, rich_markup_mode="rich")
    app.command(help=help_text(create.__doc__), epilog=help_text(_CREATE_EXAMPLES))(create)
    app.command("list", help=help_text(list_keys.__doc__))(list_keys)
    app.command(help=help_text(cap.__doc__), epilog=help_text(CAP_EXAMPLES))(cap)
    app.command(help=help_text(rotate.__doc__), epilog=help_text(_ROTATE_EXAMPLES))(rotate)
    app.command(help=help_text(revoke.__doc__))(revoke)
    return app


def create(  # noqa: PLR0913, PLR0917 - one argument an option
    name: Annotated[
        str,
        typer.Option(help="What the key is for; shown beside it later.", metavar="NAME", show_default=False),
    ],
    account: Annotated[
        str, typer.Option(help="Whose key it is; `kirin accounts create` makes accounts.", metavar="ACCOUNT")
    ] = DEFAULT_ACCOUNT,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            help="What the key may do; may be repeated. read: poll and fetch. generate: create, cancel, "
            "delete. admin: manage the account's keys; no call needs it yet.",
            metavar="read|generate|admin",
            show_default="read and generate",
        ),
    ] = None,
    expires: Annotated[
        str | None,
        typer.Option(
            help="How long the key is good, such as 24h or 30d.", metavar="TIME", show_default="never"
        ),
    ] = None,
    spend_cap: SpendCapOption = None,
    cap_period: CapPeriodOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the key and what is known of it as JSON.")
    ] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Make an API key and print it, alone, on stdout.

    Keep it: only a keyed hash of it is stored, and it cannot be shown again. It works at once, whether or
    not a server is running. With DATABASE_URL set, the key is made in that database; KIRIN_SECRET_KEY must
    then be the server's.

    A key with a spend cap is refused, with 402, what costs more than is left of it; `kirin keys cap` changes
    it.
    """
    name = name.strip()
    if not name or len(name) > _MAX_NAME or not name.isprintable():
        raise CommandFailed(
            f"--name must have 1 to {_MAX_NAME} printable characters, such as laptop.", ExitCode.USAGE
        )
    lifetime = None if expires is None else read_duration(expires, "--expires", shortest_s=1)
    scopes = frozenset(scope) if scope else DEFAULT_SCOPES
    capped = read_cap(spend_cap, cap_period, ("--spend-cap", "--cap-period"))

    async def work(database: Database, secret: bytes) -> IssuedKey:
        create_key = _create_key(database, secret)
        return await create_key(name, account, scopes=scopes, lifetime=lifetime, cap=capped)

    _print_issued(on_database(data_dir, work), _KEEP, as_json=as_json)


def list_keys(
    account: Annotated[
        str | None, typer.Option(help="Only this account's.", metavar="ACCOUNT", show_default="all")
    ] = None,
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
) -> None:
    """List the keys of all accounts or of one: their ids, first characters, scopes, states and spend caps.

    The keys themselves are kept nowhere. Times are in UTC. A key that expires soon is active until then. Of a
    cap the list says how much is used, what is held for unfinished tasks included.
    """

    async def work(database: Database, _: bytes) -> list[KeyFacts]:
        from kirin_video.services.keys import ListKeys  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

        return await ListKeys(database, KeyRows(database))(account)

    keys, moment_now = on_database(data_dir, work), now()
    if as_json:
        print_json([key_json(key, moment_now) for key in keys])
        return
    heads = (
        "ID",
        "KEY",
        "ACCOUNT",
        "NAME",
        "SCOPES",
        "STATE",
        "CREATED",
        "EXPIRES",
        "LAST USED",
        "SPEND CAP",
    )
    print_table(
        heads,
        [
            (
                key.id,
                f"{key.prefix}...",
                key.account_id,
                key.name,
                ",".join(sorted(key.scopes)),
                key.state(moment_now),
                moment(key.created_at),
                moment(key.expires_at),
                moment(key.last_used_at),
                cap_text(key.cap),
            )
            for key in keys
        ],
    )


def rotate(
    key_id: KeyIdArgument,
    overlap: Annotated[
        str,
        typer.Option(
            help="How much longer the old key is good, such as 24h; 0s ends it now.", metavar="TIME"
        ),
    ] = "24h",
    expires: Annotated[
        str | None,
        typer.Option(
            help="How long the new key is good.",
            metavar="TIME",
            show_default="as long as the old one was to be",
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the new key and what is known of it as JSON.")
    ] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Put a new key in an old one's place and print it, alone, on stdout.

    The new key has the old one's account, name, scopes and spend cap, which the two share. Both are good
    during the overlap, so that programs can change over one by one; then the old one expires.
    """
    longer = read_duration(overlap, "--overlap")
    lifetime = None if expires is None else read_duration(expires, "--expires", shortest_s=1)

    async def work(database: Database, secret: bytes) -> IssuedKey:
        from kirin_video.services.keys import RotateKey  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

        rotate_key = RotateKey(database, KeyRows(database), _create_key(database, secret))
        return await rotate_key(key_id, longer, lifetime)

    issued = on_database(data_dir, work)
    _print_issued(issued, f"{_KEEP} The old one expires in {overlap} at the latest.", as_json=as_json)


def revoke(key_id: KeyIdArgument, as_json: JsonOption = False, data_dir: DataDirOption = None) -> None:
    """Make a key useless, for good. Every process of a running server refuses it within a second."""

    async def work(database: Database, _: bytes) -> KeyFacts:
        from kirin_video.services.keys import RevokeKey  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

        return await RevokeKey(database, KeyRows(database))(key_id)

    revoked = on_database(data_dir, work)
    if as_json:
        print_json(key_json(revoked, now()))
    else:
        typer.echo(f'Key {revoked.id} ("{revoked.name}" of {revoked.account_id}) is revoked.')


def _create_key(database: Database, secret: bytes) -> CreateKey:
    from kirin_video.services.create_key import CreateKey  # noqa: PLC0415  # needs the [server] extra
    from kirin_video.store.account_rows import AccountRows  # noqa: PLC0415
    from kirin_video.store.cap_rows import CapRows  # noqa: PLC0415
    from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

    return CreateKey(database, KeyRows(database), CapRows(database), AccountRows(database), secret)


def _print_issued(issued: IssuedKey, hint: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"key": issued.text, **key_json(issued.facts, now())})
    else:
        print_alone(issued.text, hint)
