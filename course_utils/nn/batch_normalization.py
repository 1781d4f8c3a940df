"""Batch normalization: the mathematics as functions of arrays, then the layer around them.

The functions take x, its error E = ∂L/∂y and their like as (batch, channels, positions), with one
position for vectors; every channel holds n = batch·positions numbers, over which its means and
sums run. What there is one of per channel (γ, β, μ, σ², √(σ² + ε)) has the shape (channels, 1).

Source: S. Ioffe and C. Szegedy, Batch Normalization: Accelerating Deep Network Training by
Reducing Internal Covariate Shift, 2015; forward Algorithm 1, backward section 3.
"""

from typing import Any

import numpy as np

from course_utils.nn.arrays import check_not_empty, check_shape, size
from course_utils.nn.base import Initializer, TrainableLayer


def normalize_batch(x: np.ndarray, epsilon: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return x̂, √(σ² + ε) and σ² of a batch, by its own mean and variance.

    Of every channel::

        μ = mean of x,  σ² = mean of (x − μ)²        biased: divided by n, not by n − 1
        x̂ = (x − μ) / √(σ² + ε)
    """
    normalized = x - x.mean(axis=(0, 2))[:, None]
    variance = np.mean(normalized * normalized, axis=(0, 2))[:, None]
    deviation = np.sqrt(variance + epsilon)
    normalized /= deviation
    return normalized, deviation, variance


def normalize_by(
    x: np.ndarray, mean: np.ndarray, variance: np.ndarray, epsilon: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return x̂ and √(σ² + ε) for a given μ and σ², as in the testing phase."""
    deviation = np.sqrt(variance + epsilon)
    normalized = x - mean
    normalized /= deviation
    return normalized, deviation


def scale_and_shift(normalized: np.ndarray, gamma: np.ndarray, beta: np.ndarray) -> np.ndarray:
    """Return y = γ·x̂ + β."""
    y = gamma * normalized
    y += beta
    return y


def parameter_gradients(error: np.ndarray, normalized: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return ∂L/∂γ = Σ E·x̂ and ∂L/∂β = Σ E, each (channels, 1)."""
    gamma_gradient = (error * normalized).sum(axis=(0, 2))[:, None]
    beta_gradient = error.sum(axis=(0, 2))[:, None]
    return gamma_gradient, beta_gradient


def input_gradient(
    error: np.ndarray,
    normalized: np.ndarray,
    gamma: np.ndarray,
    deviation: np.ndarray,
    gamma_gradient: np.ndarray,
    beta_gradient: np.ndarray,
) -> np.ndarray:
    """Return ∂L/∂x where x̂ came from `normalize_batch`, so that μ and σ² follow x as well.

    Through x itself, through μ and through σ²::

        ∂L/∂x = γ / √(σ² + ε) · (E − mean of E − x̂·mean of (E·x̂))

    Both means are known already: they are the gradients of β and of γ, divided by n. Where μ and
    σ² were constants (`normalize_by`), only ∂L/∂x = γ / √(σ² + ε) · E is left.
    """
    numbers = normalized.shape[0] * normalized.shape[2]
    gradient = normalized * (gamma_gradient / -numbers)
    gradient += error
    gradient -= beta_gradient / numbers
    gradient *= gamma / deviation
    return gradient


class BatchNormalization(TrainableLayer):
    """Batch normalization (Ioffe and Szegedy 2015), of vectors or of feature maps.

    Every channel is normalized over the batch and, in feature maps, over all positions as well:
    x̂ = (x − μ) / √(σ² + ε), then y = γ·x̂ + β. The functions above hold the mathematics.

    In the testing phase running averages of μ and σ² replace the batch's. The first batch sets
    them, later ones enter slowly: running ← decay·running + (1 − decay)·batch. Before any training
    they are 0 and 1.

    PyTorch differs in four ways, see `like_pytorch`.

    Parameters
    ----------
    channels : int
    decay : float
        Weight of the past in the running averages; PyTorch's `momentum` is 1 − decay.
    epsilon : float
        Keeps the division finite for a constant channel.
    running_variance_is_unbiased : bool
        Whether the *running* variance averages σ²·n / (n − 1). Training uses σ² either way.
    first_batch_sets_running : bool
        Otherwise the running averages start at 0 and 1 and drift away from there.

    Attributes
    ----------
    weights, bias : numpy.ndarray, (channels,)
        γ and β, 1 and 0 at first, whatever the initializers.
    gradient_weights, gradient_bias : numpy.ndarray, (channels,)
    running_mean, running_variance : numpy.ndarray, (channels,)
    batches_seen : int
    """

    arguments = (
        "channels",
        "decay",
        "epsilon",
        "running_variance_is_unbiased",
        "first_batch_sets_running",
    )
    buffer_names = ("running_mean", "running_variance", "batches_seen")

    def __init__(
        self,
        channels: int,
        decay: float = 0.8,
        epsilon: float = 1e-11,
        running_variance_is_unbiased: bool = False,
        first_batch_sets_running: bool = True,
    ) -> None:
        super().__init__()
        self.channels = size(channels, "BatchNormalization", "channels")
        self.decay = float(decay)
        self.epsilon = float(epsilon)
        self.running_variance_is_unbiased = running_variance_is_unbiased
        self.first_batch_sets_running = first_batch_sets_running
        self.weights: Any = np.ones(self.channels)
        self.bias: Any = np.zeros(self.channels)
        self.gradient_weights: np.ndarray | None = None
        self.gradient_bias: np.ndarray | None = None
        self.running_mean: Any = np.zeros(self.channels)
        self.running_variance: Any = np.ones(self.channels)
        self.batches_seen = 0
        self._image_shape: tuple[int, ...] | None = None

    @classmethod
    def like_pytorch(cls, channels: int) -> "BatchNormalization":
        """Make a layer with the conventions of `torch.nn.BatchNorm1d` and `BatchNorm2d`.

        A momentum of 0.1, ε = 1e-5, an unbiased running variance, and running averages that start
        at 0 and 1.
        """
        return cls(channels, 0.9, 1e-5, True, False)

    def initialize(self, weights_initializer: Initializer, bias_initializer: Initializer) -> None:
        """Set γ = 1 and β = 0; the initializers are not asked."""
        del weights_initializer, bias_initializer
        self.weights = np.ones(self.channels)
        self.bias = np.zeros(self.channels)

    def forward(self, input_tensor: np.ndarray) -> np.ndarray:
        """Normalize (batch, channels) or (batch, channels, y, x)."""
        x = self._input(input_tensor)
        check_not_empty(x, self, "input_tensor")
        if x.ndim < 3:
            check_shape(x, ("batch", self.channels), self, "input_tensor")
        else:
            names = ("y", "x", "z")[: x.ndim - 2]
            check_shape(x, ("batch", self.channels, *names), self, "input_tensor")
            self._image_shape = x.shape
        gamma = self._parameter("weights", (self.channels,), x)[:, None]
        beta = self._parameter("bias", (self.channels,), x)[:, None]
        maps = x.reshape(*x.shape[:2], -1)  # (batch, channels, positions)
        if self.testing_phase:
            mean, variance = (
                np.asarray(running, x.dtype)[:, None]
                for running in (self.running_mean, self.running_variance)
            )
            normalized, deviation = normalize_by(maps, mean, variance, self.epsilon)
        else:
            normalized, deviation, variance = normalize_batch(maps, self.epsilon)
            self._follow(maps, variance[:, 0])
        self._remember(x.shape, normalized, deviation, self.testing_phase)
        return scale_and_shift(normalized, gamma, beta).reshape(x.shape)

    def backward(self, error_tensor: np.ndarray) -> np.ndarray:
        """Return the error for the input, of the same shape, then update."""
        shape, normalized, deviation, statistics_were_constant = self._recall()
        error = self._error(error_tensor, shape).reshape(normalized.shape)
        gamma = self._parameter("weights", (self.channels,), error)[:, None]
        of_gamma, of_beta = parameter_gradients(error, normalized)
        if statistics_were_constant:
            input_error = error * (gamma / deviation)
        else:
            input_error = input_gradient(error, normalized, gamma, deviation, of_gamma, of_beta)
        self.gradient_weights, self.gradient_bias = of_gamma[:, 0], of_beta[:, 0]
        self._update()
        return input_error.reshape(shape)

    def reformat(self, tensor: np.ndarray) -> np.ndarray:
        """Turn (batch, channels, y, x) into (batch·y·x, channels), and such rows back into images.

        The way back uses the shape of the last images, seen here or in `forward`.
        """
        tensor = np.asarray(tensor)
        if tensor.ndim > 2:
            self._image_shape = tensor.shape
            return np.ascontiguousarray(np.moveaxis(tensor, 1, -1)).reshape(-1, tensor.shape[1])
        if self._image_shape is None:
            raise RuntimeError(f"{self!r}: reformat needs an image before it can restore one.")
        batch, channels, *positions = self._image_shape
        images = tensor.reshape(batch, *positions, channels)
        return np.ascontiguousarray(np.moveaxis(images, -1, 1))

    def _follow(self, maps: np.ndarray, variance: np.ndarray) -> None:
        """Let the running averages take in a batch; they are kept in double precision."""
        mean = maps.mean(axis=(0, 2), dtype=np.float64)
        variance = variance.astype(np.float64)
        if self.running_variance_is_unbiased:
            numbers = maps.shape[0] * maps.shape[2]
            if numbers < 2:
                raise ValueError(f"{self!r}: an unbiased variance needs more than one number.")
            variance = variance * (numbers / (numbers - 1))
        decay = self.decay
        if self.first_batch_sets_running and int(self.batches_seen) == 0:
            decay = 0.0
        self.running_mean = decay * self.running_mean + (1 - decay) * mean
        self.running_variance = decay * self.running_variance + (1 - decay) * variance
        self.batches_seen = int(self.batches_seen) + 1
