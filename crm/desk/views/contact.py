"""Contacts: the list, one person, and what can be done with one."""

import zoneinfo

from django.core.paginator import Paginator
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import timeline
from accounts.models import Contact, Entry, Prospect
from accounts.picks import offered
from accounts.records import ChangedSince
from crm.access import audit
from crm.access.guard import fetch, sellers_only
from crm.desk import contacts, duplicates
from crm.desk.forms.contact import ContactSheet
from crm.desk.views.submit import sent_uuid
from crm.web import answer, conflicts, csvs


@require_safe
def contact_list(request):
    return answer.kept(request, "desk/contact_list.html", lambda: _listed(request))


def _listed(request):
    chosen, rows = contacts.listed(request.GET)
    page = Paginator(rows, contacts.PAGE).get_page(request.GET.get("page"))
    page.object_list = contacts.with_keys(page.object_list)
    return {"filter": chosen, "page": page}


@require_safe
def contact_export(request):
    _, rows = contacts.listed(request.GET)
    audit.note(request, "exported", "the list of contacts")
    return csvs.download("contacts", contacts.CSV_HEADER, contacts.csv_rows(rows))


@require_safe
def contact_detail(request, pk):
    def shown():
        contact = fetch(request, Contact.objects.select_related("prospect").with_addresses(), pk)
        activities = contact.activities.visible_to(request.user)
        happened = timeline.page(activities, before=request.GET.get("before", ""), reader=request.user)
        return contacts.about(contact, request.user) | {"timeline": happened}

    return answer.kept(request, "desk/contact_detail.html", shown, fragment="desk/_contact_body.html")


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def contact_create(request, pk=None):
    """A new person, at the prospect `pk` or at one that is named in the form."""
    prospect = fetch(request, Prospect, pk) if pk else None
    context = {"prospect": prospect}
    if request.method != "POST":
        sheet = ContactSheet(prospect=prospect)
        sheet.person.initial["name"] = request.GET.get("name", "")
        return _form(request, "desk/contact_create.html", sheet, context)
    sheet = ContactSheet(request.POST)
    if not sheet.is_valid() or request.POST.get("more"):
        return _form(request, "desk/contact_create.html", sheet, context, answer.invalid)
    person = sheet.person
    known = Entry.objects.filter(uuid=person.cleaned_data["uuid"]).exists()
    if not known and not request.POST.get("anyway") and (alike := _alike(sheet)):
        return _form(request, "desk/contact_create.html", sheet, context | {"alike": alike}, answer.invalid)
    with Entry.submission(person.cleaned_data["uuid"], author=request.user) as entry:
        if not entry.replayed:
            person.instance.write(entry, **sheet.related)
    contact = person.instance if person.instance.pk else entry.made(Contact)
    toast = f"{contact} is a contact now."
    return answer.saved(request, contact.prospect.get_absolute_url(), toast=toast, undo=entry, leave=True)


def _alike(sheet):
    typed = sheet.person.cleaned_data
    emails = [row[0] for row in sheet.related["emails"]]
    phones = [row[0] for row in sheet.related["phones"]]
    return duplicates.contacts_like(typed["prospect"], typed["name"], emails=emails, phones=phones)


@require_http_methods(["GET", "HEAD", "POST"])
@sellers_only
def contact_edit(request, pk):
    contact = fetch(request, Contact.objects.select_related("prospect").with_addresses(), pk)
    context = {"contact": contact, "name": contact.name}
    if request.method != "POST":
        return _form(request, "desk/contact_edit.html", ContactSheet(instance=contact), context)
    sheet = ContactSheet(request.POST, instance=contact)
    if not sheet.is_valid() or request.POST.get("more"):
        return _form(request, "desk/contact_edit.html", sheet, context, answer.invalid)
    try:
        with Entry.submission(sheet.person.cleaned_data["uuid"], author=request.user) as entry:
            if not entry.replayed:
                sheet.person.instance.write(entry, **sheet.related)
    except ChangedSince as changed:
        context["rows"] = _versions(sheet, changed.record)
        sheet.person = conflicts.again(sheet.person, changed.record)
        return _form(request, "desk/contact_edit.html", sheet, context, answer.conflict)
    return answer.saved(request, contact.get_absolute_url(), toast=f"{contact} saved.", undo=entry, leave=True)


def _versions(sheet, theirs):
    rows = conflicts.rows(sheet.person, theirs)
    for label, name in (("E-mails", "emails"), ("Phones", "phones")):
        stored = ", ".join(row[0] for row in getattr(theirs, f"_read_{name}")())
        typed = ", ".join(row[0] for row in sheet.related[name])
        rows.append((label, stored, typed, stored != typed))
    return rows


def _form(request, template, sheet, context, reply=answer.page):
    zones = sorted(zoneinfo.available_timezones())
    context = {
        "sheet": sheet,
        "form": sheet.person,
        "zones": zones,
        "which": offered(sheet.person, "prospect"),
        **context,
    }
    return reply(request, template, context)


@require_POST
def contact_delete(request, pk):
    contact = fetch(request, Contact.everything.select_related("prospect"), pk)
    with Entry.submission(sent_uuid(request), author=request.user) as entry:
        if not entry.replayed and contact.trashed_at is None:
            contact.trash(entry)
            audit.note(request, "deleted", f"the contact {contact}")
    toast = f"{contact} is in the trash."
    return answer.saved(request, contact.prospect.get_absolute_url(), toast=toast, undo=entry, leave=True)
