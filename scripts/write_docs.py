"""Write the tables in docs/ that are made from the code; `--check` says whether they are up to date instead.

A table stands between `<!-- table: NAME -->` and `<!-- end -->`. Everything else is written by hand.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import licences
from pydantic.fields import FieldInfo
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command

from kirin_video.cli import command_line
from kirin_video.domain.delivery_listing import DELIVERY_LIST_PARAMETERS
from kirin_video.domain.element_listing import ELEMENT_LIST_PARAMETERS
from kirin_video.domain.element_parameters import ELEMENT_PARAMETERS
from kirin_video.domain.listing import LIST_PARAMETERS
from kirin_video.domain.parameters import PARAMETERS, Kind, Parameter
from kirin_video.domain.rules import RULES
from kirin_video.domain.usage import USAGE_PARAMETERS
from kirin_video.domain.wire_faults import WIRE_FAULTS
from kirin_video.presets.catalogue import PRESETS
from kirin_video.settings import Settings

DOCS = Path(__file__).resolve().parent.parent / "docs"
_BLOCK = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def row(*cells: str) -> str:
    """One line of a Markdown table."""
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def head(*names: str) -> Iterator[str]:
    """The first two lines of a Markdown table."""
    yield row(*names)
    yield row(*("---" for _ in names))


def parameters() -> Iterator[str]:
    """Every parameter of the create call."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in PARAMETERS:
        yield from parameter_rows(parameter, "")


def parameter_rows(parameter: Parameter, prefix: str) -> Iterator[str]:
    """A parameter and the ones inside it."""
    name = prefix + parameter.name
    default = (
        "required" if parameter.required else str("" if parameter.default is None else parameter.default)
    )
    yield row(f"`{name}`", parameter.kind.value, allowed(parameter), default, parameter.help)
    inner = f"{name}[]." if parameter.kind is Kind.LIST else f"{name}."
    for field in parameter.fields:
        yield from parameter_rows(field, inner)


def allowed(parameter: Parameter) -> str:
    """A parameter's limits in words."""
    parts = [", ".join(f"`{choice}`" for choice in parameter.choices)] if parameter.choices else []
    if parameter.minimum is not None and parameter.maximum is not None:
        parts.append(f"{parameter.minimum} to {parameter.maximum}")
    if parameter.max_length is not None:
        parts.append(f"{parameter.min_length or 0} to {parameter.max_length} characters")
    if parameter.min_items is not None:
        parts.append(f"{parameter.min_items} to {parameter.max_items}")
    elif parameter.max_items is not None:
        parts.append(f"at most {parameter.max_items}")
    if parameter.digits_too:
        parts.append("also as a string")
    return "; ".join(parts)


def listing() -> Iterator[str]:
    """Every parameter of the list of tasks."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in LIST_PARAMETERS:
        yield from parameter_rows(replace(parameter, digits_too=False), "")


def elements() -> Iterator[str]:
    """Every parameter of a request for an element."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in ELEMENT_PARAMETERS:
        yield from parameter_rows(parameter, "")


def element_listing() -> Iterator[str]:
    """Every parameter of the list of elements."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in ELEMENT_LIST_PARAMETERS:
        yield from parameter_rows(replace(parameter, digits_too=False), "")


def delivery_listing() -> Iterator[str]:
    """Every parameter of the list of deliveries."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in DELIVERY_LIST_PARAMETERS:
        yield from parameter_rows(replace(parameter, digits_too=False), "")


def presets() -> Iterator[str]:
    """Every preset."""
    yield from head("`element_id`", "name", "what it is")
    for preset in PRESETS:
        yield row(str(preset.id), preset.name, preset.description)


def rules() -> Iterator[str]:
    """The rules between parameters."""
    yield from head("rule", "code")
    for rule in RULES:
        yield row(rule.statement, f"`{WIRE_FAULTS[rule.fault].code}`")


def usage() -> Iterator[str]:
    """Every parameter of the usage call."""
    yield from head("parameter", "type", "allowed", "default", "meaning")
    for parameter in USAGE_PARAMETERS:
        yield from parameter_rows(parameter, "")


def settings() -> Iterator[str]:
    """Every setting of the server."""
    yield from head("variable", "default", "meaning")
    for name, field in Settings.model_fields.items():
        variable = "DATABASE_URL" if name == "database_url" else f"KIRIN_{name.upper()}"
        yield row(f"`{variable}`", default_of(field), field.description or "")


def default_of(field: FieldInfo) -> str:
    """A setting's default in words."""
    if field.is_required():
        return "set by `kirin serve`"
    if isinstance(field.default, tuple):
        return ", ".join(field.default) or "none"
    return "none" if field.default is None else str(field.default)


def commands() -> Iterator[str]:
    """Every command with its options."""
    for path, command in leaf_commands(get_command(command_line()), "kirin"):
        yield from ("", f"### `{path}`", "", plain(command.help or ""), "")
        yield from head("option", "meaning")
        for parameter in command.params:
            if not getattr(parameter, "hidden", False) and "--help" not in parameter.opts:
                usage = " ".join([*parameter.opts, getattr(parameter, "metavar", None) or ""]).strip()
                yield row(f"`{usage}`", plain(getattr(parameter, "help", None) or ""))


def leaf_commands(command: TyperCommand | TyperGroup, path: str) -> Iterator[tuple[str, TyperCommand]]:
    """The commands below one, hidden ones left out."""
    inner: Mapping[str, TyperCommand] = getattr(command, "commands", {})
    for name, below in inner.items():
        if not below.hidden:
            yield from leaf_commands(below, f"{path} {name}")
    if not inner:
        yield path, command


def plain(text: str) -> str:
    """Help text as one paragraph."""
    return " ".join(text.split())


def licence_table() -> Iterator[str]:
    """Every package that an installation brings along."""
    yield from head("package", "comes with", "licence")
    for name, extra, licence in licences.rows():
        yield row(f"`{name}`", "every installation" if extra == "base" else f"`[{extra}]`", licence)


TABLES: dict[str, Callable[[], Iterator[str]]] = {
    "parameters": parameters,
    "listing": listing,
    "elements": elements,
    "element_listing": element_listing,
    "delivery_listing": delivery_listing,
    "presets": presets,
    "usage": usage,
    "rules": rules,
    "settings": settings,
    "commands": commands,
    "licences": licence_table,
}


def filled(text: str) -> str:
    """A page with its tables made anew."""
    return _BLOCK.sub(lambda m: m[1] + "\n" + "\n".join(TABLES[m[2]]()) + "\n\n" + m[3], text)


def main() -> None:
    """Write the pages, or compare them."""
    stale = [page for page in sorted(DOCS.glob("*.md")) if filled(page.read_text()) != page.read_text()]
    if "--check" in sys.argv:
        sys.exit("".join(f"{page.name} is out of date; run `make docs`.\n" for page in stale) or 0)
    for page in stale:
        page.write_text(filled(page.read_text()))


if __name__ == "__main__":
    main()
