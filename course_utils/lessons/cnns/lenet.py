"""LeNet-5 as it was published (LeCun et al. 1998), and as it is built today, in PyTorch."""

import torch
from torch import nn
from torch.nn import functional

CONNECTED = (
    *((0, 1, 2), (1, 2, 3), (2, 3, 4), (3, 4, 5), (0, 4, 5), (0, 1, 5)),
    *((0, 1, 2, 3), (1, 2, 3, 4), (2, 3, 4, 5), (0, 3, 4, 5), (0, 1, 4, 5), (0, 1, 2, 5)),
    *((0, 1, 3, 4), (1, 2, 4, 5), (0, 2, 3, 5)),
    (0, 1, 2, 3, 4, 5),
)
"""For each of the 16 maps of C3, which of the 6 maps of S2 it reads: the paper's table I."""

_ROWS, _COLUMNS = 12, 7
_LIT = ("abcdef", "bc", "abdeg", "abcdg", "bcfg", "acdfg", "acdefg", "abc", "abcdefg", "abcdfg")
_SEGMENTS = {
    "a": (slice(0, 1), slice(0, 7)),
    "b": (slice(0, 6), slice(6, 7)),
    "c": (slice(6, 12), slice(6, 7)),
    "d": (slice(11, 12), slice(0, 7)),
    "e": (slice(6, 12), slice(0, 1)),
    "f": (slice(0, 6), slice(0, 1)),
    "g": (slice(5, 7), slice(0, 7)),
}


def codes() -> torch.Tensor:
    """Return a code of −1 and 1 for each digit, (10, 84): its picture of 12 × 7 pixels.

    The paper's are pictures of printed characters; ours are those of a pocket calculator.
    """
    pictures = torch.full((len(_LIT), _ROWS, _COLUMNS), -1.0)
    for picture, segments in zip(pictures, _LIT, strict=True):
        for segment in segments:
            picture[_SEGMENTS[segment]] = 1.0
    return pictures.flatten(1)


class ScaledTanh(nn.Module):
    """A·tanh(S·x) with A = 1.7159 and S = 2/3, so that f(1) = 1 and f(−1) = −1."""

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return A·tanh(S·x)."""
        return 1.7159 * torch.tanh(2 / 3 * x)


class Subsampling(nn.Module):
    """LeNet's pooling: the sum of 2 × 2 inputs times a weight, plus a bias, one pair for a map."""

    def __init__(self, maps: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.full((maps, 1, 1), 0.25))
        self.bias = nn.Parameter(torch.zeros(maps, 1, 1))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (batch, maps, y, x) to (batch, maps, y/2, x/2)."""
        total = 4 * functional.avg_pool2d(x, 2)
        return self.weight * total + self.bias


class PartialConvolution(nn.Module):
    """C3: a convolution in which each output map reads only some of the input maps."""

    def __init__(self, size: int = 5) -> None:
        super().__init__()
        pairs = [(k, c) for k, maps in enumerate(CONNECTED) for c in maps]
        self.to, self.source = zip(*pairs, strict=True)
        self.weight = nn.Parameter(torch.empty(len(pairs), size, size))  # one for a connection
        self.bias = nn.Parameter(torch.empty(len(CONNECTED)))
        with torch.no_grad():
            for weight, target in zip(self.weight, self.to, strict=True):
                fan_in = len(CONNECTED[target]) * size**2
                weight.uniform_(-2.4 / fan_in, 2.4 / fan_in)
            self.bias.zero_()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (batch, 6, y, x) to (batch, 16, y − 4, x − 4)."""
        shape = (len(CONNECTED), x.shape[1], *self.weight.shape[1:])
        weights = torch.zeros(shape, dtype=x.dtype).index_put(
            (torch.tensor(self.to), torch.tensor(self.source)), self.weight
        )
        return functional.conv2d(x, weights, self.bias)


class RadialOutput(nn.Module):
    """LeNet's output: the squared distance of the 84 units of F6 from each digit's code.

    Nothing is learned here; the smallest output is the answer.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("codes", codes())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Map (batch, 84) to (batch, 10)."""
        return torch.cdist(x, self.get_buffer("codes").to(x)).square()


def published() -> nn.Sequential:
    """Return LeNet-5 of 1998 for images (batch, 1, 32, 32), with 60 000 parameters.

    Weights start as the paper says, uniform within ±2.4 / fan-in; biases at 0.
    """
    network = nn.Sequential()
    for name, layer in (
        ("C1", nn.Conv2d(1, 6, 5)),
        ("S2", Subsampling(6)),
        ("C3", PartialConvolution()),
        ("S4", Subsampling(16)),
        ("C5", nn.Conv2d(16, 120, 5)),
        ("flat", nn.Flatten()),
        ("F6", nn.Linear(120, 84)),
    ):
        network.add_module(name, layer)
        if isinstance(layer, nn.Conv2d | nn.Linear):
            bound = 2.4 / layer.weight[0].numel()
            nn.init.uniform_(layer.weight, -bound, bound)
            nn.init.zeros_(layer.bias)
        if name != "flat":
            network.add_module(f"{name} tanh", ScaledTanh())
    network.add_module("output", RadialOutput())
    return network


def published_loss(distances: torch.Tensor, digits: torch.Tensor) -> torch.Tensor:
    """Return the paper's criterion, the mean of y_d + log(e^−j + Σ_i e^−y_i), here with j = 0.1.

    It pulls the right code near and pushes all others away; `digits` (batch,) are the d.
    """
    right = distances.gather(1, digits[:, None])[:, 0]
    rubbish = torch.full_like(right[:, None], -0.1)
    return (right + torch.logsumexp(torch.cat([rubbish, -distances], 1), 1)).mean()


def modern() -> nn.Sequential:
    """Return today's variant, as `course_utils.nn.lenet(modern=True)` has it, up to the logits."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding="same"),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, padding="same"),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(1024, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )
