"""Right answers in several styles, and wrong ones that no fault of the exercises expresses."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F  # noqa: N812 - everybody calls it so


def by_meshgrid(images):
    n, _, height, width = images.shape
    grid = torch.meshgrid(
        torch.linspace(-1, 1, height), torch.linspace(-1, 1, width), indexing="ij"
    )
    place = torch.stack(grid).unsqueeze(0).to(images)
    return torch.cat((images, place.repeat(n, 1, 1, 1)), 1)


def by_new_tensor(images):
    n, c, height, width = images.shape
    out = images.new_empty(n, c + 2, height, width)
    out[:, :c] = images
    out[:, c] = 2 * torch.arange(height).to(images)[:, None] / (height - 1) - 1
    out[:, c + 1] = 2 * torch.arange(width).to(images)[None] / (width - 1) - 1
    return out


def by_numpy(images):
    n, _, height, width = images.shape
    rows, columns = np.mgrid[-1 : 1 : 1j * height, -1 : 1 : 1j * width]
    place = torch.tensor(np.stack([rows, columns])).expand(n, 2, height, width)
    return torch.cat([images, place], 1)


def that_reads_a_number(images):
    return by_meshgrid(images / max(images.max().item(), 1) * max(images.max().item(), 1))


class Moved(nn.Module):
    def __init__(self, device):
        super().__init__()
        self.first = nn.Conv2d(1, 10, 5).to(device)  # 10 for 100 repairs it as well
        self.second = nn.Conv2d(10, 50, 5).to(device)
        self.third = nn.Conv2d(50, 5, 5).to(device)
        self.dense = nn.Linear(1280, 50).to(device)

    def forward(self, images):
        h = images
        for layer in (self.first, self.second, self.third):
            h = torch.relu(layer(h))
        return torch.relu(self.dense(h.view(len(images), -1)))


class WithDefault(Moved):
    def __init__(self, device="cpu"):
        super().__init__(device)
        self.to(device)

    def forward(self, images):
        h = self.third(self.second(self.first(images).clamp(min=0)).relu()).relu()
        return F.relu(self.dense(torch.flatten(h, start_dim=1)))


class WithItsDevice(Moved):
    def __init__(self, device):
        super().__init__(device)
        self.device = device

    def forward(self, images):
        return super().forward(images.to(self.device))


class OtherNames(nn.Module):
    def __init__(self, device):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 100, 5).to(device)
        self.conv2 = nn.Conv2d(100, 50, 5).to(device)
        self.conv3 = nn.Conv2d(50, 5, 5).to(device)
        self.dense = nn.Linear(1280, 50).to(device)


class Grouped(nn.Module):
    def __init__(self, device):
        super().__init__()
        self.first = nn.Sequential(nn.Conv2d(1, 100, 5), nn.ReLU()).to(device)
        self.second = nn.Sequential(nn.Conv2d(100, 50, 5), nn.ReLU()).to(device)
        self.third = nn.Sequential(nn.Conv2d(50, 5, 5), nn.ReLU()).to(device)
        self.dense = nn.Sequential(nn.Flatten(), nn.Linear(1280, 50), nn.ReLU()).to(device)

    def forward(self, images):
        return self.dense(self.third(self.second(self.first(images))))


class WithoutDense(nn.Module):
    def __init__(self, device):
        super().__init__()
        self.first = nn.Conv2d(1, 10, 5).to(device)


def without_names(device):
    return nn.Sequential(nn.Conv2d(1, 100, 5, device=device))


def late_zero(network, optimizer, x, y):
    loss = nn.CrossEntropyLoss()(network(x), y)
    optimizer.zero_grad(set_to_none=False)
    loss.backward()
    optimizer.step()
    return float(loss)


def by_log_softmax(network, optimizer, x, y):
    for parameter in network.parameters():
        parameter.grad = None
    loss = -network(x).log_softmax(1)[torch.arange(len(y)), y].mean()
    loss.backward()
    optimizer.step()
    return loss.detach().item()


def step_without_return(network, optimizer, x, y):
    late_zero(network, optimizer, x, y)


@torch.no_grad()
def weighted(network, batches):
    mode = network.training
    network.train(False)
    losses = [F.cross_entropy(network(x), y) * len(y) for x, y in batches]
    network.train(mode)
    return float(sum(losses)) / sum(len(y) for _, y in batches)


def evaluation_without_return(network, batches):
    weighted(network, batches)


def divided_by_the_last(network, batches):
    mode = network.training
    network.eval()
    total, samples = 0.0, 0
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(network(x), y, reduction="sum").item()
            samples = len(x)
    network.train(mode)
    return total / samples


def with_a_tensor(network, batches):
    mode, total, count = network.training, 0.0, 0
    network.eval()
    with torch.no_grad():
        for x, y in batches:
            total += F.cross_entropy(network(x), y, reduction="sum")
            count += len(x)
    network.train(mode)
    return total / count


def at_once(network, batches):
    mode = network.training
    network.eval()
    with torch.inference_mode():
        x, y = (torch.cat(parts) for parts in zip(*batches, strict=True))
        loss = F.cross_entropy(network(x), y).item()
    network.train(mode)
    return loss


def step_that_empties_the_batch(network, optimizer, x, y):
    loss = late_zero(network, optimizer, x, y)
    x.zero_()
    return loss


def step_that_returns_more(network, optimizer, x, y):
    return late_zero(network, optimizer, x, y), network


def evaluation_that_returns_more(network, batches):
    return weighted(network, batches), len(batches)


def evaluation_that_freezes(network, batches):
    network.requires_grad_(False)
    return weighted(network, batches)


def evaluation_that_forgets(network, batches):
    loss = weighted(network, batches)
    for parameter in network.parameters():
        parameter.data.zero_()
    return loss


def evaluation_that_wakes_dropout_only(network, batches):
    loss = weighted(network, batches)
    network[2].train(not network.training)
    return loss


def evaluation_without_gradients_from_now_on(network, batches):
    torch.set_grad_enabled(False)
    mode = network.training
    network.eval()
    total = sum(F.cross_entropy(network(x), y, reduction="sum").item() for x, y in batches)
    network.train(mode)
    return total / sum(len(y) for _, y in batches)


RIGHT = {
    "shapes": [[[100, 24], [50, 20], [5, 16]], ((100, 24), (50, 20), (5, 16))],
    "with_coordinates": [by_meshgrid, by_new_tensor],
    "Network": [Moved, WithDefault, WithItsDevice],
    "train_step": [late_zero, by_log_softmax],
    "evaluate": [weighted, at_once, with_a_tensor],
}

WRONG = {
    "shapes": [([[100, 24], [50, 20], [5, 15]], "the first is 15 (third, height)")],
    "with_coordinates": [
        (lambda images: by_meshgrid(images).tolist(), "expected a tensor"),
        (lambda images: by_meshgrid(images)[:, :-1], "has shape"),
        (by_numpy, "something is float64"),
        (that_reads_a_number, "it reads a number out of the images"),
    ],
    "Network": [
        (WithoutDense, "make self.second"),
        (OtherNames, "called first, second, third and dense"),
        (without_names, "called first, second, third and dense"),
        (Grouped, "each of the four is a single layer"),
    ],
    "train_step": [
        (lambda n, o, x, y: str(late_zero(n, o, x, y)), "a float is asked for"),
        (step_without_return, "it has no `return`"),
        (step_that_empties_the_batch, "the input `x` was changed"),
        (step_that_returns_more, "return the loss only"),
    ],
    "evaluate": [
        (lambda n, b: weighted(n, b) + 0.5, "the mean loss is"),
        (divided_by_the_last, "add up the sizes, with `samples += len(x)`"),
        (evaluation_without_return, "it has no `return`"),
        (evaluation_that_returns_more, "return the mean loss only"),
        (evaluation_that_freezes, "`requires_grad_(False)` stays off"),
        (evaluation_that_forgets, "its weights stay as they are"),
        (evaluation_that_wakes_dropout_only, "the layer `2` of the network was in training"),
        (evaluation_without_gradients_from_now_on, "`torch.set_grad_enabled(False)` lasts"),
    ],
}
