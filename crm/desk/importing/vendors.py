"""Exports that we know by their column names, and what their columns mean where the usual words mislead."""

from .fields import ACTIVITIES, CONTACTS, DEALS, EXTRA, HISTORY, PROSPECTS

CALLBACK = "callback"  # our own export: its ids are those of this database, if it is from here

_SALESFORCE_ACCOUNT = {
    "name": "prospect",
    "id": "prospect_id",
    "phone": "prospect_phone",
    "billing street": "address",
    "billing city": "city",
    "billing country": "country",
    "industry": "about",
    "oracle id": EXTRA,
    "created date": "prospect_made_on",
    "createddate": "prospect_made_on",
    "parent id": EXTRA,
    "parentid": EXTRA,
}
_SALESFORCE_DEAL = {
    "name": "deal", "id": "deal_id", "account id": "prospect_id", "accountid": "prospect_id", "contact id": "person_id",
    "contactid": "person_id", "close date": "close_on", "closedate": "close_on", "created date": "opened_on",
    "createddate": "opened_on", "lead source": "deal_source", "leadsource": "deal_source", "next step": EXTRA,
    "nextstep": EXTRA, "type": EXTRA, "is won": EXTRA, "iswon": EXTRA, "description": EXTRA,
}  # fmt: skip
_SALESFORCE_HISTORY = {
    "opp id": "deal_id",
    "oppid": "deal_id",
    "opportunity id": "deal_id",
    "created date": "changed_on",
}
_HUBSPOT = {"create date": "", "website url": "website", "associated contact email": "known_email"}
_OUTLOOK = {
    "title": "prefix", "suffix": "suffix", "company": "prospect", "job title": "title", "web page": "website",
    "business street": "address", "business city": "city", "business country region": "country",
    "account": EXTRA, "location": EXTRA, "e mail display name": EXTRA, "company main phone": "prospect_phone",
}  # fmt: skip
_GOOGLE = {
    "name": "person", "organization 1 name": "prospect", "organization name": "prospect",
    "organization 1 title": "title", "organization title": "title", "file as": EXTRA, "location": EXTRA,
    "organization 1 location": EXTRA, "subject": EXTRA, "occupation": EXTRA, "notes": "person_about",
    "organization 1 type": EXTRA, "address 1 street": "address", "address 1 city": "city",
    "address 1 country": "country",
}  # fmt: skip
_THUNDERBIRD = {
    "display name": "person", "organization": "prospect", "web page 1": "website", "work address": "address",
    "work city": "city", "work country": "country", "notes": "person_about",
}  # fmt: skip
_MAVEN = {"account": "prospect", "product": "deal", "engage date": "opened_on", "close value": "amount"}


def vendor_of(flat):
    """(source, about, label, meanings that differ) of an export we know, or None."""
    there = set(flat)
    if {"activityid", "kind", "activitydate", "privatenote"} <= there:
        return CALLBACK, ACTIVITIES, "Callback's export", {"also there": "others", "done on": "done_on"}
    if {"dealid", "deal"} <= there and there & {"prospectid", "personid"}:
        return CALLBACK, DEALS, "Callback's export", {}
    if {"personid", "person", "prospectid"} <= there:
        return CALLBACK, CONTACTS, "Callback's export", {"about": "person_about", "created": "person_made_on"}
    if {"prospectid", "prospect", "prospectabout"} <= there:
        return CALLBACK, PROSPECTS, "Callback's export", {"created": "prospect_made_on"}
    if {"opportunityid", "dealstage", "closevalue", "engagedate"} <= there:
        return "maven", DEALS, "Maven Analytics pipeline", _MAVEN
    if {"account", "yearestablished", "officelocation"} <= there:
        return "maven", PROSPECTS, "Maven Analytics accounts", {"sector": "about", "office location": "country"}
    if {"oppid", "stagename"} <= there and len(there) <= 6:
        return "salesforce", HISTORY, "Salesforce opportunity history", _SALESFORCE_HISTORY
    if {"stagename", "closedate", "name"} <= there:
        return "salesforce", DEALS, "Salesforce opportunities", _SALESFORCE_DEAL
    if {"name", "billingstreet"} <= there or {"name", "type", "phone", "accountnumberc"} <= there:
        return "salesforce", PROSPECTS, "Salesforce accounts", _SALESFORCE_ACCOUNT
    if {"lastname", "accountid"} <= there or {"lastname", "mailingstreet", "id"} <= there:
        meanings = {"id": "person_id", "account id": "prospect_id", "accountid": "prospect_id"}
        return "salesforce", CONTACTS, "Salesforce contacts", meanings
    if {"dealid", "dealname", "dealstage"} <= there:
        return "hubspot", DEALS, "HubSpot deals", {**_HUBSPOT, "create date": "opened_on", "deal type": EXTRA}
    if {"companyid", "companyname"} <= there or ({"companydomainname"} <= there and "companyname" in there):
        meanings = {"create date": "prospect_made_on", "website": "website", "phone number": "prospect_phone",
                    "street address": "address", "city": "city", "country": "country"}  # fmt: skip
        return "hubspot", PROSPECTS, "HubSpot companies", meanings
    if {"activityid", "activitytype", "activitydate"} <= there:
        return "hubspot", ACTIVITIES, "HubSpot activities", {**_HUBSPOT, "task status": "done"}
    if {"contactid", "firstname", "lastname"} <= there:
        return "hubspot", CONTACTS, "HubSpot contacts", {
            **_HUBSPOT, "create date": "person_made_on", "website url": EXTRA, "street address": EXTRA,
            "city": EXTRA, "country": EXTRA, "lead source": "source",
        }  # fmt: skip
    if {"recordid", "accountname", "lastname"} <= there:
        return "zoho", CONTACTS, "Zoho contacts", {"record id": "person_id", "account name id": "prospect_id"}
    if {"recordid", "accountname"} <= there and "dealname" not in there:
        return "zoho", PROSPECTS, "Zoho accounts", {"record id": "prospect_id"}
    if {"recordid", "dealname"} <= there:
        return "zoho", DEALS, "Zoho deals", {"record id": "deal_id", "account name id": "prospect_id"}
    if {"dealtitle", "dealstatus"} <= there:
        return "pipedrive", DEALS, "Pipedrive deals", {"deal status": "outcome", "deal organization": "prospect"}
    if {"activitysubject", "activitytype", "activityduedate"} <= there:
        meanings = {"activity due date": "on", "activity due time": "time", "activity subject": "subject",
                    "deal title": "deal"}  # fmt: skip
        return "pipedrive", ACTIVITIES, "Pipedrive activities", meanings
    if {"personname", "dealtitle", "organizationname"} <= there:
        return "pipedrive", DEALS, "Pipedrive import sheet", {"activity subject": "step", "activity due date": "due_on"}
    if {"givenname", "familyname"} <= there and "groupmembership" in there:
        return "google", CONTACTS, "Google contacts", _GOOGLE
    if {"fileas", "organizationname", "labels"} <= there:
        return "google", CONTACTS, "Google contacts", _GOOGLE
    if {"firstname", "lastname", "businessphone"} <= there and "emailaddress" in there:
        return "outlook", CONTACTS, "Outlook contacts", _OUTLOOK
    if "email2address" in there and "emailaddress" in there:
        return "outlook", CONTACTS, "Outlook contacts", _OUTLOOK
    if {"displayname", "primaryemail", "screenname"} <= there:
        return "thunderbird", CONTACTS, "Thunderbird address book", _THUNDERBIRD
    if {"mqlid", "firstcontactdate"} <= there:
        meanings = {"mql id": "prospect", "first contact date": "prospect_made_on", "origin": "source"}
        return "olist", PROSPECTS, "Olist leads", meanings
    if {"mqlid", "wondate"} <= there:
        meanings = {"mql id": "prospect", "seller id": "deal_id", "won date": "ended_on", "business segment": "deal"}
        return "olist", DEALS, "Olist won deals", meanings
    return None
