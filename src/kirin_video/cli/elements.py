"""``kirin elements``: the library of subjects of the server that KIRIN_BASE_URL names."""

from __future__ import annotations

import re
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kirin_video.cli.exit_codes import CommandFailed, ExitCode, explain
from kirin_video.cli.help_text import help_text

if TYPE_CHECKING:
    from kirin_video.client import Client
    from kirin_video.domain.wire import ElementResource

_URL = re.compile(r"https?://", re.IGNORECASE)

EPILOG = """[bold]Examples[/bold]

kirin elements create "Clay fox" --front fox.jpg --other fox-side.jpg --tag animal

kirin generate "<<<element_1>>> runs through snow" --element 3718290113884217 --out fox.mp4

kirin elements list
"""

Json = Annotated[bool, typer.Option("--json", help="Print what the server answers as JSON.")]
ElementId = Annotated[str, typer.Argument(metavar="ID", help="The element's number.", show_default=False)]


def element_commands() -> typer.Typer:
    """Put the commands below ``kirin elements`` together."""
    app = typer.Typer(help="The library of subjects.", no_args_is_help=True, rich_markup_mode="rich")
    app.callback()(_group)
    app.command(help=help_text(create.__doc__), epilog=help_text(EPILOG))(create)
    app.command("list", help=help_text(list_elements.__doc__))(list_elements)
    app.command(help=help_text(show.__doc__))(show)
    app.command(help=help_text(delete.__doc__))(delete)
    return app


def _group() -> None:
    """The library of subjects."""


def create(  # noqa: PLR0913, PLR0917  # one argument for each option of the command
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="What it is called, up to 20 characters.", show_default=False),
    ],
    front: Annotated[
        str,
        typer.Option(
            help="A JPEG or PNG file or URL: it from the front.", metavar="PATH", show_default=False
        ),
    ],
    other: Annotated[
        list[str],
        typer.Option(
            help="A file or URL: another side of it. 1 to 3 times.", metavar="PATH", show_default=False
        ),
    ],
    description: Annotated[
        str, typer.Option(help="What should be known of it besides.", metavar="TEXT", show_default=False)
    ] = "",
    tag: Annotated[
        list[str] | None,
        typer.Option(help="A word to find it by. May be repeated.", metavar="TAG", show_default=False),
    ] = None,
    json_output: Json = False,
) -> None:
    """Put a subject into your library and print its number, alone, on stdout.

    It waits until pictures at URLs are fetched. The number is what --element of kirin generate takes.
    """
    with _client() as client:
        try:
            element = client.elements.create(
                name,
                _picture(front),
                [_picture(each) for each in other],
                description=description,
                tags=tag or (),
            )
        except OSError as error:
            message = f"{error.filename}: {(error.strerror or str(error)).lower()}."
            raise CommandFailed(message, ExitCode.USAGE) from error
        if element.status not in {"completed", "failed"}:
            assert element.task_id is not None
            client.wait(element.task_id)
            element = client.elements.get(element.element_id)
    _print(_as_json(element) if json_output else str(element.element_id))


def list_elements(
    preset: Annotated[
        bool | None, typer.Option("--preset/--own", help="Only the presets, or only your own.")
    ] = None,
    json_output: Json = False,
) -> None:
    """List the elements you may use, your own first and the newest of them first, a line each."""
    with _client() as client:
        for element in client.elements.list(preset=preset):
            _print(_as_json(element) if json_output else _line(element))


def show(element_id: ElementId, json_output: Json = False) -> None:
    """Show an element and where its pictures are."""
    with _client() as client:
        element = client.elements.get(element_id)
    if json_output:
        _print(_as_json(element))
        return
    _print(_line(element))
    if element.element_description:
        _print(f"  {element.element_description}")
    if element.error is not None:
        _print(f"  {element.error.code}: {element.error.error_message}")
    for url in _urls(element):
        _print(f"  {url}")


def delete(element_id: ElementId) -> None:
    """Delete an element and its pictures. Clips that use it already are not affected."""
    with _client() as client:
        client.elements.delete(element_id)


@contextmanager
def _client() -> Generator[Client]:
    from kirin_video.client import Client  # noqa: PLC0415  # `kirin --help` does without
    from kirin_video.client.errors import ClientError  # noqa: PLC0415

    try:
        with Client() as client:
            yield client
    except ClientError as error:
        raise explain(error) from error


def _picture(given: str) -> str | Path:
    return given if _URL.match(given) else Path(given).expanduser()


def _line(element: ElementResource) -> str:
    tags = " ".join(tag.tag_id for tag in element.tag_list)
    kind = "preset" if element.preset else element.status
    return f"{element.element_id:<17} {kind:<11} {element.element_name}" + (f"  [{tags}]" if tags else "")


def _urls(element: ElementResource) -> list[str]:
    others = [picture.image_url for picture in element.element_refer_list or []]
    return [url for url in (element.element_frontal_image, *others) if url]


def _as_json(element: ElementResource) -> str:
    return element.model_dump_json(exclude_none=True)


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
