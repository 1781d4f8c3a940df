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


RIGHT = {
    "batch_norm": [by_loops, as_an_affine_map, by_pytorch],
    "update_running": [towards_the_new, running_by_pytorch],
    "backward": [backward_by_sums, backward_with_the_variances_mean],
    "fold": [fold_by_columns, fold_by_a_diagonal, fold_in_float32, fold_by_pytorch],
}

WRONG = {
    "batch_norm": [(normalized_in_place, "in-place")],
    "update_running": [(updated_in_place, "in-place")],
    "backward": [(lambda error, x, gamma, eps: error * gamma, "separated by a comma")],
    "fold": [(fold_in_place, "in-place")],
}
