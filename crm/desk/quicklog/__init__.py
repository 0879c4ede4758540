"""The quick log: one line of plain English read into a call, its outcome, next steps and deal changes.

Pure Python. `parse` never raises and never guesses: see `parse.py`, and `reading.py` for what it gives.
"""

from .directory import Directory
from .parse import Context, Settings, parse
from .reading import Activity, DealChanges, Done, Named, Reading, Step

__all__ = ["Activity", "Context", "DealChanges", "Directory", "Done", "Named", "Reading", "Settings", "Step", "parse"]
