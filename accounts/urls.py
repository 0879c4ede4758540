from django.urls import path

from .views import entry, step, trash

urlpatterns = [
    path("undo/<uuid:uuid>/", entry.entry_undo, name="entry_undo"),
    path("trash/", trash.trash_list, name="trash_list"),
    path("trash/<str:kind>/<int:pk>/restore/", trash.trash_restore, name="trash_restore"),
    path("steps/create/", step.step_create, name="step_create"),
    path("steps/reschedule/", step.step_reschedule_many, name="step_reschedule_many"),
    path("steps/<int:pk>/edit/", step.step_edit, name="step_edit"),
    path("steps/<int:pk>/done/", step.step_done, name="step_done"),
    path("steps/<int:pk>/drop/", step.step_drop, name="step_drop"),
    path("steps/<int:pk>/reopen/", step.step_reopen, name="step_reopen"),
    path("steps/<int:pk>/reschedule/", step.step_reschedule, name="step_reschedule"),
    path("steps/<int:pk>/order/", step.step_order, name="step_order"),
    path("steps/<int:pk>/delete/", step.step_delete, name="step_delete"),
]
