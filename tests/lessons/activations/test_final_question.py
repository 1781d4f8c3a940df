"""Exam item 2.1 over 1000 variants; what each rubric says is found again by PyTorch."""

from collections import Counter

import torch
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.lessons.activations.questions import item_2_1

SEEDS = range(1000)
THEIRS = {
    "ReLU": F.relu,
    "Softplus": F.softplus,
    "Absolute value": torch.abs,
    "ReLU6": F.relu6,
    "Sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "Hard tanh": F.hardtanh,
    "Leaky ReLU with slope 0.1 for negative inputs": lambda z: F.leaky_relu(z, 0.1),
    "ELU with $\\alpha = 1$": F.elu,
}


def rubric(seed):
    (part,) = item_2_1.question(seed).parts
    return [criterion.says for criterion in part.rubric]


def test_the_exams_own_form_is_the_exams():
    facts, (bound, consequence) = item_2_1.facts(None), rubric(None)
    assert (facts.last.name, facts.threshold) == ("ReLU", 0.5)
    assert "never below 0.50, which is not below the threshold 0.5" in bound
    assert "every sample is called positive" in consequence


def test_every_rubric_is_true_of_its_design():
    z = torch.cat([torch.linspace(-30, 30, 6001, dtype=torch.float64), torch.tensor([-1e6, 1e6])])
    sorts = Counter()
    for seed in SEEDS:
        facts, (bound, consequence) = item_2_1.facts(seed), rubric(seed)
        p = torch.sigmoid(THEIRS[facts.last.name.split(":")[0]](z))
        called = p >= facts.threshold - 1e-12
        decided = z.abs() > 1e-9  # or rounding decides
        if "every sample" in consequence:
            sorts["all"] += 1
            assert bound.startswith("No:")
            assert called.all(), facts
        elif "no sample" in consequence:
            sorts["none"] += 1
            assert bound.startswith("No:")
            assert not called.any(), facts
        else:
            sorts["some"] += 1
            any_probability = bool(p.min() < 0.01 and p.max() > 0.99)
            assert bound.startswith("It works:") == any_probability
            assert ("a poor choice" in bound) != any_probability
            assert torch.equal(called[decided], z[decided] > 0), facts
            assert f"between {p.min():.2f} and {p.max():.2f}" in bound
    assert len(sorts) == 3
    assert min(sorts.values()) > 250
