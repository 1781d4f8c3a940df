"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np
import torch
from torch.nn import functional


def decompose_by_loops(predictions, truth):
    trainings, inputs = predictions.shape
    bias2 = variance = 0.0
    for j in range(inputs):
        average = sum(predictions[:, j]) / trainings
        bias2 += (average - truth[j]) ** 2 / inputs
        for i in range(trainings):
            variance += (predictions[i, j] - average) ** 2 / (trainings * inputs)
    return bias2, variance


def decompose_by_the_difference(predictions, truth):
    variance = np.var(predictions, axis=0).mean()
    return [np.square(predictions - truth).mean() - variance, variance]


def decompose_in_place(predictions, truth):
    average = predictions.mean(axis=0)
    predictions -= average
    return np.mean((average - truth) ** 2), np.mean(predictions**2)


def ensemble_by_pairs(predictions):
    members = len(predictions)
    centred = predictions - predictions.mean(axis=1, keepdims=True)
    covariances = [
        np.mean(centred[a] * centred[b]) for a in range(members) for b in range(members) if a != b
    ]
    return np.mean(centred**2), np.mean(covariances), predictions.mean(axis=0).var()


def ensemble_by_the_formula(predictions):
    members = predictions.shape[0]
    own = predictions.var(axis=1).mean()
    whole = predictions.mean(axis=0).var()
    pairs = (members * whole - own) / (members - 1)
    return own, pairs, own / members + (members - 1) / members * pairs


def dropout_by_where(x, error, draws, p, training):
    if not training:
        return x, error
    kept = draws >= p
    return np.where(kept, x / (1 - p), 0.0), np.where(kept, error / (1 - p), 0.0)


def dropout_by_loops(x, error, draws, p, training):
    y, below = np.zeros(x.shape), np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        if not training:
            y[place], below[place] = x[place], error[place]
        elif draws[place] >= p:
            y[place], below[place] = x[place] / (1 - p), error[place] / (1 - p)
    return [y, below]


def dropout_in_place(x, error, draws, p, training):
    if training:
        x[draws < p] = 0
        error[draws < p] = 0
        x /= 1 - p
        error /= 1 - p
    return x, error


def l2_by_vdot(w, strength):
    return 0.5 * strength * np.vdot(w, w), np.multiply(w, strength)


def l2_by_pytorch(w, strength):
    t = torch.tensor(w, requires_grad=True)
    penalty = strength / 2 * functional.mse_loss(t, torch.zeros_like(t), reduction="sum")
    penalty.backward()
    return penalty.item(), t.grad.numpy()


def adam_in_other_words(w, gradient, m, v, k, rate, l2, decay):
    total = gradient + l2 * w
    first = m + 0.1 * (total - m)
    second = v + 0.001 * (total * total - v)
    shrunk = (1 - rate * decay) * w
    size = rate * np.sqrt(1 - 0.999**k) / (1 - 0.9**k)
    return shrunk - size * first / (np.sqrt(second) + 1e-8 * np.sqrt(1 - 0.999**k)), first, second


def adam_entry_by_entry(w, gradient, m, v, k, rate, l2, decay):
    results = []
    for weight, slope, one, two in zip(w, gradient, m, v, strict=True):
        slope = slope + l2 * weight
        one = 0.9 * one + 0.1 * slope
        two = 0.999 * two + 0.001 * slope**2
        step = one / (1 - 0.9**k) / ((two / (1 - 0.999**k)) ** 0.5 + 1e-8)
        results.append((weight - rate * (step + decay * weight), one, two))
    return tuple(np.array(results).T)


def adam_in_place(w, gradient, m, v, k, rate, l2, decay):
    gradient += l2 * w
    m = 0.9 * m + 0.1 * gradient
    v = 0.999 * v + 0.001 * gradient**2
    step = m / (1 - 0.9**k) / (np.sqrt(v / (1 - 0.999**k)) + 1e-8)
    return w - rate * (decay * w + step), m, v


def adam_with_epsilon_outside(w, gradient, m, v, k, rate, l2, decay):
    g = gradient + l2 * w
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    step = m / (1 - 0.9**k) / np.sqrt(v / (1 - 0.999**k)) + 1e-8
    return w - rate * decay * w - rate * step, m, v


def adam_corrected(of_m, of_v):
    """Return a step of Adam whose corrections for step k are `of_m` and `of_v`."""

    def step_of(w, gradient, m, v, k, rate, l2, decay):
        g = gradient + l2 * w
        m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
        step = m / of_m(k) / (np.sqrt(v / of_v(k)) + 1e-8)
        return w - rate * decay * w - rate * step, m, v

    return step_of


def adam_corrected_behind_the_root(w, gradient, m, v, k, rate, l2, decay):
    g = gradient + l2 * w
    m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g**2
    step = m / (1 - 0.9**k) / (np.sqrt(v) / (1 - 0.999**k) + 1e-8)
    return w - rate * decay * w - rate * step, m, v


def decompose_over_the_other_axis(predictions, truth):
    average = predictions.mean(axis=1, keepdims=True)
    return np.mean((average - truth) ** 2), np.mean((predictions - average) ** 2)


def ensemble_with(first=None, weight=lambda K: 1 - 1 / K):
    """Return an ensemble's terms, V of the `first` members only, and C with another weight."""

    def terms(p):
        _, C, _ = ensemble_by_pairs(p)
        V = p[:first].var(axis=1).mean()
        return V, C, V / len(p) + weight(len(p)) * C

    return terms


def dropout_times_p(x, error, draws, p, training):
    factor = (draws >= p) * p if training else 1
    return x * factor, error * factor


def dropout_with(drawn):
    """Return a dropout whose mask is of random numbers of its own."""

    def layer(x, error, draws, p, training):
        factor = (drawn(x.shape) >= p) / (1 - p) if training else 1
        return x * factor, error * factor

    return layer


def dropout_with_places_never_written(x, error, draws, p, training):
    """Fill what is dropped with whatever an array that was never written may hold."""
    if not training:
        return x, error
    kept, left = draws >= p, np.random.default_rng().random(x.shape)
    return np.where(kept, x / (1 - p), left), np.where(kept, error / (1 - p), left)


def dropout_of_the_factor(x, error, draws, p, training):
    factor = (draws >= p) / (1 - p) if training else np.ones_like(x)
    return x * factor, factor if training else error


def dropout_without_evaluation(x, error, draws, p, training):
    if training:
        return dropout_by_where(x, error, draws, p, training)
    return None


def dropout_of_three(x, error, draws, p, training):
    results = dropout_by_where(x, error, draws, p, training)
    return results if training else (*results, draws)


def dropout_of_x_alone(x, error, draws, p, training):
    return dropout_by_where(x, error, draws, p, training) if training else x


RIGHT = {
    "decompose": [decompose_by_loops, decompose_by_the_difference],
    "ensemble": [ensemble_by_pairs, ensemble_by_the_formula],
    "dropout": [dropout_by_where, dropout_by_loops],
    "l2": [l2_by_vdot, l2_by_pytorch],
    "adam_step": [adam_in_other_words, adam_entry_by_entry],
}

WRONG = {
    "decompose": [
        (decompose_in_place, "in-place"),
        (decompose_over_the_other_axis, "both terms are about each training's average"),
    ],
    "ensemble": [
        (lambda p: p.var(), "separated by a comma"),
        (ensemble_with(first=1), "the variance of the first member"),
        (ensemble_with(weight=lambda K: (K - 1) / K**2), "K(K − 1)/K² = 1 − 1/K"),
    ],
    "dropout": [
        (dropout_in_place, "in-place"),
        (dropout_times_p, "multiplied by p; divide by 1 − p"),
        (
            dropout_with(lambda shape: np.random.default_rng().random(shape)),
            "random numbers are drawn inside",
        ),
        (dropout_with(lambda shape: torch.rand(shape).numpy()), "random numbers are drawn inside"),
        (dropout_with_places_never_written, "expected 0"),
        (dropout_of_the_factor, "that is the factor alone"),
        (dropout_without_evaluation, "in evaluation, the function returns None"),
        (dropout_of_three, "returns 3 values, expected two"),
        (dropout_of_x_alone, "in evaluation, the function returns an array of shape"),
    ],
    "l2": [
        (lambda w, strength: strength * w, "separated by a comma"),
        (
            lambda w, strength: (strength * np.sum(w**2), 2 * strength * w),
            "both are without the ½",
        ),
        (lambda w, strength: (strength / 2 * w.T @ w, strength * w), "a matrix product"),
        (lambda w, strength: (strength / 2 * w @ w.T, strength * w), "a matrix product"),
    ],
    "adam_step": [
        (adam_in_place, "in-place"),
        (adam_with_epsilon_outside, "mind the brackets"),
        (adam_corrected(lambda k: 1 - 0.9 * k, lambda k: 1 - 0.999**k), "raised to the power k"),
        (adam_corrected(lambda k: 1 - 0.9 * k, lambda k: 1 - 0.999 * k), "k is the exponent"),
        (adam_corrected(lambda k: 0.9**k - 1, lambda k: 0.999**k - 1), "the 1 comes first"),
        (adam_corrected(lambda k: 1 - 0.999**k, lambda k: 1 - 0.9**k), "exchanged in the corr"),
        (adam_corrected_behind_the_root, "correct it first, then take the root"),
    ],
}
