"""The application object gunicorn serves."""

import os

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application
from django.utils.http import parse_header_parameters

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.settings")


class Request(WSGIRequest):
    """Takes no encoding from the Content-Type: of some (`charset=hex`) Django makes a crash before it has a request
    to answer. `ReadableInput` refuses what is not UTF-8."""

    def _set_content_type_params(self, meta):
        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))


application = get_wsgi_application()
application.request_class = Request
