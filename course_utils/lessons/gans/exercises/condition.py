"""Exercise 12.6: what both networks of a conditional GAN are given."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from course_utils.checks import Exercise, Fault, NotRight, expect
from course_utils.checks.agreement import Agreement
from course_utils.checks.inputs import copies
from course_utils.lessons.gans.exercises.losses import LECTURE

Inputs = tuple[np.ndarray, np.ndarray]


def condition(noise: np.ndarray, samples: np.ndarray, labels: np.ndarray, classes: int) -> Inputs:
    code = np.eye(classes)[labels]
    return np.concatenate([noise, code], axis=1), np.concatenate([samples, code], axis=1)


def _drawn(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray, int]:
    """Return a batch in which the last class does not occur."""
    n, classes = int(rng.integers(6, 9)), int(rng.integers(4, 7))
    labels = rng.permutation(np.append([0, 1, 2], rng.integers(0, classes - 1, n - 3)))
    return rng.normal(size=(n, 5)), rng.normal(size=(n, 3)), labels, classes


def _with(noise: np.ndarray, samples: np.ndarray, code: np.ndarray) -> Inputs:
    return np.hstack([noise, code]), np.hstack([samples, code])


def _code(labels: np.ndarray, classes: int) -> np.ndarray:
    return np.eye(classes)[labels]


_FAULTS = (
    Fault(
        "the discriminator is not told the label: it would accept any class, and the generator"
        " could ignore its label",
        lambda z, x, y, c: (np.hstack([z, _code(y, c)]), x.copy()),
    ),
    Fault(
        "the generator is not told the label: it cannot know what it is to draw",
        lambda z, x, y, c: (z.copy(), np.hstack([x, _code(y, c)])),
    ),
    Fault(
        "the label is one column with its number, as if class 2 lay between 1 and 3; write it"
        " as one-hot code",
        lambda z, x, y, c: _with(z, x, y[:, None].astype(float)),
    ),
    Fault(
        "the code has as many columns as the largest label of this batch says; it has `classes`"
        " columns in every batch",
        lambda z, x, y, c: _with(z, x, _code(y, y.max() + 1)),
    ),
    Fault(
        "the code comes first; append it behind noise and samples",
        lambda z, x, y, c: (np.hstack([_code(y, c), z]), np.hstack([_code(y, c), x])),
    ),
    Fault(
        "the labels are counted from 1 here; they begin at 0",
        lambda z, x, y, c: _with(z, x, _code((y - 1) % c, c)),
    ),
    Fault(
        "the code replaces noise and samples; append it to them",
        lambda z, x, y, c: (_code(y, c), _code(y, c)),
    ),
    Fault(
        "the discriminator gets the noise as well; it sees samples and labels only",
        lambda z, x, y, c: (
            np.hstack([z, _code(y, c)]),
            np.hstack([z, x, _code(y, c)]),
        ),
    ),
    Fault(
        "ones and zeros are exchanged: the code has a single 1, for its class",
        lambda z, x, y, c: _with(z, x, 1 - _code(y, c)),
    ),
    Fault(
        "the code has one column too many: classes go from 0 to classes − 1",
        lambda z, x, y, c: _with(z, x, _code(y, c + 1)),
    ),
    Fault(
        "the label itself stands in its column; it is a 1",
        lambda z, x, y, c: _with(z, x, _code(y, c) * y[:, None]),
    ),
    Fault(
        "every row has the codes of all labels: `code[:, labels] = 1` sets whole columns;"
        " name the rows too, `code[np.arange(n), labels] = 1`",
        lambda z, x, y, c: _with(z, x, np.ones((len(y), 1)) * np.isin(np.arange(c), y)),
    ),
    Fault(
        "the generator gets the samples as well; it has noise and labels only",
        lambda z, x, y, c: (np.hstack([z, x, _code(y, c)]), np.hstack([x, _code(y, c)])),
    ),
)

_agrees = Agreement(
    condition, _drawn, ("the generator's input", "the discriminator's input"), _FAULTS
)

_UNLIKE = (
    "the two networks are told different labels: give both the same code, or the discriminator"
    " judges a picture by a label that the generator never got"
)
_OTHERS = (
    "the codes are those of other labels: row i belongs to labels[i], and has its 1 in that column"
)


def _told(made: Any, noise: np.ndarray, samples: np.ndarray, classes: int) -> list[np.ndarray]:
    """Return which label each row of both inputs tells; nothing if they are built otherwise."""
    if not isinstance(made, (tuple, list)) or len(made) != 2:
        return []
    told = []
    for own, given in zip((noise, samples), made, strict=True):
        x = np.asarray(given)
        if x.shape != (len(own), own.shape[1] + classes) or not np.allclose(x[:, :-classes], own):
            return []
        code = x[:, -classes:]
        if not np.array_equal(code, _code(code.argmax(axis=1), classes)):
            return []
        told.append(code.argmax(axis=1))
    return told


def _tells_the_labels(answer: Any) -> None:
    """Raise `NotRight` unless the inputs are right; no fault of `_FAULTS` is any other label."""
    noise, samples, labels, classes = inputs = _agrees.inputs(0)
    told = _told(answer(*copies(inputs)), noise, samples, classes)
    if told:
        apart = int(np.sum(told[0] != told[1]))
        what = f"in {apart} of {len(labels)} rows the two networks are told different labels"
        expect(not apart, what, _UNLIKE)
    try:
        _agrees(answer)
    except NotRight as found:
        named = any(found.cause == fault.says for fault in _FAULTS)
        if named or not told or np.array_equal(told[0], labels):
            raise
        raise NotRight(found.what, _OTHERS) from None


def _unlike(z: np.ndarray, x: np.ndarray, y: np.ndarray, classes: int) -> Inputs:
    return np.hstack([z, _code(y, classes)]), np.hstack([x, _code(y[::-1], classes)])


def _wrong() -> Iterator[tuple[Any, str]]:
    for fault in _FAULTS:
        yield fault.make, fault.says
    yield _unlike, _UNLIKE
    yield lambda z, x, y, c: _with(z, x, _code(y[::-1], c)), _OTHERS


check_condition = Exercise(
    item="12.6",
    lecture=LECTURE,
    name="condition",
    title="The condition's input",
    reference=condition,
    properties={"batches in which the last class does not occur": _tells_the_labels},
    wrong=_wrong,
    hints=(
        "Who must know which class was asked for?",
        "`np.eye(classes)[labels]` has a row for each label with a single 1; `np.hstack` puts two"
        " tables side by side. Both networks get the same code.",
        """
        def condition(noise, samples, labels, classes):
            code = np.eye(...)[labels]
            return np.hstack([noise, ...]), np.hstack([..., ...])
        """,
    ),
)
