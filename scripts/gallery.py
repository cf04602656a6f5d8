"""`make gallery`: the prompts of gallery.toml as clips, contact sheets and a page to look through them.

python scripts/gallery.py --only horse --again --size 960x540

Every clip is made the way a task's is: by a render child of a worker, from a `RenderJob`. Everything lies
under gallery/: clips with their sheets and what was noted of them, overview sheets, and index.html.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gallery_page import Piece, write_page
from pydantic import TypeAdapter
from rich.console import Console

from kirin_video.domain.errors import TaskFailure
from kirin_video.domain.prompt import read_prompt
from kirin_video.domain.shot import FPS, Quality, Shot
from kirin_video.engines.previs import PrevisEngine
from kirin_video.worker.protocol import VIDEO_FILE, RenderJob
from kirin_video.worker.render_process import render

GALLERY = Path(__file__).resolve().parent.parent / "gallery"
TABLE = Path(__file__).with_suffix(".toml")
SEED = 7
LONGEST_S = 900
"""A clip that takes longer is given up."""

console = Console(highlight=False)


@dataclass(frozen=True)
class Entry:
    """A line of the table."""

    topic: str
    name: str
    prompt: str


def entries(table: Path = TABLE) -> list[Entry]:
    """All prompts in the table's order."""
    topics: dict[str, dict[str, str]] = tomllib.loads(table.read_text(encoding="utf-8"))
    return [Entry(topic, name, prompt) for topic, lines in topics.items() for name, prompt in lines.items()]


def chosen(all_entries: Sequence[Entry], words: Sequence[str]) -> list[Entry]:
    """Those of a topic, or with a word in their name or prompt; all of them without words."""
    return [
        entry
        for entry in all_entries
        if not words
        or any(w == entry.topic or w in entry.name or w.casefold() in entry.prompt.casefold() for w in words)
    ]


def made(entry: Entry, asked: argparse.Namespace) -> Piece | None:
    """What is there of an entry already; None where it is missing or was made from another request."""
    try:
        text = files_of(entry)["json"].read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    piece = TypeAdapter(Piece).validate_json(text)
    same = (piece.prompt, piece.size, piece.seconds, piece.seed) == request_of(entry, asked)
    return piece if same and files_of(entry)["mp4"].exists() else None


def request_of(entry: Entry, asked: argparse.Namespace) -> tuple[str, tuple[int, int], int, int]:
    """What decides what the clip looks like, besides the engine."""
    return entry.prompt, asked.size, asked.seconds, asked.seed


def files_of(entry: Entry) -> dict[str, Path]:
    """Where everything of an entry lies, by suffix."""
    return {suffix: GALLERY / "clips" / f"{entry.name}.{suffix}" for suffix in ("mp4", "png", "jpg", "json")}


async def make(entry: Entry, asked: argparse.Namespace) -> Piece:
    """Render one clip in a child process, and write its files; the record comes last.

    Raises:
        TaskFailure: the engine could not make it.
        TimeoutError: it took too long.
    """
    from kirin_video.media.contact_sheet import contact_sheet, poster  # noqa: PLC0415 -- PyAV is slow to import

    width, height = asked.size
    shot = Shot(
        prompt=read_prompt(entry.prompt),
        quality=Quality.STD,
        width=width,
        height=height,
        num_frames=asked.seconds * FPS,
        seed=asked.seed,
    )
    files = files_of(entry)
    with tempfile.TemporaryDirectory(dir=GALLERY, prefix=".making-") as folder:
        job = RenderJob(engine=PrevisEngine.name, shot=shot, folder=Path(folder), watermark=False)
        async with asyncio.timeout(LONGEST_S):
            done = await render(job, lambda _stage, _part: None)
        shutil.move(job.folder / VIDEO_FILE, files["mp4"])
    await asyncio.to_thread(contact_sheet, [files["mp4"]], files["png"], columns=4, rows=2)
    await asyncio.to_thread(poster, files["mp4"], files["jpg"], width=min(width, 640))
    sheet = PrevisEngine().plan_sheet(entry.prompt, seed=asked.seed)
    piece = Piece(
        entry.topic, entry.name, *request_of(entry, asked), sheet.lines, done.notes, round(done.render_s, 1)
    )
    files["json"].write_bytes(TypeAdapter(Piece).dump_json(piece, indent=1))
    return piece


async def make_all(wanted: Sequence[Entry], asked: argparse.Namespace) -> list[str]:
    """Make what is missing, so many at a time; gives the names of those that failed."""
    failed: list[str] = []
    free = asyncio.Semaphore(asked.jobs)
    number_of = {entry.name: f"{at:3}/{len(wanted)}" for at, entry in enumerate(wanted, start=1)}

    async def one(entry: Entry) -> None:
        async with free:
            try:
                piece = await make(entry, asked)
            except (TaskFailure, TimeoutError) as failure:
                failed.append(entry.name)
                console.print(f"  {number_of[entry.name]}  [red]{entry.name} failed[/red]: {failure}")
                return
        told = f", {len(piece.notes)} notes" if piece.notes else ""
        console.print(f"  {number_of[entry.name]}  {entry.name}, {piece.render_s:.1f} s{told}")

    async with asyncio.TaskGroup() as group:
        for entry in wanted:
            group.create_task(one(entry))
    return failed


def pixels(text: str) -> tuple[int, int]:
    """``640x360`` as two even numbers."""
    width, height = (int(part) for part in text.lower().split("x"))
    if width % 2 or height % 2 or min(width, height) < 16:
        raise ValueError(text)
    return width, height


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Draw the prompts of scripts/gallery.toml into gallery/.")
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
        "--seconds", type=int, default=5, choices=range(1, 11), metavar="S", help="5 unless told"
    )
    parser.add_argument("--seed", type=int, default=SEED, metavar="N")
    parser.add_argument(
        "--jobs", type=int, default=1, metavar="N", help="clips at a time; each uses every core"
    )
    return parser.parse_args()


def main() -> None:
    """Make what is missing, then the overview sheets and the page over all that is there."""
    asked = arguments()
    every = entries()
    (GALLERY / "clips").mkdir(parents=True, exist_ok=True)
    picked = chosen(every, asked.only)
    if not picked:
        sys.exit(f"No prompt has any of {', '.join(asked.only)} in its topic, name or words.")
    wanted = [entry for entry in picked if asked.again or made(entry, asked) is None]
    console.print(f"[bold]{len(picked)} prompts[/bold], {len(picked) - len(wanted)} of them made already")
    started = time.monotonic()
    failed = asyncio.run(make_all(wanted, asked))

    from gallery_sheets import write_overviews  # noqa: PLC0415 -- PyAV is slow to import

    pieces = [piece for entry in every if (piece := made(entry, asked)) is not None]
    write_overviews([(p.name, p.prompt, GALLERY / "clips" / f"{p.name}.mp4") for p in pieces], GALLERY)
    write_page(pieces, GALLERY / "index.html")
    console.print(
        f"{len(wanted) - len(failed)} made in {time.monotonic() - started:.0f} s. "
        f"[bold]{os.path.relpath(GALLERY / 'index.html')}[/bold] shows {len(pieces)}, "
        f"{sum(p.render_s for p in pieces):.0f} s of rendering"
    )
    if failed:
        sys.exit(f"Not made: {', '.join(failed)}")


if __name__ == "__main__":
    main()
