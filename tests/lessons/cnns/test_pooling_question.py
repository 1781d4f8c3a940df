"""Exam item 2.7 over 1000 variants; keys are found again by the framework's own layer."""

from functools import cache
from itertools import product

import numpy as np
import pytest

from course_utils.exam import NumericTable, Question
from course_utils.exam.kinds.sparse_grid import SparseGrid
from course_utils.lessons.cnns.pooling_question import Pooled
from course_utils.lessons.cnns.questions import item_2_7
from course_utils.nn import Pooling

SEEDS = range(1000)


@cache
def asked(seed: int | None) -> tuple[Question, NumericTable, SparseGrid, Pooled]:
    question = item_2_7.question(seed)
    output, gradient = question.parts
    assert isinstance(output, NumericTable)
    assert isinstance(gradient, SparseGrid)
    return question, output, gradient, item_2_7.facts(seed)


def framework(facts: Pooled, x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    layer = Pooling(facts.layer.stride, (facts.layer.kernel,) * 2)
    output = layer.forward(x[None, None].astype(float))
    return output[0, 0], layer.backward(facts.errors[None, None].astype(float))[0, 0]


def all_gradients(facts: Pooled) -> set[bytes]:
    """Every gradient: each window alone, with one of its tied inputs raised a little."""
    k, s = facts.layer.kernel, facts.layer.stride
    rows, columns = facts.errors.shape
    alone = []
    for i, j in product(range(rows), range(columns)):
        block = facts.x[i * s : i * s + k, j * s : j * s + k].astype(float)
        found = []
        for u, v in np.argwhere(block == block.max()):
            raised = block.copy()
            raised[u, v] += 0.5
            layer = Pooling(1, (k, k))
            layer.forward(raised[None, None])
            error = np.full((1, 1, 1, 1), float(facts.errors[i, j]))
            whole = np.zeros(facts.x.shape)
            whole[i * s : i * s + k, j * s : j * s + k] = layer.backward(error)[0, 0]
            found.append(whole)
        alone.append(found)
    return {np.sum(choice, axis=0).tobytes() for choice in product(*alone)}


def dense(part: SparseGrid, number: int) -> np.ndarray:
    grid = np.zeros(part.shape)
    for cell, value in part.fillings[number].values.items():
        grid[cell] = value
    return grid


def test_the_exams_form_has_the_exams_traits() -> None:
    _, output, gradient, facts = asked(None)
    assert (facts.layer.kernel, facts.layer.stride) == (3, 2)
    first = facts.x[:3, :3]
    assert first.max() == 7
    assert np.sum(first == 7) == 2
    assert [entry.value for entry in output.entries.values()] == [7, 8, 7, 9]
    assert len(gradient.fillings) == 2
    apart, together = (dense(gradient, i) for i in (0, 1))
    assert (apart[0, 1], apart[2, 1]) == (1, 4)
    assert (together[0, 1], together[2, 1]) == (0, 5)  # one input, two windows, both errors


@pytest.mark.parametrize("seed", [None, 0, 1, 2])
def test_what_is_shown_is_what_is_asked(seed: int | None) -> None:
    question, _, _, facts = asked(seed)
    first = " & ".join(str(value) for value in facts.x[0])
    assert first in question.prompt
    assert f"kernel size {facts.layer.kernel} and stride {facts.layer.stride}" in question.prompt


def test_the_key_holds_the_frameworks_output_and_gradient_and_every_other_tie_break() -> None:
    for seed in (None, *SEEDS):
        _, output, gradient, facts = asked(seed)
        expected, first = framework(facts, facts.x)
        values = [entry.value for entry in output.entries.values()]
        assert values == expected.ravel().tolist()
        grids = {dense(gradient, i).tobytes() for i in range(len(gradient.fillings))}
        assert (first + 0.0).tobytes() in {
            np.frombuffer(g).reshape(first.shape).tobytes() for g in grids
        }
        assert grids == all_gradients(facts)


def test_every_tie_break_earns_everything_and_a_mixture_does_not() -> None:
    for seed in (None, *range(200)):
        _, _, part, facts = asked(seed)
        grids = [dense(part, i) for i in range(len(part.fillings))]
        for grid in grids:
            answer = {f: f"{grid[cell]:g}" for f, cell in part.fields.items() if grid[cell]}
            assert part.mark(answer).points == 2
            full = {f: f"{grid[cell]:g}" for f, cell in part.fields.items()}
            assert part.mark(full).points == 2
        # Every tied input gets the whole error, as if all of them had won.
        everyone = np.zeros(part.shape)
        for window, tied in facts.layer.candidates(facts.x).items():
            for place in tied:
                everyone[place] += facts.errors[window]
        assert part.mark({f: f"{everyone[c]:g}" for f, c in part.fields.items()}).points < 2


def test_typical_faults_lose_points() -> None:
    for seed in (None, *range(200)):
        _, _, part, facts = asked(seed)
        winners = facts.layer.winners(facts.x)[0]
        last = np.zeros(part.shape)  # the last window's error instead of the sum
        for window, place in winners.items():
            last[place] = facts.errors[window]
        ways = [dense(part, i) for i in range(len(part.fillings))]
        if not any(np.array_equal(last, way) for way in ways):
            assert part.mark({f: f"{last[c]:g}" for f, c in part.fields.items()}).points < 2
        ones = dict.fromkeys(part.fields, "1")
        assert part.mark(ones).points == 0
        assert part.mark(dict.fromkeys(part.fields, "0")).points == 0


def test_variants_have_ties_overlaps_and_an_input_that_wins_twice() -> None:
    shapes = set()
    for seed in SEEDS:
        _, output, part, facts = asked(seed)
        assert facts.layer.stride < facts.layer.kernel
        assert 2 <= len(part.fillings) <= 4
        assert any(len(f.values) < facts.errors.size for f in part.fillings)
        assert all(0 not in f.values.values() for f in part.fillings)
        assert all(abs(v) <= 25 for f in part.fillings for v in f.values.values())
        assert all(f.says for f in part.fillings)
        assert len({f.says for f in part.fillings}) == len(part.fillings)
        shapes.add(part.shape)
        assert output.points == 1
    assert len(shapes) >= 4
