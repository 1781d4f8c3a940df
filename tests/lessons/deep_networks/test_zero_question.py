"""Exam item 1.2 over 1000 variants; every network is built again from the printed prompt."""

import itertools
import math
import re
from collections import Counter
from functools import cache

import pytest
import torch
from torch import nn

from course_utils.exam import MarkAll, Question
from course_utils.lessons.deep_networks.questions import item_1_2
from course_utils.lessons.deep_networks.zero_question import ZeroNetwork, output

SEEDS = range(1000)
MODULES = {
    "ReLU": nn.ReLU(),
    "tanh": nn.Tanh(),
    "a sigmoid": nn.Sigmoid(),
    "a softmax": nn.Softmax(dim=0),
    "no function at all": nn.Identity(),
}


@cache
def asked(seed: int | None) -> tuple[Question, MarkAll]:
    question = item_1_2.question(seed)
    (part,) = question.parts
    assert isinstance(part, MarkAll)
    return question, part


def printed(question: Question) -> list[float]:
    """What the network of the prompt gives, by PyTorch."""
    sizes = [int(n) for n in re.search(r"has ([\d → ]+) units", question.prompt)[1].split(" → ")]
    between, last = re.search(
        r"hidden layer comes ([\w ]+), behind the last layer ([\w ]+)\.", question.prompt
    ).groups()
    bias = re.search(r"all biases, of every layer, are \$(.+?)\$", question.prompt)
    value = 0.0
    if bias:
        sign, latex = (-1, bias[1][1:]) if bias[1].startswith("-") else (1, bias[1])
        value = sign * (math.log(int(latex[4:])) if latex.startswith("\\ln") else float(latex))
    else:
        assert "All weights and all biases are $0$" in question.prompt
    h = torch.tensor([float(n) for n in re.search(r"x = \((.+?)\)", question.prompt)[1].split(",")])
    assert len(h) == sizes[0]
    for place, (n, m) in enumerate(itertools.pairwise(sizes)):
        layer = nn.Linear(n, m)
        nn.init.zeros_(layer.weight)
        nn.init.constant_(layer.bias, value)
        h = MODULES[last if place == len(sizes) - 2 else between](layer(h))
    return h.tolist()


def test_in_the_exam_it_is_one_half() -> None:
    _, part = asked(None)
    assert [option.text for option in part.options] == ["$-1$", "$4$", "$0.5$", "$0$"]
    assert part.key() == {"c": "x"}
    assert part.none_of_the_above


@pytest.mark.parametrize("start", range(0, 1000, 250))
def test_the_right_option_is_what_the_printed_network_gives(start: int) -> None:
    for seed in (None, *range(start, start + 250)):
        question, part = asked(seed)
        outputs = printed(question)
        assert max(outputs) - min(outputs) < 1e-6
        for option in part.options:
            value = float(option.text.strip("$"))
            assert option.correct == (abs(value - outputs[0]) < 1e-6), (seed, option)


def test_one_option_is_right_or_none_and_each_stands_anywhere() -> None:
    right = Counter(sum(o.correct for o in asked(seed)[1].options) for seed in SEEDS)
    assert set(right) == {0, 1}
    assert right[0] > 80
    places = Counter(
        place for seed in SEEDS for place, o in enumerate(asked(seed)[1].options) if o.correct
    )
    assert min(places.values()) > 150


def whys(facts: ZeroNetwork) -> dict[float, str]:
    """What is said of each value, by the value."""
    part = item_1_2.word(facts, output(facts)).parts[0]
    assert isinstance(part, MarkAll)
    return {float(option.text.strip("$")): option.why for option in part.options}


@pytest.mark.parametrize(
    ("last", "bias", "value", "says"),
    [
        ("a softmax", "-2", -2, "That is $z$, before the last activation"),
        ("ReLU", "-1", -1, "That is $z$, before the last activation"),
        ("tanh", "0", 0.5, "here the last function is tanh"),
        ("a sigmoid", "\\ln 3", 0.5, "here it is taken at $\\ln 3$"),
        ("no function at all", "2", 0.5, "here no function comes behind the last layer"),
        ("tanh", "\\ln 2", 0.25, "Run layer by layer"),
    ],
)
def test_a_slip_is_told_as_what_it_is(last: str, bias: str, value: float, says: str) -> None:
    outputs = 4 if last == "a softmax" else 1
    facts = ZeroNetwork((3,), outputs, "ReLU", last, bias, (1, 1, 1), (value, 0.9, 0.8, 0.7))
    assert says in whys(facts)[value]


def test_without_a_last_function_z_itself_is_left() -> None:
    facts = ZeroNetwork((3,), 1, "ReLU", "no function at all", "2", (1, 1), (2, 0.5, 1, 0))
    assert "What is left is $z$ itself, $2$." in item_1_2.word(facts, 2.0).derivation


def test_every_sort_of_network_occurs() -> None:
    facts = [item_1_2.facts(seed) for seed in SEEDS]
    assert {one.last for one in facts} == set(MODULES)
    assert {one.between for one in facts} == {"ReLU", "tanh", "a sigmoid"}
    assert len({one.bias for one in facts}) > 10
