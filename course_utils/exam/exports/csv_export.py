"""Comma-separated values: a line for every part of every question, for spreadsheets and scripts.

The file is UTF-8 with a byte-order mark, so that Excel reads it as such. Texts are Markdown with
LaTeX. A text that a spreadsheet would take for a formula (it begins with ``=``, ``+``, ``-`` or
``@``) has a space before it, which Markdown does not see.
"""

import csv
import io
import json
from collections.abc import Iterable

from course_utils.exam.blueprint import EXAM, Blueprint
from course_utils.exam.exports.report import Export, Note, Piece, pieces
from course_utils.exam.model import Question
from course_utils.typography import printable

COLUMNS = (
    "id", "part", "seed", "lecture", "topic", "kind", "points", "bonus", "title", "prompt", "text",
    "key", "answers", "derivation",
)  # fmt: skip
"""The file's columns; ``key`` is for people, ``answers`` the same as JSON, by field."""


def csv_(questions: Iterable[Question], exam: Blueprint = EXAM) -> Export:
    """Return `questions` as a CSV file with a heading line; `exam` says which are a bonus."""
    file = io.StringIO(newline="")
    table = csv.DictWriter(file, COLUMNS)
    table.writeheader()
    notes: list[Note] = []
    for piece in pieces(questions):
        table.writerow({column: _cell(value) for column, value in _row(piece, exam).items()})
        notes.append(piece.note("by hand", "its text and key; CSV knows no marking"))
    return Export(file.getvalue().encode("utf-8-sig"), tuple(notes))


def _row(piece: Piece, exam: Blueprint) -> dict[str, str]:
    question, part = piece.question, piece.part
    return {
        "id": question.id,
        "part": str(piece.place),
        "seed": "" if question.seed is None else str(question.seed),
        "lecture": question.lecture,
        "topic": question.topic,
        "kind": piece.kind,
        "points": f"{part.points:g}",
        "bonus": "yes" if exam.is_bonus(question.id) else "no",
        "title": question.title,
        "prompt": question.prompt,
        "text": part.text(),
        "key": part.key_text(),
        "answers": json.dumps(dict(part.key()), ensure_ascii=False),
        "derivation": question.derivation,
    }


def _cell(text: str) -> str:
    clean = printable(text)
    return f" {clean}" if clean.startswith(("=", "+", "-", "@", "\t", "\r")) else clean
