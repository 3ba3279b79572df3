"""A headless Chromium that is driven as a person would: by mouse and keys. Needs websocket-client."""
import base64
import json
import pathlib
import subprocess
import time
import urllib.request

import websocket

FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--remote-allow-origins=*",
    "--remote-debugging-address=127.0.0.1", "--remote-debugging-port=0",
]


class Chrome:
    """One browser with one page; ends with the block that opened it."""

    def __init__(self, room):
        profile = pathlib.Path(room) / "driven"
        self.process = subprocess.Popen(
            ["chromium", *FLAGS, f"--user-data-dir={profile}", "--window-size=1200,900", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
        port = self._port(profile)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list", timeout=20) as answer:
            page = next(one for one in json.load(answer) if one["type"] == "page")
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=120)
        self.number, self.faults = 0, []
        for domain in ("Page", "Runtime", "Log"):
            self.send(f"{domain}.enable")

    @staticmethod
    def _port(profile):
        for _ in range(200):
            file = profile / "DevToolsActivePort"
            if file.exists() and file.read_text().strip():
                return file.read_text().split()[0]
            time.sleep(0.1)
        raise TimeoutError("the browser did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)

    def send(self, method, **parameters):
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self.socket.recv())
            if told.get("method") == "Runtime.exceptionThrown":
                details = told["params"]["exceptionDetails"]
                self.faults.append(details.get("exception", {}).get("description") or details["text"])
            if told.get("method") == "Log.entryAdded" and told["params"]["entry"]["level"] == "error":
                self.faults.append(told["params"]["entry"]["text"])
            if told.get("id") == self.number:
                assert "error" not in told, (method, told)
                return told["result"]

    def js(self, code):
        """The value of an expression on the page."""
        answer = self.send("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, (code, answer["exceptionDetails"])
        return answer["result"].get("value")

    def until(self, code, seconds=60):
        """Wait until an expression is true."""
        end = time.time() + seconds
        while not self.js(code):
            assert time.time() < end, f"never: {code}"
            time.sleep(0.05)

    def open(self, file):
        self.faults.clear()
        self.send("Page.navigate", url=pathlib.Path(file).resolve().as_uri())
        self.until("document.readyState === 'complete'")

    def place(self, selector):
        """The middle of an element, brought into view, and its size."""
        box = self.js(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView({{block: 'center'}});"
            " const r = one.getBoundingClientRect(); return [r.left, r.top, r.width, r.height]; })()"
        )
        return box

    def mouse(self, kind, x, y):
        buttons = {"mousePressed": 1, "mouseMoved": 1, "mouseReleased": 0}[kind]
        self.send("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", buttons=buttons, clickCount=1)

    def hover(self, selector, across, down=0.5):
        """At a place of an element, from 0 to 1 from its left and its top."""
        left, top, width, height = self.place(selector)
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=left + across * width, y=top + down * height)

    def click(self, selector):
        left, top, width, height = self.place(selector)
        x, y = left + width / 2, top + height / 2
        self.mouse("mousePressed", x, y)
        self.mouse("mouseReleased", x, y)

    def drag(self, selector, points):
        """Along places of an element, from 0 to 1 from its left and its top."""
        left, top, width, height = self.place(selector)
        spots = [(left + a * width, top + b * height) for a, b in points]
        self.mouse("mousePressed", *spots[0])
        for spot in spots[1:]:
            self.mouse("mouseMoved", *spot)
        self.mouse("mouseReleased", *spots[-1])

    def choose(self, selector, value):
        self.js(
            f"(() => {{ const one = document.querySelector({json.dumps(selector)}); one.value = {json.dumps(value)};"
            " one.dispatchEvent(new Event('change')); })()"
        )

    def focus(self, selector):
        self.js(f"document.querySelector({json.dumps(selector)}).focus()")

    def key(self, name, code=None, text=None):
        more = {"text": text} if text else {}
        for kind in ("keyDown", "keyUp"):
            self.send("Input.dispatchKeyEvent", type=kind, key=name, code=code or name,
                      windowsVirtualKeyCode={"Tab": 9, "Enter": 13, " ": 32, "ArrowLeft": 37, "ArrowUp": 38, "ArrowRight": 39, "ArrowDown": 40}.get(name, 0), **more)

    def type(self, text):
        self.send("Input.insertText", text=text)

    def text(self, selector):
        return self.js(f"document.querySelector({json.dumps(selector)}).textContent")

    def picture(self, file, dark=False, width=1200, height=900, whole=False):
        scheme = "dark" if dark else "light"
        self.send("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.send("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        time.sleep(0.3)
        shot = self.send("Page.captureScreenshot", format="png", captureBeyondViewport=whole)
        pathlib.Path(file).write_bytes(base64.b64decode(shot["data"]))
