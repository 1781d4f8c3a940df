"""Exam item 5.5: the exam's facts, its rubric, and evidence that is measured."""

import re

import numpy as np
import pytest

from course_utils.data.holes import rectangles
from course_utils.lessons.autoencoders import digits
from course_utils.lessons.autoencoders.filling_question import measured
from course_utils.lessons.autoencoders.questions import item_5_5
from course_utils.lessons.autoencoders.repainting import NEVER_SAW_A_HOLE, briefly
from course_utils.seeds import seeds


def test_the_exams_question_has_the_exams_points_and_answer() -> None:
    question = item_5_5.question(None)
    assert question.points == 2
    (part,) = question.parts
    assert [criterion.points for criterion in part.rubric] == [0.5] * 4
    name, reads, gives, loss = (criterion.says for criterion in part.rubric)
    assert "(denoising) autoencoder" in name
    assert "erased" in reads
    assert "original" in gives
    assert "mean squared error or the L1 loss" in loss
    assert "GAN" in question.prompt
    assert "autoencoder" not in question.prompt


def test_every_sort_of_question_occurs_and_none_names_the_approach() -> None:
    sorts = set()
    for seed in range(200):
        facts = item_5_5.facts(seed)
        sorts.add(facts.sort)
        assert "autoencoder" not in item_5_5.question(seed).prompt
        low, high = facts.sides
        assert low < high < facts.size
    assert len(sorts) == 3


def test_where_an_autoencoder_was_the_mistake_the_approach_is_a_denoising_one() -> None:
    named = {}
    for seed in range(40):
        (part,) = item_5_5.question(seed).parts
        named.setdefault(item_5_5.facts(seed).sort, part.rubric[0].says)
    assert "(denoising)" in named["how"]
    assert "*denoising*" in named["copied"]
    assert "*denoising*" in named["target"]


def test_damaged_copies_are_counted_as_they_can_be_drawn() -> None:
    facts = item_5_5.exam()
    small = type(facts)(facts.scene, facts.sort, 5, 6, (2, 3), facts.hole)
    drawn = rectangles(4000, (6, 6), (2, 3), np.random.default_rng(0))
    assert small.examples == 5 * len(np.unique(drawn, axis=0))


def test_the_evidence_is_what_the_digits_give() -> None:
    top, left, height, width = hole = (2, 2, 4, 4)
    found = measured(hole)
    parts = digits.load(seeds(1)[0])
    rows, columns = slice(top, top + height), slice(left, left + width)
    truth = parts.x_test[:, rows, columns]
    assert found.blank == pytest.approx(np.mean(truth**2))
    mean = parts.x_train[:, rows, columns].mean(axis=0)
    assert found.mean == pytest.approx(np.mean((truth - mean) ** 2))
    assert found.trained < found.mean < found.blank


def test_the_network_that_never_saw_a_hole_is_told_of_none() -> None:
    x = digits.load(seeds(1)[0]).x_test
    hole = np.zeros(x.shape, dtype=bool)
    hole[:, 2:6, 2:6] = True
    painted = briefly(NEVER_SAW_A_HOLE, seeds(1)[0])(np.where(hole, 0, x), np.zeros_like(hole))
    assert measured((2, 2, 4, 4)).copied == pytest.approx(((painted - x) ** 2)[hole].mean())


@pytest.mark.parametrize("seed", range(40))
def test_the_measured_errors_are_in_order_and_in_the_key(seed: int) -> None:
    facts = item_5_5.facts(seed)
    found = measured(facts.hole)
    assert found.trained < found.mean < found.blank
    assert found.copied > 1.3 * found.trained
    assert found.target == pytest.approx(found.blank, rel=0.02)
    question = item_5_5.question(seed)
    key = question.parts[0].key_text()
    assert f"{found.blank:.3f}" in key
    size, power = re.search(r"\$([\d.]+) \\cdot 10\^\{(\d+)\}\$", key).groups()
    assert float(size) * 10 ** int(power) == pytest.approx(facts.examples, rel=0.06)
