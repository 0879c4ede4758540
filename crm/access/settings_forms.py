"""The forms of the settings pages."""

from django import forms

from . import currencies, locale
from .forms import EMAIL, ZoneInput
from .models import Installation, User, fold_email
from .signals import locale_changed

MONTHS = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip


class InstallationForm(forms.ModelForm):
    """Some of the installation's settings. `stale` when they were saved from elsewhere meanwhile."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    @property
    def stale(self):
        posted = self.cleaned_data.get("version")
        return posted is not None and posted != Installation.load().version

    def store(self):
        """Write the form's settings. Returns False when they were saved from elsewhere meanwhile."""
        return self.instance.store(*self._meta.fields)

    def compared(self):
        """Rows of (label, saved meanwhile, yours, differs) for the conflict page."""
        now = Installation.load()
        rows = []
        for name in self._meta.fields:
            theirs, yours = getattr(now, name), self.cleaned_data[name]
            labels = dict(getattr(self.fields[name], "choices", ()))
            rows.append(
                (self.fields[name].label, labels.get(theirs, theirs), labels.get(yours, yours), theirs != yours)
            )
        return rows

    def refresh(self):
        """Draw the form as typed, but against the version that is stored now."""
        self.data = self.data.copy()
        self.data["version"] = Installation.load().version


class ProfileForm(InstallationForm):
    """Who the seller is, and how this installation writes money and dates."""

    name = forms.CharField(label="Your name", max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs=EMAIL), help_text="What you sign in with."
    )

    class Meta:
        model = Installation
        fields = ["time_zone", "currency", "date_order", "fiscal_year_start"]
        labels = {"date_order": "Dates", "fiscal_year_start": "Your business year starts in"}
        help_texts = {"currency": "Amounts keep their numbers; nothing is converted."}
        widgets = {"time_zone": ZoneInput()}

    field_order = ["name", "email"]

    def __init__(self, user, *args, **kwargs):
        self.user = user
        super().__init__(*args, initial={"name": user.name, "email": user.email}, **kwargs)
        self.fields["currency"] = forms.ChoiceField(
            choices=currencies.choices, help_text=self.fields["currency"].help_text
        )
        months = list(enumerate(MONTHS, start=1))
        self.fields["fiscal_year_start"] = forms.TypedChoiceField(
            choices=months, coerce=int, label=self.fields["fiscal_year_start"].label
        )

    def clean_email(self):
        email = fold_email(self.cleaned_data["email"])
        if User.objects.exclude(pk=self.user.pk).filter(email=email).exists():
            raise forms.ValidationError("Somebody else here signs in with that e-mail.")
        return email

    def store(self):
        if not super().store():
            return False
        self.user.name, self.user.email = self.cleaned_data["name"], self.cleaned_data["email"]
        self.user.save(update_fields=["name", "email"])
        if {"time_zone", "currency"} & set(self.changed_data):
            locale.activate()
            locale_changed.send(Installation, installation=self.instance)
        return True


class CadenceForm(InstallationForm):
    """When an account counts as gone quiet."""

    silence_budget = forms.IntegerField(min_value=1, max_value=99)
    quiet_days = forms.IntegerField(min_value=1, max_value=365)

    class Meta:
        model = Installation
        fields = ["silence_budget", "quiet_days"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        words = {"silence_budget": "Tries without an answer", "quiet_days": "Days without a two-way activity"}
        for name, label in words.items():
            self.fields[name].label = label
            self.fields[name].help_text = Installation._meta.get_field(name).help_text


class ShortcutsForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["shortcuts"]
        labels = {"shortcuts": "Single keys do things: l logs, n is Next!, g b goes to the board"}
