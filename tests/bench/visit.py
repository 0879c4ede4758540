"""What a first visit costs: `python -m tests.bench.visit` prints it; docs/phone.md has the figures.

All bytes that go down the wire, counted beside it: bodies, headers and what the service worker fetches for later
alike, of a browser that has never been here, from the page after signing in until the line is quiet. Once as Chromium
asks (brotli, on https and on localhost), once as if it could gzip alone. A new connection's own bytes (TLS, TCP) are
not in it, and neither are those of a proxy's headers.
"""

import argparse
import contextlib
import re
import socket
import tempfile
import threading
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.bench.phone import Served
from tests.e2e.conftest import CHROMIUM, PHONE
from tests.make import PASSWORD

QUIET = 6  # seconds without a byte: what a page fetches when it is idle has come by then


class Tap:
    """Stands before a server and counts what it sends; `coding` is all the browser may ask for."""

    def __init__(self, port, coding=None):
        self.port, self.coding, self.down, self.at = port, coding, 0, time.monotonic()
        self.answers = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        with contextlib.suppress(OSError):
            while True:
                browser, _ = self.listener.accept()
                server = socket.create_connection(("127.0.0.1", self.port))
                for ends in ((browser, server, False), (server, browser, True)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source, target, down):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if down:
                    self.down, self.at = self.down + len(data), time.monotonic()
                elif self.coding:
                    data = re.sub(rb"(?i)(accept-encoding: )[^\r]*", rb"\1" + self.coding, data)
                target.sendall(data)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def settled(self):
        """What came in all, once the line is quiet."""
        while time.monotonic() - self.at < QUIET:
            time.sleep(0.2)
        return self.down


def visit(playwright, server, path, coding):
    """(bytes of the page and its parts with headers, bytes of all, [(bytes, address)]) of a first visit."""
    tap = Tap(server.port, coding)
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
    try:
        context = browser.new_context(base_url=tap.url, **PHONE)
        # Signed in without having seen a page: the cookie alone.
        signed = context.request.get("/login/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', signed.text())[1]
        form = {"csrfmiddlewaretoken": token, "username": "sam@callback.example", "password": PASSWORD}
        context.request.post("/login/", form=form, headers={"Referer": f"{tap.url}/login/"}, max_redirects=0)
        page = context.new_page()
        devtools, parts, names = context.new_cdp_session(page), [], {}
        devtools.send("Network.enable")
        devtools.on("Network.responseReceived", lambda told: names.update({told["requestId"]: told["response"]}))
        devtools.on("Network.loadingFinished", lambda told: parts.append((told["requestId"], told)))
        before = tap.down
        page.goto(path, wait_until="load")
        page.wait_for_timeout(300)
        first = [(told["encodedDataLength"], names[key]["url"].removeprefix(tap.url)) for key, told in parts]
        deadline = time.monotonic() + 60
        while time.monotonic() - tap.at < QUIET and time.monotonic() < deadline:
            page.wait_for_timeout(200)
        return sum(size for size, _ in first), tap.down - before, first
    finally:
        browser.close()
        tap.listener.close()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--parts", action="store_true", help="each file of the page as well")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Served(Path(folder))
        try:
            server.wait()
            for path in ("/", "/log/"):
                for coding in (b"gzip, deflate, br, zstd", b"gzip"):
                    page, everything, parts = visit(playwright, server, path, coding)
                    asked = coding.decode().split(", ")[-2 if b"," in coding else 0]
                    sizes = f"page {page / 1000:6.1f} kB   with the copy {everything / 1000:6.1f} kB"
                    print(f"{path:6} {asked:4}  {sizes}")
                    for size, name in sorted(parts, reverse=True) if chosen.parts else ():
                        print(f"       {size:7}  {name}")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
