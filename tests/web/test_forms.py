"""The hidden UUID of a form: taken as sent, fresh where it is no UUID, so that nothing typed is refused for it."""

import uuid

import pytest

from crm.web.forms import EntryForm


def test_a_uuid_is_taken_as_sent():
    sent = uuid.uuid4()
    form = EntryForm({"uuid": str(sent)})
    assert form.is_valid() and form.cleaned_data["uuid"] == sent


@pytest.mark.parametrize("sent", ["", "1", "x\0y", "\N{RIGHT-TO-LEFT OVERRIDE}", "9" * 20_000])
def test_a_malformed_one_gets_a_fresh_one(sent):
    form = EntryForm({"uuid": sent})
    assert form.is_valid() and isinstance(form.cleaned_data["uuid"], uuid.UUID)
