"""Playwright, as patient as a person: nobody presses a key before the page is there, or clicks what is being replaced.

What a journey waits for (a heading, a form) is there earlier than the page's scripts on a busy machine, and a part
that htmx has put in listens to nothing for a moment. So each act waits for its element, for the page to be loaded and
for htmx to be done with it; `goto` lets the navigation end that a click began.
"""

import os
import time

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, expect

from .servers import PATIENCE

# CALLBACK_SLOW=6: browsers with a sixth of the processor.
SLOW = float(os.environ.get("CALLBACK_SLOW") or 1)
ACTS = (
    "click", "dblclick", "tap", "fill", "press", "press_sequentially", "check", "uncheck", "hover", "focus",
    "select_option", "set_input_files",
)  # fmt: skip
UNSETTLED = "() => !!document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
KEYS = ("press", "type", "insert_text")
# One navigation took another's place, as when a page that is left loads itself again.
INTERRUPTED = "interrupted by another navigation"
ABORTED = "maybe frame was detached"


def install():
    """Make all pages patient; once in a process."""
    if hasattr(Page.goto, "patient"):
        return
    expect.set_options(timeout=PATIENCE / 2 * 1000)
    for name in ACTS:
        _wrap(Locator, name, lambda self, *_: (self.page, self.first))
        if hasattr(Page, name):
            _wrap(Page, name, lambda self, selector, *_: (self, self.locator(selector).first))
    _wrap(Locator, "wait_for", None, lambda self: self.page)
    _wrap(Page, "wait_for_selector", None, lambda self: self)
    Page.goto = _again(Page.goto, INTERRUPTED)
    Page.wait_for_url = _again(Page.wait_for_url, ABORTED)
    Browser.new_context = _new_context(Browser.new_context)
    BrowserContext.new_page = _new_page(BrowserContext.new_page)


def _again(go, instead):
    def again(self, *args, **options):
        for _ in range(5):
            try:
                return go(self, *args, **options)
            except Error as error:
                if instead not in str(error):
                    raise
                self.wait_for_load_state()
        return go(self, *args, **options)

    again.patient = True
    return again


def _new_context(new):
    def new_context(self, **options):
        context = new(self, **options)
        context.without_scripts = options.get("java_script_enabled") is False
        context.set_default_timeout(PATIENCE * 1000)
        return context

    return new_context


def _new_page(new):
    def new_page(self):
        page = new(self)
        _keyboard(page)
        if SLOW != 1:
            self.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOW})
        return page

    return new_page


def _wrap(kind, name, before, after=None):
    act = getattr(kind, name)

    def patient(self, *args, **options):
        if before:
            page, element = before(self, *args)
            element.wait_for(state="attached", timeout=options.get("timeout"))
            settled(page)
        result = act(self, *args, **options)
        if after:
            after(self).wait_for_load_state()
        return result

    setattr(kind, name, patient)


def _keyboard(page):
    """The keys of this page, patient as well."""
    for name in KEYS:
        press = getattr(page.keyboard, name)

        def patient(*args, press=press, **options):
            settled(page)
            return press(*args, **options)

        setattr(page.keyboard, name, patient)


def settled(page):
    """The page is loaded, and htmx is not putting anything in. Something that never ends (offline) is let be."""
    page.wait_for_load_state()
    if getattr(page.context, "without_scripts", False):
        return
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            if not page.evaluate(UNSETTLED):
                return
        except Error:  # another page took its place
            page.wait_for_load_state()
        page.wait_for_timeout(10)
