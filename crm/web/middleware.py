"""What every request is freed of, and what every answer carries."""

import json

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.conf import settings
from django.core.exceptions import BadRequest
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_vary_headers

from . import proxy

# Everything a page of ours never asks for; a script that got in could not either.
_POWERS = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone",
    "midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb",
    "xr-spatial-tracking",
)  # fmt: skip

_WORDS = {
    400: "That request was not understood. Nothing was changed.",
    403: "You may look, but not change this.",
    404: "That is not here any more.",
    413: "That is too large. Nothing was changed.",
    429: "Too many tries. Wait a moment.",
    500: "Something broke on our side. What you typed is still here.",
}


class ContentPolicy(CSPMiddleware):
    """django-csp's header, which is the same for all our answers: made once, not by copying the settings twice each."""

    _made = None, None

    def process_response(self, request, response):
        own = any(name.startswith("_csp") for of in (request, response) for name in vars(of))
        if settings.DEBUG or own or HEADER in response:
            return super().process_response(request, response)
        of, header = self._made
        if of is not settings.CONTENT_SECURITY_POLICY:
            response = super().process_response(request, response)
            if HEADER in response:
                self._made = settings.CONTENT_SECURITY_POLICY, response[HEADER]
        else:
            response[HEADER] = header
        return response


class ForwardedHeaders:
    """Forgets what a proxy would have said of the request, unless a proxy of ours said it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not proxy.is_ours(request.META.get("REMOTE_ADDR", "")):
            for name in proxy.FORWARDED:
                request.META.pop(name, None)
        return self.get_response(request)


class SafeAnswers:
    """Headers of every answer there is, static files and errors too; the middleware after it sets the others."""

    HEADERS = {
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{power}=()" for power in _POWERS),
        # Back after signing out shows nothing. Static files, which whitenoise serves, say otherwise.
        "Cache-Control": "no-store, private",
    }

    # Half a kilobyte for each file of a first visit, of what a browser heeds in pages, frames and drawings alone. The
    # content policy stays: a worker has its own from its script.
    OF_PAGES = ("Permissions-Policy", "X-Frame-Options", "Cross-Origin-Opener-Policy", "Referrer-Policy")
    NO_PAGES = ("text/css", "text/javascript", "application/json", "font/woff2", "image/png")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        for name, value in self.HEADERS.items():
            response.headers.setdefault(name, value)
        if response.get("Content-Type", "").startswith(self.NO_PAGES):
            for name in self.OF_PAGES:
                del response.headers[name]
        return response


class ReadableInput:
    """400 for text in another encoding than UTF-8, and for a NUL, which PostgreSQL refuses and no keyboard types."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.content_params.get("charset", "utf-8").lower() not in ("utf-8", "utf8"):
            raise BadRequest("not UTF-8")
        for data in (request.GET, request.POST):
            for name, values in data.lists():
                if "\0" in name or any("\0" in value for value in values):
                    raise BadRequest("a NUL")
        if "\0" in request.path:
            raise BadRequest("a NUL")


class HtmxAnswers:
    """`Vary: HX-Request` once for all; an error answered to htmx swaps nothing and becomes a toast."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request"])
        if request.htmx and response.status_code in _WORDS and "HX-Trigger" not in response:
            response["HX-Reswap"] = "none"
            text = _WORDS[response.status_code]
            response["HX-Trigger"] = json.dumps({"toast": {"text": text, "tone": "bad"}})
        return response


class Compressed(GZipMiddleware):
    """Pages and JSON travel compressed, a fifth of their size on a slow phone; files that are read to be kept do not.

    Django pads what it compresses by a random length, and each answer's form key is masked anew, so that what is
    typed into a page and comes back in it tells nothing about the key beside it.
    """

    KINDS = ("text/", "application/json", "application/manifest+json")

    def process_response(self, request, response):
        if response.streaming or not response.get("Content-Type", "").startswith(self.KINDS):
            return response
        return super().process_response(request, response)
