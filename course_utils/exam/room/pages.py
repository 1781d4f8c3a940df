"""What the room shows beside the questions: before, at handing in, and afterwards."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from html import escape

from course_utils.exam.bank import Item
from course_utils.exam.blueprint import EXAM, ITEMS
from course_utils.exam.model import Question, points_text
from course_utils.exam.readiness import Readiness
from course_utils.exam.room.attempt import Attempt
from course_utils.exam.room.history import Sat
from course_utils.exam.room.practice import Pile
from course_utils.exam.room.question_view import link
from course_utils.exam.room.report import ExamReport, Place, Sum

MODES: Mapping[str, str] = {
    "exam": "The exam",
    "variant": "Fresh variant",
    "practice": "Practice",
}


def title(attempt: Attempt) -> str:
    """Return what an attempt is called on the screen."""
    seed = attempt.questions[0].seed
    return f"Variant {seed}" if attempt.mode == "variant" else MODES[attempt.mode]


def so_far(items: Mapping[str, Item]) -> str:
    """Return how much of the exam the bank holds, as a sentence; empty if it holds all."""
    missing = [entry for id_, entry in ITEMS.items() if id_ not in items]
    if not missing:
        return ""
    total = sum(entry.points for entry in ITEMS.values())
    here = total - sum(entry.points for entry in missing)
    return (
        f"This exam carries {here:g} of {total:g} points so far:"
        f" {len(missing)} of {len(ITEMS)} questions come with their lectures."
    )


def contents(items: Mapping[str, Item]) -> str:
    """Return the exam's sections and points as Markdown, for wherever no kernel runs."""
    total, bonus = EXAM.points(ITEMS.values())
    lines = [
        f"**Exam room**: {len(ITEMS)} questions, {total:g} + {bonus:g} bonus points,"
        f" {EXAM.minutes(ITEMS.values())} minutes. Run this cell in JupyterLab to enter.",
        "",
        "| section | questions | points | here |",
        "| --- | --- | --- | --- |",
    ]
    for section in EXAM.sections:
        points, extra = EXAM.points(section.items)
        shown = f"{points:g}" if points else ""
        shown += f" + {extra:g}" if extra else ""
        here = ", ".join(entry.id for entry in section.items if entry.id in items) or "–"
        lines.append(f"| {section} | {len(section.items)} | {shown.strip()} | {here} |")
    return "\n".join([*lines, "", so_far(items)]).rstrip()


def answered(attempt: Attempt) -> list[str]:
    """Return every question with an answer, and the answer, as Markdown; no mark and no key."""
    return [
        question.answered_text(attempt.answers(question.id))
        for question in attempt.questions
        if attempt.state(question.id) == "begun"
    ]


def practice_text(pile: Pile) -> str:
    """Return what a practice would ask."""
    if not pile.chosen:
        return "Nothing is wrong, and nothing is due yet."
    if not pile.wrong and not pile.due:
        return f"Nothing is wrong or due. New to you: {', '.join(pile.chosen)}."
    wrong = [id_ for id_ in pile.chosen if id_ in pile.wrong]
    due = [id_ for id_ in pile.chosen if id_ in pile.due]
    parts = [f"Not fully right last time: {', '.join(wrong)}."] if wrong else []
    parts += [f"Due again: {', '.join(due)}."] if due else []
    later = len(pile.wrong) + len(pile.due) - len(pile.chosen)
    parts += [f"{later} more wait for the next time."] if later else []
    return " ".join(parts)


def handing_in(attempt: Attempt, over: bool) -> str:
    """Return what a student should know before handing in, as HTML."""
    lines = []
    if over:
        lines.append("<b>The time is over.</b> Your answers are frozen and can be handed in.")
    empty = attempt.empty
    count = len(attempt.questions)
    if empty:
        points = points_text(sum(attempt.question(id_).points for id_ in empty))
        verb = "is" if len(empty) == 1 else "are"
        lines.append(
            f"<b>{len(empty)} of {count} questions {verb} empty</b>, worth {points}:"
            f" {', '.join(empty)}."
        )
    else:
        lines.append(f"All {count} questions have an answer.")
    if attempt.flags:
        flagged = [q.id for q in attempt.questions if q.id in attempt.flags]
        lines.append(f"You wanted to come back to {', '.join(flagged)}.")
    unclear = [
        f"{question.id}: {escape(problem)}"
        for question in attempt.questions
        for part, answer in zip(question.parts, attempt.answers(question.id), strict=True)
        if part.kind != "code"  # which would be run, and judged
        for field, problem in part.problems(answer).items()
        if answer.get(field, "").strip()  # what is empty has been counted
    ]
    if unclear:
        lines.append("These entries cannot be read and will earn nothing:")
        lines.append("<ul>" + "".join(f"<li>{line}</li>" for line in unclear) + "</ul>")
    if not over:
        lines.append("Once handed in, an answer cannot be changed.")
    return "".join(line if line.startswith("<ul>") else f"<p>{line}</p>" for line in lines)


def result(report: ExamReport, places: Mapping[str, Place]) -> str:
    """Return the points of an attempt, by lecture and by section, as HTML."""
    share = 100 * report.points / report.full
    lines = [
        f'<div class="course-room-total"><b>{report.points:.4g}</b> of {report.full:g} points'
        f" <span>{share:.0f} %</span></div>"
    ]
    _, bonus = EXAM.points(report.attempt.questions)
    if bonus and bonus != report.full:
        lines.append(f"<p>Up to {points_text(bonus)} come on top, as a bonus.</p>")
    if report.own_out_of:
        rest = report.points - report.own
        lines.append(
            f"<p>{rest:.4g} points are marked by the course, {report.own:.4g} are your own ticks."
            f" Texts worth {points_text(report.own_out_of)} are yours to mark: open each, hold it"
            " against its rubric, and tick what it says. They count only when ticked.</p>"
        )
    lecture: dict[str, Place] = {}
    for question in report.attempt.questions:
        if question.id in places:
            lecture.setdefault(question.lecture, places[question.id])
    sections = [(escape(one.name), one) for one in report.by_section()]
    lectures = [
        (_lecture_link(lecture.get(one.name), one.name), one) for one in report.by_lecture()
    ]
    return (
        "".join(lines)
        + '<div class="course-room-tables">'
        + _bars("By lecture, weakest first", lectures)
        + _bars("By section", sections)
        + "</div>"
    )


def today(forecast: Readiness | None) -> str:
    """Return what the exam would give today, and by section, as HTML; empty if nothing tells."""
    if forecast is None:
        return ""
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th>"
        f"<td><span class='course-room-bar'><i style='margin-left:{100 * one.low / top:.0f}%;"
        f"width:{max(2, 100 * (one.high - one.low) / top):.0f}%'></i></span></td>"
        f"<td>{one.low:.2g} to {one.high:.2g} of {one.full:g}</td></tr>"
        for name, one in forecast.sections.items()
        for top in [max(one.high, one.full)]
    )
    return (
        f"<p>{escape(str(forecast))}</p><div class='course-room-tables'><table>"
        f"<caption>Points to expect by section</caption><tbody>{rows}</tbody></table></div>"
    )


def earlier(sat: Sat) -> str:
    """Return one line about an earlier attempt, as HTML."""
    mode = MODES.get(sat.mode, sat.mode)
    return (
        f"<span>{day(sat.at)}</span><span>{escape(mode)}</span>"
        f"<span>{sat.points:.4g} of {sat.full:g}</span>"
        f"<span>{100 * sat.points / sat.full:.0f} %</span>"
    )


def day(at: float) -> str:
    """Return date and time where the student is."""
    return time.strftime("%Y-%m-%d %H:%M", time.localtime(at))


def _lecture_link(place: Place | None, name: str) -> str:
    return escape(name.replace("_", " ")) if place is None else link(place)


def _bars(heading: str, sums: Sequence[tuple[str, Sum]]) -> str:
    rows = "".join(
        f"<tr><th scope='row'>{name}</th>"
        f"<td><span class='course-room-bar'><i style='width:{100 * one.points / one.out_of:.0f}%'>"
        f"</i></span></td><td>{one.points:.4g} of {one.out_of:g}</td></tr>"
        for name, one in sums
    )
    return f"<table><caption>{heading}</caption><tbody>{rows}</tbody></table>"


def cells(attempt: Attempt, report: ExamReport | None) -> list[dict[str, object]]:
    """Return what the overview shows of each question."""
    return [_cell(attempt, report, question) for question in attempt.questions]


def _cell(attempt: Attempt, report: ExamReport | None, question: Question) -> dict[str, object]:
    flagged = question.id in attempt.flags
    if report is None:
        state: str = attempt.state(question.id)
        says, points = state, ""
    else:
        one = report.result(question.id)
        state = report.state(question.id)
        reached = "?" if state == "yours" else f"{one.points:.3g}"
        says = "yours to mark" if state == "yours" else f"{one.points:.4g} reached"
        points = f"{reached}/{one.out_of:g}"
    label = f"Question {question.id}, {points_text(question.points)}, {says}"
    return {
        "id": question.id,
        "section": EXAM.heading(question.id),
        "state": state,
        "points": points,
        "flagged": flagged,
        "label": f"{label}, flagged" if flagged else label,
    }
