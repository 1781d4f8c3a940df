"""Exercise 11.1: principal component analysis as an autoencoder."""

from collections.abc import Callable

import numpy as np

from course_utils.checks import Exercise, Fault
from course_utils.lessons.autoencoders.exercises.common import LECTURE

Axes = Callable[[np.ndarray, int], np.ndarray]


def pca_reconstruct(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    mean = x.mean(axis=0)
    axes = np.linalg.svd(x - mean, full_matrices=False)[2][:count]
    codes = (new - mean) @ axes.T
    return mean + codes @ axes


def _axes(x: np.ndarray, count: int) -> np.ndarray:
    return np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][:count]


def _through(
    new: np.ndarray, axes: np.ndarray, before: np.ndarray, after: np.ndarray | float
) -> np.ndarray:
    return after + (new - before) @ axes.T @ axes


def _centred_by(x: np.ndarray, new: np.ndarray, count: int, axis: int | None) -> np.ndarray:
    """Subtract the mean of the whole table, or that of each row, instead of each feature's."""
    before, after = (table.mean(axis=axis, keepdims=True) for table in (x, new))
    after = before if axis is None else after
    axes = np.linalg.svd(x - before, full_matrices=False)[2][:count]
    return _through(new, axes, after, after)


def _standardized(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    mean, spread = x.mean(axis=0), x.std(axis=0)
    axes = np.linalg.svd((x - mean) / spread, full_matrices=False)[2][:count]
    return mean + spread * ((new - mean) / spread @ axes.T @ axes)


def _standardized_axes(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    mean = x.mean(axis=0)
    axes = np.linalg.svd((x - mean) / x.std(axis=0), full_matrices=False)[2][:count]
    return _through(new, axes, mean, mean)


def _smallest(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    axes = np.linalg.eigh(np.cov(x.T))[1].T[:count]
    return _through(new, axes, x.mean(axis=0), x.mean(axis=0))


def _columns(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    """Take columns of Vᵀ where its rows are the axes."""
    axes = np.linalg.svd(x - x.mean(axis=0), full_matrices=False)[2][:, :count].T
    return _through(new, axes, x.mean(axis=0), x.mean(axis=0))


def _tables(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int]:
    """Return correlated tables whose mean is far from 0, of which a third of the axes is kept."""
    features = int(rng.integers(6, 9))
    mixing = rng.normal(size=(features, features)) * np.linspace(2, 0.3, features)[:, None]
    spread = rng.uniform(0.5, 3, features)
    mean = rng.uniform(2, 5, features)
    x, new = (rng.normal(size=(n, features)) @ mixing * spread + mean for n in (25, 7))
    return x, new, int(rng.integers(2, 4))


def _of_both(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    return pca_reconstruct(np.concatenate([x, new]), new, count)


def _rows_of_eigh(x: np.ndarray, new: np.ndarray, count: int) -> np.ndarray:
    axes = np.linalg.eigh(np.cov(x.T))[1][:count]
    return _through(new, axes, x.mean(axis=0), x.mean(axis=0))


def _with_variances(x: np.ndarray, new: np.ndarray, count: int, power: int) -> np.ndarray:
    """Multiply the codes by a power of the singular values on the way."""
    mean = x.mean(axis=0)
    _, sizes, axes = np.linalg.svd(x - mean, full_matrices=False)
    return mean + ((new - mean) @ axes[:count].T * sizes[:count] ** power) @ axes[:count]


check_pca_reconstruct = Exercise(
    item="11.1",
    lecture=LECTURE,
    name="pca_reconstruct",
    title="PCA as an autoencoder",
    reference=pca_reconstruct,
    results=("the reconstruction",),
    rounds={"through the first axes and back, on three fresh tables": _tables},
    faults=(
        Fault(
            "the mean is not added back after the decoder",
            lambda x, new, k: _through(new, _axes(x, k), x.mean(axis=0), 0.0),
        ),
        Fault(
            "nothing is centred: subtract the mean of x before the axes are computed, and from new",
            lambda x, new, k: _through(
                new, np.linalg.svd(x, full_matrices=False)[2][:k], np.zeros(x.shape[1]), 0.0
            ),
        ),
        Fault(
            "the axes are those of x as it is; subtract its mean before the SVD too",
            lambda x, new, k: _through(
                new, np.linalg.svd(x, full_matrices=False)[2][:k], x.mean(axis=0), x.mean(axis=0)
            ),
        ),
        Fault(
            "new is centred with its own mean; the mean belongs to the autoencoder, which was"
            " fitted on x",
            lambda x, new, k: _through(new, _axes(x, k), new.mean(axis=0), new.mean(axis=0)),
        ),
        Fault(
            "the axes are fitted on new; fit them on x",
            lambda x, new, k: pca_reconstruct(new, new, k),
        ),
        Fault(
            "these are the axes of least variance: `svd` returns the first axes first, `eigh` last",
            _smallest,
        ),
        Fault("the axes are the rows of the SVD's last result, not its columns", _columns),
        Fault("each feature is divided by its deviation first; here it is only centred",
              _standardized),
        Fault(
            "the axes are fitted on x divided by its deviations, but new is not divided; centre"
            " both, and divide neither",
            _standardized_axes,
        ),
        Fault(
            "the axes are right, but new goes through as it is: subtract the mean of x before the"
            " encoder and add it after the decoder",
            lambda x, new, k: _through(new, _axes(x, k), np.zeros(x.shape[1]), 0.0),
        ),
        Fault(
            "all axes are kept, so that nothing is lost: only the first `count` rows encode",
            lambda x, new, k: new,
        ),
        Fault(
            "one mean is taken of the whole table; each feature has its own: axis=0",
            lambda x, new, k: _centred_by(x, new, k, None),
        ),
        Fault(
            "the mean of each row is subtracted; each feature has its own: axis=0",
            lambda x, new, k: _centred_by(x, new, k, 1),
        ),
        Fault(
            "the mean is added after the decoder, but not subtracted from new before the encoder",
            lambda x, new, k: _through(new, _axes(x, k), np.zeros(x.shape[1]), x.mean(axis=0)),
        ),
        Fault(
            "x itself is encoded and decoded; x is fitted on, `new` goes through",
            lambda x, new, k: pca_reconstruct(x, x, k),
        ),
        Fault("the axes are fitted on x and new together; `new` is not known before", _of_both),
        Fault(
            "the mean of new is added after the decoder; it is that of x, which was subtracted",
            lambda x, new, k: _through(new, _axes(x, k), x.mean(axis=0), new.mean(axis=0)),
        ),
        Fault("the eigenvectors are the columns of `eigh`'s result, not its rows", _rows_of_eigh),
        Fault(
            "the codes are divided by the singular values, which nothing undoes",
            lambda x, new, k: _with_variances(x, new, k, -1),
        ),
        Fault(
            "the codes are multiplied by the singular values; the axes alone encode and decode",
            lambda x, new, k: _with_variances(x, new, k, 1),
        ),
        Fault("it takes one axis too many", lambda x, new, k: pca_reconstruct(x, new, k + 1)),
        Fault("it takes one axis too few", lambda x, new, k: pca_reconstruct(x, new, k - 1)),
        Fault(
            "these are the codes; decode them: times the axes, plus the mean",
            lambda x, new, k: (new - x.mean(axis=0)) @ _axes(x, k).T,
        ),
    ),
    hints=(
        "Which part of the function is the encoder, and which the decoder?",
        "The rows of `np.linalg.svd(x - mean, full_matrices=False)[2]` are the principal axes, the"
        " first one first. Encode: centre new with the mean of x, then one product with the axes"
        " transposed. Decode: one product with the axes, and the mean comes back.",
        """
        def pca_reconstruct(x, new, count):
            mean = x.mean(axis=0)
            axes = np.linalg.svd(..., full_matrices=False)[2][:count]
            codes = ... @ axes.T
            return ... + codes @ axes
        """,
    ),
)  # fmt: skip
