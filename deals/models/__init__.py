"""Money with a date."""

from .deal import Deal, DealChange, DealContact
from .stage import Milestone, Stage

__all__ = ["Deal", "DealChange", "DealContact", "Milestone", "Stage"]
