from django.urls import path

from .views.activity import activity_create, activity_delete, activity_edit, activity_private
from .views.call import call_create
from .views.contact import (
    contact_create,
    contact_delete,
    contact_detail,
    contact_edit,
    contact_export,
    contact_list,
)
from .views.digest import digest_resend, person_digest, settings_digest
from .views.export import backup_create, export_create
from .views.import_ import (
    import_create,
    import_delete,
    import_detail,
    import_edit,
    import_list,
    import_rejected,
    import_run,
    import_undo,
)
from .views.log import entry_edit, log, log_preview
from .views.offline import offline_data, offline_shell, offline_worker
from .views.outbox import outbox_create
from .views.phone import app_manifest, settings_phone
from .views.prospect import (
    prospect_brief,
    prospect_create,
    prospect_delete,
    prospect_detail,
    prospect_edit,
    prospect_export,
    prospect_list,
    prospect_merge,
    prospect_park,
    prospect_timeline,
)
from .views.sample import sample_load, sample_remove
from .views.search import search, search_names
from .views.share import share_create, share_delete, share_list, shared_brief
from .views.status import status, status_export, status_seen
from .views.today import next_done, next_later, next_skip, today

urlpatterns = [
    path("", today, name="today"),
    path("next/done/", next_done, name="next_done"),
    path("next/later/", next_later, name="next_later"),
    path("next/skip/", next_skip, name="next_skip"),
    path("log/", log, name="log"),
    path("log/preview/", log_preview, name="log_preview"),
    path("sw.js", offline_worker, name="offline_worker"),
    path("manifest.webmanifest", app_manifest, name="app_manifest"),
    path("settings/phone/", settings_phone, name="settings_phone"),
    path("offline/", offline_data, name="offline_data"),
    path("offline/shell/", offline_shell, name="offline_shell"),
    path("outbox/", outbox_create, name="outbox_create"),
    path("entries/<uuid:uuid>/edit/", entry_edit, name="entry_edit"),
    path("prospects/", prospect_list, name="prospect_list"),
    path("prospects/export/", prospect_export, name="prospect_export"),
    path("prospects/create/", prospect_create, name="prospect_create"),
    path("prospects/<int:pk>/", prospect_detail, name="prospect_detail"),
    path("prospects/<int:pk>/brief/", prospect_brief, name="prospect_brief"),
    path("prospects/<int:pk>/timeline/", prospect_timeline, name="prospect_timeline"),
    path("prospects/<int:pk>/edit/", prospect_edit, name="prospect_edit"),
    path("prospects/<int:pk>/park/", prospect_park, name="prospect_park"),
    path("prospects/<int:pk>/merge/", prospect_merge, name="prospect_merge"),
    path("prospects/<int:pk>/delete/", prospect_delete, name="prospect_delete"),
    path("prospects/<int:pk>/contacts/create/", contact_create, name="contact_create"),
    path("calls/create/", call_create, name="call_create"),
    path("contacts/", contact_list, name="contact_list"),
    path("contacts/export/", contact_export, name="contact_export"),
    path("contacts/create/", contact_create, name="contact_create"),
    path("contacts/<int:pk>/", contact_detail, name="contact_detail"),
    path("contacts/<int:pk>/edit/", contact_edit, name="contact_edit"),
    path("contacts/<int:pk>/delete/", contact_delete, name="contact_delete"),
    path("activities/create/", activity_create, name="activity_create"),
    path("activities/<int:pk>/edit/", activity_edit, name="activity_edit"),
    path("activities/<int:pk>/private/", activity_private, name="activity_private"),
    path("activities/<int:pk>/delete/", activity_delete, name="activity_delete"),
    path("search/", search, name="search"),
    path("search/names/", search_names, name="search_names"),
    path("status/", status, name="status"),
    path("status/export/", status_export, name="status_export"),
    path("status/seen/", status_seen, name="status_seen"),
    path("settings/digest/", settings_digest, name="settings_digest"),
    path("people/<int:pk>/digest/", person_digest, name="person_digest"),
    path("digests/<int:pk>/resend/", digest_resend, name="digest_resend"),
    path("shares/", share_list, name="share_list"),
    path("shares/create/", share_create, name="share_create"),
    path("shares/<int:pk>/delete/", share_delete, name="share_delete"),
    path("s/<str:token>/", shared_brief, name="shared_brief"),
    path("export/", export_create, name="export_create"),
    path("backups/create/", backup_create, name="backup_create"),
    path("samples/load/", sample_load, name="sample_load"),
    path("samples/remove/", sample_remove, name="sample_remove"),
    path("imports/", import_list, name="import_list"),
    path("imports/create/", import_create, name="import_create"),
    path("imports/<int:pk>/", import_detail, name="import_detail"),
    path("imports/<int:pk>/edit/", import_edit, name="import_edit"),
    path("imports/<int:pk>/run/", import_run, name="import_run"),
    path("imports/<int:pk>/undo/", import_undo, name="import_undo"),
    path("imports/<int:pk>/delete/", import_delete, name="import_delete"),
    path("imports/<int:pk>/rejected/", import_rejected, name="import_rejected"),
]
