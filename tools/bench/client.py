"""Single HTTP requests: for filling a server with data and for checking what it answers, not for measuring."""
from __future__ import annotations

import http.client
import json
import socket
import time
from dataclasses import dataclass
from typing import Any, Callable

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Answer:
    """A response that has been read."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header that must be there."""
        return next(value for other, value in self.headers if other.lower() == name)


class Client:
    """One kept-alive connection to a server on this machine."""

    def __init__(self, port: int, token: str | None = None) -> None:
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)
        # Without Accept-Encoding, as wrk sends its requests.
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}

    def send(self, method: str, path: str, body: Any = None) -> Answer:
        data = None if body is None else json.dumps(body).encode()
        self._connection.putrequest(method, path, skip_accept_encoding=True)
        for name, value in self._headers.items():
            self._connection.putheader(name, value)
        if data is not None:
            self._connection.putheader("Content-Type", "application/json")
            self._connection.putheader("Content-Length", str(len(data)))
        self._connection.endheaders(data)
        response = self._connection.getresponse()
        return Answer(response.status, response.getheaders(), response.read())

    def get(self, path: str) -> Answer:
        """GETs a path that must answer 200."""
        return self._expect_success("GET", path, None)

    def post(self, path: str, body: Any) -> Answer:
        return self._expect_success("POST", path, body)

    def patch(self, path: str, body: Any) -> Answer:
        return self._expect_success("PATCH", path, body)

    def close(self) -> None:
        self._connection.close()

    def _expect_success(self, method: str, path: str, body: Any) -> Answer:
        answer = self.send(method, path, body)
        if answer.status not in (200, 201):
            raise RuntimeError(f"{method} {path} answered {answer.status}: {answer.body[:500]!r}")
        return answer


def free_port() -> int:
    """A port on the loopback interface that nothing listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


def wait_for_200(port: int, path: str, still_running: Callable[[], None], timeout: float = 60.0) -> None:
    """Asks for a path until it answers 200."""
    deadline = time.monotonic() + timeout
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n".encode()
    while time.monotonic() < deadline:
        try:
            with socket.create_connection((HOST, port), timeout=5) as connection:
                connection.sendall(request)
                if connection.recv(64).startswith(b"HTTP/1.1 200"):
                    return
        except OSError:
            pass
        still_running()
        time.sleep(0.0005)
    raise RuntimeError(f"port {port} did not answer 200 to {path} within {timeout:.0f} s")
