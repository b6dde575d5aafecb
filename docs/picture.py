"""Draw the documents' pictures from the real screen on the sample shelf: make pictures."""

import asyncio
from pathlib import Path

from docs.stage import press, staged

FOLDER = Path(__file__).parent
_SET_UP = "s t =theory enter j w j t =theory/learning enter j i j + + k k"
PICTURES = {
    "screen": ((120, 36), "ink", f"{_SET_UP}"),
    "find": ((120, 36), "ink", f"{_SET_UP} f =scal_year:2020.. "),
    "groups": ((120, 36), "paper", f"{_SET_UP} z g m m v j"),
    "help": ((100, 30), "ink", "? =prio"),
    "stacked": ((80, 24), "contrast", f"{_SET_UP}"),
}
"""Each picture: the size, the theme, and what is pressed."""


async def main() -> None:
    """Draw all of them."""
    for name, (size, theme, keys) in PICTURES.items():
        async with staged(size, theme) as (app, pilot):
            await press(pilot, keys)
            (FOLDER / f"{name}.svg").write_text(app.export_screenshot(title="reader"), "utf-8")


if __name__ == "__main__":
    asyncio.run(main())
