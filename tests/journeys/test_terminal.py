import os
import random
import re
import signal
import sqlite3
import sys
from contextlib import closing

import pytest

from reader import first_frame
from reader.importing import import_samples
from reader.library.connection import add_functions
from reader.library.store import Store
from tests.journeys.terminal import Terminal
from tests.library.states import problems
from tests.strategies import HOSTILE

pytestmark = pytest.mark.heavy

FORBIDDEN = re.compile(
    rb"\x1b\](?!8;;\x1b)|\x1bP|\x1b_|\x1b\^|\xc2[\x80-\x9f]|[\x00\x07\x08\x0b\x0c\x7f]"
    rb"|\xe2\x80[\xaa-\xae]|\xe2\x81[\xa6-\xa9]"
)
POINTER = re.compile(rb"\x1b\]22;[a-z-]*(?:\x07|\x1b\\)")  # Textual's own mouse pointer shapes
INTRODUCERS = re.compile(rb"\x1b(?:\[[<>=?]?[0-9;:]*\s?\$?([@-~])|([^\[]))")


@pytest.fixture
def opened():
    running = []

    def start(*arguments, **options):
        running.append(Terminal(*arguments, **options))
        return running[-1]

    yield start
    for terminal in running:
        terminal.close()


def visit_every_screen(terminal):
    terminal.press("j", "l", "j", "J", "h", "h", "j", "h", "l", " ", "G", "g", "g")
    terminal.press("t", "a", "\t", "\x1b", quiet=0.15)
    terminal.press("?", "u", "\x1b", "/", "e", "\x1b", "f", "o", "\r", "\x1b", quiet=0.15)
    terminal.press("s", "w", "x", "u", "u", "o", "g", "a", ":", "z", "\r", "g", "i")


def poison(path):
    """Put hostile text past every entrance, straight into the tables."""
    with closing(sqlite3.connect(path)) as raw:
        add_functions(raw)
        for paper, text in enumerate(HOSTILE, start=1):
            safe = text.encode("utf-8", "replace").decode()
            raw.execute("UPDATE papers SET title = ?, byline = ? WHERE id = ?", (safe, safe, paper))
            raw.execute("UPDATE texts SET abstract = ?, authors = ?, packed = NULL WHERE paper = ?",
                        (safe * 3, f"{safe}|{safe}", paper))  # fmt: skip
            raw.execute("INSERT INTO tags(name) VALUES (?)", (safe[:60] + str(paper),))
            raw.execute("INSERT INTO paper_tags SELECT max(id), ? FROM tags", (paper,))
            raw.execute("UPDATE papers SET category = ? WHERE id = ?", (safe[:30], paper))
        raw.commit()


@pytest.mark.parametrize("size", [(120, 36), (56, 16)], ids=str)
def test_no_escape_of_hostile_data_reaches_the_terminal(opened, library_path, size):
    environment = {"BROWSER": "/nonexistent"}
    store = Store(library_path)
    import_samples(store)
    store.close()
    benign = opened("--library", library_path, size=size, environment=environment)
    benign.until("There Will Be")
    visit_every_screen(benign)
    benign.press("q")
    assert benign.wait() == 0
    poison(library_path)
    hostile = opened("--library", library_path, size=size, environment=environment)
    hostile.until("[/b] [@click")
    visit_every_screen(hostile)
    hostile.press("q")
    assert hostile.wait() == 0
    # Copying is asked for by a key (`o` without a browser copies the link): its own text only.
    raw = re.sub(rb"\x1b\]52;c;[A-Za-z0-9+/=]*\x07", b"", POINTER.sub(b"", bytes(hostile.raw)))
    # The title of the terminal is the paper's, as text and nothing else.
    raw = re.sub(rb"\x1b\]2;[^\x00-\x1f\x7f]*\x1b\\", b"", raw)
    found = FORBIDDEN.search(raw)
    assert found is None, raw[max(0, found.start() - 60) : found.end() + 60]
    kinds = [
        {match.group(1) or match.group(2) for match in INTRODUCERS.finditer(bytes(one.raw))}
        for one in (hostile, benign)
    ]
    assert kinds[0] <= kinds[1]
    assert b"pwned" not in raw.replace(b"]0;pwned", b"")


def test_a_new_user_reads_stars_tags_and_undoes(opened, library_path):
    terminal = opened("--library", library_path)
    terminal.until("Sample shelf")
    terminal.until("LEARN AS YOU GO")
    terminal.press("l")
    terminal.until("☆ star   ● ○ ◐ ✓ ·   + tag")
    terminal.press("h", "j", "s")
    terminal.until("u undoes")
    terminal.press("t", *"theory", "\r")
    terminal.until("■ theory")
    terminal.press("u")
    terminal.until("undid: tagged +theory")
    terminal.press("q")
    assert terminal.wait() == 0
    assert b"\x1b[?1049l" in terminal.raw
    again = opened("--library", library_path)
    again.until("1 ")
    again.until("★ star")
    again.press("q")
    assert again.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_gives_the_terminal_back(opened, library_path, number):
    terminal = opened("--library", library_path)
    terminal.until("Sample shelf")
    terminal.kill(number)
    assert terminal.wait() == 128 + number
    for given_back in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"):
        assert given_back in terminal.raw
    assert problems(library_path) == []


def test_what_was_confirmed_survives_being_killed(opened, library_path):
    terminal = opened("--library", library_path)
    terminal.until("Sample shelf")
    for _ in range(3):
        terminal.press("s")
        terminal.until("starred")
        terminal.press("w")
        terminal.until("marked later")
    terminal.kill()
    terminal.wait()
    assert problems(library_path) == []
    store = Store(library_path)
    assert (store.counts()["starred"], store.counts()["status 1"]) == (3, 3)
    assert store.undo().group.summary.startswith("marked later")
    store.close()


def test_a_dumb_terminal_is_told(opened, library_path):
    terminal = opened("--library", library_path, environment={"TERM": "dumb"})
    assert terminal.wait() == 2
    assert b"needs a terminal" in terminal.raw


def test_bytes_that_are_no_text_do_not_end_the_program(opened, library_path):
    terminal = opened("--library", library_path)
    terminal.until("Sample shelf")
    os.write(terminal._file, b"\x9b\xff\xe9")
    terminal.press("\x1b", "j", "s")
    terminal.until("★")
    terminal.press("q")
    assert terminal.wait() == 0


def test_random_keys_never_end_the_program(opened, library_path):
    rng = random.Random(7)
    keys = [
        *"jkhlGgswixrUtnNfuoyz123 ?:/abcX\\",
        "\r",
        "\x1b",
        "\t",
        "\x7f",
        "\x0c",
        "\x12",
        "\x04",
    ]
    terminal = opened("--library", library_path, environment={"BROWSER": "/nonexistent"})
    terminal.until("Sample shelf")
    for _ in range(12):
        terminal.send("".join(rng.choices(keys, k=40)).replace("Q", ""))
        assert terminal.pump(0.4), terminal.text()
    terminal.press("\x1b", "\x1b", "\x11")
    assert terminal.wait() in (0, None), terminal.text()
    assert b"Traceback" not in terminal.raw
    assert problems(library_path) == []


def test_keys_typed_at_once_go_where_they_belong(opened, library_path):
    terminal = opened("--library", library_path)
    terminal.until("Sample shelf")
    terminal.send("tthe\r")
    terminal.until("■ the")
    terminal.send("/newton\r")
    terminal.until("1/1")
    terminal.send("\\?undo the\r")
    terminal.until("undid: tagged +the")
    terminal.send("ffeature emerg\r")
    terminal.until("FIND  / feature emerg")
    terminal.send(":later\r:qui\r")
    assert terminal.wait() == 0
    store = Store(library_path)
    assert (store.counts()["status 1"], store.tags()) == (1, [])
    store.close()


COLOURS = re.compile(rb"\x1b\[(?:\d+;)*(?:3[0-9]|4[0-9]|9[0-7]|10[0-7])(?:;\d+)*m")


@pytest.mark.parametrize("how", ["NO_COLOR", "mono"])
def test_no_colour_at_all_is_sent(opened, library_path, how):
    arguments = ("--library", library_path, *(("--theme", "mono") if how == "mono" else ()))
    environment = {"NO_COLOR": "1"} if how == "NO_COLOR" else {}
    terminal = opened(*arguments, environment=environment)
    terminal.until("LEARN AS YOU GO")
    keys = ["l", "h", "s", "j", "w", "m", "t", *"theory", "\r", "?", "\x1b", "g", "z", "\x1b"]
    terminal.press(*keys, "/", "s", "\x1b", "h", "l", "q", quiet=0.25)
    assert terminal.wait() == 0
    found = COLOURS.search(bytes(terminal.raw))
    assert found is None, found
    assert b"\x1b[7m" in terminal.raw or b";7m" in terminal.raw


def test_a_start_without_colours_is_no_choice_of_a_theme(opened, library_path):
    for environment, coloured in (({}, True), ({"NO_COLOR": "1"}, False), ({}, True)):
        terminal = opened("--library", library_path, environment=environment)
        terminal.until("There Will Be")
        terminal.press("j", "q")
        assert terminal.wait() == 0
        assert bool(COLOURS.search(bytes(terminal.raw))) is coloured, environment


def test_keys_typed_before_the_program_reads_them_are_what_they_are(opened, library_path):
    """Until then the terminal makes a line feed of Enter."""
    for keys, words in (("/newton\r", "1/1"), (":star\r", "starred"), ("ttheory\rj", "tagged")):
        first_frame.forget()
        terminal = opened("--library", library_path)
        terminal.send(keys)
        terminal.until(words)
        terminal.press("\x1b", "\\", "q")
        assert terminal.wait() == 0


@pytest.mark.parametrize("kind", ["xterm", "xterm-256color", "screen", "tmux-256color", "linux"])
def test_other_terminals_show_the_cursor_and_the_words(opened, library_path, kind):
    terminal = opened("--library", library_path, environment={"TERM": kind, "COLORTERM": ""})
    terminal.until("There Will Be")
    terminal.press("l", "j")
    terminal.until("star")
    cells = [cell for line in terminal.screen.buffer.values() for cell in line.values()]
    unseen = [cell for cell in cells if cell.fg == cell.bg != "default" and cell.data != " "]
    assert not unseen, unseen[:5]
    terminal.press("q")
    assert terminal.wait() == 0


def test_the_title_of_the_terminal_is_the_paper_and_is_given_back(opened, library_path):
    terminal = opened("--library", library_path)
    terminal.until("There Will Be")
    terminal.press("j", "q")
    assert terminal.wait() == 0
    raw = bytes(terminal.raw)
    assert b"\x1b]2;Objects in Generated Videos" in raw
    assert raw.index(b"\x1b[22;2t") < raw.rindex(b"\x1b[23;2t")


def edited_by(tmp_path, script):
    """An editor that does what a script says to the file at `path`."""
    file = tmp_path / "editor"
    file.write_text(
        f"#!{sys.executable}\nimport sys\nfrom pathlib import Path\npath = Path(sys.argv[-1])\n"
        + script
    )
    file.chmod(0o755)
    return {"EDITOR": f"{file}", "VISUAL": ""}


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("sys.exit(1)", "the editor ended with 1"),
        ("path.unlink()", "took the file away"),
        ("path.write_text('')", "came back empty"),
        ("path.write_text('title = \"\\n')", "the form could not be read"),
        ("path.write_text('nope = \"x\"')", "no field is called nope"),
    ],
)
def test_the_screen_comes_back_from_an_editor_that_fails(
    opened, library_path, tmp_path, script, said
):
    terminal = opened("--library", library_path, environment=edited_by(tmp_path, script))
    terminal.until("Sample shelf")
    terminal.press("I")
    terminal.until("^s")
    terminal.press("\x13")
    terminal.until(said)
    terminal.press("j")
    terminal.until("2/20")
    terminal.press("q")
    assert terminal.wait() == 0


def test_a_form_that_cannot_be_read_is_opened_again(opened, library_path, tmp_path):
    environment = edited_by(tmp_path, (
        "text = path.read_text()\n"
        "mended = text.replace('\"notadate\"', '\"2020\"')\n"
        "if mended == text:\n"
        "    wrong = 'published = \"notadate\"'\n"
        "    mended = '\\n'.join(wrong if line.startswith('published') else line\n"
        "                       for line in text.splitlines())\n"
        "elif not text.startswith('# WRONG: not a date'): sys.exit(9)\n"
        "path.write_text(mended)\n"
    ))  # fmt: skip
    terminal = opened("edit", "simon2026there", "--library", library_path, environment=environment)
    assert terminal.wait() == 5, "there is no library yet"
    with closing(Store(library_path)) as store:
        import_samples(store)
        terminal = opened("edit", "simon2026there", "--library", library_path,
                          environment=environment)  # fmt: skip
        assert terminal.wait() == 0
        assert store.rows([store.find("simon2026there")])[0].published.text == "2020"


def test_the_screen_comes_back_from_a_shell_that_is_none(opened, library_path):
    terminal = opened("--library", library_path, environment={"SHELL": "/nonexistent/shell"})
    terminal.until("Sample shelf")
    terminal.press("!", *"echo hi", "\r")
    terminal.until("cannot be started")
    terminal.press("j")
    terminal.until("2/20")
