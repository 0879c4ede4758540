"""The stylesheets and scripts that every page loads, in their order."""

from django.contrib.staticfiles.storage import staticfiles_storage
from django.templatetags.static import static

# The layers decide what wins, so the order within components means nothing; it is alphabetical.
_COMPONENTS = [
    "access",
    "board",
    "brief",
    "button",
    "call",
    "chip",
    "conflict",
    "deal-card",
    "deal-page",
    "empty",
    "facts",
    "figures",
    "filters",
    "flag",
    "form",
    "icon",
    "import",
    "inline-edit",
    "log",
    "login",
    "meter",
    "milestone",
    "move",
    "next-card",
    "next-panel",
    "notes",
    "outbox",
    "outcome",
    "pagination",
    "palette",
    "person",
    "phone",
    "pipeline",
    "plan",
    "print",
    "progress",
    "prospect",
    "queue",
    "quick-log",
    "section",
    "settings",
    "share",
    "sheet",
    "shell",
    "stages",
    "stands",
    "status",
    "step-row",
    "table",
    "timeline",
    "toast",
]

# What neither signing in nor Today, the log, a call or anything that opens on them is drawn with: a first visit goes
# without, and pages with an empty {% block styles %} do not load it.
_LATER = {
    *("access", "board", "deal-card", "deal-page", "filters", "import", "inline-edit", "milestone", "pagination"),
    *("person", "pipeline", "plan", "settings", "share", "stands", "status", "timeline"),
}

STYLES = [
    "css/layers.css",
    "css/tokens.css",
    "css/base.css",
    *(f"css/components/{name}.css" for name in _COMPONENTS if name not in _LATER),
    "css/utilities.css",
]
LATER_STYLES = [f"css/components/{name}.css" for name in _COMPONENTS if name in _LATER]

# Each stands alone and talks to the others by events, so that they may be bundled as they are.
SCRIPTS = [
    f"js/{name}.js"
    for name in (
        *("app", "toast", "keyboard", "palette", "quick-log", "sheet", "long-press", "forms", "live-time", "theme"),
        # The first of these makes what the others share.
        *("outbox-db", "outbox-store", "outbox-flush", "outbox-forms", "outbox-badge", "outbox-list"),
        *("quick-told", "outbox-names", "outbox-reading", "outbox-leave"),
        # The last of the calls asks at once about one that waits: the others are there by then.
        *("drafts", "call-form", "call-log", "call-offline", "calls-waiting", "second-tap", "calls", "install"),
    )
]


def parts(kind):
    """The files of "css", "later" (styles) or "js", in their order."""
    return {"css": STYLES, "later": LATER_STYLES, "js": SCRIPTS}[kind]


def addresses(kind):
    """Their addresses: one bundle where collectstatic made it."""
    bundle = getattr(staticfiles_storage, "bundles", {}).get(kind)
    if bundle and staticfiles_storage.has_bundle(bundle):
        return [static(bundle)]
    return [static(path) for path in parts(kind)]
