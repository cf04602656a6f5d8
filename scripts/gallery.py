"""`make gallery`: the cases of gallery.toml and gallery_material.toml as clips, and a page to look through.

python scripts/gallery.py --only horse --again --size 960x540

Every clip is made the way a task's is: its request and its material are judged as the API judges them, and a
render child of a worker draws it. Everything lies under gallery/: inputs, clips with their sheets and what is
told of them, overview sheets, and index.html. What is there and was asked for in the same way stays.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from gallery_cases import Case, chosen, read_cases, read_material
from gallery_inputs import Inputs
from gallery_making import Asked, Gallery
from gallery_page import Piece, write_page
from gallery_sheets import write_overviews
from rich.console import Console

from kirin_video.media.judge import MediaJudge

FOLDER = Path(__file__).resolve().parent.parent / "gallery"
SEED = 7

console = Console(highlight=False)


async def make_all(gallery: Gallery, wanted: Sequence[Case], jobs: int) -> None:
    """Make cases, so many at a time, and tell of each."""
    free = asyncio.Semaphore(jobs)

    async def one(number: int, case: Case) -> None:
        async with free:
            piece = await gallery.make(case)
        place = f"  {number:3}/{len(wanted)}  "
        if piece.failure:
            console.print(f"{place}[red]{case.name} failed[/red]: {piece.failure}")
        else:
            told = f", {len(piece.notes)} notes" if piece.notes else ""
            console.print(f"{place}{case.name}, {piece.render_s:.1f} s{told}")

    async with asyncio.TaskGroup() as group:
        for number, case in enumerate(wanted, start=1):
            group.create_task(one(number, case))


def pixels(text: str) -> tuple[int, int]:
    """``640x360`` as two even numbers."""
    width, height = (int(part) for part in text.lower().split("x"))
    if width % 2 or height % 2 or min(width, height) < 16:
        raise ValueError(text)
    return width, height


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw the gallery's cases into gallery/.")
    parser.add_argument(
        "--only",
        metavar="WORD",
        action="append",
        default=[],
        help="a topic, or part of a name or prompt; may be repeated",
    )
    parser.add_argument("--again", action="store_true", help="also make what is there already")
    parser.add_argument("--size", type=pixels, default=(640, 360), metavar="WxH", help="640x360 unless told")
    parser.add_argument(
        "--seconds",
        type=int,
        default=5,
        choices=range(1, 11),
        metavar="S",
        help="of cases that say nothing else; 5 unless told",
    )
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="clips at a time; each uses every core"
    )
    return parser.parse_args()


async def run(asked: argparse.Namespace) -> list[Piece]:
    """Make what is missing, then the overview sheets and the page over all that is there.

    Returns:
        What was wanted and failed.
    """
    every = read_cases()
    picked = chosen(every, asked.only)
    if not picked:
        sys.exit(f"No case has any of {', '.join(asked.only)} in its topic, name or words.")
    wish = Asked(asked.size, asked.seconds, asked.seed)
    for part in ("clips", "inputs"):
        (FOLDER / part).mkdir(parents=True, exist_ok=True)
    async with MediaJudge() as judge:
        gallery = Gallery(FOLDER, Inputs(read_material(), FOLDER / "inputs", judge, asked.seed), wish)
        wanted = [case for case in picked if asked.again or not _whole(gallery.made(case))]
        console.print(f"[bold]{len(picked)} cases[/bold], {len(picked) - len(wanted)} of them made already")
        await make_all(gallery, wanted, asked.jobs)
        pieces = [piece for case in every if (piece := gallery.made(case)) is not None]
    write_overviews(
        [(p.case.name, p.case.prompt, gallery.file(p.case, "mp4")) for p in pieces if not p.failure], FOLDER
    )
    write_page(pieces, FOLDER / "index.html")
    spent = sum(piece.render_s for piece in pieces)
    console.print(f"{os.path.relpath(FOLDER / 'index.html')} shows {len(pieces)}, {spent:.0f} s of rendering")
    names = {case.name for case in picked}
    return [piece for piece in pieces if piece.failure and piece.case.name in names]


def _whole(piece: Piece | None) -> bool:
    return piece is not None and not piece.failure


def main() -> None:
    """Make the gallery; ends with an error where a case failed."""
    started = time.monotonic()
    failed = asyncio.run(run(arguments()))
    console.print(f"{time.monotonic() - started:.0f} s in all")
    if failed:
        sys.exit(f"Not made: {', '.join(piece.case.name for piece in failed)}")


if __name__ == "__main__":
    main()
