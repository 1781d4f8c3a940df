"""The fields of formulas to type, each with what is read below it while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import ipywidgets as widgets

from course_utils.exam import screen
from course_utils.exam.fields import FieldEditor
from course_utils.exam.formulas import FormulaTypedError, Vocabulary
from course_utils.exam.formulas.symbols import canonical
from course_utils.exam.kinds.wanted import Wanted
from course_utils.exam.model import Mark


class FormulaFields(FieldEditor):
    """A row for each formula: what is asked, the field, what is read, and the remark."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        wanted: Mapping[str, Wanted],
        change: Callable[[str, str], None],
    ) -> None:
        super().__init__(change)
        self._vocabulary = vocabulary
        self._wanted = wanted
        self._previews: dict[str, widgets.HTMLMath] = {}
        rows = [screen.text_cell("Wanted", "head"), screen.text_cell("Your formula", "head")]
        for field, formula in wanted.items():
            rows += [
                screen.text_cell(rf"$\displaystyle {formula.latex}$", "side"),
                self._entry(field, formula),
            ]
        rows += [
            screen.text_cell("To type", "side"),
            screen.text_cell(_spelling(vocabulary), "given"),
        ]
        self.box = screen.column("formulas", screen.grid(rows, 2), self._whole)

    def show(self, mark: Mark) -> None:
        """Show the outcome in a word where there is nothing else to say."""
        remarks = {
            field: replace(remark, says=remark.says or remark.outcome)
            for field, remark in mark.remarks.items()
        }
        super().show(replace(mark, remarks=remarks))

    def complain(self, problems: Mapping[str, str]) -> None:
        """Show each problem where the formula would be read."""
        self.clear()
        for field, problem in problems.items():
            screen.put_problem(self._previews.get(field, self._whole), problem)

    def _entry(self, field: str, wanted: Wanted) -> widgets.Box:
        text = widgets.Text(description=wanted.name)  # the label is for screen readers only
        # what is put back is read, too, and is no change; so this is not done in `typed`
        text.observe(lambda event: self._preview(field, event["new"]), "value")
        self._previews[field] = screen.remark_line()
        return screen.column(
            "entry",
            self.register(field, text),
            self._previews[field],
            self.remark_line(field),
        )

    def _preview(self, field: str, typed: str) -> None:
        """Show how `typed` is read, or why it cannot be; nothing while it is only begun."""
        line = self._previews[field]
        wanted = self._wanted[field]
        try:
            tree = wanted.read(typed, self._vocabulary)
        except FormulaTypedError as error:
            if error.unfinished:
                screen.put_text(line, "…" if typed.strip() else "")
            else:
                screen.put_problem(line, str(error))
            return
        screen.put_text(line, wanted.equation(tree, self._vocabulary) if tree else "")


def _spelling(vocabulary: Vocabulary) -> str:
    """Return how the symbols and signs are typed, as Markdown."""
    alike = [s for s in vocabulary.symbols if canonical(s.latex) == canonical(s.name)]
    other = [f"`{s.name}` for ${s.latex}$" for s in vocabulary.symbols if s not in alike]
    spelled = ", ".join([*(f"`{symbol.name}`" for symbol in alike), *other])
    if any(symbol.shape for symbol in vocabulary.symbols):
        signs = "`W @ x` or `W x` for a product, `W.T` for a transpose, `sigma(…)`, `tanh(…)`"
        usual = "W₂x and σ(…)"
    else:
        signs = "`*`, `/`, `^`, `log(…)`, `exp(…)`, `sigma(…)`, `tanh(…)`"
        usual = "ŷₜ, ∂L/∂h_{t+1} and −"
    total = f", `sum(…)` for $\\sum_{vocabulary.index}$" if vocabulary.index else ""
    return f"{spelled}; {signs}{total}. Usual notation such as {usual} is read, too."
