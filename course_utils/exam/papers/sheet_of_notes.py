"""The sheet of notes that the exam allows: one A4 page of the lectures' formulas, by topic."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from course_utils.exam.papers import tools
from course_utils.exam.papers.formulas import Formula

_LOOK = Path(__file__).with_name("sheet_of_notes.typ").read_text(encoding="utf-8")
_SIZES = [size / 4 for size in range(44, 31, -1)]
"""In points. The letters are as large as one page allows; smaller than 8 nobody reads them."""
_GAP = re.compile(r",?\s*\\q?quad\s*")
"""Between the pieces of a formula; a comma there is for those who read it on one line."""


class SheetFullError(ValueError):
    """The chosen topics do not fit on one page.

    Attributes
    ----------
    leave_out
        Topics without which the others fit.
    """

    def __init__(self, pages: int, leave_out: Sequence[str]) -> None:
        names = " and ".join(f"'{topic}'" for topic in leave_out)
        super().__init__(f"These topics need {pages} pages, and one is allowed: leave out {names}.")
        self.leave_out = tuple(leave_out)


class SheetOfNotes:
    """Composes sheets of notes; formulas are converted once.

    Parameters
    ----------
    formulas
        By topic, as `collect` returns them.

    Raises
    ------
    PrintMissingError, PrintError
        If pandoc or typst is missing, or one of them refuses a formula.
    """

    def __init__(self, formulas: Mapping[str, Sequence[Formula]]) -> None:
        self.formulas = formulas
        every = [formula for held in formulas.values() for formula in held]
        self._typst = tools.typst_of(
            text for formula in every for text in (*_pieces(formula), formula.note)
        )
        self._compiler = tools.compiler()

    def compose(self, topics: Iterable[str]) -> bytes:
        """Return the one-page PDF with the formulas of `topics`, in the order given.

        Raises
        ------
        ValueError
            If no topic is given, or one that there is not.
        SheetFullError
            If even their bare formulas need more than one page; it says what to leave out.
        """
        return tools.pdf(self._compiler, self._fitting(topics))

    def picture(self, topics: Iterable[str], ppi: float = 80) -> bytes:
        """Return the sheet's page as a PNG picture; raises what `compose` raises."""
        return tools.png(self._compiler, self._fitting(topics), ppi)

    def _fitting(self, topics: Iterable[str]) -> str:
        """Return the sheet in the largest letters with which it fits on one page.

        If the smallest are still too large, notes are left out, the longest first.
        """
        chosen = self._chosen(topics)
        pages = self._pages(chosen)
        if pages > 1:
            raise SheetFullError(pages, self._too_much(chosen))
        sources = [self._source(chosen, size) for size in _SIZES]
        held = (formula.note for topic in chosen for formula in self.formulas[topic])
        notes = sorted(filter(None, held), key=len, reverse=True)
        if not self._fits(sources[-1]):
            drafts = range(1, len(notes) + 1)
            fewest = bisect_left(
                drafts,
                True,
                key=lambda count: self._fits(self._source(chosen, _SIZES[-1], notes[:count])),
            )
            return self._source(chosen, _SIZES[-1], notes[: drafts[fewest]])
        return sources[bisect_left(sources, True, key=self._fits)]

    def _fits(self, source: str) -> bool:
        return tools.pages(self._compiler, source) == 1

    def _chosen(self, topics: Iterable[str]) -> list[str]:
        chosen = list(dict.fromkeys(topics))
        unknown = [topic for topic in chosen if topic not in self.formulas]
        if unknown or not chosen:
            what = f"There is no topic '{unknown[0]}'" if unknown else "No topic is chosen"
            raise ValueError(f"{what}: choose from {', '.join(self.formulas) or 'none yet'}.")
        return chosen

    def _too_much(self, chosen: list[str]) -> list[str]:
        """Return one topic whose absence is enough, the last such one, or else several."""
        for topic in reversed(chosen):
            rest = [other for other in chosen if other != topic]
            if rest and self._pages(rest) == 1:
                return [topic]
        kept = chosen
        while len(kept) > 1 and self._pages(kept) > 1:
            kept = kept[:-1]
        return chosen[len(kept) :] or chosen

    def _pages(self, topics: Sequence[str]) -> int:
        """Return on how many pages the bare formulas stand."""
        bare = [formula.note for topic in topics for formula in self.formulas[topic]]
        return tools.pages(self._compiler, self._source(topics, _SIZES[-1], bare))

    def _source(self, topics: Sequence[str], size: float, without: Collection[str] = ()) -> str:
        """Return the sheet in letters of that size, without some notes."""
        parts = [f'#let title = "Formulas"\n#let size = {size}pt', _LOOK]
        for topic in topics:
            parts.append(f"#topic({tools.string(topic[:1].upper() + topic[1:])})")
            for formula in self.formulas[topic]:
                pieces = "".join(f"[{self._typst[text].strip()}], " for text in _pieces(formula))
                note = "" if formula.note in without else self._typst[formula.note].strip()
                parts.append(f"#formula({tools.string(formula.name)}, ({pieces}), [\n{note}\n])")
        return "\n".join(parts)


def _pieces(formula: Formula) -> tuple[str, ...]:
    return tuple(f"${piece}$" for piece in _GAP.split(formula.latex) if piece)
