"""Write the README's table of keys from the table of actions: python docs/keys.py."""

import re
from pathlib import Path

from reader.tui.actions import ACTIONS, keys_of

README = Path(__file__).parent.parent / "README.md"


def table() -> str:
    """The keys as a Markdown table, with a heading row for each group."""
    lines = ["| Key | What it does |", "|---|---|"]
    group = ""
    for action in ACTIONS:
        if action.group != group:
            group = action.group
            lines.append(f"| **{group}** | |")
        keys = ", ".join(f"`{keys}`" for keys in keys_of(action).split("  ") if keys)
        keys = keys or f"`:{action.command}`"
        lines.append(f"| {keys} | {action.help} |")
    return "\n".join(lines)


def main() -> None:
    """Replace the part of the README between its headings."""
    text = README.read_text("utf-8")
    text = re.sub(
        r"(`12G`\.\n\n).*?(\n\n## Files)",
        lambda found: found[1] + table() + found[2],
        text,
        flags=re.DOTALL,
    )
    README.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
