"""What browsers send out of their outbox: one item at a time, stored once whatever is sent again.

The protocol and its reasons: docs/offline.md and docs/decisions/outbox.md.
"""

import json
import logging
import uuid as uuids
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.urls import reverse

from accounts.models import Entry, Step
from accounts.records import ChangedSince
from crm.access.models import validate_zone
from crm.desk import filing, outcomes
from crm.desk.forms.log import LogForm
from crm.desk.refused import Refused
from crm.web import clock

log = logging.getLogger(__name__)

MOST_BYTES = 96 * 1024
# A clock that is wrong by more than this is corrected; less is the time a line is on its way.
TOLERANCE = timedelta(minutes=2)
# Nothing waits longer than this; a clock that says so was wrong.
LONGEST_WAIT = timedelta(days=60)
EVENTS = ("activity-logged", "step-changed", "deal-changed", "prospect-changed", "contact-changed")
BROKE = "Something broke on our side while filing this. It is kept here: send it again, or change the words."


class OtherWords(Refused):
    """Something else is stored under that UUID, as when a crashed browser brought an old page back."""


@dataclass(frozen=True)
class Item:
    """One checked item. `occurred_at` is corrected by the server's clock; `sure` is False where it was replaced."""

    uuid: uuids.UUID
    seq: int
    kind: str
    occurred_at: datetime
    zone: str
    fields: dict
    sure: bool = True


def receive(body, author):
    """(answer, HTTP status) to one item as bytes: an acknowledgement, a rejection, or 503: send it again."""
    sent = None
    try:
        sent = _parsed(body)
        item = read(sent, clock.now())
        return _acknowledged(item, _stored(item, author)), 200
    except OtherWords as refused:
        # The device sends it again under a UUID of its own, if it is meant.
        return {**_rejected(sent, str(refused)), "renew": True}, 422
    except Refused as refused:
        return _rejected(sent, str(refused)), 422
    except (OperationalError, InterfaceError):
        log.exception("The outbox could not store an item; it will be sent again.")
        return {"retry": _named(sent)}, 503
    except Exception:
        # The item is set aside on the device rather than sent for ever; we hear of it.
        log.exception("The outbox could not file an item.")
        return _rejected(sent, BROKE), 422


# Reading -----------------------------------------------------------------------------------------


def _parsed(body):
    if len(body) > MOST_BYTES:
        raise Refused("That is too long. Shorten it, and send it again.")
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        raise Refused("That was not understood.") from None
    if not isinstance(sent, dict):
        raise Refused("That was not understood.")
    return sent


def read(sent, now):
    """The Item of a parsed JSON object. Raises Refused."""
    occurred_at, sure = _corrected(_instant(sent, "occurred_at"), _instant(sent, "sent_at"), now)
    seq, kind, fields = sent.get("seq"), sent.get("kind"), sent.get("fields")
    if type(seq) is not int or not 0 < seq < 2**53:
        raise Refused("It has no number.")
    if not isinstance(kind, str) or kind not in KINDS:
        raise Refused("It is of a kind that is not known here. Load the page again.")
    if not isinstance(fields, dict):
        raise Refused("It has no words.")
    zone = _zone(sent.get("zone"), sent["occurred_at"])
    return Item(_uuid(sent), seq, kind, occurred_at, zone, _clean(fields), sure)


def _uuid(sent):
    try:
        found = uuids.UUID(sent.get("uuid"))
    except (ValueError, AttributeError, TypeError):
        found = None
    if str(found) != sent.get("uuid"):
        raise Refused("It has no identifier of its own.")
    return found


def _instant(sent, name):
    try:
        found = datetime.fromisoformat(sent[name])
        if found.tzinfo is not None and clock.near(found):
            return found.astimezone(UTC)
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    raise Refused("Its time is no time. Check the clock of this device.")


def _corrected(occurred, sent, now):
    """(when it was typed, is that sure), by our clock.

    The device names both instants by its own clock: what its clock is off by when it sends, it was off by when
    the line was typed. A line from the future, or from longer ago than anything waits, was typed under a clock
    that was put right since: how wrong it was nobody knows, so it counts as typed when it arrived.
    """
    off = now - sent
    if abs(off) > TOLERANCE:
        occurred += off
    if now - LONGEST_WAIT <= occurred <= now + TOLERANCE:
        return min(occurred, now), True
    return now, False


def _zone(name, occurred_at):
    """The IANA zone it was typed in; for a name not known here the one that has the same offset, if any."""
    try:
        if isinstance(name, str) and 0 < len(name) <= 64:
            validate_zone(name)
            return name
    except ValidationError:
        pass
    hours, rest = divmod(datetime.fromisoformat(occurred_at).utcoffset(), timedelta(hours=1))
    return f"Etc/GMT{-hours:+d}" if not rest and -12 <= hours <= 14 else ""


def _clean(value):
    """Strings without what no database stores: NUL and half of a surrogate pair."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [_clean(part) for part in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(part) for key, part in value.items()}
    return value


# Storing -----------------------------------------------------------------------------------------


def _stored(item, author):
    known = Entry.objects.filter(uuid=item.uuid).first()
    if known:
        text = item.fields.get("text")
        if item.kind == "log" and known.kind == Entry.OUTBOX and isinstance(text, str) and text.strip() != known.text:
            raise OtherWords(f"“{known.text[:80]}” was sent under the same mark already. Send this again if it is new.")
        return known
    for last in (False, True):
        try:
            return KINDS[item.kind](item, author)
        except ChangedSince:
            # Somebody saved between reading and writing: read again.
            if last:
                raise


def _log(item, author):
    fields, choices = item.fields, item.fields.get("choices") or []
    text, context, private = fields.get("text"), fields.get("context") or "", fields.get("private") or False
    if not (isinstance(text, str) and isinstance(context, str) and isinstance(private, bool)):
        raise Refused("That was not understood.")
    form = LogForm({"text": text, "context": context})
    if not form.is_valid():
        raise Refused(form.why())
    where = filing.context_named(context)
    doubts = ["prospect"] if context and not where.ids else []
    return filing.record(
        text,
        uuid=item.uuid,
        author=author,
        kind=Entry.OUTBOX,
        context=where,
        choices=_choices(choices),
        private=private,
        occurred_at=item.occurred_at,
        zone=item.zone,
        doubts=[*doubts, *(() if item.sure else ["at"])],
        result={"seq": item.seq},
    )


def _choices(pairs):
    """Chips as the form sends them, [[name, value]…]; a name may come several times."""
    if not isinstance(pairs, list) or len(pairs) > 200:
        raise Refused("That was not understood.")
    data = {"person": []}
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise Refused("That was not understood.")
        name, value = pair
        if name == "person":
            data["person"].append(value)
        else:
            data[name] = value
    return filing.Choices.read(data)


def _step_done(item, author):
    pk, text, private = (item.fields.get(name) for name in ("step", "text", "private"))
    text, private = text or "", private or False
    if isinstance(pk, str) and pk.isascii() and pk.isdecimal():
        pk = int(pk[:19])
    if type(pk) is not int or not 0 < pk < 2**63 or not isinstance(text, str) or type(private) is not bool:
        raise Refused("That was not understood.")
    if len(text) > 10_000:
        raise Refused(LogForm.base_fields["text"].error_messages["max_length"])
    step = Step.objects.filter(pk=pk).first()
    if step is None:
        raise Refused("That step is not there any more, so it could not be ticked off.")
    if step.state == Step.State.DROPPED:
        raise Refused(f"“{step.what}” was dropped meanwhile, so it could not be ticked off.")
    return filing.record(
        text,
        uuid=item.uuid,
        author=author,
        kind=Entry.OUTBOX,
        context=filing.context_named(f"step-{pk}"),
        # Ticked off elsewhere meanwhile: that is what was wanted, and nothing is done twice.
        finish=step if step.state == Step.State.OPEN else None,
        private=private or step.private,
        occurred_at=item.occurred_at,
        zone=item.zone,
        result={"seq": item.seq, "said": f"Done: {step.what}"},
    )


def _outcome(item, author):
    return outcomes.record(
        item.fields,
        uuid=item.uuid,
        author=author,
        kind=Entry.OUTBOX,
        occurred_at=item.occurred_at,
        zone=item.zone,
        doubts=() if item.sure else ["at"],
        result={"seq": item.seq},
    )


KINDS = {"log": _log, "outcome": _outcome, "step_done": _step_done}


# Answering ---------------------------------------------------------------------------------------


def _acknowledged(item, entry):
    undo = reverse("entry_undo", args=[entry.uuid]) if entry.undoable else ""
    return {"ack": str(item.uuid), "toast": _said(entry), "undo": undo, "events": EVENTS}


def _said(entry):
    if entry.result.get("said"):
        return entry.result["said"]
    if entry.pending:
        return f"Kept: {entry.summary}. One thing to check on Today."
    return f"Logged: {entry.summary}."


def _rejected(sent, why):
    return {"rejected": _named(sent), "why": why}


def _named(sent):
    """The UUID as it was sent, as far as it can be read: the device looks for it by that."""
    name = sent.get("uuid") if isinstance(sent, dict) else None
    return name if isinstance(name, str) and len(name) == 36 and name.isascii() else None
