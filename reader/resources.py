"""Where the files that ship with the program are."""

from pathlib import Path


def _shipped(folder: str) -> Path:
    """A shipped folder: inside the package in a wheel, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    for candidate in (package / folder, package.parent / folder):
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"{folder}/ is neither in nor beside {package}")


def styles() -> Path:
    """The folder of the style sheets."""
    return _shipped("styles")


def seeds() -> Path:
    """The folder of the bundled listings."""
    return _shipped("seeds")
