from django.apps import AppConfig
from django.db.models.signals import post_save


class DeskConfig(AppConfig):
    name = "crm.desk"
    label = "desk"
    verbose_name = "The seller's day"

    def ready(self):
        from crm.access.models import Installation

        post_save.connect(_settle_sample, sender=Installation)


def _settle_sample(instance, raw=False, **kwargs):
    """The installation may have got another time zone: sample data nobody touched follows it."""
    if not raw:
        from crm.desk import sample

        sample.follow_zone(instance)
