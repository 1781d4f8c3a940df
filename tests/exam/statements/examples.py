"""Measurements and statements for the tests of the engine."""

from functools import cache
from typing import NamedTuple

from course_utils.exam.statements import Pool, Statement


class Weights(NamedTuple):
    light: float
    heavy: float


@cache
def weights() -> Weights:
    return Weights(0.123, 45678.0)


@cache
def weigh_aloud() -> Weights:
    print("measured")
    return weights()


def measurement():
    """Another measurement of the same."""

    @cache
    def weigh() -> Weights:
        return Weights(1.0, 2.0)

    return weigh


def statement(topic="weight", text="It is heavy.", expected=True, **changes):
    """A statement that holds if it is expected to."""
    holds = (lambda m: m.heavy > m.light) if expected else (lambda m: m.heavy < m.light)
    parts = {
        "topic": topic,
        "text": text,
        "measurement": measurement(),
        "holds": holds,
        "evidence": "It weighs {heavy:.1f}.",
        "expected": expected,
    }
    return Statement(**(parts | changes))


def rows(topics=6, **changes):
    """Two statements for each topic, one of them true, all of the same length."""
    return [
        statement(f"topic {i}", f"Thing {i} is {word}.", expected, **changes)
        for i in range(topics)
        for word, expected in (("light", False), ("heavy", True))
    ]


def pool(**settings):
    return Pool(*rows(), **settings)
