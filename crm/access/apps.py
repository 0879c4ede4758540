from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "crm.access"
    label = "access"
    verbose_name = "Who may come in"

    def ready(self):
        from . import listeners  # noqa: F401  connects them
