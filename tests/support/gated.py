"""A few routes behind the real gate and envelope, and a browser that asks them."""

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Route
from starlette.testclient import TestClient

from routes import signin
from routes.envelope import Envelope
from routes.errors import on_http_error
from routes.gate import Gate


def behind_the_gate(routes: Sequence[Route]) -> TestClient:
    """A Chinese browser at an application of sign-in and these routes."""
    app = Starlette(
        routes=[*signin.ROUTES, *routes],
        middleware=[Middleware(Envelope), Middleware(Gate, go_and_sign_in=b"")],
        exception_handlers={HTTPException: on_http_error},  # type: ignore[dict-item]
    )
    return TestClient(
        app,
        base_url="http://desk.example",
        headers={"accept-language": "zh-CN"},
        follow_redirects=False,
    )
