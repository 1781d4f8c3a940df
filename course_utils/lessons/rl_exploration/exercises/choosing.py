"""Exercise 10.1: an ε-greedy choice that is fair to ties, judged by how often it takes what."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Callable, Iterator
from functools import cache
from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np

from course_utils.checks import Exercise, NotRight

LECTURE = "rl_exploration"

Answer = Callable[[np.ndarray, float, np.random.Generator], Any]
Shares = Callable[[np.ndarray, float], np.ndarray]

_DRAWS = 1500
_FAR = 0.06  # a share this far from the right one is no accident: over 4 standard deviations


def epsilon_greedy(values: np.ndarray, epsilon: float, rng: np.random.Generator) -> int:
    if rng.random() < epsilon:
        return int(rng.integers(len(values)))
    best = np.flatnonzero(values == values.max())
    return int(rng.choice(best))


class _Table(NamedTuple):
    values: tuple[float, ...]
    epsilon: float


_TABLES = {
    "with ε = 0 it takes the best action": _Table((0.5, 2.3, -1.4, 1.7), 0.0),
    "with ε = 0 it shares evenly between two that are equally good": _Table(
        (1.5, -2.0, 1.5, 0.0), 0.0
    ),
    "with ε = 0 it shares evenly between all if all are equal": _Table((0.0, 0.0, 0.0, 0.0), 0.0),
    "with ε = 0 it leaves a value that is only a little lower": _Table(
        (0.3, 0.301, -1.0, 0.29), 0.0
    ),
    "with ε = 0.6 every action gets 0.15, and the best one the rest": _Table(
        (-1.0, -3.0, -2.0, -0.5), 0.6
    ),
    "with ε = 0.6 and two best ones they share what is not random": _Table(
        (-1.0, 0.7, 0.7, -2.0), 0.6
    ),
    "with ε = 1 every action is equally likely": _Table((2.0, -1.0, 0.0, 1.0), 1.0),
}
_CLOSE_BY = 0.1  # different values lie so close to the highest in one table only


def _right(values: np.ndarray, epsilon: float) -> np.ndarray:
    best = values == values.max()
    return (1 - epsilon) * best / best.sum() + epsilon / len(values)


def _of_one(place: int) -> Shares:
    """Share what is greedy by giving it to the first or the last of the best."""

    def shares(values: np.ndarray, epsilon: float) -> np.ndarray:
        best = np.flatnonzero(values == values.max())
        return (1 - epsilon) * np.eye(len(values))[best[place]] + epsilon / len(values)

    return shares


def _only_if_all_are_equal(values: np.ndarray, epsilon: float) -> np.ndarray:
    return (_right if np.ptp(values) == 0 else _of_one(0))(values, epsilon)


def _others_only(values: np.ndarray, epsilon: float) -> np.ndarray:
    best = values == values.max()
    if best.all():
        return _right(values, epsilon)
    return (1 - epsilon) * best / best.sum() + epsilon * ~best / (~best).sum()


def _all_but_the_one_found(values: np.ndarray, epsilon: float) -> np.ndarray:
    """Draw one of the best, and where it is to explore, any action but that one."""
    best = values == values.max()
    number, others = best.sum(), len(values) - 1
    explored = np.where(best, (number - 1) / number, 1) / others
    return (1 - epsilon) * best / number + epsilon * explored


def _never(place: int) -> Shares:
    """Leave out the first or the last of the actions where one is drawn from all."""

    def shares(values: np.ndarray, epsilon: float) -> np.ndarray:
        others = np.ones(len(values))
        others[place] = 0
        return (1 - epsilon) * _right(values, 0.0) + epsilon * others / others.sum()

    return shares


def _rounded(values: np.ndarray, epsilon: float) -> np.ndarray:
    """Round a number drawn evenly from 0 to n − 1: the ends get half of what the others get."""
    drawn = np.ones(len(values))
    drawn[[0, -1]] = 0.5
    return (1 - epsilon) * _right(values, 0.0) + epsilon * drawn / drawn.sum()


def _above_zero(values: np.ndarray, epsilon: float) -> np.ndarray:
    return _of_one(0)(np.maximum(values, 0), epsilon)


def _place_among_the_best(values: np.ndarray, epsilon: float) -> np.ndarray:
    best = int((values == values.max()).sum())
    return (1 - epsilon) * (np.arange(len(values)) < best) / best + epsilon / len(values)


def _place_in_a_shuffled_order(values: np.ndarray, epsilon: float) -> np.ndarray:
    """Take the place at which the first of the best stands after a shuffle, as if it were one."""
    number, best = len(values), int((values == values.max()).sum())
    first = [math.comb(number - 1 - place, best - 1) for place in range(number)]
    return (1 - epsilon) * np.array(first) / math.comb(number, best) + epsilon / number


def _softmax(values: np.ndarray, epsilon: float) -> np.ndarray:  # noqa: ARG001 - that is the fault
    weight = np.exp(values - values.max())
    return weight / weight.sum()


FAULTS: dict[str, Shares] = {
    "among equal values the first is always taken, as `argmax` does; draw one of the best":
        _of_one(0),
    "among equal values the last is always taken; draw one of the best": _of_one(-1),
    "ties are broken fairly only if all values are equal; draw one of the best, however many":
        _only_if_all_are_equal,
    "ε and 1 − ε are exchanged: with probability ε the action is random":
        lambda values, epsilon: _right(values, 1 - epsilon),
    "it takes the lowest value and not the highest":
        lambda values, epsilon: _right(-values, epsilon),
    "it never explores: ε is not used": lambda values, epsilon: _right(values, 0 * epsilon),
    "a random action is drawn from the others only; draw it from all, the best one too":
        _others_only,
    "a random action is drawn from all but the one of the best that was drawn before; draw it from"
    " all, that one too": _all_but_the_one_found,
    "the last action is never drawn at random: mind where a range ends": _never(-1),
    "the first action is never drawn at random: a range begins at 0": _never(0),
    "`round` takes the first and the last action half as often as the others; draw with"
    " `rng.integers(n)`": _rounded,
    "the best is looked for by its size without the sign; the highest value is meant":
        lambda values, epsilon: _right(np.abs(values), epsilon),
    "every value above the mean counts as best; only the highest is":
        lambda values, epsilon: _right((values >= values.mean()).astype(float), epsilon),
    "where no value is above 0 the first action is taken: begin the search with the first value,"
    " not with 0": _above_zero,
    "the place is drawn among the best, and counts there; return the action that has this place":
        _place_among_the_best,
    "it returns a place in the shuffled values; return the action whose value came to stand there":
        _place_in_a_shuffled_order,
    "it explores half as often as it is to: compare a number drawn evenly from 0 to 1 with ε":
        lambda values, epsilon: _right(values, epsilon / 2),
    "the number that is compared with ε is to be even between 0 and 1, not normally distributed":
        lambda values, epsilon: _right(values, NormalDist().cdf(epsilon)),
    "the actions are drawn by the size of their values; ε-greedy asks only which is the highest":
        _softmax,
    "ε is always 0.1; take the argument `epsilon`":
        lambda values, _: _right(values, 0.1),
    "every action is drawn at random": lambda values, epsilon: _right(values, 1 + 0 * epsilon),
}  # fmt: skip


def _drawing(shares: Shares) -> Answer:
    """Return an answer that draws an action with those shares."""

    @cache  # it is asked ten thousand times about seven tables
    def bounds(values: tuple[float, ...], epsilon: float) -> np.ndarray:
        return np.cumsum(shares(np.array(values), epsilon))

    def answer(values: np.ndarray, epsilon: float, rng: np.random.Generator) -> int:
        return int(np.searchsorted(bounds(tuple(values), epsilon), rng.random()))

    return answer


def _observed(answer: Answer, table: _Table) -> np.ndarray:
    """Return how often each action is taken."""
    rng = np.random.default_rng(0)
    values = np.array(table.values)
    counts = np.zeros(len(values))
    for _ in range(_DRAWS):
        action = answer(values, table.epsilon, rng)
        if action is None:
            raise NotRight("the function returns None", "`return` is missing on some way through")
        if says := _no_action(action, values):
            raise NotRight(
                f"for {len(values)} values it returns {action!r}; the number of an action is"
                f" wanted, a whole number from 0 to {len(values) - 1}",
                says,
            )
        counts[int(action)] += 1
    if list(values) != list(table.values):
        raise NotRight("the input `values` was changed", "work on a copy")
    return counts / _DRAWS


def _no_action(action: Any, values: np.ndarray) -> str:
    """Return why something is no number of an action; empty if it is one."""
    if np.ndim(action) > 0:
        return "return one action, not an array of them"
    number = np.asarray(action).item()
    if isinstance(number, bool):
        return (
            "that is a truth value: draw from the places where it is true,"
            " `np.flatnonzero(values == …)`"
        )
    if isinstance(number, int):
        beyond = "mind where the range ends: `rng.integers(n)` draws from 0 to n − 1"
        return "" if 0 <= number < len(values) else beyond
    if number in values:
        return "return the place of the action, not its value"
    return "return a whole number; `int(…)` makes one"


_NOT_RNG = (
    "all chance is to come from the `rng` that is given: `np.random` and `random` have numbers of"
    " their own, and what is kept from call to call goes on where it was"
)
_CALLS = 67  # a prime, so that what is counted from call to call is elsewhere the second time


def _draws_from_rng(answer: Answer) -> None:
    """Raise `NotRight` unless the same generator leads to the same actions.

    Three of nine actions are the best: what is drawn of all and what is drawn of the best differ.
    """
    values = np.array([0.0, 2.0, -1.0, 2.0, 1.0, 0.5, 2.0, -3.0, 1.5])
    once, again = (
        [answer(values.copy(), 0.5, rng) for _ in range(_CALLS)]
        for rng in (np.random.default_rng(8), np.random.default_rng(8))
    )
    if once != again:
        raise NotRight("a generator with the same seed leads to other actions", _NOT_RNG)


def _of_numpys_own(values: np.ndarray, epsilon: float, _: np.random.Generator) -> int:
    return epsilon_greedy(values, epsilon, np.random.default_rng(np.random.randint(2**31)))


def _decided_by_python(values: np.ndarray, epsilon: float, rng: np.random.Generator) -> int:
    explores = random.random() < epsilon
    return epsilon_greedy(values, float(explores), rng)


def _decided_by_a_count() -> Answer:
    calls = itertools.count()

    def answer(values: np.ndarray, epsilon: float, rng: np.random.Generator) -> int:
        return epsilon_greedy(values, float(next(calls) % 10 < 10 * epsilon), rng)

    return answer


def _with_noise(values: np.ndarray, epsilon: float, rng: np.random.Generator) -> int:
    return epsilon_greedy(values + 0.1 * rng.random(len(values)), epsilon, rng)


def _held_to(table: _Table) -> Callable[[Answer], None]:
    def holds(answer: Answer) -> None:
        values = np.array(table.values)
        wanted, seen = _right(values, table.epsilon), _observed(answer, table)
        worst = int(np.abs(seen - wanted).argmax())
        if abs(seen[worst] - wanted[worst]) > _FAR:
            raise NotRight(
                f"for values {list(table.values)} and ε = {table.epsilon:g}, action {worst} was"
                f" taken in {100 * seen[worst]:.0f} % of {_DRAWS} calls, expected about"
                f" {100 * wanted[worst]:.0f} %",
                _cause(answer),
            )

    return holds


_CLOSE = (
    "values that lie close count as equal: compare with `==`, or let the noise that breaks ties be"
    " far smaller than any difference"
)


def _takes_close_ones(values: np.ndarray, epsilon: float, seen: np.ndarray) -> bool:
    """Tell whether the shares are right, but perhaps among values that lie close to the highest."""
    wrong = np.abs(seen - _right(values, epsilon)) > _FAR
    close = values > values.max() - _CLOSE_BY
    return not wrong.any() or (np.ptp(values[close]) > 0 and not wrong[~close].any())


def _cause(answer: Answer) -> str:
    """Return the fault with which an answer would take all tables' actions as often as this one."""
    seen = [(np.array(t.values), t.epsilon, _observed(answer, t)) for t in _TABLES.values()]
    for says, shares in FAULTS.items():
        if all(np.abs(each - shares(v, e)).max() <= _FAR for v, e, each in seen):
            return says
    if all(_takes_close_ones(*one) for one in seen):
        return _CLOSE
    if all(each.max() == 1 for _, _, each in seen):
        return (
            "every call takes the same action: draw from the `rng` that is given, and do not make"
            " one inside"
        )
    return ""


def _wrong() -> Iterator[tuple[Answer, str]]:
    for says, shares in FAULTS.items():
        yield _drawing(shares), says
    yield _with_noise, _CLOSE
    yield _of_numpys_own, _NOT_RNG
    yield _decided_by_python, _NOT_RNG
    yield _decided_by_a_count(), _NOT_RNG


check_epsilon_greedy = Exercise(
    item="10.1",
    lecture=LECTURE,
    name="epsilon_greedy",
    title="An ε-greedy choice",
    reference=epsilon_greedy,
    properties={
        **{about: _held_to(table) for about, table in _TABLES.items()},
        "all chance comes from `rng`": _draws_from_rng,
    },
    wrong=_wrong,
    hints=(
        "Two things are random here: whether to explore, and which of several to take.",
        "Draw a number from 0 to 1. Below ε, draw any action. Otherwise collect all actions whose"
        " value is the highest, and draw one of those.",
        """
        def epsilon_greedy(values, epsilon, rng):
            if rng.random() < ...:
                return int(rng.integers(...))
            best = np.flatnonzero(values == ...)
            return int(rng.choice(...))
        """,
    ),
)
