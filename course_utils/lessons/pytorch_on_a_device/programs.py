"""Right PyTorch programs, and the faults that can be put into their lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Bad:
    """A faulty text for one line.

    Attributes
    ----------
    kind
        What sort of fault it is; a program gets at most one of each.
    text
        The line with the fault.
    why
        What is wrong with it, one sentence of Markdown.
    elsewhere
        Texts of other lines, by index, any of which might put it right instead; which of them do
        is found by running.
    beside
        A kind of fault beside which this one would be none: a layer that is on the CPU like its
        input, or that is not used any more.
    """

    kind: str
    text: str
    why: str
    elsewhere: Mapping[int, str] = field(default_factory=dict)
    beside: str = ""


@dataclass(frozen=True)
class Program:
    """A program line by line: right texts, and the faulty ones shown in their place.

    Attributes
    ----------
    network
        The class's name.
    shape
        Of the input, on the device.
    right
        The right lines; an empty one where a line should not be there at all.
    bad
        The faults, by index of their line.
    """

    network: str
    shape: tuple[int, ...]
    right: tuple[str, ...]
    bad: Mapping[int, Bad]

    def text(self, faults: Mapping[int, str] | None = None) -> str:
        """Return the right program with the lines of `faults` in their places."""
        lines = dict(enumerate(self.right)) | dict(faults or {})
        return "\n".join(lines[i] for i in range(len(self.right))) + "\n"

    def shown(self) -> str:
        """Return the program with all its faults."""
        return self.text({i: bad.text for i, bad in self.bad.items()})


HEAD = (
    "import torch",
    "from torch import nn",
    "from torch.nn import functional as F",
    "",
    'device = torch.device("cuda")',
    "",
)
"""The first lines of every program."""


def exam_program() -> Program:
    """Return a network with the exam's figures and its four faults."""
    right = (
        *HEAD,
        "class Network(nn.Module):",
        "    def __init__(self):",
        "        super().__init__()",
        "        self.first = nn.Conv2d(1, 100, kernel_size=5).to(device)",
        "        self.second = nn.Conv2d(100, 50, kernel_size=5).to(device)",
        "        self.third = nn.Conv2d(50, 5, kernel_size=5).to(device)",
        "        self.dense = nn.Linear(5 * 256, 50).to(device)",
        "",
        "    def forward(self, images):  # (10, 1, 28, 28), on the device",
        "        h = images",
        "        h = F.relu(self.first(h))",
        "        h = F.relu(self.second(h))",
        "        h = F.relu(self.third(h))",
        "        h = F.relu(self.dense(h.flatten(1)))",
        "",
        "        return h",
    )
    bad = {
        10: Bad(
            "channels",
            "        self.second = nn.Conv2d(10, 50, kernel_size=5).to(device)",
            "It expects 10 channels and gets the 100 of the first convolution.",
            {9: "        self.first = nn.Conv2d(1, 10, kernel_size=5).to(device)"},
        ),
        15: Bad(
            "move",
            "        h = images.cpu()",
            "It takes the input to the CPU, while all weights are on the device.",
            {16: "        h = F.relu(self.first(h.to(device)))"},
        ),
        20: Bad(
            "addition",
            "        h = h + images",
            "Shapes (10, 50) and (10, 1, 28, 28) cannot be added: 50 and 28 do not fit.",
        ),
        21: Bad(
            "undefined",
            "        return self.output(h)",
            "No layer `output` was ever made.",
        ),
    }
    return Program("Network", (10, 1, 28, 28), right, bad)
