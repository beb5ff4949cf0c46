"""A browser tab without a browser: speaks Streamlit's protocol over its websocket."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

RUN_SECONDS = 30
RERUNS = ForwardMsg.FINISHED_EARLY_FOR_RERUN
OF_FRAGMENT = ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY

# How each kind of widget tells its value.
VALUE_FIELD = {
    "button": "trigger_value",
    "checkbox": "bool_value",
    "number_input": "double_value",
    "pagination": "int_value",
    "multiselect": "string_array_value",
    "button_group": "string_array_value",
    "date_input": "string_array_value",
    "date_time_input": "string_array_value",
    "menu_button": "string_trigger_value",
}


class Tab:
    """One open page.

    Args:
        address: the server's, such as http://127.0.0.1:8501.
        cookies: of the signed-in client.
        page: the page's path without slashes; the first page when empty.
        query: the address's part behind the question mark.
        origin: what the browser says where the page came from; the server itself when None.
        headers: more request headers.
        resume: the id of a session to take up again, as a browser does that was cut off.

    Raises:
        websockets.exceptions.InvalidStatus: the handshake was refused.
    """

    def __init__(
        self,
        address: str,
        cookies: dict[str, str] | None = None,
        page: str = "",
        query: str = "",
        origin: str | None = None,
        headers: dict[str, str] | None = None,
        resume: str = "",
    ) -> None:
        self.page = page
        self.query = query
        self.redirected_to: str | None = None  # what `auth_redirect` said
        self.not_found = False
        self.session_id = ""
        self.messages: list[ForwardMsg] = []  # of the last run
        self._deltas: dict[tuple[int, ...], Delta] = {}
        self._touched: set[tuple[int, ...]] = set()
        self._values: dict[str, WidgetState] = {}
        self._hash = ""
        parts = urlsplit(address)
        cookie = "; ".join(f"{name}={value}" for name, value in (cookies or {}).items())
        again = ("no-token", resume) if resume else ()
        self._open = ExitStack()
        self._connection = self._open.enter_context(
            connect(
                f"ws://{parts.netloc}/_stcore/stream",
                origin=Origin(origin or address),
                subprotocols=[Subprotocol(name) for name in ("streamlit", *again)],
                additional_headers={"Cookie": cookie, **(headers or {})} if cookie else headers,
                open_timeout=RUN_SECONDS,
                max_size=None,
            )
        )

    def __enter__(self) -> "Tab":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the tab."""
        self._open.close()

    def open(self, page: str, query: str = "") -> "Tab":
        """Go to another page in this tab."""
        self.page, self.query, self._hash = page, query, ""
        return self.run()

    def run(self, pressed: WidgetState | None = None, fragment: str = "") -> "Tab":
        """Run the page, or one fragment of it, and wait for the end.

        Raises:
            websockets.exceptions.ConnectionClosed: the server closed the connection.
            TimeoutError: it did not finish.
        """
        state = ClientState(
            query_string=self.query,
            page_name=self.page,
            page_script_hash=self._hash,
            fragment_id=fragment,
        )
        state.widget_states.widgets.extend(self._values.values())
        if pressed is not None:
            state.widget_states.widgets.append(pressed)
        self.send(BackMsg(rerun_script=state))
        return self.receive()

    def send(self, message: BackMsg) -> None:
        """Send a message without waiting for its effect."""
        self._connection.send(message.SerializeToString())

    def receive(self) -> "Tab":
        """Take in what the server sends until a run is finished."""
        self.messages = []
        while True:
            message = ForwardMsg()
            message.ParseFromString(self._frame())
            self.messages.append(message)
            kind = message.WhichOneof("type")
            if kind == "delta":
                path = tuple(message.metadata.delta_path)
                self._deltas[path] = message.delta
                self._touched.add(path)
            elif kind == "new_session":
                self._touched = set()
                self._hash = message.new_session.page_script_hash
                self.session_id = message.new_session.initialize.session_id or self.session_id
            elif kind == "auth_redirect":
                self.redirected_to = message.auth_redirect.url
            elif kind == "page_not_found":
                self.not_found = True
            elif kind == "script_finished" and message.script_finished != RERUNS:
                self._forget_stale(message.script_finished == OF_FRAGMENT)
                return self

    def wait_for_close(self) -> int:
        """Wait until the server closes the connection; returns its code."""
        try:
            while True:
                message = ForwardMsg()
                message.ParseFromString(self._frame())
                if message.WhichOneof("type") == "auth_redirect":
                    self.redirected_to = message.auth_redirect.url
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd else 1006

    def _frame(self) -> bytes:
        data = self._connection.recv(RUN_SECONDS)
        assert isinstance(data, bytes)
        return data

    def _forget_stale(self, fragment: bool) -> None:
        ran = {self._deltas[path].fragment_id for path in self._touched}
        self._deltas = {
            path: delta
            for path, delta in self._deltas.items()
            if path in self._touched or (fragment and delta.fragment_id not in ran)
        }

    # What is on the page

    def widget(self, key: str) -> tuple[Delta, str, Any]:
        """The delta, the kind and the message of the widget with this key.

        Raises:
            KeyError: the page has no such widget.
        """
        for delta in self._deltas.values():
            for kind, message in _parts(delta):
                if getattr(message, "id", "").endswith(f"-{key}"):
                    return delta, kind, message
        raise KeyError(f"{key} is not on the page, which has {sorted(self.keys())}")

    def keys(self) -> set[str]:
        """The keys of all widgets on the page."""
        found = set()
        for delta in self._deltas.values():
            for _, message in _parts(delta):
                # $$ID-<hash>-<key>
                name = getattr(message, "id", "").split("-", 2)
                if len(name) == 3 and name[2] != "None":
                    found.add(name[2])
        return found

    def texts(self) -> list[str]:
        """Every text that the page sent, labels and the cells of tables included."""
        return [text for delta in self._deltas.values() for text in _texts(delta)]

    def text(self) -> str:
        """All of `texts` in one."""
        return "\n".join(self.texts())

    def fragments(self) -> set[str]:
        """The fragments that stand on the page."""
        return {delta.fragment_id for delta in self._deltas.values() if delta.fragment_id}

    def exceptions(self) -> list[str]:
        """What Streamlit shows where a script broke."""
        return [
            message.message
            for delta in self._deltas.values()
            for kind, message in _parts(delta)
            if kind == "exception"
        ]

    # What a person does

    def set(self, key: str, value: Any) -> "Tab":
        """Fill a widget in, without running the page (as inside a form)."""
        _, kind, message = self.widget(key)
        state = WidgetState(id=message.id)
        field = VALUE_FIELD.get(kind, "string_value")
        if field == "string_array_value":
            state.string_array_value.data.extend(value)
        else:
            setattr(state, field, value)
        self._values[state.id] = state
        return self

    def enter(self, key: str, value: Any) -> "Tab":
        """Fill a widget in and run what it belongs to."""
        delta = self.widget(key)[0]
        return self.set(key, value).run(fragment=delta.fragment_id)

    def click(self, key: str) -> "Tab":
        """Press a button and wait for the end of its run."""
        delta, pressed = self._press(key)
        return self.run(pressed, delta.fragment_id)

    def click_without_waiting(self, key: str) -> None:
        """Press a button and look away (a double tap, a connection that breaks)."""
        delta, pressed = self._press(key)
        state = ClientState(
            query_string=self.query,
            page_name=self.page,
            page_script_hash=self._hash,
            fragment_id=delta.fragment_id,
        )
        state.widget_states.widgets.extend([*self._values.values(), pressed])
        self.send(BackMsg(rerun_script=state))

    def _press(self, key: str) -> tuple[Delta, WidgetState]:
        delta, _, message = self.widget(key)
        return delta, WidgetState(id=message.id, trigger_value=True)


def _parts(delta: Delta) -> Iterator[tuple[str, Any]]:
    part: str | None
    kind = delta.WhichOneof("type")
    if kind == "new_element":
        part = delta.new_element.WhichOneof("type")
        if part:
            yield part, getattr(delta.new_element, part)
    elif kind == "add_block":
        part = delta.add_block.WhichOneof("type")
        if part:
            yield part, getattr(delta.add_block, part)


def _texts(message: Any) -> Iterator[str]:
    for field, value in message.ListFields():
        values = value if field.is_repeated else [value]
        for one in values:
            if isinstance(one, Message):
                yield from _texts(one)
            elif isinstance(one, str):
                yield one
            elif isinstance(one, bytes):
                yield from _cells(one)


def _cells(data: bytes) -> Iterator[str]:
    try:
        table = pa.ipc.open_stream(data).read_all()
    except pa.ArrowInvalid:
        return
    for column in table.columns:
        yield from (str(value) for value in column.to_pylist() if value is not None)
