"""What the desk itself remembers."""

from .deferral import Deferral
from .imports import Import, ImportMap
from .lease import Lease
from .mark import StatusMark

__all__ = ["Deferral", "Import", "ImportMap", "Lease", "StatusMark"]
