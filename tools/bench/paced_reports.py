"""Reports runs at a fixed rate: paced_reports.py PORT TOKEN PREFIX RATE SECONDS

Runs become due at fixed times, whether or not the ones before have been answered (up to CONNECTIONS at once). What
cannot be sent in time is sent late, so the achieved rate says whether the server kept up. Prints one line of JSON.
"""
from __future__ import annotations

import json
import selectors
import socket
import sys
import time
from dataclasses import dataclass, field

HOST = "127.0.0.1"
CONNECTIONS = 64
PROJECTS = 50
# How long the last answers may take.
PATIENCE = 20.0


@dataclass
class Connection:
    """A kept-alive connection with at most one request under way."""

    socket: socket.socket
    received: bytearray = field(default_factory=bytearray)
    due: float = 0.0

    def take_response(self) -> int | None:
        """The status of a response that has arrived whole."""
        head, separator, body = bytes(self.received).partition(b"\r\n\r\n")
        if not separator:
            return None
        lines = head.split(b"\r\n")
        length = next(int(line.split(b":")[1]) for line in lines if line.lower().startswith(b"content-length:"))
        if len(body) < length:
            return None
        self.received.clear()
        return int(lines[0].split()[1])


def request(token: str, prefix: str, number: int) -> bytes:
    """The POST of one run; the fields are those of reports.lua."""
    body = json.dumps(
        {
            "project": f"reported-{number % PROJECTS}",
            "environment": f"stage-{number // PROJECTS % 4}",
            "release": f"{prefix}.{number // PROJECTS // 10}",
            "status": "succeeded",
            "url": f"https://ci.example.org/runs/{number}",
            "external_id": f"{prefix}-{number}",
        }
    )
    head = f"POST /api/burgee/v1/runs HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Bearer {token}\r\n"
    return f"{head}Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode()


def send(port: int, token: str, prefix: str, rate: float, seconds: float) -> dict[str, float]:
    """Sends the reports, and tells how many were answered, at which rate and with how many errors."""
    selector = selectors.DefaultSelector()
    idle = [Connection(socket.create_connection((HOST, port))) for _ in range(CONNECTIONS)]
    connections = list(idle)
    for connection in connections:
        selector.register(connection.socket, selectors.EVENT_READ, connection)
    total = round(rate * seconds)
    sent = done = errors = 0
    latencies: list[float] = []
    start = time.perf_counter()
    while done < total:
        now = time.perf_counter() - start
        if now > seconds + PATIENCE:
            errors += total - done
            break
        while sent < total and sent / rate <= now and idle:
            connection = idle.pop()
            connection.due = sent / rate
            connection.socket.sendall(request(token, prefix, sent))
            sent += 1
        wait = max(0.0, sent / rate - now) if sent < total and idle else 0.1
        for key, _ in selector.select(wait):
            connection = key.data
            data = connection.socket.recv(65536)
            if not data:
                raise ConnectionError("the server closed a connection")
            connection.received += data
            status = connection.take_response()
            if status is not None:
                done += 1
                errors += status not in (200, 201)
                latencies.append(time.perf_counter() - start - connection.due)
                idle.append(connection)
    elapsed = time.perf_counter() - start
    for connection in connections:
        connection.socket.close()
    latencies.sort()
    p99 = latencies[int(len(latencies) * 0.99)] if latencies else 0.0
    return {"reports": done, "seconds": elapsed, "rate": done / elapsed, "errors": errors, "p99": p99 * 1e6}


if __name__ == "__main__":
    port, token, prefix, rate, seconds = sys.argv[1:]
    print(json.dumps(send(int(port), token, prefix, float(rate), float(seconds))))
