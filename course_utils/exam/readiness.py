"""What the exam would give today: the points to expect, with an interval, from first tries so far.

The model is the hierarchical Beta-binomial of Gelman et al. (*Bayesian Data Analysis*, 3rd edition,
2013, section 5.3). A student has a level m and a spread c, both unknown; the share θ of an item's
points that the student can earn is drawn from Beta(mc, (1 − m)c). Points come singly, each with
probability θ, or all or nothing; which of the two fits this student is a third unknown. Items that
were never tried are thus judged by those that were, with as much doubt as the tried ones differ
among each other. Because one learns, a result counts half as much for every later one of the item.

The interval is one of prediction: it holds the doubt about what the student can do and the luck of
one exam.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import betaln, gammaln

from course_utils.exam.blueprint import Blueprint, Entry

INTERVAL = 0.8
"""The probability that the interval is meant to have."""

_FADES = 0.5  # weight of a result for each later one of the same item
_PARTLY = 0.05  # probability of part of the points where they come all or nothing
_LEVELS = np.linspace(0.02, 0.98, 25)  # m, all equally probable beforehand
_SPREADS = np.geomspace(0.5, 32.0, 7)  # c, all equally probable beforehand
_ALPHA = np.outer(_LEVELS, _SPREADS).ravel()
_BETA = np.outer(1 - _LEVELS, _SPREADS).ravel()
_DRAWS = 1000
_SEED = 12


@dataclass(frozen=True)
class Tried:
    """What somebody reached at the first try of one form of an item (seconds since 1970)."""

    at: float
    item: str
    points: float
    out_of: float

    @property
    def share(self) -> float:
        """The share of the points, from 0 to 1."""
        return min(max(self.points / self.out_of, 0.0), 1.0)


@dataclass(frozen=True)
class Forecast:
    """Points to expect of some items: the median, the interval's ends, and full marks."""

    expected: float
    low: float
    high: float
    full: float


@dataclass(frozen=True)
class Readiness:
    """The forecast of a whole exam and, by heading, of its sections; how many items were tried."""

    whole: Forecast
    sections: Mapping[str, Forecast]
    tried: int
    items: int

    def __str__(self) -> str:
        whole = self.whole
        return (
            f"If the exam were today: about {whole.expected:.0f} of {whole.full:g} points, with a"
            f" probability of {100 * INTERVAL:.0f} % between {whole.low:.0f} and {whole.high:.0f}."
            f" This rests on your first tries at {self.tried} of its {self.items} questions."
        )


def readiness(exam: Blueprint, results: Iterable[Tried]) -> Readiness | None:
    """Return what `exam` would give today; None if none of its items was tried.

    Parameters
    ----------
    exam
        Points of a bonus count as any other, and not into full marks.
    results
        First tries, in any order; results of other items are passed over.
    """
    entries = [entry for section in exam.sections for entry in section.items]
    places = {entry.id: i for i, entry in enumerate(entries)}
    known = sorted((one for one in results if one.item in places), key=lambda one: one.at)
    if not known:
        return None
    worth = np.array([entry.points for entry in entries])
    singly = np.maximum(1, np.round(worth)).astype(int)
    place = np.array([places[one.item] for one in known])
    share = np.array([one.share for one in known])
    later = np.array([np.sum(place[i + 1 :] == place[i]) for i in range(len(known))])
    weight = _FADES**later

    rng = np.random.default_rng(_SEED)
    fits = [_Fit.of(steps, place, share, weight) for steps in (singly, np.ones_like(singly))]
    probability = np.exp(np.array([fit.evidence for fit in fits]) - max(f.evidence for f in fits))
    draws = rng.multinomial(_DRAWS, probability / probability.sum())
    shares = [fit.draw(count, rng) for fit, count in zip(fits, draws, strict=True)]
    points = worth * np.concatenate(shares)
    sections = {}
    for section in exam.sections:
        held = [places[entry.id] for entry in section.items]
        sections[str(section)] = _forecast(points[:, held], _full(exam, section.items))
    whole = _forecast(points, _full(exam, entries))
    return Readiness(whole, sections, len({one.item for one in known}), len(entries))


@dataclass(frozen=True)
class _Fit:
    """One way in which points come: in how many steps, and what the results say of each item.

    Attributes
    ----------
    steps, reached, missed
        Of each item: all its steps, those reached and those missed, the later the weightier.
    log
        Logarithm of the posterior over the grid of levels and spreads, but for a constant.
    """

    steps: np.ndarray
    reached: np.ndarray
    missed: np.ndarray
    log: np.ndarray

    @classmethod
    def of(
        cls, steps: np.ndarray, place: np.ndarray, share: np.ndarray, weight: np.ndarray
    ) -> _Fit:
        """Return the fit to results: their items' places, shares and weights, arrays (results,)."""
        n = steps[place]
        reached, missed = (
            np.bincount(place, weight * n * part, len(steps)) for part in (share, 1 - share)
        )
        tried = np.bincount(place, minlength=len(steps)) > 0
        likelihood = betaln(_ALPHA[:, None] + reached[tried], _BETA[:, None] + missed[tried])
        log = likelihood.sum(axis=1) - tried.sum() * betaln(_ALPHA, _BETA)
        k = n * share
        ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
        partly = (n == 1) & (share > 0) & (share < 1)
        return cls(steps, reached, missed, log + weight @ np.where(partly, np.log(_PARTLY), ways))

    @property
    def evidence(self) -> float:
        """The logarithm of the results' probability, but for a constant."""
        return float(np.logaddexp.reduce(self.log))

    def draw(self, count: int, rng: np.random.Generator) -> np.ndarray:
        """Return the shares (count, items) that an exam today may give."""
        probability = np.exp(self.log - self.evidence)
        chosen = rng.choice(len(_ALPHA), count, p=probability / probability.sum())
        ability = rng.beta(_ALPHA[chosen, None] + self.reached, _BETA[chosen, None] + self.missed)
        return rng.binomial(self.steps, ability) / self.steps


def _forecast(points: np.ndarray, full: float) -> Forecast:
    """Return median and interval of the sum over the items of `points` (draws, items)."""
    tail = (1 - INTERVAL) / 2
    low, expected, high = np.quantile(points.sum(axis=1), [tail, 0.5, 1 - tail])
    return Forecast(float(expected), float(low), float(high), full)


def _full(exam: Blueprint, entries: Iterable[Entry]) -> float:
    """Return what full marks are: a bonus comes on top, unless there is nothing else."""
    counting, bonus = exam.points(entries)
    return counting or bonus
