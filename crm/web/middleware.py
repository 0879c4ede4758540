"""What every answer needs when htmx asked for it."""

import json

from django.utils.cache import patch_vary_headers

_WORDS = {
    400: "That request was not understood. Nothing was changed.",
    403: "You may look, but not change this.",
    404: "That is not here any more.",
    413: "That is too large. Nothing was changed.",
    429: "Too many tries. Wait a moment.",
    500: "Something broke on our side. What you typed is still here.",
}


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
        if "Cache-Control" not in response and not getattr(response, "streaming", False):
            response["Cache-Control"] = "no-store, private"
        return response
