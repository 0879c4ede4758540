"""The page of status: every open account in brief lines, what they come to, what ended, and what changed.

    Status(installation, audience, Asked.of(params, today), user=None)

`page.Status` has all parts; docs/status.md has the rules.
"""

from . import sheets
from .asked import Asked
from .page import Status

__all__ = ["Asked", "Status", "sheets"]
