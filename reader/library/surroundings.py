"""What around a library can harm it: other copies, folders that are synchronised, network disks."""

import os
import re
from contextlib import suppress
from pathlib import Path

_CONFLICT = re.compile(
    r"\.sync-conflict-|\(conflicted copy|\(.*'s conflicted copy|\bconflict\b|~conflict",
    re.IGNORECASE,
)
_SYNCED = (".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".nextcloudsync.log",
           ".sync", ".tresorit")  # fmt: skip
_SYNCED_NAMES = ("dropbox", "onedrive", "icloud drive", "google drive", "nextcloud", "mega")
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ceph", "glusterfs",
            "davfs", "fuse.davfs", "webdav")  # fmt: skip


def conflict_copies(library: Path) -> list[Path]:
    """Files beside a library that a synchronisation made of it."""
    with suppress(OSError):
        beside = [one for one in library.parent.iterdir() if one.name.startswith(library.stem)]
        return sorted(one for one in beside if _CONFLICT.search(one.name))
    return []


def synced_by(library: Path) -> str:
    """The folder that a synchronisation keeps and the library lies in; empty for none."""
    for folder in library.absolute().parents:
        if folder.name.lower() in _SYNCED_NAMES:
            return str(folder)
        with suppress(OSError):
            if any((folder / mark).exists() for mark in _SYNCED):
                return str(folder)
    return ""


def network_file_system(library: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of network disk that a library lies on; empty for a local one or when unknown.

    The format is that of fstab(5): device, mount point, type.
    """
    place = os.path.realpath(library.parent)
    best, kind = "", ""
    with suppress(OSError):
        for line in mounts.read_text("utf-8", "replace").splitlines():
            fields = line.split(" ")
            if len(fields) < 3:  # noqa: PLR2004 - device, mount point, type
                continue
            point = fields[1].replace("\\040", " ")
            inside = place == point or place.startswith(point.rstrip("/") + "/")
            if inside and len(point) >= len(best):
                best, kind = point, fields[2]
    return kind if kind in _NETWORK else ""


def troubles(library: Path) -> list[str]:
    """What around a library can harm it, in words, with what to do."""
    told = [
        f"{copy.name} is a copy that a synchronisation made: `reader doctor` says how to join it"
        for copy in conflict_copies(library)
    ]
    if folder := synced_by(library):
        told.append(f"{folder} is synchronised by another program, which can replace the library")
    if kind := network_file_system(library):
        told.append(f"the library lies on a network disk ({kind}), whose locks may not hold")
    return told
