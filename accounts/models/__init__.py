"""Who is sold to, and what happened."""

from .activity import Activity
from .contact import Contact, EmailAddress, PhoneNumber
from .entry import Effect, Entry, NameChange
from .prospect import Prospect
from .provenance import Batch, ExternalRef
from .standing import Standing
from .step import Step, StepChange

__all__ = [
    "Activity",
    "Batch",
    "Contact",
    "Effect",
    "EmailAddress",
    "Entry",
    "ExternalRef",
    "NameChange",
    "PhoneNumber",
    "Prospect",
    "Standing",
    "Step",
    "StepChange",
]
