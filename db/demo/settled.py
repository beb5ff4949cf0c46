"""The settled demo community, and how one of its matters becomes a file."""

from dataclasses import dataclass

from db.demo.estates import Estates
from db.demo.people import People


@dataclass(frozen=True, slots=True)
class Settled:
    """Everything that stands before the first report."""

    units: dict[str, int]
    estates: Estates
    people: People
    categories: dict[str, int]

    def lead(self, key: str, estate: str) -> int:
        """The unit that a matter of that estate is given to."""
        return self.units.get(key) or self.units[f"{key}:{estate}"]
