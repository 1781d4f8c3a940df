"""Right answers in other styles, and wrong ones that no fault expresses."""

import numpy as np
import torch
from sklearn.decomposition import PCA
from torch.nn import functional

from course_utils.data.holes import rectangles


def by_eigenvectors(x, new, count):
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    basis = vectors[:, np.argsort(values)[::-1][:count]]
    return x.mean(axis=0) + (new - x.mean(axis=0)) @ basis @ basis.T


def by_scikit_learn(x, new, count):
    model = PCA(count).fit(x)
    return model.inverse_transform(model.transform(new))


def vectorized(pictures, rng):
    hole = rectangles(len(pictures), pictures.shape[1:], (3, 5), rng)
    return pictures * ~hole, hole


def by_pixels(pictures, rng):
    erased, hole = pictures.copy(), np.zeros(pictures.shape)
    for n in range(len(pictures)):
        size = rng.integers(3, 5, size=2, endpoint=True)
        start = [rng.integers(0, 8 - side, endpoint=True) for side in size]
        for row in range(start[0], start[0] + size[0]):
            for column in range(start[1], start[1] + size[1]):
                hole[n, row, column] = 1
                erased[n, row, column] = 0
    return [erased, hole]


def erase_returns_pictures_only(pictures, rng):
    return vectorized(pictures, rng)[0]


def erase_first_only(pictures, rng):
    hole = np.zeros(pictures.shape, dtype=bool)
    hole[0, 2:5, 2:6] = True
    return np.where(hole, 0, pictures), hole


def erase_and_return_in_the_loop(pictures, rng):
    hole = np.zeros(pictures.shape, dtype=bool)
    for one in hole:
        one[:] = rectangles(1, one.shape, (3, 5), rng)[0]
        return np.where(hole, 0, pictures), hole


def by_indexing(painted, pictures, hole):
    return ((painted - pictures)[hole.bool()] ** 2).mean()


def by_weights(painted, pictures, hole):
    return functional.mse_loss(painted * hole, pictures * hole, reduction="sum") / hole.sum()


def loss_as_number(painted, pictures, hole):
    return by_indexing(painted, pictures, hole).item()


def loss_detached(painted, pictures, hole):
    return by_indexing(painted.detach(), pictures, hole)


def loss_and_size(painted, pictures, hole):
    return by_indexing(painted, pictures, hole), hole.sum()


def loss_that_erases(painted, pictures, hole):
    pictures *= hole
    return by_weights(painted, pictures, hole)


def step_by_lines(network, optimizer, pictures, hole):
    damaged = pictures.clone()
    damaged[hole == 1] = 0
    optimizer.zero_grad()
    loss = by_indexing(network(torch.cat((damaged, hole), 1)), pictures, hole)
    loss.backward()
    optimizer.step()
    return float(loss)


def step_by_hand(network, optimizer, pictures, hole):
    output = network(torch.hstack([torch.where(hole.bool(), 0.0, pictures), hole]))
    loss = (hole * (output - pictures).square()).sum() / hole.sum()
    for parameter in network.parameters():
        parameter.grad = None
    loss.backward()
    optimizer.step()
    return loss.detach().item()


def step_that_returns_more(network, optimizer, pictures, hole):
    return step_by_lines(network, optimizer, pictures, hole), network


def step_that_empties_the_hole(network, optimizer, pictures, hole):
    loss = step_by_lines(network, optimizer, pictures, hole)
    hole.zero_()
    return loss


def step_that_freezes(network, optimizer, pictures, hole):
    loss = step_by_lines(network, optimizer, pictures, hole)
    network[0].weight.requires_grad_(False)
    return loss


RIGHT = {
    "pca_reconstruct": [by_eigenvectors, by_scikit_learn],
    "erase": [vectorized, by_pixels],
    "hole_loss": [by_indexing, by_weights],
    "training_step": [step_by_lines, step_by_hand],
}

WRONG = {
    "erase": [
        (erase_returns_pictures_only, "return the erased pictures and the hole"),
        (erase_first_only, "draw a rectangle for each picture"),
        (erase_and_return_in_the_loop, "the `return` stands inside the loop"),
    ],
    "training_step": [
        (step_that_returns_more, "return the loss only"),
        (step_that_empties_the_hole, "the input `hole` was changed"),
        (step_that_freezes, "`requires_grad_(False)` stays off"),
    ],
    "hole_loss": [
        (loss_as_number, "stay with tensors"),
        (loss_detached, "stay with tensors"),
        (loss_and_size, "return the loss only"),
        (loss_that_erases, "the input `pictures` was changed"),
    ],
}
