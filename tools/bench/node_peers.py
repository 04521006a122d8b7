"""The peers that run in Node.js: badge-maker behind a minimal HTTP server, and sharp."""
from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import urlencode

from client import free_port, wait_for_200
from processes import Process

HERE = Path(__file__).parent / "node"
FONTS = Path(__file__).parents[2] / "server/assets/fonts"

# The fonts that Burgee has embedded, and no others.
FONT_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


def find(package: str) -> str | None:
    """The Node.js program, if the package is installed for it."""
    return shutil.which("node") if (HERE / "node_modules" / package).is_dir() else None


def version(package: str) -> str:
    return json.loads((HERE / "node_modules" / package / "package.json").read_text())["version"]


def node_version(node: str) -> str:
    return subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()


class BadgeMaker:
    """A running HTTP server around badge-maker; a context manager that stops it."""

    def __init__(self, node: str, core: int, log: Path) -> None:
        self.port = free_port()
        self.path = "/?" + urlencode({"label": "environment-0", "message": "1.0.0", "color": "green"})
        self._process = Process([node, HERE / "badge-server.mjs", str(self.port)], core, log)
        self.pid = self._process.pid
        wait_for_200(self.port, self.path, self._process.require_running)

    def __enter__(self) -> BadgeMaker:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stop()


class Sharp:
    """A running rasterizer; a context manager that stops it."""

    def __init__(self, node: str, core: int, folder: Path, svgs: list[str]) -> None:
        folder.mkdir()
        (folder / "svgs.json").write_text(json.dumps(svgs))
        fonts = folder / "fonts.conf"
        fonts.write_text(FONT_CONFIGURATION.format(fonts=FONTS, cache=folder / "fonts"))
        self._process = Process(
            [node, HERE / "rasterize.mjs", folder / "svgs.json"],
            core,
            folder / "log",
            environment={"FONTCONFIG_FILE": str(fonts)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self.pid = self._process.pid
        ready = self._read().split()
        self.widths = {1: int(ready[1]), 2: int(ready[2])}

    def rasterize(self, scale: int, seconds: float) -> int:
        """Draws for so many seconds; answers how many images that were."""
        self._process.stdin.write(f"{scale} {seconds}\n".encode())
        self._process.stdin.flush()
        return int(self._read())

    def _read(self) -> str:
        line = self._process.stdout.readline().decode()
        if not line:
            self._process.wait(10)
            self._process.require_running()
        return line

    def __enter__(self) -> Sharp:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.stop()
