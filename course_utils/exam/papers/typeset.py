"""Write a paper, or its key, as a Typst document."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from course_utils.exam.blueprint import Kind, Section
from course_utils.exam.conversion import plain_svg
from course_utils.exam.kinds.diagram import Diagram
from course_utils.exam.model import Answer, Part, Question
from course_utils.exam.papers.paper import Paper
from course_utils.exam.papers.tools import string

LOOK = Path(__file__).with_name("paper.typ").read_text(encoding="utf-8")
"""The definitions that every document begins with."""

_KEY_RULES = (
    "Statements to mark: the share of right statements that are marked, less the share of wrong"
    " ones that are marked, times the points; never below 0. If every statement is right, or none,"
    " all or nothing.",
    "Numbers: cell by cell. A value that follows from the student's own earlier value earns its"
    " points.",
    "Any other right way to an answer earns the same as the one shown.",
)


def _ruled(per_point: float) -> Callable[[float], str]:
    """Return lines, at least two."""
    return lambda points: f"#lines({max(2, math.ceil(per_point * points))})"


def _area(millimetres_per_point: float) -> Callable[[float], str]:
    """Return whole squares of 5 mm, at least two rows of them."""
    return lambda points: f"#area({5 * max(2, math.ceil(millimetres_per_point * points / 5))}mm)"


_SPACE: Mapping[Kind, Callable[[float], str]] = {
    "mark all": _ruled(1),
    "numbers": _area(8),
    "formula": _area(10),
    "text": _ruled(2),
    "diagram": _area(22),
    "code": _ruled(4),
    "faulty lines": _ruled(1),
}
"""Room for a handwritten answer to a part, by the part's kind and points."""


def fragments(paper: Paper) -> Iterator[str]:
    """Yield every piece of Markdown that `document` and `key_document` need as Typst."""
    for question in paper.questions:
        yield question.prompt
        yield question.derivation
        for part in question.parts:
            yield _text(part)
            yield part.key_text()


def document(paper: Paper, typst: Mapping[str, str]) -> str:
    """Return the paper as a Typst document; `typst` has the markup of all its `fragments`."""

    def body(question: Question) -> Iterator[str]:
        yield typst[question.prompt]
        for part in question.parts:
            yield _drawing(part, {})
            yield typst[_text(part)]
            yield _space(part, typst[_text(part)])

    head = _head(f"{paper.exam.course}, {paper.exam.title.lower()}", paper, True)
    return f"{head}\n{_cover(paper)}" + _sections(paper, body, marks=True)


def key_document(paper: Paper, typst: Mapping[str, str]) -> str:
    """Return the paper's key, with how it comes about, as a Typst document."""

    def body(question: Question) -> Iterator[str]:
        yield f"#text(soft)[\n{typst[question.prompt]}\n]"
        for part in question.parts:
            yield f"#key[\n{_drawing(part, part.key())}\n{typst[part.key_text()]}\n]"
        if question.derivation:
            yield f"#derivation[\n{typst[question.derivation]}\n]"

    title = f"{paper.exam.course}, key to the {paper.exam.title.lower()}"
    head = _head(title, paper, False)
    front = "\n".join(
        [
            f'#block(below: 6mm, text(20pt, weight: "bold", {string("Key, " + paper.number)}))',
            *(f"- #[{rule}]" for rule in _KEY_RULES),
        ]
    )
    return f"{head}\n{front}" + _sections(paper, body, marks=False)


def _head(title: str, paper: Paper, name_line: bool) -> str:
    flag = "true" if name_line else "false"
    return f"{LOOK}\n#show: paper.with({string(title)}, {string(paper.number)}, {flag})\n"


def _cover(paper: Paper) -> str:
    exam, points = paper.exam, paper.exam.points(paper.questions)
    rows = "".join(
        f"({', '.join(map(string, _row(paper, section)))}), " for section in paper.sections
    )
    first, *others = exam.rules or ("",)
    told = (f"You have {paper.minutes} minutes. {first}".strip(), *others)
    rules = "\n".join(f"+ #{string(rule)}" for rule in told)
    facts = [exam.title, exam.date, f"{paper.minutes} minutes", _worth(*points)]
    university = (
        f"#text(12pt, soft, {string(exam.university)})\n#v(-2mm)" if exam.university else ""
    )
    return f"""
{university}
#text(24pt, weight: "bold", accent, {string(exam.course)})
#v(-4mm)
#text(15pt, {string(" · ".join(filter(None, facts)))})
#v(5mm)
#field("Name")
#field("Matriculation number")
#field("Course of studies")
#field("Signature")
#v(7mm)
#score(({rows}), {string(_sum(*points))}, true)
{_subset(paper)}
#v(5mm)
#block(below: 3mm, text(12pt, weight: "bold")[Before you begin])
#set enum(spacing: 1.1em)
{rules}
#pagebreak()
"""


def _row(paper: Paper, section: Section) -> tuple[str, str, str, str]:
    questions = paper.sections[section]
    ids = ", ".join(question.id for question in questions)
    return section.number, section.title, ids, _sum(*paper.exam.points(questions))


def _sum(points: float, bonus: float) -> str:
    shown = f"{points:g}" if points or not bonus else ""
    return f"{shown} + {bonus:g} bonus".removeprefix(" + ") if bonus else shown


def _worth(points: float, bonus: float) -> str:
    return f"{_sum(points, bonus)} {'point' if points + bonus == 1 else 'points'}"


def _subset(paper: Paper) -> str:
    """Say what a paper that is not the whole exam leaves out."""
    if not paper.missing:
        return ""
    whole, points = paper.exam.items.values(), paper.exam.points
    left_out = string(", ".join(paper.missing))
    return (
        f"#text(9pt, soft)[This paper holds {len(paper.questions)} of the exam's {len(whole)}"
        f" questions, worth {_sum(*points(paper.questions))} of its {_sum(*points(whole))} points."
        f" Not on it: #{left_out}.]"
    )


def _sections(paper: Paper, body: Callable[[Question], Iterator[str]], marks: bool) -> str:
    out = []
    for section, questions in paper.sections.items():
        worth = _sum(*paper.exam.points(questions))
        out.append(f"#section({string(section.number)}, {string(section.title)}, {string(worth)})")
        for question in questions:
            content = "\n\n".join(body(question))
            out.append(
                f"#question({string(question.id)}, {string(question.title)},"
                f' "{question.points:g}", {"true" if marks else "false"})[\n{content}\n]'
            )
    return "\n" + "\n".join(out)


def _text(part: Part) -> str:
    """Return the part as Markdown; what is drawn needs no description, and names need room."""
    if isinstance(part, Diagram) and part.picture:
        return replace(part, described="").text().replace("____", "_" * 20)
    return part.text()


def _drawing(part: Part, answer: Answer) -> str:
    """Return the part's drawing with `answer` written into it; nothing if there is none."""
    if isinstance(part, Diagram) and part.picture:
        return f"#picture({string(plain_svg(part.picture(answer)))})"
    return ""


def _space(part: Part, typst: str) -> str:
    """Return room for an answer to `part`, unless it brings its own: boxes, lines or names."""
    if isinstance(part, Diagram) or "#marked(" in typst or "#horizontalrule" in typst:
        return ""
    return _SPACE[part.kind](part.points)
