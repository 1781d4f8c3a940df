import numpy as np
import pytest
import torch

from course_utils.lessons.gans.landscapes import shipped
from course_utils.lessons.gans.landscapes.measurements import drawn, recognized
from course_utils.lessons.gans.landscapes.networks import CODE, Discriminator, Generator
from course_utils.lessons.gans.landscapes.training import GanTraining
from course_utils.lessons.gans.weights import WEIGHTS
from course_utils.weights import FIRST


@pytest.mark.parametrize("weights", WEIGHTS, ids=lambda weights: weights.name)
def test_the_training_that_is_logged_is_the_one_that_is_there(weights, one_thread):
    log = weights.log()
    training = weights.begin()
    steps = [training.step() for _ in range(5)]
    assert log.command == f"course train {weights.name}"
    assert log.steps == weights.steps
    for name, values in log.first.items():
        assert len(values) == FIRST
        again = [getattr(step, name) for step in steps]
        # Rounding differs between processors, and every step adds to it.
        assert again == pytest.approx(values[:5], rel=0.02, abs=0.01)


def test_the_weights_are_small_and_every_training_went_well():
    folder = shipped.GENERATOR.folder
    assert sum(path.stat().st_size for path in folder.iterdir()) < 2_000_000
    for weights in (shipped.STRICT, shipped.PLAIN, shipped.REPAIRER):
        (losses,) = weights.log().means.values()
        assert losses[-1] < 0.5 * losses[0]


def test_the_early_generator_is_that_of_the_long_training_and_fools_the_plain_judge_alone():
    assert shipped.EARLY.log().first == shipped.GENERATOR.log().first
    x, labels = drawn(shipped.early_generator(), 100, each=20)
    assert min(recognized(x, labels, strict=False)) > 0.9
    assert max(recognized(x, labels, strict=True)) < 0.6


def test_other_seeds_give_other_batches_and_the_same_seed_the_same(one_thread):
    first, again, other = (GanTraining(seed).step() for seed in (3, 3, 4))
    assert first == again != other


def test_the_generators_loss_leaves_no_gradient_in_the_discriminator(one_thread, monkeypatch):
    training = GanTraining(0)
    parameters = list(training.discriminator.parameters())
    own = []
    step = training._of_d.step
    monkeypatch.setattr(
        training._of_d, "step", lambda: (own.extend(p.grad.clone() for p in parameters), step())
    )
    training.step()
    assert all((p.grad == g).all() for p, g in zip(parameters, own, strict=True))
    assert all(p.requires_grad for p in parameters)


def test_the_averaged_generator_follows_slowly_and_is_set_to_evaluation(one_thread):
    training = GanTraining(0)
    start = training.averaged.finish.weight.clone()
    for _ in range(3):
        training.step()
    now, average = training.generator.finish.weight, training.result().finish.weight
    assert (now - start).abs().mean() > (average - start).abs().mean() > 0
    assert not training.result().training


def test_both_networks_look_at_the_label():
    torch.manual_seed(0)
    generator, discriminator = Generator().eval(), Discriminator().eval()
    z = torch.from_numpy(np.random.default_rng(0).standard_normal((1, CODE), dtype=np.float32))
    labels = torch.arange(5)
    with torch.no_grad():
        x = generator(z.expand(5, -1), labels)
        assert x.shape == (5, 3, 24, 24)
        assert x.abs().max() <= 1
        assert len(x.flatten(1).unique(dim=0)) == 5
        assert len(discriminator(x[:1].expand(5, -1, -1, -1), labels).unique()) == 5
