"""scikit-learn's wine table, split once and for all by a seed."""

from dataclasses import dataclass

import numpy as np
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split


@dataclass(frozen=True)
class WineSplit:
    """The wine table in a training and a test part, stratified by cultivar.

    Attributes
    ----------
    features
        The 13 features' names.
    x_train, x_test
        float64 arrays (124, 13) and (54, 13), in the table's own units.
    y_train, y_test
        int64 arrays (124,) and (54,): cultivar 0, 1 or 2.
    """

    features: tuple[str, ...]
    x_train: np.ndarray
    x_test: np.ndarray
    y_train: np.ndarray
    y_test: np.ndarray


def load_wine_split(seed: int) -> WineSplit:
    """Return the wine table (178 samples, Forina et al. 1991) with 30 % held out for testing.

    Parameters
    ----------
    seed
        Which samples are held out; the same seed gives the same split.
    """
    wine = load_wine()
    x_train, x_test, y_train, y_test = train_test_split(
        wine.data, wine.target, test_size=0.3, random_state=seed, stratify=wine.target
    )
    names = tuple(name.replace("/", " / ").replace("_", " ") for name in wine.feature_names)
    return WineSplit(names, x_train, x_test, y_train.astype(np.int64), y_test.astype(np.int64))
