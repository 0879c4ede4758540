"""Uploads for the tests of the import pages."""

import uuid

from django.core.files.uploadedfile import SimpleUploadedFile

from crm.desk.importing import jobs, uploads
from crm.desk.models import Import

SHEET = """prospect,person,email,deal,amount,stage,close_on,colour
Halden Freight,Dana Whitfield,dana@halden.example,Halden rollout,48000,Evaluating,2026-04-30,red
Kite & Co,Jo Park,jo@kite.example,Kite portal,95000.50,Someday,2026-09-30,
Ember Roofing,Lou Mertens,lou@ember.example,Ember roof,12,Proposal,soon,
"""


def upload(text=SHEET, name="book.csv"):
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text, content_type="text/csv")


def ready(author, text=SHEET, name="book.csv"):
    """An upload that waits to be imported."""
    return uploads.receive(upload(text, name), uuid.uuid4(), author)


def imported(author, text=SHEET, name="book.csv"):
    """An upload that has been imported."""
    item = ready(author, text, name)
    item.start()
    jobs.perform(Import.objects.get(pk=item.pk))
    return Import.objects.get(pk=item.pk)
