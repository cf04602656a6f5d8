"""``kirin accounts budget`` and ``kirin accounts discount``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.amounts import read_moment, read_percent, read_usd
from kirin_video.cli.data_options import DataDirOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import moment, print_table
from kirin_video.domain.money import format_usd

if TYPE_CHECKING:
    from decimal import Decimal

    from kirin_video.domain.pricing import Discount
    from kirin_video.store.database import Database

BUDGET_EXAMPLES = """[bold]Examples[/bold]

kirin accounts budget film-team --set 200

kirin accounts budget film-team --add 50

kirin accounts budget film-team --none
"""

DISCOUNT_EXAMPLES = """[bold]Examples[/bold]

kirin accounts discount film-team 12.5

kirin accounts discount film-team 20 --from 2027-01-01

kirin accounts discount film-team
"""

AccountArgument = Annotated[str, typer.Argument(help="The account.", metavar="ACCOUNT")]


def budget(
    name: AccountArgument,
    left: Annotated[
        str | None,
        typer.Option("--set", help="US dollars it may spend from now on.", metavar="USD", show_default=False),
    ] = None,
    more: Annotated[
        str | None,
        typer.Option(
            "--add",
            help="US dollars it may spend besides what it has left; a negative amount takes some away.",
            metavar="USD",
            show_default=False,
        ),
    ] = None,
    unlimited: Annotated[
        bool, typer.Option("--none", help="Take its budget away: it may spend as much as it likes.")
    ] = False,
    data_dir: DataDirOption = None,
) -> None:
    """Say what an account may still spend, or show it.

    A task takes its price from the budget when it is created; a request that costs more than is left is
    refused with 402. What is held for a task that fails or is cancelled comes back. Without a budget, which
    is how accounts begin, nothing is refused. A running server goes by it at once.
    """
    if (left is not None) + (more is not None) + unlimited > 1:
        raise CommandFailed("Give one of --set, --add and --none.", ExitCode.USAGE)
    amount = read_usd(left, "--set") if left is not None else None
    added = read_usd(more, "--add", negative=True) if more is not None else None

    async def work(database: Database, _: bytes) -> int | None:
        from kirin_video.services.budgets import (  # noqa: PLC0415  # needs the [server] extra
            AddToBudget,
            DropBudget,
            ReadBudget,
            SetBudget,
        )
        from kirin_video.store.budget_rows import BudgetRows  # noqa: PLC0415

        budgets = BudgetRows(database)
        if amount is not None:
            await SetBudget(database, budgets)(name, amount)
        elif added is not None:
            await AddToBudget(database, budgets)(name, added)
        elif unlimited:
            await DropBudget(database, budgets)(name)
        return await ReadBudget(database, budgets)(name)

    has = on_database(data_dir, work)
    if has is None:
        typer.echo(f"Account {name} has no budget: it may spend as much as it likes.")
    else:
        typer.echo(f"Account {name} may spend ${format_usd(has)}.")


def discount(
    name: AccountArgument,
    percent: Annotated[
        str | None,
        typer.Argument(
            help="What is taken off list prices, 0 to 100.", metavar="PERCENT", show_default=False
        ),
    ] = None,
    start: Annotated[
        str | None,
        typer.Option(
            "--from",
            help="When it comes into force: a day or a moment, in UTC unless it says otherwise.",
            metavar="TIME",
            show_default="now",
        ),
    ] = None,
    data_dir: DataDirOption = None,
) -> None:
    """Give an account a discount on all that it creates from then on, or show those it has been given.

    Tasks keep the price they were created at. A running server goes by it within a second.
    """
    off = None if percent is None else read_percent(percent, "PERCENT")
    when = read_moment(start, "--from")

    async def work(database: Database, _: bytes) -> list[Discount]:
        from kirin_video.services.prices import GiveDiscount  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.account_rows import AccountRows  # noqa: PLC0415
        from kirin_video.store.price_rows import PriceRows  # noqa: PLC0415

        give = GiveDiscount(database, PriceRows(database), AccountRows(database))
        if off is not None:
            await give(name, off, when)
        return await give.history(name)

    given = on_database(data_dir, work)
    if off is None:
        print_table(
            ("FROM", "PERCENT", "GIVEN"),
            [
                (moment(each.valid_from), shown_percent(each.percent), moment(each.created_at))
                for each in given
            ],
        )
    else:
        begins = f"from {moment(when)} UTC on" if when else "from now on"
        typer.echo(f"Account {name} pays {shown_percent(off)}% less than list prices {begins}.")


def shown_percent(percent: Decimal) -> str:
    """A percentage without needless zeros."""
    return f"{percent.normalize():f}"
