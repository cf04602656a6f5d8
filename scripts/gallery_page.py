"""The gallery's page: one HTML file that needs nothing but the clips beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template


@dataclass(frozen=True)
class Piece:
    """A clip of the gallery and what is told of it; ``clips/NAME.json`` holds the same."""

    topic: str
    name: str
    prompt: str
    size: tuple[int, int]
    seconds: int
    seed: int
    plan: tuple[str, ...]
    notes: tuple[str, ...]
    render_s: float


def write_page(pieces: Sequence[Piece], path: Path) -> None:
    """Write the page.

    Args:
        pieces: the clips, in the order shown; they lie in ``clips/`` beside the page.
        path: the HTML file.
    """
    template = Template(Path(__file__).with_name("gallery.html").read_text(encoding="utf-8"))
    page = template.substitute(
        count=len(pieces),
        total_s=f"{sum(piece.render_s for piece in pieces):.0f}",
        buttons="\n".join(_button(topic) for topic in dict.fromkeys(piece.topic for piece in pieces)),
        cards="\n".join(line for piece in pieces for line in _card(piece)),
    )
    path.write_text(page, encoding="utf-8")


def _button(topic: str) -> str:
    return (
        f'  <button type="button" data-topic="{escape(topic)}" aria-pressed="false">{_spoken(topic)}</button>'
    )


def _card(piece: Piece) -> Iterator[str]:
    """One clip with its prompt, its notes and its plan."""
    width, height = piece.size
    clip = escape(f"clips/{piece.name}")
    language = "en" if piece.prompt.isascii() else "zh"
    yield f'  <article data-topic="{escape(piece.topic)}">'
    yield (
        f'    <video src="{clip}.mp4" data-poster="{clip}.jpg" width="{width}" height="{height}"'
        ' preload="none" controls loop muted playsinline></video>'
    )
    yield f'    <div class="words"><h2 lang="{language}">{escape(piece.prompt)}</h2>'
    yield (
        f'      <p class="facts">{_spoken(piece.topic)}, {piece.render_s:.1f} s to render,'
        f' <a href="{clip}.png">sheet</a></p>'
    )
    if piece.notes:
        yield f"      <ul>{''.join(f'<li>{escape(note)}</li>' for note in piece.notes)}</ul>"
    yield f"      <details><summary>plan</summary><pre>{escape(chr(10).join(piece.plan))}</pre></details>"
    yield "    </div>"
    yield "  </article>"


def _spoken(topic: str) -> str:
    return escape(topic.replace("-", " "))
