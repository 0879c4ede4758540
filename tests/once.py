"""What is made once for a whole run, whichever of pytest's processes needs it first."""

import fcntl
import os
import shutil


def once(factory, name, make):
    """The folder `name`, filled by make(folder); `factory` is pytest's tmp_path_factory."""
    root = factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        root = root.parent
    folder, made = root / name, root / f"{name}.made"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            made.touch()
    return folder
