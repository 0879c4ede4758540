"""What the desk itself remembers."""

from .deferral import Deferral
from .digest import DigestMail, DigestPlan
from .imports import Import, ImportMap
from .lease import Lease
from .mark import StatusMark
from .share import ShareLink

__all__ = ["Deferral", "DigestMail", "DigestPlan", "Import", "ImportMap", "Lease", "ShareLink", "StatusMark"]
