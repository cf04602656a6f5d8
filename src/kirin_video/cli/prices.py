"""``kirin prices``: the price lists of a server on this machine, or of the one that DATABASE_URL names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.amounts import read_moment, read_usd
from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.help_text import help_text
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import iso, moment, print_json, print_table
from kirin_video.domain.money import format_usd

if TYPE_CHECKING:
    from kirin_video.domain.pricing import PriceVersion
    from kirin_video.store.database import Database

_ABOUT = """List and set what a second of video costs.

Until the first list is set, the server's settings hold: KIRIN_PRICE_STD_USD and its like. Each list holds
from its moment until that of the next; none is ever changed, and tasks keep the price they were made at."""

_SET_EXAMPLES = """[bold]Examples[/bold]

kirin prices set --std 0.084 --pro 0.112 --std-video 0.126 --pro-video 0.168

kirin prices set --pro 0.12 --from 2027-01-01
"""

_NAMES = {"std": "--std", "pro": "--pro", "std_with_video": "--std-video", "pro_with_video": "--pro-video"}


def _price_option(name: str, what: str) -> object:
    return typer.Option(name, help=f"US dollars for a second {what}.", metavar="USD", show_default=False)


def price_commands() -> typer.Typer:
    """Put the commands below ``kirin prices`` together."""
    app = typer.Typer(help=help_text(_ABOUT), no_args_is_help=True, rich_markup_mode="rich")
    app.command("list", help=help_text(list_prices.__doc__))(list_prices)
    app.command("set", help=help_text(set_prices.__doc__), epilog=help_text(_SET_EXAMPLES))(set_prices)
    return app


def list_prices(as_json: JsonOption = False, data_dir: DataDirOption = None) -> None:
    """List the price lists that were, are and will be in force."""

    async def work(database: Database, _: bytes) -> list[tuple[PriceVersion, bool]]:
        from kirin_video.services.prices import ListPrices  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.price_rows import PriceRows  # noqa: PLC0415

        return await ListPrices(database, PriceRows(database))()

    lists = on_database(data_dir, work)
    if as_json:
        print_json([{**_as_json(each), "in_force": in_force} for each, in_force in lists])
        return
    heads = ("VERSION", "FROM", "STD", "PRO", "STD VIDEO", "PRO VIDEO", "SET", "IN FORCE")
    print_table(heads, [(*_cells(each), "yes" if in_force else "") for each, in_force in lists])
    if not any(in_force for _, in_force in lists):
        typer.echo("The server's settings are in force.")


def set_prices(  # noqa: PLR0913, PLR0917 - one argument an option
    std: Annotated[str | None, _price_option("--std", "of std")] = None,
    pro: Annotated[str | None, _price_option("--pro", "of pro")] = None,
    std_video: Annotated[
        str | None, _price_option("--std-video", "of std where the request has footage")
    ] = None,
    pro_video: Annotated[
        str | None, _price_option("--pro-video", "of pro where the request has footage")
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
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
) -> None:
    """Set a price list; what is not named costs what it does in the list before. The first names everything.

    A running server goes by it within a second of its moment.
    """
    given = {"std": std, "pro": pro, "std_with_video": std_video, "pro_with_video": pro_video}
    changes = {name: read_usd(text, _NAMES[name]) for name, text in given.items() if text is not None}
    if not changes:
        raise CommandFailed(f"Which price? Give {', '.join(_NAMES.values())}.", ExitCode.USAGE)
    when = read_moment(start, "--from")

    async def work(database: Database, _: bytes) -> PriceVersion:
        from kirin_video.services.prices import SetPrices  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.price_rows import PriceRows  # noqa: PLC0415

        return await SetPrices(database, PriceRows(database))(changes, when)

    made = on_database(data_dir, work)
    if as_json:
        print_json(_as_json(made))
        return
    prices = made.prices
    typer.echo(
        f"Price list {made.version} holds from {moment(made.valid_from)} UTC on: "
        f"std ${format_usd(prices.std)}, pro ${format_usd(prices.pro)}, with footage "
        f"std ${format_usd(prices.std_with_video)}, pro ${format_usd(prices.pro_with_video)} a second."
    )


def _cells(version: PriceVersion) -> tuple[str, ...]:
    prices = [format_usd(micro) for micro in version.prices.model_dump().values()]
    return (str(version.version), moment(version.valid_from), *prices, moment(version.created_at))


def _as_json(version: PriceVersion) -> dict[str, object]:
    return {
        "version": version.version,
        "valid_from": iso(version.valid_from),
        "created_at": iso(version.created_at),
        "per_second": {name: format_usd(micro) for name, micro in version.prices.model_dump().items()},
    }
