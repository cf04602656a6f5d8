"""``kirin keys cap``, and the cap that a new key is made with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.amounts import read_usd
from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.key_facts import KeyIdArgument, cap_text, key_json, now
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import print_json
from kirin_video.domain.money import format_usd
from kirin_video.domain.spend_cap import CapPeriod, SpendCap

if TYPE_CHECKING:
    from kirin_video.domain.account import KeyFacts
    from kirin_video.store.database import Database

CAP_EXAMPLES = """[bold]Examples[/bold]

kirin keys cap 5f0c2a9be1d34478 --set 50

kirin keys cap 5f0c2a9be1d34478 --set 20 --period total

kirin keys cap 5f0c2a9be1d34478 --none
"""

_PERIOD_HELP = "month: in each calendar month, in UTC. total: in all, for good."

SpendCapOption = Annotated[
    str | None,
    typer.Option(
        "--spend-cap", help="US dollars that the key may spend.", metavar="USD", show_default="any number"
    ),
]
CapPeriodOption = Annotated[
    CapPeriod | None,
    typer.Option(
        "--cap-period",
        help=f"In what time it may spend them. {_PERIOD_HELP}",
        metavar="month|total",
        show_default="month",
    ),
]


def read_cap(amount: str | None, period: CapPeriod | None, options: tuple[str, str]) -> SpendCap | None:
    """A cap as it was given; None if it was left out.

    Args:
        amount: US dollars, as text.
        period: in what time.
        options: what the two were given by, for messages.

    Raises:
        CommandFailed: it is no amount, or there is a period without one.
    """
    if amount is None:
        if period is not None:
            raise CommandFailed(f"{options[1]} goes with {options[0]}, which says how much.", ExitCode.USAGE)
        return None
    return SpendCap(read_usd(amount, options[0]), period or CapPeriod.MONTH)


def cap(  # noqa: PLR0913, PLR0917 - one argument an option
    key_id: KeyIdArgument,
    amount: Annotated[
        str | None,
        typer.Option("--set", help="US dollars that it may spend.", metavar="USD", show_default=False),
    ] = None,
    period: Annotated[
        CapPeriod | None,
        typer.Option(
            "--period",
            help=f"In what time it may spend them. {_PERIOD_HELP}",
            metavar="month|total",
            show_default="month",
        ),
    ] = None,
    uncapped: Annotated[
        bool, typer.Option("--none", help="Take the cap away: it may spend what its account may.")
    ] = False,
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
) -> None:
    """Say what a key may spend, or show it.

    Tasks count in the month in which they are created, with what is held for them and then with what they
    are charged; a task that fails or is cancelled counts nothing. A request that costs more than is left is
    refused with 402. What the key has spent before counts too. A key and those it was rotated into share one
    cap. A running server goes by it at once.
    """
    if uncapped and (amount is not None or period is not None):
        raise CommandFailed("Give either --set or --none.", ExitCode.USAGE)
    wanted = read_cap(amount, period, ("--set", "--period"))

    async def work(database: Database, _: bytes) -> KeyFacts:
        from kirin_video.services.keys import CapKey, FindKey  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.cap_rows import CapRows  # noqa: PLC0415
        from kirin_video.store.key_rows import KeyRows  # noqa: PLC0415

        keys = KeyRows(database)
        if wanted is None and not uncapped:
            return await FindKey(database, keys)(key_id)
        return await CapKey(database, keys, CapRows(database))(key_id, wanted)

    key = on_database(data_dir, work)
    if as_json:
        print_json(key_json(key, now()))
    elif key.cap is None:
        typer.echo(f'Key {key.id} ("{key.name}") has no spend cap: it may spend what its account may.')
    else:
        held = (
            f", ${format_usd(key.cap.held)} of it held for tasks that have not ended" if key.cap.held else ""
        )
        typer.echo(f'Key {key.id} ("{key.name}") has used {cap_text(key.cap)}{held}.')
