"""nginx as a peer: one worker that serves files with the same bytes and headers as Burgee's badges."""
from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from client import HOST, Answer, free_port, wait_for_200
from processes import Process, children

# nginx writes these itself, or they belong to one connection.
OWN_HEADERS = {"connection", "content-length", "content-type", "date", "server", "transfer-encoding"}

CONFIGURATION = """
daemon off;
worker_processes 1;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  sendfile off;
  server_tokens off;
  keepalive_requests 1000000000;
  keepalive_timeout 600s;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  types {{ }}
  max_ranges 0;
  server {{
    listen {host}:{port};
    root {folder}/files;
    location = /badge {{
{one}
      etag off;
    }}
    location / {{
{many}
      etag on;
    }}
  }}
}}
"""

# The file with the headers of one badge, ETag included.
ONE = "/badge"


def find() -> str | None:
    """The nginx program of this machine."""
    return shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")


def version(program: str) -> str:
    return subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr.split(": ")[-1].strip()


class Nginx:
    """A running nginx; a context manager that stops it. `ONE` is `badge`; the others are at Burgee's own paths."""

    def __init__(self, program: str, folder: Path, core: int, badge: Answer, others: Mapping[str, bytes]) -> None:
        self.port = free_port()
        files = folder / "files"
        files.mkdir(parents=True)
        (files / ONE[1:]).write_bytes(badge.body)
        for path, body in others.items():
            file = files / path[1:]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(body)
        configuration = folder / "nginx.conf"
        configuration.write_text(
            CONFIGURATION.format(
                user=f"user {getpass.getuser()};" if os.geteuid() == 0 else "",
                folder=folder,
                host=HOST,
                port=self.port,
                one=_headers(badge, without=set()),
                many=_headers(badge, without={"etag"}),
            )
        )
        command = [program, "-p", folder, "-e", folder / "error.log", "-c", configuration]
        self.process = Process(command, core, folder / "log")
        wait_for_200(self.port, ONE, self.process.require_running)
        (self.pid,) = children(self.process.pid)

    def __enter__(self) -> Nginx:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.stop()


def _headers(answer: Answer, without: set[str]) -> str:
    """Directives that make nginx send an answer's headers."""
    names = {name.lower() for name, _ in answer.headers}
    lines = [f'default_type "{answer.header("content-type")}";']
    for name, value in answer.headers:
        if name.lower() not in OWN_HEADERS | without | {"last-modified"}:
            escaped = value.replace("\\", "\\\\").replace('"', '\\"')
            lines.append(f'add_header {name} "{escaped}";')
    if "last-modified" not in names:
        lines.append('add_header Last-Modified "";')
    return "\n".join(f"      {line}" for line in lines)
