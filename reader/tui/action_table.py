"""The table of actions: keys, footer, palette, help, `:` names and the documents derive from it."""

from reader.tui.actions import Action, Offers, Scope, named

_E, _P, _L, _T, _S = Scope.EVERYWHERE, Scope.PAPER, Scope.LIST, Scope.TEXT, Scope.SIDEBAR

_MOVE = (
    Action("move.down", ("j", "down"), "down", "Move down; in the text, scroll", "Move", _E,
           "down"),
    Action("move.up", ("k", "up"), "up", "Move up", "Move", _E, "up"),
    Action("move.top", ("g g", "home"), "top", "Go to the top", "Move", _E, "top"),
    Action("move.bottom", ("G", "end"), "bottom", "Go to the bottom, or to row N (12G)", "Move", _E,
           "bottom"),
    Action("move.half_down", ("ctrl+d",), "half page", "Move half a page down", "Move", _E,
           "half-down"),
    Action("move.half_up", ("ctrl+u",), "half page up", "Move half a page up", "Move", _E,
           "half-up"),
    Action("move.page_down", ("ctrl+f", "pagedown"), "page", "Move a page down", "Move", _E,
           "page-down"),
    Action("move.page_up", ("ctrl+b", "pageup"), "page up", "Move a page up", "Move", _E,
           "page-up"),
    Action("move.next_group", ("}",), "next group",
           "Go to the next group; in the text, to the next paragraph", "Move", _P, "next-group"),
    Action("move.previous_group", ("{",), "previous group",
           "Go to the beginning of this group or the one before; in the text, of the paragraph",
           "Move", _P, "previous-group"),
    Action("move.next_unread", ("n",), "next unread",
           "Go to the next unread paper; while finding in the text, to the next place", "Move", _P,
           "next"),
    Action("move.previous_unread", ("N",), "previous unread",
           "Go to the previous unread paper, or the previous place", "Move", _P, "previous"),
    Action("pane.deeper", ("l", "right", "enter"), "open", "Go deeper: sidebar, list, abstract",
           "Move", _E, "deeper"),
    Action("pane.shallower", ("h", "left"), "back", "Go back: abstract, list, sidebar", "Move", _E,
           "shallower"),
    Action("pane.next", ("tab",), "next pane", "Go to the next pane", "Move", _E, "next-pane"),
    Action("pane.previous", ("shift+tab",), "previous pane", "Go to the previous pane", "Move", _E,
           "previous-pane"),
    Action("travel.back", ("H", "ctrl+o"), "back", "Go back to what was shown before", "Move", _E,
           "back"),
    Action("travel.forward", ("L",), "forward", "Go forward again", "Move", _E, "forward"),
)  # fmt: skip

_READ = (
    Action("text.forward", ("J",), "next paper",
           "List: scroll the abstract; abstract: next paper", "Read", _P, "scroll"),
    Action("text.backward", ("K",), "scroll back",
           "List: scroll the abstract back; abstract: previous paper", "Read", _P, "scroll-back"),
    Action("text.read_on", ("space",), "read on",
           "Page the abstract; at its end, the next unread paper", "Read", _P, "read-on"),
    Action("text.page_back", ("backspace",), "page back", "Page the abstract back", "Read", _P,
           "page-back"),
    Action("text.next_sentence", (")",), "next sentence",
           "Move the reading cursor to the next sentence", "Read", _T, "next-sentence"),
    Action("text.previous_sentence", ("(",), "previous sentence",
           "Move the reading cursor to the previous sentence", "Read", _T, "previous-sentence"),
    Action("text.next_mark", ("]",), "next bar", "Go to the next sentence with a skim bar", "Read",
           _T, "next-bar"),
    Action("text.previous_mark", ("[",), "previous bar",
           "Go to the previous sentence with a skim bar", "Read", _T, "previous-bar"),
    Action("link.open", ("o",), "open page", "Open the abstract page in the browser", "Read", _P,
           "open"),
    Action("link.choose", ("O", "g x"), "links",
           "Choose one of the paper's links: page, PDF, DOI, code; its number opens it", "Read",
           _P, "links"),
    Action("link.authors", ("@",), "authors", "Show the papers of one of the authors", "Read", _P,
           "authors"),
)  # fmt: skip

_DECIDE = (
    Action("paper.star", ("s",), "star", "Star the papers; when all have one, take the stars away",
           "Decide", _P, "star", ranged=True),
    Action("paper.unstar", (), "unstar", "Take the stars away", "Decide", _P, "unstar",
           ranged=True),
    Action("paper.later", ("w",), "later", "Want to read it later", "Decide", _P, "later",
           handler="paper.set_status", text="later", ranged=True),
    Action("paper.reading", ("i",), "reading", "Reading it: in progress", "Decide", _P, "reading",
           handler="paper.set_status", text="reading", ranged=True),
    Action("paper.read", ("r",), "read", "Read it: done", "Decide", _P, "done",
           handler="paper.set_status", text="read", ranged=True),
    Action("paper.skip", ("x",), "skip", "Skip it: not for me; it stays searchable", "Decide", _P,
           "skip", handler="paper.set_status", text="skipped", ranged=True),
    Action("paper.unread", ("U",), "unread", "Put it back into the inbox", "Decide", _P, "unread",
           handler="paper.set_status", text="unread", ranged=True),
    Action("paper.skip_rest", ("X",), "skip the rest",
           "Skip every unread paper of this view (asks above 50)", "Decide", _E, "skip-rest"),
    Action("paper.raise_priority", ("+",), "priority up", "Raise the priority: none, C, B, A",
           "Decide", _P, "raise", handler="paper.step_priority", text="1", ranged=True),
    Action("paper.lower_priority", ("-",), "priority down", "Lower the priority", "Decide", _P,
           "lower", handler="paper.step_priority", text="-1", ranged=True),
    Action("paper.priority", (), "priority", "Set the priority", "Decide", _P, "prio",
           "A|B|C|none", Offers.CHOICE, ranged=True),
    Action("paper.tag", ("t",), "tag", "Add and remove tags", "Decide", _P, "tag", "[+a -b]",
           Offers.TAGS, ranged=True),
    Action("dup.compare", ("=",), "compare",
           "Compare with what may be the same paper, or the marked ones; merge or keep apart",
           "Decide", _P, "compare"),
    Action("dup.merge", (), "merge", "Merge the marked papers into this one", "Decide", _P,
           "merge"),
    Action("dup.split", (), "split", "Make a paper of its own from one record of this one",
           "Decide", _P, "split"),
    Action("data.edit", ("I",), "data", "Show and change the paper's data, with its sources",
           "Decide", _P, "edit"),
    Action("data.citekey", (), "citekey", "Give the paper another citekey", "Decide", _P, "key",
           "NEWKEY"),
    Action("paper.trash", ("D",), "trash", "Move it to the trash; nothing is lost", "Decide", _P,
           "trash", ranged=True),
    Action("paper.untrash", (), "untrash", "Take it out of the trash", "Decide", _P, "untrash",
           ranged=True),
)  # fmt: skip

_SELECT = (
    Action("select.mark", ("m",), "mark", "Mark the paper, or unmark it, and move down", "Select",
           _P, "mark"),
    Action("select.visual", ("v",), "range",
           "Begin a range that every movement extends; in the text, choose sentences", "Select",
           _P, "visual"),
    Action("select.down", ("shift+down",), "extend down", "Extend the range down", "Select", _L,
           "extend-down"),
    Action("select.up", ("shift+up",), "extend up", "Extend the range up", "Select", _L,
           "extend-up"),
    Action("select.all", ("ctrl+a",), "mark all", "Mark every paper of the view", "Select", _L,
           "mark-all"),
    Action("select.again", ("g v",), "select again", "Mark again what was selected last", "Select",
           _L, "reselect"),
    Action("history.undo", ("u",), "undo", "Undo the last change, whenever it was made (3u)",
           "Change", _E, "undo", "[N]"),
    Action("history.redo", ("ctrl+r",), "redo", "Redo what was undone", "Change", _E, "redo",
           "[N]"),
    Action("history.repeat", (".",), "repeat",
           "Do the last change again, to this paper or the selection", "Change", _P, "repeat",
           ranged=True),
    Action("history.list", ("g H",), "changes",
           "Show all changes; any one can be taken back by itself", "Change", _E, "history"),
)  # fmt: skip

_FIND = (
    Action("find.filter", ("/",), "filter", "Filter this view as you type; in the text, find there",
           "Find", _E, "filter", "[QUERY]", Offers.QUERY),
    Action("find.anywhere", ("f",), "find", "Find in the whole library, best match first", "Find",
           _E, "find", "[QUERY]", Offers.QUERY),
    Action("find.clear", ("\\",), "clear filter", "Clear the filter", "Find", _E, "clear"),
    Action("find.earlier", ("g /",), "earlier searches", "Choose one of the earlier searches",
           "Find", _E, "searches"),
    Action("travel.paper", ("g p",), "go to paper", "Go to a paper by title, citekey, id or DOI",
           "Find", _E, "paper", "[REF]"),
    Action("travel.date", ("g d",), "go to date", "Go to the papers of a day: 2026-05-07, -1w",
           "Find", _E, "date", "DAY"),
)  # fmt: skip

_VIEW = (
    *(
        Action(f"view.{name}", (f"g {key}",), title, f"Go to {what}", "View", _E, name,
               handler="view.own", text=view)
        for key, name, view, title, what in (
            ("i", "inbox", "inbox", "inbox", "the inbox: everything unread"),
            ("t", "today", "today", "today", "what came since yesterday"),
            ("l", "queue", "later", "later", "the papers to read later"),
            ("c", "current", "reading", "reading", "the papers being read"),
            ("s", "starred", "starred", "starred", "the starred papers"),
            ("r", "finished", "read", "read", "the papers that are read"),
            ("a", "all", "all", "all", "all papers"),
        )
    ),
    Action("view.own", (*(f"g {n}" for n in range(1, 10)), *(f"alt+{n}" for n in range(1, 10))),
           "own view", "Go to your own view of that number, or to any view by name", "View", _E,
           "view", "[NAME]", Offers.VIEWS, numbered=True),
    Action("view.save", ("a",), "save view", "Keep what is shown as a view of your own", "View", _S,
           "save-view", "[NAME]"),
    Action("view.edit", ("e",), "edit view", "Change the name or the query of the view", "View", _S,
           "edit-view"),
    Action("view.remove", ("D",), "delete view", "Delete the view; undo brings it back", "View", _S,
           "delete-view"),
    Action("view.raise", ("+",), "move up", "Move the view up", "View", _S, "raise-view",
           handler="view.move", text="-1"),
    Action("view.lower", ("-",), "move down", "Move the view down", "View", _S, "lower-view",
           handler="view.move", text="1"),
    Action("view.fold", ("space",), "fold", "Fold or unfold a section or the tags below a tag",
           "View", _S, "fold"),
    Action("view.refresh", ("ctrl+l",), "refresh",
           "Refresh the view: drop the dimmed rows, which no longer belong in it", "View", _E,
           "refresh"),
    Action("view.unread", ("z u",), "unread only", "Show only what is unread, or all again", "View",
           _E, "unread-only"),
    Action("view.tags", ("g T",), "tags", "Show the tags: rename, merge, colour, pin, delete",
           "View", _E, "tags"),
)  # fmt: skip

_SORT = (
    *(
        Action(f"sort.{name}", (f"S {key}",), title, f"Sort by {title}", "Sort", _E,
               f"sort-{name}", handler="sort.by", text=order)
        for key, name, order, title in (
            ("d", "date", "date", "date"), ("n", "added", "added", "newest added"),
            ("p", "priority", "prio", "priority"), ("u", "votes", "votes,-comments", "upvotes"),
            ("t", "title", "title", "title"), ("a", "author", "author", "first author"),
        )
    ),
    Action("sort.reverse", ("S r",), "reverse", "Reverse the order", "Sort", _E, "reverse"),
    Action("sort.by", (), "sort", "Sort by a key, or by several: prio,-date", "Sort", _E, "sort",
           "KEY", Offers.ORDERS),
    Action("sort.cycle_group", ("z g",), "group", "Change the grouping: day, source, tag, none",
           "Sort", _E, "next-grouping"),
    Action("sort.group", (), "group", "Group the list", "Sort", _E, "group", "KEY", Offers.GROUPS),
)  # fmt: skip

_LOOK = (
    Action("look.centre", ("z z",), "centre", "Scroll the cursor's row to the centre", "Look", _P,
           "centre", handler="look.put", text="centre"),
    Action("look.to_top", ("z t",), "to the top", "Scroll the cursor's row to the top", "Look", _P,
           "to-top", handler="look.put", text="top"),
    Action("look.to_bottom", ("z b",), "to the bottom", "Scroll the cursor's row to the bottom",
           "Look", _P, "to-bottom", handler="look.put", text="bottom"),
    Action("look.sidebar", ("z s",), "sidebar", "Show or hide the sidebar", "Look", _E, "sidebar"),
    Action("look.abstract", ("z p",), "abstract", "Show or hide the abstract", "Look", _E,
           "abstract"),
    Action("look.layout", ("z l",), "layout", "Change the layout: auto, columns, rows, single",
           "Look", _E, "layout", "[auto|columns|rows|single]", Offers.CHOICE,
           handler="look.layout_to"),
    Action("look.density", ("z d",), "density", "Change the lines of a paper: 1, 3, 4", "Look", _E,
           "density", "[compact|cozy|relaxed]", Offers.CHOICE),
    Action("look.skim", ("z h",), "skim bars",
           "Change the bars beside the abstract: goal and result, all, none", "Look", _E, "skim",
           "[off|results|all]", Offers.CHOICE),
    Action("look.math", ("z m",), "math", "Show math as Unicode or as the LaTeX received", "Look",
           _E, "math"),
    Action("look.measure", ("z w",), "measure", "Change the widest line: 60, 72, 88, full", "Look",
           _E, "measure", "[60|72|88|full]", Offers.CHOICE),
    Action("look.zoom", ("Z",), "zoom", "Give the focused pane the whole screen, or take it back",
           "Look", _E, "zoom"),
    Action("look.shrink", ("<",), "shrink", "Make the focused pane smaller", "Look", _E, "shrink",
           handler="look.resize", text="-1"),
    Action("look.grow", (">",), "grow", "Make the focused pane larger", "Look", _E, "grow",
           handler="look.resize", text="1"),
    Action("app.theme", ("z c",), "theme", "Choose a theme, seen while choosing", "Look", _E,
           "theme", "[NAME]", Offers.THEMES),
)  # fmt: skip

_COPY = (
    *(
        Action(f"copy.{name}", (f"y {key}",), title, f"Copy {what}", "Copy", _P, f"copy-{name}",
               handler="copy.copy", text=name)
        for key, name, title, what in (
            ("y", "cite", "citekey", r"the citekeys as \cite{…}; in the text, the chosen sentence"),
            ("b", "bibtex", "BibTeX", "the BibTeX entry"), ("u", "url", "link", "the link"),
            ("c", "citation", "citation", "a formatted citation"),
            ("t", "title", "title", "the title"), ("d", "doi", "DOI", "the DOI"),
            ("i", "arxiv", "arXiv id", "the arXiv id"),
            ("m", "markdown", "Markdown", "a Markdown link"),
            ("a", "abstract", "abstract", "the abstract"), ("j", "json", "JSON", "the JSON"),
        )
    ),
    Action("bib.toggle", ("b",), "bibliography",
           "Put the papers into the active bibliography, or take them out", "Copy", _P,
           "bib-toggle"),
    Action("bib.choose", ("B",), "bibliography",
           "Choose the .bib file that is kept up to date; query Q, check, used DIR, sync", "Copy",
           _E, "bib", "[FILE|query Q|check|used DIR|sync]"),
    Action("bib.view", ("g b",), "bibliography", "Show what is in the active bibliography",
           "Copy", _E, "bib-view"),
    Action("shell.export", ("E",), "export",
           "Write the selection or the view to a file: bibtex, ris, csl-json, markdown, csv, …",
           "Copy", _P, "export", "[FORMAT] FILE", ranged=True),
    Action("shell.run", ("!",), "shell",
           "Run a command with $READER_ID, $READER_TITLE, $READER_URL … set", "Copy", _E, "shell",
           "COMMAND"),
    Action("shell.pipe", ("|",), "pipe",
           "Give the selection to a command, as json, bibtex or text", "Copy", _E, "pipe",
           "[json|bibtex|text] COMMAND", ranged=True),
)  # fmt: skip

_PROGRAM = (
    Action("add.papers", ("A",), "add",
           "Add papers: a file, a folder, an id, a link or pasted text; shown first", "Program",
           _E, "add", "[PATH|ID|TEXT]"),
    Action("feed.sync", ("R",), "sync",
           "Ask the feeds for what is new (2R only the 2 stalest); Esc stops it", "Program", _E,
           "sync", "[FEED]", Offers.FEEDS),
    Action("feed.screen", ("F",), "feeds", "Show the feeds: follow, pause, health, papers",
           "Program", _E, "feeds", handler="feed.open"),
    Action("feed.subscribe", (), "subscribe",
           "Follow a feed: cs.LG, hf, author:NAME, cites:KEY, dir:PATH, a URL", "Program", _E,
           "subscribe", "SPEC", Offers.SOURCES),
    Action("feed.unsubscribe", (), "unsubscribe", "Follow a feed no longer; its papers stay",
           "Program", _E, "unsubscribe", "SPEC", Offers.FEEDS),
    Action("feed.pause", (), "pause", "Leave a feed out of syncs, or take it in again", "Program",
           _E, "pause", "SPEC", Offers.FEEDS),
    Action("feed.complete", (), "complete",
           "Ask for what the papers lack: names, abstracts, identifiers, dates", "Program", _P,
           "refetch", ranged=True),
    Action("feed.diff", (), "versions", "Compare two versions of the paper", "Program", _P, "diff",
           "[N M]"),
    Action("app.help", ("?", "f1"), "help",
           "Show the keys of this pane; type to search, Enter runs one", "Program", _E, "help",
           "[TOPIC]"),
    Action("app.palette", ("ctrl+p",), "palette",
           "Find any action, view, tag, theme or paper by a few letters", "Program", _E, "palette"),
    Action("app.command", (":",), "command", "Give a command by name", "Program", _E, "command"),
    Action("app.peel", ("escape",), "cancel",
           "Leave one layer: selection, filter, zoom; never quits", "Program", _E, "cancel"),
    Action("app.close", ("q",), "quit", "Quit: everything is saved already", "Program", _E,
           "close"),
    Action("app.quit", ("Q", "ctrl+q"), "quit", "Quit from anywhere", "Program", _E, "quit"),
    Action("app.how_to_quit", ("ctrl+c",), "how to quit", "Say how to quit", "Program", _E,
           "how-to-quit"),
    Action("app.suspend", ("ctrl+z",), "suspend", "Suspend to the shell; fg comes back",
           "Program", _E, "suspend"),
    Action("app.messages", (), "messages", "Show what was said so far", "Program", _E, "messages"),
    Action("app.lesson", (), "lesson", "Show the first lesson again", "Program", _E, "lesson"),
    Action("app.set", (), "set", "Change a setting of config.toml", "Program", _E, "set",
           "KEY VALUE", Offers.SETTINGS),
    Action("app.map", (), "map", "Give an action another key, in keys.toml", "Program", _E, "map",
           "KEY ACTION"),
    Action("app.backup", (), "backup", "Write a verified copy of the library", "Program", _E,
           "backup"),
    Action("app.remove_samples", (), "remove samples",
           "Take the bundled sample papers away; undo brings them back", "Program", _E,
           "remove-samples"),
)  # fmt: skip

ACTIONS = (*_MOVE, *_READ, *_DECIDE, *_SELECT, *_FIND, *_VIEW, *_SORT, *_LOOK, *_COPY, *_PROGRAM)
"""Every action, in the order of the help."""

BY_ID = {action.id: action for action in ACTIONS}

PREFIXES = {"g": "go to", "z": "look", "y": "copy", "S": "sort by", ",": "your own"}
"""The keys that begin a sequence, and what their popup is called."""

# What the footer of a pane shows; where there is no room, the highest number yields first.
_FOOTERS = {
    Scope.LIST: (
        ("pane.deeper", 2), ("paper.star", 1), ("paper.later", 1), ("paper.reading", 7),
        ("paper.read", 5), ("paper.skip", 3), ("paper.tag", 4), ("text.read_on", 9),
        ("find.filter", 6), ("find.anywhere", 4), ("history.undo", 2), ("app.close", 8),
        ("app.help", 0),
    ),
    Scope.TEXT: (
        ("pane.shallower", 0), ("move.down", 3), ("text.read_on", 2), ("text.forward", 4),
        ("paper.star", 1), ("paper.later", 1), ("paper.read", 5), ("paper.skip", 6),
        ("paper.tag", 4), ("copy.cite", 7), ("link.open", 8), ("history.undo", 2),
        ("app.help", 0),
    ),
    Scope.SIDEBAR: (
        ("pane.deeper", 0), ("move.down", 1), ("view.fold", 2), ("view.save", 3),
        ("view.edit", 4), ("view.remove", 4), ("find.filter", 6), ("find.anywhere", 2),
        ("history.undo", 2), ("app.close", 5), ("app.help", 0),
    ),
}  # fmt: skip

# What it shows while papers are selected: the object first, then the verbs.
_SELECTED = (
    ("app.peel", 0), ("paper.star", 1), ("paper.later", 1), ("paper.read", 4), ("paper.skip", 2),
    ("paper.tag", 2), ("paper.raise_priority", 6), ("paper.trash", 5), ("copy.cite", 6),
    ("select.mark", 3), ("app.help", 0),
)  # fmt: skip


def footer_actions(scope: Scope, *, selected: bool = False) -> list[tuple[Action, int]]:
    """The actions that the footer shows for a pane, in order, with how soon each must yield."""
    chosen = _SELECTED if selected and scope is not Scope.SIDEBAR else _FOOTERS[scope]
    return [(BY_ID[name], place) for name, place in chosen]


_ALIASES = {"q": "quit", "wq": "quit", "x": "quit", "!": "shell", "|": "pipe", "log": "history",
            "views": "view", "themes": "theme", "keys": "help", "search": "find", "h": "help",
            "read": "done", "colour": "theme", "w": "backup",
            "complete": "refetch", "follow": "subscribe",
            "feed": "feeds"}  # fmt: skip


def called(name: str) -> list[Action]:
    """The actions that people call so, or whose `:` name begins so."""
    name = name.lower()
    return named(_ALIASES.get(name, name), ACTIONS)
