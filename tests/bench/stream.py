"""A browser tab that costs next to nothing: it reruns a page and waits for the run's end.

`tests.support.ws` keeps the whole page; this one looks at each message and forgets it, so that
what is timed is the server.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

OPEN_SECONDS = 60
RERUNS = ForwardMsg.FINISHED_EARLY_FOR_RERUN


class PageBroken(Exception):
    """The page did not come as a person would see it; what it said instead."""


class Visitor:
    """One open page.

    Args:
        address: the server's.
        cookies: of a signed-in person.
        page: its address without slashes.
        query: the address's part behind the question mark.
    """

    def __init__(
        self,
        address: str,
        cookies: Mapping[str, str] | None = None,
        page: str = "",
        query: str = "",
    ) -> None:
        self.address, self.page, self.query = address, page, query
        self.cookies = dict(cookies or {})
        self.size = 0  # bytes of the last run
        self._hash = ""
        self._connection: ClientConnection | None = None

    async def __aenter__(self) -> Self:
        headers = {}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self._connection = await connect(
            f"ws://{urlsplit(self.address).netloc}/_stcore/stream",
            origin=Origin(self.address),
            subprotocols=[Subprotocol("streamlit")],
            additional_headers=headers,
            open_timeout=OPEN_SECONDS,
            ping_interval=None,
            compression=None,
            max_size=None,
        )
        await self.rerun()
        return self

    async def __aexit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the page."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    async def rerun(self, changed: ClientState | None = None) -> None:
        """Run the page as a click does, and wait for the end.

        Args:
            changed: widgets that were changed, or the fragment that runs alone.

        Raises:
            PageBroken: the server sent an error, or another page's address, instead.
        """
        assert self._connection is not None
        state = ClientState(
            query_string=self.query, page_name=self.page, page_script_hash=self._hash
        )
        if changed is not None:
            state.MergeFrom(changed)
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        self.size = 0
        while True:
            data = await self._connection.recv(decode=False)
            self.size += len(data)
            message = ForwardMsg.FromString(data)
            kind = message.WhichOneof("type")
            if kind == "script_finished" and message.script_finished != RERUNS:
                return
            if kind == "navigation":
                self._hash = message.navigation.page_script_hash
            elif kind in {"auth_redirect", "page_not_found"}:
                raise PageBroken(f"/{self.page}?{self.query}: {kind}")
            elif kind == "delta" and message.delta.new_element.HasField("exception"):
                raise PageBroken(
                    f"/{self.page}?{self.query}: {message.delta.new_element.exception.message}"
                )
