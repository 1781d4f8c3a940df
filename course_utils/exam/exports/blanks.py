"""A drawing or formula with blanks as HTML, with a format's own lists in their place."""

import re
from collections.abc import Callable, Mapping
from html import escape

from course_utils.exam.conversion import plain_svg
from course_utils.exam.kinds.diagram import Blank, Diagram

Field = Callable[[str, Blank], str]
"""Given a blank's field and the blank, returns the HTML of the list to choose from."""


def blanks(part: Diagram, field: Field, given: Mapping[str, str] | None = None) -> str:
    """Return the lists of `part`, in its formula or one a line; `given` fields are filled in."""

    def show(name: str) -> str:
        if name in (given or {}):
            return f"<strong>{escape((given or {})[name])}</strong>"
        return field(name, part.blanks[name])

    if part.template:
        lines = part.template.split("\n")
        filled = (_fill(line, show) for line in lines)
        return "".join(f"<p>{line}</p>" for line in filled)
    rows = (f"<li>{escape(blank.name)} {show(name)}</li>" for name, blank in part.blanks.items())
    return f"<ul>{''.join(rows)}</ul>"


def _fill(line: str, show: Callable[[str], str]) -> str:
    pieces = re.split(r"\[(\w+)\]", line)
    return "".join(show(piece) if i % 2 else escape(piece) for i, piece in enumerate(pieces))


def pinned(part: Diagram) -> Mapping[str, str] | None:
    """Return the fewest fields to give away, one at most, so that one answer is right as a whole.

    A format that marks every blank by itself cannot tell that two inputs may change places only
    together with their weights. With one of them given there is nothing to exchange. None if one
    field is not enough.
    """
    first = part.keys[0]
    if len(part.keys) == 1:
        return {}
    for name in part.blanks:
        if sum(key[name] == first[name] for key in part.keys) == 1:
            return {name: first[name]}
    return None


def drawing(part: Diagram) -> bytes:
    """Return the drawing as an SVG file, which needs nothing of JupyterLab; empty without one."""
    return plain_svg(part.picture({})).encode() if part.picture else b""
