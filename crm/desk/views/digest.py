"""The digest: who is mailed it and when."""

from django.conf import settings
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from crm.access.guard import fetch, refuse, touches_no_sales_record
from crm.access.models import User
from crm.desk import digest
from crm.desk.forms.digest import DigestPlanForm
from crm.desk.models import DigestMail, DigestPlan
from crm.web import answer, mail

SHOWN = 20


@touches_no_sales_record
@require_http_methods(["GET", "HEAD", "POST"])
def settings_digest(request):
    """Everybody's own; the seller sets those of the managers as well, on a page of the same kind each."""
    return _page(request, request.user)


@touches_no_sales_record
@require_http_methods(["GET", "HEAD", "POST"])
def person_digest(request, pk):
    """A manager's, set by the seller."""
    if not request.user.is_seller and pk != request.user.pk:
        refuse(request)
    return _page(request, fetch(request, User.objects.filter(is_active=True), pk))


def _page(request, person):
    plan = DigestPlan.objects.filter(user=person).first() or DigestPlan(user=person)
    form = DigestPlanForm(request.POST if request.method == "POST" else None, instance=plan)
    if form.is_bound and form.is_valid():
        form.store()
        return answer.saved(request, request.path, leave=True, toast=_said(plan, person, request.user))
    stored = DigestPlan.objects.filter(user=person).first()
    context = {
        "form": form,
        "person": person,
        "next": stored and digest.next_on(stored),
        "mails": DigestMail.objects.filter(user=person)[:SHOWN],
        "configured": mail.configured(),
        "sender": settings.DEFAULT_FROM_EMAIL,
        "others": _others(request.user),
    }
    draw = answer.invalid if form.is_bound else answer.page
    return draw(request, "desk/settings_digest.html", context)


def _others(user):
    """The managers, for the seller."""
    if not user.is_seller:
        return []
    return User.objects.filter(role=User.MANAGER, is_active=True).select_related("digest_plan").order_by("name", "pk")


def _said(plan, person, user):
    whose = "Your digest" if person == user else f"The digest of {person}"
    if plan.rhythm == plan.Rhythm.OFF:
        return f"{whose} is off."
    when = plan.get_rhythm_display().lower()
    if plan.rhythm == plan.Rhythm.WEEKLY:
        when += f", on {plan.get_weekday_display()}"
    return f"{whose} is sent {when} at {plan.at:%H:%M}."


@touches_no_sales_record
@require_POST
def digest_resend(request, pk):
    """One that failed, or was perhaps sent, goes in line once more."""
    mails = DigestMail.objects.all() if request.user.is_seller else DigestMail.objects.filter(user=request.user)
    row = fetch(request, mails.select_related("user"), pk)
    to = reverse("settings_digest") if row.user == request.user else reverse("person_digest", args=[row.user_id])
    if not digest.send_again(row):
        return answer.refused(request, to, "That one is sent, or waits already. Nothing was changed.")
    return answer.saved(request, to, leave=True, toast="It goes out with the next minute's jobs.")
