from django.views.decorators.http import require_safe

from crm.access import audit
from crm.access.audit_list import HEADER, AuditList
from crm.access.guard import sellers_only
from crm.web import answer, csvs


@require_safe
@sellers_only
def settings_audit(request):
    """Who did what, when and from where."""
    found = AuditList(request.GET)
    return answer.page(request, "access/settings_audit.html", {"audit": found, "page": found.page()})


@require_safe
@sellers_only
def audit_export(request):
    """What the page shows with these filters, all pages, as CSV."""
    audit.note(request, "exported", "the audit")
    return csvs.download("audit", HEADER, AuditList(request.GET).rows())
