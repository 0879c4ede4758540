from django.urls import path

from .views import entry, trash

urlpatterns = [
    path("undo/<uuid:uuid>/", entry.entry_undo, name="entry_undo"),
    path("trash/", trash.trash_list, name="trash_list"),
    path("trash/<str:kind>/<int:pk>/restore/", trash.trash_restore, name="trash_restore"),
]
