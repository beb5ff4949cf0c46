"""The file 档案: everything that is known of one matter, for its page."""

from datetime import datetime

from db.casefile_views import CaseFile
from domain.people import Actor


def case_file(actor: Actor, code: str, now: datetime) -> CaseFile:
    """The whole file.

    Raises:
        NotAllowed: this person reads no files.
        NotFound: there is none with this code, or it is another estate's.
    """
    raise NotImplementedError
