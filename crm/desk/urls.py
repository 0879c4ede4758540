from django.urls import path

from .views.log import entry_edit, log, log_preview
from .views.today import next_done, next_later, next_skip, today

urlpatterns = [
    path("", today, name="today"),
    path("next/done/", next_done, name="next_done"),
    path("next/later/", next_later, name="next_later"),
    path("next/skip/", next_skip, name="next_skip"),
    path("log/", log, name="log"),
    path("log/preview/", log_preview, name="log_preview"),
    path("entries/<uuid:uuid>/edit/", entry_edit, name="entry_edit"),
]
