from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    label = "accounts"
    verbose_name = "Who is sold to and what happened"

    def ready(self):
        from crm.access.signals import locale_changed

        locale_changed.connect(_follow, dispatch_uid="accounts")


def _follow(sender, **kwargs):
    from accounts.checking import follow_locale

    follow_locale()
