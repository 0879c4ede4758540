"""What is typed to let people in, and for the second factor."""

import re

from django import forms
from django.contrib.auth import forms as auth
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from .forms import EMAIL
from .models import User, fold_email

PASSWORD_HELP = "10 characters or more. A few words together are easy to remember."  # noqa: S105


def code_field(label="Code", **kwargs):
    """Six digits, as the phone shows them, with or without a space."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs), **kwargs)


class CodeMixin:
    """A form with a field `code`."""

    def clean_code(self):
        code = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if code and not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError("A code has six digits.")
        return code


class CodeForm(CodeMixin, forms.Form):
    code = code_field("Code from the app")


class LoginCodeForm(CodeMixin, forms.Form):
    """The code from the phone, or else a recovery code."""

    code = code_field("Code from your phone", required=False)
    recovery = forms.CharField(
        label="Recovery code",
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )

    def clean(self):
        data = super().clean()
        if not self.errors and not (data["code"] or data["recovery"].strip()):
            self.add_error("code", "Type the six digits that your phone shows.")
        return data


class SwitchOffForm(CodeMixin, forms.Form):
    password = forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    code = code_field("Code from the app")

    def __init__(self, *args, is_own=None, **kwargs):
        """`is_own`: tells of what is typed whether it is the password."""
        self.is_own = is_own
        super().__init__(*args, **kwargs)

    def clean_password(self):
        if not self.is_own(self.cleaned_data["password"]):
            raise ValidationError("That is not your password.")
        return self.cleaned_data["password"]


class InvitationForm(forms.Form):
    """Whom the seller lets look in."""

    email = forms.EmailField(
        label="Their e-mail",
        max_length=254,
        help_text="What they will sign in with.",
        widget=forms.EmailInput(attrs=EMAIL | {"autocomplete": "off"}),
    )
    name = forms.CharField(
        label="Their name", max_length=150, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def clean_email(self):
        email = fold_email(self.cleaned_data["email"])
        known = User.objects.filter(email=email).first()
        if known:
            raise ValidationError(
                f"{known} may look in already."
                if known.is_active and not known.is_seller
                else "That is you."
                if known.is_active
                else f"{known} was let in before: let them in again in the list above."
            )
        return email


class JoinForm(forms.Form):
    """What the invited person says of themselves; the address is the one that was invited."""

    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        strip=False, help_text=PASSWORD_HELP, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, email, *args, **kwargs):
        self.email = email
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("password"):
            try:
                password_validation.validate_password(
                    data["password"], User(email=self.email, name=data.get("name", ""))
                )
            except ValidationError as error:
                self.add_error("password", error)
        return data


class NewPasswordForm(auth.SetPasswordForm):
    """A new password twice, by a link that stands for the old one."""

    error_messages = auth.SetPasswordForm.error_messages | {"password_mismatch": "The two passwords differ."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["new_password1"].help_text = PASSWORD_HELP
        self.fields["new_password2"].label = "New password again"
        self.fields["new_password2"].help_text = ""
