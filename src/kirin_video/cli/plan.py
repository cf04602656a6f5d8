"""``kirin plan``: what an engine makes of a prompt, before anything is drawn."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kirin_video.cli.exit_codes import CommandFailed, ExitCode
from kirin_video.cli.output import print_json
from kirin_video.cli.server_extra import require_server_extra

EPILOG = """[bold]Examples[/bold]

kirin plan "Two white horses gallop along a beach at dawn, slow pan left"

kirin plan "A capybara in a red hat reads a book" --json
"""


def plan(
    prompt: Annotated[str, typer.Argument(metavar="PROMPT", help="What the clip shows.", show_default=False)],
    seed: Annotated[
        int, typer.Option(help="As for the clip; it decides only what the prompt leaves open.", metavar="N")
    ] = 0,
    json_output: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False,
) -> None:
    """Show how a prompt is read: the plan of the shot, and what will not be done of it.

    Nothing is drawn, and no server is needed.
    """
    require_server_extra()
    from kirin_video.domain.prompt import read_prompt  # noqa: PLC0415
    from kirin_video.engines.registry import first_planner  # noqa: PLC0415

    planner = first_planner()
    if planner is None:
        raise CommandFailed("No installed engine says what it makes of a prompt.", ExitCode.NO_SERVER)
    sheet = planner.plan_sheet(read_prompt(prompt).text, seed=seed)
    if json_output:
        print_json({"plan": sheet.facts, "notes": sheet.notes})
    else:
        sys.stdout.write("\n".join(sheet.lines) + "\n")
