"""The fields of a text: written first, then two samples to mark, then one's own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import ipywidgets as widgets

from course_utils.exam import markup, screen
from course_utils.exam.fields import TICK, FieldEditor
from course_utils.exam.kinds.look import Look
from course_utils.exam.model import Answer, Mark, Remark

TEXT = "text"
"""The field of the written answer."""
SHOWN = "shown"
"""The field that holds the text as it was when the samples were shown; missing before that."""


class ShortTextFields(FieldEditor):
    """A text area, which is closed once the samples are shown; below it, what is to be marked.

    The second sample appears when the first was compared, and one's own rubric after the second.
    What has appeared stays. No widget carries words of the rubric or of a sample before that.

    Parameters
    ----------
    rubric
        What each criterion asks for, in Markdown, by the field of its tick.
    samples
        The sample answers in Markdown, by number.
    compare
        Called with a sample's number and an answer, returns remarks on the ticks at the sample.
    lines
        How large the area is at first.
    change
        As for every editor.
    """

    def __init__(
        self,
        rubric: Mapping[str, str],
        samples: Mapping[str, str],
        compare: Callable[[str, Answer], Mapping[str, Remark]],
        lines: int,
        change: Callable[[str, str], None],
    ) -> None:
        super().__init__(change)
        self._rubric, self._samples, self._compare = rubric, samples, compare
        self._shown = ""
        self._compared: set[str] = set()
        self._text = widgets.Textarea(
            rows=lines, placeholder="Your answer, in one or two sentences", tooltip="Your answer"
        )
        self.register(TEXT, self._text)
        self._anew = widgets.Button(description="Write on", tooltip="Open the text again")
        self._anew.on_click(lambda _: self._open())
        self._anew.layout.display = "none"
        self._rows = {
            number: [self.tick_row("option", number + field) for field in rubric]
            for number in ("", *samples)
        }
        self._said = screen.html("status")
        self._below = screen.column("rubrics")
        self.box = screen.column(
            "written", self._text, self._anew, self._whole, self._below, self._said, Look()
        )

    def typed(self, field: str, text: str) -> None:
        """Report the change and, before a tick, that the samples were shown."""
        if field != TEXT:
            super().typed(SHOWN, self._shown)
        super().typed(field, text)

    def answer(self) -> Answer:
        """Return text and ticks, which samples were compared, and what was shown with them."""
        compared = dict.fromkeys(self._compared, TICK)
        return {**super().answer(), **compared, SHOWN: self._shown}

    def restore(self, answer: Answer) -> None:
        """Put text and ticks back, and show what had been shown."""
        ticks = {field: TICK for field in self._fields if answer.get(field) == TICK}
        super().restore({**ticks, TEXT: answer.get(TEXT, "")})
        self._compared |= {number for number in self._samples if answer.get(number)}
        if shown := answer.get(SHOWN, ""):
            self._reveal(shown)
            for number in sorted(self._compared):
                self._remark_on(number)

    def show(self, mark: Mark) -> None:
        """Show what there is to mark if there is a text, and the remarks on what is ticked."""
        if self._text.value.strip():
            self._reveal(self._text.value)
        self._said.value = ""
        super().show(mark)

    def complain(self, problems: Mapping[str, str]) -> None:
        """Say what comes next, and show it."""
        if SHOWN in problems:
            self._reveal(self._text.value)
        super().complain(problems)

    def freeze(self, but_ticks: bool) -> None:
        """Close the text for good, and the ticks too unless they are to be made now."""
        super().freeze(but_ticks)
        self._anew.layout.display = "none"

    def _empty(self, but: Collection[str]) -> None:
        """Empty the lines of one's own ticks only; what was said of the samples stays."""
        said = {field for field in self._remarks if field[:1] in self._samples}
        super()._empty(said.union(but))

    def _open(self) -> None:
        self._text.disabled = False
        self._anew.layout.display = "none"

    def _reveal(self, text: str) -> None:
        """Close the text and show the samples, as far as they are due, and then the rubric."""
        if not self._shown:
            self._shown = text
        if not self._text.disabled:
            self._text.disabled = True
            self._anew.layout.display = None
        due = [number for number in self._samples if self._is_due(number)]
        blocks = [self._sample(number) for number in due]
        if self._compared >= set(self._samples):
            self._word("", "Your answer: ")
            blocks.append(
                screen.column("rubric", _title("What your own text says"), *self._rows[""])
            )
        if len(blocks) != len(self._below.children):
            self._below.children = [*self._below.children, *blocks[len(self._below.children) :]]

    def _is_due(self, number: str) -> bool:
        before = [other for other in self._samples if other < number]
        return self._compared >= set(before)

    def _sample(self, number: str) -> widgets.Box:
        self._word(number, f"Sample answer {number}: ")
        button = widgets.Button(description=f"Compare sample answer {number}")
        button.on_click(lambda _: self._on_compare(number))
        quote = "\n".join(f"> {line}" for line in self._samples[number].splitlines())
        title = _title(f"Sample answer {number}: tick what it says")
        return screen.column(
            "rubric", title, screen.html("sample", quote), *self._rows[number], button
        )

    def _word(self, number: str, whose: str) -> None:
        """Give the ticks of a sample, or of one's own answer, their words."""
        hidden = f'<span class="course-question-hidden">{whose}</span>'
        for field, says in self._rubric.items():
            self._fields[number + field].description = hidden + markup.inline(says)

    def _on_compare(self, number: str) -> None:
        self._compared.add(number)
        self.typed(number, TICK)
        right = self._remark_on(number)
        then = " Now mark your own answer." if self._compared >= set(self._samples) else ""
        self._said.value = (
            f"<p>Sample answer {number}: you marked {right} of {len(self._rubric)} criteria as we"
            f" do.{then}</p>"
        )
        self._reveal(self._text.value)

    def _remark_on(self, number: str) -> int:
        """Show the remarks on a sample; return how many ticks are right."""
        remarks = self._compare(number, self.answer())
        for field, remark in remarks.items():
            screen.put_remark(self._remarks[field], remark)
        return sum(remark.outcome == "right" for remark in remarks.values())


def _title(text: str) -> widgets.HTMLMath:
    return screen.html("rubric-title", f"**{text}**")
