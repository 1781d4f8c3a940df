"""Rosenblatt's learning rule, with everything that is asked of its way afterwards."""

from dataclasses import dataclass

import numpy as np

from course_utils.lessons.perceptron.model.separation import augmented


@dataclass(frozen=True)
class Learning:
    """The way of the weights, one row for each mistake.

    Attributes
    ----------
    path
        float64 array (mistakes + 1, 1 + inputs): bias and weights at first and after each mistake.
    learned
        int array (mistakes,): which sample each mistake was made on.
    survived
        int array (mistakes + 1,): to how many samples each row gave the answer.
    in_pass
        Mistakes in every pass over the samples, in order.
    ended
        Whether the last pass was without a mistake.
    """

    path: np.ndarray
    learned: np.ndarray
    survived: np.ndarray
    in_pass: tuple[int, ...]
    ended: bool

    @property
    def mistakes(self) -> int:
        """How many mistakes, and so updates, were made."""
        return len(self.learned)

    @property
    def last(self) -> np.ndarray:
        """Bias and weights at the end, (1 + inputs,)."""
        return self.path[-1]

    @property
    def averaged(self) -> np.ndarray:
        """Mean of bias and weights over all samples that were seen (Freund and Schapire 1999)."""
        return self.survived @ self.path / self.survived.sum()

    def pocket(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the first bias and weights with the fewest errors on all of `x`, `y`."""
        return self.path[np.argmin(self.errors(x, y))]

    def errors(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return how many of the samples each row of the path gets wrong, (mistakes + 1,)."""
        return (y * (self.path @ augmented(x).T) <= 0).sum(axis=1)


def learn(
    x: np.ndarray,
    y: np.ndarray,
    rng: np.random.Generator | None = None,
    *,
    passes: int = 1000,
    mistakes: float = np.inf,
    rate: float = 1.0,
    start: np.ndarray | None = None,
) -> Learning:
    """Return the way of the learning rule (Rosenblatt 1958), until a pass is without a mistake.

    A mistake is y (w·x + b) ≤ 0: a sample on the boundary counts as wrong.

    Parameters
    ----------
    x
        float64 array (samples, inputs).
    y
        Labels −1 and 1, array (samples,).
    rng
        Shuffles the samples anew for each pass; without it they come in turn.
    passes, mistakes
        After so many it stops, whether or not it has learned.
    rate
        η, by which every update is multiplied.
    start
        Bias and weights at first, (1 + inputs,); zeros unless given.
    """
    signed = y[:, None] * augmented(x)
    weights = np.zeros(signed.shape[1]) if start is None else np.array(start, dtype=np.float64)
    path, survived = [weights], [0]
    learned: list[int] = []
    in_pass: list[int] = []
    while len(in_pass) < passes and len(learned) < mistakes:
        before = len(learned)
        for i in range(len(x)) if rng is None else rng.permutation(len(x)):
            survived[-1] += 1
            if signed[i] @ weights <= 0:
                weights = weights + rate * signed[i]
                path.append(weights)
                learned.append(i)
                survived.append(0)
                if len(learned) >= mistakes:
                    break
        in_pass.append(len(learned) - before)
        if in_pass[-1] == 0:
            break
    return Learning(
        np.array(path),
        np.array(learned, dtype=int),
        np.array(survived),
        tuple(in_pass),
        bool(in_pass) and in_pass[-1] == 0,
    )
