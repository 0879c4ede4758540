from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.views.decorators.debug import sensitive_post_parameters

from crm.access import currencies, entering
from crm.access import setup as setups
from crm.access.forms import SetupForm, zones
from crm.access.guard import touches_no_sales_record
from crm.access.models import OneTimeLink
from crm.web import answer


@login_not_required
@touches_no_sales_record
@sensitive_post_parameters("password")
def setup(request, token):
    link = OneTimeLink.find(OneTimeLink.SETUP, token) if setups.needed() else None
    if link is None:
        return answer.page(request, "access/setup.html", {}, status=404)
    guess = currencies.suggested(request.headers.get("Accept-Language"))
    form = SetupForm(request.POST if request.method == "POST" else None, initial=guess)
    if form.is_valid():
        try:
            seller = setups.use_link(link, **form.cleaned_data)
        except ValidationError as error:
            form.take(error)
        else:
            entering.sign_in(request, seller)
            return answer.saved(request, "/", leave=True, toast="Callback is yours. Log your first call above.")
    context = {"form": form, "zones": zones()}
    if form.is_bound:
        return answer.invalid(request, "access/setup.html", context)
    return answer.page(request, "access/setup.html", context)
