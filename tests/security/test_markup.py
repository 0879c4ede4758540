"""Markup stored in every text field, file name, user name and CSV cell is shown as text: in real Chromium nothing of
it runs, with the policy on and again with the policy off, on every page, and no address leads to a script.

CALLBACK_SECURITY=whole looks at every page (docs/security.md); the suite at one of each kind.
"""

import json
import random
import re
import shutil

import pytest

from tests import dice
from tests.e2e.outboxes import until
from tests.make import PASSWORD
from tests.once import once

from .conftest import collect, gunicorn, python
from .hostile import text_fields
from .whole import WHOLE

# The page says what ran: a call of canary(), a dialog, a request for /canary/, or an element that markup made.
WATCH = "window.ran = []; window.canary = () => window.ran.push('canary() was called');"
LOOK = """() => {
  const found = [...window.ran];
  for (const one of document.querySelectorAll('x-canary, [x-canary], iframe, base, meta[http-equiv], style'))
    found.push('markup: ' + one.outerHTML.slice(0, 120));
  for (const one of document.querySelectorAll('*')) for (const {name, value} of one.attributes) {
    if (/^on|^hx-on/.test(name)) found.push('handler: ' + one.outerHTML.slice(0, 120));
    if (!['href', 'src', 'action', 'formaction', 'xlink:href', 'hx-get', 'hx-post'].includes(name)) continue;
    const plain = value.replace(/[\\x00-\\x20]/g, "");
    const scheme = (plain.match(/^([a-z][a-z0-9+.-]*):/i) ?? [])[1]?.toLowerCase();
    const fine = {http: /./, https: /./, tel: /^tel:[+\\d*#,;x-]+$/, mailto: /^mailto:[^?&<>"'\\s]+$/};
    if (scheme && !(fine[scheme]?.test(value)) || /^[\\/\\\\]{2}/.test(plain))
      found.push('address: ' + value.slice(0, 120));
  }
  return found;
}"""


@pytest.fixture(scope="module")
def stained(tmp_path_factory):
    """A server over a database full of markup, and its pages by who looks."""

    def stain(home):
        collect(home)
        python(home, "-m", "tests.security.hostile")

    home = tmp_path_factory.mktemp("stained") / "home"
    shutil.copytree(once(tmp_path_factory, "stain", stain), home)
    with gunicorn(home) as server:
        server.pages = json.loads((home / "pages.json").read_text())
        yield server


class Witness:
    """A tab that notes whatever ran."""

    def __init__(self, browser, base_url, *, policy=True, workers="block"):
        self.context = browser.new_context(base_url=base_url, bypass_csp=not policy, service_workers=workers)
        self.context.add_init_script(WATCH)
        self.page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.note("a dialog"), dialog.dismiss()))
        self.page.on("request", lambda request: self.note(request.url) if "/canary" in request.url else None)
        self.page.on("console", lambda said: self.note(said.text) if "Content Security Policy" in said.text else None)
        self.at, self.wrong = "", []

    def note(self, what):
        self.wrong.append(f"{self.at}: {what}")

    def sign_in(self, email):
        self.at = "login"
        self.page.goto("/login/")
        self.page.fill("[name=username]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("main button")
        self.page.wait_for_url(lambda url: "/login/" not in url)

    def look(self, address):
        self.at = address
        try:
            answer = self.page.goto(address, wait_until="load")
        except Exception as error:
            if re.search("Download is starting|ERR_ABORTED|RESPONSE_CODE_FAILURE", str(error)):
                return
            raise
        if answer is not None and answer.status >= 500:
            self.note(f"answers {answer.status}")
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            return
        self.page.wait_for_timeout(40)
        for what in self.page.evaluate(LOOK):
            self.note(what)


@pytest.mark.e2e
@pytest.mark.parametrize("policy", [True, False], ids=["policy", "no-policy"])
def test_nothing_stored_runs(stained, chromium, policy):
    pages, wrong, seed = stained.pages, [], dice.seed("CALLBACK_FUZZ_SEED")
    chosen = random.Random(seed)
    for who, email in (("seller", "sam"), ("manager", "morgan"), ("link", None), ("nobody", None)):
        witness = Witness(chromium, f"http://127.0.0.1:{stained.port}", policy=policy)
        if email:
            witness.sign_in(f"{email}@callback.example")
        addresses = pages[who]
        if not WHOLE and email:
            addresses = _few(addresses, chosen, 45 if who == "seller" else 20)
        for address in dict.fromkeys(addresses):
            witness.look(address)
            if WHOLE:
                witness.page.emulate_media(media="print")
                witness.page.emulate_media(media="screen")
        wrong += [f"{who} {text}" for text in witness.wrong]
        witness.context.close()
    assert not wrong, f"seed {seed}\n" + "\n".join(dict.fromkeys(wrong))


def _few(addresses, chosen, number):
    """One of each kind of page first, as far as they go."""
    kinds = {}
    for address in chosen.sample(addresses, len(addresses)):
        kinds.setdefault(re.sub(r"\d+|\?.*", "", address), address)
    return list(kinds.values())[:number]


@pytest.mark.e2e
def test_a_mail_runs_nothing(stained, chromium):
    """The digest as a mail program would show it that has no policy at all."""
    witness = Witness(chromium, f"http://127.0.0.1:{stained.port}", policy=False)
    witness.at = "the digest"
    witness.page.goto("about:blank")
    witness.page.set_content((stained.home / "digest.html").read_text())
    witness.page.wait_for_timeout(300)
    wrong = witness.wrong + [what for what in witness.page.evaluate(LOOK) if "style" not in what]
    witness.context.close()
    assert not wrong


@pytest.mark.e2e
def test_the_page_without_a_connection_runs_nothing(stained, chromium):
    """What the phone keeps is drawn by scripts: names, briefs and the queue, all full of markup."""
    witness = Witness(chromium, f"http://127.0.0.1:{stained.port}", policy=False, workers="allow")
    witness.sign_in("sam@callback.example")
    witness.look("/log/")
    witness.page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    until(witness.page, "() => callbackOutbox.reading()")
    witness.context.set_offline(True)
    witness.look("/log/")
    witness.page.locator("[data-offline-queue] li").first.wait_for()
    assert "canary" in witness.page.content()
    witness.wrong += witness.page.evaluate(LOOK)
    witness.context.set_offline(False)
    witness.context.close()
    assert not witness.wrong


def test_the_fields_that_are_filled_are_all_that_hold_words():
    """So that the test above means what it says: what is left out is what the code chooses itself."""
    filled = {f"{model._meta.label_lower}.{field.name}" for model, field in text_fields()}
    for name in ("accounts.prospect.name", "accounts.activity.text", "deals.deal.end_reason", "access.user.name"):
        assert name in filled
    assert len(filled) > 40
