"""A resident's report as a browser sends it."""

from typing import Any

from httpx import Response
from sqlalchemy import func, select
from starlette.testclient import TestClient

from db import engine
from routes import report
from tests.support.html import Seen

GATE = "/r/gate-place-code"
LIFT = "电梯异响，老人不敢坐"


def fill(web: TestClient, where: str = GATE, **fields: str) -> dict[str, str]:
    """The form as a browser would send it."""
    seen = Seen(web.get(where))
    filled = {
        name: seen.value(name) for name in ("once", "category", "name", "phone", report.HONEYPOT)
    }
    return filled | {"text": LIFT} | fields


def send(
    web: TestClient, fields: dict[str, str], where: str = GATE, photos: list[bytes] | None = None
) -> Response:
    files: list[Any] = [
        ("photos", (f"{n}.jpg", content, "image/jpeg")) for n, content in enumerate(photos or [])
    ]
    # A browser sends an empty part for each file input that was left alone.
    files = files or [("photos", ("", b"", "application/octet-stream"))]
    answer: Response = web.post(where, data=fields, files=files)
    return answer


def code_of(response: Response) -> str:
    assert response.status_code == 303, Seen(response).text("//main")
    assert response.headers["location"] == "/thanks"
    return str(response.cookies[report.THANKS_COOKIE])


def rows(table: Any) -> int:
    with engine.read() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0
