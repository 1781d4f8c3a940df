"""Sources of batches for NeuralNetwork: ``next()`` returns (input_tensor, label_tensor)."""

import numpy as np

from course_utils.nn.arrays import one_hot, random_generator, size


class ArrayData:
    """Batches from arrays, in a new random order in every epoch.

    Parameters
    ----------
    inputs, labels : numpy.ndarray
        One sample per entry of the first axis.
    batch_size : int
        The last batch of an epoch may be smaller.
    shuffle : bool
    rng : numpy.random.Generator or int, optional
        By default NumPy's shared stream.
    """

    def __init__(
        self,
        inputs: np.ndarray,
        labels: np.ndarray,
        batch_size: int,
        shuffle: bool = True,
        rng: np.random.Generator | int | None = None,
    ) -> None:
        if len(inputs) != len(labels) or len(inputs) == 0:
            raise ValueError(
                "ArrayData: inputs and labels should hold the same number of samples, "
                f"at least one, but they hold {len(inputs)} and {len(labels)}."
            )
        self.inputs = np.asarray(inputs)
        self.labels = np.asarray(labels)
        self.batch_size = size(batch_size, "ArrayData", "batch_size")
        self.shuffle = shuffle
        self._rng = rng if rng is None else random_generator(rng)
        self._order = np.array([], dtype=int)

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the next batch."""
        if len(self._order) == 0:
            self._order = np.arange(len(self.inputs))
            if self.shuffle:
                random_generator(self._rng).shuffle(self._order)
        chosen, self._order = np.split(self._order, [self.batch_size])
        return self.inputs[chosen], self.labels[chosen]


class RandomData:
    """The same kind of noise for ever, with random labels; to try a network out.

    Parameters
    ----------
    input_size, batch_size, categories : int
    """

    def __init__(self, input_size: int, batch_size: int, categories: int) -> None:
        self.input_size = input_size
        self.batch_size = batch_size
        self.categories = categories

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return inputs (batch, input_size) in [0, 1) and one-hot labels (batch, categories)."""
        rng = random_generator()
        labels = rng.integers(0, self.categories, self.batch_size)
        return rng.random((self.batch_size, self.input_size)), one_hot(labels, self.categories)


class SplitData:
    """A labelled set in two parts, one to train on, batch by batch, and one to test with.

    Parameters
    ----------
    inputs : numpy.ndarray
    labels : numpy.ndarray, (samples,)
        Class numbers.
    batch_size : int
    test_share : float
        Share of the samples that is kept for testing, chosen at random.
    """

    def __init__(
        self, inputs: np.ndarray, labels: np.ndarray, batch_size: int, test_share: float = 1 / 3
    ) -> None:
        rows = one_hot(labels, int(np.max(labels)) + 1)
        order = random_generator().permutation(len(rows))
        test, train = np.split(order, [round(test_share * len(rows))])
        self._test = inputs[test], rows[test]
        self._train = ArrayData(inputs[train], rows[train], batch_size)

    def next(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the next training batch, inputs and one-hot labels."""
        return self._train.next()

    def get_test_set(self) -> tuple[np.ndarray, np.ndarray]:
        """Return all test inputs and their one-hot labels."""
        return self._test


class IrisData(SplitData):
    """Fisher's iris flowers: 150 samples, 4 features, 3 classes."""

    def __init__(self, batch_size: int) -> None:
        from sklearn.datasets import load_iris

        inputs, labels = load_iris(return_X_y=True)
        super().__init__(inputs, labels, batch_size)


class DigitData(SplitData):
    """scikit-learn's handwritten digits: 1797 images, (1, 8, 8), from 0 to 1, 10 classes."""

    def __init__(self, batch_size: int) -> None:
        from sklearn.datasets import load_digits

        inputs, labels = load_digits(return_X_y=True)
        super().__init__(inputs.reshape(-1, 1, 8, 8) / 16, labels, batch_size)
