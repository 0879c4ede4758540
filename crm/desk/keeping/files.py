"""Files that are there whole or not at all, and stay there when the power goes."""

import os
import secrets
from contextlib import contextmanager
from pathlib import Path

from . import CannotKeep


@contextmanager
def placed(path):
    """Write to the path this yields; when the block ends well, the file is flushed and takes its place.

    Raises CannotKeep where the folder is missing or may not be written to. The file is its owner's alone.
    """
    path = Path(path)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        os.close(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except OSError as error:
        raise CannotKeep(f"{path} cannot be written: {error.strerror}.") from error
    try:
        yield fresh
        flush(fresh)
        os.replace(fresh, path)
        flush(path.parent)
    finally:
        fresh.unlink(missing_ok=True)


def flush(path):
    """Have the disk confirm a file's or a folder's contents."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def age_out(folder, pattern, keep):
    """Delete all but the `keep` newest files that match, by name; returns the deleted ones."""
    gone = sorted(Path(folder).glob(pattern))[:-keep]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone
