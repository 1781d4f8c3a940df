"""Exam item 7.1: find the faults of a PyTorch network for the graphics card."""

import random
from dataclasses import dataclass

from course_utils.exam import Item, Wording
from course_utils.exam.kinds.faulty_lines import FaultyLine, FaultyLines
from course_utils.exam.kinds.look import code_block, code_span
from course_utils.lessons.pytorch_on_a_device.drawn_programs import draw_program
from course_utils.lessons.pytorch_on_a_device.model import QUOTED_FROM, Run, run
from course_utils.lessons.pytorch_on_a_device.programs import Program, exam_program

_WORDS = ("no", "one", "two", "three", "four", "five")


@dataclass(frozen=True)
class Proof:
    """What running showed of one fault.

    Attributes
    ----------
    alone
        What became of the right program with this fault in it.
    elsewhere
        Indices of other lines in which one change makes the program with this fault run.
    """

    alone: Run
    elsewhere: tuple[int, ...]


class FaultyNetwork(Item[Program, dict[int, Proof]]):
    """Item 7.1: four faults, each proven by running the program with it and without."""

    id = "7.1"

    def exam(self) -> Program:
        """Return the exam's network and faults."""
        return exam_program()

    def draw(self, rng: random.Random) -> Program:
        """Return another network with four faults."""
        return draw_program(rng)

    def solve(self, facts: Program) -> dict[int, Proof]:
        """Return the proof of every fault, by the index of its line.

        Raises
        ------
        RuntimeError
            If the right program does not run, or one of the faults does no harm.
        """
        whole = _run(facts, {})
        if whole.error:
            raise RuntimeError(f"the right program raises {whole.error}:\n{facts.text()}")
        proofs = {}
        for i, bad in facts.bad.items():
            alone = _run(facts, {i: bad.text})
            if not alone.error:
                raise RuntimeError(f"{bad.text.strip()!r} does no harm in:\n{facts.text()}")
            elsewhere = tuple(
                j
                for j, text in bad.elsewhere.items()
                if _run(facts, {i: bad.text, j: text}).shape == whole.shape
            )
            proofs[i] = Proof(alone, elsewhere)
        return proofs

    def word(self, facts: Program, key: dict[int, Proof]) -> Wording:
        """Return the program with its faults."""
        faults = tuple(
            FaultyLine(i + 1, _why(facts, i, proof), tuple(j + 1 for j in proof.elsewhere))
            for i, proof in key.items()
        )
        return Wording(
            title="A network that does not run",
            prompt=(
                f"This network is made with `{facts.network}()` and called with a batch of shape"
                f" {facts.shape} that is already on the graphics card, where all is to be computed."
                " It holds exactly"
                f" {_WORDS[len(faults)]} faults, each of which alone makes it fail. Tick the lines"
                " that have to be changed. A line ticked wrongly costs as much as a fault found"
                " earns."
            ),
            parts=(FaultyLines(facts.shown(), faults, self.points),),
            derivation=(
                "A right version of the program was run, then the same with one fault at a time:"
                " each raised the error named, in the words that PyTorch has on the CPU; a card"
                " names the types otherwise. PyTorch's `meta` device stood in for the graphics"
                " card; only where two devices meet, the error is quoted that a card raises."
                f" With the faults:\n\n{code_block(facts.shown())}\n\nThe right"
                f" version:\n\n{code_block(facts.text())}"
            ),
        )


def _run(facts: Program, faults: dict[int, str]) -> Run:
    return run(facts.text(faults), facts.network, facts.shape)


def _why(facts: Program, i: int, proof: Proof) -> str:
    error = proof.alone.error if len(proof.alone.error) <= 120 else proof.alone.error[:117] + "…"
    where = f"in line {proof.alone.line}" if proof.alone.line else "when it is called"
    says = f"{facts.bad[i].why} Alone it raises, {where}: {code_span(error)}"
    if proof.alone.quoted:
        says += (
            f" (as a graphics card raises it, in the words of PyTorch {QUOTED_FROM}; not run on one"
            " here)"
        )
    return f"{says}."
