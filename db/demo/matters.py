"""What the demo's residents write about and what comes of it, read from the texts beside."""

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "matters"
VOICES = "voices"
# What can become of a matter besides being done: a text that fits one of its reports only.
TURNS = (
    "reopened",
    "sent_back",
    "recalled",
    "suspended",
    "asked",
    "vote",
    "explained",
    "passed_on",
    "declined",
    "withdrawn",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """A kind of trouble.

    Args:
        at: where it arises, such as `lift`, `garage` or `home`.
        lead: key of the unit that sees to it; `property`, `branch` and `committee` mean those
            of the estate.
        picture: the scene of `pictures` that shows it.
        words: reports; each becomes one file.
        answer, decided, done, summary: what is said in the course of it.
        praise, blame: comments with a good and with a poor rating.
        turns: for each turn the report that takes it, and the reason.
        replies: `supplied` to a question.
        poll: what the neighbours are asked about it, and the answers to choose from.
    """

    category: str
    at: str
    lead: str
    picture: str | None
    words: tuple[str, ...]
    answer: tuple[str, ...]
    decided: tuple[str, ...]
    done: tuple[str, ...]
    summary: tuple[str, ...]
    praise: tuple[str, ...]
    blame: tuple[str, ...]
    turns: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    supplied: str = ""
    poll: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """One report of a matter: which of its words, and which turn it takes, if any."""

    matter: Matter
    number: int

    @property
    def turn(self) -> str | None:
        """The turn that only this report takes."""
        for name, (number, _) in self.matter.turns.items():
            if number == self.number:
                return name
        return None

    def one_of(self, texts: Sequence[str]) -> str:
        """The text that goes with this report where there are several."""
        return texts[self.number % len(texts)] if texts else ""


class Pool:
    """All reports, shuffled; each is taken once."""

    def __init__(self, rng: random.Random) -> None:
        self._left = [
            Word(matter, number) for matter in _read() for number in range(len(matter.words))
        ]
        rng.shuffle(self._left)
        with (FOLDER / f"{VOICES}.toml").open("rb") as file:
            self.voices: dict[str, list[str]] = tomllib.load(file)

    def __len__(self) -> int:
        return len(self._left)

    def left(self) -> list[Word]:
        """What nobody has taken yet."""
        return list(self._left)

    def take(
        self,
        category: str | None = None,
        turn: str | None = None,
        at: str | None = None,
        fits: Callable[[Word], bool] | None = None,
    ) -> Word:
        """The next report of that category and place with that turn, or without any."""
        for word in self._left:
            matter = word.matter
            if (
                category in (None, matter.category)
                and at in (None, matter.at)
                and word.turn == turn
                and (fits is None or fits(word))
            ):
                self._left.remove(word)
                return word
        raise LookupError(f"no report is left of {category} with {turn}")


def _read() -> list[Matter]:
    found = []
    for path in sorted(FOLDER.glob("*.toml")):
        if path.stem == VOICES:
            continue
        with path.open("rb") as file:
            entries = tomllib.load(file)["matter"]
        for entry in entries:
            found.append(
                Matter(
                    category=path.stem,
                    at=entry["at"],
                    lead=entry["lead"],
                    picture=entry.get("picture"),
                    turns={
                        name: (entry[name][0], entry[name][1]) for name in TURNS if name in entry
                    },
                    supplied=entry.get("supplied", ""),
                    poll=tuple(entry.get("poll", ())),
                    **{
                        name: tuple(entry[name])
                        for name in ("words", "answer", "decided", "done", "summary")
                    },
                    praise=tuple(entry["praise"]),
                    blame=tuple(entry["blame"]),
                )
            )
    return found
