"""Ask one question in a notebook, mark the answer at once, and keep what was typed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import ipywidgets as widgets

from course_utils import progress
from course_utils.exam import markup, screen
from course_utils.exam.answers import Answers
from course_utils.exam.bank import Item
from course_utils.exam.model import Editor, Mark, Question, points_text
from course_utils.lab import KeptBox

_TRIES = "tries"
_FIRST = "first try"
_KEY_SHOWN = "key shown"
_REASONS_SHOWN = "reasons shown"


def ask(item: Item[Any, Any] | Question, seed: int | None = None) -> QuestionWidget:
    """Return a widget that asks `item`; put it last in a cell.

    Parameters
    ----------
    item
        An exam item of a room's ``questions`` module, or a finished question (which has no other
        variants).
    seed
        Which variant comes first; None for the exam's own form.

    Raises
    ------
    TypeError
        If `item` is neither.
    ValueError
        If `seed` is no whole number from 0 on.
    """
    if seed is not None and (type(seed) is not int or seed < 0):
        raise ValueError(f"A seed is a whole number from 0 on, and not {seed!r}.")
    if isinstance(item, Question):
        return QuestionWidget(item)
    if isinstance(item, Item):
        return QuestionWidget(item.question(seed), item.question)
    raise TypeError(
        f"ask needs an item of a questions module, such as item_1_1, and got {item!r:.60}"
    )


class QuestionWidget(KeptBox):
    """A question with fields for the answer, its mark, its key, and fresh variants of it.

    What is typed is kept by `Answers` under the question's id, seed and wording, and is there
    again after a restart of the kernel, together with the variant that was shown last. Two widgets
    of one question share what is kept: the later change of a field wins.

    Without a kernel the cell's output shows the question and what was typed as Markdown, never its
    key.
    """

    def __init__(
        self, question: Question, variant: Callable[[int | None], Question] | None = None
    ) -> None:
        self._asked_first = question
        self._variant = variant
        self._answers = Answers(question.lecture)
        self._heading = screen.html("heading")
        self._prompt = screen.html("prompt")
        self._parts = screen.column("parts")
        self._check = _button("Check answer", self._on_check, "primary")
        self._why = _button("Show reasons", self._on_why)
        self._show = _button("Show key", self._on_show)
        self._new = _button("New variant", self._on_new)
        self._back = _button("Back to the exam's question", self._on_back)
        self._status = screen.html("status")
        self._key = screen.html("key")
        self._notice = screen.html("notice")
        self._frame = screen.Frame()
        choices = [self._new, self._back] if variant else []
        super().__init__(
            [
                self._heading,
                self._prompt,
                self._parts,
                screen.row("buttons", self._check, self._why, self._show, *choices, self._status),
                self._key,
                self._notice,
                self._frame,
            ]
        )
        self.add_class("course-question")
        shown = self._answers.read(self._place).get("seed", "")
        if variant and shown.isdecimal() and len(shown) < 10:
            question = variant(int(shown))
        self._put(question)

    @property
    def question(self) -> Question:
        """The question that is being asked now."""
        return self._question

    def __repr__(self) -> str:
        return f"<question {self._asked_first.id}, {points_text(self._asked_first.points)}>"

    # What is shown

    def _put(self, question: Question) -> None:
        """Ask `question` with the answer that was kept for it."""
        self._question = question
        self._kept = dict(self._answers.read(self._entry))
        self._editors: list[Editor] = [
            part.editor(self._keeper(i)) for i, part in enumerate(question.parts)
        ]
        for i, editor in enumerate(self._editors):
            editor.restore(_of_part(i, self._kept))
        variant = "" if question.seed is None else f"variant {question.seed}"
        self._heading.value = (
            f"<div><h3>{escape(question.id)} · {escape(question.title)}</h3>"
            f"<small>{variant}</small><b>{points_text(question.points)}</b></div>"
        )
        self._frame.label = f"Question {question.id}, {question.title}, {variant}".rstrip(", ")
        self._prompt.value = markup.block(question.prompt)
        self._parts.children = [editor.box for editor in self._editors]
        self._back.layout.display = "none" if question.seed is None else None
        self._forget_mark()
        self._say("")
        self._announce()
        self._store()

    def _say(self, text: str, symbol: str = "", outcome: str = "") -> None:
        self._status.value = (
            f'<div class="course-question-says">'
            f'<span class="course-question-symbol" data-outcome="{outcome}">{symbol}</span>'
            f"<span>{escape(text)}</span></div>"
            if text
            else ""
        )

    def _forget_mark(self) -> None:
        """Take away everything that belongs to an earlier answer."""
        for editor in self._editors:
            editor.clear()
        self._marked = False
        self._marks: tuple[Mark, ...] = ()
        self._why.layout.display = "none"
        self._asked_for_key = False
        self._show.description = "Show key"
        self._key.value = ""
        self._key.layout.display = "none"

    def _announce(self) -> None:
        """Show where answers are kept, if that is not as usual."""
        self._notice.value = f"⚠ {escape(self._answers.notice)}" if self._answers.notice else ""
        self._notice.layout.display = None if self._answers.notice else "none"

    # What is kept

    @property
    def _place(self) -> str:
        first = self._asked_first
        return f"{first.id} from {'canonical' if first.seed is None else first.seed}"

    @property
    def _entry(self) -> str:
        """The question's name in the file; reworded, it is another question."""
        seed = "canonical" if self._question.seed is None else self._question.seed
        return f"{self._question.id}/{seed}/{zlib.crc32(self._question.text().encode()):08x}"

    def _keep(self, field: str, typed: str) -> None:
        self._kept[field] = typed
        self._answers.write(self._entry, field, typed)
        self._announce()
        self._store()

    def _store(self) -> None:
        """Have the notebook keep the question with what is typed now."""
        answers = [_of_part(i, self._kept) for i in range(len(self._question.parts))]
        self.keep(self._question.answered_text(answers))

    def _keeper(self, part: int) -> Callable[[str, str], None]:
        def keep(field: str, typed: str) -> None:
            self._keep(f"{part}:{field}", typed)
            if self._marked:
                self._forget_mark()
                self._say("Changed since it was checked.")

        return keep

    # What the buttons do

    def _on_check(self, _: widgets.Button) -> None:
        answers = [editor.answer() for editor in self._editors]
        parts = self._question.parts
        problems = [part.problems(given) for part, given in zip(parts, answers, strict=True)]
        self._forget_mark()
        self._marked = True
        if any(problems):
            for editor, complaint in zip(self._editors, problems, strict=True):
                editor.complain(complaint)
            self._say("Not checked yet, and no try used: see the marked fields.", "⚠", "problem")
            return
        self._marks = tuple(part.mark(given) for part, given in zip(parts, answers, strict=True))
        points = round(sum(mark.points for mark in self._marks), 9)
        told = self._kept.get(_REASONS_SHOWN) or self._kept.get(_KEY_SHOWN)
        at_once = bool(told) or points >= self._question.points
        wrong = 0
        for editor, part, mark in zip(self._editors, parts, self._marks, strict=True):
            if at_once or part.tells_at_once:
                editor.show(mark)
            else:
                wrong += mark.wrong
        self._report(points, wrong)

    def _report(self, points: float, wrong: int) -> None:
        """Say what was reached and, if the reasons wait to be asked for, how much is wrong."""
        question = self._question
        tries = self._tries + 1
        self._keep(_TRIES, str(tries))
        if tries == 1:
            self._keep(_FIRST, f"{round(points, 2):g}")
        symbol, outcome = ("◐", "followed") if points else ("✗", "wrong")
        if points >= question.points:
            symbol, outcome = "✓", "right"
        says = f"{round(points, 2):g} of {points_text(question.points)}, try {tries}"
        if tries > 1 and self._kept.get(_FIRST):
            says += f" (the first: {self._kept[_FIRST]})"
        if wrong:
            entries = "1 entry is" if wrong == 1 else f"{wrong} entries are"
            says += f". {entries} not right: try again, or ask for the reasons"
            self._why.layout.display = None
        shown = "key was" if self._kept.get(_KEY_SHOWN) else "reasons were"
        if self._kept.get(_KEY_SHOWN) or self._kept.get(_REASONS_SHOWN):
            self._say(f"{says}; not counted, the {shown} shown before.", symbol, outcome)
            return
        self._say(f"{says}.", symbol, outcome)
        kinds: tuple[progress.Kind, ...] = ("question", "first try")
        for kind in kinds[: 2 if tries == 1 else 1]:
            progress.record(kind, question.lecture, question.id, points, question.points)

    def _on_why(self, _: widgets.Button) -> None:
        """Show what is wrong and why; the button stays, since it has the focus."""
        if not self._marks:
            return
        if not self._kept.get(_REASONS_SHOWN):
            self._keep(_REASONS_SHOWN, "yes")
            self._say("Points after this are not counted for this form of the question.")
        for editor, mark in zip(self._editors, self._marks, strict=True):
            editor.show(mark)

    def _on_show(self, _: widgets.Button) -> None:
        if not self._tries and not self._kept.get(_KEY_SHOWN) and not self._asked_for_key:
            self._asked_for_key = True
            self._show.description = "Show key without a try?"
            self._say("Points after that are not counted for this form of the question.")
            return
        self._asked_for_key = False
        self._show.description = "Show key"
        self._keep(_KEY_SHOWN, "yes")
        keys = "\n\n".join(part.key_text() for part in self._question.parts)
        self._key.value = markup.block(f"{keys}\n\n{self._question.derivation}")
        self._key.layout.display = None

    def _on_new(self, _: widgets.Button) -> None:
        self._go((self._question.seed or 0) + 1)

    def _on_back(self, _: widgets.Button) -> None:
        self._go(None)

    def _go(self, seed: int | None) -> None:
        assert self._variant is not None  # the buttons exist only then
        self._answers.write(self._place, "seed", "" if seed is None else str(seed))
        self._put(self._variant(seed))

    @property
    def _tries(self) -> int:
        kept = self._kept.get(_TRIES, "0")
        return int(kept) if kept.isdecimal() and len(kept) < 10 else 0


def _button(text: str, action: Callable[[widgets.Button], None], style: str = "") -> widgets.Button:
    button = widgets.Button(description=text, button_style=style)
    button.on_click(action)
    return button


def _of_part(part: int, kept: Mapping[str, str]) -> dict[str, str]:
    prefix = f"{part}:"
    return {k.removeprefix(prefix): v for k, v in kept.items() if k.startswith(prefix)}
