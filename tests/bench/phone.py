"""What a seller waits for on a phone: `python -m tests.bench.phone` prints it; docs/phone.md has the figures.

A repeat visit of the log page in Chromium at 390 × 844, with the processor four times slower and the network of
Lighthouse's "slow 4G" (150 ms to and fro, 1.6 Mbit/s down, 0.75 up), against gunicorn with collected static files:

- painted: the box stands on the screen and can be typed in; what is typed waits for the scripts.
- usable: from the start of the navigation until the box takes the focus and what is typed by a key is in it, with
  all scripts run; the service worker and the browser's own cache are warm, as on every visit but the first.
- first chip: from the key that completes a name this device knows to a chip on the screen (the device's own names).
- kind: from the key that completes a verb, in a line without anybody known, to a chip that says what it was.
- any line: from the first key of a line that tells nothing yet to the chip that says that it is being read.
- all chips: from the last key to the chips of the server's reading, which has the network's time in it.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

# The fixtures below know the records; nothing here touches a database but the server's own.
os.environ.setdefault("CALLBACK_HOME", tempfile.mkdtemp(prefix="callback-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")
django.setup()

from tests.e2e.conftest import CHROMIUM, PHONE, ROOT, Live  # noqa: E402
from tests.make import PASSWORD  # noqa: E402

SLOW = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
CHIP = """(wanted) => new Promise((resolve) => {
  const area = document.getElementById("log-text");
  let typed;
  area.addEventListener("input", () => (typed = performance.now()));
  const seen = new MutationObserver(() => {
    const shown = document.getElementById("log-preview");
    if (!typed || !shown || shown.hidden || !shown.querySelector(`.chip:not(:has([name=private]))${wanted}`)) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - typed)));
  });
  seen.observe(document.getElementById("quick-log"), { subtree: true, childList: true, attributes: true });
})"""
ALL = """() => new Promise((resolve) => {
  let typed;
  document.getElementById("log-text").addEventListener("input", () => (typed = performance.now()));
  const seen = new MutationObserver(() => {
    if (!typed || !document.querySelector("#log-preview details.chip-menu")) return;
    seen.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - typed)));
  });
  seen.observe(document.getElementById("quick-log"), { subtree: true, childList: true });
})"""


class Served(Live):
    """As in life: collected static files, no debugging."""

    def __init__(self, home):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("CALLBACK_")}
        environment |= {"CALLBACK_HOME": str(home), "CALLBACK_PASSWORD": PASSWORD}
        seller = ["createseller", "sam@callback.example", "--name", "Sam Porter"]
        for command in (["migrate"], seller, ["sample", "load"], ["collectstatic", "--noinput"]):
            made = [sys.executable, "manage.py", *command]
            subprocess.run(made, cwd=ROOT, env=environment, check=True, capture_output=True)
        super().__init__(home, debug="")


def measure(url, rounds):
    """{name: [milliseconds]} of that many repeat visits."""
    found = {"painted": [], "usable": [], "first chip": [], "kind": [], "any line": [], "all chips": []}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(base_url=url, **PHONE)
        page = context.new_page()
        page.goto("/login/")
        page.fill("[name=username]", "sam@callback.example")
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.wait_for_url(lambda address: "/login/" not in address)
        name = page.goto("/log/") and page.locator("[data-person]").first.inner_text().split()[0].lower()
        page.wait_for_timeout(4000)  # the worker installs, what can be read offline is fetched
        for _ in range(rounds):
            page.close()
            page = context.new_page()
            devtools = context.new_cdp_session(page)
            devtools.send("Network.enable")
            devtools.send("Network.emulateNetworkConditions", SLOW)
            devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            _visit(page, name, found)
        browser.close()
    return found


def _visit(page, name, found):
    page.goto("/log/", wait_until="commit")
    # Modules run before DOMContentLoaded: from then on everything the page does is there.
    page.wait_for_function("() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd")
    # The entry comes a little after the paint itself.
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length")
    found["painted"].append(page.evaluate("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"))
    found["usable"].append(
        page.evaluate(
            "() => { document.getElementById('log-text').focus(); document.execCommand('insertText', false, 'x');"
            " return document.getElementById('log-text').value === 'x' ?"
            " performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd : NaN; }"
        )
    )
    page.locator("#log-text").fill("")
    page.wait_for_timeout(1200)
    for measured, line, wanted in (
        ("first chip", name, ":not(.soft)"),
        ("kind", "emailed somebody new", ":not(.soft)"),
        ("any line", "budget is ok", ""),
    ):
        chip = page.evaluate_handle(f"() => ({{ done: ({CHIP})({wanted!r}) }})")
        page.locator("#log-text").press_sequentially(line, delay=60)
        found[measured].append(chip.evaluate("(held) => held.done"))
        page.wait_for_timeout(1500)
        page.locator("#log-text").fill("")
        page.wait_for_function("() => !document.querySelector('#log-preview details.chip-menu')")
        page.wait_for_timeout(600)
    whole = page.evaluate_handle(f"() => ({{ done: ({ALL})() }})")
    page.locator("#log-text").press_sequentially(f"called {name}, left vm", delay=60)
    found["all chips"].append(whole.evaluate("(held) => held.done"))
    page.locator("#log-text").fill("")
    page.wait_for_timeout(300)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--url", help="a server that runs already, with the seller sam@callback.example")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = None if chosen.url else Served(Path(folder))
        try:
            if server:
                server.wait()
            for name, times in measure(chosen.url or server.url, chosen.rounds).items():
                spread = f"{min(times):.0f} to {max(times):.0f}"
                print(f"{name:11} {statistics.median(times):6.0f} ms   ({spread}, {len(times)} visits)")
        finally:
            if server:
                server.stop()


if __name__ == "__main__":
    main()
