"""Who sent a request: the signed-in person that the gate let in, and the address they came from."""

from starlette.requests import Request

from db import sign_ins
from db.now import now
from domain.errors import N_, NotAllowed
from domain.people import Actor


def actor(request: Request) -> Actor:
    """The signed-in person, on addresses that the gate does not leave open.

    Raises:
        NotAllowed: the sign-in ended meanwhile, or the address is a public one.
    """
    view = getattr(request.state, "sign_in", None)
    found = sign_ins.actor_of(view.key, now()) if view else None
    if found is None:
        raise NotAllowed(N_("You are signed out. Sign in again."))
    return found


def address(request: Request) -> str:
    """The visitor's network address, for limits; empty where the server knows none."""
    return request.client.host if request.client else ""
