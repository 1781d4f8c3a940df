"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np

from course_utils.nn import FullyConnected, He, Xavier


class SplitLayer:
    """Keeps the input without ones and puts the gradient together."""

    def __init__(self, input_size, output_size):
        self.trainable = True
        self.testing_phase = False
        self.weights = np.random.uniform(0, 1, (input_size + 1, output_size))

    def forward(self, input_tensor):
        self.x = input_tensor
        return np.dot(input_tensor, self.weights[:-1]) + self.weights[-1]

    def backward(self, error_tensor):
        self.gradient_weights = np.vstack([self.x.T @ error_tensor, error_tensor.sum(axis=0)])
        return np.einsum("bo,io->bi", error_tensor, self.weights[:-1])


class ReturnsList(SplitLayer):
    def forward(self, input_tensor):
        return [[float(np.sum(row))] for row in super().forward(input_tensor)]


class OtherName(SplitLayer):
    def backward(self, error_tensor):
        below = super().backward(error_tensor)
        self.gradients_weights = self.__dict__.pop("gradient_weights")
        return below


class KeepsInputForAll(SplitLayer):
    kept = None

    def forward(self, input_tensor):
        KeepsInputForAll.kept = input_tensor
        return super().forward(input_tensor)

    def backward(self, error_tensor):
        self.x = KeepsInputForAll.kept
        return super().backward(error_tensor)


class KeepsFormerWeights(SplitLayer):
    def __init__(self, input_size, output_size):
        super().__init__(input_size, output_size)
        self.turned = self.weights[:-1].T

    def backward(self, error_tensor):
        super().backward(error_tensor)
        return error_tensor @ self.turned


class NoBackward:
    def __init__(self, input_size, output_size):
        self.trainable, self.testing_phase = True, False
        self.weights = np.random.rand(input_size + 1, output_size)

    def forward(self, input_tensor):
        return input_tensor @ self.weights[:-1] + self.weights[-1]


def flat_gradient(f, x):
    flat, h = x.ravel().astype(float), 1e-6
    rows = np.eye(flat.size) * h
    pairs = [(f((flat + r).reshape(x.shape)), f((flat - r).reshape(x.shape))) for r in rows]
    return np.array([(a - b) / (2 * h) for a, b in pairs]).reshape(x.shape)


def four_points(f, x):
    h, gradient = 1e-3, np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        values = []
        for step in (-2, -1, 1, 2):
            moved = x.copy()
            moved[i] += step * h
            values.append(f(moved))
        a, b, c, d = values
        gradient[i] = (a - 8 * b + 8 * c - d) / (12 * h)
    return gradient


def moved_and_restored(f, x):
    gradient = np.empty(x.shape)
    for i in np.ndindex(x.shape):
        before = x[i]
        x[i] = before + 1e-5
        above = f(x)
        x[i] = before - 1e-5
        below = f(x)
        x[i] = before
        gradient[i] = (above - below) / 2e-5
    return gradient


def leaves_its_input_moved(f, x):
    gradient = four_points(f, x)
    x += 1e-5
    return gradient


def by_columns(w1, b1, w2, b2):
    extended = np.column_stack([w1, b1])
    both = w2 @ extended
    return both[:, :-1], both[:, -1] + b2


def by_einsum(w1, b1, w2, b2):
    return [np.einsum("om,md->od", w2, w1), np.einsum("om,m->o", w2, b1) + b2]


class XavierByScaling:
    def initialize(self, weights_shape, fan_in, fan_out):
        return np.random.standard_normal(weights_shape) * (2 / (fan_in + fan_out)) ** 0.5


class HeByScaling:
    def initialize(self, weights_shape, fan_in, fan_out):
        return np.random.randn(*weights_shape) * np.sqrt(2.0 / fan_in)


class Uniform:
    def initialize(self, weights_shape, fan_in, fan_out):
        return np.random.rand(*weights_shape)


class XavierWithSix:
    def initialize(self, weights_shape, fan_in, fan_out):
        return np.random.normal(0, np.sqrt(6 / (fan_in + fan_out)), weights_shape)


class HeWithSix:
    def initialize(self, weights_shape, fan_in, fan_out):
        return np.random.normal(0, np.sqrt(6 / fan_in), weights_shape)


def by_parts(x, w1, w2, error):
    z = x.dot(w1)
    below = error.dot(w2.T)
    below[z <= 0] = 0
    skip = error
    return skip + below.dot(w1.T), x.T.dot(below), np.where(z > 0, z, 0).T.dot(error)


def by_loop(x, w1, w2, error):
    error_x, g1, g2 = np.zeros_like(x), np.zeros_like(w1), np.zeros_like(w2)
    for n in range(len(x)):
        z = x[n] @ w1
        back = (w2 @ error[n]) * (z > 0)
        error_x[n] = error[n] + w1 @ back
        g1 += np.outer(x[n], back)
        g2 += np.outer(np.maximum(z, 0), error[n])
    return error_x, g1, g2


RIGHT = {
    "FullyConnected": [SplitLayer, FullyConnected],
    "numerical_gradient": [flat_gradient, four_points, moved_and_restored],
    "collapse": [by_columns, by_einsum],
    "Xavier": [XavierByScaling, Xavier],
    "He": [HeByScaling, He],
    "residual_backward": [by_parts, by_loop],
}

WRONG = {
    "FullyConnected": [
        (ReturnsList, "shape (3, 1)"),
        (OtherName, "backward sets no `gradient_weights`"),
        (KeepsInputForAll, "two layers share what they remember"),
        (KeepsFormerWeights, "weights of its own from the constructor"),
    ],
    "numerical_gradient": [
        (leaves_its_input_moved, "in-place"),
        (lambda f, x: [1.0] * len(x), "expected"),
        (lambda f, x: f(x), "shape ()"),
    ],
    "collapse": [
        (lambda w1, b1, w2, b2: w2 @ w1, "separated by a comma"),
        (lambda w1, b1, w2, b2: (w2 @ w1, w2.T @ b1 + b2), "or W₂ is transposed"),
        (lambda w1, b1, w2, b2: (w2 @ w1, w1.T @ b1 + b2), "or W₁ is transposed"),
        (lambda w1, b1, w2, b2: (w2 @ w1, b1 * w2 + b2), "W₂ and b₁ are multiplied entry by entry"),
    ],
    "Xavier": [(Uniform, "drawn from [0, 1)"), (XavierWithSix, "limit ±a of the uniform rule")],
    "He": [(Uniform, "drawn from [0, 1)"), (HeWithSix, "limit ±a of the uniform rule")],
    "residual_backward": [
        (lambda x, w1, w2, error: error + error @ w2.T @ w1.T, "separated by a comma")
    ],
}
