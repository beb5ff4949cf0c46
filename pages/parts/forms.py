"""Forms that are sent once: their keys, what was typed, and errors beside the field.

A form is saved in the callback of its button, so that the page which follows shows the new
state. Two things make a second sending harmless: the once-only key that `db` keeps, and the
form's serial, which is part of its widgets' keys. A click on a form that was saved meanwhile
is a click on a button that no longer exists.
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import streamlit as st

from domain.errors import DeskError, FieldError
from pages.parts.show import show_error
from pages.parts.words import _

_STATE = "form:"
_SAID = "form_said"


@dataclass(frozen=True, slots=True)
class Sent:
    """What a form was sent with.

    Args:
        once: the key that the write function takes, the same for every sending of this form.
    """

    values: dict[str, Any]
    once: str

    def text(self, field: str) -> str:
        """A text as it was typed; empty for none."""
        return str(self.values.get(field) or "")

    def pick(self, field: str) -> Any:
        """What was chosen; None for nothing."""
        return self.values.get(field)

    def many(self, field: str) -> Sequence[Any]:
        """All that were chosen."""
        return tuple(self.values.get(field) or ())


class Form:
    """One form of a page.

    Args:
        name: stable name; widgets' keys are `name_field`, with a number at the end once the
            form was saved before in this tab.
        in_fragment: whether the page around it must run again after saving; it announces what
            was saved.
        then: called after saving.
        wide: whether its buttons are as wide as the page, for a thumb.
    """

    def __init__(
        self,
        name: str,
        *,
        in_fragment: bool = False,
        wide: bool = False,
        then: Callable[[], None] | None = None,
    ) -> None:
        self.name = name
        self._width: Literal["stretch", "content"] = "stretch" if wide else "content"
        self._state = st.session_state.setdefault(_STATE + name, _fresh(0))
        self._state.update(in_fragment=in_fragment, then=then)

    @property
    def error(self) -> DeskError | None:
        """Why the last sending was refused."""
        error = self._state["error"]
        return error if isinstance(error, DeskError) else None

    def key(self, field: str) -> str:
        """The key of a field's widget."""
        self._state["fields"].add(field)
        return _key(self.name, field, self._state["serial"])

    def mend(self, *fields: str) -> None:
        """Say beside these fields what is wrong with them."""
        error = self.error
        self._state["beside"].update(fields)
        if isinstance(error, FieldError) and error.field in fields:
            show_error(error)

    def refused(self) -> None:
        """Say what was refused, unless it was said beside its field."""
        error = self.error
        beside = isinstance(error, FieldError) and error.field in self._state["beside"]
        if error is not None and not beside:
            show_error(error)

    def submit(
        self, label: str, action: Callable[..., None], *args: Any, main: bool = True
    ) -> None:
        """The form's button, within `st.form`, one `main` on a page; `action` saves."""
        self.refused()
        st.form_submit_button(
            label,
            key=self.key("save"),
            type="primary" if main else "secondary",
            width=self._width,
            **self.sends(action, *args),
        )

    def button(
        self,
        label: str,
        action: Callable[..., None],
        *args: Any,
        main: bool = True,
        icon: str | None = None,
        said: bool = True,
    ) -> None:
        """A button that saves at once, outside of `st.form`.

        Args:
            said: whether success is announced; not where it shows by itself.
        """
        self.refused()
        st.button(
            label,
            key=self.key("save"),
            type="primary" if main else "secondary",
            icon=icon,
            width=self._width,
            **self.sends(action, *args, said=said),
        )

    def sends(self, action: Callable[..., None], *args: Any, said: bool = True) -> dict[str, Any]:
        """What a further button of this form does when it is clicked, as its arguments."""
        state = self._state
        form = (self.name, state["serial"], state["once"])
        return {"on_click": _save, "args": (*form, said, action, args)}


def forget(prefix: str) -> None:
    """Begin all forms anew whose name starts so, such as when the page shows another file."""
    for key in list(st.session_state):
        if isinstance(key, str) and key.startswith(_STATE + prefix):
            st.session_state[key] = _fresh(st.session_state[key]["serial"] + 1)


def _fresh(serial: int) -> dict[str, Any]:
    return {
        "serial": serial,
        "once": secrets.token_urlsafe(16),
        "error": None,
        "fields": set(),
        "beside": set(),
        "in_fragment": False,
        "then": None,
    }


def _key(name: str, field: str, serial: int) -> str:
    return f"{name}_{field}_{serial}" if serial else f"{name}_{field}"


def _save(
    name: str,
    serial: int,
    once: str,
    said: bool,
    action: Callable[..., None],
    args: tuple[Any, ...],
) -> None:
    state = st.session_state[_STATE + name]
    if state["serial"] != serial:
        return  # the click came from a form that was saved meanwhile
    typed = {
        field: st.session_state.get(_key(name, field, serial)) for field in list(state["fields"])
    }
    try:
        action(Sent(typed, once), *args)
    except DeskError as error:
        if state["serial"] == serial:
            state["error"] = error
        return
    st.session_state[_STATE + name] = _fresh(serial + 1)
    if state["then"] is not None:
        state["then"]()
    st.session_state[_SAID] = said
    if state["in_fragment"]:
        st.rerun()  # a toast of this run would be gone with it
    announce()


def announce() -> None:
    """Say that a form was saved; for pages with forms in fragments."""
    if st.session_state.pop(_SAID, False):
        st.toast(_("Saved"), icon=":material/check_circle:")
