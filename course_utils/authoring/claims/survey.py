"""What all seed sets together say about a lecture's claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course_utils.authoring.claims.instrument import Instrumented, Place
from course_utils.authoring.claims.printed import Line, ranges
from course_utils.authoring.claims.trial import Trial


@dataclass(frozen=True)
class Claim:
    """An assertion, a statement or a cell, and with which seed sets it failed.

    Attributes
    ----------
    what
        ``assertion``, ``statement``, ``cell`` or ``run``.
    line
        Where it stands in the lecture's source; 0 for a statement, which stands in its room.
    text
        The condition, the sentence, or the first line of the cell.
    tried
        How many seed sets came to it.
    failed
        Seed set → why.
    sides
        Source of a number that an assertion compares → its lowest and highest value.
    """

    what: str
    line: int
    text: str
    tried: int
    failed: dict[int, str]
    sides: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Survey:
    """All about one lecture.

    Attributes
    ----------
    lecture
        Its stem.
    seed_sets
        The numbers of those tried, the lecture's own (0) first.
    claims
        Everything that could fail; what never came to be tried has failed with all seed sets.
    lines
        Line of the source (0: the evidence of a statement) → what was printed, where it varies.
    """

    lecture: str
    seed_sets: tuple[int, ...]
    claims: tuple[Claim, ...]
    lines: tuple[tuple[int, Line], ...]

    @property
    def failures(self) -> list[Claim]:
        """The claims that did not hold with every seed set."""
        return [claim for claim in self.claims if claim.failed]


def survey(lecture: str, instrumented: Instrumented, trials: Sequence[Trial]) -> Survey:
    """Put together what `trials` gave.

    Parameters
    ----------
    lecture
        Its stem.
    instrumented
        What was run.
    trials
        In any order, the one with the lecture's own seeds (set 0) among them.
    """
    ordered = sorted(trials, key=lambda trial: trial.seed_set)
    whole = [trial for trial in ordered if not trial.broken]
    broken = {trial.seed_set: trial.broken for trial in ordered if trial.broken}
    claims = [Claim("run", 1, "the lecture runs", len(ordered), broken, {})]
    claims += [_cell(place, i, whole) for i, place in enumerate(instrumented.cells)]
    claims += [_assertion(place, i, whole) for i, place in enumerate(instrumented.assertions)]
    texts = dict.fromkeys(found["text"] for trial in whole for found in trial.statements)
    claims += [_statement(text, whole) for text in texts]
    return Survey(
        lecture,
        tuple(trial.seed_set for trial in ordered),
        tuple(claims),
        _lines(instrumented, whole),
    )


def _cell(place: Place, index: int, trials: Sequence[Trial]) -> Claim:
    failed = {trial.seed_set: trial.errors[index] for trial in trials if index in trial.errors}
    return Claim("cell", place.line, place.text, len(trials), failed, {})


def _assertion(place: Place, number: int, trials: Sequence[Trial]) -> Claim:
    failed: dict[int, str] = {}
    values: dict[str, list[float]] = {}
    for trial in trials:
        found = trial.assertions.get(number)
        if found is None:
            failed[trial.seed_set] = "it was never reached"
            continue
        for source, numbers in found["sides"].items():
            values.setdefault(source, []).extend(numbers)
        if failures := found["failures"]:
            often = f" ({len(failures)} times)" if len(failures) > 1 else ""
            failed[trial.seed_set] = failures[0] + often
    sides = {source: (min(numbers), max(numbers)) for source, numbers in values.items()}
    return Claim("assertion", place.line, place.text, len(trials), failed, sides)


def _statement(text: str, trials: Sequence[Trial]) -> Claim:
    failed = {}
    for trial in trials:
        found = next(one for one in trial.statements if one["text"] == text)
        if found["holds"] != found["expected"]:
            finding = {True: "true", False: "false", None: "undecided"}[found["holds"]]
            failed[trial.seed_set] = f"{finding}: {found['evidence']}"
    return Claim("statement", 0, text, len(trials), failed, {})


def _lines(instrumented: Instrumented, trials: Sequence[Trial]) -> tuple[tuple[int, Line], ...]:
    if not trials or trials[0].seed_set != 0:
        return ()  # nothing to compare with
    own, *others = trials
    found = []
    for i, place in enumerate(instrumented.cells):
        lines = ranges(own.texts[i], [trial.texts[i] for trial in others])
        found += [(place.line, line) for line in lines]
    for i, statement in enumerate(own.statements):
        lines = ranges(statement["evidence"], [other.statements[i]["evidence"] for other in others])
        found += [(0, line) for line in lines]
    return tuple(found)
