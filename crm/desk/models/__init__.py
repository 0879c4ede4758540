"""What the desk itself remembers."""

from .deferral import Deferral
from .imports import Import, ImportMap

__all__ = ["Deferral", "Import", "ImportMap"]
