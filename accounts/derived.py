"""What follows from records and is stored for speed: standings, the full-text index, changed names.

`Touched` collects records while they are written and brings all of that up to date at the end, once.
"""

from django.apps import apps

from crm.web import bulk, textindex

NAMED = ("prospect", "contact", "deal", "stage")


class Touched:
    """The records one transaction wrote, and what is to follow from them."""

    def __init__(self):
        self.records = {}  # those to be indexed
        self.renamed = {}  # keys, in the order they came
        self.fresh = set()  # keys of records that are in hand as they were written
        self.new = set()  # keys of records that were made just now
        self.prospects = set()
        self.deals = set()

    def add(self, record, fresh=False, new=False, renamed=True, searched=True):
        """`fresh`: the record is as it was just written, and need not be read again; `new`: it was just made.

        `renamed`: the quick log may know it by another name now, or in another place; `searched`: its text may differ.
        """
        key = (record._meta.model_name, record.pk)
        if renamed and key[0] in NAMED:
            self.renamed[key] = True
        if searched:
            self.records[key] = record
            self.fresh.add(key) if fresh else self.fresh.discard(key)
        if new:
            self.new.add(key)
        prospects, deals = record.standings()
        self.prospects.update(prospects)
        self.deals.update(deals)

    def follow(self):
        from accounts import standing

        if self.prospects or self.deals:
            standing.refresh(self.prospects, self.deals)
        self._index()
        if self.renamed:
            change = apps.get_model("accounts.NameChange")
            bulk.store(*(change(record_type=kind, record_id=pk) for kind, pk in self.renamed))

    def _index(self):
        gone, documents = [], []
        for (kind, pk), record in self.records.items():
            if kind not in textindex.KINDS:
                continue
            if (kind, pk) not in self.fresh:
                record = type(record).everything.filter(pk=pk).first()
            if record is None or record.trashed_at:
                gone.append((kind, pk))
            else:
                documents.append((kind, pk, *record.document()))
        if gone:
            textindex.drop(gone)
        for new in (True, False):
            textindex.put([d for d in documents if (d[:2] in self.new) is new], fresh=new)
