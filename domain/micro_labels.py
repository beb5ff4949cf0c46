"""What the micro-list's categories are called, as message ids."""

from collections.abc import Mapping

from domain import labels
from domain.errors import N_
from domain.micro_list import UNSORTED

SERVICE: Mapping[str, str] = {**labels.SERVICE, UNSORTED: N_("not sorted yet")}
