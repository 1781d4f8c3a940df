"""The networks of this section as they are shipped: trained beforehand, loaded when needed."""

from functools import cache
from pathlib import Path

from course_utils.lessons.gans.landscapes.judge import Judge, JudgeTraining
from course_utils.lessons.gans.landscapes.networks import Generator
from course_utils.lessons.gans.landscapes.repair import Repairer, RepairTraining
from course_utils.lessons.gans.landscapes.training import EarlyTraining, GanTraining
from course_utils.weights import Weights

_SEED = 0  # also where other seeds are tried: the weights are what they are
_FOLDER = Path(__file__).with_name("trained")

GENERATOR = Weights(
    "landscapes",
    "a conditional GAN that draws landscapes",
    _FOLDER,
    lambda: GanTraining(_SEED),
    8000,
)
EARLY = Weights(
    "early-landscapes",
    "the same conditional GAN after its first 200 steps",
    _FOLDER,
    lambda: EarlyTraining(_SEED),
    200,
)
STRICT = Weights(
    "strict-judge",
    "a classifier of landscapes that may say 'none of them'",
    _FOLDER,
    lambda: JudgeTraining(_SEED, strict=True),
    800,
)
PLAIN = Weights(
    "plain-judge",
    "a classifier of landscapes",
    _FOLDER,
    lambda: JudgeTraining(_SEED, strict=False),
    200,
)
REPAIRER = Weights(
    "repairer",
    "a denoising autoencoder that paints holes in landscapes",
    _FOLDER,
    lambda: RepairTraining(_SEED),
    1500,
)


@cache
def generator() -> Generator:
    """Return the trained generator."""
    network = Generator()
    GENERATOR.load(network)
    return network


@cache
def early_generator() -> Generator:
    """Return the generator of the same training after 200 steps."""
    network = Generator()
    EARLY.load(network)
    return network


@cache
def judge(*, strict: bool) -> Judge:
    """Return a trained judge."""
    network = Judge(strict=strict)
    (STRICT if strict else PLAIN).load(network)
    return network


@cache
def repairer() -> Repairer:
    """Return the trained denoising autoencoder."""
    network = Repairer()
    REPAIRER.load(network)
    return network
