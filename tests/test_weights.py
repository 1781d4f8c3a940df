from typing import NamedTuple

import pytest
import torch
from torch import nn

from course_utils.lessons.room import modules
from course_utils.weights import EVERY, FIRST, Weights
from tests.test_cli import run


class Loss(NamedTuple):
    squared: float


class Descent:
    """Fit a line; the loss of step n is 1/n, so that the log can be told."""

    def __init__(self):
        self.network = nn.Linear(1, 1)
        self.steps = 0

    def step(self):
        self.steps += 1
        with torch.no_grad():
            self.network.weight.fill_(self.steps)
        return Loss(1 / self.steps)

    def result(self):
        return self.network


@pytest.fixture
def line(tmp_path):
    return Weights("line", "a line", tmp_path / "trained", Descent, 2 * EVERY + 5)


def test_weights_and_log_are_written_and_read_again(line):
    told = []
    line.train(line.folder, report=told.append)
    assert told == list(range(1, line.steps + 1))
    network = nn.Linear(1, 1)
    line.load(network)
    assert network.weight.item() == line.steps
    assert not network.training
    assert not network.weight.requires_grad
    log = line.log()
    assert (log.command, log.steps) == ("course train line", line.steps)
    assert log.first["squared"] == pytest.approx([1 / n for n in range(1, FIRST + 1)], rel=1e-5)
    second = sum(1 / n for n in range(EVERY + 1, 2 * EVERY + 1)) / EVERY
    assert len(log.means["squared"]) == 2
    assert log.means["squared"][1] == pytest.approx(second)
    assert log.versions.keys() == {"python", "numpy", "torch"}


def test_one_thread_trains_and_the_number_of_threads_comes_back(line):
    threads = []
    before = torch.get_num_threads()
    line.train(line.folder, 2, report=lambda step: threads.append(torch.get_num_threads()))
    assert threads == [1, 1]
    assert torch.get_num_threads() == before


def test_the_command_line_lists_what_can_be_trained():
    code, output = run("train")
    assert code == 0
    assert all(one.about in output for part in modules("weights") for one in part.WEIGHTS)
    assert "steps" in output
    assert "min of processor" in output


def test_the_command_line_trains_into_a_folder(tmp_path):
    code, output = run("train", "plain-judge", "--into", str(tmp_path), "--steps", "2")
    assert code == 0, output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "plain-judge.json",
        "plain-judge.safetensors",
    ]


def test_an_unknown_name_and_a_half_training_in_place_are_refused():
    code, output = run("train", "nothing")
    assert code == 1
    assert "There is nothing to train named 'nothing'. There is:" in output
    code, output = run("train", "plain-judge", "--steps", "2")
    assert code == 1
    assert "name a folder with --into" in output
