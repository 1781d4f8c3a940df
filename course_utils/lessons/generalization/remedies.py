"""Six remedies against overfitting, each tried alone on the same networks."""

from __future__ import annotations

from functools import cache

import numpy as np

from course_utils.computed import Computed
from course_utils.lessons.generalization import networks
from course_utils.lessons.generalization.ensembles import ensembles
from course_utils.lessons.generalization.model import Terms


@cache
def remedies() -> dict[str, list[Terms]]:
    """Return both terms for each seed, with each of the remedies alone."""
    predictions = Computed(predicted)()
    return {name: networks.by_seed(found) for name, found in predictions.items()}


def predicted() -> dict[str, np.ndarray]:
    """Return what all networks (seeds · sets, points) predict, trained with each remedy."""
    return {
        "nothing": networks.plain().predictions[-1],
        "capacity: 3 units": networks.small().predictions[-1],
        "data: 40 samples": networks.train(networks.fresh(40)).predictions[-1],
        "L2, λ = 0.03": networks.train(networks.fresh(), l2=0.03).predictions[-1],
        "dropout, p = 0.2": networks.train(networks.fresh(), dropout=0.2).predictions[-1],
        "early stopping": networks.stopped(
            networks.plain(), networks.fresh(purpose=networks.VALIDATION)
        ),
        "ensemble of 4": ensembles().same_samples.mean(axis=0),
    }
