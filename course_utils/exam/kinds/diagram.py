"""Label a drawing, or assemble a formula, by choosing from lists.

Both are blanks with choices. What is chosen appears in the drawing. Blanks that belong together
form a group, which earns its points only as a whole; where several answers are right as a whole,
such as two inputs that may change places if their weights do, the best one counts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import ipywidgets as widgets

from course_utils.exam import screen
from course_utils.exam.fields import FieldEditor
from course_utils.exam.kinds.look import Look
from course_utils.exam.model import Answer, Editor, Mark, Part, Remark, points_text

_GUESSES = 2000  # seeded random answers; a guess is worth a few hundredths of a point


@dataclass(frozen=True)
class Blank:
    """Something to choose: its name, as in '(1)', and the choices in plain text."""

    name: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """Blanks that earn their points together: what they are about, their fields, the points."""

    about: str
    fields: tuple[str, ...]
    points: float


@dataclass(frozen=True)
class Diagram(Part):
    """Blanks in a drawing or a formula, each with a list of choices.

    Attributes
    ----------
    blanks
        By field.
    groups
        Every blank belongs to exactly one.
    keys
        Every right answer as a whole: a choice for each field.
    why
        By field, what is to be said where another choice was made, one line of Markdown.
    template
        If there is a formula: lines of plain text in which ``[field]`` stands for a blank.
    picture
        If there is a drawing: returns it as SVG, with what was chosen by field written into it.
        Print it with ``picture({})``.
    described
        The drawing in words, with the blanks' names.
    """

    kind = "diagram"

    blanks: Mapping[str, Blank]
    groups: tuple[Group, ...]
    keys: tuple[Mapping[str, str], ...]
    why: Mapping[str, str] = field(default_factory=dict)
    template: str = ""
    picture: Callable[[Mapping[str, str]], str] | None = None
    described: str = ""

    def __post_init__(self) -> None:
        grouped = [name for group in self.groups for name in group.fields]
        if sorted(grouped) != sorted(self.blanks):
            raise ValueError("every blank of a diagram belongs to exactly one group")
        for key in self.keys:
            if any(key.get(name) not in blank.choices for name, blank in self.blanks.items()):
                raise ValueError("a key of a diagram chooses what is not on a blank's list")
        if not self.keys:
            raise ValueError("a diagram needs at least one right answer")

    @property
    def points(self) -> float:
        """What all groups earn together."""
        return round(sum(group.points for group in self.groups), 9)

    def text(self) -> str:
        """Return the drawing in words, or the formula, with blanks and what to choose from."""
        lines = [self.described] if self.described else []
        if self.template:
            lines += re.sub(r"\[\w+\]", "____", self.template).split("\n")
        else:
            lines.append("\n".join(f"- {blank.name} ____" for blank in self.blanks.values()))
        lists: dict[tuple[str, ...], list[str]] = {}
        for blank in self.blanks.values():
            lists.setdefault(blank.choices, []).append(blank.name)
        for choices, names in lists.items():
            whom = f" for {', '.join(names)}" if len(lists) > 1 else ""
            lines.append(f"Choose{whom} from: {'; '.join(choices)}.")
        return "\n\n".join(lines)

    def answer_text(self, answer: Answer) -> str:
        """Return what was chosen for each blank."""
        return "\n".join(
            f"- {blank.name}: {answer[field]}"
            for field, blank in self.blanks.items()
            if answer.get(field)
        )

    def key(self) -> Answer:
        """Return the first right answer."""
        return dict(self.keys[0])

    def key_text(self) -> str:
        """Return the first right answer, how many others there are, and what each group earns."""
        key = self.keys[0]
        if self.template:
            lines = re.sub(r"\[(\w+)\]", lambda found: f"**{key[found[1]]}**", self.template)
            lines = lines.replace("\n", "\n\n")
        else:
            lines = "\n".join(f"- {b.name} **{key[name]}**" for name, b in self.blanks.items())
        more = len(self.keys) - 1
        others = f"{more} other {'answer is' if more == 1 else 'answers are'} right as well."
        each = "; ".join(f"{group.about}: {points_text(group.points)}" for group in self.groups)
        earns = f"Each group earns its points as a whole. {each}."
        return "\n\n".join([lines, *([others] if more else []), earns])

    def problems(self, answer: Answer) -> Mapping[str, str]:
        """Return a sentence if nothing is chosen."""
        if not self._chosen(answer):
            return {"": "Nothing is chosen yet: choose at least one part from its list."}
        return {}

    def mark(self, answer: Answer) -> Mark:
        """Return the points of the groups that are right, by the key that gives the most."""
        chosen = self._chosen(answer)
        key = max(self.keys, key=lambda key: self._merit(key, chosen))
        earned, _ = self._merit(key, chosen)
        remarks = {}
        for name in self.blanks:
            if name not in chosen:
                remarks[name] = Remark("empty", "")
            elif chosen[name] == key[name]:
                remarks[name] = Remark("right", "")
            else:
                remarks[name] = Remark("wrong", self.why.get(name, ""))
        tally = [
            f"{group.about}: {'' if _is_right(group, key, chosen) else '0 of '}"
            f"{points_text(group.points)}"
            for group in self.groups
        ]
        remarks[""] = Remark("working", "; ".join(tally) + ".")
        return Mark(earned, self.points, remarks)

    def expected_guess(self) -> float:
        """Return the mean points of 2000 seeded answers that choose blindly for every blank."""
        rng = random.Random(0)
        guesses = (
            {name: rng.choice(blank.choices) for name, blank in self.blanks.items()}
            for _ in range(_GUESSES)
        )
        return sum(max(self._merit(key, guess)[0] for key in self.keys) for guess in guesses) / (
            _GUESSES
        )

    def editor(self, change: Callable[[str, str], None]) -> Editor:
        """Return the drawing with a list for each blank below it, or lists inside the formula."""
        return _Lists(self, change)

    def _chosen(self, answer: Answer) -> dict[str, str]:
        return {
            name: answer[name] for name, b in self.blanks.items() if answer.get(name) in b.choices
        }

    def _merit(self, key: Mapping[str, str], chosen: Mapping[str, str]) -> tuple[float, int]:
        """Return the points by one key, and how many blanks are right."""
        points = sum(group.points for group in self.groups if _is_right(group, key, chosen))
        right = sum(chosen.get(name) == choice for name, choice in key.items())
        return round(points, 9), right


def _is_right(group: Group, key: Mapping[str, str], chosen: Mapping[str, str]) -> bool:
    return all(chosen.get(name) == key[name] for name in group.fields)


class _Lists(FieldEditor):
    """The drawing, which follows the choices, and a native list for each blank."""

    def __init__(self, part: Diagram, change: Callable[[str, str], None]) -> None:
        super().__init__(change)
        self._part = part
        for name, blank in part.blanks.items():
            options = [("choose …", ""), *((choice, choice) for choice in blank.choices)]
            self.register(name, widgets.Dropdown(options=options, value="", tooltip=blank.name))
            self.remark_line(name)
        blanks = self._formula() if part.template else self._legend()
        self._picture = widgets.HTML()
        self._picture.add_class("course-question-picture")
        drawing = [self._picture] if part.picture else []
        self.box = screen.column("drawn", *drawing, blanks, self._whole, Look())
        self._draw()

    def typed(self, field: str, text: str) -> None:
        self._draw()
        super().typed(field, text)

    def restore(self, answer: Answer) -> None:
        super().restore(self._part._chosen(answer))
        self._draw()

    def show(self, mark: Mark) -> None:
        self.clear()
        lines = []
        for name, remark in mark.remarks.items():
            if not name:
                continue
            screen.put_remark(self._remarks[name], Remark(remark.outcome, ""))
            if remark.outcome == "wrong" and remark.says:
                line = f"{self._part.blanks[name].name}: {remark.says}"
                lines.append(f"- {screen.outcome_line('wrong', line)}")
        screen.put_text(self._whole, "\n".join([mark.remarks[""].says, "", *dict.fromkeys(lines)]))

    def _legend(self) -> widgets.Box:
        rows = [
            self._blank(name, screen.text_cell(blank.name, "blank-name"))
            for name, blank in self._part.blanks.items()
        ]
        return screen.row("legend", *rows)

    def _formula(self) -> widgets.Box:
        rows = []
        for line in self._part.template.split("\n"):
            children: list[widgets.Widget] = []
            for i, piece in enumerate(re.split(r"\[(\w+)\]", line)):
                if i % 2:
                    children.append(self._blank(piece))
                elif piece.strip():
                    children.append(screen.text_cell(piece.strip(), "operator"))
            rows.append(screen.row("formula", *children))
        return screen.column("formulas", *rows)

    def _blank(self, name: str, *before: widgets.Widget) -> widgets.Box:
        return screen.row("blank", *before, self._fields[name], self._remarks[name])

    def _draw(self) -> None:
        if self._part.picture:
            self._picture.value = self._part.picture(self._part._chosen(self.answer()))
