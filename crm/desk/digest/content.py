"""What a digest says: the page of status, as its reader would see it without anything private."""

from datetime import timedelta
from itertools import groupby

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import Standing
from crm.access.models import Installation
from crm.desk.brief import as_text
from crm.desk.status import Asked, Status
from crm.desk.status.page import Since
from crm.web import clock, mail
from crm.web.formats import day, money

# Accounts told in full; the rest is counted, and a link away.
ACCOUNTS = 12
CHANGES = 25


def compose(row):
    """(subject, text, HTML) of one DigestMail. The seller's own says nothing private either: mail travels far."""
    plan = row.user.digest_plan
    back = timedelta(days=7 if plan.rhythm == plan.Rhythm.WEEKLY else 1)
    installation = Installation.load()
    status = Status(installation, Standing.Audience.OTHERS, Asked.of({}, clock.today()))
    status.since = Since("digest", clock.instant(row.due_on - back, plan.at))
    context = {
        "status": status,
        "day": row.due_on,
        "weekly": plan.rhythm == plan.Rhythm.WEEKLY,
        "changes": status.changes[:CHANGES],
        "more_changes": max(0, len(status.changes) - CHANGES),
        "accounts": _pressing(status),
        "link": mail.link(reverse("status")),
        "settings": mail.link(reverse("settings_digest")),
        "user": row.user,
    }
    context["more_accounts"] = status.needing - len(context["accounts"])
    subject = _subject(status, row.due_on)
    return subject, _text(context), _html(subject, context)


def _pressing(status):
    return [one for one in status.accounts if one.brief.attention][:ACCOUNTS]


def _subject(status, on):
    parts = [status.summary or "nothing changed", f"{status.needing} need attention" if status.needing else ""]
    return f"Callback, {day(on)}: {'; '.join(part for part in parts if part)}"[:200]


def _html(subject, context):
    """No pictures, no scripts, nothing fetched: a mail that tells nobody that it was read."""
    body = render_to_string("desk/_digest_mail.html", context)
    head = format_html('<!doctype html><html lang="en"><meta charset="utf-8"><title>{}</title>', subject)
    return f"{head}<body>{body}</body></html>"


def _change(one):
    of = f", {one.deal}" if one.deal not in ("", one.name) else ""
    return f"- {one.name}{of}: {one.words}"


def _text(context):
    """The same in plain text."""
    status, lines = context["status"], []
    whole = status.whole
    lines += [
        f"{day(context['day'])}: {whole.count} open deals, {money(whole.total)} ({money(whole.weighted)} weighted)",
        "",
    ]
    lines += ["WHAT CHANGED", ""]
    lines += [_change(one) for one in context["changes"]] or ["Nothing."]
    if context["more_changes"]:
        lines.append(f"- and {context['more_changes']} more")
    lines += ["", "WHAT NEEDS ATTENTION", ""]
    for need, accounts in groupby(context["accounts"], lambda one: one.brief.attention):
        lines += [f"= {need.words} =", "", *(as_text(one.brief) for one in accounts)]
    if not context["accounts"]:
        lines.append("Nothing.")
    if context["more_accounts"] > 0:
        lines.append(f"And {context['more_accounts']} more accounts.")
    if context["link"]:
        lines += ["", f"The whole page: {context['link']}"]
    if context["settings"]:
        lines.append(f"When this is sent, or no more: {context['settings']}")
    return "\n".join(lines) + "\n"
