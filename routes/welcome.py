"""The first visit to an empty database: start empty, or look around the demo community."""

from dataclasses import dataclass
from typing import Protocol

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from db import accounts, first_visit
from db.engine import DatabaseDown
from db.now import now
from domain.errors import DeskError, FieldError
from locales import _
from routes.errors import status_of
from routes.pages import page, speak
from routes.signin import to_signed_in
from routes.small_forms import Form, posted
from routes.visitor import address


class State(Protocol):
    """How far a loading is."""

    @property
    def running(self) -> bool: ...
    @property
    def failed(self) -> bool: ...
    @property
    def done(self) -> int: ...
    @property
    def total(self) -> int: ...


class Loader(Protocol):
    """What loads the demo community beside the server; see `jobs.demo_loading`."""

    def start(self) -> bool: ...
    def progress(self) -> State: ...


@dataclass(frozen=True)
class Welcome:
    """The pages of the first visit; the loader comes from outside, as it is a job."""

    loader: Loader

    def routes(self) -> list[BaseRoute]:
        """Their addresses."""
        return [
            Route("/welcome", self.ask),
            Route("/welcome", posted(self.start_empty), methods=["POST"]),
            Route("/welcome/demo", self.loading),
            Route("/welcome/demo", posted(self.load_demo), methods=["POST"]),
        ]

    def ask(self, request: Request) -> Response:
        """The one question."""
        if accounts.any_account():
            return RedirectResponse("/signin", 303)
        if self.loader.progress().running:
            return RedirectResponse("/welcome/demo", 303)
        return _form(request, {})

    def start_empty(self, request: Request, form: Form) -> Response:
        """Name the community, open the first administrator's account and sign them in."""
        try:
            token = first_visit.start_empty(
                community=form.get("community", ""),
                name=form.get("name", ""),
                login=form.get("login", ""),
                password=form.get("password", ""),
                code=form.get("code", ""),
                address=address(request),
                now=now(),
            )
        except DatabaseDown:
            raise
        except DeskError as error:
            return _form(request, form, error, status=status_of(error))
        return to_signed_in(request, token)

    def load_demo(self, _request: Request, _form: Form) -> Response:
        """Begin to load the demo community; a second press changes nothing."""
        if not accounts.any_account():
            self.loader.start()
        return RedirectResponse("/welcome/demo", 303)

    def loading(self, request: Request) -> Response:
        """How far the loading is; the page looks again by itself."""
        state = self.loader.progress()
        if not state.running and accounts.any_account():
            return RedirectResponse("/signin", 303)
        if not state.running and not state.failed:
            return RedirectResponse("/welcome", 303)
        return page(request, "loading.html", state=state, status=500 if state.failed else 200)


def _form(
    request: Request, form: Form, error: DeskError | None = None, status: int = 200
) -> Response:
    speak(request)
    told = _(error.template, **error.params) if error else ""
    return page(
        request,
        "welcome.html",
        status=status,
        form=form,
        wrong={error.field: told} if isinstance(error, FieldError) else {},
        told="" if isinstance(error, FieldError) else told,
    )
