"""Opening pages in Chromium and noting what they ask for and complain about."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import websocket

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-port=0",
)

#: Events of the DevTools protocol that mean a complaint.
_COMPLAINTS = ("Log.entryAdded", "Runtime.exceptionThrown", "Runtime.consoleAPICalled")

# After the page has loaded, what it might still ask for gets a moment.
_SETTLED = "new Promise(done => setTimeout(() => done(true), 150))"


@dataclass
class Tab:
    """One tab: what it has asked the network for, and what it has complained about."""

    socket: websocket.WebSocket
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    _last_id: int = 0
    _loaded: bool = False

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send a command and return its answer."""
        self._last_id += 1
        message = {"id": self._last_id, "method": method, "params": parameters}
        self.socket.send(json.dumps(message))
        while (answer := self._next()).get("id") != self._last_id:
            pass
        assert "error" not in answer, answer
        return answer["result"]

    def visit(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self._loaded = False
        self.call("Page.navigate", url=address)
        while not self._loaded:
            self._next()
        self.evaluate(_SETTLED)

    def evaluate(self, expression: str) -> Any:
        """Return the value of a JavaScript expression on the page."""
        answer = self.call(
            "Runtime.evaluate",
            expression=expression,
            awaitPromise=True,
            returnByValue=True,
        )
        return answer["result"].get("value")

    def resize(self, width: int, height: int = 800) -> None:
        """Give the page the size of a screen."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )

    def print_view(self) -> None:
        """Show the page as it would be printed."""
        self.call("Emulation.setEmulatedMedia", media="print")

    def _next(self) -> dict[str, Any]:
        message = json.loads(self.socket.recv())
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.requests.append(told["request"]["url"])
        elif method in _COMPLAINTS:
            self.complaints.append(json.dumps(told)[:500])
        elif method == "Page.loadEventFired":
            self._loaded = True
        return message


@contextmanager
def open_tab(chromium: Path, profile: Path) -> Iterator[Tab]:
    """Start the browser with a fresh profile and yield its tab."""
    command = [str(chromium), *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        socket = websocket.create_connection(
            _debugger(profile, process), timeout=30, suppress_origin=True
        )
        tab = Tab(socket)
        for domain in ("Page", "Network", "Log", "Runtime"):
            tab.call(f"{domain}.enable")
        yield tab
        socket.close()
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _debugger(profile: Path, process: subprocess.Popen, patience: float = 30) -> str:
    """Wait for the browser to say where it listens, and ask for a tab there."""
    told = profile / "DevToolsActivePort"
    give_up = time.monotonic() + patience
    while not (told.exists() and told.read_text().count("\n")):
        assert process.poll() is None, "the browser has ended"
        assert time.monotonic() < give_up, "the browser does not start"
        time.sleep(0.05)
    port = told.read_text().splitlines()[0]
    request = Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")
    with urlopen(request, timeout=10) as answer:
        return json.loads(answer.read())["webSocketDebuggerUrl"]
