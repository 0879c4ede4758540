"""Items as a phone sends them to the outbox."""

import json
import uuid
from datetime import UTC, datetime

from accounts.models import Entry

# 09:30 on Wednesday 11 March 2026 in New York
NOW = datetime(2026, 3, 11, 13, 30, tzinfo=UTC)
URL = "/outbox/"


def item(text="called Dana, left vm", **changes):
    fields = {"text": text, "context": "", "private": False, "choices": []} | changes.pop("fields", {})
    return {
        "uuid": str(uuid.uuid4()),
        "seq": 1,
        "kind": "log",
        "occurred_at": "2026-03-11T09:30:00.000-04:00",
        "zone": "America/New_York",
        "sent_at": "2026-03-11T09:30:00.000-04:00",
        "fields": fields,
    } | changes


def send(client, sent):
    return client.post(URL, json.dumps(sent), content_type="application/json")


def kept(client, sent):
    answer = send(client, sent)
    assert (answer.status_code, answer.json()["ack"]) == (200, sent["uuid"]), answer.content
    return Entry.objects.get(uuid=sent["uuid"])
