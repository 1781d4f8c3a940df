"""Right answers in several styles, and wrong ones that no `Fault` of the exercises expresses."""

import numpy as np
import torch
from torch.nn import functional


def by_loops(x, gamma, beta, eps):
    n, units = x.shape
    y = np.empty((n, units))
    for j in range(units):
        mean = sum(x[:, j]) / n
        variance = sum((value - mean) ** 2 for value in x[:, j]) / n
        for i in range(n):
            y[i, j] = gamma[j] * (x[i, j] - mean) * (variance + eps) ** -0.5 + beta[j]
    return y


def as_an_affine_map(x, gamma, beta, eps):
    scale = gamma / np.sqrt(np.var(x, 0) + eps)
    return (x * scale + (beta - x.mean(0) * scale)).tolist()


def by_pytorch(x, gamma, beta, eps):
    x, gamma, beta = map(torch.tensor, (x, gamma, beta))
    return functional.batch_norm(x, None, None, gamma, beta, training=True, eps=eps).numpy()


def normalized_in_place(x, gamma, beta, eps):
    x -= x.mean(axis=0)
    x /= np.sqrt((x**2).mean(axis=0) + eps)
    return gamma * x + beta


def towards_the_new(mean, variance, x, momentum):
    n = len(x)
    if n == 1:
        raise ValueError("more than one sample is needed")
    unbiased = ((x - x.mean(0)) ** 2).sum(0) / (n - 1)
    return [mean + momentum * (x.mean(0) - mean), variance + momentum * (unbiased - variance)]


def running_by_pytorch(mean, variance, x, momentum):
    mean, variance = torch.tensor(mean), torch.tensor(variance)
    functional.batch_norm(torch.tensor(x), mean, variance, training=True, momentum=momentum)
    return mean.numpy(), variance.numpy()


def updated_in_place(mean, variance, x, momentum):
    if len(x) < 2:
        raise ValueError
    mean += momentum * (x.mean(0) - mean)
    variance += momentum * (x.var(0, ddof=1) - variance)
    return mean, variance


def backward_by_sums(error, x, gamma, eps):
    n, units = x.shape
    d_x_hat = np.multiply(gamma, error)
    d_variance, d_mean, d_x = np.zeros(units), np.zeros(units), np.zeros((n, units))
    for j in range(units):
        mean, root = x[:, j].mean(), (x[:, j].var() + eps) ** 0.5
        for i in range(n):
            d_variance[j] += d_x_hat[i, j] * (x[i, j] - mean) / (-2 * root**3)
            d_mean[j] -= d_x_hat[i, j] / root
        for i in range(n):
            through = 2 * d_variance[j] * (x[i, j] - mean) / n + d_mean[j] / n
            d_x[i, j] = d_x_hat[i, j] / root + through
    return d_x_hat, d_variance, d_mean, d_x


def backward_with_the_variances_mean(error, x, gamma, eps):
    centred, power = x - x.mean(0), x.var(0) + eps
    d_x_hat = gamma * error
    d_variance = (d_x_hat * centred * -0.5 * power**-1.5).sum(0)
    # the last factor is 0: deviations from the mean add up to nothing
    d_mean = (-d_x_hat * power**-0.5).sum(0) + d_variance * (-2 * centred).mean(0)
    d_x = d_x_hat * power**-0.5 + (2 * d_variance * centred + d_mean) / len(x)
    return [d_x_hat, d_variance, d_mean, d_x]


def fold_by_columns(weights, bias, gamma, beta, mean, variance, eps):
    new_weights, new_bias = np.empty_like(weights), np.empty_like(bias)
    for j in range(weights.shape[1]):
        factor = gamma[j] / (variance[j] + eps) ** 0.5
        new_weights[:, j] = factor * weights[:, j]
        new_bias[j] = factor * bias[j] - factor * mean[j] + beta[j]
    return new_weights, new_bias


def fold_by_a_diagonal(weights, bias, gamma, beta, mean, variance, eps):
    diagonal = np.diag(gamma / np.sqrt(variance + eps))
    return weights @ diagonal, (bias - mean) @ diagonal + beta


def fold_in_place(weights, bias, gamma, beta, mean, variance, eps):
    scale = gamma / np.sqrt(variance + eps)
    weights *= scale
    return weights, (bias - mean) * scale + beta


def fold_in_float32(*layers):
    return tuple(one.astype(np.float32) for one in fold_by_columns(*layers))


def fold_by_pytorch(*layers):
    *arrays, eps = layers
    weights, bias, gamma, beta, mean, variance = map(torch.tensor, arrays)
    scale = gamma / torch.sqrt(variance + eps)
    return weights * scale, (bias - mean) * scale + beta


def squared_eps(x, gamma, beta, eps):
    return gamma * (x - np.mean(x, 0)) / np.sqrt(np.var(x, 0) + eps**2) + beta


def sample_deviation_and_eps(x, gamma, beta, eps):
    return gamma * (x - x.mean(0)) / (np.std(x, axis=0, ddof=1) + eps) + beta


def beta_inside(x, gamma, beta, eps):
    x_hat = (x - x.mean(0)) / (x.var(0) + eps) ** 0.5
    return gamma * (x_hat - beta)


def eps_after_the_division(x, gamma, beta, eps):
    return gamma * ((x - x.mean(0)) / np.sqrt(x.var(0)) + eps) + beta


def by_the_sample_variance(x, gamma, beta, eps):
    return gamma * (x - np.mean(x, 0)) / (np.var(x, 0, ddof=1) + eps) + beta


def constant_units_apart(x, gamma, beta, eps):
    deviation = np.where(x.std(0) == 0, 1, x.std(0))
    return gamma * (x - x.mean(0)) / deviation + beta


def update_but(**own):
    """Return an answer to exercise 2 of which mean or variance is `own`."""

    def answer(mean, variance, x, momentum):
        made = running_by_pytorch(mean, variance, x, momentum)
        right = dict(zip(("mean", "variance"), made, strict=True))
        wrong = {name: make(mean, variance, x, momentum) for name, make in own.items()}
        return tuple((right | wrong).values())

    return answer


def sum_over_n_less_one(mean, variance, x, momentum):
    return mean + momentum * (x.sum(0) / (len(x) - 1) - mean)


def turned_over(mean, variance, x, momentum):
    n = len(x)
    return variance + momentum * ((n - 1) / n * np.var(x, 0) - variance)


def unbiased_as_a_whole(mean, variance, x, momentum):
    n = len(x)
    return n / (n - 1) * (variance + momentum * (np.var(x, 0) - variance))


def backward_but(place, wrong):
    """Return an answer to exercise 4 that is right but for the result at `place`."""

    def answer(error, x, gamma, eps):
        results = backward_with_the_variances_mean(error, x, gamma, eps)
        centred, power = x - x.mean(0), x.var(0) + eps
        results[place] = wrong(error, x, gamma, centred, power, *results)
        return results

    return answer


def short_form_without_gamma(error, x, gamma, centred, power, *_):
    x_hat = centred / power**0.5
    return (error - error.mean(0) - x_hat * (error * x_hat).mean(0)) / power**0.5


def x_for_centred(error, x, gamma, centred, power, d_x_hat, d_variance, d_mean, _):
    return d_x_hat / power**0.5 + d_variance * 2 * x / len(x) + d_mean / len(x)


def over_the_variance(error, x, gamma, centred, power, d_x_hat, d_variance, d_mean, _):
    return d_x_hat / power + d_variance * 2 * centred / len(x) + d_mean / len(x)


def gamma_once_more(error, x, gamma, centred, power, d_x_hat, *_):
    return -0.5 * (gamma * d_x_hat * centred).sum(0) / power**1.5


def variances_path_without_centred(error, x, gamma, c, power, d_x_hat, d_variance, d_mean, _):
    return d_x_hat / power**0.5 + (2 * d_variance + d_mean) / len(x)


def fold_but(bias_of):
    """Return an answer to exercise 3 with another b'."""

    def answer(weights, bias, gamma, beta, mean, variance, eps):
        root = np.sqrt(variance + eps)
        return weights * gamma / root, bias_of(bias, gamma, beta, mean, root)

    return answer


RIGHT = {
    "batch_norm": [by_loops, as_an_affine_map, by_pytorch],
    "update_running": [towards_the_new, running_by_pytorch],
    "backward": [backward_by_sums, backward_with_the_variances_mean],
    "fold": [fold_by_columns, fold_by_a_diagonal, fold_in_float32, fold_by_pytorch],
}

WRONG = {
    "batch_norm": [
        (normalized_in_place, "in-place"),
        (squared_eps, "ε is squared"),
        (sample_deviation_and_eps, "divided by n − 1, and ε is added to the deviation"),
        (beta_inside, "inside the bracket"),
        (eps_after_the_division, "ε is added after the division"),
        (by_the_sample_variance, "it divides by the variance, and by the one with n − 1"),
        (constant_units_apart, "ε is missing"),
    ],
    "update_running": [
        (updated_in_place, "in-place"),
        (lambda mean, variance, x, momentum: (mean, variance), "nothing is updated"),
        (update_but(variance=lambda m, v, *_: v), "the running variance is the old one"),
        (update_but(mean=lambda m, *_: m), "the running mean is the old one"),
        (update_but(mean=sum_over_n_less_one), "the mean is divided by n − 1"),
        (update_but(variance=turned_over), "turned over"),
        (update_but(variance=unbiased_as_a_whole), "the whole running variance"),
    ],
    "backward": [
        (lambda error, x, gamma, eps: error * gamma, "separated by a comma"),
        (backward_but(0, lambda e, x, g, c, power, *_: e * c / power**0.5), "whose sum is ∂L/∂γ"),
        (backward_but(2, lambda e, x, g, c, p, d_x_hat, *_: -(d_x_hat / x.std(0)).sum(0)), "ε is"),
        (backward_but(1, gamma_once_more), "γ is multiplied in twice"),
        (
            backward_but(2, lambda e, x, g, c, power, d_x_hat, *_: -d_x_hat.sum(0) * power**0.5),
            "it is multiplied by the deviation",
        ),
        (backward_but(2, lambda error, *_: -error.sum(0)), "γ and the deviation are missing"),
        (backward_but(3, short_form_without_gamma), "γ is missing"),
        (backward_but(3, x_for_centred), "x stands where x − μ belongs in the path"),
        (backward_but(3, variances_path_without_centred), "x − μ is missing in the path"),
        (backward_but(3, over_the_variance), "the direct path is divided by the variance"),
    ],
    "fold": [
        (fold_in_place, "in-place"),
        (fold_but(lambda b, g, be, m, root: g * (b - m) + be), "b − μ is multiplied by γ only"),
        (fold_but(lambda b, g, be, m, root: b - m + be), "b − μ is not scaled"),
        (fold_but(lambda b, g, be, m, root: g * b / root - m / root + be), "γ is missing at the"),
    ],
}
