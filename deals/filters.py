"""What of the board and of the table is shown; all of it stands in the address."""

import django_filters as filters
from django import forms
from django.db.models import Q

from accounts.models import Prospect
from crm.web.text import fold

from .models import Deal, Stage

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def sources():
    """Every source that a deal or its prospect names, in order."""
    named = Deal.objects.exclude(source="").order_by().values_list("source")
    found = named.union(Prospect.objects.exclude(source="").order_by().values_list("source"))
    return [(source, source) for source in sorted((row[0] for row in found), key=str.casefold)]


class DealFilter(filters.FilterSet):
    """For both: text, source, closing before a day, only what is wrong."""

    q = filters.CharFilter(method="words", label="Name")
    source = filters.ChoiceFilter(method="from_source", label="Source", choices=sources)
    closing = filters.DateFilter(field_name="close_on", lookup_expr="lt", label="Closing before", widget=_DAY)
    wrong = filters.BooleanFilter(method="only_wrong", label="Only what is wrong", widget=forms.CheckboxInput)

    class Meta:
        model = Deal
        fields = []

    def words(self, deals, name, value):
        for word in fold(value).split()[:8]:
            deals = deals.filter(Q(folded__contains=word) | Q(prospect__folded__contains=word))
        return deals

    def from_source(self, deals, name, value):
        return deals.filter(Q(source=value) | Q(source="", prospect__source=value))

    def only_wrong(self, deals, name, value):
        return deals.exclude(trouble="") if value else deals

    @property
    def active(self):
        """How many of them narrow what is shown."""
        return sum(1 for value in self.form.cleaned_data.values() if value) if self.form.is_valid() else 0


class DealTableFilter(DealFilter):
    """The table has ended deals too, and any stage."""

    OUTCOMES = [("open", "Open"), ("won", "Won"), ("lost", "Lost"), ("walked", "Walked"), ("all", "All")]

    stage = filters.ModelChoiceFilter(queryset=Stage.objects.in_order(), label="Stage")
    outcome = filters.ChoiceFilter(method="of_outcome", label="Outcome", choices=OUTCOMES)
    no_step = filters.BooleanFilter(method="without_step", label="No next step", widget=forms.CheckboxInput)

    def of_outcome(self, deals, name, value):
        return deals if value == "all" else deals.filter(outcome=value)

    def without_step(self, deals, name, value):
        return deals.open().filter(standing__next_step=None) if value else deals

    def filter_queryset(self, queryset):
        """Open deals unless the address asks for others."""
        if not self.form.cleaned_data.get("outcome"):
            queryset = queryset.open()
        return super().filter_queryset(queryset)
