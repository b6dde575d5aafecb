"""Commands by name: what is typed behind `:`, macros, and completing them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reader.config import KEYS
from reader.model.feed import subscriptions_like
from reader.model.query import parse_query
from reader.model.query.completing import Candidate, completed, typed
from reader.model.query.fields import GROUPS, ORDERS
from reader.tui.action_table import ACTIONS, called
from reader.tui.actions import Action, Offers, Scope
from reader.tui.command_line import CommandLine, Range, parse_command, split_commands
from reader.tui.screens.action_set import MANY
from reader.tui.screens.completing import Completing
from reader.tui.screens.purpose import COMMAND, Purpose
from reader.tui.selection import Targets

if TYPE_CHECKING:
    from reader.tui.screens.library import LibraryScreen
    from reader.tui.widgets.pane import Pane


class Commanding(Purpose):
    """The command line of the screen."""

    hints = " Enter run   Esc cancel   Tab complete   %  '<,'>  {query}  a range in front"
    completing: Completing

    def __init__(self, screen: "LibraryScreen") -> None:
        super().__init__(screen)
        self.completing = Completing(screen, self._candidates)
        self._from: Pane | None = None
        self._held: Targets | None = None
        self._count: int | None = None

    def ask(self, text: str = "") -> None:
        """Ask for a command; a visual range stands before it."""
        screen = self.screen
        self.completing.forget()
        if not text and screen.selection.any and screen.scope is Scope.LIST:
            text = Range.SELECTION.value
        self._from = screen.pane
        self.open(COMMAND, " :", text)
        self.typed(text)

    def typed(self, text: str) -> None:
        """Offer what could stand at the end."""
        self.completing.typed(text)

    def commanded(self, command: str, text: str) -> None:
        """Enter runs it, Tab completes."""
        if command in ("complete", "complete_back"):
            self.completing.step(text, 1 if command == "complete" else -1)
        elif command in ("down", "up"):
            self.completing.step(text, 1 if command == "down" else -1)
        elif command in ("accept", "cancel"):
            self.completing.forget()
            self.close(self._from)
            if command == "accept":
                self.execute(text)

    # -- completing ------------------------------------------------------------------------

    async def _candidates(self, text: str) -> tuple[str, Sequence[Candidate]]:
        """What stays of the text, and the words that could follow it."""
        line = parse_command(text)
        if line.range is Range.QUERY and not line.name:
            return text, ()
        rest = text[text.rindex(line.rest) :] if line.rest else ""
        head = text[: len(text) - len(rest)]
        if not line.rest and not text.endswith(" "):
            head = text[: len(text) - len(line.name)]
            names = [one.command for one in ACTIONS if one.command.startswith(line.name.lower())]
            return head, [Candidate(name) for name in sorted(names)]
        found = self._found(line)
        if len(found) != 1:
            return text, ()
        return await self._arguments(found[0], head, rest)

    async def _arguments(
        self, action: Action, head: str, rest: str
    ) -> tuple[str, Sequence[Candidate]]:
        if action.offers is Offers.QUERY:
            what = typed(rest)
            found = await self.screen.library.complete(what)
            words = (completed(rest, what, one)[what.start :] for one in found)
            return head + rest[: what.start], [
                replace(one, text=word) for one, word in zip(found, words, strict=True)
            ]
        if action.offers is Offers.SOURCES:
            return head, [Candidate(one) for one in subscriptions_like(rest)]
        if action.offers is Offers.FEEDS:
            return head, await self._feeds(rest.lower())
        done, blank, word = rest.rpartition(" ")
        sign = word[: len(word) - len(word.lstrip("+-#"))]
        begun = word[len(sign) :].lower()
        fitting = [one for one in self._words(action) if begun in one.text.lower()]
        fitting.sort(key=lambda one: not one.text.lower().startswith(begun))
        return head + done + blank + sign, fitting

    async def _feeds(self, begun: str) -> list[Candidate]:
        """The feeds whose text or name has what was typed, those that begin so first."""
        feeds = await self.screen.library.feeds()
        fitting = [one for one in feeds if begun in one.spec.lower() or begun in one.name.lower()]
        fitting.sort(key=lambda one: not one.spec.lower().startswith(begun))
        return [Candidate(one.spec) for one in fitting]

    def _words(self, action: Action) -> list[Candidate]:
        """The words that an action takes."""
        screen = self.screen
        if action.offers is Offers.TAGS:
            tags = sorted(screen.showing.summary.tags, key=lambda tag: (-tag.papers, tag.name))
            return [Candidate(tag.name, tag.papers) for tag in tags]
        words = {
            Offers.VIEWS: [view.name for view in screen.showing.views()],
            Offers.THEMES: sorted(screen.app.available_themes),
            Offers.ORDERS: [key for key, told in ORDERS.items() if told],
            Offers.GROUPS: list(GROUPS),
            Offers.SETTINGS: list(KEYS),
            Offers.CHOICE: list(action.choices),
        }.get(action.offers, [])
        return [Candidate(word) for word in words]

    # -- running ---------------------------------------------------------------------------

    def run_all(self, text: str, count: int | None = None) -> None:
        """Run the commands of a macro; those done to papers all mean the same ones, or `count`."""
        self._held, self._count = None, count
        turns, deciding = self.screen.turns, self.screen.deciding
        turns.in_turn(deciding.begin_together)
        for command in split_commands(text):
            turns.in_turn(partial(self._step, command))
        turns.in_turn(deciding.end_together)

    def _step(self, text: str) -> None:
        """One command of a macro; nothing more of it behind a question."""
        screen, line = self.screen, parse_command(text)
        found = self._found(line)
        if screen.dialog is not None or screen.prompt.mode:
            return
        if len(found) == 1 and found[0].ranged and line.range is Range.NONE:
            self._held = self._held or screen.targets(self._count)
            screen.perform_on(self._held, found[0], line.rest)
            screen.selecting.leave()
        else:
            self._held = self._count = None
            self.execute(text)

    def _found(self, line: CommandLine) -> list[Action]:
        return called(line.name)

    def execute(self, text: str) -> None:
        """Run a command by its name or the beginning of it, with what follows the name."""
        line, telling = parse_command(text), self.screen.telling
        again = parse_command(text.strip().removeprefix(Range.SELECTION.value))
        if line.range is Range.SELECTION and again.range is not Range.NONE:
            line = again  # a range that was typed behind the one that stood there
        name, found = line.name.lower(), self._found(line)
        if line.wrong:
            telling.refuse(line.wrong)
        elif not name:
            self._go_to_row(line)
        elif len(found) > 1:
            names = ", ".join(action.command for action in found)
            telling.refuse(f"{name} could be {names}")
        elif not found:
            key = self.screen.keymap.key_of("app.help")
            telling.refuse(f"no command is called {name}; {key} lists them")
        else:
            self._execute(found[0], line, text)

    def _go_to_row(self, line: CommandLine) -> None:
        papers = self.screen.papers
        if line.range is Range.ROWS:
            self.screen.turns.when_whole(lambda: papers.move(self._row(line.last)))
            self.screen.go_to(papers)
        elif line.range is not Range.NONE:
            self.screen.telling.refuse("a range of papers, but no command behind it")

    def _row(self, number: int) -> int:
        papers = self.screen.papers
        return {0: papers.cursor, -1: len(papers.ids) - 1}.get(number, number - 1)

    def _execute(self, action: Action, line: CommandLine, text: str) -> None:
        screen = self.screen
        if line.rest and not action.takes:
            screen.telling.refuse(f"{action.command} takes nothing behind it")
        elif line.range is Range.NONE or (line.range is Range.SELECTION and not action.ranged):
            screen.perform(action, None, line.rest)  # what is selected it knows by itself
        elif not action.ranged:
            screen.telling.refuse(f"{action.command} is not done to papers: no range before it")
        elif action.needs_text and not line.rest:
            self.ask(f"{text.strip()} ")
        elif line.range is Range.QUERY:
            self._on_query(action, line)
        elif line.range in (Range.VIEW, Range.ROWS):
            screen.turns.when_whole(lambda: self._on(self._papers(line), action, line.rest))
        else:
            self._on(self._papers(line), action, line.rest)

    def _papers(self, line: CommandLine) -> tuple[int, ...]:
        papers, selection = self.screen.papers, self.screen.selection
        match line.range:
            case Range.VIEW:
                return tuple(papers.ids)
            case Range.SELECTION:
                chosen = [*selection.marks, *selection.in_range(papers.ids, papers.cursor)]
                return tuple(dict.fromkeys(chosen)) or selection.earlier
            case Range.ROWS:
                first, last = sorted((self._row(line.first), self._row(line.last)))
                return tuple(papers.ids[first : last + 1])
            case _:
                return tuple(papers.ids[papers.cursor : papers.cursor + 1])

    def _on_query(self, action: Action, line: CommandLine) -> None:
        if errors := parse_query(line.query).errors:
            self.screen.telling.refuse(f"{errors[0].message}; nothing was changed")
        else:
            self.screen.turns.wait_for(self._on_found, action, line)

    async def _on_found(self, action: Action, line: CommandLine) -> None:
        """A doubtful query changes nothing: what it leaves out would let other papers in."""
        papers, doubts = await self.screen.library.found(parse_query(line.query))
        if doubts:
            self.screen.telling.refuse(f"{doubts[0]}; nothing was changed (% means every paper)")
        else:
            self._on(tuple(papers), action, line.rest)

    def _on(self, papers: tuple[int, ...], action: Action, rest: str) -> None:
        """Do it to these papers; many are asked for first."""
        if not papers:
            self.screen.telling.refuse("no paper is meant")
        elif len(papers) > MANY:
            question = f"{action.command} {rest} {len(papers):,} papers?".replace("  ", " ")
            self.confirm(question, lambda: self._do(papers, action, rest))
        else:
            self._do(papers, action, rest)

    def _do(self, papers: tuple[int, ...], action: Action, rest: str) -> None:
        self.screen.perform_on(Targets(papers), action, rest)
        self.screen.selecting.leave()
