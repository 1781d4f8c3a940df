"""A statement that a measurement decides, and the sentence that reports what was measured."""

from __future__ import annotations

import hashlib
import string
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any, Generic, TypeVar, get_type_hints

from course_utils import runtime, typography
from course_utils.computed import Computed

Measured = TypeVar("Measured")
"""What a measurement returns: a NamedTuple of numbers."""


@dataclass(frozen=True)
class Finding:
    """Whether a statement holds, and a sentence of evidence with what was measured."""

    holds: bool
    evidence: str


@dataclass(frozen=True)
class Statement(Generic[Measured]):
    """A sentence that is true or false, and the measurement that decides which.

    Attributes
    ----------
    topic
        Of two statements on one topic, one may contradict, imply or repeat the other; statements
        on different topics are independent. A question takes one of a topic at most.
    text
        The sentence (Markdown).
    measurement
        A function of no arguments under `functools.cache`: statements, lecture and explorers share
        what it returns. It says so by its annotation, a NamedTuple of numbers and booleans.
    holds
        What must be so of the measurement for the sentence to be true. It reads fields by name.
    evidence
        What was measured, a sentence with fields in braces: ``{after:.2f}``; ``{share:percent}``
        or ``{share:.1percent}`` for a share, ``{steps:rough}`` for two significant digits,
        ``{apart:.0e}`` for a power of ten. One field at least is among those that decided.
    expected
        What its author expects. Only checks read it: the pool's when it is built, and the test that
        compares it with the finding. No key does.

    Raises
    ------
    ValueError
        If the statement cannot be decided by what it measures.
    """

    topic: str
    text: str
    measurement: Callable[[], Measured]
    holds: Callable[[Measured], bool]
    evidence: str
    expected: bool

    def __post_init__(self) -> None:
        if problems := self._problems():
            raise ValueError(f"statement “{self.text}” {'; '.join(problems)}")

    @property
    def decisive(self) -> frozenset[str]:
        """The measurement's fields that decide."""
        return frozenset(_names(self.holds.__code__) & set(self._fields))

    def measured(self) -> Measured:
        """Return what is measured: once a process, and once for all that keep what they compute."""
        if _is_of_a_module(self.measurement):
            return _kept(self.measurement)
        with runtime.one_thread():
            return self.measurement()

    def finding(self) -> Finding:
        """Return what the measurement says."""
        return self.finding_of(self.measured())

    def finding_of(self, measured: Measured) -> Finding:
        """Return what the measurement would say if `measured` were what it returns."""
        return Finding(
            bool(self.holds(measured)),
            _WORDS.format(self.evidence, **measured._asdict()),  # type: ignore[attr-defined]
        )

    @property
    def _fields(self) -> tuple[str, ...]:
        returned = get_type_hints(self.measurement).get("return")
        return getattr(returned, "_fields", ())

    def _problems(self) -> list[str]:
        name = getattr(self.measurement, "__name__", "its measurement")
        problems = []
        if not hasattr(self.measurement, "cache_info"):
            problems.append(f"measures anew each time: put functools.cache on {name}")
        if not self._fields:
            problems.append(f"needs a measurement annotated with a NamedTuple, and {name} is not")
            return problems
        shown = {field for _, field, _, _ in _WORDS.parse(self.evidence) if field is not None}
        if any(spec.endswith("%") for _, _, spec, _ in _WORDS.parse(self.evidence) if spec):
            problems.append("has evidence with %: write {share:percent}, as all sentences do")
        if unknown := shown - set(self._fields):
            problems.append(f"has evidence with {sorted(unknown)}, which {name} does not measure")
        if not self.decisive:
            problems.append(f"is decided without a look at what {name} measured")
        elif not self.decisive & shown:
            problems.append(
                f"has evidence without the number that decides: {sorted(self.decisive)}"
            )
        if not (self.text.endswith(".") and self.evidence.endswith(".")):
            problems.append("and its evidence must be sentences that end with a full stop")
        return problems


@cache
def _kept(measurement: Callable[[], Measured]) -> Measured:
    measured: Measured = Computed(measurement, data=_weights())()
    return measured


@cache
def _weights() -> bytes:
    """Return a digest of all trained weights that the course ships: a measurement may use them."""
    digest = hashlib.sha256()
    for file in sorted((runtime.REPOSITORY / "course_utils").rglob("*.safetensors")):
        digest.update(file.read_bytes())
    return digest.digest()


def _is_of_a_module(measurement: Callable[[], Any]) -> bool:
    """Tell whether other processes find it by its name: it is made in no cell or function."""
    module = sys.modules.get(measurement.__module__)
    held = getattr(module, measurement.__qualname__, None)
    return held is measurement and measurement.__module__ != "__main__"


def _names(code: CodeType) -> set[str]:
    """Return the names that a function reads, also in the comprehensions inside it."""
    inner = [const for const in code.co_consts if isinstance(const, CodeType)]
    return set(code.co_names).union(*map(_names, inner))


class _Words(string.Formatter):
    """Formats numbers for sentences."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec.endswith("percent"):
            spec = format_spec.removesuffix("percent") or ".0"
            return f"{typography.number(100 * value, f'{spec}f')} %"
        if format_spec == "rough":  # the same on every machine
            return f"{float(f'{value:.2g}'):,.0f}".replace(",", "\N{NO-BREAK SPACE}")
        if format_spec.endswith("e"):
            digits = 1 + int(format_spec.strip(".e") or 0)
            return typography.power_of_ten(value, digits)
        shown = str(super().format_field(value, format_spec))
        return shown if isinstance(value, str) else typography.minus(shown)


_WORDS = _Words()
