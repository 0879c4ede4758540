"""What the desk itself remembers."""

from .deferral import Deferral

__all__ = ["Deferral"]
