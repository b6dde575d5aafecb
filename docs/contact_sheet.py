"""Every screen in four themes at three sizes on one page, to be looked at: make contact-sheet.

Writes build/contact-sheet.html, and a PNG for each theme where Pillow and a monospaced font are.
"""

import asyncio
import html
import os
from pathlib import Path
from typing import TYPE_CHECKING

from docs.stage import press, staged

if TYPE_CHECKING:
    from textual.strip import Strip

    from reader.tui.app import ReaderApp

TARGET = Path(__file__).parent.parent / "build"
THEMES = ("ink", "paper", "contrast", "mono")
SIZES = ((120, 36), (80, 24), (56, 16))
_SET_UP = "s t =theory enter j w j t =theory/learning enter j i j + + k k"
SCREENS = {
    "list": _SET_UP,
    "selection": "3 j v 2 j",
    "groups": "z g",
    "relaxed": "z d",
    "abstract": "l ) )",
    "sidebar": f"{_SET_UP} h j j",
    "which-key": "g",
    "find": "f =scal_year:2020..",
    "nothing found": "f =zzzz enter",
    "empty view": "g r",
    "command": ": =sort_",
    "tag palette": f"{_SET_UP} 3 t",
    "tags": f"{_SET_UP} g T c",
    "history": f"{_SET_UP} g H",
    "help": "?",
    "palette": "ctrl+p =sort",
    "data": "I",
    "all marked": "ctrl+a",
    "question": f"{_SET_UP} g T D",
    "themes": "z c",
    "refusal": "ctrl+r",
}
_FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf"


async def main() -> None:
    """Draw the page."""
    TARGET.mkdir(exist_ok=True)
    only = os.environ.get("THEME", "")
    parts = ["<!doctype html><meta charset=utf-8><title>reader</title>",
             "<style>body{background:#777;font-family:sans-serif}svg{width:600px;height:auto}",
             "figure{display:inline-block;margin:8px}</style>"]  # fmt: skip
    for theme in THEMES if not only else (only,):
        pictures = []
        for name, keys in SCREENS.items():
            for size in SIZES:
                async with staged(size, theme) as (app, pilot):
                    await press(pilot, keys)
                    await pilot.pause(0.4 if name == "which-key" else 0)
                    svg = app.export_screenshot(title=f"{name} {theme}")
                    parts.append(f"<figure>{svg}<figcaption>{html.escape(name)} · {theme} · "
                                 f"{size[0]}×{size[1]}</figcaption></figure>")  # fmt: skip
                    pictures.append(_cells(app))
        _draw(pictures, TARGET / f"contact-sheet-{theme}.png")
    (TARGET / "contact-sheet.html").write_text("\n".join(parts), "utf-8")


def _cells(app: "ReaderApp") -> "list[Strip]":
    return app.screen._compositor.render_strips()  # noqa: SLF001 - as tests read the screen


def _draw(pictures: "list[list[Strip]]", target: Path) -> None:
    """The screens as one picture, three in a row; nothing without Pillow or the font."""
    try:
        from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - not needed otherwise
    except ImportError:
        return
    if not Path(_FONT).exists():
        return
    size, wide, high = 10, 6, 13
    fonts = [ImageFont.truetype(path, size) for path in (_FONT, _FONT.replace(".ttf", "-Bold.ttf"))]
    rows = [pictures[i : i + len(SIZES)] for i in range(0, len(pictures), len(SIZES))]
    width = sum(columns * wide + 12 for columns, _ in SIZES)
    height = sum(max(map(len, row)) * high + 12 for row in rows)
    sheet = Image.new("RGB", (width, height), "#777777")
    pen = ImageDraw.Draw(sheet)
    top = 0
    for row in rows:
        left = 0
        for picture in row:
            for y, strip in enumerate(picture):
                x = left
                for text, style, _ in strip:
                    x = _write(pen, fonts, (x, top + y * high), text, style, (wide, high))
            left += picture[0].cell_length * wide + 12
        top += max(map(len, row)) * high + 12
    sheet.save(target)


def _write(pen, fonts, place, text, style, cell):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
    """Write one segment; the cell behind it."""
    from rich.cells import cell_len  # noqa: PLC0415

    colours = [style.color if style else None, style.bgcolor if style else None]
    fore, back = (
        one.triplet.hex if one is not None and one.triplet else usual
        for one, usual in zip(colours, ("#dddddd", "#101010"), strict=True)
    )
    if style and style.reverse:
        fore, back = back, fore
    if style and style.dim:
        fore = "#888888"
    x, y = place
    width = cell_len(text) * cell[0]
    pen.rectangle((x, y, x + width - 1, y + cell[1] - 1), fill=back)
    for char in text:
        pen.text((x, y), char, fill=fore, font=fonts[bool(style and style.bold)])
        if style and style.underline:
            pen.line((x, y + cell[1] - 1, x + cell[0] - 1, y + cell[1] - 1), fill=fore)
        x += cell_len(char) * cell[0]
    return x


if __name__ == "__main__":
    asyncio.run(main())
