"""One seller's records, all of them invented, as the quick log's tests know them."""

import csv
import json
from datetime import datetime
from pathlib import Path

from crm.desk.quicklog import Directory

HERE = Path(__file__).parent
STAGES = ["Conversation", "Goal shared", "Diagnosed", "Evaluating", "Proposal", "Negotiation"]
WED = datetime(2026, 3, 11, 9, 30)  # a Wednesday morning


def directory(path=HERE / "directory.csv"):
    known, ids = Directory(STAGES), {}
    with open(path, encoding="utf-8") as f:
        for n, row in enumerate(csv.DictReader(f), 1):
            prospect = row["prospect"]
            if prospect not in ids:
                ids[prospect] = len(ids) + 1
                known.upsert_prospect(ids[prospect], prospect)
            known.upsert_contact(n, row["person"], ids[prospect])
            if row.get("deal") and row["deal"] not in ids:
                ids[row["deal"]] = 1000 + len(ids)
                known.upsert_deal(ids[row["deal"]], row["deal"], ids[prospect])
    return known


def corpus():
    with open(HERE / "corpus.jsonl", encoding="utf-8") as f:
        return [json.loads(line) for line in f]
