from django.urls import path

from .views.audit import audit_export, settings_audit
from .views.invitation import invitation_accept, invitation_create, invitation_delete
from .views.login import login, login_code, logout
from .views.password import password_edit, password_reset
from .views.person import person_access, person_password, settings_people
from .views.second_factor import (
    recovery_code_create,
    second_factor_create,
    second_factor_delete,
    settings_second_factor,
)
from .views.session import settings_sessions
from .views.settings import settings_cadence, settings_index, settings_profile, settings_shortcuts, settings_theme
from .views.setup import setup

urlpatterns = [
    path("login/", login, name="login"),
    path("login/code/", login_code, name="login_code"),
    path("logout/", logout, name="logout"),
    path("setup/<str:token>/", setup, name="setup"),
    path("password/", password_edit, name="password_edit"),
    path("password/<str:token>/", password_reset, name="password_reset"),
    path("settings/", settings_index, name="settings_index"),
    path("settings/profile/", settings_profile, name="settings_profile"),
    path("settings/cadence/", settings_cadence, name="settings_cadence"),
    path("settings/shortcuts/", settings_shortcuts, name="settings_shortcuts"),
    path("settings/theme/", settings_theme, name="settings_theme"),
    path("settings/people/", settings_people, name="settings_people"),
    path("settings/sessions/", settings_sessions, name="settings_sessions"),
    path("settings/second-factor/", settings_second_factor, name="settings_second_factor"),
    path("settings/second-factor/create/", second_factor_create, name="second_factor_create"),
    path("settings/second-factor/delete/", second_factor_delete, name="second_factor_delete"),
    path("settings/second-factor/codes/", recovery_code_create, name="recovery_code_create"),
    path("settings/audit/", settings_audit, name="settings_audit"),
    path("settings/audit/export/", audit_export, name="audit_export"),
    path("people/<int:pk>/access/", person_access, name="person_access"),
    path("people/<int:pk>/password/", person_password, name="person_password"),
    path("invitations/create/", invitation_create, name="invitation_create"),
    path("invitations/<int:pk>/delete/", invitation_delete, name="invitation_delete"),
    path("invitation/<str:token>/", invitation_accept, name="invitation_accept"),
]
