"""Trained weights that a lecture ships, each with the one command that made it and its log.

Some networks train too long for a notebook. Their weights lie in the lecture's room, in
``NAME.safetensors``, beside the log ``NAME.json``: command, duration, versions and the losses of
the training. ``course train NAME`` runs the same training again.
"""

import json
import platform
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from safetensors.torch import load_file, save
from torch import nn

from course_utils import runtime

FIRST, EVERY = 10, 100
"""A log holds the losses of so many first steps, and then the mean over each hundred."""


class Training(Protocol):
    """A training under way; all its chance comes from seeds."""

    def step(self) -> Sequence[float]:
        """Learn from one batch and return the losses, a NamedTuple."""

    def result(self) -> nn.Module:
        """Return the network whose weights are kept."""


class Log(NamedTuple):
    """What is written down of a training."""

    command: str
    steps: int
    minutes: float
    versions: dict[str, str]
    first: dict[str, list[float]]
    means: dict[str, list[float]]


@dataclass(frozen=True)
class Weights:
    """The weights of one network of a lecture, and how they are made.

    Attributes
    ----------
    name
        The name of the files, and of the training on the command line.
    about
        What is trained, in a few words.
    folder
        Where the files lie.
    begin
        Starts the training.
    steps
        After how many steps it is done.
    """

    name: str
    about: str
    folder: Path
    begin: Callable[[], Training]
    steps: int

    def train(
        self,
        into: Path,
        steps: int | None = None,
        report: Callable[[int], None] = lambda step: None,
    ) -> None:
        """Train on one thread, and write weights and log into a folder.

        Parameters
        ----------
        into
            The folder; it is made if it is missing.
        steps
            Fewer steps than are needed, to try it.
        report
            Is told every step that is done.
        """
        losses = []
        with runtime.one_thread():
            training = self.begin()
            start = time.process_time()
            for step in range(1, (steps or self.steps) + 1):
                losses.append(training.step())
                report(step)
            seconds = time.process_time() - start
        self.write(into, training.result(), losses, seconds)

    def write(self, into: Path, network: nn.Module, losses: Sequence[Any], seconds: float) -> None:
        """Write a network's weights, and the log of how its losses went."""
        into.mkdir(parents=True, exist_ok=True)
        state = {name: value.contiguous() for name, value in network.state_dict().items()}
        (into / f"{self.name}.safetensors").write_bytes(save(state))
        names = type(losses[0])._fields
        table = np.array(losses)
        whole = table[: len(table) // EVERY * EVERY].reshape(-1, EVERY, len(names)).mean(axis=1)
        log = Log(
            command=f"course train {self.name}",
            steps=len(losses),
            minutes=round(seconds / 60, 1),
            versions={
                "python": platform.python_version(),
                "numpy": np.__version__,
                "torch": str(torch.__version__).partition("+")[0],
            },
            first=_columns(names, table[:FIRST]),
            means=_columns(names, whole),
        )
        lines = (f'"{key}": {json.dumps(value)}' for key, value in log._asdict().items())
        text = "{\n " + ",\n ".join(lines) + "\n}\n"  # a line for each key: read by people, too
        (into / f"{self.name}.json").write_text(text, encoding="utf-8")

    def log(self) -> Log:
        """Return the log of the training that made the weights."""
        return Log(**json.loads((self.folder / f"{self.name}.json").read_text("utf-8")))

    def load(self, network: nn.Module) -> None:
        """Give `network` the weights, and set it to evaluation."""
        network.load_state_dict(load_file(self.folder / f"{self.name}.safetensors"))
        network.eval().requires_grad_(False)


def _columns(names: Sequence[str], table: np.ndarray) -> dict[str, list[float]]:
    return {
        name: [float(f"{value:.6g}") for value in column]
        for name, column in zip(names, table.T, strict=True)
    }
