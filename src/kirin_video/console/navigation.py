"""The menu: which pages there are, in which groups, and who sees them. A page is listed when it works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from kirin_video.console.paths import BASE
from kirin_video.domain.access import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu.

    Attributes:
        path: where it is, below the console; pages below it belong to it.
        name: its text below ``nav.``, and its icon.
        icon: the icon's name.
        needs: what one must be allowed to do to see it.
    """

    path: str
    name: str
    icon: str
    needs: Scope = Scope.READ


@dataclass(frozen=True, slots=True)
class Item:
    """An entry as one person sees it on one page.

    Attributes:
        href: where it leads.
        label: its text.
        icon: its icon's name.
        is_here: whether the page belongs to it.
    """

    href: str
    label: str
    icon: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together.

    Attributes:
        label: what they are about; empty for the first ones.
        items: the entries.
    """

    label: str
    items: tuple[Item, ...]


GROUPS: Final[tuple[tuple[str, tuple[Entry, ...]], ...]] = (
    (
        "",
        (
            Entry("/", "home", "home"),
            Entry("/playground", "playground", "spark", Scope.GENERATE),
            Entry("/tasks", "tasks", "film"),
            Entry("/elements", "elements", "cube"),
        ),
    ),
    (
        "programs",
        (
            Entry("/keys", "keys", "key"),
            Entry("/callbacks", "callbacks", "send"),
            Entry("/usage", "usage", "chart"),
        ),
    ),
    (
        "administration",
        (
            Entry("/people", "people", "people", Scope.ADMIN),
            Entry("/accounts", "accounts", "wallet", Scope.ADMIN),
            Entry("/prices", "prices", "tag", Scope.ADMIN),
            Entry("/server", "server", "server", Scope.ADMIN),
        ),
    ),
)
"""The menu: groups by their texts below ``nav.``, empty for none, and what is in them."""


def menu(path: str, text: Callable[[str], str], may: Callable[[Scope], bool]) -> tuple[Group, ...]:
    """The menu as one person sees it.

    Args:
        path: the page they are on.
        text: gives the text of a name in their language.
        may: whether they may do what a scope stands for.
    """
    below = path.removeprefix(BASE) or "/"
    groups = [
        Group(
            text(f"nav.{name}") if name else "",
            tuple(
                Item(BASE + entry.path, text(f"nav.{entry.name}"), entry.icon, _leads(entry, below))
                for entry in entries
                if may(entry.needs)
            ),
        )
        for name, entries in GROUPS
    ]
    return tuple(group for group in groups if group.items)


def _leads(entry: Entry, path: str) -> bool:
    return path == entry.path or (entry.path != "/" and path.startswith(f"{entry.path}/"))
