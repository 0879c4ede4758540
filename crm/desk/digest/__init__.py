"""The digest: the page of status by mail, at a time of each reader's choice, each one once."""

from .due import next_on
from .sending import send_again, send_due

__all__ = ["next_on", "send_again", "send_due"]
