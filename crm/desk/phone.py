"""What a phone needs to know: the manifest that installs Callback, and the address it is reached under."""

from dataclasses import dataclass

import segno
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from crm.web import address as reached

# --paper and --block of tokens.css, which a manifest cannot refer to.
_PAPER, _BLOCK = "#fafbf8", "#651845"


def manifest():
    """The web app manifest, as plain values."""
    sizes = [("icon-192.png", 192, "any"), ("icon-512.png", 512, "any")]
    sizes += [("icon-maskable-192.png", 192, "maskable"), ("icon-maskable-512.png", 512, "maskable")]
    log = reverse("log")
    return {
        "id": "/",
        "name": "Callback",
        "short_name": "Callback",
        "description": "Know whose move it is.",
        "lang": "en",
        "start_url": reverse("today"),
        "scope": "/",
        "display": "standalone",
        "background_color": _PAPER,
        "theme_color": _PAPER,
        "icons": [
            {"src": static(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for name, size, purpose in sizes
        ],
        "shortcuts": [
            {"name": "Log", "description": "Say what happened", "url": log, "icons": _shortcut()},
            {"name": "Next!", "description": "What to do next", "url": reverse("today"), "icons": _shortcut()},
        ],
        "share_target": {
            "action": log,
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }


def _shortcut():
    return [{"src": static("img/icon-192.png"), "sizes": "192x192", "type": "image/png"}]


def shared(data):
    """The line that another app sent along: title, text and address, each once."""
    parts = []
    for name in ("title", "text", "url"):
        part = data.get(name, "").strip()
        if part and not any(part in said for said in parts):
            parts = [said for said in parts if said not in part] + [part]
    return " ".join(parts)[:10_000]


@dataclass(frozen=True)
class Address:
    """Where a phone finds this server; `url` is "" where it cannot. `secure`: by https, as a service worker needs."""

    url: str
    secure: bool

    @property
    def qr(self):
        """The address to photograph, as an inline SVG without any style of its own."""
        code = segno.make(self.url, error="m", micro=False)
        return SafeString(code.svg_inline(border=3, omitsize=True, svgclass="qr", lineclass=None))


def address(request):
    """The Address for the phone."""
    url = reached.base(request)
    return Address(url, url.startswith("https:"))
