from functools import partial

from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from crm.access import audit, entering, second_factor, sessions
from crm.access.guard import touches_no_sales_record
from crm.access.people_forms import CodeForm, SwitchOffForm
from crm.web import answer

_PAGE = "access/settings_second_factor.html"


@touches_no_sales_record
@require_http_methods(["GET", "HEAD", "POST"])
def settings_second_factor(request):
    """Everybody's own. The form confirms, with a code, the phone that `second_factor_create` began with."""
    if request.method != "POST":
        return answer.page(request, _PAGE, _context(request.user))
    form = CodeForm(request.POST)
    if second_factor.pending(request.user) is None:
        return answer.saved(request, reverse("settings_second_factor"), leave=True)
    if not form.is_valid():
        return answer.invalid(request, _PAGE, _context(request.user, form=form))
    codes = second_factor.confirm(request.user, form.cleaned_data["code"])
    if codes is None:
        form.add_error("code", _wrong(request.user))
        return answer.invalid(request, _PAGE, _context(request.user, form=form))
    # Whoever came in elsewhere came in without a code.
    sessions.end(request.user, but=request.session.session_key)
    audit.note(request, "second_factor_on")
    return answer.page(request, _PAGE, _context(request.user, codes=codes, just_on=True))


@touches_no_sales_record
@require_POST
def second_factor_create(request):
    """Begin: a secret to show to the phone. Nothing changes until a code confirms it."""
    if not second_factor.is_on(request.user):
        second_factor.begin(request.user)
    return answer.saved(request, reverse("settings_second_factor"), leave=True)


def _confirmed(request, prefix):
    """The form of password and code as sent; without errors both were right."""
    form = SwitchOffForm(request.POST, prefix=prefix, is_own=partial(entering.is_own_password, request))
    if form.is_valid() and not second_factor.verify(request.user, form.cleaned_data["code"]):
        form.add_error("code", _wrong(request.user))
    return form


@touches_no_sales_record
@require_POST
@sensitive_post_parameters("password", "code")
def second_factor_delete(request):
    """Switch it off, with password and code; one that is only begun goes without."""
    user = request.user
    if not second_factor.is_on(user):
        second_factor.switch_off(user)
        return answer.saved(request, reverse("settings_second_factor"), leave=True)
    form = _confirmed(request, "off")
    if form.errors:
        return answer.invalid(request, _PAGE, _context(user, off=form))
    second_factor.switch_off(user)
    audit.note(request, "second_factor_off")
    toast = "The second factor is off. Your password alone signs you in."
    return answer.saved(request, reverse("settings_second_factor"), leave=True, toast=toast)


@touches_no_sales_record
@require_POST
@sensitive_post_parameters("password", "code")
def recovery_code_create(request):
    """Ten new recovery codes, with password and code; the earlier ones stop working."""
    user = request.user
    if not second_factor.is_on(user):
        return answer.saved(request, reverse("settings_second_factor"), leave=True)
    form = _confirmed(request, "new")
    if form.errors:
        return answer.invalid(request, _PAGE, _context(user, new=form))
    codes = second_factor.make_codes(user)
    audit.note(request, "recovery_codes_made")
    return answer.page(request, _PAGE, _context(user, codes=codes))


def _context(user, **given):
    """The page in its three states: off, begun (with what the phone reads), on."""
    begun = second_factor.pending(user) if not second_factor.is_on(user) else None
    context = {
        "on": second_factor.device(user),
        "begun": begun,
        "form": CodeForm(),
        "off": SwitchOffForm(prefix="off"),
        "new": SwitchOffForm(prefix="new"),
        "left": second_factor.codes_left(user),
    }
    if begun:
        context |= {"secret": second_factor.secret(begun), "drawn": second_factor.drawn(begun)}
    return context | given


def _wrong(user):
    if second_factor.wait(user) > 1:
        return f"That code is not right. Wait {second_factor.wait_words(user)} before the next try."
    return "That code is not right now. Each one is good once, for half a minute: wait for the next."
