"""What people type to come in, and to set the installation up."""

import zoneinfo

from django import forms
from django.contrib.auth import forms as auth
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from . import currencies
from .models import Installation, User, fold_email

EMAIL = {"autocomplete": "username", "inputmode": "email", "autocapitalize": "none", "spellcheck": "false"}


class LoginForm(auth.AuthenticationForm):
    """E-mail and password; the fields are called `username` and `password`."""

    error_messages = {
        "invalid_login": "That e-mail and password do not belong together. Capital letters count in the password.",
        "inactive": "That e-mail and password do not belong together. Capital letters count in the password.",
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "E-mail"
        self.fields["username"].widget = forms.EmailInput(attrs=EMAIL | {"maxlength": 254})

    def clean_username(self):
        return fold_email(self.cleaned_data["username"])


class ZoneInput(forms.TextInput):
    """A time zone with every known name offered, and the browser's own filled in by zone-field.js."""

    def __init__(self, *, suggest=False):
        attrs = {"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}
        super().__init__(attrs | ({"data-suggest-zone": True} if suggest else {}))


def zones():
    """Names for the datalist: those of places, without the abbreviations and historical aliases."""
    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return ["UTC", *sorted(name for name in zoneinfo.available_timezones() if name.startswith(areas))]


class SetupForm(forms.Form):
    """The first seller and how this installation writes money and dates."""

    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(label="E-mail", max_length=254, widget=forms.EmailInput(attrs=EMAIL))
    password = forms.CharField(
        strip=False,
        help_text="10 characters or more. A few words together are easy to remember.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    time_zone = forms.CharField(
        max_length=64,
        initial="UTC",
        widget=ZoneInput(suggest=True),
        help_text="Where your day begins and ends, a name like Europe/Berlin.",
    )
    currency = forms.ChoiceField(choices=currencies.choices)
    date_order = forms.ChoiceField(label="Dates", choices=Installation._meta.get_field("date_order").choices)

    def clean_email(self):
        return fold_email(self.cleaned_data["email"])

    def clean(self):
        data = super().clean()
        user = User(email=data.get("email", ""), name=data.get("name", ""), role=User.SELLER)
        if data.get("password"):
            try:
                password_validation.validate_password(data["password"], user)
            except ValidationError as error:
                self.add_error("password", error)
        return data

    def take(self, error):
        """Show what the models found: each at its field where the form has it."""
        found = error.error_dict if hasattr(error, "error_dict") else {None: error.error_list}
        for name, errors in found.items():
            self.add_error(name if name in self.fields else None, errors)


class PasswordForm(auth.PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = auth.PasswordChangeForm.error_messages | {
        "password_incorrect": "That is not your password now.",
        "password_mismatch": "The two new passwords differ.",
    }

    def __init__(self, *args, is_own, **kwargs):
        """`is_own`: tells of what is typed whether it is the password."""
        super().__init__(*args, **kwargs)
        self.is_own = is_own
        self.fields["old_password"].label = "Password now"
        self.fields["new_password1"].label = "New password"
        self.fields["new_password1"].help_text = "10 characters or more. A few words together are easy to remember."
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self):
        if not self.is_own(self.cleaned_data["old_password"]):
            raise ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
        return self.cleaned_data["old_password"]
