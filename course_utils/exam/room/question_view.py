"""One question of an attempt on the screen: its fields, and after submission its marks and key."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as widgets

from course_utils.exam import markup, screen
from course_utils.exam.blueprint import EXAM
from course_utils.exam.model import Editor, Question, points_text
from course_utils.exam.room.attempt import Attempt
from course_utils.exam.room.report import Place, Result

Change = Callable[[int, str, str], None]
"""Called with the part's place, the field, and what was typed."""


class QuestionView:
    """The widgets of one question.

    Parameters
    ----------
    attempt
        Where the question is asked; what was typed in it is put into the fields.
    question
        One of its questions.
    change
        Called on every change of a field.
    """

    def __init__(self, attempt: Attempt, question: Question, change: Change) -> None:
        self._question = question
        self._heading = screen.html("heading")
        self._editors: list[Editor] = [
            part.editor(_keeper(change, i)) for i, part in enumerate(question.parts)
        ]
        self._key = screen.html("key")
        self._key.layout.display = "none"
        prompt = screen.html("prompt", question.prompt)
        parts = screen.column("parts", *(editor.box for editor in self._editors))
        label = f"Question {question.id}, {question.title}"
        self.box = widgets.VBox(
            [self._heading, prompt, parts, self._key, screen.Frame(label=label)]
        ).add_class("course-question")
        self._head(points_text(question.points))
        self.restore(attempt)

    def restore(self, attempt: Attempt) -> None:
        """Put back what the attempt holds."""
        for editor, answer in zip(self._editors, attempt.answers(self._question.id), strict=True):
            editor.restore(answer)

    def freeze(self, attempt: Attempt) -> None:
        """Take the fields out of use; where students mark themselves, ticks stay possible."""
        for i, editor in enumerate(self._editors):
            editor.freeze(but_ticks=attempt.may_tick(self._question.id, i))

    def show(self, result: Result, place: Place | None) -> None:
        """Show the marks, the key with its derivation, and the way to the lecture."""
        for editor, mark in zip(self._editors, result.marks, strict=True):
            editor.show(mark)
        own = ", by your own ticks" if result.own_out_of else ""
        self._head(f"{result.points:.4g} of {points_text(result.out_of)}{own}")
        keys = [part.key_text() for part in self._question.parts]
        text = "\n\n".join([*keys, self._question.derivation])
        self._key.value = f"<h5>Key</h5>{markup.block(text)}{_way_back(place)}"
        self._key.layout.display = None

    def _head(self, points: str) -> None:
        question = self._question
        section, title = (escape(it) for it in (EXAM.heading(question.id), question.title))
        self._heading.value = (
            f'<div data-question="{escape(question.id)}"><h4><small>{section}</small>'
            f"{escape(question.id)} · {title}</h4><b>{points}</b></div>"
        )


def link(place: Place) -> str:
    """Return a link to the lecture, which leaves the report open; text if it has no notebook."""
    if not place.href:
        return escape(place.lecture)
    return (
        f'<a href="{escape(place.href)}" target="_blank" rel="noopener">{escape(place.lecture)}</a>'
    )


def _way_back(place: Place | None) -> str:
    if place is None:
        return ""
    section = f", section <i>{escape(place.section)}</i>" if place.section else ""
    tried = f"; try it in its explorer <i>{escape(place.explorer)}</i>" if place.explorer else ""
    return f'<p class="course-room-way">Lecture {link(place)}{section}{tried}.</p>'


def _keeper(change: Change, part: int) -> Callable[[str, str], None]:
    def keep(field: str, typed: str) -> None:
        change(part, field, typed)

    return keep
