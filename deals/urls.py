from django.urls import path

from .views import board, deal, detail, people, stage, table

urlpatterns = [
    path("deals/", board.deal_board, name="deal_board"),
    path("deals/table/", table.deal_list, name="deal_list"),
    path("deals/export/", table.deal_export, name="deal_export"),
    path("deals/create/", deal.deal_create, name="deal_create"),
    path("deals/<int:pk>/", detail.deal_detail, name="deal_detail"),
    path("deals/<int:pk>/plan/", detail.deal_plan, name="deal_plan"),
    path("deals/<int:pk>/people/", detail.deal_people, name="deal_people"),
    path("deals/<int:pk>/timeline/", detail.deal_timeline, name="deal_timeline"),
    path("deals/<int:pk>/edit/", deal.deal_edit, name="deal_edit"),
    path("deals/<int:pk>/edit/<slug:field>/", deal.deal_field, name="deal_field"),
    path("deals/<int:pk>/delete/", deal.deal_delete, name="deal_delete"),
    path("deals/<int:pk>/stage/", board.deal_stage, name="deal_stage"),
    path("deals/<int:pk>/outcome/", board.deal_outcome, name="deal_outcome"),
    path("deals/<int:pk>/reopen/", board.deal_reopen, name="deal_reopen"),
    path("deals/<int:pk>/contacts/create/", people.deal_contact_create, name="deal_contact_create"),
    path("deals/<int:pk>/contacts/<int:contact>/edit/", people.deal_contact_edit, name="deal_contact_edit"),
    path("deals/<int:pk>/contacts/<int:contact>/delete/", people.deal_contact_delete, name="deal_contact_delete"),
    path("settings/stages/", stage.stage_list, name="stage_list"),
    path("stages/create/", stage.stage_create, name="stage_create"),
    path("stages/<int:pk>/edit/", stage.stage_edit, name="stage_edit"),
    path("stages/<int:pk>/delete/", stage.stage_delete, name="stage_delete"),
    path("stages/<int:pk>/order/", stage.stage_order, name="stage_order"),
    path("stages/<int:pk>/cards/", board.stage_cards, name="stage_cards"),
]
