"""What the floors above may listen for."""

from django.dispatch import Signal

# Sent after the time zone, currency or date order of the installation was changed; `installation` is the new row.
locale_changed = Signal()
