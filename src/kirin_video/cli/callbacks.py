"""``kirin callbacks``: what was sent, what it is signed with, and a receiver to try things with."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kirin_video.cli.data_options import DataDirOption, JsonOption
from kirin_video.cli.durations import read_duration
from kirin_video.cli.exit_codes import CommandFailed, ExitCode, explain
from kirin_video.cli.help_text import help_text
from kirin_video.cli.on_database import on_database
from kirin_video.cli.output import iso, moment, print_json, print_table

if TYPE_CHECKING:
    from kirin_video.client import Client, DeliveryRecord, DeliveryResource
    from kirin_video.client.callbacks import DeliveryFilters
    from kirin_video.services.callback_secrets import ShownSecret
    from kirin_video.store.database import Database

_WAIT_S = 20.0
_LOOK_EVERY_S = 0.3
_MS = 1000

_ABOUT = """Look at callbacks, send them again, and try them out.

A task made with [bold]callback_url[/bold] is posted there whenever its status changes.
[bold]secret[/bold] works on the server's data; [bold]listen[/bold] needs no server; the others ask the
one that KIRIN_BASE_URL names."""

EPILOG = """[bold]Examples[/bold]

kirin callbacks listen --secret "$(kirin callbacks secret)"

kirin callbacks test https://example.com/hooks/kirin

kirin callbacks list --state failed
"""

_LISTEN_EXAMPLES = """[bold]Examples[/bold]

KIRIN_CALLBACK_SECRET="$(kirin callbacks secret)" kirin callbacks listen --port 8900

kirin callbacks listen --answer 500
"""

_ROTATION_EXAMPLES = """[bold]Examples[/bold]

kirin callbacks secret

kirin callbacks secret --account film-team --rotate --overlap 2h
"""

Json = Annotated[bool, typer.Option("--json", help="Print what the server answers as JSON.")]
DeliveryId = Annotated[str, typer.Argument(metavar="ID", help="The delivery's id.", show_default=False)]


def callback_commands() -> typer.Typer:
    """Put the commands below ``kirin callbacks`` together."""
    app = typer.Typer(help=help_text(_ABOUT), no_args_is_help=True, rich_markup_mode="rich")
    app.command(help=help_text(listen.__doc__), epilog=help_text(_LISTEN_EXAMPLES))(listen)
    app.command(help=help_text(secret.__doc__), epilog=help_text(_ROTATION_EXAMPLES))(secret)
    app.command("list", help=help_text(list_deliveries.__doc__), epilog=help_text(EPILOG))(list_deliveries)
    app.command(help=help_text(show.__doc__))(show)
    app.command(help=help_text(resend.__doc__))(resend)
    app.command("test", help=help_text(send_test.__doc__))(send_test)
    app.command(help=help_text(receivers.__doc__))(receivers)
    app.command(help=help_text(enable.__doc__))(enable)
    return app


def listen(
    port: Annotated[
        int, typer.Option(help="The port to listen on; 0 picks a free one.", metavar="PORT")
    ] = 8900,
    host: Annotated[
        str, typer.Option(help="The interface to listen on; 0.0.0.0 for all of them.", metavar="ADDRESS")
    ] = "127.0.0.1",
    secret: Annotated[
        str | None,
        typer.Option(
            help="What callbacks are signed with, as kirin callbacks secret prints it.",
            metavar="WHSEC",
            envvar="KIRIN_CALLBACK_SECRET",
            show_default=False,
        ),
    ] = None,
    answer: Annotated[
        int,
        typer.Option(help="The HTTP status to answer, to see what becomes of failures.", min=200, max=599),
    ] = 204,
) -> None:
    """Receive callbacks on this machine and print them, until Ctrl-C.

    With --secret each is verified as a real receiver should do it, and refused with 401 if it cannot be
    trusted, with a word about why. A server calls this machine only if KIRIN_ALLOWED_NETWORKS lets it:
    127.0.0.0/8 for a server on the same machine.
    """
    from kirin_video.cli.callback_listener import Listener, listening_server  # noqa: PLC0415
    from kirin_video.domain.callback_signature import read_secret  # noqa: PLC0415

    try:
        key = None if secret is None else read_secret(secret)
    except ValueError as error:
        raise CommandFailed(f"--secret: {error}.", ExitCode.USAGE) from error
    server = listening_server(Listener(key, answer, _print), host, port)
    with server:
        _print(f"Listening on http://{host}:{server.server_address[1]}/ until Ctrl-C.")
        if key is None:
            _print("Nothing is verified without --secret; `kirin callbacks secret` prints it.")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            _print("")


def secret(
    account: Annotated[str, typer.Option(help="Whose secret.", metavar="ACCOUNT")] = "default",
    rotate: Annotated[bool, typer.Option("--rotate", help="Replace it by a new one.")] = False,
    overlap: Annotated[
        str,
        typer.Option(
            help="How long the old one signs beside the new one, such as 30m, 24h or 7d.", metavar="DURATION"
        ),
    ] = "24h",
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
) -> None:
    """Print the secret that an account's callbacks are signed with, alone, on stdout.

    With --rotate it is replaced first. For a while both sign each callback, so that receivers can change over
    without missing anything.
    """
    lasting = timedelta() if overlap == "0" else read_duration(overlap, "--overlap")

    async def work(database: Database, server_secret: bytes) -> list[ShownSecret]:
        from kirin_video.services.callback_secrets import CallbackSecrets  # noqa: PLC0415
        from kirin_video.store.callback_rows import SecretRows  # noqa: PLC0415

        # A secret that was made under the key before the last change of it stays good.
        previous = os.environ.get("KIRIN_PREVIOUS_SECRET_KEY")
        keys = (server_secret, previous.encode()) if previous else (server_secret,)
        secrets = CallbackSecrets(database, SecretRows(database), keys)
        return await (secrets.rotate(account, lasting) if rotate else secrets.show(account))

    newest, *older = on_database(data_dir, work)
    if as_json:
        previous = [{"secret": each.text, "retires_at": iso(each.retires_at)} for each in older]
        print_json({"secret": newest.text, "created_at": iso(newest.created_at), "previous": previous})
        return
    _print(newest.text)
    if older and sys.stderr.isatty():
        sys.stderr.write(f"The one before it signs too until {moment(older[0].retires_at)} UTC.\n")


def list_deliveries(
    task: Annotated[
        str | None,
        typer.Option(help="Only of this task, by its id or your own.", metavar="ID", show_default=False),
    ] = None,
    state: Annotated[
        Literal["pending", "delivered", "failed"] | None,
        typer.Option(help="Only those that are so far.", show_default=False),
    ] = None,
    limit: Annotated[
        int, typer.Option(help="How many at most, the newest first.", metavar="N", min=1, max=500)
    ] = 50,
    json_output: Json = False,
) -> None:
    """List deliveries, the newest first, a line each."""
    which: DeliveryFilters = {"limit": limit}
    if task is not None:
        which["task"] = task
    if state is not None:
        which["state"] = state
    with _client() as client:
        page = client.callbacks.deliveries_page(**which)
    if json_output:
        for delivery in page.data:
            _print(delivery.model_dump_json(exclude_none=True))
        return
    print_table(
        ("DELIVERY", "CREATED", "EVENT", "STATE", "ATTEMPTS", "LAST", "NEXT", "URL"),
        [_cells(delivery) for delivery in page.data],
    )


def show(delivery_id: DeliveryId, json_output: Json = False) -> None:
    """Show a delivery with its attempts and what it sends."""
    with _client() as client:
        record = client.callbacks.get(delivery_id)
    _print_record(record, json_output=json_output)


def resend(delivery_id: DeliveryId, json_output: Json = False) -> None:
    """Send a delivery again at once, under the same id, and wait a moment to see how it goes."""
    with _client() as client:
        before = client.callbacks.get(delivery_id).attempts
        client.callbacks.resend(delivery_id)
        record = _after(client, delivery_id, before)
    _print_record(record, json_output=json_output)
    _require_arrival(record, before)


def send_test(
    url: Annotated[str, typer.Argument(metavar="URL", help="Where to send it.", show_default=False)],
    json_output: Json = False,
) -> None:
    """Send a signed test to a URL, and wait a moment to see how it goes.

    It tells of a task that has just begun, with the external_task_id kirin-callback-test.
    """
    with _client() as client:
        sent = client.callbacks.test(url)
        record = _after(client, sent.id, 0)
    _print_record(record, json_output=json_output)
    _require_arrival(record, 0)


def receivers(json_output: Json = False) -> None:
    """List where callbacks go: whether it works, and how much waits for it."""
    with _client() as client:
        found = list(client.callbacks.receivers())
    if json_output:
        for receiver in found:
            _print(receiver.model_dump_json(exclude_none=True))
        return
    print_table(
        ("RECEIVER", "ORIGIN", "STATE", "FAILING SINCE", "PENDING"),
        [(r.id, r.origin, r.state, _moment(r.failing_since), str(r.pending)) for r in found],
    )


def enable(
    receiver_id: Annotated[str, typer.Argument(metavar="ID", help="The receiver's id.", show_default=False)],
) -> None:
    """Let a receiver that was disabled have its callbacks again; what has waited is sent at once."""
    with _client() as client:
        receiver = client.callbacks.enable(receiver_id)
    _print(f"{receiver.origin} has its callbacks again; {receiver.pending} were waiting.")


@contextmanager
def _client() -> Generator[Client]:
    from kirin_video.client import Client  # noqa: PLC0415  # `kirin --help` does without
    from kirin_video.client.errors import ClientError  # noqa: PLC0415

    try:
        with Client() as client:
            yield client
    except ClientError as error:
        raise explain(error) from error


def _after(client: Client, delivery_id: str, attempts: int) -> DeliveryRecord:
    """The delivery once there has been another attempt, or after a while without."""
    deadline = time.monotonic() + _WAIT_S
    while True:
        record = client.callbacks.get(delivery_id)
        if record.attempts > attempts or time.monotonic() > deadline:
            return record
        time.sleep(_LOOK_EVERY_S)


def _require_arrival(record: DeliveryRecord, attempts: int) -> None:
    """Fail unless the delivery has arrived.

    Raises:
        CommandFailed: it has not.
    """
    if record.state == "delivered":
        return
    if record.attempts <= attempts:
        raise CommandFailed(
            "Nothing was sent yet. Workers send callbacks: is one running?", ExitCode.TASK_FAILED
        )
    raise CommandFailed(record.attempt_list[-1].problem or "It did not arrive.", ExitCode.TASK_FAILED)


def _print_record(record: DeliveryRecord, *, json_output: bool) -> None:
    if json_output:
        _print(record.model_dump_json(exclude_none=True))
        return
    _print(f"{record.id}  {record.event}  {record.state}  {record.url}")
    for attempt in record.attempt_list:
        outcome = attempt.problem or f"The receiver answered {attempt.status}."
        _print(
            f"  {attempt.number:>2}  {_moment(attempt.started_at)}  {attempt.duration_ms:>6} ms  {outcome}"
        )
    if record.next_attempt_at is not None:
        _print(f"  next attempt {_moment(record.next_attempt_at)} UTC")
    if record.body is not None:
        _print(f"  {record.body}")


def _cells(delivery: DeliveryResource) -> tuple[str, ...]:
    return (
        delivery.id,
        _moment(delivery.created_at),
        delivery.event,
        delivery.state,
        str(delivery.attempts),
        str(delivery.last_status or ""),
        _moment(delivery.next_attempt_at, ""),
        delivery.url,
    )


def _moment(ms: int | None, absent: str = "") -> str:
    return absent if ms is None else moment(datetime.fromtimestamp(ms / _MS, UTC))


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
