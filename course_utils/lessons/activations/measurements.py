"""What the statements about activations are decided by."""

from functools import cache
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional as F  # noqa: N812 - everybody calls it so

from course_utils.lessons.activations import model
from course_utils.lessons.activations.deep import maker, network, passage, saturated
from course_utils.lessons.activations.piecewise import zero_shares
from course_utils.lessons.activations.trainable_question import PiecewiseActivation
from course_utils.nn import elementwise_slopes
from course_utils.seeds import seeds

_X = np.linspace(-10, 10, 200_001)


class Lowest(NamedTuple):
    """Smallest values on a fine grid from −10 to 10."""

    relu: float
    leaky: float  # slope 0.01
    elu: float  # α = 1
    gelu: float


@cache
def lowest() -> Lowest:
    """Look for the smallest values."""
    functions = (model.RELU, model.leaky_relu(0.01), model.elu(1), model.GELU)
    return Lowest(*(float(one.f(_X).min()) for one in functions))


class Steepest(NamedTuple):
    """Largest slopes on a fine grid from −10 to 10, by finite differences."""

    sigmoid: float
    tanh: float


@cache
def steepest() -> Steepest:
    """Look for the largest slopes."""
    slopes = (elementwise_slopes(f, _X).max() for f in (model.sigmoid, np.tanh))
    return Steepest(*(float(slope) for slope in slopes))


class Falling(NamedTuple):
    """Where functions fall: shares of the grid's steps on which the value becomes smaller."""

    gelu: float
    elu: float


@cache
def falling() -> Falling:
    """Follow GELU and ELU from −3 to 3."""
    x = np.linspace(-3, 3, 6001)
    return Falling(*(float(np.mean(np.diff(f(x)) < 0)) for f in (model.GELU.f, model.elu(1).f)))


class TwoForms(NamedTuple):
    """GELU by erf and by tanh."""

    apart: float  # the largest difference between −10 and 10


@cache
def two_forms() -> TwoForms:
    """Compare PyTorch's two forms of GELU."""
    x = torch.tensor(_X)
    difference = F.gelu(x) - F.gelu(x, approximate="tanh")
    return TwoForms(float(difference.abs().max()))


class Relatives(NamedTuple):
    """Largest differences between functions, or a slope and a function, on the grid."""

    scaled: float  # tanh(x) and 2σ(2x) − 1
    unscaled: float  # tanh(x) and 2σ(x) − 1


@cache
def relatives() -> Relatives:
    """Compare tanh with sigmoids."""
    scaled, unscaled = (2 * model.sigmoid(k * _X) - 1 for k in (2, 1))
    return Relatives(*(float(np.abs(np.tanh(_X) - y).max()) for y in (scaled, unscaled)))


class Softplus(NamedTuple):
    """Largest differences of softplus's slope from two functions."""

    sigmoid: float
    tanh: float


@cache
def softplus_slope() -> Softplus:
    """Compare the slope of softplus with sigmoid and tanh."""
    slope = elementwise_slopes(model.SOFTPLUS.f, _X)
    others = (model.sigmoid(_X), np.tanh(_X))
    return Softplus(*(float(np.abs(slope - y).max()) for y in others))


class Dead(NamedTuple):
    """A unit whose sum is negative for 1000 samples: the largest gradient of its weights."""

    relu: float
    leaky: float  # slope 0.01


@cache
def dead() -> Dead:
    """Let units with a bias of −30 get standard normal inputs and errors."""
    rng = np.random.default_rng(seeds(1)[0])
    x, error = rng.normal(size=(1000, 10)), rng.normal(size=(1000, 1))
    z = x @ rng.normal(size=(10, 1)) - 30
    found = []
    for name in ("ReLU", "leaky ReLU"):
        layer = maker(name, 0.01)()
        layer.forward(z)
        found.append(float(np.abs(x.T @ layer.backward(error)).max()))
    return Dead(*found)


class Final(NamedTuple):
    """Shares of 10 000 standard normal sums whose sigmoid is at least 0.5, by activation."""

    relu: float
    leaky: float
    threshold_above: float  # of the ReLU's, at least 0.75


@cache
def final() -> Final:
    """Put a sigmoid behind a ReLU and behind a leaky ReLU."""
    z = np.random.default_rng(seeds(1)[0]).normal(size=10_000)
    p = model.sigmoid(model.RELU.f(z))
    q = model.sigmoid(model.leaky_relu(0.1).f(z))
    return Final(float(np.mean(p >= 0.5)), float(np.mean(q >= 0.5)), float(np.mean(p >= 0.75)))


class WrongByFifty(NamedTuple):
    """A sample of label 1 and logit −50 in float32: gradients by the logit, and losses."""

    chain: float  # sigmoid, then BCELoss
    logits: float  # BCEWithLogitsLoss
    loss_at_200: float  # of BCELoss at logit −200
    loss_at_200_logits: float


@cache
def wrong_by_fifty() -> WrongByFifty:
    """Compare the two losses of PyTorch."""
    one = torch.ones(1)

    def gradient(loss: object) -> float:
        z = torch.tensor([-50.0], requires_grad=True)
        loss(z).backward()  # type: ignore[operator]
        assert z.grad is not None
        return float(z.grad[0])

    far = torch.tensor([-200.0])
    return WrongByFifty(
        gradient(lambda z: F.binary_cross_entropy(torch.sigmoid(z), one)),
        gradient(lambda z: F.binary_cross_entropy_with_logits(z, one)),
        float(F.binary_cross_entropy(torch.sigmoid(far), one)),
        float(F.binary_cross_entropy_with_logits(far, one)),
    )


class Shifted(NamedTuple):
    """Largest changes of softmax over 1000 rows of five logits."""

    added: float  # 3 added to all logits
    doubled: float  # all logits doubled


@cache
def shifted() -> Shifted:
    """Add to logits, and double them."""
    z = torch.tensor(np.random.default_rng(seeds(1)[0]).normal(size=(1000, 5)))
    before = torch.softmax(z, 1)
    changed = (torch.softmax(other, 1) for other in (z + 3, 2 * z))
    return Shifted(*(float((after - before).abs().max()) for after in changed))


class Twice(NamedTuple):
    """Cross-entropy of ten classes for a logit of 1000 at the right class and 0 elsewhere."""

    once: float
    twice: float  # softmax before a cross-entropy that expects logits
    log_twice: float  # log-softmax before it


@cache
def twice() -> Twice:
    """Let a perfect prediction pass softmax before the loss."""
    z, y = torch.zeros(1, 10, dtype=torch.float64), torch.tensor([3])
    z[0, 3] = 1000
    given = (z, torch.softmax(z, 1), torch.log_softmax(z, 1))
    return Twice(*(float(F.cross_entropy(one, y)) for one in given))


class Single(NamedTuple):
    """Softmax on a single output, over 1000 logits."""

    lowest: float
    gradient: float  # the largest gradient of a cross-entropy by the logit


@cache
def single() -> Single:
    """Apply softmax to one output."""
    z = torch.tensor(np.random.default_rng(seeds(1)[0]).normal(0, 5, (1000, 1)), requires_grad=True)
    F.cross_entropy(z, torch.zeros(1000, dtype=torch.long), reduction="sum").backward()
    assert z.grad is not None
    return Single(float(torch.softmax(z.detach(), 1).min()), float(z.grad.abs().max()))


class Deep(NamedTuple):
    """20 layers of 64 units, five seeds: the mean share of saturated units, and gradients."""

    sigmoid_saturated: float  # weights of deviation 1/√64
    sigmoid_gradient: float  # the largest at layer 1, relative to that by the outputs
    tanh_saturated: float  # weights of deviation 3/√64
    tanh_gradient: float  # the smallest at layer 1


@cache
def deep() -> Deep:
    """Send the gradient back through 20 layers."""
    found: dict[str, list[tuple[float, float]]] = {"sigmoid": [], "tanh": []}
    for seed in seeds(5):
        net = network(seed)
        for name, gain, steep in (("sigmoid", 1.0, 0.25), ("tanh", 3.0, 1.0)):
            through = passage(net, maker(name), net.scaled(20, gain))
            share = float(saturated(through.slopes, steep).mean())
            found[name].append((share, float(through.gradient[0])))
    shares = {name: float(np.mean([share for share, _ in rows])) for name, rows in found.items()}
    return Deep(
        shares["sigmoid"],
        max(size for _, size in found["sigmoid"]),
        shares["tanh"],
        min(size for _, size in found["tanh"]),
    )


class Jumping(NamedTuple):
    """The function of item 2.6 on standard normal inputs."""

    zero: float  # share of derivatives that are exactly 0


@cache
def jumping() -> Jumping:
    """Measure the zero derivatives."""
    return Jumping(zero_shares(PiecewiseActivation().exam()).derivative)
