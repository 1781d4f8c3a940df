import numpy as np


def layer(forward, backward, keep=lambda self, alpha: setattr(self, "alpha", alpha)):
    """A class of these methods; forward also stores what it got."""

    class Layer:
        def __init__(self, alpha):
            keep(self, alpha)

        def forward(self, input_tensor):
            self.x = input_tensor
            return forward(self, input_tensor)

        def backward(self, error_tensor):
            return backward(self, error_tensor)

    return Layer


def right_forward(self, x):
    return np.where(x > 0, x, self.alpha * x)


def right_backward(self, error):
    return np.where(self.x > 0, error, self.alpha * error)


class Masks:
    """The exam's own style: two masks, as float64."""

    def __init__(self, alpha):
        self.alpha = alpha

    def forward(self, input_tensor):
        self.pos = input_tensor >= 0
        self.neg = (input_tensor < 0) * self.alpha
        return input_tensor * self.pos + input_tensor * self.neg

    def backward(self, error_tensor):
        return error_tensor * self.pos + error_tensor * self.neg


class Loops:
    __slots__ = ("_a", "_kept")

    def __init__(self, alpha=0.01):
        self._a = alpha

    def forward(self, input_tensor):
        self._kept = np.array(input_tensor, dtype=float)
        out = np.empty_like(self._kept)
        for index, value in np.ndenumerate(self._kept):
            out[index] = max(value, self._a * value)
        return out

    def backward(self, error_tensor):
        out = np.array(error_tensor, dtype=float)
        for index, value in np.ndenumerate(self._kept):
            if value < 0:
                out[index] *= self._a
        return out


class Closure:
    def __init__(self, alpha):
        self.f = lambda x: np.maximum(x, 0) + alpha * np.minimum(x, 0)
        self.slope = lambda x: 1 - (1 - alpha) * (x <= 0)

    def forward(self, input_tensor):
        self.x = input_tensor.copy()
        return self.f(self.x)

    def backward(self, error_tensor):
        return self.slope(self.x) * error_tensor


def in_place(self, x):
    x[x < 0] *= self.alpha
    return x


def error_in_place(self, error):
    error[self.x < 0] *= self.alpha
    return error


def whole(self, x):
    out = np.empty_like(x)
    out[:] = right_forward(self, x)
    return out


class Shared:
    """The input is kept by the class, so that all layers share it."""

    x = None

    def __init__(self, alpha):
        self.alpha = alpha

    def forward(self, input_tensor):
        Shared.x = input_tensor
        return np.where(input_tensor > 0, input_tensor, self.alpha * input_tensor)

    def backward(self, error_tensor):
        return np.where(Shared.x > 0, error_tensor, self.alpha * error_tensor)


class First(layer(right_forward, right_backward)):
    """It remembers the first input for ever."""

    kept = None

    def forward(self, input_tensor):
        self.kept = input_tensor if self.kept is None else self.kept
        return super().forward(input_tensor)

    def backward(self, error_tensor):
        return np.where(self.kept > 0, error_tensor, self.alpha * error_tensor)


class NoConstructor:
    def forward(self, input_tensor):
        return input_tensor


class OtherName(layer(right_forward, right_backward)):
    def __init__(self, slope):
        super().__init__(slope)


class NoBackward:
    def __init__(self, alpha):
        self.alpha = alpha

    def forward(self, input_tensor):
        return np.where(input_tensor > 0, input_tensor, self.alpha * input_tensor)


def shortened(self, alpha):
    self.alpha = int(alpha)


def forgets(self, alpha):
    self.alpha = 0.01


def border_left_out(self, error):
    return error * (self.x > 0) + self.alpha * error * (self.x < 0)


def by_branches(x):
    """Two cases, each computed where it is meant for."""
    value, slope = np.empty(np.shape(x)), np.empty(np.shape(x))
    left = x < 0
    e = np.exp(x[left])
    value[left], slope[left] = e / (1 + e), e / (1 + e) ** 2
    e = np.exp(-x[~left])
    value[~left], slope[~left] = 1 / (1 + e), e / (1 + e) ** 2
    return value, slope


def both_sides(x):
    def s(x):
        return np.exp(-np.logaddexp(0, -x))

    return s(x), s(x) * s(-x)


def in_float32(x):
    value, slope = both_sides(x.astype(np.float32))
    return value, slope


def never_filled(x):
    return both_sides(x)[0], np.zeros(x.shape)


def without_branches(x):
    s = np.exp(-abs(x))
    return s / (1 + s), s / (1 + s) ** 2


def square_of_s(x):
    s = np.exp(-abs(x))
    return np.where(x < 0, s, 1) / (1 + s), s / (1 + s**2)


def rows_by_loop(z):
    out = []
    for row in z:
        e = np.exp(row - max(row))
        out.append(e / sum(e))
    return np.array(out)


def shifted_in_place(z):
    z -= z.max(axis=1, keepdims=True)
    return np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)


def shifted_by_its_sum(z):
    e = np.exp(z - z.sum(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def equal_where_nan(z):
    e = np.exp(z - z.max())
    return np.nan_to_num(e / e.sum(axis=1, keepdims=True), nan=1 / z.shape[1])


def loss_by_logaddexp(z, y):
    return np.mean(np.logaddexp(0, z) - z * y), (both_sides(z)[0] - y) / z.size


def loss_by_sign(z, y):
    """Of a label −1 or 1, the loss is ln(1 + e^−margin)."""
    sign = 2 * y - 1
    loss = np.logaddexp(0, -sign * z).sum() / len(z)
    return loss, [
        -t * both_sides(np.array(-t * a))[0] / len(z) for t, a in zip(sign, z, strict=True)
    ]


def gradient_never_filled(z, y):
    return loss_by_logaddexp(z, y)[0], np.zeros(len(z))


def gradient_without_branches(z, y):
    return loss_by_logaddexp(z, y)[0], (1 / (1 + np.exp(-abs(z))) - y) / len(z)


def magnitude_for_positive_part(z, y):
    loss = np.mean(np.abs(z) - z * y + np.log1p(np.exp(-np.abs(z))))
    return loss, loss_by_logaddexp(z, y)[1]


def cut_off_as_in_pytorch(z, y):
    p = both_sides(z)[0]
    with np.errstate(divide="ignore"):
        positive, negative = (np.maximum(np.log(one), -100) for one in (p, 1 - p))
    return np.mean(-y * positive - (1 - y) * negative), (p - y) / len(z)


def magnitude_without_minus(z, y):
    loss = np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(abs(z))))
    return loss, loss_by_logaddexp(z, y)[1]


RIGHT = {
    "sigmoid": [by_branches, both_sides, lambda x: list(both_sides(x))],
    "softmax": [
        rows_by_loop,
        lambda z: np.exp(z - np.logaddexp.reduce(z, axis=1, keepdims=True)),
        lambda z: (np.exp(z.T - z.max(1)) / np.exp(z.T - z.max(1)).sum(0)).T,
    ],
    "bce_from_logits": [loss_by_logaddexp, loss_by_sign],
    "leaky_relu": [
        Masks,
        Loops,
        Closure,
        layer(right_forward, lambda s, e: np.where(s.x >= 0, e, s.alpha * e)),
        layer(lambda s, x: np.maximum(x, s.alpha * x), right_backward),
        layer(
            lambda s, x: right_forward(s, x).astype(object),
            lambda s, e: right_backward(s, e).astype(object),
        ),
    ],
}

WRONG = {
    "sigmoid": [
        (lambda x: both_sides(x)[0], "separated by a comma"),
        (in_float32, "digits are lost"),
        (never_filled, "an array of zeros, perhaps, that was never filled"),
        (without_branches, "for x ≥ 0 the numerator is 1"),
        (square_of_s, "the square belongs to the whole denominator"),
    ],
    "softmax": [
        (shifted_in_place, "in-place"),
        (shifted_by_its_sum, "a row far below what is subtracted"),
        (equal_where_nan, "as if they were equal"),
    ],
    "bce_from_logits": [
        (lambda z, y: loss_by_logaddexp(z, y)[0], "separated by a comma"),
        (gradient_never_filled, "an array of zeros, perhaps, that was never filled"),
        (gradient_without_branches, "this is σ(|z|) − y"),
        (magnitude_without_minus, "the exponent is |z|"),
        (magnitude_for_positive_part, "or |z| where max(z, 0) belongs"),
        (cut_off_as_in_pytorch, "ln p is cut off at −100"),
    ],
    "leaky_relu": [
        (layer(lambda s, x: None, right_backward), "no `return`"),
        (layer(lambda s, x: right_forward(s, x).sum(), right_backward), "all axes were reduced"),
        (layer(lambda s, x: right_forward(s, x) + 5j, right_backward), "is complex (complex128)"),
        (layer(in_place, right_backward), "in-place"),
        (layer(whole, right_backward), "array of whole numbers"),
        (layer(right_forward, border_left_out), "exactly at the border"),
        (layer(right_forward, error_in_place), "operation in place"),
        (layer(right_forward, right_backward, forgets), "`self.alpha = alpha` is missing"),
        (layer(right_forward, right_backward, shortened), "changed on the way, as by `int`"),
        (lambda alpha: 2 * alpha, "begin with `class`"),
        (Shared, "two layers share what they remember"),
        (First, "does not belong to the last forward"),
        (NoConstructor, "after `self`"),
        (OtherName, "after `self`"),
        (NoBackward, "no method `backward`"),
    ],
}
