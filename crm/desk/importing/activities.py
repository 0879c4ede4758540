"""What one row of an activities file stands for: something that happened, or a step that is due."""

from datetime import datetime

from accounts.models import Activity, Step
from crm.web import clock
from crm.web.text import fold

from .reading import Unreadable

_KINDS = {
    "call": "call|phone|phone call|telephone|anruf|cold call|logged call|outgoing call|outbound call",
    "email": "email|e mail|mail|outgoing email|sent email|email sent|logged email",
    "meeting": "meeting|meet|appointment|visit|demo|lunch|event|video call|conference|presentation|termin|besuch",
    "message": "message|sms|text|text message|whatsapp|linkedin|linkedin message|chat|wa|direct message",
    "note": "note|notes|comment|memo|notiz",
    "todo": "task|to do|todo|deadline|reminder|aufgabe",
}
_KIND = {name: kind for kind, names in _KINDS.items() for name in names.split("|")}
_INBOUND = {"incoming", "inbound", "in", "received", "from them", "incoming call", "incoming email", "inbound call"}
_RESULTS = {
    "connected": "connected|spoke|talked|answered|interested|live conversation|reached",
    "left_voicemail": "left voicemail|voicemail|left vm|lvm|left voice mail|voice mail",
    "left_message": "left message|left live message|left a message|gatekeeper",
    "no_answer": "no answer|not answered|no response|missed|unanswered|did not answer|noanswer",
    "busy": "busy|line busy|engaged",
    "wrong_number": "wrong number|invalid number|bad number",
    "held": "held|completed|done|attended|took place|successful",
    "no_show": "no show|noshow|no shows|did not show",
    "cancelled": "cancelled|canceled|called off",
    "auto_reply": "auto reply|autoreply|out of office|ooo",
    "bounced": "bounced|hard bounce|soft bounce|undelivered",
}
_RESULT = {name: result for result, names in _RESULTS.items() for name in names.split("|")}
_DONE = {"yes", "true", "1", "done", "completed", "complete", "closed", "x", "finished", "kept"}
_DROPPED = {"dropped", "cancelled", "canceled", "abandoned"}


def check(v, makes, about):
    """Raises Unreadable for a row of an activities file that says nothing or not when."""
    if about != "activities" or "activity" not in makes:
        return
    if not (v.get("on") or v.get("due_on")):
        raise Unreadable("There is no date, so it cannot be told when this happened.")


def of(v, about, today, dated):
    """(record, values) of what a row says: ("activity", …), ("step", …), one of both or nothing.

    `dated`: the file says when things are due; where it has no such column, a task is due on its date.
    """
    if about != "activities":
        if v.get("step"):
            yield "step", _step(v, v["step"], v.get("opened_on"), Step.Kind.TODO)
        if v.get("text"):
            on = v.get("on") or v.get("opened_on") or today
            yield "activity", _activity({**v, "on": on}, Activity.Kind.NOTE)
        return
    kind = _kind(v)
    done = v.get("done")
    if kind == "todo" or (done is not None and fold(done) not in _DONE | _DROPPED):
        what = v.get("subject") or v.get("step") or (v.get("text") or "").split("\n")[0] or "To do"
        kind = next((k for k in (fold(v.get("step_kind") or ""), kind) if k in Step.Kind.values), Step.Kind.TODO)
        yield "step", _step(v if dated else {**v, "due_on": _day(v.get("on"))}, what, v.get("on"), kind)
        return
    yield "activity", _activity(v, kind)
    if v.get("step"):
        yield "step", _step(v, v["step"], v.get("on"), Step.Kind.TODO)


def _kind(v):
    said = fold(v.get("kind") or "")
    if said in _KIND:
        return _KIND[said]
    for word in said.split():
        if word in _KIND:
            return _KIND[word]
    return Activity.Kind.NOTE


def _activity(v, kind):
    on, at = v["on"] if v.get("on") else v["due_on"], None
    if isinstance(on, datetime):
        on, at = clock.day_of(on), on
    elif v.get("time"):
        at = clock.instant(on, v["time"])
    outcome = _RESULT.get(fold(v.get("result") or ""), "")
    if outcome == "held" and kind == "call":
        outcome = "connected"
    if outcome not in Activity.OUTCOMES[kind]:
        outcome = ""
    text = v.get("text") or ""
    if v.get("result") and not outcome and kind != Activity.Kind.NOTE:
        text = f"{text}\n({v['result']})".strip()
    return {
        "kind": kind, "direction": _direction(v, kind), "outcome": outcome, "on": on, "at": at,
        "minutes": v.get("minutes"), "subject": v.get("subject") or "", "text": text,
        "private": bool(v.get("private")),
    }  # fmt: skip


def _direction(v, kind):
    """A call or mail in a seller's list went out unless it says otherwise; meetings and notes have none."""
    if kind in (Activity.Kind.MEETING, Activity.Kind.NOTE):
        return ""
    said = fold(v.get("direction") or v.get("kind") or "")
    inbound = said in _INBOUND or any(word in _INBOUND for word in said.split())
    return Activity.Direction.IN if inbound else Activity.Direction.OUT


def _step(v, what, made_on, kind):
    done = fold(v.get("done") or "")
    state = Step.State.DONE if done in _DONE else Step.State.DROPPED if done in _DROPPED else Step.State.OPEN
    due_on = v.get("due_on")
    done_on = None if state == Step.State.OPEN else v.get("done_on") or due_on or _day(made_on)
    owner = Step.Owner.THEM if fold(v.get("owner") or "") in ("them", "they", "theirs", "buyer") else Step.Owner.ME
    return {
        "owner": owner, "kind": kind, "what": " ".join(what.split())[:300], "due_on": due_on, "due_time": v.get("time"),
        "state": state, "done_on": done_on, "private": bool(v.get("private")), "made_on": made_on,
    }  # fmt: skip


def _day(value):
    return clock.day_of(value) if isinstance(value, datetime) else value
