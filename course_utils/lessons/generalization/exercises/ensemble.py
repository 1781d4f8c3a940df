"""Exercise 05.2: the variance of an ensemble, by its members' variance and covariance."""

import numpy as np

from course_utils.checks import Exercise, Fault

_OWN, _PAIRS, _ENSEMBLE = (
    ("variance of a member",),
    ("covariance of two members",),
    ("variance of the ensemble",),
)


def ensemble(predictions: np.ndarray) -> tuple[float, float, float]:
    """Return a member's variance, two members' covariance and the ensemble's variance.

    Of predictions (members, trainings) at one input; the first two are means over members, and
    over pairs of different members. All divide by the number of trainings.
    """
    members = len(predictions)
    together = np.cov(predictions, ddof=0)
    own = np.trace(together) / members
    pairs = (together.sum() - np.trace(together)) / (members * (members - 1))
    return float(own), float(pairs), float(own / members + (1 - 1 / members) * pairs)


def _members(rng: np.random.Generator, members: int, trainings: int) -> tuple[np.ndarray]:
    shared = rng.normal(size=trainings)
    own = rng.normal(size=(members, trainings)) * rng.uniform(0.5, 1.5, (members, 1))
    return (2 + shared + own,)


def _off_diagonal(p: np.ndarray, ddof: int = 0) -> np.ndarray:
    together = np.cov(p, ddof=ddof)
    return together[~np.eye(len(p), dtype=bool)]


check_ensemble = Exercise(
    item="05.2",
    lecture="generalization",
    name="ensemble",
    title="An ensemble's variance",
    reference=ensemble,
    results=(*_OWN, *_PAIRS, *_ENSEMBLE),
    rounds={
        "three variances of fresh predictions": lambda rng: _members(
            rng, int(rng.integers(3, 6)), int(rng.integers(9, 15))
        ),
        "two members": lambda rng: _members(rng, 2, 7),
        "few trainings, where M and M − 1 are far apart": lambda rng: _members(rng, 4, 3),
    },
    faults=(
        Fault(
            "the variance runs over the members; it belongs over the trainings, mind `axis`",
            lambda p: p.var(0).mean(),
            of=_OWN,
        ),
        Fault(
            "it divides by M − 1; here all variances divide by the number of trainings M",
            lambda p: p.var(1, ddof=1).mean(),
            of=_OWN,
        ),
        Fault(
            "that is the standard deviation; the variance is its square",
            lambda p: p.std(1).mean(),
            of=_OWN,
        ),
        Fault(
            "that is the variance of the first member; take the mean over all members",
            lambda p: p[0].var(),
            of=_OWN,
        ),
        Fault(
            "one variance is taken of all predictions together; take each member's, then the mean",
            lambda p: p.var(),
            of=_OWN,
        ),
        Fault(
            "it divides by M − 1; here all covariances divide by the number of trainings M"
            " (`np.cov` needs `ddof=0`)",
            lambda p: _off_diagonal(p, 1).mean(),
            of=_PAIRS,
        ),
        Fault(
            "the members' own variances are among the covariances; leave the diagonal out",
            lambda p: np.cov(p, ddof=0).mean(),
            of=_PAIRS,
        ),
        Fault(
            "that is the correlation; the covariance is not divided by the deviations",
            lambda p: np.corrcoef(p)[~np.eye(len(p), dtype=bool)].mean(),
            of=_PAIRS,
        ),
        Fault(
            "the covariances are added up; take the mean over the pairs",
            lambda p: _off_diagonal(p).sum(),
            of=_PAIRS,
        ),
        Fault(
            "it divides by K²; there are K(K − 1) pairs of different members",
            lambda p: _off_diagonal(p).sum() / len(p) ** 2,
            of=_PAIRS,
        ),
        Fault(
            "each pair is added once; K(K − 1) counts both orders, so divide by half of it",
            lambda p: _off_diagonal(p).mean() / 2,
            of=_PAIRS,
        ),
        Fault(
            "that is the covariance of the first two members; take the mean over all pairs",
            lambda p: np.cov(p, ddof=0)[0, 1],
            of=_PAIRS,
        ),
        Fault(
            "the means are not subtracted: the mean of the products is no covariance",
            lambda p: ((p @ p.T) / p.shape[1])[~np.eye(len(p), dtype=bool)].mean(),
            of=_PAIRS,
        ),
        Fault(
            "it divides by the number of members K alone, as if the members had nothing in common;"
            " the covariance is missing",
            lambda p: p.var(1).mean() / len(p),
            of=_ENSEMBLE,
        ),
        Fault(
            "the covariance is added whole; its weight is 1 − 1/K",
            lambda p: p.var(1).mean() / len(p) + _off_diagonal(p).mean(),
            of=_ENSEMBLE,
        ),
        Fault(
            "the covariance is divided by K like the variance; its weight is 1 − 1/K",
            lambda p: (p.var(1).mean() + _off_diagonal(p).mean()) / len(p),
            of=_ENSEMBLE,
        ),
        Fault(
            "the covariance has the weight (K − 1)/K²; its weight is K(K − 1)/K² = 1 − 1/K",
            lambda p: (p.var(1).mean() + (1 - 1 / len(p)) * _off_diagonal(p).mean()) / len(p),
            of=_ENSEMBLE,
        ),
        Fault(
            "the covariance is multiplied by K − 1; the K(K − 1) pairs are divided by K², so its"
            " weight is 1 − 1/K",
            lambda p: p.var(1).mean() / len(p) + (len(p) - 1) * _off_diagonal(p).mean(),
            of=_ENSEMBLE,
        ),
        Fault(
            "the members' own variances are among the covariances; C is the mean over pairs of"
            " different members",
            lambda p: p.var(1).mean() / len(p) + (1 - 1 / len(p)) * np.cov(p, ddof=0).mean(),
            of=_ENSEMBLE,
        ),
        Fault(
            "a member's variance is divided by K²; K members have one, so that V/K is left",
            lambda p: p.var(1).mean() / len(p) ** 2 + (1 - 1 / len(p)) * _off_diagonal(p).mean(),
            of=_ENSEMBLE,
        ),
        Fault(
            "the weights are exchanged: V has 1/K and C has 1 − 1/K",
            lambda p: (1 - 1 / len(p)) * p.var(1).mean() + _off_diagonal(p).mean() / len(p),
            of=_ENSEMBLE,
        ),
        Fault(
            "that is the variance of a single member; an ensemble predicts the members' mean",
            lambda p: p.var(1).mean(),
            of=_ENSEMBLE,
        ),
        Fault(
            "that is the variance of the members' sum; an ensemble predicts their mean",
            lambda p: p.sum(0).var(),
            of=_ENSEMBLE,
        ),
        Fault(
            "it divides by M − 1; here all variances divide by the number of trainings M",
            lambda p: p.mean(0).var(ddof=1),
            of=_ENSEMBLE,
        ),
        Fault(
            "the means are not subtracted: the mean of the squares is no variance",
            lambda p: np.mean(p**2),
            of=_OWN,
        ),
        Fault(
            "each pair is added once, and the sum divided by K²; there are K(K − 1)/2 such pairs",
            lambda p: np.triu(np.cov(p, ddof=0), 1).mean(),
            of=_PAIRS,
        ),
        Fault(
            "only neighbours are paired; take all pairs of different members",
            lambda p: np.diag(np.cov(p, ddof=0), 1).mean(),
            of=_PAIRS,
        ),
        Fault(
            "the covariance is subtracted; add (1 − 1/K)·C",
            lambda p: p.var(1).mean() / len(p) - (1 - 1 / len(p)) * _off_diagonal(p).mean(),
            of=_ENSEMBLE,
        ),
    ),
    hints=(
        "A variance over what: over members or over trainings? And how many pairs are there?",
        "`np.cov(predictions, ddof=0)` has the variances on its diagonal and the covariances"
        " beside it. The ensemble's variance is V/K + (1 − 1/K)·C.",
        """
        def ensemble(predictions):
            K = len(predictions)
            table = np.cov(predictions, ddof=0)
            V = np.trace(table) / ...
            C = (table.sum() - ...) / (K * (K - 1))
            return V, C, V / K + ... * C
        """,
    ),
)
