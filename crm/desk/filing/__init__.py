"""From a typed line to records: reading it, asking what is unsure, storing it under one entry."""

from .called import Call, Next
from .chips import chips, questions
from .choices import Choices
from .context import Context, context_named, context_of, context_of_record, open_step
from .planner import read
from .record import preview, preview_of, record, refile

__all__ = [
    "Call",
    "Choices",
    "Context",
    "Next",
    "chips",
    "context_named",
    "context_of",
    "context_of_record",
    "open_step",
    "preview",
    "preview_of",
    "questions",
    "read",
    "record",
    "refile",
]
