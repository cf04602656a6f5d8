"""The licences of everything that an installation brings along, from the packages' own metadata."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution, metadata
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
MACHINE = {
    "python_version": "3.11",
    "python_full_version": "3.11.0",
    "implementation_name": "cpython",
    "platform_python_implementation": "CPython",
    "os_name": "posix",
    "sys_platform": "linux",
    "platform_system": "Linux",
    "platform_machine": "x86_64",
}
"""What the list is made for, wherever it is made."""

FREE = frozenset({
    "0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "ISC",
    "MIT", "MIT-0", "MIT-CMU", "PSF-2.0", "Zlib",
})  # fmt: skip
"""Licences, by their SPDX names, that ask for no more than to be named."""
BINDING = {"psycopg": "LGPL-3.0-only", "psycopg-binary": "LGPL-3.0-only", "psycopg-pool": "LGPL-3.0-only"}
"""Packages whose licence asks for more of who passes them on, by name; none is of the base install."""

_SPELLED = {
    "apache 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "bsd": "BSD-3-Clause",
    "bsd license": "BSD-3-Clause",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
}
"""How metadata of old spells them; the texts that ``bsd`` packages carry here have three clauses."""


@dataclass(frozen=True)
class Part:
    """A package that an installation brings along.

    Attributes:
        name: normalised.
        extra: the least that brings it: ``base``, or an extra of ours.
        licence: an SPDX expression.
    """

    name: str
    extra: str
    licence: str

    @property
    def licences(self) -> frozenset[str]:
        """The licences to keep: all that are joined by AND, and of a choice the first free one."""
        return frozenset(_kept(part) for part in re.split(r"\s+AND\s+", self.licence))


def parts(extras: Iterable[str] = ("server",)) -> Iterator[Part]:
    """Every package of the base install and of some extras, each once, with the least that brings it.

    Raises:
        LookupError: a package is not installed, or does not tell its licence.
    """
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    asked: dict[str, list[str]] = {"base": project["dependencies"]}
    asked |= {extra: project["optional-dependencies"][extra] for extra in extras}
    seen: dict[str, Part] = {}
    for extra, requirements in asked.items():
        for name in _closure(requirements):
            seen.setdefault(name, Part(name, extra, licence_of(name)))
    yield from sorted(seen.values(), key=lambda part: part.name)


def licence_of(name: str) -> str:
    """A package's licence as an SPDX expression, from its metadata alone.

    Raises:
        LookupError: it does not tell one.
    """
    facts = metadata(name)
    told = [facts.get("License-Expression"), facts.get("License")]
    classified = [line for line in facts.get_all("Classifier") or [] if line.startswith("License ::")]
    told += [line.rsplit("::", 1)[-1].strip() for line in classified]
    for text in filter(None, told):
        spelled = _SPELLED.get(text.casefold(), text)
        if "\n" not in spelled and spelled != "OSI Approved":
            return spelled
    raise LookupError(f"{name} does not tell its licence")


def rows() -> Iterator[tuple[str, str, str]]:
    """Name, what brings it and licence of every package."""
    for part in parts():
        yield part.name, part.extra, part.licence


def _kept(choice: str) -> str:
    options = [option.strip(" ()") for option in re.split(r"\s+OR\s+", choice)]
    return next((option for option in options if option in FREE), options[0])


def _closure(requirements: Iterable[str]) -> Iterator[str]:
    """The names of all that some requirements bring along."""
    done: set[tuple[str, frozenset[str]]] = set()
    open_ = [Requirement(text) for text in requirements]
    while open_:
        asked = open_.pop()
        name = re.sub(r"[-_.]+", "-", asked.name).lower()
        if (name, frozenset(asked.extras)) in done:
            continue
        done.add((name, frozenset(asked.extras)))
        yield name
        try:
            needs = distribution(asked.name).requires or []
        except PackageNotFoundError as error:
            raise LookupError(f"{name} is not installed: run `make setup`") from error
        open_ += [need for need in map(Requirement, needs) if _applies(need, asked.extras)]


def _applies(need: Requirement, extras: Iterable[str]) -> bool:
    """Whether a requirement counts on ``MACHINE`` with some extras."""
    environments: list[Mapping[str, str]] = [{**MACHINE, "extra": extra} for extra in (*extras, "")]
    return need.marker is None or any(need.marker.evaluate(dict(e)) for e in environments)
