"""Exercise 12.5: the feature that mini-batch discrimination adds."""

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.gans.exercises.losses import LECTURE


def closeness(m: np.ndarray) -> np.ndarray:
    distances = np.abs(m[:, None] - m[None]).sum(axis=3)
    near = np.exp(-distances)
    return (near.sum(axis=1) - 1) / (len(m) - 1)


def _batch(rng: np.random.Generator) -> tuple[np.ndarray]:
    shape = int(rng.integers(5, 8)), int(rng.integers(2, 4)), 4
    return (rng.normal(0, 0.5, shape),)


def _collapsed(rng: np.random.Generator) -> tuple[np.ndarray]:
    """Return a batch of samples that are all the same."""
    return (np.repeat(rng.normal(size=(1, 3, 4)), 6, axis=0),)


def _apart(m: np.ndarray) -> np.ndarray:
    """Return the L1 distances (samples, samples, kernels)."""
    return np.abs(m[:, None] - m).sum(axis=3)


check_closeness = Exercise(
    item="12.5",
    lecture=LECTURE,
    name="closeness",
    title="How close are the others?",
    reference=closeness,
    results=("the closeness",),
    rounds={
        "fresh batches": _batch,
        "a batch in which all samples are alike: closeness 1": _collapsed,
    },
    faults=(
        Fault(
            "the sample itself is among those that are compared: exp(0) = 1 is to be subtracted",
            lambda m: np.exp(-_apart(m)).sum(1) / (len(m) - 1),
        ),
        Fault(
            "it is the mean over all samples, the sample itself included; leave it out and divide"
            " by n − 1",
            lambda m: np.exp(-_apart(m)).mean(1),
        ),
        Fault(
            "the others are added up; take their mean, so that it does not depend on the size of"
            " the batch",
            lambda m: np.exp(-_apart(m)).sum(1) - 1,
        ),
        Fault(
            "the sum includes the sample itself and is no mean: subtract exp(0) = 1 and divide by"
            " n − 1",
            lambda m: np.exp(-_apart(m)).sum(1),
        ),
        Fault(
            "the distance is Euclidean; it is the sum of the absolute differences",
            lambda m: (np.exp(-np.linalg.norm(m[:, None] - m, axis=3)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "the distance is squared; it is the sum of the absolute differences",
            lambda m: (np.exp(-((m[:, None] - m) ** 2).sum(axis=3)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "it is the mean distance: exp(−…) is missing, so that far samples count most",
            lambda m: _apart(m).sum(1) / (len(m) - 1),
        ),
        Fault(
            "the sign in the exponent is missing: far samples count most",
            lambda m: (np.exp(_apart(m)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "the distance is the mean of the absolute differences; it is their sum",
            lambda m: (np.exp(-_apart(m) / m.shape[2]).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "the differences have their signs, so that they cancel; take absolute values",
            lambda m: (np.exp(-(m[:, None] - m).sum(axis=3)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "exp is taken of the mean distance; take it of each distance, and then the mean",
            lambda m: np.exp(-_apart(m).sum(1) / (len(m) - 1)),
        ),
        Fault(
            "the distance goes over all kernels together; each kernel has a distance of its own",
            lambda m: (np.exp(-_apart(m).sum(axis=2)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "that is a value for every pair; take the mean over the other samples",
            lambda m: np.exp(-_apart(m)),
        ),
        Fault(
            "the kernels are added up; each has a column of its own",
            lambda m: closeness(m).sum(axis=1),
        ),
        Fault(
            "exp(−|…|) is taken of each coordinate and then added up; add the absolute differences"
            " first",
            lambda m: (
                (np.exp(-np.abs(m[:, None] - m)).sum(axis=(1, 3)) - m.shape[2]) / (len(m) - 1)
            ),
        ),
        Fault(
            "the distance is the largest difference; it is the sum of the absolute differences",
            lambda m: (np.exp(-np.abs(m[:, None] - m).max(axis=3)).sum(1) - 1) / (len(m) - 1),
        ),
        Fault(
            "only later samples are compared; all others count",
            lambda m: (
                (np.exp(-_apart(m)) * np.triu(np.ones((len(m), len(m))), 1)[:, :, None]).sum(1)
                / (len(m) - 1)
            ),
        ),
        Fault(
            "each sample is compared with one neighbour; compare it with all others",
            lambda m: np.exp(-np.abs(m - np.roll(m, 1, 0)).sum(2)),
        ),
        Fault(
            "the kernels of a sample are compared with each other; compare the samples, for each"
            " kernel",
            lambda m: (
                (np.exp(-np.abs(m[:, :, None] - m[:, None]).sum(3)).sum(1) - 1) / (m.shape[1] - 1)
            ),
        ),
        Fault(
            "the mean is taken over all samples; each has a row of its own",
            lambda m: closeness(m).mean(axis=0),
        ),
    ),
    hints=(
        "If all samples of a batch are the same, what should every entry be?",
        "`m[:, None] - m` holds the differences of all pairs, (samples, samples, kernels,"
        " dimensions). Absolute values, a sum over the last axis, exp of minus that, a sum over the"
        " other samples: the sample itself, at distance 0, contributes 1 too much.",
        """
        def closeness(m):
            distances = np.abs(m[:, None] - m).sum(axis=...)
            near = np.exp(...)
            return (near.sum(axis=1) - ...) / ...
        """,
    ),
)
