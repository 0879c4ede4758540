"""The application object gunicorn serves."""

import gc
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

# What is loaded by now stays: looking through it for garbage again and again costs a large page a tenth of its time,
# and so does looking after every 700 new objects, where one page makes tens of thousands that go with it.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
