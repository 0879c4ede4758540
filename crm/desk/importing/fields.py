"""What a column can mean here: the names that `--map COLUMN=FIELD` and the page offer."""

from dataclasses import dataclass

PROSPECT, CONTACT, DEAL, ACTIVITY = "prospect", "contact", "deal", "activity"
# What a whole file can be about.
PROSPECTS, CONTACTS, DEALS, ACTIVITIES, HISTORY = "prospects", "contacts", "deals", "activities", "history"
NOUNS = {
    PROSPECT: ("prospect", "prospects"),
    CONTACT: ("contact", "contacts"),
    DEAL: ("deal", "deals"),
    ACTIVITY: ("activity", "activities"),
    "step": ("step", "steps"),
}


@dataclass(frozen=True)
class Field:
    """`kind`: how a cell is read (columns.READERS). `limit`: characters; a longer text rejects the row, or
    where `spill` is true is kept with what maps to nothing. `many`: several columns may map to it."""

    name: str
    record: str
    label: str
    kind: str = "text"
    limit: int = 0
    spill: bool = False
    many: bool = False


_ALL = [
    Field("prospect", PROSPECT, "Prospect", limit=200),
    Field("prospect_id", PROSPECT, "Prospect's id there", limit=200),
    Field("domain", PROSPECT, "Prospect's domain", "domain", 200),
    Field("website", PROSPECT, "Website", limit=300, spill=True),
    Field("prospect_phone", PROSPECT, "Prospect's phone", limit=60, spill=True),
    Field("address", PROSPECT, "Address", limit=300, spill=True, many=True),
    Field("city", PROSPECT, "City", limit=100, spill=True),
    Field("country", PROSPECT, "Country", limit=100, spill=True),
    Field("about", PROSPECT, "What they do", limit=300, spill=True, many=True),
    Field("source", PROSPECT, "Source", limit=100, spill=True),
    Field("prospect_made_on", PROSPECT, "Prospect known since", "when"),
    Field("parked_until", PROSPECT, "Parked until", "date"),
    Field("person", CONTACT, "Person", limit=200),
    Field("person_id", CONTACT, "Person's id there", limit=200),
    Field("prefix", CONTACT, "Name prefix", limit=60),
    Field("first_name", CONTACT, "First name", limit=100),
    Field("middle_name", CONTACT, "Middle name", limit=100),
    Field("last_name", CONTACT, "Last name", limit=100),
    Field("suffix", CONTACT, "Name suffix", limit=60),
    Field("title", CONTACT, "Job title", limit=150),
    Field("email", CONTACT, "E-mail", "email", 254, many=True),
    Field("phone", CONTACT, "Phone", "phone", 60, many=True),
    Field("time_zone", CONTACT, "Time zone", "zone"),
    Field("person_about", CONTACT, "About the person", limit=300, spill=True),
    Field("person_made_on", CONTACT, "Person known since", "when"),
    Field("known_email", CONTACT, "E-mail of somebody on record", "email", 254),
    Field("deal", DEAL, "Deal", limit=200),
    Field("deal_id", DEAL, "Deal's id there", limit=200),
    Field("amount", DEAL, "Amount", "money"),
    Field("stage", DEAL, "Stage", "stage", 200),
    Field("outcome", DEAL, "Outcome", "outcome"),
    Field("close_on", DEAL, "Close date", "date"),
    Field("ended_on", DEAL, "Ended on", "date"),
    Field("opened_on", DEAL, "Opened on", "date"),
    Field("end_reason", DEAL, "Reason", limit=300, spill=True),
    Field("deal_source", DEAL, "Deal's source", limit=100, spill=True),
    Field("role", DEAL, "Person's part in the deal", "role"),
    Field("changed_on", DEAL, "Stage changed on", "date"),
    Field("kind", ACTIVITY, "Kind", "kind", 60),
    Field("activity_id", ACTIVITY, "Activity's id there", limit=200),
    Field("on", ACTIVITY, "Date", "when"),
    Field("time", ACTIVITY, "Time", "time"),
    Field("direction", ACTIVITY, "Direction", "direction", 60),
    Field("result", ACTIVITY, "Result", "result", 60, many=True),
    Field("minutes", ACTIVITY, "Minutes", "count"),
    Field("subject", ACTIVITY, "Subject", limit=300, spill=True),
    Field("text", ACTIVITY, "Words", "long", 20_000, many=True),
    Field("done", ACTIVITY, "Done", "done", 60),
    Field("due_on", ACTIVITY, "Due on", "date"),
    Field("step", ACTIVITY, "Next step", limit=300),
    Field("owner", ACTIVITY, "Whose step", "owner"),
    Field("others", ACTIVITY, "Others who took part", limit=500, spill=True),
    Field("step_kind", ACTIVITY, "Kind of step", limit=60, spill=True),
    Field("done_on", ACTIVITY, "Done on", "date"),
    Field("private", ACTIVITY, "Private", "bool"),
]
FIELDS = {f.name: f for f in _ALL}
# Not a field: kept as it is with the record, and shown there; or not read at all.
EXTRA, IGNORE = "extra", "ignore"
