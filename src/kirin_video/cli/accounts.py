"""``kirin accounts``: accounts of a server on this machine, or of the one that DATABASE_URL names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.account_money import (
    BUDGET_EXAMPLES,
    DISCOUNT_EXAMPLES,
    budget,
    discount,
    shown_percent,
)
from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.help_text import help_text
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import iso, moment, print_json, print_table
from kirin_video.cli.retention import EPILOG as RETENTION_EPILOG
from kirin_video.cli.retention import retention
from kirin_video.domain.access import PRIORITIES, LimitOverrides
from kirin_video.domain.account import ACCOUNT_FORM, is_account_name
from kirin_video.domain.money import format_usd

if TYPE_CHECKING:
    from kirin_video.domain.account import Account
    from kirin_video.store.database import Database

_DEFAULT = "default"
_LARGEST = 1_000_000_000
_WHOLE = re.compile(r"-?[0-9]{1,10}")
_LIMIT = f'A number; 0 for any number, "{_DEFAULT}" for the server\'s setting.'

_ABOUT = """Make, list and limit accounts; set their budgets and discounts.

An account owns tasks, elements and files, and sees nothing of other accounts'. Every server has one,
"default"; make more when teams that share a server should not see or crowd out each other."""

_CREATE_EXAMPLES = """[bold]Examples[/bold]

kirin accounts create film-team

kirin accounts create guests --creates-per-minute 10 --unfinished-tasks 5

kirin keys create --account guests --name web
"""

_LIMIT_EXAMPLES = """[bold]Examples[/bold]

kirin accounts limit guests --unfinished-tasks 20

kirin accounts limit guests --creates-per-minute default --reads-per-minute 0

kirin accounts limit guests --running-tasks 1 --priority -10
"""

NameArgument = Annotated[str, typer.Argument(help="The account.", metavar="ACCOUNT")]
CreatesOption = Annotated[
    str | None,
    typer.Option(
        "--creates-per-minute",
        help=f"Tasks, elements and uploads it may create in a minute. {_LIMIT}",
        metavar="N",
        show_default=False,
    ),
]
ReadsOption = Annotated[
    str | None,
    typer.Option(
        "--reads-per-minute",
        help=f"Other requests it may make in a minute, of each API process. {_LIMIT}",
        metavar="N",
        show_default=False,
    ),
]
UnfinishedOption = Annotated[
    str | None,
    typer.Option(
        "--unfinished-tasks",
        help=f"Tasks of it that may be queued or in progress at a time. {_LIMIT}",
        metavar="N",
        show_default=False,
    ),
]
RunningOption = Annotated[
    str | None,
    typer.Option(
        "--running-tasks",
        help=f"Tasks of it that may run at a time; others wait. {_LIMIT}",
        metavar="N",
        show_default=False,
    ),
]
PriorityOption = Annotated[
    str | None,
    typer.Option(
        "--priority",
        help="Its waiting tasks go before those of accounts with a lower one: -100 to 100; "
        f'"{_DEFAULT}" is 0. Accounts of one priority take turns.',
        metavar="N",
        show_default=False,
    ),
]


def account_commands() -> typer.Typer:
    """Put the commands below ``kirin accounts`` together."""
    app = typer.Typer(help=help_text(_ABOUT), no_args_is_help=True, rich_markup_mode="rich")
    app.command(help=help_text(create.__doc__), epilog=help_text(_CREATE_EXAMPLES))(create)
    app.command("list", help=help_text(list_accounts.__doc__))(list_accounts)
    app.command(help=help_text(limit.__doc__), epilog=help_text(_LIMIT_EXAMPLES))(limit)
    app.command(help=help_text(budget.__doc__), epilog=help_text(BUDGET_EXAMPLES))(budget)
    app.command(help=help_text(discount.__doc__), epilog=help_text(DISCOUNT_EXAMPLES))(discount)
    app.command(help=help_text(retention.__doc__), epilog=help_text(RETENTION_EPILOG))(retention)
    return app


def create(  # noqa: PLR0913, PLR0917 - one argument an option
    name: Annotated[str, typer.Argument(help=f"Its name: {ACCOUNT_FORM}.", metavar="ACCOUNT")],
    creates_per_minute: CreatesOption = None,
    reads_per_minute: ReadsOption = None,
    unfinished_tasks: UnfinishedOption = None,
    running_tasks: RunningOption = None,
    priority: PriorityOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Make an account. It has no key yet: `kirin keys create --account ACCOUNT` makes one."""
    if not is_account_name(name):
        raise CommandFailed(f'"{name}" cannot be an account\'s name: give {ACCOUNT_FORM}.', ExitCode.USAGE)
    limits, _ = _limits(
        creates_per_minute=creates_per_minute,
        reads_per_minute=reads_per_minute,
        unfinished_tasks=unfinished_tasks,
        running_tasks=running_tasks,
        priority=priority,
    )

    async def work(database: Database, _: bytes) -> None:
        from kirin_video.services.accounts import CreateAccount  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.account_rows import AccountRows  # noqa: PLC0415

        await CreateAccount(database, AccountRows(database))(name, limits)

    on_database(data_dir, work)
    typer.echo(f"Account {name} is made. Make a key for it: kirin keys create --account {name} --name NAME")


def list_accounts(as_json: JsonOption = False, data_dir: DataDirOption = None) -> None:
    """List the accounts: their good keys, unfinished tasks, own limits, budgets and discounts."""

    async def work(database: Database, _: bytes) -> list[Account]:
        from kirin_video.services.accounts import ListAccounts  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.account_rows import AccountRows  # noqa: PLC0415

        return await ListAccounts(database, AccountRows(database))()

    accounts = on_database(data_dir, work)
    if as_json:
        print_json([_as_json(account) for account in accounts])
        return
    heads = ("ACCOUNT", "CREATED", "KEYS", "UNFINISHED", "MAX UNFINISHED", "MAX RUNNING", "PRIORITY")
    heads += ("CREATES/MIN", "READS/MIN", "BUDGET LEFT", "DISCOUNT")
    print_table(
        heads,
        [
            (
                account.id,
                moment(account.created_at),
                str(account.keys),
                str(account.unfinished_tasks),
                _shown(account.limits.unfinished_tasks),
                _shown(account.limits.running_tasks),
                str(account.limits.priority or 0),
                _shown(account.limits.creates_per_minute),
                _shown(account.limits.reads_per_minute),
                "any" if account.budget_left is None else f"${format_usd(account.budget_left)}",
                f"{shown_percent(account.discount_percent)}%",
            )
            for account in accounts
        ],
    )


def limit(  # noqa: PLR0913, PLR0917 - one argument an option
    name: NameArgument,
    creates_per_minute: CreatesOption = None,
    reads_per_minute: ReadsOption = None,
    unfinished_tasks: UnfinishedOption = None,
    running_tasks: RunningOption = None,
    priority: PriorityOption = None,
    data_dir: DataDirOption = None,
) -> None:
    """Give an account limits of its own; those not named stay as they are.

    A running server goes by them within a second. Limits for all accounts are settings of the server:
    KIRIN_CREATES_PER_MINUTE, KIRIN_READS_PER_MINUTE, KIRIN_UNFINISHED_TASKS and KIRIN_RUNNING_TASKS.
    """
    limits, named = _limits(
        creates_per_minute=creates_per_minute,
        reads_per_minute=reads_per_minute,
        unfinished_tasks=unfinished_tasks,
        running_tasks=running_tasks,
        priority=priority,
    )
    if not named:
        raise CommandFailed(
            "Which limit? Give --creates-per-minute, --reads-per-minute, --unfinished-tasks, --running-tasks "
            "or --priority.",
            ExitCode.USAGE,
        )

    async def work(database: Database, _: bytes) -> None:
        from kirin_video.services.accounts import LimitAccount  # noqa: PLC0415  # needs the [server] extra
        from kirin_video.store.account_rows import AccountRows  # noqa: PLC0415

        await LimitAccount(database, AccountRows(database))(name, limits, named)

    on_database(data_dir, work)
    typer.echo(f"The limits of account {name} are set.")


def _limits(**given: str | None) -> tuple[LimitOverrides, list[str]]:
    """Read the options; gives the limits, and the names of those that were given."""
    named = {name: _number(text, name) for name, text in given.items() if text is not None}
    return LimitOverrides(**named), list(named)


def _number(text: str, name: str) -> int | None:
    if text == _DEFAULT:
        return None
    allowed = PRIORITIES if name == "priority" else range(_LARGEST + 1)
    if not _WHOLE.fullmatch(text) or int(text) not in allowed:
        what = (
            f"a whole number from {allowed[0]} to {allowed[-1]}"
            if name == "priority"
            else f"a whole number up to {_LARGEST:,}, 0 for any number"
        )
        raise CommandFailed(
            f'--{name.replace("_", "-")} is "{text}"; give {what}, or "{_DEFAULT}".', ExitCode.USAGE
        )
    return int(text)


def _shown(limit_: int | None) -> str:
    return _DEFAULT if limit_ is None else str(limit_ or "any")


def _as_json(account: Account) -> dict[str, object]:
    limits = account.limits
    return {
        "id": account.id,
        "created_at": iso(account.created_at),
        "keys": account.keys,
        "unfinished_tasks": account.unfinished_tasks,
        # null: the server's setting; 0: any number.
        "limits": {
            "creates_per_minute": limits.creates_per_minute,
            "reads_per_minute": limits.reads_per_minute,
            "unfinished_tasks": limits.unfinished_tasks,
            "running_tasks": limits.running_tasks,
            "priority": limits.priority,
        },
        # null: it may spend as much as it likes.
        "budget_left": None if account.budget_left is None else format_usd(account.budget_left),
        "discount_percent": shown_percent(account.discount_percent),
    }
