"""A real browser, headless: Chromium, spoken to by its DevTools protocol over a pair of pipes."""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from pathlib import Path
from typing import Any, Self


class Browser:
    """One page on a screen of a telephone's size; everything waits until it is so, or fails.

    Chromium reads commands from its descriptor 3 and writes answers and events to 4, JSON with a
    zero byte at the end (``--remote-debugging-pipe``).
    """

    def __init__(self, program: str, folder: Path, *, width: int = 390, height: int = 844) -> None:
        self._program, self._folder = program, folder
        self._size = (width, height)
        self._last, self._read = 0, b""
        self._session: str | None = None
        self.told: list[dict[str, Any]] = []

    def __enter__(self) -> Self:
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()

        # The sandbox does not start as root; nothing but our own page is opened.
        flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-pipe"]
        flags += ["--disable-dev-shm-usage", "--no-first-run", f"--user-data-dir={self._folder}"]
        # Bash, since the plain shell knows descriptors of one digit only.
        shell = f'exec "$0" "$@" 3<&{theirs_in} 4>&{theirs_out}'
        self._process = subprocess.Popen(
            ["bash", "-c", shell, self._program, *flags, "about:blank"],
            pass_fds=(theirs_in, theirs_out),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(theirs_in)
        os.close(theirs_out)
        target = self.do("Target.createTarget", url="about:blank")["targetId"]
        found = self.do("Target.attachToTarget", targetId=target, flatten=True)
        self._session = found["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.do(f"{domain}.enable")
        width, height = self._size
        self.do(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=2,
            mobile=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        os.close(self._in)
        os.close(self._out)

    def do(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol and its answer."""
        self._last += 1
        command: dict[str, Any] = {"id": self._last, "method": method, "params": params}
        if self._session:
            command["sessionId"] = self._session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while True:
            message = self._message(30)
            if message.get("id") == self._last:
                assert "error" not in message, (method, message["error"])
                result: dict[str, Any] = message["result"]
                return result
            self.told.append(message)

    def open(self, url: str) -> None:
        """Go to an address."""
        self.do("Page.navigate", url=url)

    def ask(self, expression: str) -> Any:
        """What an expression of JavaScript, or the promise that it is, comes to on the page."""
        found = self.do(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def wait(self, expression: str, seconds: float = 15) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while True:
            # While a page is loaded there is nothing to ask.
            so = self.ask(f"(() => {{ try {{ return Boolean({expression}) }} catch {{}} }})()")
            if so or time.monotonic() > until:
                assert so, f"never: {expression}; the page says: {self.text()[:600]}"
                return
            time.sleep(0.05)

    def text(self) -> str:
        """All that is to be read on the page."""
        return str(self.ask("document.body ? document.body.innerText : ''"))

    def click(self, selector: str) -> None:
        """Touch the middle of the first element that is chosen, once it is there to be seen."""
        element = f"document.querySelector({json.dumps(selector)})"
        self.wait(f"{element}.checkVisibility()")
        x, y = self.ask(
            f"(() => {{ const e = {element}; e.scrollIntoView({{block: 'center'}});"
            "const r = e.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2];"
            "})()"
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def type(self, selector: str, text: str) -> None:
        """Write into a field."""
        self.click(selector)
        self.do("Input.insertText", text=text)

    def press(self, key: str, code: int) -> None:
        """Press a key that writes nothing: ``Tab`` 9, ``ArrowDown`` 40, or space 32."""
        for kind in ("keyDown", "keyUp"):
            text = {"text": " "} if key == " " and kind == "keyDown" else {}
            self.do(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                code="Space" if key == " " else key,
                windowsVirtualKeyCode=code,
                **text,
            )

    def offline(self, away: bool) -> None:
        """Take the network away, or give it back."""
        self.do(
            "Network.emulateNetworkConditions",
            offline=away,
            latency=0,
            downloadThroughput=-1,
            uploadThroughput=-1,
        )

    def picture(self, file: Path, *, whole: bool = False) -> None:
        """The screen, or the whole page, as PNG."""
        shot = self.do("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        file.write_bytes(base64.b64decode(shot["data"]))

    def complaints(self) -> list[str]:
        """What the browser had to complain of: errors of scripts, breaches of the policy."""
        self.ask("0")
        found = []
        for message in self.told:
            if message.get("method") == "Runtime.exceptionThrown":
                found.append(str(message["params"]["exceptionDetails"]))
            entry = message.get("params", {}).get("entry", {})
            if entry.get("level") == "error" and entry.get("source") != "network":
                found.append(str(entry["text"]))
        return found

    def _message(self, seconds: float) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._in], [], [], seconds)
            assert ready, "the browser says nothing"
            more = os.read(self._in, 1 << 16)
            assert more, "the browser has ended"
            self._read += more
        message, _, self._read = self._read.partition(b"\0")
        decoded: dict[str, Any] = json.loads(message)
        return decoded
