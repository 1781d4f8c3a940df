"""Exercises 12.1 and 12.2: both players' losses, from logits."""

import numpy as np

from course_utils.checks import Exercise, Fault

LECTURE = "gans"


def _softplus(a: np.ndarray) -> np.ndarray:
    return np.logaddexp(0, a)


def _sigmoid(a: np.ndarray) -> np.ndarray:
    return np.exp(-_softplus(-a))


def _both(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return logits of more generated than real samples, on both sides of 0."""
    sizes = int(rng.integers(4, 8)), int(rng.integers(9, 14))
    real, generated = (
        rng.normal(mean, 2, size) for mean, size in zip((0.7, -0.4), sizes, strict=True)
    )
    return real, generated


def _far(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Return logits of which half are wrong by a thousand."""
    real, generated = rng.uniform(800, 2000, 4), rng.uniform(800, 2000, 6)
    return real * np.resize([1, -1], 4), generated * np.resize([1, -1], 6)


def discriminator_loss(real: np.ndarray, generated: np.ndarray) -> float:
    return np.logaddexp(0, -real).mean() + np.logaddexp(0, generated).mean()


def _by_probability(real: np.ndarray, generated: np.ndarray) -> float:
    p, q = 1 / (1 + np.exp(-real)), 1 / (1 + np.exp(-generated))
    return -np.log(p).mean() - np.log(1 - q).mean()


def _padded(real: np.ndarray, generated: np.ndarray, least: float) -> float:
    p, q = _sigmoid(real), _sigmoid(generated)
    return -np.log(p + least).mean() - np.log(1 - q + least).mean()


def _kept_away(a: np.ndarray, least: float) -> np.ndarray:
    """Return probabilities that are cut off at `least` and 1 − `least`."""
    return np.clip(_sigmoid(a), least, 1 - least)


_FROM_LOGITS = (
    "a probability there is exactly 0 or 1, and log 0 is −inf; compute the loss from the logits, as"
    " with `np.logaddexp(0, …)`"
)
_LEAST = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9, 1e-10, 1e-12, 1e-15, 1e-16)
_EPS = float(np.finfo(float).eps)
_AT_EPS = (  # added or cut off there, the values are the same
    f"no probability is below {_EPS:.2g}, so that no sample counts more than {-np.log(_EPS):.1f},"
    " however wrong it is; compute the loss from the logits"
)


def _cut(least: float) -> str:
    return (
        f"the probability is kept away from 0 and 1 by {least:g}, so that no sample counts more"
        f" than {-np.log(least):.1f}, however wrong it is; compute the loss from the logits"
    )


def _limit(least: float) -> str:
    return (
        f"log(p + {least:g}) has a limit, so that no sample counts more than"
        f" {-np.log(least):.1f}, however wrong it is; compute the loss from the logits"
    )


check_discriminator_loss = Exercise(
    item="12.1",
    lecture=LECTURE,
    name="discriminator_loss",
    title="The discriminator's loss",
    reference=discriminator_loss,
    results=("the loss",),
    rounds={
        "mean over the real plus mean over the generated samples": _both,
        "logits that are wrong by a thousand": _far,
    },
    faults=(
        Fault(
            "the term of the generated samples is −log D(G(z)); it is −log(1 − D(G(z)))",
            lambda r, g: _softplus(-r).mean() + _softplus(-g).mean(),
        ),
        Fault(
            "the labels are exchanged: real samples should get a probability near 1",
            lambda r, g: _softplus(r).mean() + _softplus(-g).mean(),
        ),
        Fault(
            "it is half of what is asked for: add the two means, do not average them",
            lambda r, g: discriminator_loss(r, g) / 2,
        ),
        Fault(
            "the losses of all samples are averaged together; take one mean over the real and one"
            " over the generated samples",
            lambda r, g: np.append(_softplus(-r), _softplus(g)).mean(),
        ),
        Fault(
            "the losses of the samples are added; take a mean over the real and one over the"
            " generated samples",
            lambda r, g: _softplus(-r).sum() + _softplus(g).sum(),
        ),
        Fault(
            "the term of the generated samples is subtracted; both terms are losses, add them",
            lambda r, g: _softplus(-r).mean() - _softplus(g).mean(),
        ),
        Fault("the generated samples are left out", lambda r, g: _softplus(-r).mean()),
        Fault("the real samples are left out", lambda r, g: _softplus(g).mean()),
        Fault(
            "the sigmoid is taken twice: the logits, not probabilities, go into the loss",
            lambda r, g: discriminator_loss(_sigmoid(r), _sigmoid(g)),
        ),
        Fault(
            "the labels are smoothed, 0.9 for the real samples; here they are 1 and 0",
            lambda r, g: discriminator_loss(r, g) + 0.1 * r.mean(),
        ),
        Fault(_FROM_LOGITS, _by_probability),
        Fault(_AT_EPS, lambda r, g: _padded(r, g, _EPS)),
        *(
            Fault(
                _limit(least),
                lambda r, g, least=least: _padded(r, g, least),
            )
            for least in _LEAST
        ),
        *(
            Fault(
                _cut(least),
                lambda r, g, least=least: (
                    -np.log(_kept_away(r, least)).mean() - np.log(1 - _kept_away(g, least)).mean()
                ),
            )
            for least in _LEAST
        ),
        Fault(
            "the logits are averaged first; take the loss of each, then the mean",
            lambda r, g: _softplus(-r.mean()) + _softplus(g.mean()),
        ),
        Fault(
            "only as many samples as both have are used; each mean takes all of its own",
            lambda r, g: discriminator_loss(r[: len(g)], g[: len(r)]),
        ),
        Fault(
            "both sums are divided by the number of real samples; each has its own number",
            lambda r, g: _softplus(-r).mean() + _softplus(g).sum() / len(r),
        ),
        Fault(
            "that is the loss of a Wasserstein GAN; here it is the cross-entropy",
            lambda r, g: g.mean() - r.mean(),
        ),
        *(
            Fault(
                "the logits are cut off, so that no sample counts more than that; the loss grows"
                " with them",
                lambda r, g, end=end: discriminator_loss(r.clip(-end, end), g.clip(-end, end)),
            )
            for end in (10, 20, 30, 50, 100, 500)
        ),
    ),
    hints=(
        "Which probability should a real sample get, and which a generated one?",
        "−log σ(a) is log(1 + e^−a), and −log(1 − σ(a)) is log(1 + e^a); `np.logaddexp(0, a)` gives"
        " log(1 + e^a) without overflow. One mean for each kind of sample, then the sum.",
        """
        def discriminator_loss(real, generated):
            return np.logaddexp(0, ...).mean() + ...
        """,
    ),
)


def generator_losses(generated: np.ndarray) -> tuple[float, float]:
    return -np.logaddexp(0, generated).mean(), np.logaddexp(0, -generated).mean()


_MINMAX, _OTHER = ("the min-max loss",), ("the non-saturating loss",)

check_generator_losses = Exercise(
    item="12.2",
    lecture=LECTURE,
    name="generator_losses",
    title="Two losses for the generator",
    reference=generator_losses,
    results=(*_MINMAX, *_OTHER),
    rounds={
        "both means over fresh logits": lambda rng: _both(rng)[1:],
        "logits that are far from 0": lambda rng: _far(rng)[1:],
    },
    faults=(
        Fault(
            "its sign is that of the discriminator's loss; the generator minimizes"
            " +log(1 − D(G(z)))",
            lambda g: _softplus(g).mean(),
            of=_MINMAX,
        ),
        Fault(
            "it is +log D(G(z)), which the generator would make small; it minimizes −log D(G(z))",
            lambda g: -_softplus(-g).mean(),
            of=_OTHER,
        ),
        Fault(
            "it is log D(G(z)); the min-max loss has log(1 − D(G(z)))",
            lambda g: -_softplus(-g).mean(),
            of=_MINMAX,
        ),
        Fault(
            "it is −log(1 − D(G(z))), the discriminator's term; the non-saturating loss has"
            " −log D(G(z))",
            lambda g: _softplus(g).mean(),
            of=_OTHER,
        ),
        Fault(
            "the losses of the samples are added; take their mean",
            lambda g: tuple(len(g) * loss for loss in generator_losses(g)),
        ),
        Fault(
            "the losses of the samples are averaged too late: the logarithm is taken of the mean"
            " probability; take it of each sample's",
            lambda g: (np.log(1 - _sigmoid(g).mean()), -np.log(_sigmoid(g).mean())),
        ),
        Fault(
            "it is the mean of the probability D(G(z)); its logarithm is missing",
            lambda g: _sigmoid(g).mean(),
            of=(*_MINMAX, *_OTHER),
        ),
        Fault(
            "the sigmoid is taken twice: the logits, not probabilities, go into the losses",
            lambda g: generator_losses(_sigmoid(g)),
        ),
        Fault(
            _FROM_LOGITS,
            lambda g: (
                np.log(1 - 1 / (1 + np.exp(-g))).mean(),
                -np.log(1 / (1 + np.exp(-g))).mean(),
            ),
        ),
        Fault(
            _AT_EPS,
            lambda g: (np.log(1 - _sigmoid(g) + _EPS).mean(), -np.log(_sigmoid(g) + _EPS).mean()),
        ),
        *(
            Fault(
                _limit(least),
                lambda g, least=least: (
                    np.log(1 - _sigmoid(g) + least).mean(),
                    -np.log(_sigmoid(g) + least).mean(),
                ),
            )
            for least in _LEAST
        ),
        *(
            Fault(
                _cut(least),
                lambda g, least=least: (
                    np.log(1 - _kept_away(g, least)).mean(),
                    -np.log(_kept_away(g, least)).mean(),
                ),
            )
            for least in _LEAST
        ),
        Fault(
            "the logits are averaged first; take the loss of each, then the mean",
            lambda g: (-_softplus(g.mean()), _softplus(-g.mean())),
        ),
        Fault(
            "the logarithm is missing: that is a mean of probabilities",
            lambda g: ((1 - _sigmoid(g)).mean(), -_sigmoid(g).mean()),
        ),
        Fault(
            "these are the slopes of the losses",
            lambda g: (-_sigmoid(g).mean(), (_sigmoid(g) - 1).mean()),
        ),
    ),
    hints=(
        "Both are small when the discriminator is fooled. Which one contains log(1 − D)?",
        "The min-max loss is the mean of log(1 − σ(a)) = −log(1 + e^a); the non-saturating loss is"
        " the mean of −log σ(a) = log(1 + e^−a).",
        """
        def generator_losses(generated):
            minmax = -np.logaddexp(0, ...).mean()
            non_saturating = ...
            return minmax, non_saturating
        """,
    ),
)
