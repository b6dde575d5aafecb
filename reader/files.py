"""Writing files so that whoever reads one finds it whole: as it was, or as it is to be."""

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def replace_file(target: Path, parts: Iterable[str]) -> None:
    """Write a file through a temporary one beside it, readable by its owner alone.

    Raises:
        OSError: It cannot be written; what stood there stands.
    """
    handle, partial = tempfile.mkstemp(prefix=f".{target.name[:40]}-", dir=target.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        Path(partial).replace(target)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise
