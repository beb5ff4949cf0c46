"""The rules of one vote, fixed when its roll is frozen, as `rules.json` holds them."""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NoReturn, TypeVar

from domain.errors import N_, DeskError
from domain.tally import Invalid, Silent
from domain.thresholds import Lane

_Value = TypeVar("_Value", bound=StrEnum)


class BadRules(DeskError):
    """The rules cannot be read; `line` is where, from 1."""

    def __init__(self, line: int, template: str, **params: object) -> None:
        super().__init__(template, **params)
        self.line = line


@dataclass(frozen=True, slots=True)
class Rules:
    """How a vote is counted.

    `seats` belongs to an election; `lots`: winners of a witnessed draw in the order drawn;
    `questions`: all that were asked, None for those that the ballots name.
    """

    lane: Lane
    silent: Silent = Silent.STRICT
    invalid: Invalid = Invalid.BOTH
    count_parking: bool = False
    seats: int | None = None
    lots: tuple[str, ...] = ()
    questions: tuple[str, ...] | None = None

    @property
    def electing(self) -> bool:
        """Whether the questions are candidates."""
        return self.lane is Lane.ELECTION


def parse_rules(text: str) -> Rules:
    """Read the JSON text of the rules; keys that it does not know are left alone.

    Raises:
        BadRules: no JSON object, a key twice, an unknown or missing value.
    """
    entries = _Entries(text)
    lane = entries.one_of(Lane, "lane", None)
    rules = Rules(
        lane,
        silent=entries.one_of(Silent, "silent", Silent.STRICT),
        invalid=entries.one_of(Invalid, "invalid", Invalid.BOTH),
        count_parking=entries.flag("count_parking"),
        seats=entries.seats(lane),
        lots=entries.names("lots") or (),
        questions=entries.names("questions"),
    )
    if rules.lots and lane is not Lane.ELECTION:
        raise entries.fault("lots", N_("lots belong to an election; leave them out of other votes"))
    return rules


def line_of(text: str, key: str) -> int:
    """Line of the last entry with this key, else 1; quotes inside a JSON text are escaped."""
    found = list(re.finditer(rf'"{re.escape(key)}"\s*:', text))
    return text.count("\n", 0, found[-1].start()) + 1 if found else 1


class _Entries:
    """The top-level entries of a JSON object, read one by one."""

    def __init__(self, text: str) -> None:
        self._text = text
        try:
            raw = json.loads(text, object_pairs_hook=self._once, parse_constant=_no_constant)
        except json.JSONDecodeError as error:
            raise BadRules(
                error.lineno, N_("unreadable JSON: {reason}"), reason=error.msg
            ) from error
        except (ValueError, RecursionError) as error:
            raise BadRules(1, N_("unreadable JSON: {reason}"), reason=str(error)) from error
        if not isinstance(raw, dict):
            raise BadRules(1, N_("the rules must be one JSON object in braces"))
        self._raw: dict[str, object] = raw

    def fault(self, key: str, template: str, **params: object) -> BadRules:
        """Build the error that stands at the line of the key."""
        return BadRules(line_of(self._text, key), template, key=key, **params)

    def one_of(self, values: type[_Value], key: str, default: _Value | None) -> _Value:
        if key not in self._raw and default is not None:
            return default
        value = self._raw.get(key)
        if isinstance(value, str) and value in list(values):
            return values(value)
        known = ", ".join(values)
        if key not in self._raw:
            raise self.fault(key, N_("{key} is missing; it must be one of: {known}"), known=known)
        raise self.fault(
            key,
            N_("{key} is {value}; it must be one of: {known}"),
            value=_shown(value),
            known=known,
        )

    def flag(self, key: str) -> bool:
        value = self._raw.get(key, False)
        if isinstance(value, bool):
            return value
        raise self.fault(key, N_("{key} is {value}; it must be true or false"), value=_shown(value))

    def seats(self, lane: Lane) -> int | None:
        value = self._raw.get("seats")
        electing = lane is Lane.ELECTION
        if value is None:
            if electing:
                raise self.fault("seats", N_("seats is missing; an election needs it"))
            return None
        # JSON's true is Python's 1, and nobody elects a committee of true members.
        fewest = 1 if electing else 0
        if isinstance(value, int) and not isinstance(value, bool) and value >= fewest:
            return value
        raise self.fault(
            "seats",
            N_("{key} is {value}; it must be a whole number from 1"),
            value=_shown(value),
        )

    def names(self, key: str) -> tuple[str, ...] | None:
        if key not in self._raw:
            return None
        value = self._raw[key]
        if not isinstance(value, list) or not all(isinstance(name, str) for name in value):
            raise self.fault(key, N_("{key} must be a list of texts in brackets"))
        for name in value:
            if not name.strip() or not _is_text(name):
                raise self.fault(key, N_("{key} holds an empty or unreadable text"))
            if value.count(name) > 1:
                raise self.fault(key, N_("{key} holds “{value}” twice; keep one"), value=name[:40])
        return tuple(value)

    def _once(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        found: dict[str, object] = {}
        for key, value in pairs:
            if key in found:
                raise self.fault(key, N_("“{key}” stands there twice; keep one"))
            found[key] = value
        return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _is_text(name: str) -> bool:
    """Whether the text can be printed as UTF-8: JSON can spell half of a character."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _shown(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)[:40]
