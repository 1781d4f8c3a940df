"""The sheet of notes that the exam allows: one A4 page of the lectures' formulas, by topic."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from course_utils.exam.papers import tools
from course_utils.exam.papers.formulas import Formula

_LOOK = Path(__file__).with_name("sheet.typ")


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


class Sheet:
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
        self._typst = tools.typst_of(text for formula in every for text in _fragments(formula))
        self._compiler = tools.compiler()

    def compose(self, topics: Iterable[str]) -> bytes:
        """Return the one-page PDF with the formulas of `topics`, in the order given.

        Raises
        ------
        ValueError
            If no topic is given, or one that there is not.
        SheetFullError
            If they need more than one page; it says what to leave out.
        """
        chosen = self._chosen(topics)
        pages = self._pages(chosen)
        if pages > 1:
            raise SheetFullError(pages, self._too_much(chosen))
        return tools.pdf(self._compiler, self._source(chosen))

    def picture(self, topics: Iterable[str], ppi: float = 80) -> bytes:
        """Return the sheet's page as a PNG picture; raises what `compose` raises."""
        chosen = self._chosen(topics)
        self.compose(chosen)
        return tools.png(self._compiler, self._source(chosen), ppi)

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
        return tools.pages(self._compiler, self._source(topics))

    def _source(self, topics: Sequence[str]) -> str:
        parts = [_LOOK.read_text(encoding="utf-8")]
        for topic in topics:
            parts.append(f"#topic({tools.string(topic[:1].upper() + topic[1:])})")
            for formula in self.formulas[topic]:
                latex, note = (self._typst[text] for text in _fragments(formula))
                name = tools.string(formula.name)
                parts.append(f"#formula({name}, [\n{latex.strip()}\n], [\n{note.strip()}\n])")
        return "\n".join(parts)


def _fragments(formula: Formula) -> tuple[str, str]:
    return f"$${formula.latex}$$", formula.note
