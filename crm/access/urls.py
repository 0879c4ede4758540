from django.urls import path

from .views.login import login, logout
from .views.password import password_edit
from .views.person import person_access
from .views.settings import (
    settings_cadence,
    settings_index,
    settings_people,
    settings_profile,
    settings_shortcuts,
    settings_theme,
)
from .views.setup import setup

urlpatterns = [
    path("login/", login, name="login"),
    path("logout/", logout, name="logout"),
    path("setup/<str:token>/", setup, name="setup"),
    path("password/", password_edit, name="password_edit"),
    path("settings/", settings_index, name="settings_index"),
    path("settings/profile/", settings_profile, name="settings_profile"),
    path("settings/cadence/", settings_cadence, name="settings_cadence"),
    path("settings/shortcuts/", settings_shortcuts, name="settings_shortcuts"),
    path("settings/theme/", settings_theme, name="settings_theme"),
    path("settings/people/", settings_people, name="settings_people"),
    path("people/<int:pk>/access/", person_access, name="person_access"),
]
