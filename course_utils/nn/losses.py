"""Loss functions.

``forward(prediction_tensor, label_tensor)`` returns one number, ``backward(label_tensor)`` the
error ∂L/∂ŷ of the prediction's shape. By the exercises' convention losses are *summed* over the
batch; ``reduction="mean"`` divides as PyTorch's default does (which is said at each loss).

ε is the machine epsilon of the prediction's type, 2.2e-16 for float64: it keeps ln 0 finite.
"""

from typing import Any

import numpy as np

from course_utils.nn.activations import sigmoid, softmax
from course_utils.nn.arrays import as_float, check_not_empty, check_shape
from course_utils.nn.configuration import Configurable


class LossLayer(Configurable):
    """Base of all losses.

    Parameters
    ----------
    reduction : "sum" or "mean"
    """

    arguments = ("reduction",)

    def __init__(self, reduction: str = "sum") -> None:
        if reduction not in ("sum", "mean"):
            raise ValueError(
                f'{type(self).__name__}: reduction should be "sum" or "mean", not {reduction!r}.'
            )
        self.reduction = reduction
        self._prediction: np.ndarray | None = None

    def forward(self, prediction_tensor: np.ndarray, label_tensor: np.ndarray) -> float:
        """Return the loss of a batch.

        Parameters
        ----------
        prediction_tensor, label_tensor : numpy.ndarray
            Of the same shape.
        """
        prediction = as_float(prediction_tensor, self, "prediction_tensor")
        check_not_empty(prediction, self, "prediction_tensor")
        self._prediction = prediction
        label = self._label(label_tensor, prediction)
        return float(self._loss(prediction, label)) / self._divisor(prediction)

    def backward(self, label_tensor: np.ndarray) -> np.ndarray:
        """Return ∂L/∂prediction for the prediction last seen by `forward`."""
        if self._prediction is None:
            raise RuntimeError(f"{self!r}: call forward before backward.")
        prediction = self._prediction
        gradient = self._gradient(prediction, self._label(label_tensor, prediction))
        divisor = self._divisor(prediction)
        return gradient if divisor == 1 else gradient / divisor

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        raise NotImplementedError

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        raise NotImplementedError

    def _divisor(self, prediction: np.ndarray) -> int:
        """Return what "mean" divides by: the number of entries, unless a loss says otherwise."""
        return prediction.size if self.reduction == "mean" else 1

    def _label(self, label_tensor: object, prediction: np.ndarray) -> np.ndarray:
        label = as_float(label_tensor, self, "label_tensor")
        check_shape(label, prediction.shape, self, "label_tensor")
        return label.astype(prediction.dtype, copy=False)


class SquaredErrorLoss(LossLayer):
    """L = Σ (ŷ − y)², ∂L/∂ŷ = 2·(ŷ − y); "mean" divides by the number of entries."""

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        return np.sum((prediction - label) ** 2)

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        return 2 * (prediction - label)


class CrossEntropyLoss(LossLayer):
    """L = −Σ y·ln(ŷ + ε), ∂L/∂ŷ = −y / (ŷ + ε), for probabilities ŷ (after SoftMax).

    Labels are one-hot rows, (batch, classes), so that the sum picks −ln ŷ of the right class; any
    other distribution works too. "mean" divides by the batch size.
    """

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        return -np.sum(label * np.log(prediction + _epsilon(prediction)))

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        return -label / (prediction + _epsilon(prediction))

    def _divisor(self, prediction: np.ndarray) -> int:
        return len(prediction) if self.reduction == "mean" else 1


class CrossEntropyWithLogitsLoss(CrossEntropyLoss):
    """Cross-entropy of SoftMax(z) for the raw outputs z, in one stable step.

    With y a distribution over the classes and z shifted by its row maximum::

        L = Σ_batch Σ_k y_k·(ln Σ_j e^z_j − z_k),   ∂L/∂z = SoftMax(z) − y

    No ε and no overflow: SoftMax followed by a logarithm loses small probabilities, this does
    not. "mean" divides by the batch size.
    """

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        shifted = prediction - prediction.max(axis=-1, keepdims=True)
        log_sum = np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
        return np.sum(label * (log_sum - shifted))

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        return softmax(prediction) * label.sum(axis=-1, keepdims=True) - label


class BinaryCrossEntropyLoss(LossLayer):
    """Binary cross-entropy of probabilities ŷ (after Sigmoid), labels 0 to 1, of any shape.

    L = −Σ y·ln(ŷ + ε) + (1 − y)·ln(1 − ŷ + ε),
    ∂L/∂ŷ = −y / (ŷ + ε) + (1 − y) / (1 − ŷ + ε). "mean" divides by the number of entries.
    """

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        epsilon = _epsilon(prediction)
        yes = label * np.log(prediction + epsilon)
        return -np.sum(yes + (1 - label) * np.log(1 - prediction + epsilon))

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        epsilon = _epsilon(prediction)
        return (1 - label) / (1 - prediction + epsilon) - label / (prediction + epsilon)


class BinaryCrossEntropyWithLogitsLoss(LossLayer):
    """Binary cross-entropy of sigmoid(z) for the raw outputs z, in one stable step.

    L = Σ max(z, 0) − z·y + ln(1 + e^−|z|), ∂L/∂z = sigmoid(z) − y: the exponent is never
    positive, so nothing overflows. "mean" divides by the number of entries.
    """

    def _loss(self, prediction: np.ndarray, label: np.ndarray) -> Any:
        z = prediction
        return np.sum(np.maximum(z, 0) - z * label + np.log1p(np.exp(-np.abs(z))))

    def _gradient(self, prediction: np.ndarray, label: np.ndarray) -> np.ndarray:
        return sigmoid(prediction) - label


def _epsilon(prediction: np.ndarray) -> float:
    return float(np.finfo(prediction.dtype).eps)
