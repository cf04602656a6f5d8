"""Reads JSON values as parameters declare them, and collects what is wrong instead of stopping at it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar, cast

from kirin_video.domain.errors import Fault, InvalidRequest, Violation
from kirin_video.domain.parameters import Parameter
from kirin_video.domain.quoting import quoted, shown_name

MAX_VIOLATIONS = 100
"""Violations of each sort told at once: an answer must not grow with the body it refuses."""

MAX_ENTRIES_READ = 32
"""Entries of a list that are looked at. The longest list allowed is far shorter."""

_MAX_DIGITS = 20
_MAX_NAME_COMPARED = 64

Choice = TypeVar("Choice", bound=StrEnum)


class Report:
    """The violations found so far, and the parameters whose meaning is therefore unknown.

    Attributes:
        unreadable: names of parameters that could not be read, an entry's as ``image_list.type``. Rules
            that hang on one of them are not judged, so that one mistake is told once.
    """

    def __init__(self) -> None:
        self.unreadable: set[str] = set()
        self._violations: list[Violation] = []
        self._unknown: list[Violation] = []
        self._untold = 0

    def add(self, field: str, message: str, fault: Fault = Fault.INVALID_PARAMETER) -> None:
        """Note a violation; ``message`` is a whole sentence."""
        self._keep(self._violations, Violation(field, fault, message))

    def add_unknown(self, field: str, message: str) -> None:
        """Note a name that is not declared; these are told after everything else."""
        self._keep(self._unknown, Violation(field, Fault.INVALID_PARAMETER, message))

    def tellable(self, names: Sequence[str]) -> Sequence[str]:
        """As many of the unknown names as will be told; the rest are counted."""
        room = MAX_VIOLATIONS - len(self._unknown)
        self._untold += max(0, len(names) - room)
        return names[:room]

    def raise_if_any(self) -> None:
        """End the reading.

        Raises:
            InvalidRequest: with every violation noted, if there is one.
        """
        found = (*self._violations, *self._unknown)
        if self._untold:
            message = f"There are {self._untold} more violations."
            found = (*found, Violation("body", Fault.INVALID_PARAMETER, message))
        if found:
            raise InvalidRequest(found)

    def _keep(self, kept: list[Violation], violation: Violation) -> None:
        if len(kept) < MAX_VIOLATIONS:
            kept.append(violation)
        else:
            self._untold += 1


class Fields:
    """One JSON object of a request, read parameter by parameter.

    Every method answers None where the parameter is absent, null or unreadable; the last has then been
    reported. Parameters that are not declared are reported when the object is opened.

    Args:
        raw: the object.
        known: the parameters it may have.
        report: where violations go.
        path: the object's own path, such as ``image_list[1]``; empty for the request itself.
        scope: the same without numbers, such as ``image_list``.
    """

    __slots__ = ("_failed", "_path", "_raw", "_scope", "report")

    def __init__(
        self,
        raw: Mapping[str, object],
        known: Collection[Parameter],
        report: Report,
        path: str = "",
        scope: str = "",
    ) -> None:
        self.report = report
        self._raw = raw
        self._path = path
        self._scope = scope
        self._failed: set[str] = set()
        names = [parameter.name for parameter in known]
        if not raw.keys() <= set(names):
            self._refuse_names([name for name in raw if name not in names], names)

    def is_readable(self, parameter: Parameter) -> bool:
        """Whether nothing is wrong with it so far, and no misspelt name was probably meant to be it."""
        return parameter.name not in self._failed

    def given(self, parameter: Parameter) -> object | None:
        """The value as it came; None if absent or null."""
        return self._raw.get(parameter.name)

    def path(self, name: str) -> str:
        """The full path of a parameter of this object."""
        return f"{self._path}.{name}" if self._path else name

    def refuse(self, parameter: Parameter, problem: str, fault: Fault = Fault.INVALID_PARAMETER) -> None:
        """Report a parameter and mark it unreadable; ``problem`` continues a sentence begun by its name."""
        self._mark(parameter.name)
        path = self.path(parameter.name)
        self.report.add(path, f"{path} {problem}.", fault)

    def require(self, parameter: Parameter, fault: Fault = Fault.INVALID_PARAMETER) -> None:
        """Report the parameter as missing if it is absent or null."""
        if self._raw.get(parameter.name) is None:
            allowed = f"; allowed: {', '.join(parameter.choices)}" if parameter.choices else ""
            self.refuse(parameter, f"is required and was not given{allowed}", fault)

    def text(self, parameter: Parameter) -> str | None:
        """Read text that can be stored and shown: no NUL, no half of a surrogate pair."""
        value = self._raw.get(parameter.name)
        if value is None:
            return None
        if not isinstance(value, str):
            return self.refuse(parameter, f"must be a string; found {quoted(value)}")
        if "\0" in value:
            return self.refuse(parameter, "holds a NUL character, which cannot be kept; leave it out")
        if not value.isascii() and _has_surrogate(value):
            return self.refuse(
                parameter, "holds half of a surrogate pair, which is not Unicode text; leave it out"
            )
        return value

    def choice(
        self, parameter: Parameter, choices: type[Choice], default: Choice | None = None
    ) -> Choice | None:
        """Read one of a few words, written exactly; ``default`` if it is absent or null."""
        value = self._raw.get(parameter.name)
        if value is None:
            return default if self.is_readable(parameter) else None
        if isinstance(value, str):
            for found in choices:
                if found.value == value:
                    return found
        return self.refuse(parameter, f"is {quoted(value)}; allowed: {', '.join(parameter.choices)}")

    def truth(self, parameter: Parameter) -> bool | None:
        """Read true or false."""
        value = self._raw.get(parameter.name)
        if value is None or isinstance(value, bool):
            return value
        return self.refuse(parameter, f"must be true or false; found {quoted(value)}")

    def whole_number(self, parameter: Parameter) -> int | None:
        """Read an integer, or a string of its digits where that is allowed. Its range is not judged."""
        value = self._raw.get(parameter.name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        if parameter.digits_too and isinstance(value, str) and _is_canonical(value):
            return int(value)
        also = " or a string of its digits" if parameter.digits_too else ""
        return self.refuse(parameter, f"must be an integer{also}; found {quoted(value)}")

    def bounded(self, parameter: Parameter) -> int | None:
        """Read an integer and hold it to the parameter's range."""
        value = self.whole_number(parameter)
        low, high = parameter.minimum, parameter.maximum
        if value is None or low is None or high is None or low <= value <= high:
            return value
        return self.refuse(parameter, f"is {quoted(value)}; allowed: {low} to {high}")

    def entries(self, parameter: Parameter) -> tuple[int, Iterator[Fields | None]]:
        """Read a list of objects.

        Returns:
            How many entries it has, and the first 32 of them, None where an entry is no object.
        """
        value = self._raw.get(parameter.name)
        if value is None:
            return 0, iter(())
        if isinstance(value, str) or not isinstance(value, Sequence):
            self.refuse(parameter, f"must be a list of objects; found {quoted(value)}")
            return 0, iter(())
        found = cast("Sequence[object]", value)
        if len(found) > MAX_ENTRIES_READ:
            self._mark_fields(parameter)
        return len(found), self._opened(parameter, found[:MAX_ENTRIES_READ])

    def _opened(self, parameter: Parameter, found: Sequence[object]) -> Iterator[Fields | None]:
        for index, entry in enumerate(found):
            yield self.nested(parameter, entry, f"{self.path(parameter.name)}[{index}]")

    def nested(self, parameter: Parameter, value: object, path: str) -> Fields | None:
        """Open an object inside this one; None, and reported, if it is none."""
        if isinstance(value, Mapping):
            return Fields(
                cast("Mapping[str, object]", value), parameter.fields, self.report, path, parameter.name
            )
        names = ", ".join(field.name for field in parameter.fields)
        self.report.add(path, f"{path} must be an object with {names}; found {quoted(value)}.")
        self._mark_fields(parameter)
        return None

    def _mark_fields(self, parameter: Parameter) -> None:
        """Of an entry that is not read, nothing is known."""
        self.report.unreadable.update(f"{parameter.name}.{field.name}" for field in parameter.fields)

    def _mark(self, name: str) -> None:
        self._failed.add(name)
        self.report.unreadable.add(f"{self._scope}.{name}" if self._scope else name)

    def _refuse_names(self, names: Sequence[str], known: Sequence[str]) -> None:
        """Report names that are not declared, each with the one that was probably meant."""
        for name in self.report.tellable(names):
            path = self.path(shown_name(name))
            close = get_close_matches(name[:_MAX_NAME_COMPARED].lower(), known, n=1)
            if close:
                self._mark(close[0])
            hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}."
            self.report.add_unknown(path, f"{path} is not a known parameter; {hint}")


def _has_surrogate(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _is_canonical(text: str) -> bool:
    """Whether ``text`` is how an integer of ours is written: ASCII digits, no sign, no leading zero."""
    return len(text) <= _MAX_DIGITS and text.isascii() and text.isdigit() and (text == "0" or text[0] != "0")
